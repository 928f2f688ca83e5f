//! Bits of integers and bools.

use ufunc_macros::vectorize;

loops! { bits: T(T, T);
    /// `x & y`.
    pub fn bitwise_and<T>(x: T, y: T) -> T [identity = !0] {
        x & y
    }
    /// `x | y`.
    pub fn bitwise_or<T>(x: T, y: T) -> T [identity = 0] {
        x | y
    }
    /// `x ^ y`.
    pub fn bitwise_xor<T>(x: T, y: T) -> T [identity = 0] {
        x ^ y
    }
}

loops! { bits: T(T);
    /// All bits the other way; of a bool its negation.
    #[doc(alias = "bitwise_not")]
    #[doc(alias = "bitwise_invert")]
    pub fn invert<T>(x: T) -> T {
        !x
    }
}

loops! { signed: T(T, T);
    /// `x << y`; 0 where `y` is negative, or not below the type's bits.
    #[doc(alias = "bitwise_left_shift")]
    pub fn left_shift<T>(x: T, y: T) -> T {
        let bits = T::BITS as T;
        let shifted = x << (y & (bits - 1));
        if y >= 0 && y < bits { shifted } else { 0 }
    }
    /// `x >> y`; where `y` is negative or not below the type's bits, what is left of `x` after all bits: 0, or -1 of a
    /// negative number.
    #[doc(alias = "bitwise_right_shift")]
    pub fn right_shift<T>(x: T, y: T) -> T {
        let last = T::BITS as T - 1;
        x >> if y >= 0 && y < last { y } else { last }
    }
}

loops! { unsigned: T(T, T);
    of left_shift fn unsigned<T>(x: T, y: T) -> T {
        let bits = T::BITS as T;
        let shifted = x << (y & (bits - 1));
        if y < bits { shifted } else { 0 }
    }
    of right_shift fn unsigned<T>(x: T, y: T) -> T {
        let bits = T::BITS as T;
        let shifted = x >> (y & (bits - 1));
        if y < bits { shifted } else { 0 }
    }
}

loops! { signed: u8(T);
    /// The number of ones in the magnitude.
    pub fn bitwise_count<T>(x: T) -> u8 {
        x.unsigned_abs().count_ones() as u8
    }
}

loops! { unsigned: u8(T);
    of bitwise_count fn unsigned<T>(x: T) -> u8 {
        x.count_ones() as u8
    }
}
