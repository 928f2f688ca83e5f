//! [`ByLength`]: lanes inside one core where its loops are long, and across the batch where they are short.

use std::ops::Range;

use super::items::Items;
use super::rank::Core;
use super::signature::Signature;
use super::ways::{AcrossBatch, BatchFunction, CoreFunction, InCore, Way};
use crate::Level;

/// A function that has lane code for both: the lengths of a call's cores decide.
pub trait EitherFunction: CoreFunction + BatchFunction {
    /// The dimensions that the loops over one core go along, as bits by their number in the signature.
    const ALONG: u64;
}

/// [`AcrossBatch`] where cores are small, [`InCore`] otherwise. It is the lengths of one core alone that count, not how many there are and
/// not the level: so a core has the same results in every call, also where sums may be in any order.
#[derive(Debug)]
pub enum ByLength {}

/// Up to so many turns of the loops over one core, lanes are across the batch.
const SHORT: usize = 16;

/// Cores of more elements are large: those of a gang would be more than a cache holds.
const LARGE: usize = 1024;

/// The length of a dimension that operands with these cores have.
fn length(signature: &Signature, cores: &[Core], dimension: usize) -> usize {
    let mut operands = signature.operands.iter().zip(cores);
    let length = operands.find_map(|(operand, core)| {
        let axis = operand.dimensions.iter().position(|own| *own == dimension)?;
        Some(core.extents[axis])
    });
    length.unwrap_or(1)
}

/// Whether cores of these lengths, by dimension, are small.
fn is_small<G: EitherFunction>(signature: &Signature, length: impl Fn(usize) -> usize) -> bool {
    let along = |dimension: &usize| G::ALONG >> dimension & 1 == 1;
    let elements = |dimensions: &[usize]| dimensions.iter().fold(1_usize, |n, k| n.saturating_mul(length(*k)));
    (0..signature.dimensions.len()).filter(along).all(|dimension| length(dimension) <= SHORT)
        && signature.operands.iter().map(|operand| elements(operand.dimensions)).fold(0, usize::saturating_add) <= LARGE
}

impl<G: EitherFunction> Way<G> for ByLength {
    const NAME: &'static str = "core or batch";
    const WRITES_ALL: bool = false;

    fn name(lengths: &[usize]) -> &'static str {
        let small = is_small::<G>(G::SIGNATURE, |dimension| lengths[dimension]);
        if small { <AcrossBatch as Way<G>>::NAME } else { <InCore as Way<G>>::NAME }
    }

    unsafe fn compute(level: Level, items: &Items, range: Range<usize>, uniforms: G::Uniforms<'_>) {
        let small = is_small::<G>(G::SIGNATURE, |dimension| length(G::SIGNATURE, &items.cores, dimension));
        // SAFETY: the same contract.
        unsafe {
            if small {
                <AcrossBatch as Way<G>>::compute(level, items, range, uniforms);
            } else {
                <InCore as Way<G>>::compute(level, items, range, uniforms);
            }
        }
    }

    const SLICES: u32 = G::SLICES;

    unsafe fn one(level: Level, bases: &[*mut u8], cores: &[Core], uniforms: G::Uniforms<'_>) {
        let small = is_small::<G>(G::SIGNATURE, |dimension| length(G::SIGNATURE, cores, dimension));
        // SAFETY: the same contract.
        unsafe {
            if small {
                <AcrossBatch as Way<G>>::one(level, bases, cores, uniforms);
            } else {
                <InCore as Way<G>>::one(level, bases, cores, uniforms);
            }
        }
    }
}
