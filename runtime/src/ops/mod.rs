//! NumPy's universal functions under NumPy's names, each written with [`vectorize`](macro@crate::vectorize), and the
//! other functions of [`math`](crate::math) under the names that they have in kernels.
//!
//! ```
//! use ndarray::{Array2, array};
//! use ufunc::ops;
//!
//! let x: Array2<f64> = array![[0.0, 0.5, 1.0], [1.5, 2.0, 2.5]];
//! let y = ops::arctan2(&x, 1.0);
//! assert_eq!(y.dim(), (2, 3));
//!
//! let mut z = vec![0.0; 3];
//! ops::erf::into(&[0f32, 1.0, 2.0], &mut z);
//! assert_eq!(z, ops::erf(&[0f32, 1.0, 2.0]));
//!
//! assert_eq!(ops::hypot(3f64, 4.0), 5.0);
//!
//! // NumPy's meaning, where it is not Rust's.
//! assert_eq!(ops::floor_divide(&[7, -7, 7], &[2, 2, 0]), [3, -4, 0]);
//! assert_eq!(ops::remainder(&[7.5, -7.5], 2.0), [1.5, 0.5]);
//! assert_eq!(ops::divide(&[1, 3], 2), [0.5, 1.5]);
//! assert!(ops::maximum(1.0, f64::NAN).is_nan());
//! assert_eq!(ops::fmax(1.0, f64::NAN), 1.0);
//! assert_eq!(ops::left_shift(&[1u8, 1, 1], &[1, 7, 8]), [2, 128, 0]);
//! ```
//!
//! Kernels call them as they call other kernels:
//!
//! ```
//! use ufunc::ops::{clip, floor_divide};
//! use ufunc::prelude::*;
//!
//! #[vectorize]
//! fn bin(x: i32, width: i32) -> i32 {
//!     clip(floor_divide(x, width), 0, 9)
//! }
//!
//! assert_eq!(bin(&[-1, 25, 1000], 10), [0, 2, 9]);
//! ```
//!
//! All broadcast. They take the types for which NumPy has a loop and we have lanes, one type for all operands but where
//! their documentation says otherwise; `isize` and `usize` where there are loops for integers. Math functions are
//! within 1 ulp but where [`math`](crate::math) says otherwise; for scalars that are not in arrays, the functions of that
//! module are quicker.
//!
//! # What differs from NumPy
//!
//! [The guide for users of NumPy](crate::doc::ufunc_for_numpy_users) has the calls of both side by side.
//!
//! | | NumPy | here |
//! |---|---|---|
//! | operands of different types | are converted to a common type | do not compile: convert them first |
//! | literals | take the array's type | the same |
//! | integers and bools, where the function has loops for floats alone (`sqrt`, `rint`, `arctan2`, `signbit`, …) | are converted, to `f64`, `f32` or `float16` by their size | do not compile, but `divide` of integers, whose result is an `f64` in both |
//! | bools, where there is no loop for them (`floor_divide`, `power`, `square`, `left_shift`, …) | are converted to `int8` | do not compile |
//! | `subtract`, `negative`, `positive`, `sign`, `gcd`, `lcm` of bools | raise `TypeError` | do not compile |
//! | comparisons of `i64` with `u64` | compare the numbers | do not compile |
//! | `float_power` of `f32` or integers | in `f64` | does not compile: convert them first |
//! | division by zero, overflow, invalid operands | the same values, and a warning | no warning |
//! | `power` of integers, to a negative power | raises `ValueError` | panics |
//! | `reciprocal` of the integer 0 | what the processor makes of an infinity | 0 |
//! | `maximum`, `minimum`, `fmax`, `fmin`, `clip` of a zero and a negative zero | either, depending on the array's length and strides | always the same one |
//! | `round` | a function with digits to round to | `rint`: no digits; halves to even in both |
//! | `add.reduce`, `multiply.reduce`, `accumulate` and `reduceat` of integers shorter than 64 bits, and of bools | convert to 64 bits: `add.reduce` of `int8` is an `int64` | keep the type, and wrap; a sum of bools is "or". Convert first: `add::reduce_all(&a.mapv(i64::from))` |
//! | `logical_and`, `logical_or`, `logical_xor` of numbers, `divide` of integers | reduce to a bool, and a float | reduce bools and floats alone: `logical_and::reduce_all(not_equal(&a, 0))` |
//! | reductions of a single element by `add`, `hypot`, `gcd` | combine it with the identity: 0.0 of -0.0, magnitudes of negative numbers | are that element itself |
//! | sums of floats | in an order that depends on the strides | in [one tree](crate::doc::ufunc_for_numpy_users#the-same-bits): another last bit, and the same for any strides along one axis, level and threads |
//! | `reduce` without `axis` | along the first axis | is `reduce_all`; `reduce` takes one axis |
//! | `reduce` along several axes | an array with fewer dimensions | `reduction(&a).axes([0, 2])`, of a dynamic dimension; of the operand's with `.keepdims()` |
//! | reductions by functions without identity that have an order (`subtract`, `divide`, `power`, `lcm`, …) | in order along one axis | the same |
//! | indices of `at` | may be negative, masks, or tuples | are `usize`, along the first axis |
//! | `at` of functions of one operand, `outer` of those with two results (`divmod`) | are there | are not: write a loop, and broadcast |
//! | NaN | may keep an operand's bits | is NaN, of any sign and bits |
//! | errors of math functions | up to 4 ulp, depending on the processor | 1 ulp, of `logaddexp` and `logaddexp2` 3, on every processor |
//! | `remainder` | also called `mod` | not, as that is a keyword of Rust |
//! | `isnat`, `matmul`, `matvec`, `vecdot`, `vecmat` | | not there: dates and core dimensions have no lanes |
//! | `float16`, `longdouble`, complex numbers, dates, strings, objects | have loops | are no element types |

#[macro_use]
mod loops;
mod arithmetic;
mod bitwise;
mod comparison;
mod division;
mod extrema;
mod float;
mod logic;
mod parts;
mod powers;

pub use self::arithmetic::*;
pub use self::bitwise::*;
pub use self::comparison::*;
pub use self::division::*;
pub use self::extrema::*;
pub use self::float::*;
pub use self::logic::*;
pub use self::parts::*;
pub use self::powers::*;

// NumPy's second names.
pub use self::arithmetic::{absolute as abs, conjugate as conj};
pub use self::bitwise::{
    invert as bitwise_invert, invert as bitwise_not, left_shift as bitwise_left_shift,
    right_shift as bitwise_right_shift,
};
pub use self::division::divide as true_divide;
pub use self::float::{
    arccos as acos, arccosh as acosh, arcsin as asin, arcsinh as asinh, arctan as atan, arctan2 as atan2,
    arctanh as atanh, deg2rad as radians, power as pow, rad2deg as degrees, rint as round, trunc as fix,
};
