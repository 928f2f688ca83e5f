//! Kernels in the shape that the attribute macro emits.
#![allow(dead_code, unreachable_pub, reason = "each test file uses some of the kernels")]
#![allow(clippy::too_many_arguments, reason = "a target comes on top of the parameters")]

use std::ops::{Add, Mul};

use ufunc::kernel::Kernel;
use ufunc::lanes::{Element, Mask, Simd, Vector};
use ufunc::{Call, Evaluated, Operand, Operands, Targets};

/// The items of a kernel with one signature, of a short one behind `const IS_SHORT;`. `lanes` is the body on a gang, `body` that of the twin.
macro_rules! kernel {
    ($(const $short:ident;)? pub fn $name:ident<$($param:ident: $op:ident as $ty:ty),*>($($uni:ident: $uty:ty),*) -> ($($out:ty),*),
     |$simd:ident| $lanes:expr, $body:expr) => {
        #[allow(non_camel_case_types)]
        pub enum $name {}

        impl Kernel for $name {
            const NAME: &'static str = stringify!($name);
            const INPUT_NAMES: &'static [&'static str] = &[$(stringify!($param)),*];
            type Inputs = ($($ty,)*);
            type Outputs = ($($out,)*);
            type Uniforms<'a> = ($(&'a $uty,)*);
            type Gang<S: Simd> = S;
            $(const $short: bool = true;)?

            #[inline(always)]
            #[allow(unused_variables)]
            fn gang<'a, S: Simd>(
                $simd: S,
                _mask: Mask<S>,
                ($($param,)*): ($(Vector<$ty, S>,)*),
                ($($uni,)*): Self::Uniforms<'a>,
            ) -> ($(Vector<$out, S>,)*) {
                $lanes
            }

            fn scalar<'a>(($($param,)*): ($($ty,)*), ($($uni,)*): Self::Uniforms<'a>) -> ($($out,)*) {
                $body
            }
        }

        #[track_caller]
        pub fn $name<$($op: Operand<$ty>),*>($($param: $op,)* $($uni: &$uty),*) -> Evaluated<$name, (), ($($op,)*)>
        where
            ($($op,)*): Operands<($($ty,)*)>,
        {
            Call::<$name, (), _>::new(($($param,)*), ($($uni,)*)).eval()
        }

        impl $name {
            pub const NAME: &'static str = <$name as Kernel>::NAME;
            #[track_caller]
            pub fn into<$($op: Operand<$ty>,)* UfuncOut: Targets<($($out,)*)>>($($param: $op,)* $($uni: &$uty,)* out: UfuncOut)
            where
                ($($op,)*): Operands<($($ty,)*)>,
            {
                Call::<$name, (), _>::new(($($param,)*), ($($uni,)*)).into(out)
            }
            #[track_caller]
            pub fn par<$($op: Operand<$ty>),*>($($param: $op,)* $($uni: &$uty),*) -> Evaluated<$name, (), ($($op,)*)>
            where
                ($($op,)*): Operands<($($ty,)*)>,
            {
                Call::<$name, (), _>::new(($($param,)*), ($($uni,)*)).parallel(true).eval()
            }
            #[track_caller]
            pub fn par_into<$($op: Operand<$ty>,)* UfuncOut: Targets<($($out,)*)>>($($param: $op,)* $($uni: &$uty,)* out: UfuncOut)
            where
                ($($op,)*): Operands<($($ty,)*)>,
            {
                Call::<$name, (), _>::new(($($param,)*), ($($uni,)*)).parallel(true).into(out)
            }
            pub fn with<'u, $($op: Operand<$ty>),*>($($param: $op,)* $($uni: &'u $uty),*) -> Call<'u, $name, (), ($($op,)*)>
            where
                ($($op,)*): Operands<($($ty,)*)>,
            {
                Call::<$name, (), _>::new(($($param,)*), ($($uni,)*))
            }
        }
    };
}

kernel! {
    pub fn rc<voltage: A as f64, time_constant: B as f64>() -> (f64),
    |simd| (voltage * (Vector::splat(simd, 1.0) - Vector::splat(simd, 1.0) / time_constant),),
    (rc::scalar(voltage, time_constant),)
}

impl rc {
    pub fn scalar(voltage: f64, time_constant: f64) -> f64 {
        voltage * (1.0 - 1.0 / time_constant)
    }
}

kernel! {
    const IS_SHORT;
    pub fn scale<x: A as f64>() -> (f64),
    |simd| (x * Vector::splat(simd, 3.0),),
    (x * 3.0,)
}

kernel! {
    pub fn lookup<x: A as f64>(table: [f64]) -> (f64, bool),
    |simd| {
        let values = x.to_array();
        let found = Vector::from_fn(simd, |lane| table[values[lane] as usize]);
        (found, found.lanes_lt(x))
    },
    (table[x as usize], table[x as usize] < x)
}

kernel! {
    const IS_SHORT;
    pub fn pick<flag: A as bool, a: B as f32, n: C as u8>() -> (f32, u8),
    |simd| (Vector::select(flag, a, Vector::splat(simd, -1.0)), n + Vector::splat(simd, 1)),
    (if flag { a } else { -1.0 }, n.wrapping_add(1))
}

kernel! {
    pub fn blend<a: A as f64, b: B as f64, t: C as f64>() -> (f64),
    |simd| (a + (b - a) * t,),
    (a + (b - a) * t,)
}

kernel! {
    pub fn divmod<a: A as i64, b: B as i64>() -> (i64, i64),
    |simd| {
        let (a, b) = (a.to_array(), b.to_array());
        // Panics, as the scalar operators do, where a divisor is zero.
        (Vector::from_fn(simd, |i| a[i] / b[i]), Vector::from_fn(simd, |i| a[i] % b[i]))
    },
    (a / b, a % b)
}

kernel! {
    pub fn narrow<x: A as f32>() -> (bool),
    |simd| (Vector::splat(simd, 0.5).lanes_lt(x),),
    (0.5 < x,)
}

kernel! {
    const IS_SHORT;
    pub fn add16<a: A as i16, b: B as i16>() -> (i16),
    |simd| (a + b,),
    (a.wrapping_add(b),)
}

kernel! {
    pub fn index<a: A as usize, b: B as isize>() -> (usize),
    |simd| {
        let (a, b) = (a.to_array(), b.to_array());
        (Vector::from_fn(simd, |i| a[i].wrapping_add_signed(b[i])),)
    },
    (a.wrapping_add_signed(b),)
}

// As many operands as a kernel can have.
kernel! {
    const IS_SHORT;
    pub fn wide<a: AA as f64, b: BB as f64, c: CC as f64, d: DD as f64, e: EE as f64, f: FF as f64, g: GG as f64, h: HH as f64, i: II as f64, j: JJ as f64, k: KK as f64, l: LL as f64>() -> (f64, f64, f64, f64, f64, f64, f64, f64, f64, f64, f64, f64),
    |simd| (a + b, b + c, c + d, d + e, e + f, f + g, g + h, h + i, i + j, j + k, k + l, l + a),
    (a + b, b + c, c + d, d + e, e + f, f + g, g + h, h + i, i + j, j + k, k + l, l + a)
}

/// `fn norm1<T>(x: T, y: T) -> T` with the signatures `f32(f32, f32)` and `f64(f64, f64)`.
#[allow(non_camel_case_types)]
pub enum norm1 {}

macro_rules! norm1_signature {
    ($t:ty) => {
        impl Kernel<($t,)> for norm1 {
            const NAME: &'static str = "norm1";
            type Inputs = ($t, $t);
            type Outputs = ($t,);
            type Uniforms<'a> = ();
            type Gang<S: Simd> = S;
            const IS_SHORT: bool = true;

            #[inline(always)]
            fn gang<'a, S: Simd>(
                simd: S,
                _mask: Mask<S>,
                (x, y): (Vector<$t, S>, Vector<$t, S>),
                (): (),
            ) -> (Vector<$t, S>,) {
                (x.mul(x).add(y.mul(y)).add(Vector::splat(simd, 1.0)),)
            }

            fn scalar<'a>((x, y): ($t, $t), (): ()) -> ($t,) {
                (x * x + y * y + 1.0,)
            }
        }
    };
}
norm1_signature!(f32);
norm1_signature!(f64);

#[track_caller]
pub fn norm1<T, A, B>(x: A, y: B) -> Evaluated<norm1, (T,), (A, B)>
where
    norm1: for<'u> Kernel<(T,), Inputs = (T, T), Uniforms<'u> = ()>,
    T: Element,
    A: Operand<T>,
    B: Operand<T>,
    (A, B): Operands<(T, T)>,
{
    Call::<norm1, (T,), _>::new((x, y), ()).eval()
}

pub fn norm1_with<'u, T, A, B>(x: A, y: B) -> Call<'u, norm1, (T,), (A, B)>
where
    norm1: for<'v> Kernel<(T,), Inputs = (T, T), Uniforms<'v> = ()>,
    T: Element,
    A: Operand<T>,
    B: Operand<T>,
    (A, B): Operands<(T, T)>,
{
    Call::<norm1, (T,), _>::new((x, y), ())
}
