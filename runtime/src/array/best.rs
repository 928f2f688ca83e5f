//! The best of the accumulators, and where it was: what a loop keeps that looks for the least or the greatest value.

use crate::lanes::{Element, Simd};

use super::chains::{Chains, chains};

/// A comparison by which a loop replaces the best value that it has found.
pub trait Better<T> {
    /// Whether a value replaces one that compares equal: then the last of equals is kept, otherwise the first.
    const LAST: bool;
    /// Whether `a` is the better of two that are not equal.
    fn better(a: T, b: T) -> bool;
}

/// `value < best`.
#[derive(Debug)]
pub enum Less {}
/// `value <= best`.
#[derive(Debug)]
pub enum LessEqual {}
/// `value > best`.
#[derive(Debug)]
pub enum Greater {}
/// `value >= best`.
#[derive(Debug)]
pub enum GreaterEqual {}

macro_rules! comparisons {
    ($($name:ident $op:tt, $last:literal;)*) => {$(
        impl<T: PartialOrd> Better<T> for $name {
            const LAST: bool = $last;

            #[inline(always)]
            fn better(a: T, b: T) -> bool {
                a $op b
            }
        }
    )*};
}

comparisons! {
    Less <, false;
    LessEqual <, true;
    Greater >, false;
    GreaterEqual >, true;
}

/// The chain and the lane of the best accumulator. Of equals it is that with the smallest `when`, or with the largest where the
/// comparison keeps the last; of those that agree in that, too, the first. NaN is worse than every value.
#[inline(always)]
pub fn best<C: Better<T>, T: Element, S: Simd>(values: Chains<T, S>, when: Chains<u64, S>) -> (usize, usize) {
    let mut winner = (0, 0);
    let (mut value, mut turn) = (values[0].extract(0), when[0].extract(0));
    for chain in 0..chains::<S>() {
        let (lanes, turns) = (values[chain].to_array(), when[chain].to_array());
        for lane in 0..S::LANES {
            let sooner = if C::LAST { turns[lane] > turn } else { turns[lane] < turn };
            // NaN alone differs from itself.
            #[allow(clippy::eq_op, reason = "of floats it tells NaN")]
            let first_value = value != value && lanes[lane] == lanes[lane];
            if first_value || C::better(lanes[lane], value) || lanes[lane] == value && sooner {
                winner = (chain, lane);
                (value, turn) = (lanes[lane], turns[lane]);
            }
        }
    }
    winner
}

/// The value of an accumulator.
///
/// # Panics
/// When there is no such chain or lane.
#[inline(always)]
pub fn pick<T: Element, S: Simd>(chains: Chains<T, S>, (chain, lane): (usize, usize)) -> T {
    chains[chain].extract(lane)
}
