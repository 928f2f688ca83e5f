//! [`Signature`]: which axes of its operands a generalized universal function takes.

/// A signature as the attribute has read it.
#[derive(Clone, Copy, Debug)]
pub struct Signature {
    /// The function's name.
    pub name: &'static str,
    /// The signature as NumPy writes it.
    pub text: &'static str,
    /// The core dimensions, each once.
    pub dimensions: &'static [Dimension],
    /// The inputs and then the outputs.
    pub operands: &'static [CoreOperand],
    /// How many of them are inputs.
    pub inputs: usize,
    /// What of the operands is not as it seems: flexible dimensions may be missing.
    pub flexible: bool,
}

/// A core dimension.
#[derive(Clone, Copy, Debug)]
pub struct Dimension {
    /// Its name; a frozen one's is its length.
    pub name: &'static str,
    /// What its length is.
    pub size: Size,
}

/// What the length of a core dimension is.
#[derive(Clone, Copy, Debug)]
pub enum Size {
    /// That of the operands.
    Given,
    /// Always this.
    Frozen(usize),
    /// That of the operands, which may also not have it.
    Flexible,
    /// Made of the lengths of the dimensions; none where that is no length.
    Computed(fn(&[usize]) -> Option<usize>, &'static str),
}

/// An operand's core.
#[derive(Clone, Copy, Debug)]
pub struct CoreOperand {
    /// The parameter's name.
    pub name: &'static str,
    /// The dimensions of its last axes.
    pub dimensions: &'static [usize],
}

impl Signature {
    /// "operand 2 `b`", "the output `out`".
    pub(super) fn operand(&self, position: usize) -> String {
        let name = self.operands[position].name;
        if position < self.inputs {
            format!("operand {} `{name}`", position + 1)
        } else {
            format!("the output `{name}`")
        }
    }
}
