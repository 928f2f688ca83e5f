//! The functions of scalars: [`MathExt`] has those that the standard library lacks as methods, and each is a function
//! of this module, too, generic over the float type.

use super::{Math, functions, further_functions, lanes_of};
use crate::kernel::{self, Kernel};
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
        ($crate::math::scalar_of!($a, $float), $crate::math::scalar_of!($b, $float))
    };
}
pub(crate) use scalar_of;

/// A kernel's results, a tuple, from one row's: pairs are tuples already.
macro_rules! results_of {
    (@scalar ($a:tt, $b:tt), $float:ty) => {
        $crate::math::scalar_of!(($a, $b), $float)
    };
    (@scalar $a:tt, $float:ty) => {
        ($crate::math::scalar_of!($a, $float),)
    };
    (@lanes ($a:tt, $b:tt), $float:ty) => {
        $crate::math::lanes_of!(($a, $b), $float)
    };
    (@lanes $a:tt, $float:ty) => {
        ($crate::math::lanes_of!($a, $float),)
    };
    (@pack ($a:tt, $b:tt), $value:expr) => {
        $value
    };
    (@pack $a:tt, $value:expr) => {
        ($value,)
    };
    (@unpack ($a:tt, $b:tt), $value:expr) => {
        $value
    };
    (@unpack $a:tt, $value:expr) => {
        $value.0
    };
}
#[cfg(test)]
pub(crate) use results_of;

/// A function a row, which runs the lane function on copies of its arguments.
macro_rules! scalar_functions {
    ($(
        $(#[$doc:meta])*
        fn $name:ident(self $(, $arg:ident: $ty:tt)*) -> $ret:tt
            = $file:ident::$functions:tt $(or $loose_file:ident::$loose:tt)?;
    )*) => {
        $(
            $(#[$doc])*
            ///
            /// Of a scalar `x`, which stands for `self`. The result has the bits that a kernel gives for the same
            /// arguments at the process's [level](crate::Level::current).
            #[inline]
            pub fn $name<T: Math>(x: T $(, $arg: scalar_of!($ty, T))*) -> scalar_of!($ret, T) {
                /// The function as a kernel.
                enum Function {}

                impl<T: Math> Kernel<(T,)> for Function {
                    const NAME: &'static str = stringify!($name);
                    type Inputs = (T, $(scalar_of!($ty, T),)*);
                    type Outputs = results_of!(@scalar $ret, T);
                    type Uniforms<'a> = ();
                    type Gang<S: Simd> = S;

                    #[inline(always)]
                    fn gang<'a, S: Simd>(
                        _: S,
                        _: Mask<S>,
                        (x, $($arg,)*): (Vector<T, S>, $(lanes_of!($ty, T),)*),
                        (): (),
                    ) -> results_of!(@lanes $ret, T) {
                        results_of!(@pack $ret, x.$name($($arg),*))
                    }

                    fn scalar<'a>((x, $($arg,)*): Self::Inputs, (): ()) -> Self::Outputs {
                        results_of!(@pack $ret, $name(x $(, $arg)*))
                    }
                }

                results_of!(@unpack $ret, kernel::one::<Function, (T,)>((x, $($arg,)*)))
            }
        )*
    };
}

functions!(scalar_functions);

// What floats have in lanes beside the math functions.
scalar_functions! {
    /// The square root, correctly rounded.
    fn sqrt(self) -> T = lanes::{sqrt, sqrt};
    /// The largest integer that is not above `self`.
    fn floor(self) -> T = lanes::{floor, floor};
    /// The smallest integer that is not below `self`.
    fn ceil(self) -> T = lanes::{ceil, ceil};
    /// The integer part.
    fn trunc(self) -> T = lanes::{trunc, trunc};
    /// The nearest integer, halves to the even one.
    fn round_ties_even(self) -> T = lanes::{round_ties_even, round_ties_even};
}

/// The trait, whose methods are the functions.
macro_rules! scalar_trait {
    ($(
        $(#[$doc:meta])*
        fn $name:ident(self $(, $arg:ident: $ty:tt)*) -> $ret:tt
            = $file:ident::$functions:tt $(or $loose_file:ident::$loose:tt)?;
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
        pub trait MathExt: Math + sealed::Sealed {$(
            $(#[$doc])*
            #[inline]
            fn $name(self $(, $arg: scalar_of!($ty, Self))*) -> scalar_of!($ret, Self) {
                $name(self $(, $arg)*)
            }
        )*}
    };
}

further_functions!(scalar_trait;);

impl MathExt for f32 {}
impl MathExt for f64 {}
