//! SLEEF's functions, which the linker finds.

use super::Addresses;
use crate::lanes::Address;

/// The address of a function of the library.
macro_rules! address {
    ($($part:literal)*) => {{
        unsafe extern "C" {
            #[link_name = concat!("Sleef_", $($part),*)]
            fn function();
        }
        Some(function as Address)
    }};
}

/// One row a function: our name, SLEEF's, and the endings for 1 and for 4 ulp, where it has them.
macro_rules! table {
    ($addresses:ident, $names:ident; $($ours:ident: $name:literal $one:tt $four:tt;)*) => {
        pub(super) const $names: [&str; [$(stringify!($ours)),*].len()] = [$(stringify!($ours)),*];

        pub(super) static $addresses: [Addresses; $names.len()] = [$([
            [table!(@f32 $name $one), table!(@f32 $name $four)],
            [table!(@f64 $name $one), table!(@f64 $name $four)],
        ]),*];
    };
    (@f32 $name:literal -) => { [None, None, None] };
    (@f64 $name:literal -) => { [None, None, None] };
    (@f32 $name:literal $tier:literal) => {
        [
            address!($name "f4_" $tier "sse2"),
            address!($name "f8_" $tier "avx2"),
            address!($name "f16_" $tier "avx512f"),
        ]
    };
    (@f64 $name:literal $tier:literal) => {
        [
            address!($name "d2_" $tier "sse2"),
            address!($name "d4_" $tier "avx2"),
            address!($name "d8_" $tier "avx512f"),
        ]
    };
}

table! { UNARY, UNARY_NAMES;
    exp: "exp" "u10" "u10";
    exp2: "exp2" "u10" "u35";
    exp10: "exp10" "u10" "u35";
    exp_m1: "expm1" "u10" "u10";
    ln: "log" "u10" "u35";
    log2: "log2" "u10" "u35";
    log10: "log10" "u10" "u10";
    ln_1p: "log1p" "u10" "u10";
    sin: "sin" "u10" "u35";
    cos: "cos" "u10" "u35";
    tan: "tan" "u10" "u35";
    sinpi: "sinpi" "u05" "u05";
    cospi: "cospi" "u05" "u05";
    asin: "asin" "u10" "u35";
    acos: "acos" "u10" "u35";
    atan: "atan" "u10" "u35";
    sinh: "sinh" "u10" "u35";
    cosh: "cosh" "u10" "u35";
    tanh: "tanh" "u10" "u35";
    asinh: "asinh" "u10" "u10";
    acosh: "acosh" "u10" "u10";
    atanh: "atanh" "u10" "u10";
    cbrt: "cbrt" "u10" "u35";
    erf: "erf" "u10" "u10";
    erfc: "erfc" - "u15";
    tgamma: "tgamma" "u10" "u10";
    lgamma: "lgamma" "u10" "u10";
}

table! { BINARY, BINARY_NAMES;
    powf: "pow" "u10" "u10";
    atan2: "atan2" "u10" "u35";
    hypot: "hypot" "u05" "u35";
}
