//! What can be passed to a kernel, what comes back, and how types are inferred.
#![cfg(feature = "ndarray")]

mod kernels;

use kernels::{add16, blend, divmod, index, lookup, narrow, norm1, pick, rc, scale};
use ndarray::{
    ArcArray, Array, Array0, Array1, Array2, ArrayD, ArrayRef2, ArrayView1, ArrayView2, CowArray, Dimension, Ix2,
    IxDyn, aview1, s,
};

fn values(len: usize) -> Vec<f64> {
    (0..len).map(|i| i as f64 * 0.75 - 20.0).collect()
}

#[test]
fn literals_take_the_kernels_type() {
    let v = values(3);
    let y: Vec<f64> = rc(&v, 0.5);
    assert_eq!(y, v.iter().map(|v| rc::scalar(*v, 0.5)).collect::<Vec<_>>());
    assert_eq!(rc([1.0, 2.0], 2.0), [0.5, 1.0]);
    assert_eq!(narrow([0.25, 0.75]), [false, true]);
    assert_eq!(add16(&[1, 2], 3), [4, 5]);
}

#[test]
fn several_signatures_follow_the_operands() {
    let a32 = [1.0f32, 2.0];
    let n: Vec<f32> = norm1(&a32, 2.0);
    assert_eq!(n, [6.0, 9.0]);
    assert_eq!(n, norm1(2.0, a32));
    let array: Array1<f32> = norm1(&Array1::from(a32.to_vec()), 2.0);
    assert_eq!(array.to_vec(), n);
    // Without an operand of a known type, a literal is an `f64` as everywhere in Rust.
    let single = norm1(3.0, 2.0);
    assert_eq!(single, 14.0f64);
    let array: Array1<f64> = norm1(1.0, aview1(&[2.0f64]));
    assert_eq!(array[0], 6.0);
}

#[test]
fn the_kind_of_the_result_is_the_largest_of_the_operands() {
    let v = values(3);
    let a = Array1::from(v.clone());
    let b = Array2::from_shape_fn((2, 3), |(i, j)| (i * 3 + j) as f64);
    let scalar: f64 = scale(1.5);
    assert_eq!(scalar, 4.5);
    let slice: Vec<f64> = rc(2.0, &v[..]);
    let array: Array1<f64> = rc(2.0, &a);
    assert_eq!(array.to_vec(), slice);
    let array: Array1<f64> = rc(&a, &v);
    assert_eq!(array, rc(&v, &a));
    let matrix: Array2<f64> = rc(&v, &b);
    assert_eq!(matrix, rc(&a, &b));
    let zero: Array0<f64> = rc(&Array::from_elem((), 2.0), 4.0);
    assert_eq!(zero.into_scalar(), 1.5);
    let dynamic: ArrayD<f64> = rc(&b, b.view().into_dyn());
    assert_eq!(dynamic.shape(), [2, 3]);
    let three: Array2<f64> = blend(&v, 1.0, &b);
    assert_eq!(three.dim(), (2, 3));
}

#[test]
fn every_container_is_an_operand() {
    let v = vec![1.0, 2.0, 3.0];
    let wanted = rc(&v, &v);
    let array = [1.0, 2.0, 3.0];
    assert_eq!(rc(v.clone(), array), wanted);
    assert_eq!(rc(&array, &v[..]), wanted);
    assert_eq!(rc(&v[0], &2.0), 0.5);

    let mut owned = Array2::from_shape_vec((1, 3), v.clone()).unwrap();
    let wanted: Array2<f64> = rc(&owned, &v);
    let shared: ArcArray<f64, Ix2> = owned.to_shared();
    let cow: CowArray<f64, Ix2> = CowArray::from(owned.view());
    let view: ArrayView2<f64> = owned.view();
    let reference: &ArrayRef2<f64> = &owned;
    for result in [
        rc(&owned, &owned),
        rc(owned.clone(), reference),
        rc(view, &view),
        rc(&shared, shared.clone()),
        rc(&cow, owned.view()),
    ] {
        assert_eq!(result, wanted);
    }
    let mutable = owned.view_mut();
    assert_eq!(rc(&mutable, 2.0).shape(), [1, 3]);
    assert_eq!(rc(mutable, 2.0).shape(), [1, 3]);
}

#[test]
fn every_container_is_a_target() {
    let v = values(5);
    let wanted = rc(&v, 3.0);
    let mut vec = vec![0.0; 5];
    rc::into(&v, 3.0, &mut vec);
    assert_eq!(vec, wanted);
    let mut array = [0.0; 5];
    rc::into(&v, 3.0, &mut array);
    assert_eq!(&array[..], wanted);
    array = [0.0; 5];
    rc::into(&v, 3.0, &mut array[..]);
    assert_eq!(&array[..], wanted);
    let mut scalar = 0.0;
    rc::into(1.0, 2.0, &mut scalar);
    assert_eq!(scalar, 0.5);

    let mut owned = Array2::zeros((2, 5));
    rc::into(&v, 3.0, &mut owned);
    assert_eq!(owned.row(1).to_vec(), wanted);
    let mut owned = Array2::zeros((2, 5));
    rc::into(&v, 3.0, owned.view_mut());
    rc::into(&v, 3.0, &mut owned.view_mut());
    assert_eq!(owned.row(1).to_vec(), wanted);
    let mut column = Array2::zeros((5, 3));
    rc::into(&v, 3.0, column.column_mut(1));
    assert_eq!(column.column(1).to_vec(), wanted);
    assert_eq!((column.column(0).sum(), column.column(2).sum()), (0.0, 0.0));
    let mut shared = Array2::<f64>::zeros((1, 5)).into_shared();
    let before = shared.clone();
    rc::into(&v, 3.0, &mut shared);
    assert_eq!(shared.row(0).to_vec(), wanted);
    assert_eq!(before.sum(), 0.0, "writing to a shared array makes it unique first");
    let reference: &mut ArrayRef2<f64> = &mut owned;
    rc::into(1.0, 2.0, reference);
    assert_eq!(owned, Array2::from_elem((2, 5), 0.5));
}

#[test]
fn several_results_are_a_tuple() {
    let a = Array1::from_iter(-20..20i64);
    let (q, r): (Array1<i64>, Array1<i64>) = divmod(&a, 7);
    assert_eq!(q, a.mapv(|a| a / 7));
    assert_eq!(r, a.mapv(|a| a % 7));
    let (mut q2, mut r2) = (vec![0; 40], Array1::zeros(40));
    divmod::into(&a, 7, (&mut q2, &mut r2));
    assert_eq!((q2, r2), (q.to_vec(), r));
    assert_eq!(divmod(7, 2), (3, 1));
}

#[test]
fn types_and_sizes_mix() {
    let flags: Vec<bool> = (0..100).map(|i| i % 3 == 0).collect();
    let bytes: Array1<u8> = (0..100u8).map(|i| i.wrapping_mul(3)).collect();
    let (f, n) = pick(&flags, 2.5, &bytes);
    for i in 0..100 {
        assert_eq!((f[i], n[i]), pick::scalar_of(flags[i], 2.5, bytes[i]));
    }
    assert_eq!(index(&[1, 2, usize::MAX], -1isize), [0, 1, usize::MAX - 1]);
}

impl pick {
    fn scalar_of(flag: bool, a: f32, n: u8) -> (f32, u8) {
        <pick as ufunc::kernel::Kernel>::scalar((flag, a, n), ())
    }
}

#[test]
fn uniforms_are_borrowed_for_the_call() {
    let table: Vec<f64> = (0..10).map(|i| f64::from(i * i)).collect();
    let x = [0.5, 3.0, 9.75];
    let (found, below) = lookup(&x, &table);
    assert_eq!((found, below), (vec![0.0, 9.0, 81.0], vec![true, false, false]));
    let call = lookup::with(&x, &table);
    let (mut found, mut below) = ([0.0; 3], [false; 3]);
    call.into((&mut found, &mut below));
    assert_eq!((found, below), ([0.0, 9.0, 81.0], [true, false, false]));
}

fn twice<D: Dimension>(a: &Array<f64, D>, b: &Array<f64, D>) -> Array<f64, D> {
    let c = rc(a, 0.5);
    rc(&c, b)
}

#[test]
fn kernels_work_in_generic_code() {
    let a = Array2::from_elem((2, 2), 3.0);
    assert_eq!(twice(&a, &a), rc(&rc(&a, 0.5), &a));
}

#[test]
fn the_result_follows_the_operands_memory_order() {
    let order = |array: &ArrayD<f64>| {
        let mut axes: Vec<usize> = (0..array.ndim()).collect();
        axes.sort_by_key(|axis| -array.strides()[*axis]);
        axes
    };
    let base = ArrayD::from_shape_fn(IxDyn(&[2, 3, 4, 5]), |i| (i[0] * 60 + i[1] * 20 + i[2] * 5 + i[3]) as f64);
    for axes in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 3, 2], [2, 0, 1, 3], [3, 0, 2, 1]] {
        let a = base.view().permuted_axes(IxDyn(&axes)).to_owned();
        let view = base.view().permuted_axes(IxDyn(&axes));
        let result = rc(view, 2.0);
        let mut expected = [0; 4];
        for (place, axis) in axes.iter().enumerate() {
            expected[*axis] = place;
        }
        assert_eq!(order(&result), expected, "{axes:?}");
        assert_eq!(result, rc(&a, 2.0));
        // Strided operands have an order as well.
        let sliced = base.slice(s![.., .., ..;2, 1..]);
        let sliced = sliced.into_dyn().permuted_axes(IxDyn(&axes));
        assert_eq!(order(&rc(&sliced, &sliced)), expected, "{axes:?}");
        assert_eq!(order(&rc(sliced.view(), 1.0)), expected, "{axes:?}");
    }
    let f = base.view().reversed_axes();
    let c = f.to_owned();
    let c = c.as_standard_layout();
    assert_eq!(order(&rc(f, &c)), [0, 1, 2, 3], "C order where operands disagree");
}

#[test]
fn an_operand_by_value_may_be_a_temporary() {
    let v: ArrayView1<'_, f64> = aview1(&[1.0, 2.0, 4.0]);
    let y = rc(v.mapv(|x| x * 2.0), v.slice(s![..;-1]).to_vec());
    assert_eq!(y.to_vec(), [1.5, 2.0, 0.0]);
}
