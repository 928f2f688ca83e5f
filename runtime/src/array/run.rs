//! [`Run`] and [`RunMut`]: elements side by side, checked once for a whole loop.

use std::marker::PhantomData;

use crate::lanes::{Element, MAX_LANES, Mask, Simd, Vector};

mod sealed {
    pub trait Sealed {}
}

/// How much of a gang a turn of a loop has: [`Whole`], [`Part`] or [`Within`].
pub trait Portion<S: Simd>: Copy + sealed::Sealed {
    /// Whether it has all lanes.
    const WHOLE: bool;
    /// The lanes that it has.
    fn mask(self, simd: S) -> Mask<S>;
    /// How many those are.
    fn lanes(self) -> usize;
    /// How many lanes come before those: the first that the portion has is that of the turn.
    #[inline(always)]
    fn skipped(self) -> usize {
        0
    }
    /// `new` in the lanes that it has, `old` in the others.
    fn blend<T: Element>(self, new: Vector<T, S>, old: Vector<T, S>) -> Vector<T, S>;
}

/// All lanes.
#[derive(Clone, Copy, Debug)]
pub struct Whole;

/// The first lanes, or all: what is left of a loop after its whole gangs.
#[derive(Clone, Copy, Debug)]
pub struct Part(usize);

impl Part {
    /// The first `left` lanes.
    ///
    /// # Panics
    /// When no gang has so many.
    #[inline(always)]
    pub fn new(left: usize) -> Self {
        assert!(left <= MAX_LANES, "no part of a gang has {left} lanes");
        Self(left)
    }
}

/// Lanes one after the other, of which the first need not be the gang's.
#[derive(Clone, Copy, Debug)]
pub struct Within {
    skipped: usize,
    lanes: usize,
}

impl Within {
    /// `lanes` lanes, after as many as are skipped.
    ///
    /// # Panics
    /// When no gang has so many.
    #[inline(always)]
    pub fn new(skipped: usize, lanes: usize) -> Self {
        assert!(
            skipped <= MAX_LANES && lanes <= MAX_LANES - skipped,
            "no gang has {lanes} lanes after {skipped} that are skipped"
        );
        Self { skipped, lanes }
    }
}

impl sealed::Sealed for Whole {}
impl sealed::Sealed for Part {}
impl sealed::Sealed for Within {}

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

    #[inline(always)]
    fn blend<T: Element>(self, new: Vector<T, S>, _old: Vector<T, S>) -> Vector<T, S> {
        new
    }
}

impl<S: Simd> Portion<S> for Part {
    const WHOLE: bool = false;

    #[inline(always)]
    fn mask(self, simd: S) -> Mask<S> {
        Mask::with_bits(simd, 1_u64.checked_shl(self.0 as u32).unwrap_or(0).wrapping_sub(1))
    }

    #[inline(always)]
    fn lanes(self) -> usize {
        self.0
    }

    #[inline(always)]
    fn blend<T: Element>(self, new: Vector<T, S>, old: Vector<T, S>) -> Vector<T, S> {
        Vector::select(self.mask(new.simd()), new, old)
    }
}

impl<S: Simd> Portion<S> for Within {
    const WHOLE: bool = false;

    #[inline(always)]
    fn mask(self, simd: S) -> Mask<S> {
        // Fewer than 64 lanes are skipped.
        let lanes = 1_u64.checked_shl(self.lanes as u32).unwrap_or(0).wrapping_sub(1);
        Mask::with_bits(simd, lanes.wrapping_shl(self.skipped as u32))
    }

    #[inline(always)]
    fn lanes(self) -> usize {
        self.lanes
    }

    #[inline(always)]
    fn skipped(self) -> usize {
        self.skipped
    }

    #[inline(always)]
    fn blend<T: Element>(self, new: Vector<T, S>, old: Vector<T, S>) -> Vector<T, S> {
        Vector::select(self.mask(new.simd()), new, old)
    }
}

/// How many turns of a loop are done: a `usize`, or [`Done`], which costs no comparison.
pub trait Place: Copy + sealed::Sealed {
    /// The number, if a run of `count` elements has `lanes` from there on.
    fn checked(self, count: usize, lanes: usize) -> Option<usize>;
}

impl sealed::Sealed for usize {}

impl Place for usize {
    #[inline(always)]
    fn checked(self, count: usize, lanes: usize) -> Option<usize> {
        (self <= count && count - self >= lanes).then_some(self)
    }
}

/// How many turns of a loop are done, and never more than it has. The compiler cannot prove of a plain number that it stays below
/// the count; with this, what a loop's condition has asked is all that its loads and stores ask again.
#[derive(Clone, Copy, Debug)]
pub struct Done {
    turns: usize,
    count: usize,
}

impl Done {
    /// None, of a loop of `count` turns.
    #[inline(always)]
    pub fn none(count: usize) -> Self {
        Self { turns: 0, count }
    }

    /// The turns that are done.
    #[inline(always)]
    pub fn turns(self) -> usize {
        self.turns
    }

    /// The turns that are left.
    #[inline(always)]
    pub fn left(self) -> usize {
        // No overflow, by the type's promise.
        self.count.wrapping_sub(self.turns)
    }

    /// So many more, at most all.
    #[inline(always)]
    pub fn advance(&mut self, turns: usize) {
        self.turns = if turns <= self.left() { self.turns.wrapping_add(turns) } else { self.count };
    }
}

impl sealed::Sealed for Done {}

impl Place for Done {
    #[inline(always)]
    fn checked(self, count: usize, lanes: usize) -> Option<usize> {
        (self.count <= count && self.left() >= lanes).then_some(self.turns)
    }
}

/// So many gangs are not worth another one of some lanes.
const FEW: usize = 8;

/// From so many bytes on loads across cache lines' borders take longer than it takes to move accumulators.
const MANY: usize = 16 << 10;

/// How many of `count` elements lie before the first border of a cache line; none if there are fewer elements than the least.
#[inline(always)]
fn lead<T>(base: *const T, count: usize, lanes: usize, least: usize) -> usize {
    const LINE: usize = 64;
    if count < least { 0 } else { base.addr().wrapping_neg() % LINE / size_of::<T>() % lanes }
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

/// The place, from which on a run of `count` elements has those of the portion.
#[track_caller]
#[inline(always)]
fn check(count: usize, done: impl Place, lanes: usize) -> usize {
    match done.checked(count, lanes) {
        Some(done) => done,
        None => beyond(count, lanes),
    }
}

#[track_caller]
#[cold]
#[inline(never)]
fn beyond(count: usize, lanes: usize) -> ! {
    panic!("a run of {count} elements ends before the {lanes} that are asked for")
}

/// # Safety
/// `from` is valid for reads of as many elements as the portion has lanes.
#[inline(always)]
unsafe fn load<T: Element, S: Simd, P: Portion<S>>(simd: S, from: *const T, portion: P) -> Vector<T, S> {
    // SAFETY: the caller vouches for the lanes that are read: of a part, the first that is on reads `from`.
    unsafe {
        if P::WHOLE {
            Vector::load(simd, from)
        } else {
            Vector::load_masked(from.wrapping_sub(portion.skipped()), portion.mask(simd))
        }
    }
}

impl<T: Element> Run<'_, T> {
    /// How many elements lie before the first cache line's border, fewer than `lanes`: none where they are too few to be worth it.
    #[inline(always)]
    pub fn lead(&self, lanes: usize) -> usize {
        lead(self.base, self.count, lanes, FEW * lanes)
    }

    /// [`lead`](Self::lead) where accumulators have to be [`moved`](super::moved) back.
    #[inline(always)]
    pub fn lead_to_move(&self, lanes: usize) -> usize {
        lead(self.base, self.count, lanes, MANY / size_of::<T>())
    }

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
    pub fn load<S: Simd, P: Portion<S>>(&self, simd: S, done: impl Place, portion: P) -> Vector<T, S> {
        let done = check(self.count, done, portion.lanes());
        // SAFETY: so many elements are there.
        unsafe { load(simd, self.base.add(done), portion) }
    }
}

impl<T: Element> RunMut<'_, T> {
    /// How many elements lie before the first cache line's border, fewer than `lanes`: none where they are too few to be worth it.
    #[inline(always)]
    pub fn lead(&self, lanes: usize) -> usize {
        lead(self.base, self.count, lanes, FEW * lanes)
    }

    /// [`lead`](Self::lead) where accumulators have to be [`moved`](super::moved) back.
    #[inline(always)]
    pub fn lead_to_move(&self, lanes: usize) -> usize {
        lead(self.base, self.count, lanes, MANY / size_of::<T>())
    }

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
    pub fn load<S: Simd, P: Portion<S>>(&self, simd: S, done: impl Place, portion: P) -> Vector<T, S> {
        let done = check(self.count, done, portion.lanes());
        // SAFETY: so many elements are there.
        unsafe { load(simd, self.base.add(done), portion) }
    }

    /// Replaces the elements from `done` on, in those lanes of the portion that are on.
    ///
    /// # Panics
    /// When there are not as many elements as the portion has lanes.
    #[track_caller]
    #[inline(always)]
    pub fn store<S: Simd, P: Portion<S>>(&self, done: impl Place, portion: P, mask: Mask<S>, value: Vector<T, S>) {
        let done = check(self.count, done, portion.lanes());
        // SAFETY: so many elements are there, and no other thread writes them, so that those whose lanes are off may be
        // written back.
        unsafe {
            let to = self.base.add(done);
            if P::WHOLE {
                value.store_blended(to, mask);
            } else {
                value.store_masked(to.wrapping_sub(portion.skipped()), mask & portion.mask(mask.simd()));
            }
        }
    }

    /// Replaces the elements from `done` on, in all lanes of the portion.
    ///
    /// # Panics
    /// When there are not so many.
    #[track_caller]
    #[inline(always)]
    pub fn store_all<S: Simd, P: Portion<S>>(&self, done: impl Place, portion: P, value: Vector<T, S>) {
        let done = check(self.count, done, portion.lanes());
        // SAFETY: so many elements are there.
        unsafe {
            let to = self.base.add(done);
            if P::WHOLE {
                value.store(to);
            } else {
                value.store_masked(to.wrapping_sub(portion.skipped()), portion.mask(value.simd()));
            }
        }
    }
}
