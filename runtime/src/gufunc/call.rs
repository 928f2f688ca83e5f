//! [`GuCall`]: one call of a generalized universal function, with its options.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::ops::Range;

use super::items::Items;
use super::operands::{Blank, CoreOperands, CoreResults, CoreTypes};
use super::resolve::{Axes, Resolve, Resolved};
use super::signature::Signature;
use super::single::Single;
use super::ways::Way;
use crate::kernel::Elements;
use crate::ufunc::parallel::{for_each_range, is_worth_it};
use crate::{Error, Level, Targets};

/// A generalized universal function as the attribute emits it.
pub trait Gufunc: Sized + 'static {
    /// Its signature, with the names of parameters.
    const SIGNATURE: &'static Signature;
    /// The outputs, as bits by number, whose elements the function all writes before it reads any: what they held is not needed.
    const COVERED: u32;
    /// The element types of the inputs, as a tuple.
    type Inputs: CoreTypes<Self::InputRanks>;
    /// The element types of the outputs, as a tuple.
    type Outputs: CoreTypes<Self::OutputRanks>;
    /// How many core axes each input has: a tuple of [`Rank`](super::Rank).
    type InputRanks;
    /// How many core axes each output has.
    type OutputRanks;
    /// How many core axes each output has with `keepdims`.
    type KeptRanks;
    /// The uniform parameters, as a tuple.
    type Uniforms<'a>: Copy + Sync;
    /// Where the lanes are.
    type Way: Way<Self>;
}

/// What a call of `G` with operands `A` returns; `R` are the results' core axes.
pub type Results<G, A, R> = <<G as Gufunc>::Outputs as CoreResults<
    <A as CoreOperands<<G as Gufunc>::Inputs, <G as Gufunc>::InputRanks>>::Loop,
    R,
>>::Evaluated;

/// A call of a generalized universal function that has not run yet: made by `name::with(..)`, run by [`eval`](GuCall::eval) or
/// [`into`](GuCall::into).
#[must_use = "a call does nothing until `eval` or `into` runs it"]
pub struct GuCall<'a, G: Gufunc, A, R> {
    operands: A,
    uniforms: G::Uniforms<'a>,
    axes: Axes<'a>,
    parallel: bool,
    min_len: Option<usize>,
    level: Option<Level>,
    results: PhantomData<R>,
}

impl<'a, G: Gufunc, A> GuCall<'a, G, A, G::OutputRanks> {
    /// A call with these operands and uniform arguments, both tuples, and default options.
    #[inline]
    pub fn new(operands: A, uniforms: G::Uniforms<'a>) -> Self {
        GuCall {
            operands,
            uniforms,
            axes: Axes::default(),
            parallel: false,
            min_len: None,
            level: None,
            results: PhantomData,
        }
    }

    /// Results keep the core axes of the inputs, with length one: NumPy's `keepdims`, for functions whose inputs have equally many
    /// core dimensions and whose outputs have none.
    #[inline]
    pub fn keepdims(self) -> GuCall<'a, G, A, G::KeptRanks> {
        let Self { operands, uniforms, axes, parallel, min_len, level, .. } = self;
        let axes = Axes { keepdims: true, ..axes };
        GuCall { operands, uniforms, axes, parallel, min_len, level, results: PhantomData }
    }
}

impl<'a, G: Gufunc, A, R> GuCall<'a, G, A, R> {
    /// The core axes of each operand, inputs and then outputs, negative ones from the end: NumPy's `axes`. Those of outputs may be left
    /// away if these have none.
    #[inline]
    pub fn axes(mut self, axes: &'a [&'a [isize]]) -> Self {
        self.axes.axes = Some(axes);
        self
    }

    /// The core axis of all operands that have one, negative from the end: NumPy's `axis`, for functions with one core dimension.
    #[inline]
    pub fn axis(mut self, axis: isize) -> Self {
        self.axes.axis = Some(axis);
        self
    }

    /// Whether the call may run on rayon's current pool. It does when there is work for two tasks or more; the results are the same
    /// either way. Without the feature `rayon` this has no effect.
    #[inline]
    pub fn parallel(mut self, parallel: bool) -> Self {
        self.parallel = parallel;
        self
    }

    /// The fewest items that a parallel task gets: as many as have 16384 elements unless told otherwise, or 65536 where lanes are across
    /// the batch and all lengths are frozen and small. Fewer pay off for functions that take long.
    #[inline]
    pub fn min_len(mut self, min_len: usize) -> Self {
        self.min_len = Some(min_len);
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

impl<G: Gufunc, A: CoreOperands<G::Inputs, G::InputRanks>, R> GuCall<'_, G, A, R> {
    /// Runs the call and returns its results in new memory: the loop dimensions of the operands, broadcast, and then the core
    /// dimensions, in C order.
    ///
    /// # Panics
    /// When the shapes do not fit, with the message of the [`Error`] that [`try_eval`](GuCall::try_eval) returns; and when the function
    /// itself panics.
    #[inline]
    #[track_caller]
    pub fn eval(self) -> Results<G, A, R>
    where
        G::Outputs: CoreResults<A::Loop, R>,
    {
        Error::unwrap(self.try_eval())
    }

    /// [`eval`](GuCall::eval) of one item.
    #[inline]
    fn eval_one(&self, signature: &Signature, single: &mut Single) -> Results<G, A, R>
    where
        G::Outputs: CoreResults<A::Loop, R>,
    {
        let single = RefCell::new(single);
        let mut results = <G::Outputs as CoreResults<A::Loop, R>>::uninit(&|number, allocate| {
            let mut single = single.borrow_mut();
            let shape = single.result_shape(signature, signature.inputs + number);
            allocate(Blank { shape, zero: true });
        });
        let single = single.into_inner();
        let outputs = <G::Outputs as CoreResults<A::Loop, R>>::views(&mut results);
        for (number, output) in outputs.as_ref().iter().enumerate() {
            single.place(signature.inputs + number, output.ptr());
        }
        drop(outputs);
        let (bases, cores) = single.operands();
        // SAFETY: the operands are of the function's types, inputs that are borrowed and results that are new; both have the dimensions
        // that were found. The results are zeros: safe code cannot see memory that holds nothing.
        unsafe {
            <G::Way as Way<G>>::one(self.chosen_level(), bases, cores, self.uniforms);
            <G::Outputs as CoreResults<A::Loop, R>>::assume_init(results)
        }
    }

    /// [`eval`](GuCall::eval) that returns an error where the shapes do not fit.
    ///
    /// # Errors
    /// When the lengths of a core dimension differ, loop dimensions do not broadcast, an axis is not there, an output's size is not
    /// known, or a result would be too large for memory.
    ///
    /// # Panics
    /// When the function itself panics.
    pub fn try_eval(self) -> Result<Results<G, A, R>, Error>
    where
        G::Outputs: CoreResults<A::Loop, R>,
    {
        let signature = Self::signature();
        let inputs = self.operands.views();
        let inputs = inputs.as_ref();
        let mut single = Single::new();
        if self.axes.is_default()
            && single.takes(signature, <G::Way as Way<G>>::SLICES, inputs, None)
            && single.is_small()
        {
            return Ok(self.eval_one(signature, &mut single));
        }
        let mut resolved = Resolved::new();
        Resolve::new(signature, self.axes).dimensions(inputs, None, &mut resolved)?;
        for (number, size) in <G::Outputs as Elements>::SIZES.iter().enumerate() {
            resolved.check_size(signature, signature.inputs + number, *size)?;
        }
        let mut results = <G::Outputs as CoreResults<A::Loop, R>>::uninit(&|number, allocate| {
            let shape = resolved.result_shape(signature, signature.inputs + number);
            // In one core, the function has the memory itself, and may read it.
            allocate(Blank { shape: &shape, zero: !<G::Way as Way<G>>::WRITES_ALL });
        });
        let outputs = <G::Outputs as CoreResults<A::Loop, R>>::views(&mut results);
        let sizes = [<G::Inputs as Elements>::SIZES, <G::Outputs as Elements>::SIZES];
        // SAFETY: the views are of the function's types, of inputs that are borrowed and results that are new; both have the
        // dimensions that were found. The results are zeros, or the way writes every element.
        unsafe {
            let items = Items::new(signature, &resolved, &[inputs, outputs.as_ref()], sizes, true);
            self.run(&items);
        }
        drop(outputs);
        // SAFETY: as above.
        Ok(unsafe { <G::Outputs as CoreResults<A::Loop, R>>::assume_init(results) })
    }

    /// Runs the call and writes its results to `targets`: one target, or a tuple of them where there are several results. The operands'
    /// loop dimensions broadcast to the targets'. The function sees what the targets hold before.
    ///
    /// # Panics
    /// When the shapes do not fit, with the message of the [`Error`] that [`try_into`](GuCall::try_into) returns; the targets are then
    /// unchanged. Also when the function itself panics; the targets' elements are then old or new values.
    #[inline]
    #[track_caller]
    pub fn into<O: Targets<G::Outputs>>(self, targets: O) {
        Error::unwrap(self.try_into(targets));
    }

    /// [`into`](GuCall::into) that returns an error where the shapes do not fit.
    ///
    /// # Errors
    /// As [`try_eval`](GuCall::try_eval), and when the targets have other dimensions than the results. Nothing is written then.
    ///
    /// # Panics
    /// When the function itself panics.
    pub fn try_into<O: Targets<G::Outputs>>(self, mut targets: O) -> Result<(), Error> {
        let signature = Self::signature();
        let inputs = self.operands.views();
        let inputs = inputs.as_ref();
        let outputs = targets.views();
        let mut single = Single::new();
        if self.axes.is_default() && single.takes(signature, <G::Way as Way<G>>::SLICES, inputs, Some(outputs.as_ref()))
        {
            let (bases, cores) = single.operands();
            // SAFETY: the views are of the function's types, of inputs that are borrowed and targets that are borrowed mutably; both
            // have the dimensions that were found.
            unsafe { <G::Way as Way<G>>::one(self.chosen_level(), bases, cores, self.uniforms) };
            return Ok(());
        }
        let mut resolved = Resolved::new();
        Resolve::new(signature, self.axes).dimensions(inputs, Some(outputs.as_ref()), &mut resolved)?;
        let sizes = [<G::Inputs as Elements>::SIZES, <G::Outputs as Elements>::SIZES];
        // SAFETY: the views are of the function's types, of inputs that are borrowed and targets that are borrowed mutably; both have
        // the dimensions that were found.
        unsafe {
            let items = Items::new(signature, &resolved, &[inputs, outputs.as_ref()], sizes, false);
            self.run(&items);
        }
        Ok(())
    }

    /// Where the lanes of this call are: `"core"` or `"batch"`. Some functions have code for both, of which the lengths of the cores
    /// decide.
    ///
    /// # Errors
    /// As [`try_eval`](GuCall::try_eval).
    ///
    /// ```
    /// use ndarray::{Array3, ArrayView2, ArrayViewMut2};
    /// use ufunc::prelude::*;
    ///
    /// #[guvectorize("(m,n),(n,p)->(m,p)")]
    /// fn product(a: ArrayView2<f64>, b: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) {
    ///     for i in 0..a.nrows() {
    ///         for j in 0..b.ncols() {
    ///             let mut total = 0.0;
    ///             for k in 0..a.ncols() {
    ///                 total += a[[i, k]] * b[[k, j]];
    ///             }
    ///             out[[i, j]] = total;
    ///         }
    ///     }
    /// }
    ///
    /// assert_eq!(product::LANES, "core or batch");
    /// let (small, large) = (Array3::zeros((9, 4, 4)), Array3::zeros((9, 64, 64)));
    /// assert_eq!(product::with(&small, &small).lanes(), Ok("batch"));
    /// assert_eq!(product::with(&large, &large).lanes(), Ok("core"));
    /// ```
    pub fn lanes(&self) -> Result<&'static str, Error> {
        let inputs = self.operands.views();
        let mut resolved = Resolved::new();
        Resolve::new(Self::signature(), self.axes).dimensions(inputs.as_ref(), None, &mut resolved)?;
        Ok(<G::Way as Way<G>>::name(&resolved.lengths))
    }

    /// The signature, which has the ranks of the function's types.
    fn signature() -> &'static Signature {
        const {
            let (inputs, outputs) =
                (<G::Inputs as CoreTypes<G::InputRanks>>::RANKS, <G::Outputs as CoreTypes<G::OutputRanks>>::RANKS);
            let operands = G::SIGNATURE.operands;
            assert!(G::SIGNATURE.inputs == inputs.len() && operands.len() == inputs.len() + outputs.len());
            let mut k = 0;
            while k < operands.len() {
                let rank = if k < inputs.len() { inputs[k] } else { outputs[k - inputs.len()] };
                assert!(operands[k].dimensions.len() == rank, "the signature has the ranks of the types");
                k += 1;
            }
        }
        G::SIGNATURE
    }

    /// The level that the call runs at.
    #[inline]
    fn chosen_level(&self) -> Level {
        self.level.unwrap_or_else(Level::current)
    }

    /// # Safety
    /// As for [`Way::compute`], of all items, but that there is a level.
    unsafe fn run(&self, items: &Items) {
        if items.count == 0 {
            return;
        }
        let level = self.chosen_level();
        // SAFETY: the level is one that the machine has; the caller vouches for the operands; ranges do not overlap.
        let compute = |range: Range<usize>| unsafe { <G::Way as Way<G>>::compute(level, items, range, self.uniforms) };
        let min_elements = <G::Way as Way<G>>::MIN_ELEMENTS;
        let min_len = self.min_len.unwrap_or_else(|| (min_elements / items.elements().max(1)).max(1));
        if self.parallel && is_worth_it(items.count, min_len) {
            split(items.count, min_len, self.uniforms, &|range, uniforms| {
                // SAFETY: as above.
                unsafe { <G::Way as Way<G>>::compute(level, items, range, uniforms) }
            });
        } else {
            compute(0..items.count);
        }
    }
}

/// Calls `run` with parts of `0..count`, on the current pool's threads.
fn split<U: Copy + Sync>(count: usize, min_len: usize, uniforms: U, run: &(dyn Fn(Range<usize>, U) + Sync)) {
    for_each_range(count, min_len, &|range| run(range, uniforms));
}

impl<G: Gufunc, A, R> std::fmt::Debug for GuCall<'_, G, A, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GuCall")
            .field("function", &G::SIGNATURE.name)
            .field("parallel", &self.parallel)
            .field("min_len", &self.min_len)
            .finish_non_exhaustive()
    }
}
