//! The error function and its relatives.

#![allow(unstable_name_collisions, reason = "the standard library has some of the methods, unstable ones")]

#[macro_use]
mod correctly_rounded;

use correctly_rounded::*;
use ufunc::Level;
use ufunc::kernel::Kernel;
use ufunc::lanes::{Mask, Simd, Vector};
use ufunc::math::MathExt;

unary! {
    erf, erf, erff, [(-0.7, 0.7), (-3.0, 3.0), (3.0, 6.0)];
    erfc, erfc, erfcf, [(-1.0, 1.0), (-6.0, 10.1), (0.0, 27.3), (9.0, 10.1), (26.5, 27.3), (-1e-15, 1e-15)];
}

/// The normal distribution function has no correctly rounded oracle: `f32` is held to `f64`, and `f64` to values that
/// were computed with 400 bits and rounded.
mod norm_cdf {
    use super::*;
    use ufunc::kernel::Elements;

    kernel!(norm_cdf(x));

    #[rustfmt::skip]
    const VALUES: &[(f64, f64)] = &[
        (-38.4, 6.4e-323), (-38.0, 2.88542835e-316), (-37.52, 2.173821956758206e-308),
        (-37.5, 4.605353009581955e-308), (-30.25, 2.6086402857412604e-201), (-20.1, 3.6896808637213897e-90),
        (-12.3456, 2.572462274578868e-35), (-9.87, 2.8082305354423035e-23), (-8.0, 6.220960574271784e-16),
        (-6.54321, 3.0106092482417536e-11), (-5.0, 2.866515718791939e-07), (-4.2, 1.3345749015906327e-05),
        (-3.3, 0.0004834241423837775), (-2.5758, 0.005000423737778681), (-2.0, 0.02275013194817921),
        (-1.6449, 0.0499952174683463), (-1.2816, 0.09999150009767516), (-1.0595, 0.14468606462044914),
        (-1.0, 0.15865525393145705), (-0.75, 0.2266273523768682), (-0.67449, 0.2499999206181737),
        (-0.5, 0.3085375387259869), (-0.3, 0.3820885778110474), (-0.1, 0.460172162722971),
        (-0.001, 0.49960105778608893), (-1e-09, 0.49999999960105773), (-1e-300, 0.5),
        (1e-300, 0.5), (1e-09, 0.5000000003989423), (0.001, 0.500398942213911),
        (0.1, 0.539827837277029), (0.33, 0.6293000189406536), (0.5, 0.6914624612740131),
        (0.84, 0.7995458067395503), (1.0, 0.8413447460685429), (1.5, 0.9331927987311419),
        (2.0, 0.9772498680518208), (2.5, 0.9937903346742238), (3.1, 0.9990323967867817),
        (4.4, 0.9999945874560923), (5.5, 0.9999999810104375), (6.7, 0.999999999989579),
        (8.0, 0.9999999999999993), (8.29, 0.9999999999999999),
    ];

    #[test]
    fn double() {
        let (x, exact): (Vec<f64>, Vec<f64>) = VALUES.iter().copied().unzip();
        for level in levels() {
            let results = run::<Function, (f64,), f64>(level, &[&x]);
            check("norm_cdf", level, &[&x], &results, &exact);
        }
        let x = arguments::<f64>(&[(-1.0, 1.0), (-9.0, 9.0), (-39.0, 0.0), (-38.6, -37.4)], 20_000);
        check_bits::<Function, (f64,), f64>("norm_cdf", &[&x]);
        // Rounding the argument of erfc costs up to half a unit of x², and so the lower bits of the result.
        for level in levels() {
            for (&x, ours) in x.iter().zip(run::<Function, (f64,), f64>(level, &[&x])) {
                let about = core_math::erfc(-x * std::f64::consts::FRAC_1_SQRT_2) / 2.0;
                let lost = (x * x).min(1500.0) * f64::EPSILON * about + 2.0 * f64::from_bits(1);
                let close = (ours.is_nan() && x.is_nan()) || (ours - about).abs() <= about * 2.0 * f64::EPSILON + lost;
                assert!(close, "norm_cdf({x:?}) at {level}: {ours:?}, about {about:?}");
            }
        }
    }

    #[test]
    fn single() {
        let x = arguments::<f32>(&[(-1.0, 1.0), (-5.0, 5.0), (-14.2, 0.0), (-14.2, -12.9)], 100_000);
        let exact = |x: f32| (core_math::erfc(f64::from(-x) * std::f64::consts::FRAC_1_SQRT_2) / 2.0) as f32;
        let expected: Vec<f32> = x.iter().map(|&x| exact(x)).collect();
        for level in levels() {
            let results = run::<Function, (f32,), f32>(level, &[&x]);
            check("norm_cdf", level, &[&x], &results, &expected);
        }
        check_bits::<Function, (f32,), f32>("norm_cdf", &[&x]);
    }

    #[test]
    fn ends() {
        let x = [0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300];
        for level in levels() {
            assert_eq!(run::<Function, (f64,), f64>(level, &[&x]), [0.5, 0.5, 1.0, 0.0, 1.0, 0.0]);
        }
    }
}
