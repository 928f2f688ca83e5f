//! The small functions of C's library that the standard library lacks, against C's: the same bits at every level, and
//! as methods of scalars.

mod at_level;

use at_level::{Random, at_level, levels, pad};
use ufunc::math::MathExt;

at_level! {
    fn rsqrt_f64(x: &[f64]) -> f64 { x.rsqrt() }
    fn fdim_f64(x: &[f64], y: &[f64]) -> f64 { x.fdim(y) }
    fn fmin_f64(x: &[f64], y: &[f64]) -> f64 { x.fmin(y) }
    fn fmax_f64(x: &[f64], y: &[f64]) -> f64 { x.fmax(y) }
    fn nextafter_f64(x: &[f64], y: &[f64]) -> f64 { x.nextafter(y) }
    fn fmod_f64(x: &[f64], y: &[f64]) -> f64 { x.fmod(y) }
    fn remainder_f64(x: &[f64], y: &[f64]) -> f64 { x.remainder(y) }
    fn ldexp_f64(x: &[f64], n: &[i32]) -> f64 { x.ldexp(n) }
    fn mantissa_f64(x: &[f64]) -> f64 { x.frexp().0 }
    fn frexp_f64(x: &[f64]) -> i32 { x.frexp().1 }
    fn logb_f64(x: &[f64]) -> f64 { x.logb() }
    fn ilogb_f64(x: &[f64]) -> i32 { x.ilogb() }
    fn rsqrt_f32(x: &[f32]) -> f32 { x.rsqrt() }
    fn fdim_f32(x: &[f32], y: &[f32]) -> f32 { x.fdim(y) }
    fn fmin_f32(x: &[f32], y: &[f32]) -> f32 { x.fmin(y) }
    fn fmax_f32(x: &[f32], y: &[f32]) -> f32 { x.fmax(y) }
    fn nextafter_f32(x: &[f32], y: &[f32]) -> f32 { x.nextafter(y) }
    fn fmod_f32(x: &[f32], y: &[f32]) -> f32 { x.fmod(y) }
    fn remainder_f32(x: &[f32], y: &[f32]) -> f32 { x.remainder(y) }
    fn ldexp_f32(x: &[f32], n: &[i32]) -> f32 { x.ldexp(n) }
    fn mantissa_f32(x: &[f32]) -> f32 { x.frexp().0 }
    fn frexp_f32(x: &[f32]) -> i32 { x.frexp().1 }
    fn logb_f32(x: &[f32]) -> f32 { x.logb() }
    fn ilogb_f32(x: &[f32]) -> i32 { x.ilogb() }
}

/// The functions of C's library, which Rust's links.
mod c {
    unsafe extern "C" {
        pub(super) safe fn fdim(x: f64, y: f64) -> f64;
        pub(super) safe fn fdimf(x: f32, y: f32) -> f32;
        pub(super) safe fn nextafter(x: f64, y: f64) -> f64;
        pub(super) safe fn nextafterf(x: f32, y: f32) -> f32;
        pub(super) safe fn fmod(x: f64, y: f64) -> f64;
        pub(super) safe fn fmodf(x: f32, y: f32) -> f32;
        pub(super) safe fn remainder(x: f64, y: f64) -> f64;
        pub(super) safe fn remainderf(x: f32, y: f32) -> f32;
        pub(super) safe fn ldexp(x: f64, n: i32) -> f64;
        pub(super) safe fn ldexpf(x: f32, n: i32) -> f32;
        pub(super) safe fn frexp(x: f64, n: &mut i32) -> f64;
        pub(super) safe fn frexpf(x: f32, n: &mut i32) -> f32;
        pub(super) safe fn logb(x: f64) -> f64;
        pub(super) safe fn logbf(x: f32) -> f32;
    }
}

macro_rules! checks {
    ($test:ident, $t:ident, $exact:path,
     [$($binary:ident: $of:expr, $run:ident;)*],
     $ldexp:path, $frexp:path, $logb:path,
     [$rsqrt:ident, $lanes_ldexp:ident, $mantissa:ident, $exponent:ident, $lanes_logb:ident, $ilogb:ident]) => {
        #[test]
        fn $test() {
            let mut edges: Vec<$t> = vec![0.0, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 0.1, $t::MAX, $t::MAX / 2.0, $t::MAX / 3.0];
            edges.extend([$t::MIN_POSITIVE, $t::from_bits(1), $t::from_bits(2), $t::from_bits(3), $t::INFINITY, $t::NAN]);
            edges.extend(edges.clone().iter().flat_map(|x| [x.next_up(), x.next_down()]));
            edges.extend(edges.clone().iter().map(|x| -x));
            let mut pairs: Vec<($t, $t)> = edges.iter().flat_map(|&x| edges.iter().map(move |&y| (x, y))).collect();
            let mut random = Random(6);
            let mut any = || $t::from_bits(random.next() as _);
            pairs.extend((0..10_000).map(|_| (any(), any())));
            // Close in magnitude, so that the remainders have small quotients.
            pairs.extend((0..10_000).map(|_| (any(), any())).map(|(x, y)| (x, x * (y % 4.0))));
            pairs.extend((0..10_000).map(|i| ((i % 100) as $t * 0.5, (i / 100) as $t * 0.25)));
            pad(&mut pairs);
            let (x, y): (Vec<$t>, Vec<$t>) = pairs.into_iter().unzip();
            let mut n: Vec<i32> =
                x.iter().map(|_| random.next() as i32 >> (random.next() % 32)).collect();
            for (i, n) in n.iter_mut().enumerate().take(4000) {
                *n = i as i32 - 2200;
            }
            let same = |a: $t, b: $t| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
            for level in levels() {
                $(
                    for ((&x, &y), got) in x.iter().zip(&y).zip($run(level, &x, &y)) {
                        let want = $of(x, y);
                        // Of two zeros, either is the smaller one.
                        let zeros = x == 0.0 && y == 0.0 && stringify!($binary).len() == 4 && got == want;
                        let name = stringify!($binary);
                        assert!(same(got, want) || zeros, "{name}({x:?}, {y:?}) at {level}: {got:?}, not {want:?}");
                    }
                )*
                for ((&x, &n), got) in x.iter().zip(&n).zip($lanes_ldexp(level, &x, &n)) {
                    let want = $ldexp(x, n);
                    assert!(same(got, want), "ldexp({x:?}, {n}) at {level}: {got:?}, not {want:?}");
                }
                let parts = $mantissa(level, &x).into_iter().zip($exponent(level, &x));
                let exponents = $lanes_logb(level, &x).into_iter().zip($ilogb(level, &x));
                for ((&x, (mantissa, exponent)), (logb, ilogb)) in x.iter().zip(parts).zip(exponents) {
                    let mut want = (0.0, 0);
                    want.0 = $frexp(x, &mut want.1);
                    // C leaves the exponent of infinities and NaN open.
                    let exact = same(mantissa, want.0) && (exponent == want.1 || !x.is_finite());
                    assert!(exact, "frexp({x:?}) at {level}: {mantissa:?}, {exponent}, not {want:?}");
                    let want = $logb(x);
                    assert!(same(logb, want), "logb({x:?}) at {level}: {logb:?}, not {want:?}");
                    let integer = if x.is_nan() { i32::MIN } else { want as i32 };
                    assert_eq!(ilogb, integer, "ilogb({x:?}) at {level}");
                }
                for (&x, got) in x.iter().zip($rsqrt(level, &x)) {
                    let want = $exact(x);
                    let near = got.to_bits().abs_diff(want.to_bits()) <= 1 || (got.is_nan() && want.is_nan());
                    assert!(near, "rsqrt({x:?}) at {level}: {got:?}, exactly {want:?}");
                }
            }
        }
    };
}

checks! {
    double, f64, core_math::rsqrt, [
        fdim: c::fdim, fdim_f64;
        fmin: f64::min, fmin_f64;
        fmax: f64::max, fmax_f64;
        nextafter: c::nextafter, nextafter_f64;
        fmod: c::fmod, fmod_f64;
        remainder: c::remainder, remainder_f64;
    ], c::ldexp, c::frexp, c::logb, [rsqrt_f64, ldexp_f64, mantissa_f64, frexp_f64, logb_f64, ilogb_f64]
}

checks! {
    single, f32, core_math::rsqrtf, [
        fdim: c::fdimf, fdim_f32;
        fmin: f32::min, fmin_f32;
        fmax: f32::max, fmax_f32;
        nextafter: c::nextafterf, nextafter_f32;
        fmod: c::fmodf, fmod_f32;
        remainder: c::remainderf, remainder_f32;
    ], c::ldexpf, c::frexpf, c::logbf, [rsqrt_f32, ldexp_f32, mantissa_f32, frexp_f32, logb_f32, ilogb_f32]
}

/// As methods of scalars, with results of all kinds.
#[test]
fn scalars() {
    assert_eq!(10.0f64.frexp(), (0.625, 4));
    assert_eq!(0.625f32.ldexp(4), 10.0);
    assert_eq!(10.0f64.ilogb(), 3);
    assert_eq!(10.0f32.logb(), 3.0);
    assert_eq!(5.5f64.remainder(2.0), -0.5);
    assert_eq!(5.5f64.fmod(2.0), 1.5);
    assert_eq!(1.0f32.nextafter(2.0), 1.0f32.next_up());
    assert_eq!(1.0f64.fmin(f64::NAN), 1.0);
    assert_eq!(4.0f64.rsqrt(), 0.5);
}
