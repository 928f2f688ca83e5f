//! The methods of kernels with two operands, as a user calls them.

use ndarray::{Array, Array0, Array1, Array2, Array3, Axis, arr0, array, s};

use super::{add, either, logical_and, maximum, multiply, subtract};

#[test]
fn kinds_of_results_follow_the_operands() {
    let matrix: Array2<f64> = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
    let rows: Array1<f64> = add::reduce(&matrix, Axis(1));
    assert_eq!(rows, array![6.0, 15.0]);
    let columns: Array1<f64> = add::reduce(matrix.view(), -2);
    assert_eq!(columns, array![5.0, 7.0, 9.0]);
    let one: Array0<f64> = add::reduce(&rows, Axis(0));
    assert_eq!(one, arr0(21.0));
    let all: f64 = add::reduce_all(&matrix);
    assert_eq!(all, 21.0);
    let of_slice: f64 = add::reduce(&[1.0, 2.0][..], 0);
    assert_eq!(of_slice, 3.0);
    let of_scalar: f64 = add::reduce_all(2.5);
    assert_eq!(of_scalar, 2.5);
    let of_vec: Vec<i64> = add::accumulate(vec![1i64, 2, 3], 0);
    assert_eq!(of_vec, [1, 3, 6]);
    let kept: Array2<f64> = add::reduction(&matrix).axis(Axis(1)).keepdims().eval();
    assert_eq!(kept, array![[6.0], [15.0]]);
    let kept: Vec<f64> = add::reduction(&[1.0, 2.0]).keepdims().eval();
    assert_eq!(kept, [3.0]);
    let dynamic = add::reduction(&matrix).axes([0, 1]).eval();
    assert_eq!((dynamic.ndim(), dynamic[[]]), (0, 21.0));
    assert_eq!(multiply::reduce(&array![[1, 2], [3, 4]], Axis(0)), array![3, 8]);
    assert!(either::reduce_all(&[false, true]) && !either::reduce_all(&[false; 3]));
    assert_eq!(either::outer(&[0, 1], &[0, 2]), array![[false, true], [true, true]]);
    assert_eq!(maximum::par_reduce_all(&matrix), 6.0);
    assert_eq!(add::par_reduce(&matrix, Axis(0)), array![5.0, 7.0, 9.0]);
}

#[test]
fn initial_values_and_empty_sequences() {
    let none = Array2::<f64>::zeros((0, 3));
    assert_eq!(add::reduce(&none, Axis(0)), array![0.0, 0.0, 0.0]);
    assert_eq!(multiply::reduce(&none, Axis(0)), array![1.0, 1.0, 1.0]);
    assert_eq!(maximum::reduction(&none).axis(Axis(0)).initial(2.0).eval(), array![2.0, 2.0, 2.0]);
    assert_eq!(maximum::reduce(&none, Axis(1)).len(), 0, "there is nothing that needs a value");
    assert!(logical_and::reduce_all(&[][..]));
    assert_eq!(add::reduction(&[1.0, 2.0]).initial(10.0).eval(), 13.0);
    assert_eq!(subtract::reduction(&[1.0, 2.0]).initial(10.0).eval(), 7.0);
    let columns = Array::from_shape_fn((100, 40), |(i, j)| (i * j) as f64);
    let sums = add::reduction(&columns).axis(Axis(0)).initial(0.5).eval();
    assert!(sums.iter().enumerate().all(|(j, sum)| *sum == 4950.0 * j as f64 + 0.5), "{sums}");
    assert_eq!(add::accumulate(&none, Axis(0)).shape(), [0, 3]);
}

#[test]
fn results_into_targets_of_any_layout() {
    let x = Array::from_shape_fn((30, 20), |(i, j)| (i * 20 + j) as f64);
    let mut wide = Array2::zeros((20, 3));
    add::reduce_into(&x, Axis(0), wide.column_mut(1));
    assert_eq!(wide.column(1), x.sum_axis(Axis(0)));
    assert!(wide.column(0).iter().chain(wide.column(2)).all(|x| *x == 0.0));
    let mut total = 0.0;
    add::reduction(&x).into(&mut total);
    assert_eq!(total, x.sum());
    let mut prefixes = Array2::zeros((20, 30));
    add::accumulate_into(&x, Axis(0), prefixes.view_mut().reversed_axes());
    assert_eq!(prefixes.t(), add::accumulate(&x, Axis(0)));
    let mut halves = Array2::zeros((30, 2));
    add::reduceat_into(&x, &[0, 10], 1, &mut halves);
    assert_eq!(halves, add::reduceat(&x, &[0, 10], 1));
    let mut table = Array2::zeros((2, 3));
    multiply::outer_into(&[1.0, 2.0], &[3.0, 4.0, 5.0], &mut table);
    assert_eq!(table, array![[3.0, 4.0, 5.0], [6.0, 8.0, 10.0]]);
    let mut reversed = Array1::zeros(30);
    add::reduction(&x).axis(1).into(reversed.slice_mut(s![..;-1]));
    assert_eq!(reversed.slice(s![..;-1]), x.sum_axis(Axis(1)));
}

#[test]
fn segments() {
    let x = [0i64, 1, 2, 3, 4, 5, 6, 7];
    assert_eq!(add::reduceat(&x, &[0, 4, 1, 5], 0), [6, 4, 10, 18]);
    assert_eq!(add::reduceat(&x, &[7], 0), [7]);
    assert_eq!(add::reduceat(&x, Vec::new(), 0), []);
    let m = Array::from_shape_fn((4, 5), |(i, j)| (i * 5 + j) as f64);
    assert_eq!(
        add::reduceat(&m, &[0, 2], Axis(0)),
        array![[5.0, 7.0, 9.0, 11.0, 13.0], [25.0, 27.0, 29.0, 31.0, 33.0]]
    );
    let across = subtract::reduceat(&m, &[1, 3, 3, 0], 1);
    assert_eq!(across.row(1), array![6.0 - 7.0, 8.0, 8.0, 5.0 - 6.0 - 7.0 - 8.0 - 9.0]);
}

#[test]
fn outer_products() {
    let table: Array2<f64> = multiply::outer(&[1.0, 2.0, 3.0], &[10.0, 20.0]);
    assert_eq!(table, array![[10.0, 20.0], [20.0, 40.0], [30.0, 60.0]]);
    let m = array![[1.0, 2.0], [3.0, 4.0]];
    let cube: Array3<f64> = subtract::outer(&m.t(), &[1.0, 2.0, 3.0]);
    assert_eq!(cube.shape(), [2, 2, 3]);
    assert_eq!(cube[[1, 0, 2]], m[[0, 1]] - 3.0);
    assert_eq!(multiply::outer(2.0, 3.0), 6.0);
    assert_eq!(subtract::outer(&m, 1.0), &m - 1.0);
    assert_eq!(add::outer(&m, &m).shape(), [2, 2, 2, 2]);
}

#[test]
fn indexed_elements_count_as_often_as_they_are_named() {
    let mut counts = [0i64; 5];
    add::at(&mut counts, &[1, 3, 1, 1, 4], 1);
    assert_eq!(counts, [0, 3, 0, 1, 1]);
    let mut x = array![1.0, 2.0, 3.0];
    subtract::at(x.slice_mut(s![..;-1]), &[0, 0, 2], &[0.5, 0.25, 4.0]);
    assert_eq!(x, array![-3.0, 2.0, 2.25]);
    let mut m = Array2::<f64>::zeros((3, 40));
    let b = Array::from_shape_fn((2, 40), |(i, j)| (i * 100 + j) as f64);
    add::at(&mut m, &[2, 2], &b);
    assert!(m.row(2).iter().enumerate().all(|(j, x)| *x == (100 + 2 * j) as f64), "{m}");
    add::at(&mut m, &[], 1.0);
    let mut transposed = Array2::<f64>::zeros((4, 3));
    add::at(transposed.view_mut().reversed_axes(), &[1, 1], &[1.0, 2.0, 3.0, 4.0]);
    assert_eq!(transposed.column(1), array![2.0, 4.0, 6.0, 8.0]);
}
