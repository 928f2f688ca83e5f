//! syn's tree → the kernel language: what has no meaning in lanes is refused here, at its token.

mod arrays;
mod control;
mod cores;
mod expr;
mod item;
mod panics;
mod pattern;
mod types;

pub(crate) use arrays::{array_function, takes_arrays};
pub(crate) use cores::{CoreRole, core_function, element_of};
pub(crate) use item::{MAX_PARAMS, MAX_RESULTS, Role, amend, function};
pub(crate) use types::SCALARS;

use proc_macro2::Span;

use crate::diagnostics::Problems;

/// Reads one function; keeps the problems.
struct Parser<'a> {
    problems: &'a mut Problems,
    /// The function's own name: it cannot call itself.
    name: String,
    /// It is a function of whole arrays.
    arrays: bool,
}

impl Parser<'_> {
    /// Notes a refusal: what it is, why it has no lane meaning, what to write instead.
    fn refuse(&mut self, span: Span, message: impl Into<String>) {
        self.problems.push(span, message);
    }

    /// Refuses what rustc refuses too, or may.
    fn refuse_in_place_of_rustc(&mut self, span: Span, message: impl Into<String>) {
        self.problems.push_in_place_of_rustc(span, message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(item: &str) -> Vec<String> {
        let item: syn::ItemFn = syn::parse_str(item).expect("a function");
        let mut problems = Problems::new();
        let function = function(&item, Role::Kernel, &mut problems);
        crate::desugar::function(&function, &mut problems);
        problems.into_messages()
    }

    #[test]
    fn the_kernel_language_has_no_problems() {
        let accepted = "fn k(x: f64, n: u32, #[uniform] table: &[f64]) -> (f64, u32) {
            use std::f64::consts::PI;
            const LIMIT: u32 = 10;
            let (mut a, mut b) = (x, [0.0, 1.0]);
            let count;
            'outer: for (i, &v) in table.iter().enumerate() {
                for j in (0..n).rev().step_by(2) {
                    if j as usize == i { continue 'outer; }
                    if v.is_nan() || a > PI { break 'outer; }
                    b[i % 2] += v.mul_add(2.0, f64::max(v, a));
                }
            }
            #[allow(unused_assignments)]
            loop { a *= 0.5; if a < 1.0 { break; } }
            (a, _) = (b[0], a);
            ((a, b[1]), _) = ((b[1], a), 1);
            count = match n { 0 | 1 => 1, 2..=9 if a > 0.0 => 2, LIMIT => 3, _ => { return (a, n) } };
            assert!(count > 0, \"count of {n} is {}\", count);
            (helper(a, &table).sqrt(), count)
        }";
        assert_eq!(messages(accepted), Vec::<String>::new());
    }

    #[test]
    fn a_chain_is_refused_once() {
        let found = messages("fn k(x: u32) -> u32 { x.checked_add(1).map(|y| y + 1).unwrap_or(0) }");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("`checked_add`"), "{found:?}");
    }

    #[test]
    fn what_follows_from_a_refusal_needs_no_words() {
        let found = messages("fn k(x: f64) -> f64 { let f = |y: f64| y; let mut r = &mut x; *r += 1.0; f(x) }");
        assert_eq!(found.len(), 2, "{found:?}");
        let found = messages("fn k(x: f64) -> f64 { let Some(mut y) = x else { return x }; y += 1.0; y }");
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn all_problems_are_found_at_once() {
        let found = messages("fn k(x: i128, y: String) -> Option<f64> { println!(); vec![x]; x.sinn(); x?; y.await }");
        let parts = ["i128", "String", "Option", "println", "vec", "sinn", "`?`", "await"];
        assert_eq!(found.len(), parts.len(), "{found:?}");
        for part in parts {
            assert!(found.iter().any(|message| message.contains(part)), "nothing of {part} in {found:?}");
        }
    }

    #[test]
    fn uniform_parameters_are_read_only() {
        let found =
            messages("fn k(x: f64, #[uniform] t: &[f64]) -> f64 { t[0] = x; t[1] += x; (_, t[2]) = (x, x); x }");
        assert_eq!(found.len(), 1, "the same words of the same parameter: {found:?}");
        let found = messages("fn k(x: f64, #[uniform] t: [f64; 2]) -> f64 { let mut t = t; t[0] = x; t[0] }");
        assert_eq!(found, Vec::<String>::new(), "a copy is the kernel's own");
    }
}
