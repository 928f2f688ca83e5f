//! An index out of bounds panics as Rust's do, and before anything is written past the end; so does all else that panics
//! in the twin.

use std::panic::{AssertUnwindSafe, catch_unwind};

use ndarray::{ArrayView1, ArrayView2, ArrayViewMut2};
use ufunc::Level;
use ufunc::prelude::*;

use crate::harness::{Placed, check, pools};

#[jit]
fn copy(x: &[f64], out: &mut [f64]) {
    for i in 0..x.len() {
        out[i] = x[i];
    }
}

#[jit]
fn shifted(x: ArrayView1<i32>, by: usize, out: &mut [i32]) {
    for i in 0..out.len() {
        out[i] = x[i + by];
    }
}

#[jit]
fn below(x: &[i32], out: &mut [i32]) {
    for i in 0..out.len() {
        out[i] = x[i - 1];
    }
}

#[jit]
fn take(x: &[f32], index: &[i64], out: &mut [f32]) {
    for i in 0..index.len() {
        if index[i] != 77 {
            out[i] = x[index[i] as usize];
        }
    }
}

#[jit]
fn put(index: &[u32], out: &mut [u8]) {
    for i in 0..index.len() {
        out[index[i] as usize] = i as u8;
    }
}

#[jit]
fn tally(index: &[usize], counts: &mut [u32]) {
    for &i in index {
        counts[i] += 1;
    }
}

#[jit]
fn transpose(x: ArrayView2<u8>, mut out: ArrayViewMut2<u8>) {
    for i in 0..x.nrows() {
        for j in 0..x.ncols() {
            out[[j, i]] = x[[i, j]];
        }
    }
}

#[jit]
fn roots(x: &[f64], out: &mut [f64]) {
    for i in 0..x.len() {
        assert!(x[i] >= 0.0, "a root of something below zero");
        out[i] = x[i].sqrt();
    }
}

#[jit]
fn quotients(a: &[i32], b: &[i32], out: &mut [i32]) {
    for i in 0..a.len() {
        out[i] = a[i] / b[i];
    }
}

#[jit(parallel)]
fn on_threads(x: &[f64], out: &mut [f64]) -> f64 {
    let mut total = 0.0;
    for i in prange(0..x.len()) {
        out[i] = 2.0 * x[i];
        total += x[i];
    }
    total
}

/// What a call panics with, or its result.
fn outcome<R>(call: impl FnOnce() -> R) -> Result<R, String> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|panic| match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => panic.downcast::<&str>().map_or_else(|_| "no text".to_owned(), |text| text.to_string()),
    })
}

/// Calls both, and compares what they panic with; says whether they do. Arrays of ndarray leave out which index it was.
fn both(twin: impl FnOnce(), lanes: impl FnOnce(), level: Level) -> bool {
    let (twin, lanes) = (outcome(twin), outcome(lanes));
    match (&twin, &lanes) {
        (Err(twin), Err(lanes)) if twin.starts_with("ndarray: index") => {
            assert!(lanes.contains("out of bounds"), "{lanes}")
        }
        _ => assert_eq!(twin, lanes, "at {level}"),
    }
    twin.is_err()
}

/// That nothing around an array's elements has changed: the guards are NaN or a third of the largest number.
fn untouched<T: crate::data::Sample>(placed: &Placed<T, ndarray::Ix1>) {
    let memory = placed.memory();
    let behind = memory.len() - placed.slice().len() - 1;
    for guard in memory[..1].iter().chain(&memory[memory.len() - behind..]) {
        assert!(guard.same(T::GUARD), "{guard:?} was written beside the array");
    }
}

#[test]
fn longer_than_the_result() {
    check([1, 2, 15, 16, 17, 31, 64, 70, 200], false, |case| {
        let x = case.slice::<f64>(case.n);
        for short in [0, 1, case.n / 2, case.n - 1, case.n] {
            let mut out = case.slice::<f64>(short);
            let mut twin = out.clone();
            let panics = both(
                || copy::scalar(x.slice(), twin.slice_mut()),
                || copy::at(case.level, x.slice(), out.slice_mut()),
                case.level,
            );
            assert_eq!(panics, short < case.n);
            untouched(&out);
        }
    });
}

#[test]
fn shifted_too_far() {
    check([1, 7, 16, 40, 70], false, |case| {
        let x = case.array::<i32>(case.n + 3);
        for by in [0, 3, 4, 1000, usize::MAX, usize::MAX - 20] {
            let (mut out, mut twin) = (case.slice::<i32>(case.n), case.slice::<i32>(case.n));
            let panics = both(
                || shifted::scalar(x.view(), by, twin.slice_mut()),
                || shifted::at(case.level, x.view(), by, out.slice_mut()),
                case.level,
            );
            assert_eq!(panics, by != 0 && by != 3, "by {by}");
            untouched(&out);
        }
    });
}

#[test]
fn in_front() {
    check([1, 16, 33], false, |case| {
        let x = case.slice::<i32>(case.n);
        let (mut out, mut twin) = (case.slice::<i32>(case.n), case.slice::<i32>(case.n));
        let panics = both(
            || below::scalar(x.slice(), twin.slice_mut()),
            || below::at(case.level, x.slice(), out.slice_mut()),
            case.level,
        );
        assert!(panics);
        untouched(&out);
    });
}

/// One bad index somewhere, which may belong to a lane that is off.
#[test]
fn gathers_and_scatters() {
    check([1, 5, 16, 37, 70], false, |case| {
        let n = case.n;
        for (bad, off) in [(n as i64, false), (-1, false), (i64::MIN, false), (1 << 32, false), (77, true)] {
            let place = case.random.below(n);
            let index = case.slice_of(n, |random, i| if i == place { bad } else { random.below(n.min(76)) as i64 });
            let x = case.slice::<f32>(n);
            let (mut out, mut twin) = (case.slice::<f32>(n), case.slice::<f32>(n));
            let panics = both(
                || take::scalar(x.slice(), index.slice(), twin.slice_mut()),
                || take::at(case.level, x.slice(), index.slice(), out.slice_mut()),
                case.level,
            );
            assert_eq!(panics, !off, "{bad}");
            untouched(&out);
        }
        for bad in [n, n + 1, u32::MAX as usize] {
            let place = case.random.below(n);
            let index = case.slice_of(n, |random, i| if i == place { bad } else { random.below(n) });
            let narrow = case.slice_of(n, |_, i| index.slice()[i] as u32);
            let (mut out, mut twin) = (case.slice::<u8>(n), case.slice::<u8>(n));
            assert!(both(
                || put::scalar(narrow.slice(), twin.slice_mut()),
                || put::at(case.level, narrow.slice(), out.slice_mut()),
                case.level,
            ));
            untouched(&out);
            let (mut counts, mut twin) = (case.slice::<u32>(n), case.slice::<u32>(n));
            assert!(both(
                || tally::scalar(index.slice(), twin.slice_mut()),
                || tally::at(case.level, index.slice(), counts.slice_mut()),
                case.level,
            ));
            untouched(&counts);
        }
    });
}

#[test]
fn wrong_shapes() {
    check([1, 9, 33], false, |case| {
        let x = case.matrix::<u8>(4, case.n);
        for (rows, columns) in [(case.n, 4), (case.n, 3), (case.n - 1, 4), (case.n + 1, 5), (0, 4)] {
            let (mut out, mut twin) = (case.matrix::<u8>(rows, columns), case.matrix::<u8>(rows, columns));
            let before = out.clone();
            let panics = both(
                || transpose::scalar(x.view(), twin.view_mut()),
                || transpose::at(case.level, x.view(), out.view_mut()),
                case.level,
            );
            assert_eq!(panics, rows < case.n || columns < 4);
            // What lies between and around the elements.
            let (mut changed, mut marked) = (before.clone(), 0);
            changed.view_mut().fill(0);
            for ((now, then), element) in out.memory().iter().zip(before.memory()).zip(changed.memory()) {
                assert!(*element == 0 || now == then, "an element beside the array was written");
                marked += usize::from(*element == 0);
            }
            assert!(marked >= rows * columns);
        }
    });
}

#[test]
fn assertions_and_divisions() {
    check([1, 16, 37, 70], false, |case| {
        let place = case.random.below(case.n);
        for bad in [-0.5, 0.25] {
            let x = case.slice_of(case.n, |random, i| if i == place { bad } else { random.below(9) as f64 });
            let (mut out, mut twin) = (case.slice::<f64>(case.n), case.slice::<f64>(case.n));
            let panics = both(
                || roots::scalar(x.slice(), twin.slice_mut()),
                || roots::at(case.level, x.slice(), out.slice_mut()),
                case.level,
            );
            assert_eq!(panics, bad < 0.0);
            untouched(&out);
        }
        for (a, b) in [(1, 0), (i32::MIN, -1), (7, 3)] {
            let left = case.slice_of(case.n, |random, i| if i == place { a } else { random.below(90) as i32 - 45 });
            let right = case.slice_of(case.n, |random, i| if i == place { b } else { random.below(9) as i32 + 1 });
            let (mut out, mut twin) = (case.slice::<i32>(case.n), case.slice::<i32>(case.n));
            let panics = both(
                || quotients::scalar(left.slice(), right.slice(), twin.slice_mut()),
                || quotients::at(case.level, left.slice(), right.slice(), out.slice_mut()),
                case.level,
            );
            assert_eq!(panics, b != 3);
            untouched(&out);
        }
    });
}

/// Whatever thread it happens on.
#[test]
fn in_parallel() {
    for pool in pools() {
        pool.install(|| {
            check([1, 70, 5000, 20_000], false, |case| {
                let x = case.slice::<f64>(case.n);
                for short in [case.n - 1, case.n / 2, case.n] {
                    let mut out = case.slice::<f64>(short);
                    let lanes = outcome(|| on_threads::at(case.level, x.slice(), out.slice_mut()));
                    assert_eq!(lanes.is_err(), short < case.n);
                    if let Err(text) = lanes {
                        assert!(text.starts_with("index out of bounds: the len is"), "{text}");
                    }
                    untouched(&out);
                }
            });
        });
    }
}
