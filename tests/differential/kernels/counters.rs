//! Variables that all running lanes of a divergent loop count alike, and that differ after it.

use ufunc::prelude::*;

#[vectorize]
pub fn read_after(x: f64) -> u32 {
    let (mut y, mut n) = (x, 0);
    while y.abs() > 1.0 && n < 50 {
        y *= 0.75;
        n += 1;
    }
    n
}

#[vectorize]
pub fn early_break(x: f64, limit: u8) -> f64 {
    let (mut y, mut n) = (x, 0u8);
    loop {
        if n >= limit % 16 {
            break;
        }
        y = y * 0.5 + 1.0;
        if y < 2.5 {
            break;
        }
        n += 1;
    }
    y + n as f64 * 100.0
}

#[vectorize]
pub fn down_to_zero(x: f32) -> u32 {
    let (mut y, mut i) = (x, 20u32);
    loop {
        if i == 0 {
            break;
        }
        i -= 1;
        y *= 0.5;
        if y < 1.0 && y > -1.0 {
            break;
        }
    }
    i
}

#[vectorize]
pub fn bytes_to_zero(start: u8, stop: u8) -> u8 {
    let (mut left, mut from) = (255u8, start);
    loop {
        if left == 0 || from == stop {
            break;
        }
        left -= 1;
        from = from.wrapping_add(7);
    }
    left
}

#[vectorize]
pub fn after_continue(x: f64) -> f64 {
    let (mut y, mut turns, mut kept) = (x, 0, 0);
    while turns < 24 {
        turns += 1;
        y = y * 0.8 - 0.25;
        if y < 0.0 {
            y += 1.5;
            continue;
        }
        kept += 1;
        if y < 0.125 {
            break;
        }
    }
    y + (turns * 100 + kept) as f64
}

#[vectorize]
pub fn outside_both(a: u16, b: u16) -> u32 {
    let (a, b) = (a as u32 % 9, b as u32 % 11);
    let (mut n, mut i) = (0, 0);
    while i < a {
        let mut j = i;
        while j < b {
            j += 1;
            n += 1;
        }
        i += 1;
    }
    n * 100 + i
}

#[vectorize]
pub fn between_both(a: u16, b: u16) -> u32 {
    let (a, b) = (a as u32 % 9, b as u32 % 11);
    let (mut sum, mut i) = (0, 0);
    'rows: while i < a {
        i += 1;
        let mut n = 0;
        let mut left = b;
        while left > i {
            left -= 1;
            n += 1;
            if n * i == b {
                continue 'rows;
            }
        }
        sum = sum * 5 + n;
    }
    sum * 100 + i
}

#[vectorize]
pub fn two_in_a_row(x: f64, limit: u8) -> f64 {
    let (mut y, mut n) = (x, 0);
    while y > 1.0 && n < 12 {
        y *= 0.5;
        n += 1;
    }
    let first = n;
    while y < 64.0 && n < 12 + limit as i32 % 12 {
        y = y * 2.0 + 1.0;
        n += 1;
    }
    y + (n * 100 + first) as f64
}

#[vectorize]
pub fn out_of_the_inner(x: f64) -> f64 {
    let (mut y, mut outer, mut inner) = (x, 0, 0);
    'all: while outer < 6 {
        inner = 0;
        while inner < 7 {
            y = y * 0.75 + 0.125;
            if y > 0.4 && y < 0.6 {
                break 'all;
            }
            if y < 0.0 {
                break;
            }
            inner += 1;
        }
        y += 0.5;
        outer += 1;
    }
    y + (outer * 10 + inner) as f64
}

#[vectorize]
pub fn returns_the_counter(x: f32) -> i32 {
    let (mut y, mut n) = (x, 0);
    while n < 30 {
        if y < 1.0 {
            return n;
        }
        y *= 0.7;
        n += 1;
    }
    -n
}

#[vectorize]
pub fn return_beside_break(x: f64) -> f64 {
    let (mut y, mut n) = (x, 0);
    loop {
        n += 1;
        if y > 50.0 {
            return n as f64;
        }
        y = y * 1.5 + 1.0;
        if n > 6 || y < -3.0 {
            break y;
        }
    }
}

#[vectorize]
pub fn return_out_of_both(x: f64) -> f64 {
    let mut y = x;
    'all: loop {
        let mut n = 0;
        loop {
            n += 1;
            y += 1.25;
            if y > 20.0 {
                return n as f64;
            }
            if !(y > -40.0) {
                break 'all -1.0;
            }
            if n > 4 {
                break;
            }
        }
        if y < 4.0 {
            break y;
        }
    }
}

#[vectorize]
pub fn filled_array(x: f64, at: u8) -> f64 {
    let mut y = x;
    let mut filled = [0u16; 6];
    let mut n = 0;
    while n < 6 && y * y < 1e4 {
        filled[n] = 3 * n as u16 + 1;
        y = y * 1.75 + 1.0;
        n += 1;
    }
    filled[at as usize % 6] as f64 + filled[0] as f64 * 0.5 + n as f64 * 100.0
}

#[vectorize]
pub fn tuple_of_counters(x: f32) -> f32 {
    let mut y = x;
    let mut state = (0u8, 0.5f32, false);
    while y > 1.0 && state.0 < 20 {
        state.0 += 2;
        state.1 += 0.25;
        state = (state.0 - 1, state.1, !state.2);
        y *= 0.625;
    }
    let (count, sum, odd) = state;
    (count as f32) * 100.0 + sum + if odd { 0.5 } else { 0.0 }
}

#[vectorize]
pub fn accumulator(x: f64, #[uniform] addend: f64) -> f64 {
    let (mut y, mut sum) = (x, 1.0);
    for _ in 0..25 {
        if y.abs() < 0.5 {
            break;
        }
        sum += addend;
        y = y * 0.75;
    }
    sum
}

#[vectorize]
pub fn value_of_break(x: f64) -> i64 {
    let (mut y, mut n) = (x, 3i64);
    let found = loop {
        if n > 90 {
            break -1;
        }
        if y < 1.0 {
            break n;
        }
        y *= 0.5;
        n *= 2;
    };
    found + 1000 * n
}

#[vectorize]
pub fn large_value_of_break(x: f64) -> f64 {
    let (mut y, mut n) = (x, 0);
    let row = loop {
        n += 1;
        y *= 0.5;
        if n == 9 {
            break [0.25; 40];
        }
        if y < 1.0 {
            break [1.5; 40];
        }
    };
    row[39] + n as f64
}

#[vectorize]
pub fn in_an_arm(x: f64, limit: u8) -> f64 {
    let mut y = x;
    let mut total = 0;
    if y > 0.0 {
        let mut n = 0;
        while y > 0.5 && n < limit % 20 {
            y *= 0.5;
            n += 1;
        }
        total = n as i32 * 2;
    } else {
        while y < -0.5 && total < 15 {
            y *= 0.5;
            total += 1;
        }
    }
    y + total as f64
}

#[vectorize]
pub fn under_an_arm(x: f64) -> f64 {
    let (mut y, mut all, mut some) = (x, 0, 0);
    while all < 30 && y > -10.0 {
        y = y * 0.5 - 1.0;
        if y > 0.0 {
            some += 1;
        }
        all += 1;
    }
    (all * 100 + some) as f64
}

#[vectorize]
pub fn set_where_it_leaves(x: f64) -> i32 {
    let (mut y, mut n) = (x, 0);
    let mut code = -1;
    while n < 20 {
        y = y * 0.75 - 0.5;
        if y < -1.0 {
            code = 1;
            break;
        }
        if y < 0.0 {
            code = 2;
            break;
        }
        n += 1;
    }
    code * 100 + n
}

#[vectorize]
pub fn uniform_continue(x: f64, #[uniform] skip: bool) -> f64 {
    let (mut n, mut s) = (0, 0.0);
    loop {
        if n > 20 || x < n as f64 {
            break;
        }
        n += 1;
        if skip {
            continue;
        }
        s += 0.5;
    }
    s + n as f64
}

#[vectorize]
pub fn uniform_condition(x: f64, #[uniform] table: &[f64], #[uniform] skip: bool) -> f64 {
    let (mut n, mut s) = (0, 0.0);
    // Past the end only if lanes that have left go on counting: the last element is above all that stay.
    while table[n] < 4.0 {
        if !(x >= table[n]) {
            break;
        }
        n += 1;
        if skip {
            continue;
        }
        s += x;
    }
    s + n as f64
}

#[vectorize]
pub fn position(x: f64, #[uniform] table: &[f64]) -> f64 {
    let mut i = 0;
    while i < table.len() && table[i] < x {
        i += 1;
    }
    let below = if i > 0 { table[i - 1] } else { -1.0 };
    below + i as f64 * 10.0
}

#[vectorize]
pub fn out_of_a_block(x: f64) -> i32 {
    let mut n = 1;
    'steps: {
        if x < 0.0 {
            break 'steps;
        }
        n += 1;
        if x < 2.0 {
            break 'steps;
        }
        n *= 5;
    }
    n
}

#[vectorize]
pub fn last_index(n: u8) -> u32 {
    let mut last = 77;
    for i in 3..n as u32 % 40 {
        if i * i > n as u32 {
            break;
        }
        last = i;
    }
    last
}

#[vectorize]
pub fn costly_rest(x: f64) -> f64 {
    let (mut y, mut n) = (x, 0);
    loop {
        if n == 15 || y < 1.0 {
            break;
        }
        // Dear enough to be skipped where no lane is left.
        y = (y * 0.5 + 1.0).sqrt() * 2.0 - (y * 0.25 - 0.5).abs() / (1.0 + y * y) - (y - 1.0).max(0.5) * 0.125;
        n += 1;
        y = y.min(1e6) - (n as f64) * 0.0625;
    }
    y + n as f64 * 100.0
}

#[vectorize]
pub fn jumps_among_matches(x: f64, y: u8) -> f64 {
    let mut best = (0.0, 0u32);
    let mut n = 0u32;
    let out = 'done: {
        for i in 0..8u32 {
            let v = x * i as f64;
            n += 1;
            match (i % 3, y % 4) {
                (0, 1) => continue,
                (1, _) if v > 4.0 => {
                    best = (v, n);
                    break;
                }
                (2, 2) => break 'done best.0,
                (2, 3) => return n as f64,
                _ => best.1 += 1,
            }
            n += 1;
        }
        best.0 + 1.0
    };
    out + best.1 as f64 * 100.0 + n as f64 * 10.0
}
