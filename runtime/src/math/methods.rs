//! The math functions as methods of [`Vector`], by the names of the standard library.

use super::{Math, Ulp1, Ulp4, Within4, functions, lanes_of};
use crate::lanes::{Simd, Vector};

/// One method a row and tier, forwarding to the trait.
macro_rules! methods {
    ($(
        $(#[$doc:meta])*
        fn $name:ident(self $(, $arg:ident: $ty:tt)*) -> $ret:tt
            = $file:ident::$functions:tt $(or $loose_file:ident::$loose:tt)?;
    )*) => {
        impl<T: Math, S: Simd> Vector<T, S> {$(
            $(#[$doc])*
            #[inline(always)]
            pub fn $name(self $(, $arg: lanes_of!($ty, T))*) -> lanes_of!($ret, T) {
                T::$name::<Ulp1, S>(self $(, $arg)*)
            }
        )*}

        impl<T: Math, S: Simd> Within4<T, S> {$(
            $(#[$doc])*
            #[inline(always)]
            pub fn $name(self $(, $arg: lanes_of!($ty, T))*) -> lanes_of!($ret, T) {
                T::$name::<Ulp4, S>(self.0 $(, $arg)*)
            }
        )*}
    };
}

functions!(methods);
