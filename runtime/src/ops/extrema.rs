//! The larger and the smaller of numbers: `maximum` and `minimum` propagate NaN, `fmax` and `fmin` do not.

use ufunc_macros::vectorize;

use super::{fmax, fmin};

// A NaN is found by `x == x`: `is_nan` is its negation, and on AVX-512 LLVM keeps a `not` of a mask that takes two registers.

loops! { floats: T(T, T);
    #[allow(clippy::eq_op, reason = "see above")]
    /// The larger number; NaN where an operand is. Of equal ones `y`.
    pub fn maximum<T>(x: T, y: T) -> T [reorderable] {
        let larger = if x > y { x } else { y };
        if x == x { larger } else { x }
    }
    #[allow(clippy::eq_op, reason = "see above")]
    /// The smaller number; NaN where an operand is. Of equal ones `y`.
    pub fn minimum<T>(x: T, y: T) -> T [reorderable] {
        let smaller = if x < y { x } else { y };
        if x == x { smaller } else { x }
    }
}

loops! { integers: T(T, T);
    of maximum fn integers<T>(x: T, y: T) -> T [reorderable] {
        x.max(y)
    }
    of minimum fn integers<T>(x: T, y: T) -> T [reorderable] {
        x.min(y)
    }
    of fmax fn integers<T>(x: T, y: T) -> T [reorderable] {
        x.max(y)
    }
    of fmin fn integers<T>(x: T, y: T) -> T [reorderable] {
        x.min(y)
    }
}

loops! { bools: T(T, T);
    of maximum fn bools<T>(x: T, y: T) -> T [reorderable] {
        x | y
    }
    of minimum fn bools<T>(x: T, y: T) -> T [reorderable] {
        x & y
    }
    of fmax fn bools<T>(x: T, y: T) -> T [reorderable] {
        x | y
    }
    of fmin fn bools<T>(x: T, y: T) -> T [reorderable] {
        x & y
    }
}

loops! { floats: T(T, T, T);
    /// `minimum(maximum(x, low), high)`: `high` where the limits are in the wrong order, NaN where an operand is.
    pub fn clip<T>(x: T, low: T, high: T) -> T {
        minimum(maximum(x, low), high)
    }
}

loops! { integers: T(T, T, T);
    of clip fn integers<T>(x: T, low: T, high: T) -> T {
        x.max(low).min(high)
    }
}

loops! { bools: T(T, T, T);
    of clip fn bools<T>(x: T, low: T, high: T) -> T {
        (x | low) & high
    }
}
