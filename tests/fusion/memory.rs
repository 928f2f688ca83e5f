//! One pass allocates its result and nothing else.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use ndarray::{Array1, Array2, ArrayView2, ArrayViewMut2, s};
use ufunc::prelude::*;

thread_local! {
    /// How many large blocks this thread has allocated.
    static LARGE: Cell<usize> = const { Cell::new(0) };
}

/// What counts as an array's memory; messages and tables are smaller.
const SIZE: usize = 1 << 12;

struct Counting;

// SAFETY: the system's allocator does everything.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.size() >= SIZE {
            LARGE.with(|large| large.set(large.get() + 1));
        }
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How many arrays a call allocates, the second time: the level and tables are found once.
fn allocated<R>(mut call: impl FnMut() -> R) -> usize {
    call();
    let before = LARGE.get();
    let result = call();
    let count = LARGE.get() - before;
    drop(result);
    count
}

#[jit]
fn chain(x: &Array1<f64>, y: &Array1<f64>) -> Array1<f64> {
    let t = x.exp() + y;
    (&t * &t - 1.0).sqrt() / (x.mapv(|v| v + 2.0) + 0.5)
}

#[jit]
fn step(u: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) {
    out.slice_mut(s![1..-1, 1..-1]).assign(&((&u.slice(s![..-2, 1..-1]) + &u.slice(s![2.., 1..-1])) * 0.5));
    out += &(&u * 0.125);
    out.mapv_inplace(|v| v.abs());
}

#[jit]
fn variance(x: ArrayView2<f64>) -> f64 {
    let centred = &x - x.mean().unwrap();
    (&centred * &centred).sum() / x.len() as f64
}

#[jit]
fn twice(x: &Array1<f64>) -> (f64, Array1<f64>) {
    let t = x.exp();
    let total = t.sum();
    (total, t / total)
}

#[test]
fn only_results_are_allocated() {
    let x = Array1::linspace(0.1, 1.0, 5000);
    let u = Array2::from_shape_fn((60, 80), |(i, j)| (i * j) as f64);
    let mut out = u.clone();
    assert_eq!(allocated(|| chain(&x, &x)), 1);
    assert!(allocated(|| chain::scalar(&x, &x)) > 1, "the counter counts");
    assert_eq!(allocated(|| step(u.view(), out.view_mut())), 0);
    assert_eq!(allocated(|| variance(u.view())), 0);
    assert_eq!(allocated(|| variance(u.t())), 0);
    assert_eq!(allocated(|| variance(u.slice(s![..;2, 1..]))), 0);
    // What two statements use is kept: it and the result.
    assert_eq!(allocated(|| twice(&x)), 2);
}

#[test]
fn passes_are_explained() {
    let said = |explanation: ufunc::Explanation| explanation.to_string();
    let chain = said(chain::explain());
    assert!(chain.contains("a new array of `x`, `y`: one pass"), "{chain}");
    let step = said(step::explain());
    assert_eq!(step.matches("one pass").count(), 3, "{step}");
    let variance = said(variance::explain());
    assert!(variance.contains("`mean` of `x`") && variance.contains("`sum` of `x`"), "{variance}");
    // What is kept is a pass of its own.
    let twice = said(twice::explain());
    assert_eq!(twice.matches("one pass").count(), 3, "{twice}");
    ufunc::assert_vectorized!(chain);
}
