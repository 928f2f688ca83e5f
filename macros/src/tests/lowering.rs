//! The lane code that kernels become.

use super::render::lines;
use super::{gang, lanes, lanes_within};
use crate::attr::Ulp;
use crate::lane::Gang;

/// Holds a kernel to its lane code, one line a step.
fn check(item: &str, expected: &[&str]) {
    assert_eq!(lines(&lanes(item)), expected, "{item}");
}

#[test]
fn two_cheap_values_are_selected_from() {
    check("fn k(x: f64) -> f64 { if x > 0.0 { x } else { -x } }", &["result = select((x >. splat(0.0)), x, -x)"]);
}

#[test]
fn the_lesser_and_the_greater_are_chosen_as_such() {
    for (item, expected) in [
        ("fn k(x: f64, y: f64) -> f64 { if x < y { x } else { y } }", "x.lesser(y)"),
        ("fn k(x: f64, y: f64) -> f64 { if x > y { y } else { x } }", "y.lesser(x)"),
        ("fn k(x: f64, y: f64) -> f64 { if x > y { x } else { y } }", "x.greater(y)"),
        ("fn k(x: f64, y: f64) -> f64 { if x < y { y } else { x } }", "y.greater(x)"),
        ("fn k(x: i8, y: i8) -> i8 { if x <= y { x } else { y } }", "x.lesser_or_equal(y)"),
        ("fn k(x: i8, y: i8) -> i8 { if x >= y { y } else { x } }", "y.lesser_or_equal(x)"),
        ("fn k(x: i8, y: i8) -> i8 { if x >= y { x } else { y } }", "x.greater_or_equal(y)"),
        ("fn k(x: i8, y: i8) -> i8 { if x <= y { y } else { x } }", "y.greater_or_equal(x)"),
        ("fn k(x: f32) -> f32 { if x > 0.0 { x } else { 0.0 } }", "x.greater(splat(0.0))"),
        ("fn k(x: f32) -> f32 { if x < -1.0 { -1.0 } else { x } }", "splat(-1.0).greater(x)"),
        ("fn k(x: f32, #[uniform] t: (f32, i8)) -> f32 { if t.0 > x { t.0 } else { x } }", "splat(t.0).greater(x)"),
        // Another value, or another comparison.
        ("fn k(x: f32) -> f32 { if x > 0.0 { x } else { 1.0 } }", "select((x >. splat(0.0)), x, splat(1.0))"),
        ("fn k(x: i8, y: i8) -> i8 { if x == y { x } else { y } }", "select((x ==. y), x, y)"),
    ] {
        check(item, &[&format!("result = {expected}")]);
    }
}

#[test]
fn a_cheap_arm_is_blended_without_a_test() {
    check(
        "fn k(x: f64) -> f64 { let mut y = x; if x > 0.0 { y = x + 1.0; } y }",
        &[
            "let lanes y = x",
            "let c0 = (x >. splat(0.0))",
            "let m0 = entry & c0",
            "y = (x + splat(1.0)) in m0",
            "result = y",
        ],
    );
}

#[test]
fn a_dear_arm_is_skipped_where_no_lane_is_on() {
    check(
        "fn k(x: f64) -> f64 { let mut y = x; if x > 0.0 { y = x.sin(); } y }",
        &[
            "let lanes y = x",
            "let c0 = (x >. splat(0.0))",
            "let m0 = entry & c0",
            "if any m0 {",
            "y = x.sin() in m0",
            "}",
            "result = y",
        ],
    );
}

#[test]
fn a_division_is_never_selected_from() {
    check(
        "fn k(x: i32, y: i32) -> i32 { if y != 0 { x / y } else { 0 } }",
        &[
            "let c0 = (y !=. splat(0))",
            "let m0 = entry & c0",
            "if any m0 {",
            "result = (x / y) in m0",
            "}",
            "let m1 = entry & !c0",
            "result = splat(0) in m1",
        ],
    );
}

#[test]
fn an_element_is_read_for_the_lanes_that_ask() {
    check(
        "fn k(x: i32, #[uniform] t: &[f64]) -> f64 { if x >= 0 { t[x as usize] } else { 0.0 } }",
        &[
            "let c0 = (x >=. splat(0))",
            "let m0 = entry & c0",
            "if any m0 {",
            "result = gather t[x in m0]",
            "}",
            "let m1 = entry & !c0",
            "result = splat(0.0) in m1",
        ],
    );
}

#[test]
fn a_panic_is_raised_for_the_lanes_of_its_arm() {
    check(
        "fn k(x: f64) -> f64 { if x > 0.0 { assert!(x < 9.0, \"large\"); } x }",
        &[
            "let c0 = (x >. splat(0.0))",
            "let m0 = entry & c0",
            "if any m0 {",
            "panic unless (x <. splat(9.0)) in m0",
            "}",
            "result = x",
        ],
    );
}

#[test]
fn a_right_side_that_can_fail_is_guarded() {
    check(
        "fn k(x: i32, y: i32) -> bool { y != 0 && x / y > 2 }",
        &["result = ((y !=. splat(0)) && ((x / y) in m0 >. splat(2)) where entry leaves m0)"],
    );
    check(
        "fn k(x: i32, y: i32) -> bool { y == 0 || x % y == 2 }",
        &["result = ((y ==. splat(0)) || ((x % y) in m0 ==. splat(2)) where entry leaves m0)"],
    );
}

#[test]
fn a_right_side_that_cannot_fail_is_computed_for_all() {
    check("fn k(x: i32, y: i32) -> bool { y != 0 && x > 2 }", &["result = ((y !=. splat(0)) & (x >. splat(2)))"]);
}

#[test]
fn a_uniform_branch_stays_a_branch() {
    check(
        "fn k(x: f64, #[uniform] n: u32) -> f64 { let mut y = x; if n > 2 { y += 1.0; } else { y = 2.0; } y }",
        &[
            "let lanes y = x",
            "if (n > 2) {",
            "y = (y + splat(1.0))",
            "}",
            "else {",
            "y = splat(2.0)",
            "}",
            "result = y",
        ],
    );
}

#[test]
fn lanes_leave_a_while_at_its_head() {
    check(
        "fn k(x: f64) -> u32 { let (mut y, mut n) = (x, 0); while y > 1.0 { y *= 0.5; n += 1; } n }",
        &[
            "let lanes y = x",
            "let n = 0",
            "let running0 = entry",
            "let left0 n = held(n)",
            "loop 0 {",
            "left0 n = held(n) in running0",
            "running0 = running0 & (y >. splat(1.0))",
            "leave 0 if none running0",
            "let m0 = running0",
            "y = (y * splat(0.5))",
            "n = uniform_add(n, 1)",
            "}",
            "let n = left0 n, held(n) in running0",
            "result = n",
        ],
    );
}

#[test]
fn a_loop_is_left_at_the_end_of_the_turn_in_which_the_last_lane_breaks() {
    check(
        "fn k(x: f64) -> f64 {
            let (mut y, mut n) = (x, 0);
            loop { n += 1; if n > 9 { break; } y *= 0.5; if y < 1.0 { break; } }
            y
        }",
        &[
            "let lanes y = x",
            "let n = 0",
            "let running0 = entry",
            "let left0 y = y",
            "loop 0 {",
            "let m0 = running0",
            "n = uniform_add(n, 1)",
            "if (n > 9) {",
            "break 0",
            "}",
            "y = (y * splat(0.5))",
            "let c0 = (y <. splat(1.0))",
            "let m1 = m0 & c0",
            "left0 y = y in m1",
            "running0 = running0 & !m1",
            "leave 0 if none running0",
            "}",
            "let y = left0 y, y in running0",
            "result = y",
        ],
    );
}

#[test]
fn a_dear_rest_of_a_turn_is_skipped_where_all_have_left() {
    check(
        "fn k(x: f64) -> f64 { let mut y = x; loop { if y < 1.0 { break; } y = y.sin(); } y }",
        &[
            "let lanes y = x",
            "let running0 = entry",
            "let left0 y = y",
            "loop 0 {",
            "let m0 = running0",
            "let c0 = (y <. splat(1.0))",
            "let m1 = m0 & c0",
            "left0 y = y in m1",
            "running0 = running0 & !m1",
            "let m2 = m0 & running0",
            "if any m2 {",
            "y = y.sin()",
            "}",
            "leave 0 if none running0",
            "}",
            "let y = left0 y, y in running0",
            "result = y",
        ],
    );
}

#[test]
fn a_uniform_continue_does_not_skip_the_way_out() {
    let steps = lines(&lanes(
        "fn k(x: f64, #[uniform] f: bool) -> f64 {
            let mut y = x;
            loop { y -= 1.0; if y < 1.0 { break; } if f { continue; } y *= 0.5; }
            y
        }",
    ));
    let at = steps.iter().position(|step| step == "continue 0").expect("a uniform jump");
    assert_eq!(steps[at - 2..at], ["if f {", "leave 0 if none running0"]);
    // All lanes are in a uniform loop until its end.
    let uniform = "fn k(x: f64, #[uniform] f: bool) -> f64 {
        let mut y = x;
        for _ in 0..4 { y -= 1.0; if f { continue; } y *= 0.5; }
        y
    }";
    assert!(!lines(&lanes(uniform)).iter().any(|step| step.starts_with("leave")));
}

#[test]
fn lanes_that_continue_are_off_for_the_turn() {
    check(
        "fn k(x: f64) -> f64 { let mut y = x; for _ in 0..4 { if y < 1.0 { continue; } y *= 0.5; } y }",
        &[
            "let lanes y = x",
            "loop 0 for i in 0..4 {",
            "let turn0 = entry",
            "let m0 = entry",
            "let c0 = (y <. splat(1.0))",
            "let m1 = m0 & c0",
            "turn0 = turn0 & !m1",
            "let m2 = m0 & turn0",
            "y = (y * splat(0.5)) in m2",
            "}",
            "result = y",
        ],
    );
}

#[test]
fn a_continue_of_the_outer_loop_takes_lanes_out_of_the_inner() {
    check(
        "fn k(x: f64) -> f64 {
            let mut y = x;
            'o: for _ in 0..4 { for _ in 0..3 { y -= 1.0; if y < 1.0 { continue 'o; } } y *= 0.5; }
            y
        }",
        &[
            "let lanes y = x",
            "loop 0 for i in 0..4 {",
            "let turn0 = entry",
            "let m0 = entry",
            "let running1 = m0",
            "let left1 y = y",
            "loop 1 for i in 0..3 {",
            "let m1 = running1",
            "y = (y - splat(1.0)) in m1",
            "let c0 = (y <. splat(1.0))",
            "let m2 = m1 & c0",
            "left1 y = y in m2",
            "running1 = running1 & !m2",
            "turn0 = turn0 & !m2",
            "leave 1 if none running1",
            "}",
            "y = left1 y, y in running1",
            "let m3 = m0 & turn0",
            "y = (y * splat(0.5)) in m3",
            "}",
            "result = y",
        ],
    );
}

#[test]
fn a_varying_return_keeps_its_result() {
    check(
        "fn k(x: f64) -> f64 { if x < 1.0 { return 2.0; } x + 1.0 }",
        &[
            "let function = entry",
            "let m0 = function",
            "let c0 = (x <. splat(1.0))",
            "let m1 = m0 & c0",
            "result = splat(2.0) in m1",
            "function = function & !m1",
            "let m2 = m0 & function",
            "result = (x + splat(1.0)) in m2",
        ],
    );
}

#[test]
fn a_uniform_return_is_a_jump() {
    check(
        "fn k(x: f64, #[uniform] n: u32) -> f64 { if n > 1 { return 2.0; } x + 1.0 }",
        &["if (n > 1) {", "result = splat(2.0)", "return", "}", "result = (x + splat(1.0))"],
    );
}

#[test]
fn ranges_count_together_where_they_can() {
    let head = |item: &str| {
        let steps = lines(&lanes(item));
        steps.into_iter().find(|step| step.starts_with("loop")).expect("a loop")
    };
    let kernel = |range: &str| {
        format!("fn k(x: u32, #[uniform] n: u32) -> u32 {{ let mut s = x; for i in {range} {{ s += i; }} s }}")
    };
    assert_eq!(head(&kernel("1..n")), "loop 0 for i in 1..n {");
    assert_eq!(head(&kernel("1..x")), "loop 0 to lanes for i in 1..x {");
    assert_eq!(head(&kernel("x..n")), "loop 0 lanes for i in x..splat(n) {");
    assert_eq!(head(&kernel("(1..x).rev()")), "loop 0 lanes for i in splat(1)..x {");
}

#[test]
fn uniform_values_of_inexact_functions_are_computed_in_lanes() {
    check(
        "fn k(x: f64, #[uniform] n: f64) -> f64 { let a = n.sin(); a + n.sqrt() + x }",
        &["let a = first(splat(n).sin())", "result = (splat(uniform_add(a, n.sqrt())) + x)"],
    );
}

#[test]
fn a_uniform_call_is_read_from_a_lane_that_is_on() {
    check(
        "fn k(x: f64, #[uniform] n: f64) -> f64 { let mut y = x; if x > 0.0 { y = helper(n) + helper(x); } y }",
        &[
            "let lanes y = x",
            "let c0 = (x >. splat(0.0))",
            "let m0 = entry & c0",
            "if any m0 {",
            "y = (splat(first of m0(helper(n) in m0)) + helper(x) in m0) in m0",
            "}",
            "result = y",
        ],
    );
}

#[test]
fn uniform_integers_wrap_as_lanes_do() {
    check(
        "fn k(x: u32, #[uniform] n: u32) -> u32 { let a = n * 2 + 1; x + (a << 3) + (x << n) }",
        &["let a = uniform_add(uniform_mul(n, 2), 1)", "result = ((x + splat(uniform_shl(a, 3))) + (x <<. n))"],
    );
}

#[test]
fn elements_at_varying_indices_are_lanes_of_their_own() {
    check(
        "fn k(x: u8) -> f64 { let mut a = [0.0; 4]; a[x as usize] = 1.0; a[2] = 2.0; a[x as usize] + a[3] }",
        &[
            "let lanes a = [splat(0.0); 4]",
            "let lanes t = (x as. usize)",
            "a[t in entry] = splat(1.0)",
            "a[2] = splat(2.0)",
            "result = (a[x in entry] + a[3])",
        ],
    );
    check("fn k(x: u8, #[uniform] t: &[(f64, f64)]) -> f64 { t[x as usize].1 }", &["result = row t[x in entry].1"]);
}

/// A divergent loop whose turns are short, over values of a type.
fn halving(ty: &str) -> String {
    format!("fn k(x: {ty}) -> {ty} {{ let mut y = x; while y > 1 as {ty} {{ y *= 0.5 as {ty}; }} y }}")
}

#[test]
fn short_divergent_loops_run_several_gangs() {
    assert_eq!(gang(&halving("f32")), Gang::Short32);
    assert_eq!(gang(&halving("f64")), Gang::Short64);
    let uniform = "fn k(x: f64) -> f64 { let mut y = x; for _ in 0..9 { y *= 0.5; } y }";
    assert_eq!(gang(uniform), Gang::One);
}

#[test]
fn long_turns_run_one_gang() {
    assert_eq!(gang(&halving("f64").replace("y *=", "y = helper(y); y *=")), Gang::One);
    assert_eq!(gang(&halving("f64").replace("y *=", "y = y.sin(); y *=")), Gang::One);
    let nested = "fn k(x: f64) -> f64 { let mut y = x; while y > 1.0 { for _ in 0..9 { y *= 0.5; } } y }";
    assert_eq!(gang(nested), Gang::One, "the inner loop is uniform, the outer one's turns are long");
}

#[test]
fn the_tier_concerns_math_functions_alone() {
    let kernel = "fn k(x: f64) -> f64 { x.sqrt().sin() + x.fdim(1.0) }";
    assert_eq!(lines(&lanes(kernel)), ["result = (x.sqrt().sin() + x.fdim(splat(1.0)))"]);
    assert_eq!(lines(&lanes_within(Ulp::Four, kernel)), ["result = (x.sqrt().ulp 4.sin() + x.fdim(splat(1.0)))"]);
}

#[test]
fn chains_of_math_run_several_gangs() {
    assert_eq!(gang("fn k(x: f32) -> f32 { x.sin() }"), Gang::Math32);
    assert_eq!(gang("fn k(x: f64) -> f64 { x.sin() }"), Gang::Math64);
    assert_eq!(gang("fn k(x: f64) -> f64 { x.exp() }"), Gang::One, "a short function is no chain");
    assert_eq!(gang("fn k(x: f64) -> f64 { x.exp().ln() }"), Gang::Math64, "two of them are");
    assert_eq!(gang("fn k(x: f64) -> f64 { x * x + 1.0 }"), Gang::One);
}
