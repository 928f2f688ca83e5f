//! Reductions in plain Rust, by the tree that the library promises.

/// Elements in this order join as many accumulators as a sequence of this type has.
fn width<T>() -> usize {
    if size_of::<T>() == 8 { 32 } else { 64 }
}

/// A sequence's result: blocks of 32 elements an accumulator, combined as a balanced tree, then accumulators by halves.
pub(crate) fn tree<T: Copy>(values: &[T], op: &dyn Fn(T, T) -> T) -> T {
    let mut totals = accumulators(values, op);
    while totals.len() > 1 {
        let half = totals.len().next_power_of_two() / 2;
        let right = totals.split_off(half);
        join(&mut totals, &right, op);
    }
    totals[0]
}

fn accumulators<T: Copy>(values: &[T], op: &dyn Fn(T, T) -> T) -> Vec<T> {
    let (width, block) = (width::<T>(), 32 * width::<T>());
    let blocks = values.len().div_ceil(block);
    if blocks > 1 {
        let (left, right) = values.split_at(blocks.next_power_of_two() / 2 * block);
        let mut totals = accumulators(left, op);
        join(&mut totals, &accumulators(right, op), op);
        return totals;
    }
    let mut chunks = values.chunks(width);
    let mut totals = chunks.next().expect("a block has elements").to_vec();
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
