//! The lane code of reductions' loops, generic over the level.

use std::mem::MaybeUninit;

#[cfg(doc)]
use super::FoldLoop;
use super::{CHUNKS, RUNS, width};
use crate::kernel::Kernel;
use crate::lanes::{Element, MAX_LANES, Mask, Simd, Vector};

/// The bytes of a sequence's accumulators, at most.
const ACCUMULATORS: usize = 256;

/// The most gangs that hold a sequence's accumulators: four lanes are the fewest of a level.
const MAX_GANGS: usize = 64 / 4;

/// The first lanes.
#[inline(always)]
fn first<S: Simd>(simd: S, lanes: usize) -> Mask<S> {
    Mask::with_bits(simd, u64::MAX >> (64 - lanes))
}

/// The first elements of a gang, all that are there; the other lanes hold defaults.
///
/// # Safety
/// `values` is valid for reads of so many elements, at most a gang.
#[inline(always)]
unsafe fn load_first<T: Element, S: Simd>(simd: S, values: *const T, lanes: usize) -> Vector<T, S> {
    let mut gang = MaybeUninit::<[T; MAX_LANES]>::uninit();
    let gang = gang.as_mut_ptr().cast::<T>();
    // SAFETY: the memory holds the widest gang; the caller vouches for the values.
    unsafe {
        Vector::splat(simd, T::default()).store(gang);
        for lane in 0..lanes {
            gang.add(lane).write(*values.add(lane));
        }
        Vector::load(simd, gang)
    }
}

/// `a op b` in the lanes that are on, `a` in the others.
#[inline(always)]
fn joined<K, G, T, S>(mask: Mask<S>, a: Vector<T, S>, b: Vector<T, S>) -> Vector<T, S>
where
    K: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()>,
    T: Element,
    S: Simd,
{
    Vector::select(mask, K::gang(mask.simd(), mask, (a, b), ()).0, a)
}

/// Accumulators in memory.
#[repr(C, align(64))]
struct Accumulators(MaybeUninit<[u8; ACCUMULATORS]>);

/// # Safety
/// As for [`FoldLoop::fold`].
#[inline(always)]
pub(super) unsafe fn fold<K, G, T, S>(values: *const T, len: usize, result: *mut T)
where
    K: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()>,
    T: Element,
    S: Simd,
{
    const LEVELS: usize = RUNS.ilog2() as usize + 2;
    let width = const { width(size_of::<T>()) };
    let gangs = width / S::LANES;
    let run = CHUNKS * width;
    let mut memory = [const { Accumulators(MaybeUninit::uninit()) }; LEVELS];
    let memory = memory.as_mut_ptr();
    let at = |level: usize| memory.wrapping_add(level).cast::<T>();
    // SAFETY: the caller vouches for the level and for `len` values: every load is within them, or of accumulators that
    // have been written. A counter of `RUNS` ones has a place less than there are levels; the last is a part of a run's.
    unsafe {
        let simd = S::assume();
        let full = Mask::full(simd);
        let mut waiting = 0;
        for number in 0..len / run {
            let values = values.add(number * run);
            let mut totals = [Vector::<T, S>::load(simd, values); MAX_GANGS];
            for (gang, total) in totals.iter_mut().enumerate().take(gangs) {
                *total = Vector::load(simd, values.add(gang * S::LANES));
            }
            for chunk in 1..CHUNKS {
                let values = values.add(chunk * width);
                for (gang, total) in totals.iter_mut().enumerate().take(gangs) {
                    let value = Vector::load(simd, values.add(gang * S::LANES));
                    *total = K::gang(simd, full, (*total, value), ()).0;
                }
            }
            // A binary counter: as many trees end with this run as its number ends with ones.
            for _ in 0..number.trailing_ones() {
                waiting -= 1;
                for (gang, total) in totals.iter_mut().enumerate().take(gangs) {
                    let left = Vector::load(simd, at(waiting).add(gang * S::LANES));
                    *total = K::gang(simd, full, (left, *total), ()).0;
                }
            }
            for (gang, total) in totals.iter().enumerate().take(gangs) {
                total.store(at(waiting).add(gang * S::LANES));
            }
            waiting += 1;
        }
        let (mut number, mut count) = (len / run, width);
        let (rest, left) = (values.add(number * run), len % run);
        if left > 0 {
            count = left.min(width);
            part_of_a_run::<K, G, T, S>(simd, rest, left, at(waiting));
            while number.trailing_ones() > 0 {
                join::<K, G, T, S>(simd, at(waiting - 1), at(waiting), count);
                (waiting, number, count) = (waiting - 1, number / 2, width);
            }
            waiting += 1;
        }
        while waiting > 1 {
            join::<K, G, T, S>(simd, at(waiting - 2), at(waiting - 1), count);
            (waiting, count) = (waiting - 1, width);
        }
        if len >= width {
            // The usual number, so that the halves' lengths are known.
            halves::<K, G, T, S>(simd, at(0), width);
        } else {
            halves::<K, G, T, S>(simd, at(0), len);
        }
        *result = *at(0);
    }
}

/// The accumulators of fewer elements than a run has; of fewer than there are accumulators these themselves, and copies of the last.
///
/// # Safety
/// `values` is valid for reads of `len` elements, not zero, `accumulators` for writes of [`width`].
#[inline(always)]
unsafe fn part_of_a_run<K, G, T, S>(simd: S, values: *const T, len: usize, accumulators: *mut T)
where
    K: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()>,
    T: Element,
    S: Simd,
{
    let width = const { width(size_of::<T>()) };
    // SAFETY: the caller vouches for both sides.
    unsafe {
        if len < width {
            values.copy_to_nonoverlapping(accumulators, len);
            for place in len..width {
                accumulators.add(place).write(*values.add(len - 1));
            }
            return;
        }
        let gangs = width / S::LANES;
        let mut totals = [Vector::<T, S>::load(simd, values); MAX_GANGS];
        for (gang, total) in totals.iter_mut().enumerate().take(gangs) {
            *total = Vector::load(simd, values.add(gang * S::LANES));
        }
        for chunk in 1..len / width {
            for (gang, total) in totals.iter_mut().enumerate().take(gangs) {
                let value = Vector::load(simd, values.add(chunk * width + gang * S::LANES));
                *total = K::gang(simd, Mask::full(simd), (*total, value), ()).0;
            }
        }
        for (gang, total) in totals.iter().enumerate().take(gangs) {
            total.store(accumulators.add(gang * S::LANES));
        }
        let whole = len / width * width;
        if whole < len {
            join::<K, G, T, S>(simd, accumulators, values.add(whole), len - whole);
        }
    }
}

/// `left = left op right` for so many elements.
///
/// # Safety
/// Both are valid for reads of them, `left` for writes, and for a whole number of gangs; they are apart.
#[inline(always)]
unsafe fn join<K, G, T, S>(simd: S, left: *mut T, right: *const T, len: usize)
where
    K: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()>,
    T: Element,
    S: Simd,
{
    // SAFETY: the caller vouches for both sides; what is left of a gang is copied to where a whole one is.
    unsafe {
        let mut at = 0;
        while at + S::LANES <= len {
            let (a, b) = (Vector::load(simd, left.add(at)), Vector::load(simd, right.add(at)));
            K::gang(simd, Mask::full(simd), (a, b), ()).0.store(left.add(at));
            at += S::LANES;
        }
        if at < len {
            let (a, b) = (Vector::load(simd, left.add(at)), load_first(simd, right.add(at), len - at));
            joined::<K, G, T, S>(first(simd, len - at), a, b).store(left.add(at));
        }
    }
}

/// Combines the first `count` accumulators by halves; the result is in the first.
///
/// # Safety
/// `accumulators` is valid for reads and writes of [`width`] elements, all initialised; `count` is not zero.
#[inline(always)]
unsafe fn halves<K, G, T, S>(simd: S, accumulators: *mut T, mut count: usize)
where
    K: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()>,
    T: Element,
    S: Simd,
{
    // SAFETY: the caller vouches for `width` accumulators. Down to a gang, each half of the count is whole gangs, of which some
    // of the right one may not count.
    unsafe {
        while count > S::LANES {
            let half = count.next_power_of_two() / 2;
            for start in (0..count - half).step_by(S::LANES) {
                let lanes = (count - half - start).min(S::LANES);
                let to = accumulators.add(start);
                let (a, b) = (Vector::load(simd, to), Vector::load(simd, to.add(half)));
                joined::<K, G, T, S>(first(simd, lanes), a, b).store(to);
            }
            count = half;
        }
        let mut total = Vector::load(simd, accumulators);
        while count > 1 {
            let half = count.next_power_of_two() / 2;
            total = joined::<K, G, T, S>(first(simd, count - half), total, total.lowered(half));
            count = half;
        }
        total.store(accumulators);
    }
}

/// Rows combined, a gang of their columns.
///
/// # Safety
/// As for [`FoldLoop::rows`], of these columns.
#[inline(always)]
unsafe fn column<K, G, T, S>(simd: S, rows: [*const T; CHUNKS], at: usize) -> Vector<T, S>
where
    K: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()>,
    T: Element,
    S: Simd,
{
    // SAFETY: the same contract.
    unsafe {
        let mut total = Vector::<T, S>::load(simd, rows[0].add(at));
        for row in &rows[1..] {
            total = K::gang(simd, Mask::full(simd), (total, Vector::load(simd, row.add(at))), ()).0;
        }
        total
    }
}

/// Asks for the line of memory around an address, be it valid or not, to be brought to the second-level cache.
#[inline(always)]
fn bring_nearer(address: *const u8) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: the instruction reads nothing, and faults nowhere.
    unsafe {
        std::arch::x86_64::_mm_prefetch::<{ std::arch::x86_64::_MM_HINT_T1 }>(address.cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = address;
}

/// # Safety
/// As for [`FoldLoop::rows`].
#[inline(always)]
pub(super) unsafe fn rows<K, G, T, S>(
    rows: *const *const T,
    count: usize,
    columns: usize,
    results: *mut T,
    ahead: Option<&[*const u8; CHUNKS]>,
) where
    K: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()>,
    T: Element,
    S: Simd,
{
    // SAFETY: the caller vouches for the level and the rows; a part of a gang is copied to where a whole one is.
    unsafe {
        let simd = S::assume();
        let full = Mask::full(simd);
        let whole = columns / S::LANES * S::LANES;
        if count == CHUNKS {
            // The usual number: their addresses stay in registers.
            let rows: [*const T; CHUNKS] = std::array::from_fn(|row| *rows.add(row));
            if let Some(ahead) = ahead {
                for at in (0..whole).step_by(S::LANES) {
                    for row in ahead {
                        bring_nearer(row.wrapping_add(at * size_of::<T>()));
                    }
                    column::<K, G, T, S>(simd, rows, at).store(results.add(at));
                }
            } else {
                for at in (0..whole).step_by(S::LANES) {
                    column::<K, G, T, S>(simd, rows, at).store(results.add(at));
                }
            }
        } else {
            for at in (0..whole).step_by(S::LANES) {
                let mut total = Vector::<T, S>::load(simd, (*rows).add(at));
                for row in 1..count {
                    total = K::gang(simd, full, (total, Vector::load(simd, (*rows.add(row)).add(at))), ()).0;
                }
                total.store(results.add(at));
            }
        }
        if whole < columns {
            let lanes = columns - whole;
            let part = |row: usize| load_first::<T, S>(simd, (*rows.add(row)).add(whole), lanes);
            let mut total = part(0);
            for row in 1..count {
                total = joined::<K, G, T, S>(first(simd, lanes), total, part(row));
            }
            results.add(whole).copy_from_nonoverlapping(total.to_array().as_ptr(), lanes);
        }
    }
}

/// # Safety
/// As for [`FoldLoop::scan`].
#[inline(always)]
pub(super) unsafe fn scan<K, G, T, S>(values: *const T, len: usize, total: *mut T, results: *mut T)
where
    K: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()>,
    T: Element,
    S: Simd,
{
    // SAFETY: the caller vouches for the level and the values.
    unsafe {
        let simd = S::assume();
        let one = first(simd, 1);
        let mut sum = Vector::splat(simd, *total);
        for i in 0..len {
            sum = K::gang(simd, one, (sum, Vector::splat(simd, *values.add(i))), ()).0;
            if !results.is_null() {
                *results.add(i) = sum.extract(0);
            }
        }
        *total = sum.extract(0);
    }
}
