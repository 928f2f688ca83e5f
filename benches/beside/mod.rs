//! Samples of our calls and of NumPy's in turn. NumPy runs in a process of its own, by the Python in `PYTHON` or else `python3`,
//! on the same core; it is told not to ask for huge pages, because others do not.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Instant;

/// A script that answers each line, of words between tabs, the last of which is how many calls, with nanoseconds for one call.
pub(crate) struct NumPy {
    child: Child,
    answers: BufReader<ChildStdout>,
}

impl NumPy {
    /// Starts a script of this folder's parent; none if it does not answer the question.
    pub(crate) fn start(script: &str, question: &str) -> Option<Self> {
        let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let mut child = Command::new(python)
            .arg(format!("{}/benches/{script}", env!("CARGO_MANIFEST_DIR")))
            .env("NUMPY_MADVISE_HUGEPAGE", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let answers = BufReader::new(child.stdout.take()?);
        let mut numpy = Self { child, answers };
        numpy.sample(question, 1).map(|_| numpy)
    }

    /// Nanoseconds for one call.
    pub(crate) fn sample(&mut self, question: &str, calls: u32) -> Option<f64> {
        let questions = self.child.stdin.as_mut()?;
        writeln!(questions, "{question}\t{calls}").ok()?;
        questions.flush().ok()?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer).ok()?;
        answer.trim().parse().ok()
    }
}

/// Nanoseconds for one call, after two others.
pub(crate) fn sample(calls: u32, run: &mut dyn FnMut()) -> f64 {
    run();
    run();
    let start = Instant::now();
    (0..calls).for_each(|_| run());
    start.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
}

/// The shortest and the median.
pub(crate) fn summary(mut samples: Vec<f64>) -> (f64, f64) {
    if samples.is_empty() {
        return (f64::NAN, f64::NAN);
    }
    samples.sort_unstable_by(f64::total_cmp);
    (samples[0], samples[samples.len() / 2])
}
