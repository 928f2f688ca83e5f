//! Small cores of frozen lengths, whose items lie one after the other: a gang of them is turned to planes in registers, goes through
//! the lane code, and is turned back. Nothing of it is found out at run time but where the items are.

use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::ops::Range;

use super::batch::{self, Batch};
use super::call::Gufunc;
use super::items::{Bases, Items, Run};
use super::planes::{Place, Staged};
use super::rank::{Core, MAX_RANK};
use super::signature::{Signature, Size};
use super::ways::BatchFunction;
use crate::array::Task;
use crate::kernel::Elements;
use crate::lanes::Simd;
use crate::lanes::moves::gang::{self, MAX_COUNT, Part, from_planes, to_planes};

/// The most operands.
const MAX_OPERANDS: usize = 4;
/// The most lanes of one gang that is not several.
const MAX_GANG: usize = 16;
/// The bytes of a gang's planes of one operand, at most.
const PLANES: usize = MAX_COUNT * MAX_GANG * 8;
/// From so many gangs on it pays off to bring results to where registers begin: 3×3 inverses that do not begin there take a twentieth longer.
const MANY: usize = 256;
/// The bytes of the registers that are stored.
const ALIGNMENT: usize = 32;

/// Memory of one operand's gang: its planes, or its items where these have to be copied. Each is a variable of its own, so that the
/// compiler keeps it in registers whatever becomes of the others.
#[repr(align(64))]
struct Memory(MaybeUninit<[u8; PLANES]>);

impl Memory {
    #[inline(always)]
    fn new() -> Self {
        Self(MaybeUninit::uninit())
    }

    #[inline(always)]
    fn base(&mut self) -> *mut u8 {
        self.0.as_mut_ptr().cast()
    }
}

/// What is known of a function's operands when it is compiled.
pub(super) trait Frozen: Gufunc {
    /// By operand: the size of an element in bytes.
    const SIZES: [usize; MAX_OPERANDS];
    /// By operand: the cores, dense.
    const CORES: [Core; MAX_OPERANDS];
    /// By operand: the elements of a core.
    const COUNTS: [usize; MAX_OPERANDS];
    /// How many operands there are.
    const OPERANDS: usize;
    /// Whether all that holds, and all can be turned.
    const TURNS: bool;
}

impl<G: Gufunc> Frozen for G {
    const SIZES: [usize; MAX_OPERANDS] = {
        let (inputs, outputs) = (<G::Inputs as Elements>::SIZES, <G::Outputs as Elements>::SIZES);
        let mut sizes = [0; MAX_OPERANDS];
        let mut k = 0;
        while k < Self::OPERANDS && k < MAX_OPERANDS {
            sizes[k] = if k < inputs.len() { inputs[k] } else { outputs[k - inputs.len()] };
            k += 1;
        }
        sizes
    };
    const CORES: [Core; MAX_OPERANDS] = {
        let mut cores = [Core::EMPTY; MAX_OPERANDS];
        let mut k = 0;
        while k < Self::OPERANDS && k < MAX_OPERANDS {
            cores[k] = core(G::SIGNATURE, k);
            k += 1;
        }
        cores
    };
    const COUNTS: [usize; MAX_OPERANDS] = {
        let mut counts = [0; MAX_OPERANDS];
        let mut k = 0;
        while k < MAX_OPERANDS {
            let [a, b, c] = Self::CORES[k].extents;
            counts[k] = a.saturating_mul(b).saturating_mul(c);
            k += 1;
        }
        counts
    };
    const OPERANDS: usize = G::SIGNATURE.operands.len();
    const TURNS: bool = {
        let mut turns = Self::OPERANDS <= MAX_OPERANDS;
        let mut k = 0;
        while turns && k < Self::OPERANDS {
            turns = gang::turns(Self::SIZES[k], Self::COUNTS[k]);
            k += 1;
        }
        turns
    };
}

/// The core of an operand, dense; without elements if a length is not frozen.
const fn core(signature: &Signature, operand: usize) -> Core {
    let mut core = Core::EMPTY;
    let dimensions = signature.operands[operand].dimensions;
    let (mut axis, mut stride) = (dimensions.len(), 1);
    while axis > 0 {
        axis -= 1;
        core.extents[axis] = match signature.dimensions[dimensions[axis]].size {
            Size::Frozen(length) => length,
            _ => 0,
        };
        core.strides[axis] = stride;
        stride = stride.saturating_mul(core.extents[axis] as isize);
    }
    core
}

/// Whether the items of a call are such that turning pays off: their cores have no gaps, and long runs of them lie at one step.
pub(super) fn fits<G: Gufunc>(items: &Items, range: &Range<usize>) -> bool {
    if range.len() <= 1 || items.run_len() < range.len().min(4 * MAX_GANG) {
        return false;
    }
    (0..G::OPERANDS).all(|k| {
        let (core, dense) = (&items.cores[k], &G::CORES[k]);
        (0..MAX_RANK).all(|axis| dense.extents[axis] == 1 || core.strides[axis] == dense.strides[axis])
    })
}

/// The items of a range.
pub(super) struct Turned<'a, 'u, G: Gufunc, S>(pub(super) Batch<'a, 'u, G, S>);

impl<G: BatchFunction, S: Simd> Task for Turned<'_, '_, G, S> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.turned();
    }
}

/// Runs a block with `$k` as the number of each operand of `$g`, as straight code.
macro_rules! each_operand {
    ($g:ident, $k:ident => $body:expr) => {
        each_operand!(@ $g, $k, $body, 0 1 2 3)
    };
    (@ $g:ident, $k:ident, $body:expr, $($number:literal)*) => {{$(
        if const { $number < <$g as Frozen>::OPERANDS } {
            const $k: usize = $number;
            $body;
        }
    )*}};
}

/// Calls a turn with an operand's size and count as constants.
macro_rules! turn {
    ($turn:ident, $g:ident, $s:ident, $k:ident, $simd:expr, $part:expr, $from:expr, $to:expr) => {
        turn!(@ $turn, $g, $s, $k, $simd, $part, $from, $to, 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16)
    };
    (@ $turn:ident, $g:ident, $s:ident, $k:ident, $simd:expr, $part:expr, $from:expr, $to:expr, $($count:literal)*) => {
        match const { (<$g as Frozen>::SIZES[$k], <$g as Frozen>::COUNTS[$k]) } {
            (1, _) => $turn::<$s, 1, 1>($simd, $part, $from, $to),
            (2, _) => $turn::<$s, 2, 1>($simd, $part, $from, $to),
            (4, 1) => $turn::<$s, 4, 1>($simd, $part, $from, $to),
            (8, 1) => $turn::<$s, 8, 1>($simd, $part, $from, $to),
            $(
                (4, $count) => $turn::<$s, 4, $count>($simd, $part, $from, $to),
                (8, $count) => $turn::<$s, 8, $count>($simd, $part, $from, $to),
            )*
            _ => unreachable!("the attribute's constants were checked"),
        }
    };
}

impl<G: BatchFunction, S: Simd> Turned<'_, '_, G, S> {
    const fn is_output(operand: usize) -> bool {
        operand >= G::SIGNATURE.inputs
    }

    /// Whether the function needs what is in an operand.
    const fn reads(operand: usize) -> bool {
        !Self::is_output(operand) || G::COVERED >> (operand - G::SIGNATURE.inputs) & 1 == 0
    }

    #[inline(always)]
    fn turned(self) {
        /// Brings a part of the next gang's inputs to planes, and the same part of this gang's results to where they belong.
        macro_rules! exchange {
            ($simd:ident, $part:expr, $next:ident, $at:ident, $planes:ident) => {
                each_operand!(G, K => {
                    if const { !Self::is_output(K) } {
                        turn!(to_planes, G, S, K, $simd, $part, $next[K].cast_const(), $planes[K]);
                    }
                });
                each_operand!(G, K => {
                    if const { Self::is_output(K) } {
                        turn!(from_planes, G, S, K, $simd, $part, $planes[K].cast_const(), $at[K]);
                    }
                });
            };
        }
        let Batch { simd, items, range, uniforms, .. } = self.0;
        let fresh = items.fresh;
        let (mut planes0, mut planes1, mut planes2, mut planes3) =
            (Memory::new(), Memory::new(), Memory::new(), Memory::new());
        let planes = [planes0.base(), planes1.base(), planes2.base(), planes3.base()];
        let mut copies = [const { Memory(MaybeUninit::uninit()) }; MAX_OPERANDS];
        let copies = copies.each_mut().map(Memory::base);
        let places = [Place { lie: Staged, plane: S::LANES }; MAX_OPERANDS];
        each_operand!(G, K => {
            // What nothing is brought to is initialised nevertheless.
            if !Self::reads(K) || Self::is_output(K) && fresh {
                // SAFETY: so many bytes are the variable's.
                unsafe { planes[K].write_bytes(0, const { G::SIZES[K] * G::COUNTS[K] * S::LANES }) };
            }
        });
        let mut runs = items.runs(range);
        while let Some(Run { bases, count }) = runs.next() {
            let mut run = Gangs::<G>::new(items, &bases, count, copies, S::LANES);
            loop {
                let Stretch { first: mut at, gangs } = run.next();
                if gangs == 0 {
                    break;
                }
                // SAFETY: where the gangs are, on both sides, there are so many items; the planes are this function's alone.
                unsafe {
                    each_operand!(G, K => {
                        if const { !Self::is_output(K) } {
                            turn!(to_planes, G, S, K, simd, Part::Whole, at[K].cast_const(), planes[K]);
                        }
                    });
                    for left in (0..gangs).rev() {
                        each_operand!(G, K => {
                            if Self::is_output(K) && Self::reads(K) {
                                if fresh {
                                    planes[K].write_bytes(0, const { G::SIZES[K] * G::COUNTS[K] * S::LANES });
                                } else {
                                    turn!(to_planes, G, S, K, simd, Part::Whole, at[K].cast_const(), planes[K]);
                                }
                            }
                        });
                        batch::gang::<G, S, Staged>(simd, &planes, &G::CORES, &places, uniforms);
                        // The next gang's inputs before this one's results, which have to wait for divisions: what waits keeps the
                        // processor from what does not. By parts, because registers do not hold both. After the last gang it is the
                        // last once more.
                        let more = (left as isize).wrapping_neg() >> (isize::BITS - 1);
                        let mut next = at;
                        each_operand!(G, K => next[K] = at[K].wrapping_offset(run.steps[K] & more));
                        exchange!(simd, Part::First, next, at, planes);
                        exchange!(simd, Part::Rest, next, at, planes);
                        each_operand!(G, K => {
                            at[K] = if Self::is_output(K) { at[K].wrapping_offset(run.steps[K]) } else { next[K] };
                        });
                    }
                }
            }
        }
    }
}

/// An address or a step an operand.
type PerOperand<T = *mut u8> = [T; MAX_OPERANDS];

/// Gangs that follow each other.
struct Stretch {
    /// Where the first one is.
    first: PerOperand,
    gangs: usize,
}

/// A run of items on its way through the lanes: as many gangs at once as lie one after the other, and a gang of copies where they do not,
/// or where there is less than a gang.
struct Gangs<'a, G> {
    items: &'a Items,
    lanes: usize,
    /// The items that have not been given out, and where they are. An operand that has one item for all has as many copies of it.
    left: usize,
    at: PerOperand,
    /// The bytes from one gang to the next.
    steps: PerOperand<isize>,
    /// The operands whose items do not lie one after the other, as bits.
    scattered: u32,
    /// The operands that have one item for all.
    constant: u32,
    copies: PerOperand,
    /// The items that were given out as copies.
    copied: usize,
    /// The first items, which are given out as copies so that results behind them begin where registers do.
    lead: usize,
    function: PhantomData<G>,
}

impl<'a, G: Gufunc> Gangs<'a, G> {
    #[inline(never)]
    fn new(items: &'a Items, bases: &Bases, left: usize, copies: PerOperand, lanes: usize) -> Self {
        let mut gangs = Self {
            items,
            lanes,
            left,
            at: [std::ptr::null_mut(); MAX_OPERANDS],
            steps: [0; MAX_OPERANDS],
            scattered: 0,
            constant: 0,
            copies,
            copied: 0,
            lead: 0,
            function: PhantomData,
        };
        for (k, step) in items.run_steps().iter().enumerate().take(G::OPERANDS) {
            gangs.at[k] = bases[k];
            gangs.steps[k] = lanes as isize * step;
            if *step == 0 && k < items.inputs {
                gangs.copy_items(k, lanes);
                gangs.at[k] = copies[k];
                gangs.constant |= 1 << k;
            } else if *step != Self::bytes(k) as isize {
                gangs.scattered |= 1 << k;
            }
        }
        let result = G::SIGNATURE.inputs;
        if gangs.scattered == 0 && left >= MANY * lanes && G::COUNTS[result] > 1 {
            let place = |items: usize| gangs.at[result] as usize + items * Self::bytes(result);
            gangs.lead = (0..lanes).find(|items| place(*items).is_multiple_of(ALIGNMENT)).unwrap_or(0);
        }
        gangs
    }

    /// The bytes of an operand's item.
    fn bytes(operand: usize) -> usize {
        G::SIZES[operand] * G::COUNTS[operand]
    }

    /// The next gangs, once those before have been computed; none at the end.
    #[inline(never)]
    fn next(&mut self) -> Stretch {
        if self.copied > 0 {
            self.copy_out();
        }
        if self.scattered == 0 && self.lead == 0 && self.left >= self.lanes {
            let (first, gangs) = (self.at, self.left / self.lanes);
            self.advance(gangs * self.lanes);
            return Stretch { first, gangs };
        }
        self.copied = if self.lead > 0 { std::mem::take(&mut self.lead) } else { self.left.min(self.lanes) };
        if self.copied == 0 {
            return Stretch { first: self.at, gangs: 0 };
        }
        let first = std::array::from_fn(|k| {
            if k >= G::OPERANDS || !self.is_copied(k) {
                return self.at[k];
            }
            if k < self.items.inputs || !self.items.fresh {
                self.copy_items(k, self.copied);
            }
            self.copies[k]
        });
        Stretch { first, gangs: 1 }
    }

    /// Whether the operand's items were given out as copies.
    fn is_copied(&self, operand: usize) -> bool {
        self.constant >> operand & 1 == 0 && (self.copied < self.lanes || self.scattered >> operand & 1 == 1)
    }

    fn advance(&mut self, items: usize) {
        for (k, step) in self.items.run_steps().iter().enumerate().take(G::OPERANDS) {
            self.at[k] = self.at[k].wrapping_offset(items as isize * step);
        }
        self.left -= items;
    }

    /// Copies so many items to a gang; the last one is that of the lanes behind it, too.
    fn copy_items(&self, operand: usize, len: usize) {
        let (bytes, step) = (Self::bytes(operand), self.items.run_steps()[operand]);
        for lane in 0..self.lanes {
            let item = self.at[operand].wrapping_offset(lane.min(len - 1) as isize * step);
            // SAFETY: the item is there, without gaps, and there is room for a gang.
            unsafe { std::ptr::copy_nonoverlapping(item, self.copies[operand].add(lane * bytes), bytes) };
        }
    }

    /// Brings the copies of results to where these are.
    fn copy_out(&mut self) {
        for k in (self.items.inputs..G::OPERANDS).filter(|k| self.is_copied(*k)) {
            let (bytes, step) = (Self::bytes(k), self.items.run_steps()[k]);
            for lane in 0..self.copied {
                let item = self.at[k].wrapping_offset(lane as isize * step);
                // SAFETY: the item is there, without gaps, and written by this alone; the copies are a gang.
                unsafe { std::ptr::copy_nonoverlapping(self.copies[k].add(lane * bytes), item, bytes) };
            }
        }
        self.advance(self.copied);
        self.copied = 0;
    }
}
