//! Results, and the reference that judges them, beside CORE-MATH's correctly rounded results.
//!
//! The reference tells fractions of a unit, but is a C library's word. CORE-MATH's is proven, but rounded: a result within `n`
//! units of the exact one is at most `n` numbers from the rounded one. So both are asked: results are held to the rounded ones,
//! and the reference to saying that these are half a unit off at most, but for its own error.
//!
//! ```text
//! cargo test --release --test accuracy -- --ignored --nocapture hold_all
//! ```
//!
//! holds every `f32` of functions of one argument and 10^8 other arguments of each function and format to CORE-MATH; at a
//! quarter of 10^8 it also holds them without fused multiply-add, and the reference. That takes some 40 minutes on one core.
//!
//! All that was run, and held. The reference was 0.0025 units off at most, and in `f32` not so far that a rounded result
//! showed it.

use crate::arguments::{self, Arguments};
use crate::functions::{self, Function};
use crate::reference::{Format, errors};
use crate::{
    Runs, WITHOUT_FMA, Worst, best_with_fma, every_f32, millions, on_all_threads, threads, wanted, worst_on_all_threads,
};
use ufunc::Level;

/// A format in which CORE-MATH has functions.
trait Rounded: Runs {
    /// The reference's own error, in units of the last place.
    const REFERENCE: f64;
    /// The correctly rounded function; the second argument is of use to functions of two.
    fn function(name: &str) -> Option<fn(Self, Self) -> Self>;
}

/// One row a function: our name, CORE-MATH's for `f64` and for `f32`, and the arguments.
macro_rules! rounded {
    ($($name:ident: $double:ident $single:ident ($($argument:ident),+);)*) => {
        impl Rounded for f64 {
            const REFERENCE: f64 = 0.005;

            fn function(name: &str) -> Option<fn(f64, f64) -> f64> {
                match name {
                    $(stringify!($name) => Some(rounded!(@call core_math::$double, $($argument),+)),)*
                    _ => None,
                }
            }
        }

        impl Rounded for f32 {
            const REFERENCE: f64 = 1e-7;

            fn function(name: &str) -> Option<fn(f32, f32) -> f32> {
                match name {
                    $(stringify!($name) => Some(rounded!(@call core_math::$single, $($argument),+)),)*
                    _ => None,
                }
            }
        }
    };
    (@call $function:path, x) => { |x, _| $function(x) };
    (@call $function:path, x, y) => { $function };
}

rounded! {
    exp: exp expf (x);
    exp2: exp2 exp2f (x);
    exp10: exp10 exp10f (x);
    exp_m1: expm1 expm1f (x);
    ln: log logf (x);
    log2: log2 log2f (x);
    log10: log10 log10f (x);
    ln_1p: log1p log1pf (x);
    sin: sin sinf (x);
    cos: cos cosf (x);
    tan: tan tanf (x);
    asin: asin asinf (x);
    acos: acos acosf (x);
    atan: atan atanf (x);
    sinh: sinh sinhf (x);
    cosh: cosh coshf (x);
    tanh: tanh tanhf (x);
    asinh: asinh asinhf (x);
    acosh: acosh acoshf (x);
    atanh: atanh atanhf (x);
    sinpi: sinpi sinpif (x);
    cospi: cospi cospif (x);
    tanpi: tanpi tanpif (x);
    erf: erf erff (x);
    erfc: erfc erfcf (x);
    tgamma: tgamma tgammaf (x);
    lgamma: lgamma lgammaf (x);
    rsqrt: rsqrt rsqrtf (x);
    cbrt: cbrt cbrtf (x);
    powf: pow powf (x, y);
    atan2: atan2 atan2f (x, y);
    hypot: hypot hypotf (x, y);
}

/// Numbers in their order, neighbours one apart; both zeros are 0.
fn rank<T: Format>(x: T) -> i64 {
    let sign = 1 << (T::BITS - 1);
    let magnitude = (x.to_bits() & !sign) as i64;
    if x.to_bits() & sign != 0 { -magnitude } else { magnitude }
}

/// How many numbers a result is from the rounded one; infinity follows the largest. NaN and a zero's sign must be the same.
/// Below the floor, how many of the floor's units at least lie between the result and the exact one.
fn apart<T: Format>(ours: T, rounded: T, floor: f64) -> f64 {
    let (a, b): (f64, f64) = (ours.into(), rounded.into());
    if a.is_nan() || b.is_nan() {
        return if a.is_nan() && b.is_nan() { 0.0 } else { f64::INFINITY };
    }
    if a == 0.0 && b == 0.0 {
        return if a.is_sign_negative() == b.is_sign_negative() { 0.0 } else { f64::INFINITY };
    }
    if b.abs() < floor {
        let floor = T::rounded(floor);
        let unit = T::from_bits(floor.to_bits() + 1).into() - floor.into();
        return ((a - b).abs() / unit - 0.5).ceil().max(0.0);
    }
    (rank(ours) - rank(rounded)).unsigned_abs() as f64
}

/// Where a function is not relatively accurate at its zeros, units are those of this number, as in the reference.
fn floor(name: &str, x: f64) -> f64 {
    if name == "lgamma" && x < 0.0 { 0.125 } else { 0.0 }
}

/// A function within each bound that it has, and how far results were from the rounded ones.
struct Tiers<T> {
    name: &'static str,
    rounded: fn(T, T) -> T,
    functions: Vec<Function>,
}

impl<T: Rounded> Tiers<T> {
    /// Those of a function that CORE-MATH has.
    fn of(function: &Function) -> Option<Self> {
        let functions = functions::all().filter(|tier| tier.name == function.name).collect();
        Some(Self { name: function.name, rounded: T::function(function.name)?, functions })
    }

    fn rounded(&self, xs: &[T], ys: &[T]) -> Vec<T> {
        xs.iter().zip(ys).map(|(&x, &y)| (self.rounded)(x, y)).collect()
    }

    /// The worst of each tier becomes worse where these arguments' results are.
    fn look_at(&self, level: Level, xs: &[T], ys: &[T], worst: &mut [Worst]) {
        let rounded = self.rounded(xs, ys);
        let mut results = vec![T::default(); xs.len()];
        for (function, worst) in self.functions.iter().zip(worst) {
            T::run(function, level, xs, ys, &mut results);
            for (i, &result) in results.iter().enumerate() {
                worst.meet(apart(result, rounded[i], floor(self.name, xs[i].into())), xs[i].into(), ys[i].into());
            }
        }
    }

    fn search(&self, level: Level, blocks: usize, seed: u64) -> Vec<Worst> {
        let mut arguments = Arguments::<T>::of(&self.functions[0], seed);
        let mut worst = vec![Worst::default(); self.functions.len()];
        for _ in 0..blocks {
            let (xs, ys) = arguments.next();
            self.look_at(level, &xs, &ys, &mut worst);
        }
        worst
    }

    /// The largest error that the reference sees in rounded results.
    fn search_reference(&self, blocks: usize, seed: u64) -> Worst {
        let mut arguments = Arguments::<T>::of(&self.functions[0], seed);
        let mut worst = Worst::default();
        for _ in 0..blocks {
            let (xs, ys) = arguments.next();
            let errors = errors(self.name, &xs, &ys, &self.rounded(&xs, &ys));
            for (i, error) in errors.into_iter().enumerate() {
                worst.meet(error, xs[i].into(), ys[i].into());
            }
        }
        worst
    }

    /// Panics unless each tier is as close to the rounded results as its bound implies.
    fn hold(&self, level: Level, worst: &[Worst]) {
        for (function, worst) in self.functions.iter().zip(worst) {
            assert!(
                worst.error <= f64::from(function.ulp),
                "{} {} on {level:?}: {} numbers from the rounded one for {:?}",
                function.title(),
                T::NAME,
                worst.error,
                worst.at,
            );
        }
    }

    fn hold_reference(&self, worst: Worst) {
        let Self { name, .. } = self;
        assert!(
            worst.error <= 0.5 + T::REFERENCE,
            "the reference's {name} {}: {} ulp of the rounded result for {:?}",
            T::NAME,
            worst.error,
            worst.at,
        );
    }
}

/// The worst of each tier on all threads.
fn join(found: Vec<Vec<Worst>>) -> Vec<Worst> {
    let join = |a: Vec<Worst>, b: Vec<Worst>| a.into_iter().zip(b).map(|(a, b)| a.or(b)).collect();
    found.into_iter().reduce(join).expect("there is a thread")
}

fn hold_in_short<T: Rounded>() {
    for tiers in functions::strict().filter_map(Tiers::<T>::of) {
        let level = best_with_fma();
        tiers.hold(level, &tiers.search(level, 8, 5));
        tiers.hold(WITHOUT_FMA, &tiers.search(WITHOUT_FMA, 4, 6));
        tiers.hold_reference(tiers.search_reference(4, 7));
    }
}

#[test]
fn singles_are_those_next_to_the_rounded_ones() {
    hold_in_short::<f32>();
}

#[test]
fn doubles_are_those_next_to_the_rounded_ones() {
    hold_in_short::<f64>();
}

/// Looks at every argument of a format, at a level.
type Everywhere<T> = fn(&Tiers<T>, Level) -> Vec<Worst>;

/// Searches, holds and prints one format of a function; `everywhere` looks at every argument with FMA instead.
#[allow(clippy::print_stdout, reason = "the progress of a long run")]
fn hold_at_length<T: Rounded>(function: &Function, everywhere: Option<Everywhere<T>>) {
    let Some(tiers) = Tiers::<T>::of(function) else { return };
    let blocks = millions() * 1_000_000 / arguments::BLOCK / threads();
    let level = best_with_fma();
    let search = |level, blocks| join(on_all_threads(|seed| tiers.search(level, blocks, seed)));
    let with = everywhere.map_or_else(|| search(level, blocks), |everywhere| everywhere(&tiers, level));
    let without = search(WITHOUT_FMA, blocks / 4);
    let reference = worst_on_all_threads(|seed| tiers.search_reference(blocks / 4, seed));
    let units = |worst: &[Worst]| worst.iter().map(|worst| worst.error).collect::<Vec<_>>();
    let (far, far_without) = (units(&with), units(&without));
    println!("{} {}: {far:?} apart, {far_without:?} without FMA; reference {}", tiers.name, T::NAME, reference.error);
    tiers.hold(level, &with);
    tiers.hold(WITHOUT_FMA, &without);
    tiers.hold_reference(reference);
}

/// Every `f32` that falls to the threads.
fn everywhere(tiers: &Tiers<f32>, level: Level) -> Vec<Worst> {
    join(on_all_threads(|thread| {
        let mut worst = vec![Worst::default(); tiers.functions.len()];
        for xs in every_f32(thread) {
            tiers.look_at(level, &xs, &vec![0.0; xs.len()], &mut worst);
        }
        worst
    }))
}

/// The functions that `UFUNC_ACCURACY` names, or all; so many million arguments as `UFUNC_MILLIONS` says.
#[test]
#[ignore = "half an hour: every f32, and 10^8 other arguments a function"]
fn hold_all_to_the_rounded_ones() {
    for function in functions::strict().filter(wanted) {
        let every: Option<Everywhere<f32>> =
            if function.arity == 1 && millions() >= 100 { Some(everywhere) } else { None };
        hold_at_length(function, every);
        hold_at_length::<f64>(function, None);
    }
}
