//! [`Slots`]: memory for the accumulators of blocks that wait to be combined.

/// A cache line.
#[repr(C, align(64))]
#[derive(Clone, Copy)]
struct Line([u64; 8]);

/// Places of equal size, each at the start of a cache line; zero at first.
pub(crate) struct Slots {
    lines: Vec<Line>,
    each: usize,
}

impl Slots {
    /// So many places of so many bytes.
    pub(crate) fn new(count: usize, bytes: usize) -> Self {
        let each = bytes.div_ceil(size_of::<Line>());
        Self { lines: vec![Line([0; 8]); each * count], each }
    }

    /// A place.
    ///
    /// # Panics
    /// When there is no such place.
    pub(crate) fn at(&mut self, slot: usize) -> *mut u8 {
        self.lines[slot * self.each..][..self.each].as_mut_ptr().cast()
    }
}
