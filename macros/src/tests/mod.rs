//! The stages from the kernel language to lane code, on functions given as text.

mod explained;
mod inference;
mod lowering;
mod render;
mod splitting;
mod variability;

use crate::ast::Function;
use crate::attr::{Fast, Ulp};
use crate::core::{Body, LoopId, Stmt};
use crate::diagnostics::Problems;
use crate::lane::Gang;
use crate::parse::{self, Role};
use crate::variability::Variability;
use crate::{expand, lane};

fn read(item: &str, problems: &mut Problems) -> Function {
    let item: syn::ItemFn = syn::parse_str(item).expect("a function");
    parse::function(&item, Role::Kernel, problems)
}

/// What the analysis finds of a kernel: by the names of variables, and by the order in which loops, `if`s and
/// jumps are written.
struct Analysed {
    body: Body,
    found: Variability,
}

fn analysed(item: &str) -> Analysed {
    let mut problems = Problems::new();
    let function = read(item, &mut problems);
    let (body, found) = expand::analysed(&function, &mut problems);
    assert_eq!(problems.into_messages(), Vec::<String>::new());
    Analysed { body, found }
}

impl Analysed {
    /// Whether the variables of a name vary: the one written first, then those it is split into after loops, or that
    /// are declared later.
    fn varies(&self, name: &str) -> Vec<bool> {
        let vars = self.body.vars.iter().zip(&self.found.vars);
        let varies: Vec<bool> = vars.filter(|(var, _)| var.name == name).map(|(_, varies)| *varies).collect();
        assert!(!varies.is_empty(), "no variable is called {name}");
        varies
    }

    /// Whether lanes leave the loops at different turns.
    fn loops(&self) -> &[bool] {
        &self.found.loops
    }

    /// Whether lanes take the `if`s apart.
    fn ifs(&self) -> Vec<bool> {
        self.by_statement(|stmt| match stmt {
            Stmt::If { mark, .. } => Some(self.found.ifs[*mark]),
            _ => None,
        })
    }

    /// Whether only some lanes take the jumps.
    fn jumps(&self) -> Vec<bool> {
        self.by_statement(|stmt| match stmt {
            Stmt::Break { mark, .. } | Stmt::Continue { mark, .. } | Stmt::Return { mark } => {
                Some(self.found.jumps[*mark])
            }
            _ => None,
        })
    }

    /// Whether the assignments to the variables of a name keep the old value in lanes that are off.
    fn blends(&self, name: &str) -> Vec<bool> {
        self.by_statement(|stmt| match stmt {
            Stmt::Assign { mark, place, .. } if self.body.vars[place.var].name == name => {
                Some(self.found.blends[*mark])
            }
            _ => None,
        })
    }

    /// What the lanes that leave a loop take with them.
    fn latched(&self, id: LoopId) -> Vec<String> {
        self.found.latches[id].iter().map(|var| self.body.vars[*var].name.to_string()).collect()
    }

    /// What is another variable after a loop.
    fn split(&self, id: LoopId) -> Vec<String> {
        self.found.split[id].iter().map(|var| self.body.vars[*var].name.to_string()).collect()
    }

    /// What `of` says of the statements, in the order in which they are written.
    fn by_statement(&self, of: impl Fn(&Stmt) -> Option<bool>) -> Vec<bool> {
        fn walk(block: &[Stmt], of: &dyn Fn(&Stmt) -> Option<bool>, found: &mut Vec<bool>) {
            for stmt in block {
                found.extend(of(stmt));
                stmt.blocks().into_iter().for_each(|inner| walk(inner, of, found));
            }
        }
        let mut found = Vec::new();
        walk(&self.body.block, &of, &mut found);
        found
    }
}

fn lanes(item: &str) -> lane::Lanes {
    lanes_within(Ulp::One, item)
}

fn lanes_within(ulp: Ulp, item: &str) -> lane::Lanes {
    let mut problems = Problems::new();
    let function = read(item, &mut problems);
    let lanes = expand::lanes(&function, ulp, Fast::default(), &mut problems);
    assert_eq!(problems.into_messages(), Vec::<String>::new());
    lanes.expect("a function without problems has lane code")
}

fn gang(item: &str) -> Gang {
    lanes(item).gang
}
