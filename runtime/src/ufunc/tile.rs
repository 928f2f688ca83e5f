//! Tiles: a nest's two innermost axes in parts that are small enough to stay in the first-level cache whichever way an
//! operand lies in memory, so that each cache line is fetched once.

use std::ops::Range;

use super::execute::Scratch;
use super::nest::Nest;
use super::plan::Steps;
use super::stack::PerOperand;
use super::stage::{ALIGN, Buffer, ROWS, Stage, WHOLE};
use crate::lanes::moves::Rows;
use crate::lanes::stream::{Fence, stream};

/// The rows of a tile where an operand's columns are its rows in memory: whole cache lines of it.
const TURNED_ROWS: usize = 32;

/// The most columns of such a tile: each is another page.
const TURNED_COLUMNS: usize = 64;

/// How a tile takes an operand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Take {
    /// Row by row, where it is.
    Direct,
    /// From a slot that has one row for all: a constant.
    Row,
    /// From a slot that has the tile.
    Tile,
    /// To a slot that has the tile, and from there past the caches.
    Stream,
}

/// A tile's place in the two innermost axes.
struct Tile {
    rows: Range<usize>,
    columns: Range<usize>,
}

impl Nest<'_> {
    /// Computes a range of a nest with two axes or more, whose rows are a gang or longer.
    ///
    /// # Safety
    /// As for [`run`](Self::run).
    #[inline(never)]
    pub(super) unsafe fn tiled(&self, range: Range<usize>) {
        let width = self.bases.len();
        let axis = self.shape.len() - 2;
        let (count, len) = (self.shape[axis], self.shape[axis + 1]);
        let (outer, inner) = (&self.steps[axis * width..][..width], self.inner_steps());
        let mut take = PerOperand::<Take>::new();
        take.extend((0..width).map(|k| match (outer[k], inner[k]) {
            (_, step) if step == self.sizes[k] as isize => Take::Direct,
            (0, 0) => Take::Row,
            _ => Take::Tile,
        }));
        let is_turned =
            (0..width).any(|k| take[k] == Take::Tile && inner[k] != 0 && outer[k] == self.sizes[k] as isize);
        let streams = self.machine.streams && !is_turned;
        let _fence = streams.then_some(Fence);
        if streams {
            let direct = take[self.machine.inputs..].iter_mut().filter(|take| **take == Take::Direct);
            direct.for_each(|take| *take = Take::Stream);
        }
        let mut staged = PerOperand::<usize>::new();
        let in_slot = |(size, take): (&usize, &Take)| if *take == Take::Direct { 0 } else { *size };
        staged.extend(self.sizes.iter().zip(&take[..]).map(in_slot));
        let mut buffer = Buffer::new();
        let mut stage = Stage::new(&mut buffer);
        stage.divide(&staged, if is_turned { WHOLE } else { ROWS });
        let lanes = self.machine.lanes;
        let columns = if is_turned {
            (stage.block() / TURNED_ROWS / lanes * lanes).clamp(lanes, TURNED_COLUMNS)
        } else {
            stage.block()
        };
        let mut part = Scratch::new();
        let whole = range.start.div_ceil(len)..range.end / len;
        if whole.start > whole.end {
            // A part of one row.
            // SAFETY: the same contract.
            return unsafe { self.part_of_row(range, &mut part) };
        }
        // SAFETY: the same contract, for parts of the range.
        unsafe {
            if range.start < whole.start * len {
                self.part_of_row(range.start..whole.start * len, &mut part);
            }
            let mut row = whole.start;
            while row < whole.end {
                let first = row % count;
                let rows = (count - first).min(whole.end - row);
                let mut bases = PerOperand::new();
                self.plane(row / count, &mut bases);
                let plane =
                    Nest { bases: &bases, shape: &self.shape[axis..], steps: &self.steps[axis * width..], ..*self };
                let last = first + rows;
                let tile_rows = (stage.block() / columns.min(len)).max(1);
                let mut tile = |rows: Range<usize>, mut columns: Range<usize>| {
                    columns.end = columns.end.min(len);
                    if columns.len() < lanes && !self.machine.in_place {
                        columns.start = len - lanes;
                    }
                    plane.tile(&take, &Tile { rows, columns }, &mut stage, &mut part);
                };
                if is_turned {
                    // Down the columns, which lie in the pages of the tile before.
                    for column in (0..len).step_by(columns) {
                        for row in (first..last).step_by(tile_rows) {
                            tile(row..last.min(row + tile_rows), column..column + columns);
                        }
                    }
                } else {
                    for row in (first..last).step_by(tile_rows) {
                        let rows = row..last.min(row + tile_rows);
                        // The first tile of a long row ends with a cache line of the results.
                        let mut end = if len > columns { columns - plane.past_cache_line(row) } else { columns };
                        tile(rows.clone(), 0..end);
                        while end < len {
                            tile(rows.clone(), end..end + columns);
                            end += columns;
                        }
                    }
                }
                row += rows;
            }
            if whole.end * len < range.end {
                self.part_of_row(whole.end * len..range.end, &mut part);
            }
        }
    }

    /// How many elements the first output is behind a cache line at the start of a row, but for whole blocks of [`ALIGN`]; zero where its
    /// elements do not follow one another.
    fn past_cache_line(&self, row: usize) -> usize {
        let k = self.machine.inputs;
        if self.inner_steps()[k] != self.sizes[k] as isize {
            return 0;
        }
        let start = self.bases[k].wrapping_offset(self.steps[k].wrapping_mul(row as isize));
        start.addr() % ALIGN / self.sizes[k]
    }

    /// Computes a range that is a part of one row.
    ///
    /// # Safety
    /// As for [`run`](Self::run).
    unsafe fn part_of_row(&self, range: Range<usize>, part: &mut Scratch) {
        let axis = self.shape.len() - 2;
        let (count, len) = (self.shape[axis], self.shape[axis + 1]);
        if range.len() < self.machine.lanes {
            // SAFETY: the same contract.
            return unsafe { self.in_parts(range, part) };
        }
        let (row, column) = (range.start / len, range.start % len);
        let mut bases = PerOperand::new();
        self.plane(row / count, &mut bases);
        let outer = &self.steps[axis * self.bases.len()..];
        for ((base, outer), inner) in bases.iter_mut().zip(outer).zip(self.inner_steps()) {
            *base = base.wrapping_offset(outer.wrapping_mul((row % count) as isize));
            *base = base.wrapping_offset(inner.wrapping_mul(column as isize));
        }
        // SAFETY: the same contract, for a part of the range.
        unsafe { Nest { bases: &bases, ..*self }.one_row(range.len()) };
    }

    /// Computes so many elements along the innermost axis, a gang or more.
    ///
    /// # Safety
    /// As for [`run`](Self::run).
    pub(super) unsafe fn one_row(&self, len: usize) {
        let inner = self.inner_steps();
        let mut steps = Steps::new();
        steps.extend(inner.iter().map(|_| 0));
        steps.extend(inner.iter().copied());
        // SAFETY: the same contract.
        unsafe { Nest { shape: &[1, len], steps: &steps, ..*self }.tiled(0..len) };
    }

    /// Lists where the operands are at an index of the axes but the two innermost ones.
    fn plane(&self, index: usize, places: &mut PerOperand<*mut u8>) {
        let width = self.bases.len();
        places.extend(self.bases.iter().copied());
        let mut rest = index;
        for axis in (0..self.shape.len() - 2).rev() {
            let at = rest % self.shape[axis];
            rest /= self.shape[axis];
            for (place, step) in places.iter_mut().zip(&self.steps[axis * width..][..width]) {
                *place = place.wrapping_offset(step * at as isize);
            }
        }
    }

    /// Computes one tile of a nest of two axes.
    ///
    /// # Safety
    /// As for [`run`](Self::run), and the stage has slots for the operands that are not taken directly, of as many elements
    /// as the tile has.
    unsafe fn tile(&self, take: &[Take], tile: &Tile, stage: &mut Stage<'_>, part: &mut Scratch) {
        let (lanes, width) = (self.machine.lanes, self.bases.len());
        let (count, len) = (tile.rows.len(), tile.columns.len());
        let (outer, inner) = self.steps.split_at(width);
        let corner = |k: usize| {
            let down = outer[k].wrapping_mul(tile.rows.start as isize);
            self.bases[k].wrapping_offset(down.wrapping_add(inner[k].wrapping_mul(tile.columns.start as isize)))
        };
        if len < lanes {
            let mut bases = PerOperand::<*mut u8>::new();
            bases.extend((0..width).map(corner));
            // SAFETY: the same contract, for a part of the nest.
            return unsafe { Nest { bases: &bases, shape: &[count, len], ..*self }.in_parts(0..count * len, part) };
        }
        let rows = |k: usize| Rows { start: corner(k), count, row_step: outer[k], len, step: inner[k] };
        let mut operands = PerOperand::<*mut u8>::new();
        let mut steps = PerOperand::<isize>::new();
        for k in 0..width {
            let slot = stage.slot(k);
            let (place, step) = match take[k] {
                Take::Direct => (corner(k), outer[k]),
                Take::Row => {
                    // SAFETY: only this fills the operand's slot, with no more than it holds.
                    unsafe { self.repeat(k, 1, len, stage) };
                    (slot, 0)
                }
                Take::Tile | Take::Stream => {
                    if k < self.machine.inputs {
                        // SAFETY: the rows are a part of the operand, and the tile fits the slot.
                        unsafe { (self.machine.moves.gather)(self.sizes[k], slot, &rows(k)) };
                    }
                    (slot, (len * self.sizes[k]) as isize)
                }
            };
            operands.push(place);
            steps.push(step);
        }
        let rest = len % lanes;
        for _ in 0..count {
            // SAFETY: each operand has a row here, in place or in its slot. The last gang may overlap the one before it:
            // then elements are computed twice, from inputs that no output has touched. In place the rest of a row, which
            // is shorter than a gang, goes through a stage of its own.
            unsafe {
                self.machine.call(&operands, len / lanes);
                if rest > 0 {
                    let back = if self.machine.in_place { rest } else { lanes };
                    let last = |(place, size): (&*mut u8, &usize)| place.wrapping_add((len - back) * size);
                    let mut places = PerOperand::<*mut u8>::new();
                    places.extend(operands.iter().zip(self.sizes).map(last));
                    if self.machine.in_place { self.machine.few(&places, rest) } else { self.machine.call(&places, 1) }
                }
            }
            for (place, step) in operands.iter_mut().zip(&steps[..]) {
                *place = place.wrapping_offset(*step);
            }
        }
        for (k, take) in take.iter().enumerate().skip(self.machine.inputs) {
            // SAFETY: the rows are a part of the output, and the machine loop has written the slot.
            unsafe {
                match take {
                    Take::Tile => (self.machine.moves.scatter)(self.sizes[k], stage.slot(k), &rows(k)),
                    Take::Stream => {
                        let (bytes, Rows { start, row_step, .. }) = (len * self.sizes[k], rows(k));
                        for row in 0..count {
                            let to = start.wrapping_offset(row as isize * row_step);
                            stream(to, stage.slot(k).add(row * bytes), bytes);
                        }
                    }
                    Take::Direct | Take::Row => {}
                }
            }
        }
    }
}
