//! Kernels with `ulp = 4`: exponentials, hyperbolic functions, half turns and the hypotenuse.
#![allow(missing_docs)]

#[allow(unused_macros, dead_code, reason = "the other tests use the rest")]
mod correctly_rounded;

use correctly_rounded::*;
use ufunc::prelude::*;

/// Within 4 units of CORE-MATH's results, with C's special values, and the same bits at every level with FMA and in every
/// lane.
macro_rules! unary {
    ($($name:ident, $exact:ident, $exactf:ident, $ranges:expr;)*) => {$(
        mod $name {
            use super::*;

            #[vectorize(f32(f32), f64(f64), ulp = 4)]
            fn $name<T>(x: T) -> T {
                x.$name()
            }

            #[test]
            fn double() {
                let x = arguments::<f64>(&$ranges, 10_000);
                let expected: Vec<f64> = x.iter().map(|&x| core_math::$exact(x)).collect();
                for level in levels() {
                    check_within(4, stringify!($name), level, &[&x], &run::<$name, (f64,), f64>(level, &[&x]), &expected);
                }
                check_bits::<$name, (f64,), f64>(stringify!($name), &[&x]);
            }

            #[test]
            fn single() {
                let x = arguments::<f32>(&$ranges, 20_000);
                let expected: Vec<f32> = x.iter().map(|&x| core_math::$exactf(x)).collect();
                for level in levels() {
                    check_within(4, stringify!($name), level, &[&x], &run::<$name, (f32,), f32>(level, &[&x]), &expected);
                }
                check_bits::<$name, (f32,), f32>(stringify!($name), &[&x]);
            }
        }
    )*};
}

unary! {
    exp, exp, expf, [(-1.0, 1.0), (-104.0, 89.0), (-745.2, 709.8), (-80.0, 80.0)];
    exp2, exp2, exp2f, [(-1.0, 1.0), (-150.0, 128.0), (-1075.0, 1024.0), (-125.0, 125.0)];
    exp10, exp10, exp10f, [(-1.0, 1.0), (-46.0, 39.0), (-324.0, 308.5), (-37.0, 37.0)];
    exp_m1, expm1, expm1f, [(-0.13, 0.13), (-40.0, 40.0), (87.0, 89.0), (0.0, 709.8), (-80.0, 80.0), (-0.0434, 0.0434)];
    sinh, sinh, sinhf, [(-0.4, 0.4), (-20.0, 20.0), (79.0, 89.5), (-711.0, 711.0), (-0.0434, 0.0434)];
    cosh, cosh, coshf, [(-0.4, 0.4), (-20.0, 20.0), (79.0, 89.5), (-711.0, 711.0), (-0.0434, 0.0434)];
    tanh, tanh, tanhf, [(-0.2, 0.2), (-1.0, 1.0), (8.5, 10.5), (-22.0, 22.0), (-0.0217, 0.0217)];
    sinpi, sinpi, sinpif, [(-0.5, 0.5), (-2.0, 2.0), (0.0, 1e6), (0.0, 1e16), (0.0, 1e-300), (0.0, 1e-37)];
    cospi, cospi, cospif, [(-0.5, 0.5), (-2.0, 2.0), (0.0, 1e6), (0.0, 1e16), (0.4999, 0.5001), (1.5, 1.75)];
    tanpi, tanpi, tanpif, [(-0.5, 0.5), (-2.0, 2.0), (0.0, 1e6), (0.0, 1e16), (0.4999, 0.5001), (0.0, 1e-300)];
}

/// Without an oracle: the bits alone.
mod sigmoids {
    use super::*;

    #[vectorize(f32(f32), f64(f64), ulp = 4)]
    fn logistic<T>(x: T) -> T {
        x.logistic()
    }

    #[vectorize(f32(f32), f64(f64), ulp = 4)]
    fn softplus<T>(x: T) -> T {
        x.softplus()
    }

    const RANGES: [(f64, f64); 3] = [(-1.0, 1.0), (-104.0, 89.0), (-745.2, 709.8)];

    #[test]
    fn double() {
        let x = arguments::<f64>(&RANGES, 10_000);
        check_bits::<logistic, (f64,), f64>("logistic", &[&x]);
        check_bits::<softplus, (f64,), f64>("softplus", &[&x]);
    }

    #[test]
    fn single() {
        let x = arguments::<f32>(&RANGES, 10_000);
        check_bits::<logistic, (f32,), f32>("logistic", &[&x]);
        check_bits::<softplus, (f32,), f32>("softplus", &[&x]);
    }
}

mod hypot {
    use super::*;

    #[vectorize(f32(f32, f32), f64(f64, f64), ulp = 4)]
    fn hypot<T>(x: T, y: T) -> T {
        x.hypot(y)
    }

    /// Every edge with every other, then numbers near each other, squares near both ends of the range, and any numbers.
    fn pairs<T: Format>(ends: [f64; 2]) -> (Vec<T>, Vec<T>) {
        let mut random = Random(2);
        let mut pairs: Vec<(T, T)> = T::EDGES.iter().flat_map(|&x| T::EDGES.iter().map(move |&y| (x, y))).collect();
        for size in [1.0, ends[0], ends[1]] {
            let mut number = || T::from_f64(size * random.between(-2.0, 2.0));
            pairs.extend((0..20_000).map(|_| (number(), number())));
        }
        pairs.extend((0..20_000).map(|_| (random.any(), random.any())));
        pairs.into_iter().unzip()
    }

    macro_rules! format {
        ($test:ident, $t:ident, $exact:ident, $ends:expr) => {
            #[test]
            fn $test() {
                let (x, y) = pairs::<$t>($ends);
                let expected: Vec<$t> = x.iter().zip(&y).map(|(&x, &y)| core_math::$exact(x, y)).collect();
                for level in levels() {
                    let results = run::<hypot, ($t,), $t>(level, &[&x, &y]);
                    check_within(4, "hypot", level, &[&x, &y], &results, &expected);
                }
                check_bits::<hypot, ($t,), $t>("hypot", &[&x, &y]);
            }
        };
    }

    // The square roots of the smallest normal and of the largest number.
    format!(double, f64, hypot, [1.5e-154, 1.3e154]);
    format!(single, f32, hypotf, [1.1e-19, 1.8e19]);
}
