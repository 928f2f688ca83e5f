//! `as` from every type to every type.

use crate::values::{expect1, results, singles};
use crate::{Run, at_doubled_levels, at_every_level};

at_every_level! { from_i8 from_i16 from_i32 from_i64 from_isize from_u8 from_u16 from_u32 from_u64 from_usize from_f32 from_f64 from_bool }

at_doubled_levels! { from_i8 from_i16 from_i32 from_i64 from_isize from_u8 from_u16 from_u32 from_u64 from_usize from_f32 from_f64 from_bool }

macro_rules! casts {
    ($($name:ident $from:ident => $($to:ident)*;)*) => {$(
        fn $name<S: Run>(simd: S) {
            let a = singles::<$from>(5000);
            $(expect1(concat!("as ", stringify!($to)), &results!(simd; x in a => x.cast::<$to>()), &a, |a| a as $to);)*
        }
    )*};
}

casts! {
    from_i8 i8 => i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64;
    from_i16 i16 => i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64;
    from_i32 i32 => i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64;
    from_i64 i64 => i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64;
    from_isize isize => i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64;
    from_u8 u8 => i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64;
    from_u16 u16 => i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64;
    from_u32 u32 => i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64;
    from_u64 u64 => i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64;
    from_usize usize => i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64;
    from_f32 f32 => i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64;
    from_f64 f64 => i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64;
    from_bool bool => i8 i16 i32 i64 isize u8 u16 u32 u64 usize;
}
