//! The portable level: Rust's own operations on arrays of four lanes. It runs on every
//! architecture, and it is the model that the tests hold the other levels to.

use super::simd::{Convert, FloatLanes, IntLanes, Lanes, Lookup, MaskLanes, Registers, Simd};
use crate::Level;

/// The token of [`Level::Scalar`].
#[derive(Clone, Copy, Debug)]
pub struct Scalar(());

const LANES: usize = 4;

/// The array whose lane `$i` is `$value`: written out, so that the lanes stay in registers.
macro_rules! each {
    ($i:ident => $value:expr) => {
        [
            {
                let $i = 0;
                $value
            },
            {
                let $i = 1;
                $value
            },
            {
                let $i = 2;
                $value
            },
            {
                let $i = 3;
                $value
            },
        ]
    };
}

impl Registers for Scalar {
    type Mask = [bool; LANES];
    type F32 = [f32; LANES];
    type F64 = [f64; LANES];
    type I8 = [i8; LANES];
    type I16 = [i16; LANES];
    type I32 = [i32; LANES];
    type I64 = [i64; LANES];
}

// SAFETY: the token is made by `assume` alone, whose callers vouch for the level.
unsafe impl Simd for Scalar {
    const LEVEL: Level = Level::Scalar;
    const LANES: usize = LANES;
    const FMA: bool = true;
    type Short32 = Self;
    type Short64 = Self;
    type Math32 = Self;
    type Math64 = Self;

    #[inline(always)]
    unsafe fn assume() -> Self {
        Scalar(())
    }
}

/// The functions of [`Lanes`] that only move values. `$lane` is the type in the registers.
macro_rules! moves {
    ($t:ident in $lane:ident) => {
        #[inline(always)]
        unsafe fn splat(value: $t) -> [$lane; LANES] {
            [value as $lane; LANES]
        }
        #[inline(always)]
        unsafe fn load(from: *const $t) -> [$lane; LANES] {
            // SAFETY: the caller vouches for one gang of `$t`, which has the layout of `$lane`.
            unsafe { from.cast::<[$lane; LANES]>().read_unaligned() }
        }
        #[inline(always)]
        unsafe fn store(to: *mut $t, a: [$lane; LANES]) {
            // SAFETY: the caller vouches for one gang of `$t`, which has the layout of `$lane`.
            unsafe { to.cast::<[$lane; LANES]>().write_unaligned(a) }
        }
        #[inline(always)]
        unsafe fn select(mask: [bool; LANES], yes: [$lane; LANES], no: [$lane; LANES]) -> [$lane; LANES] {
            each!(i => if mask[i] { yes[i] } else { no[i] })
        }
        #[inline(always)]
        unsafe fn gather32(base: *const $t, index: [i32; LANES], mask: [bool; LANES]) -> [$lane; LANES] {
            // SAFETY: the same contract.
            unsafe { <Self as Lanes<$t>>::gather64(base, each!(i => i64::from(index[i])), mask) }
        }
        #[inline(always)]
        unsafe fn gather64(base: *const $t, index: [i64; LANES], mask: [bool; LANES]) -> [$lane; LANES] {
            each!(i => if mask[i] {
                // SAFETY: the lane is on, so its index is in bounds.
                unsafe { *base.offset(index[i] as isize) as $lane }
            } else {
                0 as $lane
            })
        }
        #[inline(always)]
        unsafe fn scatter64(base: *mut $t, index: [i64; LANES], mask: [bool; LANES], a: [$lane; LANES]) {
            let _: [(); LANES] = each!(i => if mask[i] {
                // SAFETY: the lane is on, so its index is in bounds.
                unsafe { *base.offset(index[i] as isize) = a[i] as $t }
            });
        }
    };
}

/// One row a function: the value of lane `i`, where `a` and `b` are lanes as the type `$t`.
macro_rules! rows {
    ($t:ident in $lane:ident; $(fn $name:ident($($arg:ident),*) -> $ret:ident { $value:expr })*) => {$(
        #[inline(always)]
        unsafe fn $name($($arg: [$lane; LANES]),*) -> [$ret; LANES] {
            each!(i => {
                $(let $arg = $arg[i] as $t;)*
                let value = $value;
                value as $ret
            })
        }
    )*};
}

macro_rules! float {
    ($($t:ident, $bits:ident, $bits_lane:ident;)*) => {$(
        impl Lanes<$t> for Scalar {
            moves!($t in $t);
            rows! { $t in $t;
                fn eq(a, b) -> bool { a == b }
                fn lt(a, b) -> bool { a < b }
                fn le(a, b) -> bool { a <= b }
                fn add(a, b) -> $t { a + b }
                fn sub(a, b) -> $t { a - b }
                fn mul(a, b) -> $t { a * b }
                fn min(a, b) -> $t { if a.is_nan() || b < a { b } else { a } }
                fn max(a, b) -> $t { if a.is_nan() || b > a { b } else { a } }
            }
        }

        impl FloatLanes<$t> for Scalar {
            rows! { $t in $t;
                fn div(a, b) -> $t { a / b }
                fn lesser(a, b) -> $t { if a < b { a } else { b } }
                fn greater(a, b) -> $t { if a > b { a } else { b } }
                fn sqrt(a) -> $t { a.sqrt() }
                fn mul_add(a, b, c) -> $t { a.mul_add(b, c) }
                fn neg(a) -> $t { -a }
                fn abs(a) -> $t { a.abs() }
                fn floor(a) -> $t { a.floor() }
                fn ceil(a) -> $t { a.ceil() }
                fn trunc(a) -> $t { a.trunc() }
                fn round_ties_even(a) -> $t { a.round_ties_even() }
                fn to_bits(a) -> $bits_lane { a.to_bits() }
            }
            #[inline(always)]
            unsafe fn from_bits(a: [$bits_lane; LANES]) -> [$t; LANES] {
                each!(i => $t::from_bits(a[i] as $bits))
            }
        }
    )*};
}

macro_rules! int {
    ($($t:ident in $lane:ident;)*) => {$(
        impl Lanes<$t> for Scalar {
            moves!($t in $lane);
            rows! { $t in $lane;
                fn eq(a, b) -> bool { a == b }
                fn lt(a, b) -> bool { a < b }
                fn le(a, b) -> bool { a <= b }
                fn add(a, b) -> $lane { a.wrapping_add(b) }
                fn sub(a, b) -> $lane { a.wrapping_sub(b) }
                fn mul(a, b) -> $lane { a.wrapping_mul(b) }
                fn min(a, b) -> $lane { a.min(b) }
                fn max(a, b) -> $lane { a.max(b) }
            }
        }

        impl IntLanes<$t> for Scalar {
            rows! { $t in $lane;
                fn and(a, b) -> $lane { a & b }
                fn or(a, b) -> $lane { a | b }
                fn xor(a, b) -> $lane { a ^ b }
                fn shl(a, n) -> $lane { a.wrapping_shl(n as u32) }
                fn shr(a, n) -> $lane { a.wrapping_shr(n as u32) }
            }
            #[inline(always)]
            unsafe fn shl_uniform(a: [$lane; LANES], n: u32) -> [$lane; LANES] {
                each!(i => (a[i] as $t).wrapping_shl(n) as $lane)
            }
            #[inline(always)]
            unsafe fn shr_uniform(a: [$lane; LANES], n: u32) -> [$lane; LANES] {
                each!(i => (a[i] as $t).wrapping_shr(n) as $lane)
            }
        }
    )*};
}

float! {
    f32, u32, i32;
    f64, u64, i64;
}

int! {
    i8 in i8;
    i16 in i16;
    i32 in i32;
    i64 in i64;
    u8 in i8;
    u16 in i16;
    u32 in i32;
    u64 in i64;
}

/// One row a conversion: the type in the registers, the type it is read as, the type it is
/// converted to, the type in the registers that get it.
macro_rules! convert {
    ($(fn $name:ident: $from_lane:ident as $from:ident => $to:ident as $to_lane:ident;)*) => {$(
        #[inline(always)]
        unsafe fn $name(a: [$from_lane; LANES]) -> [$to_lane; LANES] {
            each!(i => a[i] as $from as $to as $to_lane)
        }
    )*};
}

impl Convert for Scalar {
    convert! {
        fn f32_to_f64: f32 as f32 => f64 as f64;
        fn f64_to_f32: f64 as f64 => f32 as f32;

        fn i32_to_f32: i32 as i32 => f32 as f32;
        fn u32_to_f32: i32 as u32 => f32 as f32;
        fn i64_to_f32: i64 as i64 => f32 as f32;
        fn u64_to_f32: i64 as u64 => f32 as f32;
        fn i32_to_f64: i32 as i32 => f64 as f64;
        fn u32_to_f64: i32 as u32 => f64 as f64;
        fn i64_to_f64: i64 as i64 => f64 as f64;
        fn u64_to_f64: i64 as u64 => f64 as f64;

        fn f32_to_i32: f32 as f32 => i32 as i32;
        fn f32_to_u32: f32 as f32 => u32 as i32;
        fn f32_to_i64: f32 as f32 => i64 as i64;
        fn f32_to_u64: f32 as f32 => u64 as i64;
        fn f64_to_i32: f64 as f64 => i32 as i32;
        fn f64_to_u32: f64 as f64 => u32 as i32;
        fn f64_to_i64: f64 as f64 => i64 as i64;
        fn f64_to_u64: f64 as f64 => u64 as i64;

        fn i8_to_i32: i8 as i8 => i32 as i32;
        fn u8_to_u32: i8 as u8 => u32 as i32;
        fn i16_to_i32: i16 as i16 => i32 as i32;
        fn u16_to_u32: i16 as u16 => u32 as i32;
        fn i32_to_i64: i32 as i32 => i64 as i64;
        fn u32_to_u64: i32 as u32 => u64 as i64;
        fn i8_to_i16: i8 as i8 => i16 as i16;
        fn u8_to_u16: i8 as u8 => u16 as i16;

        fn i64_to_i32: i64 as i64 => i32 as i32;
        fn i32_to_i16: i32 as i32 => i16 as i16;
        fn i32_to_i8: i32 as i32 => i8 as i8;
        fn i16_to_i8: i16 as i16 => i8 as i8;
    }
}

impl Lookup for Scalar {
    #[inline(always)]
    unsafe fn lookup8_f64(table: &[f64; 8], index: [i64; LANES]) -> [f64; LANES] {
        each!(i => table[(index[i] & 7) as usize])
    }
    #[inline(always)]
    unsafe fn lookup8_f32(table: &[f32; 8], index: [i32; LANES]) -> [f32; LANES] {
        each!(i => table[(index[i] & 7) as usize])
    }
}

impl MaskLanes for Scalar {
    #[inline(always)]
    unsafe fn mask_splat(on: bool) -> [bool; LANES] {
        [on; LANES]
    }
    #[inline(always)]
    unsafe fn mask_load(from: *const bool) -> [bool; LANES] {
        // SAFETY: the caller vouches for one gang.
        unsafe { from.cast::<[bool; LANES]>().read() }
    }
    #[inline(always)]
    unsafe fn mask_store(to: *mut bool, a: [bool; LANES]) {
        // SAFETY: the caller vouches for one gang.
        unsafe { to.cast::<[bool; LANES]>().write(a) }
    }
    rows! { bool in bool;
        fn mask_and(a, b) -> bool { a & b }
        fn mask_or(a, b) -> bool { a | b }
        fn mask_xor(a, b) -> bool { a ^ b }
        fn mask_and_not(a, b) -> bool { a & !b }
        fn mask_not(a) -> bool { !a }
    }
    #[inline(always)]
    unsafe fn mask_any(a: [bool; LANES]) -> bool {
        a[0] | a[1] | a[2] | a[3]
    }
    #[inline(always)]
    unsafe fn mask_all(a: [bool; LANES]) -> bool {
        a[0] & a[1] & a[2] & a[3]
    }
    #[inline(always)]
    unsafe fn mask_to_bits(a: [bool; LANES]) -> u64 {
        u64::from(a[0]) | u64::from(a[1]) << 1 | u64::from(a[2]) << 2 | u64::from(a[3]) << 3
    }
    #[inline(always)]
    unsafe fn mask_from_bits(bits: u64) -> [bool; LANES] {
        each!(i => bits >> i & 1 != 0)
    }
}
