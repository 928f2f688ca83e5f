//! Lanes across the batch: blocks of items whose planes are brought side by side, one gang after the other computed, and the results
//! brought back. Where cores are so large that a gang of them would be far more than a cache, lanes go to the operands themselves.

use std::mem::MaybeUninit;
use std::ops::Range;

use super::call::Gufunc;
use super::items::Items;
use super::operands::CoreTypes;
use super::planes::{Apart, Lie, Place, Staged};
use super::staging::{Block, Scratch, Walk};
use super::ways::BatchFunction;
use crate::Level;
use crate::array::Task;
use crate::lanes::moves::Moves;
use crate::lanes::{MAX_LANES, Simd};
use crate::ufunc::PerOperand;

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

impl<'u, G: BatchFunction, S: Simd> Task for Batch<'_, 'u, G, S> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        const { assert!(<G::Gang<S> as Simd>::LEVEL as u8 == S::LEVEL as u8 && <G::Gang<S> as Simd>::LANES <= MAX_LANES) };
        let _ = self.simd;
        // SAFETY: the gang is of the level that the token proves.
        let simd = unsafe { <G::Gang<S> as Simd>::assume() };
        let lanes = <G::Gang<S> as Simd>::LANES;
        let items = self.items;
        let gang_bytes = (0..items.sizes.len())
            .map(|k| items.cores[k].extents.iter().fold(items.sizes[k], |n, len| n.saturating_mul(*len)))
            .fold(0, usize::saturating_add)
            .saturating_mul(lanes);
        if gang_bytes > LARGE {
            return self.apart(simd);
        }
        let gangs =
            (BLOCK / gang_bytes.max(1)).clamp(1, MAX_ITEMS / lanes).min(self.range.len().div_ceil(lanes).max(1));
        self.staged(simd, gangs);
    }
}

impl<'u, G: BatchFunction, S: Simd> Batch<'_, 'u, G, S> {
    /// # Safety
    /// As for [`CoreRank::lanes`](super::rank::CoreRank::lanes), for each operand.
    #[inline(always)]
    unsafe fn gang<W: Simd, L: Lie<W>>(
        simd: W,
        items: &Items,
        bases: &[*mut u8],
        places: impl Fn(usize) -> Place<L>,
        uniforms: G::Uniforms<'u>,
    ) {
        let inputs = items.inputs;
        // SAFETY: the caller vouches for the operands.
        unsafe {
            let given = <G::Inputs as CoreTypes<G::InputRanks>>::lanes(simd, bases, &items.cores, &places);
            let results =
                <G::Outputs as CoreTypes<G::OutputRanks>>::lanes_mut(&bases[inputs..], &items.cores[inputs..], |k| {
                    places(inputs + k)
                });
            G::run(simd, given, results, uniforms);
        }
    }

    #[inline(always)]
    fn staged<W: Simd>(self, simd: W, gangs: usize) {
        let Self { items, range, uniforms, level, .. } = self;
        let moves = Moves::at(level);
        let plane = gangs * W::LANES;
        let operands = items.sizes.len();
        let mut walks: PerOperand<Walk> = PerOperand::new();
        let mut offsets: PerOperand<usize> = PerOperand::new();
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
        let planes: PerOperand<*mut u8> = offsets.iter().map(|offset| memory.wrapping_add(*offset)).collect();
        let steps = items.run_steps();
        let constant: PerOperand<bool> = (0..operands).map(|k| k < items.inputs && items.is_constant(k)).collect();
        let block = |k: usize, bases: &[*mut u8], done: usize, lane: usize, count: usize| Block {
            base: bases[k].wrapping_offset(done as isize * steps[k]),
            step: steps[k],
            items: count,
            lane,
            planes: planes[k],
            plane,
            size: items.sizes[k],
        };
        let mut first = true;
        let mut start = range.start;
        while start < range.end {
            let end = range.end.min(start + plane);
            let filled = (end - start).next_multiple_of(W::LANES);
            let mut lane = 0;
            items.for_each_run(start..end, |bases, count| {
                for k in 0..operands {
                    // SAFETY: the items' cores are there, the planes have room for so many; the level is the caller's.
                    unsafe {
                        if constant[k] {
                            // One core for all lanes, now and in the blocks to come.
                            if first && lane == 0 {
                                block(k, bases, 0, 0, plane).gather(moves, &walks[k]);
                            }
                        } else if k < items.inputs || !items.fresh {
                            let block = block(k, bases, 0, lane, count);
                            block.gather(moves, &walks[k]);
                            if lane + count == end - start {
                                block.fill(&walks[k], filled);
                            }
                        } else if lane == 0 {
                            planes[k].write_bytes(0, walks[k].elements() * plane * items.sizes[k]);
                        }
                    }
                }
                lane += count;
            });
            first = false;
            for gang in 0..filled / W::LANES {
                let at: [*mut u8; 16] = std::array::from_fn(|k| match planes.get(k) {
                    Some(planes) => planes.wrapping_add(gang * W::LANES * items.sizes[k]),
                    None => std::ptr::null_mut(),
                });
                // SAFETY: the planes hold a gang there, and nothing else has them.
                unsafe {
                    Self::gang::<W, Staged>(simd, items, &at[..operands], |_| Place { lie: Staged, plane }, uniforms)
                };
            }
            let mut lane = 0;
            items.for_each_run(start..end, |bases, count| {
                for k in items.inputs..operands {
                    // SAFETY: the outputs' cores are there, each written by its item alone, and the planes hold them.
                    unsafe { block(k, bases, 0, lane, count).scatter(moves, &walks[k]) };
                }
                lane += count;
            });
            start = end;
        }
    }

    #[inline(always)]
    fn apart<W: Simd>(self, simd: W) {
        let Self { items, range, uniforms, .. } = self;
        let steps = items.run_steps();
        items.for_each_run(range, |bases, count| {
            if items.fresh {
                for k in items.inputs..items.sizes.len() {
                    let walk = Walk::new(&items.cores[k], items.ranks[k], items.sizes[k]);
                    for item in 0..count {
                        // SAFETY: the outputs' cores are there, each written by its item alone.
                        unsafe { walk.clear(bases[k].wrapping_offset(item as isize * steps[k]), items.sizes[k]) };
                    }
                }
            }
            let mut done = 0;
            while done < count {
                let len = (count - done).min(W::LANES);
                let at: PerOperand<*mut u8> =
                    bases.iter().zip(steps).map(|(base, step)| base.wrapping_offset(done as isize * step)).collect();
                let place =
                    |k: usize| Place { lie: Apart::new(simd, steps[k] / items.sizes[k] as isize, len), plane: 0 };
                // SAFETY: the lanes have the items' own cores, the last of them again where there are fewer.
                unsafe { Self::gang::<W, Apart<W>>(simd, items, &at, place, uniforms) };
                done += len;
            }
        });
    }
}
