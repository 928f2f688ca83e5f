//! The functions under test: a kernel each, and where their arguments are interesting.

use std::f64::consts::{FRAC_PI_2, LN_2};

use ufunc::Level;
use ufunc::kernel::MachineLoops;
use ufunc::prelude::*;

/// A function with its kernels.
#[derive(Clone, Copy)]
pub(crate) struct Function {
    pub(crate) name: &'static str,
    /// The kernels' option: how far results may be from the exact value, in units of the last place.
    pub(crate) ulp: u32,
    /// The number of arguments.
    pub(crate) arity: usize,
    /// Ranges to look at closely, of the first argument and of the second.
    pub(crate) ranges: &'static [[(f64, f64); 2]],
    /// Points around which the method is at its limits.
    pub(crate) points: &'static [f64],
    pub(crate) f32: Kernel<f32>,
    pub(crate) f64: Kernel<f64>,
    /// The machine loops of both.
    pub(crate) loops: [&'static MachineLoops; 2],
}

impl Function {
    /// What the table calls it.
    pub(crate) fn title(&self) -> String {
        if self.ulp == 1 { self.name.to_owned() } else { format!("{} within {}", self.name, self.ulp) }
    }
}

/// One row a function of one argument: the ranges, the points.
macro_rules! unary {
    ($($name:ident: [$($range:expr),*], [$($point:expr),*];)*) => {
        $(
            #[vectorize(f32(f32), f64(f64))]
            fn $name<T>(x: T) -> T {
                x.$name()
            }
        )*

        pub(crate) const UNARY: &[Function] = &[$(Function {
            name: stringify!($name),
            ulp: 1,
            arity: 1,
            ranges: &[$([$range, (0.0, 0.0)]),*],
            points: &[$($point),*],
            f32: |level, xs, _, out| $name::with(xs).level(level).into(out),
            f64: |level, xs, _, out| $name::with(xs).level(level).into(out),
            loops: [MachineLoops::of::<$name, (f32,)>(), MachineLoops::of::<$name, (f64,)>()],
        }),*];
    };
}

/// One row a function of two arguments: the ranges of both, the points.
macro_rules! binary {
    ($($name:ident: [$($range:expr),*], [$($point:expr),*];)*) => {
        $(
            #[vectorize(f32(f32, f32), f64(f64, f64))]
            fn $name<T>(x: T, y: T) -> T {
                x.$name(y)
            }
        )*

        pub(crate) const BINARY: &[Function] = &[$(Function {
            name: stringify!($name),
            ulp: 1,
            arity: 2,
            ranges: &[$($range),*],
            points: &[$($point),*],
            f32: |level, xs, ys, out| $name::with(xs, ys).level(level).into(out),
            f64: |level, xs, ys, out| $name::with(xs, ys).level(level).into(out),
            loops: [MachineLoops::of::<$name, (f32,)>(), MachineLoops::of::<$name, (f64,)>()],
        }),*];
    };
}

const SQRT_HALF: f64 = std::f64::consts::FRAC_1_SQRT_2;

unary! {
    exp: [(-1.0, 1.0), (-104.0, 89.0), (-745.2, 709.8)], [0.0, -87.33, 88.72, -103.97, 709.78, -708.39, -745.13, LN_2];
    exp2: [(-1.0, 1.0), (-150.0, 128.0), (-1075.0, 1024.0)], [0.0, 0.5, 128.0, -126.0, -149.0, 1024.0, -1022.0, -1074.0];
    exp_m1: [(-0.4, 0.4), (-40.0, 40.0), (-1e-8, 1e-8), (0.0, 709.8)], [0.0, 0.3466, -0.3466, 88.72, 709.78, -37.0];
    ln: [(0.5, 2.0), (0.95, 1.05), (0.99, 1.01), (0.0, 1e4)], [1.0, SQRT_HALF, 0.958, 1.041, 1.166, 1.916];
    log2: [(0.5, 2.0), (0.95, 1.05), (0.99, 1.01), (0.0, 1e4)], [1.0, SQRT_HALF, 2.0, 0.958, 1.041];
    log10: [(0.5, 2.0), (0.95, 1.05), (0.99, 1.01), (0.0, 1e4)], [1.0, SQRT_HALF, 10.0, 0.958, 1.041];
    ln_1p: [(-1.0, 1.0), (-1e-3, 1e-3), (-1e-15, 1e-15), (0.0, 1e4)], [0.0, -0.2929, 0.4142, -1.0];
    sin: [(-0.8, 0.8), (-7.0, 7.0), (-1e5, 1e5), (0.0, 1e9)], [0.0, FRAC_PI_2, 2.0 * FRAC_PI_2, 11.0 * FRAC_PI_2, 710.0 * FRAC_PI_2, 1e22];
    cos: [(-0.8, 0.8), (-7.0, 7.0), (-1e5, 1e5), (0.0, 1e9)], [0.0, FRAC_PI_2, 2.0 * FRAC_PI_2, 11.0 * FRAC_PI_2, 710.0 * FRAC_PI_2, 1e22];
    tan: [(-0.8, 0.8), (-7.0, 7.0), (-1e5, 1e5), (0.0, 1e9)], [0.0, FRAC_PI_2, 2.0 * FRAC_PI_2, 11.0 * FRAC_PI_2, 710.0 * FRAC_PI_2, 1e22];
    asin: [(-1.0, 1.0), (-0.5, 0.5), (0.999, 1.0)], [0.0, 0.5, -0.5, 1.0, -1.0];
    acos: [(-1.0, 1.0), (-0.5, 0.5), (0.999, 1.0)], [0.0, 0.5, -0.5, 1.0, -1.0];
    atan: [(-1.0, 1.0), (-3.0, 3.0), (-100.0, 100.0)], [0.0, 0.4142, 1.0, 2.4142, -1.0];
    sinh: [(-0.4, 0.4), (-20.0, 20.0), (88.0, 89.5), (18.0, 19.0), (-711.0, 711.0)], [0.0, 0.3466, 89.41, 710.47];
    cosh: [(-0.4, 0.4), (-20.0, 20.0), (88.0, 89.5), (18.0, 19.0), (-711.0, 711.0)], [0.0, 0.3466, 89.41, 710.47];
    tanh: [(-0.2, 0.2), (-1.0, 1.0), (8.5, 9.5), (-20.0, 20.0)], [0.0, 0.1733, 9.01, 19.06];
    exp10: [(-1.0, 1.0), (-45.0, 38.6), (-323.5, 308.3)], [0.0, 38.53, -37.93, -44.85, 308.25, -307.65, -323.3];
    asinh: [(-1.0, 1.0), (-10.0, 10.0), (-1e-3, 1e-3), (0.0, 1e10)], [0.0, 1.0, 1e9, 1e154];
    acosh: [(1.0, 2.0), (1.0, 1.001), (1.0, 100.0), (1.0, 1e10)], [1.0, 2.0, 1e9, 1e154];
    atanh: [(-1.0, 1.0), (-0.1, 0.1), (0.99, 1.0)], [0.0, 0.5, 1.0, -1.0];
    sinpi: [(-0.25, 0.25), (-2.0, 2.0), (-1e4, 1e4)], [0.0, 0.25, 0.5, 1.0, 1000.0];
    cospi: [(-0.25, 0.25), (-2.0, 2.0), (-1e4, 1e4)], [0.0, 0.25, 0.5, 1.0, 1000.5];
    tanpi: [(-0.25, 0.25), (-2.0, 2.0), (-1e4, 1e4)], [0.0, 0.25, 0.5, 1.0, 1000.5];
    j0: [(-2.0, 2.0), (-13.0, 13.0), (10.0, 200.0), (0.0, 1e5), (1e6, 1e8)], [0.0, 2.4048, 5.52, 8.6537, 11.7915, 12.56, 14.9309, 71.472, 4194304.0, 1e22];
    j1: [(-1.5, 1.5), (-13.0, 13.0), (10.0, 200.0), (0.0, 1e5), (1e6, 1e8)], [0.0, 1.3, 3.8317, 7.0156, 10.1735, 12.29, 13.3237, 63.6114, 4194304.0, 1e22];
    y0: [(0.0, 1.6), (0.0, 12.0), (10.0, 200.0), (0.0, 1e5), (1e6, 1e8)], [0.0, 0.89358, 1.55, 3.9577, 7.0861, 10.2223, 10.96, 13.3611, 63.6, 4194304.0, 1e22];
    y1: [(0.0, 1.6), (0.0, 12.0), (10.0, 200.0), (0.0, 1e5), (1e6, 1e8)], [0.0, 1.55, 2.19714, 5.4297, 8.596, 10.96, 11.7492, 71.5, 4194304.0, 1e22];
    erf: [(-1.0, 1.0), (-4.0, 4.0), (-6.0, 6.0)], [0.0, 0.84375, 1.25, 3.9, 5.92];
    erfc: [(-1.0, 1.0), (-4.0, 4.0), (0.0, 10.1), (0.0, 27.3), (3.4, 3.461), (8.6, 8.742), (12.5, 12.742), (19.0, 19.304)], [0.0, 0.82, 1.82, 5.46, 0.84375, 1.25, 10.05, 26.54];
    norm_cdf: [(-1.0, 1.0), (-6.0, 6.0), (-14.2, 0.0), (-38.6, 0.0), (-4.57, -4.5), (-7.71, -7.6), (-11.711, -11.5), (-17.992, -17.6)], [0.0, -1.0, -2.57, -25.99, -14.1, -37.5];
    tgamma: [(0.0, 1.0), (0.5, 5.0), (0.0, 36.0), (-10.0, 10.0), (-43.0, 0.0), (100.0, 171.7), (-185.0, -100.0)], [0.0, 1.0, 1.4616, 2.0, 4.0, 35.04, 171.624, -1.0, -2.0, -3.0, -4.0, -34.03, -42.0, -170.56, -184.0];
    lgamma: [(0.0, 1.0), (0.5, 3.5), (0.9, 1.1), (1.9, 2.1), (0.0, 100.0), (-4.0, 0.0), (-10.0, 10.0), (-40.0, 0.0), (0.0, 1e6)], [0.0, 1.0, 2.0, 3.0, -1.0, -2.0, -2.457, -2.747, -3.143, -3.955, -4.039, -20.0, 2.55e305];
    digamma: [(0.0, 1.0), (0.5, 3.5), (1.4, 1.5), (0.0, 100.0), (-4.0, 0.0), (-10.0, 10.0), (-1000.0, 0.0), (0.0, 1e6)], [0.0, 1.0, 1.4616321449683623, 3.0, -0.504, -1.0, -1.573, -2.61, -20.0, -20.65];
    erfinv: [(-1.0, 1.0), (-0.5, 0.5), (0.99, 1.0), (-1e-3, 1e-3)], [0.0, 0.5, -0.5, 0.75, 1.0, -1.0];
    erfcinv: [(0.0, 2.0), (0.5, 1.5), (0.0, 0.01), (0.999, 1.001)], [0.0, 0.5, 1.0, 1.5, 2.0, 0.25];
    norm_ppf: [(0.0, 1.0), (0.25, 0.75), (0.0, 0.01), (0.4999, 0.5001)], [0.0, 0.25, 0.5, 0.75, 1.0];
    logistic: [(-1.0, 1.0), (-20.0, 20.0), (-104.0, 0.0), (-746.0, 0.0)], [0.0, -87.33, -103.97, -708.39, -745.13];
    softplus: [(-1.0, 1.0), (-20.0, 40.0), (-104.0, 0.0), (-746.0, 0.0)], [0.0, -87.33, -103.97, -708.39, -745.13];
    rsqrt: [(0.0, 1.0), (1.0, 4.0), (0.0, 1e10)], [0.0, 1.0, 2.0, 4.0];
    cbrt: [(-1.0, 1.0), (1.0, 8.0), (-1e6, 1e6)], [0.0, 1.0, 2.0, 4.0, 8.0];
}

binary! {
    log: [[(0.0, 10.0), (0.0, 10.0)], [(0.5, 2.0), (0.5, 2.0)], [(0.95, 1.05), (2.0, 10.0)], [(0.0, 1e10), (0.9, 1.1)]], [1.0, 2.0, 10.0];
    powf: [[(0.0, 10.0), (-10.0, 10.0)], [(0.5, 2.0), (-300.0, 300.0)], [(0.99, 1.01), (-1e4, 1e4)], [(1.03, 1.06), (1500.0, 3000.0)], [(1.03, 1.06), (10000.0, 20000.0)], [(0.94, 0.97), (-20000.0, 13000.0)], [(1e-10, 1e10), (-20.0, 20.0)]], [1.0, SQRT_HALF, 2.0];
    atan2: [[(-10.0, 10.0), (-10.0, 10.0)], [(-1e-3, 1e-3), (-1.0, 1.0)], [(-1.0, 1.0), (-1e-3, 1e-3)]], [0.0, 1.0, -1.0];
    hypot: [[(-10.0, 10.0), (-10.0, 10.0)], [(-1e-3, 1e-3), (-1.0, 1.0)], [(0.0, 1e300), (0.0, 1e300)]], [0.0, 1.0];
}

/// The functions that are others with `ulp = 4`.
macro_rules! loose {
    (unary: $($unary:ident)*; binary: $($binary:ident)*;) => {
        mod within_4 {
            use super::*;

            $(
                #[vectorize(f32(f32), f64(f64), ulp = 4)]
                pub(super) fn $unary<T>(x: T) -> T {
                    x.$unary()
                }
            )*

            $(
                #[vectorize(f32(f32, f32), f64(f64, f64), ulp = 4)]
                pub(super) fn $binary<T>(x: T, y: T) -> T {
                    x.$binary(y)
                }
            )*
        }

        /// The same function by other kernels, if it has such.
        fn within_4(function: &Function) -> Option<Function> {
            let (f32, f64, loops): (Kernel<f32>, Kernel<f64>, _) = match function.name {
                $(stringify!($unary) => (
                    |level, xs, _, out| within_4::$unary::with(xs).level(level).into(out),
                    |level, xs, _, out| within_4::$unary::with(xs).level(level).into(out),
                    [MachineLoops::of::<within_4::$unary, (f32,)>(), MachineLoops::of::<within_4::$unary, (f64,)>()],
                ),)*
                $(stringify!($binary) => (
                    |level, xs, ys, out| within_4::$binary::with(xs, ys).level(level).into(out),
                    |level, xs, ys, out| within_4::$binary::with(xs, ys).level(level).into(out),
                    [MachineLoops::of::<within_4::$binary, (f32,)>(), MachineLoops::of::<within_4::$binary, (f64,)>()],
                ),)*
                _ => return None,
            };
            Some(Function { ulp: 4, f32, f64, loops, ..*function })
        }
    };
}

loose! {
    unary: sin cos tan asin acos atan exp exp2 exp10 exp_m1 ln log2 log10 ln_1p sinh cosh tanh acosh atanh logistic softplus sinpi
        cospi tanpi erf erfc norm_cdf;
    binary: atan2 hypot;
}

/// A kernel's call at a level: the arguments, the second of which it may not have, and the results.
type Kernel<T> = fn(Level, &[T], &[T], &mut [T]);

/// Every function within 1 ulp.
pub(crate) fn strict() -> impl Iterator<Item = &'static Function> {
    UNARY.iter().chain(BINARY)
}

/// Every function.
pub(crate) fn all() -> impl Iterator<Item = Function> {
    strict().copied().chain(strict().filter_map(within_4))
}
