//! The math functions as methods of [`Vector`], by the names of the standard library.

use super::{Math, functions, lanes_of};
use crate::lanes::{Simd, Vector};

/// One method a row, forwarding to the trait.
macro_rules! methods {
    ($(
        $(#[$doc:meta])*
        fn $name:ident(self $(, $arg:ident: $ty:tt)*) -> $ret:tt = $file:ident::{$f32:ident, $f64:ident};
    )*) => {
        impl<T: Math, S: Simd> Vector<T, S> {$(
            $(#[$doc])*
            #[inline(always)]
            pub fn $name(self $(, $arg: lanes_of!($ty, T))*) -> lanes_of!($ret, T) {
                T::$name(self $(, $arg)*)
            }
        )*}
    };
}

functions!(methods);
