//! What a level must provide: registers, and the operations on them.
//!
//! Every function here is `unsafe` with one contract: *the processor has the level's instructions*,
//! which holds wherever a value of the token's type exists. [`Vector`](super::Vector) is the safe face.

use super::apart::Apart;
use super::element::{Element, Float, Int, Number};
use super::foreign::Foreign;
use super::rows::Rows;
use crate::Level;

/// The register types of one level. All of them hold one gang: the same number of lanes, whatever
/// the element type, in as many machine registers as that takes. Signed and unsigned integers of
/// one width share a type.
pub trait Registers: Copy + Send + Sync + std::fmt::Debug + 'static {
    /// One truth value a lane.
    type Mask: Copy;
    /// `f32` lanes.
    type F32: Copy;
    /// `f64` lanes.
    type F64: Copy;
    /// `i8` or `u8` lanes.
    type I8: Copy;
    /// `i16` or `u16` lanes.
    type I16: Copy;
    /// `i32` or `u32` lanes.
    type I32: Copy;
    /// `i64`, `u64`, `isize` or `usize` lanes.
    type I64: Copy;
}

/// The operations that every number type has.
///
/// # Safety
/// Every function: the processor has the level's instructions. Pointers are as each function says.
#[allow(clippy::missing_safety_doc, reason = "one contract for all, in the trait's own doc")]
pub trait Lanes<T: Number>: MaskLanes {
    /// The same value in every lane.
    unsafe fn splat(value: T) -> T::Repr<Self>;
    /// Reads one gang from `from`, which need not be aligned beyond `T`.
    unsafe fn load(from: *const T) -> T::Repr<Self>;
    /// Writes one gang to `to`, which need not be aligned beyond `T`.
    unsafe fn store(to: *mut T, a: T::Repr<Self>);
    /// Reads the lanes that are on; the others read nothing and hold zero. `from` may point anywhere where none is on.
    #[inline(always)]
    unsafe fn load_masked(from: *const T, mask: Self::Mask) -> T::Repr<Self> {
        // SAFETY: the caller vouches for the lanes that are on; the array holds a gang.
        unsafe {
            let mut values = [T::default(); super::MAX_LANES];
            let mut on = Self::mask_to_bits(mask);
            while on != 0 {
                let lane = on.trailing_zeros() as usize;
                values[lane] = from.wrapping_add(lane).read();
                on &= on - 1;
            }
            Self::load(values.as_ptr())
        }
    }
    /// Writes the lanes that are on, and no other memory. `to` may point anywhere where none is on.
    #[inline(always)]
    unsafe fn store_masked(to: *mut T, mask: Self::Mask, a: T::Repr<Self>) {
        // SAFETY: the caller vouches for the lanes that are on; the array holds a gang.
        unsafe {
            let mut values = [T::default(); super::MAX_LANES];
            Self::store(values.as_mut_ptr(), a);
            let mut on = Self::mask_to_bits(mask);
            while on != 0 {
                let lane = on.trailing_zeros() as usize;
                to.wrapping_add(lane).write(values[lane]);
                on &= on - 1;
            }
        }
    }
    /// Writes the lanes that are on; those that are off may be read, and written back as they were.
    #[inline(always)]
    unsafe fn store_blended(to: *mut T, mask: Self::Mask, a: T::Repr<Self>) {
        // SAFETY: the caller vouches for a whole gang.
        unsafe { Self::store(to, Self::select(mask, a, Self::load(to))) }
    }
    /// `yes` where the mask is on, `no` elsewhere.
    unsafe fn select(mask: Self::Mask, yes: T::Repr<Self>, no: T::Repr<Self>) -> T::Repr<Self>;
    /// `a == b`.
    unsafe fn eq(a: T::Repr<Self>, b: T::Repr<Self>) -> Self::Mask;
    /// `a < b`.
    unsafe fn lt(a: T::Repr<Self>, b: T::Repr<Self>) -> Self::Mask;
    /// `a <= b`.
    unsafe fn le(a: T::Repr<Self>, b: T::Repr<Self>) -> Self::Mask;
    /// The lanes from `by` to `2 by` as the first ones, `by` being a power of two below the lane count; the others hold values
    /// of any lanes.
    #[inline(always)]
    unsafe fn lowered(a: T::Repr<Self>, by: usize) -> T::Repr<Self> {
        let mut memory = [T::default(); 2 * super::MAX_LANES];
        // SAFETY: the memory holds a gang from lane `by` on.
        unsafe {
            Self::store(memory.as_mut_ptr(), a);
            Self::load(memory.as_ptr().add(by))
        }
    }
    /// `a + b`, integers wrapping.
    unsafe fn add(a: T::Repr<Self>, b: T::Repr<Self>) -> T::Repr<Self>;
    /// `a - b`, integers wrapping.
    unsafe fn sub(a: T::Repr<Self>, b: T::Repr<Self>) -> T::Repr<Self>;
    /// `a * b`, integers wrapping.
    unsafe fn mul(a: T::Repr<Self>, b: T::Repr<Self>) -> T::Repr<Self>;
    /// `a.min(b)`: floats as `if a.is_nan() || b < a { b } else { a }`.
    unsafe fn min(a: T::Repr<Self>, b: T::Repr<Self>) -> T::Repr<Self>;
    /// `a.max(b)`: floats as `if a.is_nan() || b > a { b } else { a }`.
    unsafe fn max(a: T::Repr<Self>, b: T::Repr<Self>) -> T::Repr<Self>;
    /// `*base.offset(index)` in the lanes that are on; other lanes read no memory and give zero.
    unsafe fn gather32(base: *const T, index: Self::I32, mask: Self::Mask) -> T::Repr<Self>;
    /// [`gather32`](Lanes::gather32) with 64-bit indices.
    unsafe fn gather64(base: *const T, index: Self::I64, mask: Self::Mask) -> T::Repr<Self>;
    /// `*base.offset(index) = a` in the lanes that are on, lowest lane first.
    unsafe fn scatter64(base: *mut T, index: Self::I64, mask: Self::Mask, a: T::Repr<Self>);
}

/// The operations that floats have besides.
///
/// # Safety
/// As for [`Lanes`].
#[allow(clippy::missing_safety_doc, reason = "one contract for all, in the trait's own doc")]
pub trait FloatLanes<T: Float>: Lanes<T> {
    /// `a / b`.
    unsafe fn div(a: T::Repr<Self>, b: T::Repr<Self>) -> T::Repr<Self>;
    /// `if a < b { a } else { b }`.
    unsafe fn lesser(a: T::Repr<Self>, b: T::Repr<Self>) -> T::Repr<Self>;
    /// `if a > b { a } else { b }`.
    unsafe fn greater(a: T::Repr<Self>, b: T::Repr<Self>) -> T::Repr<Self>;
    /// The square root, correctly rounded.
    unsafe fn sqrt(a: T::Repr<Self>) -> T::Repr<Self>;
    /// The square root, correctly rounded, of usual numbers: of `f64` those from 2^-960 to 2^1020, of `f32` the positive
    /// normal ones. Of others any value.
    #[inline(always)]
    unsafe fn sqrt_usual(a: T::Repr<Self>) -> T::Repr<Self> {
        // SAFETY: the same contract.
        unsafe { Self::sqrt(a) }
    }
    /// `a * b + c` rounded once, on every level (emulated where the level has no such instruction).
    unsafe fn mul_add(a: T::Repr<Self>, b: T::Repr<Self>, c: T::Repr<Self>) -> T::Repr<Self>;
    /// `-a`: the sign bit flipped, of NaN too.
    unsafe fn neg(a: T::Repr<Self>) -> T::Repr<Self>;
    /// The sign bit cleared, of NaN too.
    unsafe fn abs(a: T::Repr<Self>) -> T::Repr<Self>;
    /// The largest integer not above `a`; keeps the sign of zero.
    unsafe fn floor(a: T::Repr<Self>) -> T::Repr<Self>;
    /// The smallest integer not below `a`; keeps the sign of zero.
    unsafe fn ceil(a: T::Repr<Self>) -> T::Repr<Self>;
    /// `a` without its fraction; keeps the sign of zero.
    unsafe fn trunc(a: T::Repr<Self>) -> T::Repr<Self>;
    /// The nearest integer, halves to even; keeps the sign of zero.
    unsafe fn round_ties_even(a: T::Repr<Self>) -> T::Repr<Self>;
    /// The bits as an unsigned integer of the same width.
    unsafe fn to_bits(a: T::Repr<Self>) -> <T::Bits as Element>::Repr<Self>;
    /// The float with these bits.
    unsafe fn from_bits(a: <T::Bits as Element>::Repr<Self>) -> T::Repr<Self>;
    /// Whether `|a|` is above the bound in some lane, by one comparison for all registers of the gang.
    /// Of NaN it may say that it is or that it is not.
    #[inline(always)]
    unsafe fn any_beyond(a: T::Repr<Self>, bound: T) -> bool {
        // SAFETY: the same contract.
        unsafe { !Self::mask_all(Self::le(Self::abs(a), Self::splat(bound))) }
    }
    /// The lanes with positive numbers that are neither subnormal nor infinite, if one operation tells.
    #[inline(always)]
    unsafe fn positive_normal(_: T::Repr<Self>) -> Option<Self::Mask> {
        None
    }
}

/// The operations that integers have besides.
///
/// # Safety
/// As for [`Lanes`].
#[allow(clippy::missing_safety_doc, reason = "one contract for all, in the trait's own doc")]
pub trait IntLanes<T: Int>: Lanes<T> {
    /// Bitwise and.
    unsafe fn and(a: T::Repr<Self>, b: T::Repr<Self>) -> T::Repr<Self>;
    /// Bitwise or.
    unsafe fn or(a: T::Repr<Self>, b: T::Repr<Self>) -> T::Repr<Self>;
    /// Bitwise exclusive or.
    unsafe fn xor(a: T::Repr<Self>, b: T::Repr<Self>) -> T::Repr<Self>;
    /// `a << (n % BITS)` lane by lane.
    unsafe fn shl(a: T::Repr<Self>, n: T::Repr<Self>) -> T::Repr<Self>;
    /// `a >> (n % BITS)` lane by lane: arithmetic for signed types, logical for unsigned ones.
    unsafe fn shr(a: T::Repr<Self>, n: T::Repr<Self>) -> T::Repr<Self>;
    /// `a << (n % BITS)`, the same count for all lanes; an immediate where `n` is constant.
    unsafe fn shl_uniform(a: T::Repr<Self>, n: u32) -> T::Repr<Self>;
    /// `a >> (n % BITS)`, the same count for all lanes; an immediate where `n` is constant.
    unsafe fn shr_uniform(a: T::Repr<Self>, n: u32) -> T::Repr<Self>;
}

/// The conversions that `as` is composed of. Float to integer truncates and saturates, NaN gives 0;
/// integer to float rounds once, to nearest even.
///
/// # Safety
/// As for [`Lanes`].
#[allow(clippy::missing_safety_doc, missing_docs, reason = "one contract for all; the names say what is converted")]
pub trait Convert: Registers {
    unsafe fn f32_to_f64(a: Self::F32) -> Self::F64;
    unsafe fn f64_to_f32(a: Self::F64) -> Self::F32;

    unsafe fn i32_to_f32(a: Self::I32) -> Self::F32;
    unsafe fn u32_to_f32(a: Self::I32) -> Self::F32;
    unsafe fn i64_to_f32(a: Self::I64) -> Self::F32;
    unsafe fn u64_to_f32(a: Self::I64) -> Self::F32;
    unsafe fn i32_to_f64(a: Self::I32) -> Self::F64;
    unsafe fn u32_to_f64(a: Self::I32) -> Self::F64;
    unsafe fn i64_to_f64(a: Self::I64) -> Self::F64;
    unsafe fn u64_to_f64(a: Self::I64) -> Self::F64;

    unsafe fn f32_to_i32(a: Self::F32) -> Self::I32;
    unsafe fn f32_to_u32(a: Self::F32) -> Self::I32;
    unsafe fn f32_to_i64(a: Self::F32) -> Self::I64;
    unsafe fn f32_to_u64(a: Self::F32) -> Self::I64;
    unsafe fn f64_to_i32(a: Self::F64) -> Self::I32;
    unsafe fn f64_to_u32(a: Self::F64) -> Self::I32;
    unsafe fn f64_to_i64(a: Self::F64) -> Self::I64;
    unsafe fn f64_to_u64(a: Self::F64) -> Self::I64;

    unsafe fn i8_to_i32(a: Self::I8) -> Self::I32;
    unsafe fn u8_to_u32(a: Self::I8) -> Self::I32;
    unsafe fn i16_to_i32(a: Self::I16) -> Self::I32;
    unsafe fn u16_to_u32(a: Self::I16) -> Self::I32;
    unsafe fn i32_to_i64(a: Self::I32) -> Self::I64;
    unsafe fn u32_to_u64(a: Self::I32) -> Self::I64;
    unsafe fn i8_to_i16(a: Self::I8) -> Self::I16;
    unsafe fn u8_to_u16(a: Self::I8) -> Self::I16;

    /// Keeps the low bits.
    unsafe fn i64_to_i32(a: Self::I64) -> Self::I32;
    /// Keeps the low bits.
    unsafe fn i32_to_i16(a: Self::I32) -> Self::I16;
    /// Keeps the low bits.
    unsafe fn i32_to_i8(a: Self::I32) -> Self::I8;
    /// Keeps the low bits.
    unsafe fn i16_to_i8(a: Self::I16) -> Self::I8;
}

/// Tables that fit into registers.
///
/// # Safety
/// As for [`Lanes`].
#[allow(clippy::missing_safety_doc, reason = "one contract for all, in the trait's own doc")]
pub trait Lookup: Registers {
    /// `table[index % 8]` lane by lane.
    unsafe fn lookup8_f64(table: &[f64; 8], index: Self::I64) -> Self::F64;
    /// `table[index % 8]` lane by lane.
    unsafe fn lookup8_f32(table: &[f32; 8], index: Self::I32) -> Self::F32;
    /// `table[row][index % 8]` lane by lane.
    #[inline(always)]
    unsafe fn lookup8_row<const N: usize>(table: &'static Rows<N>, row: usize, index: Self::I64) -> Self::F64 {
        // SAFETY: the same contract.
        unsafe { Self::lookup8_f64(&table.whole[row], index) }
    }
}

/// The operations on masks.
///
/// # Safety
/// As for [`Lanes`].
#[allow(clippy::missing_safety_doc, reason = "one contract for all, in the trait's own doc")]
pub trait MaskLanes: Registers {
    /// All lanes on, or all off.
    unsafe fn mask_splat(on: bool) -> Self::Mask;
    /// Reads one gang of `bool`s.
    unsafe fn mask_load(from: *const bool) -> Self::Mask;
    /// Writes one gang of `bool`s.
    unsafe fn mask_store(to: *mut bool, a: Self::Mask);
    /// Bitwise and.
    unsafe fn mask_and(a: Self::Mask, b: Self::Mask) -> Self::Mask;
    /// Bitwise or.
    unsafe fn mask_or(a: Self::Mask, b: Self::Mask) -> Self::Mask;
    /// Bitwise exclusive or.
    unsafe fn mask_xor(a: Self::Mask, b: Self::Mask) -> Self::Mask;
    /// `a & !b`.
    unsafe fn mask_and_not(a: Self::Mask, b: Self::Mask) -> Self::Mask;
    /// Bitwise not.
    unsafe fn mask_not(a: Self::Mask) -> Self::Mask;
    /// Whether a lane is on.
    unsafe fn mask_any(a: Self::Mask) -> bool;
    /// Whether all lanes are on.
    unsafe fn mask_all(a: Self::Mask) -> bool;
    /// Lane `i` in bit `i`; the bits above are zero.
    unsafe fn mask_to_bits(a: Self::Mask) -> u64;
    /// Lane `i` from bit `i`; the bits above are ignored.
    unsafe fn mask_from_bits(bits: u64) -> Self::Mask;
}

/// A SIMD level: a zero-sized token whose existence proves that the processor has the level's
/// instructions. Kernels are generic over it.
///
/// # Safety
/// A value of the type exists only where the processor has the instructions of [`Simd::LEVEL`], and so for the gangs of the
/// associated types: functions that enable these instructions are called on the strength of it.
pub unsafe trait Simd:
    MaskLanes
    + Convert
    + Lookup
    + Foreign
    + Apart
    + FloatLanes<f32>
    + FloatLanes<f64>
    + IntLanes<i8>
    + IntLanes<i16>
    + IntLanes<i32>
    + IntLanes<i64>
    + IntLanes<u8>
    + IntLanes<u16>
    + IntLanes<u32>
    + IntLanes<u64>
{
    /// The level this token stands for.
    const LEVEL: Level;
    /// Lanes in one gang, the same for every element type; at most [`MAX_LANES`](super::MAX_LANES).
    const LANES: usize;
    /// Whether `mul_add` is one instruction. Math uses it where it is, and error-free
    /// multiplication by splitting where it is not.
    const FMA: bool;
    /// As many gangs as hide the latency of a short divergent loop over values of up to 32 bits.
    /// Such a loop waits for its own results: several of them in flight fill the time. Measured on
    /// the Mandelbrot set, where more gangs than these lose more lanes to divergence than they win.
    type Short32: Simd;
    /// [`Short32`](Simd::Short32) for loops over values of 64 bits.
    type Short64: Simd;
    /// As many gangs as hide the latency of several math functions on values of up to 32 bits, and share
    /// their constants, of which there are more than registers.
    type Math32: Simd;
    /// [`Math32`](Simd::Math32) for values of 64 bits.
    type Math64: Simd;

    /// Makes the token.
    ///
    /// # Safety
    /// The processor has the instructions of [`Simd::LEVEL`].
    unsafe fn assume() -> Self;
}
