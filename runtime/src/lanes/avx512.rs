//! AVX-512 F, CD, DQ, BW and VL: sixteen lanes, `f32` in one register, 64-bit types in two, masks in
//! mask registers.

use std::arch::x86_64::*;
use std::mem::transmute;

use super::by_lane;
use super::simd::{Convert, FloatLanes, IntLanes, Lanes, Lookup, MaskLanes, Registers, Simd};
use super::table::{one, table, two};
use super::twice::{Pair, pair};
use crate::Level;

/// The token of [`Level::Avx512`].
#[derive(Clone, Copy, Debug)]
pub struct Avx512(());

const LANES: usize = 16;

type M = __mmask16;
type F32 = __m512;
type F64 = Pair<__m512d>;
type I8 = __m128i;
type I16 = __m256i;
type I32 = __m512i;
type I64 = Pair<__m512i>;

impl Registers for Avx512 {
    type Mask = M;
    type F32 = F32;
    type F64 = F64;
    type I8 = I8;
    type I16 = I16;
    type I32 = I32;
    type I64 = I64;
}

// SAFETY: the token is made by `assume` alone, whose callers vouch for the level.
unsafe impl Simd for Avx512 {
    const LEVEL: Level = Level::Avx512;
    const LANES: usize = LANES;
    const FMA: bool = true;
    type Short32 = super::twice::Twice<super::twice::Twice<Self>>;
    type Short64 = super::twice::Twice<Self>;
    type Math32 = Self;
    type Math64 = super::twice::Twice<Self>;

    #[inline(always)]
    unsafe fn assume() -> Self {
        Avx512(())
    }
}

// A mask as lanes and back: no instruction remains of either. LLVM then sees vectors of bits where `&` of integers would
// make it carry the mask of a loop from turn to turn in a general register, with two moves between the register files.
table! {
    fn to_lanes(m: M) -> __m512i { _mm512_mask_blend_epi32(m, _mm512_setzero_si512(), _mm512_set1_epi32(-1)) }
    fn of_lanes(a: __m512i) -> M { _mm512_cmplt_epi32_mask(a, _mm512_setzero_si512()) }
}

// Halves: of a mask and of the one-register types, which pairs need.
table! {
    fn upper(m: M) -> __mmask8 { (m >> 8) as u8 }
    fn lower(m: M) -> __mmask8 { m as u8 }
    fn join(lo: __mmask8, hi: __mmask8) -> M { M::from(lo) | M::from(hi) << 8 }

    fn lower_f32(a: F32) -> __m256 { _mm512_castps512_ps256(a) }
    fn upper_f32(a: F32) -> __m256 { _mm512_extractf32x8_ps::<1>(a) }
    fn join_f32(lo: __m256, hi: __m256) -> F32 { _mm512_insertf32x8::<1>(_mm512_castps256_ps512(lo), hi) }

    fn lower_i32(a: I32) -> __m256i { _mm512_castsi512_si256(a) }
    fn upper_i32(a: I32) -> __m256i { _mm512_extracti32x8_epi32::<1>(a) }
    fn join_i32(lo: __m256i, hi: __m256i) -> I32 { _mm512_inserti32x8::<1>(_mm512_castsi256_si512(lo), hi) }
}

const ROUND_EVEN: i32 = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC;
const FLOOR: i32 = _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC;
const CEIL: i32 = _MM_FROUND_TO_POS_INF | _MM_FROUND_NO_EXC;
const TRUNC: i32 = _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC;

// `vminps x, y` is `x < y ? x : y`, so with the operands swapped it gives `a` when they are equal or
// `b` is NaN; where `a` is NaN the mask leaves `b`.
table! {
    fn min_ps(a: __m512, b: __m512) -> __m512 {
        _mm512_mask_min_ps(b, _mm512_cmp_ps_mask::<_CMP_ORD_Q>(a, a), b, a)
    }
    fn max_ps(a: __m512, b: __m512) -> __m512 {
        _mm512_mask_max_ps(b, _mm512_cmp_ps_mask::<_CMP_ORD_Q>(a, a), b, a)
    }
    fn min_pd(a: __m512d, b: __m512d) -> __m512d {
        _mm512_mask_min_pd(b, _mm512_cmp_pd_mask::<_CMP_ORD_Q>(a, a), b, a)
    }
    fn max_pd(a: __m512d, b: __m512d) -> __m512d {
        _mm512_mask_max_pd(b, _mm512_cmp_pd_mask::<_CMP_ORD_Q>(a, a), b, a)
    }
    fn neg_ps(a: __m512) -> __m512 { _mm512_xor_ps(a, _mm512_set1_ps(-0.0)) }
    fn neg_pd(a: __m512d) -> __m512d { _mm512_xor_pd(a, _mm512_set1_pd(-0.0)) }
}

impl Lanes<f32> for Avx512 {
    table! {
        fn splat(value: f32) -> F32 { _mm512_set1_ps(value) }
        fn load(from: *const f32) -> F32 { _mm512_loadu_ps(from) }
        fn store(to: *mut f32, a: F32) { _mm512_storeu_ps(to, a) }
        fn load_masked(from: *const f32, mask: M) -> F32 { _mm512_maskz_loadu_ps(mask, from) }
        fn store_masked(to: *mut f32, mask: M, a: F32) { _mm512_mask_storeu_ps(to, mask, a) }
        fn select(mask: M, yes: F32, no: F32) -> F32 { _mm512_mask_blend_ps(mask, no, yes) }
        fn lowered(a: F32, by: usize) -> F32 {
            match by {
                8 => _mm512_shuffle_f32x4::<0b11_10_11_10>(a, a),
                4 => _mm512_shuffle_f32x4::<0b01_01_01_01>(a, a),
                2 => _mm512_permute_ps::<0b11_10_11_10>(a),
                _ => _mm512_permute_ps::<0b11_11_01_01>(a),
            }
        }
        fn eq(a: F32, b: F32) -> M { _mm512_cmp_ps_mask::<_CMP_EQ_OQ>(a, b) }
        fn lt(a: F32, b: F32) -> M { _mm512_cmp_ps_mask::<_CMP_LT_OQ>(a, b) }
        fn le(a: F32, b: F32) -> M { _mm512_cmp_ps_mask::<_CMP_LE_OQ>(a, b) }
        fn gather32(base: *const f32, index: I32, mask: M) -> F32 {
            _mm512_mask_i32gather_ps::<4>(_mm512_setzero_ps(), mask, index, base)
        }
        fn gather64(base: *const f32, index: I64, mask: M) -> F32 {
            let zero = _mm256_setzero_ps();
            join_f32(
                _mm512_mask_i64gather_ps::<4>(zero, lower(mask), index.lo, base),
                _mm512_mask_i64gather_ps::<4>(zero, upper(mask), index.hi, base),
            )
        }
        fn scatter64(base: *mut f32, index: I64, mask: M, a: F32) {
            _mm512_mask_i64scatter_ps::<4>(base, lower(mask), index.lo, lower_f32(a));
            _mm512_mask_i64scatter_ps::<4>(base, upper(mask), index.hi, upper_f32(a));
        }
    }
    one! { F32;
        add(a, b) = _mm512_add_ps;
        sub(a, b) = _mm512_sub_ps;
        mul(a, b) = _mm512_mul_ps;
        min(a, b) = min_ps;
        max(a, b) = max_ps;
    }
}

impl FloatLanes<f32> for Avx512 {
    one! { F32;
        div(a, b) = _mm512_div_ps;
        lesser(a, b) = _mm512_min_ps;
        greater(a, b) = _mm512_max_ps;
        sqrt(a) = _mm512_sqrt_ps;
        mul_add(a, b, c) = _mm512_fmadd_ps;
        neg(a) = neg_ps;
        abs(a) = _mm512_abs_ps;
        floor(a) = _mm512_roundscale_ps::<FLOOR>;
        ceil(a) = _mm512_roundscale_ps::<CEIL>;
        trunc(a) = _mm512_roundscale_ps::<TRUNC>;
        round_ties_even(a) = _mm512_roundscale_ps::<ROUND_EVEN>;
    }
    table! {
        fn to_bits(a: F32) -> I32 { _mm512_castps_si512(a) }
        fn from_bits(a: I32) -> F32 { _mm512_castsi512_ps(a) }
        // All other classes that the instruction knows.
        fn positive_normal(a: F32) -> Option<M> { Some(!_mm512_fpclass_ps_mask::<0xff>(a)) }
    }
}

// The square root by multiplications. From `y` near `1 / sqrt x`, `e = 1 - x y²` and `(1 - e)^(-1/2)`, a polynomial, make
// `y` good to the last place; `g = x y`, and Markstein's step to `g + y/2 (x - g²)` gives the correctly rounded root of
// whatever start within 2^-14: `math/scripts/root.py` has the proof.
table! {
    fn root(x: __m512d) -> __m512d {
        let y = _mm512_rsqrt14_pd(x);
        let e = _mm512_fnmadd_pd(x, _mm512_mul_pd(y, y), _mm512_set1_pd(1.0));
        let p = _mm512_fmadd_pd(e, _mm512_set1_pd(ROOT[2]), _mm512_set1_pd(ROOT[1]));
        let p = _mm512_fmadd_pd(e, p, _mm512_set1_pd(ROOT[0]));
        let y = _mm512_fmadd_pd(_mm512_mul_pd(y, e), p, y);
        // Half of it by the exponent: multiplications are what there is least time for.
        let half = _mm512_castsi512_pd(_mm512_sub_epi64(_mm512_castpd_si512(y), _mm512_set1_epi64(1 << 52)));
        let g = _mm512_mul_pd(x, y);
        _mm512_fmadd_pd(half, _mm512_fnmadd_pd(g, g, x), g)
    }
}

/// `((1 - e)^(-1/2) - 1) / e` for `|e|` up to 2^-13.
const ROOT: [f64; 3] = [0.5, 0.37500000337545636, 0.3125];

/// `vrangepd`: the larger magnitude, without a sign.
const ABS_MAX: i32 = 0b1011;

/// Comparisons of pairs: each half's mask by the same intrinsic.
macro_rules! compare {
    ($ty:ty; $($name:ident = $f:expr;)*) => {
        table! { $(fn $name(a: $ty, b: $ty) -> M { join($f(a.lo, b.lo), $f(a.hi, b.hi)) })* }
    };
}

impl Lanes<f64> for Avx512 {
    table! {
        fn splat(value: f64) -> F64 { pair(_mm512_set1_pd(value), _mm512_set1_pd(value)) }
        fn load(from: *const f64) -> F64 { pair(_mm512_loadu_pd(from), _mm512_loadu_pd(from.add(8))) }
        fn store(to: *mut f64, a: F64) {
            _mm512_storeu_pd(to, a.lo);
            _mm512_storeu_pd(to.add(8), a.hi);
        }
        fn load_masked(from: *const f64, mask: M) -> F64 {
            let above = from.wrapping_add(8);
            pair(_mm512_maskz_loadu_pd(lower(mask), from), _mm512_maskz_loadu_pd(upper(mask), above))
        }
        fn store_masked(to: *mut f64, mask: M, a: F64) {
            _mm512_mask_storeu_pd(to, lower(mask), a.lo);
            _mm512_mask_storeu_pd(to.wrapping_add(8), upper(mask), a.hi);
        }
        fn select(mask: M, yes: F64, no: F64) -> F64 {
            pair(_mm512_mask_blend_pd(lower(mask), no.lo, yes.lo), _mm512_mask_blend_pd(upper(mask), no.hi, yes.hi))
        }
        fn lowered(a: F64, by: usize) -> F64 {
            match by {
                8 => pair(a.hi, a.hi),
                4 => pair(_mm512_shuffle_f64x2::<0b11_10_11_10>(a.lo, a.lo), a.hi),
                2 => pair(_mm512_shuffle_f64x2::<0b01_01_01_01>(a.lo, a.lo), a.hi),
                _ => pair(_mm512_permute_pd::<0b1111_1111>(a.lo), a.hi),
            }
        }
        fn gather32(base: *const f64, index: I32, mask: M) -> F64 {
            let zero = _mm512_setzero_pd();
            pair(
                _mm512_mask_i32gather_pd::<8>(zero, lower(mask), lower_i32(index), base),
                _mm512_mask_i32gather_pd::<8>(zero, upper(mask), upper_i32(index), base),
            )
        }
        fn gather64(base: *const f64, index: I64, mask: M) -> F64 {
            let zero = _mm512_setzero_pd();
            pair(
                _mm512_mask_i64gather_pd::<8>(zero, lower(mask), index.lo, base),
                _mm512_mask_i64gather_pd::<8>(zero, upper(mask), index.hi, base),
            )
        }
        fn scatter64(base: *mut f64, index: I64, mask: M, a: F64) {
            _mm512_mask_i64scatter_pd::<8>(base, lower(mask), index.lo, a.lo);
            _mm512_mask_i64scatter_pd::<8>(base, upper(mask), index.hi, a.hi);
        }
    }
    compare! { F64;
        eq = _mm512_cmp_pd_mask::<_CMP_EQ_OQ>;
        lt = _mm512_cmp_pd_mask::<_CMP_LT_OQ>;
        le = _mm512_cmp_pd_mask::<_CMP_LE_OQ>;
    }
    two! { __m512d;
        add(a, b) = _mm512_add_pd;
        sub(a, b) = _mm512_sub_pd;
        mul(a, b) = _mm512_mul_pd;
        min(a, b) = min_pd;
        max(a, b) = max_pd;
    }
}

impl FloatLanes<f64> for Avx512 {
    two! { __m512d;
        div(a, b) = _mm512_div_pd;
        lesser(a, b) = _mm512_min_pd;
        greater(a, b) = _mm512_max_pd;
        sqrt(a) = _mm512_sqrt_pd;
        mul_add(a, b, c) = _mm512_fmadd_pd;
        neg(a) = neg_pd;
        abs(a) = _mm512_abs_pd;
        floor(a) = _mm512_roundscale_pd::<FLOOR>;
        ceil(a) = _mm512_roundscale_pd::<CEIL>;
        trunc(a) = _mm512_roundscale_pd::<TRUNC>;
        round_ties_even(a) = _mm512_roundscale_pd::<ROUND_EVEN>;
    }
    table! {
        // One register by the divider and one beside it by the multipliers.
        fn sqrt_usual(a: F64) -> F64 { pair(_mm512_sqrt_pd(a.lo), root(a.hi)) }
        fn to_bits(a: F64) -> I64 { pair(_mm512_castpd_si512(a.lo), _mm512_castpd_si512(a.hi)) }
        fn from_bits(a: I64) -> F64 { pair(_mm512_castsi512_pd(a.lo), _mm512_castsi512_pd(a.hi)) }
        fn any_beyond(a: F64, bound: f64) -> bool {
            let most = _mm512_range_pd::<ABS_MAX>(a.lo, a.hi);
            _mm512_cmp_pd_mask::<_CMP_NLE_UQ>(most, _mm512_set1_pd(bound)) != 0
        }
    }
}

// A count for all lanes, which LLVM turns into an immediate where it is constant.
table! {
    fn count(n: u32) -> __m128i { _mm_cvtsi32_si128(n as i32) }

    fn sll16(a: I16, n: u32) -> I16 { _mm256_sll_epi16(a, count(n)) }
    fn srl16(a: I16, n: u32) -> I16 { _mm256_srl_epi16(a, count(n)) }
    fn sra16(a: I16, n: u32) -> I16 { _mm256_sra_epi16(a, count(n)) }
    fn sll32(a: I32, n: u32) -> I32 { _mm512_sll_epi32(a, count(n)) }
    fn srl32(a: I32, n: u32) -> I32 { _mm512_srl_epi32(a, count(n)) }
    fn sra32(a: I32, n: u32) -> I32 { _mm512_sra_epi32(a, count(n)) }
    fn sll64(a: __m512i, n: u32) -> __m512i { _mm512_sll_epi64(a, count(n)) }
    fn srl64(a: __m512i, n: u32) -> __m512i { _mm512_srl_epi64(a, count(n)) }
    fn sra64(a: __m512i, n: u32) -> __m512i { _mm512_sra_epi64(a, count(n)) }
}

// There is no 8-bit multiplication and no 8-bit shift: the low byte of the 16-bit one is it. A left shift
// may widen either way; a right shift brings in copies of the sign, or zeros, as its type widens.
table! {
    fn mul8(a: I8, b: I8) -> I8 {
        _mm256_cvtepi16_epi8(_mm256_mullo_epi16(_mm256_cvtepi8_epi16(a), _mm256_cvtepi8_epi16(b)))
    }
    fn sllv8(a: I8, n: I8) -> I8 {
        _mm256_cvtepi16_epi8(_mm256_sllv_epi16(_mm256_cvtepu8_epi16(a), _mm256_cvtepu8_epi16(n)))
    }
    fn srlv8(a: I8, n: I8) -> I8 {
        _mm256_cvtepi16_epi8(_mm256_srlv_epi16(_mm256_cvtepu8_epi16(a), _mm256_cvtepu8_epi16(n)))
    }
    fn srav8(a: I8, n: I8) -> I8 {
        _mm256_cvtepi16_epi8(_mm256_srav_epi16(_mm256_cvtepi8_epi16(a), _mm256_cvtepu8_epi16(n)))
    }
    // The bits that cross from one byte of a 16-bit lane into the other are masked off.
    fn sll8(a: I8, n: u32) -> I8 { _mm_and_si128(_mm_sll_epi16(a, count(n)), _mm_set1_epi8((0xff << n) as i8)) }
    fn srl8(a: I8, n: u32) -> I8 { _mm_and_si128(_mm_srl_epi16(a, count(n)), _mm_set1_epi8((0xff >> n) as i8)) }
    // (x ^ s) - s copies the bit s of x into the bits above it.
    fn sra8(a: I8, n: u32) -> I8 {
        let sign = _mm_set1_epi8((0x80 >> n) as i8);
        _mm_sub_epi8(_mm_xor_si128(srl8(a, n), sign), sign)
    }
}

/// The integers of one width, signed and unsigned, in one register.
macro_rules! int {
    (
        $signed:ident, $unsigned:ident in $ty:ty;
        load $load:ident, store $store:ident;
        splat $splat:ident, and $and:ident, or $or:ident, xor $xor:ident, blend $blend:ident,
            add $add:ident, sub $sub:ident, mul $mul:ident;
        eq $eq:ident, sllv $sllv:ident, sll $sll:ident;
        lt $slt:ident $ult:ident; le $sle:ident $ule:ident; min $smin:ident $umin:ident; max $smax:ident $umax:ident;
        shrv $srav:ident $srlv:ident; shr $sra:ident $srl:ident;
    ) => {
        int! { @one $signed as $signed in $ty; $load $store $splat $and $or $xor $blend $add $sub $mul;
            $eq $sllv $sll; $slt $sle $smin $smax $srav $sra; }
        int! { @one $unsigned as $signed in $ty; $load $store $splat $and $or $xor $blend $add $sub $mul;
            $eq $sllv $sll; $ult $ule $umin $umax $srlv $srl; }
    };
    (
        @one $t:ident as $lane:ident in $ty:ty; $load:ident $store:ident
            $splat:ident $and:ident $or:ident $xor:ident $blend:ident $add:ident $sub:ident $mul:ident;
        $eq:ident $sllv:ident $sll:ident; $lt:ident $le:ident $min:ident $max:ident $shrv:ident $shr:ident;
    ) => {
        impl Lanes<$t> for Avx512 {
            table! {
                fn splat(value: $t) -> $ty { $splat(value as $lane) }
                fn load(from: *const $t) -> $ty { from.cast::<$ty>().read_unaligned() }
                fn store(to: *mut $t, a: $ty) { to.cast::<$ty>().write_unaligned(a) }
                fn load_masked(from: *const $t, mask: M) -> $ty { $load(mask, from.cast()) }
                fn store_masked(to: *mut $t, mask: M, a: $ty) { $store(to.cast(), mask, a) }
                fn select(mask: M, yes: $ty, no: $ty) -> $ty { $blend(mask, no, yes) }
                fn eq(a: $ty, b: $ty) -> M { $eq(a, b) }
                fn lt(a: $ty, b: $ty) -> M { $lt(a, b) }
                fn le(a: $ty, b: $ty) -> M { $le(a, b) }
            }
            memory!($t in $ty);
            one! { $ty;
                add(a, b) = $add;
                sub(a, b) = $sub;
                mul(a, b) = $mul;
                min(a, b) = $min;
                max(a, b) = $max;
            }
        }

        impl IntLanes<$t> for Avx512 {
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

/// Gathers and scatters: lane by lane where the hardware has no such width.
macro_rules! memory {
    (i32 in $ty:ty) => { memory!(@four i32); };
    (u32 in $ty:ty) => { memory!(@four u32); };
    (@four $t:ident) => {
        table! {
            fn lowered(a: I32, by: usize) -> I32 {
                let lanes = <Self as FloatLanes<f32>>::from_bits(a);
                <Self as FloatLanes<f32>>::to_bits(<Self as Lanes<f32>>::lowered(lanes, by))
            }
            fn gather32(base: *const $t, index: I32, mask: M) -> I32 {
                _mm512_mask_i32gather_epi32::<4>(_mm512_setzero_si512(), mask, index, base.cast())
            }
            fn gather64(base: *const $t, index: I64, mask: M) -> I32 {
                let zero = _mm256_setzero_si256();
                join_i32(
                    _mm512_mask_i64gather_epi32::<4>(zero, lower(mask), index.lo, base.cast()),
                    _mm512_mask_i64gather_epi32::<4>(zero, upper(mask), index.hi, base.cast()),
                )
            }
            fn scatter64(base: *mut $t, index: I64, mask: M, a: I32) {
                _mm512_mask_i64scatter_epi32::<4>(base.cast(), lower(mask), index.lo, lower_i32(a));
                _mm512_mask_i64scatter_epi32::<4>(base.cast(), upper(mask), index.hi, upper_i32(a));
            }
        }
    };
    ($t:ident in $ty:ty) => {
        table! {
            fn gather32(base: *const $t, index: I32, mask: M) -> $ty {
                <Self as Lanes<$t>>::gather64(base, Self::i32_to_i64(index), mask)
            }
            fn gather64(base: *const $t, index: I64, mask: M) -> $ty {
                let index = transmute::<I64, [i64; LANES]>(index);
                transmute::<[$t; LANES], $ty>(by_lane::gather(base, index, u64::from(mask)))
            }
            fn scatter64(base: *mut $t, index: I64, mask: M, a: $ty) {
                let index = transmute::<I64, [i64; LANES]>(index);
                by_lane::scatter(base, index, u64::from(mask), transmute::<$ty, [$t; LANES]>(a));
            }
        }
    };
}

int! {
    i8, u8 in I8;
    load _mm_maskz_loadu_epi8, store _mm_mask_storeu_epi8;
    splat _mm_set1_epi8, and _mm_and_si128, or _mm_or_si128, xor _mm_xor_si128, blend _mm_mask_blend_epi8,
        add _mm_add_epi8, sub _mm_sub_epi8, mul mul8;
    eq _mm_cmpeq_epi8_mask, sllv sllv8, sll sll8;
    lt _mm_cmplt_epi8_mask _mm_cmplt_epu8_mask; le _mm_cmple_epi8_mask _mm_cmple_epu8_mask;
    min _mm_min_epi8 _mm_min_epu8; max _mm_max_epi8 _mm_max_epu8;
    shrv srav8 srlv8; shr sra8 srl8;
}

int! {
    i16, u16 in I16;
    load _mm256_maskz_loadu_epi16, store _mm256_mask_storeu_epi16;
    splat _mm256_set1_epi16, and _mm256_and_si256, or _mm256_or_si256, xor _mm256_xor_si256,
        blend _mm256_mask_blend_epi16, add _mm256_add_epi16, sub _mm256_sub_epi16, mul _mm256_mullo_epi16;
    eq _mm256_cmpeq_epi16_mask, sllv _mm256_sllv_epi16, sll sll16;
    lt _mm256_cmplt_epi16_mask _mm256_cmplt_epu16_mask; le _mm256_cmple_epi16_mask _mm256_cmple_epu16_mask;
    min _mm256_min_epi16 _mm256_min_epu16; max _mm256_max_epi16 _mm256_max_epu16;
    shrv _mm256_srav_epi16 _mm256_srlv_epi16; shr sra16 srl16;
}

int! {
    i32, u32 in I32;
    load _mm512_maskz_loadu_epi32, store _mm512_mask_storeu_epi32;
    splat _mm512_set1_epi32, and _mm512_and_si512, or _mm512_or_si512, xor _mm512_xor_si512,
        blend _mm512_mask_blend_epi32, add _mm512_add_epi32, sub _mm512_sub_epi32, mul _mm512_mullo_epi32;
    eq _mm512_cmpeq_epi32_mask, sllv _mm512_sllv_epi32, sll sll32;
    lt _mm512_cmplt_epi32_mask _mm512_cmplt_epu32_mask; le _mm512_cmple_epi32_mask _mm512_cmple_epu32_mask;
    min _mm512_min_epi32 _mm512_min_epu32; max _mm512_max_epi32 _mm512_max_epu32;
    shrv _mm512_srav_epi32 _mm512_srlv_epi32; shr sra32 srl32;
}

/// The 64-bit integers, in two registers.
macro_rules! int64 {
    ($($t:ident; lt $lt:ident, le $le:ident, min $min:ident, max $max:ident, shrv $shrv:ident, shr $shr:ident;)*) => {$(
        impl Lanes<$t> for Avx512 {
            table! {
                fn splat(value: $t) -> I64 { pair(_mm512_set1_epi64(value as i64), _mm512_set1_epi64(value as i64)) }
                fn load(from: *const $t) -> I64 {
                    pair(_mm512_loadu_epi64(from.cast()), _mm512_loadu_epi64(from.add(8).cast()))
                }
                fn store(to: *mut $t, a: I64) {
                    _mm512_storeu_epi64(to.cast(), a.lo);
                    _mm512_storeu_epi64(to.add(8).cast(), a.hi);
                }
                fn load_masked(from: *const $t, mask: M) -> I64 {
                    let (from, above) = (from.cast(), from.wrapping_add(8).cast());
                    pair(_mm512_maskz_loadu_epi64(lower(mask), from), _mm512_maskz_loadu_epi64(upper(mask), above))
                }
                fn store_masked(to: *mut $t, mask: M, a: I64) {
                    _mm512_mask_storeu_epi64(to.cast(), lower(mask), a.lo);
                    _mm512_mask_storeu_epi64(to.wrapping_add(8).cast(), upper(mask), a.hi);
                }
                fn select(mask: M, yes: I64, no: I64) -> I64 {
                    pair(
                        _mm512_mask_blend_epi64(lower(mask), no.lo, yes.lo),
                        _mm512_mask_blend_epi64(upper(mask), no.hi, yes.hi),
                    )
                }
                fn lowered(a: I64, by: usize) -> I64 {
                    let lanes = <Self as FloatLanes<f64>>::from_bits(a);
                    <Self as FloatLanes<f64>>::to_bits(<Self as Lanes<f64>>::lowered(lanes, by))
                }
                fn gather32(base: *const $t, index: I32, mask: M) -> I64 {
                    let zero = _mm512_setzero_si512();
                    pair(
                        _mm512_mask_i32gather_epi64::<8>(zero, lower(mask), lower_i32(index), base.cast()),
                        _mm512_mask_i32gather_epi64::<8>(zero, upper(mask), upper_i32(index), base.cast()),
                    )
                }
                fn gather64(base: *const $t, index: I64, mask: M) -> I64 {
                    let zero = _mm512_setzero_si512();
                    pair(
                        _mm512_mask_i64gather_epi64::<8>(zero, lower(mask), index.lo, base.cast()),
                        _mm512_mask_i64gather_epi64::<8>(zero, upper(mask), index.hi, base.cast()),
                    )
                }
                fn scatter64(base: *mut $t, index: I64, mask: M, a: I64) {
                    _mm512_mask_i64scatter_epi64::<8>(base.cast(), lower(mask), index.lo, a.lo);
                    _mm512_mask_i64scatter_epi64::<8>(base.cast(), upper(mask), index.hi, a.hi);
                }
            }
            compare! { I64;
                eq = _mm512_cmpeq_epi64_mask;
                lt = $lt;
                le = $le;
            }
            two! { __m512i;
                add(a, b) = _mm512_add_epi64;
                sub(a, b) = _mm512_sub_epi64;
                mul(a, b) = _mm512_mullo_epi64;
                min(a, b) = $min;
                max(a, b) = $max;
            }
        }

        impl IntLanes<$t> for Avx512 {
            two! { __m512i;
                and(a, b) = _mm512_and_si512;
                or(a, b) = _mm512_or_si512;
                xor(a, b) = _mm512_xor_si512;
            }
            table! {
                fn shl(a: I64, n: I64) -> I64 {
                    let bits = _mm512_set1_epi64(63);
                    pair(
                        _mm512_sllv_epi64(a.lo, _mm512_and_si512(n.lo, bits)),
                        _mm512_sllv_epi64(a.hi, _mm512_and_si512(n.hi, bits)),
                    )
                }
                fn shr(a: I64, n: I64) -> I64 {
                    let bits = _mm512_set1_epi64(63);
                    pair($shrv(a.lo, _mm512_and_si512(n.lo, bits)), $shrv(a.hi, _mm512_and_si512(n.hi, bits)))
                }
                fn shl_uniform(a: I64, n: u32) -> I64 { pair(sll64(a.lo, n % 64), sll64(a.hi, n % 64)) }
                fn shr_uniform(a: I64, n: u32) -> I64 { pair($shr(a.lo, n % 64), $shr(a.hi, n % 64)) }
            }
        }
    )*};
}

int64! {
    i64; lt _mm512_cmplt_epi64_mask, le _mm512_cmple_epi64_mask, min _mm512_min_epi64, max _mm512_max_epi64,
        shrv _mm512_srav_epi64, shr sra64;
    u64; lt _mm512_cmplt_epu64_mask, le _mm512_cmple_epu64_mask, min _mm512_min_epu64, max _mm512_max_epu64,
        shrv _mm512_srlv_epi64, shr srl64;
}

// To a signed integer the hardware gives MIN for all that does not fit: the zeroing mask makes NaN 0,
// and what is too large is replaced by MAX. To an unsigned integer it gives MAX for all that does not
// fit: the zeroing mask `0 <= a` makes NaN and the negative numbers 0.
macro_rules! float_to_int {
    ($a:ident: $zero:expr, $cmp:ident, signed $cvt:ident, $limit:expr => $blend:ident $max:expr) => {{
        let in_range_or_low = $cvt($cmp::<_CMP_ORD_Q>($a, $a), $a);
        $blend($cmp::<_CMP_LE_OQ>($limit, $a), in_range_or_low, $max)
    }};
    ($a:ident: $zero:expr, $cmp:ident, unsigned $cvt:ident) => {
        $cvt($cmp::<_CMP_LE_OQ>($zero, $a), $a)
    };
}

table! {
    fn ps_to_epi32(a: __m512) -> __m512i {
        float_to_int!(a: _mm512_setzero_ps(), _mm512_cmp_ps_mask, signed _mm512_maskz_cvttps_epi32,
            _mm512_set1_ps(-(i32::MIN as f32)) => _mm512_mask_blend_epi32 _mm512_set1_epi32(i32::MAX))
    }
    fn ps_to_epu32(a: __m512) -> __m512i {
        float_to_int!(a: _mm512_setzero_ps(), _mm512_cmp_ps_mask, unsigned _mm512_maskz_cvttps_epu32)
    }
    fn ps_to_epi64(a: __m256) -> __m512i {
        float_to_int!(a: _mm256_setzero_ps(), _mm256_cmp_ps_mask, signed _mm512_maskz_cvttps_epi64,
            _mm256_set1_ps(-(i64::MIN as f32)) => _mm512_mask_blend_epi64 _mm512_set1_epi64(i64::MAX))
    }
    fn ps_to_epu64(a: __m256) -> __m512i {
        float_to_int!(a: _mm256_setzero_ps(), _mm256_cmp_ps_mask, unsigned _mm512_maskz_cvttps_epu64)
    }
    fn pd_to_epi32(a: __m512d) -> __m256i {
        float_to_int!(a: _mm512_setzero_pd(), _mm512_cmp_pd_mask, signed _mm512_maskz_cvttpd_epi32,
            _mm512_set1_pd(-(i32::MIN as f64)) => _mm256_mask_blend_epi32 _mm256_set1_epi32(i32::MAX))
    }
    fn pd_to_epu32(a: __m512d) -> __m256i {
        float_to_int!(a: _mm512_setzero_pd(), _mm512_cmp_pd_mask, unsigned _mm512_maskz_cvttpd_epu32)
    }
    fn pd_to_epi64(a: __m512d) -> __m512i {
        float_to_int!(a: _mm512_setzero_pd(), _mm512_cmp_pd_mask, signed _mm512_maskz_cvttpd_epi64,
            _mm512_set1_pd(-(i64::MIN as f64)) => _mm512_mask_blend_epi64 _mm512_set1_epi64(i64::MAX))
    }
    fn pd_to_epu64(a: __m512d) -> __m512i {
        float_to_int!(a: _mm512_setzero_pd(), _mm512_cmp_pd_mask, unsigned _mm512_maskz_cvttpd_epu64)
    }
}

impl Convert for Avx512 {
    table! {
        fn f32_to_f64(a: F32) -> F64 { pair(_mm512_cvtps_pd(lower_f32(a)), _mm512_cvtps_pd(upper_f32(a))) }
        fn f64_to_f32(a: F64) -> F32 { join_f32(_mm512_cvtpd_ps(a.lo), _mm512_cvtpd_ps(a.hi)) }

        fn i32_to_f32(a: I32) -> F32 { _mm512_cvtepi32_ps(a) }
        fn u32_to_f32(a: I32) -> F32 { _mm512_cvtepu32_ps(a) }
        fn i64_to_f32(a: I64) -> F32 { join_f32(_mm512_cvtepi64_ps(a.lo), _mm512_cvtepi64_ps(a.hi)) }
        fn u64_to_f32(a: I64) -> F32 { join_f32(_mm512_cvtepu64_ps(a.lo), _mm512_cvtepu64_ps(a.hi)) }
        fn i32_to_f64(a: I32) -> F64 { pair(_mm512_cvtepi32_pd(lower_i32(a)), _mm512_cvtepi32_pd(upper_i32(a))) }
        fn u32_to_f64(a: I32) -> F64 { pair(_mm512_cvtepu32_pd(lower_i32(a)), _mm512_cvtepu32_pd(upper_i32(a))) }
        fn i64_to_f64(a: I64) -> F64 { pair(_mm512_cvtepi64_pd(a.lo), _mm512_cvtepi64_pd(a.hi)) }
        fn u64_to_f64(a: I64) -> F64 { pair(_mm512_cvtepu64_pd(a.lo), _mm512_cvtepu64_pd(a.hi)) }

        fn f32_to_i32(a: F32) -> I32 { ps_to_epi32(a) }
        fn f32_to_u32(a: F32) -> I32 { ps_to_epu32(a) }
        fn f32_to_i64(a: F32) -> I64 { pair(ps_to_epi64(lower_f32(a)), ps_to_epi64(upper_f32(a))) }
        fn f32_to_u64(a: F32) -> I64 { pair(ps_to_epu64(lower_f32(a)), ps_to_epu64(upper_f32(a))) }
        fn f64_to_i32(a: F64) -> I32 { join_i32(pd_to_epi32(a.lo), pd_to_epi32(a.hi)) }
        fn f64_to_u32(a: F64) -> I32 { join_i32(pd_to_epu32(a.lo), pd_to_epu32(a.hi)) }
        fn f64_to_i64(a: F64) -> I64 { pair(pd_to_epi64(a.lo), pd_to_epi64(a.hi)) }
        fn f64_to_u64(a: F64) -> I64 { pair(pd_to_epu64(a.lo), pd_to_epu64(a.hi)) }

        fn i8_to_i32(a: I8) -> I32 { _mm512_cvtepi8_epi32(a) }
        fn u8_to_u32(a: I8) -> I32 { _mm512_cvtepu8_epi32(a) }
        fn i16_to_i32(a: I16) -> I32 { _mm512_cvtepi16_epi32(a) }
        fn u16_to_u32(a: I16) -> I32 { _mm512_cvtepu16_epi32(a) }
        fn i32_to_i64(a: I32) -> I64 { pair(_mm512_cvtepi32_epi64(lower_i32(a)), _mm512_cvtepi32_epi64(upper_i32(a))) }
        fn u32_to_u64(a: I32) -> I64 { pair(_mm512_cvtepu32_epi64(lower_i32(a)), _mm512_cvtepu32_epi64(upper_i32(a))) }
        fn i8_to_i16(a: I8) -> I16 { _mm256_cvtepi8_epi16(a) }
        fn u8_to_u16(a: I8) -> I16 { _mm256_cvtepu8_epi16(a) }

        fn i64_to_i32(a: I64) -> I32 { join_i32(_mm512_cvtepi64_epi32(a.lo), _mm512_cvtepi64_epi32(a.hi)) }
        fn i32_to_i16(a: I32) -> I16 { _mm512_cvtepi32_epi16(a) }
        fn i32_to_i8(a: I32) -> I8 { _mm512_cvtepi32_epi8(a) }
        fn i16_to_i8(a: I16) -> I8 { _mm256_cvtepi16_epi8(a) }
    }
}

impl Lookup for Avx512 {
    table! {
        fn lookup8_f64(table: &[f64; 8], index: I64) -> F64 {
            let table = _mm512_loadu_pd(table.as_ptr());
            pair(_mm512_permutexvar_pd(index.lo, table), _mm512_permutexvar_pd(index.hi, table))
        }
        fn lookup8_f32(table: &[f32; 8], index: I32) -> F32 {
            // Sixteen entries are a register: the table twice.
            _mm512_permutexvar_ps(index, _mm512_broadcast_f32x8(_mm256_loadu_ps(table.as_ptr())))
        }
    }
}

impl MaskLanes for Avx512 {
    table! {
        fn mask_splat(on: bool) -> M { if on { M::MAX } else { 0 } }
        fn mask_load(from: *const bool) -> M {
            let bytes = _mm_loadu_si128(from.cast());
            _mm_test_epi8_mask(bytes, bytes)
        }
        fn mask_store(to: *mut bool, a: M) { _mm_storeu_si128(to.cast(), _mm_maskz_set1_epi8(a, 1)) }
        fn mask_and(a: M, b: M) -> M { of_lanes(_mm512_mask_blend_epi32(a, _mm512_setzero_si512(), to_lanes(b))) }
        fn mask_or(a: M, b: M) -> M { a | b }
        fn mask_xor(a: M, b: M) -> M { a ^ b }
        fn mask_and_not(a: M, b: M) -> M { of_lanes(_mm512_mask_blend_epi32(b, to_lanes(a), _mm512_setzero_si512())) }
        fn mask_not(a: M) -> M { !a }
        fn mask_any(a: M) -> bool { a != 0 }
        fn mask_all(a: M) -> bool { a == M::MAX }
        fn mask_to_bits(a: M) -> u64 { u64::from(a) }
        fn mask_from_bits(bits: u64) -> M { bits as M }
    }
}
