//! Functions by polynomials on eight pieces of their argument, whose coefficients are permuted.

use super::bits::{Format, Lookup, copy_sign};
use super::eft::{fast_two_sum, fma, two_prod};
use crate::lanes::{Mask, Rows, Simd, Vector};

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

/// [`polynomial`] with the coefficients in a table's rows from the first on, in twice as many chains: pairs of coefficients are
/// added up first, and even and odd pairs are apart.
#[inline(always)]
pub(super) fn long_polynomial<S: Simd, const N: usize>(
    index: Vector<u64, S>,
    t: Vector<f64, S>,
    square: Vector<f64, S>,
    table: &'static Rows<N>,
    first: usize,
) -> Vector<f64, S> {
    let fourth = square * square;
    let pairs = first + 2;
    let last = (N - pairs - 1) / 2;
    let mut parts = [pair(index, t, table, pairs + 2 * last), pair(index, t, table, pairs + 2 * last - 2)];
    for k in (0..last - 1).rev() {
        parts = [parts[1], fma(parts[0], fourth, pair(index, t, table, pairs + 2 * k))];
    }
    let p = fma(fma(parts[0], square, parts[1]), t, index.lookup8_row(table, first + 1));
    fma(p, t, index.lookup8_row(table, first))
}

/// `c0 + c1 t` from the row of `c0`, or `c0` where it is the last.
#[inline(always)]
fn pair<S: Simd, const N: usize>(
    index: Vector<u64, S>,
    t: Vector<f64, S>,
    table: &'static Rows<N>,
    row: usize,
) -> Vector<f64, S> {
    let first = index.lookup8_row(table, row);
    if row + 1 < N { fma(index.lookup8_row(table, row + 1), t, first) } else { first }
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
    let p = polynomial(index, t, t * t, &table[2..]);
    join(x, first, t, p, Vector::select(first, size, T::lookup(index, &table[1])))
}

/// [`odd`] with a [`long_polynomial`].
#[inline(always)]
pub(super) fn long_odd<S: Simd, const N: usize>(
    x: Vector<f64, S>,
    size: Vector<f64, S>,
    index: Vector<u64, S>,
    first: Mask<S>,
    table: &'static Rows<N>,
) -> Vector<f64, S> {
    let t = size - index.lookup8_row(table, 0);
    let p = long_polynomial(index, t, t * t, table, 2);
    join(x, first, t, p, Vector::select(first, size, index.lookup8_row(table, 1)))
}

/// `value + t p` with the sign of `x`.
#[inline(always)]
fn join<T: Format, S: Simd>(
    x: Vector<T, S>,
    first: Mask<S>,
    t: Vector<T, S>,
    p: Vector<T, S>,
    value: Vector<T, S>,
) -> Vector<T, S> {
    if S::FMA {
        return copy_sign(fma(t, p, value), x);
    }
    let product = two_prod(t, p);
    let sum = fast_two_sum(value, product.hi);
    // On the first piece the product is small beside the value; and it may be subnormal, its rest then wrong.
    let rest = Vector::select(first, splat!(x, T::ZERO), product.lo);
    copy_sign(sum.hi + (sum.lo + rest), x)
}
