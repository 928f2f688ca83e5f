//! The trigonometric functions against correctly rounded ones, at every level.

mod at_level;

use at_level::{Random, at_level, levels, pad};
use ufunc::Level;
use ufunc::lanes::MAX_LANES;

at_level! {
    fn sin_f64(x: &[f64]) -> f64 { x.sin() }
    fn cos_f64(x: &[f64]) -> f64 { x.cos() }
    fn sin_of_both_f64(x: &[f64]) -> f64 { x.sin_cos().0 }
    fn cos_of_both_f64(x: &[f64]) -> f64 { x.sin_cos().1 }
    fn tan_f64(x: &[f64]) -> f64 { x.tan() }
    fn asin_f64(x: &[f64]) -> f64 { x.asin() }
    fn acos_f64(x: &[f64]) -> f64 { x.acos() }
    fn atan_f64(x: &[f64]) -> f64 { x.atan() }
    fn atan2_f64(y: &[f64], x: &[f64]) -> f64 { y.atan2(x) }
    fn sin_f32(x: &[f32]) -> f32 { x.sin() }
    fn cos_f32(x: &[f32]) -> f32 { x.cos() }
    fn sin_of_both_f32(x: &[f32]) -> f32 { x.sin_cos().0 }
    fn cos_of_both_f32(x: &[f32]) -> f32 { x.sin_cos().1 }
    fn tan_f32(x: &[f32]) -> f32 { x.tan() }
    fn asin_f32(x: &[f32]) -> f32 { x.asin() }
    fn acos_f32(x: &[f32]) -> f32 { x.acos() }
    fn atan_f32(x: &[f32]) -> f32 { x.atan() }
    fn atan2_f32(y: &[f32], x: &[f32]) -> f32 { y.atan2(x) }
}

type F64 = (&'static str, fn(Level, &[f64]) -> Vec<f64>, fn(f64) -> f64);
type F32 = (&'static str, fn(Level, &[f32]) -> Vec<f32>, fn(f64) -> f64);

const CIRCULAR_F64: [F64; 5] = [
    ("sin", sin_f64, core_math::sin),
    ("cos", cos_f64, core_math::cos),
    ("sin_cos.0", sin_of_both_f64, core_math::sin),
    ("sin_cos.1", cos_of_both_f64, core_math::cos),
    ("tan", tan_f64, core_math::tan),
];
const INVERSE_F64: [F64; 3] =
    [("asin", asin_f64, core_math::asin), ("acos", acos_f64, core_math::acos), ("atan", atan_f64, core_math::atan)];
const ALL_F32: [F32; 8] = [
    ("sin", sin_f32, core_math::sin),
    ("cos", cos_f32, core_math::cos),
    ("sin_cos.0", sin_of_both_f32, core_math::sin),
    ("sin_cos.1", cos_of_both_f32, core_math::cos),
    ("tan", tan_f32, core_math::tan),
    ("asin", asin_f32, core_math::asin),
    ("acos", acos_f32, core_math::acos),
    ("atan", atan_f32, core_math::atan),
];

/// From 0 to 1.
fn unit(random: &mut Random) -> f64 {
    (random.next() >> 11) as f64 / (1u64 << 53) as f64
}

/// Whether `got` is one of the two numbers around the exact value, which `exact` gives correctly rounded in any
/// rounding mode: then it is less than 1 ulp away.
fn is_faithful(got: f64, exact: impl Fn() -> f64) -> bool {
    let nearest = exact();
    let same = |a: f64, b: f64| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
    if same(got, nearest) {
        return true;
    }
    // Zeros, infinities and NaN have no neighbour to be mistaken for.
    let regular = |x: f64| x.is_finite() && x != 0.0;
    if !regular(got) || !regular(nearest) {
        return false;
    }
    #[cfg(target_arch = "x86_64")]
    {
        [0x2000, 0x4000].into_iter().any(|direction| {
            let (mut normal, mut directed) = (0u32, 0u32);
            // SAFETY: only the rounding mode changes, and it is restored before anything but the oracle runs.
            unsafe {
                std::arch::asm!("stmxcsr [{}]", in(reg) &raw mut normal, options(nostack));
                directed |= (normal & !0x6000) | direction;
                std::arch::asm!("ldmxcsr [{}]", in(reg) &raw const directed, options(nostack));
            }
            let neighbour = std::hint::black_box(exact());
            // SAFETY: as above.
            unsafe { std::arch::asm!("ldmxcsr [{}]", in(reg) &raw const normal, options(nostack)) };
            same(got, neighbour)
        })
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        same(got, nearest.next_up()) || same(got, nearest.next_down())
    }
}

/// The distance of an `f32` from the exact value in units of the last place there; infinite where one is NaN, or
/// zeros differ in sign.
fn ulps(exact: f64, got: f32) -> f64 {
    if exact.is_nan() || exact == 0.0 {
        let same = (exact.is_nan() && got.is_nan()) || (exact as f32).to_bits() == got.to_bits();
        return if same { 0.0 } else { f64::INFINITY };
    }
    if got.is_nan() || got.is_sign_negative() != exact.is_sign_negative() {
        return f64::INFINITY;
    }
    let exponent = ((exact.abs().to_bits() >> 52) as i32 - 1023 - 23).max(-149);
    (f64::from(got) - exact).abs() / f64::from(exponent).exp2()
}

fn f64_edges() -> Vec<f64> {
    let mut values = vec![0.0, f64::MIN_POSITIVE, f64::from_bits(1), f64::MAX, f64::INFINITY, f64::NAN, 0.5, 1.0];
    values.extend([0.5f64, 1.0, 0.75, 2.0, 4194304.0, 65536.0].iter().flat_map(|x| [x.next_up(), x.next_down()]));
    // 6381956970095103 2^797 is of all f64 the nearest to a multiple of π/2.
    values.extend([6381956970095103.0 * 797f64.exp2(), 1e22, 1e300, 710.0, 2f64.powi(-27), 2f64.powi(-26)]);
    values.extend((-1074..1024).step_by(7).map(|exponent| f64::from(exponent).exp2() * 1.2345678901234567));
    values
}

/// The nearest numbers to multiples of π/2, small multiples and large.
fn near_multiples(count: usize) -> Vec<f64> {
    let mut random = Random(3);
    let mut values: Vec<f64> = (1..200u32).map(|n| f64::from(n) * std::f64::consts::FRAC_PI_2).collect();
    values.extend((0..count).map(|_| (unit(&mut random) * 60.0).exp2().floor() * std::f64::consts::FRAC_PI_2));
    values.iter().flat_map(|x| (-2..3i64).map(|step| f64::from_bits(x.to_bits().wrapping_add_signed(step)))).collect()
}

fn with_signs(mut values: Vec<f64>) -> Vec<f64> {
    values.extend(values.clone().iter().map(|x| -x));
    pad(&mut values);
    values
}

fn circular_values() -> Vec<f64> {
    let mut random = Random(1);
    let mut values = f64_edges();
    values.extend(near_multiples(2000));
    values.extend((0..4000).map(|_| f64::from_bits(random.next())));
    values.extend((0..20_000).map(|_| unit(&mut random) * 10.0));
    values.extend((0..8000).map(|_| (unit(&mut random) * 110.0 - 60.0).exp2()));
    with_signs(values)
}

fn inverse_values() -> Vec<f64> {
    let mut random = Random(2);
    let mut values = f64_edges();
    values.extend((0..4000).map(|_| f64::from_bits(random.next())));
    values.extend((0..20_000).map(|_| unit(&mut random)));
    values.extend((0..8000).map(|_| (unit(&mut random) * 80.0 - 60.0).exp2()));
    // Where the methods change, and where the arc cosine goes to zero.
    values.extend((0..8000).map(|_| 0.5 + unit(&mut random) * 0.04));
    values.extend((0..8000).map(|_| 1.0 + (unit(&mut random) - 0.5) * 0.2));
    values.extend((0..2000).map(|_| 1.0 - (unit(&mut random) * -50.0).exp2()));
    with_signs(values)
}

#[track_caller]
fn expect_faithful((name, function, exact): F64, values: &[f64]) {
    for level in levels() {
        for (x, got) in values.iter().zip(function(level, values)) {
            assert!(is_faithful(got, || exact(*x)), "{level} {name} f64: {x:e} gives {got:e}, not {:e}", exact(*x));
        }
    }
}

#[test]
fn sin_cos_and_tan_of_f64_are_within_an_ulp() {
    let values = circular_values();
    for function in CIRCULAR_F64 {
        expect_faithful(function, &values);
    }
}

#[test]
fn asin_acos_and_atan_of_f64_are_within_an_ulp() {
    let values = inverse_values();
    for function in INVERSE_F64 {
        expect_faithful(function, &values);
    }
}

/// Each value with each, and pairs whose quotient spans the methods.
fn points(from: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let mut random = Random(4);
    let mut pairs: Vec<(f64, f64)> = from.iter().flat_map(|y| from.iter().map(|x| (*y, *x))).collect();
    for _ in 0..8000 {
        let (y, x) = (unit(&mut random) - 0.5, unit(&mut random) - 0.5);
        let scale = (unit(&mut random) * 40.0 - 20.0).exp2();
        pairs.extend([(y, x), (y * scale, x), (y, y * (1.0 + x * 0.1))]);
    }
    pairs.into_iter().unzip()
}

#[test]
fn atan2_of_f64_is_within_an_ulp() {
    let mut edges = vec![0.0, 1.0, 2.0, f64::INFINITY, f64::NAN, f64::MAX, f64::MIN_POSITIVE, f64::from_bits(1)];
    edges.extend([1e300, 1e-300, 1e150, 1e-150, 1e-310, 2e-310, 1.0f64.next_up(), 450f64.exp2(), (-450f64).exp2()]);
    edges.extend(edges.clone().iter().map(|x| -x));
    let (mut y, mut x) = points(&edges);
    let mut random = Random(5);
    for _ in 0..8000 {
        y.push(f64::from_bits(random.next()));
        x.push(f64::from_bits(random.next()));
    }
    pad(&mut y);
    pad(&mut x);
    for level in levels() {
        for (got, (y, x)) in atan2_f64(level, &y, &x).into_iter().zip(y.iter().zip(&x)) {
            let exact = || core_math::atan2(*y, *x);
            assert!(is_faithful(got, exact), "{level} atan2 f64: {y:e}, {x:e} give {got:e}, not {:e}", exact());
        }
    }
}

#[test]
fn atan2_of_f32_is_within_an_ulp() {
    let mut edges = vec![0.0, 1.0, f32::INFINITY, f32::NAN, f32::MAX, f32::MIN_POSITIVE, f32::from_bits(1), 1e-40];
    edges.extend([1e30, 1e-30, 1e19, 1e-19, 62f32.exp2(), (-62f32).exp2()]);
    edges.extend(edges.clone().iter().map(|x| -x));
    let edges: Vec<f64> = edges.into_iter().map(f64::from).collect();
    let (y, x) = points(&edges);
    let mut y: Vec<f32> = y.into_iter().map(|y| y as f32).collect();
    let mut x: Vec<f32> = x.into_iter().map(|x| x as f32).collect();
    let mut random = Random(6);
    for _ in 0..40_000 {
        y.push(f32::from_bits(random.next() as u32));
        x.push(f32::from_bits(random.next() as u32));
    }
    pad(&mut y);
    pad(&mut x);
    for level in levels() {
        for (got, (y, x)) in atan2_f32(level, &y, &x).into_iter().zip(y.iter().zip(&x)) {
            let exact = core_math::atan2(f64::from(*y), f64::from(*x));
            let error = ulps(exact, got);
            assert!(error <= 1.0, "{level} atan2 f32: {y:e}, {x:e} give {got:e}, {error} ulp from {exact:e}");
        }
    }
}

/// Every 1021st number, so that all exponents come with many mantissas.
fn f32_strided() -> Vec<f32> {
    let mut values: Vec<f32> = (0..=u32::MAX / 1021).map(|i| f32::from_bits(i * 1021)).collect();
    values.extend([0.0, -0.0, f32::INFINITY, f32::NEG_INFINITY, f32::NAN, 0.5, 1.0, -1.0, 65536.0]);
    pad(&mut values);
    values
}

#[test]
fn all_functions_of_f32_are_within_an_ulp() {
    let values = f32_strided();
    for (name, function, exact) in ALL_F32 {
        let best = function(Level::best(), &values);
        for (x, got) in values.iter().zip(&best) {
            let exact = exact(f64::from(*x));
            let error = ulps(exact, *got);
            assert!(error <= 1.0, "{name} f32: {x:e} gives {got:e}, {error} ulp from {exact:e}");
        }
    }
}

/// At SSE2, where products are rounded before they are added, the bits differ but the bound is the same.
#[test]
fn all_functions_of_f32_are_within_an_ulp_without_fma() {
    if !Level::Sse2.is_available() {
        return;
    }
    let mut values: Vec<f32> = f32_strided().into_iter().step_by(4).collect();
    pad(&mut values);
    for (name, function, exact) in ALL_F32 {
        for (x, got) in values.iter().zip(function(Level::Sse2, &values)) {
            let exact = exact(f64::from(*x));
            let error = ulps(exact, got);
            assert!(error <= 1.0, "{name} f32: {x:e} gives {got:e}, {error} ulp from {exact:e}");
        }
    }
}

/// A lane's result depends on its own argument alone: the levels' gangs hold 4, 8, 16 lanes, so that each value has
/// other neighbours, and turned around it has others again.
#[test]
fn levels_with_fma_and_neighbours_give_the_same_bits() {
    fn expect_same<T: Copy + PartialEq + std::fmt::Debug>(
        name: &str,
        function: impl Fn(Level, &[T]) -> Vec<T>,
        values: &[T],
        bits: fn(T) -> u64,
    ) {
        let turned: Vec<T> = values.iter().rev().copied().collect();
        let want = function(Level::Scalar, values);
        for level in levels().filter(|level| level.has_fma()) {
            let (got, back) = (function(level, values), function(level, &turned));
            for (((x, want), got), back) in values.iter().zip(&want).zip(&got).zip(back.iter().rev()) {
                let want = bits(*want);
                assert!(bits(*got) == want && bits(*back) == want, "{level} {name}: {x:?} gives {got:?} and {back:?}");
            }
        }
    }
    // All NaN are one.
    let bits_f64 = |x: f64| if x.is_nan() { 1 } else { x.to_bits() };
    let bits_f32 = |x: f32| if x.is_nan() { 1 } else { u64::from(x.to_bits()) };
    let (circular, inverse) = (circular_values(), inverse_values());
    for (name, function, _) in CIRCULAR_F64 {
        expect_same(name, function, &circular, bits_f64);
    }
    for (name, function, _) in INVERSE_F64 {
        expect_same(name, function, &inverse, bits_f64);
    }
    let mut values: Vec<f32> = f32_strided().into_iter().step_by(64).collect();
    pad(&mut values);
    for (name, function, _) in ALL_F32 {
        expect_same(name, function, &values, bits_f32);
    }
}

/// Pairs of edge values beside each other and turned around, so that every kind is the neighbour of every other.
#[test]
fn atan2_gives_the_same_bits_whatever_the_neighbours() {
    let mut edges = vec![0.0, 1.0, f64::INFINITY, f64::NAN, f64::MAX, f64::from_bits(1), 1e300, 1e-300, 1e150, 1e-150];
    edges.extend([1e120, 1.1e-120, 1.3e-10, 0.7, 3e-31, -1.0, -0.0]);
    let (mut y, mut x) = points(&edges);
    // Quotients so small that only the rounding of the division is left, between those of subnormal numbers.
    let mut random = Random(9);
    for _ in 0..2000 {
        y.extend([1.0 + unit(&mut random), f64::from_bits(5)]);
        x.extend([(1.0 + unit(&mut random)) * 150f64.exp2(), f64::from_bits(9)]);
    }
    pad(&mut y);
    pad(&mut x);
    let turned = |values: &[f64]| values.iter().rev().copied().collect::<Vec<_>>();
    let alone: Vec<f64> =
        (y.iter().zip(&x)).map(|(y, x)| atan2_f64(Level::best(), &[*y; MAX_LANES], &[*x; MAX_LANES])[0]).collect();
    for level in levels().filter(|level| level.has_fma()) {
        let (got, back) = (atan2_f64(level, &y, &x), turned(&atan2_f64(level, &turned(&y), &turned(&x))));
        for (at, want) in alone.iter().enumerate() {
            let same = |a: f64| a.to_bits() == want.to_bits() || (a.is_nan() && want.is_nan());
            let (y, x, got, back) = (y[at], x[at], got[at], back[at]);
            assert!(same(got) && same(back), "{level} atan2: {y:e}, {x:e} give {got:e} and {back:e}, alone {want:e}");
        }
    }
}
