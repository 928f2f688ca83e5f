//! Exponents by integer operations on a float's bits, without conversions between integers and
//! floats, which are slow for 64 bits below AVX-512.

use crate::lanes::{Float, Simd, Vector};

/// What the formats differ in, for code that serves both.
pub(crate) trait Format: Float {
    /// One half.
    const HALF: Self;
    /// Two.
    const TWO: Self;
    /// Three.
    const THREE: Self;
    /// Half a unit of the upper half of the mantissa's bits, and the mask of that half.
    const LOW_HALF: (Self::Bits, Self::Bits);
    /// The bits of the mantissa that are stored.
    const MANTISSA: u32;
    /// `1.5 * 2^MANTISSA`. Adding it to an `|x| < 2^(MANTISSA - 2)` rounds `x` to an integer, which
    /// then is the low bits of the sum; subtracting it again gives the integer as a float.
    const SHIFTER: Self;
    /// The bits of `2^MANTISSA`: an exponent field, shifted down and put into the mantissa of this,
    /// is a float.
    const UNIT_BITS: Self::Bits;
    /// `2^MANTISSA` and the bias of the exponent field.
    const UNIT_AND_BIAS: Self;
    /// The stored bits of the mantissa.
    const MANTISSA_MASK: Self::Bits;
    /// The sign bit.
    const SIGN: Self::Bits;
    /// The bits of `sqrt(1/2)`.
    const SQRT_HALF_BITS: Self::Bits;
    /// The bits of 1 less the bits of `sqrt(1/2)`.
    const ONE_LESS_SQRT_HALF: Self::Bits;
    /// A number of this exponent, or its negative, is safely normal and finite.
    const USUAL_EXPONENT: Self;
    /// A power of two that makes every subnormal number normal, and its exponent.
    const NORMALIZER: (Self, Self);
    /// The smallest positive normal number.
    const MIN_POSITIVE: Self;
    /// Infinity.
    const INFINITY: Self;
    /// A quiet NaN.
    const NAN: Self;
}

impl Format for f32 {
    const HALF: f32 = 0.5;
    const TWO: f32 = 2.0;
    const THREE: f32 = 3.0;
    const LOW_HALF: (u32, u32) = (1 << 11, u32::MAX << 12);
    const MANTISSA: u32 = 23;
    const SHIFTER: f32 = 12582912.0;
    const UNIT_BITS: u32 = 8388608.0f32.to_bits();
    const UNIT_AND_BIAS: f32 = 8388608.0 + 127.0;
    const MANTISSA_MASK: u32 = 0x007f_ffff;
    const SIGN: u32 = 1 << 31;
    const SQRT_HALF_BITS: u32 = 0x3f35_04f3;
    const ONE_LESS_SQRT_HALF: u32 = 0x3f80_0000 - Self::SQRT_HALF_BITS;
    const USUAL_EXPONENT: f32 = 125.0;
    const NORMALIZER: (f32, f32) = (33554432.0, 25.0);
    const MIN_POSITIVE: f32 = f32::MIN_POSITIVE;
    const INFINITY: f32 = f32::INFINITY;
    const NAN: f32 = f32::NAN;
}

impl Format for f64 {
    const HALF: f64 = 0.5;
    const TWO: f64 = 2.0;
    const THREE: f64 = 3.0;
    const LOW_HALF: (u64, u64) = (1 << 26, u64::MAX << 27);
    const MANTISSA: u32 = 52;
    const SHIFTER: f64 = 6755399441055744.0;
    const UNIT_BITS: u64 = 4503599627370496.0f64.to_bits();
    const UNIT_AND_BIAS: f64 = 4503599627370496.0 + 1023.0;
    const MANTISSA_MASK: u64 = 0x000f_ffff_ffff_ffff;
    const SIGN: u64 = 1 << 63;
    const SQRT_HALF_BITS: u64 = 0x3fe6_a09e_667f_3bcd;
    const ONE_LESS_SQRT_HALF: u64 = 0x3ff0_0000_0000_0000 - Self::SQRT_HALF_BITS;
    const USUAL_EXPONENT: f64 = 1021.0;
    const NORMALIZER: (f64, f64) = (18014398509481984.0, 54.0);
    const MIN_POSITIVE: f64 = f64::MIN_POSITIVE;
    const INFINITY: f64 = f64::INFINITY;
    const NAN: f64 = f64::NAN;
}

/// A format with tables in registers.
pub(super) trait Lookup: Format {
    /// `table[index % 8]` lane by lane.
    fn lookup<S: Simd>(index: Vector<Self::Bits, S>, table: &[Self; 8]) -> Vector<Self, S>;
}

impl Lookup for f64 {
    #[inline(always)]
    fn lookup<S: Simd>(index: Vector<u64, S>, table: &[f64; 8]) -> Vector<f64, S> {
        index.lookup8(table)
    }
}

impl Lookup for f32 {
    #[inline(always)]
    fn lookup<S: Simd>(index: Vector<u32, S>, table: &[f32; 8]) -> Vector<f32, S> {
        index.lookup8(table)
    }
}

/// The numbers to 20 bits: the upper half of the representation, and as the lower half the same again, so that a
/// permutation of 32-bit lanes moves both at once.
pub(super) const fn halves(rest: [f64; 8]) -> [f64; 8] {
    let mut table = [0.0; 8];
    let mut k = 0;
    while k < 8 {
        let half = (rest[k].to_bits() + (1 << 31)) >> 32;
        table[k] = f64::from_bits(half << 32 | half);
        k += 1;
    }
    table
}

/// `x * 2^n` where `shifted` is `n + SHIFTER`, for normal `x` and normal results: `n` is added to
/// the exponent field. The bits of `SHIFTER` above the field's width fall out at the top.
#[inline(always)]
pub(super) fn scale<T: Format, S: Simd>(x: Vector<T, S>, shifted: Vector<T, S>) -> Vector<T, S> {
    Vector::from_bits(x.to_bits() + shifted.to_bits().shl_uniform(T::MANTISSA))
}

/// `x * 2^n` where `shifted` is `n + SHIFTER`, rounded once, for normal `x` and any result. Infinite
/// and NaN `x` stay.
#[inline(always)]
pub(super) fn ldexp<T: Format, S: Simd>(x: Vector<T, S>, shifted: Vector<T, S>) -> Vector<T, S> {
    let shifter = splat!(x, T::SHIFTER);
    let one = splat!(x, T::ONE);
    // Two factors, both normal: the first leaves x normal, or else x * 2^n is far out of range.
    let n = shifted - shifter;
    let half = (n * splat!(x, T::HALF)) + shifter;
    let rest = n - (half - shifter) + shifter;
    x * scale(one, half) * scale(one, rest)
}

/// `magnitude` with the sign of `sign`, for a `magnitude` that is not negative or has it already.
#[inline(always)]
pub(super) fn copy_sign<T: Format, S: Simd>(magnitude: Vector<T, S>, sign: Vector<T, S>) -> Vector<T, S> {
    Vector::from_bits(magnitude.to_bits() | (sign.to_bits() & splat!(sign, T::SIGN)))
}
