//! `ops::add`, `multiply` and `maximum` into existing memory beside ndarray's operators and its `Zip`, by length.

#![allow(missing_docs, reason = "criterion's macros make undocumented functions")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use ndarray::{Array1, Zip};
use ufunc::ops;

const LENGTHS: [usize; 5] = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];

/// One function of a type: ours, and what ndarray's users write.
macro_rules! function {
    ($criterion:ident, $name:ident, $t:ident, $zip:expr, $operator:expr) => {{
        let mut group = $criterion.benchmark_group(concat!(stringify!($name), " ", stringify!($t)));
        group.sample_size(20).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_millis(800));
        for len in LENGTHS {
            group.throughput(Throughput::Elements(len as u64));
            let a = Array1::from_iter((0..len).map(|i| (i % 97) as $t));
            let b = Array1::from_iter((0..len).map(|i| (i % 89) as $t));
            let mut out = Array1::<$t>::zeros(len);
            group.bench_function(BenchmarkId::new("ufunc", len), |bench| {
                bench.iter(|| ops::$name::into(black_box(&a), black_box(&b), black_box(&mut out)));
            });
            let expected = out.clone();
            group.bench_function(BenchmarkId::new("ndarray zip", len), |bench| {
                bench.iter(|| {
                    let zip = Zip::from(black_box(&mut out)).and(black_box(&a)).and(black_box(&b));
                    zip.for_each(|out, a: &$t, b: &$t| *out = $zip(*a, *b));
                });
            });
            assert_eq!(out, expected);
            let operator: Option<fn(&mut Array1<$t>, &Array1<$t>)> = $operator;
            if let Some(operator) = operator {
                // The result replaces the first operand, in both.
                group.bench_function(BenchmarkId::new("ufunc in place", len), |bench| {
                    bench.iter(|| ops::$name::inplace(black_box(&mut out), black_box(&b)));
                });
                group.bench_function(BenchmarkId::new("ndarray operator in place", len), |bench| {
                    bench.iter(|| operator(black_box(&mut out), black_box(&b)));
                });
            }
        }
        group.finish();
    }};
}

fn functions(criterion: &mut Criterion) {
    function!(criterion, add, f64, |a, b| a + b, Some(|a, b| *a += b));
    function!(criterion, add, f32, |a, b| a + b, Some(|a, b| *a += b));
    function!(criterion, multiply, f64, |a, b| a * b, Some(|a, b| *a *= b));
    function!(criterion, multiply, f32, |a, b| a * b, Some(|a, b| *a *= b));
    function!(criterion, maximum, f64, |a: f64, b: f64| a.max(b), None);
    function!(criterion, maximum, f32, |a: f32, b: f32| a.max(b), None);
}

criterion_group!(benches, functions);
criterion_main!(benches);
