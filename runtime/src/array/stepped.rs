//! Ranges that count by more than one, or backwards.

use crate::lanes::{Count, Simd, Vector};

use super::counted::{count, counted, nth};

/// A range of a loop in steps, from its end if it is reversed.
#[derive(Clone, Copy, Debug)]
pub struct Stepped<T> {
    first: T,
    turns: usize,
    step: usize,
    reversed: bool,
}

impl<T: Count> Stepped<T> {
    /// `(from..to).step_by(step)`, `(from..=to).rev()` and so on.
    ///
    /// # Panics
    /// When the step is zero, as `step_by` does.
    #[track_caller]
    #[inline(always)]
    pub fn new(from: T, to: T, inclusive: bool, reversed: bool, step: usize) -> Self {
        assert!(step != 0, "assertion failed: step != 0");
        let all = count(from, to, inclusive);
        let first = if reversed && all > 0 { nth(from, all - 1) } else { from };
        Self { first, turns: all.div_ceil(step), step, reversed }
    }

    /// The first number.
    #[inline(always)]
    pub fn first(&self) -> T {
        self.first
    }

    /// How many numbers there are.
    #[inline(always)]
    pub fn turns(&self) -> usize {
        self.turns
    }

    /// The number of a turn, counted from 0.
    #[inline(always)]
    pub fn nth(&self, turn: usize) -> T {
        let distance = turn.wrapping_mul(self.step);
        nth(self.first, if self.reversed { distance.wrapping_neg() } else { distance })
    }

    /// The numbers of the turns from that of `at` on.
    #[inline(always)]
    pub fn counted<S: Simd>(&self, simd: S, at: T) -> Vector<T, S> {
        let zero = T::default();
        let step = nth(zero, if self.reversed { self.step.wrapping_neg() } else { self.step });
        Vector::splat(simd, at) + counted(simd, zero) * Vector::splat(simd, step)
    }
}

#[cfg(test)]
mod tests {
    use super::Stepped;
    use crate::lanes::{Count, Scalar, Simd};

    fn numbers<T: Count>(range: Stepped<T>) -> Vec<T> {
        (0..range.turns()).map(|turn| range.nth(turn)).collect()
    }

    #[test]
    fn ranges_count_as_rust_does() {
        for (from, to) in [(0, 0), (0, 1), (-3, 20), (5, 2), (-128, 127), (100, 127)] {
            for step in [1, 2, 3, 7, 200] {
                let forward: Vec<i8> = (from..to).step_by(step).collect();
                assert_eq!(numbers(Stepped::new(from, to, false, false, step)), forward);
                let backward: Vec<i8> = (from..=to).rev().step_by(step).collect();
                assert_eq!(numbers(Stepped::new(from, to, true, true, step)), backward);
            }
        }
    }

    #[test]
    fn lanes_hold_the_next_numbers() {
        // SAFETY: the scalar level needs no instructions of its own.
        let simd = unsafe { Scalar::assume() };
        let range = Stepped::new(3u8, 250, false, true, 7);
        let lanes = range.counted(simd, range.nth(2)).to_array();
        let expected: Vec<u8> = (2..2 + Scalar::LANES).map(|turn| range.nth(turn)).collect();
        assert_eq!(lanes[..Scalar::LANES], expected[..]);
    }
}
