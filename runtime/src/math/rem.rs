//! `%` of floats: the remainder of the division that truncates, exact for all operands, as C's `fmod`.
//!
//! - Formula: `a - b trunc(a / b)`, with the sign of `a`.
//! - Method: `q = a / b` rounded. Below `2^p`, with the `p` bits of the format's precision, `trunc(q)` is the
//!   quotient or one more, so `a - trunc(q) b` is exact in one fused multiply-add, and adding `b` repairs the one
//!   more. From `2^p` on `a - q b` is exact too and at most half an ulp of `q` times `b`: long division,
//!   repeated until every quotient is below `2^p`, with multiples of `b` where the quotient would overflow.
//! - Domain: all operands. Error: none.
//! - Special values: NaN where `a` is infinite or NaN, `b` zero or NaN; `a` where `b` is infinite; a zero
//!   remainder has the sign of `a`.

use super::bits::copy_sign;
use super::float_methods::Limits;
use crate::lanes::{Simd, Vector};

/// The powers of two that the long division needs.
pub(crate) trait Quotient: Limits {
    /// `2^p`: from here on every float is an even integer.
    const INTEGERS: Self;
    /// A power of two: the largest quotient of finite floats divided by its square is finite.
    const STEP: Self;
    /// The inverse of `STEP`.
    const STEP_DOWN: Self;
}

// The largest quotient is 2^1024 / 2^-1074 = 2^2098, in f32 2^128 / 2^-149 = 2^277.
impl Quotient for f64 {
    const INTEGERS: f64 = 9007199254740992.0;
    const STEP: f64 = f64::from_bits((1023 + 550) << 52);
    const STEP_DOWN: f64 = f64::from_bits((1023 - 550) << 52);
}

impl Quotient for f32 {
    const INTEGERS: f32 = 16777216.0;
    const STEP: f32 = f32::from_bits((127 + 75) << 23);
    const STEP_DOWN: f32 = f32::from_bits((127 - 75) << 23);
}

/// `a % b`; see the [module](self).
#[inline(always)]
pub(crate) fn rem<T: Quotient, S: Simd>(a: Vector<T, S>, b: Vector<T, S>) -> Vector<T, S> {
    let (dividend, divisor) = (a.float_abs(), b.float_abs());
    let (mut rest, mut quotient) = (dividend, dividend / divisor);
    // True for NaN too; the lanes that have no finite quotient leave the long division as they are.
    let long = !quotient.lanes_lt(splat!(a, T::INTEGERS));
    if long.any() {
        rest = long_division(dividend, divisor);
        quotient = rest / divisor;
    }
    let truncated = (-quotient.trunc()).mul_add(divisor, rest);
    let repaired = Vector::select(truncated.lanes_lt(splat!(a, T::ZERO)), truncated + divisor, truncated);
    // Where the divisor is infinite, 0 times it is NaN.
    copy_sign(Vector::select(dividend.lanes_lt(divisor), dividend, repaired), a)
}

/// A number congruent to `dividend` whose quotient by `divisor` is below `2^p` in magnitude; of either
/// sign. Lanes with an infinite or NaN quotient in the last step keep their dividend.
#[inline(always)]
fn long_division<T: Quotient, S: Simd>(dividend: Vector<T, S>, divisor: Vector<T, S>) -> Vector<T, S> {
    let (one, step, down) = (splat!(dividend, T::ONE), splat!(dividend, T::STEP), splat!(dividend, T::STEP_DOWN));
    // First by `divisor * STEP²`, then by `divisor * STEP`, then by the divisor, so that no quotient
    // overflows: after each, what is left is below `2^p` times what it was divided by.
    let rest = reduce(dividend, divisor * step, step, down);
    let rest = reduce(rest, divisor * step, one, one);
    reduce(rest, divisor, one, one)
}

/// `rest` reduced by multiples of `divisor * factor` until the quotient is below `2^p`; `inverse` is `1 / factor`.
#[inline(always)]
fn reduce<T: Quotient, S: Simd>(
    mut rest: Vector<T, S>,
    divisor: Vector<T, S>,
    factor: Vector<T, S>,
    inverse: Vector<T, S>,
) -> Vector<T, S> {
    // May overflow, but not in a lane that is active: there it is below `rest`.
    let multiple = divisor * factor;
    loop {
        let quotient = (rest * inverse) / divisor;
        let size = quotient.float_abs();
        let active = size.lanes_ge(splat!(size, T::INTEGERS)) & size.lanes_lt(splat!(size, T::INFINITY));
        if active.none() {
            return rest;
        }
        rest = Vector::select(active, (-quotient).mul_add(multiple, rest), rest);
    }
}

/// `a.div_euclid(b)`, as the standard library computes it.
#[inline(always)]
pub(crate) fn div_euclid<T: Quotient, S: Simd>(a: Vector<T, S>, b: Vector<T, S>) -> Vector<T, S> {
    let (zero, one) = (splat!(a, T::ZERO), splat!(a, T::ONE));
    let quotient = (a / b).trunc();
    let corrected = Vector::select(b.lanes_gt(zero), quotient - one, quotient + one);
    Vector::select(rem(a, b).lanes_lt(zero), corrected, quotient)
}

/// `a.rem_euclid(b)`, as the standard library computes it.
#[inline(always)]
pub(crate) fn rem_euclid<T: Quotient, S: Simd>(a: Vector<T, S>, b: Vector<T, S>) -> Vector<T, S> {
    let rest = rem(a, b);
    Vector::select(rest.lanes_lt(splat!(a, T::ZERO)), rest + b.float_abs(), rest)
}

#[cfg(test)]
mod tests {
    use super::{Quotient, div_euclid, rem, rem_euclid};
    use crate::lanes::{MAX_LANES, Simd, Vector};

    /// Random bits (splitmix64).
    fn random(state: &mut u64) -> u64 {
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    macro_rules! against_std {
        ($name:ident, $t:ident, $bits:ident) => {
            #[inline(always)]
            fn $name<S: Simd>(simd: S) {
                let mut edges =
                    vec![0.0, 1.0, 3.0, 0.1, 0.5, 1.5, 1e10, 1e-10, $t::MAX, $t::MIN_POSITIVE, $t::INFINITY];
                edges.extend([$t::NAN, $t::from_bits(1), $t::from_bits(3), $t::MIN_POSITIVE - $t::from_bits(1)]);
                edges.extend([
                    $t::MAX / 2.0,
                    1.0 + $t::EPSILON,
                    1.0 - $t::EPSILON / 2.0,
                    2.0 / $t::EPSILON,
                    1.0 / $t::EPSILON,
                ]);
                edges.extend(edges.clone().iter().map(|value| -value));
                let mut pairs: Vec<_> = edges.iter().flat_map(|a| edges.iter().map(move |b| (*a, *b))).collect();
                let mut state = 5;
                for _ in 0..30_000 {
                    let (a, b) = (random(&mut state), random(&mut state));
                    let (x, y) = ($t::from_bits(a as $bits), $t::from_bits(b as $bits));
                    pairs.push((x, y));
                    // Near in size, and multiples with and without a small rest.
                    let y = (b >> 40) as $t;
                    pairs.push(((a >> 32) as $t, y));
                    let multiple = y * (a >> 50) as $t;
                    pairs.extend([(multiple, y), (multiple.next_up(), y), (multiple.next_down(), -y)]);
                    pairs.push((x, x * (b >> 60) as $t));
                }
                pairs.resize(pairs.len().next_multiple_of(MAX_LANES), (1.0, 2.0));
                for gang in pairs.chunks_exact(S::LANES) {
                    let (a, b) = (Vector::from_fn(simd, |i| gang[i].0), Vector::from_fn(simd, |i| gang[i].1));
                    compare("%", rem(a, b), gang, |a, b| a % b);
                    compare("div_euclid", div_euclid(a, b), gang, $t::div_euclid);
                    compare("rem_euclid", rem_euclid(a, b), gang, $t::rem_euclid);
                }
            }
        };
    }
    against_std!(f64_against_std, f64, u64);
    against_std!(f32_against_std, f32, u32);

    #[inline(never)]
    fn compare<T: Quotient, S: Simd>(name: &str, got: Vector<T, S>, gang: &[(T, T)], scalar: fn(T, T) -> T) {
        for (got, (a, b)) in got.to_array().into_iter().zip(gang) {
            let want = scalar(*a, *b);
            let zeros = || got != T::ZERO || format!("{got:?}") == format!("{want:?}");
            let same = got.is_nan() && want.is_nan() || got == want && zeros();
            assert!(same, "{}: {a:?} {name} {b:?} gives {got:?}, not {want:?}", S::LEVEL);
        }
    }

    #[test]
    fn every_level_gives_the_bits_of_std() {
        use crate::Level;
        use crate::lanes::Scalar;
        #[inline(always)]
        fn check<S: Simd>(simd: S) {
            f64_against_std(simd);
            f32_against_std(simd);
        }
        // SAFETY: the scalar level needs no instructions.
        check(unsafe { Scalar::assume() });
        #[cfg(target_arch = "x86_64")]
        {
            use crate::lanes::{Avx2, Avx512, Sse2};
            #[target_feature(enable = "avx2,fma")]
            unsafe fn avx2() {
                // SAFETY: the caller has made sure of the level.
                check(unsafe { Avx2::assume() });
            }
            #[target_feature(enable = "avx2,fma,avx512f,avx512cd,avx512dq,avx512bw,avx512vl")]
            unsafe fn avx512() {
                // SAFETY: the caller has made sure of the level.
                check(unsafe { Avx512::assume() });
            }
            // SAFETY: every x86-64 processor has SSE2.
            check(unsafe { Sse2::assume() });
            if Level::Avx2.is_available() {
                // SAFETY: the level is available.
                unsafe { avx2() };
            }
            if Level::Avx512.is_available() {
                // SAFETY: the level is available.
                unsafe { avx512() };
            }
        }
    }
}
