//! Lanes that go to the operands themselves: where cores are so large that a gang of them would be far more than a cache, and where
//! there is one item alone.

use std::ops::Range;

use super::batch::{gang, gang_token};
use super::call::Gufunc;
use super::items::{Items, Run};
use super::planes::{self, Place};
use super::rank::Core;
use super::staging::Walk;
use super::ways::BatchFunction;
use crate::array::{Task, run_at};
use crate::kernel::Elements;
use crate::lanes::Simd;
use crate::ufunc::PerOperand;

/// Computes the items of a range.
///
/// # Safety
/// As for [`Way::compute`](super::ways::Way::compute), whose level is that of the token.
pub(super) unsafe fn apart<G: BatchFunction, S: Simd>(
    simd: S,
    items: &Items,
    range: Range<usize>,
    uniforms: G::Uniforms<'_>,
) {
    let steps = items.run_steps();
    let operands = steps.len();
    clear(items, range.clone());
    let lanes = <G::Gang<S> as Simd>::LANES;
    let mut runs = items.runs(range);
    while let Some(Run { mut bases, count }) = runs.next() {
        let mut done = 0;
        while done < count {
            let len = (count - done).min(lanes);
            run_at(simd, Apart::<G, S> { simd, bases: &bases[..operands], cores: &items.cores, steps, len, uniforms });
            for (base, step) in bases.iter_mut().zip(steps) {
                *base = base.wrapping_offset(len as isize * step);
            }
            done += len;
        }
    }
}

/// A gang of items. Whoever makes one vouches for them, as for [`Way::compute`](super::ways::Way::compute).
pub(super) struct Apart<'a, 'u, G: Gufunc, S> {
    pub(super) simd: S,
    pub(super) bases: &'a [*mut u8],
    pub(super) cores: &'a [Core],
    /// By operand: the bytes from one item to the next.
    pub(super) steps: &'a [isize],
    /// How many there are.
    pub(super) len: usize,
    pub(super) uniforms: G::Uniforms<'u>,
}

impl<G: BatchFunction, S: Simd> Task for Apart<'_, '_, G, S> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { simd, bases, cores, steps, len, uniforms } = self;
        let simd = gang_token::<G, S>(simd);
        let sizes = [<G::Inputs as Elements>::SIZES, <G::Outputs as Elements>::SIZES];
        let mut places = PerOperand::new();
        for (step, size) in steps.iter().zip(sizes.into_iter().flatten()) {
            places.push(Place { lie: planes::Apart::new(simd, step / *size as isize, len), plane: 0 });
        }
        // SAFETY: the lanes have the items' own cores, the last of them again where there are fewer.
        unsafe { gang::<G, _, planes::Apart<_>>(simd, bases, cores, &places, uniforms) };
    }
}

/// Zeros for results that hold nothing yet.
fn clear(items: &Items, range: Range<usize>) {
    let operands = items.inputs..items.sizes.len();
    if !items.fresh {
        return;
    }
    let steps = items.run_steps();
    let mut runs = items.runs(range);
    while let Some(Run { bases, count }) = runs.next() {
        for k in operands.clone() {
            let walk = Walk::new(&items.cores[k], items.ranks[k], items.sizes[k]);
            for item in 0..count {
                // SAFETY: the outputs' cores are there, each written by its item alone.
                unsafe { walk.clear(bases[k].wrapping_offset(item as isize * steps[k]), items.sizes[k]) };
            }
        }
    }
}
