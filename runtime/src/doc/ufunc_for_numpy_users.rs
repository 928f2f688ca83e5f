//! `ufunc` for users of NumPy and Numba: what they know, and how it is written here.
//!
//! The examples after each table run what its right column shows. Arrays are those of
//! [`ndarray`](https://docs.rs/ndarray), which has a guide of this kind for arrays themselves, their slices and shapes:
//! [`ndarray_for_numpy_users`](https://docs.rs/ndarray/latest/ndarray/doc/ndarray_for_numpy_users/index.html).
//!
//! # Contents
//!
//! - [What is the same](#what-is-the-same), and [what is not](#what-is-not)
//! - [Making a universal function](#making-a-universal-function): [decorators](#decorators), [options that are not
//!   needed](#options-that-are-not-needed)
//! - [Calling it](#calling-it): [results in existing memory](#results-in-existing-memory)
//! - [Reductions](#reductions): [identities and order](#identities-and-order), [`accumulate`, `reduceat`, `outer`,
//!   `at`](#accumulate-reduceat-outer-at)
//! - [Errors](#errors)
//! - [Numbers](#numbers): [accuracy](#accuracy), [the same bits](#the-same-bits), [NaN](#nan)
//! - [Memory](#memory), and [threads](#threads)
//! - [Names](#names)
//! - [Inside a kernel](#inside-a-kernel): [from Python to kernels](#from-python-to-kernels), [instead of what there is
//!   not](#instead-of-what-there-is-not)
//! - [Debugging](#debugging), and [speed](#speed)
//!
//! # What is the same
//!
//! - Operands broadcast by NumPy's rules: axes are aligned at the last one, and a length of one is repeated.
//! - Operands may have any strides: slices, steps, reversed and transposed views are not copied first.
//! - A new result has the operands' memory order, as with `order='K'`.
//! - [`ops`](crate::ops) has NumPy's functions under NumPy's names, with NumPy's results where they are not Rust's: of
//!   integers divided by zero, shifted too far, or rounded down.
//! - A function of two operands has `reduce`, `accumulate`, `reduceat`, `outer` and `at`, with NumPy's options.
//! - Integers wrap.
//!
//! # What is not
//!
//! | NumPy, Numba | ufunc |
//! |---|---|
//! | Types are found at the call; operands are converted to a common type (`casting`, `dtype`), and lists to arrays. | Types are checked when the program is compiled. Nothing is converted: write `a.mapv(f64::from)`, or `as` in the kernel. |
//! | The loop for the operands' types is looked up, and Numba compiles one at a type's first call. | All loops are in the program: one a signature and instruction set. The first call is as quick as the second. |
//! | Results are arrays or NumPy's scalars. | Scalars give a scalar, slices and `Vec`s give a `Vec`, ndarrays an ndarray whose dimension is part of its type. |
//! | `out=` may overlap the operands: NumPy copies them then. | The compiler refuses a target that an operand still borrows. Over the first operand writes `inplace`. |
//! | Floating-point exceptions are warnings, by `np.errstate`. | There are no warnings and no flags; results are the same infinities and NaN. |
//! | What a division by zero does in a kernel is an option, `error_model`. | A kernel means what Rust means: floats give infinities and NaN; integers panic where the plain function would, for an element that is computed. |
//! | The result of a sum can depend on the machine, the strides and the number of threads. | It depends on the elements and their order alone: see [the same bits](#the-same-bits). |
//!
//! # Making a universal function
//!
//! | NumPy, Numba | ufunc |
//! |---|---|
//! | `np.vectorize(f)`, `np.frompyfunc(f, 2, 1)` | `#[vectorize]` on `fn f`: but this one is compiled |
//! | `@numba.vectorize` | `#[vectorize]` |
//! | `@vectorize(["f4(f4,f4)", "f8(f8,f8)"])` | `#[vectorize(f32(f32, f32), f64(f64, f64))]` on `fn f<T>(x: T, y: T) -> T` |
//! | two functions of one name for two types (`@overload`) | a second function, `#[vectorize(.., of = f)]` |
//! | several results: `frompyfunc(f, 1, 2)` | `#[vectorize] fn f(x: f64) -> (f64, bool)` |
//! | `np.vectorize(f, excluded=["table"])` | a parameter `#[uniform] table: &[f64]`, the same for all elements |
//! | a global array, which Numba freezes | a `const` or `static` array, or a `#[uniform]` parameter |
//! | `@njit` on a function of scalars that kernels call | `#[jit]`; another kernel can be called, too |
//! | `f.nin`, `f.nout`, `f.__name__` | `f::NIN`, `f::NOUT`, `f::NAME` |
//! | `f.py_func`, `f.pyfunc` | `f::scalar`: the function exactly as written |
//!
//! ```
//! use ufunc::prelude::*;
//!
//! /// Called by kernels, in their lanes; an ordinary function elsewhere.
//! #[jit]
//! fn square(x: f64) -> f64 {
//!     x * x
//! }
//!
//! #[vectorize]
//! fn distance(x: f64, y: f64) -> f64 {
//!     (square(x) + square(y)).sqrt()
//! }
//!
//! // `T` is each listed type in turn. Integers are averaged another way: those signatures are `of` the first.
//! #[vectorize(f32(f32, f32), f64(f64, f64))]
//! fn mean<T>(x: T, y: T) -> T {
//!     0.5 * x + 0.5 * y
//! }
//! #[vectorize(i32(i32, i32), i64(i64, i64), of = mean)]
//! fn mean_of_integers<T>(x: T, y: T) -> T {
//!     (x & y) + ((x ^ y) >> 1)
//! }
//!
//! // Two results, and a table that does not broadcast.
//! #[vectorize]
//! fn look_up(x: f64, #[uniform] table: &[f64]) -> (f64, bool) {
//!     let last = table.len() - 1;
//!     let i = x.max(0.0) as usize;
//!     (table[i.min(last)], i <= last)
//! }
//!
//! assert_eq!(distance(&[3.0, 5.0], &[4.0, 12.0]), [5.0, 13.0]);
//! assert_eq!(mean(&[1.0_f32, 2.0], 2.0), [1.5, 2.0]);
//! assert_eq!(mean(&[1_i64, -4], 2), [1, -1]);
//! let (values, found) = look_up(&[0.0, 1.5, 9.0], &[10.0, 20.0, 30.0]);
//! assert_eq!((values, found), (vec![10.0, 20.0, 30.0], vec![true, true, false]));
//! assert_eq!((distance::NAME, distance::NIN, distance::NOUT), ("distance", 2, 1));
//! assert_eq!(distance::scalar(3.0, 4.0), 5.0);
//! assert_eq!(square(3.0), 9.0);
//! ```
//!
//! ## Decorators
//!
//! | NumPy, Numba | ufunc |
//! |---|---|
//! | `@vectorize(target="parallel")` | `#[vectorize(parallel)]`, or `f::par(..)` for one call |
//! | `@vectorize(identity=0)`, `identity=1` | `#[vectorize(identity = 0)]`: any number, bool or constant, such as `f64::NEG_INFINITY` |
//! | `@vectorize(identity="reorderable")` | `#[vectorize(reorderable)]`, or `identity = reorderable` |
//! | no `identity` | none: a reduction goes in order along one axis |
//! | Intel's SVML, when it is installed, for 1 or 4 ulp | `ulp = 1` (the default), `ulp = 4`: the crate's own functions |
//! | `fastmath=True`, `fastmath={"contract", "reassoc"}` | `fastmath`, `fastmath(contract, reassoc)` |
//! | `@njit(parallel=True)` on a function of arrays | `#[jit]`: loops become lanes, those over a `prange` threads |
//! | `f.parallel_diagnostics()`, `f.inspect_types()` | `f::explain()` |
//!
//! [`vectorize`](macro@crate::vectorize) and [`jit`](macro@crate::jit) list all options.
//!
//! ## Options that are not needed
//!
//! They are refused with the reason.
//!
//! | Numba | why not |
//! |---|---|
//! | `nopython`, `forceobj`, `looplift` | A kernel is always compiled, or it is a compile error: nothing falls back to an interpreter, and nothing is silently scalar. |
//! | `nogil` | There is no interpreter lock. |
//! | `cache`, ahead-of-time compilation, a first call to warm up | Kernels are compiled with the program. |
//! | `target` | One program holds the code for every instruction set, and picks at run time. |
//! | `boundscheck` | Indices of tables are always checked. |
//! | `error_model` | Kernels have Rust's meaning. |
//! | `inline` | Device functions are always inlined. |
//! | `locals` | Declare variables with their types: `let x: f32 = ..`. |
//!
//! # Functions of arrays
//!
//! `#[jit]` on a function with array parameters is what `@njit` is on one. What Numba hopes is proven: a loop becomes lanes, or it
//! is a compile error that says which two accesses or which variable stand in the way.
//!
//! | Numba | ufunc |
//! |---|---|
//! | `for i in range(n)`, `range(a, b, k)` | `for i in 0..n`, `(a..b).step_by(k)` |
//! | `for i in prange(n)` | `for i in prange(0..n)` |
//! | `for x, y in zip(a, b)`, `enumerate(a)` | `for (x, y) in a.iter().zip(b)`, `a.iter().enumerate()` |
//! | `for row in a`, `a[i]` | `for row in a.outer_iter()`, `let row = a.row(i);` |
//! | `a[i, j]`, `a.shape[0]` | `a[[i, j]]`, `a.nrows()`, `a.shape()[0]` |
//! | `s += x[i]` with `fastmath` or in a `prange` | `#[jit(reassoc)]`, or in a `prange`: in one fixed order |
//! | `s += x[i]` without | the loop around it becomes lanes, or it is marked `#[scalar]` |
//! | `a.sum()`, `a.mean()`, `a.max()` of an array expression | `a.sum()`, `a.mean()`, `a.fold(f64::NEG_INFINITY, \|high, &v\| high.max(v))` |
//! | `hist[k] += 1` in a `prange`, which races | each part counts in a copy of its own |
//!
//! ```
//! use ndarray::{Array1, ArrayView2, array};
//! use ufunc::prelude::*;
//!
//! /// The mean of each row, and the row with the largest.
//! #[jit]
//! fn means(a: ArrayView2<f64>, out: &mut [f64]) -> usize {
//!     for (row, mean) in a.outer_iter().zip(out.iter_mut()) {
//!         let mut sum = 0.0;
//!         for &x in row {
//!             sum += x;
//!         }
//!         *mean = sum / row.len() as f64;
//!     }
//!     let (mut best, mut at) = (f64::NEG_INFINITY, 0);
//!     for i in 0..out.len() {
//!         if out[i] > best {
//!             best = out[i];
//!             at = i;
//!         }
//!     }
//!     at
//! }
//!
//! let mut out = Array1::zeros(2).to_vec();
//! assert_eq!(means(array![[1.0, 2.0, 3.0], [5.0, 7.0, 9.0]].view(), &mut out), 1);
//! assert_eq!(out, [2.0, 7.0]);
//! ufunc::assert_vectorized!(means);
//! ```
//!
//! # Functions of cores
//!
//! `#[guvectorize]` has NumPy's signatures. Its parameters tell what is read and what is written: outputs are `&mut`.
//!
//! | NumPy, Numba | ufunc |
//! |---|---|
//! | `@guvectorize(["f8[:],f8[:]"], "(n)->(n)")` | `#[guvectorize("(n)->(n)")]` on `fn f(x: &[f64], out: &mut [f64])` |
//! | `["f4[:],f4[:]", "f8[:],f8[:]"]` | `#[guvectorize("(n)->(n)", f32(f32), f64(f64))]` on `fn f<T>(x: &[T], out: &mut [T])` |
//! | `out[0] = x`, for `()` | `*out = x` |
//! | `(3),(3)->(3)`, `(m?,n),(n,p?)->(m?,p?)` | the same |
//! | a dimension of outputs alone, refused | the length that the array given to `into` has, or `dims(p = m + n - 1)` |
//! | `f(a, axes=[(0,), (1,)])`, `axis=0`, `keepdims=True` | `f::with(&a).axes(&[&[0], &[1]])`, `.axis(0)`, `.keepdims()` |
//! | `f.signature` | `f::SIGNATURE` |
//!
//! ```
//! use ndarray::array;
//! use ufunc::prelude::*;
//!
//! /// The Euclidean norm of each row.
//! #[guvectorize("(n)->()", f32(f32), f64(f64))]
//! fn norm<T>(x: &[T], out: &mut T) {
//!     let mut total = 0.0;
//!     for &value in x {
//!         total += value * value;
//!     }
//!     *out = total.sqrt();
//! }
//!
//! assert_eq!(norm(array![[3.0, 4.0], [5.0, 12.0]]), array![5.0, 13.0]);
//! assert_eq!(norm(&[3.0_f32, 4.0]), 5.0);
//! assert_eq!(norm::with(array![[3.0, 5.0], [4.0, 12.0]]).axis(0).eval(), array![5.0, 13.0]);
//! ```
//!
//! A sum in order is no sum of lanes: so each lane has a row here. With `reassoc`, or where rows do not matter to each other, long rows are
//! computed one after the other, their elements in lanes; [`explain`](crate::doc::reading_explanations) says which.
//!
//! # Calling it
//!
//! | NumPy, Numba | ufunc |
//! |---|---|
//! | `f(a, b)` | `f(&a, &b)`; by value, `f(a, b)`, the result may take their memory |
//! | `f(a, 2.0)` | `f(&a, 2.0)`: a literal has the parameter's type |
//! | `f(a[::2], b.T)` | `f(a.slice(s![..;2]), b.t())` |
//! | `f([1.0, 2.0], 3.0)` | `f(&[1.0, 2.0], 3.0)`, a `Vec` |
//! | `f(1.0, 2.0)` | `f(1.0, 2.0)`, an `f64` |
//! | `f(row, column[:, None])` | `f(&row, &column.insert_axis(Axis(1)))` |
//! | `f(a, b, out=c)` | `f::into(&a, &b, &mut c)` |
//! | `f(a, out=(c, d))` | `f::into(&a, &mut c, &mut d)` |
//! | `f(a, b, where=m)`, other elements undefined | `f::with(&a, &b).mask(&m).eval()`, other elements zero or `false` |
//! | `f(a, b, out=c, where=m)` | `f::with(&a, &b).mask(&m).into(&mut c)` |
//! | `f(a, b, dtype=np.float32)`, `casting=` | `f(&a.mapv(\|x\| x as f32), ..)`: there is no casting |
//! | `f(a, b, order=..)` | `f::into(&a, &b, &mut c)`, where `c` has the order: `Array2::zeros(shape.f())` |
//! | `f.types` | the signatures that the attribute lists; another one does not compile |
//!
//! ## Results in existing memory
//!
//! Operands broadcast to the target's shape. Where something does not fit, nothing is written.
//!
//! | NumPy, Numba | ufunc |
//! |---|---|
//! | `a *= 2`, `f(a, 2.0, out=a)` | `f::inplace(&mut a, 2.0)` |
//! | `f(a[:, 1], b, out=a[:, 1])` | `f::inplace(a.column_mut(1), &b)` |
//! | `f(a, b, out=a, where=m)` | `f::with(&mut a, &b).mask(&m).inplace()` |
//! | `a = f(a, b)` without a new array | `let a = f(a, &b);` |
//! | `f(x[1:], x[:-1], out=x[1:])`, which copies what overlaps | `let before = x.slice(s![..-1]).to_owned();`, then `f::inplace(x.slice_mut(s![1..]), &before)` |
//!
//! ```
//! use ndarray::{Array1, Array2, Axis, ShapeBuilder, array, s};
//! use ufunc::prelude::*;
//!
//! #[vectorize]
//! fn scale(x: f64, by: f64) -> f64 {
//!     x * by
//! }
//!
//! #[vectorize]
//! fn split(x: f64) -> (f64, f64) {
//!     (x.trunc(), x.fract())
//! }
//!
//! let a: Array2<f64> = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
//! let row = array![1.0, 10.0, 100.0];
//! let mask = array![true, false, true];
//!
//! // Broadcasting; scalars, slices and views.
//! assert_eq!(scale(&a, &row), array![[1.0, 20.0, 300.0], [4.0, 50.0, 600.0]]);
//! assert_eq!(scale(&a.column(0).insert_axis(Axis(1)), &row).dim(), (2, 3));
//! assert_eq!(scale(a.slice(s![.., ..;-2]), 2.0), array![[6.0, 2.0], [12.0, 8.0]]);
//! assert_eq!(scale(&[1.0, 2.0], 3.0), [3.0, 6.0]);
//! assert_eq!(scale(2.0, 3.0), 6.0);
//!
//! // Existing memory: out=, several results, where=.
//! let mut out = Array2::from_elem((2, 3).f(), -1.0);
//! scale::with(&a, &row).mask(&mask).into(&mut out);
//! assert_eq!(out, array![[1.0, -1.0, 300.0], [4.0, -1.0, 600.0]]);
//! assert_eq!(scale::with(&a, &row).mask(&mask).eval(), array![[1.0, 0.0, 300.0], [4.0, 0.0, 600.0]]);
//! scale::into(&row, 0.5, &mut out);
//! assert_eq!(out.row(1), array![0.5, 5.0, 50.0]);
//! let (mut whole, mut fraction) = ([0.0; 2], Array1::zeros(2));
//! split::into(&[1.5, -2.25], &mut whole, &mut fraction);
//! assert_eq!((whole, fraction), ([1.0, -2.0], array![0.5, -0.25]));
//!
//! // In place; and in the memory of an operand that is given away.
//! let mut x = a.clone();
//! scale::inplace(&mut x, 2.0);
//! scale::inplace(x.column_mut(1), &[10.0, 100.0]);
//! scale::with(&mut x, -1.0).mask(&mask).inplace();
//! assert_eq!(x, array![[-2.0, 40.0, -6.0], [-8.0, 1000.0, -12.0]]);
//! let memory = x.as_ptr();
//! let x = scale(x, &row);
//! assert_eq!((x.as_ptr(), x[[0, 2]]), (memory, -600.0));
//!
//! // What overlaps is copied by hand.
//! let mut x = array![1.0, 2.0, 3.0, 4.0];
//! let before = x.slice(s![..-1]).to_owned();
//! scale::inplace(x.slice_mut(s![1..]), &before);
//! assert_eq!(x, array![1.0, 2.0, 6.0, 12.0]);
//!
//! // Memory order: Fortran order in, Fortran order out.
//! assert_eq!(scale(&Array2::<f64>::ones((2, 3).f()), 2.0).strides(), [1, 2]);
//! ```
//!
//! # Reductions
//!
//! Kernels have them that take two operands of one type, and give one result of that type.
//!
//! | NumPy | ufunc |
//! |---|---|
//! | `add.reduce(a, axis=1)` | `add::reduce(&a, Axis(1))`, `add::reduce(&a, 1)` |
//! | `add.reduce(a)`, along the first axis | `add::reduce(&a, 0)` |
//! | `add.reduce(a, axis=-1)` | `add::reduce(&a, -1)` |
//! | `add.reduce(a, axis=None)`, `np.sum(a)` | `add::reduce_all(&a)` |
//! | `add.reduce(a, axis=(0, -1))` | `add::reduction(&a).axes([0, -1]).eval()`, whose dimension is dynamic |
//! | `add.reduce(a, axis=1, keepdims=True)` | `add::reduction(&a).axis(1).keepdims().eval()` |
//! | `add.reduce(a, axis=1, initial=10)` | `add::reduction(&a).axis(1).initial(10.0).eval()` |
//! | `add.reduce(a, axis=1, where=m)` | `add::reduction(&a).axis(1).mask(&m).eval()` |
//! | `add.reduce(a, axis=1, out=c)` | `add::reduce_into(&a, 1, &mut c)`, or `.into(&mut c)` after options |
//! | `add.reduce(a, axis=1, dtype=np.int64)` | `add::reduce(&a.mapv(i64::from), 1)` |
//! | `np.sum`, `np.prod`, `np.max`, `np.min`, `np.all`, `np.any` | `reduce` and `reduce_all` of `add`, `multiply`, `maximum`, `minimum`, `logical_and`, `logical_or` |
//! | `m.sum()` of bools, `np.count_nonzero(m)` | `add::reduce_all(&m.mapv(u64::from))`: a sum of bools is "or" |
//! | `np.mean(a, axis=0)` | `add::reduce(&a, 0) / a.nrows() as f64` |
//! | `np.nanmax`, `np.nanmin` | those of `fmax`, `fmin` |
//! | `np.nansum(a)` | `add::reduction(&a).mask(not_nan).eval()`, where `not_nan` is `logical_not(isnan(&a))` |
//!
//! ```
//! use ndarray::{Array1, Array2, Array3, Axis, array};
//! use ufunc::ops::{add, fmax, isnan, logical_not, maximum, multiply, not_equal, logical_and};
//!
//! let a: Array2<f64> = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
//! assert_eq!(add::reduce(&a, Axis(1)), array![6.0, 15.0]);
//! assert_eq!(add::reduce(&a, 0), array![5.0, 7.0, 9.0]);
//! assert_eq!(multiply::reduce(&a, -1), array![6.0, 120.0]);
//! assert_eq!((add::reduce_all(&a), maximum::reduce_all(&[2, 7, 1])), (21.0, 7));
//!
//! assert_eq!(add::reduction(&a).axis(1).keepdims().eval(), array![[6.0], [15.0]]);
//! assert_eq!(add::reduction(&a).axis(1).initial(10.0).eval(), array![16.0, 25.0]);
//! assert_eq!(add::reduction(&a).axis(1).mask(&[true, false, true]).eval(), array![4.0, 10.0]);
//! let mut sums = [0.0; 2];
//! add::reduce_into(&a, 1, &mut sums);
//! add::reduction(&a).axis(1).initial(sums[0]).into(&mut sums[..]);
//! assert_eq!(sums, [12.0, 21.0]);
//!
//! // Of several axes the result's dimension is dynamic, unless they are kept.
//! let cube = Array3::<i64>::ones((2, 3, 4));
//! let dynamic = add::reduction(&cube).axes([0, -1]).eval();
//! assert_eq!(dynamic.into_dimensionality().ok(), Some(array![8, 8, 8]));
//! let kept: Array3<i64> = add::reduction(&cube).axes([0, -1]).keepdims().eval();
//! assert_eq!(kept.dim(), (1, 3, 1));
//!
//! // Small integers wrap, as nothing is widened.
//! let bytes = array![100_i8, 100, 100];
//! assert_eq!(add::reduce_all(&bytes), 44);
//! assert_eq!(add::reduce_all(&bytes.mapv(i64::from)), 300);
//! let positive = a.mapv(|x| x > 2.5);
//! assert_eq!((add::reduce_all(&positive), add::reduce_all(&positive.mapv(u64::from))), (true, 4));
//! // Truth of numbers: compare first.
//! assert!(logical_and::reduce_all(not_equal(&bytes, 0)));
//!
//! // Without NaN.
//! let x: Array1<f64> = array![1.0, f64::NAN, 3.0];
//! assert_eq!(fmax::reduce_all(&x), 3.0);
//! assert_eq!(add::reduction(&x).mask(logical_not(isnan(&x))).eval(), 4.0);
//! ```
//!
//! ## Identities and order
//!
//! | the attribute has | no element | several axes, the order of elements | in NumPy |
//! |---|---|---|---|
//! | `identity = value` | the identity | any axes; one fixed tree, on several threads where asked for | `add`, `multiply`, `logical_and`, `hypot`, … |
//! | `reorderable` | needs `.initial(value)`, and under a mask always | the same | `maximum`, `minimum`, `fmax`, `fmin` |
//! | neither | needs `.initial(value)`, and under a mask always | one axis, from the first element to the last | `subtract`, `divide`, `power`, `lcm`, … |
//!
//! The identity is for sequences without elements alone. A single element is the result as it is, where NumPy combines
//! it with the identity: `add` of one -0.0 is -0.0 here and 0.0 there, `hypot` of one -3.0 is -3.0 here and 3.0 there.
//! With `initial`, the first element is combined with that value.
//!
//! ```
//! use ndarray::{Array2, array};
//! use ufunc::ops::{add, divide, hypot, maximum};
//! use ufunc::prelude::*;
//!
//! #[vectorize(identity = f64::NEG_INFINITY)]
//! fn larger(x: f64, y: f64) -> f64 {
//!     if x > y { x } else { y }
//! }
//!
//! let none = Array2::<f64>::zeros((0, 2));
//! assert_eq!(add::reduce(&none, 0), array![0.0, 0.0]);
//! assert_eq!(larger::reduce(&none, 0), array![f64::NEG_INFINITY, f64::NEG_INFINITY]);
//! assert!(maximum::reduction(&none).axis(0).try_eval().is_err());
//! assert_eq!(maximum::reduction(&none).axis(0).initial(-1.0).eval(), array![-1.0, -1.0]);
//!
//! assert!(add::reduce_all(&[-0.0_f64]).is_sign_negative());
//! assert_eq!(hypot::reduce_all(&[-3.0]), -3.0);
//! assert_eq!(hypot::reduction(&[-3.0]).initial(0.0).eval(), 3.0);
//!
//! // In order: (16 / 4) / 2.
//! assert_eq!(divide::reduce_all(&[16.0, 4.0, 2.0]), 2.0);
//! assert_eq!(divide::reduction(&[4.0, 2.0]).initial(16.0).eval(), 2.0);
//! assert!(divide::reduction(&Array2::<f64>::ones((2, 2))).try_eval().is_err());
//! ```
//!
//! ## `accumulate`, `reduceat`, `outer`, `at`
//!
//! | NumPy | ufunc |
//! |---|---|
//! | `add.accumulate(a)`, `np.cumsum(a, axis=0)` | `add::accumulate(&a, 0)`: in order, whatever the kernel |
//! | `add.reduceat(a, [0, 4, 1], axis=0)` | `add::reduceat(&a, &[0, 4, 1], 0)` |
//! | `multiply.outer(a, b)` | `multiply::outer(&a, &b)`: kernels of two operands and one result have it, of any types |
//! | `add.accumulate(a, out=c)`, and so for `reduceat` and `outer` | `add::accumulate_into(&a, 0, &mut c)`, `reduceat_into`, `outer_into` |
//! | `add.at(a, indices, b)` | `add::at(&mut a, &indices, &b)`: an index that is named twice counts twice |
//! | `add.at(a, (slice(None), i), b)` | `add::at(a.view_mut().reversed_axes(), &i, b.t())`: indices are along the first axis, so both are turned |
//! | `negative.at(a, i)`, with one operand | a loop over `i` |
//! | `np.bincount(i, minlength=n)` | `add::at(&mut counts, &i, 1)` |
//! | indices that are negative, or masks, in `at` | `usize` alone: nothing counts from the end |
//!
//! ```
//! use ndarray::{Array2, array};
//! use ufunc::ops::{add, less, maximum, multiply};
//!
//! let a = [0, 1, 2, 3, 4, 5, 6, 7];
//! assert_eq!(add::accumulate(&a, 0), [0, 1, 3, 6, 10, 15, 21, 28]);
//! assert_eq!(maximum::accumulate(&array![[1, 5], [3, 2]], 0), array![[1, 5], [3, 5]]);
//! let mut products = [0; 3];
//! multiply::accumulate_into(&[2, 3, 4], 0, &mut products);
//! assert_eq!(products, [2, 6, 24]);
//! // From each index to the next one; one element where that is no larger; at last to the end.
//! assert_eq!(add::reduceat(&a, &[0, 4, 1, 5], 0), [6, 4, 10, 18]);
//! assert_eq!(multiply::outer(&[1, 2, 3], &[10, 20]), array![[10, 20], [20, 40], [30, 60]]);
//! assert_eq!(less::outer(&[1, 2], &[1, 2]), array![[false, true], [false, false]]);
//!
//! let mut table = Array2::zeros((2, 2));
//! multiply::outer_into(&[1, 2], &[10, 20], &mut table);
//! assert_eq!(table, array![[10, 20], [20, 40]]);
//!
//! let mut counts = [0_u32; 5];
//! add::at(&mut counts, &[1, 3, 1, 1, 4], 1);
//! assert_eq!(counts, [0, 3, 0, 1, 1]);
//! let mut m = Array2::<f64>::zeros((2, 3));
//! let b = array![[1.0, 2.0], [10.0, 20.0]];
//! add::at(m.view_mut().reversed_axes(), &[2, 2], b.t());
//! assert_eq!(m, array![[0.0, 0.0, 3.0], [0.0, 0.0, 30.0]]);
//! ```
//!
//! # Errors
//!
//! What Python raises when a call is made is a compile error here where types tell it, and else an
//! [`Error`](crate::Error). The plain forms panic with its message, which names the function, the operand, its shape
//! and what was expected; those with `try_` return it.
//!
//! | NumPy, Numba | ufunc |
//! |---|---|
//! | `TypeError`: no loop for these types, an unsafe cast | does not compile |
//! | `ValueError`: operands could not be broadcast | [`ErrorKind::ShapeMismatch`](crate::ErrorKind::ShapeMismatch) |
//! | `ValueError`: a non-broadcastable output | [`OutputShape`](crate::ErrorKind::OutputShape) |
//! | `ValueError`: a mask that does not broadcast | [`MaskShape`](crate::ErrorKind::MaskShape) |
//! | `AxisError`; an axis that is named twice | [`AxisBounds`](crate::ErrorKind::AxisBounds) |
//! | `IndexError` in `at` and `reduceat` | [`IndexBounds`](crate::ErrorKind::IndexBounds) |
//! | `ValueError`: zero-size array, no identity | [`NoIdentity`](crate::ErrorKind::NoIdentity) |
//! | `ValueError`: not reorderable | [`NotReorderable`](crate::ErrorKind::NotReorderable) |
//! | `MemoryError`, `ValueError`: too large | [`TooLarge`](crate::ErrorKind::TooLarge) |
//! | an exception in a kernel | a panic with its message: exactly where the scalar function panics for some element |
//!
//! ```
//! use ndarray::Array2;
//! use ufunc::ErrorKind;
//! use ufunc::ops::{add, maximum, subtract};
//!
//! let a = Array2::<f64>::ones((2, 3));
//! let error = add::with(&a, &[1.0, 2.0]).try_eval().unwrap_err();
//! assert_eq!(error.kind(), ErrorKind::ShapeMismatch);
//! let message = error.to_string();
//! assert!(message.starts_with("add: ") && message.contains("[2, 3]") && message.contains("[2]"), "{message}");
//!
//! let mut out = [0.0; 3];
//! let kind = |result: Result<(), ufunc::Error>| result.unwrap_err().kind();
//! assert_eq!(kind(add::with(&[1.0; 2], 1.0).try_into(&mut out)), ErrorKind::OutputShape);
//! assert_eq!(kind(add::with(&mut out, &[1.0; 2]).try_inplace()), ErrorKind::OutputShape);
//! assert_eq!(kind(add::with(&a, 1.0).mask(&[true; 2]).try_eval().map(drop)), ErrorKind::MaskShape);
//! assert_eq!(kind(add::reduction(&a).axis(2).try_eval().map(drop)), ErrorKind::AxisBounds);
//! assert_eq!(kind(add::try_at(&mut out, &[3], 1.0)), ErrorKind::IndexBounds);
//! assert_eq!(kind(maximum::reduction(&[0.0; 0]).try_eval().map(drop)), ErrorKind::NoIdentity);
//! assert_eq!(kind(subtract::reduction(&a).try_eval().map(drop)), ErrorKind::NotReorderable);
//! assert_eq!(out, [0.0; 3]);
//! ```
//!
//! # Numbers
//!
//! The functions of [`ops`](crate::ops) are tested against NumPy's results; [a
//! table](crate::ops#what-differs-from-numpy) lists where they differ on purpose.
//!
//! ## Accuracy
//!
//! | | NumPy, Numba | ufunc |
//! |---|---|---|
//! | `+ - * / sqrt`, `mul_add` | correctly rounded | correctly rounded |
//! | math functions | up to 4 ulp, depending on the processor and the version | 1 ulp on the whole domain, but where [`math`](crate::math) says otherwise; with `ulp = 4` some are within 4 |
//! | sums of floats | pairwise along the axis that is walked innermost, in order along others | a tree along every axis: errors grow with the logarithm of the length |
//! | `a * b + c` | may be contracted by Numba's `fastmath` | two roundings, and one in `a.mul_add(b, c)` |
//! | floats to integers beyond the range | C's conversion: what the processor gives, and a warning | `as` saturates, and NaN is 0 |
//!
//! ## The same bits
//!
//! An element's result depends on its operands alone, and a reduction's on the elements of its sequence and their
//! number: neither on the strides, the alignment, the place in the array or the number of threads, nor on the
//! instruction set among those with fused multiply-add; without it math functions alone may differ, within their
//! bounds. Two things to know:
//!
//! - The sums are not NumPy's, bit for bit, as the order of the additions is another one. Nor are NumPy's always the
//!   same: its order depends on the strides. `accumulate`, and reductions in order, are NumPy's for functions that
//!   round correctly (`subtract`, `divide`).
//! - Over several axes the elements' sequence follows their order in memory, so that an array in Fortran order may give
//!   another last bit than one in C order. Along one axis it does not matter.
//!
//! ```
//! use ndarray::{Array2, ShapeBuilder, s};
//! use ufunc::{Level, ops};
//!
//! let values = |(i, j): (usize, usize)| ((i * 71 + j * 13) as f64).sin() / 3.0;
//! let rows = Array2::from_shape_fn((500, 9), values);
//! let columns = Array2::from_shape_fn((500, 9).f(), values);
//! let sums = ops::add::reduce(&rows, 0);
//! assert_eq!(sums, ops::add::reduce(&columns, 0));
//! assert_eq!(sums, ops::add::par_reduce(&rows, 0));
//! assert_eq!(sums, ops::add::reduction(&rows).axis(0).level(Level::Scalar).eval());
//!
//! let wide = ops::exp(&rows);
//! assert_eq!(ops::exp(rows.slice(s![..;-3, 2..])), wide.slice(s![..;-3, 2..]));
//! assert_eq!(ops::exp(rows[[7, 5]]), wide[[7, 5]]);
//! ```
//!
//! ## NaN
//!
//! | | NumPy | ufunc |
//! |---|---|---|
//! | NaN where an operand is NaN | `maximum`, `minimum`, `clip` | `ops::maximum`, `ops::minimum`, `ops::clip` |
//! | the other operand where one is NaN | `fmax`, `fmin` | `ops::fmax`, `ops::fmin`; in kernels `x.max(y)`, `x.min(y)`, as the standard library has them |
//! | NaN only where it is the first operand | Python's `max(x, y)` | in kernels `if y > x { y } else { x }` |
//!
//! ```
//! use ufunc::ops;
//! use ufunc::prelude::*;
//!
//! #[vectorize]
//! fn both(x: f64, y: f64) -> (f64, f64) {
//!     (ops::maximum(x, y), x.max(y))
//! }
//!
//! let (with_nan, without) = both(&[1.0, 2.0], &[f64::NAN, 3.0]);
//! assert!(with_nan[0].is_nan());
//! assert_eq!((with_nan[1], without), (3.0, vec![1.0, 3.0]));
//! assert!(ops::maximum::reduce_all(&[1.0, f64::NAN]).is_nan());
//! assert_eq!(ops::fmax::reduce_all(&[1.0, f64::NAN]), 1.0);
//! ```
//!
//! # Memory
//!
//! | NumPy, Numba | ufunc |
//! |---|---|
//! | results in `order='K'` | the same: the order of the operands' axes in memory |
//! | strides in bytes | ndarray's are in elements |
//! | operands with steps, reversed or turned: loops by strides | moved through the first-level cache by shuffles; they are not copied as a whole |
//! | axes are walked in memory order, and merged where they are one | the same |
//! | `np.bool_` | `bool`, one byte |
//! | `np.intp` | `isize`; indices are `usize` |
//!
//! # Threads
//!
//! | NumPy, Numba | ufunc |
//! |---|---|
//! | `@vectorize(target="parallel")` | `#[vectorize(parallel)]` |
//! | | `f::par(&a, &b)`, `f::par_into(..)`, `add::par_reduce(&a, 0)`, `add::par_reduce_all(&a)`, `.parallel(true)` |
//! | `NUMBA_NUM_THREADS=2` | `RAYON_NUM_THREADS=2` |
//! | `numba.set_num_threads(2)` | rayon's pools: `pool.install(\|\| f::par(&a, &b))` |
//! | `numba.set_parallel_chunksize(n)` | `.min_len(n)`, the fewest elements of a task |
//! | reductions by `parallel` kernels | the same bits as on one thread |
//!
//! Small calls stay on one thread. `accumulate`, `reduceat` and `at` always do.
//!
//! # Names
//!
//! [`ops`](crate::ops) has NumPy's names, second names such as `abs`, `true_divide`, `bitwise_not` and `acos` too.
//! These differ, or are easily confounded:
//!
//! | NumPy | ufunc |
//! |---|---|
//! | `np.mod` | `ops::remainder`, as `mod` is a keyword |
//! | `np.round(a)` | `ops::round`, which is `rint`: no digits |
//! | Rust's `round`, halves away from zero | `ops::round_half_away` |
//! | `np.remainder`, with the divisor's sign | `ops::remainder`; C's is `ops::ieee_remainder`, Rust's `%` is `ops::fmod` |
//! | `np.square(a)`, `a ** 3` | `ops::square(&a)`, `ops::powi(&a, 3)` |
//! | `np.log(a)`, with base `b` | `ops::log(&a)`, `ops::log_base(&a, b)` |
//! | `np.float_power`, of any numbers | `ops::float_power`, of `f64` alone |
//! | `scipy.special.expit`, `ndtr`, `ndtri`, `gamma`, `gammaln`, `psi` | `ops::logistic`, `norm_cdf`, `norm_ppf`, `tgamma`, `lgamma`, `digamma` |
//! | `scipy.special.erf`, `erfc`, `erfinv`, `erfcinv`, `j0`, `j1`, `y0`, `y1` | the same names |
//! | `np.where(m, a, b)` | an `if` in a kernel |
//! | `np.select`, `np.piecewise` | a `match` or a chain of `if`s |
//!
//! In kernels, functions are methods with Rust's names:
//!
//! | Python's `math`, `np` | in a kernel |
//! |---|---|
//! | `log`, `log1p`, `expm1` | `x.ln()`, `x.ln_1p()`, `x.exp_m1()` |
//! | `x ** 3`, `x ** y` | `x.powi(3)`, `x.powf(y)`; of integers `x.pow(3)` |
//! | `arcsin`, `arctan2(y, x)`, `arcsinh` | `x.asin()`, `y.atan2(x)`, `x.asinh()` |
//! | `np.fabs`, `abs` | `x.abs()` |
//! | `np.rint`, Python's `round(x)` | `x.round_ties_even()`; `x.round()` goes away from zero |
//! | `np.sign(x)` | `x.signum()`, which is 1 of 0.0; `ops::sign(x)` is 0 |
//! | `np.isnan(x)`, `np.signbit(x)` | `x.is_nan()`, `x.is_sign_negative()` |
//! | `math.gamma`, `math.erf`, `math.hypot(x, y)` | `x.tgamma()`, `x.erf()`, `x.hypot(y)` |
//! | `np.pi`, `np.inf`, `np.nan` | `std::f64::consts::PI`, `f64::INFINITY`, `f64::NAN` |
//! | a function of `np` | any of [`ops`](crate::ops) is a kernel: `ops::floor_divide(n, 2)` |
//!
//! # Inside a kernel
//!
//! A kernel is Rust over numbers, bools, tuples and fixed arrays. Branches and loops may depend on the element, and
//! stay vector code: elements that are done wait for their neighbours.
//!
//! ## From Python to kernels
//!
//! | Python | in a kernel |
//! |---|---|
//! | `x if c else y` | `if c { x } else { y }` |
//! | `a < x < b`, `p and q`, `not p` | `a < x && x < b`, `p && q`, `!p` |
//! | `for i in range(n)`, `range(n - 1, -1, -1)`, `range(0, n, 3)` | `for i in 0..n`, `(0..n).rev()`, `(0..n).step_by(3)` |
//! | `for v in table`, `enumerate(table)` | `for v in table.iter()`, `table.iter().enumerate()`, of a `#[uniform]` slice or an array |
//! | `while`, `break`, `continue`, `return` | the same; `break 'outer` leaves several loops |
//! | `n // 2`, `n % 2`, of negative numbers | `n.div_euclid(2)`, `n.rem_euclid(2)`: Rust's `/` and `%` round to zero. For divisors of any sign `ops::floor_divide`, `ops::remainder` |
//! | `n / 2`, a float | `n as f64 / 2.0` |
//! | `int(x)`, `float(n)`, `np.float32(x)` | `x as i64`, `n as f64`, `x as f32` |
//! | `x << n` where `n` is too large: 0 in NumPy | the number of bits wraps; `ops::left_shift(x, n)` has NumPy's meaning |
//! | `np.empty(3)`, in a kernel | `[0.0; 3]` |
//! | `a, b = b, a` | `(a, b) = (b, a)` |
//! | `raise ValueError("..")`, `assert c` | `panic!("..")`, `assert!(c)` |
//! | a variable of two types | two variables: `let x = x as f64;` |
//!
//! ```
//! use ufunc::ops::floor_divide;
//! use ufunc::prelude::*;
//!
//! #[vectorize]
//! fn halves(n: i32) -> (i32, i32, i32, f64) {
//!     (n / 2, n.div_euclid(2), floor_divide(n, 2), n as f64 / 2.0)
//! }
//!
//! /// The least factor above 1: elements leave the loop at different turns.
//! #[vectorize]
//! fn factor(n: u32) -> u32 {
//!     let mut d = 2;
//!     while d * d <= n {
//!         if n % d == 0 {
//!             return d;
//!         }
//!         d += 1;
//!     }
//!     n
//! }
//!
//! /// Horner's rule: the coefficients are the same for all elements.
//! #[vectorize]
//! fn polynomial(x: f64, #[uniform] coefficients: &[f64]) -> f64 {
//!     let mut sum: f64 = 0.0;
//!     for c in coefficients.iter().rev() {
//!         sum = sum.mul_add(x, *c);
//!     }
//!     sum
//! }
//!
//! #[vectorize]
//! fn saturated(x: f64) -> u8 {
//!     x as u8
//! }
//!
//! assert_eq!(halves(-7), (-3, -4, -4, -3.5));
//! assert_eq!(factor(&[91, 97, 100]), [7, 97, 2]);
//! assert_eq!(polynomial(&[0.0, 2.0], &[1.0, 2.0, 3.0]), [1.0, 17.0]);
//! assert_eq!(saturated(&[-1.0, 3.9, 300.0, f64::NAN]), [0, 3, 255, 0]);
//! ```
//!
//! ## Instead of what there is not
//!
//! | not in a kernel | instead |
//! |---|---|
//! | `print` | return the value as another result |
//! | lists, `append`, new arrays | a fixed array `[0.0; 8]`, and a counter |
//! | strings, objects, `None` | numbers; a `bool` beside the value |
//! | closures, functions as values | `#[jit]` functions, called by name |
//! | recursion | a loop, with a fixed array as its stack |
//! | `a[i - 1]`, other elements of an operand | several views as operands: `f(a.slice(s![..-2]), a.slice(s![1..-1]), a.slice(s![2..]))`; or the array as a `#[uniform]` slice |
//! | complex numbers | two operands and two results, or ndarray's own `mapv` |
//! | `float16`, `longdouble` | convert to `f32`; `f64` |
//! | a running total over the elements | `accumulate` |
//!
//! # Debugging
//!
//! | NumPy, Numba | ufunc |
//! |---|---|
//! | `NUMBA_DISABLE_JIT=1`, `f.py_func(x)` | `f::scalar(x)`: plain Rust, for a debugger |
//! | `NPY_DISABLE_CPU_FEATURES="X86_V4 .."` | `UFUNC_LEVEL=avx2`, or `sse2`, `scalar`: the [level](crate::Level) of the process |
//! | | `f::with(..).level(Level::Scalar)`: that of one call |
//! | `np.show_runtime()` | [`Level::current()`](crate::Level::current), [`Level::best()`](crate::Level::best) |
//! | a feature that the machine lacks: a warning at the import | a panic at the first call |
//! | diagnostics of why a loop was not vectorised | not needed: what cannot be lanes does not compile, and says what to write |
//!
//! Exact operations give the bits of `f::scalar` for every element, which makes a good test; math functions are within
//! their bounds of it.
//!
//! ```
//! use ufunc::Level;
//! use ufunc::prelude::*;
//!
//! #[vectorize]
//! fn steps(start: u64) -> u32 {
//!     let (mut n, mut steps) = (start, 0);
//!     while n > 1 {
//!         n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };
//!         steps += 1;
//!     }
//!     steps
//! }
//!
//! let starts: Vec<u64> = (1..200).collect();
//! for level in Level::ALL.into_iter().filter(|level| level.is_available()) {
//!     let lanes: Vec<u32> = steps::with(&starts).level(level).eval();
//!     for (start, lane) in starts.iter().zip(lanes) {
//!         assert_eq!(lane, steps::scalar(*start), "{start} at {level}");
//!     }
//! }
//! ```
//!
//! # Speed
//!
//! - **Measure release builds.** Vector code is what the optimiser makes of a kernel.
//! - **Write one kernel, not a chain of calls.** `a * x.exp() + b` in a kernel reads and writes memory once; three
//!   calls do so three times. This is what `numexpr` is for, and Numba.
//! - **Give arrays away** that are not needed any more, `f(a, &b)`, or write `into` and `inplace`: the system takes
//!   longer to provide new memory for a large result than a short kernel to fill it.
//! - **Take `f32` and `i32` where they are enough.** All numbers of a kernel have as many lanes as one another, so that
//!   an `f32` moves half the bytes and takes half the registers. An integer that differs from element to element is
//!   better an `i32` than an `i64` or `usize`.
//! - **Make constants uniform.** A scalar operand costs nothing to broadcast; a `#[uniform]` parameter stays a scalar,
//!   too, and branches on it are ordinary branches.
//! - **`ulp = 4`** for kernels that are mostly math functions, where that is enough.
//! - **`par` for long arrays**, and `.min_len(n)` with a small `n` for kernels that take long for an element.
//! - **Contiguous memory** is the quickest, and steps of many elements are the slowest, as everywhere; transposed
//!   operands are walked in memory order.
//! - Scalars alone: call the functions of [`math`](crate::math), or `f::scalar`; a call of `f` itself costs some ten
//!   nanoseconds.
