//! Comparisons, to `bool`; `false` is below `true`, and NaN is neither below, above nor equal to anything.

use ufunc_macros::vectorize;

loops! { numbers: bool(T, T);
    /// `x > y`.
    pub fn greater<T>(x: T, y: T) -> bool {
        x > y
    }
    /// `x >= y`.
    pub fn greater_equal<T>(x: T, y: T) -> bool {
        x >= y
    }
    /// `x < y`.
    pub fn less<T>(x: T, y: T) -> bool {
        x < y
    }
    /// `x <= y`.
    pub fn less_equal<T>(x: T, y: T) -> bool {
        x <= y
    }
    /// `x == y`.
    pub fn equal<T>(x: T, y: T) -> bool {
        x == y
    }
    /// `x != y`.
    pub fn not_equal<T>(x: T, y: T) -> bool {
        x != y
    }
}

loops! { bools: T(T, T);
    of greater fn bools<T>(x: T, y: T) -> bool {
        x & !y
    }
    of greater_equal fn bools<T>(x: T, y: T) -> bool {
        x | !y
    }
    of less fn bools<T>(x: T, y: T) -> bool {
        !x & y
    }
    of less_equal fn bools<T>(x: T, y: T) -> bool {
        !x | y
    }
    of equal fn bools<T>(x: T, y: T) -> bool {
        !(x ^ y)
    }
    of not_equal fn bools<T>(x: T, y: T) -> bool {
        x ^ y
    }
}
