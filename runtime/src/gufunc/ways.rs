//! [`Way`]: where the lanes of a generalized universal function are.

use std::ops::Range;

use super::apart::{Apart, apart};
use super::batch;
use super::call::Gufunc;
use super::items::{Items, MAX_CORES, Run};
use super::operands::CoreTypes;
use super::planes::Lie;
use super::rank::Core;
use super::staging::Slices;
use super::turned::{self, Frozen, Turned};
use crate::Level;
#[cfg(target_arch = "x86_64")]
use crate::array::avx2_with_avx512;
use crate::array::{Task, run_at};
use crate::lanes::Simd;
use crate::lanes::stream::wide_is_halves;
use crate::ufunc::parallel::DEFAULT_MIN_LEN;

/// A function whose lanes are inside one core: its loops are as those of a `#[jit]` function.
pub trait CoreFunction: Gufunc {
    /// The inputs and outputs that are slices: by number of the operand, as bits.
    const SLICES: u32;

    /// The function on one core of each operand. It is `#[inline(always)]`, so that it becomes part of the function that enables the
    /// level's instructions.
    fn run<'a, S: Simd>(
        simd: S,
        inputs: <Self::Inputs as CoreTypes<Self::InputRanks>>::Shown<'a>,
        outputs: <Self::Outputs as CoreTypes<Self::OutputRanks>>::ShownMut<'a>,
        uniforms: Self::Uniforms<'a>,
    );
}

/// A function each of whose lanes has cores of its own.
pub trait BatchFunction: Gufunc {
    /// How many gangs are in flight: `S` for one, `Twice<S>` for two.
    type Gang<S: Simd>: Simd;

    /// The function on a gang of cores of each operand. It is `#[inline(always)]`, too.
    fn run<'a, S: Simd, L: Lie<S>>(
        simd: S,
        inputs: <Self::Inputs as CoreTypes<Self::InputRanks>>::Lanes<'a, S, L>,
        outputs: <Self::Outputs as CoreTypes<Self::OutputRanks>>::LanesMut<'a, S, L>,
        uniforms: Self::Uniforms<'a>,
    );
}

/// Where the lanes are: [`InCore`] or [`AcrossBatch`].
pub trait Way<G: Gufunc> {
    /// Its name, as the attribute's option has it.
    const NAME: &'static str;
    /// Whether every element of outputs is written, so that these need not be initialised.
    const WRITES_ALL: bool;
    /// How many elements are worth a task of their own, unless the call says otherwise.
    const MIN_ELEMENTS: usize = DEFAULT_MIN_LEN;

    /// The name of the way that cores of these lengths take, by dimension.
    fn name(lengths: &[usize]) -> &'static str {
        let _ = lengths;
        Self::NAME
    }

    /// Computes items.
    ///
    /// # Safety
    /// - The machine has the level.
    /// - The items' operands are of the function's types and ranks, inputs readable, outputs writable by this call alone but for
    ///   items that are not in the range; all initialised.
    unsafe fn compute(level: Level, items: &Items, range: Range<usize>, uniforms: G::Uniforms<'_>);

    /// The operands of [`one`](Way::one) that have to be contiguous, by number, as bits.
    const SLICES: u32;

    /// Computes one item, of the operands at these addresses.
    ///
    /// # Safety
    /// As for [`compute`](Way::compute), of one item, whose outputs are initialised.
    unsafe fn one(level: Level, bases: &[*mut u8], cores: &[Core], uniforms: G::Uniforms<'_>);
}

/// The body's innermost loops are lanes.
#[derive(Debug)]
pub enum InCore {}

/// Each lane is an item of the batch.
#[derive(Debug)]
pub enum AcrossBatch {}

/// Calls `$call` with the token of a level, which the caller vouches for.
macro_rules! at_level {
    ($level:expr, $simd:ident => $call:expr) => {
        match $level {
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => at_level!(@ crate::lanes::Avx512, $simd => $call),
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => at_level!(@ crate::lanes::Avx2, $simd => $call),
            #[cfg(target_arch = "x86_64")]
            Level::Sse2 => at_level!(@ crate::lanes::Sse2, $simd => $call),
            _ => at_level!(@ crate::lanes::Scalar, $simd => $call),
        }
    };
    (@ $token:ty, $simd:ident => $call:expr) => {{
        // SAFETY: the caller vouches for the level; the scalar one needs no instructions.
        let $simd = unsafe { <$token as Simd>::assume() };
        $call
    }};
}

impl<G: CoreFunction> Way<G> for InCore {
    const NAME: &'static str = "core";
    const WRITES_ALL: bool = false;

    unsafe fn compute(level: Level, items: &Items, range: Range<usize>, uniforms: G::Uniforms<'_>) {
        at_level!(level, simd => run_at(simd, Cores::<G, _> { simd, items, range, uniforms, level }))
    }

    const SLICES: u32 = G::SLICES;

    unsafe fn one(level: Level, bases: &[*mut u8], cores: &[Core], uniforms: G::Uniforms<'_>) {
        at_level!(level, simd => run_at(simd, OneCore::<G, _> { simd, bases, cores, uniforms }))
    }
}

/// One core. Whoever makes it vouches for the operands.
struct OneCore<'a, 'u, G: Gufunc, S> {
    simd: S,
    bases: &'a [*mut u8],
    cores: &'a [Core],
    uniforms: G::Uniforms<'u>,
}

impl<G: CoreFunction, S: Simd> Task for OneCore<'_, '_, G, S> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let inputs = const { G::SIGNATURE.inputs };
        // SAFETY: `one`'s caller vouches for the operands, and the views end with the call.
        unsafe {
            let given = <G::Inputs as CoreTypes<G::InputRanks>>::views(self.bases, self.cores);
            let results =
                <G::Outputs as CoreTypes<G::OutputRanks>>::views_mut(&self.bases[inputs..], &self.cores[inputs..]);
            G::run(self.simd, given, results, self.uniforms);
        }
    }
}

/// The items of a range, one core after the other.
struct Cores<'a, 'u, G: Gufunc, S> {
    simd: S,
    items: &'a Items,
    range: Range<usize>,
    uniforms: G::Uniforms<'u>,
    level: Level,
}

impl<G: CoreFunction, S: Simd> Task for Cores<'_, '_, G, S> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { simd, items, range, uniforms, level } = self;
        let steps = items.run_steps();
        let mut slices = Slices::new(items, G::SLICES, level);
        let operands = steps.len();
        let mut runs = items.runs(range);
        while let Some(Run { mut bases, count }) = runs.next() {
            for _ in 0..count {
                let (places, cores) = match &mut slices {
                    None => (&bases[..operands], &items.cores[..]),
                    Some(slices) => slices.gather(items, &bases[..operands]),
                };
                // SAFETY: `compute`'s caller vouches for the operands; each item's outputs are its own, and the views end with it.
                unsafe {
                    let inputs = <G::Inputs as CoreTypes<G::InputRanks>>::views(places, cores);
                    let outputs = <G::Outputs as CoreTypes<G::OutputRanks>>::views_mut(
                        &places[items.inputs..],
                        &cores[items.inputs..],
                    );
                    G::run(simd, inputs, outputs, uniforms);
                }
                if let Some(slices) = &slices {
                    slices.scatter(items, &bases[..operands]);
                }
                for (base, step) in bases.iter_mut().zip(steps) {
                    *base = base.wrapping_offset(*step);
                }
            }
        }
    }
}

impl<G: BatchFunction> Way<G> for AcrossBatch {
    const NAME: &'static str = "batch";
    // From staged planes, which begin as zeros; `apart` clears what it computes.
    const WRITES_ALL: bool = true;
    // Gangs that are turned in registers take a nanosecond for ten elements.
    const MIN_ELEMENTS: usize = if <G as Frozen>::TURNS { 4 * DEFAULT_MIN_LEN } else { DEFAULT_MIN_LEN };

    unsafe fn compute(level: Level, items: &Items, range: Range<usize>, uniforms: G::Uniforms<'_>) {
        if const { <G as Frozen>::TURNS } && turned::fits::<G>(items, &range) {
            #[cfg(target_arch = "x86_64")]
            if level == Level::Avx512 && wide_is_halves() {
                // SAFETY: the caller vouches for the level, which has all instructions of the one below it.
                return unsafe {
                    let simd = crate::lanes::Avx2::assume();
                    avx2_with_avx512(Turned::<G, _>(batch::Batch { simd, items, range, uniforms, level }))
                };
            }
            at_level!(level, simd => {
                return run_at(simd, Turned::<G, _>(batch::Batch { simd, items, range, uniforms, level }));
            })
        }
        at_level!(level, simd => {
            let lanes = lanes_of::<G, _>(simd);
            match batch::gangs(items, range.len(), lanes) {
                // SAFETY: the caller vouches for all.
                0 => unsafe { apart::<G, _>(simd, items, range, uniforms) },
                gangs => run_at(simd, batch::Staged::<G, _>(batch::Batch { simd, items, range, uniforms, level }, gangs)),
            }
        })
    }

    const SLICES: u32 = 0;

    unsafe fn one(level: Level, bases: &[*mut u8], cores: &[Core], uniforms: G::Uniforms<'_>) {
        let steps = &[0; MAX_CORES][..const { G::SIGNATURE.operands.len() }];
        at_level!(level, simd => run_at(simd, Apart::<G, _> { simd, bases, cores, steps, len: 1, uniforms }))
    }
}

/// The lanes of a gang.
fn lanes_of<G: BatchFunction, S: Simd>(_simd: S) -> usize {
    <G::Gang<S> as Simd>::LANES
}
