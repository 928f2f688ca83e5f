//! Truth: what is not zero is true, NaN too.

use ufunc_macros::vectorize;

loops! { numbers: bool(T, T);
    /// Whether both are true.
    pub fn logical_and<T>(x: T, y: T) -> bool [identity = true] {
        (x != 0 as T) & (y != 0 as T)
    }
    /// Whether one is true, or both.
    pub fn logical_or<T>(x: T, y: T) -> bool [identity = false] {
        (x != 0 as T) | (y != 0 as T)
    }
    /// Whether one is true and the other is not.
    pub fn logical_xor<T>(x: T, y: T) -> bool [identity = false] {
        (x != 0 as T) ^ (y != 0 as T)
    }
}

loops! { bools: T(T, T);
    of logical_and fn bools<T>(x: T, y: T) -> bool [identity = true] {
        x & y
    }
    of logical_or fn bools<T>(x: T, y: T) -> bool [identity = false] {
        x | y
    }
    of logical_xor fn bools<T>(x: T, y: T) -> bool [identity = false] {
        x ^ y
    }
}

loops! { numbers: bool(T);
    /// Whether `x` is zero, or `false`.
    pub fn logical_not<T>(x: T) -> bool {
        x == 0 as T
    }
}

loops! { bools: T(T);
    of logical_not fn bools<T>(x: T) -> bool {
        !x
    }
}
