//! Loops whose iterations go to rayon's current pool.

#[cfg(feature = "rayon")]
use rayon::join;

use crate::lanes::Simd;

use super::dispatch::{Task, run_at};
use super::divided::Writes;

/// The most leaves of a parallel loop: enough that threads share them evenly, few enough that each is worth a task.
const MAX_LEAVES: usize = 64;

/// The range of a loop whose turns may run in any order, on the threads of rayon's current pool: at the head of a loop in a
/// `#[jit]` function with array parameters. In plain Rust, and so in the scalar twin, it is the range itself.
///
/// Turns may write to elements of their own, which the loop's variable indexes, and combine variables and arrays by `+=`, `*=`, `&=`,
/// `|=`, `^=`, `min` and `max`; whatever would race is a compile error. What they combine has the same bits for any number of threads.
///
/// ```
/// use ufunc::prelude::*;
///
/// #[jit]
/// fn norm(x: &[f64]) -> f64 {
///     let mut sum = 0.0;
///     for i in prange(0..x.len()) {
///         sum += x[i] * x[i];
///     }
///     sum.sqrt()
/// }
///
/// assert_eq!(norm(&[3.0, 4.0]), 5.0);
/// ```
pub fn prange<R: Turns>(range: R) -> R {
    range
}

/// A range that [`prange`] takes: of `usize`, with both ends.
pub trait Turns: sealed::Sealed + IntoIterator<Item = usize> {}

impl Turns for std::ops::Range<usize> {}
impl Turns for std::ops::RangeInclusive<usize> {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for std::ops::Range<usize> {}
    impl Sealed for std::ops::RangeInclusive<usize> {}
}

/// A loop over [`prange`] as the attribute emits it.
pub trait ParallelLoop {
    /// What the iterations read.
    type Captures<'a>: Copy + Send;
    /// The arrays that they write, a tuple of [`Divided`](super::Divided).
    type Writes<'a>: Writes;
    /// What they reduce to.
    type Output: Send;

    /// The iterations `from..to`, one after the other. It is `#[inline(always)]`, so that it becomes part of the function that
    /// enables the level's instructions.
    fn run<S: Simd>(
        simd: S,
        captures: Self::Captures<'_>,
        writes: Self::Writes<'_>,
        from: usize,
        to: usize,
    ) -> Self::Output;

    /// What two neighbouring ranges reduce to, the one in front first.
    fn combine(a: Self::Output, b: Self::Output) -> Self::Output;
}

/// Runs the iterations `0..count`, as a balanced tree that `count` and `grain` determine, so that the bits of the result do not depend
/// on the threads: at most 64 leaves, whose lengths are multiples of `grain`, the last one's aside. Without iterations it
/// is the loop's `run` of none.
///
/// # Panics
/// When an iteration does, and when one touches an index of a [`Divided`](super::Divided) array that is another part's.
pub fn parallel<P: ParallelLoop, S: Simd>(
    simd: S,
    captures: P::Captures<'_>,
    writes: P::Writes<'_>,
    count: usize,
    grain: usize,
) -> P::Output {
    let grain = grain.max(1);
    let leaf = count.div_ceil(grain).div_ceil(MAX_LEAVES).max(1).saturating_mul(grain);
    // What no iteration may touch is taken away: a loop of one leaf is not let off where one of several would panic.
    let (_, writes) = writes.divide(0, 0, count);
    tree::<P, S>(simd, captures, writes, Leaves { len: leaf, threads: several_threads() }, 0, count)
}

/// How a loop is divided, and whether its parts go to several threads.
#[derive(Clone, Copy)]
struct Leaves {
    len: usize,
    threads: bool,
}

/// The iterations `from..to`.
fn tree<P: ParallelLoop, S: Simd>(
    simd: S,
    captures: P::Captures<'_>,
    writes: P::Writes<'_>,
    leaves: Leaves,
    from: usize,
    to: usize,
) -> P::Output {
    let count = (to - from).div_ceil(leaves.len);
    if count <= 1 {
        return run_at(simd, Leaf::<P, S> { simd, captures, writes, from, to });
    }
    // The left part is the largest power of two, so that a part does not depend on what follows it.
    let middle = from + (count.next_power_of_two() / 2) * leaves.len;
    let (low, high) = writes.divide(from, middle, to);
    let low = move || tree::<P, S>(simd, captures, low, leaves, from, middle);
    let high = move || tree::<P, S>(simd, captures, high, leaves, middle, to);
    let (low, high) = if leaves.threads { join(low, high) } else { (low(), high()) };
    P::combine(low, high)
}

#[cfg(feature = "rayon")]
fn several_threads() -> bool {
    rayon::current_num_threads() > 1
}

#[cfg(not(feature = "rayon"))]
fn several_threads() -> bool {
    false
}

#[cfg(not(feature = "rayon"))]
fn join<A: Send, B: Send>(a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B) {
    (a(), b())
}

/// A leaf of a parallel loop.
struct Leaf<'c, 'w, P: ParallelLoop, S> {
    simd: S,
    captures: P::Captures<'c>,
    writes: P::Writes<'w>,
    from: usize,
    to: usize,
}

impl<P: ParallelLoop, S: Simd> Task for Leaf<'_, '_, P, S> {
    type Output = P::Output;

    #[inline(always)]
    fn run(self) -> P::Output {
        P::run(self.simd, self.captures, self.writes, self.from, self.to)
    }
}
