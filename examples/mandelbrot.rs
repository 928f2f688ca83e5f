//! A picture of the Mandelbrot set: every pixel leaves the loop when it is done.
//! `cargo run --release --example mandelbrot [picture.png]`

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fs::File;
use std::io::BufWriter;
use std::time::{Duration, Instant};

use ndarray::{Array, Array1, Array2, Array3, Axis, s};
use ufunc::prelude::*;

/// How many steps a point takes to escape, and how far out it is then.
#[vectorize]
fn escape(x: f64, y: f64, #[uniform] max_steps: u32) -> (u32, f64) {
    let (mut re, mut im, mut steps) = (x, y, 0);
    while steps < max_steps && re * re + im * im <= 65536.0 {
        let t = re * re - im * im + x;
        im = 2.0 * re * im + y;
        re = t;
        steps += 1;
    }
    (steps, re * re + im * im)
}

/// One colour channel: a wave over the number of steps, made smooth by the distance; black inside.
#[vectorize]
fn channel(steps: u32, distance: f64, #[uniform] max_steps: u32, #[uniform] phase: f32) -> u8 {
    if steps == max_steps {
        return 0;
    }
    let smooth = steps as f32 + 4.0 - (distance as f32).log2().log2();
    let wave = 0.5 - 0.5 * (smooth.sqrt() + phase).cos();
    (255.0 * wave) as u8
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "mandelbrot.png".to_owned());
    let (width, height, max_steps) = (1536, 1024, 1000);
    // A row and a column of coordinates broadcast to the picture.
    let x = Array::linspace(-0.181, -0.139, width);
    let y = Array::linspace(1.0505, 1.0225, height).insert_axis(Axis(1));

    let start = Instant::now();
    let twin = scalar(&x, &y, max_steps);
    let scalar_time = start.elapsed();
    let start = Instant::now();
    let (steps, distance): (Array2<u32>, Array2<f64>) = escape(&x, &y, max_steps);
    let one_thread = start.elapsed();
    let start = Instant::now();
    let again = escape::with(&x, &y, max_steps).parallel(true).min_len(4096).eval();
    let all_threads = start.elapsed();
    assert!(steps == twin && steps == again.0, "the same bits, however they are computed");

    let mut picture = Array3::zeros((height, width, 3));
    let (red, green, blue) = picture.multi_slice_mut((s![.., .., 0], s![.., .., 1], s![.., .., 2]));
    channel::par_into(&steps, &distance, max_steps, 0.0, red);
    channel::par_into(&steps, &distance, max_steps, 0.6, green);
    channel::par_into(&steps, &distance, max_steps, 1.2, blue);

    let mut encoder = png::Encoder::new(BufWriter::new(File::create(&path)?), width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header()?.write_image_data(picture.as_slice().expect("a new array is contiguous"))?;

    let ratio = |time: Duration| scalar_time.as_secs_f64() / time.as_secs_f64();
    println!("level {}", ufunc::Level::current());
    println!("scalar twin  {scalar_time:8.1?}");
    println!("one thread   {one_thread:8.1?} {:6.1} ×", ratio(one_thread));
    println!("all threads  {all_threads:8.1?} {:6.1} ×", ratio(all_threads));
    println!("{path}: {width} × {height}");
    Ok(())
}

/// The picture pixel by pixel.
fn scalar(x: &Array1<f64>, y: &Array2<f64>, max_steps: u32) -> Array2<u32> {
    Array2::from_shape_fn((y.len(), x.len()), |(j, i)| escape::scalar(x[i], y[[j, 0]], max_steps).0)
}
