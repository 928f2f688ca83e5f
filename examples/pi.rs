//! Pi from random points: a counter-based generator makes point `i` from `i` alone, so that lanes and threads need no state,
//! and all ways to run it count the same points.
//! `cargo run --release --example pi [millions of points]`

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::time::{Duration, Instant};

use rayon::ThreadPoolBuilder;
use ufunc::prelude::*;

/// Philox 2x32-10 (Salmon and others, 2011): two random words for each counter.
#[jit]
fn philox(counter: u64, key: u32) -> (u32, u32) {
    let (mut x, mut y, mut k) = (counter as u32, (counter >> 32) as u32, key);
    for _ in 0..10 {
        let product = x as u64 * 0xD256_D193;
        x = (product >> 32) as u32 ^ k ^ y;
        y = product as u32;
        k = k.wrapping_add(0x9E37_79B9);
    }
    (x, y)
}

/// How many of so many points of the unit square lie within a quarter of the circle, for each of the keys in turn.
#[jit(parallel)]
fn inside(keys: &[u32], points: usize) -> u64 {
    let mut count: u64 = 0;
    for i in prange(0..points) {
        for &key in keys {
            let (x, y) = philox(i as u64, key);
            let (x, y) = ((x >> 1) as u64, (y >> 1) as u64);
            count += (x * x + y * y < 1 << 62) as u64;
        }
    }
    count
}

fn main() -> Result<(), Box<dyn Error>> {
    let millions = std::env::args().nth(1).map_or(Ok(100), |text| text.parse::<usize>())?;
    let (keys, points) = ([1, 2, 3, 4], millions * 250_000);
    let one_thread = ThreadPoolBuilder::new().num_threads(1).build()?;
    let (twin, scalar_time) = timed(|| inside::scalar(&keys, points));
    let (count, one_time) = timed(|| one_thread.install(|| inside(&keys, points)));
    let (again, all_time) = timed(|| inside(&keys, points));
    assert!(count == twin && count == again, "the same points, whoever counts them");

    let share = count as f64 / (points * keys.len()) as f64;
    let error = 4.0 * (share * (1.0 - share) / (points * keys.len()) as f64).sqrt();
    println!("pi = {:.6} ± {error:.6} from {millions} million points", 4.0 * share);
    println!("level {}", ufunc::Level::current());
    println!("scalar twin  {scalar_time:8.1?}");
    let ratio = |time: Duration| scalar_time.as_secs_f64() / time.as_secs_f64();
    println!("one thread   {one_time:8.1?} {:6.1} ×", ratio(one_time));
    println!("all threads  {all_time:8.1?} {:6.1} ×", ratio(all_time));
    Ok(())
}

fn timed<R>(call: impl FnOnce() -> R) -> (R, Duration) {
    let start = Instant::now();
    let result = call();
    (result, start.elapsed())
}
