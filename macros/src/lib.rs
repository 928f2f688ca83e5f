//! The attribute macros of `ufunc`: a small compiler from scalar Rust functions to SIMD kernels.
//!
//! `attr → signature → parse → ast → desugar → core → types, liveness, variability → lower → lane → emit`,
//! each stage in a module of its own, each the consumer of the one before. Functions of arrays go through `infer` and `nests`
//! after `desugar`: there loops become lanes, and all behind is the same.
#![forbid(unsafe_code)]

mod ast;
mod attr;
mod core;
mod cost;
mod desugar;
mod diagnostics;
mod emit;
mod expand;
mod explain;
mod fuse;
mod gufunc;
mod infer;
mod lane;
mod liveness;
mod lower;
mod methods;
mod nests;
mod numbers;
mod parse;
mod signature;
mod split;
#[cfg(test)]
mod tests;
mod types;
mod variability;

use proc_macro::TokenStream;

/// Makes a universal function of a scalar function.
///
/// The function is compiled to SIMD code for every level and called with scalars, slices, `Vec`s or
/// arrays, which broadcast. See the documentation of the crate `ufunc` for the language of kernels,
/// and for what the function's name offers besides the call.
///
/// | argument | |
/// |---|---|
/// | `f32(f32, f32), f64(f64, f64)` | signatures, for a function with type parameters, which stand for the listed types in turn |
/// | `parallel` | every call may run on rayon's current pool, where there is work enough |
/// | `ulp = 1`, `ulp = 4` | how far math functions may be from the exact value: 1 unless said; some take less time with 4 |
/// | `fastmath` | arithmetic of floats may be other than written, and `ulp` is 4 unless it is said |
/// | `fastmath(..)` | only by these names: `contract` (`a * b + c` rounded once), `arcp` (a multiplication by the reciprocal of what is the same for all lanes instead of a division), `nnan` and `nsz` together (`min` and `max` of numbers that are no NaN, and of zeros either), `reassoc` (sums in any order), `ninf` (nothing yet) |
/// | `identity = 0` | elements may be combined in any order, and this value changes nothing: what a reduction of no element gives |
/// | `reorderable`, `identity = reorderable` | elements may be combined in any order, and there is no such value |
/// | `of = path` | the signatures are further ones of another kernel |
/// | `crate = path` | where the crate `ufunc` is, for re-exports |
///
/// The identity is a number, a bool or the path of a constant; `0` and `1` are `0.0` and `1.0` of floats, `false` and `true` of
/// bools. It and `reorderable` are for kernels of two operands and one result, all of one type, and no uniform parameter: these have
/// `reduce` and its relatives. Without either, reductions go from the first element to the last, along one axis.
///
/// With `of`, the function has further signatures of another kernel, where their types need another body: they are
/// called by that kernel's name, which has the same type parameters. The crate's documentation has an example.
#[proc_macro_attribute]
pub fn vectorize(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand::expand(parse::Role::Kernel, arguments.into(), item.into()).into()
}

/// Compiles a function of arrays, whose loops become lanes; or makes a device function, one of scalars that kernels can call.
///
/// # Functions of arrays
///
/// A function with a parameter that is an array, which is a slice, a `Vec` or an array of ndarray with one to six axes by
/// reference, or a view of one by value. It is called as it is written, and runs at the level that the machine has. `f::scalar` is the
/// function as written, `f::explain()` says what became of each loop.
///
/// - The innermost `for` loops become lanes: over ranges (`.rev()`, `.step_by(k)`), over arrays (`.iter()`, `.iter_mut()`, `.zip(..)`,
///   `.enumerate()`) and over the parts of arrays (`.outer_iter()`, `.rows()`, `.axis_iter(Axis(k))`, `let row = a.row(i);`). Where one
///   cannot, or is short, the loop around it does, each lane running the inner loop in order.
/// - It has to be proven that turns do not depend on each other: elements that are written belong to one turn, and variables from
///   around are combined by `+`, `*`, `&`, `|`, `^`, `min`, `max`, or by `if x > best { best = x; at = i; }`. The first turn of which
///   a condition holds may end the loop by `break` or `return`. `h[k] += v` counts one lane after the other. What cannot be proven is a
///   compile error that says why; `#[scalar]` before a loop runs it one turn after the other.
/// - A sum of floats keeps its order, or, with `reassoc`, has a fixed one of its own, the same on every machine. In a `prange` it has
///   one of its own where its turns are combined, and where no loop within a turn could be lanes otherwise.
/// - `for i in prange(0..n)` runs on the threads of rayon's current pool, with the same bits for any number of them. Turns write elements that
///   `i` indexes, and combine variables and arrays; what would race is a compile error.
///
/// An index out of bounds panics as in plain Rust, before anything is written past the end; turns before it may be done or not.
///
/// A function that computes with whole arrays, as ndarray does, becomes one pass over them for each expression, without temporaries:
/// operators, ndarray's methods of floats, `map` and `mapv` of closures and device functions, `assign`, `+=`, slices, and the reductions `sum`,
/// `product`, `mean`, `dot`, and `fold` to an extreme, as in `x.fold(f64::NEG_INFINITY, |high, &v| high.max(v))`. Element types come from
/// parameters and annotations: `let n: f64 = ..` where neither tells them. Loops over elements are functions of their own.
///
/// | argument | |
/// |---|---|
/// | `parallel` | array expressions run on rayon's current pool, where there is work enough; loops do so by `prange` alone |
/// | `reassoc` | sums and products of floats in any order: `fastmath(reassoc)` |
/// | `ulp`, `fastmath`, `crate` | as for [`macro@vectorize`] |
///
/// # Device functions
///
/// A function of scalars stays what it is for plain Rust code, and kernels and functions of arrays call it in their lanes; `f::explain()` says
/// what becomes of its branches and loops there. Arguments:
/// signatures, `ulp` and `fastmath`, which are not those of the kernel that calls it, `of`, and `crate`, as for [`macro@vectorize`].
#[proc_macro_attribute]
pub fn jit(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand::expand(parse::Role::Device, arguments.into(), item.into()).into()
}

/// Makes a generalized universal function of a function of small arrays.
///
/// The signature, in NumPy's grammar, says which axes of the operands the function takes: its core dimensions. All other axes are loop
/// dimensions, which broadcast. Inputs are numbers, `&[T]` and `ArrayView1` to `ArrayView3`, outputs the mutable ones of these; what is
/// marked `#[uniform]` is outside of the signature. See the documentation of the crate `ufunc`.
///
/// | argument | |
/// |---|---|
/// | `"(m,n),(n,p)->(m,p)"` | the signature; `()` is a single element, `3` a length that is always the same, `n?` a dimension that operands may lack |
/// | `f32(f32), f64(f64)` | the types of outputs, and in the parentheses of inputs, for a function with type parameters, which stand for the listed types in turn; `(f64, i64)(f64)` for several outputs |
/// | `dims(p = m + n - 1)` | the lengths of dimensions that outputs alone have; without, these are those of the array given to `into` |
/// | `lanes = "core"` | the loops over one core become lanes, as those of a `#[jit]` function |
/// | `lanes = "batch"` | each lane has a core of its own, which suits small cores, and loops whose turns depend on each other |
/// | `parallel` | every call may run on rayon's current pool, where there is work enough |
/// | `reassoc` | sums and products of floats may be in any order |
/// | `fastmath`, `fastmath(..)` | as for [`macro@vectorize`] |
/// | `ulp = 1`, `ulp = 4` | how far math functions may be from the exact value |
/// | `crate = path` | where the crate `ufunc` is, for re-exports |
///
/// Without `lanes`, it is across the batch where the loops over one core cannot be lanes, where there is none, and where they have at
/// most 16 turns: by frozen lengths and written numbers. Where that depends on the lengths of a call, both ways are compiled, and each
/// call takes the one for its lengths: `f::with(..).lanes()` tells which, `f::LANES` what there is, and `f::explain()` why. Functions that are
/// very long are compiled for the loops over one core alone.
#[proc_macro_attribute]
pub fn guvectorize(arguments: TokenStream, item: TokenStream) -> TokenStream {
    gufunc::expand(arguments.into(), item.into()).into()
}
