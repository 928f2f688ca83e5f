//! What became of a function of cores, in words: where its lanes are and why, what its outputs cost, and what another signature would
//! bring; then what is said of every function.

use std::collections::BTreeMap;

use proc_macro2::Span;

use super::choice::{Cores, SHORT};
use super::signature::Length;
use crate::core::{self, Body, Expr, ExprKind, Head, Stmt};
use crate::diagnostics::Problem;
use crate::explain::{Line, line_of};
use crate::lane::Lanes;
use crate::nests::literal;

/// Why lanes are where they are.
pub(super) enum Reason {
    /// The option `lanes` says so.
    Asked,
    /// What stands against lanes in one core.
    Refused(Option<Problem>),
    /// There is no loop over one core.
    NoLoop,
    /// A loop over one core runs one turn after the other.
    InOrder(Span),
    /// The loops over one core have at most so many turns.
    Short(u64),
    /// These lengths decide, as bits by dimension.
    Lengths(u64),
    /// The loops over one core may be long.
    Long,
    /// They may, and the function has so many instructions that it is compiled once.
    Large,
    /// Loops over one core run on several threads.
    Threads,
}

impl Reason {
    /// Where there is code for one core alone.
    pub(super) fn of_core(self) -> Self {
        if let Self::Lengths(_) = self { Self::Long } else { self }
    }
}

/// What is told of a function.
pub(super) struct Told<'a> {
    pub(super) body: &'a Body,
    pub(super) cores: &'a Cores<'a>,
    /// The outputs that are written in full, as bits.
    pub(super) covered: u32,
    pub(super) reason: &'a Reason,
}

impl Told<'_> {
    /// About the code in one core, across the batch, or both.
    pub(super) fn lines(&self, core: Option<&Lanes>, batch: Option<&Lanes>) -> Vec<Line> {
        let span = self.body.vars[self.body.result].name.span();
        let mut lines = Vec::new();
        let mut say = |span, depth, text| lines.push(Line { line: line_of(span), depth, text, scalar: false });
        say(span, 0, format!("`{}`: {}", self.cores.signature.text, self.place(core.is_some())));
        match self.reason {
            Reason::Refused(Some(problem)) => say(problem.span, 1, format!("in one core: {}", problem.message)),
            Reason::InOrder(loop_span) => say(*loop_span, 1, "in one core: one turn after the other".to_owned()),
            _ => {}
        }
        if batch.is_some() {
            for output in self.held() {
                let name = &self.body.vars[output].name;
                let text = format!(
                    "`{name}` is not seen to be written in full before it is read: what it held is brought to the lanes first, zeros in a \
                     new result"
                );
                say(name.span(), 0, text);
            }
        }
        for text in self.rewrites() {
            say(span, 0, text);
        }
        let batch = batch.map(|batch| batch.explanation.iter().cloned());
        let core = core.map(|core| core.explanation.iter().cloned());
        match (core, batch) {
            (Some(core), Some(batch)) => {
                let deeper = |line: Line| Line { depth: line.depth + 1, ..line };
                let heading = |text: &str| Line { line: line_of(span), depth: 0, text: text.to_owned(), scalar: false };
                lines.push(heading("in one core:"));
                lines.extend(core.map(deeper));
                lines.push(heading("across the batch:"));
                lines.extend(batch.map(deeper));
            }
            (core, batch) => {
                lines.extend(core.into_iter().flatten());
                lines.extend(batch.into_iter().flatten());
            }
        }
        lines
    }

    fn place(&self, core: bool) -> String {
        let (in_core, across) = ("the loops over one core are lanes", "each lane has a core of its own");
        match self.reason {
            Reason::Asked if core => format!("{in_core}, as `lanes = \"core\"` says"),
            Reason::Asked => format!("{across}, as `lanes = \"batch\"` says"),
            Reason::Refused(_) | Reason::InOrder(_) => {
                format!("{across}, as the loops over one core cannot all be lanes")
            }
            Reason::NoLoop => format!("{across}, as there is no loop over one core"),
            Reason::Short(turns) => format!("{across}, as the loops over one core have no more than {turns} turns"),
            Reason::Lengths(along) => {
                let dimensions = &self.cores.signature.dimensions;
                let names = (0..dimensions.len()).filter(|dimension| along >> dimension & 1 == 1);
                let names: Vec<String> = names.map(|dimension| format!("`{}`", dimensions[dimension].name)).collect();
                let (what, verb) = (names.join(" and "), if names.len() == 1 { "is" } else { "are" });
                format!("where {what} {verb} at most {SHORT} in a call of small cores, {across}; else {in_core}")
            }
            Reason::Long => format!("{in_core}, which may be long"),
            Reason::Large => format!("{in_core}, which may be long; `lanes = \"batch\"` is for small cores"),
            Reason::Threads => format!("{in_core}, as one is a `prange`"),
        }
    }

    /// The outputs whose old elements are brought to the lanes.
    fn held(&self) -> Vec<usize> {
        let outputs = self.cores.outputs(self.body).into_iter().enumerate();
        outputs.filter(|(number, _)| self.covered >> number & 1 == 0).map(|(_, var)| var).collect()
    }

    /// Dimensions that have names and might as well have lengths.
    fn rewrites(&self) -> Vec<String> {
        let arrays = self.cores.dimensions(self.body);
        let mut ends = BTreeMap::new();
        counted(&self.body.block, &mut ends);
        // By dimension: the length that the indices take, none where they are not all known.
        let mut lengths: BTreeMap<usize, Option<u64>> = BTreeMap::new();
        core::each_element(&self.body.block, &mut |array, index, _| {
            for (dimension, part) in arrays.get(&array).copied().unwrap_or_default().iter().zip(index) {
                let length = match &part.kind {
                    ExprKind::Literal(_) => literal(part).map(|index| index + 1),
                    ExprKind::Var(var) => ends.get(var).copied().flatten(),
                    _ => None,
                };
                let known = lengths.entry(*dimension).or_insert(Some(0));
                *known = known.zip(length).map(|(known, length)| known.max(length));
            }
        });
        each_extent(&self.body.block, &mut |array, axis| {
            let own = arrays.get(&array).copied().unwrap_or_default();
            let asked = axis.map_or(own, |axis| own.get(axis..=axis).unwrap_or_default());
            lengths.extend(asked.iter().map(|dimension| (*dimension, None)));
        });
        let dimensions = &self.cores.signature.dimensions;
        let named = lengths.into_iter().filter_map(|(dimension, length)| {
            let Length::Given = dimensions[dimension].length else { return None };
            let (name, length) = (&dimensions[dimension].name, length?);
            Some(format!(
                "`{name}` is only indexed by constants, below {length}: with `{length}` in its place in the signature, indices are \
                 checked before the program runs, and no core of another length gets this far"
            ))
        });
        named.collect()
    }
}

/// Below which numbers loops count, by their variables.
fn counted(block: &[Stmt], ends: &mut BTreeMap<usize, Option<u64>>) {
    for stmt in block {
        if let Stmt::Loop { head: Head::Range { var, to, inclusive, .. }, .. } = stmt {
            ends.insert(*var, literal(to).map(|to| to + u64::from(*inclusive)));
        }
        if let Stmt::Lanes(lanes) = stmt {
            ends.insert(lanes.var, literal(&lanes.to).map(|to| to + u64::from(lanes.inclusive)));
        }
        stmt.blocks().into_iter().for_each(|inner| counted(inner, ends));
    }
}

/// Calls `visit` with every length of an array that is asked for.
fn each_extent(block: &[Stmt], visit: &mut impl FnMut(usize, Option<usize>)) {
    fn expr(e: &Expr, visit: &mut impl FnMut(usize, Option<usize>)) {
        if let ExprKind::Extent { array, axis } = e.kind {
            visit(array, axis);
        }
        e.operands().into_iter().for_each(|operand| expr(operand, visit));
    }
    for stmt in block {
        stmt.expressions().into_iter().for_each(|e| expr(e, visit));
        stmt.blocks().into_iter().for_each(|inner| each_extent(inner, visit));
    }
}
