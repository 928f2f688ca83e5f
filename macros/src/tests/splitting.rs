//! What is uniform in a divergent loop and varies after it.

use super::analysed;

const NONE: [&str; 0] = [];

#[test]
fn a_counter_is_uniform_inside_and_varies_after() {
    let found = analysed("fn k(x: f64) -> u32 { let (mut y, mut n) = (x, 0); while y > 1.0 { y *= 0.5; n += 1; } n }");
    assert_eq!(found.split(0), ["n"]);
    assert_eq!(found.latched(0), ["n"]);
    assert_eq!(found.varies("n"), [false, true]);
    assert_eq!(found.blends("n"), [false]);
}

#[test]
fn a_uniform_loop_splits_nothing() {
    let found =
        analysed("fn k(x: f64, #[uniform] m: u32) -> f64 { let mut n = 0; while n < m { n += 1; } n as f64 + x }");
    assert_eq!(found.loops(), [false]);
    assert_eq!(found.split(0), NONE);
    assert_eq!(found.latched(0), NONE);
    assert_eq!(found.varies("n"), [false]);
}

#[test]
fn a_counter_under_a_varying_if_varies_inside() {
    let found = analysed(
        "fn k(x: f64) -> u32 {
            let (mut y, mut n) = (x, 0);
            while y > 1.0 { if y > 4.0 { n += 1; } y *= 0.5; }
            n
        }",
    );
    assert_eq!(found.ifs(), [true]);
    assert_eq!(found.varies("n"), [true, true]);
    assert_eq!(found.blends("n"), [true]);
}

#[test]
fn a_counter_after_a_varying_continue_varies_inside() {
    let found = analysed(
        "fn k(x: f64) -> u32 {
            let (mut y, mut n) = (x, 0);
            while y > 1.0 { y *= 0.5; if y > 4.0 { continue; } n += 1; }
            n
        }",
    );
    assert_eq!(found.jumps(), [true]);
    assert_eq!(found.found.continues, [true]);
    assert_eq!(found.blends("n"), [true]);
    assert_eq!(found.varies("n"), [true, true]);
}

#[test]
fn a_counter_after_a_varying_break_stays_uniform() {
    let found = analysed(
        "fn k(x: f64) -> u32 {
            let (mut y, mut n) = (x, 0);
            while n < 9 { y *= 0.5; if y < 1.0 { break; } n += 1; }
            n
        }",
    );
    assert_eq!(found.jumps(), [true]);
    assert_eq!(found.loops(), [true]);
    assert_eq!(found.varies("n"), [false, true]);
    assert_eq!(found.blends("n"), [false]);
}

#[test]
fn a_value_set_where_lanes_leave_stays_uniform() {
    let found = analysed(
        "fn k(x: f64) -> u32 {
            let (mut y, mut code) = (x, 0);
            loop { y -= 1.0; if y < 0.0 { code = 1; break; } if y < 1.0 { code = 2; break; } }
            code
        }",
    );
    assert_eq!(found.jumps(), [true, true]);
    assert_eq!(found.latched(0), ["code"]);
    assert_eq!(found.blends("code"), [false, false], "the next turn does not read it");
    assert_eq!(found.varies("code"), [false, true]);
}

#[test]
fn a_counter_from_outside_an_enclosing_loop_varies() {
    let found = analysed(
        "fn k(x: f64) -> u32 {
            let (mut y, mut n) = (x, 0);
            for _ in 0..3 { while y > 1.0 { y *= 0.5; n += 1; } y += 4.0; }
            n
        }",
    );
    assert_eq!(found.loops(), [false, true]);
    assert_eq!(found.split(1), NONE);
    assert_eq!(found.latched(1), ["y", "n"]);
    assert_eq!(found.varies("n"), [true]);
}

#[test]
fn a_counter_between_nested_loops_is_split_at_the_inner() {
    let found = analysed(
        "fn k(x: f64) -> u32 {
            let (mut y, mut turns, mut total) = (x, 0, 0);
            while y < 99.0 {
                let mut n = 0;
                while y > 1.0 { y *= 0.5; n += 1; }
                total += n;
                turns += 1;
                y += 60.0;
            }
            total + turns
        }",
    );
    assert_eq!(found.loops(), [true, true]);
    assert_eq!(found.split(1), ["n"]);
    assert_eq!(found.varies("n"), [false, true]);
    assert_eq!(found.split(0), ["turns", "total"]);
    assert_eq!(found.varies("turns"), [false, true]);
    assert_eq!(found.varies("total"), [true, true], "it is summed up from what varies");
}

#[test]
fn a_counter_varies_in_the_next_divergent_loop() {
    let found = analysed(
        "fn k(x: f64) -> u32 {
            let (mut y, mut n) = (x, 0);
            while y > 1.0 { y *= 0.5; n += 1; }
            while y < 9.0 { y += 1.0; n += 1; }
            n
        }",
    );
    assert_eq!(found.split(0), ["y", "n"]);
    assert_eq!(found.split(1), ["n"]);
    assert_eq!(found.varies("n"), [false, true, true]);
    assert_eq!(found.latched(1), ["n"]);
    assert_eq!(found.blends("n"), [false, false]);
}

#[test]
fn a_uniform_loop_before_takes_nothing_from_a_counter() {
    let found = analysed(
        "fn k(x: f64) -> f64 {
            let (mut y, mut n) = (x, 0);
            while n < 4 { n += 1; }
            let before = n;
            while y > 1.0 { y *= 0.5; n += 1; }
            let after = n;
            (before + after) as f64
        }",
    );
    assert_eq!(found.loops(), [false, true]);
    assert_eq!(found.varies("n"), [false, false, true], "before, between and after the loops");
    assert_eq!(found.varies("before"), [false]);
    assert_eq!(found.varies("after"), [true]);
}

#[test]
fn the_value_of_a_break_is_split() {
    let found = analysed(
        "fn k(x: f64) -> u32 {
            let (mut y, mut n) = (x, 0);
            let t = loop { n += 1; y *= 0.5; if y < 1.0 { break n; } };
            let after = t * 2;
            after
        }",
    );
    assert_eq!(found.latched(0), ["t"]);
    assert_eq!(found.varies("t")[..2], [false, true]);
    assert_eq!(found.varies("n"), [false], "the value is read after the loop, the counter is not");
    assert_eq!(found.varies("after"), [true]);
}

#[test]
fn arrays_and_tuples_are_split_as_numbers_are() {
    let found = analysed(
        "fn k(x: f64) -> u32 {
            let (mut y, mut a, mut p) = (x, [0; 3], (0, 0));
            for i in 0..3 { if y < 1.0 { break; } a[i] += 2; p.0 += 1; y *= 0.5; }
            a[1] + p.0
        }",
    );
    assert_eq!(found.split(0), ["a", "p"]);
    assert_eq!(found.varies("a"), [false, true]);
    assert_eq!(found.varies("p"), [false, true]);
}

#[test]
fn a_labelled_block_that_some_lanes_leave_is_split_at() {
    let found = analysed(
        "fn k(x: f64) -> i32 { let mut n = 1; 'b: { n += 1; if x < 0.0 { break 'b; } n *= 5; } let m = n; m }",
    );
    assert_eq!(found.loops(), [true]);
    assert_eq!(found.jumps(), [true, false], "the block's own end is reached by all that are left");
    assert_eq!(found.varies("n"), [false, true]);
    assert_eq!(found.varies("m"), [true]);
}

#[test]
fn a_counter_in_an_arm_is_split_there() {
    let found = analysed(
        "fn k(x: f64) -> u32 {
            let (mut y, mut total) = (x, 0);
            if x > 0.0 { let mut n = 0; while y > 1.0 { y *= 0.5; n += 1; } total = n; }
            total
        }",
    );
    assert_eq!(found.split(0), ["n"]);
    assert_eq!(found.varies("n"), [false, true]);
    assert_eq!(found.blends("total"), [true]);
}
