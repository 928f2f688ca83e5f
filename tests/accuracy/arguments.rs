//! Arguments from four generators: edges, any bits and any powers of two, the surroundings of hard points, and spaced
//! ones from ranges.

use crate::functions::Function;
use crate::reference::Format;

/// Blocks of arguments of one function; the second argument is of use to functions of two.
pub(crate) struct Arguments<'a, T> {
    function: &'a Function,
    random: fastrand::Rng,
    edges: Vec<T>,
    block: usize,
}

/// Arguments in a block.
pub(crate) const BLOCK: usize = 1 << 14;

impl<'a, T: Format> Arguments<'a, T> {
    pub(crate) fn of(function: &'a Function, seed: u64) -> Self {
        let sign = 1u64 << (T::BITS - 1);
        let special =
            [0.0, f64::INFINITY, f64::NAN, 1.0, 0.5, 2.0, 3.0, 10.0, 0.1, 1e3].map(|x| T::rounded(x).to_bits());
        let infinity = T::rounded(f64::INFINITY).to_bits();
        let least_normal = mantissa::<T>() + 1;
        let limits = [1, 2, least_normal - 1, least_normal, least_normal + 1, infinity - 1, infinity - 2];
        let points = function.points.iter().map(|&x| T::rounded(x).to_bits());
        let positive = special.into_iter().chain(limits).chain(points);
        let edges = positive.flat_map(|bits| [bits, bits ^ sign]).map(T::from_bits).collect();
        Self { function, random: fastrand::Rng::with_seed(seed), edges, block: 0 }
    }

    /// The next block.
    pub(crate) fn next(&mut self) -> (Vec<T>, Vec<T>) {
        self.block += 1;
        if self.block == 1 {
            let n = self.edges.len();
            let pair = |i: usize| (self.edges[i % n], self.edges[i / n % n]);
            return (0..n * n).map(pair).unzip();
        }
        let generator = self.block % 4;
        (0..BLOCK).map(|i| (self.argument(0, generator, i), self.argument(1, generator, i))).unzip()
    }

    fn argument(&mut self, which: usize, generator: usize, i: usize) -> T {
        match generator {
            0 if i.is_multiple_of(16) => T::from_bits(self.random.u64(..) & !mantissa::<T>()),
            0 => T::from_bits(self.random.u64(..)),
            1 if !self.function.points.is_empty() => {
                // Some units off, or some parts in a thousand.
                let point = self.function.points[self.random.usize(..self.function.points.len())];
                if i.is_multiple_of(2) {
                    let bits = T::rounded(point).to_bits();
                    T::from_bits(bits.wrapping_add_signed(self.random.i64(-4096..=4096)))
                } else {
                    T::rounded(point + (self.random.f64() - 0.5) * 1e-3 * point.abs().max(1e-3))
                }
            }
            _ => {
                let ranges = self.function.ranges;
                // Both arguments from ranges that belong together.
                let (low, high) = ranges[i % ranges.len()][which];
                let random = self.random.f64();
                // The first evenly spaced but for less than a step, the second not, as it would depend on the first.
                let place = if which == 0 { (i as f64 + random) / BLOCK as f64 } else { random };
                T::rounded(low + (high - low) * place)
            }
        }
    }
}

/// The bits of the mantissa.
fn mantissa<T: Format>() -> u64 {
    let infinity = T::rounded(f64::INFINITY).to_bits();
    (infinity & infinity.wrapping_neg()) - 1
}
