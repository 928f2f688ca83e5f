//! The gamma function and its relatives.

#![allow(unstable_name_collisions, reason = "the standard library has some of the methods, unstable ones")]

#[macro_use]
mod correctly_rounded;

use correctly_rounded::*;
use ufunc::Level;
use ufunc::kernel::{Elements, Kernel};
use ufunc::lanes::{Mask, Simd, Vector};
use ufunc::math::MathExt;

unary! {
    tgamma, tgamma, tgammaf, [(0.0, 4.5), (-10.0, 10.0), (4.0, 36.0), (36.0, 171.625), (-43.0, -10.0), (-171.0, -43.0), (-186.0, -170.0), (-1e-18, 1e-18)];
}

/// The distance of the number that follows `x`, rounded.
fn unit<T: Format + Into<f64>>(x: f64) -> f64 {
    let x = T::from_f64(x);
    T::from_bits(x.bits() + 1).into() - x.into()
}

/// Within 1 ulp of the correctly rounded results; but below `floor(x)` in units of that.
fn check_to<T: Format + Into<f64>>(
    name: &str,
    level: Level,
    x: &[T],
    results: &[T],
    expected: &[T],
    floor: impl Fn(usize) -> f64,
) {
    for (i, ((x, ours), exact)) in x.iter().zip(results).zip(expected).enumerate() {
        let (ours_wide, exact_wide): (f64, f64) = ((*ours).into(), (*exact).into());
        if exact_wide.abs() < floor(i) {
            let close = (ours_wide - exact_wide).abs() <= unit::<T>(floor(i));
            assert!(close, "{name}({x:?}) at {level}: {ours:?}, exactly {exact:?}");
        } else {
            check(name, level, &[&[*x]], &[*ours], &[*exact]);
        }
    }
}

mod lgamma {
    use super::*;

    kernel!(lgamma(x));

    const RANGES: [(f64, f64); 9] = [
        (0.0, 0.5),
        (0.4, 3.1),
        (0.99, 1.01),
        (1.99, 2.01),
        (3.0, 100.0),
        (0.0, 1e5),
        (-10.0, 0.0),
        (-40.0, 0.0),
        (2.5e305, 2.6e305),
    ];

    /// Negative numbers have roots, which the arguments' precision does not resolve.
    fn floor<T: Format + Into<f64>>(x: T) -> f64 {
        if x.into() < 0.0 { 0.125 } else { 0.0 }
    }

    #[test]
    fn double() {
        let x = arguments::<f64>(&RANGES, 20_000);
        let expected: Vec<f64> = x.iter().map(|&x| core_math::lgamma(x)).collect();
        for level in levels() {
            check_to("lgamma", level, &x, &run::<Function, (f64,), f64>(level, &[&x]), &expected, |i| floor(x[i]));
        }
        check_bits::<Function, (f64,), f64>("lgamma", &[&x]);
    }

    #[test]
    fn single() {
        let mut x = arguments::<f32>(&RANGES, 20_000);
        check_bits::<Function, (f32,), f32>("lgamma", &[&x]);
        x.extend((0..1u32 << 19).map(|i| f32::from_bits(i.wrapping_mul(8191))));
        let expected: Vec<f32> = x.iter().map(|&x| core_math::lgammaf(x)).collect();
        for level in levels() {
            check_to("lgamma", level, &x, &run::<Function, (f32,), f32>(level, &[&x]), &expected, |i| floor(x[i]));
        }
    }
}

/// The digamma function has no correctly rounded oracle: `f32` is held to `f64`, and `f64` to values that were computed
/// with 300 bits and rounded.
mod digamma {
    use super::*;

    kernel!(digamma(x));

    #[rustfmt::skip]
    const VALUES: &[(f64, f64)] = &[
        (1e-300, -9.999999999999999e+299), (1e-20, -1e+20), (1e-05, -100000.57719921567),
        (0.01, -100.56088545786868), (0.2, -5.289039896592188), (0.39, -2.6357904364318454),
        (0.4, -2.561384544585116), (0.5, -1.9635100260214235), (0.82, -0.9198850985570638),
        (0.83, -0.8979511566119328), (1.0, -0.5772156649015329), (1.2, -0.2890398965921884),
        (1.26, -0.21554616860026518), (1.27, -0.20376884373062315), (1.4, -0.06138454458511624),
        (1.46, -0.0015805619870834522), (1.4616321, -4.3514636958769774e-08),
        (1.461632144968362, -3.072790566546293e-16), (1.4616321449683622, -9.241265521729427e-17),
        (1.4616321449683625, 1.2245374622004068e-16), (1.463, 0.0013228075888998775), (1.6, 0.12604745277347632),
        (1.7, 0.2085478748734939), (1.9, 0.35618416116405965), (2.0, 0.42278433509846713),
        (2.13, 0.5033819253735973), (2.14, 0.5093273718483908), (2.5, 0.7031566406452432),
        (2.57, 0.7369154776036803), (2.9, 0.8824999506377439), (3.0, 0.9227843350984671), (3.1, 0.9615264448703085),
        (4.5, 1.388870926359529), (7.0, 1.8727843350984672), (12.3, 2.468398400301138), (30.0, 3.384438132685525),
        (171.6, 5.1422496041643715), (10000.0, 9.210290371142849), (10000000000.0, 23.025850929890456),
        (1e+100, 230.25850929940458), (1.7e+308, 709.7268368932282), (-1e-300, 9.999999999999999e+299),
        (-1e-20, 1e+20), (-1e-05, 99999.42276788563), (-0.1, 9.245073050052948), (-0.3, 2.113309779635399),
        (-0.45, 0.4862629715800483), (-0.5, 0.03648997397857652), (-0.504083, 7.388256696842615e-08),
        (-0.6, -0.8947178779184493), (-0.75, -2.894120200042932), (-0.9, -9.312643829299969),
        (-0.9999, -9999.576951174615), (-1.1, 10.15416395914385), (-1.5, 0.7031566406452432),
        (-1.573498, 4.7039485997988975e-06), (-1.7, -1.4857174995110567), (-2.25, 4.158583564657972),
        (-2.5, 1.103156640645243), (-2.610721, -1.4271613936639871e-06), (-2.9, -8.441500453619376),
        (-3.2, 5.635370221172645), (-3.6352934, -3.910416504996743e-07), (-4.75, -1.4818622825218566),
        (-10.1, 12.030052248548309), (-10.6, 1.386517475353162), (-33.3, 5.802997937052514),
        (-100.65, 3.0158872270567656), (-1234.5, 7.118826276380449), (-123456.75, 8.582057567691884),
        (-1000000000.25, 23.864858491286203),
    ];

    const RANGES: [(f64, f64); 7] =
        [(0.0, 0.5), (0.4, 3.1), (1.46, 1.463), (3.0, 100.0), (0.0, 1e5), (-10.0, 0.0), (-1000.0, 0.0)];

    /// The size of `ψ(1 - x)`, of which the result is a difference.
    fn floors(x: &[f64]) -> Vec<f64> {
        let mirrored: Vec<f64> = x.iter().map(|x| 1.0 - x).collect();
        let sizes = run::<Function, (f64,), f64>(Level::best(), &[&mirrored]);
        x.iter().zip(sizes).map(|(&x, size)| if x < 0.0 && x.is_finite() { size.abs() } else { 0.0 }).collect()
    }

    #[test]
    fn double() {
        let (x, exact): (Vec<f64>, Vec<f64>) = VALUES.iter().copied().unzip();
        let floors = floors(&x);
        for level in levels() {
            check_to("digamma", level, &x, &run::<Function, (f64,), f64>(level, &[&x]), &exact, |i| floors[i]);
        }
        check_bits::<Function, (f64,), f64>("digamma", &[&arguments::<f64>(&RANGES, 20_000)]);
    }

    /// `ψ(x + 1) = ψ(x) + 1 / x` everywhere, to some units of the largest of the three.
    #[test]
    fn recurrence() {
        let x = arguments::<f64>(&[(0.0, 4.0), (-4.0, 0.0), (-20.0, 20.0)], 20_000);
        let mut x: Vec<f64> = x.into_iter().filter(|x| x.abs() > 1e-3 && x.abs() < 1e3).collect();
        // The sum is exact.
        x.iter_mut().for_each(|x| *x = (*x * 1e9).round() / 1073741824.0);
        let next: Vec<f64> = x.iter().map(|x| x + 1.0).collect();
        for level in levels() {
            let (at, after) =
                (run::<Function, (f64,), f64>(level, &[&x]), run::<Function, (f64,), f64>(level, &[&next]));
            for ((&x, at), after) in x.iter().zip(at).zip(after) {
                let size = at.abs().max(after.abs()).max((1.0 / x).abs()).max(x.abs().ln());
                let close = (after - at - 1.0 / x).abs() <= 4.0 * unit::<f64>(size) || (at.is_nan() && x == x.trunc());
                assert!(close, "digamma({x:?}) at {level}: {at:?}, and one later {after:?}");
            }
        }
    }

    #[test]
    fn single() {
        let mut x = arguments::<f32>(&RANGES, 20_000);
        check_bits::<Function, (f32,), f32>("digamma", &[&x]);
        x.extend((0..1u32 << 19).map(|i| f32::from_bits(i.wrapping_mul(8191))));
        let wide: Vec<f64> = x.iter().map(|&x| x.into()).collect();
        let exact = run::<Function, (f64,), f64>(Level::best(), &[&wide]);
        let exact: Vec<f32> = exact.into_iter().map(|y| y as f32).collect();
        let floors = floors(&wide);
        for level in levels() {
            check_to("digamma", level, &x, &run::<Function, (f32,), f32>(level, &[&x]), &exact, |i| floors[i]);
        }
    }

    #[test]
    fn ends() {
        let x = [0.0, -0.0, f64::INFINITY, 1e-310, -1e-310];
        let exact = [f64::NEG_INFINITY, f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY];
        let none = [f64::NEG_INFINITY, f64::NAN, -1.0, -2.0, -100.0, -1e15, -1e300];
        for level in levels() {
            assert_eq!(run::<Function, (f64,), f64>(level, &[&x]), exact);
            assert_eq!(run::<Function, (f32,), f32>(level, &[&x.map(|x| x as f32)]), exact.map(|y| y as f32));
            assert!(run::<Function, (f64,), f64>(level, &[&none]).into_iter().all(f64::is_nan));
            assert!(run::<Function, (f32,), f32>(level, &[&none.map(|x| x as f32)]).into_iter().all(f32::is_nan));
        }
    }
}

/// Negative numbers from where on all are integers: rounding by adding a large number must not fail at powers of two.
#[test]
fn poles() {
    let powers: Vec<f64> = (0..1024).map(|k| -(2f64.powi(k))).collect();
    let single: Vec<f32> = powers[..128].iter().map(|&x| x as f32).collect();
    let (mut double_results, mut single_results) = (vec![0.0; powers.len()], vec![0.0; single.len()]);
    for level in levels() {
        macro_rules! all {
            ($($f:ident is $what:ident;)*) => {$(
                ufunc::ops::$f::with(&powers[..]).level(level).into(&mut double_results[..]);
                ufunc::ops::$f::with(&single[..]).level(level).into(&mut single_results[..]);
                for (x, y) in powers.iter().zip(&double_results) {
                    assert!(y.$what(), "{}({x}) at {level}: {y}", stringify!($f));
                }
                for (x, y) in single.iter().zip(&single_results) {
                    assert!(y.$what(), "{}({x}f32) at {level}: {y}", stringify!($f));
                }
            )*};
        }
        all! {
            tgamma is is_nan;
            lgamma is is_infinite;
            digamma is is_nan;
        }
    }
}
