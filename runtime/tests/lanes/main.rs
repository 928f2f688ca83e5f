//! Every operation of every level against Rust's own scalar operation, on edge values and random ones.

mod beyond;
mod blend;
mod convert;
mod divide;
mod elementwise;
mod gather;
mod masks;
mod memory;
mod methods;
mod root;
mod values;

/// A level whose instructions a function can be compiled with.
pub(crate) trait Run: ufunc::lanes::Simd {
    /// Calls `f`, which is inlined, with the level's instructions enabled, as the machine loop does.
    fn run<R>(self, f: impl FnOnce() -> R) -> R;
}

macro_rules! run {
    ($($level:ident $features:literal;)*) => {$(
        #[cfg(target_arch = "x86_64")]
        impl Run for ufunc::lanes::$level {
            #[inline(always)]
            fn run<R>(self, f: impl FnOnce() -> R) -> R {
                #[target_feature(enable = $features)]
                #[inline(never)]
                unsafe fn shim<R>(f: impl FnOnce() -> R) -> R {
                    f()
                }
                // SAFETY: the token proves the level.
                unsafe { shim(f) }
            }
        }
    )*};
}

run! {
    Sse2 "sse2";
    Avx2 "avx2,fma";
    Avx512 "avx2,fma,avx512f,avx512cd,avx512dq,avx512bw,avx512vl";
}

impl Run for ufunc::lanes::Scalar {
    #[inline(never)]
    fn run<R>(self, f: impl FnOnce() -> R) -> R {
        f()
    }
}

impl<S: Run> Run for ufunc::lanes::Twice<S> {
    #[inline(always)]
    fn run<R>(self, f: impl FnOnce() -> R) -> R {
        // SAFETY: two gangs need the instructions that one needs.
        unsafe { S::assume() }.run(f)
    }
}

/// Runs generic tests `fn name<S: Run>(simd: S)` at every level that the machine has.
macro_rules! at_every_level {
    ($($name:ident)*) => {
        at_every_level! { @level scalar, Scalar, Scalar; $($name)* }
        at_every_level! { @level sse2, Sse2, Sse2; $($name)* }
        at_every_level! { @level avx2, Avx2, Avx2; $($name)* }
        at_every_level! { @level avx512, Avx512, Avx512; $($name)* }
    };
    (@level $module:ident, $level:ident, $simd:ty; $($name:ident)*) => {
        mod $module {
            $(#[test]
            fn $name() {
                use ufunc::lanes::*;
                if ufunc::Level::$level.is_available() {
                    // SAFETY: the level is available.
                    super::$name(unsafe { <$simd as Simd>::assume() });
                }
            })*
        }
    };
}
pub(crate) use at_every_level;

/// The same on doubled gangs, of arrays and of registers, whatever the level's own lanes are.
macro_rules! at_doubled_levels {
    ($($name:ident)*) => {
        at_every_level! { @level scalar_twice, Scalar, Twice<Scalar>; $($name)* }
        at_every_level! { @level avx512_twice, Avx512, Twice<Avx512>; $($name)* }
    };
}
pub(crate) use at_doubled_levels;

/// For what no level defines itself: on arrays and on registers.
macro_rules! at_two_levels {
    ($($name:ident)*) => {
        at_every_level! { @level scalar, Scalar, Scalar; $($name)* }
        at_every_level! { @level avx512, Avx512, Avx512; $($name)* }
    };
}
pub(crate) use at_two_levels;
