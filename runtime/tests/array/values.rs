//! Elements, masks and panics for the tests.

use std::panic::{AssertUnwindSafe, catch_unwind};

use ufunc::lanes::Element;

/// A type whose elements can be told apart by their places, as far as it has so many values.
pub(crate) trait Values: Element {
    /// The `k`-th of different values, none of them 0.
    fn value(k: usize) -> Self;
}

macro_rules! values {
    ($($t:ident)*) => {$(
        impl Values for $t {
            fn value(k: usize) -> Self {
                (k % 100 + 1) as $t
            }
        }
    )*};
}
values!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64);

impl Values for bool {
    fn value(k: usize) -> Self {
        k * k % 7 < 4
    }
}

/// The first so many values.
pub(crate) fn values<T: Values>(count: usize) -> Vec<T> {
    (0..count).map(T::value).collect()
}

/// Random bits (splitmix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

/// Masks: none, all, single lanes, the first and the last ones, and random ones.
pub(crate) fn masks(lanes: usize) -> Vec<u64> {
    let all = u64::MAX >> (64 - lanes);
    let mut masks = vec![0, all, 1, 1 << (lanes - 1), all >> 1, all & !1];
    let mut random = Random(3);
    masks.extend((0..6).map(|_| random.next() & all));
    masks
}

/// What the panic of a function says, if it panics.
pub(crate) fn message<R>(f: impl FnOnce() -> R) -> Option<String> {
    let panic = catch_unwind(AssertUnwindSafe(f)).err()?;
    Some(match panic.downcast::<String>() {
        Ok(message) => *message,
        Err(panic) => (*panic.downcast::<&str>().expect("a panic with a message")).to_owned(),
    })
}
