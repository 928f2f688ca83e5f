//! Ranges that lanes run through: all counting together from a uniform start, or each for itself.

use super::element::Int;
use super::simd::Simd;
use super::vector::{MAX_LANES, Mask, Vector};

/// An integer that loops count with.
pub trait Count: Int {
    /// 0, 1, 2 and so on, a number for each lane.
    const LANES: [Self; MAX_LANES];
    /// `self + step`, where the type holds it.
    fn checked_add_usize(self, step: usize) -> Option<Self>;
    /// `self + n`, wrapping.
    fn plus(self, n: usize) -> Self;
    /// How many numbers `self..to` has, or `self..=to`; `None` if that is no `usize`.
    fn turns(self, to: Self, inclusive: bool) -> Option<usize>;
    /// The step as a distance, where the type holds it.
    fn distance(step: usize) -> Option<Self::Unsigned>;
    /// The same bits as unsigned numbers: of `a - b` with `a >= b`, the distance.
    fn to_unsigned<S: Simd>(lanes: Vector<Self, S>) -> Vector<Self::Unsigned, S>;
    /// The same bits.
    fn from_unsigned<S: Simd>(lanes: Vector<Self::Unsigned, S>) -> Vector<Self, S>;
}

macro_rules! count {
    ($($t:ident),*) => {$(
        impl Count for $t {
            const LANES: [Self; MAX_LANES] = {
                let mut numbers = [0; MAX_LANES];
                let mut lane = 0;
                while lane < MAX_LANES {
                    numbers[lane] = lane as $t;
                    lane += 1;
                }
                numbers
            };

            #[inline(always)]
            fn plus(self, n: usize) -> Self {
                self.wrapping_add(n as $t)
            }

            #[inline(always)]
            fn turns(self, to: Self, inclusive: bool) -> Option<usize> {
                if to < self {
                    return Some(0);
                }
                // The distance as an unsigned number: it may exceed the signed type's range.
                let distance = to.wrapping_sub(self) as <Self as Int>::Unsigned as usize;
                distance.checked_add(usize::from(inclusive))
            }

            #[inline(always)]
            fn checked_add_usize(self, step: usize) -> Option<Self> {
                // The distance is added as an unsigned number: it may exceed the signed type's range.
                let step = Self::distance(step)?;
                let sum = self.wrapping_add(step as $t);
                (sum > self).then_some(sum)
            }

            #[inline(always)]
            fn distance(step: usize) -> Option<Self::Unsigned> {
                <Self as Int>::Unsigned::try_from(step).ok()
            }

            #[inline(always)]
            fn to_unsigned<S: Simd>(lanes: Vector<Self, S>) -> Vector<Self::Unsigned, S> {
                Vector(lanes.0)
            }

            #[inline(always)]
            fn from_unsigned<S: Simd>(lanes: Vector<Self::Unsigned, S>) -> Vector<Self, S> {
                Vector(lanes.0)
            }
        }
    )*};
}

count!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

/// `at + step`, where the type holds it: the next number of a loop that all lanes count together.
#[inline(always)]
pub fn next<T: Count>(at: T, step: usize) -> Option<T> {
    assert!(step != 0, "assertion failed: step != 0");
    at.checked_add_usize(step)
}

/// A range with ends of its own in every lane. Both ends are included: `at` runs towards `last` as
/// long as the distance, which as an unsigned number cannot overflow, is at least the step.
#[derive(Clone, Copy, Debug)]
pub struct LaneRange<T: Count, S: Simd> {
    at: Vector<T, S>,
    last: Vector<T, S>,
    started: Mask<S>,
    /// `None` where the element type cannot hold the step: there is one turn at most.
    step: Option<T::Unsigned>,
    reversed: bool,
}

impl<T: Count, S: Simd> LaneRange<T, S> {
    /// `from..to` or `from..=to`, in steps, from its end if `reversed`.
    ///
    /// # Panics
    /// When the step is zero, as `step_by` does.
    #[inline(always)]
    pub fn new(from: Vector<T, S>, to: Vector<T, S>, inclusive: bool, reversed: bool, step: usize) -> Self {
        assert!(step != 0, "assertion failed: step != 0");
        let one = Vector::splat(from.simd(), T::ONE);
        let started = if inclusive { from.lanes_le(to) } else { from.lanes_lt(to) };
        // Wraps for the least number alone, where an exclusive range is empty.
        let to = if inclusive { to } else { to - one };
        let (at, last) = if reversed { (to, from) } else { (from, to) };
        Self { at, last, started, step: T::distance(step), reversed }
    }

    /// The lanes whose range is not empty.
    #[inline(always)]
    pub fn started(&self) -> Mask<S> {
        self.started
    }

    /// The number of this turn.
    #[inline(always)]
    pub fn at(&self) -> Vector<T, S> {
        self.at
    }

    /// Counts on; the lanes that have another turn.
    #[inline(always)]
    pub fn advance(&mut self) -> Mask<S> {
        let simd = self.at.simd();
        let Some(step) = self.step else { return Mask::empty(simd) };
        let left = if self.reversed { self.at - self.last } else { self.last - self.at };
        let step = Vector::splat(simd, step);
        let more = step.lanes_le(T::to_unsigned(left));
        let step = T::from_unsigned(step);
        self.at = if self.reversed { self.at - step } else { self.at + step };
        more
    }
}
