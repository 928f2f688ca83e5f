//! What a call says when its operands do not fit, and what a panicking kernel leaves behind.
#![cfg(feature = "ndarray")]

mod kernels;

use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::sync::Mutex;

use kernels::{blend, divmod, rc, scale};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut1, IxDyn, ShapeBuilder, arr0};
use ufunc::ErrorKind;

fn check<T>(result: Result<T, ufunc::Error>, kind: ErrorKind, message: &str) {
    let error = result.err().expect("the call must fail");
    assert_eq!(error.to_string(), message);
    assert_eq!(error.kind(), kind);
}

#[test]
fn messages_name_the_operand_and_the_shapes() {
    let a = Array2::<f64>::zeros((4, 5));
    let v = vec![1.0; 3];
    check(
        rc::with(&a, &v).try_eval(),
        ErrorKind::ShapeMismatch,
        "rc: operand 2 `time_constant` has shape [3], which does not broadcast with [4, 5]",
    );
    check(
        rc::with(&v, &a).try_eval(),
        ErrorKind::ShapeMismatch,
        "rc: operand 2 `time_constant` has shape [4, 5], which does not broadcast with [3]",
    );
    check(
        blend::with(&Array2::<f64>::zeros((4, 1)), [1.0; 5], &v).try_eval(),
        ErrorKind::ShapeMismatch,
        "blend: operand 3 `t` has shape [3], which does not broadcast with [4, 5]",
    );
    check(
        kernels::norm1_with(&[1.0, 2.0], &v).try_eval(),
        ErrorKind::ShapeMismatch,
        "norm1: operand 2 has shape [3], which does not broadcast with [2]",
    );
    check(
        rc::with(&a, 1.0).mask([true, false]).try_eval(),
        ErrorKind::MaskShape,
        "rc: the mask has shape [2], which does not broadcast to [4, 5]",
    );
    check(
        scale::with(1.0).mask([true]).try_eval(),
        ErrorKind::MaskShape,
        "scale: the mask has shape [1], which does not broadcast to []",
    );
    let wide = |shape: [usize; 2], axis: usize| {
        let mut strides = [0, 0];
        strides[axis] = 0;
        ArrayView2::from_shape(shape.strides(strides), &[1.0]).unwrap()
    };
    check(
        rc::with(wide([1 << 40, 1], 0), wide([1, 1 << 40], 1)).try_eval(),
        ErrorKind::TooLarge,
        "rc: a result of shape [1099511627776, 1099511627776] is too large",
    );
}

#[test]
fn targets_of_the_wrong_shape_stay_as_they_are() {
    let a = Array2::<f64>::ones((4, 5));
    let mut out = Array2::from_elem((5, 4), -1.0);
    check(
        rc::with(&a, 2.0).try_into(&mut out),
        ErrorKind::OutputShape,
        "rc: the output has shape [5, 4], but the operands broadcast to [4, 5]",
    );
    check(
        rc::with(&a, [1.0; 3]).try_into(&mut out),
        ErrorKind::ShapeMismatch,
        "rc: operand 2 `time_constant` has shape [3], which does not broadcast with [4, 5]",
    );
    let mut one = [-1.0];
    check(
        scale::with([1.0, 2.0]).try_into(&mut one),
        ErrorKind::OutputShape,
        "scale: the output has shape [1], but the operands broadcast to [2]",
    );
    check(
        scale::with([1.0]).try_into(&mut one[0]),
        ErrorKind::OutputShape,
        "scale: the output has shape [], but the operands broadcast to [1]",
    );
    check(
        scale::with(1.0).mask([true, false]).try_into(&mut one),
        ErrorKind::MaskShape,
        "scale: the mask has shape [2], which does not broadcast to [1]",
    );
    let (mut q, mut r) = (vec![-1; 3], vec![-1; 4]);
    check(
        divmod::with(5, [1, 2, 3]).try_into((&mut q, &mut r)),
        ErrorKind::OutputShape,
        "divmod: output 2 has shape [4], output 1 has [3]",
    );
    check(
        divmod::with(5, [1, 2, 3, 4]).try_into((&mut q, &mut r[..3])),
        ErrorKind::OutputShape,
        "divmod: output 1 has shape [3], but the operands broadcast to [4]",
    );
    assert!(out.iter().chain(&one).all(|x| *x == -1.0));
    assert!(q.iter().chain(&r).all(|x| *x == -1));
}

/// The line and the message of the last panic of a thread that asks for it.
static PANICS: Mutex<Vec<(std::thread::ThreadId, u32, String)>> = Mutex::new(Vec::new());

fn panic_of(call: impl FnOnce()) -> (u32, String) {
    static HOOK: std::sync::Once = std::sync::Once::new();
    HOOK.call_once(|| {
        std::panic::set_hook(Box::new(|info| {
            let line = info.location().map_or(0, Location::line);
            let payload = info.payload();
            let message = payload.downcast_ref::<&str>().map(ToString::to_string);
            let message = message.or_else(|| payload.downcast_ref().cloned()).unwrap_or_default();
            PANICS.lock().unwrap().push((std::thread::current().id(), line, message));
        }));
    });
    catch_unwind(AssertUnwindSafe(call)).expect_err("the call must panic");
    let panics = PANICS.lock().unwrap();
    let (_, line, message) = panics.iter().rfind(|(id, ..)| *id == std::thread::current().id()).unwrap();
    (*line, message.clone())
}

#[test]
fn panics_point_at_the_call() {
    let a = Array2::<f64>::zeros((4, 5));
    let mut out = vec![0.0; 3];
    let message = "rc: operand 2 `time_constant` has shape [3], which does not broadcast with [4, 5]".to_owned();
    let b = [1.0; 3];
    assert_eq!(panic_of(|| drop(rc(&a, &b))), (line!(), message.clone()));
    assert_eq!(panic_of(|| drop(rc::par(&a, &b))), (line!(), message.clone()));
    assert_eq!(panic_of(|| drop(rc::with(&a, &b).eval())), (line!(), message));
    let message = "rc: the output has shape [3], but the operands broadcast to [4, 5]".to_owned();
    assert_eq!(panic_of(|| rc::into(&a, 1.0, &mut out)), (line!(), message.clone()));
    assert_eq!(panic_of(|| rc::par_into(&a, 1.0, &mut out)), (line!(), message.clone()));
    assert_eq!(panic_of(|| rc::with(&a, 1.0).into(&mut out)), (line!(), message));
}

#[test]
fn a_panicking_kernel_leaves_old_or_new_values() {
    for len in [1usize, 7, 64, 1000, 5000] {
        for zero in [0, len / 2, len - 1] {
            let a: Array1<i64> = (1..=len as i64).collect();
            let mut b = Array1::from_elem(len, 2);
            b[zero] = 0;
            let (_, message) = panic_of(|| drop(divmod(&a, &b)));
            assert_eq!(message, "attempt to divide by zero");
            let (mut q, mut r) = (Array1::from_elem(len, -1), Array1::from_elem(2 * len, -1));
            let every_second: ArrayViewMut1<'_, i64> = r.slice_mut(ndarray::s![..;2]);
            panic_of(|| divmod::into(&a, &b, (&mut q, every_second)));
            for i in 0..len {
                assert!(q[i] == -1 || q[i] == a[i] / 2);
                assert!(r[2 * i] == -1 || r[2 * i] == a[i] % 2);
                assert_eq!(r[2 * i + 1], -1);
            }
            assert_eq!((q[zero], r[2 * zero]), (-1, -1));
        }
    }
}

#[test]
fn nothing_but_the_elements_themselves_panics() {
    // Every divisor that is not an element of the operand is zero: filling up a gang with anything but
    // elements would divide by zero.
    for len in 1..200usize {
        let a = vec![9; len];
        let mut memory = vec![0; 3 * len + 128];
        memory[64..64 + len].fill(4);
        let b: ArrayView1<'_, i64> = ArrayView1::from(&memory[64..64 + len]);
        assert_eq!(divmod(&a, b).0.to_vec(), vec![2; len]);
        memory.fill(0);
        memory[64..64 + 2 * len].iter_mut().step_by(2).for_each(|x| *x = 4);
        let b = ArrayView1::from(&memory[64..64 + 2 * len]).slice_move(ndarray::s![..;2]);
        assert_eq!(divmod(&a, b).1.to_vec(), vec![1; len]);
        assert_eq!(divmod(&a, b.broadcast((3, len)).unwrap()).1, Array2::ones((3, len)).mapv(|x: f64| x as i64));
    }
    assert_eq!(divmod(9, &arr0(4)).0.into_scalar(), 2);
    assert_eq!(divmod(9, &arr0(4).into_dyn()).0.into_dimensionality::<IxDyn>().unwrap().ndim(), 0);
}
