//! Operands given by value lend their memory to the results.
#![cfg(feature = "ndarray")]

mod kernels;
mod layouts;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use kernels::{blend, divmod, narrow, pick, rc, scale};
use layouts::{Layout, SHAPES, base};
use ndarray::{Array, Array1, Array2, Array3, ArrayD, CowArray, IxDyn, ShapeBuilder, s};
use ufunc::Operand;
use ufunc::operand::{Lent, SliceKind, Strided};

#[test]
fn vectors_and_arrays_become_the_result() {
    for len in [1, 15, 16, 17, 1000, 5000] {
        let (a, b) = (base(len, 1), base(len, 2));
        let wanted = rc(&a, &b);
        let (first, second) = (a.clone(), b.clone());
        let (at, too) = (first.as_ptr(), second.as_ptr());
        let result = rc(first, &b);
        assert_eq!((result.as_ptr(), &result), (at, &wanted));
        let result = rc(&a, second);
        assert_eq!((result.as_ptr(), &result), (too, &wanted));

        let (first, second) = (Array1::from(a.clone()), Array1::from(b.clone()));
        let at = first.as_ptr();
        let result: Array1<f64> = rc(first, second);
        assert_eq!((result.as_ptr(), result.to_vec()), (at, wanted.clone()), "the first of two");
        let first = a.clone();
        let at = first.as_ptr();
        let result: Array1<f64> = rc(first, &Array1::from(b));
        assert_eq!((result.as_ptr(), result.to_vec()), (at, wanted), "a vector becomes an array");
    }
    let mut roomy = Vec::with_capacity(100);
    roomy.extend([1.0, 2.0]);
    assert_eq!(scale(roomy), [3.0, 6.0]);
}

#[test]
fn every_memory_order_stays() {
    let c = Array3::from_shape_vec((4, 5, 60), base(1200, 1)).unwrap();
    let other = c.mapv(|x| x + 1.0);
    for axes in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [0, 2, 1], [2, 0, 1], [1, 2, 0]] {
        let a = c.clone().permuted_axes(axes);
        let b = other.clone().permuted_axes(axes);
        let (at, strides) = (a.as_ptr(), a.strides().to_vec());
        let wanted = rc(&a, &b);
        let result = rc(a, &b);
        assert_eq!((result.as_ptr(), result.strides(), &result), (at, &strides[..], &wanted), "{axes:?}");
        let a = c.clone().permuted_axes(axes).into_dyn();
        let at = a.as_ptr();
        let result: ArrayD<f64> = rc(a, 0.5);
        assert_eq!(result.as_ptr(), at);
        let b = b.into_dyn();
        let at = b.as_ptr();
        let result: ArrayD<f64> = rc(&c.view().permuted_axes(axes), b);
        assert_eq!((result.as_ptr(), result), (at, wanted.into_dyn()));
    }
}

#[test]
fn each_result_has_memory_of_its_own() {
    let a: Vec<i64> = (0..100).collect();
    let b: Vec<i64> = (1..=100).rev().collect();
    let wanted = divmod(&a, &b);
    let (first, second) = (a.clone(), b.clone());
    let (at, too) = (first.as_ptr(), second.as_ptr());
    let (q, r) = divmod(first, second);
    assert_eq!((q.as_ptr(), r.as_ptr()), (at, too));
    assert_eq!((&q, &r), (&wanted.0, &wanted.1));
    let second = b.clone();
    let too = second.as_ptr();
    let (q, r) = divmod(&a, second);
    assert_eq!(q.as_ptr(), too);
    assert_eq!((&q, &r), (&wanted.0, &wanted.1));
    // Each operand lends to the result of its own type.
    let flags: Vec<bool> = (0..100).map(|i| i % 3 == 0).collect();
    let (x, n) = (vec![2.5_f32; 100], vec![7_u8; 100]);
    let wanted = pick(&flags, &x, &n);
    let (at, too) = (x.as_ptr(), n.as_ptr());
    let (f, m) = pick(flags, x, n);
    assert_eq!((f.as_ptr(), m.as_ptr()), (at, too));
    assert_eq!((f, m), wanted);
}

/// A call with an operand by value must give what it gives by reference, in memory that is not the operand's.
fn keeps<S: ndarray::Data<Elem = f64>>(operand: ndarray::ArrayBase<S, IxDyn>, other: &ArrayD<f64>, why: &str) {
    let wanted = rc(&operand, other);
    let range = operand.as_ptr().addr()..operand.as_ptr().addr().wrapping_add(8 * operand.len().max(1));
    let result = rc(operand, other);
    assert_eq!((&result, result.strides()), (&wanted, wanted.strides()), "{why}");
    assert!(result.is_empty() || !range.contains(&result.as_ptr().addr()), "{why}");
}

#[test]
fn operands_that_lie_otherwise_keep_their_memory() {
    let c = Array2::from_shape_vec((40, 30), base(1200, 1)).unwrap();
    let other = |shape: &[usize]| ArrayD::from_elem(IxDyn(shape), 2.0);
    keeps(c.view().into_dyn(), &other(&[40, 30]), "a view");
    keeps(c.clone().into_dyn(), &other(&[2, 40, 30]), "it is broadcast");
    keeps(c.clone().reversed_axes().into_dyn(), &other(&[30, 40]), "the other operand is in C order");
    keeps(c.clone().slice_move(s![.., ..7]).into_dyn(), &other(&[40, 7]), "there are gaps");
    keeps(c.clone().slice_move(s![3..9, ..]).into_dyn(), &other(&[6, 30]), "it is a part of its memory");
    keeps(c.clone().slice_move(s![..9, ..]).into_dyn(), &other(&[9, 30]), "it is the first part of its memory");
    keeps(c.clone().slice_move(s![..;-1, ..;-1]).into_dyn(), &other(&[40, 30]), "it is backwards");
    keeps(c.slice(s![..0, ..]).to_owned().into_dyn(), &other(&[0, 30]), "there is nothing");
    let shared = c.clone().into_shared();
    let also = shared.clone();
    keeps(shared.into_dyn(), &other(&[40, 30]), "another array has the same memory");
    assert_eq!(also, c);
    keeps(CowArray::from(c.view()).into_dyn(), &other(&[40, 30]), "it is borrowed");
}

#[test]
fn shared_arrays_lend_when_they_are_the_last() {
    let c = Array2::from_shape_vec((40, 30), base(1200, 1)).unwrap();
    let wanted = rc(&c, 3.0);
    let shared = c.clone().into_shared();
    let at = shared.as_ptr();
    let result = rc(shared, 3.0);
    assert_eq!((result.as_ptr(), &result), (at, &wanted));
    let cow = CowArray::from(c);
    let at = cow.as_ptr();
    let result = rc(cow, 3.0);
    assert_eq!((result.as_ptr(), &result), (at, &wanted));
}

#[test]
fn a_part_of_an_operand_is_read_where_it_is() {
    // Two outputs of the operands' type: the second operand lends, the first is a part of its memory.
    let whole: Array1<i64> = (0..1000).collect();
    let part = whole.clone().slice_move(s![200..300]);
    let divisors = Array1::from_elem(100, 7);
    let at = divisors.as_ptr();
    let (q, r) = divmod(part, divisors);
    assert_eq!(q.as_ptr(), at);
    assert_eq!((q, r), divmod(&whole.slice(s![200..300]), 7));
}

#[test]
fn results_do_not_depend_on_who_owns_the_operands() {
    for shape in SHAPES {
        for a_layout in Layout::all(shape.len()) {
            for b_layout in Layout::all(shape.len()) {
                let (a, b) = (a_layout.memory(shape, 1), b_layout.memory(shape, 2));
                let wanted = rc(&a_layout.view(a.view()), &b_layout.view(b.view()));
                let (a, b) = (a_layout.view(a), b_layout.view(b));
                for result in [rc(a.clone(), &b), rc(&a, b.clone()), rc(a, b)] {
                    let context = format!("{shape:?} {a_layout:?} {b_layout:?}");
                    assert_eq!((&result, result.strides()), (&wanted, wanted.strides()), "{context}");
                }
            }
        }
    }
}

#[test]
fn other_types_and_masks_need_other_memory() {
    assert_eq!(narrow(vec![0.25, 0.75]), [false, true]);
    let a = vec![2.0, 4.0, 8.0];
    let result = rc::with(a, 2.0).mask([true, false, true]).eval();
    assert_eq!(result, [1.0, 0.0, 4.0], "zero where the mask is off, not the operand");
    let (a, b) = (Array::from_elem((3, 4).f(), 2.0), Array::from_elem(4, 4.0));
    let at = a.as_ptr();
    let result: Array2<f64> = blend(a, b, 0.5);
    assert_eq!((result.as_ptr(), result), (at, Array2::from_elem((3, 4), 3.0)), "the broadcast one does not matter");
}

#[cfg(feature = "rayon")]
#[test]
fn parallel_calls_lend_too() {
    let (a, b) = (base(100_003, 1), base(100_003, 2));
    let wanted = rc(&a, &b);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
    for min_len in [1, 100, 16384] {
        let a = a.clone();
        let at = a.as_ptr();
        let result = pool.install(|| rc::with(a, &b).parallel(true).min_len(min_len).eval());
        assert_eq!((result.as_ptr(), &result), (at, &wanted));
    }
}

/// An operand that counts how often it is dropped or has given its memory away.
struct Counted<'a> {
    memory: Vec<i64>,
    lends: bool,
    ends: &'a AtomicUsize,
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.ends.fetch_add(1, Ordering::Relaxed);
    }
}

impl Operand<i64> for Counted<'_> {
    type Kind = SliceKind;
    const LENDS: bool = true;

    fn strided(&self) -> Strided<'_, i64> {
        Strided::slice(&self.memory)
    }

    fn lend(mut self) -> Result<Lent<i64>, Self> {
        if self.lends { Ok(Lent::new(std::mem::take(&mut self.memory), 0)) } else { Err(self) }
    }
}

#[test]
fn operands_end_once_also_where_a_call_fails() {
    let ends = AtomicUsize::new(0);
    let count = |call: &mut dyn FnMut()| {
        ends.store(0, Ordering::Relaxed);
        let failed = catch_unwind(AssertUnwindSafe(call)).is_err();
        (ends.load(Ordering::Relaxed), failed)
    };
    let operand = |value: i64, len: usize, lends: bool| Counted { memory: vec![value; len], lends, ends: &ends };
    for lends in [false, true] {
        for len in [1, 10, 5000] {
            let both = |divisor: i64| divmod(operand(9, len, lends), operand(divisor, len, lends));
            assert_eq!(count(&mut || assert_eq!(both(4), (vec![2; len], vec![1; len]))), (2, false));
            assert_eq!(count(&mut || drop(both(0))), (2, true), "the kernel panics");
            let mut misfit = || drop(divmod(operand(9, len, lends), operand(4, len + 3, lends)));
            assert_eq!(count(&mut misfit), (2, len != 1), "the shapes do not fit");
        }
    }
}

#[test]
fn memory_that_is_shorter_than_the_operand_is_refused() {
    struct Liar(Vec<f64>);
    impl Operand<f64> for Liar {
        type Kind = SliceKind;
        const LENDS: bool = true;

        fn strided(&self) -> Strided<'_, f64> {
            Strided::slice(&self.0)
        }

        fn lend(self) -> Result<Lent<f64>, Self> {
            Ok(Lent::new(vec![1.0; 3], 1))
        }
    }
    catch_unwind(|| scale(Liar(vec![2.0; 8]))).expect_err("less than the elements that it has shown");
    // As many or more are what the call takes.
    assert_eq!(scale(Liar(vec![2.0; 2])), [3.0, 3.0]);
}
