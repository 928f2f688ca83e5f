//! Control flow: values of `if`, `match`, `loop` and blocks go straight into the variable that takes them.

use proc_macro2::Span;

use super::{Desugar, Target};
use crate::ast::{self, Block, LogicOp, Source, Statement};
use crate::core::{Expr, ExprKind, Head, Loop, Panic, Stmt, VarId};
use crate::cost::{self, SELECT_LIMIT};

impl Desugar<'_> {
    /// A block's statements, and its value into `into`.
    pub(super) fn block_into(&mut self, block: &Block, into: Option<VarId>, out: &mut Vec<Stmt>) {
        self.scoped(|this| {
            this.statements(&block.statements, out);
            if let Some(value) = &block.value {
                this.expr_into(value, into, out);
            }
        });
    }

    /// A block whose value is an operand.
    pub(super) fn block_value(&mut self, block: &Block, span: Span, out: &mut Vec<Stmt>) -> Expr {
        self.scoped(|this| {
            this.statements(&block.statements, out);
            match &block.value {
                Some(value) => this.expr(value, out),
                None => Expr::new(span, ExprKind::Tuple(Vec::new())),
            }
        })
    }

    fn statements(&mut self, statements: &[Statement], out: &mut Vec<Stmt>) {
        for statement in statements {
            match statement {
                Statement::Let { pattern, ty, value } => self.let_pattern(pattern, ty.as_ref(), value.as_ref(), out),
                Statement::Expr(expr) => self.expr_into(expr, None, out),
                Statement::Item(tokens) => out.push(Stmt::Item(tokens.clone())),
            }
        }
    }

    /// Runs an expression and puts its value into a variable, or nowhere.
    pub(super) fn expr_into(&mut self, expr: &ast::Expr, into: Option<VarId>, out: &mut Vec<Stmt>) {
        match &expr.kind {
            ast::ExprKind::Block { label: None, block } => self.block_into(block, into, out),
            ast::ExprKind::Block { label, block } => self.labelled(label.as_ref(), block, into, out),
            ast::ExprKind::If { condition, then, otherwise } => {
                if into.is_some()
                    && let Some(value) = self.cheap(expr)
                {
                    return self.assign(into.expect("checked"), value, out);
                }
                let condition = self.expr(condition, out);
                let mut yes = Vec::new();
                self.block_into(then, into, &mut yes);
                let mut no = Vec::new();
                if let Some(otherwise) = otherwise {
                    self.expr_into(otherwise, into, &mut no);
                }
                let mark = self.mark();
                out.push(Stmt::If { mark, condition, then: yes, otherwise: no });
            }
            ast::ExprKind::Match { value, arms } => {
                if into.is_some()
                    && let Some(value) = self.cheap(expr)
                {
                    return self.assign(into.expect("checked"), value, out);
                }
                let value = self.scrutinee(value, out);
                self.arms(&value, arms, into, out);
            }
            ast::ExprKind::Loop { label, scalar, body } => {
                let about = Loop { span: expr.span, scalar: *scalar, parallel: false, block: false };
                self.looping(label.as_ref(), about, into, Head::Forever, Vec::new(), body, out);
            }
            ast::ExprKind::While { label, scalar, condition, body } => {
                let about = Loop { span: expr.span, scalar: *scalar, parallel: false, block: false };
                let mut before = Vec::new();
                let condition = self.expr(condition, &mut before);
                if before.is_empty() {
                    self.looping(label.as_ref(), about, None, Head::While(condition), Vec::new(), body, out);
                } else {
                    // The condition does something: `loop { <it>; if !condition { break } .. }`.
                    let id = self.loop_heads.len();
                    let (stay, leave) = (self.mark(), self.mark());
                    before.push(Stmt::If {
                        mark: stay,
                        condition,
                        then: Vec::new(),
                        otherwise: vec![Stmt::Break { mark: leave, target: id }],
                    });
                    self.looping(label.as_ref(), about, None, Head::Forever, before, body, out);
                }
            }
            ast::ExprKind::For { label, scalar, pattern, source, body } => {
                let parallel = matches!(source, Source::Range { parallel: true, .. });
                let about = Loop { span: expr.span, scalar: *scalar, parallel, block: false };
                self.for_loop(label.as_ref(), about, pattern, source, body, out);
            }
            ast::ExprKind::Break { label, value } => self.break_loop(label.as_ref(), value.as_deref(), out),
            ast::ExprKind::Continue { label } => {
                if let Some(at) = self.target(label.as_ref()) {
                    let target = self.loops[at].id;
                    let mark = self.mark();
                    out.push(Stmt::Continue { mark, target });
                }
            }
            ast::ExprKind::Return(value) => {
                let result = self.result;
                match value {
                    Some(value) => self.expr_into(value, Some(result), out),
                    None => self.problems.leave_to_rustc(),
                }
                let mark = self.mark();
                out.push(Stmt::Return { mark });
            }
            ast::ExprKind::Assign(target, value) => self.assignment(target, value, out),
            ast::ExprKind::Compound(op, target, value) => self.compound(*op, target, value, out),
            ast::ExprKind::Panic(panic) => self.panic(panic, expr.span, out),
            _ => {
                let value = self.expr(expr, out);
                match into {
                    Some(var) => self.assign(var, value, out),
                    None => out.push(Stmt::Eval(value)),
                }
            }
        }
    }

    /// An `if` or `match` as an operand.
    pub(super) fn choice(&mut self, expr: &ast::Expr, out: &mut Vec<Stmt>) -> Expr {
        if let Some(value) = self.cheap(expr) {
            return value;
        }
        let var = self.temporary(expr.span);
        out.push(Stmt::Let { var, value: None });
        self.expr_into(expr, Some(var), out);
        Expr::var(var, expr.span)
    }

    /// An `if` with two cheap values that cannot panic, as one expression. A failed try leaves no
    /// trace: the variables it declared are dropped again.
    fn cheap(&mut self, expr: &ast::Expr) -> Option<Expr> {
        let (vars, loops, marks) = (self.vars.len(), self.loop_heads.len(), self.marks);
        let known = self.problems.mark();
        let value = self.try_cheap(expr);
        if value.is_none() {
            self.vars.truncate(vars);
            self.loop_heads.truncate(loops);
            self.marks = marks;
            self.problems.back_to(known);
        }
        value
    }

    fn try_cheap(&mut self, expr: &ast::Expr) -> Option<Expr> {
        match &expr.kind {
            ast::ExprKind::If { condition, then, otherwise: Some(otherwise) } if then.statements.is_empty() => {
                let mut before = Vec::new();
                let condition = self.expr(condition, &mut before);
                let yes = self.try_cheap(then.value.as_ref()?)?;
                let no = self.try_cheap(otherwise)?;
                // Both are computed for all lanes, the conditions inside them too.
                let cheap = cost::of_expr(&yes) <= SELECT_LIMIT && cost::of_expr(&no) <= SELECT_LIMIT;
                (before.is_empty() && cheap)
                    .then(|| Expr::new(expr.span, ExprKind::If(Box::new(condition), Box::new(yes), Box::new(no))))
            }
            ast::ExprKind::Block { label: None, block } if block.statements.is_empty() => {
                self.try_cheap(block.value.as_ref()?)
            }
            ast::ExprKind::If { .. }
            | ast::ExprKind::Match { .. }
            | ast::ExprKind::Block { .. }
            | ast::ExprKind::Loop { .. }
            | ast::ExprKind::While { .. }
            | ast::ExprKind::For { .. }
            | ast::ExprKind::Break { .. }
            | ast::ExprKind::Continue { .. }
            | ast::ExprKind::Return(_)
            | ast::ExprKind::Assign(..)
            | ast::ExprKind::Compound(..)
            | ast::ExprKind::Panic(_) => None,
            _ => {
                let mut before = Vec::new();
                let value = self.expr(expr, &mut before);
                (before.is_empty() && cost::of_expr(&value) <= SELECT_LIMIT).then_some(value)
            }
        }
    }

    /// What a `match` looks at: variables, so that every test reads the same value.
    fn scrutinee(&mut self, value: &ast::Expr, out: &mut Vec<Stmt>) -> Expr {
        if let ast::ExprKind::Tuple(parts) = &value.kind {
            let mut parts = self.operands(&parts.iter().collect::<Vec<_>>(), out);
            for part in &mut parts {
                self.spill(part, out);
            }
            return Expr::new(value.span, ExprKind::Tuple(parts));
        }
        let mut value = self.expr(value, out);
        self.spill(&mut value, out);
        value
    }

    /// The arms of a `match` as a chain of `if`s.
    fn arms(&mut self, value: &Expr, arms: &[ast::Arm], into: Option<VarId>, out: &mut Vec<Stmt>) {
        let Some((arm, rest)) = arms.split_first() else { return };
        // The last arm without a guard takes all that is left: the twin's `match` is exhaustive.
        let last = rest.is_empty() && arm.guard.is_none();
        let mut then = Vec::new();
        let condition = self.scoped(|this| {
            let test = this.test(&arm.pattern, value, out);
            let guard = arm.guard.as_ref().map(|guard| this.expr(guard, out));
            this.expr_into(&arm.body, into, &mut then);
            super::pattern::both(LogicOp::And, test, guard, arm.body.span)
        });
        match condition {
            Some(condition) if !last => {
                let mut otherwise = Vec::new();
                self.arms(value, rest, into, &mut otherwise);
                let mark = self.mark();
                out.push(Stmt::If { mark, condition, then, otherwise });
            }
            _ => out.append(&mut then),
        }
    }

    /// A loop whose body begins with `before`.
    #[allow(clippy::too_many_arguments, reason = "a loop has that many parts")]
    pub(super) fn looping(
        &mut self,
        label: Option<&proc_macro2::Ident>,
        about: Loop,
        result: Option<VarId>,
        head: Head,
        before: Vec<Stmt>,
        body: &Block,
        out: &mut Vec<Stmt>,
    ) {
        let id = self.new_loop(about);
        self.loops.push(Target { label: label.map(ToString::to_string), id, result, block: false });
        let mut inside = before;
        self.block_into(body, None, &mut inside);
        self.loops.pop();
        out.push(Stmt::Loop { id, head, body: inside });
    }

    /// `'a: { .. }` is a loop that runs once.
    fn labelled(
        &mut self,
        label: Option<&proc_macro2::Ident>,
        block: &Block,
        into: Option<VarId>,
        out: &mut Vec<Stmt>,
    ) {
        let about = Loop {
            span: label.map_or_else(Span::call_site, |label| label.span()),
            scalar: false,
            parallel: false,
            block: true,
        };
        let id = self.new_loop(about);
        self.loops.push(Target { label: label.map(ToString::to_string), id, result: into, block: true });
        let mut body = Vec::new();
        self.block_into(block, into, &mut body);
        self.loops.pop();
        let mark = self.mark();
        body.push(Stmt::Break { mark, target: id });
        out.push(Stmt::Loop { id, head: Head::Forever, body });
    }

    fn for_loop(
        &mut self,
        label: Option<&proc_macro2::Ident>,
        about: Loop,
        pattern: &ast::Pattern,
        source: &Source,
        body: &Block,
        out: &mut Vec<Stmt>,
    ) {
        let span = about.span;
        let mut before = Vec::new();
        let (head, item) = match source {
            Source::Range { from, to, inclusive, reversed, step, .. } => {
                let ends: Vec<&ast::Expr> = [&**from, &**to].into_iter().chain(step.as_deref()).collect();
                let mut ends = self.operands(&ends, out).into_iter();
                let mut next = || ends.next().expect("as many as given");
                let (from, to) = (next(), next());
                let step = step.as_ref().map(|_| next());
                let var = self.item(pattern, span);
                (Head::Range { var, from, to, inclusive: *inclusive, reversed: *reversed, step }, Expr::var(var, span))
            }
            Source::Items(items) => return self.items_loop(label, about, pattern, items, body, out),
            Source::Elements { of, enumerated, reversed } if self.part_named(of).is_some() => {
                return self.elements_loop(label, about, pattern, (of, *enumerated, *reversed), body, out);
            }
            Source::Elements { of, enumerated, reversed } => {
                let of = self.expr(of, out);
                if let ExprKind::Var(var) = of.kind
                    && let Some(ast::Type::Scalar(_)) = self.vars[var].ty
                {
                    // A number is no iterator.
                    self.problems.leave_to_rustc();
                }
                let var = self.item(pattern, span);
                let counter = enumerated.then(|| self.declare(&proc_macro2::Ident::new("i", span), false, None));
                let item = match counter {
                    Some(counter) => {
                        let parts = vec![Expr::var(counter, span), Expr::var(var, span)];
                        Expr::new(span, ExprKind::Tuple(parts))
                    }
                    None => Expr::var(var, span),
                };
                (Head::Elements { var, counter, of, reversed: *reversed }, item)
            }
        };
        self.scoped(|this| {
            this.bind_item(pattern, item, &mut before);
            this.looping(label, about, None, head, before, body, out);
        });
    }

    /// The variable that a loop counts with.
    fn item(&mut self, pattern: &ast::Pattern, span: Span) -> VarId {
        match pattern {
            ast::Pattern::Bind { name, mutable: false, inner: None } => self.declare(name, false, None),
            _ => self.declare(&proc_macro2::Ident::new("i", span), false, None),
        }
    }

    /// Binds a loop's pattern to its variables, without a copy where it is a plain name.
    pub(super) fn bind_item(&mut self, pattern: &ast::Pattern, item: Expr, before: &mut Vec<Stmt>) {
        match (pattern, item.kind) {
            (ast::Pattern::Wild, _) => {}
            (ast::Pattern::Bind { name, mutable: false, inner: None }, ExprKind::Var(var)) => self.bind(name, var),
            (ast::Pattern::Tuple(patterns), ExprKind::Tuple(parts)) if patterns.len() == parts.len() => {
                for (pattern, part) in patterns.iter().zip(parts) {
                    self.bind_item(pattern, part, before);
                }
            }
            (_, kind) => self.bind_value(pattern, Expr::new(item.span, kind), before),
        }
    }

    fn break_loop(&mut self, label: Option<&proc_macro2::Ident>, value: Option<&ast::Expr>, out: &mut Vec<Stmt>) {
        let Some(at) = self.target(label) else { return };
        let (target, result) = (self.loops[at].id, self.loops[at].result);
        if let Some(value) = value {
            self.expr_into(value, result, out);
        }
        let mark = self.mark();
        out.push(Stmt::Break { mark, target });
    }

    /// The loop that a jump means.
    fn target(&mut self, label: Option<&proc_macro2::Ident>) -> Option<usize> {
        let found = match label {
            Some(label) => {
                let label = label.to_string();
                self.loops.iter().rposition(|target| target.label.as_ref() == Some(&label))
            }
            None => self.loops.iter().rposition(|target| !target.block),
        };
        if found.is_none() {
            self.problems.leave_to_rustc();
        }
        found
    }

    fn panic(&mut self, panic: &ast::Panic, span: Span, out: &mut Vec<Stmt>) {
        let condition = panic.condition.as_ref().map(|condition| self.expr(condition, out));
        let mut args = Vec::new();
        for (name, arg) in &panic.args {
            let mut before = Vec::new();
            let value = self.expr(arg, &mut before);
            if !before.is_empty() {
                self.refuse(
                    arg.span,
                    "an argument of a panic's message is a plain value: compute it before, with `let`",
                );
            }
            args.push((name.clone(), value));
        }
        out.push(Stmt::Panic(Panic { condition, message: panic.message.clone(), args, span }));
    }
}
