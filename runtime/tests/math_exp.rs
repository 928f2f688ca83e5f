//! The exponentials, logarithms, powers and hyperbolic functions.

#[macro_use]
mod correctly_rounded;

use correctly_rounded::*;
use ufunc::Level;
use ufunc::kernel::{Kernel, MachineLoops};
use ufunc::lanes::{Mask, Simd, Vector};
use ufunc::math::MathExt;

unary! {
    exp, exp, expf, [(-1.0, 1.0), (-104.0, 89.0), (-745.2, 709.8)];
    exp2, exp2, exp2f, [(-1.0, 1.0), (-150.0, 128.0), (-1075.0, 1024.0)];
    exp10, exp10, exp10f, [(-1.0, 1.0), (-46.0, 39.0), (-324.0, 308.5)];
    exp_m1, expm1, expm1f, [(-0.4, 0.4), (-40.0, 40.0), (87.0, 89.0), (0.0, 709.8), (37.0, 38.5), (16.0, 18.0)];
    ln, log, logf, [(0.5, 2.0), (0.99, 1.01), (0.0, 1e4)];
    log2, log2, log2f, [(0.5, 2.0), (0.99, 1.01), (0.0, 1e4)];
    log10, log10, log10f, [(0.5, 2.0), (0.99, 1.01), (0.0, 1e4)];
    ln_1p, log1p, log1pf, [(-1.0, 1.0), (-1e-3, 1e-3), (-1e-15, 1e-15), (0.0, 1e4), (-1e-7, 1e-7), (1e37, 3e38)];
    sinh, sinh, sinhf, [(-0.4, 0.4), (-20.0, 20.0), (88.0, 89.5), (18.0, 19.0), (-711.0, 711.0)];
    cosh, cosh, coshf, [(-0.4, 0.4), (-20.0, 20.0), (88.0, 89.5), (18.0, 19.0), (-711.0, 711.0)];
    tanh, tanh, tanhf, [(-0.2, 0.2), (-1.0, 1.0), (8.5, 9.5), (-20.0, 20.0)];
    asinh, asinh, asinhf, [(-0.1, 0.1), (-2.0, 2.0), (-1e-4, 1e-4), (0.0, 1e4), (1e30, 1e31), (1e15, 2e15)];
    acosh, acosh, acoshf, [(1.0, 1.1), (1.0, 2.0), (1.0, 1.000001), (0.0, 1e4), (1e30, 1e31), (1e15, 2e15), (-1e9, -1e7)];
    atanh, atanh, atanhf, [(-0.1, 0.1), (-1.0, 1.0), (-1e-4, 1e-4), (0.9999, 1.0), (0.3, 0.4)];
    sinpi, sinpi, sinpif, [(-0.25, 0.25), (-2.0, 2.0), (0.0, 1e6), (0.0, 1e16), (0.0, 1e-300), (0.0, 1e-37)];
    cospi, cospi, cospif, [(-0.25, 0.25), (-2.0, 2.0), (0.0, 1e6), (0.0, 1e16), (0.4999, 0.5001), (1.5, 1.75)];
    tanpi, tanpi, tanpif, [(-0.25, 0.25), (-2.0, 2.0), (0.0, 1e6), (0.0, 1e16), (0.4999, 0.5001), (0.0, 1e-300)];
    cbrt, cbrt, cbrtf, [(-1.0, 1.0), (1.0, 8.0), (-1e6, 1e6)];
}

/// Pairs of all edges, then random pairs from the ranges of each argument, then of any magnitude.
fn pairs<T: Format>(ranges: &[[(f64, f64); 2]], count: usize) -> (Vec<T>, Vec<T>) {
    let mut random = Random(2);
    let edges: Vec<T> =
        T::EDGES.iter().copied().chain([1.5, -1.5, 1e15, 4e15 + 1.0, 1e300, -1e-300, 1e-20].map(T::from_f64)).collect();
    let mut pairs: Vec<(T, T)> = Vec::new();
    for &x in &edges {
        pairs.extend(edges.iter().map(|&y| (x, y)));
    }
    for [x, y] in ranges {
        pairs
            .extend((0..count).map(|_| (T::from_f64(random.between(x.0, x.1)), T::from_f64(random.between(y.0, y.1)))));
    }
    pairs.extend((0..count).map(|_| (random.any(), random.any())));
    pairs.into_iter().unzip()
}

/// Functions of two arguments.
macro_rules! binary {
    ($($name:ident, $exact:expr, $exactf:expr, $ranges:expr;)*) => {$(
        mod $name {
            use super::*;
            use ufunc::kernel::Elements;

            kernel!($name(x, y));

            #[test]
            fn double() {
                let (x, y) = pairs::<f64>(&$ranges, 20_000);
                let expected: Vec<f64> = x.iter().zip(&y).map(|(&x, &y)| $exact(x, y)).collect();
                for level in levels() {
                    let results = run::<Function, (f64,), f64>(level, &[&x, &y]);
                    check(stringify!($name), level, &[&x, &y], &results, &expected);
                }
                check_bits::<Function, (f64,), f64>(stringify!($name), &[&x, &y]);
            }

            #[test]
            fn single() {
                let (x, y) = pairs::<f32>(&$ranges, 100_000);
                let expected: Vec<f32> = x.iter().zip(&y).map(|(&x, &y)| $exactf(x, y)).collect();
                for level in levels() {
                    let results = run::<Function, (f32,), f32>(level, &[&x, &y]);
                    check(stringify!($name), level, &[&x, &y], &results, &expected);
                }
                check_bits::<Function, (f32,), f32>(stringify!($name), &[&x, &y]);
            }
        }
    )*};
}

binary! {
    powf, core_math::pow, core_math::powf, [
        [(0.0, 10.0), (-10.0, 10.0)], [(0.7, 1.42), (-2200.0, 2200.0)], [(0.7, 1.42), (-300.0, 300.0)],
        [(-3.0, 3.0), (-5.0, 5.0)], [(0.999, 1.001), (-1e6, 1e6)], [(0.0, 1e-310), (-2.0, 2.0)]
    ];
    hypot, core_math::hypot, core_math::hypotf, [
        [(1.0, 2.0), (0.0, 2.0)], [(1.0, 1.5), (0.0, 1e-3)], [(0.0, 1e-150), (0.0, 1e-150)],
        [(1e150, 1e160), (1e150, 1e160)], [(0.0, 1e-310), (0.0, 1e-310)], [(0.0, 1e-40), (0.0, 1e-40)]
    ];
}

/// The logarithm to a base has no correctly rounded oracle: `f32` is held to `f64`.
mod log {
    use super::*;
    use ufunc::kernel::Elements;

    kernel!(log(x, base));

    fn expected(x: f64, base: f64) -> f64 {
        x.ln() / base.ln()
    }

    #[test]
    fn single() {
        let (x, base) = pairs::<f32>(&[[(0.0, 10.0), (0.0, 10.0)], [(0.9, 1.1), (0.9, 1.1)]], 100_000);
        let exact: Vec<f32> = x.iter().zip(&base).map(|(&x, &base)| expected(x.into(), base.into()) as f32).collect();
        for level in levels() {
            let results = run::<Function, (f32,), f32>(level, &[&x, &base]);
            check("log", level, &[&x, &base], &results, &exact);
        }
        check_bits::<Function, (f32,), f32>("log", &[&x, &base]);
    }

    /// The quotient of two rounded logarithms is within 2 ulp, which leaves 3 for a result within 1.
    #[test]
    fn double() {
        let (x, base) = pairs::<f64>(&[[(0.0, 10.0), (0.0, 10.0)], [(0.9, 1.1), (0.9, 1.1)]], 100_000);
        for level in levels() {
            let results = run::<Function, (f64,), f64>(level, &[&x, &base]);
            for ((&x, &base), ours) in x.iter().zip(&base).zip(results) {
                let exact = core_math::log(x) / core_math::log(base);
                let close = (ours.is_nan() && exact.is_nan()) || (ours.rank() - exact.rank()).abs() <= 3;
                assert!(close, "log({x:?}, {base:?}) at {level}: {ours:?}, about {exact:?}");
            }
        }
        check_bits::<Function, (f64,), f64>("log", &[&x, &base]);
    }

    /// Exponents of exact powers come out exactly.
    #[test]
    fn exact_powers() {
        let (mut x, mut base, mut exponent) = (Vec::new(), Vec::new(), Vec::new());
        for b in [2.0f64, 3.0, 5.0, 10.0, 0.5, 7.0] {
            for n in 1..=15 {
                let power = b.powi(n);
                x.push(power);
                base.push(b);
                exponent.push(f64::from(n));
            }
        }
        for level in levels() {
            assert_eq!(run::<Function, (f64,), f64>(level, &[&x, &base]), exponent, "at {level}");
        }
    }
}

/// The functions that the standard library lacks, for scalars.
mod scalars {
    use super::*;

    #[test]
    fn powers_of_ten() {
        for n in 0..=22 {
            assert_eq!(f64::from(n).exp10(), 10f64.powi(n));
        }
        for n in 0..=10 {
            assert_eq!((n as f32).exp10(), 10f32.powi(n));
        }
    }
}

/// Powers with integer exponents are the standard library's, bit for bit, where its bits are
/// determined: all but NaN's.
mod powi {
    use super::*;

    struct Function;

    macro_rules! powi {
        ($t:ident, $test:ident) => {
            impl Kernel<($t,)> for Function {
                const NAME: &'static str = "powi";
                type Inputs = ($t, i32);
                type Outputs = ($t,);
                type Uniforms<'a> = ();
                type Gang<S: Simd> = S;

                #[inline(always)]
                fn gang<'a, S: Simd>(
                    _: S,
                    _: Mask<S>,
                    (x, n): (Vector<$t, S>, Vector<i32, S>),
                    (): (),
                ) -> (Vector<$t, S>,) {
                    (x.powi(n),)
                }

                fn scalar<'a>((x, n): ($t, i32), (): ()) -> ($t,) {
                    (x.powi(n),)
                }
            }

            #[test]
            fn $test() {
                let mut random = Random(3);
                let mut pairs: Vec<($t, i32)> = Vec::new();
                for &x in <$t as Format>::EDGES {
                    pairs.extend([0, 1, -1, 2, -2, 3, -3, 5, 31, -64, 1000, -1001, i32::MAX, i32::MIN].map(|n| (x, n)));
                }
                pairs.extend((0..20_000).map(|_| (random.between(-3.0, 3.0) as $t, (random.bits() % 80) as i32 - 40)));
                pairs.extend((0..20_000).map(|_| (random.any::<$t>(), random.bits() as i32 >> (random.bits() % 32))));
                pairs.resize(pairs.len().next_multiple_of(BLOCK), (1.0, 0));
                let (mut x, mut n): (Vec<$t>, Vec<i32>) = pairs.into_iter().unzip();
                for level in levels() {
                    let mut y: Vec<$t> = vec![0.0; x.len()];
                    let (machine_loop, lanes) = MachineLoops::of::<Function, ($t,)>().at(level);
                    let arrays: [*mut u8; 3] = [x.as_mut_ptr().cast(), n.as_mut_ptr().cast(), y.as_mut_ptr().cast()];
                    // SAFETY: the level is available; all arrays have one length, a multiple of the lanes.
                    unsafe { machine_loop(arrays.as_ptr(), x.len() / lanes, std::ptr::from_ref(&()).cast()) };
                    for ((&x, &n), ours) in x.iter().zip(&n).zip(y) {
                        let exact = x.powi(std::hint::black_box(n));
                        let same = (ours.is_nan() && exact.is_nan()) || ours.to_bits() == exact.to_bits();
                        assert!(same, "powi({x:?}, {n}) at {level}: {ours:?}, expected {exact:?}");
                    }
                }
            }
        };
    }

    powi!(f64, double);
    powi!(f32, single);
}
