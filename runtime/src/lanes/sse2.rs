//! SSE2, the baseline of x86-64: four lanes, `f32` in one register, 64-bit types in two, masks as 32-bit
//! lanes of all ones or all zeros. Much is composed here that later levels have an instruction for.

use std::arch::x86_64::*;
use std::mem::transmute;

use super::by_lane;
use super::simd::{Convert, FloatLanes, IntLanes, Lanes, Lookup, MaskLanes, Registers, Simd};
use super::table::{one, table, two};
use super::twice::{Pair, pair};
use crate::Level;

/// The token of [`Level::Sse2`].
#[derive(Clone, Copy, Debug)]
pub struct Sse2(());

const LANES: usize = 4;

type M = __m128i;
type F32 = __m128;
type F64 = Pair<__m128d>;
/// In the lowest quarter.
type I8 = __m128i;
/// In the lower half.
type I16 = __m128i;
type I32 = __m128i;
type I64 = Pair<__m128i>;

impl Registers for Sse2 {
    type Mask = M;
    type F32 = F32;
    type F64 = F64;
    type I8 = I8;
    type I16 = I16;
    type I32 = I32;
    type I64 = I64;
}

// SAFETY: the token is made by `assume` alone, whose callers vouch for the level.
unsafe impl Simd for Sse2 {
    const LEVEL: Level = Level::Sse2;
    const LANES: usize = LANES;
    const FMA: bool = false;
    type Short32 = super::twice::Twice<super::twice::Twice<Self>>;
    type Short64 = super::twice::Twice<Self>;
    type Math32 = Self;
    type Math64 = Self;

    #[inline(always)]
    unsafe fn assume() -> Self {
        Sse2(())
    }
}

// The even or the odd 32-bit quarters of two registers.
table! {
    fn even(a: Pair<__m128i>) -> __m128i {
        _mm_castps_si128(_mm_shuffle_ps::<0b10_00_10_00>(_mm_castsi128_ps(a.lo), _mm_castsi128_ps(a.hi)))
    }
    fn odd(a: Pair<__m128i>) -> __m128i {
        _mm_castps_si128(_mm_shuffle_ps::<0b11_01_11_01>(_mm_castsi128_ps(a.lo), _mm_castsi128_ps(a.hi)))
    }
}

// Selections, and masks of the other widths.
table! {
    fn blend(mask: __m128i, yes: __m128i, no: __m128i) -> __m128i {
        _mm_or_si128(_mm_and_si128(mask, yes), _mm_andnot_si128(mask, no))
    }
    fn blend_ps(mask: __m128, yes: __m128, no: __m128) -> __m128 {
        _mm_or_ps(_mm_and_ps(mask, yes), _mm_andnot_ps(mask, no))
    }
    fn blend_pd(mask: __m128d, yes: __m128d, no: __m128d) -> __m128d {
        _mm_or_pd(_mm_and_pd(mask, yes), _mm_andnot_pd(mask, no))
    }
    fn mask64(a: Pair<__m128i>) -> M { odd(a) }
    fn wide(mask: M) -> Pair<__m128i> { pair(_mm_unpacklo_epi32(mask, mask), _mm_unpackhi_epi32(mask, mask)) }
    fn mask32(a: __m128i) -> M { a }
    fn mask16(a: __m128i) -> M { _mm_unpacklo_epi16(a, a) }
    fn mask8(a: __m128i) -> M { mask16(_mm_unpacklo_epi8(a, a)) }
    fn narrow16(mask: M) -> __m128i { _mm_packs_epi32(mask, mask) }
    fn narrow8(mask: M) -> __m128i { let mask = narrow16(mask); _mm_packs_epi16(mask, mask) }
    fn select16(mask: M, yes: I16, no: I16) -> I16 { blend(narrow16(mask), yes, no) }
    fn select8(mask: M, yes: I8, no: I8) -> I8 { blend(narrow8(mask), yes, no) }
    fn not(a: __m128i) -> __m128i { _mm_xor_si128(a, _mm_set1_epi32(-1)) }
    fn on(mask: M) -> u64 { u64::from(_mm_movemask_ps(_mm_castsi128_ps(mask)) as u8) }
}

/// The float functions that SSE2 lacks, on one register.
macro_rules! float {
    (
        $ty:ty, $t:ident, splat $splat:ident, blend $blend:ident, and $and:ident, andnot $andnot:ident, or $or:ident,
        xor $xor:ident, add $add:ident, sub $sub:ident, lt $lt:ident, unord $unord:ident,
        native $nmin:ident $nmax:ident;
        fn $min:ident $max:ident $neg:ident $abs:ident $round:ident $floor:ident $ceil:ident $trunc:ident
    ) => {
        table! {
            // `minps x, y` is `x < y ? x : y`, so with the operands swapped it gives `a` when they are equal or
            // `b` is NaN; where `a` is NaN the blend takes `b`.
            fn $min(a: $ty, b: $ty) -> $ty { $blend($unord(a, a), b, $nmin(b, a)) }
            fn $max(a: $ty, b: $ty) -> $ty { $blend($unord(a, a), b, $nmax(b, a)) }
            fn $neg(a: $ty) -> $ty { $xor(a, $splat(-0.0)) }
            fn $abs(a: $ty) -> $ty { $andnot($splat(-0.0), a) }
            // From 1 / EPSILON on there are no fractions; adding it to less leaves none.
            fn $round(a: $ty) -> $ty {
                let (sign, limit) = ($splat(-0.0), $splat(1.0 / $t::EPSILON));
                let size = $andnot(sign, a);
                let rounded = $or($sub($add(size, limit), limit), $and(sign, a));
                $blend($lt(size, limit), rounded, a)
            }
            fn $floor(a: $ty) -> $ty {
                let near = $round(a);
                $sub(near, $and($lt(a, near), $splat(1.0)))
            }
            fn $ceil(a: $ty) -> $ty {
                let near = $round(a);
                // The sum of -1 and 1, or of -0 and 0, loses the sign.
                $or($add(near, $and($lt(near, a), $splat(1.0))), $and($splat(-0.0), a))
            }
            fn $trunc(a: $ty) -> $ty { $or($floor($abs(a)), $and($splat(-0.0), a)) }
        }
    };
}

float! {
    __m128, f32, splat _mm_set1_ps, blend blend_ps, and _mm_and_ps, andnot _mm_andnot_ps, or _mm_or_ps,
    xor _mm_xor_ps, add _mm_add_ps, sub _mm_sub_ps, lt _mm_cmplt_ps, unord _mm_cmpunord_ps,
    native _mm_min_ps _mm_max_ps;
    fn min_ps max_ps neg_ps abs_ps round_ps floor_ps ceil_ps trunc_ps
}

float! {
    __m128d, f64, splat _mm_set1_pd, blend blend_pd, and _mm_and_pd, andnot _mm_andnot_pd, or _mm_or_pd,
    xor _mm_xor_pd, add _mm_add_pd, sub _mm_sub_pd, lt _mm_cmplt_pd, unord _mm_cmpunord_pd,
    native _mm_min_pd _mm_max_pd;
    fn min_pd max_pd neg_pd abs_pd round_pd floor_pd ceil_pd trunc_pd
}

// `f32` multiply-add in `f64`, where the product is exact. The sum is rounded to odd: where it is inexact and its last
// bit is even, it moves by one towards its error. Rounding that to `f32` is rounding once, as f64 has more than two
// bits more.
table! {
    fn mul_add_pd_odd(a: __m128d, b: __m128d, c: __m128d) -> __m128d {
        let product = _mm_mul_pd(a, b);
        let sum = _mm_add_pd(product, c);
        // Knuth's two-sum: the error is exact.
        let addend = _mm_sub_pd(sum, product);
        let error = _mm_add_pd(_mm_sub_pd(product, _mm_sub_pd(sum, addend)), _mm_sub_pd(c, addend));
        let zero = _mm_setzero_pd();
        let inexact = _mm_castpd_si128(_mm_or_pd(_mm_cmplt_pd(error, zero), _mm_cmplt_pd(zero, error)));
        let (bits, one) = (_mm_castpd_si128(sum), _mm_set1_epi64x(1));
        // 1 - 1 is zero where the last bit is odd, 0 - 1 all ones where it is even.
        let even = _mm_sub_epi64(_mm_and_si128(bits, one), one);
        // +1 away from zero where the error has the sum's sign, (1 ^ -1) - -1 = -1 where it has not.
        let signs = _mm_srai_epi32::<31>(_mm_castpd_si128(_mm_xor_pd(sum, error)));
        let opposite = _mm_shuffle_epi32::<0b11_11_01_01>(signs);
        let step = _mm_sub_epi64(_mm_xor_si128(one, opposite), opposite);
        _mm_castsi128_pd(_mm_add_epi64(bits, _mm_and_si128(step, _mm_and_si128(inexact, even))))
    }
    fn mul_add_ps(a: __m128, b: __m128, c: __m128) -> __m128 {
        let (a, b, c) = (Sse2::f32_to_f64(a), Sse2::f32_to_f64(b), Sse2::f32_to_f64(c));
        Sse2::f64_to_f32(pair(mul_add_pd_odd(a.lo, b.lo, c.lo), mul_add_pd_odd(a.hi, b.hi, c.hi)))
    }
    // Nothing is wider than `f64`: Rust's own, lane by lane.
    fn mul_add_pd(a: __m128d, b: __m128d, c: __m128d) -> __m128d {
        let upper = f64::mul_add(
            _mm_cvtsd_f64(_mm_unpackhi_pd(a, a)),
            _mm_cvtsd_f64(_mm_unpackhi_pd(b, b)),
            _mm_cvtsd_f64(_mm_unpackhi_pd(c, c)),
        );
        _mm_set_pd(upper, f64::mul_add(_mm_cvtsd_f64(a), _mm_cvtsd_f64(b), _mm_cvtsd_f64(c)))
    }
}

/// Gathers and scatters: lane by lane, as there are none.
macro_rules! memory {
    ($t:ident in $ty:ty) => {
        table! {
            fn gather32(base: *const $t, index: I32, mask: M) -> $ty {
                <Self as Lanes<$t>>::gather64(base, Self::i32_to_i64(index), mask)
            }
            fn gather64(base: *const $t, index: I64, mask: M) -> $ty {
                let values: [$t; LANES] = by_lane::gather(base, transmute::<I64, [i64; LANES]>(index), on(mask));
                <Self as Lanes<$t>>::load(values.as_ptr())
            }
            fn scatter64(base: *mut $t, index: I64, mask: M, a: $ty) {
                let mut values = [<$t as Default>::default(); LANES];
                <Self as Lanes<$t>>::store(values.as_mut_ptr(), a);
                by_lane::scatter(base, transmute::<I64, [i64; LANES]>(index), on(mask), values);
            }
        }
    };
}

impl Lanes<f32> for Sse2 {
    table! {
        fn splat(value: f32) -> F32 { _mm_set1_ps(value) }
        fn load(from: *const f32) -> F32 { _mm_loadu_ps(from) }
        fn store(to: *mut f32, a: F32) { _mm_storeu_ps(to, a) }
        fn select(mask: M, yes: F32, no: F32) -> F32 { blend_ps(_mm_castsi128_ps(mask), yes, no) }
        fn eq(a: F32, b: F32) -> M { _mm_castps_si128(_mm_cmpeq_ps(a, b)) }
        fn lt(a: F32, b: F32) -> M { _mm_castps_si128(_mm_cmplt_ps(a, b)) }
        fn le(a: F32, b: F32) -> M { _mm_castps_si128(_mm_cmple_ps(a, b)) }
    }
    memory! { f32 in F32 }
    one! { F32;
        add(a, b) = _mm_add_ps;
        sub(a, b) = _mm_sub_ps;
        mul(a, b) = _mm_mul_ps;
        min(a, b) = min_ps;
        max(a, b) = max_ps;
    }
}

impl FloatLanes<f32> for Sse2 {
    one! { F32;
        div(a, b) = _mm_div_ps;
        lesser(a, b) = _mm_min_ps;
        greater(a, b) = _mm_max_ps;
        sqrt(a) = _mm_sqrt_ps;
        mul_add(a, b, c) = mul_add_ps;
        neg(a) = neg_ps;
        abs(a) = abs_ps;
        floor(a) = floor_ps;
        ceil(a) = ceil_ps;
        trunc(a) = trunc_ps;
        round_ties_even(a) = round_ps;
    }
    table! {
        fn to_bits(a: F32) -> I32 { _mm_castps_si128(a) }
        fn from_bits(a: I32) -> F32 { _mm_castsi128_ps(a) }
    }
}

impl Lanes<f64> for Sse2 {
    table! {
        fn splat(value: f64) -> F64 { pair(_mm_set1_pd(value), _mm_set1_pd(value)) }
        fn load(from: *const f64) -> F64 { pair(_mm_loadu_pd(from), _mm_loadu_pd(from.add(2))) }
        fn store(to: *mut f64, a: F64) {
            _mm_storeu_pd(to, a.lo);
            _mm_storeu_pd(to.add(2), a.hi);
        }
        fn select(mask: M, yes: F64, no: F64) -> F64 {
            let mask = wide(mask);
            pair(
                blend_pd(_mm_castsi128_pd(mask.lo), yes.lo, no.lo),
                blend_pd(_mm_castsi128_pd(mask.hi), yes.hi, no.hi),
            )
        }
        fn eq(a: F64, b: F64) -> M {
            mask64(pair(_mm_castpd_si128(_mm_cmpeq_pd(a.lo, b.lo)), _mm_castpd_si128(_mm_cmpeq_pd(a.hi, b.hi))))
        }
        fn lt(a: F64, b: F64) -> M {
            mask64(pair(_mm_castpd_si128(_mm_cmplt_pd(a.lo, b.lo)), _mm_castpd_si128(_mm_cmplt_pd(a.hi, b.hi))))
        }
        fn le(a: F64, b: F64) -> M {
            mask64(pair(_mm_castpd_si128(_mm_cmple_pd(a.lo, b.lo)), _mm_castpd_si128(_mm_cmple_pd(a.hi, b.hi))))
        }
    }
    memory! { f64 in F64 }
    two! { __m128d;
        add(a, b) = _mm_add_pd;
        sub(a, b) = _mm_sub_pd;
        mul(a, b) = _mm_mul_pd;
        min(a, b) = min_pd;
        max(a, b) = max_pd;
    }
}

impl FloatLanes<f64> for Sse2 {
    two! { __m128d;
        div(a, b) = _mm_div_pd;
        lesser(a, b) = _mm_min_pd;
        greater(a, b) = _mm_max_pd;
        sqrt(a) = _mm_sqrt_pd;
        mul_add(a, b, c) = mul_add_pd;
        neg(a) = neg_pd;
        abs(a) = abs_pd;
        floor(a) = floor_pd;
        ceil(a) = ceil_pd;
        trunc(a) = trunc_pd;
        round_ties_even(a) = round_pd;
    }
    table! {
        fn to_bits(a: F64) -> I64 { pair(_mm_castpd_si128(a.lo), _mm_castpd_si128(a.hi)) }
        fn from_bits(a: I64) -> F64 { pair(_mm_castsi128_pd(a.lo), _mm_castsi128_pd(a.hi)) }
        // Of a number and NaN the maximum is the second one.
        fn any_beyond(a: F64, bound: f64) -> bool {
            let most = _mm_max_pd(abs_pd(a.lo), abs_pd(a.hi));
            _mm_movemask_pd(_mm_cmpnle_pd(most, _mm_set1_pd(bound))) != 0
        }
    }
}

// Comparisons, minima and maxima. The hardware has `==` and signed `>` up to 32 bits, signed 16-bit and unsigned 8-bit
// minima. A saturating difference is zero where a <= b. Numbers 2^31 lower compare signed as they did unsigned.
table! {
    fn lt_epi8(a: I8, b: I8) -> I8 { _mm_cmpgt_epi8(b, a) }
    fn le_epi8(a: I8, b: I8) -> I8 { not(_mm_cmpgt_epi8(a, b)) }
    fn lt_epu8(a: I8, b: I8) -> I8 { not(le_epu8(b, a)) }
    fn le_epu8(a: I8, b: I8) -> I8 { _mm_cmpeq_epi8(_mm_min_epu8(a, b), a) }
    fn min_epi8(a: I8, b: I8) -> I8 { blend(lt_epi8(a, b), a, b) }
    fn max_epi8(a: I8, b: I8) -> I8 { blend(lt_epi8(a, b), b, a) }

    fn lt_epi16(a: I16, b: I16) -> I16 { _mm_cmpgt_epi16(b, a) }
    fn le_epi16(a: I16, b: I16) -> I16 { not(_mm_cmpgt_epi16(a, b)) }
    fn lt_epu16(a: I16, b: I16) -> I16 { not(le_epu16(b, a)) }
    fn le_epu16(a: I16, b: I16) -> I16 { _mm_cmpeq_epi16(_mm_subs_epu16(a, b), _mm_setzero_si128()) }
    fn min_epu16(a: I16, b: I16) -> I16 { _mm_sub_epi16(a, _mm_subs_epu16(a, b)) }
    fn max_epu16(a: I16, b: I16) -> I16 { _mm_add_epi16(b, _mm_subs_epu16(a, b)) }

    fn below(a: I32) -> I32 { _mm_xor_si128(a, _mm_set1_epi32(i32::MIN)) }
    fn lt_epi32(a: I32, b: I32) -> I32 { _mm_cmpgt_epi32(b, a) }
    fn le_epi32(a: I32, b: I32) -> I32 { not(_mm_cmpgt_epi32(a, b)) }
    fn lt_epu32(a: I32, b: I32) -> I32 { _mm_cmpgt_epi32(below(b), below(a)) }
    fn le_epu32(a: I32, b: I32) -> I32 { not(lt_epu32(b, a)) }
    fn min_epi32(a: I32, b: I32) -> I32 { blend(lt_epi32(a, b), a, b) }
    fn max_epi32(a: I32, b: I32) -> I32 { blend(lt_epi32(a, b), b, a) }
    fn min_epu32(a: I32, b: I32) -> I32 { blend(lt_epu32(a, b), a, b) }
    fn max_epu32(a: I32, b: I32) -> I32 { blend(lt_epu32(a, b), b, a) }

    // The borrow of a - b: where the signs differ it is the one's own, else it is the difference's.
    fn borrow_epi64(a: __m128i, b: __m128i) -> __m128i {
        _mm_or_si128(_mm_andnot_si128(b, a), _mm_andnot_si128(_mm_xor_si128(a, b), _mm_sub_epi64(a, b)))
    }
    fn borrow_epu64(a: __m128i, b: __m128i) -> __m128i {
        _mm_or_si128(_mm_andnot_si128(a, b), _mm_andnot_si128(_mm_xor_si128(a, b), _mm_sub_epi64(a, b)))
    }
    fn lt_epi64(a: I64, b: I64) -> M {
        _mm_srai_epi32::<31>(odd(pair(borrow_epi64(a.lo, b.lo), borrow_epi64(a.hi, b.hi))))
    }
    fn lt_epu64(a: I64, b: I64) -> M {
        _mm_srai_epi32::<31>(odd(pair(borrow_epu64(a.lo, b.lo), borrow_epu64(a.hi, b.hi))))
    }
    fn eq64(a: I64, b: I64) -> M {
        let halves = pair(_mm_cmpeq_epi32(a.lo, b.lo), _mm_cmpeq_epi32(a.hi, b.hi));
        _mm_and_si128(even(halves), odd(halves))
    }
    fn select64(mask: M, yes: I64, no: I64) -> I64 {
        let mask = wide(mask);
        pair(blend(mask.lo, yes.lo, no.lo), blend(mask.hi, yes.hi, no.hi))
    }
}

// Multiplications. The low byte of a product of 16-bit lanes depends on their low bytes alone.
// (h·2^32 + l)·(h'·2^32 + l') = l·l' + (h·l' + l·h')·2^32 modulo 2^64.
table! {
    fn mul8(a: I8, b: I8) -> I8 {
        Sse2::i16_to_i8(_mm_mullo_epi16(_mm_unpacklo_epi8(a, a), _mm_unpacklo_epi8(b, b)))
    }
    fn mul32(a: I32, b: I32) -> I32 {
        let evens = _mm_mul_epu32(a, b);
        let odds = _mm_mul_epu32(_mm_srli_epi64::<32>(a), _mm_srli_epi64::<32>(b));
        _mm_unpacklo_epi32(_mm_shuffle_epi32::<0b00_00_10_00>(evens), _mm_shuffle_epi32::<0b00_00_10_00>(odds))
    }
    fn mul64(a: __m128i, b: __m128i) -> __m128i {
        let (ah, bh) = (_mm_srli_epi64::<32>(a), _mm_srli_epi64::<32>(b));
        let cross = _mm_add_epi64(_mm_mul_epu32(ah, b), _mm_mul_epu32(a, bh));
        _mm_add_epi64(_mm_mul_epu32(a, b), _mm_slli_epi64::<32>(cross))
    }
}

/// Shifts lane by lane, for which there is one instruction per count: all lanes by each lane's count, which stands in
/// the lower 64 bits, and of each result the lane whose count it was.
macro_rules! shift32 {
    ($($name:ident = $shift:ident;)*) => {
        table! { $(fn $name(a: I32, n: I32) -> I32 {
            let (first, upper) = (_mm_setr_epi32(-1, 0, 0, 0), _mm_unpackhi_epi64(n, n));
            let by0 = _mm_castsi128_ps($shift(a, _mm_and_si128(n, first)));
            let by1 = _mm_castsi128_ps($shift(a, _mm_srli_epi64::<32>(n)));
            let by2 = _mm_castsi128_ps($shift(a, _mm_and_si128(upper, first)));
            let by3 = _mm_castsi128_ps($shift(a, _mm_srli_epi64::<32>(upper)));
            let (lo, hi) = (_mm_move_ss(by1, by0), _mm_shuffle_ps::<0b11_11_10_10>(by2, by3));
            _mm_castps_si128(_mm_shuffle_ps::<0b10_00_01_00>(lo, hi))
        })* }
    };
}

shift32! {
    sllv32 = _mm_sll_epi32;
    srlv32 = _mm_srl_epi32;
    srav32 = _mm_sra_epi32;
}

// Shifts. Narrow lanes shift as 32-bit ones: a left shift may widen either way, a right shift brings in copies of
// the sign, or zeros, as its type widens. (x ^ s) - s copies the bit s of x into the bits above it.
table! {
    fn count(n: u32) -> __m128i { _mm_cvtsi32_si128(n as i32) }

    fn sllv8(a: I8, n: I8) -> I8 { Sse2::i32_to_i8(sllv32(Sse2::u8_to_u32(a), Sse2::u8_to_u32(n))) }
    fn srlv8(a: I8, n: I8) -> I8 { Sse2::i32_to_i8(srlv32(Sse2::u8_to_u32(a), Sse2::u8_to_u32(n))) }
    fn srav8(a: I8, n: I8) -> I8 { Sse2::i32_to_i8(srav32(Sse2::i8_to_i32(a), Sse2::u8_to_u32(n))) }
    fn sllv16(a: I16, n: I16) -> I16 { Sse2::i32_to_i16(sllv32(Sse2::u16_to_u32(a), Sse2::u16_to_u32(n))) }
    fn srlv16(a: I16, n: I16) -> I16 { Sse2::i32_to_i16(srlv32(Sse2::u16_to_u32(a), Sse2::u16_to_u32(n))) }
    fn srav16(a: I16, n: I16) -> I16 { Sse2::i32_to_i16(srav32(Sse2::i16_to_i32(a), Sse2::u16_to_u32(n))) }
    fn lower_upper(lo: __m128i, hi: __m128i) -> __m128i {
        _mm_castpd_si128(_mm_shuffle_pd::<0b10>(_mm_castsi128_pd(lo), _mm_castsi128_pd(hi)))
    }
    fn sllv64(a: __m128i, n: __m128i) -> __m128i {
        lower_upper(_mm_sll_epi64(a, n), _mm_sll_epi64(a, _mm_unpackhi_epi64(n, n)))
    }
    fn srlv64(a: __m128i, n: __m128i) -> __m128i {
        lower_upper(_mm_srl_epi64(a, n), _mm_srl_epi64(a, _mm_unpackhi_epi64(n, n)))
    }
    fn srav64(a: __m128i, n: __m128i) -> __m128i {
        let sign = srlv64(_mm_set1_epi64x(i64::MIN), n);
        _mm_sub_epi64(_mm_xor_si128(srlv64(a, n), sign), sign)
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
    fn sll32(a: I32, n: u32) -> I32 { _mm_sll_epi32(a, count(n)) }
    fn srl32(a: I32, n: u32) -> I32 { _mm_srl_epi32(a, count(n)) }
    fn sra32(a: I32, n: u32) -> I32 { _mm_sra_epi32(a, count(n)) }
    fn sll64(a: __m128i, n: u32) -> __m128i { _mm_sll_epi64(a, count(n)) }
    fn srl64(a: __m128i, n: u32) -> __m128i { _mm_srl_epi64(a, count(n)) }
    fn sra64(a: __m128i, n: u32) -> __m128i {
        let sign = _mm_srl_epi64(_mm_set1_epi64x(i64::MIN), count(n));
        _mm_sub_epi64(_mm_xor_si128(srl64(a, n), sign), sign)
    }

    fn load8(from: *const i32) -> I8 { _mm_cvtsi32_si128(from.read_unaligned()) }
    fn store8(to: *mut i32, a: I8) { to.write_unaligned(_mm_cvtsi128_si32(a)) }
    fn load16(from: *const u16) -> I16 { _mm_loadl_epi64(from.cast()) }
    fn store16(to: *mut u16, a: I16) { _mm_storel_epi64(to.cast(), a) }
    fn load32(from: *const u32) -> I32 { _mm_loadu_si128(from.cast()) }
    fn store32(to: *mut u32, a: I32) { _mm_storeu_si128(to.cast(), a) }
}

/// The integers of one width, signed and unsigned, in one register.
macro_rules! int {
    (
        $signed:ident, $unsigned:ident in $ty:ty;
        splat $splat:ident, load $load:ident, store $store:ident, select $select:ident, mask $mask:ident;
        add $add:ident, sub $sub:ident, mul $mul:ident; eq $eq:ident, sllv $sllv:ident, sll $sll:ident;
        lt $slt:ident $ult:ident; le $sle:ident $ule:ident; min $smin:ident $umin:ident; max $smax:ident $umax:ident;
        shrv $srav:ident $srlv:ident; shr $sra:ident $srl:ident;
    ) => {
        int! { @one $signed as $signed in $ty; $splat $load $store $select $mask $add $sub $mul;
        $eq $sllv $sll; $slt $sle $smin $smax $srav $sra; }
        int! { @one $unsigned as $signed in $ty; $splat $load $store $select $mask $add $sub $mul;
        $eq $sllv $sll; $ult $ule $umin $umax $srlv $srl; }
    };
    (
        @one $t:ident as $lane:ident in $ty:ty; $splat:ident $load:ident $store:ident $select:ident $mask:ident
        $add:ident $sub:ident $mul:ident;
        $eq:ident $sllv:ident $sll:ident; $lt:ident $le:ident $min:ident $max:ident $shrv:ident $shr:ident;
    ) => {
        impl Lanes<$t> for Sse2 {
            table! {
                fn splat(value: $t) -> $ty { $splat(value as $lane) }
                fn load(from: *const $t) -> $ty { $load(from.cast()) }
                fn store(to: *mut $t, a: $ty) { $store(to.cast(), a) }
                fn select(mask: M, yes: $ty, no: $ty) -> $ty { $select(mask, yes, no) }
                fn eq(a: $ty, b: $ty) -> M { $mask($eq(a, b)) }
                fn lt(a: $ty, b: $ty) -> M { $mask($lt(a, b)) }
                fn le(a: $ty, b: $ty) -> M { $mask($le(a, b)) }
            }
            memory! { $t in $ty }
            one! { $ty;
                add(a, b) = $add;
                sub(a, b) = $sub;
                mul(a, b) = $mul;
                min(a, b) = $min;
                max(a, b) = $max;
            }
        }

        impl IntLanes<$t> for Sse2 {
            one! { $ty;
                and(a, b) = _mm_and_si128;
                or(a, b) = _mm_or_si128;
                xor(a, b) = _mm_xor_si128;
            }
            table! {
                fn shl(a: $ty, n: $ty) -> $ty { $sllv(a, _mm_and_si128(n, $splat($t::BITS as $lane - 1))) }
                fn shr(a: $ty, n: $ty) -> $ty { $shrv(a, _mm_and_si128(n, $splat($t::BITS as $lane - 1))) }
                fn shl_uniform(a: $ty, n: u32) -> $ty { $sll(a, n % $t::BITS) }
                fn shr_uniform(a: $ty, n: u32) -> $ty { $shr(a, n % $t::BITS) }
            }
        }
    };
}

int! {
    i8, u8 in I8;
    splat _mm_set1_epi8, load load8, store store8, select select8, mask mask8;
    add _mm_add_epi8, sub _mm_sub_epi8, mul mul8; eq _mm_cmpeq_epi8, sllv sllv8, sll sll8;
    lt lt_epi8 lt_epu8; le le_epi8 le_epu8; min min_epi8 _mm_min_epu8; max max_epi8 _mm_max_epu8;
    shrv srav8 srlv8; shr sra8 srl8;
}

int! {
    i16, u16 in I16;
    splat _mm_set1_epi16, load load16, store store16, select select16, mask mask16;
    add _mm_add_epi16, sub _mm_sub_epi16, mul _mm_mullo_epi16; eq _mm_cmpeq_epi16, sllv sllv16, sll sll16;
    lt lt_epi16 lt_epu16; le le_epi16 le_epu16; min _mm_min_epi16 min_epu16; max _mm_max_epi16 max_epu16;
    shrv srav16 srlv16; shr sra16 srl16;
}

int! {
    i32, u32 in I32;
    splat _mm_set1_epi32, load load32, store store32, select blend, mask mask32;
    add _mm_add_epi32, sub _mm_sub_epi32, mul mul32; eq _mm_cmpeq_epi32, sllv sllv32, sll sll32;
    lt lt_epi32 lt_epu32; le le_epi32 le_epu32; min min_epi32 min_epu32; max max_epi32 max_epu32;
    shrv srav32 srlv32; shr sra32 srl32;
}

/// The 64-bit integers, in two registers.
macro_rules! int64 {
    ($($t:ident; lt $lt:ident, shrv $shrv:ident, shr $shr:ident;)*) => {$(
        impl Lanes<$t> for Sse2 {
            table! {
                fn splat(value: $t) -> I64 { pair(_mm_set1_epi64x(value as i64), _mm_set1_epi64x(value as i64)) }
                fn load(from: *const $t) -> I64 {
                    pair(_mm_loadu_si128(from.cast()), _mm_loadu_si128(from.add(2).cast()))
                }
                fn store(to: *mut $t, a: I64) {
                    _mm_storeu_si128(to.cast(), a.lo);
                    _mm_storeu_si128(to.add(2).cast(), a.hi);
                }
                fn select(mask: M, yes: I64, no: I64) -> I64 { select64(mask, yes, no) }
                fn eq(a: I64, b: I64) -> M { eq64(a, b) }
                fn lt(a: I64, b: I64) -> M { $lt(a, b) }
                fn le(a: I64, b: I64) -> M { not($lt(b, a)) }
                fn min(a: I64, b: I64) -> I64 { select64($lt(a, b), a, b) }
                fn max(a: I64, b: I64) -> I64 { select64($lt(a, b), b, a) }
            }
            memory! { $t in I64 }
            two! { __m128i;
                add(a, b) = _mm_add_epi64;
                sub(a, b) = _mm_sub_epi64;
                mul(a, b) = mul64;
            }
        }

        impl IntLanes<$t> for Sse2 {
            two! { __m128i;
                and(a, b) = _mm_and_si128;
                or(a, b) = _mm_or_si128;
                xor(a, b) = _mm_xor_si128;
            }
            table! {
                fn shl(a: I64, n: I64) -> I64 {
                    let n = <Self as IntLanes<$t>>::and(n, <Self as Lanes<$t>>::splat(63));
                    pair(sllv64(a.lo, n.lo), sllv64(a.hi, n.hi))
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
    i64; lt lt_epi64, shrv srav64, shr sra64;
    u64; lt lt_epu64, shrv srlv64, shr srl64;
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
    // 2^52 + the lower half of each lane.
    fn low_pd(a: __m128i) -> __m128d {
        let low = _mm_and_si128(a, _mm_set1_epi64x(0xffff_ffff));
        _mm_or_pd(_mm_castsi128_pd(low), _mm_set1_pd(P52))
    }
    fn epu64_to_pd(a: __m128i) -> __m128d {
        let hi = _mm_or_pd(_mm_castsi128_pd(_mm_srli_epi64::<32>(a)), _mm_set1_pd(P84));
        _mm_add_pd(_mm_sub_pd(hi, _mm_set1_pd(P84 + P52)), low_pd(a))
    }
    // The sign bit flipped adds 2^63.
    fn epi64_to_pd(a: __m128i) -> __m128d {
        let hi = _mm_xor_pd(_mm_castsi128_pd(_mm_srli_epi64::<32>(a)), _mm_set1_pd(P84 + P63));
        _mm_add_pd(_mm_sub_pd(hi, _mm_set1_pd(P84 + P63 + P52)), low_pd(a))
    }
    // Beyond 2^53 the last eleven bits are rounded to odd: any of them set sets the twelfth. What is left fits an f64,
    // and lies on the same side of every midpoint between two f32, so that rounding twice is rounding once.
    fn to_odd(a: __m128i, exact: __m128i) -> __m128i {
        let tail = _mm_set1_epi64x(0x7ff);
        let carry = _mm_add_epi64(_mm_and_si128(a, tail), tail);
        blend(exact, a, _mm_andnot_si128(tail, _mm_or_si128(a, carry)))
    }
    // Where a lane's lower half, above which it is zero, is zero.
    fn is_zero(a: __m128i) -> __m128i {
        _mm_shuffle_epi32::<0b10_10_00_00>(_mm_cmpeq_epi32(a, _mm_setzero_si128()))
    }
    fn epu64_to_pd_odd(a: __m128i) -> __m128d { epu64_to_pd(to_odd(a, is_zero(_mm_srli_epi64::<53>(a)))) }
    fn epi64_to_pd_odd(a: __m128i) -> __m128d {
        let shifted = _mm_add_epi64(a, _mm_set1_epi64x(1 << 53));
        epi64_to_pd(to_odd(a, is_zero(_mm_srli_epi64::<54>(shifted))))
    }
    fn epu32_to_ps(a: __m128i) -> __m128 {
        let hi = _mm_cvtepi32_ps(_mm_srli_epi32::<16>(a));
        let lo = _mm_cvtepi32_ps(_mm_and_si128(a, _mm_set1_epi32(0xffff)));
        _mm_add_ps(_mm_mul_ps(hi, _mm_set1_ps(65536.0)), lo)
    }
}

// Float to integer. The hardware truncates to i32, and gives MIN for all that does not fit. Intel's maximum and minimum
// give the second operand where one is NaN.
table! {
    fn ps_to_epi32(a: __m128) -> __m128i {
        // !MIN is MAX.
        let large = _mm_castps_si128(_mm_cmple_ps(_mm_set1_ps(P31 as f32), a));
        let number = _mm_castps_si128(_mm_cmpord_ps(a, a));
        _mm_and_si128(_mm_xor_si128(_mm_cvttps_epi32(a), large), number)
    }
    fn ps_to_epu32(a: __m128) -> __m128i {
        let a = _mm_max_ps(a, _mm_setzero_ps());
        // Less by 2^31 from there on, which is the sign bit that the result gets back.
        let high = _mm_cmple_ps(_mm_set1_ps(P31 as f32), a);
        let low = _mm_cvttps_epi32(_mm_sub_ps(a, _mm_and_ps(high, _mm_set1_ps(P31 as f32))));
        let sign = _mm_slli_epi32::<31>(_mm_castps_si128(high));
        let large = _mm_castps_si128(_mm_cmple_ps(_mm_set1_ps(P32 as f32), a));
        _mm_or_si128(_mm_xor_si128(low, sign), large)
    }
    // In the lower half.
    fn pd_to_epi32(a: __m128d) -> __m128i {
        let number = _mm_cmpord_pd(a, a);
        _mm_cvttpd_epi32(_mm_and_pd(_mm_min_pd(_mm_set1_pd(P31 - 1.0), a), number))
    }
    // The value in the lower half of each lane.
    fn pd_to_epu32(a: __m128d) -> __m128i {
        let a = _mm_min_pd(_mm_max_pd(a, _mm_setzero_pd()), _mm_set1_pd(P32 - 1.0));
        _mm_castpd_si128(_mm_add_pd(floor_pd(a), _mm_set1_pd(P52)))
    }
    // a = h · 2^32 + l with 0 <= l < 2^32, both exact. Added to `offset`, h is the lower half of the sum's bits.
    fn halves(a: __m128d, offset: __m128d) -> __m128i {
        let h = floor_pd(_mm_mul_pd(a, _mm_set1_pd(1.0 / P32)));
        let l = _mm_sub_pd(a, _mm_mul_pd(h, _mm_set1_pd(P32)));
        let h = _mm_castpd_si128(_mm_add_pd(h, offset));
        let l = _mm_castpd_si128(_mm_add_pd(l, _mm_set1_pd(P52)));
        _mm_or_si128(_mm_slli_epi64::<32>(h), _mm_and_si128(l, _mm_set1_epi64x(0xffff_ffff)))
    }
    fn pd_to_epi64(a: __m128d) -> __m128i {
        let in_range_or_large = _mm_max_pd(trunc_pd(a), _mm_set1_pd(-P63));
        // 2^51 more makes the negative h wrap as two's complement does.
        let bits = _mm_castsi128_pd(halves(in_range_or_large, _mm_set1_pd(P52 + P52 / 2.0)));
        let large = _mm_cmple_pd(_mm_set1_pd(P63), a);
        let bits = blend_pd(large, _mm_castsi128_pd(_mm_set1_epi64x(i64::MAX)), bits);
        _mm_castpd_si128(_mm_and_pd(bits, _mm_cmpord_pd(a, a)))
    }
    fn pd_to_epu64(a: __m128d) -> __m128i {
        let a = _mm_max_pd(a, _mm_setzero_pd());
        let bits = halves(floor_pd(a), _mm_set1_pd(P52));
        _mm_or_si128(bits, _mm_castpd_si128(_mm_cmple_pd(_mm_set1_pd(P64), a)))
    }
}

impl Convert for Sse2 {
    table! {
        fn f32_to_f64(a: F32) -> F64 { pair(_mm_cvtps_pd(a), _mm_cvtps_pd(_mm_movehl_ps(a, a))) }
        fn f64_to_f32(a: F64) -> F32 { _mm_movelh_ps(_mm_cvtpd_ps(a.lo), _mm_cvtpd_ps(a.hi)) }

        fn i32_to_f32(a: I32) -> F32 { _mm_cvtepi32_ps(a) }
        fn u32_to_f32(a: I32) -> F32 { epu32_to_ps(a) }
        fn i64_to_f32(a: I64) -> F32 { Self::f64_to_f32(pair(epi64_to_pd_odd(a.lo), epi64_to_pd_odd(a.hi))) }
        fn u64_to_f32(a: I64) -> F32 { Self::f64_to_f32(pair(epu64_to_pd_odd(a.lo), epu64_to_pd_odd(a.hi))) }
        fn i32_to_f64(a: I32) -> F64 { pair(_mm_cvtepi32_pd(a), _mm_cvtepi32_pd(_mm_unpackhi_epi64(a, a))) }
        fn u32_to_f64(a: I32) -> F64 {
            let (a, base) = (Self::u32_to_u64(a), _mm_set1_pd(P52));
            pair(_mm_sub_pd(low_pd(a.lo), base), _mm_sub_pd(low_pd(a.hi), base))
        }
        fn i64_to_f64(a: I64) -> F64 { pair(epi64_to_pd(a.lo), epi64_to_pd(a.hi)) }
        fn u64_to_f64(a: I64) -> F64 { pair(epu64_to_pd(a.lo), epu64_to_pd(a.hi)) }

        fn f32_to_i32(a: F32) -> I32 { ps_to_epi32(a) }
        fn f32_to_u32(a: F32) -> I32 { ps_to_epu32(a) }
        fn f32_to_i64(a: F32) -> I64 { Self::f64_to_i64(Self::f32_to_f64(a)) }
        fn f32_to_u64(a: F32) -> I64 { Self::f64_to_u64(Self::f32_to_f64(a)) }
        fn f64_to_i32(a: F64) -> I32 { _mm_unpacklo_epi64(pd_to_epi32(a.lo), pd_to_epi32(a.hi)) }
        fn f64_to_u32(a: F64) -> I32 { even(pair(pd_to_epu32(a.lo), pd_to_epu32(a.hi))) }
        fn f64_to_i64(a: F64) -> I64 { pair(pd_to_epi64(a.lo), pd_to_epi64(a.hi)) }
        fn f64_to_u64(a: F64) -> I64 { pair(pd_to_epu64(a.lo), pd_to_epu64(a.hi)) }

        // A narrow value, four or two times in each lane, and shifted down from the top.
        fn i8_to_i32(a: I8) -> I32 { _mm_srai_epi32::<24>(mask8(a)) }
        fn u8_to_u32(a: I8) -> I32 { _mm_srli_epi32::<24>(mask8(a)) }
        fn i16_to_i32(a: I16) -> I32 { _mm_srai_epi32::<16>(mask16(a)) }
        fn u16_to_u32(a: I16) -> I32 { _mm_srli_epi32::<16>(mask16(a)) }
        fn i8_to_i16(a: I8) -> I16 { _mm_srai_epi16::<8>(_mm_unpacklo_epi8(a, a)) }
        fn u8_to_u16(a: I8) -> I16 { _mm_srli_epi16::<8>(_mm_unpacklo_epi8(a, a)) }
        fn i32_to_i64(a: I32) -> I64 {
            let sign = _mm_srai_epi32::<31>(a);
            pair(_mm_unpacklo_epi32(a, sign), _mm_unpackhi_epi32(a, sign))
        }
        fn u32_to_u64(a: I32) -> I64 {
            let zero = _mm_setzero_si128();
            pair(_mm_unpacklo_epi32(a, zero), _mm_unpackhi_epi32(a, zero))
        }

        // The packing instructions saturate: only what fits may come there.
        fn i64_to_i32(a: I64) -> I32 { even(a) }
        fn i32_to_i16(a: I32) -> I16 {
            let a = _mm_srai_epi32::<16>(_mm_slli_epi32::<16>(a));
            _mm_packs_epi32(a, a)
        }
        fn i32_to_i8(a: I32) -> I8 {
            let a = _mm_and_si128(a, _mm_set1_epi32(0xff));
            let a = _mm_packs_epi32(a, a);
            _mm_packus_epi16(a, a)
        }
        fn i16_to_i8(a: I16) -> I8 {
            let a = _mm_and_si128(a, _mm_set1_epi16(0xff));
            _mm_packus_epi16(a, a)
        }
    }
}

impl Lookup for Sse2 {
    table! {
        fn lookup8_f64(table: &[f64; 8], index: I64) -> F64 {
            let [a, b, c, d] = transmute::<I64, [i64; LANES]>(index).map(|i| table[(i & 7) as usize]);
            pair(_mm_set_pd(b, a), _mm_set_pd(d, c))
        }
        fn lookup8_f32(table: &[f32; 8], index: I32) -> F32 {
            let [a, b, c, d] = transmute::<I32, [i32; LANES]>(index).map(|i| table[(i & 7) as usize]);
            _mm_setr_ps(a, b, c, d)
        }
    }
}

impl MaskLanes for Sse2 {
    one! { M;
        mask_and(a, b) = _mm_and_si128;
        mask_or(a, b) = _mm_or_si128;
        mask_xor(a, b) = _mm_xor_si128;
        mask_not(a) = not;
    }
    table! {
        fn mask_and_not(a: M, b: M) -> M { _mm_andnot_si128(b, a) }
        fn mask_splat(on: bool) -> M { _mm_set1_epi32(-i32::from(on)) }
        fn mask_load(from: *const bool) -> M {
            _mm_cmpgt_epi32(Self::u8_to_u32(load8(from.cast())), _mm_setzero_si128())
        }
        fn mask_store(to: *mut bool, a: M) { store8(to.cast(), _mm_and_si128(narrow8(a), _mm_set1_epi8(1))) }
        fn mask_any(a: M) -> bool { on(a) != 0 }
        fn mask_all(a: M) -> bool { on(a) == 0xf }
        fn mask_to_bits(a: M) -> u64 { on(a) }
        fn mask_from_bits(bits: u64) -> M {
            let each = _mm_setr_epi32(1, 2, 4, 8);
            _mm_cmpeq_epi32(_mm_and_si128(_mm_set1_epi32(bits as i32), each), each)
        }
    }
}
