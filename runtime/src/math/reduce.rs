//! Argument reduction for the trigonometric functions: `|x| = n π/2 + r` with `|r| <= π/4` (and a little
//! more, where the rounding of `n` errs), `r` as an unevaluated sum that keeps the precision of the format
//! also where `x` is as near to a multiple of π/2 as a float can be.
//!
//! - Moderate `|x|` (Cody and Waite, with FMA): π/2 in three parts. `x - n P1` is exact, as both are multiples
//!   of the last place of `P1` or of `x` and the difference is below 1.
//! - Huge `|x|` (Payne and Hanek): `x` times the bits of 2/π from where the product's quadrant begins. Lanes are
//!   chosen by their own size, so that a lane's result does not depend on its neighbours.

use super::bits::Format;
use super::eft::{fast_two_sum, fma, two_prod, two_sum};
use super::float_methods::Limits;
use crate::lanes::{Element, Mask, Number, Simd, Vector};

/// `r = hi + lo`, and the quadrant `n` in the low bits of an integer.
pub(super) struct Reduced<T: Format, S: Simd> {
    pub(super) hi: Vector<T, S>,
    /// Small beside `hi`; a unit in its last place, unless `hi` has cancelled.
    pub(super) lo: Vector<T, S>,
    pub(super) quadrant: Vector<T::Bits, S>,
}

/// A format whose arguments can be reduced.
pub(super) trait Angle: Limits {
    /// From here on `|x|` is huge.
    const HUGE: Self;
    /// 2/π.
    const FRAC_2_PI: Self;
    /// π/2 in parts.
    const PARTS: [Self; 3];
    /// Whether the product of the second part with `n` is exact.
    const EXACT_SECOND: bool;

    /// The reduction of moderate arguments where there is no FMA.
    fn reduce_by_products<S: Simd>(x: Vector<Self, S>) -> Reduced<Self, S>;

    /// The reduction of huge arguments, in the lanes that are on; NaN for infinity and NaN.
    fn reduce_huge<S: Simd>(x: Vector<Self, S>, on: Mask<S>) -> Reduced<Self, S>;
}

/// Reduces `x >= 0`.
#[inline(always)]
pub(super) fn reduce<T: Angle, S: Simd>(x: Vector<T, S>) -> Reduced<T, S> {
    let moderate = if S::FMA {
        let shifter = splat!(x, T::SHIFTER);
        let shifted = x.mul_add(splat!(x, T::FRAC_2_PI), shifter);
        reduce_by_fma(x, shifted, shifted - shifter)
    } else {
        T::reduce_by_products(x)
    };
    let huge = !x.lanes_lt(splat!(x, T::HUGE));
    if huge.any() { select(huge, T::reduce_huge(x, huge), moderate) } else { moderate }
}

/// Reduces `x - π/4` for `x >= 0`. `r` is accurate to the format's precision squared, not relatively.
#[inline(always)]
pub(super) fn reduce_less_quarter<T: Angle, S: Simd>(x: Vector<T, S>) -> Reduced<T, S> {
    if !S::FMA {
        return less_quarter(reduce(x));
    }
    // The nearest odd multiple of π/4. Its half can cost the product with the second part of π/2 the last bit.
    let (shifter, half) = (splat!(x, T::SHIFTER), splat!(x, T::HALF));
    let shifted = x.mul_add(splat!(x, T::FRAC_2_PI), -half) + shifter;
    let moderate = reduce_by_fma(x, shifted, (shifted - shifter) + half);
    let huge = !x.lanes_lt(splat!(x, T::HUGE));
    if huge.any() { select(huge, less_quarter(T::reduce_huge(x, huge)), moderate) } else { moderate }
}

#[inline(always)]
fn less_quarter<T: Angle, S: Simd>(r: Reduced<T, S>) -> Reduced<T, S> {
    let [p1, p2, p3] = T::PARTS;
    let half = splat!(r.hi, T::HALF);
    let (quarter, rest) = (splat!(r.hi, p1) * half, (splat!(r.hi, p2) + splat!(r.hi, p3)) * half);
    let below = r.hi.lanes_lt(splat!(r.hi, T::ZERO));
    let sum = two_sum(Vector::select(below, quarter, -quarter), r.hi);
    let lo = sum.lo + (r.lo + Vector::select(below, rest, -rest));
    let before = r.quadrant - splat!(r.quadrant, T::Bits::ONE);
    Reduced { hi: sum.hi, lo, quadrant: Vector::select(below, before, r.quadrant) }
}

#[inline(always)]
fn select<T: Angle, S: Simd>(mask: Mask<S>, yes: Reduced<T, S>, no: Reduced<T, S>) -> Reduced<T, S> {
    Reduced {
        hi: Vector::select(mask, yes.hi, no.hi),
        lo: Vector::select(mask, yes.lo, no.lo),
        quadrant: Vector::select(mask, yes.quadrant, no.quadrant),
    }
}

/// `x - n π/2`; the quadrant is in the low bits of `shifted`.
#[inline(always)]
fn reduce_by_fma<T: Angle, S: Simd>(x: Vector<T, S>, shifted: Vector<T, S>, n: Vector<T, S>) -> Reduced<T, S> {
    let [p1, p2, p3] = T::PARTS;
    let (p1, p2, p3) = (splat!(x, p1), splat!(x, p2), splat!(x, p3));
    let n = -n;
    let first = n.mul_add(p1, x);
    // Where the product with the second part is not exact, it is rounded before it is subtracted: only then
    // is `first - hi` exact, and what rounding has lost comes out of the last two steps.
    let hi = if T::EXACT_SECOND { n.mul_add(p2, first) } else { first + n * p2 };
    let lost = n.mul_add(p2, first - hi);
    Reduced { hi, lo: n.mul_add(p3, lost), quadrant: shifted.to_bits() }
}

impl Angle for f64 {
    const HUGE: f64 = 4194304.0;
    const FRAC_2_PI: f64 = std::f64::consts::FRAC_2_PI;
    // The second part has 31 bits, and `n` 22.
    const PARTS: [f64; 3] = [std::f64::consts::FRAC_PI_2, 6.12323399409214e-17, 1.6446256936324258e-26];
    const EXACT_SECOND: bool = true;

    #[inline(always)]
    fn reduce_by_products<S: Simd>(x: Vector<f64, S>) -> Reduced<f64, S> {
        let shifter = splat!(x, f64::SHIFTER);
        let shifted = x * splat!(x, f64::FRAC_2_PI) + shifter;
        let n = shifted - shifter;
        // Parts of 31 bits, whose products with `n < 2^22` are exact; then one of 53.
        let first = x - n * splat!(x, 1.5707963267341256);
        let product = n * splat!(x, 6.077100509014471e-11);
        let second = first - product;
        let lost = (first - second) - product;
        let product = n * splat!(x, -2.5082788063426444e-20);
        let hi = second - product;
        let lo = ((second - hi) - product) + (lost - n * splat!(x, 8.4784276603689e-32));
        let sum = fast_two_sum(hi, lo);
        Reduced { hi: sum.hi, lo: sum.lo, quadrant: shifted.to_bits() }
    }

    #[inline(always)]
    fn reduce_huge<S: Simd>(x: Vector<f64, S>, on: Mask<S>) -> Reduced<f64, S> {
        // The row of the table for x in [2^(22 + 32 row), 2^(54 + 32 row)); scaled, x is in [2^54, 2^86).
        let bits = x.to_bits();
        let row = (bits.shr_uniform(52) - splat!(x, 1023 + 22)).shr_uniform(5);
        let scaled = Vector::<f64, S>::from_bits(bits + (splat!(x, 1) - row).shl_uniform(52 + 5));
        let [c0, c1, c2, c3] = gather(&ROWS_F64, row, on);

        // From the largest product to the smallest: below 2^86, 2^33, 2^-20, 2^-73. Of what exceeds 1,
        // multiples of 4 fall out.
        let (p0, p1, p2) = (two_prod(scaled, c0), two_prod(scaled, c1), two_prod(scaled, c2));
        let sum = two_sum(modulo_4(p0.hi), modulo_4(p0.lo));
        let first_lost = sum.lo;
        let sum = two_sum(sum.hi, modulo_4(p1.hi));
        let quadrant = sum.hi.round_ties_even();
        // The rest of x in quadrants, exactly; it may cancel to 2^-62, so all is summed without errors above 2^-120.
        let (second_lost, rest) = (sum.lo, two_sum(sum.hi - quadrant, p1.lo));
        let total = two_sum(rest.hi, p2.hi);
        let small = two_sum(second_lost, rest.lo);
        let smaller = two_sum(small.hi, total.lo);
        let least = (small.lo + smaller.lo) + (first_lost + fma(scaled, c3, p2.lo));
        let rest = two_sum(total.hi, smaller.hi);
        let rest = two_sum(rest.hi, rest.lo + least);

        // In radians. x 0 is NaN for infinity and NaN, else 0.
        let frac_pi_2 = splat!(x, std::f64::consts::FRAC_PI_2);
        let product = two_prod(rest.hi, frac_pi_2);
        let lo = fma(rest.hi, splat!(x, 6.123233995736766e-17), fma(rest.lo, frac_pi_2, product.lo));
        let radians = fast_two_sum(product.hi, lo);
        let quadrant = (quadrant + splat!(x, f64::SHIFTER)).to_bits();
        Reduced { hi: radians.hi + x * splat!(x, 0.0), lo: radians.lo, quadrant }
    }
}

impl Angle for f32 {
    const HUGE: f32 = 65536.0;
    const FRAC_2_PI: f32 = std::f32::consts::FRAC_2_PI;
    const PARTS: [f32; 3] = [std::f32::consts::FRAC_PI_2, -4.371139e-8, -1.7151245e-15];
    const EXACT_SECOND: bool = false;

    #[inline(always)]
    fn reduce_by_products<S: Simd>(x: Vector<f32, S>) -> Reduced<f32, S> {
        let x = x.cast::<f64>();
        let shifter = splat!(x, f64::SHIFTER);
        let shifted = x * splat!(x, f64::FRAC_2_PI) + shifter;
        let n = shifted - shifter;
        // The first part has 37 bits: its product with `n < 2^16` is exact.
        let r = (x - n * splat!(x, 1.5707963267923333)) - n * splat!(x, 2.563344151594519e-12);
        split(r, shifted)
    }

    #[inline(always)]
    fn reduce_huge<S: Simd>(x: Vector<f32, S>, on: Mask<S>) -> Reduced<f32, S> {
        // The row of the table for x in [2^(16 + 16 row), 2^(32 + 16 row)); scaled, x is in [2^25, 2^41).
        let x = x.cast::<f64>();
        let bits = x.to_bits();
        let row = (bits.shr_uniform(52) - opaque!(x, 1023 + 16)).shr_uniform(4);
        let scaled = Vector::<f64, S>::from_bits(bits + opaque!(x, 9 << 52) - row.shl_uniform(52 + 4));
        let [c0, c1, c2] = gather(&ROWS_F32, row, on);

        // Products below 2^41, 2^12 and 2^-17; the first two of 24 by 29 bits, so exact.
        let (p0, p1) = (modulo_4(scaled * c0), modulo_4(scaled * c1));
        let quadrant = (p0 + p1).round_ties_even();
        let rest = ((p0 - quadrant) + p1) + scaled * c2;
        let radians = rest * opaque!(x, std::f64::consts::FRAC_PI_2);
        split(radians + x * opaque!(x, 0.0), quadrant + opaque!(x, f64::SHIFTER))
    }
}

/// `r` in two parts of `f32`, and the quadrant in the low bits of `shifted`.
#[inline(always)]
fn split<S: Simd>(r: Vector<f64, S>, shifted: Vector<f64, S>) -> Reduced<f32, S> {
    let hi = r.cast::<f32>();
    let lo = (r - hi.cast::<f64>()).cast::<f32>();
    Reduced { hi, lo, quadrant: shifted.to_bits().cast::<u32>() }
}

/// `x` less the nearest multiple of 4, exactly.
#[inline(always)]
fn modulo_4<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let multiples = (x * opaque!(x, 0.25)).round_ties_even();
    x - multiples * opaque!(x, 4.0)
}

/// The columns of each lane's row.
#[inline(always)]
fn gather<const N: usize, const M: usize, S: Simd>(
    rows: &'static [[f64; N]; M],
    row: Vector<u64, S>,
    on: Mask<S>,
) -> [Vector<f64, S>; N] {
    let base = rows.as_ptr().cast::<f64>();
    let first = row * splat!(row, N as u64);
    // No lane's row is past the last one, whatever its exponent: NaN has the exponent of infinity.
    let mut columns = [splat!(row, 0.0); N];
    let mut column = 0;
    while column < N {
        // SAFETY: the vectors prove the level. In a lane that is on, x is at least HUGE, so that its row is
        // one of the M, and the column is one of the N.
        columns[column] = Vector(unsafe { f64::gather64::<S>(base.add(column), first.cast::<i64>().0, on.0) });
        column += 1;
    }
    columns
}

/// 2/π after the binary point, 64 bits a word, after a word of zeros.
const TWO_OVER_PI: [u64; 20] = [
    0,
    0xa2f9836e4e441529,
    0xfc2757d1f534ddc0,
    0xdb6295993c439041,
    0xfe5163abdebbc561,
    0xb7246e3a424dd2e0,
    0x06492eea09d1921c,
    0xfe1deb1cb129a73e,
    0xe88235f52ebb4484,
    0xe99c7026b45f7e41,
    0x3991d639835339f4,
    0x9c845f8bbdf9283b,
    0x1ff897ffde05980f,
    0xef2f118b5a0a6d1f,
    0x6d367ecf27cb09b7,
    0x4f463f669e5fea2d,
    0x7527bac7ebe5f17b,
    0x3d0739f78a5292ea,
    0x6bfb5fb11f8d5d08,
    0x56033046fc7b6bab,
];

/// The fraction of `2^(32 row - 32) 2/π` in floats of 53 bits each.
static ROWS_F64: [[f64; 4]; 32] = {
    let mut rows = [[0.0; 4]; 32];
    let mut row = 0;
    while row < 32 {
        let mut column = 0;
        while column < 4 {
            rows[row][column] = fraction(32 + 32 * row, 53 * column, 53);
            column += 1;
        }
        row += 1;
    }
    rows
};

/// The fraction of `2^(16 row - 9) 2/π` in floats of 29, 29 and 53 bits.
static ROWS_F32: [[f64; 3]; 7] = {
    let mut rows = [[0.0; 3]; 7];
    let mut row = 0;
    while row < 7 {
        let start = 64 - 9 + 16 * row;
        rows[row] = [fraction(start, 0, 29), fraction(start, 29, 29), fraction(start, 58, 53)];
        row += 1;
    }
    rows
};

/// The `count` bits of [`TWO_OVER_PI`] from `start + skip` on, as what they stand for in the fraction whose
/// first bit is `start`.
const fn fraction(start: usize, skip: usize, count: usize) -> f64 {
    let (word, bit) = ((start + skip) / 64, (start + skip) % 64);
    let high = (TWO_OVER_PI[word] as u128) << 64;
    let low = if word + 1 < TWO_OVER_PI.len() { TWO_OVER_PI[word + 1] as u128 } else { 0 };
    let bits = ((high | low) << bit >> (128 - count)) as u64;
    bits as f64 * f64::from_bits((1023 - (skip + count) as u64) << 52)
}
