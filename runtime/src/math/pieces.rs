//! Functions by polynomials on eight pieces of their argument, whose coefficients are permuted from registers.

use super::bits::{Format, Lookup, copy_sign};
use super::eft::{fast_two_sum, fma, two_prod};
use crate::lanes::{Mask, Simd, Vector};

/// `size`, but no more than `limit`. NaN stays.
#[inline(always)]
pub(super) fn at_most<T: Format, S: Simd>(size: Vector<T, S>, limit: T) -> Vector<T, S> {
    splat!(size, limit).lesser(size)
}

/// `c0 + c1 t + …`, each coefficient from its table. But for the first, even and odd ones are apart, so that the chain
/// is half as long; and with the first, so that what the two chains' rounding loses counts `t` times.
#[inline(always)]
pub(super) fn polynomial<T: Lookup, S: Simd>(
    index: Vector<T::Bits, S>,
    t: Vector<T, S>,
    square: Vector<T, S>,
    tables: &[[T; 8]],
) -> Vector<T, S> {
    let last = tables.len() - 1;
    let mut parts = [T::lookup(index, &tables[last]), T::lookup(index, &tables[last - 1])];
    for table in tables[1..last - 1].iter().rev() {
        parts = [parts[1], fma(parts[0], square, T::lookup(index, table))];
    }
    fma(fma(parts[0], t, parts[1]), t, T::lookup(index, &tables[0]))
}

/// [`polynomial`] in twice as many chains: pairs of coefficients are added up first, and even and odd pairs are apart.
#[inline(always)]
pub(super) fn long_polynomial<T: Lookup, S: Simd>(
    index: Vector<T::Bits, S>,
    t: Vector<T, S>,
    square: Vector<T, S>,
    tables: &[[T; 8]],
) -> Vector<T, S> {
    let fourth = square * square;
    let pairs = &tables[2..];
    let last = (pairs.len() - 1) / 2;
    let mut parts = [pair(index, t, &pairs[2 * last..]), pair(index, t, &pairs[2 * last - 2..])];
    for k in (0..last - 1).rev() {
        parts = [parts[1], fma(parts[0], fourth, pair(index, t, &pairs[2 * k..]))];
    }
    let p = fma(fma(parts[0], square, parts[1]), t, T::lookup(index, &tables[1]));
    fma(p, t, T::lookup(index, &tables[0]))
}

/// `c0 + c1 t`, or `c0` where it is the last.
#[inline(always)]
fn pair<T: Lookup, S: Simd>(index: Vector<T::Bits, S>, t: Vector<T, S>, tables: &[[T; 8]]) -> Vector<T, S> {
    let first = T::lookup(index, &tables[0]);
    if tables.len() > 1 { fma(T::lookup(index, &tables[1]), t, first) } else { first }
}

/// An odd function, of slope 1 or so at 0, from the pieces' table: the rows `c`, the function at `c`, and the
/// coefficients. `first` are the lanes of the first piece, where `x` itself stands for the function at `c`.
#[inline(always)]
pub(super) fn odd<T: Lookup, S: Simd, const N: usize>(
    x: Vector<T, S>,
    size: Vector<T, S>,
    index: Vector<T::Bits, S>,
    first: Mask<S>,
    table: &[[T; 8]; N],
) -> Vector<T, S> {
    let t = size - T::lookup(index, &table[0]);
    let rest = &table[2..];
    // More chains where they are long.
    let p = if N > 14 { long_polynomial(index, t, t * t, rest) } else { polynomial(index, t, t * t, rest) };
    let value = Vector::select(first, size, T::lookup(index, &table[1]));
    if S::FMA {
        return copy_sign(fma(t, p, value), x);
    }
    let product = two_prod(t, p);
    let sum = fast_two_sum(value, product.hi);
    // On the first piece the product is small beside the value; and it may be subnormal, its rest then wrong.
    let rest = Vector::select(first, splat!(x, T::ZERO), product.lo);
    copy_sign(sum.hi + (sum.lo + rest), x)
}
