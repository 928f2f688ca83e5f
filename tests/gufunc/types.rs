//! One function for several element types.

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut1, array};
use ufunc::prelude::*;

/// The norm of each row.
#[guvectorize("(n)->()", f32(f32), f64(f64))]
pub fn norm<T>(x: &[T], out: &mut T) {
    let mut total: T = 0.0;
    for &value in x {
        total += value * value;
    }
    *out = total.sqrt();
}

/// The least value, and where it is.
#[guvectorize("(n)->(),()", (f64, u32)(f64), (i32, u32)(i32), (u8, u32)(u8))]
fn least<T>(x: ArrayView1<T>, value: &mut T, at: &mut u32) {
    let (mut best, mut index) = (x[0], 0);
    for i in 0..x.len() {
        if x[i] < best {
            best = x[i];
            index = i as u32;
        }
    }
    *value = best;
    *at = index;
}

/// Two type parameters, and a table that has one of them.
#[guvectorize("(n),()->(n)", f32(f32, i32), f64(f64, i64), f64(f64, i32))]
fn scaled<T, I>(x: &[T], power: I, #[uniform] table: &[T], mut out: ArrayViewMut1<T>) {
    for i in 0..x.len() {
        out[i] = x[i] * table[power as usize];
    }
}

/// The ways of the lanes differ: integers may be summed in any order.
#[guvectorize("(n)->()", f64(f64), i64(i64))]
fn total<T>(x: &[T], out: &mut T) {
    let mut total = x[0];
    for i in 1..x.len() {
        total += x[i];
    }
    *out = total;
}

/// Types may be listed where there is one alone.
#[guvectorize("(m,n)->()", f64(f64))]
fn corner(a: ArrayView2<f64>, out: &mut f64) {
    *out = a[[0, 0]];
}

#[test]
fn operands_pick_the_types() {
    let rows = array![[3.0_f32, 4.0], [5.0, 12.0]];
    let norms: Array1<f32> = norm(&rows);
    assert_eq!(norms, array![5.0, 13.0]);
    let norms: Array1<f64> = norm(&rows.mapv(f64::from));
    assert_eq!(norms, array![5.0, 13.0]);
    let one: f64 = norm(&[3.0, 4.0]);
    assert_eq!(one, 5.0);
    let one: f32 = norm(&[3.0_f32, 4.0]);
    assert_eq!(one, 5.0);
    assert_eq!((norm::NAME, norm::SIGNATURE, norm::NIN, norm::NOUT), ("norm", "(n)->()", 1, 1));
}

#[test]
fn several_outputs_have_their_own_types() {
    let (values, places) = least(&array![[5, -3, 7], [1, 2, 0]]);
    assert_eq!((values, places), (array![-3, 0], array![1_u32, 2]));
    let (value, place): (f64, u32) = least(&[2.5, 1.5]);
    assert_eq!((value, place), (1.5, 1));
    let (mut values, mut places) = ([0_u8; 2], [0_u32; 2]);
    least::into(&array![[9_u8, 8], [7, 8]], &mut values, &mut places);
    assert_eq!((values, places), ([8, 7], [1, 0]));
}

#[test]
fn type_parameters_are_told_apart() {
    let x = array![[1.0, 2.0], [3.0, 4.0]];
    let table = [10.0, 100.0];
    assert_eq!(scaled(&x, &array![0_i64, 1], &table), array![[10.0, 20.0], [300.0, 400.0]]);
    assert_eq!(scaled(&x, &array![1_i32, 1], &table), array![[100.0, 200.0], [300.0, 400.0]]);
    let short: Array2<f32> = scaled(&x.mapv(|x| x as f32), 1, &[0.0, 2.0]);
    assert_eq!(short, array![[2.0, 4.0], [6.0, 8.0]]);
    let down = scaled::with(&x, 0_i64, &table).axes(&[&[0], &[], &[0]]).eval();
    assert_eq!(down, &x * 10.0);
    let mut out = Array2::zeros((2, 2));
    scaled::par_into(&x, 1_i64, &table, &mut out);
    assert_eq!(out, &x * 100.0);
    assert_eq!(scaled::par(&x, 1_i64, &table), out);
}

#[test]
fn each_type_has_the_lanes_that_suit_it() {
    assert_eq!(total::LANES, "core or batch");
    let (floats, integers) = (Array2::<f64>::ones((3, 50)), Array2::<i64>::ones((3, 50)));
    assert_eq!(total::with(&floats).lanes(), Ok("batch"));
    assert_eq!(total::with(&integers).lanes(), Ok("core"));
    assert_eq!((total(&floats), total(&integers)), (array![50.0, 50.0, 50.0], array![50, 50, 50]));
    let told = total::explain().to_string();
    assert!(told.contains("for `T` = `f64`:") && told.contains("for `T` = `i64`:"), "{told}");
    assert_eq!(corner::explain().to_string().matches("for `").count(), 0);
}

/// Type parameters stand in macros, too.
#[guvectorize("(n)->()", u8(u8), i32(i32))]
fn count<T>(x: &[T], out: &mut T) {
    assert!(x.len() as u64 <= T::MAX as u64, "{} do not fit", x.len());
    let mut count = 0 as T;
    for &value in x {
        if value > 0 {
            count += 1;
        }
    }
    *out = count;
}

#[test]
fn type_parameters_stand_in_macros() {
    assert_eq!(count(&[1_u8, 0, 3]), 2);
    assert_eq!(count(&[1_i32; 300]), 300);
    assert!(std::panic::catch_unwind(|| count(&[1_u8; 300])).is_err());
}

#[test]
fn twins_are_found_by_type() {
    let mut out = 0.0_f32;
    norm::scalar(&[3.0_f32, 4.0], &mut out);
    assert_eq!(out, 5.0);
    let (mut value, mut at) = (0, 0);
    least::scalar(array![4, 2, 3].view(), &mut value, &mut at);
    assert_eq!((value, at), (2, 1));
    assert_eq!(corner(&array![[7.0]]), 7.0);
}

#[test]
fn functions_in_functions_may_have_types_too() {
    #[guvectorize("(n)->(n)", u8(u8), i64(i64))]
    fn twice<T>(x: &[T], out: &mut [T]) {
        for i in 0..x.len() {
            out[i] = x[i] + x[i];
        }
    }
    assert_eq!(twice(&[1_u8, 200]), [2, 144]);
    assert_eq!(twice(&[1_i64, 200]), [2, 400]);
}
