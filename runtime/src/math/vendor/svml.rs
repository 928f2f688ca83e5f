//! SVML's functions, from the library that is loaded when the first of them is called.

use std::ffi::CString;
use std::path::PathBuf;
use std::sync::OnceLock;

use libloading::Library;

use super::{Addresses, LEVELS};
use crate::lanes::Address;

/// The variable that has the library's path.
const VARIABLE: &str = "UFUNC_SVML";

/// What the library is called where the system looks for libraries.
const FILE: &str = "libsvml.so";

/// What it needs besides.
const NEEDED: &str = "libintlc.so.5";

/// One row a function: our name and SVML's.
macro_rules! names {
    ($ours:ident, $theirs:ident; $($name:ident: $svml:literal;)*) => {
        pub(super) const $ours: [&str; [$(stringify!($name)),*].len()] = [$(stringify!($name)),*];
        const $theirs: [&str; $ours.len()] = [$($svml),*];
    };
}

names! { UNARY_NAMES, UNARY_SVML;
    exp: "exp";
    exp2: "exp2";
    exp10: "exp10";
    exp_m1: "expm1";
    ln: "log";
    log2: "log2";
    log10: "log10";
    ln_1p: "log1p";
    sin: "sin";
    cos: "cos";
    tan: "tan";
    sinpi: "sinpi";
    cospi: "cospi";
    tanpi: "tanpi";
    asin: "asin";
    acos: "acos";
    atan: "atan";
    sinh: "sinh";
    cosh: "cosh";
    tanh: "tanh";
    asinh: "asinh";
    acosh: "acosh";
    atanh: "atanh";
    rsqrt: "invsqrt";
    cbrt: "cbrt";
    erf: "erf";
    erfc: "erfc";
    erfinv: "erfinv";
    erfcinv: "erfcinv";
    norm_cdf: "cdfnorm";
    norm_ppf: "cdfnorminv";
}

names! { BINARY_NAMES, BINARY_SVML;
    powf: "pow";
    atan2: "atan2";
    hypot: "hypot";
}

/// The library's functions.
struct Loaded {
    unary: Vec<Addresses>,
    binary: Vec<Addresses>,
}

/// The functions of one argument, in the order of [`UNARY_NAMES`].
#[inline]
pub(super) fn unary() -> Option<&'static [Addresses]> {
    Some(&loaded().as_ref().ok()?.unary)
}

/// The functions of two arguments, in the order of [`BINARY_NAMES`].
#[inline]
pub(super) fn binary() -> Option<&'static [Addresses]> {
    Some(&loaded().as_ref().ok()?.binary)
}

/// Why SVML could not be loaded, if it could not: kernels then run this crate's own functions.
///
/// # Panics
/// Where the variable `UFUNC_SVML` is set and names no such library, as every math function does then.
pub fn svml_error() -> Option<String> {
    loaded().as_ref().err().cloned()
}

#[inline]
fn loaded() -> &'static Result<Loaded, String> {
    static LOADED: OnceLock<Result<Loaded, String>> = OnceLock::new();
    LOADED.get_or_init(load)
}

#[cold]
fn load() -> Result<Loaded, String> {
    let named = std::env::var_os(VARIABLE).map(PathBuf::from);
    let path = named.clone().unwrap_or_else(|| FILE.into());
    // SVML needs a library that lies beside it, where the system does not look: if it is loaded already, it is found.
    // SAFETY: it is a part of Intel's C library, and runs nothing when it is loaded.
    let beside = named.as_ref().and_then(|path| unsafe { Library::new(path.with_file_name(NEEDED)) }.ok());
    // SAFETY: the library is a table of functions; what runs when it is loaded only finds out the processor's level.
    let library = match unsafe { Library::new(&path) } {
        Ok(library) => library,
        Err(error) if named.is_none() => return Err(format!("{FILE} cannot be loaded: {error}")),
        Err(error) => panic!("{VARIABLE}: {} cannot be loaded: {error}", path.display()),
    };
    let loaded = Loaded {
        unary: UNARY_SVML.iter().map(|name| addresses(&library, name)).collect(),
        binary: BINARY_SVML.iter().map(|name| addresses(&library, name)).collect(),
    };
    let is_svml = loaded.unary.iter().flatten().flatten().flatten().any(Option::is_some);
    if named.is_some() {
        assert!(is_svml, "{VARIABLE}: {} has none of SVML's functions", path.display());
    }
    // The addresses stay valid for as long as the process lives.
    std::mem::forget((library, beside));
    Ok(loaded)
}

/// A function's addresses: `__svml_exp2_ha` to `__svml_exp8_ha`, and with an `f` after the name and twice the lanes.
fn addresses(library: &Library, name: &str) -> Addresses {
    [("f", 4), ("", 2)].map(|(format, lanes)| {
        ["_ha", ""].map(|tier| {
            let mut levels = [None; LEVELS];
            for (place, address) in levels.iter_mut().enumerate() {
                let symbol = format!("__svml_{name}{format}{}{tier}", lanes << place);
                let symbol = CString::new(symbol).expect("names have no zero bytes");
                // SAFETY: the symbol is that of a function, which is not called by this type.
                *address = unsafe { library.get::<Address>(symbol.as_bytes_with_nul()) }.ok().map(|symbol| *symbol);
            }
            levels
        })
    })
}
