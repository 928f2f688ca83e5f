//! The larger and the smaller of numbers: `maximum` and `minimum` propagate NaN, `fmax` and `fmin` do not.

use ufunc_macros::vectorize;

use super::{fmax, fmin};

loops! { floats: T(T, T);
    /// The larger number; NaN where an operand is. Of equal ones `y`.
    pub fn maximum<T>(x: T, y: T) -> T [reorderable] {
        if x > y || x.is_nan() { x } else { y }
    }
    /// The smaller number; NaN where an operand is. Of equal ones `y`.
    pub fn minimum<T>(x: T, y: T) -> T [reorderable] {
        if x < y || x.is_nan() { x } else { y }
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
