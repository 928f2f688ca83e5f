//! Powers, and the greatest divisor and the least multiple of two integers.

use ufunc_macros::vectorize;

use super::power;

loops! { unsigned: T(T, T);
    of power fn unsigned<T>(x: T, y: T) -> T {
        let mut result: T = 1;
        let (mut factor, mut rest) = (x, y);
        while rest != 0 {
            if rest & 1 == 1 {
                result = result.wrapping_mul(factor);
            }
            factor = factor.wrapping_mul(factor);
            rest >>= 1;
        }
        result
    }
}

loops! { signed: T(T, T);
    of power fn signed<T>(x: T, y: T) -> T {
        assert!(y >= 0, "{x} to the power {y}: the result is no integer");
        let mut result: T = 1;
        let (mut factor, mut rest) = (x, y);
        while rest != 0 {
            if rest & 1 == 1 {
                result = result.wrapping_mul(factor);
            }
            factor = factor.wrapping_mul(factor);
            rest >>= 1;
        }
        result
    }
}

/// `x` to the power `y` in `f64`; see [`math::pow`](crate::math::pow).
#[vectorize(crate = crate)]
pub fn float_power(x: f64, y: f64) -> f64 {
    x.powf(y)
}

loops! { unsigned: T(T, T);
    /// The greatest common divisor, never negative but where it wraps; 0 of two zeros.
    pub fn gcd<T>(x: T, y: T) -> T [identity = 0] {
        let (mut a, mut b) = (x, y);
        while b != 0 {
            let rest = a % b;
            a = b;
            b = rest;
        }
        a
    }
    /// The least common multiple, never negative but where it wraps; 0 if an operand is.
    pub fn lcm<T>(x: T, y: T) -> T {
        let divisor = gcd(x, y);
        (x / divisor.max(1)).wrapping_mul(y)
    }
}

loops! { signed: T(T, T);
    of gcd fn signed<T>(x: T, y: T) -> T [identity = 0] {
        gcd(x.unsigned_abs(), y.unsigned_abs()) as T
    }
    of lcm fn signed<T>(x: T, y: T) -> T {
        lcm(x.unsigned_abs(), y.unsigned_abs()) as T
    }
}

loops! { floats: T(T, T);
    /// `ln(e^x + e^y)`, which does not overflow; within 3 ulp of the largest of `x`, `y` and the result.
    pub fn logaddexp<T>(x: T, y: T) -> T [identity = T::NEG_INFINITY] {
        let (larger, distance) = if x > y { (x, y - x) } else { (y, x - y) };
        let above = distance.exp().ln_1p();
        // Two equal infinities have no distance.
        if x == y { x + std::f64::consts::LN_2 as T } else if distance.is_nan() { distance } else { larger + above }
    }
    /// `log2(2^x + 2^y)`, which does not overflow; within 3 ulp of the largest of `x`, `y` and the result.
    pub fn logaddexp2<T>(x: T, y: T) -> T [identity = T::NEG_INFINITY] {
        let (larger, distance) = if x > y { (x, y - x) } else { (y, x - y) };
        let above = distance.exp2().ln_1p() * std::f64::consts::LOG2_E as T;
        if x == y { x + 1.0 } else if distance.is_nan() { distance } else { larger + above }
    }
}
