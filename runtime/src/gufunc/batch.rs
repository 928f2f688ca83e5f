//! Lanes across the batch: blocks of items whose planes are brought side by side, one gang after the other computed, and the results
//! brought back. Where cores are so large that a gang of them would be far more than a cache, lanes go to the operands themselves.

use std::mem::MaybeUninit;
use std::ops::Range;

use super::call::Gufunc;
use super::items::{Bases, Items, MAX_CORES, Run};
use super::operands::CoreTypes;
use super::planes::{self, Lie, Place};
use super::rank::{Core, PerCore};
use super::staging::{Block, Scratch, Walk};
use super::ways::BatchFunction;
use crate::Level;
use crate::array::Task;
use crate::lanes::moves::Moves;
use crate::lanes::{MAX_LANES, Simd};

/// A block's planes take about so many bytes: half of a first-level cache.
const BLOCK: usize = 16 * 1024;
/// The most items of a block.
const MAX_ITEMS: usize = 128;
/// Beyond so many bytes of a gang's planes they are not brought anywhere.
const LARGE: usize = 512 * 1024;
/// The bytes of planes that need no allocation.
const SMALL: usize = BLOCK + 2048;

/// Memory for the planes of small cores.
#[repr(align(64))]
struct Stack(MaybeUninit<[u8; SMALL]>);

/// The items of a range, a gang of them at once.
pub(super) struct Batch<'a, 'u, G: Gufunc, S> {
    pub(super) simd: S,
    pub(super) items: &'a Items,
    pub(super) range: Range<usize>,
    pub(super) uniforms: G::Uniforms<'u>,
    pub(super) level: Level,
}

/// How many gangs of items are to be brought to planes at once: none where lanes had better go to the operands themselves.
pub(super) fn gangs(items: &Items, len: usize, lanes: usize) -> usize {
    let gang_bytes = (0..items.sizes.len())
        .map(|k| items.cores[k].extents.iter().fold(items.sizes[k], |n, len| n.saturating_mul(*len)))
        .fold(0, usize::saturating_add)
        .saturating_mul(lanes);
    // One item is read for all lanes.
    if len == 1 || gang_bytes > LARGE {
        return 0;
    }
    (BLOCK / gang_bytes.max(1)).clamp(1, MAX_ITEMS / lanes).min(len.div_ceil(lanes))
}

/// With planes, of so many gangs at once.
pub(super) struct Staged<'a, 'u, G: Gufunc, S>(pub(super) Batch<'a, 'u, G, S>, pub(super) usize);

impl<G: BatchFunction, S: Simd> Task for Staged<'_, '_, G, S> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self(batch, gangs) = self;
        let simd = gang_token::<G, S>(batch.simd);
        batch.staged(simd, gangs);
    }
}

/// The token of as many gangs as the function has in flight.
#[inline(always)]
pub(super) fn gang_token<G: BatchFunction, S: Simd>(_simd: S) -> G::Gang<S> {
    const { assert!(<G::Gang<S> as Simd>::LEVEL as u8 == S::LEVEL as u8 && <G::Gang<S> as Simd>::LANES <= MAX_LANES) };
    // SAFETY: the gang is of the level that the token proves.
    unsafe { <G::Gang<S> as Simd>::assume() }
}

/// Calls the function with a gang of cores of each operand.
///
/// # Safety
/// As for [`CoreRank::lanes`](super::rank::CoreRank::lanes), for each operand.
#[inline(always)]
pub(super) unsafe fn gang<G: BatchFunction, W: Simd, L: Lie<W>>(
    simd: W,
    bases: &[*mut u8],
    cores: &[Core],
    places: &[Place<L>],
    uniforms: G::Uniforms<'_>,
) {
    let inputs = const { G::SIGNATURE.inputs };
    // SAFETY: the caller vouches for the operands.
    unsafe {
        let given = <G::Inputs as CoreTypes<G::InputRanks>>::lanes(simd, bases, cores, places);
        let results =
            <G::Outputs as CoreTypes<G::OutputRanks>>::lanes_mut(&bases[inputs..], &cores[inputs..], &places[inputs..]);
        G::run(simd, given, results, uniforms);
    }
}

impl<G: BatchFunction, S: Simd> Batch<'_, '_, G, S> {
    #[inline(always)]
    fn staged<W: Simd>(self, simd: W, gangs: usize) {
        let Self { items, range, uniforms, level, .. } = self;
        let moves = Moves::at(level);
        let plane = gangs * W::LANES;
        let operands = items.sizes.len();
        let mut walks: PerCore<Walk> = PerCore::new();
        let mut offsets: PerCore<usize> = PerCore::new();
        let mut bytes = 0;
        for k in 0..operands {
            let walk = Walk::new(&items.cores[k], items.ranks[k], items.sizes[k]);
            offsets.push(bytes);
            bytes += (walk.elements() * plane * items.sizes[k]).next_multiple_of(64);
            walks.push(walk);
        }
        let mut stack = Stack(MaybeUninit::uninit());
        let mut heap;
        let memory: *mut u8 = if bytes <= SMALL {
            stack.0.as_mut_ptr().cast()
        } else {
            heap = Scratch::new(bytes);
            heap.base()
        };
        let places: PerCore<*mut u8> = offsets.iter().map(|offset| memory.wrapping_add(*offset)).collect();
        let staging = Staging { items, moves, walks, planes: places, plane, lanes: W::LANES, covered: G::COVERED };
        staging.clear();
        let places = [Place { lie: planes::Staged, plane }; MAX_CORES];
        let mut start = range.start;
        let mut first = true;
        while start < range.end {
            let end = range.end.min(start + plane);
            staging.gather(start..end, first);
            first = false;
            let mut at: Bases = [std::ptr::null_mut(); MAX_CORES];
            at[..operands].copy_from_slice(&staging.planes);
            for _ in 0..(end - start).div_ceil(W::LANES) {
                // SAFETY: the planes hold a gang there, and nothing else has them.
                unsafe { gang::<G, W, planes::Staged>(simd, &at[..operands], &items.cores, &places, uniforms) };
                for (at, size) in at.iter_mut().zip(items.sizes.iter()) {
                    *at = at.wrapping_add(W::LANES * size);
                }
            }
            staging.scatter(start..end);
            start = end;
        }
    }
}

/// A block of items on its way to its planes and back.
struct Staging<'a> {
    items: &'a Items,
    moves: Moves,
    walks: PerCore<Walk>,
    planes: PerCore<*mut u8>,
    plane: usize,
    lanes: usize,
    /// The outputs whose elements are all written before they are read.
    covered: u32,
}

impl Staging<'_> {
    #[inline]
    fn block(&self, k: usize, base: *mut u8, lane: usize, items: usize) -> Block {
        let step = self.items.run_steps()[k];
        Block { base, step, items, lane, planes: self.planes[k], plane: self.plane, size: self.items.sizes[k] }
    }

    /// Zeros for planes that nothing is brought to.
    fn clear(&self) {
        for k in self.items.inputs..self.walks.len() {
            if self.covered >> (k - self.items.inputs) & 1 == 1 {
                // SAFETY: the planes have so many elements.
                unsafe {
                    self.planes[k].write_bytes(0, self.walks[k].elements() * self.plane * self.items.sizes[k]);
                }
            }
        }
    }

    /// Brings the items of a range to the planes; what is the same for all items with the first ones only.
    fn gather(&self, range: Range<usize>, first: bool) {
        let Self { items, moves, plane, .. } = *self;
        let (len, filled) = (range.len(), range.len().next_multiple_of(self.lanes));
        let mut lane = 0;
        let mut runs = items.runs(range);
        while let Some(Run { bases, count }) = runs.next() {
            for (k, walk) in self.walks.iter().enumerate() {
                if k >= items.inputs && self.covered >> (k - items.inputs) & 1 == 1 {
                    continue;
                }
                // SAFETY: the items' cores are there, the planes have room for so many; the moves' level is that of the call.
                unsafe {
                    if k < items.inputs && items.is_constant(k) {
                        // One core for all lanes, now and in the blocks to come.
                        if first && lane == 0 {
                            self.block(k, bases[k], 0, plane).gather(moves, walk);
                        }
                    } else if k < items.inputs || !items.fresh {
                        let block = self.block(k, bases[k], lane, count);
                        block.gather(moves, walk);
                        if lane + count == len {
                            block.fill(walk, filled);
                        }
                    } else if lane == 0 {
                        self.planes[k].write_bytes(0, walk.elements() * plane * items.sizes[k]);
                    }
                }
            }
            lane += count;
        }
    }

    /// Brings the results of a range to where they belong.
    fn scatter(&self, range: Range<usize>) {
        let mut lane = 0;
        let mut runs = self.items.runs(range);
        while let Some(Run { bases, count }) = runs.next() {
            let operands = self.items.sizes.len();
            for (k, base) in bases.iter().enumerate().take(operands).skip(self.items.inputs) {
                // SAFETY: the outputs' cores are there, each written by its item alone, and the planes hold them.
                unsafe { self.block(k, *base, lane, count).scatter(self.moves, &self.walks[k]) };
            }
            lane += count;
        }
    }
}
