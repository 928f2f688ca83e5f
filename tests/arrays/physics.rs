//! Particles and pairs of them.

use ndarray::{ArrayView1, ArrayView2, ArrayViewMut1, ArrayViewMut2};
use ufunc::prelude::*;

use crate::harness::{check, exact, lengths, near};

/// The energy of all pairs: a triangular loop.
#[jit(reassoc)]
fn lennard_jones(x: &[f64], y: &[f64], z: &[f64]) -> f64 {
    let mut energy = 0.0;
    for i in 0..x.len() {
        for j in i + 1..x.len() {
            let (dx, dy, dz) = (x[i] - x[j], y[i] - y[j], z[i] - z[j]);
            let r2 = dx * dx + dy * dy + dz * dz + 0.5;
            let s6 = 1.0 / (r2 * r2 * r2);
            energy += 4.0 * (s6 * s6 - s6);
        }
    }
    energy
}

/// Forces on each particle, summed in order: the particles are lanes, each goes through all others.
#[jit]
fn accelerations(x: &[f32], y: &[f32], mass: &[f32], ax: &mut [f32], ay: &mut [f32]) {
    for i in 0..x.len() {
        let (mut sx, mut sy) = (0.0, 0.0);
        for j in 0..x.len() {
            let (dx, dy) = (x[j] - x[i], y[j] - y[i]);
            let r2 = dx * dx + dy * dy + 0.01;
            let s = mass[j] / (r2 * r2.sqrt());
            sx += s * dx;
            sy += s * dy;
        }
        ax[i] = sx;
        ay[i] = sy;
    }
}

/// With a cut-off, and without the particle itself.
#[jit]
fn neighbours(x: ArrayView1<f64>, radius: f64, mut counts: ArrayViewMut1<u32>) {
    for i in 0..x.len() {
        let mut count = 0;
        for j in 0..x.len() {
            if i == j {
                continue;
            }
            if (x[i] - x[j]).abs() < radius {
                count += 1;
            }
        }
        counts[i] = count;
    }
}

#[jit]
fn distances(points: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) {
    for i in 0..points.nrows() {
        for j in 0..points.nrows() {
            let mut sum = 0.0;
            for k in 0..points.ncols() {
                let d = points[[i, k]] - points[[j, k]];
                sum += d * d;
            }
            out[[i, j]] = sum.sqrt();
        }
    }
}

/// A kernel density by the logarithm of a sum of exponentials, of which the greatest is taken out.
#[jit]
fn density(data: &[f64], at: &[f64], width: f64, out: &mut [f64]) {
    for i in 0..at.len() {
        let mut greatest = f64::NEG_INFINITY;
        for j in 0..data.len() {
            let d = (at[i] - data[j]) / width;
            greatest = greatest.max(-0.5 * d * d);
        }
        let mut sum = 0.0;
        for j in 0..data.len() {
            let d = (at[i] - data[j]) / width;
            sum += (-0.5 * d * d - greatest).exp();
        }
        out[i] = greatest + sum.ln() - (data.len() as f64 * width * 2.5066282746310002).ln();
    }
}

/// A step of the leapfrog.
#[jit]
fn leapfrog(x: &mut [f64], v: &mut [f64], a: &[f64], dt: f64) {
    for ((x, v), a) in x.iter_mut().zip(v.iter_mut()).zip(a) {
        *v += dt * a;
        *x += dt * *v;
    }
}

/// A bouncing ball each, so many steps of it: a loop in each lane, with a condition in it.
#[jit]
fn bounce(height: &mut [f64], speed: &mut [f64], steps: u32) {
    for i in 0..height.len() {
        let (mut h, mut v) = (height[i], speed[i]);
        for _ in 0..steps {
            v -= 0.1;
            h += 0.1 * v;
            if h < 0.0 {
                h = -h;
                v = -0.9 * v;
            }
        }
        height[i] = h;
        speed[i] = v;
    }
}

/// Each goes on until it is small: lanes leave at different turns.
#[jit]
fn halvings(x: &[f64], out: &mut [u32]) {
    for (x, out) in x.iter().zip(out.iter_mut()) {
        let mut left = x.abs().min(1e9);
        let mut n = 0;
        while left > 1e-3 {
            left *= 0.5;
            n += 1;
            if n == 25 {
                break;
            }
        }
        *out = n;
    }
}

#[test]
fn pairs() {
    check((0..40).chain([100]), false, |case| {
        let (x, y, z) = (case.slice(case.n), case.slice(case.n), case.slice(case.n));
        near!(case, 1e-13, order, lennard_jones(x.slice(), y.slice(), z.slice()));
    });
    check((0..71).chain([130]), true, |case| {
        let (x, y, m) = (case.slice(case.n), case.slice(case.n), case.slice(case.n));
        let (ax, ay) = (case.slice(case.n), case.slice(case.n));
        exact!(case, accelerations(x.slice(), y.slice(), m.slice(), ax.slice_mut(), ay.slice_mut()) writes ax, ay);
        let (x, counts) = (case.array(case.n), case.array(case.n));
        exact!(case, neighbours(x.view(), 0.3, counts.view_mut()) writes counts);
        let points = case.matrix(case.n, 1 + case.n % 4);
        let out = case.matrix(case.n, case.n);
        exact!(case, distances(points.view(), out.view_mut()) writes out);
    });
}

#[test]
fn densities() {
    check((0..40).chain([70]), false, |case| {
        let (data, at, out) = (case.slice(1 + case.n % 23), case.slice(case.n), case.slice(case.n));
        near!(case, 1e-14, math, density(data.slice(), at.slice(), 0.2, out.slice_mut()) writes out);
    });
}

#[test]
fn steps() {
    check(lengths(), true, |case| {
        let (x, v, a) = (case.slice(case.n), case.slice(case.n + case.n % 2), case.slice(case.n + case.n % 3));
        exact!(case, leapfrog(x.slice_mut(), v.slice_mut(), a.slice(), 0.01) writes x, v);
        let (h, v) = (case.slice(case.n), case.slice(case.n));
        exact!(case, bounce(h.slice_mut(), v.slice_mut(), 40) writes h, v);
        let (x, out) = (case.slice(case.n), case.slice(case.n));
        exact!(case, halvings(x.slice(), out.slice_mut()) writes out);
    });
}
