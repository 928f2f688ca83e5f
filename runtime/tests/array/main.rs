//! What `#[jit]` on functions of arrays expands to, against plain Rust on the same arrays, at every level.
#![cfg(all(feature = "ndarray", feature = "rayon"))]

mod conversions;
mod counted;
mod dispatch;
mod parallel;
mod reductions;
mod runs;
mod values;
mod views;
mod views_by_lane;

/// Tests of lane code `fn name<S>(simd)`, each compiled with a level's instructions, at every level that the machine has.
macro_rules! at_every_level {
    ($($(#[$meta:meta])* fn $name:ident<$s:ident>($simd:ident) $body:block)*) => {$(
        $(#[$meta])*
        #[test]
        fn $name() {
            enum Body {}

            impl ufunc::array::ArrayFunction for Body {
                type Parameters<'a> = ();
                type Output = ();

                #[inline(always)]
                fn run<$s: ufunc::lanes::Simd>($simd: $s, (): ()) $body
            }

            for level in ufunc::Level::ALL.into_iter().filter(|level| level.is_available()) {
                ufunc::array::call_at::<Body>(level, ());
            }
        }
    )*};
}
pub(crate) use at_every_level;

/// The same statement for every type of elements.
macro_rules! for_every_type {
    ($macro:ident) => {
        $macro!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64 bool)
    };
}
pub(crate) use for_every_type;
