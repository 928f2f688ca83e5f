//! What varies, what lanes take apart, what is blended and what is latched.

use super::analysed;

const NONE: [&str; 0] = [];

#[test]
fn uniform_values_stay_uniform() {
    let found = analysed(
        "fn k(x: f64, #[uniform] n: u32, #[uniform] t: &[f64]) -> f64 {
            let (a, mut b) = (n + 1, 2);
            if n > 3 { b = a * 2; }
            for i in 0..b { b += i; }
            let c = x;
            c + b as f64 + t[a as usize]
        }",
    );
    for name in ["n", "a", "b", "i"] {
        assert_eq!(found.varies(name), [false], "{name}");
    }
    assert_eq!(found.varies("c"), [true]);
    assert_eq!(found.varies("result"), [true]);
    assert_eq!(found.ifs(), [false]);
    assert_eq!(found.loops(), [false]);
    assert_eq!(found.blends("b"), [false, false]);
}

#[test]
fn a_length_is_uniform_of_any_array() {
    let found = analysed("fn k(x: f64) -> f64 { let a = [x, x]; let n = a.len(); a[n - 1] }");
    assert_eq!(found.varies("a"), [true]);
    assert_eq!(found.varies("n"), [false]);
}

#[test]
fn an_assignment_under_a_varying_if_varies() {
    let found = analysed("fn k(x: f64) -> f64 { let mut a = 1.0; if x > 0.0 { a = 2.0; } a }");
    assert_eq!(found.ifs(), [true]);
    assert_eq!(found.varies("a"), [true]);
    assert_eq!(found.blends("a"), [true]);
}

#[test]
fn a_second_arm_keeps_what_the_first_assigned() {
    let found = analysed("fn k(x: f64) -> f64 { let a; if x > 0.0 { a = 1.0; } else { a = 2.0; } a }");
    // Nobody holds a value before the first arm, and its lanes hold theirs in the second.
    assert_eq!(found.blends("a"), [false, true]);
    assert_eq!(found.varies("a"), [true]);
}

#[test]
fn a_dead_value_is_not_kept() {
    let found = analysed(
        "fn k(x: f64) -> f64 {
            let (mut a, mut b) = (1.0, 1.0);
            if x > 0.0 { a = 2.0; b = a + x; }
            a = 3.0;
            a + b
        }",
    );
    assert_eq!(found.blends("a"), [false, false]);
    assert_eq!(found.varies("a"), [false], "what lanes that are off do not read again stays uniform");
    assert_eq!(found.blends("b"), [true]);
}

#[test]
fn a_variable_of_the_arm_itself_is_not_kept() {
    let found = analysed("fn k(x: f64) -> f64 { if x > 0.0 { let mut a = 1; a += 2; a as f64 } else { x * x / x } }");
    assert_eq!(found.ifs(), [true]);
    assert_eq!(found.varies("a"), [false]);
    assert_eq!(found.blends("a"), [false]);
}

#[test]
fn a_varying_condition_makes_a_while_divergent() {
    let found = analysed("fn k(x: f64) -> f64 { let mut y = x; while y > 1.0 { y *= 0.5; } y }");
    assert_eq!(found.loops(), [true]);
    assert_eq!(found.latched(0), ["y"]);
    assert_eq!(found.blends("y"), [false], "a latch replaces the blend");
    assert_eq!(found.varies("y"), [true, true]);
}

#[test]
fn what_is_not_read_after_the_loop_is_not_latched() {
    let found =
        analysed("fn k(x: f64) -> f64 { let (mut y, mut n) = (x, 0); while y > 1.0 && n < 9 { y *= 0.5; n += 1; } y }");
    assert_eq!(found.latched(0), ["y"]);
    assert_eq!(found.varies("n"), [false]);
}

#[test]
fn a_break_out_of_both_loops_parts_both() {
    let found = analysed(
        "fn k(x: f64) -> u32 {
            let (mut y, mut n) = (x, 0);
            'outer: for i in 0..5 { for j in 0..5 { y -= 1.0; if y < 0.0 { break 'outer; } n = i * j; } }
            n
        }",
    );
    assert_eq!(found.jumps(), [true]);
    assert_eq!(found.loops(), [true, true]);
    assert_eq!([found.varies("i"), found.varies("j")], [[false], [false]], "indices stay uniform");
    assert_eq!(found.latched(0), ["n"]);
}

#[test]
fn a_break_of_the_inner_loop_parts_the_inner_alone() {
    let found = analysed(
        "fn k(x: f64) -> f64 {
            let mut y = x;
            for i in 0..5 { for _ in 0..5 { y -= 1.0; if y < 0.0 { break; } } if i == 3 { break; } }
            y
        }",
    );
    assert_eq!(found.jumps(), [true, false]);
    assert_eq!(found.loops(), [false, true]);
    assert_eq!(found.latched(0), NONE);
}

#[test]
fn a_continue_of_the_outer_loop_parts_the_inner() {
    let found = analysed(
        "fn k(x: f64) -> f64 {
            let mut y = x;
            'outer: for _ in 0..5 { for _ in 0..5 { y -= 1.0; if y < 0.0 { continue 'outer; } } y += 2.0; }
            y
        }",
    );
    assert_eq!(found.jumps(), [true]);
    assert_eq!(found.loops(), [false, true], "no lane leaves the outer loop early");
    assert_eq!(found.found.continues, [true, false]);
}

#[test]
fn a_break_after_a_varying_continue_varies() {
    let found = analysed(
        "fn k(x: f64) -> f64 {
            let mut y = x;
            for i in 0..5 { if i == 4 { break; } if y < 0.0 { continue; } y -= 1.0; if i == 3 { break; } }
            y
        }",
    );
    // The one before it is taken by all lanes, the other not by those that skip the rest of the turn.
    assert_eq!(found.jumps(), [false, true, true]);
    assert_eq!(found.ifs(), [false, true, false]);
    assert_eq!(found.loops(), [true]);
}

#[test]
fn a_varying_return_parts_all_loops_around_it() {
    let found = analysed(
        "fn k(x: f64) -> f64 {
            let mut y = x;
            for _ in 0..5 { for _ in 0..5 { y -= 1.0; if y < 0.0 { return y; } } }
            for _ in 0..2 { y *= 0.5; }
            y
        }",
    );
    assert!(found.found.returns);
    assert_eq!(found.loops(), [true, true, false]);
    assert_eq!(found.blends("result"), [true, true], "lanes that have returned keep it");
}

#[test]
fn a_uniform_return_parts_nothing() {
    let found = analysed("fn k(x: f64, #[uniform] n: u32) -> f64 { for i in 0..5 { if i == n { return x; } } 1.0 }");
    assert!(!found.found.returns);
    assert_eq!(found.jumps(), [false]);
    assert_eq!(found.loops(), [false]);
    assert_eq!(found.blends("result"), [false, false]);
}

#[test]
fn a_result_is_latched_unless_lanes_return() {
    let breaks = "fn k(x: f64) -> f64 { let mut y = x; loop { y -= 1.0; if y < 0.0 { break y; } } }";
    let found = analysed(breaks);
    assert_eq!(found.latched(0), ["result"]);
    assert_eq!(found.blends("result"), [false]);
    // A latch is not told of what lanes return with: the result is blended instead.
    let found = analysed(&breaks.replace("y -= 1.0;", "y -= 1.0; if y > 9.0 { return 1.0; }"));
    assert_eq!(found.latched(0), NONE);
    assert_eq!(found.blends("result"), [true, true]);
}

#[test]
fn a_range_with_a_varying_end_keeps_its_index_uniform() {
    let found =
        analysed("fn k(x: u32) -> u32 { let (mut a, mut s) = (0, 0); for i in 0..x { a += i; s += a; } a + s }");
    assert_eq!(found.loops(), [true]);
    assert_eq!(found.varies("i"), [false]);
    assert_eq!(found.varies("s"), [false, true]);
}

#[test]
fn a_range_with_a_varying_start_varies() {
    let found = analysed("fn k(x: u32) -> u32 { let mut s = 0; for i in x..9 { s += i; } s }");
    assert_eq!(found.varies("i"), [true]);
    assert_eq!(found.varies("s"), [true, true]);
    let found = analysed("fn k(x: u32) -> u32 { let mut s = 0; for i in (0..x).rev() { s += i; } s }");
    assert_eq!(found.varies("i"), [true], "backwards, it starts at the end");
}

#[test]
fn elements_vary_with_their_array() {
    let found = analysed(
        "fn k(x: f64, #[uniform] t: &[f64]) -> f64 {
            let mut s = 0.0;
            for &u in t { s += u; }
            for v in [x, 1.0] { s += v; }
            s
        }",
    );
    assert_eq!([found.varies("u"), found.varies("v")], [[false], [true]]);
    assert_eq!(found.loops(), [false, false]);
}

#[test]
fn a_device_function_varies_with_its_arguments() {
    let found = analysed(
        "fn k(x: f64, #[uniform] n: f64, #[uniform] t: &[f64]) -> f64 {
            let (a, b) = (helper(n, &t), helper(x, &t));
            a + b
        }",
    );
    assert_eq!(found.varies("a"), [false]);
    assert_eq!(found.varies("b"), [true]);
}

#[test]
fn a_part_that_varies_makes_the_whole_vary() {
    let found = analysed(
        "fn k(x: f64, i: u8) -> f64 {
            let mut pair = (1.0, 2.0);
            pair.1 = x;
            let (mut a, mut b, mut c) = ([0.0; 4], [0.0; 4], [0.0; 4]);
            a[1] = 5.0;
            b[i as usize] = 5.0;
            c[2] = x;
            let one = a[1];
            pair.0 + a[i as usize] + b[0] + c[0] + one
        }",
    );
    assert_eq!(found.varies("pair"), [true]);
    assert_eq!(found.varies("a"), [false]);
    assert_eq!(found.varies("one"), [false]);
    assert_eq!(found.varies("b"), [true], "an element at a varying index is another in every lane");
    assert_eq!(found.varies("c"), [true]);
}
