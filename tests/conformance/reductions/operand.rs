//! Operands as `make.py` makes them: elements by formula, in a layout.

use ndarray::{Array, ArrayD, IxDyn, ShapeBuilder, Slice};
use ufunc::lanes::Element;

/// An element type of the cases.
pub(crate) trait Sample: Element {
    /// Element `i` of `n`.
    fn sample(kind: &str, i: usize, n: usize) -> Self;
    fn one() -> Self;
    /// Whether the word is this number; any NaN is NaN.
    fn is(self, word: &str) -> bool;
}

/// From -50 or from 0 to 100.
fn counted(i: usize) -> i64 {
    ((i * 37 + 11) % 101) as i64
}

macro_rules! integers {
    ($($t:ident)*) => {$(
        impl Sample for $t {
            fn sample(kind: &str, i: usize, _: usize) -> Self {
                let (count, is_signed) = (counted(i), $t::MIN != 0);
                (match kind {
                    "quarters" => count - if is_signed { 50 } else { 0 },
                    "powers" => [1, 3, -1, 7, 2, 1][i % 6],
                    "special" => count,
                    "small" => count % 6 + 1,
                    "large" => count * 1009 + 7 - if is_signed { 30000 } else { 0 },
                    _ => panic!("no values `{kind}`"),
                }) as $t
            }
            fn one() -> Self {
                1
            }
            fn is(self, word: &str) -> bool {
                word.parse() == Ok(self)
            }
        }
    )*};
}

integers! { i8 i16 i32 i64 u8 u32 u64 }

macro_rules! floats {
    ($($t:ident)*) => {$(
        impl Sample for $t {
            fn sample(kind: &str, i: usize, n: usize) -> Self {
                let count = counted(i) as $t;
                match kind {
                    "quarters" => count / 4.0 - 12.0,
                    "powers" => [1.0, 2.0, 1.0, -1.0, 0.5, 1.0, -2.0, 0.25][i % 8],
                    // The last of these rules that holds.
                    "special" if n > 5 && i % 17 == 6 => $t::NEG_INFINITY,
                    "special" if n > 5 && i % 11 == 3 => $t::INFINITY,
                    "special" if n > 5 && i % 13 == 4 => $t::NAN,
                    "special" => count,
                    "small" => count % 6.0 + 1.0,
                    "large" => count * 1009.0 + 7.0,
                    _ => panic!("no values `{kind}`"),
                }
            }
            fn one() -> Self {
                1.0
            }
            fn is(self, word: &str) -> bool {
                match word {
                    "nan" => self.is_nan(),
                    word => word.parse::<$t>().is_ok_and(|expected| expected == self),
                }
            }
        }
    )*};
}

floats! { f32 f64 }

impl Sample for bool {
    fn sample(_: &str, i: usize, n: usize) -> Self {
        (i * 7 + n) % 5 < 3
    }
    fn one() -> Self {
        true
    }
    fn is(self, word: &str) -> bool {
        word == if self { "1" } else { "0" }
    }
}

/// An array's memory, and how to look at it.
pub(crate) struct Operand<T> {
    pub(crate) memory: ArrayD<T>,
    slices: Vec<Slice>,
    /// The shape that the memory is repeated to.
    repeated: Option<Vec<usize>>,
}

impl<T: Copy> Operand<T> {
    pub(crate) fn view(&self) -> ndarray::ArrayViewD<'_, T> {
        let view = self.memory.slice_each_axis(|axis| self.slices[axis.axis.index()]);
        match &self.repeated {
            Some(shape) => self.memory.broadcast(IxDyn(shape)).expect("the memory is repeated"),
            None => view,
        }
    }

    pub(crate) fn view_mut(&mut self) -> ndarray::ArrayViewMutD<'_, T> {
        assert!(self.repeated.is_none(), "repeated memory is not written to");
        self.memory.slice_each_axis_mut(|axis| self.slices[axis.axis.index()])
    }
}

/// The array of this shape with such elements, in a layout.
pub(super) fn operand<T: Sample>(kind: &str, shape: &[usize], layout: &str) -> Operand<T> {
    let len = shape.iter().product();
    laid(
        &ArrayD::from_shape_vec(IxDyn(shape), (0..len).map(|i| T::sample(kind, i, len)).collect()).expect("as many"),
        layout,
    )
}

/// The array's elements in a layout.
pub(crate) fn laid<T: Sample>(c: &ArrayD<T>, layout: &str) -> Operand<T> {
    let shape = c.shape();
    let whole = vec![Slice::from(..); shape.len()];
    let by_step = |step: isize| {
        let wide: Vec<usize> = shape.iter().map(|len| len * step.unsigned_abs()).collect();
        let slices = vec![Slice::new(0, None, step); shape.len()];
        let mut memory = Array::from_elem(IxDyn(&wide), T::default());
        memory.slice_each_axis_mut(|axis| slices[axis.axis.index()]).assign(c);
        Operand { memory, slices, repeated: None }
    };
    match layout {
        "strided" => by_step(2),
        "reversed" => by_step(-1),
        "f" => {
            let mut memory = Array::from_elem(IxDyn(shape).f(), T::default());
            memory.assign(c);
            Operand { memory, slices: whole, repeated: None }
        }
        "swapped" if shape.len() > 1 => {
            let mut swapped = c.view();
            swapped.swap_axes(0, 1);
            let mut memory = swapped.as_standard_layout().into_owned();
            memory.swap_axes(0, 1);
            Operand { memory, slices: whole, repeated: None }
        }
        "repeated" if !shape.is_empty() => {
            let one: usize = shape[1..].iter().product();
            let values: Vec<T> = c.iter().copied().take(one).collect();
            // An axis of length zero in front: there is nothing to take.
            let values = if values.len() < one { vec![T::default(); one] } else { values };
            let memory = ArrayD::from_shape_vec(IxDyn(&shape[1..]), values).expect("as many");
            Operand { memory, slices: whole[1..].to_vec(), repeated: Some(shape.to_vec()) }
        }
        "c" | "swapped" | "repeated" => Operand { memory: c.clone(), slices: whole, repeated: None },
        _ => panic!("no layout `{layout}`"),
    }
}

/// A mask by name, for arrays of this shape.
pub(super) fn mask(name: &str, shape: &[usize]) -> ArrayD<bool> {
    match name {
        "checker" => {
            let len = shape.iter().product();
            ArrayD::from_shape_vec(IxDyn(shape), (0..len).map(|i: usize| !(i * 5 + 3).is_multiple_of(3)).collect())
                .expect("as many")
        }
        "row" => match shape.last() {
            Some(len) => Array::from_iter((0..*len).map(|i| i % 2 == 0)).into_dyn(),
            None => ArrayD::from_elem(IxDyn(&[]), true),
        },
        "never" => ArrayD::from_elem(IxDyn(&[]), false),
        _ => panic!("no mask `{name}`"),
    }
}
