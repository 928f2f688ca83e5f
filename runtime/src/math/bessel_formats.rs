//! What the Bessel functions and the formats differ in.

use super::bessel_tables as tables;
use super::cells::Cells;
use super::reduce::Angle;
use super::rsqrt::Reciprocal;

/// One of the functions.
pub(super) struct Bessel<T: 'static> {
    /// Up to here by pieces, from here on an amplitude times a sine.
    pub(super) end: T,
    /// `y = offset + scale x`, and the bits of its mantissa that are the piece's number.
    pub(super) piece: [T; 2],
    pub(super) bits: u32,
    pub(super) table: &'static [[T; 8]],
    /// The phase beside `x - π/4`: what is divided by `x`, and what is divided by `x³`, in powers of `1 / x²`.
    pub(super) first: T,
    pub(super) phase: &'static [T],
    /// The amplitude times the root of `x`: 1's factor in two parts, then those of `1 / x²` and so on.
    pub(super) amplitude: &'static [T],
    /// The quadrants beside the phase.
    pub(super) turn: u8,
}

/// A format with Bessel functions.
pub(super) trait Order: Angle + Cells + Reciprocal {
    /// The numbers of quadrants.
    const TURNS: [Self::Bits; 4];
    /// Below this, functions of the second kind are computed with a logarithm.
    const LOG_END: Self;
    /// 2/π in two parts, and its reciprocal.
    const TWO_PER_PI: (Self, Self);
    const FRAC_PI_2: Self;
    /// `2/π (γ - ln 2)`.
    const Y0_CONSTANT: Self;
    /// The coefficient of `x²` in `j0`.
    const MINUS_QUARTER: Self;
    /// What is subtracted from the logarithm in `y1`, and what from the argument of its other part.
    const Y1_SHIFT: Self;
    const Y1_CENTRE: Self;

    fn j0() -> &'static Bessel<Self>;
    fn j1() -> &'static Bessel<Self>;
    fn y0() -> &'static Bessel<Self>;
    fn y1() -> &'static Bessel<Self>;
    /// `(sin a - a) / a³` and `(cos a - 1 + a² / 2) / a⁴`, in powers of `a²`.
    fn circle() -> (&'static [Self], &'static [Self]);
    /// `y0` below [`LOG_END`](Self::LOG_END): the part without a logarithm, as a piece is about the zero; `j0` from `x⁴` on,
    /// in powers of `x²`; and the zero's reciprocal in two parts.
    fn y0_near() -> [&'static [Self]; 3];
    /// `y1` below [`LOG_END`](Self::LOG_END): the part without a logarithm, in powers of the argument less
    /// [`Y1_CENTRE`](Self::Y1_CENTRE); and `2/π j1(x) / x` in powers of `x²`, the constant in two parts.
    fn y1_near() -> [&'static [Self]; 2];
}

impl Order for f64 {
    const TURNS: [u64; 4] = [0, 1, 2, 3];
    const LOG_END: f64 = 1.5505;
    const TWO_PER_PI: (f64, f64) = (std::f64::consts::FRAC_2_PI, -3.935735335036497e-17);
    const MINUS_QUARTER: f64 = -0.25;
    const Y1_SHIFT: f64 = 0.40625;
    const Y1_CENTRE: f64 = 1.5;
    const FRAC_PI_2: f64 = std::f64::consts::FRAC_PI_2;
    const Y0_CONSTANT: f64 = -0.07380429510868723;

    #[inline(always)]
    fn j0() -> &'static Bessel<f64> {
        &Bessel {
            end: 12.56,
            piece: [1.0, 0.07957747154594767],
            bits: 3,
            table: &tables::J0_F64,
            first: -0.125,
            phase: &tables::PHASE0_F64,
            amplitude: &tables::AMPLITUDE0_F64,
            turn: 1,
        }
    }

    #[inline(always)]
    fn j1() -> &'static Bessel<f64> {
        &Bessel {
            end: 12.29,
            piece: [1.021549286990268, 0.07957747154594767],
            bits: 3,
            table: &tables::J1_F64,
            first: 0.375,
            phase: &tables::PHASE1_F64,
            amplitude: &tables::AMPLITUDE1_F64,
            turn: 0,
        }
    }

    #[inline(always)]
    fn y0() -> &'static Bessel<f64> {
        &Bessel {
            end: 10.96,
            piece: [0.5063694267515924, 0.3184713375796178],
            bits: 2,
            table: &tables::Y0_F64,
            first: -0.125,
            phase: &tables::PHASE0_F64,
            amplitude: &tables::AMPLITUDE0_F64,
            turn: 0,
        }
    }

    #[inline(always)]
    fn y1() -> &'static Bessel<f64> {
        &Bessel {
            end: 10.96,
            piece: [0.5063694267515924, 0.3184713375796178],
            bits: 2,
            table: &tables::Y1_F64,
            first: 0.375,
            phase: &tables::PHASE1_F64,
            amplitude: &tables::AMPLITUDE1_F64,
            turn: 3,
        }
    }

    #[inline(always)]
    fn circle() -> (&'static [f64], &'static [f64]) {
        (&tables::SINE_F64, &tables::COSINE_F64)
    }

    #[inline(always)]
    fn y0_near() -> [&'static [f64]; 3] {
        [&tables::Y0_SMOOTH_F64, &tables::Y0_FACTOR_F64, &tables::Y0_PER_ZERO_F64]
    }

    #[inline(always)]
    fn y1_near() -> [&'static [f64]; 2] {
        [&tables::Y1_SMOOTH_F64, &tables::Y1_FACTOR_F64]
    }
}

impl Order for f32 {
    const TURNS: [u32; 4] = [0, 1, 2, 3];
    const LOG_END: f32 = 1.5505;
    const TWO_PER_PI: (f32, f32) = (std::f32::consts::FRAC_2_PI, 2.5682553e-08);
    const MINUS_QUARTER: f32 = -0.25;
    const Y1_SHIFT: f32 = 0.40625;
    const Y1_CENTRE: f32 = 1.5;
    const FRAC_PI_2: f32 = std::f32::consts::FRAC_PI_2;
    const Y0_CONSTANT: f32 = -0.0738043;

    #[inline(always)]
    fn j0() -> &'static Bessel<f32> {
        &Bessel {
            end: 12.56,
            piece: [1.0, 0.07957747],
            bits: 3,
            table: &tables::J0_F32,
            first: -0.125,
            phase: &tables::PHASE0_F32,
            amplitude: &tables::AMPLITUDE0_F32,
            turn: 1,
        }
    }

    #[inline(always)]
    fn j1() -> &'static Bessel<f32> {
        &Bessel {
            end: 12.29,
            piece: [1.0215493, 0.07957747],
            bits: 3,
            table: &tables::J1_F32,
            first: 0.375,
            phase: &tables::PHASE1_F32,
            amplitude: &tables::AMPLITUDE1_F32,
            turn: 0,
        }
    }

    #[inline(always)]
    fn y0() -> &'static Bessel<f32> {
        &Bessel {
            end: 10.96,
            piece: [0.5063694, 0.31847134],
            bits: 2,
            table: &tables::Y0_F32,
            first: -0.125,
            phase: &tables::PHASE0_F32,
            amplitude: &tables::AMPLITUDE0_F32,
            turn: 0,
        }
    }

    #[inline(always)]
    fn y1() -> &'static Bessel<f32> {
        &Bessel {
            end: 10.96,
            piece: [0.5063694, 0.31847134],
            bits: 2,
            table: &tables::Y1_F32,
            first: 0.375,
            phase: &tables::PHASE1_F32,
            amplitude: &tables::AMPLITUDE1_F32,
            turn: 3,
        }
    }

    #[inline(always)]
    fn circle() -> (&'static [f32], &'static [f32]) {
        (&tables::SINE_F32, &tables::COSINE_F32)
    }

    #[inline(always)]
    fn y0_near() -> [&'static [f32]; 3] {
        [&tables::Y0_SMOOTH_F32, &tables::Y0_FACTOR_F32, &tables::Y0_PER_ZERO_F32]
    }

    #[inline(always)]
    fn y1_near() -> [&'static [f32]; 2] {
        [&tables::Y1_SMOOTH_F32, &tables::Y1_FACTOR_F32]
    }
}
