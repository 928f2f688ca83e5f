//! The exponentials, logarithms, powers and hyperbolic functions, on every level that the machine
//! has: within 1 ulp of CORE-MATH's correctly rounded results, and the same bits on every level
//! with FMA and in every lane.

use std::fmt::Debug;

use ufunc::Level;
use ufunc::kernel::{Kernel, MachineLoops};
use ufunc::lanes::{Mask, Simd, Vector};
use ufunc::math::MathExt;

/// What the checks need of `f32` and `f64`.
trait Format: Copy + Debug + PartialEq + 'static {
    const EDGES: &'static [Self];
    fn bits(self) -> u64;
    fn from_bits(bits: u64) -> Self;
    fn from_f64(x: f64) -> Self;
    fn is_nan(self) -> bool;

    /// Numbers in their order, neighbours one apart; both zeros are 0.
    fn rank(self) -> i64 {
        let sign = 1u64 << (8 * size_of::<Self>() - 1);
        let magnitude = (self.bits() & !sign) as i64;
        if self.bits() & sign != 0 { -magnitude } else { magnitude }
    }

    fn neighbours(self, count: i64) -> impl Iterator<Item = Self> {
        let sign = 1u64 << (8 * size_of::<Self>() - 1);
        let rank = self.rank();
        (rank - count..=rank + count)
            .map(move |r| Self::from_bits(if r < 0 { sign | r.unsigned_abs() } else { r as u64 }))
    }
}

macro_rules! format {
    ($t:ident, $bits:ident) => {
        impl Format for $t {
            const EDGES: &'static [$t] = &[
                0.0,
                -0.0,
                $t::INFINITY,
                $t::NEG_INFINITY,
                $t::NAN,
                $t::MAX,
                $t::MIN,
                $t::MIN_POSITIVE,
                -$t::MIN_POSITIVE,
                $t::from_bits(1),
                -$t::from_bits(1),
                1.0,
                -1.0,
                0.5,
                -0.5,
                2.0,
                -2.0,
                3.0,
                -3.0,
                10.0,
                1e3,
                std::$t::consts::E,
                std::$t::consts::SQRT_2,
                std::$t::consts::FRAC_1_SQRT_2,
                std::$t::consts::LN_2,
            ];
            fn bits(self) -> u64 {
                self.to_bits().into()
            }
            fn from_bits(bits: u64) -> $t {
                $t::from_bits(bits as $bits)
            }
            fn from_f64(x: f64) -> $t {
                x as $t
            }
            fn is_nan(self) -> bool {
                self.is_nan()
            }
        }
    };
}

format!(f32, u32);
format!(f64, u64);

/// Deterministic random numbers (SplitMix64).
struct Random(u64);

impl Random {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * ((self.bits() >> 11) as f64 / (1u64 << 53) as f64)
    }

    /// A number of any magnitude.
    fn any<T: Format>(&mut self) -> T {
        T::from_bits(self.bits())
    }
}

/// More than a gang on every level, and a multiple of each.
const BLOCK: usize = 64;

fn levels() -> impl Iterator<Item = Level> {
    Level::ALL.into_iter().filter(|level| level.is_available())
}

/// Runs a kernel's machine loop for `level` over whole blocks.
fn run<K: Kernel<G>, G, T: Format>(level: Level, inputs: &[&[T]]) -> Vec<T> {
    let len = inputs[0].len();
    let padded = len.next_multiple_of(BLOCK);
    let mut arrays: Vec<Vec<T>> = inputs
        .iter()
        .map(|values| values.iter().copied().chain(std::iter::repeat(values[0])).take(padded).collect())
        .collect();
    arrays.push(vec![T::from_f64(0.0); padded]);
    let pointers: Vec<*mut u8> = arrays.iter_mut().map(|array| array.as_mut_ptr().cast()).collect();
    let (machine_loop, lanes) = MachineLoops::of::<K, G>().at(level);
    assert_eq!(BLOCK % lanes, 0);
    // SAFETY: the level is available; the inputs and the output hold `padded` values each, of the
    // kernel's type, and the kernel has no uniforms.
    unsafe { machine_loop(pointers.as_ptr(), padded / lanes, std::ptr::from_ref(&()).cast()) };
    drop(pointers);
    let mut result = arrays.pop().unwrap();
    result.truncate(len);
    result
}

/// At most one unit from the correctly rounded result; zeros have its sign, NaN is NaN.
fn check<T: Format>(name: &str, level: Level, inputs: &[&[T]], results: &[T], expected: &[T]) {
    for (i, (&ours, &exact)) in results.iter().zip(expected).enumerate() {
        let close = match (ours.is_nan(), exact.is_nan()) {
            (false, false) => {
                (ours.rank() - exact.rank()).abs() <= 1
                    && (exact.rank() != 0 || ours.rank() != 0 || ours.bits() == exact.bits())
            }
            (ours, exact) => ours == exact,
        };
        let arguments: Vec<T> = inputs.iter().map(|values| values[i]).collect();
        assert!(close, "{name}({arguments:?}) at {level}: {ours:?}, exactly {exact:?}");
    }
}

/// The same bits on all levels with FMA, and whatever stands in the neighbouring lanes.
fn check_bits<K: Kernel<G>, G, T: Format>(name: &str, inputs: &[&[T]]) {
    let scalar = run::<K, G, T>(Level::Scalar, inputs);
    for level in levels().filter(|level| level.has_fma()) {
        for (i, (a, b)) in run::<K, G, T>(level, inputs).into_iter().zip(&scalar).enumerate() {
            assert_eq!(a.bits(), b.bits(), "{name}({:?}) at {level} and scalar: {a:?}, {b:?}", inputs[0][i]);
        }
    }
    // Every second lane becomes an edge case, and the others move by one lane.
    let spread: Vec<Vec<T>> = inputs
        .iter()
        .map(|values| {
            let edges = T::EDGES.iter().copied().cycle();
            values.iter().copied().zip(edges).flat_map(|(value, edge)| [edge, value]).collect()
        })
        .collect();
    let spread: Vec<&[T]> = spread.iter().map(Vec::as_slice).collect();
    for level in levels() {
        let alone = run::<K, G, T>(level, inputs);
        let among = run::<K, G, T>(level, &spread);
        for (i, a) in alone.iter().enumerate() {
            let b = among[2 * i + 1];
            assert_eq!(a.bits(), b.bits(), "{name}({:?}) at {level} beside others: {a:?}, {b:?}", inputs[0][i]);
        }
    }
}

/// Edges and their neighbours, then random numbers of all magnitudes and in the given ranges.
fn arguments<T: Format>(ranges: &[(f64, f64)], count: usize) -> Vec<T> {
    let mut random = Random(1);
    let mut values: Vec<T> = T::EDGES.to_vec();
    for &edge in T::EDGES.iter().filter(|edge| !edge.is_nan() && edge.rank().abs() > 64) {
        values.extend(edge.neighbours(32).filter(|x| !x.is_nan()));
    }
    values.extend((0..64).flat_map(|bits| [T::from_bits(bits), T::from_bits(bits | 1 << 63 | 1 << 31)]));
    for &(low, high) in ranges {
        // The ends of a range are where a function changes: overflow, underflow, cancellation.
        values.extend([low, high].map(T::from_f64).into_iter().flat_map(|x| x.neighbours(64)));
        values.extend((0..count).map(|_| T::from_f64(random.between(low, high))));
    }
    values.extend((0..count).map(|_| random.any::<T>()));
    values
}

/// A module with a kernel of the method's name for both formats.
macro_rules! kernel {
    ($name:ident($first:ident $(, $rest:ident)*)) => {
        struct Function;
        kernel!(@impl $name f32 (f32 $(, kernel!(@f32 $rest))*) ($first $(, $rest)*));
        kernel!(@impl $name f64 (f64 $(, kernel!(@f64 $rest))*) ($first $(, $rest)*));
    };
    (@f32 $x:ident) => { f32 };
    (@f64 $x:ident) => { f64 };
    (@impl $name:ident $t:ident ($($in:ty),*) ($first:ident $(, $rest:ident)*)) => {
        impl Kernel<($t,)> for Function {
            const NAME: &'static str = stringify!($name);
            type Inputs = ($($in,)*);
            type Outputs = ($t,);
            type Uniforms<'a> = ();
            type Gang<S: Simd> = S;

            #[inline(always)]
            fn gang<'a, S: Simd>(
                _: S,
                _: Mask<S>,
                ($first, $($rest,)*): <Self::Inputs as Elements>::Vectors<S>,
                (): (),
            ) -> (Vector<$t, S>,) {
                ($first.$name($($rest),*),)
            }

            fn scalar<'a>(($first, $($rest,)*): Self::Inputs, (): ()) -> ($t,) {
                ($first.$name($($rest),*),)
            }
        }
    };
}

/// Functions of one argument: the method, CORE-MATH's function for `f64` and `f32`, and the ranges
/// to look at closely.
macro_rules! unary {
    ($($name:ident, $exact:ident, $exactf:ident, $ranges:expr;)*) => {$(
        mod $name {
            use super::*;
            use ufunc::kernel::Elements;

            kernel!($name(x));

            #[test]
            fn double() {
                let x = arguments::<f64>(&$ranges, 20_000);
                let expected: Vec<f64> = x.iter().map(|&x| core_math::$exact(x)).collect();
                for level in levels() {
                    let results = run::<Function, (f64,), f64>(level, &[&x]);
                    check(stringify!($name), level, &[&x], &results, &expected);
                }
                check_bits::<Function, (f64,), f64>(stringify!($name), &[&x]);
            }

            #[test]
            fn single() {
                let x = arguments::<f32>(&$ranges, 20_000);
                check_bits::<Function, (f32,), f32>(stringify!($name), &[&x]);
                // All bit patterns, in steps.
                let patterns = (0..1u32 << 20).map(|i| f32::from_bits(i.wrapping_mul(4099)));
                let x: Vec<f32> = x.into_iter().chain(patterns).collect();
                let expected: Vec<f32> = x.iter().map(|&x| core_math::$exactf(x)).collect();
                for level in levels() {
                    let results = run::<Function, (f32,), f32>(level, &[&x]);
                    check(stringify!($name), level, &[&x], &results, &expected);
                }
            }

            #[test]
            #[ignore = "all arguments: a minute a function in a release build"]
            fn every_single() {
                const CHUNK: u64 = 1 << 20;
                for start in (0..1u64 << 32).step_by(CHUNK as usize) {
                    let x: Vec<f32> = (start..start + CHUNK).map(|bits| f32::from_bits(bits as u32)).collect();
                    let expected: Vec<f32> = x.iter().map(|&x| core_math::$exactf(x)).collect();
                    let results = run::<Function, (f32,), f32>(Level::best(), &[&x]);
                    check(stringify!($name), Level::best(), &[&x], &results, &expected);
                }
            }
        }
    )*};
}

unary! {
    exp, exp, expf, [(-1.0, 1.0), (-104.0, 89.0), (-745.2, 709.8)];
    exp2, exp2, exp2f, [(-1.0, 1.0), (-150.0, 128.0), (-1075.0, 1024.0)];
    exp10, exp10, exp10f, [(-1.0, 1.0), (-46.0, 39.0), (-324.0, 308.5)];
    exp_m1, expm1, expm1f, [(-0.4, 0.4), (-40.0, 40.0), (87.0, 89.0), (0.0, 709.8), (37.0, 38.5), (16.0, 18.0)];
    ln, log, logf, [(0.5, 2.0), (0.99, 1.01), (0.0, 1e4)];
    log2, log2, log2f, [(0.5, 2.0), (0.99, 1.01), (0.0, 1e4)];
    log10, log10, log10f, [(0.5, 2.0), (0.99, 1.01), (0.0, 1e4)];
    ln_1p, log1p, log1pf, [(-1.0, 1.0), (-1e-3, 1e-3), (-1e-15, 1e-15), (0.0, 1e4)];
    sinh, sinh, sinhf, [(-0.4, 0.4), (-20.0, 20.0), (88.0, 89.5), (18.0, 19.0), (-711.0, 711.0)];
    cosh, cosh, coshf, [(-0.4, 0.4), (-20.0, 20.0), (88.0, 89.5), (18.0, 19.0), (-711.0, 711.0)];
    tanh, tanh, tanhf, [(-0.2, 0.2), (-1.0, 1.0), (8.5, 9.5), (-20.0, 20.0)];
    asinh, asinh, asinhf, [(-0.1, 0.1), (-2.0, 2.0), (-1e-4, 1e-4), (0.0, 1e4), (1e30, 1e31), (1e15, 2e15)];
    acosh, acosh, acoshf, [(1.0, 1.1), (1.0, 2.0), (1.0, 1.000001), (0.0, 1e4), (1e30, 1e31), (1e15, 2e15)];
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
