//! Stars that attract each other, all pairs, in `f32`: the energy they lose shows how good the steps are.
//! `cargo run --release --example nbody [bodies]`

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::time::{Duration, Instant};

use rayon::ThreadPoolBuilder;
use ufunc::prelude::*;

/// What keeps stars that meet from throwing each other out, squared.
const SOFTENING: f32 = 1e-3;

/// The acceleration of each body. A thread has some bodies, the lanes have what attracts them.
#[jit(parallel)]
fn attract(x: &[f32], y: &[f32], z: &[f32], mass: &[f32], ax: &mut [f32], ay: &mut [f32], az: &mut [f32]) {
    for i in prange(0..x.len()) {
        let (mut sx, mut sy, mut sz): (f32, f32, f32) = (0.0, 0.0, 0.0);
        for j in 0..x.len() {
            let (dx, dy, dz) = (x[j] - x[i], y[j] - y[i], z[j] - z[i]);
            let near = 1.0 / (dx * dx + dy * dy + dz * dz + SOFTENING).sqrt();
            let pull = mass[j] * near * near * near;
            sx += pull * dx;
            sy += pull * dy;
            sz += pull * dz;
        }
        ax[i] = sx;
        ay[i] = sy;
        az[i] = sz;
    }
}

/// `to += factor * by`
#[jit]
fn advance(to: &mut [f32], factor: f32, by: &[f32]) {
    for (to, by) in to.iter_mut().zip(by) {
        *to += factor * by;
    }
}

/// The energy of motion and of all pairs.
#[jit(parallel)]
fn energy(x: &[f32], y: &[f32], z: &[f32], vx: &[f32], vy: &[f32], vz: &[f32], mass: &[f32]) -> f64 {
    let mut total: f64 = 0.0;
    for i in prange(0..x.len()) {
        let speed = (vx[i] * vx[i] + vy[i] * vy[i] + vz[i] * vz[i]) as f64;
        let mut pairs: f64 = 0.0;
        for j in i + 1..x.len() {
            let (dx, dy, dz) = (x[j] - x[i], y[j] - y[i], z[j] - z[i]);
            pairs += (mass[j] / (dx * dx + dy * dy + dz * dz + SOFTENING).sqrt()) as f64;
        }
        total += mass[i] as f64 * (0.5 * speed - pairs);
    }
    total
}

/// Positions, velocities and accelerations, a vector for each axis.
#[derive(Clone)]
struct Stars {
    at: [Vec<f32>; 3],
    velocity: [Vec<f32>; 3],
    pull: [Vec<f32>; 3],
    mass: Vec<f32>,
}

impl Stars {
    /// A ball of stars that turns about its axis.
    fn ball(count: usize) -> Self {
        let mut random = fastrand::Rng::with_seed(7);
        let mut stars = Self {
            at: Default::default(),
            velocity: Default::default(),
            pull: Default::default(),
            mass: vec![1.0 / count as f32; count],
        };
        while stars.at[0].len() < count {
            let [x, y, z] = std::array::from_fn(|_| 2.0 * random.f32() - 1.0);
            if x * x + y * y + z * z < 1.0 {
                for (axis, (at, velocity)) in [(x, -0.6 * y), (y, 0.6 * x), (z, 0.0)].into_iter().enumerate() {
                    stars.at[axis].push(at);
                    stars.velocity[axis].push(velocity);
                    stars.pull[axis].push(0.0);
                }
            }
        }
        stars
    }

    fn energy(&self) -> f64 {
        let ([x, y, z], [vx, vy, vz]) = (&self.at, &self.velocity);
        energy(x, y, z, vx, vy, vz, &self.mass)
    }

    /// Steps of the leapfrog, with a function for the accelerations.
    fn run(&mut self, steps: usize, dt: f32, attract: Attract) {
        for _ in 0..steps {
            self.drift(0.5 * dt);
            let ([x, y, z], [ax, ay, az]) = (&self.at, &mut self.pull);
            attract(x, y, z, &self.mass, ax, ay, az);
            for (velocity, pull) in self.velocity.iter_mut().zip(&self.pull) {
                advance(velocity, dt, pull);
            }
            self.drift(0.5 * dt);
        }
    }

    fn drift(&mut self, dt: f32) {
        for (at, velocity) in self.at.iter_mut().zip(&self.velocity) {
            advance(at, dt, velocity);
        }
    }
}

type Attract = fn(&[f32], &[f32], &[f32], &[f32], &mut [f32], &mut [f32], &mut [f32]);

fn main() -> Result<(), Box<dyn Error>> {
    let count = std::env::args().nth(1).map_or(Ok(4096), |text| text.parse())?;
    let (steps, dt) = (50, 0.002);
    let mut stars = Stars::ball(count);
    let before = stars.energy();
    let mut twins = stars.clone();
    let mut alone = stars.clone();

    let one_thread = ThreadPoolBuilder::new().num_threads(1).build()?;
    // The twin is slow: a tenth of the steps say how slow.
    let scalar_time = timed(|| twins.run(steps / 10, dt, attract::scalar)) * 10;
    let one_time = timed(|| one_thread.install(|| alone.run(steps, dt, attract)));
    let all_time = timed(|| stars.run(steps, dt, attract));
    assert!(stars.at == alone.at, "the same bits on any number of threads");

    let after = stars.energy();
    println!(
        "{count} stars, {steps} steps: energy {before:.6}, then {after:.6} ({:+.1e} of it)",
        (after - before) / before.abs()
    );
    println!("level {}", ufunc::Level::current());
    println!("scalar twin  {scalar_time:8.1?}");
    let ratio = |time: Duration| scalar_time.as_secs_f64() / time.as_secs_f64();
    let pairs = |time: Duration| (steps * count * count) as f64 / time.as_secs_f64() / 1e9;
    println!("one thread   {one_time:8.1?} {:6.1} × {:8.2} billion pairs a second", ratio(one_time), pairs(one_time));
    println!("all threads  {all_time:8.1?} {:6.1} × {:8.2}", ratio(all_time), pairs(all_time));
    Ok(())
}

fn timed(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}
