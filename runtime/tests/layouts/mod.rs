//! Arrays of every memory order.
#![allow(dead_code, unreachable_pub, reason = "each test file uses some of this")]

use ndarray::{ArrayBase, ArrayD, Axis, IxDyn, Slice};

/// Numbers that are all at least one.
pub fn base(len: usize, seed: u32) -> Vec<f64> {
    (0..len as u32).map(|i| f64::from((i + seed).wrapping_mul(2_654_435_761) >> 12) / 64.0 + 1.0).collect()
}

/// A way to lay out an array.
#[derive(Clone, Copy, Debug)]
pub enum Layout {
    C,
    F,
    Swapped,
    Backwards,
    EverySecond,
    Window,
    /// One axis repeats.
    Repeat(usize),
    /// One axis repeats, the others in Fortran order.
    RepeatF(usize),
    /// Without so many leading axes.
    Trailing(usize),
}
use Layout::*;

/// The layouts that have a place for every element.
pub const WRITABLE: [Layout; 6] = [C, F, Swapped, Backwards, EverySecond, Window];

impl Layout {
    pub fn all(ndim: usize) -> impl Iterator<Item = Layout> {
        WRITABLE.into_iter().chain((0..ndim).flat_map(|axis| [Repeat(axis), RepeatF(axis), Trailing(axis + 1)]))
    }

    /// The memory for an array of this shape.
    pub fn memory(self, shape: &[usize], seed: u32) -> ArrayD<f64> {
        let mut shape = shape.to_vec();
        match self {
            C | Backwards => {}
            F => shape.reverse(),
            Swapped if shape.len() < 2 => {}
            Swapped => shape.swap(0, 1),
            EverySecond => shape.iter_mut().for_each(|len| *len *= 2),
            Window => shape.iter_mut().for_each(|len| *len += 1),
            Repeat(axis) => shape[axis] = 1,
            RepeatF(axis) => {
                shape[axis] = 1;
                shape.reverse();
            }
            Trailing(axes) => shape.drain(..axes).for_each(drop),
        }
        let values = base(shape.iter().product(), seed);
        ArrayD::from_shape_vec(IxDyn(&shape), values).unwrap()
    }

    pub fn view<S: ndarray::RawData>(self, mut array: ArrayBase<S, IxDyn>) -> ArrayBase<S, IxDyn>
    where
        S::Elem: Sized,
    {
        match self {
            C | Repeat(_) | Trailing(_) => {}
            F | RepeatF(_) => array = array.reversed_axes(),
            Swapped if array.ndim() < 2 => {}
            Swapped => array.swap_axes(0, 1),
            Backwards => (0..array.ndim()).for_each(|axis| array.invert_axis(Axis(axis))),
            EverySecond => {
                for axis in 0..array.ndim() {
                    let start = (axis % 2).min(array.len_of(Axis(axis)));
                    array.slice_axis_inplace(Axis(axis), Slice::new(start as isize, None, 2));
                }
            }
            Window => (0..array.ndim()).for_each(|axis| array.slice_axis_inplace(Axis(axis), Slice::from(1..))),
        }
        array
    }
}

/// Shapes without axes, without elements, and around whole gangs.
pub const SHAPES: [&[usize]; 14] = [
    &[],
    &[1],
    &[0],
    &[70],
    &[5, 7],
    &[1, 9],
    &[9, 1],
    &[3, 200],
    &[200, 3],
    &[3, 0, 2],
    &[3, 4, 5],
    &[2, 150, 3],
    &[2, 1, 130],
    &[2, 3, 2, 3, 2],
];
