//! Signatures in NumPy's grammar: `(m,n),(n,p)->(m,p)`.

use syn::LitStr;

use super::size::Size;
use crate::diagnostics::Problems;

/// A signature.
pub(crate) struct Signature {
    /// As NumPy writes it.
    pub(crate) text: String,
    /// The core dimensions, each once.
    pub(crate) dimensions: Vec<Dimension>,
    /// By input, the numbers of its dimensions.
    pub(crate) inputs: Vec<Vec<usize>>,
    pub(crate) outputs: Vec<Vec<usize>>,
}

/// A core dimension.
pub(crate) struct Dimension {
    pub(crate) name: String,
    pub(crate) length: Length,
}

/// What the length of a core dimension is.
pub(crate) enum Length {
    Given,
    Frozen(usize),
    /// Operands may lack it.
    Flexible,
    /// What the option `dims` makes of the others.
    Computed(Size),
}

impl Signature {
    /// Reads a signature; says what is wrong with it.
    pub(super) fn read(literal: &LitStr, problems: &mut Problems) -> Option<Self> {
        let text = literal.value();
        let mut reader = Reader { text: &text, rest: &text, dimensions: Vec::new() };
        match reader.signature() {
            Ok((inputs, outputs)) => {
                let dimensions = reader.dimensions;
                Some(Self { text: normal(&text), dimensions, inputs, outputs })
            }
            Err(message) => {
                problems.push(literal.span(), message);
                None
            }
        }
    }

    /// Whether an input has a dimension.
    pub(super) fn is_given(&self, dimension: usize) -> bool {
        self.inputs.iter().flatten().any(|known| *known == dimension)
    }

    /// Whether operands may lack axes.
    pub(crate) fn is_flexible(&self) -> bool {
        self.dimensions.iter().any(|dimension| matches!(dimension.length, Length::Flexible))
    }

    /// The dimensions of an operand, as they are written.
    pub(crate) fn core(&self, dimensions: &[usize]) -> String {
        let names: Vec<String> = dimensions
            .iter()
            .map(|dimension| {
                let Dimension { name, length } = &self.dimensions[*dimension];
                if matches!(length, Length::Flexible) { format!("{name}?") } else { name.clone() }
            })
            .collect();
        format!("({})", names.join(","))
    }
}

/// Without blanks.
fn normal(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// By operand, the numbers of its dimensions.
type Cores = Vec<Vec<usize>>;

struct Reader<'a> {
    text: &'a str,
    /// What has not been read yet.
    rest: &'a str,
    dimensions: Vec<Dimension>,
}

const FORM: &str = "a signature has the form \"(m,n),(n,p)->(m,p)\": the core dimensions of each input, and after the arrow those of each \
                    output; `()` is a single element";

/// The most axes of a core: `ArrayView3` is the largest parameter.
const MAX_RANK: usize = 3;

impl Reader<'_> {
    /// The cores of the inputs and of the outputs.
    fn signature(&mut self) -> Result<(Cores, Cores), String> {
        let inputs = self.operands()?;
        if !self.take("->") {
            return Err(self.wrong("`->`"));
        }
        let outputs = self.operands()?;
        self.blanks();
        if !self.rest.is_empty() {
            return Err(self.wrong("its end"));
        }
        Ok((inputs, outputs))
    }

    fn operands(&mut self) -> Result<Cores, String> {
        let mut operands = Vec::new();
        loop {
            operands.push(self.operand()?);
            if !self.take(",") {
                return Ok(operands);
            }
        }
    }

    fn operand(&mut self) -> Result<Vec<usize>, String> {
        if !self.take("(") {
            return Err(self.wrong("`(`"));
        }
        let mut core = Vec::new();
        if self.take(")") {
            return Ok(core);
        }
        loop {
            core.push(self.dimension()?);
            if self.take(")") {
                break;
            }
            if !self.take(",") {
                return Err(self.wrong("`,` or `)`"));
            }
        }
        if core.len() > MAX_RANK {
            return Err(format!(
                "a core has at most {MAX_RANK} dimensions, as `ArrayView{MAX_RANK}` has: this one has {}",
                core.len()
            ));
        }
        Ok(core)
    }

    /// `n`, `3` or `n?`: its number.
    fn dimension(&mut self) -> Result<usize, String> {
        self.blanks();
        let len = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(len);
        let Some(first) = name.chars().next() else {
            return Err(self.wrong("the name of a dimension, or its length"));
        };
        let length = if first.is_ascii_digit() {
            match name.parse() {
                Ok(0) | Err(_) => {
                    return Err(format!(
                        "`{name}` is no length of a frozen dimension: that is a number from 1 on, in digits"
                    ));
                }
                Ok(length) => Length::Frozen(length),
            }
        } else {
            Length::Given
        };
        self.rest = rest;
        let length = match (self.take("?"), length) {
            (true, Length::Frozen(_)) => {
                return Err(format!(
                    "the dimension `{name}` is frozen, and cannot be missing: remove the `?`, or name it"
                ));
            }
            (true, _) => Length::Flexible,
            (false, length) => length,
        };
        if let Some(known) = self.dimensions.iter().position(|dimension| dimension.name == name) {
            let flexible = |length: &Length| matches!(length, Length::Flexible);
            if flexible(&self.dimensions[known].length) != flexible(&length) {
                return Err(format!(
                    "the dimension `{name}` is written with `?` and without: write `{name}?` everywhere, or nowhere"
                ));
            }
            return Ok(known);
        }
        self.dimensions.push(Dimension { name: name.to_owned(), length });
        Ok(self.dimensions.len() - 1)
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Takes a token if it is next.
    fn take(&mut self, token: &str) -> bool {
        self.blanks();
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn wrong(&mut self, wanted: &str) -> String {
        self.blanks();
        let found = match self.rest.chars().next() {
            Some(c) => format!("`{c}`"),
            None => "its end".to_owned(),
        };
        let before = self.text[..self.text.len() - self.rest.len()].trim_end();
        if self.text.trim().is_empty() {
            return format!("{FORM}; this is empty");
        }
        let place = if before.is_empty() { "it begins with".to_owned() } else { format!("after `{before}` is") };
        let computed = match self.rest.chars().next() {
            Some('+' | '*' | '/') => "; a length that is computed has a name, and the option `dims(p = n + 1)`",
            _ => "",
        };
        format!("{FORM}; {place} {found} instead of {wanted}{computed}")
    }
}
