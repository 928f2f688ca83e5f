//! Where the lanes are to be, by what the loops over one core are: lanes inside one core need long loops, whose turns are
//! independent; lanes across the batch need small cores.

use std::collections::BTreeMap;

use super::covered;
use super::explain::{Reason, Told};
use super::options::{Asked, Way};
use super::signature::Signature;
use super::turns::Turns;
use crate::ast::{self, Function};
use crate::attr::Options;
use crate::core::{Body, VarId};
use crate::diagnostics::Problems;
use crate::explain::Line;
use crate::lane::Lanes;
use crate::parse::CoreRole;
use crate::variability::Variability;
use crate::{cost, desugar, expand, lower, types};

/// Loops of at most so many turns leave most lanes of a core idle, or are soon over.
pub(super) const SHORT: u64 = 16;

/// Functions of more instructions than this are compiled in one way: each adds half a second to a release build, and 35 KB to the
/// program, for one of forty instructions.
const MANY: u32 = 200;

/// A function's lane code.
pub(crate) struct Code {
    /// That of the loops over one core, if lanes are to be there.
    pub(crate) core: Option<Lanes>,
    /// That of a gang of cores, if lanes are to be across the batch. With both, the lengths of a call decide.
    pub(crate) batch: Option<Lanes>,
    /// The outputs that are written in full before they are read, as bits.
    pub(crate) covered: u32,
    /// The dimensions that the lanes of one core go along, as bits.
    pub(crate) along: u64,
    /// What became of the function, in words.
    pub(crate) explanation: Vec<Line>,
}

/// What the parameters are.
pub(super) struct Cores<'a> {
    pub(super) roles: &'a [CoreRole],
    pub(super) signature: &'a Signature,
}

impl Cores<'_> {
    /// By array, the numbers of its core dimensions.
    pub(super) fn dimensions(&self, body: &Body) -> BTreeMap<VarId, &[usize]> {
        let (mut inputs, mut outputs) = (self.signature.inputs.iter(), self.signature.outputs.iter());
        let mut dimensions = BTreeMap::new();
        for (var, role) in body.params.iter().zip(self.roles) {
            let own = match role {
                CoreRole::Input => inputs.next(),
                CoreRole::Output => outputs.next(),
                CoreRole::Uniform => continue,
            };
            dimensions.insert(*var, own.map_or(&[][..], Vec::as_slice));
        }
        dimensions
    }

    /// The outputs, in order.
    pub(super) fn outputs(&self, body: &Body) -> Vec<VarId> {
        let params = body.params.iter().zip(self.roles);
        params.filter(|(_, role)| **role == CoreRole::Output).map(|(var, _)| *var).collect()
    }
}

/// The lane code, in the way that was asked for, or in the one that is better, or in both.
pub(super) fn code(
    function: &Function,
    cores: &Cores<'_>,
    options: &Options,
    asked: Option<Asked>,
    problems: &mut Problems,
) -> Option<Code> {
    let choice = Choice { function, cores, options };
    match asked {
        Some(Asked { way: Way::Batch, .. }) => choice.across(Reason::Asked, problems),
        Some(Asked { way: Way::Core, span }) => {
            let core = choice.in_core(problems)?;
            if Turns::of(&core.body, cores).none {
                problems.push(span, NO_LOOP);
                return None;
            }
            Some(choice.one(Some(&core), None, &Reason::Asked))
        }
        None => choice.better(problems),
    }
}

const NO_LOOP: &str = "no loop over one core is there to become lanes: remove `lanes`, or write `lanes = \"batch\"`, and each lane \
                       has a core of its own";

struct Choice<'a> {
    function: &'a Function,
    cores: &'a Cores<'a>,
    options: &'a Options,
}

impl Choice<'_> {
    fn better(&self, problems: &mut Problems) -> Option<Code> {
        let mut aside = Problems::new();
        let Some(core) = self.in_core(&mut aside) else {
            return self.across(Reason::Refused(aside.into_first()), problems);
        };
        aside.forget();
        let reason = match Turns::of(&core.body, self.cores) {
            Turns { parallel: true, .. } => Reason::Threads,
            Turns { none: true, .. } => return self.across(Reason::NoLoop, problems),
            Turns { in_order: Some(span), .. } => return self.across(Reason::InOrder(span), problems),
            Turns { unknown: false, most, along: 0, .. } if most <= SHORT => {
                return self.across(Reason::Short(most), problems);
            }
            Turns { unknown: false, most, .. } if most <= SHORT && cost::of_code(&core.body.block) > MANY => {
                Reason::Large
            }
            Turns { unknown: false, most, along, .. } if most <= SHORT => Reason::Lengths(along),
            Turns { .. } => Reason::Long,
        };
        let mut aside = Problems::new();
        let batch = matches!(reason, Reason::Lengths(_)).then(|| self.batch(&mut aside)).flatten();
        aside.forget();
        let reason = if batch.is_some() { reason } else { reason.of_core() };
        Some(self.one(Some(&core), batch.as_ref(), &reason))
    }

    fn across(&self, reason: Reason, problems: &mut Problems) -> Option<Code> {
        let batch = self.batch(problems)?;
        Some(self.one(None, Some(&batch), &reason))
    }

    fn one(&self, core: Option<&Analysed>, batch: Option<&Analysed>, reason: &Reason) -> Code {
        let body = &batch.or(core).expect("one of them").body;
        let covered = covered::outputs(body, self.cores);
        let along = if let Reason::Lengths(along) = reason { *along } else { 0 };
        let (core, batch) = (core.map(|core| self.lower(core)), batch.map(|batch| self.lower(batch)));
        let told = Told { body, cores: self.cores, covered, reason };
        let explanation = told.lines(core.as_ref(), batch.as_ref());
        Code { core, batch, covered, along, explanation }
    }

    fn lower(&self, Analysed { body, found }: &Analysed) -> Lanes {
        lower::function(body, found, &types::shapes(body), self.options.ulp, self.options.fast)
    }

    /// The loops over one core as lanes.
    fn in_core(&self, problems: &mut Problems) -> Option<Analysed> {
        let (body, found) = expand::array_body(self.function, self.options, problems)?;
        Some(Analysed { body, found })
    }

    /// The body, each of whose lanes has cores of its own.
    fn batch(&self, problems: &mut Problems) -> Option<Analysed> {
        let mut body = desugar::function(self.function, problems);
        if !problems.is_empty() {
            return None;
        }
        for (var, role) in body.params.clone().into_iter().zip(self.cores.roles) {
            match (role, &body.vars[var].ty) {
                (CoreRole::Uniform, _) => {}
                (_, Some(ast::Type::View(_))) => {
                    body.planes.insert(var);
                }
                _ => body.vars[var].lanes = true,
            }
        }
        let (body, found) = expand::varied(body);
        found.check(&body, problems);
        problems.is_empty().then_some(Analysed { body, found })
    }
}

/// A body on its way to one kind of lanes.
struct Analysed {
    body: Body,
    found: Variability,
}
