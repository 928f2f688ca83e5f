//! What cannot be reduced says why, and writes nothing.

use ndarray::{Array1, Array2, Axis};
use ufunc::{Error, ErrorKind};

use super::{add, checked, maximum, subtract};

#[track_caller]
fn fails<T: std::fmt::Debug>(result: Result<T, Error>, kind: ErrorKind, message: &str) {
    let error = result.expect_err("it cannot be");
    assert_eq!((error.kind(), error.to_string().as_str()), (kind, message));
}

#[test]
fn errors_name_the_operand_and_what_was_expected() {
    let m = Array2::<f64>::ones((2, 3));
    fails(
        add::reduction(&m).axis(Axis(2)).try_eval(),
        ErrorKind::AxisBounds,
        "add: there is no axis 2: the operand has shape [2, 3]",
    );
    fails(
        add::reduction(&m).axes([-3]).try_eval(),
        ErrorKind::AxisBounds,
        "add: there is no axis -3: the operand has shape [2, 3]",
    );
    fails(
        add::reduction(&m).axes([0, -2]).try_eval(),
        ErrorKind::AxisBounds,
        "add: axis -2 is named twice, for an operand of shape [2, 3]",
    );
    fails(
        add::reduction(&m).mask(&[true, false]).try_eval(),
        ErrorKind::MaskShape,
        "add: the mask has shape [2], which does not broadcast to [2, 3]",
    );
    fails(
        subtract::reduction(&m).try_eval(),
        ErrorKind::NotReorderable,
        "subtract: its operands have an order, so it reduces one axis at a time, not several of [2, 3]; a kernel whose \
         operands have none says so by `identity = ..` or `identity = reorderable`",
    );
    fails(
        maximum::reduction(&Array2::<f64>::zeros((3, 0))).axis(1).try_eval(),
        ErrorKind::NoIdentity,
        "maximum: there is no element to reduce of shape [3, 0], and it has no identity: give an `initial` value",
    );
    fails(
        maximum::reduction(&m).mask(true).try_eval(),
        ErrorKind::NoIdentity,
        "maximum: under a mask there may be no element to reduce of shape [2, 3], and it has no identity: give an `initial` \
         value",
    );
    fails(add::try_accumulate(1.0, 0), ErrorKind::AxisBounds, "add: there is no axis 0: the operand has shape []");
    fails(
        add::try_reduceat(&m, &[0, 2], 0),
        ErrorKind::IndexBounds,
        "add: index 2 (number 1) is beyond the end of axis 0, of length 2",
    );
    let square = Array2::<usize>::zeros((2, 2));
    fails(
        add::try_reduceat(&m, &square, 0),
        ErrorKind::ShapeMismatch,
        "add: the indices have shape [2, 2]: they must have one axis",
    );
}

#[test]
fn nothing_is_written_where_something_is_wrong() {
    let m = Array2::<f64>::ones((2, 3));
    let mut out = Array1::from_elem(2, 7.0);
    fails(
        add::reduction(&m).axis(0).try_into(&mut out),
        ErrorKind::OutputShape,
        "add: the output has shape [2], but the result has [3]",
    );
    fails(
        add::try_at(&mut out, &[0, 2], 1.0),
        ErrorKind::IndexBounds,
        "add: index 2 (number 1) is beyond the end of axis 0, of length 2",
    );
    fails(
        add::try_at(&mut out, &[0, 1], &[1.0, 2.0, 3.0]),
        ErrorKind::ShapeMismatch,
        "add: operand 2 has shape [3], which does not broadcast to [2]",
    );
    fails(
        add::try_at(&mut 1.0, &[0], 1.0),
        ErrorKind::AxisBounds,
        "add: the target is a single value, and has no axis to index",
    );
    let panics = |run: &mut dyn FnMut()| std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).is_err();
    assert!(panics(&mut || add::accumulate_into(&m, 0, &mut out)));
    assert!(panics(&mut || add::reduceat_into(&m, &[0], 0, &mut out)));
    assert!(panics(&mut || add::outer_into(&[1.0], &[2.0], &mut out)));
    assert_eq!(out, Array1::from_elem(2, 7.0));
}

#[test]
#[should_panic(expected = "add: there is no axis 1: the operand has shape [2]")]
fn reduce_panics_with_the_message() {
    add::reduce(&[1.0, 2.0], 1);
}

#[test]
#[should_panic(expected = "an element must be positive")]
fn a_kernels_own_panic_goes_through() {
    let mut values = vec![1; 5000];
    values[4321] = 0;
    checked::reduce_all(&values);
}
