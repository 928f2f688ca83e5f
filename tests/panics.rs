//! A kernel panics exactly when its scalar twin would for some element, and with the same words;
//! lanes that are off never do.
#![allow(missing_docs, reason = "kernels of a test")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use ufunc::Level;
use ufunc::ops::power;
use ufunc::prelude::*;

#[vectorize]
fn divide(a: i32, b: i32) -> i32 {
    a / b
}

#[vectorize]
fn remainder(a: i64, b: i64) -> i64 {
    a % b
}

#[vectorize]
fn guarded_divide(a: i32, b: i32) -> i32 {
    if b != 0 { a / b } else { -1 }
}

#[vectorize]
fn lookup(i: i32, #[uniform] table: &[f64]) -> f64 {
    table[i as usize]
}

#[vectorize]
fn guarded_lookup(i: i32, #[uniform] table: &[f64]) -> f64 {
    if i < 0 {
        return -1.0;
    }
    let k = i as usize;
    if k < table.len() { table[k] } else { 0.0 }
}

#[vectorize]
fn local_array(i: u8) -> u32 {
    let mut a = [1, 2, 3, 4];
    a[i as usize] += 10;
    a[3]
}

#[vectorize]
fn asserts(x: f64, #[uniform] limit: f64) -> f64 {
    assert!(x < limit, "{x} is not below {limit}: {:.1} too much", x - limit);
    x * 2.0
}

#[vectorize]
fn asserts_plainly(a: u32, b: u32) -> u32 {
    assert!(a <= b);
    assert_eq!(a % 2, 0, "of {b}");
    b - a
}

#[vectorize]
fn asserts_in_a_branch(x: f64) -> f64 {
    let mut y = x;
    if x > 0.0 {
        y = x.sqrt();
        assert!(y < 10.0, "y = {y}");
    }
    y
}

#[vectorize]
fn unreachable_arm(n: u8) -> u8 {
    match n {
        0..=9 => n * 2,
        10 => 0,
        _ => unreachable!("n is {n}"),
    }
}

#[vectorize]
fn panics_late(n: u32) -> u32 {
    let mut k = n;
    while k > 3 {
        if k == 77 {
            panic!("came to {}", k);
        }
        k -= 2;
    }
    k
}

#[vectorize]
fn clamps(x: f64, low: f64) -> f64 {
    x.clamp(low, 1.0)
}

#[vectorize]
fn uniform_index(x: f64, #[uniform] table: &[f64], #[uniform] k: usize) -> f64 {
    if x > 100.0 { table[k] * x } else { x }
}

/// The words that a closure panics with.
fn words<R>(f: impl FnOnce() -> R) -> Option<String> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    let payload = catch_unwind(AssertUnwindSafe(f)).err()?;
    let text = payload.downcast_ref::<String>().cloned();
    Some(text.or_else(|| payload.downcast_ref::<&str>().map(|s| (*s).to_owned())).unwrap_or_default())
}

/// `bad` at every place among `good`: the words must be the twin's, and without `bad` there are none.
macro_rules! panics_as_its_twin {
    ($kernel:ident($($good:expr),+) but ($($bad:expr),+) $(, $uniform:expr)*) => {
        for level in Level::ALL.into_iter().filter(|level| level.is_available()) {
            for n in [1, 2, 7, 16, 33, 130] {
                let calm = words(|| $kernel::with($(&vec![$good; n][..]),+ $(, $uniform)*).level(level).eval());
                assert_eq!(calm, None, "{} at {level}, length {n}, without a reason", $kernel::NAME);
                for at in [0, n / 2, n - 1] {
                    let expected = words(|| $kernel::scalar($($bad),+ $(, $uniform)*));
                    assert!(expected.is_some(), "{}: the twin panics", $kernel::NAME);
                    let got = words(|| {
                        $kernel::with($(&{ let mut v = vec![$good; n]; v[at] = $bad; v }[..]),+ $(, $uniform)*)
                            .level(level)
                            .eval()
                    });
                    assert_eq!(got, expected, "{} at {level}, element {at} of {n}", $kernel::NAME);
                }
            }
        }
    };
}

#[test]
fn kernels_panic_as_their_twins() {
    let table = [1.0, 2.0, 3.0];
    panics_as_its_twin!(divide(7, 2) but (7, 0));
    panics_as_its_twin!(divide(7, 2) but (i32::MIN, -1));
    panics_as_its_twin!(remainder(7, 2) but (1, 0));
    panics_as_its_twin!(remainder(7, 2) but (i64::MIN, -1));
    panics_as_its_twin!(lookup(2) but (3), &table);
    panics_as_its_twin!(lookup(2) but (-1), &table);
    panics_as_its_twin!(local_array(3u8) but (4u8));
    panics_as_its_twin!(asserts(0.5) but (1.75), 1.5);
    panics_as_its_twin!(asserts_plainly(2, 3) but (4, 3));
    panics_as_its_twin!(asserts_plainly(2, 3) but (1, 3));
    panics_as_its_twin!(asserts_in_a_branch(25.0) but (121.0));
    panics_as_its_twin!(unreachable_arm(10) but (11));
    panics_as_its_twin!(panics_late(40) but (81));
    panics_as_its_twin!(clamps(0.5, 0.0) but (0.5, 2.0));
    panics_as_its_twin!(clamps(0.5, 0.0) but (0.5, f64::NAN));
    panics_as_its_twin!(power(3i16, 2) but (3i16, -2));
}

#[test]
fn lanes_that_are_off_do_not_panic() {
    let divisors: Vec<i32> = (0..100).map(|i| i % 3 - 1).collect();
    let dividends = vec![i32::MAX; 100];
    let indices: Vec<i32> = (-50..50).collect();
    let values: Vec<f64> = (0..100).map(f64::from).collect();
    for level in Level::ALL.into_iter().filter(|level| level.is_available()) {
        let quotients = guarded_divide::with(&dividends, &divisors).level(level).eval();
        assert!(quotients.iter().zip(&divisors).all(|(q, d)| *q == guarded_divide::scalar(i32::MAX, *d)));
        let found = guarded_lookup::with(&indices, &[4.0, 5.0, 6.0]).level(level).eval();
        assert!(found.iter().zip(&indices).all(|(f, i)| *f == guarded_lookup::scalar(*i, &[4.0, 5.0, 6.0])));
        // An index that is uniform is out of bounds only where a lane comes to it.
        let same = uniform_index::with(&values[..], &[1.0], 5).level(level).eval();
        assert_eq!(same, values);
        assert!(words(|| uniform_index::with(101.0, &[1.0], 5).level(level).eval()).is_some());
    }
}

#[test]
fn masked_elements_do_not_panic() {
    let divisors = [1, 0, 2, 0, 4];
    let on = [true, false, true, false, true];
    let mut out = vec![-7; 5];
    divide::with(8, &divisors).mask(&on).into(&mut out);
    assert_eq!(out, [8, -7, 4, -7, 2]);
    assert!(divide::with(8, &divisors).mask(&[false; 5]).eval().iter().all(|x| *x == 0));
}

#[test]
fn a_panicking_kernel_leaves_the_output_valid() {
    let mut divisors = vec![1; 10_000];
    divisors[9_999] = 0;
    let mut out = vec![5; 10_000];
    assert!(words(|| divide::into(3, &divisors, &mut out)).is_some());
    assert!(out.iter().all(|x| *x == 3 || *x == 5));
    assert!(words(|| divide::par_into(3, &divisors, &mut out)).is_some());
    assert!(out.iter().all(|x| *x == 3 || *x == 5));
}
