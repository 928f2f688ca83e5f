//! Kernels of math functions, on every level that the machine has: within 1 ulp of CORE-MATH's correctly rounded
//! results, and the same bits on every level with FMA and in every lane.

use std::fmt::Debug;

use ufunc::Level;
use ufunc::kernel::{Kernel, MachineLoops};

/// What the checks need of `f32` and `f64`.
pub(crate) trait Format: Copy + Debug + PartialEq + 'static {
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
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * ((self.bits() >> 11) as f64 / (1u64 << 53) as f64)
    }

    /// A number of any magnitude.
    pub(crate) fn any<T: Format>(&mut self) -> T {
        T::from_bits(self.bits())
    }
}

/// More than a gang on every level, and a multiple of each.
pub(crate) const BLOCK: usize = 64;

pub(crate) fn levels() -> impl Iterator<Item = Level> {
    Level::ALL.into_iter().filter(|level| level.is_available())
}

/// Runs a kernel's machine loop for `level` over whole blocks.
pub(crate) fn run<K: Kernel<G>, G, T: Format>(level: Level, inputs: &[&[T]]) -> Vec<T> {
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
pub(crate) fn check<T: Format>(name: &str, level: Level, inputs: &[&[T]], results: &[T], expected: &[T]) {
    check_within(1, name, level, inputs, results, expected);
}

/// The same for other bounds than one unit.
pub(crate) fn check_within<T: Format>(
    units: i64,
    name: &str,
    level: Level,
    inputs: &[&[T]],
    results: &[T],
    expected: &[T],
) {
    for (i, (&ours, &exact)) in results.iter().zip(expected).enumerate() {
        let close = match (ours.is_nan(), exact.is_nan()) {
            (false, false) => {
                (ours.rank() - exact.rank()).abs() <= units
                    && (exact.rank() != 0 || ours.rank() != 0 || ours.bits() == exact.bits())
            }
            (ours, exact) => ours == exact,
        };
        let arguments: Vec<T> = inputs.iter().map(|values| values[i]).collect();
        assert!(close, "{name}({arguments:?}) at {level}: {ours:?}, exactly {exact:?}");
    }
}

/// The same bits on all levels with FMA, and whatever stands in the neighbouring lanes.
pub(crate) fn check_bits<K: Kernel<G>, G, T: Format>(name: &str, inputs: &[&[T]]) {
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
pub(crate) fn arguments<T: Format>(ranges: &[(f64, f64)], count: usize) -> Vec<T> {
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
