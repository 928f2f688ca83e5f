//! AVX2 with FMA: eight lanes, `f32` in one register, 64-bit types in two, masks as 32-bit lanes of
//! all ones or all zeros.

use std::arch::x86_64::*;
use std::mem::transmute;

use super::by_lane;
use super::rows::Rows;
use super::simd::{Convert, FloatLanes, IntLanes, Lanes, Lookup, MaskLanes, Registers, Simd};
use super::table::{one, table, two};
use super::twice::{Pair, pair};
use crate::Level;

/// The token of [`Level::Avx2`].
#[derive(Clone, Copy, Debug)]
pub struct Avx2(());

const LANES: usize = 8;

type M = __m256i;
type F32 = __m256;
type F64 = Pair<__m256d>;
/// In the lower half.
type I8 = __m128i;
type I16 = __m128i;
type I32 = __m256i;
type I64 = Pair<__m256i>;

impl Registers for Avx2 {
    type Mask = M;
    type F32 = F32;
    type F64 = F64;
    type I8 = I8;
    type I16 = I16;
    type I32 = I32;
    type I64 = I64;
}

// SAFETY: the token is made by `assume` alone, whose callers vouch for the level.
unsafe impl Simd for Avx2 {
    const LEVEL: Level = Level::Avx2;
    const LANES: usize = LANES;
    const FMA: bool = true;
    type Short32 = super::twice::Twice<Self>;
    type Short64 = super::twice::Twice<Self>;
    type Math32 = super::twice::Twice<Self>;
    type Math64 = super::twice::Twice<Self>;

    #[inline(always)]
    unsafe fn assume() -> Self {
        Avx2(())
    }
}

// Halves, and what joins them.
table! {
    fn lower(a: __m256i) -> __m128i { _mm256_castsi256_si128(a) }
    fn upper(a: __m256i) -> __m128i { _mm256_extracti128_si256::<1>(a) }
    fn join(lo: __m128i, hi: __m128i) -> __m256i { _mm256_set_m128i(hi, lo) }
    fn lower_f32(a: F32) -> __m128 { _mm256_castps256_ps128(a) }
    fn upper_f32(a: F32) -> __m128 { _mm256_extractf128_ps::<1>(a) }
    fn join_f32(lo: __m128, hi: __m128) -> F32 { _mm256_set_m128(hi, lo) }

    // The 64-bit quarters of a register in the order 0, 2, 1, 3: its own inverse.
    fn cross(a: __m256i) -> __m256i { _mm256_permute4x64_epi64::<0b11_01_10_00>(a) }
    fn even(a: Pair<__m256i>) -> __m256i {
        let (lo, hi) = (_mm256_castsi256_ps(a.lo), _mm256_castsi256_ps(a.hi));
        cross(_mm256_castps_si256(_mm256_shuffle_ps::<0b10_00_10_00>(lo, hi)))
    }
    fn odd(a: Pair<__m256i>) -> __m256i {
        let (lo, hi) = (_mm256_castsi256_ps(a.lo), _mm256_castsi256_ps(a.hi));
        cross(_mm256_castps_si256(_mm256_shuffle_ps::<0b11_01_11_01>(lo, hi)))
    }
}

// Masks of the other widths. A mask from 64-bit lanes keeps their upper halves, whose signs are what a 64-bit
// blend looks at: where it goes straight from a comparison to a selection, both shuffles and crossings cancel.
table! {
    fn mask64(a: Pair<__m256i>) -> M { odd(a) }
    fn wide(mask: M) -> Pair<__m256i> {
        let crossed = cross(mask);
        pair(_mm256_unpacklo_epi32(crossed, crossed), _mm256_unpackhi_epi32(crossed, crossed))
    }
    fn wide_pd(mask: M) -> F64 {
        let mask = wide(mask);
        pair(_mm256_castsi256_pd(mask.lo), _mm256_castsi256_pd(mask.hi))
    }
    fn mask32(a: __m256i) -> M { a }
    fn mask16(a: __m128i) -> M { _mm256_cvtepi16_epi32(a) }
    fn mask8(a: __m128i) -> M { _mm256_cvtepi8_epi32(a) }
    fn narrow16(mask: M) -> __m128i { _mm_packs_epi32(lower(mask), upper(mask)) }
    fn narrow8(mask: M) -> __m128i { _mm_packs_epi16(narrow16(mask), _mm_setzero_si128()) }
    fn select32(mask: M, yes: I32, no: I32) -> I32 { _mm256_blendv_epi8(no, yes, mask) }
    fn select16(mask: M, yes: I16, no: I16) -> I16 { _mm_blendv_epi8(no, yes, narrow16(mask)) }
    fn select8(mask: M, yes: I8, no: I8) -> I8 { _mm_blendv_epi8(no, yes, narrow8(mask)) }
    fn not(a: __m256i) -> __m256i { _mm256_xor_si256(a, _mm256_set1_epi32(-1)) }
    fn not128(a: __m128i) -> __m128i { _mm_xor_si128(a, _mm_set1_epi32(-1)) }
    fn on(mask: M) -> u64 { u64::from(_mm256_movemask_ps(_mm256_castsi256_ps(mask)) as u8) }
}

const ROUND_EVEN: i32 = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC;
const FLOOR: i32 = _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC;
const CEIL: i32 = _MM_FROUND_TO_POS_INF | _MM_FROUND_NO_EXC;
const TRUNC: i32 = _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC;

// `vminps x, y` is `x < y ? x : y`, so with the operands swapped it gives `a` when they are equal or
// `b` is NaN; where `a` is NaN the blend takes `b`.
table! {
    fn min_ps(a: __m256, b: __m256) -> __m256 {
        _mm256_blendv_ps(_mm256_min_ps(b, a), b, _mm256_cmp_ps::<_CMP_UNORD_Q>(a, a))
    }
    fn max_ps(a: __m256, b: __m256) -> __m256 {
        _mm256_blendv_ps(_mm256_max_ps(b, a), b, _mm256_cmp_ps::<_CMP_UNORD_Q>(a, a))
    }
    fn min_pd(a: __m256d, b: __m256d) -> __m256d {
        _mm256_blendv_pd(_mm256_min_pd(b, a), b, _mm256_cmp_pd::<_CMP_UNORD_Q>(a, a))
    }
    fn max_pd(a: __m256d, b: __m256d) -> __m256d {
        _mm256_blendv_pd(_mm256_max_pd(b, a), b, _mm256_cmp_pd::<_CMP_UNORD_Q>(a, a))
    }
    fn neg_ps(a: __m256) -> __m256 { _mm256_xor_ps(a, _mm256_set1_ps(-0.0)) }
    fn neg_pd(a: __m256d) -> __m256d { _mm256_xor_pd(a, _mm256_set1_pd(-0.0)) }
    fn abs_ps(a: __m256) -> __m256 { _mm256_andnot_ps(_mm256_set1_ps(-0.0), a) }
    fn abs_pd(a: __m256d) -> __m256d { _mm256_andnot_pd(_mm256_set1_pd(-0.0), a) }
}

/// `f32` comparisons.
macro_rules! compare_ps {
    ($($name:ident $how:ident;)*) => {
        table! { $(fn $name(a: F32, b: F32) -> M { _mm256_castps_si256(_mm256_cmp_ps::<$how>(a, b)) })* }
    };
}

/// `f64` comparisons.
macro_rules! compare_pd {
    ($($name:ident $how:ident;)*) => {
        table! { $(fn $name(a: F64, b: F64) -> M {
            let (lo, hi) = (_mm256_cmp_pd::<$how>(a.lo, b.lo), _mm256_cmp_pd::<$how>(a.hi, b.hi));
            mask64(pair(_mm256_castpd_si256(lo), _mm256_castpd_si256(hi)))
        })* }
    };
}

// What a store is blended with is read by an instruction that LLVM does not know for a load: of a load, a blend and a store it would
// make a `vmaskmov`, which takes thirty cycles on some processors.
table! {
    fn reread(from: *const i64) -> __m256i { _mm256_lddqu_si256(from.cast()) }
    fn reread_pd(from: *const f64) -> __m256d { _mm256_castsi256_pd(reread(from.cast())) }
    fn reread_ps(from: *const f32) -> __m256 { _mm256_castsi256_ps(reread(from.cast())) }
}

/// What the hardware has no gather or no scatter for.
macro_rules! by_lane {
    (gather $t:ident in $ty:ty) => {
        table! {
            fn gather32(base: *const $t, index: I32, mask: M) -> $ty {
                <Self as Lanes<$t>>::gather64(base, Self::i32_to_i64(index), mask)
            }
            fn gather64(base: *const $t, index: I64, mask: M) -> $ty {
                let values: [$t; LANES] = by_lane::gather(base, transmute::<I64, [i64; LANES]>(index), on(mask));
                <Self as Lanes<$t>>::load(values.as_ptr())
            }
        }
    };
    (scatter $t:ident in $ty:ty) => {
        table! {
            fn scatter64(base: *mut $t, index: I64, mask: M, a: $ty) {
                let mut values = [<$t as Default>::default(); LANES];
                <Self as Lanes<$t>>::store(values.as_mut_ptr(), a);
                by_lane::scatter(base, transmute::<I64, [i64; LANES]>(index), on(mask), values);
            }
        }
    };
}

impl Lanes<f32> for Avx2 {
    table! {
        fn splat(value: f32) -> F32 { _mm256_set1_ps(value) }
        fn load(from: *const f32) -> F32 { _mm256_loadu_ps(from) }
        fn store(to: *mut f32, a: F32) { _mm256_storeu_ps(to, a) }
        fn load_masked(from: *const f32, mask: M) -> F32 { _mm256_maskload_ps(from, mask) }
        fn store_masked(to: *mut f32, mask: M, a: F32) { _mm256_maskstore_ps(to, mask, a) }
        fn store_blended(to: *mut f32, mask: M, a: F32) {
            let blended = <Self as Lanes<f32>>::select(mask, a, reread_ps(to));
            <Self as Lanes<f32>>::store(to, blended);
        }
        fn select(mask: M, yes: F32, no: F32) -> F32 { _mm256_blendv_ps(no, yes, _mm256_castsi256_ps(mask)) }
        fn lowered(a: F32, by: usize) -> F32 {
            match by {
                4 => _mm256_permute2f128_ps::<0b0001_0001>(a, a),
                2 => _mm256_permute_ps::<0b11_10_11_10>(a),
                _ => _mm256_permute_ps::<0b11_11_01_01>(a),
            }
        }
        fn gather32(base: *const f32, index: I32, mask: M) -> F32 {
            _mm256_mask_i32gather_ps::<4>(_mm256_setzero_ps(), base, index, _mm256_castsi256_ps(mask))
        }
        fn gather64(base: *const f32, index: I64, mask: M) -> F32 {
            let zero = _mm_setzero_ps();
            join_f32(
                _mm256_mask_i64gather_ps::<4>(zero, base, index.lo, _mm_castsi128_ps(lower(mask))),
                _mm256_mask_i64gather_ps::<4>(zero, base, index.hi, _mm_castsi128_ps(upper(mask))),
            )
        }
    }
    by_lane! { scatter f32 in F32 }
    compare_ps! { eq _CMP_EQ_OQ; lt _CMP_LT_OQ; le _CMP_LE_OQ; }
    one! { F32;
        add(a, b) = _mm256_add_ps;
        sub(a, b) = _mm256_sub_ps;
        mul(a, b) = _mm256_mul_ps;
        min(a, b) = min_ps;
        max(a, b) = max_ps;
    }
}

impl FloatLanes<f32> for Avx2 {
    one! { F32;
        div(a, b) = _mm256_div_ps;
        lesser(a, b) = _mm256_min_ps;
        greater(a, b) = _mm256_max_ps;
        sqrt(a) = _mm256_sqrt_ps;
        mul_add(a, b, c) = _mm256_fmadd_ps;
        neg(a) = neg_ps;
        abs(a) = abs_ps;
        floor(a) = _mm256_round_ps::<FLOOR>;
        ceil(a) = _mm256_round_ps::<CEIL>;
        trunc(a) = _mm256_round_ps::<TRUNC>;
        round_ties_even(a) = _mm256_round_ps::<ROUND_EVEN>;
    }
    table! {
        fn to_bits(a: F32) -> I32 { _mm256_castps_si256(a) }
        fn from_bits(a: I32) -> F32 { _mm256_castsi256_ps(a) }
    }
}

impl Lanes<f64> for Avx2 {
    table! {
        fn splat(value: f64) -> F64 { pair(_mm256_set1_pd(value), _mm256_set1_pd(value)) }
        fn load(from: *const f64) -> F64 { pair(_mm256_loadu_pd(from), _mm256_loadu_pd(from.add(4))) }
        fn store(to: *mut f64, a: F64) {
            _mm256_storeu_pd(to, a.lo);
            _mm256_storeu_pd(to.add(4), a.hi);
        }
        fn load_masked(from: *const f64, mask: M) -> F64 {
            let mask = wide(mask);
            pair(_mm256_maskload_pd(from, mask.lo), _mm256_maskload_pd(from.wrapping_add(4), mask.hi))
        }
        fn store_masked(to: *mut f64, mask: M, a: F64) {
            let mask = wide(mask);
            _mm256_maskstore_pd(to, mask.lo, a.lo);
            _mm256_maskstore_pd(to.wrapping_add(4), mask.hi, a.hi);
        }
        fn store_blended(to: *mut f64, mask: M, a: F64) {
            let before = pair(reread_pd(to), reread_pd(to.add(4)));
            <Self as Lanes<f64>>::store(to, <Self as Lanes<f64>>::select(mask, a, before));
        }
        fn lowered(a: F64, by: usize) -> F64 {
            match by {
                4 => pair(a.hi, a.hi),
                2 => pair(_mm256_permute2f128_pd::<0b0001_0001>(a.lo, a.lo), a.hi),
                _ => pair(_mm256_permute_pd::<0b1111>(a.lo), a.hi),
            }
        }
        fn select(mask: M, yes: F64, no: F64) -> F64 {
            let mask = wide_pd(mask);
            pair(_mm256_blendv_pd(no.lo, yes.lo, mask.lo), _mm256_blendv_pd(no.hi, yes.hi, mask.hi))
        }
        fn gather32(base: *const f64, index: I32, mask: M) -> F64 {
            let (zero, mask) = (_mm256_setzero_pd(), wide_pd(mask));
            pair(
                _mm256_mask_i32gather_pd::<8>(zero, base, lower(index), mask.lo),
                _mm256_mask_i32gather_pd::<8>(zero, base, upper(index), mask.hi),
            )
        }
        fn gather64(base: *const f64, index: I64, mask: M) -> F64 {
            let (zero, mask) = (_mm256_setzero_pd(), wide_pd(mask));
            pair(
                _mm256_mask_i64gather_pd::<8>(zero, base, index.lo, mask.lo),
                _mm256_mask_i64gather_pd::<8>(zero, base, index.hi, mask.hi),
            )
        }
    }
    by_lane! { scatter f64 in F64 }
    compare_pd! { eq _CMP_EQ_OQ; lt _CMP_LT_OQ; le _CMP_LE_OQ; }
    two! { __m256d;
        add(a, b) = _mm256_add_pd;
        sub(a, b) = _mm256_sub_pd;
        mul(a, b) = _mm256_mul_pd;
        min(a, b) = min_pd;
        max(a, b) = max_pd;
    }
}

impl FloatLanes<f64> for Avx2 {
    two! { __m256d;
        div(a, b) = _mm256_div_pd;
        lesser(a, b) = _mm256_min_pd;
        greater(a, b) = _mm256_max_pd;
        sqrt(a) = _mm256_sqrt_pd;
        mul_add(a, b, c) = _mm256_fmadd_pd;
        neg(a) = neg_pd;
        abs(a) = abs_pd;
        floor(a) = _mm256_round_pd::<FLOOR>;
        ceil(a) = _mm256_round_pd::<CEIL>;
        trunc(a) = _mm256_round_pd::<TRUNC>;
        round_ties_even(a) = _mm256_round_pd::<ROUND_EVEN>;
    }
    table! {
        fn to_bits(a: F64) -> I64 { pair(_mm256_castpd_si256(a.lo), _mm256_castpd_si256(a.hi)) }
        fn from_bits(a: I64) -> F64 { pair(_mm256_castsi256_pd(a.lo), _mm256_castsi256_pd(a.hi)) }
        // Of a number and NaN the maximum is the second one.
        fn any_beyond(a: F64, bound: f64) -> bool {
            let most = _mm256_max_pd(abs_pd(a.lo), abs_pd(a.hi));
            _mm256_movemask_pd(_mm256_cmp_pd::<_CMP_NLE_UQ>(most, _mm256_set1_pd(bound))) != 0
        }
    }
}

// Comparisons: the hardware has `==` and signed `>`. Unsigned, a <= b when the smaller one is a, or, in 64 bits,
// when that holds of the signed numbers 2^63 below.
table! {
    fn lt_epi8(a: I8, b: I8) -> I8 { _mm_cmpgt_epi8(b, a) }
    fn le_epi8(a: I8, b: I8) -> I8 { not128(_mm_cmpgt_epi8(a, b)) }
    fn lt_epu8(a: I8, b: I8) -> I8 { not128(le_epu8(b, a)) }
    fn le_epu8(a: I8, b: I8) -> I8 { _mm_cmpeq_epi8(_mm_min_epu8(a, b), a) }
    fn lt_epi16(a: I16, b: I16) -> I16 { _mm_cmpgt_epi16(b, a) }
    fn le_epi16(a: I16, b: I16) -> I16 { not128(_mm_cmpgt_epi16(a, b)) }
    fn lt_epu16(a: I16, b: I16) -> I16 { not128(le_epu16(b, a)) }
    fn le_epu16(a: I16, b: I16) -> I16 { _mm_cmpeq_epi16(_mm_min_epu16(a, b), a) }
    fn lt_epi32(a: I32, b: I32) -> I32 { _mm256_cmpgt_epi32(b, a) }
    fn le_epi32(a: I32, b: I32) -> I32 { not(_mm256_cmpgt_epi32(a, b)) }
    fn lt_epu32(a: I32, b: I32) -> I32 { not(le_epu32(b, a)) }
    fn le_epu32(a: I32, b: I32) -> I32 { _mm256_cmpeq_epi32(_mm256_min_epu32(a, b), a) }
    fn lt_epi64(a: __m256i, b: __m256i) -> __m256i { _mm256_cmpgt_epi64(b, a) }
    fn le_epi64(a: __m256i, b: __m256i) -> __m256i { not(_mm256_cmpgt_epi64(a, b)) }
    fn below(a: __m256i) -> __m256i { _mm256_xor_si256(a, _mm256_set1_epi64x(i64::MIN)) }
    fn lt_epu64(a: __m256i, b: __m256i) -> __m256i { _mm256_cmpgt_epi64(below(b), below(a)) }
    fn le_epu64(a: __m256i, b: __m256i) -> __m256i { not(lt_epu64(b, a)) }

    fn min_epi64(a: __m256i, b: __m256i) -> __m256i { _mm256_blendv_epi8(b, a, lt_epi64(a, b)) }
    fn max_epi64(a: __m256i, b: __m256i) -> __m256i { _mm256_blendv_epi8(a, b, lt_epi64(a, b)) }
    fn min_epu64(a: __m256i, b: __m256i) -> __m256i { _mm256_blendv_epi8(b, a, lt_epu64(a, b)) }
    fn max_epu64(a: __m256i, b: __m256i) -> __m256i { _mm256_blendv_epi8(a, b, lt_epu64(a, b)) }
}

// Multiplications that the hardware lacks. (h·2^32 + l)·(h'·2^32 + l') = l·l' + (h·l' + l·h')·2^32 modulo 2^64.
table! {
    fn mul8(a: I8, b: I8) -> I8 {
        Avx2::i16_to_i8(_mm_mullo_epi16(_mm_cvtepi8_epi16(a), _mm_cvtepi8_epi16(b)))
    }
    fn mul64(a: __m256i, b: __m256i) -> __m256i {
        let (ah, bh) = (_mm256_srli_epi64::<32>(a), _mm256_srli_epi64::<32>(b));
        let cross = _mm256_add_epi64(_mm256_mul_epu32(ah, b), _mm256_mul_epu32(a, bh));
        _mm256_add_epi64(_mm256_mul_epu32(a, b), _mm256_slli_epi64::<32>(cross))
    }
}

// Shifts. Narrow lanes shift as 32-bit ones: a left shift may widen either way, a right shift brings in copies of
// the sign, or zeros, as its type widens. (x ^ s) - s copies the bit s of x into the bits above it.
table! {
    fn count(n: u32) -> __m128i { _mm_cvtsi32_si128(n as i32) }

    fn sllv8(a: I8, n: I8) -> I8 { Avx2::i32_to_i8(_mm256_sllv_epi32(Avx2::u8_to_u32(a), Avx2::u8_to_u32(n))) }
    fn srlv8(a: I8, n: I8) -> I8 { Avx2::i32_to_i8(_mm256_srlv_epi32(Avx2::u8_to_u32(a), Avx2::u8_to_u32(n))) }
    fn srav8(a: I8, n: I8) -> I8 { Avx2::i32_to_i8(_mm256_srav_epi32(Avx2::i8_to_i32(a), Avx2::u8_to_u32(n))) }
    fn sllv16(a: I16, n: I16) -> I16 { Avx2::i32_to_i16(_mm256_sllv_epi32(Avx2::u16_to_u32(a), Avx2::u16_to_u32(n))) }
    fn srlv16(a: I16, n: I16) -> I16 { Avx2::i32_to_i16(_mm256_srlv_epi32(Avx2::u16_to_u32(a), Avx2::u16_to_u32(n))) }
    fn srav16(a: I16, n: I16) -> I16 { Avx2::i32_to_i16(_mm256_srav_epi32(Avx2::i16_to_i32(a), Avx2::u16_to_u32(n))) }
    fn srav64(a: __m256i, n: __m256i) -> __m256i {
        let sign = _mm256_srlv_epi64(_mm256_set1_epi64x(i64::MIN), n);
        _mm256_sub_epi64(_mm256_xor_si256(_mm256_srlv_epi64(a, n), sign), sign)
    }

    // The bits that cross from one byte of a 16-bit lane into the other are masked off.
    fn sll8(a: I8, n: u32) -> I8 { _mm_and_si128(_mm_sll_epi16(a, count(n)), _mm_set1_epi8((0xff << n) as i8)) }
    fn srl8(a: I8, n: u32) -> I8 { _mm_and_si128(_mm_srl_epi16(a, count(n)), _mm_set1_epi8((0xff >> n) as i8)) }
    fn sra8(a: I8, n: u32) -> I8 {
        let sign = _mm_set1_epi8((0x80 >> n) as i8);
        _mm_sub_epi8(_mm_xor_si128(srl8(a, n), sign), sign)
    }
    fn sll16(a: I16, n: u32) -> I16 { _mm_sll_epi16(a, count(n)) }
    fn srl16(a: I16, n: u32) -> I16 { _mm_srl_epi16(a, count(n)) }
    fn sra16(a: I16, n: u32) -> I16 { _mm_sra_epi16(a, count(n)) }
    fn sll32(a: I32, n: u32) -> I32 { _mm256_sll_epi32(a, count(n)) }
    fn srl32(a: I32, n: u32) -> I32 { _mm256_srl_epi32(a, count(n)) }
    fn sra32(a: I32, n: u32) -> I32 { _mm256_sra_epi32(a, count(n)) }
    fn sll64(a: __m256i, n: u32) -> __m256i { _mm256_sll_epi64(a, count(n)) }
    fn srl64(a: __m256i, n: u32) -> __m256i { _mm256_srl_epi64(a, count(n)) }
    fn sra64(a: __m256i, n: u32) -> __m256i {
        let sign = _mm256_srl_epi64(_mm256_set1_epi64x(i64::MIN), count(n));
        _mm256_sub_epi64(_mm256_xor_si256(srl64(a, n), sign), sign)
    }
    fn load8(from: *const u8) -> I8 { _mm_loadl_epi64(from.cast()) }
    fn store8(to: *mut u8, a: I8) { _mm_storel_epi64(to.cast(), a) }
    fn load16(from: *const u16) -> I16 { _mm_loadu_si128(from.cast()) }
    fn store16(to: *mut u16, a: I16) { _mm_storeu_si128(to.cast(), a) }
    fn load32(from: *const u32) -> I32 { _mm256_loadu_si256(from.cast()) }
    fn store32(to: *mut u32, a: I32) { _mm256_storeu_si256(to.cast(), a) }
}

/// The integers of one width, signed and unsigned, in one register.
macro_rules! int {
    (
        $signed:ident, $unsigned:ident in $ty:ty;
        splat $splat:ident, load $load:ident, store $store:ident, select $select:ident, mask $mask:ident;
        and $and:ident, or $or:ident, xor $xor:ident, add $add:ident, sub $sub:ident, mul $mul:ident;
        eq $eq:ident, sllv $sllv:ident, sll $sll:ident;
        lt $slt:ident $ult:ident; le $sle:ident $ule:ident; min $smin:ident $umin:ident; max $smax:ident $umax:ident;
        shrv $srav:ident $srlv:ident; shr $sra:ident $srl:ident;
    ) => {
        int! { @one $signed as $signed in $ty; $splat $load $store $select $mask $and $or $xor $add $sub $mul;
            $eq $sllv $sll; $slt $sle $smin $smax $srav $sra; }
        int! { @one $unsigned as $signed in $ty; $splat $load $store $select $mask $and $or $xor $add $sub $mul;
            $eq $sllv $sll; $ult $ule $umin $umax $srlv $srl; }
    };
    (
        @one $t:ident as $lane:ident in $ty:ty; $splat:ident $load:ident $store:ident $select:ident $mask:ident
        $and:ident $or:ident $xor:ident $add:ident $sub:ident $mul:ident;
        $eq:ident $sllv:ident $sll:ident; $lt:ident $le:ident $min:ident $max:ident $shrv:ident $shr:ident;
    ) => {
        impl Lanes<$t> for Avx2 {
            table! {
                fn splat(value: $t) -> $ty { $splat(value as $lane) }
                fn load(from: *const $t) -> $ty { $load(from.cast()) }
                fn store(to: *mut $t, a: $ty) { $store(to.cast(), a) }
                fn select(mask: M, yes: $ty, no: $ty) -> $ty { $select(mask, yes, no) }
                fn eq(a: $ty, b: $ty) -> M { $mask($eq(a, b)) }
                fn lt(a: $ty, b: $ty) -> M { $mask($lt(a, b)) }
                fn le(a: $ty, b: $ty) -> M { $mask($le(a, b)) }
            }
            memory!($t in $ty);
            by_lane! { scatter $t in $ty }
            one! { $ty;
                add(a, b) = $add;
                sub(a, b) = $sub;
                mul(a, b) = $mul;
                min(a, b) = $min;
                max(a, b) = $max;
            }
        }

        impl IntLanes<$t> for Avx2 {
            one! { $ty;
                and(a, b) = $and;
                or(a, b) = $or;
                xor(a, b) = $xor;
            }
            table! {
                fn shl(a: $ty, n: $ty) -> $ty { $sllv(a, $and(n, $splat($t::BITS as $lane - 1))) }
                fn shr(a: $ty, n: $ty) -> $ty { $shrv(a, $and(n, $splat($t::BITS as $lane - 1))) }
                fn shl_uniform(a: $ty, n: u32) -> $ty { $sll(a, n % $t::BITS) }
                fn shr_uniform(a: $ty, n: u32) -> $ty { $shr(a, n % $t::BITS) }
            }
        }
    };
}

/// Gathers: lane by lane where the hardware has no such width.
macro_rules! memory {
    (i32 in $ty:ty) => { memory!(@four i32); };
    (u32 in $ty:ty) => { memory!(@four u32); };
    (@four $t:ident) => {
        table! {
            fn lowered(a: I32, by: usize) -> I32 {
                let lanes = <Self as FloatLanes<f32>>::from_bits(a);
                <Self as FloatLanes<f32>>::to_bits(<Self as Lanes<f32>>::lowered(lanes, by))
            }
            fn load_masked(from: *const $t, mask: M) -> I32 { _mm256_maskload_epi32(from.cast(), mask) }
            fn store_masked(to: *mut $t, mask: M, a: I32) { _mm256_maskstore_epi32(to.cast(), mask, a) }
            fn store_blended(to: *mut $t, mask: M, a: I32) {
                <Self as Lanes<$t>>::store(to, <Self as Lanes<$t>>::select(mask, a, reread(to.cast())));
            }
            fn gather32(base: *const $t, index: I32, mask: M) -> I32 {
                _mm256_mask_i32gather_epi32::<4>(_mm256_setzero_si256(), base.cast(), index, mask)
            }
            fn gather64(base: *const $t, index: I64, mask: M) -> I32 {
                let zero = _mm_setzero_si128();
                join(
                    _mm256_mask_i64gather_epi32::<4>(zero, base.cast(), index.lo, lower(mask)),
                    _mm256_mask_i64gather_epi32::<4>(zero, base.cast(), index.hi, upper(mask)),
                )
            }
        }
    };
    ($t:ident in $ty:ty) => { by_lane! { gather $t in $ty } };
}

int! {
    i8, u8 in I8;
    splat _mm_set1_epi8, load load8, store store8, select select8, mask mask8;
    and _mm_and_si128, or _mm_or_si128, xor _mm_xor_si128, add _mm_add_epi8, sub _mm_sub_epi8, mul mul8;
    eq _mm_cmpeq_epi8, sllv sllv8, sll sll8;
    lt lt_epi8 lt_epu8; le le_epi8 le_epu8; min _mm_min_epi8 _mm_min_epu8; max _mm_max_epi8 _mm_max_epu8;
    shrv srav8 srlv8; shr sra8 srl8;
}

int! {
    i16, u16 in I16;
    splat _mm_set1_epi16, load load16, store store16, select select16, mask mask16;
    and _mm_and_si128, or _mm_or_si128, xor _mm_xor_si128, add _mm_add_epi16, sub _mm_sub_epi16, mul _mm_mullo_epi16;
    eq _mm_cmpeq_epi16, sllv sllv16, sll sll16;
    lt lt_epi16 lt_epu16; le le_epi16 le_epu16; min _mm_min_epi16 _mm_min_epu16; max _mm_max_epi16 _mm_max_epu16;
    shrv srav16 srlv16; shr sra16 srl16;
}

int! {
    i32, u32 in I32;
    splat _mm256_set1_epi32, load load32, store store32, select select32, mask mask32;
    and _mm256_and_si256, or _mm256_or_si256, xor _mm256_xor_si256,
        add _mm256_add_epi32, sub _mm256_sub_epi32, mul _mm256_mullo_epi32;
    eq _mm256_cmpeq_epi32, sllv _mm256_sllv_epi32, sll sll32;
    lt lt_epi32 lt_epu32; le le_epi32 le_epu32;
    min _mm256_min_epi32 _mm256_min_epu32; max _mm256_max_epi32 _mm256_max_epu32;
    shrv _mm256_srav_epi32 _mm256_srlv_epi32; shr sra32 srl32;
}

/// The 64-bit integers, in two registers.
macro_rules! int64 {
    ($($t:ident; lt $lt:ident, le $le:ident, min $min:ident, max $max:ident, shrv $shrv:ident, shr $shr:ident;)*) => {$(
        impl Lanes<$t> for Avx2 {
            table! {
                fn splat(value: $t) -> I64 { pair(_mm256_set1_epi64x(value as i64), _mm256_set1_epi64x(value as i64)) }
                fn load(from: *const $t) -> I64 {
                    pair(_mm256_loadu_si256(from.cast()), _mm256_loadu_si256(from.add(4).cast()))
                }
                fn store(to: *mut $t, a: I64) {
                    _mm256_storeu_si256(to.cast(), a.lo);
                    _mm256_storeu_si256(to.add(4).cast(), a.hi);
                }
                fn load_masked(from: *const $t, mask: M) -> I64 {
                    let (mask, above) = (wide(mask), from.wrapping_add(4));
                    pair(_mm256_maskload_epi64(from.cast(), mask.lo), _mm256_maskload_epi64(above.cast(), mask.hi))
                }
                fn store_masked(to: *mut $t, mask: M, a: I64) {
                    let mask = wide(mask);
                    _mm256_maskstore_epi64(to.cast(), mask.lo, a.lo);
                    _mm256_maskstore_epi64(to.wrapping_add(4).cast(), mask.hi, a.hi);
                }
                fn store_blended(to: *mut $t, mask: M, a: I64) {
                    let before = pair(reread(to.cast()), reread(to.add(4).cast()));
                    <Self as Lanes<$t>>::store(to, <Self as Lanes<$t>>::select(mask, a, before));
                }
                // By 64-bit blends, for which half of a mask's bits suffice.
                fn select(mask: M, yes: I64, no: I64) -> I64 {
                    let yes = <Self as FloatLanes<f64>>::from_bits(yes);
                    let no = <Self as FloatLanes<f64>>::from_bits(no);
                    <Self as FloatLanes<f64>>::to_bits(<Self as Lanes<f64>>::select(mask, yes, no))
                }
                fn eq(a: I64, b: I64) -> M {
                    mask64(pair(_mm256_cmpeq_epi64(a.lo, b.lo), _mm256_cmpeq_epi64(a.hi, b.hi)))
                }
                fn lt(a: I64, b: I64) -> M { mask64(pair($lt(a.lo, b.lo), $lt(a.hi, b.hi))) }
                fn le(a: I64, b: I64) -> M { mask64(pair($le(a.lo, b.lo), $le(a.hi, b.hi))) }
                fn lowered(a: I64, by: usize) -> I64 {
                    let lanes = <Self as FloatLanes<f64>>::from_bits(a);
                    <Self as FloatLanes<f64>>::to_bits(<Self as Lanes<f64>>::lowered(lanes, by))
                }
                fn gather32(base: *const $t, index: I32, mask: M) -> I64 {
                    let (zero, mask) = (_mm256_setzero_si256(), wide(mask));
                    pair(
                        _mm256_mask_i32gather_epi64::<8>(zero, base.cast(), lower(index), mask.lo),
                        _mm256_mask_i32gather_epi64::<8>(zero, base.cast(), upper(index), mask.hi),
                    )
                }
                fn gather64(base: *const $t, index: I64, mask: M) -> I64 {
                    let (zero, mask) = (_mm256_setzero_si256(), wide(mask));
                    pair(
                        _mm256_mask_i64gather_epi64::<8>(zero, base.cast(), index.lo, mask.lo),
                        _mm256_mask_i64gather_epi64::<8>(zero, base.cast(), index.hi, mask.hi),
                    )
                }
            }
            by_lane! { scatter $t in I64 }
            two! { __m256i;
                add(a, b) = _mm256_add_epi64;
                sub(a, b) = _mm256_sub_epi64;
                mul(a, b) = mul64;
                min(a, b) = $min;
                max(a, b) = $max;
            }
        }

        impl IntLanes<$t> for Avx2 {
            two! { __m256i;
                and(a, b) = _mm256_and_si256;
                or(a, b) = _mm256_or_si256;
                xor(a, b) = _mm256_xor_si256;
            }
            table! {
                fn shl(a: I64, n: I64) -> I64 {
                    let n = <Self as IntLanes<$t>>::and(n, <Self as Lanes<$t>>::splat(63));
                    pair(_mm256_sllv_epi64(a.lo, n.lo), _mm256_sllv_epi64(a.hi, n.hi))
                }
                fn shr(a: I64, n: I64) -> I64 {
                    let n = <Self as IntLanes<$t>>::and(n, <Self as Lanes<$t>>::splat(63));
                    pair($shrv(a.lo, n.lo), $shrv(a.hi, n.hi))
                }
                fn shl_uniform(a: I64, n: u32) -> I64 { pair(sll64(a.lo, n % 64), sll64(a.hi, n % 64)) }
                fn shr_uniform(a: I64, n: u32) -> I64 { pair($shr(a.lo, n % 64), $shr(a.hi, n % 64)) }
            }
        }
    )*};
}

int64! {
    i64; lt lt_epi64, le le_epi64, min min_epi64, max max_epi64, shrv srav64, shr sra64;
    u64; lt lt_epu64, le le_epu64, min min_epu64, max max_epu64, shrv _mm256_srlv_epi64, shr srl64;
}

const P31: f64 = (1_u64 << 31) as f64;
const P32: f64 = (1_u64 << 32) as f64;
const P52: f64 = (1_u64 << 52) as f64;
const P63: f64 = (1_u64 << 63) as f64;
const P64: f64 = P32 * P32;
const P84: f64 = P52 * P32;

// Integer to float. The bits of 2^52 with an integer below 2^32 as the lower half are the number 2^52 + integer; those
// of 2^84, the number 2^84 + integer · 2^32. Taking 2^52 and 2^84 away again is exact, so only the last addition rounds.
table! {
    fn epu64_to_pd(a: __m256i) -> __m256d {
        let lo = _mm256_blend_epi32::<0b10_10_10_10>(a, _mm256_castpd_si256(_mm256_set1_pd(P52)));
        let hi = _mm256_or_si256(_mm256_srli_epi64::<32>(a), _mm256_castpd_si256(_mm256_set1_pd(P84)));
        let hi = _mm256_sub_pd(_mm256_castsi256_pd(hi), _mm256_set1_pd(P84 + P52));
        _mm256_add_pd(hi, _mm256_castsi256_pd(lo))
    }
    // The sign bit flipped adds 2^63.
    fn epi64_to_pd(a: __m256i) -> __m256d {
        let lo = _mm256_blend_epi32::<0b10_10_10_10>(a, _mm256_castpd_si256(_mm256_set1_pd(P52)));
        let hi = _mm256_xor_si256(_mm256_srli_epi64::<32>(a), _mm256_castpd_si256(_mm256_set1_pd(P84 + P63)));
        let hi = _mm256_sub_pd(_mm256_castsi256_pd(hi), _mm256_set1_pd(P84 + P63 + P52));
        _mm256_add_pd(hi, _mm256_castsi256_pd(lo))
    }
    // Beyond 2^53 the last eleven bits are rounded to odd: any of them set sets the twelfth. What is left fits an f64,
    // and lies on the same side of every midpoint between two f32, so that rounding twice is rounding once.
    fn to_odd(a: __m256i, exact: __m256i) -> __m256i {
        let tail = _mm256_set1_epi64x(0x7ff);
        let carry = _mm256_add_epi64(_mm256_and_si256(a, tail), tail);
        _mm256_blendv_epi8(_mm256_andnot_si256(tail, _mm256_or_si256(a, carry)), a, exact)
    }
    fn epu64_to_ps(a: __m256i) -> __m128 {
        let exact = _mm256_cmpeq_epi64(_mm256_srli_epi64::<53>(a), _mm256_setzero_si256());
        _mm256_cvtpd_ps(epu64_to_pd(to_odd(a, exact)))
    }
    fn epi64_to_ps(a: __m256i) -> __m128 {
        let shifted = _mm256_add_epi64(a, _mm256_set1_epi64x(1 << 53));
        let exact = _mm256_cmpeq_epi64(_mm256_srli_epi64::<54>(shifted), _mm256_setzero_si256());
        _mm256_cvtpd_ps(epi64_to_pd(to_odd(a, exact)))
    }
    fn epu32_to_pd(a: __m128i) -> __m256d {
        let bits = _mm256_or_si256(_mm256_cvtepu32_epi64(a), _mm256_castpd_si256(_mm256_set1_pd(P52)));
        _mm256_sub_pd(_mm256_castsi256_pd(bits), _mm256_set1_pd(P52))
    }
    fn epu32_to_ps(a: __m256i) -> __m256 {
        let hi = _mm256_cvtepi32_ps(_mm256_srli_epi32::<16>(a));
        let lo = _mm256_cvtepi32_ps(_mm256_and_si256(a, _mm256_set1_epi32(0xffff)));
        _mm256_fmadd_ps(hi, _mm256_set1_ps(65536.0), lo)
    }
}

// Float to integer. The hardware truncates to i32, and gives MIN for all that does not fit. Intel's maximum and minimum
// give the second operand where one is NaN.
table! {
    fn ps_to_epi32(a: __m256) -> __m256i {
        // !MIN is MAX.
        let large = _mm256_castps_si256(_mm256_cmp_ps::<_CMP_LE_OQ>(_mm256_set1_ps(P31 as f32), a));
        let number = _mm256_castps_si256(_mm256_cmp_ps::<_CMP_ORD_Q>(a, a));
        _mm256_and_si256(_mm256_xor_si256(_mm256_cvttps_epi32(a), large), number)
    }
    fn ps_to_epu32(a: __m256) -> __m256i {
        let a = _mm256_max_ps(a, _mm256_setzero_ps());
        // Less by 2^31 from there on, which is the sign bit that the result gets back.
        let high = _mm256_cmp_ps::<_CMP_LE_OQ>(_mm256_set1_ps(P31 as f32), a);
        let low = _mm256_cvttps_epi32(_mm256_sub_ps(a, _mm256_and_ps(high, _mm256_set1_ps(P31 as f32))));
        let sign = _mm256_slli_epi32::<31>(_mm256_castps_si256(high));
        let large = _mm256_castps_si256(_mm256_cmp_ps::<_CMP_LE_OQ>(_mm256_set1_ps(P32 as f32), a));
        _mm256_or_si256(_mm256_xor_si256(low, sign), large)
    }
    fn pd_to_epi32(a: __m256d) -> __m128i {
        let number = _mm256_cmp_pd::<_CMP_ORD_Q>(a, a);
        _mm256_cvttpd_epi32(_mm256_and_pd(_mm256_min_pd(_mm256_set1_pd(P31 - 1.0), a), number))
    }
    // The value in the lower half of each lane.
    fn pd_to_epu32(a: __m256d) -> __m256i {
        let a = _mm256_min_pd(_mm256_max_pd(a, _mm256_setzero_pd()), _mm256_set1_pd(P32 - 1.0));
        _mm256_castpd_si256(_mm256_add_pd(_mm256_round_pd::<TRUNC>(a), _mm256_set1_pd(P52)))
    }
    // a = h · 2^32 + l with 0 <= l < 2^32, both exact. Added to `offset`, h is the lower half of the sum's bits.
    fn halves(a: __m256d, offset: __m256d) -> __m256i {
        let h = _mm256_round_pd::<FLOOR>(_mm256_mul_pd(a, _mm256_set1_pd(1.0 / P32)));
        let l = _mm256_fnmadd_pd(h, _mm256_set1_pd(P32), a);
        let h = _mm256_castpd_si256(_mm256_add_pd(h, offset));
        let l = _mm256_castpd_si256(_mm256_add_pd(l, _mm256_set1_pd(P52)));
        _mm256_blend_epi32::<0b10_10_10_10>(l, _mm256_slli_epi64::<32>(h))
    }
    fn pd_to_epi64(a: __m256d) -> __m256i {
        let in_range_or_large = _mm256_max_pd(_mm256_round_pd::<TRUNC>(a), _mm256_set1_pd(-P63));
        // 2^51 more makes the negative h wrap as two's complement does.
        let bits = _mm256_castsi256_pd(halves(in_range_or_large, _mm256_set1_pd(P52 + P52 / 2.0)));
        let large = _mm256_cmp_pd::<_CMP_LE_OQ>(_mm256_set1_pd(P63), a);
        let bits = _mm256_blendv_pd(bits, _mm256_castsi256_pd(_mm256_set1_epi64x(i64::MAX)), large);
        _mm256_castpd_si256(_mm256_and_pd(bits, _mm256_cmp_pd::<_CMP_ORD_Q>(a, a)))
    }
    fn pd_to_epu64(a: __m256d) -> __m256i {
        let a = _mm256_max_pd(a, _mm256_setzero_pd());
        let bits = halves(_mm256_round_pd::<TRUNC>(a), _mm256_set1_pd(P52));
        _mm256_or_si256(bits, _mm256_castpd_si256(_mm256_cmp_pd::<_CMP_LE_OQ>(_mm256_set1_pd(P64), a)))
    }
}

impl Convert for Avx2 {
    table! {
        fn f32_to_f64(a: F32) -> F64 { pair(_mm256_cvtps_pd(lower_f32(a)), _mm256_cvtps_pd(upper_f32(a))) }
        fn f64_to_f32(a: F64) -> F32 { join_f32(_mm256_cvtpd_ps(a.lo), _mm256_cvtpd_ps(a.hi)) }

        fn i32_to_f32(a: I32) -> F32 { _mm256_cvtepi32_ps(a) }
        fn u32_to_f32(a: I32) -> F32 { epu32_to_ps(a) }
        fn i64_to_f32(a: I64) -> F32 { join_f32(epi64_to_ps(a.lo), epi64_to_ps(a.hi)) }
        fn u64_to_f32(a: I64) -> F32 { join_f32(epu64_to_ps(a.lo), epu64_to_ps(a.hi)) }
        fn i32_to_f64(a: I32) -> F64 { pair(_mm256_cvtepi32_pd(lower(a)), _mm256_cvtepi32_pd(upper(a))) }
        fn u32_to_f64(a: I32) -> F64 { pair(epu32_to_pd(lower(a)), epu32_to_pd(upper(a))) }
        fn i64_to_f64(a: I64) -> F64 { pair(epi64_to_pd(a.lo), epi64_to_pd(a.hi)) }
        fn u64_to_f64(a: I64) -> F64 { pair(epu64_to_pd(a.lo), epu64_to_pd(a.hi)) }

        fn f32_to_i32(a: F32) -> I32 { ps_to_epi32(a) }
        fn f32_to_u32(a: F32) -> I32 { ps_to_epu32(a) }
        fn f32_to_i64(a: F32) -> I64 { Self::f64_to_i64(Self::f32_to_f64(a)) }
        fn f32_to_u64(a: F32) -> I64 { Self::f64_to_u64(Self::f32_to_f64(a)) }
        fn f64_to_i32(a: F64) -> I32 { join(pd_to_epi32(a.lo), pd_to_epi32(a.hi)) }
        fn f64_to_u32(a: F64) -> I32 { even(pair(pd_to_epu32(a.lo), pd_to_epu32(a.hi))) }
        fn f64_to_i64(a: F64) -> I64 { pair(pd_to_epi64(a.lo), pd_to_epi64(a.hi)) }
        fn f64_to_u64(a: F64) -> I64 { pair(pd_to_epu64(a.lo), pd_to_epu64(a.hi)) }

        fn i8_to_i32(a: I8) -> I32 { _mm256_cvtepi8_epi32(a) }
        fn u8_to_u32(a: I8) -> I32 { _mm256_cvtepu8_epi32(a) }
        fn i16_to_i32(a: I16) -> I32 { _mm256_cvtepi16_epi32(a) }
        fn u16_to_u32(a: I16) -> I32 { _mm256_cvtepu16_epi32(a) }
        fn i32_to_i64(a: I32) -> I64 { pair(_mm256_cvtepi32_epi64(lower(a)), _mm256_cvtepi32_epi64(upper(a))) }
        fn u32_to_u64(a: I32) -> I64 { pair(_mm256_cvtepu32_epi64(lower(a)), _mm256_cvtepu32_epi64(upper(a))) }
        fn i8_to_i16(a: I8) -> I16 { _mm_cvtepi8_epi16(a) }
        fn u8_to_u16(a: I8) -> I16 { _mm_cvtepu8_epi16(a) }

        fn i64_to_i32(a: I64) -> I32 { even(a) }
        fn i32_to_i16(a: I32) -> I16 {
            let low_bytes = _mm_setr_epi8(0, 1, 4, 5, 8, 9, 12, 13, 0, 1, 4, 5, 8, 9, 12, 13);
            lower(cross(_mm256_shuffle_epi8(a, join(low_bytes, low_bytes))))
        }
        fn i32_to_i8(a: I32) -> I8 { Self::i16_to_i8(Self::i32_to_i16(a)) }
        fn i16_to_i8(a: I16) -> I8 {
            _mm_shuffle_epi8(a, _mm_setr_epi8(0, 2, 4, 6, 8, 10, 12, 14, 0, 2, 4, 6, 8, 10, 12, 14))
        }
    }
}

// The permutation knows 32-bit lanes and ignores the upper bits of their indices: eight entries are a register of
// lower halves and one of upper halves, which the compiler makes of a constant table. Lower halves that are all zero
// need no permutation, which it does not see.
table! {
    fn lookup8_pd(table: &[f64; 8], index: __m256i) -> __m256d {
        let [a, b, c, d, e, f, g, h] = table.map(f64::to_bits);
        let halved = (a | b | c | d | e | f | g | h) as u32 == 0;
        let table = table.as_ptr().cast::<__m256i>();
        let table = pair(_mm256_loadu_si256(table), _mm256_loadu_si256(table.add(1)));
        let index = _mm256_shuffle_epi32::<0b10_10_00_00>(index);
        let high = _mm256_permutevar8x32_epi32(odd(table), index);
        let low = if halved { _mm256_setzero_si256() } else { _mm256_permutevar8x32_epi32(even(table), index) };
        _mm256_castsi256_pd(_mm256_blend_epi32::<0b10_10_10_10>(low, high))
    }

    // Each register's permutations take the table from memory themselves: loaded once for all registers of a gang, many rows
    // would be in the way of what is computed. The compiler does not know that the address is the same for each.
    #[allow(clippy::pointers_in_nomem_asm_block, reason = "the block does nothing with it")]
    fn lookup8_row_pd(rows: *const [[u32; 8]; 2], row: usize, alike: bool, index: __m256i) -> __m256d {
        let mut rows = rows;
        std::arch::asm!(
            "/* {0} {1} */",
            inout(reg) rows,
            in(xmm_reg) lower(index),
            options(pure, nomem, nostack, preserves_flags)
        );
        let halves = rows.add(row).cast::<__m256i>();
        let index = _mm256_shuffle_epi32::<0b10_10_00_00>(index);
        let high = _mm256_permutevar8x32_epi32(_mm256_loadu_si256(halves.add(1)), index);
        if alike {
            return _mm256_castsi256_pd(high);
        }
        let low = _mm256_permutevar8x32_epi32(_mm256_loadu_si256(halves), index);
        _mm256_castsi256_pd(_mm256_blend_epi32::<0b10_10_10_10>(low, high))
    }
}

impl Lookup for Avx2 {
    table! {
        fn lookup8_f64(table: &[f64; 8], index: I64) -> F64 {
            pair(lookup8_pd(table, index.lo), lookup8_pd(table, index.hi))
        }
        fn lookup8_f32(table: &[f32; 8], index: I32) -> F32 {
            _mm256_permutevar8x32_ps(_mm256_loadu_ps(table.as_ptr()), index)
        }
    }
    #[inline(always)]
    unsafe fn lookup8_row<const N: usize>(table: &'static Rows<N>, row: usize, index: I64) -> F64 {
        let (halves, alike) = (table.halves.as_ptr(), table.alike[row]);
        // SAFETY: the table has the row; and the same contract.
        unsafe { pair(lookup8_row_pd(halves, row, alike, index.lo), lookup8_row_pd(halves, row, alike, index.hi)) }
    }
}

impl MaskLanes for Avx2 {
    one! { M;
        mask_and(a, b) = _mm256_and_si256;
        mask_or(a, b) = _mm256_or_si256;
        mask_xor(a, b) = _mm256_xor_si256;
        mask_not(a) = not;
    }
    table! {
        fn mask_and_not(a: M, b: M) -> M { _mm256_andnot_si256(b, a) }
        fn mask_splat(on: bool) -> M { _mm256_set1_epi32(-i32::from(on)) }
        fn mask_load(from: *const bool) -> M {
            _mm256_cmpgt_epi32(Self::u8_to_u32(load8(from.cast())), _mm256_setzero_si256())
        }
        fn mask_store(to: *mut bool, a: M) { store8(to.cast(), _mm_and_si128(narrow8(a), _mm_set1_epi8(1))) }
        fn mask_any(a: M) -> bool { on(a) != 0 }
        fn mask_all(a: M) -> bool { on(a) == 0xff }
        fn mask_to_bits(a: M) -> u64 { on(a) }
        fn mask_from_bits(bits: u64) -> M {
            let each = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
            _mm256_cmpeq_epi32(_mm256_and_si256(_mm256_set1_epi32(bits as i32), each), each)
        }
    }
}
