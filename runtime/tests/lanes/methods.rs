//! The methods of integers and floats.

use crate::values::{Values, expect1, expect2, message, pairs, results, singles};
use crate::{Run, at_every_level, at_two_levels};
use ufunc::lanes::{Mask, Vector};

at_every_level! { wrapping panics floats_f32 floats_f64 }

// The methods are composed of the levels' operations.
mod composed {
    use super::*;
    at_two_levels! {
        ints_i8 ints_i16 ints_i32 ints_i64 ints_u8 ints_u16 ints_u32 ints_u64
        signed_i8 signed_i16 signed_i32 signed_i64
        unsigned_u8 unsigned_u16 unsigned_u32 unsigned_u64
        counts_i8 counts_i16 counts_i32 counts_i64 counts_u8 counts_u16 counts_u32 counts_u64
    }
}

mod on_small_registers {
    use super::*;
    at_every_level! { @level sse2, Sse2, Sse2; ints_i16 ints_u64 counts_u8 counts_i64 }
    at_every_level! { @level avx2, Avx2, Avx2; ints_i16 ints_u64 counts_u8 counts_i64 }
}

/// What only has another name.
fn wrapping<S: Run>(simd: S) {
    let (a, b) = pairs::<i32, i32>(100);
    expect2("wrapping_add", &results!(simd; x in a, y in b => x.wrapping_add(y)), &a, &b, i32::wrapping_add);
    expect2("wrapping_sub", &results!(simd; x in a, y in b => x.wrapping_sub(y)), &a, &b, i32::wrapping_sub);
    expect2("wrapping_mul", &results!(simd; x in a, y in b => x.wrapping_mul(y)), &a, &b, i32::wrapping_mul);
    expect1("wrapping_neg", &results!(simd; x in a => x.wrapping_neg()), &a, i32::wrapping_neg);
    expect1("wrapping_abs", &results!(simd; x in a => x.wrapping_abs()), &a, i32::wrapping_abs);
    let (a, n) = pairs::<i32, u32>(100);
    expect2("wrapping_pow", &results!(simd; x in a, n in n => x.wrapping_pow(n)), &a, &n, i32::wrapping_pow);
    let a = singles::<u32>(100);
    expect1("wrapping_abs", &results!(simd; x in a => x.wrapping_abs()), &a, |a| a);
    expect1("abs", &results!(simd; x in a => x.abs()), &a, |a| a);
    expect1("signum", &results!(simd; x in a => x.signum()), &a, |a| a.min(1));
}

macro_rules! ints {
    ($($name:ident $t:ident)*) => {$(
        fn $name<S: Run>(simd: S) {
            let (a, b) = pairs::<$t, $t>(500);
            let full = Mask::full(simd);
            expect2("saturating_add", &results!(simd; x in a, y in b => x.saturating_add(y)), &a, &b, $t::saturating_add);
            expect2("saturating_sub", &results!(simd; x in a, y in b => x.saturating_sub(y)), &a, &b, $t::saturating_sub);
            expect2("saturating_mul", &results!(simd; x in a, y in b => x.saturating_mul(y)), &a, &b, $t::saturating_mul);
            expect2("abs_diff", &results!(simd; x in a, y in b => x.abs_diff(y)), &a, &b, $t::abs_diff);
            expect2("midpoint", &results!(simd; x in a, y in b => x.midpoint(y)), &a, &b, $t::midpoint);
            let (low, high) = (Vector::splat(simd, 10), Vector::splat(simd, 100));
            expect1("clamp", &results!(simd; x in a => x.clamp_active(full, low, high)), &a, |a| a.clamp(10, 100));

            let a = singles::<$t>(1000);
            expect1("count_ones", &results!(simd; x in a => x.count_ones()), &a, $t::count_ones);
            expect1("count_zeros", &results!(simd; x in a => x.count_zeros()), &a, $t::count_zeros);
            expect1("leading_zeros", &results!(simd; x in a => x.leading_zeros()), &a, $t::leading_zeros);
            expect1("trailing_zeros", &results!(simd; x in a => x.trailing_zeros()), &a, $t::trailing_zeros);
            expect1("leading_ones", &results!(simd; x in a => x.leading_ones()), &a, $t::leading_ones);
            expect1("trailing_ones", &results!(simd; x in a => x.trailing_ones()), &a, $t::trailing_ones);
            expect1("swap_bytes", &results!(simd; x in a => x.swap_bytes()), &a, $t::swap_bytes);
            expect1("reverse_bits", &results!(simd; x in a => x.reverse_bits()), &a, $t::reverse_bits);

            // Lanes that are off may hold what would panic; what they give does not matter.
            let dead = results!(simd; x in a => x.ilog2_active(x.is_positive()));
            for (got, a) in dead.iter().zip(&a).filter(|(_, a)| **a > 0) {
                assert_eq!(*got, a.ilog2(), "{a}.ilog2()");
            }
            let positive: Vec<$t> = a.iter().map(|a| if *a > 0 { *a } else { 1 }).collect();
            expect1("ilog2", &results!(simd; x in positive => x.ilog2_active(full)), &positive, $t::ilog2);
            expect1("ilog10", &results!(simd; x in positive => x.ilog10_active(full)), &positive, $t::ilog10);
            expect1("isqrt", &results!(simd; x in positive => x.isqrt_active(full)), &positive, $t::isqrt);
            // Squares and their neighbours.
            let squares: Vec<$t> = positive.iter().flat_map(|a| {
                let square = (a >> ($t::BITS / 2)).wrapping_mul(a >> ($t::BITS / 2));
                [square, square.saturating_sub(1).max(0), square + 1, $t::MAX]
            }).collect();
            expect1("isqrt", &results!(simd; x in squares => x.isqrt_active(full)), &squares, $t::isqrt);
        }
    )*};
}

ints! {
    ints_i8 i8
    ints_i16 i16
    ints_i32 i32
    ints_i64 i64
    ints_u8 u8
    ints_u16 u16
    ints_u32 u32
    ints_u64 u64
}

macro_rules! signed {
    ($($name:ident $t:ident)*) => {$(
        fn $name<S: Run>(simd: S) {
            let a = singles::<$t>(1000);
            expect1("abs", &results!(simd; x in a => x.abs()), &a, $t::wrapping_abs);
            expect1("unsigned_abs", &results!(simd; x in a => x.unsigned_abs()), &a, $t::unsigned_abs);
            expect1("signum", &results!(simd; x in a => x.signum()), &a, $t::signum);
            expect1("is_positive", &results!(simd; x in a => x.is_positive()), &a, $t::is_positive);
            expect1("is_negative", &results!(simd; x in a => x.is_negative()), &a, $t::is_negative);
        }
    )*};
}

signed! {
    signed_i8 i8
    signed_i16 i16
    signed_i32 i32
    signed_i64 i64
}

macro_rules! unsigned {
    ($($name:ident $t:ident)*) => {$(
        fn $name<S: Run>(simd: S) {
            let a = singles::<$t>(1000);
            expect1("is_power_of_two", &results!(simd; x in a => x.is_power_of_two()), &a, $t::is_power_of_two);
            expect1("next_power_of_two", &results!(simd; x in a => x.next_power_of_two()), &a, |a| {
                a.checked_next_power_of_two().unwrap_or(0)
            });
        }
    )*};
}

unsigned! {
    unsigned_u8 u8
    unsigned_u16 u16
    unsigned_u32 u32
    unsigned_u64 u64
}

macro_rules! counts {
    ($($name:ident $t:ident)*) => {$(
        fn $name<S: Run>(simd: S) {
            let (a, n) = pairs::<$t, u32>(500);
            expect2("rotate_left", &results!(simd; x in a, n in n => x.rotate_left(n)), &a, &n, $t::rotate_left);
            expect2("rotate_right", &results!(simd; x in a, n in n => x.rotate_right(n)), &a, &n, $t::rotate_right);
            expect2("wrapping_shl", &results!(simd; x in a, n in n => x.wrapping_shl(n)), &a, &n, $t::wrapping_shl);
            expect2("wrapping_shr", &results!(simd; x in a, n in n => x.wrapping_shr(n)), &a, &n, $t::wrapping_shr);
            expect2("pow", &results!(simd; x in a, n in n => x.pow(n)), &a, &n, $t::wrapping_pow);
            // Counts of any type: their low bits count, of negative ones too.
            counts!(@shift simd, $t; i8 u64);
        }
    )*};
    (@shift $simd:ident, $t:ident; $($u:ident)*) => {$({
        let (a, n) = pairs::<$t, $u>(100);
        expect2("<<", &results!($simd; x in a, n in n => x << n), &a, &n, |a, n| a.wrapping_shl(n as u32));
        expect2(">>", &results!($simd; x in a, n in n => x >> n), &a, &n, |a, n| a.wrapping_shr(n as u32));
    })*};
}

counts! {
    counts_i8 i8
    counts_i16 i16
    counts_i32 i32
    counts_i64 i64
    counts_u8 u8
    counts_u16 u16
    counts_u32 u32
    counts_u64 u64
}

macro_rules! floats {
    ($($name:ident $t:ident)*) => {$(
        fn $name<S: Run>(simd: S) {
            let (a, b) = pairs::<$t, $t>(2000);
            expect2("midpoint", &results!(simd; x in a, y in b => x.midpoint(y)), &a, &b, $t::midpoint);
            let a = singles::<$t>(1000);
            expect1("abs", &results!(simd; x in a => x.abs().to_bits()), &a, |a| a.abs().to_bits());
            expect1("signum", &results!(simd; x in a => x.signum()), &a, $t::signum);
            let full = Mask::full(simd);
            for (low, high) in [(-1.0, 2.5), (0.0, 0.0), (-0.0, 0.0), (0.0, -0.0), (-$t::INFINITY, 1e30)] {
                let (min, max) = (Vector::splat(simd, low), Vector::splat(simd, high));
                for (got, a) in results!(simd; x in a => x.clamp_active(full, min, max)).iter().zip(&a) {
                    let want = a.clamp(low, high);
                    assert!(got.same(want), "{a:?}.clamp({low:?}, {high:?}) gives {got:?}, not {want:?}");
                }
            }
        }
    )*};
}

floats! {
    floats_f32 f32
    floats_f64 f64
}

/// The same panic as the scalar operation's, if and only if a lane that is on has its cause.
fn panics<S: Run>(simd: S) {
    let last = S::LANES - 1;
    let (on, off) = (Mask::with_bits(simd, 1 << last), Mask::with_bits(simd, !(1 << last)));
    macro_rules! check {
        ($t:ident, $bad:expr, $good:expr; |$x:ident, $mask:ident| $lanes:expr; |$y:ident| $scalar:expr) => {{
            let $x = Vector::<$t, S>::from_fn(simd, |lane| if lane == last { $bad } else { $good });
            let lanes = |$mask| $lanes.to_array();
            let scalar = |$y: $t| $scalar;
            let want = message(|| scalar($bad));
            assert!(want.is_some(), "the scalar operation must panic");
            assert_eq!(message(|| lanes(on)), want);
            assert_eq!(message(|| lanes(off)), None);
        }};
    }
    macro_rules! limits {
        ($t:ident, $low:expr, $high:expr) => {
            check!($t, $low, $high; |x, mask| x.clamp_active(mask, x, Vector::splat(simd, $high)); |y| y.clamp(y, $high));
        };
    }
    limits!(i8, 4, 3);
    limits!(u16, 4, 3);
    limits!(i32, 4, -4);
    limits!(u64, 4, 3);
    limits!(f32, 4.0, 3.0);
    limits!(f64, f64::NAN, 3.0);
    check!(f64, 4.0, 3.0; |x, mask| x.clamp_active(mask, x, Vector::splat(simd, 3.5)); |y| y.clamp(y, 3.5));
    macro_rules! logarithms {
        ($($t:ident)*) => {$(
            check!($t, 0, 1; |x, mask| x.ilog2_active(mask); |y| y.ilog2());
            check!($t, 0, 1; |x, mask| x.ilog10_active(mask); |y| y.ilog10());
        )*};
    }
    logarithms!(i8 u16 i32 u64);
    macro_rules! negative {
        ($($t:ident)*) => {$(
            check!($t, -1, 1; |x, mask| x.ilog2_active(mask); |y| y.ilog2());
            check!($t, -1, 1; |x, mask| x.isqrt_active(mask); |y| y.isqrt());
        )*};
    }
    negative!(i16 i64);
}
