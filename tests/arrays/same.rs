//! Comparisons of all that a call gives and leaves behind.

use ndarray::Dimension;

use crate::data::Sample;
use crate::harness::Placed;

/// What a call results in, or writes.
pub trait Outcome: std::fmt::Debug {
    /// Bit for bit, any NaN for any NaN.
    fn same(&self, other: &Self) -> bool;
    /// By [`Sample::close`].
    fn near(&self, other: &Self, tolerance: f64) -> bool;
}

macro_rules! numbers {
    ($($t:ident),*) => {$(
        impl Outcome for $t {
            fn same(&self, other: &Self) -> bool {
                Sample::same(*self, *other)
            }

            fn near(&self, other: &Self, tolerance: f64) -> bool {
                self.close(*other, tolerance)
            }
        }
    )*};
}

numbers!(f32, f64, i32, i64, u8, u32, u64, usize, bool);

impl<T: Sample, D: Dimension> Outcome for Placed<T, D> {
    fn same(&self, other: &Self) -> bool {
        self.memory().iter().zip(other.memory()).all(|(a, b)| a.same(*b))
    }

    fn near(&self, other: &Self, tolerance: f64) -> bool {
        self.memory().iter().zip(other.memory()).all(|(a, b)| a.close(*b, tolerance))
    }
}

impl<T: Outcome> Outcome for Vec<T> {
    fn same(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().zip(other).all(|(a, b)| a.same(b))
    }

    fn near(&self, other: &Self, tolerance: f64) -> bool {
        self.len() == other.len() && self.iter().zip(other).all(|(a, b)| a.near(b, tolerance))
    }
}

macro_rules! tuples {
    ($($($t:ident $k:tt),*;)*) => {$(
        impl<$($t: Outcome),*> Outcome for ($($t,)*) {
            #[allow(unused_variables)]
            fn same(&self, other: &Self) -> bool {
                true $(&& self.$k.same(&other.$k))*
            }

            #[allow(unused_variables)]
            fn near(&self, other: &Self, tolerance: f64) -> bool {
                true $(&& self.$k.near(&other.$k, tolerance))*
            }
        }
    )*};
}

tuples! {
    ;
    A 0;
    A 0, B 1;
    A 0, B 1, C 2;
    A 0, B 1, C 2, D 3;
}
