//! [`Reduction`]: one reduction, with its options.

use std::marker::PhantomData;

use super::super::broadcast::broadcasts_to;
use super::super::call::{Masked, Unmasked, Where};
use super::super::error::{Error, ErrorKind};
use super::super::kind::Kind;
use super::super::operand::Operand;
use super::super::parallel::DEFAULT_MIN_LEN;
use super::super::stack::PerAxis;
use super::super::target::Target;
use super::super::view::View;
use super::axis::{self, AxisIndex};
use super::layout::{Layout, Steps, mask_strides};
use super::reducer::{Bases, Reducer};
use super::shapes::{AllAxes, Axes, KeptAxes, Named};
use crate::Level;
use crate::fold::{FoldLoops, block};
use crate::kernel::Kernel;
use crate::lanes::Element;

/// What a reduction of the operand `A` gives that names axes as `S` says.
pub type Reduced<T, A, S> = <<S as Axes<<A as Operand<T>>::Kind>>::Kind as Kind>::Array<T>;

/// A kernel that reduces: of two operands and one result, all of type `T`, and without uniform parameters.
pub trait Reduce<G, T: Element>: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()> {}

impl<K, G, T: Element> Reduce<G, T> for K where K: for<'a> Kernel<G, Inputs = (T, T), Outputs = (T,), Uniforms<'a> = ()> {}

/// What a reduction is of: types alone.
type Of<K, G, S> = fn() -> (K, G, S);

/// A reduction that has not run yet: made by `kernel::reduction(..)`, run by [`eval`](Reduction::eval) or
/// [`into`](Reduction::into).
///
/// Without axes, all of the operand's are reduced. A kernel with an `identity`, or `reorderable`, combines elements in one fixed
/// tree, so that the result has the same bits for any number of threads and on every level, and of float sums the rounding
/// errors grow with the logarithm of the length; along several axes the sequence is that of the elements in memory. Other
/// kernels go from the first element to the last.
#[must_use = "a reduction does nothing until `eval` or `into` runs it"]
pub struct Reduction<K, G, T, A, S = AllAxes, M = Unmasked> {
    operand: A,
    axes: Option<PerAxis<isize>>,
    keepdims: bool,
    initial: Option<T>,
    mask: M,
    parallel: bool,
    min_len: usize,
    level: Option<Level>,
    kernel: PhantomData<Of<K, G, S>>,
}

impl<K: Reduce<G, T>, G, T: Element, A: Operand<T>> Reduction<K, G, T, A> {
    /// The reduction of an operand's elements, over all axes, with default options.
    #[inline]
    pub fn new(operand: A) -> Self {
        Reduction {
            operand,
            axes: None,
            keepdims: false,
            initial: None,
            mask: Unmasked,
            parallel: false,
            min_len: DEFAULT_MIN_LEN,
            level: None,
            kernel: PhantomData,
        }
    }
}

impl<K, G, T, A, S, M> Reduction<K, G, T, A, S, M> {
    fn with<S2, M2>(self, mask: impl FnOnce(M) -> M2) -> Reduction<K, G, T, A, S2, M2> {
        Reduction {
            operand: self.operand,
            axes: self.axes,
            keepdims: self.keepdims,
            initial: self.initial,
            mask: mask(self.mask),
            parallel: self.parallel,
            min_len: self.min_len,
            level: self.level,
            kernel: PhantomData,
        }
    }

    /// Reduces one axis: an `ndarray::Axis` or a number, negative from the last axis on. The result has one axis less.
    #[inline]
    pub fn axis(mut self, axis: impl AxisIndex) -> Reduction<K, G, T, A, S::One, M>
    where
        S: Named,
    {
        self.axes = Some([axis.index()].into_iter().collect());
        self.with(|mask| mask)
    }

    /// Reduces these axes. The result's dimension is dynamic (`IxDyn`), unless the axes are [kept](Reduction::keepdims).
    #[inline]
    pub fn axes<X: AxisIndex>(mut self, axes: impl IntoIterator<Item = X>) -> Reduction<K, G, T, A, S::Several, M>
    where
        S: Named,
    {
        self.axes = Some(axes.into_iter().map(AxisIndex::index).collect());
        self.with(|mask| mask)
    }

    /// Keeps the axes that are reduced, with length one, so that the result broadcasts with the operand.
    #[inline]
    pub fn keepdims(mut self) -> Reduction<K, G, T, A, KeptAxes, M> {
        self.keepdims = true;
        self.with(|mask| mask)
    }

    /// What the first element is combined with; and the result where there is no element.
    #[inline]
    pub fn initial(mut self, initial: T) -> Self {
        self.initial = Some(initial);
        self
    }

    /// Reduces only the elements where `mask` is true, as NumPy's `where=` does. The mask broadcasts to the operand's shape.
    #[inline]
    pub fn mask<W: Operand<bool>>(self, mask: W) -> Reduction<K, G, T, A, S, Masked<W>> {
        self.with(|_| Masked::new(mask))
    }

    /// Whether the reduction may run on rayon's current pool; the result is the same either way.
    #[inline]
    pub fn parallel(mut self, parallel: bool) -> Self {
        self.parallel = parallel;
        self
    }

    /// The fewest elements that a parallel task gets: 16384 unless told otherwise.
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

impl<K: Reduce<G, T>, G, T: Element, A: Operand<T>, S: Axes<A::Kind>, M: Where> Reduction<K, G, T, A, S, M> {
    /// Runs the reduction and returns its results in new memory.
    ///
    /// # Panics
    /// With the message of the [`Error`] that [`try_eval`](Reduction::try_eval) returns; and when the kernel itself panics.
    #[inline]
    #[track_caller]
    pub fn eval(self) -> Reduced<T, A, S> {
        match self.try_eval() {
            Ok(result) => result,
            Err(error) => error.panic(),
        }
    }

    /// [`eval`](Reduction::eval) that returns an error instead of panicking.
    ///
    /// # Errors
    /// When an axis is not there or named twice, the mask does not broadcast to the operand's shape, there is nothing to reduce
    /// and no identity or initial value, or several axes are named for a kernel that goes in order.
    ///
    /// # Panics
    /// When the kernel itself panics.
    pub fn try_eval(self) -> Result<Reduced<T, A, S>, Error> {
        let (input, mask) = (self.operand.strided().view(), self.mask.view());
        if let Some(len) = self.short_len(&input, mask.is_some()) {
            let mut result = <S::Kind as Kind>::uninit::<T>(&[], &[]);
            let output = <S::Kind as Kind>::view::<T>(&mut result).ptr();
            // SAFETY: the elements are contiguous; the result is one, and written before it is taken to be there.
            return unsafe {
                self.reducer(None).contiguous(input.ptr(), len, output);
                Ok(<S::Kind as Kind>::assume_init::<T>(result))
            };
        }
        let reduced = self.reduced_axes(&input, mask.as_ref())?;
        let shape = result_shape(input.shape(), &reduced, self.keepdims);
        let order = result_order(&input, &reduced, self.keepdims);
        let mut result = <S::Kind as Kind>::uninit::<T>(&shape, &order);
        // SAFETY: the result's memory is new; it has an element for every result.
        unsafe { self.run(&input, mask.as_ref(), &reduced, &<S::Kind as Kind>::view::<T>(&mut result)) };
        // SAFETY: `run` has written every result.
        Ok(unsafe { <S::Kind as Kind>::assume_init::<T>(result) })
    }

    /// Runs the reduction and writes its results to a target of their shape.
    ///
    /// # Panics
    /// With the message of the [`Error`] that [`try_into`](Reduction::try_into) returns; the target is then unchanged. Also
    /// when the kernel itself panics.
    #[inline]
    #[track_caller]
    pub fn into<O: Target<T>>(self, target: O) {
        if let Err(error) = self.try_into(target) {
            error.panic()
        }
    }

    /// [`into`](Reduction::into) that returns an error instead of panicking.
    ///
    /// # Errors
    /// As for [`try_eval`](Reduction::try_eval), and when the target has another shape than the result. Nothing is written then.
    ///
    /// # Panics
    /// When the kernel itself panics.
    pub fn try_into<O: Target<T>>(self, mut target: O) -> Result<(), Error> {
        let (input, mask) = (self.operand.strided().view(), self.mask.view());
        let output = target.strided_mut().view();
        if output.shape().is_empty()
            && let Some(len) = self.short_len(&input, mask.is_some())
        {
            // SAFETY: the elements are contiguous; the target is one, and borrowed mutably.
            unsafe { self.reducer(None).contiguous(input.ptr(), len, output.ptr()) };
            return Ok(());
        }
        let reduced = self.reduced_axes(&input, mask.as_ref())?;
        check_output(K::NAME, &output, &result_shape(input.shape(), &reduced, self.keepdims))?;
        // SAFETY: the target is borrowed mutably, and has the results' shape.
        unsafe { self.run(&input, mask.as_ref(), &reduced, &output) };
        Ok(())
    }

    /// The kernel's reducer, with this result of a sequence without elements unless there is an initial value.
    fn reducer<'r>(&'r self, identity: Option<&'r [u8]>) -> Reducer<'r> {
        let level = self.level.unwrap_or_else(Level::current);
        Reducer::new(FoldLoops::of::<K, G, T>(), level, self.initial.as_ref().map(bytes), identity)
    }

    /// How many elements the one sequence has that is reduced to a single value, where they are contiguous and no more than a
    /// block: planning such a reduction would take most of its time.
    #[inline]
    fn short_len(&self, input: &View<'_>, is_masked: bool) -> Option<usize> {
        let shape = input.shape();
        let is_whole = match (self.axes.as_deref(), shape) {
            (None, _) | (Some([0 | -1]), [_]) => !self.keepdims,
            _ => false,
        };
        if !K::REORDERABLE || !is_whole || is_masked || !(input.is_c_order() || input.is_f_order()) {
            return None;
        }
        let len = shape.iter().product();
        (1..=block(size_of::<T>())).contains(&len).then_some(len)
    }

    /// Which axes are reduced, if nothing stands against it.
    fn reduced_axes(&self, input: &View<'_>, mask: Option<&View<'_>>) -> Result<PerAxis<bool>, Error> {
        let (name, shape) = (K::NAME, input.shape());
        let reduced = axis::flags(name, self.axes.as_deref(), shape)?;
        if !K::REORDERABLE && reduced.iter().filter(|reduced| **reduced).count() > 1 {
            return Err(Error::new(
                ErrorKind::NotReorderable,
                format!(
                    "{name}: its operands have an order, so it reduces one axis at a time, not several of {shape:?}; a kernel \
                     whose operands have none says so by `identity = ..` or `identity = reorderable`"
                ),
            ));
        }
        if let Some(mask) = mask
            && !broadcasts_to(mask.shape(), shape)
        {
            let message =
                format!("{name}: the mask has shape {:?}, which does not broadcast to {shape:?}", mask.shape());
            return Err(Error::new(ErrorKind::MaskShape, message));
        }
        if self.initial.is_none() && K::identity().is_none() {
            let lengths = |flag: bool| {
                shape.iter().zip(&reduced[..]).filter(move |(_, reduced)| **reduced == flag).map(|(len, _)| *len)
            };
            if mask.is_some() || lengths(true).any(|len| len == 0) && lengths(false).all(|len| len > 0) {
                let what = if mask.is_some() { "under a mask there may be no element" } else { "there is no element" };
                return Err(Error::new(
                    ErrorKind::NoIdentity,
                    format!(
                        "{name}: {what} to reduce of shape {shape:?}, and it has no identity: give an `initial` value"
                    ),
                ));
            }
        }
        Ok(reduced)
    }

    /// # Safety
    /// The axes are what [`reduced_axes`](Self::reduced_axes) has found for these views. The output has the results' shape, and
    /// is the only access to its memory.
    unsafe fn run(&self, input: &View<'_>, mask: Option<&View<'_>>, reduced: &[bool], output: &View<'_>) {
        let size = size_of::<T>() as isize;
        let masks: PerAxis<isize> = match mask {
            Some(mask) => mask_strides(mask, input.shape()),
            None => input.shape().iter().map(|_| 0).collect(),
        };
        let mut results = output.strides().iter();
        let mut layout = Layout::new();
        for (axis, len) in input.shape().iter().enumerate() {
            let stride = if reduced[axis] && !self.keepdims { None } else { results.next() };
            let steps = Steps {
                len: *len,
                input: input.strides()[axis] * size,
                mask: masks[axis],
                output: stride.map_or(0, |stride| stride * size),
            };
            if reduced[axis] { layout.reduced.push(Steps { output: 0, ..steps }) } else { layout.kept.push(steps) }
        }
        layout.arrange(K::REORDERABLE);
        let identity = K::identity();
        let mut reducer = self.reducer(identity.as_ref().map(|identity| bytes(&identity.0)));
        if self.level.is_none() {
            let len = layout.results().saturating_mul(layout.reduced.iter().map(|axis| axis.len).product());
            reducer.expect(FoldLoops::of::<K, G, T>(), Level::current(), len.saturating_mul(size_of::<T>()));
        }
        let bases = Bases {
            input: input.ptr(),
            mask: mask.map_or(std::ptr::null(), |mask| mask.ptr().cast_const()),
            output: output.ptr(),
        };
        // SAFETY: the views are of these types and the steps theirs; `reduced_axes` has found that empty sequences have a value.
        unsafe { reducer.reduce(bases, &layout, self.parallel.then_some(self.min_len)) };
    }
}

/// A value's bytes.
pub(super) fn bytes<T: Element>(value: &T) -> &[u8] {
    // SAFETY: elements are numbers and bools, without padding.
    unsafe { std::slice::from_raw_parts(std::ptr::from_ref(value).cast(), size_of::<T>()) }
}

/// The shape of the results.
fn result_shape(shape: &[usize], reduced: &[bool], keepdims: bool) -> PerAxis<usize> {
    let axes = shape.iter().zip(reduced);
    axes.filter(|(_, reduced)| keepdims || !**reduced).map(|(len, reduced)| if *reduced { 1 } else { *len }).collect()
}

/// The results' axes from the outermost to the innermost in memory, as the operand's lie.
fn result_order(input: &View<'_>, reduced: &[bool], keepdims: bool) -> PerAxis<usize> {
    let axes = input.strides().iter().zip(reduced).filter(|(_, reduced)| keepdims || !**reduced);
    let reach: PerAxis<usize> =
        axes.map(|(stride, reduced)| if *reduced { 0 } else { stride.unsigned_abs() }).collect();
    let mut order: PerAxis<usize> = (0..reach.len()).collect();
    order.sort_by_key(|axis| std::cmp::Reverse(reach[*axis]));
    if order.is_sorted() { PerAxis::new() } else { order }
}

/// Whether results can be written there.
pub(super) fn check_output(name: &str, output: &View<'_>, shape: &[usize]) -> Result<(), Error> {
    let own = output.shape();
    if own != shape {
        let message = format!("{name}: the output has shape {own:?}, but the result has {shape:?}");
        return Err(Error::new(ErrorKind::OutputShape, message));
    }
    let mut axes = own.iter().zip(output.strides());
    if let Some(axis) = axes.position(|(len, stride)| *len > 1 && *stride == 0)
        && !own.contains(&0)
    {
        let message = format!("{name}: the output has shape {own:?}, and all of axis {axis} is the same memory");
        return Err(Error::new(ErrorKind::OutputOverlap, message));
    }
    Ok(())
}

impl<K: Kernel<G>, G, T, A, S, M> std::fmt::Debug for Reduction<K, G, T, A, S, M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reduction")
            .field("kernel", &K::NAME)
            .field("axes", &self.axes.as_deref())
            .field("keepdims", &self.keepdims)
            .field("parallel", &self.parallel)
            .finish_non_exhaustive()
    }
}
