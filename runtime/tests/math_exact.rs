//! The float methods that are exact, or rounded once, against the standard library's: the same bits at every level.

mod at_level;

use at_level::{Random, at_level, levels, pad};
use ufunc::lanes::{Mask, Simd, Vector};

at_level! {
    fn round_f64(x: &[f64]) -> f64 { x.round() }
    fn fract_f64(x: &[f64]) -> f64 { x.fract() }
    fn recip_f64(x: &[f64]) -> f64 { x.recip() }
    fn to_degrees_f64(x: &[f64]) -> f64 { x.to_degrees() }
    fn to_radians_f64(x: &[f64]) -> f64 { x.to_radians() }
    fn copysign_f64(x: &[f64], y: &[f64]) -> f64 { x.copysign(y) }
    fn round_f32(x: &[f32]) -> f32 { x.round() }
    fn fract_f32(x: &[f32]) -> f32 { x.fract() }
    fn recip_f32(x: &[f32]) -> f32 { x.recip() }
    fn to_degrees_f32(x: &[f32]) -> f32 { x.to_degrees() }
    fn to_radians_f32(x: &[f32]) -> f32 { x.to_radians() }
    fn copysign_f32(x: &[f32], y: &[f32]) -> f32 { x.copysign(y) }
    fn classes_f64(x: &[f64]) -> u8 {
        weights([
            x.is_nan(), x.is_infinite(), x.is_finite(), x.is_normal(), x.is_subnormal(), x.is_sign_negative(),
            x.is_sign_positive(),
        ])
    }
    fn classes_f32(x: &[f32]) -> u8 {
        weights([
            x.is_nan(), x.is_infinite(), x.is_finite(), x.is_normal(), x.is_subnormal(), x.is_sign_negative(),
            x.is_sign_positive(),
        ])
    }
}

/// Mask `i` in bit `i` of each lane.
#[inline(always)]
fn weights<S: Simd>(masks: [Mask<S>; 7]) -> Vector<u8, S> {
    let mut sum = Vector::splat(masks[0].simd(), 0u8);
    let mut weight = 1;
    for mask in masks {
        sum = sum | Vector::select(mask, Vector::splat(sum.simd(), weight), Vector::splat(sum.simd(), 0));
        weight <<= 1;
    }
    sum
}

macro_rules! exact_methods {
    ($test:ident, $t:ident, $bits:ident, $round:ident, $fract:ident, $recip:ident, $degrees:ident, $radians:ident,
     $copysign:ident, $classes:ident) => {
        #[test]
        fn $test() {
            let mut values = vec![0.0, 0.5, 1.5, 2.5, 0.3, 1e10, $t::MAX, $t::MIN_POSITIVE, $t::from_bits(1)];
            values.extend([$t::INFINITY, $t::NAN, 1.0 / $t::EPSILON, 0.5 / $t::EPSILON, 0.25 / $t::EPSILON]);
            values.extend(values.clone().iter().flat_map(|x| [x.next_up(), x.next_down(), x + 0.5, x - 0.5]));
            let mut random = Random(8);
            values.extend((0..4000).map(|_| $t::from_bits(random.next() as $bits)));
            values.extend((0..4000).map(|_| (random.next() as i64 >> (random.next() % 64)) as $t / 8.0));
            values.extend(values.clone().iter().map(|x| -x));
            pad(&mut values);
            let signs: Vec<$t> = values.iter().rev().copied().collect();
            let same = |a: $t, b: $t| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
            for level in levels() {
                let methods: [(&str, Vec<$t>, fn($t) -> $t); 5] = [
                    ("round", $round(level, &values), $t::round),
                    ("fract", $fract(level, &values), $t::fract),
                    ("recip", $recip(level, &values), $t::recip),
                    ("to_degrees", $degrees(level, &values), $t::to_degrees),
                    ("to_radians", $radians(level, &values), $t::to_radians),
                ];
                for (name, results, std) in methods {
                    for (x, got) in values.iter().zip(results) {
                        assert!(same(got, std(*x)), "{level} {name}: {x:e} gives {got:e}, not {:e}", std(*x));
                    }
                }
                for ((x, sign), got) in values.iter().zip(&signs).zip($copysign(level, &values, &signs)) {
                    assert!(same(got, x.copysign(*sign)), "{level} copysign: {x:e}, {sign:e} give {got:e}");
                }
                for (x, got) in values.iter().zip($classes(level, &values)) {
                    let want = [
                        x.is_nan(),
                        x.is_infinite(),
                        x.is_finite(),
                        x.is_normal(),
                        x.is_subnormal(),
                        x.is_sign_negative(),
                        x.is_sign_positive(),
                    ];
                    let want = want.iter().rev().fold(0u8, |bits, class| bits << 1 | u8::from(*class));
                    assert_eq!(got, want, "{level} classes of {x:e}");
                }
            }
        }
    };
}

exact_methods!(
    exact_methods_of_f64_give_the_bits_of_std,
    f64,
    u64,
    round_f64,
    fract_f64,
    recip_f64,
    to_degrees_f64,
    to_radians_f64,
    copysign_f64,
    classes_f64
);
exact_methods!(
    exact_methods_of_f32_give_the_bits_of_std,
    f32,
    u32,
    round_f32,
    fract_f32,
    recip_f32,
    to_degrees_f32,
    to_radians_f32,
    copysign_f32,
    classes_f32
);

at_level! {
    fn rem_f64(a: &[f64], b: &[f64]) -> f64 { a.rem_active(Mask::full(a.simd()), b) }
    fn div_euclid_f64(a: &[f64], b: &[f64]) -> f64 { a.div_euclid_active(Mask::full(a.simd()), b) }
    fn rem_euclid_f64(a: &[f64], b: &[f64]) -> f64 { a.rem_euclid_active(Mask::full(a.simd()), b) }
    fn rem_f32(a: &[f32], b: &[f32]) -> f32 { a.rem_active(Mask::full(a.simd()), b) }
    fn div_euclid_f32(a: &[f32], b: &[f32]) -> f32 { a.div_euclid_active(Mask::full(a.simd()), b) }
    fn rem_euclid_f32(a: &[f32], b: &[f32]) -> f32 { a.rem_euclid_active(Mask::full(a.simd()), b) }
}

macro_rules! remainders {
    ($test:ident, $t:ident, $bits:ident, $rem:ident, $div_euclid:ident, $rem_euclid:ident) => {
        #[test]
        fn $test() {
            let mut edges = vec![0.0, 1.0, 3.0, 0.1, 0.5, 1.5, 1e10, 1e-10, $t::MAX, $t::MIN_POSITIVE, $t::INFINITY];
            edges.extend([$t::NAN, $t::from_bits(1), $t::from_bits(3), $t::MIN_POSITIVE - $t::from_bits(1)]);
            edges.extend([
                $t::MAX / 2.0,
                1.0 + $t::EPSILON,
                1.0 - $t::EPSILON / 2.0,
                2.0 / $t::EPSILON,
                1.0 / $t::EPSILON,
            ]);
            edges.extend(edges.clone().iter().map(|value| -value));
            let mut pairs: Vec<_> = edges.iter().flat_map(|a| edges.iter().map(move |b| (*a, *b))).collect();
            let mut random = Random(5);
            for _ in 0..10_000 {
                let (a, b) = (random.next(), random.next());
                let (x, y) = ($t::from_bits(a as $bits), $t::from_bits(b as $bits));
                pairs.push((x, y));
                // Near in size, and multiples with and without a small rest.
                let y = (b >> 40) as $t;
                pairs.push(((a >> 32) as $t, y));
                let multiple = y * (a >> 50) as $t;
                pairs.extend([(multiple, y), (multiple.next_up(), y), (multiple.next_down(), -y)]);
                pairs.push((x, x * (b >> 60) as $t));
            }
            pad(&mut pairs);
            let (a, b): (Vec<$t>, Vec<$t>) = pairs.into_iter().unzip();
            for level in levels() {
                let methods: [(&str, Vec<$t>, fn($t, $t) -> $t); 3] = [
                    ("%", $rem(level, &a, &b), |a, b| a % b),
                    ("div_euclid", $div_euclid(level, &a, &b), $t::div_euclid),
                    ("rem_euclid", $rem_euclid(level, &a, &b), $t::rem_euclid),
                ];
                for (name, results, std) in methods {
                    for ((a, b), got) in a.iter().zip(&b).zip(results) {
                        let want = std(*a, *b);
                        let same = got.to_bits() == want.to_bits() || (got.is_nan() && want.is_nan());
                        assert!(same, "{level} {name}: {a:e}, {b:e} give {got:e}, not {want:e}");
                    }
                }
            }
        }
    };
}

remainders!(remainders_of_f64_give_the_bits_of_std, f64, u64, rem_f64, div_euclid_f64, rem_euclid_f64);
remainders!(remainders_of_f32_give_the_bits_of_std, f32, u32, rem_f32, div_euclid_f32, rem_euclid_f32);
