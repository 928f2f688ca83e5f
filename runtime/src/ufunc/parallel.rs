//! Splitting a call into tasks for rayon's current pool.

use std::ops::Range;

/// The fewest elements of a parallel task, unless the call says otherwise: some microseconds of a
/// kernel of a few operations, several times what it costs to hand a task to another thread.
pub(crate) const DEFAULT_MIN_LEN: usize = 16 * 1024;

/// The length of all tasks but the last: whole cache lines of every element type.
#[cfg(feature = "rayon")]
fn task_len(min_len: usize) -> usize {
    min_len.max(1).checked_next_multiple_of(super::stage::ALIGN).unwrap_or(usize::MAX)
}

/// Whether there is work for two threads.
#[cfg(feature = "rayon")]
pub(crate) fn is_worth_it(len: usize, min_len: usize) -> bool {
    len / 2 >= min_len && len > task_len(min_len) && rayon::current_num_threads() > 1
}

/// Calls `run` for ranges that make up `0..len`, on the current pool's threads.
///
/// # Panics
/// When `run` does.
#[cfg(feature = "rayon")]
pub(crate) fn for_each_range(len: usize, min_len: usize, run: &(dyn Fn(Range<usize>) + Sync)) {
    use rayon::prelude::*;

    let task = task_len(min_len);
    (0..len.div_ceil(task)).into_par_iter().for_each(|i| run(i * task..len.min((i + 1) * task)));
}

/// Calls `run` for each of `0..count`, on the current pool's threads.
///
/// # Panics
/// When `run` does.
#[cfg(feature = "rayon")]
pub(crate) fn for_each(count: usize, run: &(dyn Fn(usize) + Sync)) {
    use rayon::prelude::*;

    (0..count).into_par_iter().for_each(run);
}

#[cfg(not(feature = "rayon"))]
pub(crate) fn is_worth_it(_len: usize, _min_len: usize) -> bool {
    false
}

#[cfg(not(feature = "rayon"))]
pub(crate) fn for_each_range(len: usize, _min_len: usize, run: &(dyn Fn(Range<usize>) + Sync)) {
    run(0..len);
}

#[cfg(not(feature = "rayon"))]
pub(crate) fn for_each(count: usize, run: &(dyn Fn(usize) + Sync)) {
    (0..count).for_each(run);
}
