//! The loop over a call's elements. Runs that are contiguous in every operand go straight to the
//! machine loop; all others are lined up in a [`Stage`] first.
//!
//! Whichever way an element takes, the machine loop sees its inputs alone, so its result depends on
//! nothing else. What fills up a gang is another element of the same range: computed twice, it panics
//! only where the range does.

use std::ops::Range;

use super::machine::{Machine, PEEL_GANGS};
use super::nest::{Access, Nest};
use super::parallel;
use super::stack::PerOperand;
use super::stage::{ALIGN, Buffer, Stage, WHOLE, compress, expand, extend, pad};

/// From how many gangs on the innermost axis is worth a machine loop of its own.
const RUN_GANGS: usize = 4;

/// Computes every element of the nest that the mask does not leave out; in tasks of no fewer than
/// `min_len` elements where that is given.
///
/// # Safety
/// - Every operand has an element of its size at every index of the nest; inputs and the mask are
///   initialised, and the mask's elements are `bool`s.
/// - The outputs are the only access to their memory, but may be that of inputs where the machine is
///   `in_place`: then of the same size and steps.
/// - The machine is of a level that this processor has, its element types are those of the operands,
///   and the uniforms are its own.
pub(crate) unsafe fn execute(all: &Nest<'_>, min_len: Option<usize>) {
    let len: usize = all.shape.iter().product();
    if len == 0 {
        return;
    }
    if let Some(min_len) = min_len
        && parallel::is_worth_it(len, min_len)
    {
        let shared = Shared(all);
        // SAFETY: the caller vouches for everything; the ranges do not overlap, so that each task
        // has its own part of the outputs.
        parallel::for_each_range(len, min_len, &|range| unsafe { shared.get().run(range) });
    } else {
        // SAFETY: the caller vouches for everything.
        unsafe { all.run(0..len) };
    }
}

/// Memory for a stage.
pub(super) struct Scratch(Buffer<WHOLE>);

impl Scratch {
    #[inline(always)]
    pub(super) const fn new() -> Self {
        Self(Buffer::new())
    }
}

/// A nest that several threads look at.
struct Shared<'a>(&'a Nest<'a>);

// SAFETY: the pointers are to elements and uniforms, all of them `Sync`. Inputs are only read; of the
// outputs each thread writes the elements in its own range, and no two indices share memory there.
unsafe impl Sync for Shared<'_> {}

impl<'a> Shared<'a> {
    /// The nest: a method, so that closures capture `Shared` and not the reference in it.
    fn get(&self) -> &'a Nest<'a> {
        self.0
    }
}

impl Nest<'_> {
    /// Computes the elements in a range of the flattened nest.
    ///
    /// # Safety
    /// As for [`execute`]; the range is within the nest and not empty.
    unsafe fn run(&self, range: Range<usize>) {
        // SAFETY: the caller's contract is that of each of these.
        unsafe {
            if self.bases.len() > self.machine.sizes.len() {
                return self.masked(range);
            }
            let mut access = PerOperand::new();
            self.access(self.shape, &mut access);
            if self.is_dense(&access) {
                let from = range.start;
                let (mut steps, mut places) = (PerOperand::new(), PerOperand::<*mut u8>::new());
                self.dense_steps(&access, &mut steps);
                places.extend(self.bases.iter().zip(&steps[..]).map(|(base, step)| base.wrapping_add(from * step)));
                return self.machine.with_constants(&mut places, &steps, range.len());
            }
            if let Some(stepped) = self.stepped_loop() {
                return self.stepped(stepped, range);
            }
            let inner = &self.shape[self.shape.len() - 1..];
            if self.shape.len() == 1 && range.len() >= self.machine.lanes {
                let skip = |(base, step): (&*mut u8, &isize)| base.wrapping_offset(range.start as isize * step);
                let mut bases = PerOperand::<*mut u8>::new();
                bases.extend(self.bases.iter().zip(self.steps).map(skip));
                return Nest { bases: &bases, ..*self }.one_row(range.len());
            }
            if self.shape.len() == 1 || inner[0] < RUN_GANGS * self.machine.lanes {
                return self.flat(&access, range);
            }
            let mut access = PerOperand::new();
            self.access(inner, &mut access);
            if inner[0] >= PEEL_GANGS * self.machine.lanes && self.is_dense(&access) {
                let mut steps = PerOperand::new();
                self.dense_steps(&access, &mut steps);
                let is_plain = !self.machine.streams && !steps.contains(&0);
                return self.walk(0..self.bases.len(), range, |places, len| {
                    let mut operands = PerOperand::<*mut u8>::new();
                    operands.extend(places.iter().copied());
                    if is_plain {
                        self.machine.contiguous(&mut operands, len);
                    } else {
                        self.machine.with_constants(&mut operands, &steps, len);
                    }
                });
            }
            self.tiled(range);
        }
    }

    /// Whether every output is dense, and every input dense or constant.
    fn is_dense(&self, access: &[Access]) -> bool {
        let (inputs, outputs) = access.split_at(self.machine.inputs);
        inputs.iter().all(|access| matches!(*access, Access::Dense | Access::CONSTANT))
            && outputs.iter().all(|access| *access == Access::Dense)
    }

    /// Lists each operand's size, or zero where it is constant.
    fn dense_steps(&self, access: &[Access], steps: &mut PerOperand<usize>) {
        let step = |(access, size): (&Access, &usize)| if *access == Access::CONSTANT { 0 } else { *size };
        steps.extend(access.iter().zip(self.sizes).map(step));
    }

    /// Computes a range through the stage, whatever the innermost axis is.
    ///
    /// # Safety
    /// As for [`run`](Self::run).
    #[inline(never)]
    unsafe fn flat(&self, access: &[Access], range: Range<usize>) {
        let mut buffer = Buffer::new();
        let mut stage = Stage::new(&mut buffer);
        stage.divide(self.sizes, WHOLE);
        // SAFETY: the same contract.
        unsafe { self.staged(access, range, &mut stage) };
    }

    /// Computes a part of a range through a stage.
    ///
    /// # Safety
    /// As for [`run`](Self::run).
    pub(super) unsafe fn in_parts(&self, range: Range<usize>, scratch: &mut Scratch) {
        let (mut access, mut stage) = (PerOperand::new(), Stage::new(&mut scratch.0));
        self.access(self.shape, &mut access);
        stage.divide(self.sizes, WHOLE);
        // SAFETY: the same contract.
        unsafe { self.staged(&access, range, &mut stage) };
    }

    /// Computes a range through the stage, block by block.
    ///
    /// # Safety
    /// As for [`run`](Self::run). The stage has been made for these sizes, and used with these operands alone.
    unsafe fn staged(&self, access: &[Access], range: Range<usize>, stage: &mut Stage<'_>) {
        let Machine { lanes, inputs, in_place, .. } = *self.machine;
        // A periodic operand's slot holds a period more than a block, so that a block can start at any
        // place in the period. Periods are shorter than `ALIGN`.
        let longest = if stage.block() > ALIGN { stage.block() - ALIGN } else { stage.block() };
        let holds_more = stage.block() > ALIGN;
        let is_repeated = |access: Access| match access {
            Access::Periodic(period) => period == 1 || holds_more,
            _ => false,
        };
        let mut start = range.start;
        while start < range.end {
            let left = range.end - start;
            let block = if left >= lanes {
                start..start + left.min(longest) / lanes * lanes
            } else if range.len() >= lanes && !in_place {
                // A whole gang, some of it computed twice, needs no padding.
                range.end - lanes..range.end
            } else {
                start..range.end
            };
            start = block.end;
            let (from, len) = (block.start, block.len());
            let padded = len.next_multiple_of(lanes);
            let mut operands = PerOperand::<*mut u8>::new();
            for (k, size) in self.sizes.iter().copied().enumerate() {
                let slot = stage.slot(k);
                operands.push(match access[k] {
                    Access::Dense if len == padded => self.bases[k].wrapping_add(from * size),
                    Access::Periodic(period) if k < inputs && is_repeated(access[k]) => {
                        let period = usize::from(period);
                        // SAFETY: only this fills the operand's slot, with no more than it holds.
                        unsafe { self.repeat(k, period, padded + period - 1, stage) };
                        slot.wrapping_add(from % period * size)
                    }
                    _ if k < inputs => {
                        let mut to = slot;
                        self.walk_one(k, block.clone(), |rows| {
                            // SAFETY: the rows are part of the operand, the block fits the slot.
                            unsafe { (self.machine.moves.gather)(size, to, &rows) };
                            to = to.wrapping_add(rows.count * rows.len * size);
                        });
                        // SAFETY: the block's elements are there, and a padded block fits the slot.
                        unsafe { pad(size, slot, len, padded) };
                        slot
                    }
                    _ => slot,
                });
            }
            // SAFETY: each operand is a whole number of gangs, in place or in its slot.
            unsafe { self.machine.call(&operands, padded / lanes) };
            for k in inputs..operands.len() {
                let mut from = stage.slot(k);
                if operands[k] == from {
                    let size = self.sizes[k];
                    self.walk_one(k, block.clone(), |rows| {
                        // SAFETY: the rows are part of the output, and the machine loop has written the slot.
                        unsafe { (self.machine.moves.scatter)(size, from, &rows) };
                        from = from.wrapping_add(rows.count * rows.len * size);
                    });
                }
            }
        }
    }

    /// Fills an input's slot with its period over and over, `len` elements from the nest's first on, unless
    /// they are there already.
    ///
    /// # Safety
    /// As for [`run`](Self::run), and the slot, which nothing else is written to, holds `len` elements.
    pub(super) unsafe fn repeat(&self, operand: usize, period: usize, len: usize, stage: &mut Stage<'_>) {
        let (size, base) = (self.sizes[operand], self.bases[operand]);
        let filled = stage.filled(operand);
        if filled.0 == base.cast_const() && filled.1 >= len {
            return;
        }
        *filled = (base, len);
        let slot = stage.slot(operand);
        let mut to = slot;
        self.walk_one(operand, 0..period.min(len), |rows| {
            // SAFETY: the rows are the operand's first period, or a part of it; they fit the slot.
            unsafe { (self.machine.moves.gather)(size, to, &rows) };
            to = to.wrapping_add(rows.count * rows.len * size);
        });
        // SAFETY: the elements a period before each place are there, and the slot holds `len`.
        unsafe { extend(size, slot, period, len) };
    }

    /// Computes those elements of a range where the mask is on. They are moved together, so that the
    /// machine loop never sees the others.
    ///
    /// # Safety
    /// As for [`run`](Self::run).
    #[inline(never)]
    unsafe fn masked(&self, range: Range<usize>) {
        let mut access = PerOperand::new();
        self.access(self.shape, &mut access);
        let mut buffer = Buffer::new();
        let mut stage = Stage::new(&mut buffer);
        stage.divide(self.sizes, WHOLE);
        let Machine { lanes, inputs, .. } = *self.machine;
        let mask = self.machine.sizes.len();
        let flags = stage.slot(mask);
        let mut operands = PerOperand::<*mut u8>::new();
        operands.extend((0..mask).map(|k| stage.slot(k)));
        let mut start = range.start;
        while start < range.end {
            let block = start..range.end.min(start + stage.block());
            start = block.end;
            let mut to = flags;
            self.walk_one(mask, block.clone(), |rows| {
                // SAFETY: the rows are part of the mask, the block fits the slot.
                unsafe { (self.machine.moves.gather)(1, to, &rows) };
                to = to.wrapping_add(rows.count * rows.len);
            });
            let flags = flags.cast_const().cast::<bool>();
            // SAFETY: the flags of the block have just been copied from `bool`s.
            let on = unsafe { std::slice::from_raw_parts(flags, block.len()) }.iter().filter(|on| **on).count();
            if on == 0 {
                continue;
            }
            let padded = on.next_multiple_of(lanes);
            for (k, size) in self.sizes[..inputs].iter().copied().enumerate() {
                if access[k] == Access::CONSTANT {
                    // SAFETY: only this fills the operand's slot, with a block at most.
                    unsafe { self.repeat(k, 1, padded, &mut stage) };
                    continue;
                }
                let (mut to, mut flags) = (operands[k], flags);
                self.walk_one(k, block.clone(), |rows| {
                    // SAFETY: the rows are part of the operand; the block fits the slot, and has as many flags.
                    let on = unsafe { compress(size, to, &rows, flags) };
                    to = to.wrapping_add(on * size);
                    flags = flags.wrapping_add(rows.count * rows.len);
                });
                // SAFETY: the elements that are on are there, one at least; a padded block fits the slot.
                unsafe { pad(size, operands[k], on, padded) };
            }
            // SAFETY: each slot holds a whole number of gangs.
            unsafe { self.machine.call(&operands, padded / lanes) };
            for k in inputs..mask {
                let (mut from, mut flags, size) = (operands[k].cast_const(), flags, self.sizes[k]);
                self.walk_one(k, block.clone(), |rows| {
                    // SAFETY: the rows are part of the output; the machine loop has written the slot.
                    let on = unsafe { expand(size, &rows, from, flags) };
                    from = from.wrapping_add(on * size);
                    flags = flags.wrapping_add(rows.count * rows.len);
                });
            }
        }
    }
}

#[cfg(all(test, feature = "ndarray"))]
mod tests {
    use super::*;
    use crate::Level;
    use crate::kernel::{Kernel, MachineLoops};
    use crate::lanes::{Mask, Simd, Vector};
    use crate::ufunc::plan::Plan;
    use crate::ufunc::{Strided, StridedMut};
    use ndarray::{Array2, ArrayView2, s};

    /// The sum in the precision of the first operand, and whether it is more than one; with a loop for operands at any steps, or without.
    enum Sum<const SHORT: bool> {}

    impl<const SHORT: bool> Kernel for Sum<SHORT> {
        const NAME: &'static str = "sum";
        const IS_SHORT: bool = SHORT;
        type Inputs = (f64, f64);
        type Outputs = (f64, bool);
        type Uniforms<'a> = ();
        type Gang<S: Simd> = S;

        fn gang<'a, S: Simd>(
            simd: S,
            _: Mask<S>,
            (a, b): (Vector<f64, S>, Vector<f64, S>),
            (): (),
        ) -> (Vector<f64, S>, Mask<S>) {
            (a + b, Vector::splat(simd, 1.0).lanes_lt(a + b))
        }

        fn scalar<'a>((a, b): (f64, f64), (): ()) -> (f64, bool) {
            (a + b, a + b > 1.0)
        }
    }

    /// A call whose results are stored past the caches, however small they are.
    fn check(a: ArrayView2<'_, f64>, b: ArrayView2<'_, f64>, skip: usize, min_len: Option<usize>) {
        check_kernel::<Sum<false>>(a, b, skip, min_len);
        check_kernel::<Sum<true>>(a, b, skip, min_len);
    }

    fn check_kernel<K>(a: ArrayView2<'_, f64>, b: ArrayView2<'_, f64>, skip: usize, min_len: Option<usize>)
    where
        K: for<'a> Kernel<Inputs = (f64, f64), Outputs = (f64, bool), Uniforms<'a> = ()>,
    {
        let (rows, columns) = a.dim();
        let mut sums = Array2::from_elem((rows, columns + skip), f64::NAN);
        let mut flags = Array2::from_elem((rows, columns + 2 * skip), false);
        {
            let (mut sums, mut flags) = (sums.slice_mut(s![.., skip..]), flags.slice_mut(s![.., skip..skip + columns]));
            let kernel = MachineLoops::of::<K, ()>();
            let mut machine = Machine::new(kernel, Level::current(), std::ptr::dangling());
            machine.streams = true;
            let inputs = [Strided::array(&a).view(), Strided::array(&b).view()];
            let outputs = [StridedMut::array(&mut sums).view(), StridedMut::array(&mut flags).view()];
            let operands = inputs.into_iter().chain(outputs).zip(kernel.sizes.iter().copied());
            let mut plan = Plan::new();
            plan.lay_out(&[rows, columns], operands);
            let Plan { shape, steps, bases, sizes } = plan;
            let nest = Nest { machine: &machine, sizes: &sizes, bases: &bases, shape: &shape, steps: &steps };
            // SAFETY: the operands are of the kernel's types and shapes, the outputs borrowed mutably.
            unsafe { execute(&nest, min_len) };
        }
        for ((i, j), a) in a.indexed_iter() {
            let sum = a + b[[i, j]];
            assert_eq!(
                (sums[[i, j + skip]], flags[[i, j + skip]]),
                (sum, sum > 1.0),
                "{rows} × {columns}, at {i}, {j}"
            );
        }
        assert_eq!(sums.iter().filter(|sum| sum.is_nan()).count(), rows * skip, "nothing else is written");
    }

    #[test]
    fn stores_past_the_caches_write_the_same() {
        for columns in (0..150).chain([511, 512, 513, 1500]) {
            for rows in [1, 2, 5] {
                let a = Array2::from_shape_fn((rows, columns), |(i, j)| (i * 7 + j) as f64 / 100.0);
                let twice = Array2::from_shape_fn((rows, 2 * columns), |(i, j)| (i + j) as f64 / 500.0);
                let constant = Array2::from_elem((1, 1), 0.25);
                let column = Array2::from_shape_fn((rows, 1), |(i, _)| i as f64 / 3.0);
                for skip in [0, 1, 3] {
                    check(a.view(), a.view(), skip, None);
                    check(a.view(), twice.slice(s![.., ..;2]), skip, Some(100));
                    check(a.slice(s![.., ..;-1]), a.view(), skip, None);
                    check(a.view(), twice.slice(s![.., ..columns]), skip, None);
                    check(constant.broadcast((rows, columns)).unwrap(), a.view(), skip, Some(64));
                    check(a.view(), column.broadcast((rows, columns)).unwrap(), skip, None);
                }
            }
        }
    }
}
