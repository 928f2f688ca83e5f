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
use crate::lanes::moves::gang::{self, MAX_COUNT, from_planes, to_planes};

/// The most operands.
const MAX_OPERANDS: usize = 4;
/// The most lanes of one gang that is not several.
const MAX_GANG: usize = 16;
/// The bytes of a gang's planes of one operand, at most.
const PLANES: usize = MAX_COUNT * MAX_GANG * 8;

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
    ($turn:ident, $g:ident, $s:ident, $k:ident, $simd:expr, $from:expr, $to:expr) => {
        turn!(@ $turn, $g, $s, $k, $simd, $from, $to, 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16)
    };
    (@ $turn:ident, $g:ident, $s:ident, $k:ident, $simd:expr, $from:expr, $to:expr, $($count:literal)*) => {
        match const { (<$g as Frozen>::SIZES[$k], <$g as Frozen>::COUNTS[$k]) } {
            (1, _) => $turn::<$s, 1, 1>($simd, $from, $to),
            (2, _) => $turn::<$s, 2, 1>($simd, $from, $to),
            (4, 1) => $turn::<$s, 4, 1>($simd, $from, $to),
            (8, 1) => $turn::<$s, 8, 1>($simd, $from, $to),
            $(
                (4, $count) => $turn::<$s, 4, $count>($simd, $from, $to),
                (8, $count) => $turn::<$s, 8, $count>($simd, $from, $to),
            )*
            _ => unreachable!("the attribute's constants were checked"),
        }
    };
}

impl<G: BatchFunction, S: Simd> Turned<'_, '_, G, S> {
    /// Whether the function needs what is in an operand.
    const fn reads(operand: usize) -> bool {
        let inputs = G::SIGNATURE.inputs;
        operand < inputs || G::COVERED >> (operand - inputs) & 1 == 0
    }

    #[inline(always)]
    fn turned(self) {
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
            if !Self::reads(K) || K >= G::SIGNATURE.inputs && fresh {
                // SAFETY: so many bytes are the variable's.
                unsafe { planes[K].write_bytes(0, const { G::SIZES[K] * G::COUNTS[K] * S::LANES }) };
            }
        });
        let mut runs = items.runs(range);
        while let Some(Run { bases, count }) = runs.next() {
            let run = Gangs::<G>::new(items, &bases, copies, S::LANES);
            let mut at: PerOperand = std::array::from_fn(|k| run.first[k]);
            let mut left = count;
            while left > 0 {
                let whole = left >= S::LANES;
                let gang = if whole && run.copied == 0 { at } else { run.copy_in(at, left.min(S::LANES)) };
                // SAFETY: where the gang is, on both sides, there are so many items; the planes are this function's alone.
                unsafe {
                    each_operand!(G, K => {
                        if Self::reads(K) {
                            if K < G::SIGNATURE.inputs || !fresh {
                                turn!(to_planes, G, S, K, simd, gang[K].cast_const(), planes[K]);
                            } else {
                                planes[K].write_bytes(0, const { G::SIZES[K] * G::COUNTS[K] * S::LANES });
                            }
                        }
                    });
                    batch::gang::<G, S, Staged>(simd, &planes, &G::CORES, &places, uniforms);
                    each_operand!(G, K => {
                        if const { K >= G::SIGNATURE.inputs } {
                            turn!(from_planes, G, S, K, simd, planes[K].cast_const(), gang[K]);
                        }
                    });
                }
                if !whole || run.copied != 0 {
                    run.copy_out(at, left.min(S::LANES));
                }
                each_operand!(G, K => at[K] = at[K].wrapping_offset(run.steps[K]));
                left = left.saturating_sub(S::LANES);
            }
        }
    }
}

/// An address or a step an operand.
type PerOperand<T = *mut u8> = [T; MAX_OPERANDS];

/// A run of items that goes through the lanes, gang by gang.
struct Gangs<'a, G> {
    items: &'a Items,
    lanes: usize,
    /// The first item; of an operand that has one for all, as many copies of it.
    first: PerOperand,
    /// The bytes from one gang to the next.
    steps: PerOperand<isize>,
    /// The operands whose items do not lie one after the other, as bits: their gangs are copied.
    copied: u32,
    /// The operands that have one item for all.
    constant: u32,
    copies: PerOperand,
    function: PhantomData<G>,
}

impl<'a, G: Gufunc> Gangs<'a, G> {
    #[inline(never)]
    fn new(items: &'a Items, bases: &Bases, copies: PerOperand, lanes: usize) -> Self {
        let mut gangs = Self {
            items,
            lanes,
            first: [std::ptr::null_mut(); MAX_OPERANDS],
            steps: [0; MAX_OPERANDS],
            copied: 0,
            constant: 0,
            copies,
            function: PhantomData,
        };
        for (k, step) in items.run_steps().iter().enumerate().take(G::OPERANDS) {
            gangs.first[k] = bases[k];
            gangs.steps[k] = lanes as isize * step;
            if *step == 0 && k < items.inputs {
                gangs.copy_items(k, bases[k], lanes);
                gangs.first[k] = copies[k];
                gangs.constant |= 1 << k;
            } else if *step != Self::bytes(k) as isize {
                gangs.copied |= 1 << k;
            }
        }
        gangs
    }

    /// The bytes of an operand's item.
    fn bytes(operand: usize) -> usize {
        G::SIZES[operand] * G::COUNTS[operand]
    }

    /// Whether a gang of so many items is a copy.
    fn is_copied(&self, operand: usize, len: usize) -> bool {
        self.constant >> operand & 1 == 0 && (len < self.lanes || self.copied >> operand & 1 == 1)
    }

    /// Copies a gang of so many items; the last one is that of the lanes behind it, too.
    fn copy_items(&self, operand: usize, at: *mut u8, len: usize) {
        let (bytes, step) = (Self::bytes(operand), self.items.run_steps()[operand]);
        for lane in 0..self.lanes {
            let item = at.wrapping_offset(lane.min(len - 1) as isize * step);
            // SAFETY: the item is there, without gaps, and there is room for a gang.
            unsafe { std::ptr::copy_nonoverlapping(item, self.copies[operand].add(lane * bytes), bytes) };
        }
    }

    /// Where a gang is of which not all is as it should be.
    #[inline(never)]
    fn copy_in(&self, at: PerOperand, len: usize) -> PerOperand {
        std::array::from_fn(|k| {
            if k >= G::OPERANDS || !self.is_copied(k, len) {
                return at[k];
            }
            if k < self.items.inputs || !self.items.fresh {
                self.copy_items(k, at[k], len);
            }
            self.copies[k]
        })
    }

    /// Brings the copies of results to where these are.
    #[inline(never)]
    fn copy_out(&self, at: PerOperand, len: usize) {
        for k in (self.items.inputs..G::OPERANDS).filter(|k| self.is_copied(*k, len)) {
            let (bytes, step) = (Self::bytes(k), self.items.run_steps()[k]);
            for lane in 0..len {
                let item = at[k].wrapping_offset(lane as isize * step);
                // SAFETY: the item is there, without gaps, and written by this alone; the copies are a gang.
                unsafe { std::ptr::copy_nonoverlapping(self.copies[k].add(lane * bytes), item, bytes) };
            }
        }
    }
}
