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

/// The inverses have no correctly rounded oracle: `f32` is held to `f64`, and `f64` to values that were computed with
/// 300 bits and rounded.
macro_rules! inverses {
    ($($name:ident, $values:expr, $special:expr, $outside:expr, $ranges:expr;)*) => {$(
        mod $name {
            use super::*;
            use ufunc::kernel::Elements;

            kernel!($name(x));

            #[test]
            fn double() {
                let (x, exact): (Vec<f64>, Vec<f64>) = $values.into_iter().unzip();
                let (special, expected): (Vec<f64>, Vec<f64>) = $special.into_iter().unzip();
                for level in levels() {
                    check(stringify!($name), level, &[&x], &run::<Function, (f64,), f64>(level, &[&x]), &exact);
                    let results = run::<Function, (f64,), f64>(level, &[&special]);
                    check(stringify!($name), level, &[&special], &results, &expected);
                    assert!(run::<Function, (f64,), f64>(level, &[&$outside]).into_iter().all(f64::is_nan));
                }
                check_bits::<Function, (f64,), f64>(stringify!($name), &[&arguments::<f64>(&$ranges, 20_000)]);
            }

            #[test]
            fn single() {
                let x = arguments::<f32>(&$ranges, 50_000);
                let wide: Vec<f64> = x.iter().map(|&x| x.into()).collect();
                let exact: Vec<f32> =
                    run::<Function, (f64,), f64>(Level::best(), &[&wide]).into_iter().map(|y| y as f32).collect();
                for level in levels() {
                    check(stringify!($name), level, &[&x], &run::<Function, (f32,), f32>(level, &[&x]), &exact);
                }
                check_bits::<Function, (f32,), f32>(stringify!($name), &[&x]);
            }
        }
    )*};
}

#[rustfmt::skip]
mod values {
    pub(super) const ERFINV: [(f64, f64); 31] = [
        (1e-300, 8.86226925452758e-301), (1e-10, 8.862269254527581e-11), (0.01, 0.008862501280950598),
        (0.1, 0.08885599049425769), (0.2, 0.1791434546212917), (0.3333, 0.30453778217181826),
        (0.45, 0.4226802386475619), (0.4999, 0.4768250236254278), (0.5, 0.4769362762044699),
        (0.501, 0.4780494522745675), (0.507, 0.4847536018299024), (0.52, 0.4994313317536635),
        (0.55, 0.5341590877497024), (0.6, 0.5951160814499948), (0.7, 0.7328690779592167),
        (0.8, 0.9061938024368233), (0.88, 1.0993909519492193), (0.9, 1.1630871536766743),
        (0.95, 1.3859038243496777), (0.99, 1.8213863677184494), (0.999, 2.3267537655135246),
        (0.9999, 2.75106390571208), (0.9999999, 3.7665625816384707), (0.999999999, 4.320005388105362),
        (0.999999999999, 5.042031898572696), (0.9999999999999991, 5.686128441310391), (0.9999999999999999, 5.8635847487551676),
        (-0.25, -0.2253120550121781), (-0.505, -0.48251406997072055), (-0.75, -0.8134198475976185),
        (-0.999999999999999, -5.675915739744713),
    ];
    pub(super) const ERFCINV: [(f64, f64); 42] = [
        (5e-324, 27.21329321081295), (1e-320, 27.073153719853043), (2.3e-308, 26.542635020108012),
        (1e-300, 26.209469960516124), (1e-200, 21.37478304902626), (3e-120, 16.48741355345691),
        (1e-70, 12.57274519463257), (1e-45, 10.03657436063236), (1e-30, 8.148616223169865),
        (3e-20, 6.518788039083888), (6e-17, 5.915107763175686), (7.1e-17, 5.901057445911596),
        (1e-16, 5.8723700904539635), (1e-14, 5.472480624862384), (1e-10, 4.572824967389486),
        (1e-07, 3.766562581570838), (0.0001, 2.7510639057120607), (0.01, 1.8213863677184496),
        (0.05, 1.385903824349678), (0.1, 1.163087153676674), (0.2, 0.9061938024368232),
        (0.3, 0.7328690779592169), (0.4, 0.5951160814499948), (0.45, 0.5341590877497023),
        (0.49, 0.4881220505159588), (0.495, 0.48251406997072055), (0.5, 0.4769362762044699),
        (0.51, 0.46586860023505733), (0.6, 0.37080715859355795), (0.75, 0.2253120550121781),
        (0.9, 0.08885599049425767), (0.999, 0.0008862271574665529), (0.9999999999999999, 9.839095376804142e-17),
        (1.0000000000000002, -1.9678190753608283e-16), (1.1, -0.08885599049425777), (1.3, -0.2724627147267544),
        (1.49, -0.46586860023505733), (1.505, -0.48251406997072044), (1.7, -0.7328690779592167),
        (1.99, -1.8213863677184494), (1.9999999, -3.7665625814958155), (1.9999999999999998, -5.805018683193453),
    ];
    pub(super) const NORM_PPF: [(f64, f64); 39] = [
        (5e-324, -38.467405617144344), (1e-320, -38.26912534303265), (2.3e-308, -37.5184972450123),
        (1e-300, -37.0470962993612), (1e-200, -30.20559417957964), (3e-120, -23.28703193111176),
        (1e-70, -17.741643174195335), (1e-45, -14.145181492523475), (1e-30, -11.464024688443615),
        (3e-20, -9.144331134108668), (6e-17, -8.283109489000914), (7.1e-17, -8.263047248493416),
        (1e-16, -8.222082216130435), (1e-14, -7.650628092935269), (1e-10, -6.361340902404057),
        (1e-07, -5.1993375821928165), (0.0001, -3.7190164854556804), (0.01, -2.326347874040841),
        (0.025, -1.9599639845400543), (0.05, -1.6448536269514726), (0.1, -1.2815515655446004),
        (0.16, -0.9944578832097531), (0.2, -0.8416212335729142), (0.24, -0.7063025628400875),
        (0.249, -0.6776399648779957), (0.25, -0.6744897501960817), (0.26, -0.643345405392917),
        (0.3, -0.5244005127080408), (0.4, -0.2533471031357997), (0.4999, -0.00025066283008800747),
        (0.5001, 0.00025066283008800747), (0.6, 0.2533471031357997), (0.7, 0.5244005127080407),
        (0.751, 0.6776399648779957), (0.8, 0.8416212335729144), (0.975, 1.9599639845400538),
        (0.999, 3.090232306167813), (0.999999999, 5.9978070196016375), (0.9999999999999999, 8.209536151601387),
    ];
}

inverses! {
    erfinv, values::ERFINV, [(0.0, 0.0), (-0.0, -0.0), (1.0, f64::INFINITY), (-1.0, f64::NEG_INFINITY)], [1.1, -1.1, 2.0, 1e300], [(-0.6, 0.6), (-1.0, 1.0), (0.999, 1.0), (0.49, 0.52)];
    erfcinv, values::ERFCINV, [(0.0, f64::INFINITY), (-0.0, f64::INFINITY), (1.0, 0.0), (2.0, f64::NEG_INFINITY)], [-0.1, 2.1, 3.0, -1.0], [(0.0, 2.0), (0.0, 1e-3), (0.0, 1e-16), (0.0, 1e-310), (0.47, 0.51)];
    norm_ppf, values::NORM_PPF, [(0.0, f64::NEG_INFINITY), (-0.0, f64::NEG_INFINITY), (0.5, 0.0), (1.0, f64::INFINITY)], [-0.1, 1.1, 2.0, -1.0], [(0.0, 1.0), (0.0, 1e-3), (0.0, 1e-16), (0.0, 1e-310), (0.23, 0.27)];
}

/// The functions of kernels with `ulp = 4`, held to those within 1 ulp.
macro_rules! within_4 {
    ($($name:ident, $ranges:expr, $ends:expr;)*) => {$(
        mod $name {
            use super::super::*;

            mod strict {
                use ufunc::prelude::*;

                #[vectorize(f32(f32), f64(f64))]
                pub(super) fn $name<T>(x: T) -> T {
                    x.$name()
                }
            }

            mod loose {
                use ufunc::prelude::*;

                #[vectorize(f32(f32), f64(f64), ulp = 4)]
                pub(super) fn $name<T>(x: T) -> T {
                    x.$name()
                }
            }

            fn hold<T: Format>()
            where
                strict::$name: Kernel<(T,)>,
                loose::$name: Kernel<(T,)>,
            {
                let x = arguments::<T>(&$ranges, 20_000);
                for level in levels() {
                    let exact = run::<strict::$name, (T,), T>(level, &[&x]);
                    for ((&x, ours), exact) in x.iter().zip(run::<loose::$name, (T,), T>(level, &[&x])).zip(exact) {
                        // 4 units and 1, of which those below a power of two are halves.
                        let close = (ours.rank() - exact.rank()).abs() <= 5 || (ours.is_nan() && exact.is_nan());
                        assert!(close, "{}({x:?}) at {level}: {ours:?}, within 1 ulp {exact:?}", stringify!($name));
                    }
                    let ends = [0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, 1e30, -1e30].map(T::from_f64);
                    assert_eq!(run::<loose::$name, (T,), T>(level, &[&ends]), $ends.map(T::from_f64));
                }
                check_bits::<loose::$name, (T,), T>(stringify!($name), &[&x]);
            }

            #[test]
            fn double() {
                hold::<f64>();
            }

            #[test]
            fn single() {
                hold::<f32>();
            }
        }
    )*};
}

mod within_4 {
    within_4! {
        erf, [(-0.7, 0.7), (-3.0, 3.0), (3.0, 6.0)], [0.0, -0.0, 1.0, -1.0, 1.0, -1.0];
        erfc, [(-1.0, 1.0), (-6.0, 10.1), (0.0, 27.3), (9.0, 10.1), (26.5, 27.3)], [1.0, 1.0, 0.0, 2.0, 0.0, 2.0];
        norm_cdf, [(-1.0, 1.0), (-9.0, 9.0), (-39.0, 0.0), (-14.2, -12.9), (-38.6, -37.4)], [0.5, 0.5, 1.0, 0.0, 1.0, 0.0];
    }
}
