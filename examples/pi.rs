//! Pi from random points: a counter-based generator makes point `i` from `i` alone, so that lanes and threads need no state,
//! and all ways to run it count the same points.
//! `cargo run --release --example pi [millions of points]`

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::time::{Duration, Instant};

use rayon::ThreadPoolBuilder;
use ufunc::prelude::*;

/// Philox 2x32-10 (Salmon and others, 2011): two random words for each counter of two words.
#[jit]
fn philox(low: u32, high: u32, key: u32) -> (u32, u32) {
    let (mut x, mut y, mut k) = (low, high, key);
    for _ in 0..10 {
        let product = x as u64 * 0xD256_D193;
        x = (product >> 32) as u32 ^ k ^ y;
        y = product as u32;
        k = k.wrapping_add(0x9E37_79B9);
    }
    (x, y)
}

/// How many points of the unit square lie within a quarter of the circle: of so many for each count, and of all.
#[jit(parallel)]
fn inside(key: u32, points: u32, counts: &mut [u64]) -> u64 {
    let mut all: u64 = 0;
    for batch in prange(0..counts.len()) {
        let mut count: u64 = 0;
        for i in 0..points {
            let (x, y) = philox(i, batch as u32, key);
            let (x, y) = ((x >> 1) as u64, (y >> 1) as u64);
            count += (x * x + y * y < 1 << 62) as u64;
        }
        counts[batch] = count;
        all += count;
    }
    all
}

fn main() -> Result<(), Box<dyn Error>> {
    let batches = std::env::args().nth(1).map_or(Ok(100), |text| text.parse())?;
    let (key, points) = (2026, 1_000_000);
    let (mut counts, mut others) = (vec![0; batches], vec![0; batches]);
    let one_thread = ThreadPoolBuilder::new().num_threads(1).build()?;
    let (twin, scalar_time) = timed(|| inside::scalar(key, points, &mut counts));
    let (alone, one_time) = timed(|| one_thread.install(|| inside(key, points, &mut others)));
    let (all, all_time) = timed(|| inside(key, points, &mut others));
    assert!(all == twin && all == alone && others == counts, "the same points, whoever counts them");

    // The batches are apart by chance alone: how far says how far their mean may be off.
    let estimates = counts.iter().map(|count| 4.0 * *count as f64 / f64::from(points));
    let mean = 4.0 * all as f64 / (batches as f64 * f64::from(points));
    let spread = estimates.map(|estimate| (estimate - mean).powi(2)).sum::<f64>().sqrt() / batches as f64;
    println!("pi = {mean:.6} ± {spread:.6} from {batches} million points");
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
