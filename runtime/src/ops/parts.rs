//! Floats taken apart and put together; what kind they are of; their neighbours.

use ufunc_macros::vectorize;

use super::{isfinite, isinf, isnan};
use crate::math::MathExt;

/// A mantissa from 1/2 to 1 and an exponent; see [`math::exponent`](crate::math::exponent).
#[vectorize((f32, i32)(f32), (f64, i32)(f64), crate = crate)]
pub fn frexp<T>(x: T) -> (T, i32) {
    x.frexp()
}

/// `x * 2^n`, rounded once; see [`math::exponent`](crate::math::exponent).
#[vectorize(f32(f32, i32), f64(f64, i32), crate = crate)]
pub fn ldexp<T, U>(x: T, n: U) -> T {
    x.ldexp(n)
}

// Far less than what makes every number 0 or an infinity fits 32 bits.
#[vectorize(f32(f32, i64), f64(f64, i64), of = ldexp, crate = crate)]
fn ldexp_of_long_exponents<T, U>(x: T, n: U) -> T {
    x.ldexp(n.max(-10_000).min(10_000) as i32)
}

loops! { floats: (T, T)(T);
    /// The fraction and the integer part, both with the sign of `x`; the fraction of an infinity is 0.
    pub fn modf<T>(x: T) -> (T, T) {
        let fraction = if x.is_infinite() { 0.0 } else { x - x.trunc() };
        (fraction.copysign(x), x.trunc())
    }
}

loops! { floats: T(T);
    /// The distance to the next number away from 0, negative where `x` is; NaN of infinities.
    pub fn spacing<T>(x: T) -> T {
        let size = x.abs();
        let gap = T::from_bits(size.to_bits() + 1) - size;
        if x < 0.0 { -gap } else { gap }
    }
}

loops! { floats: T(T, T);
    /// Heaviside's step: 0 below 0, 1 above, `y` at 0; NaN of NaN.
    pub fn heaviside<T>(x: T, y: T) -> T {
        let step = if x < 0.0 { 0.0 } else { y };
        if x > 0.0 { 1.0 } else if x.is_nan() { x } else { step }
    }
}

loops! { bits: bool(T);
    of isnan fn bits<T>(_x: T) -> bool {
        false
    }
    of isinf fn bits<T>(_x: T) -> bool {
        false
    }
    of isfinite fn bits<T>(_x: T) -> bool {
        true
    }
}
