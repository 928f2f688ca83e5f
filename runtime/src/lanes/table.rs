//! How the backends are written down: one row an operation, operation → intrinsic.

/// Functions of a backend, each inlined into the shim that enables the level's instructions.
macro_rules! table {
    ($($(#[$meta:meta])* fn $name:ident($($arg:ident: $ty:ty),*) $(-> $ret:ty)? $body:block)*) => {$(
        $(#[$meta])*
        #[inline(always)]
        #[allow(unused_unsafe, reason = "some rows are plain Rust")]
        unsafe fn $name($($arg: $ty),*) $(-> $ret)? {
            // SAFETY: the caller vouches for the level's instructions and, where there are any, for
            // the pointers and for the indices of the lanes that are on.
            unsafe { $body }
        }
    )*};
}

/// Rows whose operands and result are one register: `name(operands) = intrinsic`.
macro_rules! one {
    ($ty:ty; $($name:ident($($arg:ident),*) = $f:expr;)*) => {
        table! { $(fn $name($($arg: $ty),*) -> $ty { $f($($arg),*) })* }
    };
}

/// Rows whose operands and result are two registers, each treated by the same intrinsic.
macro_rules! two {
    ($ty:ty; $($name:ident($($arg:ident),*) = $f:expr;)*) => {
        table! { $(fn $name($($arg: Pair<$ty>),*) -> Pair<$ty> { pair($f($($arg.lo),*), $f($($arg.hi),*)) })* }
    };
}

pub(super) use {one, table, two};
