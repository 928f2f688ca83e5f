//! [`MathExt`]: the functions that the standard library lacks, for scalars.

use super::{further_functions, lanes_of};
use crate::Call;
use crate::kernel::Kernel;
use crate::lanes::{Mask, Simd, Vector};

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

/// The scalar type of one row's type.
macro_rules! scalar_of {
    (T, $float:ty) => {
        $float
    };
    (i32, $float:ty) => {
        i32
    };
    (bool, $float:ty) => {
        bool
    };
    (($a:tt, $b:tt), $float:ty) => {
        (scalar_of!($a, $float), scalar_of!($b, $float))
    };
}

/// A kernel's results, a tuple, from one row's: pairs are tuples already.
macro_rules! results_of {
    (@scalar ($a:tt, $b:tt), $float:ty) => {
        scalar_of!(($a, $b), $float)
    };
    (@scalar $a:tt, $float:ty) => {
        (scalar_of!($a, $float),)
    };
    (@lanes ($a:tt, $b:tt), $float:ty) => {
        lanes_of!(($a, $b), $float)
    };
    (@lanes $a:tt, $float:ty) => {
        (lanes_of!($a, $float),)
    };
    (@value ($a:tt, $b:tt), $value:expr) => {
        $value
    };
    (@value $a:tt, $value:expr) => {
        ($value,)
    };
}

/// The trait, a kernel a row, and the implementations that call these.
macro_rules! scalar_trait {
    ($(
        $(#[$doc:meta])*
        fn $name:ident(self $(, $arg:ident: $ty:tt)*) -> $ret:tt = $file:ident::$functions:tt $(or $loose_file:ident::$loose:tt)?;
    )*) => {
        /// The math functions that kernels have and the standard library lacks, as methods of `f32` and `f64`: the
        /// prelude has the trait, so that the scalar twin of a kernel finds them.
        ///
        /// A result has the bits that a kernel gives for the same argument at the process's [level](crate::Level::current).
        ///
        /// ```
        /// use ufunc::prelude::*;
        ///
        /// #[vectorize]
        /// fn bit_error_rate(energy: f64) -> f64 {
        ///     0.5 * energy.sqrt().erfc()
        /// }
        ///
        /// assert_eq!(3f64.exp10(), 1000.0);
        /// assert_eq!(bit_error_rate(4.0), bit_error_rate::scalar(4.0));
        /// ```
        pub trait MathExt: sealed::Sealed + Sized {$(
            $(#[$doc])*
            fn $name(self $(, $arg: scalar_of!($ty, Self))*) -> scalar_of!($ret, Self);
        )*}

        /// The functions as kernels.
        mod kernels {$(
            #[allow(non_camel_case_types)]
            pub(super) enum $name {}
        )*}

        $(scalar_trait!(@of f32 $name ($($arg: $ty),*) -> $ret);)*
        $(scalar_trait!(@of f64 $name ($($arg: $ty),*) -> $ret);)*
        scalar_trait!(@impl f32 $($name ($($arg: $ty),*) -> $ret)*);
        scalar_trait!(@impl f64 $($name ($($arg: $ty),*) -> $ret)*);
    };
    (@of $float:ident $name:ident ($($arg:ident: $ty:tt),*) -> $ret:tt) => {
        impl Kernel<($float,)> for kernels::$name {
            const NAME: &'static str = stringify!($name);
            type Inputs = ($float, $(scalar_of!($ty, $float),)*);
            type Outputs = results_of!(@scalar $ret, $float);
            type Uniforms<'a> = ();
            type Gang<S: Simd> = S;

            #[inline(always)]
            fn gang<'a, S: Simd>(
                _: S,
                _: Mask<S>,
                (x, $($arg,)*): (Vector<$float, S>, $(lanes_of!($ty, $float),)*),
                (): (),
            ) -> results_of!(@lanes $ret, $float) {
                results_of!(@value $ret, x.$name($($arg),*))
            }

            fn scalar<'a>((x, $($arg,)*): Self::Inputs, (): ()) -> Self::Outputs {
                results_of!(@value $ret, MathExt::$name(x $(, $arg)*))
            }
        }
    };
    (@impl $float:ident $($name:ident ($($arg:ident: $ty:tt),*) -> $ret:tt)*) => {
        impl MathExt for $float {$(
            #[inline]
            fn $name(self $(, $arg: scalar_of!($ty, $float))*) -> scalar_of!($ret, $float) {
                Call::<kernels::$name, ($float,), _>::new((self, $($arg,)*), ()).eval()
            }
        )*}
    };
}

further_functions!(scalar_trait;);
