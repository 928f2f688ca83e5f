//! A Gaussian blur and a gamma correction of a picture: in linear light, where brightness adds up.
//! `cargo run --release --example blur [picture.png] [radius] [gamma]`; without a picture it makes one.

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::time::{Duration, Instant};

use ndarray::{Array2, Array3, ArrayView2, ArrayViewMut2, Axis};
use rayon::ThreadPoolBuilder;
use ufunc::prelude::*;

/// Linear light from a byte.
#[vectorize]
fn light(byte: u8) -> f32 {
    (byte as f32 / 255.0).powf(2.2)
}

/// A byte from linear light, brightened by a gamma above 1.
#[vectorize]
fn byte(light: f32, #[uniform] gamma: f32) -> u8 {
    (255.0 * light.powf(1.0 / (2.2 * gamma)) + 0.5) as u8
}

/// Weighted means along columns, beyond the border its own value: a pixel is a lane, which adds them up in order.
#[jit(parallel)]
fn blur_columns(x: ArrayView2<f32>, weights: &[f32], mut out: ArrayViewMut2<f32>) {
    let reach = weights.len() / 2;
    for i in prange(0..x.nrows()) {
        for j in 0..x.ncols() {
            let mut mean: f32 = 0.0;
            #[scalar]
            for k in 0..weights.len() {
                let row = (i + k).max(reach).min(x.nrows() - 1 + reach) - reach;
                mean += weights[k] * x[[row, j]];
            }
            out[[i, j]] = mean;
        }
    }
}

/// The same along rows: within a row the neighbours are further along the lanes, and only near its ends they are looked up one by one.
#[jit(parallel)]
fn blur_rows(x: ArrayView2<f32>, weights: &[f32], mut out: ArrayViewMut2<f32>) {
    let (reach, width) = (weights.len() / 2, x.ncols());
    for i in prange(0..x.nrows()) {
        for j in reach..width - reach {
            let mut mean: f32 = 0.0;
            #[scalar]
            for k in 0..weights.len() {
                mean += weights[k] * x[[i, j + k - reach]];
            }
            out[[i, j]] = mean;
        }
        for end in 0..2 * reach {
            let j = if end < reach { end } else { width - 2 * reach + end };
            let mut mean: f32 = 0.0;
            #[scalar]
            for k in 0..weights.len() {
                let column = (j + k).max(reach).min(width - 1 + reach) - reach;
                mean += weights[k] * x[[i, column]];
            }
            out[[i, j]] = mean;
        }
    }
}

type Blur = fn(ArrayView2<f32>, &[f32], ArrayViewMut2<f32>);

/// Both directions, of each channel.
fn blur(picture: &Array3<f32>, weights: &[f32], rows: Blur, columns: Blur) -> Array3<f32> {
    let mut out = Array3::zeros(picture.raw_dim());
    let mut between = Array2::zeros((picture.len_of(Axis(1)), picture.len_of(Axis(2))));
    for (channel, blurred) in picture.outer_iter().zip(out.outer_iter_mut()) {
        rows(channel, weights, between.view_mut());
        columns(between.view(), weights, blurred);
    }
    out
}

fn gauss(radius: f32) -> Vec<f32> {
    let reach = (3.0 * radius).ceil() as i32;
    let weights: Vec<f32> = (-reach..=reach).map(|k| (-0.5 * (k as f32 / radius).powi(2)).exp()).collect();
    let total: f32 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / total).collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let source = arguments.next();
    let radius = arguments.next().map_or(Ok(4.0), |text| text.parse())?;
    let gamma = arguments.next().map_or(Ok(1.0), |text| text.parse())?;
    let bytes = source.as_deref().map_or_else(|| Ok(drawn(1024, 1536)), read)?;
    let picture: Array3<f32> = light::par(&bytes);
    let weights = gauss(radius);
    if bytes.len_of(Axis(2)) < weights.len() {
        return Err(format!("the picture is narrower than the {} weights of this radius", weights.len()).into());
    }

    let (twin, scalar_time) = timed(|| blur(&picture, &weights, blur_rows::scalar, blur_columns::scalar));
    let one_thread = ThreadPoolBuilder::new().num_threads(1).build()?;
    let (alone, one_time) = timed(|| one_thread.install(|| blur(&picture, &weights, blur_rows, blur_columns)));
    let (blurred, all_time) = timed(|| blur(&picture, &weights, blur_rows, blur_columns));
    assert!(blurred == twin && blurred == alone, "the same bits, however they are computed");

    let path = "blurred.png";
    write(path, &byte::par(&blurred, gamma))?;
    println!("level {}", ufunc::Level::current());
    println!("scalar twin  {scalar_time:8.1?}");
    let ratio = |time: Duration| scalar_time.as_secs_f64() / time.as_secs_f64();
    println!("one thread   {one_time:8.1?} {:6.1} ×", ratio(one_time));
    println!("all threads  {all_time:8.1?} {:6.1} ×", ratio(all_time));
    println!("{path}: {} × {}, {} weights each way", bytes.len_of(Axis(2)), bytes.len_of(Axis(1)), weights.len());
    Ok(())
}

fn timed<R>(call: impl FnOnce() -> R) -> (R, Duration) {
    let start = Instant::now();
    let result = call();
    (result, start.elapsed())
}

/// Rings and bars, fine enough to be blurred: channel, row, column.
fn drawn(height: usize, width: usize) -> Array3<u8> {
    Array3::from_shape_fn((3, height, width), |(channel, row, column)| {
        let (y, x) = (row as f32 - 0.5 * height as f32, column as f32 - 0.5 * width as f32);
        let ring = ((x * x + y * y) / (900.0 + 260.0 * channel as f32)).sin();
        let bar = if (row / 64 + column / 64).is_multiple_of(2) { 1.0 } else { 0.55 };
        (127.5 * (1.0 + ring) * bar) as u8
    })
}

/// The picture's channels, each rows of columns; transparency is left out.
fn read(path: &str) -> Result<Array3<u8>, Box<dyn Error>> {
    let mut decoder = png::Decoder::new(BufReader::new(File::open(path)?));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info()?;
    let size = reader.output_buffer_size().ok_or("the picture is too large")?;
    let mut bytes = vec![0; size];
    let info = reader.next_frame(&mut bytes)?;
    let (height, width, samples) = (info.height as usize, info.width as usize, info.color_type.samples());
    let pixels = Array3::from_shape_vec((height, width, samples), bytes[..info.buffer_size()].to_vec())?;
    // Grey pictures have their one channel three times.
    let colours = if samples < 3 { [0, 0, 0] } else { [0, 1, 2] };
    let picture = pixels.select(Axis(2), &colours).permuted_axes([2, 0, 1]);
    Ok(picture.as_standard_layout().into_owned())
}

fn write(path: &str, picture: &Array3<u8>) -> Result<(), Box<dyn Error>> {
    let (_, height, width) = picture.dim();
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(path)?), width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgb);
    let pixels = picture.view().permuted_axes([1, 2, 0]);
    encoder.write_header()?.write_image_data(&pixels.iter().copied().collect::<Vec<u8>>())?;
    Ok(())
}
