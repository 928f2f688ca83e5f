//! Lane code as short lines, one a step.

use proc_macro2::TokenStream;

use crate::ast::{LogicOp, Type, UnaryOp};
use crate::core::VarId;
use crate::lane::{Code, CodeKind, Head, Lanes, Mask, MaskCode, Projection, Step, StorePlace};

/// The steps of a function.
pub(super) fn lines(lanes: &Lanes) -> Vec<String> {
    let mut render = Render { lanes, lines: Vec::new() };
    render.steps(&lanes.steps);
    render.lines
}

struct Render<'a> {
    lanes: &'a Lanes,
    lines: Vec<String>,
}

impl Render<'_> {
    fn line(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    fn steps(&mut self, steps: &[Step]) {
        steps.iter().for_each(|step| self.step(step));
    }

    fn inner(&mut self, opening: String, steps: &[Step]) {
        self.line(format!("{opening} {{"));
        self.steps(steps);
        self.line("}");
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Let { var, lanes, value } => {
                let (kind, name) = (if *lanes { "lanes " } else { "" }, self.var(*var));
                let value = value.as_ref().map_or("?".into(), |value| self.code(value));
                self.line(format!("let {kind}{name} = {value}"));
            }
            Step::LetNarrow { var, value } => {
                self.line(format!("let narrow {} = {}", self.var(*var), self.code(value)))
            }
            Step::LetMask { mask: at, value, .. } => {
                self.line(format!("let {} = {}", mask(*at), self.mask_code(value)));
            }
            Step::SetMask { mask: at, value } => self.line(format!("{} = {}", mask(*at), self.mask_code(value))),
            Step::LetCondition { id, value } => self.line(format!("let c{id} = {}", self.code(value))),
            Step::Assign { place, value, blend } => {
                let path: String = place.path.iter().map(|projection| self.projection(projection)).collect();
                let blend = blend.map_or(String::new(), |at| format!(" in {}", mask(at)));
                self.line(format!("{}{path} = {}{blend}", self.var(place.var), self.code(value)));
            }
            Step::LetLatch { id, var, value } => {
                self.line(format!("let left{id} {} = {}", self.var(*var), self.code(value)));
            }
            Step::Latch { id, var, value, mask: at } => {
                self.line(format!("left{id} {} = {} in {}", self.var(*var), self.code(value), mask(*at)));
            }
            Step::Unlatch { id, var, last, new } => {
                let declared = if new.is_some() { "let " } else { "" };
                let (name, last) = (self.var(*var), self.code(last));
                self.line(format!("{declared}{name} = left{id} {name}, {last} in running{id}"));
            }
            Step::Eval(value) => self.line(self.code(value)),
            Step::If { condition, then, otherwise } => {
                self.inner(format!("if {}", self.code(condition)), then);
                if !otherwise.is_empty() {
                    self.inner("else".into(), otherwise);
                }
            }
            Step::IfAny { mask: at, then } => self.inner(format!("if any {}", mask(*at)), then),
            Step::LeaveIfNone { mask: at, id } => self.line(format!("leave {id} if none {}", mask(*at))),
            Step::Loop { id, head, body } => {
                let head = self.head(head);
                self.inner(format!("loop {id}{head}"), body);
            }
            Step::Store { array, place, mask: at, value } => {
                let at = at.map_or(String::new(), |at| format!(" in {}", mask(at)));
                let line = format!("{}{} = {}{at}", self.var(*array), self.place(place), self.code(value));
                self.line(line);
            }
            Step::Update { array, index, op, mask: at, value, .. } => {
                let (array, index, value) = (self.var(*array), self.codes(index), self.code(value));
                self.line(format!("{array}[{index}] {}= {value} by lane in {}", op.sign(), mask(*at)));
            }
            Step::Lanes(lanes) => {
                let (var, from, to) = (self.var(lanes.var), self.code(&lanes.from), self.code(&lanes.to));
                let id = lanes.id;
                for (k, run) in lanes.runs.iter().enumerate() {
                    let line =
                        format!("run{id}.{k} = {}[{}] along {}", self.var(run.array), self.codes(&run.index), run.axis);
                    self.line(line);
                }
                self.inner(format!("gangs {id} for {var} in {from}..{to}"), &lanes.direct);
                if let Some(checked) = &lanes.checked {
                    self.inner("or checked".into(), checked);
                }
                for fold in &lanes.folds {
                    self.line(format!("fold {}", self.var(fold.var)));
                }
            }
            Step::Exit { mask: at, condition, .. } => {
                let line = format!("exit if {} in {}", self.code(condition), mask(*at));
                self.line(line);
            }
            Step::Chains { folds, body, .. } => {
                self.inner("chains".into(), body);
                for fold in folds {
                    self.line(format!("fold {}", self.var(fold.var)));
                }
            }
            Step::Parallel(parallel) => {
                let (from, to) = (self.code(&parallel.first), self.code(&parallel.end));
                self.inner(format!("parts {} of {from}..{to}", parallel.id), &parallel.part);
                for fold in &parallel.folds {
                    self.line(format!("fold {}", self.var(fold.var)));
                }
            }
            Step::Break(id) => self.line(format!("break {id}")),
            Step::Continue(id) => self.line(format!("continue {id}")),
            Step::Return => self.line("return"),
            Step::Panic(panic) => {
                let condition = panic.condition.as_ref().map_or(String::new(), |c| format!(" unless {}", self.code(c)));
                let at = panic.mask.map_or(String::new(), |at| format!(" in {}", mask(at)));
                self.line(format!("panic{condition}{at}"));
            }
            Step::Item(tokens) => self.line(tokens.to_string()),
        }
    }

    /// The head of a loop; latches come before it.
    fn head(&mut self, head: &Head) -> String {
        let (kind, var, from, to, latches) = match head {
            Head::Forever => return String::new(),
            Head::While(condition) => return format!(" while {}", self.code(condition)),
            Head::Elements { var, of, .. } => return format!(" for {} of {}", self.var(*var), self.code(of)),
            Head::Range { var, from, to, .. } => ("for", var, from, to, &[][..]),
            Head::RangeTo { var, from, to, latches, .. } => ("to lanes for", var, from, to, &latches[..]),
            Head::LaneRange { var, from, to, latches, .. } => ("lanes for", var, from, to, &latches[..]),
        };
        self.steps(latches);
        format!(" {kind} {} in {}..{}", self.var(*var), self.code(from), self.code(to))
    }

    fn place(&self, place: &StorePlace) -> String {
        match place {
            StorePlace::At(index) => format!("[{}]", self.codes(index)),
            StorePlace::Plane(index) => format!("[{}]", self.codes(index)),
            StorePlace::Run { id, run } => format!(" run{id}.{run}"),
            StorePlace::Along { index, axis } => format!("[{} along {axis}]", self.codes(index)),
            StorePlace::Scatter(index) => format!("[lanes {}]", self.codes(index)),
        }
    }

    fn var(&self, var: VarId) -> String {
        self.lanes.vars[var].name.to_string()
    }

    fn projection(&self, projection: &Projection) -> String {
        match projection {
            Projection::Field(field) => format!(".{field}"),
            Projection::Index(index) => format!("[{}]", self.code(index)),
            Projection::LaneIndex { index, mask: at, .. } => format!("[{} in {}]", self.code(index), mask(*at)),
        }
    }

    fn mask_code(&self, code: &MaskCode) -> String {
        match code {
            MaskCode::Mask(a) => mask(*a),
            MaskCode::And(a, b) => format!("{} & {}", mask(*a), mask(*b)),
            MaskCode::AndNot(a, b) => format!("{} & !{}", mask(*a), mask(*b)),
            MaskCode::AndCondition(a, id) => format!("{} & c{id}", mask(*a)),
            MaskCode::AndNotCondition(a, id) => format!("{} & !c{id}", mask(*a)),
            MaskCode::AndCode(a, b) => format!("{} & {}", mask(*a), self.code(b)),
        }
    }

    /// Operations on lanes are marked where uniform ones look the same: `a <. b`, `a as. T`.
    fn code(&self, code: &Code) -> String {
        match &code.kind {
            CodeKind::Tokens(tokens) => plain(tokens),
            CodeKind::Var(var) => self.var(*var),
            CodeKind::Narrow(var) => format!("narrow {}", self.var(*var)),
            CodeKind::Splat(a) => format!("splat({})", self.code(a)),
            CodeKind::SplatHeld(a) => format!("held({})", self.code(a)),
            CodeKind::Spread(a) => format!("spread({})", self.code(a)),
            CodeKind::First(a) => format!("first({})", self.code(a)),
            CodeKind::FirstOf(at, a) => format!("first of {}({})", mask(*at), self.code(a)),
            CodeKind::Unary(UnaryOp::Neg, a) => format!("-{}", self.code(a)),
            CodeKind::Unary(UnaryOp::Not, a) => format!("!{}", self.code(a)),
            CodeKind::Binary(op, a, b) => self.infix(a, op.sign(), b),
            CodeKind::Wrapping(name, operands) => format!("{name}({})", self.codes(operands)),
            CodeKind::Logic(op, a, b) => self.infix(a, logic(*op), b),
            CodeKind::Compare(op, a, b) => self.infix(a, &format!("{}.", op.sign()), b),
            CodeKind::ShiftUniform(op, a, b) => self.infix(a, &format!("{}.", op.sign()), b),
            CodeKind::Contracted(a, b, c) => format!("({} * {} + {})", self.code(a), self.code(b), self.code(c)),
            CodeKind::Divide(op, at, a, b) => format!("{} in {}", self.infix(a, op.sign(), b), mask(*at)),
            CodeKind::Cast(a, ty) => format!("({} as {})", self.code(a), name(ty)),
            CodeKind::LaneCast(a, ty) => format!("({} as. {})", self.code(a), name(ty)),
            CodeKind::Method { receiver, name, mask: at, args } => {
                let at = at.map_or(String::new(), |at| format!(" in {}", mask(at)));
                format!("{}.{name}({}){at}", self.code(receiver), self.codes(args))
            }
            CodeKind::Within4(a) => format!("{}.ulp 4", self.code(a)),
            CodeKind::Typed(ty, a) => format!("({}: {})", self.code(a), name(ty)),
            CodeKind::TypeMethod { ty, name: method, args } => format!("{}::{method}({})", name(ty), self.codes(args)),
            CodeKind::FromBits(ty, a) => format!("{}::from_bits.({})", name(ty), self.code(a)),
            CodeKind::Call { path, mask: at, args } => {
                format!("{}({}) in {}", plain(path), self.codes(args), mask(*at))
            }
            CodeKind::Gather { table, index, mask: at, .. } => self.element("gather ", table, index, *at),
            CodeKind::TableGet { table, index, mask: at, .. } => self.element("row ", table, index, *at),
            CodeKind::ArrayGet { array, index, mask: at, .. } => self.element("", array, index, *at),
            CodeKind::Index(a, index) => format!("{}[{}]", self.code(a), self.code(index)),
            CodeKind::Get { array, index } => format!("{}[{}]", self.var(*array), self.codes(index)),
            CodeKind::Extent { array, axis } => {
                format!("{}.extent({})", self.var(*array), axis.map_or("all".into(), |k| k.to_string()))
            }
            CodeKind::Plane { array, index } => format!("{}[{}]", self.var(*array), self.codes(index)),
            CodeKind::LoadRun { id, run } => format!("run{id}.{run}"),
            CodeKind::LoadAlong { array, index, axis, mask: at } => {
                format!("{}[{} along {axis} in {}]", self.var(*array), self.codes(index), mask(*at))
            }
            CodeKind::GatherElements { array, index, mask: at } => {
                format!("gather {}[{} in {}]", self.var(*array), self.codes(index), mask(*at))
            }
            CodeKind::GatherBy { array, index, mask: at, .. } => {
                format!("gather {}[{} in {}]", self.var(*array), self.code(index), mask(*at))
            }
            CodeKind::Field(a, field) => format!("{}.{field}", self.code(a)),
            CodeKind::Tuple(parts) => format!("({})", self.codes(parts)),
            CodeKind::Array(parts) => format!("[{}]", self.codes(parts)),
            CodeKind::Repeat(a, len) => format!("[{}; {}]", self.code(a), plain(len)),
            CodeKind::Reference(a) => format!("&{}", self.code(a)),
            CodeKind::If(c, a, b) => format!("if({}, {}, {})", self.code(c), self.code(a), self.code(b)),
            CodeKind::Select(c, a, b) => format!("select({}, {}, {})", self.code(c), self.code(a), self.code(b)),
            CodeKind::Guarded { op, left, outer, inner, right } => {
                let (left, right) = (self.code(left), self.code(right));
                format!("({left} {} {right} where {} leaves {})", logic(*op), mask(*outer), mask(*inner))
            }
        }
    }

    fn codes(&self, codes: &[Code]) -> String {
        codes.iter().map(|code| self.code(code)).collect::<Vec<_>>().join(", ")
    }

    fn infix(&self, a: &Code, op: &str, b: &Code) -> String {
        format!("({} {op} {})", self.code(a), self.code(b))
    }

    fn element(&self, how: &str, table: &Code, index: &Code, at: Mask) -> String {
        format!("{how}{}[{} in {}]", self.code(table), self.code(index), mask(at))
    }
}

fn plain(tokens: &TokenStream) -> String {
    tokens.to_string().replace(' ', "")
}

fn name(ty: &Type) -> String {
    match ty {
        Type::Scalar(name) => name.to_string(),
        _ => "_".into(),
    }
}

fn mask(mask: Mask) -> String {
    match mask {
        Mask::Entry => "entry".into(),
        Mask::Function => "function".into(),
        Mask::Running(id) => format!("running{id}"),
        Mask::Turn(id) => format!("turn{id}"),
        Mask::Gang(id) => format!("gang{id}"),
        Mask::Local(id) => format!("m{id}"),
    }
}

fn logic(op: LogicOp) -> &'static str {
    match op {
        LogicOp::And => "&&",
        LogicOp::Or => "||",
    }
}
