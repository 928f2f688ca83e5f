//! The types that are found of variables, held to what rustc finds of the same text.

use super::analysed;
use crate::ast::{Type, View};
use crate::core::{Body, Expr, Stmt, VarId};
use crate::diagnostics::Problems;
use crate::infer::{self, Class};
use crate::{desugar, parse};

/// A function, one of its variables, and the variable's type: `?` where the text alone does not tell it.
type Row = (&'static str, &'static str, &'static str);

#[rustfmt::skip]
const ANNOTATIONS: &[Row] = &[
    ("fn k(x: f64) -> f64 { x }", "x", "f64"),
    ("fn k(x: f64) -> f32 { x as f32 }", "result", "f32"),
    ("fn k(x: f64) -> (f64, bool) { (x, x > 0.0) }", "result", "(f64, bool)"),
    ("fn k(x: f64, #[uniform] t: &[i16]) -> f64 { x + t[0] as f64 }", "t", "&[i16]"),
    ("fn k(x: f64, #[uniform] t: &[u8; 4]) -> f64 { x + t[0] as f64 }", "t", "&[u8; 4]"),
    ("fn k(x: f64, #[uniform] t: [(f32, u8); 4]) -> f64 { x + t[0].0 as f64 }", "t", "[(f32, u8); 4]"),
    ("fn k(x: f64) -> f64 { let a: u16 = 3; x + a as f64 }", "a", "u16"),
    ("fn k(x: f64) -> f64 { let a: u16; a = 3; x + a as f64 }", "a", "u16"),
    ("fn k(x: f64) -> f64 { let a: (_, u8) = (x, 3); a.0 + a.1 as f64 }", "a", "(f64, u8)"),
    ("fn k(x: f64) -> f64 { let a: [_; 2] = [x, 3.0]; a[0] }", "a", "[f64; 2]"),
    ("fn k(x: f64) -> f64 { let a: [_; _] = [x, 3.0]; a[0] }", "a", "[f64; 2]"),
    ("fn k(x: f64) -> f64 { let a: (u8, i64) = (1, 2); let (b, c) = a; x + b as f64 + c as f64 }", "c", "i64"),
];

#[rustfmt::skip]
const LITERALS: &[Row] = &[
    ("fn k(x: f64) -> f64 { let a = 1.0; x + a }", "a", "f64"),
    ("fn k(x: f32) -> f32 { let a = 1.0; x + a }", "a", "f32"),
    ("fn k(x: f32) -> f32 { let a = 1.0; let b = a * 2.0; x }", "b", "f64"),
    ("fn k(x: f32) -> f32 { let a = 1e3; x }", "a", "f64"),
    ("fn k(x: f32) -> f32 { let a = 1; x }", "a", "i32"),
    ("fn k(x: f32) -> f32 { let a = -1; x }", "a", "i32"),
    ("fn k(x: f32) -> f32 { let a = 1f32; x }", "a", "f32"),
    ("fn k(x: f32) -> f32 { let a = 1.5_f64; x }", "a", "f64"),
    ("fn k(x: f32) -> f32 { let a = 7u8; x }", "a", "u8"),
    ("fn k(x: f32) -> f32 { let a = 1_000_i64; x }", "a", "i64"),
    ("fn k(x: f32) -> f32 { let a = 0x1f32; x }", "a", "i32"),
    ("fn k(x: f32) -> f32 { let a = 0xfu16; x }", "a", "u16"),
    ("fn k(x: f32) -> f32 { let a = b'a'; x }", "a", "u8"),
    ("fn k(x: f32) -> f32 { let a = true; x }", "a", "bool"),
    ("fn k(x: f32) -> f32 { let a = (1, 2.0, false); x }", "a", "(i32, f64, bool)"),
    ("fn k(x: f32) -> f32 { let a = [1, 2, 3]; x }", "a", "[i32; 3]"),
    ("fn k(x: f32) -> f32 { let a = [[0.0; 3]; 2]; x }", "a", "[[f64; 3]; 2]"),
    ("fn k(x: f32) -> f32 { let a = [0.0, x]; a[0] }", "a", "[f32; 2]"),
    ("fn k(x: f32) -> f32 { let a = []; x }", "a", "?"),
];

#[rustfmt::skip]
const ASSIGNMENTS: &[Row] = &[
    ("fn k(x: f32) -> f32 { let mut a = 0.0; a = x; a }", "a", "f32"),
    ("fn k(x: f32) -> f32 { let mut a = 0.0; a += x; a }", "a", "f32"),
    ("fn k(x: f32) -> f32 { let a; if x > 0.0 { a = 1u8; } else { a = 2; } a as f32 }", "a", "u8"),
    ("fn k(x: f32) -> f32 { let (mut a, mut b) = (0.0, 1); (a, b) = (x, 2i64); a + b as f32 }", "b", "i64"),
    ("fn k(x: f32) -> f32 { let mut a = (0.0, 1); a.1 = 2u64; a.0 = x; a.0 }", "a", "(f32, u64)"),
    ("fn k(x: f32) -> f32 { let mut a = [0.0; 4]; a[1] = x; a[0] }", "a", "[f32; 4]"),
    ("fn k(x: f32) -> f32 { let mut a = [(0, 0.0); 4]; a[1].1 += x; a[0].1 }", "a", "[(i32, f32); 4]"),
    ("fn k(x: f32) -> f32 { let mut a; loop { a = (x, 1u8); if a.1 > 0 { break; } } a.0 }", "a", "(f32, u8)"),
    ("fn k(x: f32) -> f32 { let a = loop { break 3u16; }; x + a as f32 }", "a", "u16"),
    ("fn k(x: f32) -> f32 { let a = 'b: { if x > 0.0 { break 'b 3u16; } 4 }; x + a as f32 }", "a", "u16"),
    ("fn k(x: f32) -> f32 { let mut a = 0; let mut y = x; while y > 1.0 { y *= 0.5; a += 1u8; } a as f32 }", "a", "u8"),
    ("fn k(x: f32) -> f32 { let a = if x > 0.0 { 1.0 } else { x }; a }", "a", "f32"),
    ("fn k(x: f32) -> f32 { let a = if x > 0.0 { 1u8 } else { return x }; a as f32 }", "a", "u8"),
    ("fn k(x: f32) -> f32 { let a = match x > 0.0 { true => 1u8, false => 2 }; a as f32 }", "a", "u8"),
    ("fn k(x: u8) -> u8 { let (a, b) = match x { 0 => (1.0, 2), _ => (2.0, x) }; x + b }", "b", "u8"),
    ("fn k(x: u8) -> u8 { let b = 3; let a = match (x, b) { (0, 1i64) => 1.0, _ => 2.0 }; x }", "b", "i64"),
    ("fn k(x: u8) -> u8 { let a = match x { 0 => 1.0, 1..=9 => 2.0, _ => 3.0 }; x + a as u8 }", "a", "f64"),
];

#[rustfmt::skip]
const OPERATORS: &[Row] = &[
    ("fn k(x: f32) -> f32 { let a = 2.0 * x; a }", "a", "f32"),
    ("fn k(x: i16) -> i16 { let a = 2; let b = a % x; b }", "a", "i16"),
    ("fn k(x: i16) -> i16 { let a = !x & 3 | 4 ^ 5; a }", "a", "i16"),
    ("fn k(x: bool) -> bool { let a = !x & true; a }", "a", "bool"),
    ("fn k(x: i16) -> i16 { let a = -x; a }", "a", "i16"),
    ("fn k(x: i16) -> i16 { let a = 1 << x; x }", "a", "i32"),
    ("fn k(x: i16) -> i16 { let b = 3; let a = x >> b; a }", "b", "i32"),
    ("fn k(x: i16) -> i16 { let b = 3; let a = x >> b; a }", "a", "i16"),
    ("fn k(x: i16) -> i16 { let mut a = x; a <<= 3u8; a }", "a", "i16"),
    ("fn k(x: i16) -> bool { let a = 3; let b = a < x; b }", "a", "i16"),
    ("fn k(x: i16) -> bool { let a = 3; let b = a != x; b }", "b", "bool"),
    ("fn k(x: i16) -> bool { let b = x > 3 && x < 9 || x == 0; b }", "b", "bool"),
    ("fn k(x: i16) -> u64 { let a = x as u64; a }", "a", "u64"),
    ("fn k(x: i16) -> u64 { let a = 3; let b = a as u64; b }", "a", "i32"),
    ("fn k(x: i16) -> u64 { let a = x as _; a }", "a", "u64"),
];

#[rustfmt::skip]
const METHODS: &[Row] = &[
    ("fn k(x: f32) -> f32 { let a = x.sqrt(); a }", "a", "f32"),
    ("fn k(x: f32) -> f32 { let y = 2.0; x.max(y) }", "y", "f32"),
    ("fn k(x: f32) -> f32 { let (y, z) = (2.0, 3.0); x.mul_add(y, z) }", "z", "f32"),
    ("fn k(x: f32) -> f32 { let n = 3; x.powi(n) }", "n", "i32"),
    ("fn k(x: f32) -> f32 { let n = 3.0; x.powf(n) }", "n", "f32"),
    ("fn k(x: f32) -> f32 { let n = x.is_nan(); x }", "n", "bool"),
    ("fn k(x: f32) -> f32 { let (s, c) = x.sin_cos(); s }", "c", "f32"),
    ("fn k(x: f32) -> f32 { let a = x.sin_cos(); a.0 }", "a", "(f32, f32)"),
    ("fn k(x: f32) -> f32 { let a = x.frexp(); a.0 }", "a", "(f32, i32)"),
    ("fn k(x: f32) -> f32 { let (m, e) = x.frexp(); m.ldexp(e) }", "e", "i32"),
    ("fn k(x: f32) -> i32 { let e = x.ilogb(); e }", "e", "i32"),
    ("fn k(x: f32) -> f32 { let e = x.logb(); e }", "e", "f32"),
    ("fn k(x: f32) -> f32 { let b = x.to_bits(); x }", "b", "u32"),
    ("fn k(x: f64) -> f64 { let b = x.to_bits(); x }", "b", "u64"),
    ("fn k(x: f64) -> f64 { let b = 3; f64::from_bits(b) }", "b", "u64"),
    ("fn k(x: f64) -> f32 { let a = f32::from_bits(3); a }", "a", "f32"),
    ("fn k(x: i16) -> i16 { let n = x.count_ones(); x }", "n", "u32"),
    ("fn k(x: i16) -> i16 { let n = x.leading_zeros(); x }", "n", "u32"),
    ("fn k(x: u64) -> u64 { let n = x.ilog2(); x }", "n", "u32"),
    ("fn k(x: i16) -> i16 { let n = 3; x.pow(n) }", "n", "u32"),
    ("fn k(x: i16) -> i16 { let n = 3; x.rotate_left(n) }", "n", "u32"),
    ("fn k(x: i16) -> i16 { let n = 3; x.wrapping_shl(n) }", "n", "u32"),
    ("fn k(x: i16) -> i16 { let n = 3; x.wrapping_add(n) }", "n", "i16"),
    ("fn k(x: i16) -> i16 { let n = x.unsigned_abs(); x }", "n", "u16"),
    ("fn k(x: isize) -> isize { let n = x.abs_diff(3); x }", "n", "usize"),
    ("fn k(x: u32) -> u32 { let n = x.is_power_of_two(); x }", "n", "bool"),
    ("fn k(x: i64) -> i64 { let n = x.signum(); n }", "n", "i64"),
    ("fn k(x: f64) -> f64 { let a = [x, x]; let n = a.len(); x }", "n", "usize"),
    ("fn k(x: f64, #[uniform] t: &[f64]) -> f64 { let n = t.is_empty(); x }", "n", "bool"),
    ("fn k(x: f32) -> f32 { let y = 2.0; f32::max(y, x) }", "y", "f32"),
    ("fn k(x: f32) -> f32 { let y = f64::hypot(3.0, 4.0); x }", "y", "f64"),
    ("fn k(x: i16) -> i16 { let y = i16::pow(x, 2); y }", "y", "i16"),
    ("fn k(x: f32) -> f64 { let y = f64::from(x); y }", "y", "f64"),
    ("fn k(x: f32) -> f64 { let n = 3; f64::from(n) }", "n", "i32"),
    ("fn k(x: f32) -> u8 { let n = 3; u8::from(n) }", "n", "u8"),
    ("fn k(x: f32) -> f32 { let n = 3.0; f32::from(n) }", "n", "f32"),
    ("fn k(x: f32) -> f64 { let n = 3.0; f64::from(n) }", "n", "f64"),
];

#[rustfmt::skip]
const FROM_ELSEWHERE: &[Row] = &[
    ("fn k(x: f32) -> f32 { let a = helper(x); x }", "a", "?"),
    ("fn k(x: f32) -> f32 { let a = helper(x); a }", "a", "f32"),
    ("fn k(x: f32) -> f32 { let mut a = 0.0; a += helper(x); x }", "a", "?"),
    ("fn k(x: f32) -> f32 { let mut a = 0; a += helper(x); x }", "a", "?"),
    ("fn k(x: f32) -> f32 { let a = 0.0; helper(a); x }", "a", "?"),
    ("fn k(x: f32) -> f32 { let a = [0.0, 1.0]; helper(&a); x }", "a", "?"),
    ("fn k(x: f32) -> f32 { let a = [0.0, x]; helper(&a); x }", "a", "[f32; 2]"),
    ("fn k(x: f32) -> f32 { let a = (1, helper(x)); x }", "a", "?"),
    ("fn k(x: f32) -> f32 { let (a, b) = (1, helper(x)); x }", "a", "i32"),
    ("fn k(x: f32) -> f32 { let (a, b) = helper(x); let c = a < 1; x }", "a", "?"),
    ("fn k(x: f32) -> f32 { let (a, b) = helper(x); let c = a < 1; x }", "c", "bool"),
    ("fn k(x: f32) -> f32 { let mut a = helper(x); loop { a = (1.0, 2); if x > 0.0 { break; } } x }", "a", "?"),
    ("fn k(x: f32) -> f32 { let n = helper(x).count_ones(); x }", "n", "u32"),
    ("fn k(x: f32) -> f32 { let b = helper(x).to_bits(); let c = b & 1; x }", "c", "?"),
    ("fn k(x: f32) -> f32 { let a = LIMIT; x }", "a", "?"),
    ("fn k(x: f32) -> f32 { let a = 2 * LIMIT; x }", "a", "?"),
    ("fn k(x: f32) -> f32 { let a = LIMIT; let b = x * LIMIT; x }", "a", "f32"),
    ("fn k(x: f32) -> f32 { let a = limits::MAX; let b = LIMIT; x + limits::MAX }", "a", "f32"),
    ("fn k(x: f32) -> f32 { let a = f32::LIMIT; x }", "a", "?"),
    ("fn k(x: f32) -> f32 { let a = TABLE[2]; x }", "a", "?"),
    ("fn k(x: f32) -> f32 { let i = 2; let a = TABLE[i]; x }", "i", "usize"),
    ("fn k(x: f32) -> f32 { let a = f32::MAX; x }", "a", "f32"),
    ("fn k(x: f32) -> f32 { let a = std::f64::consts::PI; x }", "a", "f64"),
    ("fn k(x: f32) -> f32 { let a = core::f32::consts::LN_2; x }", "a", "f32"),
    ("fn k(x: f32) -> f32 { let a = f64::NEG_INFINITY; x }", "a", "f64"),
    ("fn k(x: f32) -> f32 { let a = i16::MIN; x }", "a", "i16"),
    ("fn k(x: f32) -> f32 { let a = u64::BITS; x }", "a", "u32"),
    ("fn k(x: f32) -> f32 { let a = f64::MANTISSA_DIGITS; x }", "a", "u32"),
    ("fn k(x: f32) -> f32 { let a = f64::MIN_EXP; x }", "a", "i32"),
    ("fn k(x: f32) -> f32 { const N: u16 = 3; let a = N; x }", "a", "u16"),
    ("fn k(x: f32) -> f32 { const T: &[f64] = &[3.0]; let a = T[0]; x }", "a", "f64"),
    ("fn k(x: f32) -> f32 { const T: [(u8, bool); 1] = [(3, true)]; let a = T[0].0; x }", "a", "u8"),
    ("fn k(x: f32) -> f32 { const N: Wide = 3; let a = N; x }", "a", "?"),
    ("fn k(x: f32) -> f32 { if x > 0.0 { const N: u8 = 3; } else { const N: i8 = 4; let a = N; } x }", "a", "?"),
];

#[rustfmt::skip]
const LOOPS: &[Row] = &[
    ("fn k(x: f32) -> f32 { for i in 0..3 { } x }", "i", "i32"),
    ("fn k(x: f32) -> f32 { let n = 3; for i in 0..n as i64 { } x }", "i", "i64"),
    ("fn k(x: f32) -> f32 { let n = 3; for i in 2u8..=n { } x }", "n", "u8"),
    ("fn k(x: f32) -> f32 { let mut y = 0; for i in (0..9).rev() { y = i + 2u64; } x }", "i", "u64"),
    ("fn k(x: f32) -> f32 { let k = 2; for i in (0..9).step_by(k) { } x }", "k", "usize"),
    ("fn k(x: f32) -> f32 { let k = 2; for i in (0..9).step_by(k) { } x }", "i", "i32"),
    ("fn k(x: f32) -> f32 { let t = [x, x]; let mut s = 0.0; for i in 0..2 { s += t[i]; } s }", "i", "usize"),
    ("fn k(x: f32) -> f32 { let t = [1, 2]; for i in 0..t.len() { } x }", "i", "usize"),
    ("fn k(x: f32) -> f32 { for v in [1u8, 2] { } x }", "v", "u8"),
    ("fn k(x: f32, #[uniform] t: &[i64]) -> f32 { for &v in t { } x }", "v", "i64"),
    ("fn k(x: f32, #[uniform] t: &[i64]) -> f32 { let mut s = 0; for v in t { s += v; } x }", "s", "i64"),
    ("fn k(x: f32, #[uniform] t: &[i64]) -> f32 { for (j, v) in t.iter().enumerate() { let m = j; } x }", "m", "usize"),
    ("fn k(x: f32) -> f32 { for v in helper(x) { let w = v; } x }", "w", "?"),
    ("fn k(x: f32) -> f32 { for (a, b) in [(1u8, x)] { let w = b; } x }", "w", "f32"),
];

/// Tables and the two types that the language writes alike: what is done with an element tells them apart.
#[rustfmt::skip]
const TABLES: &[Row] = &[
    ("fn k(x: f32, #[uniform] t: &[i64]) -> f32 { let a = t[2]; x }", "a", "i64"),
    ("fn k(x: f32, #[uniform] t: &[i64]) -> f32 { let i = 2; let a = t[i]; x }", "i", "usize"),
    ("fn k(x: f32, #[uniform] t: &[i64]) -> f32 { let i = 2; let a = t[i as usize]; x }", "i", "i32"),
    ("fn k(x: f32, #[uniform] t: &[(i64, f32)]) -> f32 { let (a, b) = t[2]; x }", "a", "i64"),
    ("fn k(x: f32, #[uniform] t: &[f32; 4]) -> f32 { let a = t[2]; x + a }", "a", "f32"),
    ("fn k(x: f32, #[uniform] t: &[f32; 4]) -> f32 { let mut s = 0.0; for &v in t { s += v; } x }", "s", "f32"),
    ("fn k(x: f32, #[uniform] t: &[f32; 4]) -> f32 { let a = t[2].sqrt(); x }", "a", "f32"),
    ("fn k(x: f32, #[uniform] t: &[[f32; 4]]) -> f32 { let row = t[2]; row[1] }", "row", "[f32; 4]"),
    ("fn k(x: f32, #[uniform] t: &[[f32; 4]]) -> f32 { let a = t[2][1]; a }", "a", "f32"),
    ("fn k(x: f32, #[uniform] t: &[[f32; 4]; 3]) -> f32 { let row = t[2]; row[1] + 1.0 }", "row", "[f32; 4]"),
    ("fn k(x: f32, #[uniform] t: &[[f32; 4]; 3]) -> f32 { let a = t[2]; let b = t[1][1] * x; x }", "a", "[f32; 4]"),
    ("fn k(x: f32, #[uniform] t: &[(f32, u8); 3]) -> f32 { let a = t[2].1; x }", "a", "u8"),
    ("fn k(x: f32, #[uniform] t: &[f32; 4]) -> f32 { let a = t[2]; helper(a); x }", "a", "?"),
];

/// What rustc refuses: the first that is said stays.
#[rustfmt::skip]
const CONFLICTS: &[Row] = &[
    ("fn k(x: f32) -> f32 { let a: u8 = x; a }", "a", "u8"),
    ("fn k(x: f32) -> f32 { let a = 1; x + a }", "a", "i32"),
    ("fn k(x: f32) -> f32 { let mut a = true; a = 1; x }", "a", "bool"),
    ("fn k(x: f32) -> f32 { let mut a = (1u8, 2u8); a = (x, 3, 4); x }", "a", "(u8, u8)"),
    ("fn k(x: f32) -> f32 { let mut a = [x, x]; a = 3; a[0] }", "a", "[f32; 2]"),
    ("fn k(x: f32) -> f32 { let mut a = [x, x]; a = [a, a]; x }", "a", "[f32; 2]"),
    ("fn k(x: f32) -> f32 { let mut a; a = [a]; x }", "a", "?"),
    ("fn k(x: f32) -> f32 { let mut a; a = (a, 1); x }", "a", "?"),
    ("fn k(x: f32) -> f32 { let mut a; a = a[0]; x }", "a", "?"),
    ("fn k(x: f32) -> f32 { let (mut a, mut b) = ([], []); a = [b]; b = [a]; x }", "b", "?"),
    ("fn k(x: f32) -> f32 { let a = (1u8, x).7; x }", "a", "?"),
    ("fn k(x: bool) -> bool { let a = x.to_bits(); x }", "a", "?"),
    ("fn k(x: f32) -> f32 { let a = 1u128; x }", "a", "?"),
];

/// A type as Rust writes it; a view with its axes.
fn shown(ty: &Type) -> String {
    match ty {
        Type::Scalar(name) => name.to_string(),
        Type::Tuple(types) => format!("({})", types.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Type::Array(ty, len) => format!("[{}; {len}]", shown(ty)),
        Type::Slice(ty) if matches!(**ty, Type::Array(..)) => format!("&{}", shown(ty)),
        Type::Slice(ty) => format!("&[{}]", shown(ty)),
        Type::View(View { element, rank, .. }) => format!("{element} × {rank}"),
        Type::Inferred(_) => "_".to_owned(),
    }
}

fn expect(body: &Body, (text, name, expected): &Row) {
    let types = infer::types(body);
    let vars = (0..body.vars.len()).filter(|var| body.vars[*var].name == name);
    // Those it is split into after loops have its type.
    let found: Vec<_> = vars.map(|var| types.of(var).map_or("?".to_owned(), |ty| shown(&ty))).collect();
    assert!(!found.is_empty(), "no variable is called {name} in {text}");
    for found in found {
        assert_eq!(found, *expected, "of {name} in {text}");
    }
}

fn expect_all(rows: &[Row]) {
    for row in rows {
        expect(&analysed(row.0).body, row);
    }
}

#[test]
fn annotations_are_kept() {
    expect_all(ANNOTATIONS);
}

#[test]
fn literals_have_their_suffix_or_their_surroundings_type() {
    expect_all(LITERALS);
}

#[test]
fn places_are_alike_with_what_is_assigned() {
    expect_all(ASSIGNMENTS);
}

#[test]
fn operators_give_what_they_take_or_bool() {
    expect_all(OPERATORS);
}

#[test]
fn methods_follow_their_receiver() {
    expect_all(METHODS);
}

#[test]
fn what_is_declared_elsewhere_is_unknown_with_all_that_it_decides() {
    expect_all(FROM_ELSEWHERE);
}

#[test]
fn loops_type_their_variables() {
    expect_all(LOOPS);
}

#[test]
fn tables_type_their_elements() {
    expect_all(TABLES);
}

#[test]
fn conflicts_are_left_to_rustc() {
    expect_all(CONFLICTS);
}

fn of_arrays(text: &str) -> Body {
    let item: syn::ItemFn = syn::parse_str(text).expect("a function");
    let mut problems = Problems::new();
    let function = parse::array_function(&item, &mut problems);
    let body = desugar::function(&function, &mut problems);
    assert_eq!(problems.into_messages(), Vec::<String>::new());
    body
}

const JACOBI: &str = "fn jacobi(u: ArrayView2<f32>, mut out: ArrayViewMut2<f32>, rate: f32) -> f32 {
    let (rows, columns) = u.dim();
    let (mut worst, mut sum, mut count) = (0.0, 0.0, 0);
    for i in prange(1..rows - 1) {
        for j in 1..columns - 1 {
            let new = rate * (u[[i - 1, j]] + u[[i + 1, j]] + u[[i, j - 1]] + u[[i, j + 1]]);
            let change = (new - u[[i, j]]).abs();
            if change > worst { worst = change; }
            if change.is_nan() { count += 1; }
            sum += 1.0;
            out[[i, j]] = new;
        }
    }
    worst
}";

#[rustfmt::skip]
const ARRAYS: &[Row] = &[
    ("fn k(u: &[f32]) -> f32 { u[0] }", "u", "f32 × 1"),
    ("fn k(u: &Array3<i16>) -> i16 { u[[0, 1, 2]] }", "u", "i16 × 3"),
    ("fn k(mut u: ArrayViewMut2<f64>) { u[[0, 1]] = 2.0; }", "u", "f64 × 2"),
    ("fn k(mut u: ArrayViewMut2<f64>) { u[[0, 1]] = 2.0; }", "result", "()"),
    ("fn k(u: &[f32]) -> f32 { let a = u[1]; a }", "a", "f32"),
    ("fn k(u: ArrayView2<i16>) -> i16 { let a = 2 * u[[1, 2]]; a }", "a", "i16"),
    ("fn k(u: &[f32]) { let mut s = 0.0; for i in 0..u.len() { s += u[i]; } }", "s", "f32"),
    ("fn k(u: &[f32]) { let mut s = 0.0; for i in 0..u.len() { s += u[i]; } }", "i", "usize"),
    ("fn k(u: &[f32]) { let n = u.len(); }", "n", "usize"),
    ("fn k(u: &[f32]) { let n = u.is_empty(); }", "n", "bool"),
    ("fn k(u: ArrayView2<f64>) { let (i, j) = (1, 2); let a = u[[i - 1, j]]; }", "i", "usize"),
    ("fn k(u: ArrayView2<f64>) { let (i, j) = (1, 2); let a = u[[i - 1, j]]; }", "j", "usize"),
    ("fn k(u: &[u8]) { for &v in u { let a = v as f64; } }", "v", "u8"),
    ("fn k(u: &[u8]) { let mut s = 0; for v in u { s += v; } }", "s", "u8"),
    ("fn k(u: &[u8]) { let mut s = 0; for (i, v) in u.iter().enumerate() { s = i; } }", "s", "usize"),
    ("fn k(u: &[u8], v: &[f32]) { let mut s = 0.0; for (a, b) in u.iter().zip(v) { s += *b; } }", "s", "f32"),
    ("fn k(u: &[f64]) { let mut w = 0.0; for v in u { w = v.abs().max(w); } }", "w", "f64"),
    ("fn k(u: &mut [f64]) { let a = 2.0; u[1] = a; }", "a", "f64"),
    ("fn k(u: &mut [f32]) { let a = 2.0; u[1] += a; }", "a", "f32"),
    ("fn k(u: &mut [i16]) { let (a, i) = (2, 3); u[i] <<= a; }", "a", "i32"),
    ("fn k(u: &mut [i16]) { let (a, i) = (2, 3); u[i] <<= a; }", "i", "usize"),
    ("fn k(u: &mut [i16]) { let a = 2; for v in u.iter_mut() { *v = a; } }", "a", "i16"),
    ("fn k(u: &[i64]) -> i64 { let mut best = u[0]; let mut at = 0; for i in 0..u.len() { if u[i] > best { best = u[i]; at = i; } } best }", "at", "usize"),
    ("fn k(u: &[f64]) { let mut s = 0.0; for v in u { s += helper(*v); } }", "s", "?"),
    ("fn k(u: &[f64]) { let mut s = 0.0; for i in prange(0..10) { s += i as f64; } }", "i", "usize"),
    ("fn k(u: &[f64]) { let n = 10; for i in prange(0..n) { } }", "n", "usize"),
    ("fn k(u: &[f64], n: i64) { for i in prange(0..n) { } }", "i", "i64"),
    (JACOBI, "rows", "usize"),
    (JACOBI, "i", "usize"),
    (JACOBI, "j", "usize"),
    (JACOBI, "new", "f32"),
    (JACOBI, "worst", "f32"),
    (JACOBI, "sum", "f64"),
    (JACOBI, "count", "i32"),
];

#[test]
fn arrays_type_their_elements_and_indices() {
    for row in ARRAYS {
        expect(&of_arrays(row.0), row);
    }
}

/// What was found of the last value that is assigned to a variable.
fn of_value(text: &str, name: &str) -> (Class, Option<String>) {
    fn find<'b>(block: &'b [Stmt], var: VarId, found: &mut Option<&'b Expr>) {
        for stmt in block {
            match stmt {
                Stmt::Let { var: of, value: Some(value) } if *of == var => *found = Some(value),
                Stmt::Assign { place, value, .. } if place.var == var => *found = Some(value),
                _ => {}
            }
            stmt.blocks().into_iter().for_each(|inner| find(inner, var, found));
        }
    }
    let body = analysed(text).body;
    let var = body.vars.iter().position(|var| var.name == name).expect("declared");
    let mut value = None;
    find(&body.block, var, &mut value);
    let (value, types) = (value.expect("assigned"), infer::types(&body));
    (types.class(value), types.of_expr(value).map(|ty| shown(&ty)))
}

#[rustfmt::skip]
#[test]
fn classes_are_known_before_types() {
    use Class::{Bool, Float, Integer, Unknown};
    let rows = [
        ("fn k(x: f32) -> f32 { let a = 1.0; x }", Float, None),
        ("fn k(x: f32) -> f32 { let a = 1; x }", Integer, None),
        ("fn k(x: f32) -> f32 { let a = -(1 << 3); x }", Integer, None),
        ("fn k(x: f32) -> f32 { let a = false; x }", Bool, Some("bool")),
        ("fn k(x: f32) -> f32 { let a = x * 2.0; x }", Float, Some("f32")),
        ("fn k(x: f32) -> f32 { let mut a = 0.0; for i in 0..3 { a += 1.0; } x }", Float, Some("f64")),
        ("fn k(x: f32) -> f32 { let mut a = 0.0; for i in 0..3 { a += x; } x }", Float, Some("f32")),
        ("fn k(x: f32) -> f32 { let mut a = 0.0; for i in 0..3 { a += helper(x); } x }", Float, None),
        ("fn k(x: f32) -> f32 { let mut a = 0; for i in 0..3 { a += helper(i); } x }", Integer, None),
        ("fn k(x: f32) -> f32 { let a = helper(x); x }", Unknown, None),
        ("fn k(x: f32) -> f32 { let a = helper(x).sqrt(); x }", Float, None),
        ("fn k(x: f32) -> f32 { let a = helper(x).wrapping_add(1); x }", Integer, None),
        ("fn k(x: f32) -> f32 { let a = helper(x).abs(); x }", Unknown, None),
        ("fn k(x: f32) -> f32 { let a = helper(x).to_bits(); x }", Integer, None),
        ("fn k(x: f32) -> f32 { let a = PI * 2.0; x }", Float, None),
        ("fn k(x: f32) -> f32 { let a = helper(x) as u8; x }", Integer, Some("u8")),
        ("fn k(x: f32) -> f32 { let a = helper(x) < x; x }", Bool, Some("bool")),
        ("fn k(x: f32) -> f32 { let a = if x > 0.0 { 1.0 } else { 2.0 }; x }", Float, None),
        ("fn k(x: f32) -> f32 { let a = (x, 1u8); x }", Unknown, Some("(f32, u8)")),
        ("fn k(x: f32, #[uniform] t: &[f64; 2]) -> f32 { let a = t[0]; let b = a + 1.0; x }", Float, Some("f64")),
        ("fn k(x: f32, #[uniform] t: &[f64]) -> f32 { let a = t[0]; x }", Float, Some("f64")),
        ("fn k(x: f32) -> f32 { let a = SCALE * x; x }", Float, Some("f32")),
    ];
    for (text, class, ty) in rows {
        assert_eq!(of_value(text, "a"), (class, ty.map(str::to_owned)), "{text}");
    }
}
