//! Each kernel: its scalar twin, the twin through ndarray's `Zip`, the kernel at each level, and on all threads.

#![allow(missing_docs, reason = "criterion's macros make undocumented functions")]

mod workloads;

use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ufunc::Level;

fn kernels(criterion: &mut Criterion) {
    for mut workload in workloads::all() {
        let all = 0..workload.len();
        let mut group = criterion.benchmark_group(workload.name());
        group.throughput(Throughput::Elements(all.len() as u64));
        group.sample_size(20).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
        group.bench_function("twin", |bench| bench.iter(|| workload.twin(all.clone())));
        group.bench_function("zip", |bench| bench.iter(|| workload.zip(all.clone())));
        workload.check();
        for level in Level::ALL.into_iter().filter(|level| level.is_available()) {
            workload.lanes(all.clone(), level);
            workload.check();
            group.bench_function(level.name(), |bench| bench.iter(|| workload.lanes(all.clone(), level)));
        }
        workload.parallel(all.clone());
        workload.check();
        group.bench_function("parallel", |bench| bench.iter(|| workload.parallel(all.clone())));
        group.finish();
    }
}

criterion_group!(benches, kernels);
criterion_main!(benches);
