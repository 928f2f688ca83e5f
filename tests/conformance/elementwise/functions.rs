//! The functions of `ops` that NumPy has, one row for each of their signatures.

use std::sync::LazyLock;

use ufunc::{Level, ops};

use super::column::{Column, column, view};

/// A function with the types of one signature.
pub(super) struct Function {
    pub(super) op: &'static str,
    pub(super) inputs: &'static [&'static str],
    /// Calls it at a level, with operands of these types.
    pub(super) call: fn(&[Column], Level) -> Vec<Column>,
}

/// Adds a row for each function and each type: `binary integers: gcd lcm`. The shapes differ in how many operands and
/// results there are.
macro_rules! rows {
    ($rows:ident $shape:ident floats: $($op:ident)*) => { rows! { $rows $shape [f32 f64]: $($op)* } };
    ($rows:ident $shape:ident integers: $($op:ident)*) => {
        rows! { $rows $shape [i8 i16 i32 i64 isize u8 u16 u32 u64 usize]: $($op)* }
    };
    ($rows:ident $shape:ident bits: $($op:ident)*) => {
        rows! { $rows $shape [bool i8 i16 i32 i64 isize u8 u16 u32 u64 usize]: $($op)* }
    };
    ($rows:ident $shape:ident numbers: $($op:ident)*) => {
        rows! { $rows $shape [f32 f64 i8 i16 i32 i64 isize u8 u16 u32 u64 usize]: $($op)* }
    };
    ($rows:ident $shape:ident all: $($op:ident)*) => {
        rows! { $rows $shape [bool f32 f64 i8 i16 i32 i64 isize u8 u16 u32 u64 usize]: $($op)* }
    };
    ($rows:ident $shape:ident $types:tt: $($op:ident)*) => {
        $(rows! { @ $rows $shape $op $types })*
    };
    (@ $rows:ident unary $op:ident [$($t:ident)*]) => {$(
        $rows.push(Function {
            op: stringify!($op),
            inputs: &[stringify!($t)],
            call: |x, level| vec![column(ops::$op::with(&view::<$t>(&x[0])).level(level).eval())],
        });
    )*};
    (@ $rows:ident binary $op:ident [$($t:ident)*]) => {$(
        $rows.push(Function {
            op: stringify!($op),
            inputs: &[stringify!($t), stringify!($t)],
            call: |x, level| {
                vec![column(ops::$op::with(&view::<$t>(&x[0]), &view::<$t>(&x[1])).level(level).eval())]
            },
        });
    )*};
    (@ $rows:ident ternary $op:ident [$($t:ident)*]) => {$(
        $rows.push(Function {
            op: stringify!($op),
            inputs: &[stringify!($t), stringify!($t), stringify!($t)],
            call: |x, level| {
                let operands = (view::<$t>(&x[0]), view::<$t>(&x[1]), view::<$t>(&x[2]));
                vec![column(ops::$op::with(&operands.0, &operands.1, &operands.2).level(level).eval())]
            },
        });
    )*};
    (@ $rows:ident unary_pair $op:ident [$($t:ident)*]) => {$(
        $rows.push(Function {
            op: stringify!($op),
            inputs: &[stringify!($t)],
            call: |x, level| {
                let (first, second) = ops::$op::with(&view::<$t>(&x[0])).level(level).eval();
                vec![column(first), column(second)]
            },
        });
    )*};
    (@ $rows:ident binary_pair $op:ident [$($t:ident)*]) => {$(
        $rows.push(Function {
            op: stringify!($op),
            inputs: &[stringify!($t), stringify!($t)],
            call: |x, level| {
                let (first, second) = ops::$op::with(&view::<$t>(&x[0]), &view::<$t>(&x[1])).level(level).eval();
                vec![column(first), column(second)]
            },
        });
    )*};
    (@ $rows:ident exponent $op:ident [$($t:ident $n:ident)*]) => {$(
        $rows.push(Function {
            op: stringify!($op),
            inputs: &[stringify!($t), stringify!($n)],
            call: |x, level| {
                vec![column(ops::$op::with(&view::<$t>(&x[0]), &view::<$n>(&x[1])).level(level).eval())]
            },
        });
    )*};
}

pub(super) static FUNCTIONS: LazyLock<Vec<Function>> = LazyLock::new(|| {
    let mut rows = Vec::new();
    arithmetic(&mut rows);
    division_and_powers(&mut rows);
    bits_and_truth(&mut rows);
    comparison(&mut rows);
    extrema(&mut rows);
    parts(&mut rows);
    math(&mut rows);
    rows
});

fn arithmetic(rows: &mut Vec<Function>) {
    rows! { rows binary all: add multiply }
    rows! { rows binary numbers: subtract }
    rows! { rows unary numbers: negative positive conjugate sign square reciprocal }
    rows! { rows unary all: absolute }
    rows! { rows unary floats: fabs }
}

fn division_and_powers(rows: &mut Vec<Function>) {
    rows! { rows binary numbers: divide floor_divide remainder fmod power }
    rows! { rows binary_pair numbers: divmod }
    rows! { rows binary integers: gcd lcm }
    rows! { rows binary floats: logaddexp logaddexp2 hypot }
    rows! { rows binary [f64]: float_power }
}

fn bits_and_truth(rows: &mut Vec<Function>) {
    rows! { rows binary bits: bitwise_and bitwise_or bitwise_xor }
    rows! { rows unary bits: invert }
    rows! { rows binary integers: left_shift right_shift }
    rows! { rows unary integers: bitwise_count }
    rows! { rows binary all: logical_and logical_or logical_xor }
    rows! { rows unary all: logical_not }
}

fn comparison(rows: &mut Vec<Function>) {
    rows! { rows binary all: greater greater_equal less less_equal equal not_equal }
}

fn extrema(rows: &mut Vec<Function>) {
    rows! { rows binary all: maximum minimum fmax fmin }
    rows! { rows ternary all: clip }
}

fn parts(rows: &mut Vec<Function>) {
    rows! { rows unary all: isnan isinf isfinite floor ceil trunc }
    rows! { rows unary floats: signbit rint spacing }
    rows! { rows binary floats: nextafter copysign heaviside }
    rows! { rows unary_pair floats: modf frexp }
    rows! { rows exponent [f32 i32 f32 i64 f64 i32 f64 i64]: ldexp }
}

fn math(rows: &mut Vec<Function>) {
    rows! { rows unary floats: exp exp2 expm1 log log2 log10 log1p sqrt cbrt }
    rows! { rows unary floats: sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh }
    rows! { rows unary floats: degrees radians deg2rad rad2deg }
    rows! { rows binary floats: arctan2 }
}

macro_rules! aliases {
    ($($name:ident)*) => {
        /// NumPy's second names that `ops` has, with the names of their kernels.
        pub(super) const ALIASES: &[(&str, &str)] = &[$((stringify!($name), ops::$name::NAME)),*];
    };
}

aliases! {
    abs acos acosh asin asinh atan atan2 atanh bitwise_invert bitwise_left_shift bitwise_not bitwise_right_shift conj
    pow true_divide
}
