//! [`Chains`]: the accumulators of a loop that reduces.
//!
//! A loop has 32 of them on every level, so that results have the same bits on all: element `k` of the loop joins accumulator
//! `k % 32`. They are lanes of several vectors, the chains, which successive gangs take in turn; so many also hide what an
//! operation takes.

use crate::lanes::{Element, Simd, Vector};

use super::operation::{Exact, Operation};

/// How many accumulators a loop has.
pub const ACCUMULATORS: usize = 32;

/// The most chains of a level: four lanes are the fewest.
pub const MAX_CHAINS: usize = ACCUMULATORS / 4;

/// The accumulators: accumulator `k` is lane `k % S::LANES` of chain `k / S::LANES`. The first [`chains`] count.
pub type Chains<T, S> = [Vector<T, S>; MAX_CHAINS];

/// How many chains a level has.
#[inline(always)]
pub const fn chains<S: Simd>() -> usize {
    const {
        assert!(S::LANES >= 4 && S::LANES <= ACCUMULATORS && ACCUMULATORS.is_multiple_of(S::LANES));
        ACCUMULATORS / S::LANES
    }
}

/// Accumulators that hold the operation's identity.
#[inline(always)]
pub fn identities<O: Operation<T>, T: Element, S: Simd>(simd: S) -> Chains<T, S> {
    same(simd, O::identity())
}

/// Accumulators that hold one value.
#[inline(always)]
pub fn same<T: Element, S: Simd>(simd: S, value: T) -> Chains<T, S> {
    [Vector::splat(simd, value); MAX_CHAINS]
}

/// The chains, each in the place of the one before, the first in that of the last. A loop whose gangs all join chain 0, and that
/// turns the chains after each, joins them in turn without an index that varies, which would keep them in memory.
#[inline(always)]
pub fn turned<T: Element, S: Simd>(mut chains: Chains<T, S>) -> Chains<T, S> {
    let first = chains[0];
    if const { self::chains::<S>() >= 2 } {
        chains[0] = chains[1];
    }
    if const { self::chains::<S>() >= 4 } {
        chains[1] = chains[2];
        chains[2] = chains[3];
    }
    if const { self::chains::<S>() >= 8 } {
        chains[3] = chains[4];
        chains[4] = chains[5];
        chains[5] = chains[6];
        chains[6] = chains[7];
    }
    chains[self::chains::<S>() - 1] = first;
    chains
}

/// Accumulator `k` in the place of accumulator `k + by`, the last in those of the first. A loop of which some lanes went first, alone in
/// their gang, has all accumulators so many places before their own.
///
/// # Panics
/// When `by` is more than there are.
#[inline(always)]
pub fn moved<T: Element, S: Simd>(chains: Chains<T, S>, by: usize) -> Chains<T, S> {
    assert!(by <= ACCUMULATORS, "{by} places are more than there are accumulators");
    let mut twice = [T::default(); 2 * ACCUMULATORS];
    let mut moved = chains;
    macro_rules! all {
        ($($k:literal),*) => {
            $(if const { self::chains::<S>() > $k } {
                chains[$k].copy_to_slice(&mut twice[$k * S::LANES..]);
                chains[$k].copy_to_slice(&mut twice[ACCUMULATORS + $k * S::LANES..]);
            })*
            $(if const { self::chains::<S>() > $k } {
                moved[$k] = Vector::from_slice(chains[$k].simd(), &twice[ACCUMULATORS - by + $k * S::LANES..]);
            })*
        };
    }
    // Written out, as below.
    all!(0, 1, 2, 3, 4, 5, 6, 7);
    moved
}

/// All accumulators combined by halves, each with the one 16 further on, then 8, 4, 2 and 1. Where the operation commutes, it does not
/// matter which of them is the first: `k` and `k + 16` are halves of a ring of 32.
#[inline(always)]
pub fn fold<O: Operation<T>, T: Element, S: Simd>(mut chains: Chains<T, S>) -> T {
    // Written out for each number of chains: they stay in registers.
    if const { self::chains::<S>() >= 8 } {
        chains[0] = O::lanes(chains[0], chains[4]);
        chains[1] = O::lanes(chains[1], chains[5]);
        chains[2] = O::lanes(chains[2], chains[6]);
        chains[3] = O::lanes(chains[3], chains[7]);
    }
    if const { self::chains::<S>() >= 4 } {
        chains[0] = O::lanes(chains[0], chains[2]);
        chains[1] = O::lanes(chains[1], chains[3]);
    }
    if const { self::chains::<S>() >= 2 } {
        chains[0] = O::lanes(chains[0], chains[1]);
    }
    let mut lanes = chains[0];
    if const { S::LANES >= 32 } {
        lanes = O::lanes(lanes, lanes.lowered(16));
    }
    if const { S::LANES >= 16 } {
        lanes = O::lanes(lanes, lanes.lowered(8));
    }
    if const { S::LANES >= 8 } {
        lanes = O::lanes(lanes, lanes.lowered(4));
    }
    lanes = O::lanes(lanes, lanes.lowered(2));
    lanes = O::lanes(lanes, lanes.lowered(1));
    lanes.extract(0)
}

/// [`fold`] for operations of which the order does not matter.
#[inline(always)]
pub fn fold_exact<O: Operation<T> + Exact<T>, T: Element, S: Simd>(chains: Chains<T, S>) -> T {
    fold::<O, T, S>(chains)
}
