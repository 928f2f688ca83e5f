use ufunc::prelude::*;

#[guvectorize("(n)->(p)", dims(q = n))]
fn unknown(x: &[f64], out: &mut [f64]) {
    out[0] = x[0];
}

#[guvectorize("(n)->(n)", dims(n = 3))]
fn given(x: &[f64], out: &mut [f64]) {
    out[0] = x[0];
}

#[guvectorize("(n)->(p)", dims(p = m + 1))]
fn of_unknown(x: &[f64], out: &mut [f64]) {
    out[0] = x[0];
}

#[guvectorize("(n)->(p)", dims(p = n % 2))]
fn operator(x: &[f64], out: &mut [f64]) {
    out[0] = x[0];
}

#[guvectorize("(n)->(p)", dims(p))]
fn no_length(x: &[f64], out: &mut [f64]) {
    out[0] = x[0];
}

#[guvectorize("(n)->()", dims = n)]
fn no_list(x: &[f64], out: &mut f64) {
    *out = x[0];
}

#[guvectorize("(n)->()", lanes = "rows")]
fn lanes(x: &[f64], out: &mut f64) {
    *out = x[0];
}

#[guvectorize("(n)->()", lanes)]
fn no_lanes(x: &[f64], out: &mut f64) {
    *out = x[0];
}

#[guvectorize("(n)->()", nopython, writable_args)]
fn numba(x: &[f64], out: &mut f64) {
    *out = x[0];
}

#[guvectorize("(n)->()", lanes = "core")]
fn ordered(x: &[f64], out: &mut f64) {
    let mut total = 0.0;
    for i in 0..x.len() {
        total += x[i];
    }
    *out = total;
}

fn main() {}
