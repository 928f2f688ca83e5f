//! Tables of many rows that are looked up at one index: the coefficients of a polynomial on eight pieces.

use super::simd::Simd;
use super::vector::Vector;

/// Rows of eight numbers; also by halves, for levels that permute 32 bits at a time.
///
/// A constant, not a static: code that is inlined into other crates sees the values of constants alone.
#[derive(Debug)]
#[repr(C, align(64))]
pub struct Rows<const N: usize> {
    pub(super) whole: [[f64; 8]; N],
    /// The lower halves of a row's numbers, and the upper ones.
    pub(super) halves: [[[u32; 8]; 2]; N],
    /// Whether the two are the same.
    pub(super) alike: [bool; N],
}

impl<const N: usize> Rows<N> {
    /// A table of these numbers.
    pub(crate) const fn new(whole: [[f64; 8]; N]) -> Self {
        let (mut halves, mut alike) = ([[[0; 8]; 2]; N], [true; N]);
        let mut row = 0;
        while row < N {
            let mut k = 0;
            while k < 8 {
                let bits = whole[row][k].to_bits();
                let [low, high] = [bits as u32, (bits >> 32) as u32];
                (halves[row][0][k], halves[row][1][k]) = (low, high);
                alike[row] &= low == high;
                k += 1;
            }
            row += 1;
        }
        Self { whole, halves, alike }
    }
}

impl<S: Simd> Vector<u64, S> {
    /// `table[row][self % 8]` lane by lane: as [`lookup8`](Self::lookup8), where many rows are looked up at one index.
    #[inline(always)]
    pub(crate) fn lookup8_row<const N: usize>(self, table: &'static Rows<N>, row: usize) -> Vector<f64, S> {
        // SAFETY: the vector proves the level.
        Vector(unsafe { S::lookup8_row(table, row, self.0) })
    }
}

#[cfg(test)]
mod tests {
    use super::Rows;

    #[test]
    fn halves_are_those_of_the_numbers() {
        let repeated = f64::from_bits(0x3ff1_2345_3ff1_2345);
        let rows = Rows::new([[1.5, -0.1, 0.0, f64::MAX, 3.0, 1e-300, 0.7, 5e-324], [repeated; 8]]);
        for (row, [low, high]) in rows.whole.iter().zip(&rows.halves) {
            for (k, number) in row.iter().enumerate() {
                assert_eq!(number.to_bits(), u64::from(high[k]) << 32 | u64::from(low[k]));
            }
        }
        assert_eq!(rows.alike, [false, true]);
    }
}
