//! Parallel calls give the results of calls on one thread, whatever the pool and the tasks.
#![cfg(all(feature = "ndarray", feature = "rayon"))]

mod kernels;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::thread::ThreadId;

use kernels::{blend, divmod, rc, scale};
use ndarray::{Array1, Array2, Array3, Axis, s};
use rayon::{ThreadPool, ThreadPoolBuilder};
use ufunc::kernel::Kernel;
use ufunc::lanes::{Mask, Simd, Vector};

fn pools() -> [ThreadPool; 2] {
    [1, 2].map(|threads| ThreadPoolBuilder::new().num_threads(threads).build().unwrap())
}

#[test]
fn results_do_not_depend_on_pool_or_tasks() {
    let a = Array3::from_shape_fn((7, 90, 160), |(i, j, k)| (i * 3 + j * 5 + k + 1) as f64 * 0.37);
    let row = Array1::from_shape_fn(160, |i| 1.0 / (i as f64 + 0.5));
    let f = Array3::from_shape_fn((160, 90, 7), |(i, j, k)| (i + j + k + 1) as f64).reversed_axes();
    let column = a.slice(s![.., .., ..1]);
    let mask = f.mapv(|x| x as u64 % 3 < 1);
    let wanted = blend(&a, &row, &f);
    let wanted_column = rc(&a, &column);
    let wanted_masked = rc::with(&f, &a).mask(&mask).eval();
    let flat = a.flatten();
    let wanted_flat = rc(&flat, 3.0);
    let window = a.slice(s![.., .., ..150]);
    let every_second = a.slice(s![.., .., ..;-2]);
    let wanted_second = blend(&every_second, 3.0, window.slice(s![.., .., 70..]));
    for pool in pools() {
        pool.install(|| {
            for min_len in [0, 1, 100, 1000, 16384, usize::MAX] {
                assert_eq!(blend::with(&a, &row, &f).parallel(true).min_len(min_len).eval(), wanted);
                assert_eq!(rc::with(&a, &column).parallel(true).min_len(min_len).eval(), wanted_column);
                let second = blend::with(&every_second, 3.0, window.slice(s![.., .., 70..]));
                assert_eq!(second.parallel(true).min_len(min_len).eval(), wanted_second);
                let masked = rc::with(&f, &a).mask(&mask).parallel(true).min_len(min_len);
                assert_eq!(masked.eval(), wanted_masked);
                assert_eq!(rc::with(&flat, 3.0).parallel(true).min_len(min_len).eval(), wanted_flat);
            }
            let mut out = Array2::zeros((160, 630));
            let every = a.to_shape((630, 160)).unwrap().reversed_axes();
            rc::par_into(&every, 2.0, out.slice_mut(s![..;-1, ..]));
            out.invert_axis(Axis(0));
            assert_eq!(out, rc(&every, 2.0));
            assert_eq!(rc::par(&a, &row), rc(&a, &row));
        });
    }
}

/// The threads that computed something.
static THREADS: Mutex<Option<HashSet<ThreadId>>> = Mutex::new(None);

/// A kernel that tells which thread it runs on.
enum Spy {}

impl Kernel for Spy {
    const NAME: &'static str = "spy";
    type Inputs = (f64,);
    type Outputs = (f64,);
    type Uniforms<'a> = ();
    type Gang<S: Simd> = S;

    fn gang<'a, S: Simd>(_: S, _: Mask<S>, inputs: (Vector<f64, S>,), (): ()) -> (Vector<f64, S>,) {
        THREADS.lock().unwrap().get_or_insert_default().insert(std::thread::current().id());
        std::thread::sleep(std::time::Duration::from_micros(20));
        inputs
    }

    fn scalar<'a>(inputs: (f64,), (): ()) -> (f64,) {
        inputs
    }
}

#[test]
fn tasks_spread_over_the_current_pool() {
    let [one, two] = pools();
    let x = vec![1.0; 20_000];
    let run = |parallel: bool, min_len: usize| {
        *THREADS.lock().unwrap() = None;
        assert_eq!(ufunc::Call::<Spy, (), _>::new((&x,), ()).parallel(parallel).min_len(min_len).eval(), x);
        THREADS.lock().unwrap().take().unwrap()
    };
    let here = HashSet::from([std::thread::current().id()]);
    assert_eq!(run(false, 1), here);
    assert_eq!(two.install(|| run(true, 256)).len(), 2);
    assert_eq!(one.install(|| run(true, 256)).len(), 1);
    assert_eq!(two.install(|| run(true, 10_001)).len(), 1, "not enough for two tasks");
}

#[test]
fn panics_come_back_to_the_caller() {
    let a = vec![1; 50_000];
    let mut b = vec![3; 50_000];
    b[40_000] = 0;
    for pool in pools() {
        let payload = pool
            .install(|| catch_unwind(AssertUnwindSafe(|| divmod::with(&a, &b).parallel(true).min_len(100).eval())))
            .expect_err("a divisor is zero");
        let message = payload.downcast_ref::<&str>().copied().map(str::to_owned);
        let message = message.or_else(|| payload.downcast_ref::<String>().cloned());
        assert_eq!(message.as_deref(), Some("attempt to divide by zero"));
    }
}

#[test]
fn small_calls_stay_on_this_thread() {
    assert_eq!(scale::par(2.0), 6.0);
    assert_eq!(scale::par([1.0; 100]), [3.0; 100]);
}
