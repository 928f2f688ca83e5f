//! Reductions in plain Rust, by the tree that the library promises.

/// Elements in this order join as many accumulators as a sequence of this type has.
fn width<T>() -> usize {
    if size_of::<T>() == 8 { 32 } else { 64 }
}

/// Elements that join an accumulator one after the other, and runs of them in a block.
const CHUNKS: usize = 8;
const RUNS: usize = 8;

/// A sequence's result: blocks, combined as a balanced tree.
pub(crate) fn tree<T: Copy>(values: &[T], op: &dyn Fn(T, T) -> T) -> T {
    let block = RUNS * CHUNKS * width::<T>();
    if values.len() > block {
        let (left, right) = halves(values, block);
        return op(tree(left, op), tree(right, op));
    }
    let mut totals = accumulators(values, op);
    while totals.len() > 1 {
        let half = totals.len().next_power_of_two() / 2;
        let right = totals.split_off(half);
        join(&mut totals, &right, op);
    }
    totals[0]
}

/// The parts of a balanced tree over pieces of this length, of which there are several.
fn halves<T>(values: &[T], piece: usize) -> (&[T], &[T]) {
    values.split_at(values.len().div_ceil(piece).next_power_of_two() / 2 * piece)
}

/// The accumulators of a block: runs, combined as a balanced tree.
fn accumulators<T: Copy>(values: &[T], op: &dyn Fn(T, T) -> T) -> Vec<T> {
    let run = CHUNKS * width::<T>();
    if values.len() > run {
        let (left, right) = halves(values, run);
        let mut totals = accumulators(left, op);
        join(&mut totals, &accumulators(right, op), op);
        return totals;
    }
    let mut chunks = values.chunks(width::<T>());
    let mut totals = chunks.next().expect("a run has elements").to_vec();
    chunks.for_each(|chunk| join(&mut totals, chunk, op));
    totals
}

fn join<T: Copy>(totals: &mut [T], values: &[T], op: &dyn Fn(T, T) -> T) {
    for (total, value) in totals.iter_mut().zip(values) {
        *total = op(*total, *value);
    }
}

/// From the first element to the last.
pub(crate) fn ordered<T: Copy>(values: &[T], op: &dyn Fn(T, T) -> T) -> T {
    values.iter().copied().reduce(op).expect("there are elements")
}
