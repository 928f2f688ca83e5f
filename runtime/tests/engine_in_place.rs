//! Results that replace the first operand.
#![cfg(feature = "ndarray")]

mod kernels;
mod layouts;

use std::panic::{AssertUnwindSafe, catch_unwind};

use kernels::{add16, blend, rc, scale};
use layouts::{Layout, SHAPES, WRITABLE, base};
use ndarray::{Array1, Array2, ArrayD, ArrayRef2, ArrayViewMut1, Axis, IxDyn, arr0};
use ufunc::kernel::Kernel;
use ufunc::lanes::{Mask, Simd, Vector};
use ufunc::{Call, ErrorKind, Level};

fn levels() -> impl Iterator<Item = Level> {
    Level::ALL.into_iter().filter(|level| level.is_available())
}

#[test]
fn every_layout_of_operands_and_masks() {
    for shape in SHAPES {
        for a_layout in WRITABLE {
            for b_layout in Layout::all(shape.len()) {
                let b = b_layout.memory(shape, 2);
                let b = b_layout.view(b.view());
                for masked in [false, true] {
                    let mask = b_layout.memory(shape, 3).mapv(|x| x as u64 % 5 < 2);
                    let mask = b_layout.view(mask.view());
                    let before = a_layout.memory(shape, 1);
                    let mut after = before.clone();
                    {
                        let mut a = a_layout.view(after.view_mut());
                        if masked {
                            rc::with(&mut a, &b).mask(&mask).inplace();
                        } else {
                            rc::with(&mut a, &b).inplace();
                        }
                    }
                    let context = format!("{shape:?}: {b_layout:?} onto {a_layout:?}, masked: {masked}");
                    let mut wanted = before.clone();
                    let (b, mask) = (b.broadcast(IxDyn(shape)).unwrap(), mask.broadcast(IxDyn(shape)).unwrap());
                    for ((a, b), on) in a_layout.view(wanted.view_mut()).iter_mut().zip(&b).zip(&mask) {
                        if *on || !masked {
                            *a = rc::scalar(*a, *b);
                        }
                    }
                    assert_eq!(after, wanted, "{context}");
                }
            }
        }
    }
}

#[test]
fn every_length_and_place_at_every_level() {
    let b = base(2000, 2);
    for level in levels() {
        for len in (0..140).chain([515, 1000, 1999]) {
            for start in [0, 1, 5] {
                let before = base(len + 8, 1);
                let mut after = before.clone();
                rc::with(&mut after[start..start + len], &b[..len]).level(level).inplace();
                for (i, (before, after)) in before.iter().zip(&after).enumerate() {
                    let on = (start..start + len).contains(&i);
                    assert_eq!(*after, if on { rc::scalar(*before, b[i - start]) } else { *before }, "{i} of {len}");
                }
                after = before.clone();
                blend::with(&mut after[start..start + len], 0.5, &b[..len]).level(level).inplace();
                for i in start..start + len {
                    let wanted = <blend as Kernel>::scalar((before[i], 0.5, b[i - start]), ()).0;
                    assert_eq!(after[i], wanted, "{i} of {len}, {level}");
                }
            }
        }
        // Gangs that are longer than what lies before the first cache line, and shorter ones.
        for start in 0..40 {
            let mut x: Vec<i16> = (0..5000).collect();
            add16::with(&mut x[start..4900], 7).level(level).inplace();
            let wanted = |i: usize| i as i16 + if (start..4900).contains(&i) { 7 } else { 0 };
            assert!(x.iter().enumerate().all(|(i, x)| *x == wanted(i)), "from {start} on, {level}");
        }
    }
}

#[test]
fn every_target_holds_its_own_results() {
    let wanted = [0.5, 1.0, 1.5];
    let mut array = [1.0, 2.0, 3.0];
    rc::with(&mut array, 2.0).inplace();
    assert_eq!(array, wanted);
    let mut vec = vec![1.0, 2.0, 3.0];
    rc::with(&mut vec, &[2.0]).inplace();
    assert_eq!(vec, wanted);
    vec = vec![1.0, 2.0, 3.0];
    rc::with(&mut vec[1..], [2.0, 2.0]).inplace();
    assert_eq!(vec, [1.0, 1.0, 1.5]);
    let mut scalar = 3.0;
    rc::with(&mut scalar, 2.0).inplace();
    assert_eq!(scalar, 1.5);
    let mut zero = arr0(3.0);
    rc::with(&mut zero, arr0(2.0)).inplace();
    assert_eq!(zero.into_scalar(), 1.5);
    let mut owned = Array2::from_elem((2, 3), 3.0);
    scale::with(owned.view_mut()).inplace();
    scale::with(&mut owned.view_mut()).inplace();
    scale::with(&mut owned).inplace();
    let reference: &mut ArrayRef2<f64> = &mut owned;
    scale::with(reference).inplace();
    assert_eq!(owned, Array2::from_elem((2, 3), 243.0));
    scale::with(owned.column_mut(1)).inplace();
    assert_eq!((owned[[1, 1]], owned[[1, 2]]), (729.0, 243.0));
    let mut shared = owned.into_shared();
    let before = shared.clone();
    scale::with(&mut shared).inplace();
    assert_eq!((shared[[0, 0]], before[[0, 0]]), (729.0, 243.0), "a shared array is made unique first");
}

#[cfg(feature = "rayon")]
#[test]
fn parallel_tasks_keep_apart() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
    let b = ArrayD::from_shape_vec(IxDyn(&[7, 90, 150]), base(7 * 90 * 150, 2)).unwrap();
    let mask = b.mapv(|x| x as u64 % 3 == 1);
    for layout in WRITABLE {
        let before = layout.memory(b.shape(), 1);
        for min_len in [1, 100, 5000] {
            for masked in [false, true] {
                let (mut one, mut two) = (before.clone(), before.clone());
                let run = |memory: &mut ArrayD<f64>, parallel: bool| {
                    let a = layout.view(memory.view_mut());
                    let call = rc::with(a, &b).parallel(parallel).min_len(min_len);
                    if masked { call.mask(&mask).inplace() } else { call.inplace() }
                };
                run(&mut one, false);
                pool.install(|| run(&mut two, true));
                assert_eq!(one, two, "{layout:?}, tasks of {min_len}");
                assert_ne!(one, before);
            }
        }
    }
}

#[test]
fn operands_that_do_not_fit_leave_it_unchanged() {
    let mut a = Array2::<f64>::ones((4, 5));
    let fails = |result: Result<(), ufunc::Error>, kind: ErrorKind, message: &str| {
        let error = result.expect_err("the call must fail");
        assert_eq!((error.kind(), error.to_string()), (kind, message.to_owned()));
    };
    fails(
        rc::with(&mut a, [2.0; 3]).try_inplace(),
        ErrorKind::OutputShape,
        "rc: operand 2 `time_constant` has shape [3], which does not broadcast to that of operand 1 `voltage`, \
         [4, 5], which is to hold the results",
    );
    fails(
        blend::with(a.row_mut(0), 1.0, &Array2::ones((4, 1))).try_inplace(),
        ErrorKind::OutputShape,
        "blend: operand 3 `t` has shape [4, 1], which does not broadcast to that of operand 1 `a`, [5], which is to \
         hold the results",
    );
    fails(
        rc::with(a.view_mut(), 2.0).mask([true, false]).try_inplace(),
        ErrorKind::MaskShape,
        "rc: the mask has shape [2], which does not broadcast to [4, 5]",
    );
    fails(
        rc::with(&mut a[[0, 0]], [2.0]).try_inplace(),
        ErrorKind::OutputShape,
        "rc: operand 2 `time_constant` has shape [1], which does not broadcast to that of operand 1 `voltage`, [], \
         which is to hold the results",
    );
    assert_eq!(a, Array2::ones((4, 5)));
    let payload = catch_unwind(AssertUnwindSafe(|| rc::with(&mut a, [2.0; 3]).inplace())).expect_err("as above");
    assert!(payload.downcast_ref::<String>().expect("a message").starts_with("rc: operand 2 `time_constant`"));
}

/// Divides, and panics as the scalar operator does where a divisor is zero.
enum Div {}

impl Kernel for Div {
    const NAME: &'static str = "div";
    type Inputs = (i64, i64);
    type Outputs = (i64,);
    type Uniforms<'a> = ();
    type Gang<S: Simd> = S;

    fn gang<'a, S: Simd>(simd: S, _: Mask<S>, (a, b): (Vector<i64, S>, Vector<i64, S>), (): ()) -> (Vector<i64, S>,) {
        let (a, b) = (a.to_array(), b.to_array());
        (Vector::from_fn(simd, |i| a[i] / b[i]),)
    }

    fn scalar<'a>((a, b): (i64, i64), (): ()) -> (i64,) {
        (a / b,)
    }
}

#[test]
fn no_element_is_computed_twice() {
    // 3⁴⁰ stays whole however often it is divided, so a second division would show.
    for len in 1..200usize {
        let mut a = vec![3_i64.pow(39); len];
        Call::<Div, (), _>::new((&mut a, 3), ()).inplace();
        assert_eq!(a, vec![3_i64.pow(38); len]);
        let mut a = Array1::from_elem(3 * len, 3_i64.pow(39));
        let every: ArrayViewMut1<'_, i64> = a.slice_mut(ndarray::s![..;-3]);
        Call::<Div, (), _>::new((every, Array1::from_elem(len, 3)), ()).inplace();
        assert!(a.iter().enumerate().all(|(i, a)| *a == 3_i64.pow(if i % 3 == 2 { 38 } else { 39 })));
    }
}

#[test]
fn a_panicking_kernel_leaves_old_or_new_values() {
    for len in [1usize, 7, 64, 1000, 5000] {
        for zero in [0, len / 2, len - 1] {
            let mut b = vec![2; len];
            b[zero] = 0;
            let mut a: Array1<i64> = (1..=len as i64).collect();
            let call = AssertUnwindSafe(|| Call::<Div, (), _>::new((&mut a, &b), ()).inplace());
            catch_unwind(call).expect_err("a divisor is zero");
            for (i, a) in a.iter().enumerate() {
                let before = i as i64 + 1;
                assert!(*a == before || *a == before / 2, "{i} of {len}");
            }
            assert_eq!(a[zero], zero as i64 + 1);
            // The mask leaves the zero out.
            let mut on = vec![true; len];
            on[zero] = false;
            a.iter_mut().zip(1..).for_each(|(a, i)| *a = i);
            Call::<Div, (), _>::new((a.view_mut(), &b), ()).mask(&on).inplace();
            for (i, a) in a.iter().enumerate() {
                let before = i as i64 + 1;
                assert_eq!(*a, if i == zero { before } else { before / 2 });
            }
        }
    }
}

#[test]
fn reversed_operands_are_walked_from_the_other_end() {
    let mut a = Array1::from(base(1000, 1));
    let before = a.clone();
    let mut reversed = a.view_mut();
    reversed.invert_axis(Axis(0));
    rc::with(reversed, &before).inplace();
    for (i, after) in a.iter().enumerate() {
        assert_eq!(*after, rc::scalar(before[i], before[999 - i]));
    }
}
