//! Arrays of every layout, and comparisons of what a function gives with what its twin gives.

use ndarray::{Array, Array1, Array2, Array3, ArrayBase, ArrayView1, ArrayView2, ArrayView3, Axis, Data, Dimension, s};
use ufunc::Level;

/// Numbers that arrays are filled with.
pub trait Number: Copy + PartialEq + std::fmt::Debug + 'static {
    /// The k-th of a fixed sequence: of both signs, and not too large for any of the tests' functions.
    fn number(k: usize) -> Self;
    /// Equal up to the errors of `ulps` math functions; bit by bit if that is 0.
    fn close(self, other: Self, ulps: f64) -> bool;
}

/// A number from -1 to 1.
fn unit(k: usize) -> f64 {
    let mut bits = (k as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    ((bits >> 11) as f64 / (1_u64 << 53) as f64) * 2.0 - 1.0
}

macro_rules! floats {
    ($($t:ident)*) => {$(
        impl Number for $t {
            fn number(k: usize) -> Self {
                unit(k) as $t
            }

            fn close(self, other: Self, ulps: f64) -> bool {
                if ulps == 0.0 || self.is_nan() || other.is_nan() {
                    return self.to_bits() == other.to_bits() || (self.is_nan() && other.is_nan());
                }
                let error = (self - other).abs() as f64;
                self == other || error <= ulps * $t::EPSILON as f64 * (self.abs().max(other.abs()).max($t::MIN_POSITIVE)) as f64
            }
        }
    )*};
}

macro_rules! exact {
    ($($t:ident: $of:expr;)*) => {$(
        impl Number for $t {
            fn number(k: usize) -> Self {
                let of: fn(f64) -> $t = $of;
                of(unit(k))
            }

            fn close(self, other: Self, _: f64) -> bool {
                self == other
            }
        }
    )*};
}

floats!(f32 f64);
exact! {
    i32: |x| (x * 1e6) as i32;
    i64: |x| (x * 1e6) as i64;
    u8: |x| (x.abs() * 255.0) as u8;
    u32: |x| (x.abs() * 1e9) as u32;
    bool: |x| x > 0.0;
}

/// The levels that the machine has.
pub fn levels() -> impl Iterator<Item = Level> {
    Level::ALL.into_iter().filter(|level| level.is_available())
}

/// Calls a check with vectors that lie differently in memory, of different lengths; `seed` tells them apart.
pub fn vectors<T: Number>(mut check: impl FnMut(ArrayView1<'_, T>)) {
    for n in [0, 1, 2, 7, 16, 33, 100, 1000] {
        let dense = Array1::from_shape_fn(n, T::number);
        check(dense.view());
        check(dense.slice(s![..;-1]));
        let wide = Array1::from_shape_fn(3 * n, T::number);
        check(wide.slice(s![..;3]));
        let cell = Array1::from_shape_fn(1, T::number);
        check(cell.broadcast(n).expect("one element repeats"));
    }
}

/// The same with matrices.
pub fn matrices<T: Number>(mut check: impl FnMut(ArrayView2<'_, T>)) {
    for (rows, columns) in [(0, 5), (1, 1), (3, 4), (5, 33), (40, 50)] {
        let number = |(i, j)| T::number(i * 64 + j);
        let dense = Array2::from_shape_fn((rows, columns), number);
        check(dense.view());
        check(dense.slice(s![..;-1, ..]));
        let turned = Array2::from_shape_fn((columns, rows), number);
        check(turned.t());
        check(turned.slice(s![..;-1, ..]).reversed_axes());
        let wide = Array2::from_shape_fn((2 * rows, columns + 3), number);
        check(wide.slice(s![..;2, 1..columns + 1]));
        check(wide.slice(s![..rows, ..columns;-1]));
        let row = Array1::from_shape_fn(columns, T::number);
        check(row.broadcast((rows, columns)).expect("a row repeats"));
    }
}

/// The same with three axes.
pub fn cubes<T: Number>(mut check: impl FnMut(ArrayView3<'_, T>)) {
    for shape in [(2, 0, 3), (1, 3, 1), (4, 5, 6), (7, 9, 20)] {
        let number = |(i, j, k)| T::number((i * 32 + j) * 32 + k);
        let dense = Array3::from_shape_fn(shape, number);
        check(dense.view());
        check(dense.slice(s![..;-1, .., ..;-1]));
        check(Array3::from_shape_fn((shape.2, shape.1, shape.0), number).t());
        check(Array3::from_shape_fn((shape.1, shape.0, shape.2), number).view().permuted_axes([1, 0, 2]));
        let plane = Array2::from_shape_fn((shape.0, shape.2), |(i, k)| T::number(i * 32 + k));
        let plane = plane.insert_axis(Axis(1));
        check(plane.broadcast(shape).expect("a plane repeats"));
    }
}

/// What two results are compared by.
pub trait Outcome: std::fmt::Debug {
    fn close(&self, other: &Self, ulps: f64) -> bool;
}

impl<T: Number> Outcome for T {
    fn close(&self, other: &Self, ulps: f64) -> bool {
        Number::close(*self, *other, ulps)
    }
}

impl<T: Number> Outcome for Option<T> {
    fn close(&self, other: &Self, ulps: f64) -> bool {
        match (self, other) {
            (Some(a), Some(b)) => Number::close(*a, *b, ulps),
            (a, b) => a.is_none() && b.is_none(),
        }
    }
}

impl<T: Number, S: Data<Elem = T>, D: Dimension> Outcome for ArrayBase<S, D, T> {
    fn close(&self, other: &Self, ulps: f64) -> bool {
        self.shape() == other.shape() && self.iter().zip(other).all(|(a, b)| Number::close(*a, *b, ulps))
    }
}

impl<A: Outcome, B: Outcome> Outcome for (A, B) {
    fn close(&self, other: &Self, ulps: f64) -> bool {
        self.0.close(&other.0, ulps) && self.1.close(&other.1, ulps)
    }
}

#[track_caller]
pub fn hold<T: Outcome>(name: &str, twin: &T, fused: &T, ulps: f64) {
    assert!(twin.close(fused, ulps), "{name}:\n twin  {twin:?}\n fused {fused:?}");
}

/// An array with the same elements, in an order of its own.
pub fn other_order<T: Number, D: Dimension>(of: &ArrayBase<impl Data<Elem = T>, D, T>) -> Array<T, D> {
    of.t().as_standard_layout().into_owned().reversed_axes()
}

/// Calls the twin, and the function at each level and as it is: all are near each other by the ulps given, 0 for the same bits.
macro_rules! same {
    ($ulps:expr, $f:ident($($arg:expr),* $(,)?)) => {{
        let twin = $f::scalar($($arg),*);
        for level in crate::harness::levels() {
            crate::harness::hold(stringify!($f), &twin, &$f::at(level, $($arg),*), $ulps);
        }
        crate::harness::hold(stringify!($f), &twin, &$f($($arg),*), $ulps);
    }};
}

/// The same for functions that write to a copy of an array, given as the first argument, a name.
macro_rules! same_writes {
    ($ulps:expr, $f:ident($out:ident $(, $arg:expr)* $(,)?)) => {{
        let mut twin = $out.clone();
        let one = $f::scalar(&mut twin $(, $arg)*);
        for level in crate::harness::levels() {
            let mut fused = $out.clone();
            let two = $f::at(level, &mut fused $(, $arg)*);
            crate::harness::hold(stringify!($f), &twin, &fused, $ulps);
            assert_eq!(one, two, "{}", stringify!($f));
        }
        let mut fused = $out.clone();
        $f(&mut fused $(, $arg)*);
        crate::harness::hold(stringify!($f), &twin, &fused, $ulps);
    }};
}
pub(crate) use {same, same_writes};
