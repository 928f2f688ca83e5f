//! What reductions combine values by.

use crate::lanes::{Element, Simd, Vector};

/// An operation of two values that loops reduce by.
pub trait Operation<T: Element> {
    /// What changes nothing when it is combined with a value.
    fn identity() -> T;
    /// `a op b` lane by lane.
    fn lanes<S: Simd>(a: Vector<T, S>, b: Vector<T, S>) -> Vector<T, S>;
    /// `a op b`, with the bits that a lane has.
    fn scalars(a: T, b: T) -> T;
}

/// An operation that gives the same value in whatever order its operands are combined.
#[diagnostic::on_unimplemented(
    message = "a reduction of `{T}` by `{Self}` depends on the order in which values are combined",
    label = "lanes would combine them in another order",
    note = "write `#[jit(reassoc)]` if any order will do, mark the loop `#[scalar]` to go in order, one value at a time, or make it \
            the loop of a `prange`"
)]
pub trait Exact<T> {}

/// `+`. Integers wrap.
#[derive(Debug)]
pub enum Sum {}
/// `*`. Integers wrap.
#[derive(Debug)]
pub enum Product {}
/// `min`, as Rust has it.
#[derive(Debug)]
pub enum Least {}
/// `max`, as Rust has it.
#[derive(Debug)]
pub enum Greatest {}
/// [`Least`] of values of which the first is never NaN.
#[derive(Debug)]
pub enum LeastNumber {}
/// [`Greatest`] of values of which the first is never NaN.
#[derive(Debug)]
pub enum GreatestNumber {}
/// `&`.
#[derive(Debug)]
pub enum And {}
/// `|`.
#[derive(Debug)]
pub enum Or {}
/// `^`.
#[derive(Debug)]
pub enum Xor {}

/// One row an operation: its identity, and what it does to lanes and to scalars.
macro_rules! operations {
    ($($t:ident { $($name:ident $identity:expr, |$a:ident, $b:ident| $lanes:expr, $scalars:expr;)* })*) => {$($(
        impl Operation<$t> for $name {
            #[inline(always)]
            fn identity() -> $t {
                $identity
            }

            #[inline(always)]
            fn lanes<S: Simd>($a: Vector<$t, S>, $b: Vector<$t, S>) -> Vector<$t, S> {
                $lanes
            }

            #[inline(always)]
            fn scalars($a: $t, $b: $t) -> $t {
                $scalars
            }
        }
    )*)*};
}

macro_rules! exact {
    ($($t:ident: $($name:ident)*;)*) => {$($(
        impl Exact<$t> for $name {}
    )*)*};
}

macro_rules! ints {
    ($($t:ident)*) => {
        operations! { $($t {
            Sum 0, |a, b| a + b, a.wrapping_add(b);
            Product 1, |a, b| a * b, a.wrapping_mul(b);
            Least $t::MAX, |a, b| a.min(b), Ord::min(a, b);
            Greatest $t::MIN, |a, b| a.max(b), Ord::max(a, b);
            LeastNumber $t::MAX, |a, b| a.min(b), Ord::min(a, b);
            GreatestNumber $t::MIN, |a, b| a.max(b), Ord::max(a, b);
            And !0, |a, b| a & b, a & b;
            Or 0, |a, b| a | b, a | b;
            Xor 0, |a, b| a ^ b, a ^ b;
        })* }
        exact! { $($t: Sum Product Least Greatest LeastNumber GreatestNumber And Or Xor;)* }
    };
}

// A sum starts from the negative zero: the positive one would change a sum of negative zeros.
macro_rules! floats {
    ($($t:ident)*) => {
        operations! { $($t {
            Sum -0.0, |a, b| a + b, a + b;
            Product 1.0, |a, b| a * b, a * b;
            Least $t::NAN, |a, b| a.min(b), if a.is_nan() || b < a { b } else { a };
            Greatest $t::NAN, |a, b| a.max(b), if a.is_nan() || b > a { b } else { a };
            LeastNumber $t::INFINITY, |a, b| b.lesser(a), if b < a { b } else { a };
            GreatestNumber $t::NEG_INFINITY, |a, b| b.greater(a), if b > a { b } else { a };
        })* }
        exact! { $($t: Least Greatest LeastNumber GreatestNumber;)* }
    };
}

ints! { i8 i16 i32 i64 isize u8 u16 u32 u64 usize }
floats! { f32 f64 }

operations! {
    bool {
        And true, |a, b| a & b, a & b;
        Or false, |a, b| a | b, a | b;
        Xor false, |a, b| a ^ b, a ^ b;
    }
}
exact! { bool: And Or Xor; }
