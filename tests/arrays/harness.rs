//! Calls a function with arrays of every length and layout, at every level, and its scalar twin beside it. What is
//! compared is the result and all memory around the arrays that are written.

use std::sync::OnceLock;

use ndarray::{Array, ArrayView, ArrayViewMut, Axis, Dimension, Ix1, Ix2, Ix3, Slice};
use ufunc::Level;

use crate::data::{Random, Sample};

/// How an array lies in its buffer, which has elements before, behind and between those of the array.
#[derive(Clone, Copy, Debug)]
pub enum Layout {
    /// In order, with gaps before each row only.
    Rows,
    /// In order, with nothing between.
    Dense,
    /// Column-major, with nothing between.
    Columns,
    /// Every |s|-th element of each axis, backwards if negative.
    Stride(isize),
    /// The last axis backwards, in column-major order.
    TurnedColumns,
}

const LAYOUTS: [Layout; 7] = [
    Layout::Dense,
    Layout::Rows,
    Layout::Stride(2),
    Layout::Stride(-1),
    Layout::Columns,
    Layout::Stride(-3),
    Layout::TurnedColumns,
];

/// An array in a buffer of its own.
#[derive(Clone, Debug)]
pub struct Placed<T, D: Dimension> {
    buffer: Array<T, D>,
    shape: D,
    layout: Layout,
}

impl<T: Sample, D: Dimension> Placed<T, D> {
    fn new(shape: D, layout: Layout, mut value: impl FnMut() -> T) -> Self {
        let mut outer = shape.clone();
        for axis in 0..shape.ndim() {
            outer[axis] = match layout {
                Layout::Dense | Layout::Columns => shape[axis],
                Layout::Rows | Layout::TurnedColumns => shape[axis] + 3,
                Layout::Stride(s) => shape[axis] * s.unsigned_abs() + 2,
            };
        }
        let buffer = match layout {
            Layout::Columns | Layout::TurnedColumns => {
                let reversed: Vec<usize> = (0..outer.ndim()).rev().collect();
                let mut turned = D::zeros(outer.ndim());
                for (k, axis) in reversed.iter().enumerate() {
                    turned[k] = outer[*axis];
                }
                let mut axes = D::zeros(outer.ndim());
                for (k, axis) in reversed.iter().enumerate() {
                    axes[k] = *axis;
                }
                Array::from_elem(turned, T::GUARD).permuted_axes(axes)
            }
            _ => Array::from_elem(outer, T::GUARD),
        };
        let mut placed = Self { buffer, shape, layout };
        placed.view_mut().map_inplace(|element| *element = value());
        placed
    }

    fn slice_of(&self, axis: usize) -> Slice {
        let (n, last) = (self.shape[axis] as isize, self.shape.ndim() - 1);
        match self.layout {
            Layout::Dense | Layout::Columns => Slice::from(..),
            Layout::TurnedColumns if axis == last => Slice::new(1, Some(1 + n), -1),
            Layout::Rows | Layout::TurnedColumns => Slice::from(1..1 + n),
            Layout::Stride(s) => Slice::new(1, Some(1 + n * s.abs()), s),
        }
    }

    pub fn view(&self) -> ArrayView<'_, T, D> {
        let mut view = self.buffer.view();
        for axis in 0..self.shape.ndim() {
            view.slice_axis_inplace(Axis(axis), self.slice_of(axis));
        }
        view
    }

    pub fn view_mut(&mut self) -> ArrayViewMut<'_, T, D> {
        let slices: Vec<Slice> = (0..self.shape.ndim()).map(|axis| self.slice_of(axis)).collect();
        let mut view = self.buffer.view_mut();
        for (axis, slice) in slices.into_iter().enumerate() {
            view.slice_axis_inplace(Axis(axis), slice);
        }
        view
    }

    /// The same with other elements.
    pub fn map(&self, mut of: impl FnMut(T) -> T) -> Self {
        let mut mapped = self.clone();
        mapped.view_mut().map_inplace(|element| *element = of(*element));
        mapped
    }

    /// The elements and all around them.
    pub fn memory(&self) -> &[T] {
        self.buffer.as_slice_memory_order().expect("the whole buffer")
    }
}

impl<T: Sample> Placed<T, Ix1> {
    /// The elements, which lie in order.
    pub fn slice(&self) -> &[T] {
        let from = if matches!(self.layout, Layout::Dense) { 0 } else { 1 };
        &self.memory()[from..from + self.shape[0]]
    }

    pub fn slice_mut(&mut self) -> &mut [T] {
        let from = if matches!(self.layout, Layout::Dense) { 0 } else { 1 };
        let n = self.shape[0];
        &mut self.buffer.as_slice_mut().expect("the whole buffer")[from..from + n]
    }
}

/// One call: a level and a length, and where the arrays for it come from.
pub struct Case {
    pub level: Level,
    pub n: usize,
    pub random: Random,
    layout: usize,
    /// Of how many values one is an edge; 0 for none.
    edges: usize,
}

impl Case {
    fn value<T: Sample>(random: &mut Random, edges: usize) -> T {
        if edges > 0 && random.below(edges) == 0 { T::edge(random) } else { T::plain(random) }
    }

    fn placed<T: Sample, D: Dimension>(&mut self, shape: D, layout: Layout) -> Placed<T, D> {
        let edges = self.edges;
        Placed::new(shape, layout, || Self::value(&mut self.random, edges))
    }

    fn next_layout(&mut self) -> Layout {
        self.layout = self.layout * 3 + 1;
        LAYOUTS[self.layout / 2 % LAYOUTS.len()]
    }

    /// A slice, with something before and behind it.
    pub fn slice<T: Sample>(&mut self, n: usize) -> Placed<T, Ix1> {
        self.placed(Ix1(n), Layout::Rows)
    }

    /// A slice of what a function makes of its indices.
    pub fn slice_of<T: Sample>(&mut self, n: usize, mut value: impl FnMut(&mut Random, usize) -> T) -> Placed<T, Ix1> {
        let mut i = 0..n;
        Placed::new(Ix1(n), Layout::Rows, || value(&mut self.random, i.next().expect("as many as the array has")))
    }

    pub fn array<T: Sample>(&mut self, n: usize) -> Placed<T, Ix1> {
        let layout = self.next_layout();
        self.placed(Ix1(n), layout)
    }

    pub fn matrix<T: Sample>(&mut self, rows: usize, columns: usize) -> Placed<T, Ix2> {
        let layout = self.next_layout();
        self.placed(Ix2(rows, columns), layout)
    }

    pub fn cube<T: Sample>(&mut self, shape: (usize, usize, usize)) -> Placed<T, Ix3> {
        let layout = self.next_layout();
        self.placed(Ix3(shape.0, shape.1, shape.2), layout)
    }
}

/// Every length up to 70, where each level has whole gangs and parts of one, and a few with many gangs.
pub fn lengths() -> Vec<usize> {
    (0..71).chain([100, 257, 1000]).collect()
}

pub fn levels() -> impl Iterator<Item = Level> {
    Level::ALL.into_iter().filter(|level| level.is_available())
}

/// Runs a check for all lengths and levels, the layouts in turn, with edge values in every third case.
pub fn check(lengths: impl IntoIterator<Item = usize>, edges: bool, case: impl Fn(&mut Case)) {
    let lengths: Vec<usize> = lengths.into_iter().collect();
    for level in levels() {
        for (k, n) in lengths.iter().enumerate() {
            let edges = if edges && k % 3 != 0 { 2 + k % 9 } else { 0 };
            for layout in [k, k + 5] {
                let random = Random::new((k * 31 + layout) as u64);
                case(&mut Case { level, n: *n, random, layout: layout % 14, edges });
            }
        }
    }
}

/// Pools of one, two and seven threads.
pub fn pools() -> &'static [rayon::ThreadPool; 3] {
    static POOLS: OnceLock<[rayon::ThreadPool; 3]> = OnceLock::new();
    POOLS.get_or_init(|| {
        [1, 2, 7].map(|threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start"))
    })
}

/// Calls the twin and then the function, with the arguments as they are written, and compares results and memory bit by bit.
macro_rules! exact {
    ($case:ident, $f:ident($($arg:expr),* $(,)?) $(writes $($out:ident),+)?) => {{
        let twin = crate::harness::run!($f::scalar($($arg),*) $(writes $($out),+)?);
        let lanes = crate::harness::run!($f::at($case.level, $($arg),*) $(writes $($out),+)?);
        crate::harness::hold(stringify!($f), $case, "the twin", &twin, &lanes, crate::same::Outcome::same(&twin, &lanes));
        if $case.level == ufunc::Level::current() {
            // A plain call may take the registers of another level.
            let called = crate::harness::run!(call $f($($arg),*) $(writes $($out),+)?);
            let same = crate::same::Outcome::same(&twin, &called);
            crate::harness::hold(stringify!($f), $case, "the twin by a plain call", &twin, &called, same);
        }
    }};
}

/// Calls the function: near the twin, the same on all levels and for all numbers of threads. Where math functions are called
/// (`math`), only levels with FMA are the same.
macro_rules! near {
    ($case:ident, $tolerance:expr, $kind:ident, $f:ident($($arg:expr),* $(,)?) $(writes $($out:ident),+)?) => {{
        let twin = crate::harness::run!($f::scalar($($arg),*) $(writes $($out),+)?);
        let lanes = crate::harness::run!($f::at($case.level, $($arg),*) $(writes $($out),+)?);
        let near = crate::same::Outcome::near(&twin, &lanes, $tolerance);
        crate::harness::hold(stringify!($f), $case, "near the twin", &twin, &lanes, near);
        if $case.level.has_fma() || !crate::harness::$kind {
            let model = crate::harness::run!($f::at(ufunc::Level::Scalar, $($arg),*) $(writes $($out),+)?);
            let same = crate::same::Outcome::same(&model, &lanes);
            crate::harness::hold(stringify!($f), $case, "the same on all levels", &model, &lanes, same);
        }
    }};
}

/// The result of a call and the arrays that it has written, of which it is given copies.
macro_rules! run {
    (call $f:ident($($arg:expr),* $(,)?) $(writes $($out:ident),+)?) => {{
        $($(let mut $out = $out.clone();)+)?
        let result = $f($($arg),*);
        (result, ($($($out,)+)?))
    }};
    ($f:ident::$method:ident($($arg:expr),* $(,)?) $(writes $($out:ident),+)?) => {{
        $($(let mut $out = $out.clone();)+)?
        let result = $f::$method($($arg),*);
        (result, ($($($out,)+)?))
    }};
}
pub(crate) use {exact, near, run};

/// For [`near`]: math functions are called, whose bits depend on FMA.
#[allow(non_upper_case_globals)]
pub const math: bool = true;
/// For [`near`]: no math functions are called.
#[allow(non_upper_case_globals)]
pub const order: bool = false;

#[track_caller]
pub fn hold<T: std::fmt::Debug>(name: &str, case: &Case, what: &str, expected: &T, got: &T, held: bool) {
    assert!(held, "{name} of {} at {}: {what}?\n expected {expected:?}\n got {got:?}", case.n, case.level);
}
