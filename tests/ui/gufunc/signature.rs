use ufunc::prelude::*;

#[guvectorize]
fn none(x: &[f64], out: &mut f64) {}

#[guvectorize(f64(f64))]
fn types(x: &[f64], out: &mut f64) {}

#[guvectorize("(n)->()", "(n)->()")]
fn two(x: &[f64], out: &mut f64) {}

#[guvectorize("(n),(n)")]
fn no_arrow(x: &[f64], y: &[f64], out: &mut f64) {}

#[guvectorize("n->()")]
fn bare(x: &[f64], out: &mut f64) {}

#[guvectorize("(n;m)->()")]
fn separator(x: &[f64], out: &mut f64) {}

#[guvectorize("(n)->() more")]
fn longer(x: &[f64], out: &mut f64) {}

#[guvectorize("(0)->()")]
fn empty(x: &[f64], out: &mut f64) {}

#[guvectorize("(3?)->()")]
fn flexible(x: &[f64], out: &mut f64) {}

#[guvectorize("(n?),(n)->()")]
fn both(x: &[f64], y: &[f64], out: &mut f64) {}

#[guvectorize("(a,b,c,d)->()")]
fn deep(x: &[f64], out: &mut f64) {}

fn main() {}
