//! The values that the tests use, and what it means that two results are the same.

use ufunc::lanes::{Element, MAX_LANES};

/// A type with values worth testing.
pub(crate) trait Values: Element {
    /// Edge values and a few random ones.
    fn edges() -> Vec<Self>;
    /// A value of random bits.
    fn random(bits: u64) -> Self;
    /// Equal, or both NaN.
    fn same(self, other: Self) -> bool;
}

/// A small generator of random bits (splitmix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

macro_rules! int {
    ($($t:ident)*) => {$(
        impl Values for $t {
            fn edges() -> Vec<Self> {
                let mut values = vec![0, 1, 2, 3, 5, 7, 10, 100, $t::MIN, $t::MAX];
                for bit in 0..$t::BITS {
                    let power = (1 as $t) << bit;
                    values.extend([power, power.wrapping_sub(1), power.wrapping_neg(), power.wrapping_add(1)]);
                }
                let mut random = Random(7);
                values.extend((0..10).map(|_| Self::random(random.next())));
                values.sort();
                values.dedup();
                values
            }
            fn random(bits: u64) -> Self {
                if bits % 4 == 0 {
                    // The middle of two `f32`, and its neighbours: where rounding twice goes wrong.
                    let middle = ((bits >> 7) as u32 >> 7 | 1) as $t;
                    let neighbour = (bits >> 50) % 3;
                    return middle.wrapping_shl((bits >> 40) as u32).wrapping_add(neighbour as $t).wrapping_sub(1);
                }
                // As many small values as large ones.
                (bits as $t) >> ((bits >> 56) as u32 % $t::BITS)
            }
            fn same(self, other: Self) -> bool {
                self == other
            }
        }
    )*};
}
int!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

macro_rules! float {
    ($($t:ident $bits:ident)*) => {$(
        impl Values for $t {
            fn edges() -> Vec<Self> {
                let mut values = vec![
                    0.0, 1.0, 0.5, 1.5, 2.5, 3.5, 0.1, 0.49, 1.0 + $t::EPSILON, 10.0, 100.0,
                    $t::MIN_POSITIVE, $t::from_bits(1), $t::MIN_POSITIVE - $t::from_bits(1),
                    $t::MAX, $t::INFINITY, $t::NAN, std::f64::consts::PI as $t,
                    0.5 - $t::EPSILON / 4.0,
                ];
                // Where integers end, and where fractions do.
                for bit in [7, 8, 15, 16, 22, 23, 24, 31, 32, 51, 52, 53, 63, 64] {
                    let power = (2.0 as $t).powi(bit);
                    values.extend([power, power.next_up(), power.next_down(), power - 0.5, power + 0.5, power - 1.0]);
                }
                let mut random = Random(7);
                values.extend((0..10).map(|_| Self::random(random.next())));
                values.extend(values.clone().iter().map(|value| -value));
                values
            }
            fn random(bits: u64) -> Self {
                match bits >> 62 {
                    // Any bits at all, which are mostly huge or tiny.
                    0 => $t::from_bits((bits.rotate_left(17)) as $bits),
                    // Integers and what lies near them.
                    1 => (bits as i64 >> (bits % 64)) as $t,
                    2 => (bits as i64 >> (bits % 64)) as $t / 4.0,
                    _ => (bits as u32 as $t / u32::MAX as $t) * 2.0 - 1.0,
                }
            }
            fn same(self, other: Self) -> bool {
                self.to_bits() == other.to_bits() || (self.is_nan() && other.is_nan())
            }
        }
    )*};
}
float!(f32 u32 f64 u64);

impl Values for bool {
    fn edges() -> Vec<Self> {
        vec![false, true]
    }
    fn random(bits: u64) -> Self {
        bits & 1 != 0
    }
    fn same(self, other: Self) -> bool {
        self == other
    }
}

/// A multiple of the widest gang.
pub(crate) fn pad<T: Copy>(values: &mut Vec<T>) {
    let first = values[0];
    values.resize(values.len().next_multiple_of(MAX_LANES), first);
}

/// Edge values and random ones.
pub(crate) fn singles<T: Values>(randoms: usize) -> Vec<T> {
    let mut random = Random(1);
    let mut values = T::edges();
    values.extend((0..randoms).map(|_| T::random(random.next())));
    pad(&mut values);
    values
}

/// Edge values with edge values, and random ones with random ones.
pub(crate) fn pairs<A: Values, B: Values>(randoms: usize) -> (Vec<A>, Vec<B>) {
    let mut random = Random(2);
    let (a, b) = (A::edges(), B::edges());
    let mut pairs: (Vec<A>, Vec<B>) = a.iter().flat_map(|a| b.iter().map(move |b| (*a, *b))).unzip();
    for _ in 0..randoms {
        pairs.0.push(A::random(random.next()));
        pairs.1.push(B::random(random.next()));
    }
    pad(&mut pairs.0);
    pad(&mut pairs.1);
    pairs
}

/// The results of an operation on all values, one gang at a time: `results!(simd; x in a, y in b => x + y)`.
macro_rules! results {
    ($simd:expr; $($arg:ident in $values:expr),* => $value:expr) => {{
        let count = [$($values.len()),*][0];
        assert!(count % $crate::values::lanes($simd) == 0 $(&& $values.len() == count)*);
        $(let $arg = $values.as_ptr();)*
        $crate::Run::run($simd, #[inline(always)] || {
            let mut results = Vec::with_capacity(count);
            let mut at = 0;
            while at < count {
                // SAFETY: there is a gang of values from here on, and as much room for results.
                unsafe {
                    $(let $arg = ufunc::lanes::Vector::load($simd, $arg.add(at));)*
                    $crate::values::put(&mut results, at, $value);
                }
                at += $crate::values::lanes($simd);
            }
            // SAFETY: all are written.
            unsafe { results.set_len(count) };
            results
        })
    }};
}
pub(crate) use results;

/// Writes one gang of results.
///
/// # Safety
/// There is room for it.
#[inline(always)]
pub(crate) unsafe fn put<T: Element, S: ufunc::lanes::Simd>(
    results: &mut Vec<T>,
    at: usize,
    value: ufunc::lanes::Vector<T, S>,
) {
    // SAFETY: the caller vouches for the room.
    unsafe { value.store(results.as_mut_ptr().add(at)) }
}

#[inline(always)]
pub(crate) fn lanes<S: ufunc::lanes::Simd>(_simd: S) -> usize {
    S::LANES
}

/// Every result is what the scalar operation gives.
#[inline(never)]
#[track_caller]
pub(crate) fn expect1<A: Values, R: Values>(name: &str, got: &[R], a: &[A], scalar: fn(A) -> R) {
    assert!(!got.is_empty() && got.len() == a.len());
    for (got, a) in got.iter().zip(a) {
        let want = scalar(*a);
        assert!(got.same(want), "{name}: {}({a:?}) gives {got:?}, not {want:?}", A::NAME);
    }
}

/// Every result is what the scalar operation gives.
#[inline(never)]
#[track_caller]
pub(crate) fn expect2<A: Values, B: Values, R: Values>(name: &str, got: &[R], a: &[A], b: &[B], scalar: fn(A, B) -> R) {
    assert!(!got.is_empty() && got.len() == a.len() && got.len() == b.len());
    for ((got, a), b) in got.iter().zip(a).zip(b) {
        let want = scalar(*a, *b);
        assert!(got.same(want), "{name}: {}({a:?}, {b:?}) gives {got:?}, not {want:?}", A::NAME);
    }
}

/// What `f` panics with, if it does.
pub(crate) fn message<R>(f: impl FnOnce() -> R) -> Option<String> {
    let payload = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop(std::hint::black_box(f())))).err()?;
    let text = payload.downcast_ref::<String>().cloned();
    text.or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned()))
}
