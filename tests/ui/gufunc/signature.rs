use ufunc::prelude::*;

#[guvectorize]
fn none(_x: &[f64], _out: &mut f64) {}

#[guvectorize(f64(f64))]
fn types(_x: &[f64], _out: &mut f64) {}

#[guvectorize("(n)->()", "(n)->()")]
fn two(_x: &[f64], _out: &mut f64) {}

#[guvectorize("(n),(n)")]
fn no_arrow(_x: &[f64], _y: &[f64], _out: &mut f64) {}

#[guvectorize("n->()")]
fn bare(_x: &[f64], _out: &mut f64) {}

#[guvectorize("(n;m)->()")]
fn separator(_x: &[f64], _out: &mut f64) {}

#[guvectorize("(n)->() more")]
fn longer(_x: &[f64], _out: &mut f64) {}

#[guvectorize("(0)->()")]
fn empty(_x: &[f64], _out: &mut f64) {}

#[guvectorize("(3?)->()")]
fn flexible(_x: &[f64], _out: &mut f64) {}

#[guvectorize("(n?),(n)->()")]
fn both(_x: &[f64], _y: &[f64], _out: &mut f64) {}

#[guvectorize("(a,b,c,d)->()")]
fn deep(_x: &[f64], _out: &mut f64) {}

fn main() {}
