//! The engine without ndarray: scalars, slices, `Vec`s and Rust arrays.

mod kernels;

use kernels::{blend, divmod, norm1, pick, rc, scale};
use ufunc::ErrorKind;

#[test]
fn slices_broadcast() {
    let x: Vec<f64> = (0..1000).map(|i| f64::from(i) * 0.5).collect();
    let wanted: Vec<f64> = x.iter().map(|x| rc::scalar(*x, 4.0)).collect();
    assert_eq!(rc(&x, 4.0), wanted);
    assert_eq!(rc(&x[..], [4.0]), wanted);
    assert_eq!(rc(x.clone(), vec![4.0; 1000]), wanted);
    assert_eq!(rc([2.0], [4.0]), [1.5]);
    assert_eq!(rc(2.0, 4.0), 1.5);
    let mut out = vec![0.0; 1000];
    rc::par_into(&x, [4.0], &mut out[..]);
    assert_eq!(out, wanted);
    assert_eq!(blend(1.0, [3.0, 5.0], 0.5), [2.0, 3.0]);
    assert_eq!(norm1([1.0f32, 2.0], 2.0), [6.0f32, 9.0]);
}

#[test]
fn masks_and_several_results() {
    let mask = [true, false, true];
    let (mut q, mut r) = (vec![-1; 3], [-1; 3]);
    divmod::with([7, 8, 9], [2, 0, 4]).mask(&mask).into((&mut q, &mut r));
    assert_eq!((q, r), (vec![3, -1, 2], [1, -1, 1]));
    assert_eq!(pick(&mask, 2.5, 7), (vec![2.5, -1.0, 2.5], vec![8; 3]));
}

#[test]
fn shapes_that_do_not_fit_are_errors() {
    let error = rc::with([1.0, 2.0], [1.0; 3]).try_eval().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ShapeMismatch);
    assert_eq!(error.to_string(), "rc: operand 2 `time_constant` has shape [3], which does not broadcast with [2]");
    let error = scale::with([1.0, 2.0]).try_into(&mut [0.0]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OutputShape);
}
