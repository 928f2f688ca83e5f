//! Arithmetic, comparisons, logic, shifts, rounding.

use crate::values::{Values, expect1, expect2, pairs, results, singles};
use crate::{Run, at_doubled_levels, at_every_level};
use ufunc::lanes::{Float, Int, Mask, Number, Vector};

at_every_level! {
    compare_i8 compare_i16 compare_i32 compare_i64 compare_isize
    compare_u8 compare_u16 compare_u32 compare_u64 compare_usize compare_f32 compare_f64 compare_bool
    arithmetic_i8 arithmetic_i16 arithmetic_i32 arithmetic_i64 arithmetic_isize
    arithmetic_u8 arithmetic_u16 arithmetic_u32 arithmetic_u64 arithmetic_usize
    float_f32 float_f64
    logic_i8 logic_i16 logic_i32 logic_i64 logic_isize logic_u8 logic_u16 logic_u32 logic_u64 logic_usize logic_bool
    shift_i8 shift_i16 shift_i32 shift_i64 shift_isize shift_u8 shift_u16 shift_u32 shift_u64 shift_usize
}

at_doubled_levels! {
    compare_i8 compare_i16 compare_i32 compare_i64 compare_isize
    compare_u8 compare_u16 compare_u32 compare_u64 compare_usize compare_f32 compare_f64 compare_bool
    arithmetic_i8 arithmetic_i16 arithmetic_i32 arithmetic_i64 arithmetic_isize
    arithmetic_u8 arithmetic_u16 arithmetic_u32 arithmetic_u64 arithmetic_usize
    float_f32 float_f64
    logic_i8 logic_i16 logic_i32 logic_i64 logic_isize logic_u8 logic_u16 logic_u32 logic_u64 logic_usize logic_bool
    shift_i8 shift_i16 shift_i32 shift_i64 shift_isize shift_u8 shift_u16 shift_u32 shift_u64 shift_usize
}

macro_rules! compare {
    ($($name:ident $t:ident)*) => {$(
        fn $name<S: Run>(simd: S) {
            let (a, b) = pairs::<$t, $t>(500);
            expect2("==", &results!(simd; x in a, y in b => x.lanes_eq(y)), &a, &b, |a, b| a == b);
            expect2("!=", &results!(simd; x in a, y in b => x.lanes_ne(y)), &a, &b, |a, b| a != b);
            expect2("<", &results!(simd; x in a, y in b => x.lanes_lt(y)), &a, &b, |a, b| a < b);
            expect2("<=", &results!(simd; x in a, y in b => x.lanes_le(y)), &a, &b, |a, b| a <= b);
            expect2(">", &results!(simd; x in a, y in b => x.lanes_gt(y)), &a, &b, |a, b| a > b);
            expect2(">=", &results!(simd; x in a, y in b => x.lanes_ge(y)), &a, &b, |a, b| a >= b);
            expect2("lesser", &results!(simd; x in a, y in b => x.lesser(y)), &a, &b, |a, b| if a < b { a } else { b });
            expect2("greater", &results!(simd; x in a, y in b => x.greater(y)), &a, &b, |a, b| if a > b { a } else { b });
            expect2("lesser_or_equal", &results!(simd; x in a, y in b => x.lesser_or_equal(y)), &a, &b, |a, b| {
                if a <= b { a } else { b }
            });
            expect2("greater_or_equal", &results!(simd; x in a, y in b => x.greater_or_equal(y)), &a, &b, |a, b| {
                if a >= b { a } else { b }
            });
            // The mask of one lane in three, shifted by one lane from gang to gang.
            let mut on = 0x9249_2492_4924_9249_u64;
            let chosen = results!(simd; x in a, y in b => {
                on = on.rotate_left(1);
                Vector::select(Mask::with_bits(simd, on), x, y)
            });
            let mut on = 0x9249_2492_4924_9249_u64;
            let lanes = S::LANES;
            for (at, chosen) in chosen.iter().enumerate() {
                if at % lanes == 0 {
                    on = on.rotate_left(1);
                }
                let want = if on >> (at % lanes) & 1 != 0 { a[at] } else { b[at] };
                assert!(chosen.same(want), "select: lane {at} gives {chosen:?}, not {want:?}");
            }
            let mut by = 1;
            while by < lanes {
                let lowered = results!(simd; x in a => x.lowered(by));
                for (at, found) in lowered.iter().enumerate().filter(|(at, _)| at % lanes < by) {
                    let want = a[at + by];
                    assert!(found.same(want), "lowered by {by}: lane {at} gives {found:?}, not {want:?}");
                }
                by *= 2;
            }
        }
    )*};
}

compare! {
    compare_i8 i8
    compare_i16 i16
    compare_i32 i32
    compare_i64 i64
    compare_isize isize
    compare_u8 u8
    compare_u16 u16
    compare_u32 u32
    compare_u64 u64
    compare_usize usize
    compare_f32 f32
    compare_f64 f64
    compare_bool bool
}

macro_rules! arithmetic {
    ($($name:ident $t:ident)*) => {$(
        fn $name<S: Run>(simd: S) {
            let (a, b) = pairs::<$t, $t>(500);
            expect2("+", &results!(simd; x in a, y in b => x + y), &a, &b, $t::wrapping_add);
            expect2("-", &results!(simd; x in a, y in b => x - y), &a, &b, $t::wrapping_sub);
            expect2("*", &results!(simd; x in a, y in b => x * y), &a, &b, $t::wrapping_mul);
            expect2("min", &results!(simd; x in a, y in b => x.min(y)), &a, &b, <$t as Ord>::min);
            expect2("max", &results!(simd; x in a, y in b => x.max(y)), &a, &b, <$t as Ord>::max);
            expect1("-", &results!(simd; x in a => -x), &a, $t::wrapping_neg);
            assert_eq!((<$t as Number>::ZERO, <$t as Number>::ONE), (0, 1));
            assert_eq!((<$t as Int>::MIN, <$t as Int>::MAX, <$t as Int>::BITS), ($t::MIN, $t::MAX, $t::BITS));
        }
    )*};
}

arithmetic! {
    arithmetic_i8 i8
    arithmetic_i16 i16
    arithmetic_i32 i32
    arithmetic_i64 i64
    arithmetic_isize isize
    arithmetic_u8 u8
    arithmetic_u16 u16
    arithmetic_u32 u32
    arithmetic_u64 u64
    arithmetic_usize usize
}

macro_rules! float {
    ($($name:ident $t:ident)*) => {$(
        fn $name<S: Run>(simd: S) {
            let (a, b) = pairs::<$t, $t>(2000);
            expect2("+", &results!(simd; x in a, y in b => x + y), &a, &b, |a, b| a + b);
            expect2("-", &results!(simd; x in a, y in b => x - y), &a, &b, |a, b| a - b);
            expect2("*", &results!(simd; x in a, y in b => x * y), &a, &b, |a, b| a * b);
            expect2("/", &results!(simd; x in a, y in b => x / y), &a, &b, |a, b| a / b);
            expect2("min", &results!(simd; x in a, y in b => x.min(y)), &a, &b, |a, b| {
                if a.is_nan() || b < a { b } else { a }
            });
            expect2("max", &results!(simd; x in a, y in b => x.max(y)), &a, &b, |a, b| {
                if a.is_nan() || b > a { b } else { a }
            });

            for c in [0.0, -0.0, 1.0, -1e-30, 1e30, $t::MIN_POSITIVE, -$t::MAX, $t::INFINITY, $t::NAN] {
                let got = results!(simd; x in a, y in b => x.mul_add(y, Vector::splat(simd, c)));
                for ((a, b), got) in a.iter().zip(&b).zip(got) {
                    let want = a.mul_add(*b, c);
                    assert!(got.same(want), "{a:?}.mul_add({b:?}, {c:?}) gives {got:?}, not {want:?}");
                }
                // Products that a sum nearly cancels.
                let got = results!(simd; x in a, y in b => x.mul_add(y, -(x * y)));
                for ((a, b), got) in a.iter().zip(&b).zip(got) {
                    let want = a.mul_add(*b, -(a * b));
                    assert!(got.same(want), "{a:?}.mul_add({b:?}, -{a:?} * {b:?}) gives {got:?}, not {want:?}");
                }
            }

            let a = singles::<$t>(5000);
            expect1("sqrt", &results!(simd; x in a => x.sqrt()), &a, $t::sqrt);
            expect1("floor", &results!(simd; x in a => x.floor()), &a, $t::floor);
            expect1("ceil", &results!(simd; x in a => x.ceil()), &a, $t::ceil);
            expect1("trunc", &results!(simd; x in a => x.trunc()), &a, $t::trunc);
            expect1("round_ties_even", &results!(simd; x in a => x.round_ties_even()), &a, $t::round_ties_even);
            // Bit for bit, of NaN too.
            expect1("to_bits", &results!(simd; x in a => x.to_bits()), &a, $t::to_bits);
            expect1("-", &results!(simd; x in a => (-x).to_bits()), &a, |a| (-a).to_bits());
            let bits = singles::<<$t as Float>::Bits>(1000);
            expect1("from_bits", &results!(simd; x in bits => Vector::<$t, S>::from_bits(x)), &bits, $t::from_bits);
            assert_eq!((<$t as Number>::ZERO, <$t as Number>::ONE), (0.0, 1.0));
        }
    )*};
}

float! {
    float_f32 f32
    float_f64 f64
}

macro_rules! logic {
    ($($name:ident $t:ident)*) => {$(
        fn $name<S: Run>(simd: S) {
            let (a, b) = pairs::<$t, $t>(500);
            expect2("&", &results!(simd; x in a, y in b => x & y), &a, &b, |a, b| a & b);
            expect2("|", &results!(simd; x in a, y in b => x | y), &a, &b, |a, b| a | b);
            expect2("^", &results!(simd; x in a, y in b => x ^ y), &a, &b, |a, b| a ^ b);
            expect1("!", &results!(simd; x in a => !x), &a, |a: $t| !a);
        }
    )*};
}

logic! {
    logic_i8 i8
    logic_i16 i16
    logic_i32 i32
    logic_i64 i64
    logic_isize isize
    logic_u8 u8
    logic_u16 u16
    logic_u32 u32
    logic_u64 u64
    logic_usize usize
    logic_bool bool
}

macro_rules! shift {
    ($($name:ident $t:ident)*) => {$(
        fn $name<S: Run>(simd: S) {
            let a = singles::<$t>(200);
            for n in [0, 1, 2, 5, 7, 8, 9, 15, 16, 31, 32, 33, 63, 64, 65, u32::MAX] {
                let n = std::hint::black_box(n);
                for (got, a) in results!(simd; x in a => x.shl_uniform(n)).iter().zip(&a) {
                    assert_eq!(*got, a.wrapping_shl(n), "{a} << {n}");
                }
                for (got, a) in results!(simd; x in a => x.shr_uniform(n)).iter().zip(&a) {
                    assert_eq!(*got, a.wrapping_shr(n), "{a} >> {n}");
                }
            }
            // Immediate counts.
            expect1("<< 3", &results!(simd; x in a => x.shl_uniform(3)), &a, |a| a << 3);
            expect1(">> 3", &results!(simd; x in a => x.shr_uniform(3)), &a, |a| a >> 3);
        }
    )*};
}

shift! {
    shift_i8 i8
    shift_i16 i16
    shift_i32 i32
    shift_i64 i64
    shift_isize isize
    shift_u8 u8
    shift_u16 u16
    shift_u32 u32
    shift_u64 u64
    shift_usize usize
}
