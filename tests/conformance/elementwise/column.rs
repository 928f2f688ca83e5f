//! Arrays of any element type.

use std::fmt::Debug;
use std::str::FromStr;

use ndarray::{ArcArray, Array, ArrayView, IxDyn};
use ufunc::lanes::Element;

use super::layout::Arrange;

/// How far a result may be from NumPy's.
#[derive(Clone, Copy)]
pub(super) struct Tolerance {
    /// In units in the last place, between numbers of one sign.
    pub(super) ulp: u64,
    /// A zero may have either sign.
    pub(super) any_zero: bool,
}

/// An element type of the cases.
pub(super) trait Sample: Element + Debug {
    fn parse(word: &str) -> Option<Self>;
    fn is_near(self, expected: Self, tolerance: Tolerance) -> bool;
    fn of(column: &Column) -> Option<(&ArcArray<Self, IxDyn>, Option<[usize; 2]>)>;
    fn into_column(values: ArcArray<Self, IxDyn>) -> Column;
}

/// An operand or a result, and the shape that an operand is broadcast to before the call.
macro_rules! columns {
    ($($variant:ident $t:ident;)*) => {
        pub(super) enum Column {$(
            $variant(ArcArray<$t, IxDyn>, Option<[usize; 2]>),
        )*}

        impl Column {
            /// The values of a one-dimensional array, between spaces.
            pub(super) fn parse(ty: &str, words: &str) -> Self {
                match ty {
                    $(stringify!($t) => <$t>::into_column(parsed::<$t>(words)),)*
                    _ => panic!("no element type `{ty}`"),
                }
            }

            pub(super) fn type_name(&self) -> &'static str {
                match self {
                    $(Self::$variant(..) => stringify!($t),)*
                }
            }

            pub(super) fn shape(&self) -> &[usize] {
                match self {
                    $(Self::$variant(values, _) => values.shape(),)*
                }
            }

            pub(super) fn len(&self) -> usize {
                match self {
                    $(Self::$variant(values, _) => values.len(),)*
                }
            }

            pub(super) fn viewed(&self, arrange: &Arrange<'_>) -> Self {
                match self {
                    $(Self::$variant(values, _) => Self::$variant(arrange.of(values), arrange.repeated()),)*
                }
            }

            /// What an operand has for place `index` of a result.
            pub(super) fn at(&self, shape: &[usize], index: usize) -> String {
                match self {
                    $(Self::$variant(values, _) => {
                        let values = values.broadcast(shape).expect("an operand broadcasts to its result");
                        format!("{:?}", values.iter().nth(index).expect("a place in the result"))
                    })*
                }
            }

            /// The first place where values differ, and both values.
            pub(super) fn difference(&self, expected: &Self, tolerance: Tolerance) -> Option<(usize, String, String)> {
                match (self, expected) {
                    $((Self::$variant(ours, _), Self::$variant(expected, _)) => {
                        let mut pairs = ours.iter().zip(expected).enumerate();
                        let (index, (ours, expected)) =
                            pairs.find(|(_, (ours, expected))| !ours.is_near(**expected, tolerance))?;
                        Some((index, format!("{ours:?}"), format!("{expected:?}")))
                    })*
                    _ => panic!("a {} is compared with a {}", self.type_name(), expected.type_name()),
                }
            }
        }

        $(impl Sample for $t {
            fn parse(word: &str) -> Option<Self> {
                parse!($t, word)
            }

            fn is_near(self, expected: Self, tolerance: Tolerance) -> bool {
                is_near!($t, self, expected, tolerance)
            }

            fn of(column: &Column) -> Option<(&ArcArray<Self, IxDyn>, Option<[usize; 2]>)> {
                match column {
                    Column::$variant(values, repeated) => Some((values, *repeated)),
                    _ => None,
                }
            }

            fn into_column(values: ArcArray<Self, IxDyn>) -> Column {
                Column::$variant(values, None)
            }
        })*
    };
}

macro_rules! parse {
    (bool, $word:expr) => {
        match $word {
            "0" => Some(false),
            "1" => Some(true),
            _ => None,
        }
    };
    ($t:ident, $word:expr) => {
        <$t>::from_str($word).ok()
    };
}

macro_rules! is_near {
    (f32, $ours:expr, $expected:expr, $tolerance:expr) => {
        is_near!(float, $ours, $expected, $tolerance)
    };
    (f64, $ours:expr, $expected:expr, $tolerance:expr) => {
        is_near!(float, $ours, $expected, $tolerance)
    };
    (float, $ours:expr, $expected:expr, $tolerance:expr) => {{
        let (ours, expected, tolerance) = ($ours, $expected, $tolerance);
        if ours.is_nan() || expected.is_nan() {
            ours.is_nan() && expected.is_nan()
        } else if ours == 0.0 && expected == 0.0 && tolerance.any_zero {
            true
        } else {
            // Bits of floats of one sign are in the order of their magnitudes.
            ours.is_sign_negative() == expected.is_sign_negative()
                && u64::from(ours.to_bits().abs_diff(expected.to_bits())) <= tolerance.ulp
        }
    }};
    ($t:ident, $ours:expr, $expected:expr, $tolerance:expr) => {{
        let _: Tolerance = $tolerance;
        $ours == $expected
    }};
}

columns! {
    Bool bool;
    I8 i8;
    I16 i16;
    I32 i32;
    I64 i64;
    Isize isize;
    U8 u8;
    U16 u16;
    U32 u32;
    U64 u64;
    Usize usize;
    F32 f32;
    F64 f64;
}

fn parsed<T: Sample>(words: &str) -> ArcArray<T, IxDyn> {
    let value = |word| T::parse(word).unwrap_or_else(|| panic!("`{word}` is no {}", T::NAME));
    ArcArray::from_vec(words.split_whitespace().map(value).collect()).into_dyn()
}

/// An operand's view.
pub(super) fn view<T: Sample>(column: &Column) -> ArrayView<'_, T, IxDyn> {
    let (values, repeated) = T::of(column).expect("a function is called with operands of its types");
    match repeated {
        Some(shape) => values.broadcast(IxDyn(&shape)).expect("one element repeats"),
        None => values.view(),
    }
}

pub(super) fn column<T: Sample>(values: Array<T, IxDyn>) -> Column {
    T::into_column(values.into_shared())
}
