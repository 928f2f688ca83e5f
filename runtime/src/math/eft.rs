//! Error-free transformations (Dekker, Knuth), double-double arithmetic on top of them, and
//! polynomial evaluation: what the functions use to be accurate beyond their format.
//!
//! A double-double is an unevaluated sum of two numbers, the second at most half a unit in the last
//! place of the first; here of either format.

use super::bits::Format;
use crate::lanes::{Float, Mask, Simd, Vector};

/// `x` as a splat on the level of `$like`.
macro_rules! splat {
    ($like:expr, $x:expr) => {
        $crate::lanes::Vector::splat($like.simd(), $x)
    };
}

/// [`splat!`] of a constant that the compiler is not to know.
macro_rules! opaque {
    ($like:expr, $x:expr) => {
        $crate::lanes::Vector::splat_opaque($like.simd(), $x)
    };
}

/// `a * b + c`: one rounding where the level has FMA, two elsewhere. For places where the rounding
/// of the product does not matter.
#[inline(always)]
pub(super) fn fma<T: Float, S: Simd>(a: Vector<T, S>, b: Vector<T, S>, c: Vector<T, S>) -> Vector<T, S> {
    if S::FMA { a.mul_add(b, c) } else { a * b + c }
}

/// An unevaluated sum `hi + lo`.
#[derive(Clone, Copy)]
pub(super) struct Dd<T: Float, S: Simd> {
    pub(super) hi: Vector<T, S>,
    pub(super) lo: Vector<T, S>,
}

/// `a + b` exactly, for `|a| >= |b|` or `a == 0` (Dekker).
#[inline(always)]
pub(super) fn fast_two_sum<T: Float, S: Simd>(a: Vector<T, S>, b: Vector<T, S>) -> Dd<T, S> {
    let hi = a + b;
    Dd { hi, lo: b - (hi - a) }
}

/// `a + b` exactly (Knuth).
#[inline(always)]
pub(super) fn two_sum<T: Float, S: Simd>(a: Vector<T, S>, b: Vector<T, S>) -> Dd<T, S> {
    let hi = a + b;
    let from_b = hi - a;
    Dd { hi, lo: (a - (hi - from_b)) + (b - from_b) }
}

/// `a * b` exactly, where the product neither overflows nor has bits below the smallest subnormal,
/// and, on levels without FMA, `a` and `b` are half of the largest finite number or less.
#[inline(always)]
pub(super) fn two_prod<T: Format, S: Simd>(a: Vector<T, S>, b: Vector<T, S>) -> Dd<T, S> {
    let hi = a * b;
    if S::FMA {
        return Dd { hi, lo: a.mul_add(b, -hi) };
    }
    let (ah, bh) = (high_half(a), high_half(b));
    let (al, bl) = (a - ah, b - bh);
    Dd { hi, lo: al * bl - (((hi - ah * bh) - al * bh) - ah * bl) }
}

/// `a * b` for positive factors, exactly, the first part a multiple of the last place of `anchor`, at least.
#[inline(always)]
pub(super) fn aligned_product<T: Format, S: Simd>(a: Vector<T, S>, b: Vector<T, S>, anchor: T) -> Dd<T, S> {
    let anchor = splat!(a, anchor);
    if S::FMA {
        let hi = a.mul_add(b, anchor) - anchor;
        return Dd { hi, lo: a.mul_add(b, -hi) };
    }
    let product = two_prod(a, b);
    let hi = (product.hi + anchor) - anchor;
    Dd { hi, lo: product.lo + (product.hi - hi) }
}

/// `x` rounded to the first half of its bits, so that the halves' products are exact. By integers:
/// Veltkamp's way by a multiplication overflows earlier.
#[inline(always)]
fn high_half<T: Format, S: Simd>(x: Vector<T, S>) -> Vector<T, S> {
    let (half_unit, mask) = T::LOW_HALF;
    Vector::from_bits((x.to_bits() + splat!(x, half_unit)) & splat!(x, mask))
}

/// `a * b + c`, for `|c| >= 2 |a * b|` or `c == 0`. The product is exact in effect; what the sum
/// loses is rounded once.
#[inline(always)]
pub(super) fn fma_dd<T: Format, S: Simd>(a: Vector<T, S>, b: Vector<T, S>, c: Vector<T, S>) -> Dd<T, S> {
    if S::FMA {
        let hi = a.mul_add(b, c);
        return Dd { hi, lo: a.mul_add(b, c - hi) };
    }
    let product = two_prod(a, b);
    let sum = fast_two_sum(c, product.hi);
    Dd { hi: sum.hi, lo: sum.lo + product.lo }
}

/// `c - a * b`, where the product is near `c`, so that the difference is exact or nearly so.
#[inline(always)]
pub(super) fn residual<T: Format, S: Simd>(a: Vector<T, S>, b: Vector<T, S>, c: Vector<T, S>) -> Vector<T, S> {
    if S::FMA {
        return (-a).mul_add(b, c);
    }
    let product = two_prod(a, b);
    (c - product.hi) - product.lo
}

/// Sums and products whose `lo` is not reduced to half a unit of `hi` again, but may be some units:
/// chains of a few operations need no more.
impl<T: Format, S: Simd> Dd<T, S> {
    /// A constant in two parts, on the level of `like`.
    #[inline(always)]
    pub(super) fn splat(like: Vector<T, S>, (hi, lo): (T, T)) -> Self {
        Self { hi: splat!(like, hi), lo: splat!(like, lo) }
    }

    /// `self` where the mask is on, else `no`.
    #[inline(always)]
    pub(super) fn select(self, mask: Mask<S>, no: Self) -> Self {
        Self { hi: Vector::select(mask, self.hi, no.hi), lo: Vector::select(mask, self.lo, no.lo) }
    }

    /// `self * b`.
    #[inline(always)]
    pub(super) fn mul(self, b: Self) -> Self {
        let product = two_prod(self.hi, b.hi);
        Self { hi: product.hi, lo: fma(self.lo, b.hi, fma(self.hi, b.lo, product.lo)) }
    }

    /// `self * b`.
    #[inline(always)]
    pub(super) fn mul_single(self, b: Vector<T, S>) -> Self {
        let product = two_prod(self.hi, b);
        Self { hi: product.hi, lo: fma(self.lo, b, product.lo) }
    }
}

/// `c0 + c1 x + c2 x² + …` by Horner's scheme: the fewest operations, one chain.
macro_rules! horner {
    ($x:expr; $c:expr $(,)?) => { splat!($x, $c) };
    ($x:expr; $c:expr, $($rest:expr),+ $(,)?) => {
        $crate::math::eft::fma(horner!($x; $($rest),+), $x, splat!($x, $c))
    };
}

/// `c0 + c1 x + c2 x² + …` by Estrin's scheme: neighbours are paired, then the pairs with `x²`, and
/// so on, so that the chain is logarithmic in the degree.
macro_rules! estrin {
    ($x:expr; $($c:expr),+ $(,)?) => {{
        let x = $x;
        estrin!(@pair x; []; $(splat!(x, $c)),+)
    }};
    // One level: pairs up the values left of `;` until none is left, then goes on with x².
    (@pair $x:ident; [$($done:expr),*]; $a:expr, $b:expr, $($rest:expr),+) => {
        estrin!(@pair $x; [$($done,)* $crate::math::eft::fma($b, $x, $a)]; $($rest),+)
    };
    (@pair $x:ident; [$($done:expr),*]; $a:expr, $b:expr) => {
        estrin!(@next $x; $($done,)* $crate::math::eft::fma($b, $x, $a))
    };
    (@pair $x:ident; [$($done:expr),*]; $a:expr) => {
        estrin!(@next $x; $($done,)* $a)
    };
    (@next $x:ident; $value:expr) => { $value };
    (@next $x:ident; $($value:expr),+) => {{
        let square = $x * $x;
        estrin!(@pair square; []; $($value),+)
    }};
}
