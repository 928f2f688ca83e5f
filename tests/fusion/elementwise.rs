//! Functions that return arrays: operators, methods and closures of one element.

use ndarray::{Array1, Array2, Array3, ArrayView1, ArrayView2, ArrayView3};
use ufunc::prelude::*;

use crate::harness::{cubes, matrices, other_order, same, vectors};

#[jit(parallel)]
fn stacked(x: &Array1<f64>) -> Array1<f64> {
    x.asin().exp()
}

#[jit]
fn line(x: ArrayView1<f64>, slope: f64, offset: f64) -> Array1<f64> {
    slope * &x + offset
}

#[jit]
fn polynomial(x: ArrayView1<f32>) -> Array1<f32> {
    let x2 = &x * &x;
    ((0.5 * &x2 - 1.5) * &x2 + 0.25) * x - 2.0_f32
}

#[jit]
fn integers(a: ArrayView1<i32>, b: &Array1<i32>) -> Array1<i32> {
    -(&a * 3) + (b & 0xff) - (&a ^ b) % 7 + (!&a >> 2)
}

#[jit]
fn positive(x: ArrayView1<f64>) -> Array1<bool> {
    x.mapv(|v| v > 0.0)
}

#[jit]
fn within(x: ArrayView2<f32>, low: f32, high: f32) -> Array2<bool> {
    let above = x.mapv(|v| v >= low);
    let below = x.mapv(|v| v <= high);
    above & below
}

#[jit]
fn branch(x: ArrayView1<f64>, limit: f64) -> Array1<f64> {
    let n = x.len() as f64;
    x.mapv(|v| {
        let scaled = v * n;
        if scaled > limit { limit + (scaled - limit).sqrt() } else { scaled }
    })
}

#[jit]
fn soft(x: f64) -> f64 {
    if x > 0.0 { x / (1.0 + x) } else { x }
}

#[jit]
fn by_name(x: ArrayView1<f64>) -> Array1<f64> {
    x.mapv(soft) + x.mapv(f64::abs) * x.map(|&v| soft(v * 2.0)) - x.map(|v| *v + v.floor())
}

#[jit]
fn narrowed(x: ArrayView1<f64>) -> Array1<u8> {
    (&x * 255.0).mapv(|v| v as u8)
}

#[jit]
fn converted(x: ArrayView1<u8>) -> Array1<f32> {
    x.mapv(f32::from) / 255.0
}

#[jit]
fn methods(x: ArrayView2<f64>) -> Array2<f64> {
    x.abs().sqrt() + x.floor() * x.ceil() - x.trunc().signum() + x.fract().recip().clamp(-3.0, 3.0) + x.round()
        - x.abs_sub(0.25).pow2()
}

#[jit]
fn math(x: ArrayView2<f64>) -> Array2<f64> {
    (x.exp() + x.abs().ln_1p() + x.cos()) * (2.0 + x.sin()) + x.powi(3).hypot(2.0) + x.abs().powf(0.75)
}

#[jit]
fn not_a_number(x: ArrayView1<f64>) -> Array1<bool> {
    let root = x.sqrt();
    root.is_nan() | root.is_infinite()
}

#[jit]
fn table(x: ArrayView1<u8>, colours: &[f32]) -> Array1<f32> {
    x.mapv(|v| colours[v as usize % 16] * 0.5)
}

#[jit]
fn outer(x: ArrayView1<f64>, y: ArrayView1<f64>) -> Array2<f64> {
    &x.insert_axis(ndarray::Axis(1)) * &y
}

#[jit(parallel)]
fn cube(x: ArrayView3<f32>, plane: &Array2<f32>, offset: f32) -> Array3<f32> {
    (&x - plane) * (&x + plane) + offset
}

#[jit]
fn choice(x: ArrayView1<f64>, twice: bool) -> Array1<f64> {
    if twice {
        return &x * 2.0;
    }
    let y = &x + 1.0;
    match x.len() {
        0 => y,
        n => y / n as f64,
    }
}

#[jit]
fn both(x: ArrayView1<f64>) -> (Array1<f64>, Array1<f64>) {
    let shifted = &x + 1.0;
    let half = 0.5;
    (&shifted * half, shifted / 3.0)
}

#[jit]
fn shadowed(x: ArrayView1<f64>, k: f64) -> Array1<f64> {
    let t = &x * k;
    let k = 3.0;
    let x = t + k;
    &x * &x - k
}

#[jit]
fn owned(x: Array1<f64>, y: &Array1<f64>) -> Array1<f64> {
    let doubled: Array1<f64> = &x + &x;
    doubled.clone() * y + doubled.mapv_into(|v| v - 1.0)
}

#[test]
fn of_vectors() {
    vectors::<f64>(|x| {
        let owned_x = x.to_owned();
        same!(3.0, stacked(&owned_x));
        same!(0.0, line(x, 1.5, -0.25));
        same!(0.0, positive(x));
        same!(0.0, branch(x, 0.5));
        same!(0.0, by_name(x));
        same!(0.0, narrowed(x));
        same!(0.0, not_a_number(x));
        same!(0.0, choice(x, true));
        same!(0.0, choice(x, false));
        same!(0.0, both(x));
        same!(0.0, shadowed(x, 0.7));
        same!(0.0, owned(owned_x.clone(), &owned_x));
        let y = Array1::linspace(-1.0, 1.0, 5);
        same!(0.0, outer(x, y.view()));
    });
    vectors::<f32>(|x| same!(0.0, polynomial(x)));
    vectors::<i32>(|x| {
        let y = x.mapv(|v| v / 3);
        same!(0.0, integers(x, &y));
    });
    vectors::<u8>(|x| {
        same!(0.0, converted(x));
        let colours: Vec<f32> = (0..16).map(|k| k as f32).collect();
        same!(0.0, table(x, &colours));
    });
}

#[test]
fn of_matrices() {
    matrices::<f64>(|x| {
        same!(0.0, methods(x));
        same!(16.0, math(x));
        same!(0.0, methods(other_order(&x).view()));
    });
    matrices::<f32>(|x| same!(0.0, within(x, -0.5, 0.75)));
}

#[test]
fn of_three_axes() {
    cubes::<f32>(|x| {
        let (_, rows, columns) = x.dim();
        let plane = Array2::from_shape_fn((rows, columns), |(i, j)| (i + 2 * j) as f32 * 0.125);
        same!(0.0, cube(x, &plane, 0.5));
        same!(0.0, cube(x, &other_order(&plane), 0.5));
    });
}

/// On several threads, in parts, the same.
#[test]
fn threads() {
    let x = Array1::from_shape_fn(200_000, |k| ((k * 37) % 1001) as f64 / 1001.0);
    let one = stacked(&x);
    for threads in [1, 2, 7] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start");
        assert_eq!(pool.install(|| stacked(&x)), one);
    }
    crate::harness::hold("stacked", &stacked::scalar(&x), &one, 3.0);
}
