//! Bessel functions of large arguments: an amplitude times the sine of a phase.

use super::bessel_formats::{Bessel, Order};
use super::eft::{Dd, fast_two_sum, fma, residual, two_prod, two_sum};
use super::float_methods::flip_sign;
use super::reduce::reduce_less_quarter;
use super::sin::Turn;
use crate::lanes::{Simd, Vector};

/// `c0 + c1 x + …`, even and odd powers apart.
#[inline(always)]
pub(super) fn even_odd<T: Order, S: Simd>(x: Vector<T, S>, coefficients: &[T]) -> Vector<T, S> {
    let square = x * x;
    let last = coefficients.len() - 1;
    let mut parts = [splat!(x, coefficients[last]), splat!(x, coefficients[last - 1])];
    for c in coefficients[..last - 1].iter().rev() {
        parts = [parts[1], fma(parts[0], square, splat!(x, *c))];
    }
    fma(parts[0], x, parts[1])
}

/// `hi + b * c + rest`, the others some tenths of `hi` at most. Without FMA, what rounding the product and the sum loses is not
/// lost.
#[inline(always)]
pub(super) fn plus_product<T: Order, S: Simd>(
    hi: Vector<T, S>,
    b: Vector<T, S>,
    c: Vector<T, S>,
    rest: Vector<T, S>,
) -> Dd<T, S> {
    if S::FMA {
        return Dd { hi, lo: fma(b, c, rest) };
    }
    let product = two_prod(b, c);
    let sum = fast_two_sum(hi, product.hi);
    Dd { hi: sum.hi, lo: sum.lo + (product.lo + rest) }
}

/// `1 / sqrt(x)` and `1 / x` in two parts: the root and the division do not wait for each other.
#[inline(always)]
fn inverses<T: Order, S: Simd>(x: Vector<T, S>) -> (Dd<T, S>, Dd<T, S>) {
    let one = splat!(x, T::ONE);
    let (root, hi) = (x.sqrt(), one / x);
    let inverse = Dd { hi, lo: residual(hi, x, one) * hi };
    let hi = root * hi;
    let less = residual(root, root, x) * hi * (hi * splat!(x, T::HALF));
    (Dd { hi, lo: hi * (residual(root, hi, one) - less) }, inverse)
}

/// The amplitude times the sine of the phase, for large arguments.
#[inline(always)]
pub(super) fn oscillation<T: Order, S: Simd>(x: Vector<T, S>, function: &Bessel<T>) -> Vector<T, S> {
    let (one, half) = (splat!(x, T::ONE), splat!(x, T::HALF));
    let (root, inverse) = if S::FMA {
        inverses(x)
    } else {
        // The upper half of the largest numbers is infinite.
        let large = x.lanes_gt(splat!(x, T::LARGE));
        let (root, inverse) = inverses(Vector::select(large, x * splat!(x, T::DOWN.0), x));
        let down = Vector::select(large, splat!(x, T::DOWN.0), one);
        let root_down = Vector::select(large, splat!(x, T::DOWN.1), one);
        (Dd { hi: root.hi * root_down, lo: root.lo * root_down }, Dd { hi: inverse.hi * down, lo: inverse.lo * down })
    };
    let u = inverse.hi * inverse.hi;

    let delay = inverse.mul_single(splat!(x, function.first));
    let further = inverse.hi * u * even_odd(u, function.phase);
    let delay = fast_two_sum(delay.hi, delay.lo + further);
    let reduced = reduce_less_quarter(x);
    let angle = two_sum(reduced.hi, delay.hi);
    let rest = angle.lo + (delay.lo + reduced.lo);

    // 1 - z / 2 + z² q - sin(angle) rest: the first two and z itself in two parts.
    let square = two_prod(angle.hi, angle.hi);
    let z = square.hi;
    let cosine = fast_two_sum(one, -half * z);
    let (sines, cosines) = T::circle();
    let cube = fma(angle.hi, z, angle.hi * square.lo);
    let sine = plus_product(angle.hi, cube, even_odd(z, sines), rest * cosine.hi);
    let cosine = Dd { hi: cosine.hi, lo: fma(z * z, even_odd(z, cosines), fma(-half, square.lo, cosine.lo)) };
    let cosine = Dd { hi: cosine.hi, lo: fma(-angle.hi, rest, cosine.lo) };
    let turn = Turn::<T, S>::of(reduced.quadrant + splat!(reduced.quadrant, T::TURNS[function.turn as usize]));
    let hi = Vector::select(turn.even, sine.hi, cosine.hi);
    let lo = Vector::select(turn.even, sine.lo, cosine.lo);

    let [first, second, ..] = *function.amplitude else { unreachable!("an amplitude has a constant in two parts") };
    let main = two_prod(root.hi, splat!(x, first));
    let beside = fma(u, even_odd(u, &function.amplitude[2..]), splat!(x, second));
    let beside = fma(root.hi, beside, fma(root.lo, splat!(x, first), main.lo));
    let product = two_prod(hi, main.hi);
    let value = product.hi + (fma(lo, main.hi + beside, fma(hi, beside, product.lo)));
    let value = flip_sign(value, turn.sign);
    if x.any_beyond(T::LARGE) {
        return Vector::select(x.lanes_eq(splat!(x, T::INFINITY)), splat!(x, T::ZERO), value);
    }
    value
}
