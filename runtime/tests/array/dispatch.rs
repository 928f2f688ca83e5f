//! Calls at the process's level and at others.

use ufunc::Level;
use ufunc::array::{ArrayFunction, call, call_at};
use ufunc::lanes::Simd;

use crate::values::message;

/// The level that a call runs at.
enum Which {}

impl ArrayFunction for Which {
    type Parameters<'a> = (&'a str,);
    type Output = (Level, String);

    #[inline(always)]
    fn run<S: Simd>(_simd: S, (word,): Self::Parameters<'_>) -> (Level, String) {
        (S::LEVEL, word.to_uppercase())
    }
}

#[test]
fn calls_run_at_their_level() {
    assert_eq!(call::<Which>(("here",)), (Level::current(), "HERE".to_owned()));
    for level in Level::ALL {
        if level.is_available() {
            assert_eq!(call_at::<Which>(level, ("there",)), (level, "THERE".to_owned()));
        } else {
            let wanted = format!("this machine has no `{level}`; its best level is `{}`", Level::best());
            assert_eq!(message(|| call_at::<Which>(level, ("there",))), Some(wanted));
        }
    }
}
