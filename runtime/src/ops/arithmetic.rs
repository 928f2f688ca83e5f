//! Sums, products and signs. Integers wrap; sums and products of bools are "or" and "and".

use ufunc_macros::vectorize;

loops! { integers: T(T, T);
    /// `x + y`; "or" of bools.
    pub fn add<T>(x: T, y: T) -> T [identity = 0] {
        x.wrapping_add(y)
    }
    /// `x - y`; bools have none, see [`logical_xor`](fn@super::logical_xor).
    pub fn subtract<T>(x: T, y: T) -> T {
        x.wrapping_sub(y)
    }
    /// `x * y`; "and" of bools.
    pub fn multiply<T>(x: T, y: T) -> T [identity = 1] {
        x.wrapping_mul(y)
    }
}

loops! { floats: T(T, T);
    of add fn floats<T>(x: T, y: T) -> T [identity = 0] {
        x + y
    }
    of subtract fn floats<T>(x: T, y: T) -> T {
        x - y
    }
    of multiply fn floats<T>(x: T, y: T) -> T [identity = 1] {
        x * y
    }
}

loops! { bools: T(T, T);
    of add fn bools<T>(x: T, y: T) -> T [identity = 0] {
        x | y
    }
    of multiply fn bools<T>(x: T, y: T) -> T [identity = 1] {
        x & y
    }
}

loops! { integers: T(T);
    /// `-x`, which wraps for unsigned integers, too.
    pub fn negative<T>(x: T) -> T {
        x.wrapping_neg()
    }
    /// `x * x`.
    pub fn square<T>(x: T) -> T {
        x.wrapping_mul(x)
    }
}

loops! { floats: T(T);
    of negative fn floats<T>(x: T) -> T {
        -x
    }
    of square fn floats<T>(x: T) -> T {
        x * x
    }
}

loops! { numbers: T(T);
    /// `x` itself.
    pub fn positive<T>(x: T) -> T {
        x
    }
    /// The complex conjugate: real numbers are their own.
    pub fn conjugate<T>(x: T) -> T {
        x
    }
}

loops! { signed: T(T);
    /// The magnitude; the lowest integer is its own.
    pub fn absolute<T>(x: T) -> T {
        x.wrapping_abs()
    }
    /// -1, 0 or 1; of a zero 0 without a sign, of NaN NaN.
    pub fn sign<T>(x: T) -> T {
        x.signum()
    }
}

loops! { unsigned: T(T);
    of absolute fn unsigned<T>(x: T) -> T {
        x
    }
    of sign fn unsigned<T>(x: T) -> T {
        x.min(1)
    }
}

loops! { floats: T(T);
    of absolute fn floats<T>(x: T) -> T {
        x.abs()
    }
    of sign fn floats<T>(x: T) -> T {
        let sign = if x < 0.0 { -1.0 } else { 0.0 };
        if x > 0.0 { 1.0 } else if x.is_nan() { x } else { sign }
    }
}

loops! { bools: T(T);
    of absolute fn bools<T>(x: T) -> T {
        x
    }
}
