//! Ranges whose turns are lanes.

use ufunc::array::{count, counted, nth};

use crate::at_every_level;
use crate::values::message;

#[test]
fn turns_are_counted() {
    macro_rules! check {
        ($($t:ident)*) => {$(
            for (from, to) in [(0, 0), (0, 1), (3, 100), (100, 3), ($t::MIN, $t::MIN), ($t::MAX, $t::MAX), ($t::MAX, $t::MIN)] {
                assert_eq!(count::<$t>(from, to, false), (from..to).count());
                assert_eq!(count::<$t>(from, to, true), (from..=to).count());
            }
        )*};
    }
    check!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);
    assert_eq!((count(i8::MIN, i8::MAX, false), count(i8::MIN, i8::MAX, true)), (255, 256));
    assert_eq!((count(0, u8::MAX, false), count(0, u8::MAX, true)), (255, 256));
    assert_eq!(count(i32::MIN, i32::MAX, true), 1 << 32);
    assert_eq!(count(i64::MIN, i64::MAX, false), usize::MAX);
    assert_eq!(count(1, u64::MAX, true), usize::MAX);
    let too_many = |range| Some(format!("a loop over {range} has too many turns"));
    assert_eq!(message(|| count(0, u64::MAX, true)), too_many("0..=18446744073709551615"));
    assert_eq!(message(|| count(i64::MIN, i64::MAX, true)), too_many("-9223372036854775808..=9223372036854775807"));
}

#[test]
fn turns_have_numbers() {
    assert_eq!((nth(-128_i8, 255), nth(250_u8, 5), nth(7_i64, 0)), (127, 255, 7));
    assert_eq!((nth(i64::MIN, usize::MAX), nth(-5_i32, 3), nth(usize::MAX, 1)), (i64::MAX, -2, 0));
}

at_every_level! {
    fn gangs_have_numbers<S>(simd) {
        macro_rules! check {
            ($($t:ident)*) => {$(
                for at in [0, 100, $t::MAX - 2, $t::MIN] {
                    let got = counted::<$t, S>(simd, at);
                    for lane in 0..S::LANES {
                        assert_eq!(got.extract(lane), at.wrapping_add(lane as $t));
                    }
                }
            )*};
        }
        check!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);
    }
}
