//! The machine loops of reductions: what a kernel of two operands and one result, all of one type, needs besides its
//! elementwise loop. They are made only for kernels that are reduced.
//!
//! A sequence is cut into blocks of [`block`] elements. In a block, element `i` joins accumulator `i % width`; there are
//! so many accumulators ([`width`]) that every level keeps several gangs in flight, and the same number on all levels. Blocks'
//! accumulators are combined as a balanced tree, and the accumulators of the last one by halves. This tree depends on the
//! sequence's length alone, so the bits are the same on every level and for any number of threads; and of sums the rounding
//! errors grow with the logarithm of the length.

use crate::Level;
use crate::kernel::{Kernel, MachineLoops};
use crate::lanes::{Element, MAX_LANES, Mask, Simd, Vector};

/// How many accumulators a sequence of elements of this size has: a whole number of gangs on every level.
pub(crate) const fn width(size: usize) -> usize {
    if size == 8 { 32 } else { 64 }
}

/// How many elements of this size a block has.
pub(crate) const fn block(size: usize) -> usize {
    32 * width(size)
}

/// The bytes of a sequence's accumulators, at most.
pub(crate) const ACCUMULATORS: usize = 256;

/// The most gangs that hold a sequence's accumulators: four lanes are the fewest of a level.
const MAX_GANGS: usize = 64 / 4;

/// A reduction's loops at one level.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FoldLoop {
    /// Folds a block's elements, contiguous, into its accumulators; those without an element are set to zero.
    ///
    /// # Safety
    /// The processor has the level. `values` is valid for reads of `len` elements, not zero, `accumulators` for writes of
    /// [`width`] elements; both are aligned for the element type, and apart.
    pub(crate) fold: unsafe fn(values: *const u8, len: usize, accumulators: *mut u8),
    /// Combines the first `count` accumulators, not zero, by halves; the result is in the first.
    ///
    /// # Safety
    /// The processor has the level. `accumulators` is valid for reads and writes of [`width`] elements, all initialised, and
    /// aligned for the element type; there are no more than that.
    pub(crate) combine: unsafe fn(accumulators: *mut u8, count: usize),
    /// Combines elements one after the other: `total = total op value`, each total also in `results` if that is not null.
    ///
    /// # Safety
    /// The processor has the level. `values` is valid for reads of `len` elements, `results`, unless null, for writes of as
    /// many, `total` for both of one; all are aligned for the element type, and `total` is apart from `values`.
    pub(crate) scan: unsafe fn(values: *const u8, len: usize, total: *mut u8, results: *mut u8),
}

/// A kernel that reduces, as the engine sees it.
#[derive(Debug)]
pub(crate) struct FoldLoops {
    /// The elementwise loops.
    pub(crate) kernel: &'static MachineLoops,
    /// Whether elements may be combined in any order.
    pub(crate) reorderable: bool,
    loops: [FoldLoop; Level::ALL.len()],
}

impl FoldLoops {
    /// The loops of a kernel.
    pub(crate) const fn of<K, G, T>() -> &'static Self
    where
        K: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()>,
        T: Element,
    {
        const { &Self::new::<K, G, T>() }
    }

    /// The loops for a level, which this machine may have or not.
    pub(crate) fn at(&self, level: Level) -> FoldLoop {
        self.loops[level as usize]
    }

    const fn new<K, G, T>() -> Self
    where
        K: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()>,
        T: Element,
    {
        Self {
            kernel: MachineLoops::of::<K, G>(),
            reorderable: K::REORDERABLE,
            #[cfg(target_arch = "x86_64")]
            loops: [scalar::of::<K, G, T>(), sse2::of::<K, G, T>(), avx2::of::<K, G, T>(), avx512::of::<K, G, T>()],
            #[cfg(not(target_arch = "x86_64"))]
            loops: [scalar::of::<K, G, T>(); Level::ALL.len()],
        }
    }
}

/// A level's shims, within which its instructions are enabled.
macro_rules! levels {
    ($($(#[$attr:meta])* $level:ident: $simd:ident $(, $features:literal)?;)*) => {$(
        $(#[$attr])*
        mod $level {
            use super::{Element, FoldLoop, Kernel};
            use crate::lanes::$simd;

            pub(super) const fn of<K, G, T>() -> FoldLoop
            where
                K: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()>,
                T: Element,
            {
                FoldLoop { fold: fold::<K, G, T>, combine: combine::<K, G, T>, scan: scan::<K, G, T> }
            }

            /// # Safety
            /// As for [`FoldLoop::fold`].
            $(#[target_feature(enable = $features)])?
            unsafe fn fold<K, G, T>(values: *const u8, len: usize, accumulators: *mut u8)
            where
                K: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()>,
                T: Element,
            {
                // SAFETY: the same contract.
                unsafe { super::fold::<K, G, T, $simd>(values.cast(), len, accumulators.cast()) }
            }

            /// # Safety
            /// As for [`FoldLoop::combine`].
            $(#[target_feature(enable = $features)])?
            unsafe fn combine<K, G, T>(accumulators: *mut u8, count: usize)
            where
                K: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()>,
                T: Element,
            {
                // SAFETY: the same contract.
                unsafe { super::combine::<K, G, T, $simd>(accumulators.cast(), count) }
            }

            /// # Safety
            /// As for [`FoldLoop::scan`].
            $(#[target_feature(enable = $features)])?
            unsafe fn scan<K, G, T>(values: *const u8, len: usize, total: *mut u8, results: *mut u8)
            where
                K: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()>,
                T: Element,
            {
                // SAFETY: the same contract.
                unsafe { super::scan::<K, G, T, $simd>(values.cast(), len, total.cast(), results.cast()) }
            }
        }
    )*};
}

levels! {
    scalar: Scalar;
    #[cfg(target_arch = "x86_64")]
    sse2: Sse2, "sse2";
    #[cfg(target_arch = "x86_64")]
    avx2: Avx2, "avx2,fma";
    #[cfg(target_arch = "x86_64")]
    avx512: Avx512, "avx2,fma,avx512f,avx512cd,avx512dq,avx512bw,avx512vl";
}

/// The first lanes.
#[inline(always)]
fn first<S: Simd>(simd: S, lanes: usize) -> Mask<S> {
    Mask::with_bits(simd, u64::MAX >> (64 - lanes))
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

/// # Safety
/// As for [`FoldLoop::fold`].
#[inline(always)]
unsafe fn fold<K, G, T, S>(values: *const T, len: usize, accumulators: *mut T)
where
    K: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()>,
    T: Element,
    S: Simd,
{
    let width = const { width(size_of::<T>()) };
    let gangs = width / S::LANES;
    // SAFETY: the caller vouches for the level and for `len` values: every load below is within them, or within the
    // accumulators or the copy of the last values.
    unsafe {
        let simd = S::assume();
        let chunks = len / width;
        if chunks == 0 {
            values.copy_to_nonoverlapping(accumulators, len);
            accumulators.add(len).write_bytes(0, width - len);
            return;
        }
        let full = Mask::full(simd);
        let mut totals = [Vector::<T, S>::load(simd, values); MAX_GANGS];
        for (gang, total) in totals.iter_mut().enumerate().take(gangs) {
            *total = Vector::load(simd, values.add(gang * S::LANES));
        }
        for chunk in 1..chunks {
            let chunk = values.add(chunk * width);
            for (gang, total) in totals.iter_mut().enumerate().take(gangs) {
                let value = Vector::load(simd, chunk.add(gang * S::LANES));
                *total = K::gang(simd, full, (*total, value), ()).0;
            }
        }
        for (gang, total) in totals.iter().enumerate().take(gangs) {
            total.store(accumulators.add(gang * S::LANES));
        }
        let (rest, left) = (values.add(chunks * width), len % width);
        for gang in 0..left.div_ceil(S::LANES) {
            let (start, mut last) = (gang * S::LANES, [T::default(); MAX_LANES]);
            let lanes = (left - start).min(S::LANES);
            rest.add(start).copy_to_nonoverlapping(last.as_mut_ptr(), lanes);
            let (total, value) = (Vector::load(simd, accumulators.add(start)), Vector::load(simd, last.as_ptr()));
            joined::<K, G, T, S>(first(simd, lanes), total, value).store(accumulators.add(start));
        }
    }
}

/// # Safety
/// As for [`FoldLoop::combine`].
#[inline(always)]
unsafe fn combine<K, G, T, S>(accumulators: *mut T, mut count: usize)
where
    K: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()>,
    T: Element,
    S: Simd,
{
    // SAFETY: the caller vouches for the level and for `width` accumulators, which are two gangs at least. Where half of
    // the count is less than a gang, a load ends within one and a half; else within the count's next power of two.
    unsafe {
        let simd = S::assume();
        while count > 1 {
            let half = count.next_power_of_two() / 2;
            for start in (0..count - half).step_by(S::LANES) {
                let lanes = (count - half - start).min(S::LANES);
                let to = accumulators.add(start);
                let (a, b) = (Vector::load(simd, to), Vector::load(simd, to.add(half)));
                joined::<K, G, T, S>(first(simd, lanes), a, b).store(to);
            }
            count = half;
        }
    }
}

/// # Safety
/// As for [`FoldLoop::scan`].
#[inline(always)]
unsafe fn scan<K, G, T, S>(values: *const T, len: usize, total: *mut T, results: *mut T)
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
