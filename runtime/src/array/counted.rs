//! Loops over ranges whose turns become lanes.

use crate::lanes::{Count, Simd, Vector};

/// How many turns a loop over `from..to` has, or `from..=to` if `inclusive`.
///
/// # Panics
/// When that is no `usize`.
#[track_caller]
#[inline(always)]
pub fn count<T: Count>(from: T, to: T, inclusive: bool) -> usize {
    match from.turns(to, inclusive) {
        Some(turns) => turns,
        None => panic!("a loop over {from:?}..{}{to:?} has too many turns", if inclusive { "=" } else { "" }),
    }
}

/// `from + n`, wrapping: the number of turn `n`.
#[inline(always)]
pub fn nth<T: Count>(from: T, n: usize) -> T {
    from.plus(n)
}

/// `at`, `at + 1` and so on, wrapping: the numbers of a gang of turns.
#[inline(always)]
pub fn counted<T: Count, S: Simd>(simd: S, at: T) -> Vector<T, S> {
    Vector::splat(simd, at) + Vector::from_slice(simd, &T::LANES)
}
