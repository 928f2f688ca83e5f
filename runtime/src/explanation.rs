//! What became of a function in lanes.

use std::fmt;

/// What the attribute made of a function: a line for each loop and branch, and for what lanes read.
///
/// Printed, it says where in the source each is. `explain()` of a function with one of the attributes gives it; a guide tells how to
/// [read](crate::doc::reading_explanations) it:
///
/// ```
/// use ufunc::prelude::*;
///
/// #[jit]
/// fn add(x: &[f32], y: &mut [f32]) {
///     for i in 0..x.len() {
///         y[i] += x[i];
///     }
/// }
///
/// let explanation = add::explain();
/// assert!(explanation.is_vectorized());
/// assert!(explanation.to_string().contains("turns are lanes"), "{explanation}");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Explanation {
    name: &'static str,
    lines: &'static [Line],
}

/// One line of an [`Explanation`].
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// The line in the source.
    pub line: usize,
    /// How deep it lies in other lines.
    pub depth: usize,
    /// What became of it.
    pub text: &'static str,
    /// Whether it runs one turn after the other, which only happens where `#[scalar]` says so.
    pub scalar: bool,
}

impl Explanation {
    /// For what the attributes emit.
    #[doc(hidden)]
    pub const fn new(name: &'static str, lines: &'static [Line]) -> Self {
        Self { name, lines }
    }

    /// The function's name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The lines, in the order of the source.
    pub const fn lines(&self) -> &'static [Line] {
        self.lines
    }

    /// Whether everything runs in lanes: there are some, and no loop runs one turn after the other.
    pub const fn is_vectorized(&self) -> bool {
        let mut k = 0;
        while k < self.lines.len() {
            if self.lines[k].scalar {
                return false;
            }
            k += 1;
        }
        !self.lines.is_empty()
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}:", self.name)?;
        for line in self.lines {
            writeln!(f, "  line {}: {:indent$}{}", line.line, "", line.text, indent = 2 * line.depth)?;
        }
        Ok(())
    }
}

/// Fails to compile if a function with one of the attributes has a loop that runs one turn after the other.
///
/// ```
/// use ufunc::prelude::*;
///
/// #[vectorize]
/// fn half(x: f64) -> f64 {
///     0.5 * x
/// }
///
/// ufunc::assert_vectorized!(half);
/// ```
#[macro_export]
macro_rules! assert_vectorized {
    ($function:ty) => {
        const _: () =
            assert!(<$function>::explain().is_vectorized(), concat!(stringify!($function), " has a scalar loop"));
    };
}
