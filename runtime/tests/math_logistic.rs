//! The logistic function and softplus, on every level that the machine has: within 1 ulp of the correctly rounded
//! results, and the same bits on every level with FMA and in every lane.

mod at_level;

use at_level::{Random, at_level, levels, pad};
use ufunc::Level;

at_level! {
    fn logistic_f64(x: &[f64]) -> f64 { x.logistic() }
    fn softplus_f64(x: &[f64]) -> f64 { x.softplus() }
    fn logistic_f32(x: &[f32]) -> f32 { x.logistic() }
    fn softplus_f32(x: &[f32]) -> f32 { x.softplus() }
}

/// A sum of two numbers, to some 100 bits: what `f64` is held to.
#[derive(Clone, Copy)]
struct Pair(f64, f64);

impl Pair {
    fn sum(a: f64, b: f64) -> Pair {
        let hi = a + b;
        let from_b = hi - a;
        Pair(hi, (a - (hi - from_b)) + (b - from_b))
    }

    fn add(self, other: Pair) -> Pair {
        let sum = Pair::sum(self.0, other.0);
        Pair::sum(sum.0, sum.1 + (self.1 + other.1))
    }

    fn mul(self, other: Pair) -> Pair {
        let hi = self.0 * other.0;
        let lo = self.0.mul_add(other.0, -hi) + (self.0 * other.1 + self.1 * other.0);
        Pair::sum(hi, lo)
    }

    fn div(self, other: Pair) -> Pair {
        let first = self.0 / other.0;
        let rest = self.add(Pair(-first, 0.0).mul(other));
        let second = rest.0 / other.0;
        let rest = rest.add(Pair(-second, 0.0).mul(other));
        Pair::sum(first, second).add(Pair(rest.0 / other.0, 0.0))
    }

    /// `e^x` for `|x| <= 40`: the series of an argument below 1/50, squared.
    fn exp(x: f64) -> Pair {
        let r = Pair(x / 2048.0, 0.0);
        let mut sum = Pair(1.0, 0.0);
        for n in (1..16).rev() {
            sum = Pair(1.0, 0.0).add(r.mul(sum).div(Pair(f64::from(n), 0.0)));
        }
        (0..11).fold(sum, |power, _| power.mul(power))
    }
}

/// Beyond 40 from 0 it is `e^x` on one side, and 1 on the other.
fn logistic(x: f64) -> f64 {
    if x.is_nan() || x < -40.0 {
        return core_math::exp(x);
    }
    if x > 40.0 {
        return 1.0;
    }
    let one = Pair(1.0, 0.0);
    let e = Pair::exp(-x.abs());
    (if x < 0.0 { e } else { one }).div(one.add(e)).0
}

fn softplus(x: f64) -> f64 {
    if x.is_nan() || x < -40.0 {
        return core_math::exp(x);
    }
    if x > 40.0 {
        return x;
    }
    let one = Pair(1.0, 0.0);
    let e = Pair::exp(-x.abs());
    // A step of Newton's method.
    let ln = core_math::log1p(e.0);
    let rest = one.add(e).mul(Pair::exp(-ln)).add(Pair(-1.0, 0.0));
    Pair(x.max(0.0), 0.0).add(Pair::sum(ln, rest.0)).0
}

macro_rules! checks {
    ($($test:ident: $run:ident, $t:ident, $exact:expr;)*) => {$(
        #[test]
        fn $test() {
            const ENDS: [f64; 14] =
                [0.0, 1.0, 14.0, 15.0, 16.64, 34.0, 36.74, 37.0, 80.0, 87.34, 104.0, 700.0, 708.4, 745.14];
            let mut random = Random(5);
            let mut x = vec![$t::INFINITY, $t::NEG_INFINITY, $t::NAN, $t::MAX, $t::MIN, $t::MIN_POSITIVE, 0.0, -0.0];
            for end in ENDS {
                for sign in [-1.0, 1.0] {
                    let end = (sign * end) as $t;
                    x.extend((0..32).map(|i| $t::from_bits(end.to_bits() + i)));
                    x.extend((0..500).map(|_| end + (random.next() as i64 as f64 / 9.3e18) as $t));
                }
            }
            for scale in [1e-19, 4e-18, 8e-17] {
                x.extend((0..10_000).map(|_| (random.next() as i64 as f64 * scale) as $t));
            }
            x.extend((0..5_000).map(|_| $t::from_bits(random.next() as _)));
            pad(&mut x);
            let expected: Vec<$t> = x.iter().map(|&x| $exact(x)).collect();
            // Beside other lanes.
            let among: Vec<$t> = x.iter().enumerate().flat_map(|(i, &value)| [x[i * 7 % x.len()], value]).collect();
            let scalar = $run(Level::Scalar, &x);
            for level in levels() {
                let (results, among) = ($run(level, &x), $run(level, &among));
                for (i, (&ours, &exact)) in results.iter().zip(&expected).enumerate() {
                    let near = ours.to_bits().abs_diff(exact.to_bits()) <= 1 || (ours.is_nan() && exact.is_nan());
                    assert!(near, "of {:?} at {level}: {ours:?}, exactly {exact:?}", x[i]);
                    let beside = among[2 * i + 1];
                    assert_eq!(ours.to_bits(), beside.to_bits(), "of {:?} at {level}, beside others", x[i]);
                    if level.has_fma() {
                        assert_eq!(ours.to_bits(), scalar[i].to_bits(), "of {:?} at {level} and scalar", x[i]);
                    }
                }
            }
        }
    )*};
}

checks! {
    logistic_double: logistic_f64, f64, logistic;
    softplus_double: softplus_f64, f64, softplus;
    logistic_single: logistic_f32, f32, |x: f32| logistic(x.into()) as f32;
    softplus_single: softplus_f32, f32, |x: f32| softplus(x.into()) as f32;
}
