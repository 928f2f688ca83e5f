//! The methods of arrays: those that fuse, those that leave an array where it is, and what is said of others.

use crate::methods::nearest;

/// Methods of float arrays that compute each element by the method of the same name.
pub(super) const ELEMENTWISE: &[(&str, usize)] = &[
    ("floor", 0),
    ("ceil", 0),
    ("round", 0),
    ("trunc", 0),
    ("fract", 0),
    ("abs", 0),
    ("signum", 0),
    ("recip", 0),
    ("sqrt", 0),
    ("exp", 0),
    ("exp2", 0),
    ("exp_m1", 0),
    ("ln", 0),
    ("log2", 0),
    ("log10", 0),
    ("ln_1p", 0),
    ("cbrt", 0),
    ("sin", 0),
    ("cos", 0),
    ("tan", 0),
    ("asin", 0),
    ("acos", 0),
    ("atan", 0),
    ("sinh", 0),
    ("cosh", 0),
    ("tanh", 0),
    ("asinh", 0),
    ("acosh", 0),
    ("atanh", 0),
    ("to_degrees", 0),
    ("to_radians", 0),
    ("is_nan", 0),
    ("is_infinite", 0),
    ("powi", 1),
    ("powf", 1),
    ("log", 1),
    ("hypot", 1),
    ("clamp", 2),
];

/// Methods that reduce an array to a number.
pub(super) const REDUCTIONS: &[&str] = &["sum", "product", "mean", "dot"];

/// Methods that ask for an array's shape.
pub(super) const QUERIES: &[&str] = &[
    "len",
    "is_empty",
    "ndim",
    "dim",
    "raw_dim",
    "shape",
    "nrows",
    "ncols",
    "len_of",
    "strides",
    "is_standard_layout",
    "first",
    "last",
    "get",
];

/// Methods that give another view of the same elements.
pub(super) const VIEWS: &[&str] = &[
    "view",
    "t",
    "reversed_axes",
    "permuted_axes",
    "slice",
    "slice_axis",
    "slice_move",
    "row",
    "column",
    "index_axis",
    "index_axis_move",
    "insert_axis",
    "diag",
    "broadcast",
    "into_diag",
];

/// The same for writes.
pub(super) const VIEWS_MUT: &[&str] =
    &["view_mut", "slice_mut", "slice_axis_mut", "row_mut", "column_mut", "index_axis_mut", "diag_mut"];

/// Methods that write an array's elements.
pub(super) const WRITES: &[&str] = &["assign", "mapv_inplace", "scaled_add", "fill"];

/// Methods that stay what they are: no elements are computed.
pub(super) const PLAIN: &[&str] = &["swap_axes", "invert_axis", "swap", "try_into_owned_nocopy", "reborrow"];

/// What to write in place of a loop over elements.
pub(super) const ELEMENTS: &str =
    "elements one by one are a loop: write it as a `#[jit]` function of its own, over indices, and call that";

/// What to write in place of a method of an array that does not fuse.
pub(super) fn advice(name: &str) -> Option<String> {
    let advice = match name {
        "iter"
        | "iter_mut"
        | "into_iter"
        | "indexed_iter"
        | "indexed_iter_mut"
        | "iter_axis"
        | "as_slice"
        | "as_slice_mut"
        | "as_slice_memory_order"
        | "to_vec"
        | "into_raw_vec"
        | "for_each" => ELEMENTS,
        "max" => "write `x.fold(f64::NEG_INFINITY, |high, &v| high.max(v))`, which does",
        "min" => "write `x.fold(f64::INFINITY, |low, &v| low.min(v))`, which does",
        "argmin" | "argmax" | "fold_axis" => {
            "write the loop as a `#[jit]` function of its own, as in `for i in 0..x.len() { low = low.min(x[i]); }`, and call that"
        }
        "rows" | "columns" | "rows_mut" | "columns_mut" | "outer_iter" | "outer_iter_mut" | "axis_iter"
        | "axis_iter_mut" | "lanes" | "lanes_mut" | "genrows" | "gencolumns" => {
            "write `for i in 0..x.nrows()` and `x.row(i)`, or `x.index_axis(Axis(0), i)`"
        }
        "map_inplace" | "par_map_inplace" | "par_mapv_inplace" | "map_mut" => {
            "write `mapv_inplace(|v| ..)` with the new value as the closure's result; `#[jit(parallel)]` makes it parallel"
        }
        "zip_mut_with" => "write `mapv_inplace`, or an operation of both arrays, as in `*out += &x`",
        "sum_axis"
        | "mean_axis"
        | "product_axis"
        | "var_axis"
        | "std_axis"
        | "map_axis"
        | "cumprod"
        | "accumulate_axis_inplace"
        | "diff" => {
            "reductions along one axis are calls of their own: `ufunc::ops::add::reduce(&x, Axis(0))`, or write the loops as a \
             `#[jit]` function of its own"
        }
        "var" | "std" => {
            "write it out: `let m = x.mean().unwrap();` and `(x - m).mapv(|d| d * d).sum() / (x.len() as f64 - ddof)`"
        }
        "is_any_nan" | "is_all_nan" | "is_any_infinite" | "is_all_infinite" => {
            "count them: `x.mapv(|v| v.is_nan() as u32).sum() > 0`"
        }
        "into_shape"
        | "into_shape_with_order"
        | "to_shape"
        | "as_standard_layout"
        | "select"
        | "windows"
        | "exact_chunks"
        | "into_dyn" => "it may copy or has a shape that is not known here: do it where this function is called",
        "max_elementwise" | "maximum" | "minimum" => {
            "write `x.mapv(|v| v.max(limit))`, or `ufunc::ops::maximum(&x, &y)`"
        }
        _ => return None,
    };
    Some(format!("arrays have no fused `{name}`: {advice}"))
}

/// What to say of a method that is not known at all.
pub(super) fn unknown(name: &str) -> String {
    let known =
        ELEMENTWISE.iter().map(|(known, _)| *known).chain(REDUCTIONS.iter().chain(VIEWS).chain(WRITES).copied());
    match nearest(name, known) {
        Some(known) => format!("arrays have no fused `{name}`: did you mean `{known}`?"),
        None => format!(
            "arrays have no fused `{name}`: use operators, the element-wise methods of `ndarray`'s float arrays, `mapv`, `sum`, \
             `product`, `mean`, `dot`, `fold` to an extreme, views such as `slice` and `t`, `assign`, `mapv_inplace`, `scaled_add`"
        ),
    }
}
