//! Integers: wrapping, division, shifts, `as`, and std's methods.

use ufunc::prelude::*;

#[vectorize(
    i8(i8, i8),
    i16(i16, i16),
    i32(i32, i32),
    i64(i64, i64),
    u8(u8, u8),
    u16(u16, u16),
    u32(u32, u32),
    u64(u64, u64),
    isize(isize, isize),
    usize(usize, usize)
)]
pub fn arithmetic<T>(a: T, b: T) -> T {
    let mut s = a.wrapping_add(b).wrapping_mul(a) ^ (b | 3);
    s = (s << 3) ^ (a >> 1) ^ (s >> (b & 5));
    s = s.wrapping_sub(!b & a);
    if b != 0 && b.wrapping_add(1) != 0 {
        s = s.wrapping_add(a / b).wrapping_sub(a % b);
    }
    if s > a.min(b) { s.max(b) } else { s }
}

#[vectorize(i8(i8, u8), i16(i16, u8), i32(i32, u8), i64(i64, u8), u8(u8, u8), u16(u16, u8), u32(u32, u8), u64(u64, u8))]
pub fn bits<T>(a: T, n: u8) -> T {
    let k = n as u32;
    let counts = a.count_ones() * 7 + a.leading_zeros() * 5 + a.trailing_zeros() * 3 + a.leading_ones();
    let turned = a.rotate_left(k) ^ a.swap_bytes().rotate_right(k % 5) ^ a.reverse_bits();
    turned.wrapping_add(counts as T)
}

#[vectorize(i8(i8, i8), i16(i16, i16), i32(i32, i32), i64(i64, i64))]
pub fn signed_methods<T>(a: T, b: T) -> T {
    let d = a.abs_diff(b) as T;
    let s = a.saturating_add(b).wrapping_sub(a.saturating_sub(b));
    let e = if b != 0 && b != -1 { a.div_euclid(b).wrapping_add(a.rem_euclid(b)) } else { 0 };
    s.wrapping_add(d).wrapping_add(e).wrapping_add(a.signum()).wrapping_add(a.wrapping_abs()) ^ a.wrapping_neg()
}

#[vectorize(u8(u8, u8), u16(u16, u16), u32(u32, u32), u64(u64, u64))]
pub fn unsigned_methods<T>(a: T, b: T) -> T {
    let d = a.abs_diff(b);
    let s = a.saturating_add(b).wrapping_sub(a.saturating_sub(b));
    let e = if b > 0 { a.div_ceil(b) } else { 1 };
    let p = if a.is_power_of_two() { 1 } else { 0 };
    s.wrapping_add(d).wrapping_add(e).wrapping_add(p).wrapping_add(a.isqrt())
}

#[vectorize]
pub fn powers(a: i32, n: u8) -> i32 {
    a.wrapping_mul(3).wrapping_add((a % 7).pow(n as u32 % 6))
}

#[vectorize]
pub fn wide_shifts(a: u64, b: i64, n: u8) -> u64 {
    (a << (n & 63)) ^ ((b >> (n % 64)) as u64) ^ a.wrapping_shl(n as u32) ^ (a >> 7)
}

#[vectorize]
pub fn xorshift(seed: u64) -> u64 {
    let mut x = seed | 1;
    for _ in 0..5 {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }
    x
}

#[vectorize]
pub fn hash32(x: u32) -> u32 {
    let mut h = x.wrapping_mul(0x9E37_79B9);
    h ^= h >> 16;
    h = h.wrapping_mul(0x85EB_CA6B);
    h ^ (h >> 13)
}

#[vectorize(
    f32(f32),
    f64(f64),
    i8(i8),
    i16(i16),
    i32(i32),
    i64(i64),
    u8(u8),
    u16(u16),
    u32(u32),
    u64(u64),
    usize(usize)
)]
pub fn all_casts<T>(x: T) -> T {
    let a = (x as i8) as f64 + (x as u8) as f64 + (x as i16) as f64;
    let b = (x as u16) as f64 + (x as i32) as f64 + (x as u32) as f32 as f64;
    let c = (x as i64) as f64 * 0.5 + (x as u64) as f32 as f64 + (x as f32) as f64 + (x as usize) as f64;
    let d = (x as isize) as f32 + (x as f64) as f32;
    (a - b * 3.0 + c * 1e-9 + d as f64) as T
}

#[vectorize]
pub fn mixed_widths(a: u8, b: i64, c: f32) -> f64 {
    let s = a as i64 * 3 - b;
    let t = if s > 0 { c as f64 } else { s as f64 };
    let flag = (a > 100) as i32 + (c > 0.5) as i32;
    t * flag as f64 + (b as i16) as f64
}

#[vectorize]
pub fn saturating_casts(x: f64) -> (i8, u16, i32) {
    (x as i8, (x * 100.0) as u16, (x * 1e6) as i32)
}

#[vectorize]
pub fn collected_bools(a: i32, b: i32, c: i32) -> u8 {
    (a < b) as u8 | ((b <= c) as u8) << 1 | ((a == c) as u8) << 2 | (u8::from(a != b)) << 3
}

#[vectorize]
pub fn counts(a: u32, b: i64) -> u32 {
    let n = a.count_zeros() + a.trailing_ones() + (a >> 1).next_power_of_two() + b.leading_ones();
    let signs = b.is_positive() as u32 * 2 + b.is_negative() as u32;
    let logs = if a > 0 { a.ilog2() + a.ilog10() } else { 0 };
    n.wrapping_add(signs).wrapping_add(logs).wrapping_add(a.saturating_mul(3)).wrapping_add(a.wrapping_shr(7))
        ^ (b.unsigned_abs() as u32)
}
