//! Runs a kernel over lengths, layouts, levels and threads, and holds every element to the scalar
//! twin (kernels without inexact functions) or to one reference run (the others).

use ndarray::{Array, ArrayD, ArrayViewD, Axis, IxDyn, Slice};
use ufunc::Level;

use crate::sample::{Inputs, Random, Sample};

/// How a call is made.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    pub level: Level,
    pub parallel: bool,
}

/// How an operand lies in memory.
#[derive(Clone, Copy, Debug)]
pub enum Layout {
    /// In order.
    C,
    /// In order, this many elements into its buffer.
    Offset(usize),
    /// Every |s|-th element of its buffer's last axis, backwards if negative.
    Stride(isize),
    /// The first element for all.
    Broadcast,
    /// Column-major.
    F,
    /// Every axis backwards, with gaps in the first.
    Gaps,
}

const LAYOUTS: [Layout; 9] = [
    Layout::C,
    Layout::Offset(1),
    Layout::Stride(2),
    Layout::F,
    Layout::Stride(-1),
    Layout::Offset(3),
    Layout::Stride(3),
    Layout::Stride(-2),
    Layout::Gaps,
];

/// An operand's buffer, and how to look at it.
pub struct Placed<T> {
    buffer: ArrayD<T>,
    shape: Vec<usize>,
    layout: Layout,
}

/// Puts values, given in logical order, into a buffer of their own.
pub fn place<T: Sample>(values: &[T], shape: &[usize], layout: Layout) -> Placed<T> {
    let logical = ArrayD::from_shape_vec(IxDyn(shape), values.to_vec()).expect("as many values as the shape has");
    let mut buffer_shape = shape.to_vec();
    let buffer = match layout {
        Layout::C => logical,
        Layout::Broadcast => Array::from_elem(IxDyn(&[]), values[0]),
        Layout::F => {
            let reversed: Vec<usize> = (0..shape.len()).rev().collect();
            let turned = logical.view().permuted_axes(reversed.clone());
            let mut copy = ArrayD::from_elem(turned.raw_dim(), T::default());
            copy.assign(&turned);
            copy.permuted_axes(reversed)
        }
        Layout::Offset(_) | Layout::Stride(_) | Layout::Gaps => {
            match layout {
                Layout::Offset(k) => *buffer_shape.last_mut().expect("an axis") += k,
                Layout::Stride(s) => *buffer_shape.last_mut().expect("an axis") *= s.unsigned_abs(),
                _ => buffer_shape[0] *= 2,
            }
            // What lies between is something that no kernel may see.
            let mut buffer = ArrayD::from_elem(IxDyn(&buffer_shape), T::edges()[0]);
            view_mut(&mut buffer, layout).assign(&logical);
            buffer
        }
    };
    Placed { buffer, shape: shape.to_vec(), layout }
}

fn slice_of(layout: Layout, axis: usize, last: usize) -> Slice {
    match layout {
        Layout::Offset(k) if axis == last => Slice::from(k as isize..),
        Layout::Stride(s) if axis == last => Slice::new(0, None, s),
        Layout::Gaps if axis == 0 => Slice::new(0, None, -2),
        Layout::Gaps => Slice::new(0, None, -1),
        _ => Slice::from(..),
    }
}

fn view_mut<T>(buffer: &mut ArrayD<T>, layout: Layout) -> ndarray::ArrayViewMutD<'_, T> {
    let last = buffer.ndim() - 1;
    let mut view = buffer.view_mut();
    for axis in 0..=last {
        view.slice_axis_inplace(Axis(axis), slice_of(layout, axis, last));
    }
    view
}

impl<T: Sample> Placed<T> {
    pub fn view(&self) -> ArrayViewD<'_, T> {
        match self.layout {
            Layout::C | Layout::F => self.buffer.view(),
            Layout::Broadcast => self.buffer.broadcast(IxDyn(&self.shape)).expect("a scalar broadcasts"),
            layout => {
                let last = self.shape.len() - 1;
                let mut view = self.buffer.view();
                for axis in 0..=last {
                    view.slice_axis_inplace(Axis(axis), slice_of(layout, axis, last));
                }
                view
            }
        }
    }
}

/// Whether a kernel computes what its twin computes, bit for bit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exactness {
    Exact,
    /// It calls inexact functions: the same bits on all levels with FMA.
    Math,
}

/// A kernel under test.
pub struct Subject<'a, I, O> {
    pub name: &'a str,
    pub exactness: Exactness,
    pub twin: &'a dyn Fn(I) -> O,
    /// Places the inputs (in these layouts, in turn) and calls the kernel.
    pub call: &'a dyn Fn(&[I], &[usize], &[Layout], Setting) -> ArrayD<O>,
}

impl<I: Inputs, O: Sample> Subject<'_, I, O> {
    /// What every element must be.
    fn expected(&self, values: &[I]) -> Vec<O> {
        match self.exactness {
            Exactness::Exact => values.iter().map(|v| (self.twin)(*v)).collect(),
            Exactness::Math => {
                let setting = Setting { level: Level::Scalar, parallel: false };
                (self.call)(values, &[values.len()], &[Layout::C], setting).into_iter().collect()
            }
        }
    }

    fn levels(&self) -> impl Iterator<Item = Level> + use<'_, I, O> {
        Level::ALL
            .into_iter()
            .filter(|level| level.is_available())
            .filter(|level| level.has_fma() || self.exactness == Exactness::Exact)
    }

    fn compare(&self, values: &[I], expected: &[O], shape: &[usize], layouts: &[Layout], setting: Setting) {
        let got = (self.call)(values, shape, layouts, setting);
        assert_eq!(got.shape(), shape, "{}: the result's shape", self.name);
        for (i, (got, expected)) in got.iter().zip(expected).enumerate() {
            assert!(
                got.same(*expected),
                "{}{:?} = {expected:?}, but element {i} of {shape:?} in {layouts:?} with {setting:?} is {got:?}",
                self.name,
                values[i],
            );
        }
    }

    /// Everything: lengths, layouts, dimensions, levels, threads.
    pub fn check(&self) {
        let mut random = Random::new(self.name.len() as u64 + 77);
        let values = I::samples(100_000, &mut random);
        let expected = self.expected(&values);
        for level in self.levels() {
            let setting = Setting { level, parallel: false };
            let longest = 4 * lanes(level) + 3;
            for n in 0..=longest {
                let at = (n * 389) % 50_000;
                self.compare(&values[at..at + n], &expected[at..at + n], &[n], &[Layout::C], setting);
            }
            // The model for the others is slow: its long runs say nothing that short ones do not.
            let n = if level == Level::Scalar { 5_000 } else { values.len() };
            for parallel in [false, true] {
                self.compare(&values[..n], &expected[..n], &[n], &[Layout::C], Setting { level, parallel });
            }
            self.layouts(&values, &expected, setting);
            self.broadcast(&values, setting);
        }
    }

    fn layouts(&self, values: &[I], expected: &[O], setting: Setting) {
        for first in 0..LAYOUTS.len() {
            let layouts =
                [LAYOUTS[first], LAYOUTS[(first + 4) % LAYOUTS.len()], LAYOUTS[(first * 2 + 1) % LAYOUTS.len()]];
            for shape in [&[67][..], &[9, 37], &[37, 2], &[3, 5, 19], &[5, 1, 70]] {
                let n: usize = shape.iter().product();
                let at = first * 1000;
                for layouts in [&layouts[..1], &layouts[..]] {
                    self.compare(&values[at..at + n], &expected[at..at + n], shape, layouts, setting);
                }
            }
        }
    }

    fn broadcast(&self, values: &[I], setting: Setting) {
        for at in [0, 500, 901] {
            let n = 150;
            let values: Vec<I> = values[at..at + n].iter().map(|v| v.with_first_of(values[at])).collect();
            let expected = self.expected(&values);
            for shape in [&[n][..], &[6, 25]] {
                self.compare(&values, &expected, shape, &[Layout::Broadcast, Layout::C, Layout::Stride(2)], setting);
            }
        }
    }
}

/// The most lanes that a gang of the level has in any kernel.
fn lanes(level: Level) -> usize {
    match level {
        Level::Scalar | Level::Sse2 => 8,
        Level::Avx2 => 16,
        _ => 64,
    }
}

/// Checks kernels: `name(types) -> type`, with the results' place for several, uniform arguments in
/// brackets, and the signature's type for a kernel with several.
macro_rules! check {
    ($exactness:ident, $test:ident: $($path:ident)::+ [$($types:ty),*] -> $out:ty $(, .$field:tt)? $(, uniform $uniforms:tt)?) => {
        #[test]
        fn $test() {
            check!(@arity $exactness, $($path)::+ [$($types),*] -> $out $(, .$field)? $(, uniform $uniforms)?);
        }
    };
    (@arity $exactness:ident, $($path:ident)::+ [$a:ty] -> $out:ty $(, .$field:tt)? $(, uniform ($($uniforms:expr),*))?) => {
        crate::harness::Subject::<($a,), $out> {
            name: stringify!($($path)::+),
            exactness: crate::harness::Exactness::$exactness,
            twin: &|(a,)| { let out: $out = $($path)::+::scalar(a $($(, $uniforms)*)?) $(.$field)?; out },
            call: &|values, shape, layouts, setting| {
                let at = |k: usize| layouts[k % layouts.len()];
                let a = crate::harness::place::<$a>(&values.iter().map(|v| v.0).collect::<Vec<_>>(), shape, at(0));
                $($path)::+::with(a.view() $($(, $uniforms)*)?)
                    .level(setting.level).parallel(setting.parallel).min_len(1000).eval() $(.$field)?
            },
        }.check()
    };
    (@arity $exactness:ident, $($path:ident)::+ [$a:ty, $b:ty] -> $out:ty $(, .$field:tt)? $(, uniform ($($uniforms:expr),*))?) => {
        crate::harness::Subject::<($a, $b), $out> {
            name: stringify!($($path)::+),
            exactness: crate::harness::Exactness::$exactness,
            twin: &|(a, b)| { let out: $out = $($path)::+::scalar(a, b $($(, $uniforms)*)?) $(.$field)?; out },
            call: &|values, shape, layouts, setting| {
                let at = |k: usize| layouts[k % layouts.len()];
                let a = crate::harness::place::<$a>(&values.iter().map(|v| v.0).collect::<Vec<_>>(), shape, at(0));
                let b = crate::harness::place::<$b>(&values.iter().map(|v| v.1).collect::<Vec<_>>(), shape, at(1));
                $($path)::+::with(a.view(), b.view() $($(, $uniforms)*)?)
                    .level(setting.level).parallel(setting.parallel).min_len(1000).eval() $(.$field)?
            },
        }.check()
    };
    (@arity $exactness:ident, $($path:ident)::+ [$a:ty, $b:ty, $c:ty] -> $out:ty $(, .$field:tt)? $(, uniform ($($uniforms:expr),*))?) => {
        crate::harness::Subject::<($a, $b, $c), $out> {
            name: stringify!($($path)::+),
            exactness: crate::harness::Exactness::$exactness,
            twin: &|(a, b, c)| { let out: $out = $($path)::+::scalar(a, b, c $($(, $uniforms)*)?) $(.$field)?; out },
            call: &|values, shape, layouts, setting| {
                let at = |k: usize| layouts[k % layouts.len()];
                let a = crate::harness::place::<$a>(&values.iter().map(|v| v.0).collect::<Vec<_>>(), shape, at(0));
                let b = crate::harness::place::<$b>(&values.iter().map(|v| v.1).collect::<Vec<_>>(), shape, at(1));
                let c = crate::harness::place::<$c>(&values.iter().map(|v| v.2).collect::<Vec<_>>(), shape, at(2));
                $($path)::+::with(a.view(), b.view(), c.view() $($(, $uniforms)*)?)
                    .level(setting.level).parallel(setting.parallel).min_len(1000).eval() $(.$field)?
            },
        }.check()
    };
}
pub(crate) use check;
