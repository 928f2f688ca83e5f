//! Logarithms by a table of eight cells.
//!
//! `x = 2^k m` with `m` from 0.956 to 1.912; in each cell of `m` a factor `c` of 5 bits near `1 / m`, so that
//! `c m = 1 + r` with `|r| < 1/16`, exactly. Then `log x = k log 2 - log c + log(1 + r)`: the first two in two
//! parts, of which the first are exact together; the last `r / ln b + r² q(r)`. Around 1, where `k = 0` and `c = 1`,
//! nothing is added to that, so that nothing cancels.

use super::bits::{Format, Lookup, copy_sign, halves, scale};
use super::eft::{Dd, fast_two_sum, fma, two_prod, two_sum};
use super::log::Domain;
use crate::lanes::{Simd, Vector};

/// By the upper bits of the mantissa: `c`.
const FACTORS: [f64; 8] = [1.0, 0.90625, 0.8125, 0.75, 0.6875, 0.625, 0.59375, 0.53125];

/// What the formats differ in.
pub(super) trait Cells: Lookup {
    /// `c` by cell.
    const FACTORS: [Self; 8];
    /// The bits of 1 less those of the smallest `m`: 45/64 of a cell's.
    const ONE_LESS_LEAST: Self::Bits;
    /// The bits of the smallest `m`.
    const LEAST: Self::Bits;

    /// The natural logarithm of a cell's number, with what is to be added to it, in two parts: the second some
    /// hundredths of the first.
    fn ln<S: Simd>(cell: &Cell<Self, S>, add: Vector<Self, S>) -> Dd<Self, S>;
}

impl Cells for f64 {
    const FACTORS: [f64; 8] = FACTORS;
    const ONE_LESS_LEAST: u64 = 45 << 43;
    const LEAST: u64 = 1f64.to_bits() - Self::ONE_LESS_LEAST;

    #[inline(always)]
    fn ln<S: Simd>(cell: &Cell<f64, S>, add: Vector<f64, S>) -> Dd<f64, S> {
        cell.log(&NATURAL_F64, Some(add))
    }
}

impl Cells for f32 {
    const FACTORS: [f32; 8] = {
        let mut table = [0.0; 8];
        let mut k = 0;
        while k < 8 {
            table[k] = FACTORS[k] as f32;
            k += 1;
        }
        table
    };
    const ONE_LESS_LEAST: u32 = 45 << 14;
    const LEAST: u32 = 1f32.to_bits() - Self::ONE_LESS_LEAST;

    #[inline(always)]
    fn ln<S: Simd>(cell: &Cell<f32, S>, add: Vector<f32, S>) -> Dd<f32, S> {
        cell.log(&NATURAL_F32, Some(add))
    }
}

/// A base `b` of logarithms; `q` has so many even coefficients and so many odd ones.
pub(super) struct Base<T, const EVEN: usize, const ODD: usize> {
    /// `-log c` in multiples of 2^-42, of 2^-15 for `f32`.
    pub(super) logs: [T; 8],
    /// The rest of it.
    rest: [T; 8],
    /// `log 2` in the same multiples, and the rest.
    pub(super) log_2: (T, T),
    /// `1 / ln b`, and the rest where it counts.
    per_ln: (T, T),
    /// Whether the compiler is to know that these are constants: it makes the better loop of some without.
    known: bool,
    /// `q`: the coefficients of the even powers, and of the odd ones.
    even: [T; EVEN],
    odd: [T; ODD],
}

/// What the `logs` of [`NATURAL_F64`] lack to `-ln c`.
pub(super) const NATURAL_RESTS_F64: [f64; 8] = [
    0.0,
    3.3871241029241416e-14,
    -4.3425422595242564e-14,
    -6.292357389008195e-14,
    7.260466149925637e-14,
    9.667719603235566e-14,
    -8.590204918402764e-14,
    1.0711543657844876e-13,
];

pub(super) const NATURAL_F64: Base<f64, 5, 5> = Base {
    logs: [
        0.0,
        0.09844007281321865,
        0.20763936477828793,
        0.28768207245184385,
        0.3746934494413381,
        0.4700036292456389,
        0.521296923633372,
        0.6325225587434034,
    ],
    rest: halves(NATURAL_RESTS_F64),
    log_2: (0.6931471805598903, 5.497923018708371e-14),
    per_ln: (1.0, 0.0),
    known: false,
    even: [-0.5000000000000001, -0.24999999999850517, -0.16666666991499077, -0.12499752660359446, -0.10076856075744267],
    odd: [0.3333333333333329, 0.2000000000015589, 0.14285714192803442, 0.1111106314712529, 0.0913547186118327],
};

pub(super) const BASE_2_F64: Base<f64, 5, 5> = Base {
    logs: [
        0.0,
        0.14201900487250896,
        0.29956028185893047,
        0.41503749927892386,
        0.5405683813626183,
        0.6780719051125743,
        0.7520724865564716,
        0.9125371587497284,
    ],
    rest: halves([
        0.0,
        -8.107893466726174e-14,
        -2.262651135603261e-14,
        -8.00418555854124e-14,
        8.443284155858175e-14,
        6.33385952568616e-14,
        -5.712484083531846e-14,
        -6.781363655020842e-14,
    ]),
    log_2: (1.0, 0.0),
    per_ln: (std::f64::consts::LOG2_E, 0.0),
    known: true,
    even: [-0.7213475204444819, -0.3606737602198964, -0.24044917835225887, -0.18033324468445378, -0.14538643561676634],
    odd: [0.4808983469629873, 0.288539008179764, 0.20609929053675113, 0.16029862237890355, 0.1318154547713411],
};

pub(super) const BASE_10_F64: Base<f64, 5, 5> = Base {
    logs: [
        0.0,
        0.04275198042091688,
        0.09017663034910584,
        0.12493873660832833,
        0.16272729749766768,
        0.20411998265581133,
        0.22639637736710938,
        0.27470105694169433,
    ],
    rest: halves([
        0.0,
        3.300906980985312e-14,
        -1.78235453177227e-14,
        -2.8373705641129622e-14,
        3.206228782072406e-14,
        1.1345357820417986e-13,
        -3.236589724961214e-14,
        -6.22851074368937e-14,
    ]),
    log_2: (0.3010299956640665, -8.532344317057107e-14),
    per_ln: (std::f64::consts::LOG10_E, 0.0),
    known: true,
    even: [
        -0.21714724095162596,
        -0.10857362047515723,
        -0.07238241506766438,
        -0.054285733736394864,
        -0.04376351040732512,
    ],
    odd: [0.14476482730108375, 0.0868588963813545, 0.0620420684209871, 0.048254739128266506, 0.03967441370909955],
};

pub(super) const NATURAL_F32: Base<f32, 3, 2> = Base {
    logs: [0.0, 0.09844971, 0.2076416, 0.2876892, 0.37469482, 0.47000122, 0.52130127, 0.6325073],
    rest: [0.0, -9.634218e-6, -2.2367843e-6, -7.1365326e-6, -1.3747773e-6, 2.4085426e-6, -4.345898e-6, 1.5234525e-5],
    log_2: (0.69314575, 1.4286068e-6),
    per_ln: (1.0, 0.0),
    known: true,
    even: [-0.5, -0.24999969, -0.16710266],
    odd: [0.33333272, 0.20066132],
};

pub(super) const BASE_2_F32: Base<f32, 3, 2> = Base {
    logs: [0.0, 0.14202881, 0.29956055, 0.41503906, 0.54055786, 0.67807007, 0.7520752, 0.9125366],
    rest: [0.0, -9.803722e-6, -2.650161e-7, -1.5632212e-6, 1.0520034e-5, 1.8367533e-6, -2.708756e-6, 5.376559e-7],
    log_2: (1.0, 0.0),
    per_ln: (std::f32::consts::LOG2_E, 1.925963e-8),
    known: true,
    even: [-0.7213475, -0.3606838, -0.23879074],
    odd: [0.4808975, 0.28948286],
};

pub(super) const BASE_10_F32: Base<f32, 3, 2> = Base {
    logs: [0.0, 0.042755127, 0.09017944, 0.124938965, 0.16271973, 0.20413208, 0.22640991, 0.27468872],
    rest: [0.0, -3.1465322e-6, -2.8130103e-6, -2.2823545e-7, 7.5709352e-6, -1.2097422e-5, -1.3534743e-5, 1.2336239e-5],
    log_2: (0.3010254, 4.605039e-6),
    per_ln: (std::f32::consts::LOG10_E, -1.010305e-8),
    known: true,
    even: [-0.21714725, -0.108567975, -0.07377391],
    odd: [0.14476454, 0.08715232],
};

/// A positive number's cell.
pub(super) struct Cell<T: Format, S: Simd> {
    pub(super) k: Vector<T, S>,
    /// The number of the cell, below bits that do not matter.
    pub(super) index: Vector<T::Bits, S>,
    c: Vector<T, S>,
    pub(super) r: Vector<T, S>,
}

impl<T: Cells, S: Simd> Cell<T, S> {
    #[inline(always)]
    pub(super) fn of(x: Vector<T, S>) -> (Domain<S>, Self) {
        let (domain, bits, k) = Domain::split(x, T::ONE_LESS_LEAST);
        let m = (bits & splat!(x, T::MANTISSA_MASK)) + splat!(x, T::LEAST);
        let index = bits.shr_uniform(T::MANTISSA - 3);
        let c = T::lookup(index, &T::FACTORS);
        let r = product_less_one(Vector::from_bits(m), c);
        (domain, Self { k, index, c, r })
    }

    /// The cell for a number with a tiny `rest` beside it, which becomes a part of `r`; and what is to be added to
    /// `ln(1 + r)` because `r` is rounded.
    #[inline(always)]
    fn with(self, rest: Vector<T, S>) -> (Self, Vector<T, S>) {
        let scaled = self.scaled(rest);
        self.with_scaled(scaled)
    }

    /// The same for any number: where the power is out of range, the rest does not count.
    #[inline(always)]
    fn with_any(self, rest: Vector<T, S>, domain: &Domain<S>) -> (Self, Vector<T, S>) {
        let scaled = self.scaled_any(rest, domain);
        self.with_scaled(scaled)
    }

    /// `rest 2^-k c`, but 0 where the power is out of range.
    #[inline(always)]
    pub(super) fn scaled_any(&self, rest: Vector<T, S>, domain: &Domain<S>) -> Vector<T, S> {
        let scaled = self.scaled(rest);
        if domain.any_rare { Vector::select(domain.usual, scaled, splat!(rest, T::ZERO)) } else { scaled }
    }

    /// `rest 2^-k c`.
    #[inline(always)]
    fn scaled(&self, rest: Vector<T, S>) -> Vector<T, S> {
        rest * scale(self.c, splat!(rest, T::SHIFTER) - self.k)
    }

    #[inline(always)]
    fn with_scaled(self, rest: Vector<T, S>) -> (Self, Vector<T, S>) {
        let sum = fast_two_sum(self.r, rest);
        // lo / (1 + r), to a few bits.
        (Self { r: sum.hi, ..self }, fma(-sum.lo, sum.hi, sum.lo))
    }

    /// The logarithm, with what is to be added to it, in two parts: the second some hundredths of the first.
    #[inline(always)]
    pub(super) fn log<const EVEN: usize, const ODD: usize>(
        &self,
        base: &Base<T, EVEN, ODD>,
        add: Option<Vector<T, S>>,
    ) -> Dd<T, S> {
        let Self { k, index, r, .. } = *self;
        let hi = fma(k, base.constant(k, base.log_2.0), T::lookup(index, &base.logs));
        // |hi| > |linear| or it is 0, so that what the sum loses is exact. (A sum rounded only once, from the product's
        // exact value, has finer last places: hi less that sum would be rounded.)
        let per_ln = splat!(r, base.per_ln.0);
        let (sum, mut lo) = if base.per_ln.0 == T::ONE {
            let sum = hi + r;
            (sum, (hi - sum) + r)
        } else if S::FMA {
            let sum = hi + r * per_ln;
            (sum, r.mul_add(per_ln, hi - sum))
        } else {
            let linear = two_prod(r, per_ln);
            let sum = hi + linear.hi;
            (sum, ((hi - sum) + linear.hi) + linear.lo)
        };
        if base.log_2.1 == T::ZERO {
            lo = lo + T::lookup(index, &base.rest);
        } else {
            lo = lo + fma(k, base.constant(k, base.log_2.1), T::lookup(index, &base.rest));
        }
        if base.per_ln.1 != T::ZERO {
            lo = fma(r, splat!(r, base.per_ln.1), lo);
        }
        if let Some(add) = add {
            lo = lo + add;
        }
        // Even and odd powers apart: two multiplications fewer than by Estrin, for a longer chain.
        let square = r * r;
        let q = fma(r, base.polynomial(square, &base.odd), base.polynomial(square, &base.even));
        Dd { hi: sum, lo: fma(square, q, lo) }
    }
}

impl<T: Format, const EVEN: usize, const ODD: usize> Base<T, EVEN, ODD> {
    #[inline(always)]
    fn constant<S: Simd>(&self, like: Vector<T, S>, value: T) -> Vector<T, S> {
        if self.known { splat!(like, value) } else { opaque!(like, value) }
    }

    /// A polynomial by Horner's scheme.
    #[inline(always)]
    fn polynomial<S: Simd, const N: usize>(&self, x: Vector<T, S>, coefficients: &[T; N]) -> Vector<T, S> {
        let mut value = self.constant(x, coefficients[N - 1]);
        for coefficient in coefficients[..N - 1].iter().rev() {
            value = fma(value, x, self.constant(x, *coefficient));
        }
        value
    }
}

/// The logarithm to a base.
#[inline(always)]
pub(super) fn log<T: Cells, S: Simd, const EVEN: usize, const ODD: usize>(
    x: Vector<T, S>,
    base: &Base<T, EVEN, ODD>,
) -> Vector<T, S> {
    let (domain, cell) = Cell::of(x);
    let log = cell.log(base, None);
    domain.finish(x, log.hi + log.lo)
}

/// The logarithm to base 2 in `f64`, to some 37 bits: `r` and what is exact stay in `f32` until they are added.
#[inline(always)]
pub(super) fn log2_wide<S: Simd>(x: Vector<f32, S>) -> (Domain<S>, Vector<f64, S>) {
    let (domain, Cell { k, index, r, .. }) = Cell::of(x);
    let (hi, rest) = (k + index.lookup8(&BASE_2_F32.logs), index.lookup8(&BASE_2_F32.rest));
    let (hi, rest, r) = (hi.cast::<f64>(), rest.cast::<f64>(), r.cast::<f64>());
    let p = horner!(r;
        1.4426950408890582, -0.7213475214549006, 0.48089834691096484, -0.3606715811580188, 0.2885381067533758,
        -0.24162337740518458, 0.20689357491419433);
    (domain, hi + fma(r, p, rest))
}

/// The natural logarithm of a positive number, in two parts: the second some hundredths of the first.
#[inline(always)]
pub(super) fn extended_ln<T: Cells, S: Simd>(x: Vector<T, S>) -> Dd<T, S> {
    let (_, cell) = Cell::of(x);
    T::ln(&cell, splat!(x, T::ZERO))
}

/// The natural logarithm of a sum of positive numbers, the second at most half a unit of the first, in two parts as
/// above; relatively accurate also near 1.
#[inline(always)]
pub(super) fn extended_ln_sum<T: Cells, S: Simd>(x: Dd<T, S>) -> Dd<T, S> {
    let (domain, cell) = Cell::of(x.hi);
    let (cell, beside) = cell.with_any(x.lo, &domain);
    T::ln(&cell, beside)
}

/// The natural logarithm of a positive number to some 64 bits after the point, in two parts: the second some thousandths
/// of the first.
#[inline(always)]
pub(super) fn fine_ln<S: Simd>(x: Vector<f64, S>) -> Dd<f64, S> {
    Cell::of(x).1.fine_ln()
}

impl<S: Simd> Cell<f64, S> {
    #[inline(always)]
    fn fine_ln(&self) -> Dd<f64, S> {
        let Self { k, index, r, .. } = *self;
        let base = &NATURAL_F64;
        let hi = fma(k, splat!(k, base.log_2.0), index.lookup8(&base.logs));
        let rest = fma(k, splat!(k, base.log_2.1), index.lookup8(&base.rest));
        let square = two_prod(r, r);
        let half = splat!(k, -0.5);
        let odd = horner!(square.hi;
            0.3333333333333365, 0.19999999999080345, 0.14285715226645773, 0.11110673689682464, 0.09185443000255296);
        let even = horner!(square.hi;
            -0.2500000000000044, -0.16666666665546384, -0.12500001040962044, -0.09999549924725354,
            -0.08425235932859562);
        // Each is larger than the next, or 0.
        let sum = fast_two_sum(hi, r);
        let all = fast_two_sum(sum.hi, square.hi * half);
        let lo = (sum.lo + all.lo) + fma(square.lo, half, rest);
        Dd { hi: all.hi, lo: fma(square.hi * r, fma(r, even, odd), lo) }
    }
}

/// The natural logarithm of a positive number to some 32 bits.
#[inline(always)]
pub(super) fn ln_short<S: Simd>(x: Vector<f64, S>) -> Vector<f64, S> {
    let (_, Cell { k, index, r, .. }) = Cell::of(x);
    let p = horner!(r;
        1.0000000002675127, -0.5000000008198406, 0.3333321013634322, -0.24999832209155093, 0.20084003073380777,
        -0.1675246049406441);
    let hi = fma(k, splat!(x, std::f64::consts::LN_2), index.lookup8(&NATURAL_F64.logs));
    fma(r, p, hi)
}

/// `ln(1 + x)`: what rounding `1 + x` loses is brought back.
#[inline(always)]
pub(super) fn ln_1p<T: Cells, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let sum = two_sum(splat!(x, T::ONE), x);
    let (domain, cell) = Cell::of(sum.hi);
    let (cell, beside) = cell.with_any(sum.lo, &domain);
    let ln = T::ln(&cell, beside);
    // The sign of zero, too.
    copy_sign(domain.finish(sum.hi, ln.hi + ln.lo), x)
}

/// `ln(2^exponent (x.hi + x.lo))`, relatively accurate also near 1; if `x.hi` is 1, `x.lo` may be as large as its half
/// unit. Without an exponent it is 0. Negative numbers and NaN give a positive NaN.
#[inline(always)]
pub(super) fn ln_sum<T: Cells, S: Simd>(x: Dd<T, S>, exponent: Option<Vector<T, S>>) -> Vector<T, S> {
    let (domain, cell) = Cell::of(x.hi);
    let (mut cell, beside) = cell.with_any(x.lo, &domain);
    if let Some(exponent) = exponent {
        cell.k = cell.k + exponent;
    }
    let ln = T::ln(&cell, beside);
    domain.finish_sum(x.hi, ln.hi + ln.lo)
}

/// `term + ln(x.hi + x.lo)`, rounded once in effect, for `x.hi` from 1 to 2 and a `term` that is not negative.
#[inline(always)]
pub(super) fn plus_ln_sum<T: Cells, S: Simd>(term: Vector<T, S>, x: Dd<T, S>) -> Vector<T, S> {
    let (_, cell) = Cell::of(x.hi);
    let (cell, beside) = cell.with(x.lo);
    let ln = T::ln(&cell, beside);
    let sum = two_sum(term, ln.hi);
    sum.hi + (sum.lo + ln.lo)
}

/// `m c - 1`, which is representable, as is the product of `c` and half of the bits of `m`.
#[inline(always)]
fn product_less_one<T: Format, S: Simd>(m: Vector<T, S>, c: Vector<T, S>) -> Vector<T, S> {
    let one = splat!(m, T::ONE);
    if S::FMA {
        return m.mul_add(c, -one);
    }
    let hi = Vector::from_bits(m.to_bits() & splat!(m, T::LOW_HALF.1));
    (hi * c - one) + (m - hi) * c
}
