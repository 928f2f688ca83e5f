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
    /// Or by so much that it is an error in the last place of the largest operand, which the others cancel.
    pub(super) cancels: bool,
}

/// A column's values, and the shape that they are broadcast to before a call.
type Values<'a, T> = (&'a ArcArray<T, IxDyn>, Option<[usize; 2]>);

/// An element type of the cases.
pub(super) trait Sample: Element + Debug {
    fn parse(word: &str) -> Option<Self>;
    fn is_near(self, expected: Self, tolerance: Tolerance, largest: impl Fn() -> f64) -> bool;
    fn magnitude(self) -> f64;
    fn of(column: &Column) -> Option<Values<'_, Self>>;
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

            /// What an operand has for place `index` of a result, in words and as a magnitude.
            pub(super) fn at(&self, shape: &[usize], index: usize) -> (String, f64) {
                match self {
                    $(Self::$variant(values, _) => {
                        let values = values.broadcast(shape).expect("an operand broadcasts to its result");
                        let value = values.iter().nth(index).expect("a place in the result");
                        (format!("{value:?}"), value.magnitude())
                    })*
                }
            }

            /// The first place where values differ, and both values. `largest` is the operands' largest magnitude at a place.
            pub(super) fn difference(
                &self,
                expected: &Self,
                tolerance: Tolerance,
                largest: impl Fn(usize) -> f64,
            ) -> Option<(usize, String, String)> {
                match (self, expected) {
                    $((Self::$variant(ours, _), Self::$variant(expected, _)) => {
                        let mut pairs = ours.iter().zip(expected).enumerate();
                        let (index, (ours, expected)) = pairs
                            .find(|(i, (ours, expected))| !ours.is_near(**expected, tolerance, || largest(*i)))?;
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

            fn is_near(self, expected: Self, tolerance: Tolerance, largest: impl Fn() -> f64) -> bool {
                is_near!($t, self, expected, tolerance, largest)
            }

            fn magnitude(self) -> f64 {
                magnitude!($t, self)
            }

            fn of(column: &Column) -> Option<Values<'_, Self>> {
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
    (f32, $($arguments:expr),*) => { float_is_near($($arguments),*, f64::from(f32::EPSILON), |x| f32::to_bits(x).into()) };
    (f64, $($arguments:expr),*) => { float_is_near($($arguments),*, f64::EPSILON, f64::to_bits) };
    ($t:ident, $ours:expr, $expected:expr, $tolerance:expr, $largest:expr) => {{
        let (_, _) = ($tolerance, $largest);
        $ours == $expected
    }};
}

macro_rules! magnitude {
    (bool, $value:expr) => {
        f64::from($value)
    };
    ($t:ident, $value:expr) => {
        ($value as f64).abs()
    };
}

fn float_is_near<T: Copy + Into<f64>>(
    ours: T,
    expected: T,
    tolerance: Tolerance,
    largest: impl Fn() -> f64,
    epsilon: f64,
    bits: fn(T) -> u64,
) -> bool {
    let (x, y): (f64, f64) = (ours.into(), expected.into());
    if x.is_nan() || y.is_nan() {
        return x.is_nan() && y.is_nan();
    }
    // Bits of floats of one sign are in the order of their magnitudes.
    let same_sign = x.is_sign_negative() == y.is_sign_negative();
    let near = same_sign && bits(ours).abs_diff(bits(expected)) <= tolerance.ulp;
    near || (tolerance.any_zero && x == 0.0 && y == 0.0)
        || (tolerance.cancels && (x - y).abs() <= epsilon * largest().max(y.abs()))
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
