//! With the features `sleef` and `svml`, kernels give the bits of those libraries' functions, at each level and tier.
#![cfg(all(target_arch = "x86_64", any(feature = "sleef", feature = "svml")))]
#![allow(missing_docs)]

use std::arch::x86_64::{__m128d, __m256, __m256d, __m512d};
use std::mem::transmute;

use ufunc::Level;
use ufunc::prelude::*;

type Address = unsafe extern "C" fn();

#[vectorize(f32(f32), f64(f64))]
fn exp<T>(x: T) -> T {
    x.exp()
}

#[vectorize(f32(f32), f64(f64), ulp = 4)]
fn sin_within_4<T>(x: T) -> T {
    x.sin()
}

#[vectorize(f32(f32, f32), f64(f64, f64))]
fn power<T>(x: T, y: T) -> T {
    x.powf(y)
}

/// What no library has.
#[vectorize(f32(f32), f64(f64))]
fn unknown_elsewhere<T>(x: T) -> T {
    x.softplus()
}

/// A loop that calls a function of so many registers.
macro_rules! by_register {
    ($($name:ident, $features:literal, $t:ty, $register:ty;)*) => {$(
        #[target_feature(enable = $features)]
        unsafe fn $name(function: Address, xs: &[$t], ys: Option<&[$t]>) -> Vec<$t> {
            const LANES: usize = size_of::<$register>() / size_of::<$t>();
            let mut results = Vec::new();
            for (i, x) in xs.chunks_exact(LANES).enumerate() {
                // SAFETY: a chunk has the register's bytes; the caller vouches for the function's type and the processor.
                let result: [$t; LANES] = unsafe {
                    let x: $register = x.as_ptr().cast::<$register>().read_unaligned();
                    let result = match ys {
                        None => transmute::<Address, unsafe extern "C" fn($register) -> $register>(function)(x),
                        Some(ys) => {
                            let y: $register = ys[i * LANES..].as_ptr().cast::<$register>().read_unaligned();
                            transmute::<Address, unsafe extern "C" fn($register, $register) -> $register>(function)(x, y)
                        }
                    };
                    transmute(result)
                };
                results.extend(result);
            }
            results
        }
    )*};
}

by_register! {
    by_2, "sse2", f64, __m128d;
    by_4, "avx", f64, __m256d;
    by_8, "avx512f", f64, __m512d;
    by_8_singles, "avx", f32, __m256;
}

fn arguments() -> (Vec<f64>, Vec<f64>) {
    let x = (0..1 << 12).map(|i| 0.01 + f64::from(i) * 0.0037).collect();
    let y = (0..1 << 12).map(|i| f64::from(i % 89) * 0.1 - 4.0).collect();
    (x, y)
}

/// Holds kernels to the library's functions: those of `exp` at three levels and in `f32`, of the sine within 4 ulp, of the power.
fn check(address: impl Fn(&'static str) -> Address, names: [&'static str; 6]) {
    let [exp_2, exp_4, exp_8, exp_8_singles, sin_4, power_4] = names;
    let (x, y) = arguments();
    let singles: Vec<f32> = x.iter().map(|x| *x as f32).collect();
    assert!(Level::best() >= Level::Avx2, "the libraries are held to their functions of 256 bits");
    // SAFETY: the functions are of registers of these sizes, which the processor has.
    unsafe {
        assert_eq!(exp::with(&x).level(Level::Sse2).eval(), by_2(address(exp_2), &x, None));
        assert_eq!(exp::with(&x).level(Level::Avx2).eval(), by_4(address(exp_4), &x, None));
        assert_eq!(exp::with(&singles).level(Level::Avx2).eval(), by_8_singles(address(exp_8_singles), &singles, None));
        assert_eq!(sin_within_4::with(&x).level(Level::Avx2).eval(), by_4(address(sin_4), &x, None));
        assert_eq!(power::with(&x, &y).level(Level::Avx2).eval(), by_4(address(power_4), &x, Some(&y)));
        if Level::best() == Level::Avx512 {
            assert_eq!(exp::with(&x).level(Level::Avx512).eval(), by_8(address(exp_8), &x, None));
        }
    }
    // The rest stays ours, and the same on the levels with FMA.
    let softplus = unknown_elsewhere::with(&x).level(Level::Avx2).eval();
    assert_eq!(softplus, unknown_elsewhere::with(&x).level(Level::Scalar).eval());
}

#[cfg(all(feature = "sleef", not(feature = "svml")))]
#[test]
fn kernels_call_sleef() {
    unsafe extern "C" {
        fn Sleef_expd2_u10sse2();
        fn Sleef_expd4_u10avx2();
        fn Sleef_expd8_u10avx512f();
        fn Sleef_expf8_u10avx2();
        fn Sleef_sind4_u35avx2();
        fn Sleef_powd4_u10avx2();
    }
    let address = |name: &'static str| -> Address {
        match name {
            "exp 2" => Sleef_expd2_u10sse2,
            "exp 4" => Sleef_expd4_u10avx2,
            "exp 8" => Sleef_expd8_u10avx512f,
            "exp 8 singles" => Sleef_expf8_u10avx2,
            "sin 4" => Sleef_sind4_u35avx2,
            "power 4" => Sleef_powd4_u10avx2,
            _ => unreachable!("{name}"),
        }
    };
    check(address, ["exp 2", "exp 4", "exp 8", "exp 8 singles", "sin 4", "power 4"]);
}

#[cfg(feature = "svml")]
#[test]
fn kernels_call_svml_where_it_is() {
    let Some(path) = std::env::var_os("UFUNC_SVML") else {
        // Without the library the functions are ours, and it is known why.
        if let Some(error) = ufunc::math::vendor::svml_error() {
            assert!(error.contains("libsvml.so"), "{error}");
            let (x, _) = arguments();
            assert_eq!(exp::with(&x).level(Level::Avx2).eval(), exp::with(&x).level(Level::Scalar).eval());
        }
        return;
    };
    // What the library needs is loaded together with it.
    assert_eq!(ufunc::math::vendor::svml_error(), None);
    // SAFETY: the library is a table of functions.
    let library = unsafe { libloading::Library::new(path) }.expect("UFUNC_SVML names the library");
    // SAFETY: the symbols are those of functions.
    let address = |name: &'static str| unsafe { *library.get::<Address>(name.as_bytes()).expect("SVML has it") };
    check(
        address,
        ["__svml_exp2_ha", "__svml_exp4_ha", "__svml_exp8_ha", "__svml_expf8_ha", "__svml_sin4", "__svml_pow4_ha"],
    );
}
