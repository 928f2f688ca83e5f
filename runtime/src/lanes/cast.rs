//! `as` between the number types, lane by lane, composed of the conversions that a level has.

use super::element::Element;
use super::simd::{Lanes, Simd};
use super::vector::Vector;

/// What Rust's `as` converts: every number type to every number type, and `bool` to the integers.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot be cast to `{U}` in a kernel", label = "no such `as`")]
pub trait Cast<U: Element>: Element {
    /// `a as U`.
    ///
    /// # Safety
    /// The processor has the level's instructions.
    unsafe fn cast<S: Simd>(a: Self::Repr<S>) -> U::Repr<S>;
}

impl<T: Element, S: Simd> Vector<T, S> {
    /// `self as U` lane by lane: integers wrap or extend, floats round to nearest, and a float that
    /// is too large for an integer type gives its limit, NaN gives 0.
    #[inline(always)]
    pub fn cast<U: Element>(self) -> Vector<U, S>
    where
        T: Cast<U>,
    {
        // SAFETY: the vector proves the level.
        Vector(unsafe { <T as Cast<U>>::cast::<S>(self.0) })
    }
}

/// One row a route: from a signed or unsigned integer of some width, or a float, to the same.
macro_rules! route {
    // Narrow integers fit `i32`, whatever their sign.
    ($s:ident $a:ident: signed 8 => float 32) => { $s::i32_to_f32($s::i8_to_i32($a)) };
    ($s:ident $a:ident: unsigned 8 => float 32) => { $s::i32_to_f32($s::u8_to_u32($a)) };
    ($s:ident $a:ident: signed 16 => float 32) => { $s::i32_to_f32($s::i16_to_i32($a)) };
    ($s:ident $a:ident: unsigned 16 => float 32) => { $s::i32_to_f32($s::u16_to_u32($a)) };
    ($s:ident $a:ident: signed 32 => float 32) => { $s::i32_to_f32($a) };
    ($s:ident $a:ident: unsigned 32 => float 32) => { $s::u32_to_f32($a) };
    ($s:ident $a:ident: signed 64 => float 32) => { $s::i64_to_f32($a) };
    ($s:ident $a:ident: unsigned 64 => float 32) => { $s::u64_to_f32($a) };
    ($s:ident $a:ident: signed 8 => float 64) => { $s::i32_to_f64($s::i8_to_i32($a)) };
    ($s:ident $a:ident: unsigned 8 => float 64) => { $s::i32_to_f64($s::u8_to_u32($a)) };
    ($s:ident $a:ident: signed 16 => float 64) => { $s::i32_to_f64($s::i16_to_i32($a)) };
    ($s:ident $a:ident: unsigned 16 => float 64) => { $s::i32_to_f64($s::u16_to_u32($a)) };
    ($s:ident $a:ident: signed 32 => float 64) => { $s::i32_to_f64($a) };
    ($s:ident $a:ident: unsigned 32 => float 64) => { $s::u32_to_f64($a) };
    ($s:ident $a:ident: signed 64 => float 64) => { $s::i64_to_f64($a) };
    ($s:ident $a:ident: unsigned 64 => float 64) => { $s::u64_to_f64($a) };
    ($s:ident $a:ident: float 32 => float 32) => { $a };
    ($s:ident $a:ident: float 64 => float 64) => { $a };
    ($s:ident $a:ident: float 32 => float 64) => { $s::f32_to_f64($a) };
    ($s:ident $a:ident: float 64 => float 32) => { $s::f64_to_f32($a) };

    // A narrow integer's limits fit `i32`: saturate there, then once more, then narrow.
    ($s:ident $a:ident: float 32 => signed 8) => { $s::i32_to_i8(saturate!($s $s::f32_to_i32($a), i8)) };
    ($s:ident $a:ident: float 32 => unsigned 8) => { $s::i32_to_i8(saturate!($s $s::f32_to_i32($a), u8)) };
    ($s:ident $a:ident: float 32 => signed 16) => { $s::i32_to_i16(saturate!($s $s::f32_to_i32($a), i16)) };
    ($s:ident $a:ident: float 32 => unsigned 16) => { $s::i32_to_i16(saturate!($s $s::f32_to_i32($a), u16)) };
    ($s:ident $a:ident: float 32 => signed 32) => { $s::f32_to_i32($a) };
    ($s:ident $a:ident: float 32 => unsigned 32) => { $s::f32_to_u32($a) };
    ($s:ident $a:ident: float 32 => signed 64) => { $s::f32_to_i64($a) };
    ($s:ident $a:ident: float 32 => unsigned 64) => { $s::f32_to_u64($a) };
    ($s:ident $a:ident: float 64 => signed 8) => { $s::i32_to_i8(saturate!($s $s::f64_to_i32($a), i8)) };
    ($s:ident $a:ident: float 64 => unsigned 8) => { $s::i32_to_i8(saturate!($s $s::f64_to_i32($a), u8)) };
    ($s:ident $a:ident: float 64 => signed 16) => { $s::i32_to_i16(saturate!($s $s::f64_to_i32($a), i16)) };
    ($s:ident $a:ident: float 64 => unsigned 16) => { $s::i32_to_i16(saturate!($s $s::f64_to_i32($a), u16)) };
    ($s:ident $a:ident: float 64 => signed 32) => { $s::f64_to_i32($a) };
    ($s:ident $a:ident: float 64 => unsigned 32) => { $s::f64_to_u32($a) };
    ($s:ident $a:ident: float 64 => signed 64) => { $s::f64_to_i64($a) };
    ($s:ident $a:ident: float 64 => unsigned 64) => { $s::f64_to_u64($a) };

    ($s:ident $a:ident: bool 1 => $sign:ident 8) => { pick!($s $a, i8) };
    ($s:ident $a:ident: bool 1 => $sign:ident 16) => { pick!($s $a, i16) };
    ($s:ident $a:ident: bool 1 => $sign:ident 32) => { pick!($s $a, i32) };
    ($s:ident $a:ident: bool 1 => $sign:ident 64) => { pick!($s $a, i64) };

    // Integers widen by their own sign; where they narrow, or only change sign, it does not matter.
    ($s:ident $a:ident: $from:ident 8 => $to:ident 8) => { $a };
    ($s:ident $a:ident: signed 8 => $to:ident 16) => { $s::i8_to_i16($a) };
    ($s:ident $a:ident: unsigned 8 => $to:ident 16) => { $s::u8_to_u16($a) };
    ($s:ident $a:ident: signed 8 => $to:ident 32) => { $s::i8_to_i32($a) };
    ($s:ident $a:ident: unsigned 8 => $to:ident 32) => { $s::u8_to_u32($a) };
    ($s:ident $a:ident: signed 8 => $to:ident 64) => { $s::i32_to_i64($s::i8_to_i32($a)) };
    ($s:ident $a:ident: unsigned 8 => $to:ident 64) => { $s::u32_to_u64($s::u8_to_u32($a)) };
    ($s:ident $a:ident: $from:ident 16 => $to:ident 8) => { $s::i16_to_i8($a) };
    ($s:ident $a:ident: $from:ident 16 => $to:ident 16) => { $a };
    ($s:ident $a:ident: signed 16 => $to:ident 32) => { $s::i16_to_i32($a) };
    ($s:ident $a:ident: unsigned 16 => $to:ident 32) => { $s::u16_to_u32($a) };
    ($s:ident $a:ident: signed 16 => $to:ident 64) => { $s::i32_to_i64($s::i16_to_i32($a)) };
    ($s:ident $a:ident: unsigned 16 => $to:ident 64) => { $s::u32_to_u64($s::u16_to_u32($a)) };
    ($s:ident $a:ident: $from:ident 32 => $to:ident 8) => { $s::i32_to_i8($a) };
    ($s:ident $a:ident: $from:ident 32 => $to:ident 16) => { $s::i32_to_i16($a) };
    ($s:ident $a:ident: $from:ident 32 => $to:ident 32) => { $a };
    ($s:ident $a:ident: signed 32 => $to:ident 64) => { $s::i32_to_i64($a) };
    ($s:ident $a:ident: unsigned 32 => $to:ident 64) => { $s::u32_to_u64($a) };
    ($s:ident $a:ident: $from:ident 64 => $to:ident 8) => { $s::i32_to_i8($s::i64_to_i32($a)) };
    ($s:ident $a:ident: $from:ident 64 => $to:ident 16) => { $s::i32_to_i16($s::i64_to_i32($a)) };
    ($s:ident $a:ident: $from:ident 64 => $to:ident 32) => { $s::i64_to_i32($a) };
    ($s:ident $a:ident: $from:ident 64 => $to:ident 64) => { $a };
}

/// An `i32` within the limits of a narrow type.
macro_rules! saturate {
    ($s:ident $a:expr, $t:ident) => {{
        let low = <$s as Lanes<i32>>::splat($t::MIN as i32);
        let high = <$s as Lanes<i32>>::splat($t::MAX as i32);
        <$s as Lanes<i32>>::min(<$s as Lanes<i32>>::max($a, low), high)
    }};
}

/// 1 where the mask is on, 0 elsewhere.
macro_rules! pick {
    ($s:ident $a:expr, $t:ident) => {
        <$s as Lanes<$t>>::select($a, <$s as Lanes<$t>>::splat(1), <$s as Lanes<$t>>::splat(0))
    };
}

macro_rules! casts {
    ($($from:ident $sign:ident $width:tt),* => $to:tt) => {
        $(casts! { @from $from $sign $width => $to })*
    };
    (@from $from:ident $sign:ident $width:tt => [$($to:ident $to_sign:ident $to_width:tt),*]) => {$(
        impl Cast<$to> for $from {
            #[inline(always)]
            unsafe fn cast<S: Simd>(a: <$from as Element>::Repr<S>) -> <$to as Element>::Repr<S> {
                // SAFETY: the same contract.
                #[allow(unused_unsafe, reason = "the type stays as it is")]
                unsafe {
                    route!(S a: $sign $width => $to_sign $to_width)
                }
            }
        }
    )*};
}

casts! {
    i8 signed 8, i16 signed 16, i32 signed 32, i64 signed 64, isize signed 64,
    u8 unsigned 8, u16 unsigned 16, u32 unsigned 32, u64 unsigned 64, usize unsigned 64,
    f32 float 32, f64 float 64
    => [
        i8 signed 8, i16 signed 16, i32 signed 32, i64 signed 64, isize signed 64,
        u8 unsigned 8, u16 unsigned 16, u32 unsigned 32, u64 unsigned 64, usize unsigned 64,
        f32 float 32, f64 float 64
    ]
}

casts! {
    bool bool 1
    => [
        i8 signed 8, i16 signed 16, i32 signed 32, i64 signed 64, isize signed 64,
        u8 unsigned 8, u16 unsigned 16, u32 unsigned 32, u64 unsigned 64, usize unsigned 64
    ]
}

impl Cast<bool> for bool {
    #[inline(always)]
    unsafe fn cast<S: Simd>(a: S::Mask) -> S::Mask {
        a
    }
}
