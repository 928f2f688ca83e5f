//! How to read what `explain()` says: an example for each attribute.
//!
//! Every function that an attribute has compiled tells what became of it, without being run: a line for each loop and branch, with its
//! line in the source, and for what lanes read and write. [`Explanation`](crate::Explanation) prints it, and
//! [`assert_vectorized!`](crate::assert_vectorized) lets a test, or the compiler, watch that no loop is ever taken from the lanes.
//!
//! # A kernel
//!
//! ```
//! use ufunc::prelude::*;
//!
//! /// How often a number is halved or tripled until it is 1.
//! #[vectorize]
//! fn collatz(start: u32) -> u32 {
//!     let (mut n, mut steps) = (start as u64, 0);
//!     while n > 1 {
//!         n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };
//!         steps += 1;
//!     }
//!     steps
//! }
//!
//! let told = collatz::explain().to_string();
//! // Lanes leave the loop one by one; a gang goes on for as long as one of its numbers is above 1.
//! assert!(told.contains("a divergent loop: lanes leave at their own turn"), "{told}");
//! // Both arms are short, so both are computed, and each lane takes its own.
//! assert!(told.contains("a branch of lanes"), "{told}");
//! // `n` is twice as wide as `start`.
//! assert!(told.contains("a value of `u32` takes 1 register, of `u64` 2"), "{told}");
//! ufunc::assert_vectorized!(collatz);
//! ```
//!
//! | it says | and that is |
//! |---|---|
//! | a value takes 2 registers | A gang has as many lanes as a register has values of 32 bits, so wider ones take two, with two operations for each that is written. |
//! | several gangs in flight | One gang would wait for its own results: more are computed at once, side by side. |
//! | a divergent loop | Lanes leave at different turns. What they are to keep is copied when they leave: the fewer values, the better. |
//! | a loop that all lanes count together | It has as many turns for each lane, and costs no mask. |
//! | a branch of lanes: selected | Both arms are computed, and each lane takes one. |
//! | a branch of lanes: skipped where no lane is on | The arm is long, or may panic or read memory: it is computed with the other lanes off, or not at all. |
//! | a gather | Each lane reads its own element of a table, one after the other on most processors. |
//! | a division by the same value | Multiplications are four times as fast: `fastmath(arcp)` allows them. |
//!
//! # A function of arrays
//!
//! ```
//! use ndarray::{ArrayView2, ArrayViewMut2};
//! use ufunc::prelude::*;
//!
//! /// The mean of each element and its neighbours above and below; the largest.
//! #[jit]
//! fn smooth(u: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) -> f64 {
//!     let mut most = f64::NEG_INFINITY;
//!     for i in prange(1..u.nrows() - 1) {
//!         for j in 0..u.ncols() {
//!             let mean = (u[[i - 1, j]] + u[[i, j]] + u[[i + 1, j]]) / 3.0;
//!             most = most.max(mean);
//!             out[[i, j]] = mean;
//!         }
//!     }
//!     most
//! }
//!
//! let told = smooth::explain().to_string();
//! // Threads have rows of their own, and what they combine they do in an order that their number does not change.
//! assert!(told.contains("the turns of a `prange`: parts of them on threads, `out` divided along axis 0"), "{told}");
//! assert!(told.contains("combined in a fixed tree: `most` (greatest)"), "{told}");
//! // Lanes go along rows: neighbours in memory are loaded together.
//! assert!(told.contains("turns are lanes"), "{told}");
//! assert!(told.contains("`u`: read at 3 places with stride 1"), "{told}");
//! assert!(told.contains("where the last bit does not matter, `fastmath(arcp)` multiplies by its reciprocal"), "{told}");
//! ```
//!
//! With the loops exchanged, lanes would go down columns, and the lines say so: "gathered where its stride differs, as in C order: exchange
//! the loops, so that the innermost one counts the last axis".
//!
//! | it says | and that is |
//! |---|---|
//! | turns are lanes | Neighbouring turns of the loop are computed together. |
//! | a loop around lanes | It runs turn by turn; the loops inside it are lanes. |
//! | read with stride 1, checked once before the loop | All of the loop's elements are found in the array before it, and loaded a register at a time. |
//! | looked up in each turn | The same, but what the index is made of changes in the loop. |
//! | gathered or scattered, lane by lane | The index is no number plus what the loop counts. |
//! | combined from 32 accumulators | A reduction, in an order that is the same for every level. |
//! | one turn after the other, as `#[scalar]` says | There are no lanes: `assert_vectorized!` fails. |
//!
//! # A function of cores
//!
//! ```
//! use ndarray::{ArrayView2, ArrayViewMut2};
//! use ufunc::prelude::*;
//!
//! #[guvectorize("(m,n),(n,p)->(m,p)")]
//! fn product(a: ArrayView2<f64>, b: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) {
//!     for i in 0..a.nrows() {
//!         for j in 0..b.ncols() {
//!             let mut total = 0.0;
//!             for k in 0..a.ncols() {
//!                 total += a[[i, k]] * b[[k, j]];
//!             }
//!             out[[i, j]] = total;
//!         }
//!     }
//! }
//!
//! let told = product::explain().to_string();
//! // The sum over `k` keeps its order, so the loop over `j` is lanes; small matrices are side by side instead.
//! assert!(told.contains("where `p` is at most 16 in a call of small cores, each lane has a core of its own"), "{told}");
//!
//! #[guvectorize("(n,n)->(n)")]
//! fn corner(a: ArrayView2<f64>, out: &mut [f64]) {
//!     out[0] = a[[1, 1]];
//! }
//!
//! let told = corner::explain().to_string();
//! // Nothing says that `out` has one element alone, so the others' old values have to be brought along.
//! assert!(told.contains("`out` is not seen to be written in full"), "{told}");
//! assert!(told.contains("with `2` in its place in the signature"), "{told}");
//! ```
//!
//! | it says | and that is |
//! |---|---|
//! | the loops over one core are lanes | Cores are computed one after the other, as functions of arrays are. |
//! | each lane has a core of its own | A gang's cores are brought side by side; what is written as one number is one for each. |
//! | in one core: .. | What stands against lanes there: without it, or with `reassoc`, long cores would be computed at once. |
//! | not seen to be written in full | The output's old elements are copied to the lanes first: write all of them, in loops up to its lengths or one by one. |
//! | only indexed by constants | The signature might have the number instead of the name. |
