use ndarray::ArrayView1;
use ufunc::prelude::*;

#[guvectorize("(n)->()")]
fn unlisted<T>(x: &[T], out: &mut T) {
    *out = x[0];
}

#[guvectorize("(n),()->()", f32(f32), f64(f64, f64))]
fn count<T>(x: &[T], y: T, out: &mut T) {
    *out = x[0] + y;
}

#[guvectorize("(n)->(),()", f32(f32))]
fn results<T>(x: &[T], least: &mut T, most: &mut T) {
    *least = x[0];
    *most = x[0];
}

#[guvectorize("(n)->()", f64(float32))]
fn name<T>(x: &[T], out: &mut f64) {
    *out = x[0] as f64;
}

#[guvectorize("(n)->()", f64(f32))]
fn other(x: &[f64], out: &mut f64) {
    *out = x[0];
}

#[guvectorize("(n)->()", f32(f32), f64(f64), f32(f32))]
fn twice<T>(x: &[T], out: &mut T) {
    *out = x[0];
}

#[guvectorize("(n)->()", f64(f64))]
fn bounds<T: Copy>(x: &[T], out: &mut T) {
    *out = x[0];
}

#[guvectorize("(n)->()", f64(f64))]
fn free<T, U>(x: &[T], out: &mut T) {
    *out = x[0];
}

#[guvectorize("(n)->()", f64(f64))]
fn lengths<const N: usize>(x: &[f64; N], out: &mut f64) {
    *out = x[0];
}

#[guvectorize("(n)->()", f64(f64))]
fn borrowed<'a>(x: ArrayView1<'a, f64>, out: &'a mut f64) {
    *out = x[0];
}

#[guvectorize("(n)->()", [f64(f64)])]
fn brackets<T>(x: &[T], out: &mut T) {
    *out = x[0];
}

#[guvectorize("(n)->()", "f64(f64)")]
fn quotes<T>(x: &[T], out: &mut T) {
    *out = x[0];
}

#[guvectorize("(n)->()", f64, f32)]
fn names<T>(x: &[T], out: &mut T) {
    *out = x[0];
}

fn main() {}
