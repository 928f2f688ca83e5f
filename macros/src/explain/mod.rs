//! What became of a function, in words: one line for each loop and branch, and for what the lanes read and write.

mod registers;
mod versions;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Span;

pub(crate) use self::versions::versions;
use crate::ast::BinaryOp;
use crate::core::{self, Body, Expr, ExprKind, Fold, FoldKind, Head, Lanes, LoopId, Operation, Stmt, VarId};
use crate::cost::{self, SELECT_LIMIT};
use crate::infer::{self, Class, Types};
use crate::lane::{self, Gang, Step};
use crate::nests::index::{self, Forms};
use crate::nests::text::Names;
use crate::variability::Variability;

/// One thing that is said.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// In the source, where that is known.
    pub(crate) line: usize,
    pub(crate) depth: usize,
    pub(crate) text: String,
    /// It runs one turn after the other.
    pub(crate) scalar: bool,
}

/// What became of a function.
pub(crate) fn function(body: &Body, found: &Variability, lanes: &lane::Lanes, reciprocal: bool) -> Vec<Line> {
    let mut loops = BTreeMap::new();
    collect(&lanes.steps, &mut loops);
    let in_lanes = !body.arrays || !body.planes.is_empty();
    let types = infer::types(body);
    let mut explain = Explain { body, found, types, loops, lines: Vec::new(), depth: 0, in_lanes, reciprocal };
    if in_lanes {
        let mut text = if body.arrays { "each core is a lane" } else { "each element is a lane" }.to_owned();
        text += &registers::of(
            body,
            &explain.types,
            (0..body.vars.len()).filter(|var| body.planes.contains(var) || found.vars[*var]),
        );
        text += match lanes.gang {
            Gang::One => "",
            Gang::Short32 | Gang::Short64 => "; several gangs in flight, as turns are short and wait for each other",
            Gang::Math32 | Gang::Math64 => {
                "; several gangs in flight where registers allow, as math functions follow each other"
            }
        };
        explain.say(body.vars[body.result].name.span(), text, false);
    }
    explain.block(&body.block);
    explain.lines
}

/// The loops that became lanes.
fn collect<'a>(steps: &'a [Step], found: &mut BTreeMap<LoopId, &'a lane::LaneLoop>) {
    for step in steps {
        match step {
            Step::Lanes(lanes) => _ = found.insert(lanes.id, lanes),
            Step::Parallel(parallel) => collect(&parallel.part, found),
            Step::Chains { body, .. } | Step::Loop { body, .. } | Step::IfAny { then: body, .. } => {
                collect(body, found)
            }
            Step::If { then, otherwise, .. } => {
                collect(then, found);
                collect(otherwise, found);
            }
            _ => {}
        }
    }
}

struct Explain<'a> {
    body: &'a Body,
    found: &'a Variability,
    types: Types,
    loops: BTreeMap<LoopId, &'a lane::LaneLoop>,
    lines: Vec<Line>,
    depth: usize,
    /// What is looked at runs in lanes.
    in_lanes: bool,
    /// Divisions by what is the same in all lanes are multiplications already.
    reciprocal: bool,
}

impl Explain<'_> {
    fn say(&mut self, span: Span, text: String, scalar: bool) {
        self.lines.push(Line { line: line_of(span), depth: self.depth, text, scalar });
    }

    fn inside(&mut self, block: &[Stmt]) {
        self.depth += 1;
        self.block(block);
        self.depth -= 1;
    }

    fn block(&mut self, block: &[Stmt]) {
        for stmt in block {
            if self.in_lanes {
                stmt.expressions().into_iter().for_each(|expr| {
                    self.gathers(expr);
                    self.divisions(expr);
                });
                if let Stmt::Store { op: Some(BinaryOp::Div), value, span, .. } = stmt {
                    self.divided_by(value, Class::Unknown, *span);
                }
                stmt.each_element(&mut |array, index, span| {
                    if self.body.planes.contains(&array) && index.iter().any(|part| self.found.varies(part)) {
                        let name = &self.body.vars[array].name;
                        let text =
                            format!("`{name}` at an index of each lane's own: gathered or scattered, lane by lane");
                        self.say(span, text, false);
                    }
                });
            }
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::If { mark, condition, then, otherwise } if self.found.ifs[*mark] => {
                let arm = |arm: &[Stmt]| {
                    if cost::of_block(arm) > SELECT_LIMIT { "skipped where no lane is on" } else { "selected" }
                };
                let text = match (then.is_empty(), otherwise.is_empty()) {
                    (false, true) => format!("a branch of lanes: {}", arm(then)),
                    (true, false) => format!("a branch of lanes: {}", arm(otherwise)),
                    _ if arm(then) == arm(otherwise) => format!("a branch of lanes: both arms are {}", arm(then)),
                    _ => format!("a branch of lanes: one arm is {}, the other {}", arm(then), arm(otherwise)),
                };
                self.say(condition.span, text, false);
                self.inside(then);
                self.inside(otherwise);
            }
            Stmt::If { condition, then, otherwise, .. } => {
                if self.in_lanes {
                    self.say(condition.span, "a branch that all lanes take together".to_owned(), false);
                    self.inside(then);
                    self.inside(otherwise);
                } else {
                    self.block(then);
                    self.block(otherwise);
                }
            }
            Stmt::Loop { id, head, body } => self.repeated(*id, head, body),
            Stmt::Lanes(lanes) => self.lane_loop(lanes),
            Stmt::Parallel(parallel) => {
                let span = self.body.loops[parallel.id].span;
                let folds: Vec<String> = parallel.folds.iter().map(|fold| self.fold(fold)).collect();
                let mut text = "the turns of a `prange`: parts of them on threads".to_owned();
                for (array, axis, _) in &parallel.writes {
                    text += &format!(", `{}` divided along axis {axis}", self.body.vars[*array].name);
                }
                for (array, _) in &parallel.privates {
                    text += &format!(", `{}` combined from a copy for each part", self.body.vars[*array].name);
                }
                if !folds.is_empty() {
                    text += &format!("; combined in a fixed tree: {}", folds.join(", "));
                }
                self.say(span, text, false);
                self.inside(std::slice::from_ref(&*parallel.part));
            }
            Stmt::Chains { folds, body, .. } if !folds.is_empty() => {
                let folds: Vec<String> = folds.iter().map(|fold| self.fold(fold)).collect();
                self.say(folds_span(stmt), format!("accumulators for the whole loop: {}", folds.join(", ")), false);
                self.block(body);
            }
            Stmt::Chains { body, .. } => self.block(body),
            _ => {}
        }
    }

    fn repeated(&mut self, id: LoopId, head: &Head, body: &[Stmt]) {
        let about = self.body.loops[id];
        if about.block {
            return self.block(body);
        }
        let (text, scalar) = if self.in_lanes {
            let latched = self.found.latches[id].len();
            let text = match (self.found.loops[id], head) {
                (true, _) => {
                    format!("a divergent loop: lanes leave at their own turn, {latched} values are kept for them")
                }
                (false, Head::Range { .. } | Head::Elements { .. }) => {
                    "a loop that all lanes count together".to_owned()
                }
                (false, _) => "a loop that all lanes leave together".to_owned(),
            };
            (text, false)
        } else if has_lanes(body) {
            ("a loop around lanes".to_owned(), false)
        } else {
            ("one turn after the other, as `#[scalar]` says".to_owned(), true)
        };
        self.say(about.span, text, scalar);
        self.inside(body);
    }

    fn lane_loop(&mut self, lanes: &Lanes) {
        let span = self.body.loops[lanes.id].span;
        let mut text = "turns are lanes".to_owned();
        // By array: at how many places, whether it may be written, and whether lanes go along another axis than the last.
        let mut runs: BTreeMap<String, (usize, bool, bool)> = BTreeMap::new();
        if let Some(emitted) = self.loops.get(&lanes.id) {
            if !matches!(emitted.gang, Gang::One) {
                text += ", several gangs in flight where registers allow";
            }
            for run in &emitted.runs {
                let entry = runs.entry(self.body.vars[run.array].name.to_string()).or_default();
                *entry = (entry.0 + 1, run.mutable, entry.2 || run.axis + 1 < run.index.len());
            }
        }
        if lanes.body.iter().any(|stmt| matches!(stmt, Stmt::Exit { .. })) {
            text += "; those after the one that ends the loop do nothing";
        }
        if !lanes.is_dense() {
            text += ", in steps: elements are gathered";
        }
        let mut mentioned = BTreeSet::new();
        index::changed(&lanes.body, &mut mentioned);
        mentioned.retain(|var| self.found.vars[*var]);
        core::each_element(&lanes.body, &mut |array, _, _| _ = mentioned.insert(array));
        text += &registers::of(self.body, &self.types, mentioned.into_iter());
        self.say(span, text, false);
        self.depth += 1;
        for (name, (count, mutable, across)) in runs {
            let times = if count == 1 { String::new() } else { format!(" at {count} places") };
            let what = if mutable { "read or written" } else { "read" };
            let rewrite = if across { ACROSS } else { "" };
            self.say(span, format!("`{name}`: {what}{times} with stride 1, checked once before the loop; gathered where its stride differs{rewrite}"), false);
        }
        for fold in lanes.folds.iter().filter(|fold| !fold.lifted) {
            let text = format!("combined from 32 accumulators: {}", self.fold(fold));
            self.say(span, text, false);
        }
        self.depth -= 1;
        let forms = Forms::of(self.body, lanes.var, &lanes.body);
        let mut said = BTreeSet::new();
        let values = index::definitions(&lanes.body);
        let values: BTreeMap<VarId, &Expr> = values.iter().map(|(var, value)| (*var, value)).collect();
        self.elements(&lanes.body, (&forms, &values), lanes, &mut said);
        let outer = std::mem::replace(&mut self.in_lanes, true);
        self.inside(&lanes.body);
        self.in_lanes = outer;
    }

    /// The elements of arrays that lanes take, but for the runs that are looked up before the loop.
    fn elements(
        &mut self,
        block: &[Stmt],
        (forms, values): (&Forms<'_>, &BTreeMap<VarId, &Expr>),
        lanes: &Lanes,
        said: &mut BTreeSet<String>,
    ) {
        for stmt in block {
            let mut found = Vec::new();
            stmt.each_element(&mut |array, index, span| found.push((array, index, span)));
            for (array, index, span) in found {
                let varying: Vec<&Expr> = index.iter().filter(|part| self.found.varies(part)).collect();
                let known = index.iter().all(|part| forms.linear(part).is_some());
                let along = matches!(varying[..], [part] if forms.linear(part).is_some_and(|form| form.lane == 1));
                if varying.is_empty() || lanes.is_dense() && along && known {
                    continue;
                }
                let element = Names::User(&self.body.vars, values).element(array, index);
                let last = index.last().is_some_and(|part| self.found.varies(part));
                let (what, rewrite) = if lanes.is_dense() && along {
                    ("looked up in each turn; gathered where its stride there is not 1", if last { "" } else { ACROSS })
                } else {
                    ("gathered or scattered, lane by lane", "")
                };
                let text = format!("`{element}`: {what}{rewrite}");
                if said.insert(text.clone()) {
                    self.depth += 1;
                    self.say(span, text, false);
                    self.depth -= 1;
                }
            }
            stmt.blocks().into_iter().for_each(|inner| self.elements(inner, (forms, values), lanes, said));
        }
    }

    fn fold(&self, fold: &Fold) -> String {
        let what = match &fold.kind {
            FoldKind::Operation { operation, exact, .. } => match (operation, exact) {
                (Operation::Sum, false) => "sum in an order of its own",
                (Operation::Product, false) => "product in an order of its own",
                (Operation::Sum, true) => "sum",
                (Operation::Product, true) => "product",
                (Operation::Least | Operation::LeastNumber, _) => "least",
                (Operation::Greatest | Operation::GreatestNumber, _) => "greatest",
                (Operation::And, _) => "and",
                (Operation::Or, _) => "or",
                (Operation::Xor, _) => "exclusive or",
            },
            FoldKind::Best { .. } => "best, the first of equals",
            FoldKind::With(_) => "what was there",
        };
        format!("`{}` ({what})", self.body.vars[fold.var].name)
    }

    /// Divisions of floats that a multiplication could take the place of, which takes a quarter of the time.
    fn divisions(&mut self, expr: &Expr) {
        if let ExprKind::Binary(BinaryOp::Div, a, b) = &expr.kind
            && self.found.varies(a)
        {
            self.divided_by(b, self.types.class(a), expr.span);
        }
        expr.operands().into_iter().for_each(|operand| self.divisions(operand));
    }

    fn divided_by(&mut self, divisor: &Expr, class: Class, span: Span) {
        let is_float = class == Class::Float || self.types.class(divisor) == Class::Float;
        if is_float && !self.found.varies(divisor) && !self.reciprocal && !is_power_of_two(divisor) {
            let text = "a division by the same value in all lanes: where the last bit does not matter, `fastmath(arcp)` multiplies by \
                        its reciprocal";
            self.say(span, text.to_owned(), false);
        }
    }

    /// What lanes read one by one.
    fn gathers(&mut self, expr: &Expr) {
        if let ExprKind::Index(table, index) = &expr.kind
            && self.found.varies(index)
        {
            let text = if self.found.varies(table) {
                "a local array is searched for each lane's element"
            } else {
                "a gather: each lane reads its own element"
            };
            self.say(expr.span, text.to_owned(), false);
        }
        expr.operands().into_iter().for_each(|operand| self.gathers(operand));
    }
}

/// What is said where lanes go along another axis than the last.
const ACROSS: &str = ", as in C order: exchange the loops, so that the innermost one counts the last axis";

/// Whether an expression is a number whose reciprocal is exact.
fn is_power_of_two(expr: &Expr) -> bool {
    let ExprKind::Literal(tokens) = &expr.kind else { return false };
    let text = tokens.to_string().replace('_', "");
    let number: Option<f64> = text.trim_end_matches("f64").trim_end_matches("f32").parse().ok();
    number.is_some_and(|number| number.log2().fract() == 0.0)
}

fn folds_span(stmt: &Stmt) -> Span {
    match stmt {
        Stmt::Chains { folds, .. } => folds.first().map_or_else(Span::call_site, |fold| fold.span),
        _ => Span::call_site(),
    }
}

fn has_lanes(block: &[Stmt]) -> bool {
    block.iter().any(|stmt| matches!(stmt, Stmt::Lanes(_)) || stmt.blocks().into_iter().any(has_lanes))
}

/// The line of a place in the source; 0 where there is none.
pub(crate) fn line_of(span: Span) -> usize {
    if proc_macro::is_available() { span.unwrap().line() } else { 0 }
}
