//! Neighbours of an element, in one, two and three dimensions.

use ndarray::{ArrayView1, ArrayView2, ArrayView3, ArrayViewMut1, ArrayViewMut2, ArrayViewMut3};
use ufunc::prelude::*;

use crate::harness::{check, exact, lengths};

#[jit]
fn heat_1d(u: ArrayView1<f64>, mut out: ArrayViewMut1<f64>, k: f64) {
    for i in 1..u.len() - 1 {
        out[i] = u[i] + k * (u[i - 1] - 2.0 * u[i] + u[i + 1]);
    }
}

/// The largest change is an exact reduction.
#[jit]
fn jacobi(u: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) -> f64 {
    let mut worst: f64 = 0.0;
    for i in 1..u.nrows() - 1 {
        for j in 1..u.ncols() - 1 {
            let new = 0.25 * (u[[i - 1, j]] + u[[i + 1, j]] + u[[i, j - 1]] + u[[i, j + 1]]);
            worst = worst.max((new - u[[i, j]]).abs());
            out[[i, j]] = new;
        }
    }
    worst
}

#[jit]
fn laplace_3d(u: ArrayView3<f32>, mut out: ArrayViewMut3<f32>) {
    let (depth, height, width) = u.dim();
    for k in 1..depth - 1 {
        for i in 1..height - 1 {
            for j in 1..width - 1 {
                out[[k, i, j]] = u[[k - 1, i, j]]
                    + u[[k + 1, i, j]]
                    + u[[k, i - 1, j]]
                    + u[[k, i + 1, j]]
                    + u[[k, i, j - 1]]
                    + u[[k, i, j + 1]]
                    - 6.0 * u[[k, i, j]];
            }
        }
    }
}

/// Conway's Game of Life on a torus.
#[jit]
fn life(cells: ArrayView2<u8>, mut next: ArrayViewMut2<u8>) {
    let (height, width) = cells.dim();
    for i in 0..height {
        let above = if i == 0 { height - 1 } else { i - 1 };
        let below = if i + 1 == height { 0 } else { i + 1 };
        for j in 0..width {
            let left = if j == 0 { width - 1 } else { j - 1 };
            let right = if j + 1 == width { 0 } else { j + 1 };
            let around = cells[[above, left]]
                + cells[[above, j]]
                + cells[[above, right]]
                + cells[[i, left]]
                + cells[[i, right]]
                + cells[[below, left]]
                + cells[[below, j]]
                + cells[[below, right]];
            next[[i, j]] = (around == 3 || around == 2 && cells[[i, j]] == 1) as u8;
        }
    }
}

/// The mean of so many values: the window slides, in order.
#[jit]
fn moving_average(x: &[f64], window: usize, out: &mut [f64]) {
    for i in 0..out.len() {
        let mut total = 0.0;
        for k in 0..window {
            total += x[i + k];
        }
        out[i] = total / window as f64;
    }
}

/// A convolution with a kernel of three by three, and the border as it was.
#[jit]
fn convolve(x: ArrayView2<f32>, weights: &[f32; 9], mut out: ArrayViewMut2<f32>) {
    for i in 0..x.nrows() {
        for j in 0..x.ncols() {
            if i == 0 || j == 0 || i + 1 == x.nrows() || j + 1 == x.ncols() {
                out[[i, j]] = x[[i, j]];
                continue;
            }
            let mut total = 0.0;
            for di in 0..3 {
                for dj in 0..3 {
                    total += weights[3 * di + dj] * x[[i + di - 1, j + dj - 1]];
                }
            }
            out[[i, j]] = total;
        }
    }
}

/// Corners by Harris: gradients, their products over a window, and the response.
#[jit]
fn harris(x: ArrayView2<f32>, k: f32, mut response: ArrayViewMut2<f32>) {
    for i in 2..x.nrows() - 2 {
        for j in 2..x.ncols() - 2 {
            let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
            for di in 0..3 {
                for dj in 0..3 {
                    let (r, c) = (i + di - 1, j + dj - 1);
                    let gx = 0.5 * (x[[r, c + 1]] - x[[r, c - 1]]);
                    let gy = 0.5 * (x[[r + 1, c]] - x[[r - 1, c]]);
                    xx += gx * gx;
                    xy += gx * gy;
                    yy += gy * gy;
                }
            }
            let trace = xx + yy;
            response[[i, j]] = xx * yy - xy * xy - k * trace * trace;
        }
    }
}

/// The gradient's length, as a kernel with a device function in it.
#[jit]
fn length(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}

#[jit]
fn edges(x: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) {
    for i in 1..x.nrows() {
        for j in 1..x.ncols() {
            out[[i, j]] = length(x[[i, j]] - x[[i, j - 1]], x[[i, j]] - x[[i - 1, j]]);
        }
    }
}

/// Values beside each other change places: two steps at a time, each element written once.
#[jit]
fn in_pairs(x: &[i32], out: &mut [i32]) {
    for i in 0..x.len() / 2 {
        out[2 * i] = x[2 * i + 1];
        out[2 * i + 1] = x[2 * i];
    }
}

/// Red and black points: those of one colour depend on the other alone.
#[jit]
fn red_black(u: &mut [f64], colour: usize) {
    let n = u.len();
    for i in 0..(n - colour - 1) / 2 {
        let at = 2 * i + 1 + colour;
        if at + 1 < n {
            u[at] = 0.5 * (u[at - 1] + u[at + 1]);
        }
    }
}

#[test]
fn one_dimension() {
    check(lengths().into_iter().filter(|n| *n > 2), true, |case| {
        let (u, out) = (case.array(case.n), case.array(case.n));
        exact!(case, heat_1d(u.view(), out.view_mut(), 0.1) writes out);
        let window = 1 + case.n % 6;
        let x = case.slice(case.n + window - 1);
        let out = case.slice(case.n);
        exact!(case, moving_average(x.slice(), window, out.slice_mut()) writes out);
        let (x, out) = (case.slice(case.n), case.slice(case.n));
        exact!(case, in_pairs(x.slice(), out.slice_mut()) writes out);
        let u = case.slice(case.n);
        for colour in [0, 1] {
            exact!(case, red_black(u.slice_mut(), colour) writes u);
        }
    });
}

#[test]
fn two_dimensions() {
    check((4..40).chain([70, 131]), true, |case| {
        let rows = 4 + case.n % 7;
        let (u, out) = (case.matrix(rows, case.n), case.matrix(rows, case.n));
        exact!(case, jacobi(u.view(), out.view_mut()) writes out);
        let (x, out) = (case.matrix(case.n, rows), case.matrix(case.n, rows));
        exact!(case, edges(x.view(), out.view_mut()) writes out);
        let weights = [0.1, -0.2, 0.3, 0.4, 0.5, -0.6, 0.7, 0.8, 0.9];
        let (x, out) = (case.matrix(rows, case.n), case.matrix(rows, case.n));
        exact!(case, convolve(x.view(), &weights, out.view_mut()) writes out);
        let (x, out) = (case.matrix(rows, case.n), case.matrix(rows, case.n));
        exact!(case, harris(x.view(), 0.05, out.view_mut()) writes out);
    });
}

#[test]
fn wrap_around() {
    check((1..40).chain([70, 131]), false, |case| {
        let cells = case.matrix::<u8>(1 + case.n % 9, case.n);
        let cells = cells.map(|cell| cell & 1);
        let next = case.matrix(1 + case.n % 9, case.n);
        exact!(case, life(cells.view(), next.view_mut()) writes next);
    });
}

#[test]
fn three_dimensions() {
    check((3..20).chain([37, 68]), true, |case| {
        let shape = (3 + case.n % 4, 3 + case.n % 3, case.n);
        let (u, out) = (case.cube(shape), case.cube(shape));
        exact!(case, laplace_3d(u.view(), out.view_mut()) writes out);
    });
}

/// Of an empty inner range nothing is written.
#[test]
fn too_small() {
    check([2], false, |case| {
        let (u, out) = (case.matrix(2, 2), case.matrix(2, 2));
        exact!(case, jacobi(u.view(), out.view_mut()) writes out);
    });
}
