//! The level that a process runs at is what the machine has.

use ufunc::Level;

#[test]
fn best_level_is_the_highest_available() {
    let best = Level::best();
    assert!(Level::ALL.iter().all(|level| *level <= best || !level.is_available()));
}
