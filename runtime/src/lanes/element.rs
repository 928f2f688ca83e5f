//! The element types: each maps itself to its registers on every level and forwards its operations
//! there. Kernels and the math library are written against [`Vector`](super::Vector), not these.

use super::simd::{FloatLanes, IntLanes, Lanes, Registers, Simd};

mod sealed {
    pub trait Sealed {}
}
use sealed::Sealed;

/// A type that arrays and lanes hold: `f32`, `f64`, `i8` to `i64`, `u8` to `u64`, `isize`, `usize`, `bool`.
///
/// # Safety
/// Functions: the processor has the level's instructions.
#[allow(clippy::missing_safety_doc, missing_docs, reason = "forwarders; documented at the backend traits")]
pub trait Element: Copy + Default + PartialEq + Send + Sync + std::fmt::Debug + Sealed + 'static {
    /// The registers that hold one gang of this type.
    type Repr<S: Registers>: Copy;
    /// The type's name in Rust.
    const NAME: &'static str;

    unsafe fn splat<S: Simd>(value: Self) -> Self::Repr<S>;
    unsafe fn load<S: Simd>(from: *const Self) -> Self::Repr<S>;
    unsafe fn store<S: Simd>(to: *mut Self, a: Self::Repr<S>);
    unsafe fn load_masked<S: Simd>(from: *const Self, mask: S::Mask) -> Self::Repr<S>;
    unsafe fn store_masked<S: Simd>(to: *mut Self, mask: S::Mask, a: Self::Repr<S>);
    unsafe fn store_blended<S: Simd>(to: *mut Self, mask: S::Mask, a: Self::Repr<S>);
    unsafe fn select<S: Simd>(mask: S::Mask, yes: Self::Repr<S>, no: Self::Repr<S>) -> Self::Repr<S>;
    unsafe fn eq<S: Simd>(a: Self::Repr<S>, b: Self::Repr<S>) -> S::Mask;
    unsafe fn lt<S: Simd>(a: Self::Repr<S>, b: Self::Repr<S>) -> S::Mask;
    unsafe fn le<S: Simd>(a: Self::Repr<S>, b: Self::Repr<S>) -> S::Mask;
    /// See [`Lanes::lowered`].
    #[inline(always)]
    unsafe fn lowered<S: Simd>(a: Self::Repr<S>, by: usize) -> Self::Repr<S> {
        let mut memory = [Self::default(); 2 * super::MAX_LANES];
        // SAFETY: the memory holds a gang from lane `by` on.
        unsafe {
            Self::store::<S>(memory.as_mut_ptr(), a);
            Self::load::<S>(memory.as_ptr().add(by))
        }
    }
    unsafe fn gather32<S: Simd>(base: *const Self, index: S::I32, mask: S::Mask) -> Self::Repr<S>;
    unsafe fn gather64<S: Simd>(base: *const Self, index: S::I64, mask: S::Mask) -> Self::Repr<S>;
    unsafe fn scatter64<S: Simd>(base: *mut Self, index: S::I64, mask: S::Mask, a: Self::Repr<S>);

    /// `if a < b { a } else { b }`.
    #[inline(always)]
    unsafe fn lesser<S: Simd>(a: Self::Repr<S>, b: Self::Repr<S>) -> Self::Repr<S> {
        // SAFETY: the same contract.
        unsafe { Self::select::<S>(Self::lt::<S>(a, b), a, b) }
    }

    /// `if a > b { a } else { b }`.
    #[inline(always)]
    unsafe fn greater<S: Simd>(a: Self::Repr<S>, b: Self::Repr<S>) -> Self::Repr<S> {
        // SAFETY: the same contract.
        unsafe { Self::select::<S>(Self::lt::<S>(b, a), a, b) }
    }

    /// `if a <= b { a } else { b }`.
    #[inline(always)]
    unsafe fn lesser_or_equal<S: Simd>(a: Self::Repr<S>, b: Self::Repr<S>) -> Self::Repr<S> {
        // SAFETY: the same contract.
        unsafe { Self::select::<S>(Self::le::<S>(a, b), a, b) }
    }

    /// `if a >= b { a } else { b }`.
    #[inline(always)]
    unsafe fn greater_or_equal<S: Simd>(a: Self::Repr<S>, b: Self::Repr<S>) -> Self::Repr<S> {
        // SAFETY: the same contract.
        unsafe { Self::select::<S>(Self::le::<S>(b, a), a, b) }
    }
}

/// An [`Element`] with arithmetic: all but `bool`.
///
/// # Safety
/// As for [`Element`].
#[allow(clippy::missing_safety_doc, missing_docs, reason = "forwarders; documented at the backend traits")]
pub trait Number: Element + PartialOrd {
    const ZERO: Self;
    const ONE: Self;

    unsafe fn add<S: Simd>(a: Self::Repr<S>, b: Self::Repr<S>) -> Self::Repr<S>;
    unsafe fn sub<S: Simd>(a: Self::Repr<S>, b: Self::Repr<S>) -> Self::Repr<S>;
    unsafe fn mul<S: Simd>(a: Self::Repr<S>, b: Self::Repr<S>) -> Self::Repr<S>;
    unsafe fn min<S: Simd>(a: Self::Repr<S>, b: Self::Repr<S>) -> Self::Repr<S>;
    unsafe fn max<S: Simd>(a: Self::Repr<S>, b: Self::Repr<S>) -> Self::Repr<S>;
    unsafe fn neg<S: Simd>(a: Self::Repr<S>) -> Self::Repr<S>;
}

/// `f32` or `f64`.
///
/// # Safety
/// As for [`Element`].
#[allow(clippy::missing_safety_doc, missing_docs, reason = "forwarders; documented at the backend traits")]
pub trait Float: Number {
    /// The unsigned integer of the same width.
    type Bits: Int;

    unsafe fn div<S: Simd>(a: Self::Repr<S>, b: Self::Repr<S>) -> Self::Repr<S>;
    unsafe fn sqrt<S: Simd>(a: Self::Repr<S>) -> Self::Repr<S>;
    unsafe fn sqrt_usual<S: Simd>(a: Self::Repr<S>) -> Self::Repr<S>;
    unsafe fn mul_add<S: Simd>(a: Self::Repr<S>, b: Self::Repr<S>, c: Self::Repr<S>) -> Self::Repr<S>;
    unsafe fn abs<S: Simd>(a: Self::Repr<S>) -> Self::Repr<S>;
    unsafe fn floor<S: Simd>(a: Self::Repr<S>) -> Self::Repr<S>;
    unsafe fn ceil<S: Simd>(a: Self::Repr<S>) -> Self::Repr<S>;
    unsafe fn trunc<S: Simd>(a: Self::Repr<S>) -> Self::Repr<S>;
    unsafe fn round_ties_even<S: Simd>(a: Self::Repr<S>) -> Self::Repr<S>;
    unsafe fn to_bits<S: Simd>(a: Self::Repr<S>) -> <Self::Bits as Element>::Repr<S>;
    unsafe fn from_bits<S: Simd>(a: <Self::Bits as Element>::Repr<S>) -> Self::Repr<S>;
    unsafe fn any_beyond<S: Simd>(a: Self::Repr<S>, bound: Self) -> bool;
}

/// An [`Element`] with bitwise logic: the integers and `bool`.
///
/// # Safety
/// As for [`Element`].
#[allow(clippy::missing_safety_doc, missing_docs, reason = "forwarders; documented at the backend traits")]
pub trait Bitwise: Element {
    unsafe fn and<S: Simd>(a: Self::Repr<S>, b: Self::Repr<S>) -> Self::Repr<S>;
    unsafe fn or<S: Simd>(a: Self::Repr<S>, b: Self::Repr<S>) -> Self::Repr<S>;
    unsafe fn xor<S: Simd>(a: Self::Repr<S>, b: Self::Repr<S>) -> Self::Repr<S>;
    unsafe fn not<S: Simd>(a: Self::Repr<S>) -> Self::Repr<S>;
}

/// An integer type.
///
/// # Safety
/// As for [`Element`].
#[allow(clippy::missing_safety_doc, missing_docs, reason = "forwarders; documented at the backend traits")]
pub trait Int: Number + Bitwise + Eq + Ord {
    const BITS: u32;
    const SIGNED: bool;
    const MIN: Self;
    const MAX: Self;
    /// The unsigned integer of the same width.
    type Unsigned: Int;

    unsafe fn shl<S: Simd>(a: Self::Repr<S>, n: Self::Repr<S>) -> Self::Repr<S>;
    unsafe fn shr<S: Simd>(a: Self::Repr<S>, n: Self::Repr<S>) -> Self::Repr<S>;
    unsafe fn shl_uniform<S: Simd>(a: Self::Repr<S>, n: u32) -> Self::Repr<S>;
    unsafe fn shr_uniform<S: Simd>(a: Self::Repr<S>, n: u32) -> Self::Repr<S>;
}

/// Forwards functions of an element to its backend trait. `$lane` is the type the backend knows:
/// `u64` for `usize`, the type itself otherwise.
macro_rules! forward {
    ($bound:ident<$lane:ty>; $(fn $name:ident($($arg:ident: $ty:ty),*) -> $ret:ty;)*) => {$(
        #[inline(always)]
        unsafe fn $name<S: Simd>($($arg: $ty),*) -> $ret {
            // SAFETY: the caller's contract is the backend's.
            unsafe { <S as $bound<$lane>>::$name($($arg.lane()),*) }
        }
    )*};
}

/// An argument as the backend takes it: only `isize` and `usize` differ from their lane type.
trait Lane<U> {
    fn lane(self) -> U;
}

impl<U> Lane<U> for U {
    #[inline(always)]
    fn lane(self) -> U {
        self
    }
}

macro_rules! lane_as_64_bits {
    ($($size:ty => $lane:ty),*) => {$(
        impl Lane<$lane> for $size {
            #[inline(always)]
            fn lane(self) -> $lane {
                self as $lane
            }
        }
        impl Lane<*const $lane> for *const $size {
            #[inline(always)]
            fn lane(self) -> *const $lane {
                self.cast()
            }
        }
        impl Lane<*mut $lane> for *mut $size {
            #[inline(always)]
            fn lane(self) -> *mut $lane {
                self.cast()
            }
        }
    )*};
}
lane_as_64_bits!(isize => i64, usize => u64);

#[cfg(not(target_pointer_width = "64"))]
compile_error!("ufunc keeps isize and usize in 64-bit lanes and needs a 64-bit target");

macro_rules! number {
    ($t:ty, $lane:ty, $repr:ident; $($select:tt)*) => {
        impl Sealed for $t {}

        impl Element for $t {
            type Repr<S: Registers> = S::$repr;
            const NAME: &'static str = stringify!($t);

            forward! { Lanes<$lane>;
                fn splat(value: Self) -> S::$repr;
                fn load(from: *const Self) -> S::$repr;
                fn store(to: *mut Self, a: S::$repr) -> ();
                fn load_masked(from: *const Self, mask: S::Mask) -> S::$repr;
                fn store_masked(to: *mut Self, mask: S::Mask, a: S::$repr) -> ();
                fn store_blended(to: *mut Self, mask: S::Mask, a: S::$repr) -> ();
                fn select(mask: S::Mask, yes: S::$repr, no: S::$repr) -> S::$repr;
                fn eq(a: S::$repr, b: S::$repr) -> S::Mask;
                fn lt(a: S::$repr, b: S::$repr) -> S::Mask;
                fn le(a: S::$repr, b: S::$repr) -> S::Mask;
                fn lowered(a: S::$repr, by: usize) -> S::$repr;
                fn gather32(base: *const Self, index: S::I32, mask: S::Mask) -> S::$repr;
                fn gather64(base: *const Self, index: S::I64, mask: S::Mask) -> S::$repr;
                fn scatter64(base: *mut Self, index: S::I64, mask: S::Mask, a: S::$repr) -> ();
            }
            $($select)*
        }
    };
}

macro_rules! arithmetic {
    ($lane:ty, $repr:ident) => {
        forward! { Lanes<$lane>;
            fn add(a: S::$repr, b: S::$repr) -> S::$repr;
            fn sub(a: S::$repr, b: S::$repr) -> S::$repr;
            fn mul(a: S::$repr, b: S::$repr) -> S::$repr;
            fn min(a: S::$repr, b: S::$repr) -> S::$repr;
            fn max(a: S::$repr, b: S::$repr) -> S::$repr;
        }
    };
}

macro_rules! float {
    ($($t:ident, $repr:ident, $bits:ident, $bits_repr:ident;)*) => {$(
        number! { $t, $t, $repr;
            forward! { FloatLanes<$t>;
                fn lesser(a: S::$repr, b: S::$repr) -> S::$repr;
                fn greater(a: S::$repr, b: S::$repr) -> S::$repr;
            }
        }

        impl Number for $t {
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            arithmetic!($t, $repr);
            forward! { FloatLanes<$t>;
                fn neg(a: S::$repr) -> S::$repr;
            }
        }

        impl Float for $t {
            type Bits = $bits;
            forward! { FloatLanes<$t>;
                fn div(a: S::$repr, b: S::$repr) -> S::$repr;
                fn sqrt(a: S::$repr) -> S::$repr;
                fn sqrt_usual(a: S::$repr) -> S::$repr;
                fn mul_add(a: S::$repr, b: S::$repr, c: S::$repr) -> S::$repr;
                fn abs(a: S::$repr) -> S::$repr;
                fn floor(a: S::$repr) -> S::$repr;
                fn ceil(a: S::$repr) -> S::$repr;
                fn trunc(a: S::$repr) -> S::$repr;
                fn round_ties_even(a: S::$repr) -> S::$repr;
                fn to_bits(a: S::$repr) -> S::$bits_repr;
                fn from_bits(a: S::$bits_repr) -> S::$repr;
                fn any_beyond(a: S::$repr, bound: $t) -> bool;
            }
        }
    )*};
}

macro_rules! chosen {
    ($t:ty, $repr:ident; $($name:ident = $method:ident;)*) => {$(
        #[inline(always)]
        unsafe fn $name<S: Simd>(a: S::$repr, b: S::$repr) -> S::$repr {
            // SAFETY: the same contract.
            unsafe { <$t as Number>::$method::<S>(a, b) }
        }
    )*};
}

macro_rules! int {
    ($($t:ident, $lane:ident, $repr:ident, $unsigned:ident;)*) => {$(
        number! { $t, $lane, $repr;
            // Of equal integers either is the same.
            chosen! { $t, $repr; lesser = min; greater = max; lesser_or_equal = min; greater_or_equal = max; }
        }

        impl Number for $t {
            const ZERO: Self = 0;
            const ONE: Self = 1;
            arithmetic!($lane, $repr);

            #[inline(always)]
            unsafe fn neg<S: Simd>(a: S::$repr) -> S::$repr {
                // SAFETY: the caller's contract is the backend's.
                unsafe { <S as Lanes<$lane>>::sub(<S as Lanes<$lane>>::splat(0), a) }
            }
        }

        impl Bitwise for $t {
            forward! { IntLanes<$lane>;
                fn and(a: S::$repr, b: S::$repr) -> S::$repr;
                fn or(a: S::$repr, b: S::$repr) -> S::$repr;
                fn xor(a: S::$repr, b: S::$repr) -> S::$repr;
            }

            #[inline(always)]
            unsafe fn not<S: Simd>(a: S::$repr) -> S::$repr {
                // SAFETY: the caller's contract is the backend's.
                unsafe { <S as IntLanes<$lane>>::xor(a, <S as Lanes<$lane>>::splat(!0)) }
            }
        }

        impl Int for $t {
            const BITS: u32 = <$t>::BITS;
            const SIGNED: bool = <$t>::MIN != 0;
            const MIN: Self = <$t>::MIN;
            const MAX: Self = <$t>::MAX;
            type Unsigned = $unsigned;
            forward! { IntLanes<$lane>;
                fn shl(a: S::$repr, n: S::$repr) -> S::$repr;
                fn shr(a: S::$repr, n: S::$repr) -> S::$repr;
                fn shl_uniform(a: S::$repr, n: u32) -> S::$repr;
                fn shr_uniform(a: S::$repr, n: u32) -> S::$repr;
            }
        }
    )*};
}

float! {
    f32, F32, u32, I32;
    f64, F64, u64, I64;
}

int! {
    i8, i8, I8, u8;
    i16, i16, I16, u16;
    i32, i32, I32, u32;
    i64, i64, I64, u64;
    isize, i64, I64, usize;
    u8, u8, I8, u8;
    u16, u16, I16, u16;
    u32, u32, I32, u32;
    u64, u64, I64, u64;
    usize, u64, I64, usize;
}

impl Sealed for bool {}

// `false < true`: a < b is !a & b, a <= b is !(a & !b).
#[allow(clippy::missing_safety_doc, reason = "documented at the trait")]
impl Element for bool {
    type Repr<S: Registers> = S::Mask;
    const NAME: &'static str = "bool";

    #[inline(always)]
    unsafe fn splat<S: Simd>(value: Self) -> S::Mask {
        // SAFETY: the caller's contract is the backend's.
        unsafe { S::mask_splat(value) }
    }

    #[inline(always)]
    unsafe fn load<S: Simd>(from: *const Self) -> S::Mask {
        // SAFETY: the caller's contract is the backend's.
        unsafe { S::mask_load(from) }
    }

    #[inline(always)]
    unsafe fn store<S: Simd>(to: *mut Self, a: S::Mask) {
        // SAFETY: the caller's contract is the backend's.
        unsafe { S::mask_store(to, a) }
    }

    #[inline(always)]
    unsafe fn select<S: Simd>(mask: S::Mask, yes: S::Mask, no: S::Mask) -> S::Mask {
        // SAFETY: the caller's contract is the backend's.
        unsafe { S::mask_or(S::mask_and(mask, yes), S::mask_and_not(no, mask)) }
    }

    #[inline(always)]
    unsafe fn eq<S: Simd>(a: S::Mask, b: S::Mask) -> S::Mask {
        // SAFETY: the caller's contract is the backend's.
        unsafe { S::mask_not(S::mask_xor(a, b)) }
    }

    #[inline(always)]
    unsafe fn lt<S: Simd>(a: S::Mask, b: S::Mask) -> S::Mask {
        // SAFETY: the caller's contract is the backend's.
        unsafe { S::mask_and_not(b, a) }
    }

    #[inline(always)]
    unsafe fn le<S: Simd>(a: S::Mask, b: S::Mask) -> S::Mask {
        // SAFETY: the caller's contract is the backend's.
        unsafe { S::mask_not(S::mask_and_not(a, b)) }
    }

    // A `bool` is a byte that holds 0 or 1.
    #[inline(always)]
    unsafe fn load_masked<S: Simd>(from: *const Self, mask: S::Mask) -> S::Mask {
        // SAFETY: the caller's contract is the backend's; a bool is a valid u8.
        unsafe { <S as Lanes<u8>>::lt(<S as Lanes<u8>>::splat(0), <S as Lanes<u8>>::load_masked(from.cast(), mask)) }
    }

    #[inline(always)]
    unsafe fn store_masked<S: Simd>(to: *mut Self, mask: S::Mask, a: S::Mask) {
        // SAFETY: the caller's contract is the backend's; only 0 and 1 are written.
        unsafe {
            let bytes = <S as Lanes<u8>>::select(a, <S as Lanes<u8>>::splat(1), <S as Lanes<u8>>::splat(0));
            <S as Lanes<u8>>::store_masked(to.cast(), mask, bytes);
        }
    }

    #[inline(always)]
    unsafe fn store_blended<S: Simd>(to: *mut Self, mask: S::Mask, a: S::Mask) {
        // SAFETY: the caller's contract is the backend's.
        unsafe { Self::store::<S>(to, Self::select::<S>(mask, a, Self::load::<S>(to))) }
    }

    #[inline(always)]
    unsafe fn gather32<S: Simd>(base: *const Self, index: S::I32, mask: S::Mask) -> S::Mask {
        // SAFETY: the caller's contract is the backend's; a bool is a valid u8.
        unsafe {
            <S as Lanes<u8>>::lt(<S as Lanes<u8>>::splat(0), <S as Lanes<u8>>::gather32(base.cast(), index, mask))
        }
    }

    #[inline(always)]
    unsafe fn gather64<S: Simd>(base: *const Self, index: S::I64, mask: S::Mask) -> S::Mask {
        // SAFETY: the caller's contract is the backend's; a bool is a valid u8.
        unsafe {
            <S as Lanes<u8>>::lt(<S as Lanes<u8>>::splat(0), <S as Lanes<u8>>::gather64(base.cast(), index, mask))
        }
    }

    #[inline(always)]
    unsafe fn scatter64<S: Simd>(base: *mut Self, index: S::I64, mask: S::Mask, a: S::Mask) {
        // SAFETY: the caller's contract is the backend's; only 0 and 1 are written.
        unsafe {
            let bytes = <S as Lanes<u8>>::select(a, <S as Lanes<u8>>::splat(1), <S as Lanes<u8>>::splat(0));
            <S as Lanes<u8>>::scatter64(base.cast(), index, mask, bytes);
        }
    }
}

impl Bitwise for bool {
    #[inline(always)]
    unsafe fn and<S: Simd>(a: S::Mask, b: S::Mask) -> S::Mask {
        // SAFETY: the caller's contract is the backend's.
        unsafe { S::mask_and(a, b) }
    }

    #[inline(always)]
    unsafe fn or<S: Simd>(a: S::Mask, b: S::Mask) -> S::Mask {
        // SAFETY: the caller's contract is the backend's.
        unsafe { S::mask_or(a, b) }
    }

    #[inline(always)]
    unsafe fn xor<S: Simd>(a: S::Mask, b: S::Mask) -> S::Mask {
        // SAFETY: the caller's contract is the backend's.
        unsafe { S::mask_xor(a, b) }
    }

    #[inline(always)]
    unsafe fn not<S: Simd>(a: S::Mask) -> S::Mask {
        // SAFETY: the caller's contract is the backend's.
        unsafe { S::mask_not(a) }
    }
}
