//! Every operation of every level against Rust's own scalar operation, on edge values and random ones.

mod convert;
mod elementwise;
mod masks;
mod memory;
mod values;

/// Runs generic tests `fn name<S: Simd>(simd: S)` at every level that the machine has, and on doubled gangs:
/// each in a function that enables the level's instructions, as the machine loop does.
macro_rules! at_every_level {
    ($($name:ident)*) => {
        at_every_level! { @level scalar, Scalar, Scalar, "", $($name)* }
        at_every_level! { @level scalar_twice, Scalar, Twice<Scalar>, "", $($name)* }
        at_every_level! { @level sse2, Sse2, Sse2, "sse2", $($name)* }
        at_every_level! { @level sse2_twice, Sse2, Twice<Sse2>, "sse2", $($name)* }
        at_every_level! { @level avx2, Avx2, Avx2, "avx2,fma", $($name)* }
        at_every_level! { @level avx2_twice, Avx2, Twice<Avx2>, "avx2,fma", $($name)* }
        at_every_level! { @level avx512, Avx512, Avx512, "avx2,fma,avx512f,avx512cd,avx512dq,avx512bw,avx512vl", $($name)* }
        at_every_level! { @level avx512_twice, Avx512, Twice<Avx512>, "avx2,fma,avx512f,avx512cd,avx512dq,avx512bw,avx512vl", $($name)* }
    };
    (@level $module:ident, $level:ident, $simd:ty, "", $($name:ident)*) => {
        mod $module {
            $(#[test]
            fn $name() {
                use ufunc::lanes::*;
                // SAFETY: the scalar level needs no instructions.
                super::$name(unsafe { <$simd as Simd>::assume() });
            })*
        }
    };
    (@level $module:ident, $level:ident, $simd:ty, $features:literal, $($name:ident)*) => {
        #[cfg(target_arch = "x86_64")]
        mod $module {
            $(#[test]
            fn $name() {
                use ufunc::lanes::*;

                #[target_feature(enable = $features)]
                unsafe fn shim() {
                    // SAFETY: the caller has made sure of the level.
                    super::$name(unsafe { <$simd as Simd>::assume() });
                }
                if ufunc::Level::$level.is_available() {
                    // SAFETY: the level is available.
                    unsafe { shim() };
                }
            })*
        }
    };
}
pub(crate) use at_every_level;
