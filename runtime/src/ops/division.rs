//! Division, in the ways it rounds. Integers divided by zero give 0, and the lowest one by -1 wraps: nothing panics.

use ufunc_macros::vectorize;

use super::reciprocal;

loops! { floats: T(T, T);
    /// `x / y`, an `f64` for integers.
    #[doc(alias = "true_divide")]
    pub fn divide<T, U>(x: T, y: T) -> U {
        x / y
    }
}

loops! { integers: f64(T, T);
    of divide fn integers<T, U>(x: T, y: T) -> U {
        x as U / y as U
    }
}

// One division for all elements: those without a quotient are divided by 1.
loops! { signed: T(T, T);
    /// The quotient, rounded down; of integers by zero 0.
    pub fn floor_divide<T>(x: T, y: T) -> T {
        let divisor = if y == 0 || y == -1 { 1 } else { y };
        let quotient = x / divisor;
        let down = (x ^ y) < 0 && quotient * divisor != x;
        let rounded = if down { quotient - 1 } else { quotient };
        if y == 0 { 0 } else if y == -1 { x.wrapping_neg() } else { rounded }
    }
    /// The remainder of [`floor_divide`](fn@floor_divide), with the sign of `y`; of integers by zero 0.
    #[doc(alias = "mod")]
    pub fn remainder<T>(x: T, y: T) -> T {
        let rest = x % if y == 0 || y == -1 { 1 } else { y };
        if rest != 0 && (rest ^ y) < 0 { rest + y } else { rest }
    }
    /// The remainder of the division that rounds to zero, with the sign of `x`; exact. Of integers by zero 0.
    pub fn fmod<T>(x: T, y: T) -> T {
        x % if y == 0 || y == -1 { 1 } else { y }
    }
}

loops! { unsigned: T(T, T);
    of floor_divide fn unsigned<T>(x: T, y: T) -> T {
        let quotient = x / if y == 0 { 1 } else { y };
        if y == 0 { 0 } else { quotient }
    }
    of remainder fn unsigned<T>(x: T, y: T) -> T {
        x % if y == 0 { 1 } else { y }
    }
    of fmod fn unsigned<T>(x: T, y: T) -> T {
        x % if y == 0 { 1 } else { y }
    }
}

loops! { integers: (T, T)(T, T);
    /// [`floor_divide`](fn@floor_divide) and [`remainder`](fn@remainder) at once.
    pub fn divmod<T>(x: T, y: T) -> (T, T) {
        let quotient = floor_divide(x, y);
        (quotient, if y == 0 { 0 } else { x.wrapping_sub(quotient.wrapping_mul(y)) })
    }
}

loops! { floats: (T, T)(T, T);
    of divmod fn floats<T>(x: T, y: T) -> (T, T) {
        // The remainder that truncation leaves is exact, so that `x - rest` is a multiple of `y` but for one rounding.
        let rest = x % y;
        let other_sign = rest != 0.0 && ((rest < 0.0) ^ (y < 0.0));
        let quotient = (x - rest) / y - if other_sign { 1.0 } else { 0.0 };
        let nearest = if quotient - quotient.floor() > 0.5 { quotient.floor() + 1.0 } else { quotient.floor() };
        let zero: T = 0.0;
        let modulus = if rest == 0.0 { zero.copysign(y) } else if other_sign { rest + y } else { rest };
        let floored = if quotient == 0.0 { zero.copysign(x / y) } else { nearest };
        (if y == 0.0 { x / y } else { floored }, if y == 0.0 { rest } else { modulus })
    }
}

loops! { floats: T(T, T);
    of floor_divide fn floats<T>(x: T, y: T) -> T {
        divmod(x, y).0
    }
    of remainder fn floats<T>(x: T, y: T) -> T {
        divmod(x, y).1
    }
    of fmod fn floats<T>(x: T, y: T) -> T {
        x % y
    }
}

// Only 1 and -1 have a reciprocal that is not 0.
loops! { signed: T(T);
    of reciprocal fn signed<T>(x: T) -> T {
        if x == 1 || x == -1 { x } else { 0 }
    }
}

loops! { unsigned: T(T);
    of reciprocal fn unsigned<T>(x: T) -> T {
        if x == 1 { 1 } else { 0 }
    }
}
