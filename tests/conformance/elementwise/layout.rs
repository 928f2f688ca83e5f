//! The operands' layouts: the same views of the same values as `arrange` in `make.py` makes.

use ndarray::{ArcArray, Axis, IxDyn, Slice};

use super::column::{Column, Sample};

/// Operand number `k` of `nin`, a view of values from a set.
pub(super) fn arrange(layout: &str, k: usize, values: &Column, nin: usize) -> Column {
    values.viewed(&Arrange { layout, k, nin })
}

/// A layout of an operand of any type.
pub(super) struct Arrange<'a> {
    layout: &'a str,
    k: usize,
    nin: usize,
}

type Values<T> = ArcArray<T, IxDyn>;

impl Arrange<'_> {
    pub(super) fn of<T: Sample>(&self, values: &Values<T>) -> Values<T> {
        let Self { layout, k, nin } = *self;
        if layout == "outer" {
            let shape: Vec<usize> = (0..nin).map(|axis| if axis == k { values.len() } else { 1 }).collect();
            return reshaped(values.clone(), &shape);
        }
        let repeated: Vec<T> = (0..24).map(|i| values[[(i + 5 * k) % values.len()]]).collect();
        let x = ArcArray::from_vec(repeated).into_dyn();
        let first = |n: isize| sliced(&x, 0, n, 1);
        let one = |i: usize| ArcArray::from_elem(IxDyn(&[]), x[[i]]);
        match (layout, k) {
            ("strided", 0) => sliced(&x, 0, 24, 2),
            ("strided", 1) => first(12),
            ("strided", 2) => sliced(&x, 12, 24, 1),
            ("reversed", 0) => sliced(&x, 0, 12, -1),
            ("reversed", 1) => sliced(&x, 12, 24, 1),
            ("reversed", 2) => sliced(&x, 0, 24, -2),
            ("transposed", 0) => reshaped(first(12), &[4, 3]).reversed_axes(),
            ("transposed", 1) => reshaped(first(3), &[3, 1]),
            ("transposed", 2) => first(4),
            ("cube", 0) => reshaped(first(6), &[2, 1, 3]),
            ("cube", 1) => reshaped(first(4), &[4, 1]),
            ("cube", 2) => first(3),
            ("scalar", 0) if nin > 1 => reshaped(first(12), &[3, 4]),
            ("scalar", _) => one(5),
            ("repeated", 0) => sliced(&x, 3, 4, 1),
            ("repeated", _) => first(3),
            ("empty", 0) => first(0),
            ("empty", _) => one(0),
            _ => panic!("no layout `{layout}` for operand {k}"),
        }
    }

    /// The shape that the operand is broadcast to before the call, where it is.
    pub(super) fn repeated(&self) -> Option<[usize; 2]> {
        (self.layout == "repeated" && self.k == 0).then_some([4, 3])
    }
}

/// `x[start:end]` and then every `step`-th, from the end if it is negative.
fn sliced<T: Sample>(x: &Values<T>, start: isize, end: isize, step: isize) -> Values<T> {
    let mut x = x.clone();
    x.slice_axis_inplace(Axis(0), Slice::new(start, Some(end), step));
    x
}

fn reshaped<T: Sample>(x: Values<T>, shape: &[usize]) -> Values<T> {
    x.into_shape_with_order(shape).expect("as many values").into_dyn()
}
