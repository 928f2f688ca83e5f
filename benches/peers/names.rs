//! What the libraries call a function, and the arguments that it is timed on.

/// A function's row.
pub(crate) struct Names {
    /// The method in a kernel.
    pub(crate) ours: &'static str,
    /// After `vmd` or `vms`.
    pub(crate) mkl: Option<&'static str>,
    /// Before the lanes in `__svml_exp8`.
    pub(crate) svml: Option<&'static str>,
    /// Before the lanes in `Sleef_expd8_u10avx512f`, and the accuracy that is 1 ulp or the nearest to it.
    pub(crate) sleef: Option<(&'static str, &'static str)>,
    /// After the underscore in `_ZGVeN8v_exp`.
    pub(crate) mvec: Option<&'static str>,
    /// The ranges of the first and the second argument.
    pub(crate) ranges: [(f64, f64); 2],
}

/// One row a function; `-` where a library has no such function.
macro_rules! names {
    (@name -) => { None };
    (@name $name:literal) => { Some($name) };
    (@name ($name:literal, $tier:literal)) => { Some(($name, $tier)) };
    ($($ours:ident: $mkl:tt $svml:tt $sleef:tt $mvec:tt, $x:expr $(, $y:expr)?;)*) => {
        pub(crate) const ALL: &[Names] = &[$(Names {
            ours: stringify!($ours),
            mkl: names!(@name $mkl),
            svml: names!(@name $svml),
            sleef: names!(@name $sleef),
            mvec: names!(@name $mvec),
            ranges: { let ranges = [$x, (0.0, 1.0)]; $(let ranges = [ranges[0], $y];)? ranges },
        }),*];
    };
}

names! {
    exp: "Exp" "exp" ("exp", "u10") "exp", (-20.0, 20.0);
    exp2: "Exp2" "exp2" ("exp2", "u10") "exp2", (-30.0, 30.0);
    exp_m1: "Expm1" "expm1" ("expm1", "u10") "expm1", (-2.0, 2.0);
    ln: "Ln" "log" ("log", "u10") "log", (0.01, 1000.0);
    log2: "Log2" "log2" ("log2", "u10") "log2", (0.01, 1000.0);
    log10: "Log10" "log10" ("log10", "u10") "log10", (0.01, 1000.0);
    ln_1p: "Log1p" "log1p" ("log1p", "u10") "log1p", (-0.9, 10.0);
    sin: "Sin" "sin" ("sin", "u10") "sin", (-10.0, 10.0);
    cos: "Cos" "cos" ("cos", "u10") "cos", (-10.0, 10.0);
    tan: "Tan" "tan" ("tan", "u10") "tan", (-10.0, 10.0);
    asin: "Asin" "asin" ("asin", "u10") "asin", (-1.0, 1.0);
    acos: "Acos" "acos" ("acos", "u10") "acos", (-1.0, 1.0);
    atan: "Atan" "atan" ("atan", "u10") "atan", (-10.0, 10.0);
    sinh: "Sinh" "sinh" ("sinh", "u10") "sinh", (-10.0, 10.0);
    cosh: "Cosh" "cosh" ("cosh", "u10") "cosh", (-10.0, 10.0);
    tanh: "Tanh" "tanh" ("tanh", "u10") "tanh", (-5.0, 5.0);
    exp10: "Exp10" "exp10" ("exp10", "u10") "exp10", (-8.0, 8.0);
    asinh: "Asinh" "asinh" ("asinh", "u10") "asinh", (-10.0, 10.0);
    acosh: "Acosh" "acosh" ("acosh", "u10") "acosh", (1.0, 10.0);
    atanh: "Atanh" "atanh" ("atanh", "u10") "atanh", (-1.0, 1.0);
    sinpi: "Sinpi" - ("sinpi", "u05") -, (-10.0, 10.0);
    cospi: "Cospi" - ("cospi", "u05") -, (-10.0, 10.0);
    tanpi: "Tanpi" - - -, (-10.0, 10.0);
    j0: "J0" - - -, (0.0, 20.0);
    j1: "J1" - - -, (0.0, 20.0);
    y0: "Y0" - - -, (0.0, 20.0);
    y1: "Y1" - - -, (0.0, 20.0);
    erf: "Erf" "erf" ("erf", "u10") "erf", (-3.0, 3.0);
    erfc: "Erfc" "erfc" ("erfc", "u15") "erfc", (-3.0, 10.0);
    norm_cdf: "CdfNorm" "cdfnorm" - -, (-6.0, 6.0);
    tgamma: "TGamma" - ("tgamma", "u10") -, (0.1, 20.0);
    lgamma: "LGamma" - ("lgamma", "u10") -, (0.1, 100.0);
    rsqrt: "InvSqrt" "invsqrt" - -, (0.01, 1000.0);
    cbrt: "Cbrt" "cbrt" ("cbrt", "u10") "cbrt", (-1000.0, 1000.0);
    powf: "Pow" "pow" ("pow", "u10") "pow", (0.01, 100.0), (-5.0, 5.0);
    atan2: "Atan2" "atan2" ("atan2", "u10") "atan2", (-10.0, 10.0), (-10.0, 10.0);
    hypot: "Hypot" "hypot" ("hypot", "u05") "hypot", (-100.0, 100.0), (-100.0, 100.0);
}
