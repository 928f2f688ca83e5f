//! What one call costs: a kernel of one addition over few elements, into existing memory and into new; and a reduction of few.

#![allow(missing_docs, reason = "criterion's macros make undocumented functions")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use ndarray::{Array1, Array2, s};
use ufunc::ops;
use ufunc::prelude::*;

#[vectorize]
fn plus(a: f64, b: f64) -> f64 {
    a + b
}

fn calls(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("call");
    group.sample_size(30).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_millis(800));
    for n in [1, 16, 64, 256] {
        let (a, b) = (Array1::linspace(0.0, 1.0, n), Array1::linspace(1.0, 2.0, n));
        let mut out = Array1::zeros(n);
        plus::into(&a, &b, &mut out);
        assert_eq!(out, &a + &b);
        assert_eq!(plus(&a, &b), out);
        group.bench_function(BenchmarkId::new("into an array", n), |bench| {
            bench.iter(|| plus::into(black_box(&a), black_box(&b), black_box(&mut out)));
        });
        group.bench_function(BenchmarkId::new("a new array", n), |bench| {
            bench.iter(|| -> Array1<f64> { plus(black_box(&a), black_box(&b)) });
        });
        group.bench_function(BenchmarkId::new("ndarray's a + b", n), |bench| {
            bench.iter(|| black_box(&a) + black_box(&b))
        });

        group.bench_function(BenchmarkId::new("the sum of an array", n), |bench| {
            bench.iter(|| ops::add::reduce_all(black_box(&a)));
        });
        let second = Array1::<f64>::ones(2 * n);
        let second = second.slice(s![..;2]);
        group.bench_function(BenchmarkId::new("every second element, into an array", n), |bench| {
            bench.iter(|| plus::into(black_box(&second), black_box(&b), black_box(&mut out)));
        });

        let (a, b) = (a.to_vec(), b.to_vec());
        let mut out = vec![0.0; n];
        group.bench_function(BenchmarkId::new("into a slice", n), |bench| {
            bench.iter(|| plus::into(black_box(&a[..]), black_box(&b[..]), black_box(&mut out[..])));
        });
        let (a, b) = (Array2::ones((n, 4)), Array2::ones((1, 4)));
        let mut out = Array2::zeros((n, 4));
        group.bench_function(BenchmarkId::new("rows of 4, broadcast", n), |bench| {
            bench.iter(|| plus::into(black_box(&a), black_box(&b), black_box(&mut out)));
        });
    }
    group.bench_function("scalars", |bench| bench.iter(|| -> f64 { plus(black_box(1.0), black_box(2.0)) }));
    group.finish();
}

criterion_group!(benches, calls);
criterion_main!(benches);
