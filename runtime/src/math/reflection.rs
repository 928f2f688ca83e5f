//! The factors of the reflection formulas, beyond the format: `sin(π x)` and `cot(π x)`.

use super::bits::Format;
use super::eft::{Dd, fast_two_sum, fma, two_prod};
use super::float_methods::flip_sign;
use super::sin::Turn;
use super::sinpi::{HalfTurns, reduce};
use crate::lanes::{Mask, Simd, Vector};

/// The coefficients of a sine or cosine of `π r`, `|r| <= 1/4`, by powers of `r²`.
struct Coefficients {
    first: (f64, f64),
    second: (f64, f64),
    others: [f64; 6],
}

/// Those of `sin(π r) / r`.
const SINE: Coefficients = Coefficients {
    first: <f64 as HalfTurns>::PI,
    second: (-5.16771278004997, 2.2665622825789447e-16),
    others: [
        2.550164039877344,
        -0.5992645293205234,
        0.08214588658955778,
        -0.00737043009368828,
        0.0004662850371707223,
        -2.172750556518725e-5,
    ],
};

/// Those of `cos(π r)`.
const COSINE: Coefficients = Coefficients {
    first: (1.0, 0.0),
    second: (-4.934802200544679, -3.1326477543698557e-16),
    others: [
        4.058712126416761,
        -1.3352627688531273,
        0.2353306302417323,
        -0.025806886769177657,
        0.0019294780526856157,
        -0.0001036213045418667,
    ],
};

/// Coefficients in lanes.
struct Series<S: Simd> {
    first: Dd<f64, S>,
    second: Dd<f64, S>,
    others: [Vector<f64, S>; 6],
}

impl<S: Simd> Series<S> {
    /// On the level of `like`.
    #[inline(always)]
    fn new(like: Vector<f64, S>, coefficients: &Coefficients) -> Self {
        let mut others = [like; 6];
        for (other, coefficient) in others.iter_mut().zip(coefficients.others) {
            *other = splat!(like, coefficient);
        }
        Self { first: Dd::splat(like, coefficients.first), second: Dd::splat(like, coefficients.second), others }
    }

    /// This series where the mask is on, and else the other.
    #[inline(always)]
    fn select(self, mask: Mask<S>, no: Self) -> Self {
        let mut others = self.others;
        for (yes, no) in others.iter_mut().zip(no.others) {
            *yes = Vector::select(mask, *yes, no);
        }
        Self { first: self.first.select(mask, no.first), second: self.second.select(mask, no.second), others }
    }

    /// The sum: its first two terms in double-double, each some hundredths of the one before.
    #[inline(always)]
    fn at(&self, square: Dd<f64, S>) -> Dd<f64, S> {
        let Self { first, second, others } = self;
        let z = square.hi;
        let mut q = others[5];
        for other in others[..5].iter().rev() {
            q = fma(q, z, *other);
        }
        let product = two_prod(z, second.hi);
        let rest = fma(z * z, q, product.lo + first.lo);
        let rest = fma(z, second.lo, fma(square.lo, second.hi, rest));
        let sum = fast_two_sum(first.hi, product.hi);
        fast_two_sum(sum.hi, sum.lo + rest)
    }
}

/// `sin(π |x|)`.
#[inline(always)]
pub(super) fn extended_sinpi<S: Simd>(x: Vector<f64, S>) -> Dd<f64, S> {
    let (quadrant, r) = reduce(x);
    let Turn { even, sign } = Turn::<f64, S>::of(quadrant);
    // One series with selected coefficients: selects are cheaper than products.
    let value = Series::new(r, &SINE).select(even, Series::new(r, &COSINE)).at(two_prod(r, r));
    value.mul_single(flip_sign(Vector::select(even, r, splat!(x, 1.0)), sign))
}

/// A numerator and a denominator of `cot(π |x|)`.
#[inline(always)]
pub(super) fn extended_cotpi<S: Simd>(x: Vector<f64, S>) -> (Dd<f64, S>, Dd<f64, S>) {
    let (quadrant, r) = reduce(x);
    let even = Turn::<f64, S>::of(quadrant).even;
    let square = two_prod(r, r);
    let sine = Series::new(r, &SINE).at(square).mul_single(r);
    let cosine = Series::new(r, &COSINE).at(square);
    let less_sine = Dd { hi: -sine.hi, lo: -sine.lo };
    (cosine.select(even, less_sine), sine.select(even, cosine))
}

/// From here on what was an `f32` is an integer; and a little above, sums with `SHIFTER` are no longer good for rounding.
const INTEGERS: f64 = f64::from_bits((1023 + 51) << 52);

/// `sin(π x)` for positive `x` that were `f32`, to some 35 bits.
#[inline(always)]
pub(super) fn short_sinpi<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let x = splat!(x, INTEGERS).lesser(x);
    let shifter = splat!(x, f64::SHIFTER);
    let shifted = x + shifter;
    let r = x - (shifted - shifter);
    let sine = r * horner!(r * r;
        3.1415926535231495, -5.167712762079535, 2.5501632392166815, -0.5992513182313411, 0.08204642606350802,
        -0.007022080953596618);
    flip_sign(sine, shifted.to_bits().shl_uniform(63))
}

/// `π cot(π x)` for positive `x` that were `f32`, to some 29 bits, and infinite at integers.
#[inline(always)]
pub(super) fn short_cotpi<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let x = splat!(x, INTEGERS).lesser(x);
    let shifter = splat!(x, f64::SHIFTER);
    let r = x - ((x + shifter) - shifter);
    let z = r * r;
    // π r cot(π r) = (1 - 4 r²) g(r²).
    let g = horner!(z;
        0.9999999990896603, 0.7101323347375916, 0.6758418215009148, 0.6700730994728954, 0.6483297216639244,
        0.8200187249354788, 0.004188857940616386, 2.016868114380364);
    fma(z, splat!(x, -4.0), splat!(x, 1.0)) * g / r
}
