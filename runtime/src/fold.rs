//! The machine loops of reductions: what a kernel of two operands and one result, all of one type, needs besides its
//! elementwise loop. They are made only for kernels that are reduced.
//!
//! All follow one tree, which depends on a sequence's length alone, so that results have the same bits on every level, with
//! any strides and for any number of threads; and of sums the rounding errors grow with the logarithm of the length.
//!
//! - Element `i` joins accumulator `i % width`; there are so many ([`width`]) that every level keeps several gangs in flight.
//!   [`CHUNKS`] elements join an accumulator one after the other: a run.
//! - [`RUNS`] runs are combined as a balanced tree, for each accumulator.
//! - Then the accumulators are combined by halves, the last step being the even ones with the odd ones, to the value of a [`block`].
//! - Blocks are combined as a balanced tree.
//!
//! Balanced trees are those of a binary counter: their left parts are the largest powers of two.

mod lanes;

use crate::Level;
use crate::kernel::{Kernel, MachineLoops};
use crate::lanes::Element;

/// How many accumulators a sequence of elements of this size has: a whole number of gangs on every level.
pub(crate) const fn width(size: usize) -> usize {
    if size == 8 { 32 } else { 64 }
}

/// How many elements join an accumulator one after the other.
pub(crate) const CHUNKS: usize = 8;

/// How many runs a block has for each accumulator.
const RUNS: usize = 8;

/// How many elements of this size a block has.
pub(crate) const fn block(size: usize) -> usize {
    RUNS * CHUNKS * width(size)
}

/// A reduction's loops at one level.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FoldLoop {
    /// The value of a block, or of the last part of one, whose elements are contiguous.
    ///
    /// # Safety
    /// The processor has the level. `values` is valid for reads of `len` elements, not zero and no more than [`block`], `result` for
    /// writes of one; both are aligned for the element type.
    pub(crate) fold: unsafe fn(values: *const u8, len: usize, result: *mut u8),
    /// Combines rows, the first with the second, the result with the third and so on, for each column.
    ///
    /// # Safety
    /// The processor has the level. `rows` points to `count` rows, one at least and [`CHUNKS`] at most, each valid for reads of
    /// `columns` elements, `results` for writes of as many; all are aligned for the element type. `results` may be one of
    /// the rows, but not overlap them otherwise. `ahead` is where the rows are that will be wanted next, which need not be valid: they
    /// come nearer while [`CHUNKS`] rows are combined.
    pub(crate) rows: unsafe fn(
        rows: *const *const u8,
        count: usize,
        columns: usize,
        results: *mut u8,
        ahead: Option<&[*const u8; CHUNKS]>,
    ),
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
            use super::{CHUNKS, Element, FoldLoop, Kernel, lanes};
            use crate::lanes::$simd;

            pub(super) const fn of<K, G, T>() -> FoldLoop
            where
                K: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()>,
                T: Element,
            {
                FoldLoop { fold: fold::<K, G, T>, rows: rows::<K, G, T>, scan: scan::<K, G, T> }
            }

            /// # Safety
            /// As for [`FoldLoop::fold`].
            $(#[target_feature(enable = $features)])?
            unsafe fn fold<K, G, T>(values: *const u8, len: usize, result: *mut u8)
            where
                K: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()>,
                T: Element,
            {
                // SAFETY: the same contract.
                unsafe { lanes::fold::<K, G, T, $simd>(values.cast(), len, result.cast()) }
            }

            /// # Safety
            /// As for [`FoldLoop::rows`].
            $(#[target_feature(enable = $features)])?
            unsafe fn rows<K, G, T>(
                rows: *const *const u8,
                count: usize,
                columns: usize,
                results: *mut u8,
                ahead: Option<&[*const u8; CHUNKS]>,
            ) where
                K: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()>,
                T: Element,
            {
                // SAFETY: the same contract.
                unsafe { lanes::rows::<K, G, T, $simd>(rows.cast(), count, columns, results.cast(), ahead) }
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
                unsafe { lanes::scan::<K, G, T, $simd>(values.cast(), len, total.cast(), results.cast()) }
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
