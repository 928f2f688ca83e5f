//! [`Call`]: one call of a kernel, with its options.

use std::marker::PhantomData;

use super::error::Error;
use super::in_place::InPlace;
use super::job::{Frame, Job};
use super::lend::{Positions, Slots};
use super::operand::{Operand, Operands};
use super::parallel::DEFAULT_MIN_LEN;
use super::results::Results;
use super::stack::PerAxis;
use super::target::Targets;
use super::view::View;
use crate::Level;
use crate::kernel::{Kernel, MachineLoops};

/// What a call of kernel `K` (signature `G`) with the operands `A` returns: the element itself for
/// scalars, a `Vec` for slices, an ndarray for ndarrays; a tuple where the kernel has several results.
pub type Evaluated<K, G, A> =
    <<K as Kernel<G>>::Outputs as Results>::Evaluated<<A as Operands<<K as Kernel<G>>::Inputs>>::Kind>;

/// A call of a kernel that has not run yet: made by `kernel::with(..)`, run by [`eval`](Call::eval)
/// or [`into`](Call::into).
#[must_use = "a call does nothing until `eval` or `into` runs it"]
pub struct Call<'a, K: Kernel<G>, G, A, M = Unmasked> {
    operands: A,
    uniforms: K::Uniforms<'a>,
    mask: M,
    parallel: bool,
    min_len: usize,
    level: Option<Level>,
    signature: PhantomData<G>,
}

/// Which elements a [`Call`] computes: all of them, or those where a mask is true.
///
/// # Safety
/// The view is of `bool`s.
pub unsafe trait Where {
    /// The mask's memory.
    fn view(&self) -> Option<View<'_>>;
}

/// A [`Call`] without a mask.
#[derive(Clone, Copy, Debug)]
pub struct Unmasked;

/// A [`Call`] with a mask.
#[derive(Clone, Copy, Debug)]
pub struct Masked<M>(M);

impl<M> Masked<M> {
    #[inline]
    pub(crate) fn new(mask: M) -> Self {
        Self(mask)
    }
}

// SAFETY: there is no view.
unsafe impl Where for Unmasked {
    #[inline]
    fn view(&self) -> Option<View<'_>> {
        None
    }
}

// SAFETY: the view is that of an operand of `bool`s.
unsafe impl<M: Operand<bool>> Where for Masked<M> {
    #[inline]
    fn view(&self) -> Option<View<'_>> {
        Some(self.0.strided().view())
    }
}

impl<'a, K: Kernel<G>, G, A> Call<'a, K, G, A> {
    /// A call with these operands (a tuple) and uniform arguments (a tuple too), and default options.
    #[inline]
    pub fn new(operands: A, uniforms: K::Uniforms<'a>) -> Self {
        Call {
            operands,
            uniforms,
            mask: Unmasked,
            parallel: false,
            min_len: DEFAULT_MIN_LEN,
            level: None,
            signature: PhantomData,
        }
    }

    /// Computes only the elements where `mask` is true, as NumPy's `where=` does. The mask broadcasts
    /// to the result's shape. [`into`](Call::into) leaves the other elements as they are;
    /// [`eval`](Call::eval) gives them the type's default, which is zero or `false`.
    #[inline]
    pub fn mask<M: Operand<bool>>(self, mask: M) -> Call<'a, K, G, A, Masked<M>> {
        Call {
            operands: self.operands,
            uniforms: self.uniforms,
            mask: Masked(mask),
            parallel: self.parallel,
            min_len: self.min_len,
            level: self.level,
            signature: PhantomData,
        }
    }
}

impl<K: Kernel<G>, G, A, M> Call<'_, K, G, A, M> {
    /// Whether the call may run on rayon's current pool. It does when there is work for two tasks or
    /// more; the results are the same either way. Without the feature `rayon` this has no effect.
    #[inline]
    pub fn parallel(mut self, parallel: bool) -> Self {
        self.parallel = parallel;
        self
    }

    /// The fewest elements that a parallel task gets: 16384 unless told otherwise. Fewer pay off for
    /// kernels that take long for one element.
    #[inline]
    pub fn min_len(mut self, min_len: usize) -> Self {
        self.min_len = min_len;
        self
    }

    /// Runs at this level instead of the process's [`Level::current`]: for tests and measurements.
    ///
    /// # Panics
    /// When the machine lacks the level.
    #[inline]
    pub fn level(mut self, level: Level) -> Self {
        assert!(level.is_available(), "this machine has no level `{level}`");
        self.level = Some(level);
        self
    }
}

impl<K: Kernel<G>, G, A: Operands<K::Inputs>, M: Where> Call<'_, K, G, A, M> {
    /// Runs the call and returns its results in new memory.
    ///
    /// The result has the operands' joint shape and, like NumPy's `order='K'`, their memory order:
    /// operands in Fortran order give a result in Fortran order.
    ///
    /// An operand given by value, a `Vec` or an array that owns its memory alone, lends that memory to a result of its
    /// element type where the call has no mask and the operand has the result's shape and memory order: nothing is
    /// allocated then.
    ///
    /// # Panics
    /// When the shapes do not fit, with the message of the [`Error`] that
    /// [`try_eval`](Call::try_eval) returns; and when the kernel itself panics.
    #[inline]
    #[track_caller]
    pub fn eval(self) -> Evaluated<K, G, A> {
        match self.try_eval() {
            Ok(results) => results,
            Err(error) => error.panic(),
        }
    }

    /// [`eval`](Call::eval) that returns an error where the shapes do not fit.
    ///
    /// # Errors
    /// When the operands do not broadcast, the mask does not broadcast to their shape, or the result
    /// would be too large for memory.
    ///
    /// # Panics
    /// When the kernel itself panics.
    pub fn try_eval(self) -> Result<Evaluated<K, G, A>, Error> {
        let job = self.job();
        let inputs = self.operands.views();
        let mut frame = Frame::new();
        job.frame(inputs.as_ref(), &mut frame)?;
        if !A::LENDERS.is_empty() && job.mask.is_none() {
            let fits = frame.fits(inputs.as_ref(), A::LENDERS);
            if !fits.is_empty() {
                let shape: PerAxis<usize> = frame.shape().iter().copied().collect();
                let axes: PerAxis<usize> = frame.axes().iter().copied().collect();
                drop(frame);
                drop(inputs);
                return self.eval_in(fits, &shape, &axes);
            }
        }
        let mut results = K::Outputs::uninit::<A::Kind>(frame.shape(), frame.axes());
        let outputs = K::Outputs::views::<A::Kind>(&mut results);
        // SAFETY: `K` made the job and so its element types are those that the operands and the results
        // were viewed as; the results' memory is new, and the uniforms live in `self`.
        unsafe {
            if job.mask.is_some() {
                job.zero(outputs.as_ref());
            }
            job.run(inputs.as_ref(), outputs.as_ref())?;
        }
        drop(outputs);
        // SAFETY: without a mask `run` has written every element; with one, `zero` has written those
        // that `run` left out, and zero bytes are the default of every element type.
        Ok(unsafe { K::Outputs::assume_init::<A::Kind>(results) })
    }

    /// Runs the call without a mask in the memory of operands that lend it.
    fn eval_in(self, fits: Positions, shape: &[usize], axes: &[usize]) -> Result<Evaluated<K, G, A>, Error> {
        let Call { operands, uniforms, mask, parallel, min_len, level, signature } = self;
        let mut operands = operands.into_slots();
        let mut results = K::Outputs::uninit_in::<A::Kind, _>(&mut operands, fits, shape, axes);
        let call = Call::<K, G, (), M> { operands: (), uniforms, mask, parallel, min_len, level, signature };
        let outputs = K::Outputs::views::<A::Kind>(&mut results);
        let inputs = operands.views(outputs.as_ref());
        // SAFETY: `K` made the job and so its element types are those that the operands and the results were
        // viewed as; the uniforms live in `call`. The results' memory is new or was that of operands, whose
        // views are then those of the results: of the same type, shape and strides.
        unsafe { Job { in_place: true, ..call.job() }.run(inputs.as_ref(), outputs.as_ref())? };
        drop((inputs, outputs));
        // SAFETY: without a mask `run` has written every element.
        Ok(unsafe { K::Outputs::assume_init::<A::Kind>(results) })
    }

    /// Runs the call and writes its results to `targets`: one target, or a tuple of them where the
    /// kernel has several results. The operands broadcast to the targets' shape.
    ///
    /// # Panics
    /// When the shapes do not fit, with the message of the [`Error`] that
    /// [`try_into`](Call::try_into) returns; the targets are then unchanged. Also when the kernel
    /// itself panics; the targets' elements then hold old or new values.
    #[inline]
    #[track_caller]
    pub fn into<O: Targets<K::Outputs>>(self, targets: O) {
        if let Err(error) = self.try_into(targets) {
            error.panic()
        }
    }

    /// [`into`](Call::into) that returns an error where the shapes do not fit.
    ///
    /// # Errors
    /// When the operands or the mask do not broadcast to the targets' shape, or the targets differ in
    /// shape. Nothing is written then.
    ///
    /// # Panics
    /// When the kernel itself panics.
    pub fn try_into<O: Targets<K::Outputs>>(self, mut targets: O) -> Result<(), Error> {
        let inputs = self.operands.views();
        let outputs = targets.views();
        // SAFETY: `K` made the job and so its element types are those that the operands and the targets
        // were viewed as; the targets are borrowed mutably, and the uniforms live in `self`.
        unsafe { self.job().run(inputs.as_ref(), outputs.as_ref()) }
    }
}

impl<K: Kernel<G>, G, A, M: Where> Call<'_, K, G, A, M> {
    /// Runs the call and writes its results over the first operand, which is a [`Target`](crate::Target) such as a
    /// `&mut Array`. The other operands and the mask broadcast to its shape; where the mask is false it keeps its
    /// elements. The kernel has one result, of the first operand's type.
    ///
    /// ```
    /// use ufunc::prelude::*;
    ///
    /// #[vectorize]
    /// fn grow(x: f64, by: f64) -> f64 {
    ///     x * (1.0 + by)
    /// }
    ///
    /// let mut x = vec![1.0, 2.0, 3.0];
    /// grow::inplace(&mut x, 0.5);
    /// assert_eq!(x, [1.5, 3.0, 4.5]);
    /// grow::with(&mut x, 1.0).mask([true, false, true]).inplace();
    /// assert_eq!(x, [3.0, 3.0, 9.0]);
    /// ```
    ///
    /// # Panics
    /// When the shapes do not fit, with the message of the [`Error`] that
    /// [`try_inplace`](Call::try_inplace) returns; the first operand is then unchanged. Also when the kernel
    /// itself panics; its elements are then old or new values.
    #[inline]
    #[track_caller]
    pub fn inplace(self)
    where
        A: InPlace<K::Inputs, K::Outputs>,
    {
        if let Err(error) = self.try_inplace() {
            error.panic()
        }
    }

    /// [`inplace`](Call::inplace) that returns an error where the shapes do not fit.
    ///
    /// # Errors
    /// When the other operands or the mask do not broadcast to the first operand's shape. Nothing is written then.
    ///
    /// # Panics
    /// When the kernel itself panics.
    pub fn try_inplace(mut self) -> Result<(), Error>
    where
        A: InPlace<K::Inputs, K::Outputs>,
    {
        let job = Job {
            kernel: MachineLoops::of::<K, G>(),
            uniforms: std::ptr::from_ref(&self.uniforms).cast(),
            mask: self.mask.view(),
            level: self.level,
            min_len: self.parallel.then_some(self.min_len),
            in_place: true,
        };
        let inputs = self.operands.views();
        let inputs = inputs.as_ref();
        // SAFETY: `K` made the job and so its element types are those that the operands were viewed as, the
        // first of which is the result's; it is borrowed mutably, and the uniforms live in `self`.
        unsafe { job.run(inputs, &inputs[..1]) }
    }

    fn job(&self) -> Job<'_> {
        Job {
            kernel: MachineLoops::of::<K, G>(),
            uniforms: std::ptr::from_ref(&self.uniforms).cast(),
            mask: self.mask.view(),
            level: self.level,
            min_len: self.parallel.then_some(self.min_len),
            in_place: false,
        }
    }
}

impl<K: Kernel<G>, G, A, M> std::fmt::Debug for Call<'_, K, G, A, M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call")
            .field("kernel", &K::NAME)
            .field("parallel", &self.parallel)
            .field("min_len", &self.min_len)
            .finish_non_exhaustive()
    }
}
