//! Division and remainders.

use crate::values::{Random, Values, expect2, message, pairs, results};
use crate::{Run, at_every_level};
use ufunc::lanes::{MAX_LANES, Mask, Vector};

at_every_level! {
    divide_i8 divide_i16 divide_i32 divide_i64 divide_u8 divide_u16 divide_u32 divide_u64
    ceil_u8 ceil_u16 ceil_u32 ceil_u64
    divide_f32 divide_f64
    panics
}

/// Pairs whose quotient is near an integer, beside the others.
macro_rules! int_pairs {
    ($t:ident) => {{
        let (mut a, mut b) = pairs::<$t, $t>(2000);
        let mut random = Random(11);
        for _ in 0..2000 {
            let (x, y) = ($t::random(random.next()), $t::random(random.next()));
            let multiple = x.wrapping_mul(y);
            for near in [multiple, multiple.wrapping_sub(1), multiple.wrapping_add(1)] {
                a.push(near);
                b.push(y);
            }
        }
        // In lanes that are on there is a quotient: those that have none hold 7 / 2 instead.
        for (a, b) in a.iter_mut().zip(&mut b) {
            if a.checked_div(*b).is_none() {
                (*a, *b) = (7, 2);
            }
        }
        a.resize(a.len().next_multiple_of(MAX_LANES), 1);
        b.resize(a.len(), 1);
        (a, b)
    }};
}

macro_rules! divide {
    ($($name:ident $t:ident)*) => {$(
        fn $name<S: Run>(simd: S) {
            let (a, b) = int_pairs!($t);
            let full = Mask::full(simd);
            expect2("/", &results!(simd; x in a, y in b => x.div_active(full, y)), &a, &b, |a, b| a / b);
            expect2("%", &results!(simd; x in a, y in b => x.rem_active(full, y)), &a, &b, |a, b| a % b);
            expect2("div_euclid", &results!(simd; x in a, y in b => x.div_euclid_active(full, y)), &a, &b, $t::div_euclid);
            expect2("rem_euclid", &results!(simd; x in a, y in b => x.rem_euclid_active(full, y)), &a, &b, $t::rem_euclid);
        }
    )*};
}

divide! {
    divide_i8 i8
    divide_i16 i16
    divide_i32 i32
    divide_i64 i64
    divide_u8 u8
    divide_u16 u16
    divide_u32 u32
    divide_u64 u64
}

macro_rules! ceil {
    ($($name:ident $t:ident)*) => {$(
        fn $name<S: Run>(simd: S) {
            let (a, b) = int_pairs!($t);
            let full = Mask::full(simd);
            expect2("div_ceil", &results!(simd; x in a, y in b => x.div_ceil_active(full, y)), &a, &b, $t::div_ceil);
        }
    )*};
}

ceil! {
    ceil_u8 u8
    ceil_u16 u16
    ceil_u32 u32
    ceil_u64 u64
}

macro_rules! float {
    ($($name:ident $t:ident)*) => {$(
        fn $name<S: Run>(simd: S) {
            let (a, b) = pairs::<$t, $t>(2000);
            let mask = Mask::empty(simd);
            expect2("/", &results!(simd; x in a, y in b => x.div_active(mask, y)), &a, &b, |a, b| a / b);
            expect2("%", &results!(simd; x in a, y in b => x.rem_active(mask, y)), &a, &b, |a, b| a % b);
            expect2("div_euclid", &results!(simd; x in a, y in b => x.div_euclid_active(mask, y)), &a, &b, $t::div_euclid);
            expect2("rem_euclid", &results!(simd; x in a, y in b => x.rem_euclid_active(mask, y)), &a, &b, $t::rem_euclid);
        }
    )*};
}

float! {
    divide_f32 f32
    divide_f64 f64
}

/// The same panic as the scalar operation's, if and only if a lane that is on has its cause.
fn panics<S: Run>(simd: S) {
    macro_rules! check {
        ($($t:ident, $a:expr, $b:expr, $lanes:ident, $scalar:expr;)*) => {$(
            for bad in [0, S::LANES - 1] {
                let a = Vector::<$t, S>::from_fn(simd, |lane| if lane == bad { $a } else { 5 });
                let b = Vector::<$t, S>::from_fn(simd, |lane| if lane == bad { $b } else { 3 });
                let lanes = |mask| a.$lanes(mask, b).to_array();
                let scalar: fn($t, $t) -> $t = $scalar;
                let want = message(|| scalar($a, $b));
                assert!(want.is_some(), "the scalar operation must panic");
                for on in [u64::MAX, 1 << bad] {
                    assert_eq!(message(|| lanes(Mask::with_bits(simd, on))), want);
                }
                let quotients = lanes(Mask::with_bits(simd, !(1 << bad)));
                for lane in (0..S::LANES).filter(|lane| *lane != bad) {
                    assert_eq!(quotients[lane], scalar(5, 3));
                }
            }
        )*};
    }
    check! {
        i8, 4, 0, div_active, |a, b| a / b;
        i16, 4, 0, rem_active, |a, b| a % b;
        i32, 4, 0, div_euclid_active, i32::div_euclid;
        i64, 4, 0, rem_euclid_active, i64::rem_euclid;
        u8, 0, 0, div_active, |a, b| a / b;
        u16, 0, 0, rem_active, |a, b| a % b;
        u32, 0, 0, div_euclid_active, u32::div_euclid;
        u64, 0, 0, rem_euclid_active, u64::rem_euclid;
        u64, 4, 0, div_active, |a, b| a / b;
        u32, 4, 0, div_ceil_active, u32::div_ceil;
        i8, i8::MIN, -1, div_active, |a, b| a / b;
        i16, i16::MIN, -1, rem_active, |a, b| a % b;
        i32, i32::MIN, -1, div_euclid_active, i32::div_euclid;
        i64, i64::MIN, -1, rem_euclid_active, i64::rem_euclid;
        i64, i64::MIN, -1, div_active, |a, b| a / b;
    }
}
