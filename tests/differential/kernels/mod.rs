pub mod arrays;
pub mod branches;
pub mod calls;
pub mod counters;
pub mod floats;
pub mod integers;
pub mod loops;
pub mod math;
