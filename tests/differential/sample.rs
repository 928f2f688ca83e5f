//! Values to test with: the edges of every type, and random ones beside them.

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

    /// In 0..1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// An element type with values to test.
pub trait Sample: Element {
    fn edges() -> Vec<Self>;
    fn random(random: &mut Random) -> Self;
    /// Bit for bit, any NaN for any NaN.
    fn same(self, other: Self) -> bool;
}

macro_rules! floats {
    ($($t:ident),*) => {$(
        impl Sample for $t {
            fn edges() -> Vec<Self> {
                let one = [
                    0.0, 1.0, 0.5, 1.5, 2.0, 2.5, 3.0, 7.0, 100.0, 1e6, 0.1, $t::EPSILON, $t::MIN_POSITIVE,
                    $t::MIN_POSITIVE / 8.0, $t::MAX, $t::INFINITY, 2147483648.0, 4294967296.0, 9.3e18, 1.9e19, 127.5,
                    0.49999997,
                ];
                one.iter().flat_map(|x| [*x, -*x]).chain([$t::NAN]).collect()
            }

            fn random(random: &mut Random) -> Self {
                match random.next() % 4 {
                    0 => ((random.unit() - 0.5) * 200.0) as $t,
                    1 => $t::from_bits(random.next() as _),
                    2 => ((random.unit() - 0.5) * 20.0).round() as $t,
                    _ => (random.unit() * 4.0 - 2.0) as $t,
                }
            }

            fn same(self, other: Self) -> bool {
                self.to_bits() == other.to_bits() || (self.is_nan() && other.is_nan())
            }
        }
    )*};
}

macro_rules! ints {
    ($($t:ident),*) => {$(
        impl Sample for $t {
            fn edges() -> Vec<Self> {
                let mut edges = vec![0, 1, 2, 3, 5, 7, 8, 10, 100, 127, $t::MAX, $t::MAX - 1, $t::MIN, $t::MIN + 1];
                edges.extend((1..$t::BITS).map(|shift| (1 as $t) << shift));
                edges.extend((1..$t::BITS).map(|shift| ((1 as $t) << shift).wrapping_sub(1)));
                edges.extend((0..6).map(|n| (0 as $t).wrapping_sub(n)));
                edges
            }

            fn random(random: &mut Random) -> Self {
                match random.next() % 3 {
                    0 => random.next() as $t,
                    1 => (random.next() % 32) as $t,
                    _ => (random.next() as $t) >> (random.next() as u32 % $t::BITS),
                }
            }

            fn same(self, other: Self) -> bool {
                self == other
            }
        }
    )*};
}

floats!(f32, f64);
ints!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

impl Sample for bool {
    fn edges() -> Vec<Self> {
        vec![false, true]
    }

    fn random(random: &mut Random) -> Self {
        random.next() & 1 == 1
    }

    fn same(self, other: Self) -> bool {
        self == other
    }
}

/// A kernel's inputs, as one element of each.
pub trait Inputs: Copy + std::fmt::Debug {
    /// Edges against edges, then random ones.
    fn samples(count: usize, random: &mut Random) -> Vec<Self>;
    /// The first input of `other`, the rest of `self`.
    fn with_first_of(self, other: Self) -> Self;
}

macro_rules! inputs {
    ($($a:ident $k:tt),*) => {
        impl<$($a: Sample),*> Inputs for ($($a,)*) {
            fn samples(count: usize, random: &mut Random) -> Vec<Self> {
                let edges = ($($a::edges(),)*);
                (0..count)
                    .map(|i| {
                        // The i-th combination of edges, every input at a stride of its own.
                        let mut stride = 1;
                        let at_edge = ($({
                            let edge = edges.$k[(i / stride) % edges.$k.len()];
                            stride *= edges.$k.len();
                            edge
                        },)*);
                        let _ = stride;
                        if i % 3 == 0 { ($($a::random(random),)*) } else { at_edge }
                    })
                    .collect()
            }

            fn with_first_of(mut self, other: Self) -> Self {
                self.0 = other.0;
                self
            }
        }
    };
}

inputs!(A 0);
inputs!(A 0, B 1);
inputs!(A 0, B 1, C 2);
