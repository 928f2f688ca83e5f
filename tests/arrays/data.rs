//! Values to test with.

use ufunc::lanes::Element;

/// A small generator with a period far beyond any test (xorshift64*).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// In 0..n.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

/// An element type with values to test.
pub trait Sample: Element + std::fmt::Debug {
    /// What lies between the elements of an array: no function may read or write it.
    const GUARD: Self;
    /// Values without surprises: floats in -1..1 and integers of every size.
    fn plain(random: &mut Random) -> Self;
    /// NaN, zeros of both signs, infinities; the least and the greatest integer.
    fn edge(random: &mut Random) -> Self;
    /// Bit for bit, any NaN for any NaN.
    fn same(self, other: Self) -> bool;
    /// Floats no further apart than so many times the larger one, or than that many if both are below 1; all else the same.
    fn close(self, other: Self, tolerance: f64) -> bool {
        let _ = tolerance;
        self.same(other)
    }
}

macro_rules! floats {
    ($($t:ident),*) => {$(
        impl Sample for $t {
            const GUARD: Self = $t::NAN;

            fn plain(random: &mut Random) -> Self {
                ((random.next() >> 11) as f64 / (1u64 << 52) as f64 - 1.0) as $t
            }

            fn edge(random: &mut Random) -> Self {
                [0.0, -0.0, $t::NAN, $t::INFINITY, $t::NEG_INFINITY, $t::MAX, $t::MIN_POSITIVE / 4.0, 1.0][random.below(8)]
            }

            fn same(self, other: Self) -> bool {
                self.to_bits() == other.to_bits() || (self.is_nan() && other.is_nan())
            }

            fn close(self, other: Self, tolerance: f64) -> bool {
                let scale = f64::from(self.abs().max(other.abs()).max(1.0));
                self.same(other) || f64::from((self - other).abs()) <= tolerance * scale
            }
        }
    )*};
}

macro_rules! ints {
    ($($t:ident),*) => {$(
        impl Sample for $t {
            const GUARD: Self = $t::MAX / 3;

            fn plain(random: &mut Random) -> Self {
                (random.next() as $t) >> (random.next() as u32 % $t::BITS)
            }

            fn edge(random: &mut Random) -> Self {
                [0, 1, $t::MIN, $t::MAX][random.below(4)]
            }

            fn same(self, other: Self) -> bool {
                self == other
            }
        }
    )*};
}

floats!(f32, f64);
ints!(i8, i16, i32, i64, u8, u16, u32, u64, usize);

impl Sample for bool {
    const GUARD: Self = true;

    fn plain(random: &mut Random) -> Self {
        random.below(2) == 1
    }

    fn edge(random: &mut Random) -> Self {
        random.below(2) == 1
    }

    fn same(self, other: Self) -> bool {
        self == other
    }
}
