//! [`Job`]: a call without its types, and the way it takes: the short one for operands that are one
//! contiguous run each, the planned one for all others.

use super::broadcast::{check, check_in_place, joint_shape};
use super::error::{Error, ErrorKind};
use super::execute::execute;
use super::lend::Positions;
use super::machine::{FIRST_LEVEL, Machine, PEEL_GANGS, is_slower_wide};
use super::nest::Nest;
use super::plan::{Plan, memory_order};
use super::stack::{PerAxis, PerOperand};
use super::view::View;
use crate::Level;
use crate::kernel::MachineLoops;
use crate::lanes::stream::last_level_cache;

/// The bytes of results that no last-level cache is smaller than.
const LARGE: usize = 1 << 20;

/// A call without its types.
pub(crate) struct Job<'a> {
    pub(crate) kernel: &'static MachineLoops,
    /// The kernel's `Uniforms`.
    pub(crate) uniforms: *const (),
    pub(crate) mask: Option<View<'a>>,
    /// The level to run at, if not the process's.
    pub(crate) level: Option<Level>,
    /// The fewest elements of a parallel task; none for a call on one thread.
    pub(crate) min_len: Option<usize>,
    /// Whether outputs are the memory of inputs of the same shape and strides.
    pub(crate) in_place: bool,
}

/// The shape and the memory order of results that are to be allocated.
pub(crate) struct Frame<'a> {
    shape: FrameShape<'a>,
    axes: PerAxis<usize>,
}

enum FrameShape<'a> {
    Operand(&'a [usize]),
    Joint(PerAxis<usize>),
}

impl Frame<'_> {
    /// That of a single value.
    #[inline(always)]
    pub(crate) fn new() -> Self {
        Self { shape: FrameShape::Operand(&[]), axes: PerAxis::new() }
    }

    #[inline]
    pub(crate) fn shape(&self) -> &[usize] {
        match &self.shape {
            FrameShape::Operand(shape) => shape,
            FrameShape::Joint(shape) => shape,
        }
    }

    /// Those operands of a set whose elements lie as those of the results will.
    #[inline]
    pub(crate) fn fits(&self, inputs: &[View<'_>], set: Positions) -> Positions {
        let shape = self.shape();
        if shape.contains(&0) {
            return Positions::of(&[]);
        }
        set.filter(|position| inputs[position].has_shape(shape) && inputs[position].is_in_order(self.axes()))
    }

    /// The axes from the outermost to the innermost in memory; empty for C order.
    #[inline]
    pub(crate) fn axes(&self) -> &[usize] {
        &self.axes
    }
}

impl Job<'_> {
    /// Finds the shape and memory order of the results of these operands.
    pub(crate) fn frame<'v>(&self, inputs: &'v [View<'v>], frame: &mut Frame<'v>) -> Result<(), Error> {
        let shape = inputs.iter().map(View::shape).find(|shape| !shape.is_empty()).unwrap_or(&[]);
        let are = |order: fn(&View<'v>) -> bool| {
            inputs.iter().all(|view| view.shape().is_empty() || (view.has_shape(shape) && order(view)))
        };
        if are(View::is_c_order) {
            frame.shape = FrameShape::Operand(shape);
            return Ok(());
        }
        if are(View::is_f_order) {
            frame.shape = FrameShape::Operand(shape);
            frame.axes.extend((0..shape.len()).rev());
            return Ok(());
        }
        let shape = joint_shape(self.kernel, inputs)?;
        let size = self.kernel.outputs.iter().copied().max().unwrap_or(1);
        // ndarray bounds the product of the axes that are not empty.
        let bytes = shape.iter().filter(|len| **len != 0).try_fold(size, |bytes, len| bytes.checked_mul(*len));
        if bytes.is_none_or(|bytes| bytes > isize::MAX as usize) {
            let message = format!("{}: a result of shape {:?} is too large", self.kernel.name, &shape[..]);
            return Err(Error::new(ErrorKind::TooLarge, message));
        }
        frame.axes = memory_order(&shape, inputs);
        frame.shape = FrameShape::Joint(shape);
        Ok(())
    }

    /// Sets every byte of new results to zero.
    ///
    /// # Safety
    /// The views are of the kernel's output types, and of memory that starts at the first element and
    /// has no gaps.
    pub(crate) unsafe fn zero(&self, outputs: &[View<'_>]) {
        for (view, size) in outputs.iter().zip(self.kernel.outputs) {
            let len: usize = view.shape().iter().product();
            // SAFETY: the elements lie in this memory without gaps.
            unsafe { view.ptr().write_bytes(0, len * size) };
        }
    }

    /// Computes all elements that the mask does not leave out.
    ///
    /// # Safety
    /// - The inputs are of the kernel's input types, the outputs of its output types; the uniforms
    ///   point to the kernel's `Uniforms`; the mask is of type `bool`. All are alive.
    /// - The outputs are the only access to their memory, which need not be initialised where there is
    ///   no mask. Where the call is in place they may be inputs of the same size, shape and strides.
    pub(crate) unsafe fn run(&self, inputs: &[View<'_>], outputs: &[View<'_>]) -> Result<(), Error> {
        let level = self.level.unwrap_or_else(Level::current);
        let mut bases = PerOperand::new();
        if self.mask.is_none()
            && let Some((len, constants)) = flat(inputs, outputs, &mut bases)
        {
            if len == 0 {
                return Ok(());
            }
            let (run, lanes) = self.kernel.at(level);
            // SAFETY: the caller vouches for the memory; each operand is `len` elements in a row, or
            // one element with step zero. Safe borrows keep outputs apart from inputs, or the machine is in place.
            unsafe {
                if constants == 0 && len % lanes == 0 && len < PEEL_GANGS * lanes && self.min_len.is_none() {
                    run(bases.as_ptr(), len / lanes, self.uniforms);
                } else {
                    self.run_flat(&self.machine(level, len), &mut bases, constants, len);
                }
            }
            return Ok(());
        }
        let machine = self.machine(level, outputs[0].shape().iter().product());
        // SAFETY: the same contract.
        unsafe { self.run_planned(&machine, inputs, outputs) }
    }

    /// The kernel at a level, for so many elements.
    #[inline]
    fn machine(&self, level: Level, len: usize) -> Machine {
        let mut machine = Machine::new(self.kernel, level, self.uniforms);
        machine.in_place = self.in_place;
        machine.streams = machine.aligns && self.streams(len);
        let cached = || if self.kernel.is_short() { FIRST_LEVEL } else { last_level_cache() / 8 };
        let (is_large, bytes) = (self.level.is_none() && len >= LARGE / 128, self.result_bytes(len));
        if is_large && is_slower_wide(self.kernel, level, bytes, cached) {
            machine.run_at(self.kernel, Level::Avx2);
            // Masked stores of results with gaps between them take longer than one for each element once these are not in a cache.
            if bytes > last_level_cache() {
                machine.stepped = self.kernel.stepped_at(Level::Avx2);
            }
        }
        machine
    }

    /// The bytes of all results together.
    #[inline]
    fn result_bytes(&self, len: usize) -> usize {
        len.saturating_mul(self.kernel.outputs.iter().sum())
    }

    /// Computes `len` elements, not zero, of operands that are one run each, but for those inputs that are one element for all.
    ///
    /// # Safety
    /// As for [`Machine::with_constants`].
    unsafe fn run_flat(&self, machine: &Machine, bases: &mut PerOperand<*mut u8>, constants: u32, len: usize) {
        let (sizes, on_one_thread) = (self.kernel.sizes, self.min_len.is_none() && !machine.streams);
        if constants == 0 && on_one_thread {
            // SAFETY: the same contract.
            return unsafe { machine.contiguous(bases, len) };
        }
        let mut steps = PerOperand::<usize>::new();
        for (k, size) in sizes.iter().enumerate() {
            steps.push(if constants >> k & 1 == 1 { 0 } else { *size });
        }
        // SAFETY: the same contract.
        unsafe {
            if on_one_thread {
                return machine.with_constants(bases, &steps, len);
            }
            let mut nest_steps = PerOperand::<isize>::new();
            nest_steps.extend(steps.iter().map(|step| *step as isize));
            execute(&Nest { machine, sizes, bases, shape: &[len], steps: &nest_steps }, self.min_len);
        }
    }

    /// Whether the results are to be stored past the caches: where they are so large that their beginning has left the
    /// caches before their end is written. In place the lines that they replace are in the cache.
    #[inline]
    fn streams(&self, len: usize) -> bool {
        if self.in_place || len < LARGE / 128 {
            return false;
        }
        let bytes = self.result_bytes(len);
        bytes >= LARGE && bytes > last_level_cache()
    }

    /// # Safety
    /// As for [`run`](Self::run).
    #[inline(never)]
    unsafe fn run_planned(&self, machine: &Machine, inputs: &[View<'_>], outputs: &[View<'_>]) -> Result<(), Error> {
        if self.in_place {
            check_in_place(self.kernel, inputs, outputs[0].shape())?;
        }
        check(self.kernel, inputs, outputs, self.mask.as_ref())?;
        let views = inputs.iter().chain(outputs).zip(self.kernel.sizes);
        let mask = self.mask.iter().zip(&[size_of::<bool>()]);
        let mut plan = Plan::new();
        plan.lay_out(outputs[0].shape(), views.chain(mask).map(|(view, size)| (*view, *size)));
        let planned = Nest { machine, sizes: &plan.sizes, bases: &plan.bases, shape: &plan.shape, steps: &plan.steps };
        // SAFETY: the caller vouches for the memory. `check` has found that every operand broadcasts to
        // the outputs' shape, so that the plan's steps stay within each operand; and safe borrows keep
        // outputs apart from inputs, or the machine is in place.
        unsafe { execute(&planned, self.min_len) };
        Ok(())
    }
}

/// Where operands start that are one run each in the same memory order, how long the runs are, and as bits, which inputs are one
/// element for all. None where operands lie in another way.
#[inline]
fn flat(inputs: &[View<'_>], outputs: &[View<'_>], bases: &mut PerOperand<*mut u8>) -> Option<(usize, u32)> {
    let (first, shape) = (&outputs[0], outputs[0].shape());
    let (slice, is_c_order) = (first.slice_len(), first.is_c_order());
    if !is_c_order && !first.is_f_order() {
        return None;
    }
    let is_like_first = |view: &View<'_>| match (slice, view.slice_len()) {
        (Some(len), Some(own)) => own == len,
        _ => view.has_shape(shape) && if is_c_order { view.is_c_order() } else { view.is_f_order() },
    };
    let mut constants = 0;
    let mut is_flat = true;
    bases.extend(inputs.iter().enumerate().map(|(k, view)| {
        if !is_like_first(view) {
            constants |= 1 << k;
            is_flat &= view.shape().is_empty();
        }
        view.ptr()
    }));
    bases.extend(outputs.iter().map(View::ptr));
    is_flat &= outputs[1..].iter().all(is_like_first);
    is_flat.then(|| (slice.unwrap_or_else(|| shape.iter().product()), constants))
}
