//! [`Run`] and [`RunMut`]: elements side by side, checked once for a whole loop.

use std::marker::PhantomData;

use crate::lanes::{Element, MAX_LANES, Mask, Simd, Vector};

mod sealed {
    pub trait Sealed {}
}

/// How much of a gang a turn of a loop has: [`Whole`] or [`Part`].
pub trait Portion<S: Simd>: Copy + sealed::Sealed {
    /// Whether it has all lanes.
    const WHOLE: bool;
    /// The lanes that it has.
    fn mask(self, simd: S) -> Mask<S>;
    /// How many those are.
    fn lanes(self) -> usize;
}

/// All lanes.
#[derive(Clone, Copy, Debug)]
pub struct Whole;

/// The first lanes: what is left of a loop after its whole gangs.
#[derive(Clone, Copy, Debug)]
pub struct Part(usize);

impl Part {
    /// The first `left` lanes.
    ///
    /// # Panics
    /// When no gang has so many.
    #[inline(always)]
    pub fn new(left: usize) -> Self {
        assert!(left < MAX_LANES, "no part of a gang has {left} lanes");
        Self(left)
    }
}

impl sealed::Sealed for Whole {}
impl sealed::Sealed for Part {}

impl<S: Simd> Portion<S> for Whole {
    const WHOLE: bool = true;

    #[inline(always)]
    fn mask(self, simd: S) -> Mask<S> {
        Mask::full(simd)
    }

    #[inline(always)]
    fn lanes(self) -> usize {
        S::LANES
    }
}

impl<S: Simd> Portion<S> for Part {
    const WHOLE: bool = false;

    #[inline(always)]
    fn mask(self, simd: S) -> Mask<S> {
        Mask::with_bits(simd, (1 << self.0) - 1)
    }

    #[inline(always)]
    fn lanes(self) -> usize {
        self.0
    }
}

/// Elements side by side, to be read.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a, T> {
    base: *const T,
    count: usize,
    elements: PhantomData<&'a T>,
}

/// Elements side by side, to be read and written. Several may overlap: it stays on one thread.
#[derive(Clone, Copy, Debug)]
pub struct RunMut<'a, T> {
    base: *mut T,
    count: usize,
    elements: PhantomData<&'a T>,
}

/// Whether a run holds `lanes` elements from `done` on.
#[track_caller]
#[inline(always)]
fn check(count: usize, done: usize, lanes: usize) {
    if done > count || count - done < lanes {
        beyond(count, done, lanes);
    }
}

#[track_caller]
#[cold]
#[inline(never)]
fn beyond(count: usize, done: usize, lanes: usize) -> ! {
    panic!("a run of {count} elements has no {lanes} from {done} on")
}

/// # Safety
/// `from` is valid for reads of the portion's lanes.
#[inline(always)]
unsafe fn load<T: Element, S: Simd, P: Portion<S>>(simd: S, from: *const T, portion: P) -> Vector<T, S> {
    // SAFETY: the caller vouches for the lanes that are read.
    unsafe { if P::WHOLE { Vector::load(simd, from) } else { Vector::load_masked(from, portion.mask(simd)) } }
}

impl<T: Element> Run<'_, T> {
    /// # Safety
    /// `base` is valid for reads of `count` elements for the run's lifetime, on the thread that it is made on.
    #[inline(always)]
    pub(super) unsafe fn new(base: *const T, count: usize) -> Self {
        Self { base, count, elements: PhantomData }
    }

    /// The elements from `done` on, as many as the portion has lanes. Of a part the other lanes read nothing and hold 0.
    ///
    /// # Panics
    /// When there are not so many.
    #[track_caller]
    #[inline(always)]
    pub fn load<S: Simd, P: Portion<S>>(&self, simd: S, done: usize, portion: P) -> Vector<T, S> {
        check(self.count, done, portion.lanes());
        // SAFETY: so many elements are there.
        unsafe { load(simd, self.base.add(done), portion) }
    }
}

impl<T: Element> RunMut<'_, T> {
    /// # Safety
    /// `base` is valid for reads and writes of `count` elements for the run's lifetime, on the thread that it is made on.
    #[inline(always)]
    pub(super) unsafe fn new(base: *mut T, count: usize) -> Self {
        Self { base, count, elements: PhantomData }
    }

    /// The elements from `done` on, as many as the portion has lanes. Of a part the other lanes read nothing and hold 0.
    ///
    /// # Panics
    /// When there are not so many.
    #[track_caller]
    #[inline(always)]
    pub fn load<S: Simd, P: Portion<S>>(&self, simd: S, done: usize, portion: P) -> Vector<T, S> {
        check(self.count, done, portion.lanes());
        // SAFETY: so many elements are there.
        unsafe { load(simd, self.base.add(done), portion) }
    }

    /// Replaces the elements from `done` on, in those lanes of the portion that are on.
    ///
    /// # Panics
    /// When there are not as many elements as the portion has lanes.
    #[track_caller]
    #[inline(always)]
    pub fn store<S: Simd, P: Portion<S>>(&self, done: usize, portion: P, mask: Mask<S>, value: Vector<T, S>) {
        check(self.count, done, portion.lanes());
        let simd = mask.simd();
        // SAFETY: so many elements are there, and no other thread writes them, so that those whose lanes are off may be
        // written back.
        unsafe {
            let to = self.base.add(done);
            if P::WHOLE {
                Vector::select(mask, value, Vector::load(simd, to)).store(to);
            } else {
                value.store_masked(to, mask & portion.mask(simd));
            }
        }
    }

    /// Replaces the elements from `done` on, in all lanes of the portion.
    ///
    /// # Panics
    /// When there are not so many.
    #[track_caller]
    #[inline(always)]
    pub fn store_all<S: Simd, P: Portion<S>>(&self, done: usize, portion: P, value: Vector<T, S>) {
        check(self.count, done, portion.lanes());
        // SAFETY: so many elements are there.
        unsafe {
            let to = self.base.add(done);
            if P::WHOLE { value.store(to) } else { value.store_masked(to, portion.mask(value.simd())) }
        }
    }
}
