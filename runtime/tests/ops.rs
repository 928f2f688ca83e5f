//! The math functions of arrays give the bits of those of scalars, and these those of the standard library where it is exact.

use ufunc::{math, ops};

const VALUES: [f64; 16] = [
    0.0,
    -0.0,
    0.3,
    -0.3,
    0.5,
    1.0,
    -1.0,
    1.5,
    -2.5,
    3.75,
    1e-310,
    -700.3,
    1e300,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
];

fn singles() -> [f32; 16] {
    VALUES.map(|x| x as f32)
}

/// All pairs of values.
fn pairs<T: Copy>(values: &[T]) -> (Vec<T>, Vec<T>) {
    let all = || values.iter().flat_map(|x| values.iter().map(|y| (*x, *y)));
    (all().map(|(x, _)| x).collect(), all().map(|(_, y)| y).collect())
}

/// Holds values to others, bit by bit but for NaN's.
macro_rules! same {
    ($name:expr, $got:expr, $expected:expr) => {
        for (i, (got, expected)) in $got.iter().zip($expected).enumerate() {
            let alike = got.to_bits() == expected.to_bits() || (got.is_nan() && expected.is_nan());
            assert!(alike, "{}: {got:?} instead of {expected:?} at {i}", $name);
        }
    };
}

macro_rules! unary {
    ($($op:ident $function:ident)*) => {$(
        same!(stringify!($op), ops::$op(&VALUES), VALUES.map(math::$function));
        same!(stringify!($op), ops::$op(&singles()), singles().map(math::$function));
    )*};
}

macro_rules! binary {
    ($($op:ident $function:ident)*) => {$(
        let (x, y) = pairs(&VALUES);
        same!(stringify!($op), ops::$op(&x, &y), x.iter().zip(&y).map(|(x, y)| math::$function(*x, *y)));
        let (x, y) = pairs(&singles());
        same!(stringify!($op), ops::$op(&x, &y), x.iter().zip(&y).map(|(x, y)| math::$function(*x, *y)));
    )*};
}

#[test]
fn functions_of_one_array() {
    unary! {
        exp exp exp2 exp2 exp10 exp10 expm1 exp_m1 log ln log2 log2 log10 log10 log1p ln_1p
        sin sin cos cos tan tan sinpi sinpi cospi cospi tanpi tanpi
        arcsin asin arccos acos arctan atan sinh sinh cosh cosh tanh tanh arcsinh asinh arccosh acosh arctanh atanh
        sqrt sqrt rsqrt rsqrt cbrt cbrt reciprocal recip
        erf erf erfc erfc erfinv erfinv erfcinv erfcinv norm_cdf norm_cdf norm_ppf norm_ppf
        tgamma tgamma lgamma lgamma digamma digamma j0 j0 j1 j1 y0 y0 y1 y1
        logistic logistic softplus softplus
        floor floor ceil ceil trunc trunc rint round_ties_even round_half_away round fract fract
        rad2deg to_degrees deg2rad to_radians logb logb
    }
}

#[test]
fn functions_of_two_arrays() {
    binary! {
        arctan2 atan2 hypot hypot power powf log_base log copysign copysign nextafter nextafter fdim fdim
        fmin fmin fmax fmax fmod fmod ieee_remainder remainder div_euclid div_euclid rem_euclid rem_euclid
    }
}

#[test]
fn functions_of_other_types() {
    let (sines, cosines) = ops::sincos(&VALUES);
    same!("sincos", sines, VALUES.map(math::sin));
    same!("sincos", cosines, VALUES.map(math::cos));
    let (mantissas, exponents) = ops::frexp(&VALUES[..13]);
    same!("ldexp", ops::ldexp(&mantissas, &exponents), &VALUES[..13]);
    same!("powi", ops::powi(&VALUES, 3), VALUES.map(|x| x.powi(std::hint::black_box(3))));
    assert_eq!(ops::ilogb(&[8.0, 0.75]), [3, -1]);
    assert_eq!(ops::isnan(&VALUES), VALUES.map(f64::is_nan));
    assert_eq!(ops::isinf(&VALUES), VALUES.map(f64::is_infinite));
    assert_eq!(ops::isfinite(&VALUES), VALUES.map(f64::is_finite));
    assert_eq!(ops::isnormal(&VALUES), VALUES.map(f64::is_normal));
    assert_eq!(ops::issubnormal(&VALUES), VALUES.map(f64::is_subnormal));
    assert_eq!(ops::signbit(&singles()), singles().map(f32::is_sign_negative));
    same!("fabs", ops::fabs(&VALUES), VALUES.map(f64::abs));
}

#[test]
fn exact_functions_of_scalars_are_the_standard_library() {
    macro_rules! exact {
        ($($name:ident)*) => {$(
            same!(stringify!($name), VALUES.map(math::$name), VALUES.map(f64::$name));
            same!(stringify!($name), singles().map(math::$name), singles().map(f32::$name));
        )*};
    }
    exact!(sqrt floor ceil trunc round round_ties_even fract recip to_degrees to_radians);
    let (x, y) = pairs(&VALUES);
    let both = || x.iter().zip(&y);
    same!("div_euclid", ops::div_euclid(&x, &y), both().map(|(x, y)| x.div_euclid(*y)));
    same!("rem_euclid", ops::rem_euclid(&x, &y), both().map(|(x, y)| x.rem_euclid(*y)));
    same!("fmod", ops::fmod(&x, &y), both().map(|(x, y)| x % y));
}

/// Literals take the types that the other operands or the defaults of Rust say.
#[test]
fn types_are_inferred() {
    let (floats, bytes) = (vec![1.5f32, -2.0], [7u8, 200]);
    assert_eq!(ops::add(&floats, 1.0), [2.5, -1.0]);
    assert_eq!(ops::add(&bytes, 100), [107, 44]);
    assert_eq!(ops::add(1.5, 2.0), 3.5);
    assert_eq!(ops::subtract(1, 2), -1);
    assert!(ops::add(true, true));
    assert_eq!(ops::divide(&bytes, 2), [3.5, 100.0]);
    assert_eq!(ops::divide(&floats, 2.0), [0.75f32, -1.0]);
    assert_eq!(ops::divide(1, 2), 0.5);
    assert_eq!(ops::ldexp(&floats, 3), [12.0f32, -16.0]);
    assert_eq!(ops::ldexp(0.75, 2i64), 3.0);
    assert_eq!(ops::clip(&bytes, 10, 100), [10, 100]);
    assert_eq!(ops::greater(&floats, 0.0), [true, false]);
    assert_eq!(ops::bitwise_count(&[-3i64, 255]), [2u8, 8]);
    assert_eq!(ops::power(&[2usize, 3], 2), [4, 9]);
    let (fractions, integers) = ops::modf(&floats);
    assert_eq!((fractions, integers), (vec![0.5, -0.0], vec![1.0, -2.0]));
}
