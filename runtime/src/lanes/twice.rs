//! Two gangs as one: twice the lanes on the same registers, so that a kernel keeps two independent
//! chains of operations in flight where one would wait for its own results.

use super::rows::Rows;
use super::simd::{Convert, FloatLanes, IntLanes, Lanes, Lookup, MaskLanes, Registers, Simd};
use crate::Level;

/// Two gangs of `S` as one gang.
#[derive(Clone, Copy, Debug)]
pub struct Twice<S>(S);

/// The registers of two gangs: the lower lanes, then the upper ones. Aligned, because LLVM copies what has 8 bytes,
/// as four masks of AVX-512 would, as one integer, and takes it apart and puts it together again in each turn of a loop.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(16))]
pub struct Pair<A> {
    pub(super) lo: A,
    pub(super) hi: A,
}

/// The two as one gang.
#[inline(always)]
pub(super) fn pair<A>(lo: A, hi: A) -> Pair<A> {
    Pair { lo, hi }
}

impl<S: Simd> Registers for Twice<S> {
    type Mask = Pair<S::Mask>;
    type F32 = Pair<S::F32>;
    type F64 = Pair<S::F64>;
    type I8 = Pair<S::I8>;
    type I16 = Pair<S::I16>;
    type I32 = Pair<S::I32>;
    type I64 = Pair<S::I64>;
}

// SAFETY: the token is made by `assume` alone, whose callers vouch for the level, which is that of `S`.
unsafe impl<S: Simd> Simd for Twice<S> {
    const LEVEL: Level = S::LEVEL;
    const LANES: usize = 2 * S::LANES;
    const FMA: bool = S::FMA;
    type Short32 = Self;
    type Short64 = Self;
    type Math32 = Self;
    type Math64 = Self;

    #[inline(always)]
    unsafe fn assume() -> Self {
        // SAFETY: the same contract.
        Twice(unsafe { S::assume() })
    }
}

/// One row a function: each half by the function of `S` in `$bound` with the same name.
macro_rules! halves {
    (<$s:ident as $bound:ty>; $(fn $name:ident($($arg:ident: $ty:ty),*) -> $ret:ty;)*) => {$(
        #[inline(always)]
        unsafe fn $name($($arg: Pair<$ty>),*) -> Pair<$ret> {
            // SAFETY: the same contract.
            unsafe {
                Pair { lo: <$s as $bound>::$name($($arg.lo),*), hi: <$s as $bound>::$name($($arg.hi),*) }
            }
        }
    )*};
}

macro_rules! lanes {
    ($($t:ident, $repr:ident;)*) => {$(
        impl<S: Simd> Lanes<$t> for Twice<S> {
            #[inline(always)]
            unsafe fn splat(value: $t) -> Pair<S::$repr> {
                // SAFETY: the same contract.
                let half = unsafe { <S as Lanes<$t>>::splat(value) };
                Pair { lo: half, hi: half }
            }
            #[inline(always)]
            unsafe fn load(from: *const $t) -> Pair<S::$repr> {
                // SAFETY: the caller vouches for both halves.
                unsafe { Pair { lo: <S as Lanes<$t>>::load(from), hi: <S as Lanes<$t>>::load(from.add(S::LANES)) } }
            }
            #[inline(always)]
            unsafe fn store(to: *mut $t, a: Pair<S::$repr>) {
                // SAFETY: the caller vouches for both halves.
                unsafe {
                    <S as Lanes<$t>>::store(to, a.lo);
                    <S as Lanes<$t>>::store(to.add(S::LANES), a.hi);
                }
            }
            #[inline(always)]
            unsafe fn load_masked(from: *const $t, mask: Pair<S::Mask>) -> Pair<S::$repr> {
                // SAFETY: the caller vouches for the lanes that are on in both halves.
                unsafe {
                    Pair {
                        lo: <S as Lanes<$t>>::load_masked(from, mask.lo),
                        hi: <S as Lanes<$t>>::load_masked(from.wrapping_add(S::LANES), mask.hi),
                    }
                }
            }
            #[inline(always)]
            unsafe fn store_masked(to: *mut $t, mask: Pair<S::Mask>, a: Pair<S::$repr>) {
                // SAFETY: the caller vouches for the lanes that are on in both halves.
                unsafe {
                    <S as Lanes<$t>>::store_masked(to, mask.lo, a.lo);
                    <S as Lanes<$t>>::store_masked(to.wrapping_add(S::LANES), mask.hi, a.hi);
                }
            }
            #[inline(always)]
            unsafe fn store_blended(to: *mut $t, mask: Pair<S::Mask>, a: Pair<S::$repr>) {
                // SAFETY: the caller vouches for both halves.
                unsafe {
                    <S as Lanes<$t>>::store_blended(to, mask.lo, a.lo);
                    <S as Lanes<$t>>::store_blended(to.add(S::LANES), mask.hi, a.hi);
                }
            }
            halves! { <S as Lanes<$t>>;
                fn select(mask: S::Mask, yes: S::$repr, no: S::$repr) -> S::$repr;
                fn eq(a: S::$repr, b: S::$repr) -> S::Mask;
                fn lt(a: S::$repr, b: S::$repr) -> S::Mask;
                fn le(a: S::$repr, b: S::$repr) -> S::Mask;
                fn add(a: S::$repr, b: S::$repr) -> S::$repr;
                fn sub(a: S::$repr, b: S::$repr) -> S::$repr;
                fn mul(a: S::$repr, b: S::$repr) -> S::$repr;
                fn min(a: S::$repr, b: S::$repr) -> S::$repr;
                fn max(a: S::$repr, b: S::$repr) -> S::$repr;
            }
            #[inline(always)]
            unsafe fn gather32(base: *const $t, index: Pair<S::I32>, mask: Pair<S::Mask>) -> Pair<S::$repr> {
                // SAFETY: the same contract.
                unsafe {
                    Pair {
                        lo: <S as Lanes<$t>>::gather32(base, index.lo, mask.lo),
                        hi: <S as Lanes<$t>>::gather32(base, index.hi, mask.hi),
                    }
                }
            }
            #[inline(always)]
            unsafe fn gather64(base: *const $t, index: Pair<S::I64>, mask: Pair<S::Mask>) -> Pair<S::$repr> {
                // SAFETY: the same contract.
                unsafe {
                    Pair {
                        lo: <S as Lanes<$t>>::gather64(base, index.lo, mask.lo),
                        hi: <S as Lanes<$t>>::gather64(base, index.hi, mask.hi),
                    }
                }
            }
            #[inline(always)]
            unsafe fn scatter64(base: *mut $t, index: Pair<S::I64>, mask: Pair<S::Mask>, a: Pair<S::$repr>) {
                // SAFETY: the same contract; the lower lanes are written first.
                unsafe {
                    <S as Lanes<$t>>::scatter64(base, index.lo, mask.lo, a.lo);
                    <S as Lanes<$t>>::scatter64(base, index.hi, mask.hi, a.hi);
                }
            }
        }
    )*};
}

macro_rules! float {
    ($($t:ident, $repr:ident, $bits:ident;)*) => {
        lanes! { $($t, $repr;)* }
        $(impl<S: Simd> FloatLanes<$t> for Twice<S> {
            halves! { <S as FloatLanes<$t>>;
                fn div(a: S::$repr, b: S::$repr) -> S::$repr;
                fn lesser(a: S::$repr, b: S::$repr) -> S::$repr;
                fn greater(a: S::$repr, b: S::$repr) -> S::$repr;
                fn sqrt(a: S::$repr) -> S::$repr;
                fn sqrt_usual(a: S::$repr) -> S::$repr;
                fn mul_add(a: S::$repr, b: S::$repr, c: S::$repr) -> S::$repr;
                fn neg(a: S::$repr) -> S::$repr;
                fn abs(a: S::$repr) -> S::$repr;
                fn floor(a: S::$repr) -> S::$repr;
                fn ceil(a: S::$repr) -> S::$repr;
                fn trunc(a: S::$repr) -> S::$repr;
                fn round_ties_even(a: S::$repr) -> S::$repr;
                fn to_bits(a: S::$repr) -> S::$bits;
                fn from_bits(a: S::$bits) -> S::$repr;
            }
            #[inline(always)]
            unsafe fn positive_normal(a: Pair<S::$repr>) -> Option<Pair<S::Mask>> {
                // SAFETY: the same contract.
                let halves = unsafe {
                    [<S as FloatLanes<$t>>::positive_normal(a.lo), <S as FloatLanes<$t>>::positive_normal(a.hi)]
                };
                if let [Some(lo), Some(hi)] = halves { Some(Pair { lo, hi }) } else { None }
            }
            #[inline(always)]
            unsafe fn any_beyond(a: Pair<S::$repr>, bound: $t) -> bool {
                // SAFETY: the same contract.
                unsafe { <S as FloatLanes<$t>>::any_beyond(a.lo, bound) | <S as FloatLanes<$t>>::any_beyond(a.hi, bound) }
            }
        })*
    };
}

macro_rules! int {
    ($($t:ident, $repr:ident;)*) => {
        lanes! { $($t, $repr;)* }
        $(impl<S: Simd> IntLanes<$t> for Twice<S> {
            halves! { <S as IntLanes<$t>>;
                fn and(a: S::$repr, b: S::$repr) -> S::$repr;
                fn or(a: S::$repr, b: S::$repr) -> S::$repr;
                fn xor(a: S::$repr, b: S::$repr) -> S::$repr;
                fn shl(a: S::$repr, n: S::$repr) -> S::$repr;
                fn shr(a: S::$repr, n: S::$repr) -> S::$repr;
            }
            #[inline(always)]
            unsafe fn shl_uniform(a: Pair<S::$repr>, n: u32) -> Pair<S::$repr> {
                // SAFETY: the same contract.
                let lo = unsafe { <S as IntLanes<$t>>::shl_uniform(a.lo, n) };
                // SAFETY: the same contract.
                let hi = unsafe { <S as IntLanes<$t>>::shl_uniform(a.hi, n) };
                Pair { lo, hi }
            }
            #[inline(always)]
            unsafe fn shr_uniform(a: Pair<S::$repr>, n: u32) -> Pair<S::$repr> {
                // SAFETY: the same contract.
                let lo = unsafe { <S as IntLanes<$t>>::shr_uniform(a.lo, n) };
                // SAFETY: the same contract.
                let hi = unsafe { <S as IntLanes<$t>>::shr_uniform(a.hi, n) };
                Pair { lo, hi }
            }
        })*
    };
}

float! {
    f32, F32, I32;
    f64, F64, I64;
}

int! {
    i8, I8;
    i16, I16;
    i32, I32;
    i64, I64;
    u8, I8;
    u16, I16;
    u32, I32;
    u64, I64;
}

impl<S: Simd> Convert for Twice<S> {
    halves! { <S as Convert>;
        fn f32_to_f64(a: S::F32) -> S::F64;
        fn f64_to_f32(a: S::F64) -> S::F32;

        fn i32_to_f32(a: S::I32) -> S::F32;
        fn u32_to_f32(a: S::I32) -> S::F32;
        fn i64_to_f32(a: S::I64) -> S::F32;
        fn u64_to_f32(a: S::I64) -> S::F32;
        fn i32_to_f64(a: S::I32) -> S::F64;
        fn u32_to_f64(a: S::I32) -> S::F64;
        fn i64_to_f64(a: S::I64) -> S::F64;
        fn u64_to_f64(a: S::I64) -> S::F64;

        fn f32_to_i32(a: S::F32) -> S::I32;
        fn f32_to_u32(a: S::F32) -> S::I32;
        fn f32_to_i64(a: S::F32) -> S::I64;
        fn f32_to_u64(a: S::F32) -> S::I64;
        fn f64_to_i32(a: S::F64) -> S::I32;
        fn f64_to_u32(a: S::F64) -> S::I32;
        fn f64_to_i64(a: S::F64) -> S::I64;
        fn f64_to_u64(a: S::F64) -> S::I64;

        fn i8_to_i32(a: S::I8) -> S::I32;
        fn u8_to_u32(a: S::I8) -> S::I32;
        fn i16_to_i32(a: S::I16) -> S::I32;
        fn u16_to_u32(a: S::I16) -> S::I32;
        fn i32_to_i64(a: S::I32) -> S::I64;
        fn u32_to_u64(a: S::I32) -> S::I64;
        fn i8_to_i16(a: S::I8) -> S::I16;
        fn u8_to_u16(a: S::I8) -> S::I16;

        fn i64_to_i32(a: S::I64) -> S::I32;
        fn i32_to_i16(a: S::I32) -> S::I16;
        fn i32_to_i8(a: S::I32) -> S::I8;
        fn i16_to_i8(a: S::I16) -> S::I8;
    }
}

impl<S: Simd> Lookup for Twice<S> {
    #[inline(always)]
    unsafe fn lookup8_f64(table: &[f64; 8], index: Pair<S::I64>) -> Pair<S::F64> {
        // SAFETY: the same contract.
        unsafe { Pair { lo: S::lookup8_f64(table, index.lo), hi: S::lookup8_f64(table, index.hi) } }
    }
    #[inline(always)]
    unsafe fn lookup8_f32(table: &[f32; 8], index: Pair<S::I32>) -> Pair<S::F32> {
        // SAFETY: the same contract.
        unsafe { Pair { lo: S::lookup8_f32(table, index.lo), hi: S::lookup8_f32(table, index.hi) } }
    }
    #[inline(always)]
    unsafe fn lookup8_row<const N: usize>(table: &'static Rows<N>, row: usize, index: Pair<S::I64>) -> Pair<S::F64> {
        // SAFETY: the same contract.
        unsafe { Pair { lo: S::lookup8_row(table, row, index.lo), hi: S::lookup8_row(table, row, index.hi) } }
    }
}

impl<S: Simd> MaskLanes for Twice<S> {
    #[inline(always)]
    unsafe fn mask_splat(on: bool) -> Pair<S::Mask> {
        // SAFETY: the same contract.
        let half = unsafe { S::mask_splat(on) };
        Pair { lo: half, hi: half }
    }
    #[inline(always)]
    unsafe fn mask_load(from: *const bool) -> Pair<S::Mask> {
        // SAFETY: the caller vouches for both halves.
        unsafe { Pair { lo: S::mask_load(from), hi: S::mask_load(from.add(S::LANES)) } }
    }
    #[inline(always)]
    unsafe fn mask_store(to: *mut bool, a: Pair<S::Mask>) {
        // SAFETY: the caller vouches for both halves.
        unsafe {
            S::mask_store(to, a.lo);
            S::mask_store(to.add(S::LANES), a.hi);
        }
    }
    halves! { <S as MaskLanes>;
        fn mask_and(a: S::Mask, b: S::Mask) -> S::Mask;
        fn mask_or(a: S::Mask, b: S::Mask) -> S::Mask;
        fn mask_xor(a: S::Mask, b: S::Mask) -> S::Mask;
        fn mask_and_not(a: S::Mask, b: S::Mask) -> S::Mask;
        fn mask_not(a: S::Mask) -> S::Mask;
    }
    // One test of the halves' union is cheaper than two tests.
    #[inline(always)]
    unsafe fn mask_any(a: Pair<S::Mask>) -> bool {
        // SAFETY: the same contract.
        unsafe { S::mask_any(S::mask_or(a.lo, a.hi)) }
    }
    #[inline(always)]
    unsafe fn mask_all(a: Pair<S::Mask>) -> bool {
        // SAFETY: the same contract.
        unsafe { S::mask_all(S::mask_and(a.lo, a.hi)) }
    }
    #[inline(always)]
    unsafe fn mask_to_bits(a: Pair<S::Mask>) -> u64 {
        // SAFETY: the same contract.
        unsafe { S::mask_to_bits(a.lo) | S::mask_to_bits(a.hi) << S::LANES }
    }
    #[inline(always)]
    unsafe fn mask_from_bits(bits: u64) -> Pair<S::Mask> {
        // SAFETY: the same contract.
        unsafe { Pair { lo: S::mask_from_bits(bits), hi: S::mask_from_bits(bits >> S::LANES) } }
    }
}
