//! How the functions list their signatures: `T(T, T)` of `integers`, and the like.

/// Kernels of one shape for a set of types, which stand for `T` in turn. One `of` another has further signatures of that;
/// options of the attribute stand in brackets
/// before the body.
macro_rules! loops {
    (signed: $($rest:tt)*) => { loops! { [i8 i16 i32 i64 isize]: $($rest)* } };
    (unsigned: $($rest:tt)*) => { loops! { [u8 u16 u32 u64 usize]: $($rest)* } };
    (integers: $($rest:tt)*) => { loops! { [i8 i16 i32 i64 isize u8 u16 u32 u64 usize]: $($rest)* } };
    (floats: $($rest:tt)*) => { loops! { [f32 f64]: $($rest)* } };
    (numbers: $($rest:tt)*) => { loops! { [f32 f64 i8 i16 i32 i64 isize u8 u16 u32 u64 usize]: $($rest)* } };
    (bools: $($rest:tt)*) => { loops! { [bool]: $($rest)* } };
    (bits: $($rest:tt)*) => { loops! { [bool i8 i16 i32 i64 isize u8 u16 u32 u64 usize]: $($rest)* } };
    (
        $types:tt: $outputs:tt $inputs:tt;
        $(
            $(#[$meta:meta])*
            $vis:vis $(of $base:ident)? fn $name:ident<$($generic:ident),+> $params:tt -> $result:tt $([$($option:tt)*])? { $($body:tt)* }
        )*
    ) => {$(
        loops! { @ $types $outputs $inputs ($(of = $base,)? $($($option)*,)? crate = crate)
            $(#[$meta])*
            $vis fn $name<$($generic),+> $params -> $result { $($body)* }
        }
    )*};
    (@ [$($t:ident)*] T(T) ($($options:tt)*) $($item:tt)*) => {
        #[vectorize($($t($t),)* $($options)*)]
        $($item)*
    };
    (@ [$($t:ident)*] T(T, T) ($($options:tt)*) $($item:tt)*) => {
        #[vectorize($($t($t, $t),)* $($options)*)]
        $($item)*
    };
    (@ [$($t:ident)*] T(T, T, T) ($($options:tt)*) $($item:tt)*) => {
        #[vectorize($($t($t, $t, $t),)* $($options)*)]
        $($item)*
    };
    (@ [$($t:ident)*] (T, T)(T) ($($options:tt)*) $($item:tt)*) => {
        #[vectorize($(($t, $t)($t),)* $($options)*)]
        $($item)*
    };
    (@ [$($t:ident)*] (T, T)(T, T) ($($options:tt)*) $($item:tt)*) => {
        #[vectorize($(($t, $t)($t, $t),)* $($options)*)]
        $($item)*
    };
    (@ [$($t:ident)*] $result:ident(T) ($($options:tt)*) $($item:tt)*) => {
        #[vectorize($($result($t),)* $($options)*)]
        $($item)*
    };
    (@ [$($t:ident)*] $result:ident(T, T) ($($options:tt)*) $($item:tt)*) => {
        #[vectorize($($result($t, $t),)* $($options)*)]
        $($item)*
    };
}
