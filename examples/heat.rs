//! Heat that spreads over a plate, around walls that let none through and between spots whose temperature is kept.
//! `cargo run --release --example heat [directory for the frames]`

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;
use std::time::{Duration, Instant};

use ndarray::{Array2, Array3, ArrayView2, ArrayViewMut2, s};
use rayon::ThreadPoolBuilder;
use ufunc::prelude::*;

const SIZE: usize = 512;

/// A step of time. `flow` is how well each place conducts: between two places heat flows as the worse of them lets it; where it is
/// negative, the temperature is kept. The largest change comes back.
#[jit(parallel)]
fn step(u: ArrayView2<f32>, flow: ArrayView2<f32>, mut out: ArrayViewMut2<f32>) -> f32 {
    let mut largest: f32 = 0.0;
    for i in prange(1..u.nrows() - 1) {
        for j in 1..u.ncols() - 1 {
            let (here, own) = (u[[i, j]], flow[[i, j]]);
            let north = own.min(flow[[i - 1, j]].abs()) * (u[[i - 1, j]] - here);
            let south = own.min(flow[[i + 1, j]].abs()) * (u[[i + 1, j]] - here);
            let west = own.min(flow[[i, j - 1]].abs()) * (u[[i, j - 1]] - here);
            let east = own.min(flow[[i, j + 1]].abs()) * (u[[i, j + 1]] - here);
            let change = if own < 0.0 { 0.0 } else { (north + south) + (west + east) };
            out[[i, j]] = here + change;
            largest = largest.max(change.abs());
        }
    }
    largest
}

/// From black over red and yellow to white; walls are grey.
#[vectorize]
fn colour(temperature: f32, flow: f32, #[uniform] channel: u32) -> u8 {
    let t = temperature.clamp(0.0, 1.0).sqrt();
    let value = match channel {
        0 => 1.6 * t,
        1 => 2.2 * t * t - 0.35 * t,
        _ => 4.0 * t * t * t * t - 1.6 * t * t * t + 0.35 * t * (1.0 - t),
    };
    if flow == 0.0 { 70 } else { (255.0 * value) as u8 }
}

/// The plate: walls with gaps, a hot spot and a cold rim.
fn plate() -> (Array2<f32>, Array2<f32>) {
    let mut flow = Array2::from_elem((SIZE, SIZE), 0.24_f32);
    for (k, wall) in (64..SIZE).step_by(64).enumerate() {
        flow.slice_mut(s![wall..wall + 4, ..]).fill(0.0);
        for gap in 0..3 {
            let at = (97 * k + 171 * gap + 40) % (SIZE - 40);
            flow.slice_mut(s![wall..wall + 4, at..at + 26]).fill(0.24);
        }
    }
    let mut u = Array2::zeros((SIZE, SIZE));
    for (row, column) in [(30, 60), (226, 440), (480, 180)] {
        u.slice_mut(s![row - 8..row + 8, column - 8..column + 8]).fill(1.0);
        flow.slice_mut(s![row - 8..row + 8, column - 8..column + 8]).fill(-0.24);
    }
    (u, flow)
}

fn main() -> Result<(), Box<dyn Error>> {
    let directory = std::env::args().nth(1).unwrap_or_else(|| "heat".to_owned());
    fs::create_dir_all(&directory)?;
    let (mut u, flow) = plate();
    let mut next = u.clone();
    let (frames, steps) = (12, 1500);
    let mut all_time = Duration::ZERO;
    let mut largest = 0.0;
    for frame in 0..frames {
        frame_to(&Path::new(&directory).join(format!("{frame:02}.png")), &u, &flow)?;
        let start = Instant::now();
        for _ in 0..steps {
            largest = step(u.view(), flow.view(), next.view_mut());
            std::mem::swap(&mut u, &mut next);
        }
        all_time += start.elapsed();
    }

    // The same steps by the twin and on one thread, as many as one frame has.
    let steps_of = |step: fn(ArrayView2<f32>, ArrayView2<f32>, ArrayViewMut2<f32>) -> f32| {
        let (mut u, flow) = plate();
        let mut next = u.clone();
        let start = Instant::now();
        for _ in 0..steps {
            step(u.view(), flow.view(), next.view_mut());
            std::mem::swap(&mut u, &mut next);
        }
        (u, start.elapsed())
    };
    let (twin, scalar_time) = steps_of(step::scalar);
    let (lanes, one_time) = ThreadPoolBuilder::new().num_threads(1).build()?.install(|| steps_of(step));
    assert!(twin == lanes, "the same bits as the scalar twin");

    println!("level {}", ufunc::Level::current());
    let a_step = |name: &str, time: Duration| {
        println!(
            "{name:12} {:8.1?} a step {:6.1} ×",
            time,
            scalar_time.as_secs_f64() / steps as f64 / time.as_secs_f64()
        );
    };
    a_step("scalar twin", scalar_time / steps);
    a_step("one thread", one_time / steps);
    a_step("all threads", all_time / steps / frames);
    println!("{directory}/: {frames} frames, the last step changed {largest:.1e} at most");
    Ok(())
}

fn frame_to(path: &Path, u: &Array2<f32>, flow: &Array2<f32>) -> Result<(), Box<dyn Error>> {
    let mut picture = Array3::zeros((SIZE, SIZE, 3));
    for channel in 0..3 {
        colour::par_into(u, flow, channel, picture.slice_mut(s![.., .., channel as usize]));
    }
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(path)?), SIZE as u32, SIZE as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header()?.write_image_data(picture.as_slice().expect("a new array is contiguous"))?;
    Ok(())
}
