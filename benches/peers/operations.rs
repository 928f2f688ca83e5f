//! What a machine loop costs at least: its vector operations, counted in its machine code.

use std::collections::{BTreeMap, BTreeSet};

use iced_x86::{Code, Decoder, DecoderOptions, FlowControl, Instruction, InstructionInfoFactory, OpKind, Register};
use ufunc::Level;
use ufunc::kernel::MachineLoops;

/// No machine loop is longer, in bytes.
const LONGEST: usize = 1 << 16;

/// The operations on registers of the level's full width in one turn of the loop, for each register of elements, on the
/// way that is taken where no lane is rare. Moves between registers and memory are not counted, as other ports make them.
pub(crate) fn per_vector(loops: &'static MachineLoops, level: Level, element: usize) -> Option<f64> {
    let (run, lanes) = loops.at(level);
    let bytes = if level == Level::Avx512 { 64 } else { 32 };
    let vectors = (lanes * element) as f64 / bytes as f64;
    let instructions = function(run as usize as u64);
    Some(shortest_turn(&instructions, bytes)? as f64 / vectors)
}

/// The instructions of the function at an address, in order.
fn function(start: u64) -> Vec<Instruction> {
    let readable = mapped_from(start).min(LONGEST);
    // SAFETY: so many bytes are mapped from there on, and code does not change.
    let code = unsafe { std::slice::from_raw_parts(start as *const u8, readable) };
    let mut decoder = Decoder::with_ip(64, code, start, DecoderOptions::NONE);
    let mut instructions = Vec::new();
    let mut farthest = start;
    while decoder.can_decode() {
        let instruction = decoder.decode();
        if instruction.code() == Code::INVALID {
            break;
        }
        instructions.push(instruction);
        match instruction.flow_control() {
            FlowControl::ConditionalBranch => farthest = farthest.max(instruction.near_branch_target()),
            // A jump backwards or out of the function, or its end, unless something jumps past it.
            FlowControl::UnconditionalBranch | FlowControl::Return | FlowControl::Exception
                if instruction.ip() >= farthest =>
            {
                let target = instruction.near_branch_target();
                if target > instruction.ip() && target < start + LONGEST as u64 / 8 {
                    farthest = farthest.max(target);
                } else {
                    break;
                }
            }
            FlowControl::UnconditionalBranch => farthest = farthest.max(instruction.near_branch_target()),
            _ => {}
        }
    }
    instructions
}

/// How many bytes from an address on are mapped.
fn mapped_from(address: u64) -> usize {
    let maps = std::fs::read_to_string("/proc/self/maps").expect("Linux shows a process its mappings");
    let ranges = maps.lines().filter_map(|line| {
        let (start, end) = line.split_whitespace().next()?.split_once('-')?;
        Some(u64::from_str_radix(start, 16).ok()?..u64::from_str_radix(end, 16).ok()?)
    });
    ranges.into_iter().find(|range| range.contains(&address)).map_or(0, |range| (range.end - address) as usize)
}

/// The operations on the shortest way round the loop. What jumps back from the code for rare lanes looks like a loop, too,
/// but every way round it goes through that code.
fn shortest_turn(instructions: &[Instruction], bytes: usize) -> Option<usize> {
    let at: BTreeMap<u64, usize> = instructions.iter().enumerate().map(|(i, at)| (at.ip(), i)).collect();
    let heads: BTreeSet<usize> = instructions
        .iter()
        .filter(|at| at.near_branch_target() != 0 && at.near_branch_target() <= at.ip())
        .filter_map(|branch| at.get(&branch.near_branch_target()).copied())
        .collect();
    heads.into_iter().filter_map(|head| shortest_from(instructions, &at, head, bytes)).min()
}

/// The fewest operations on a way from an instruction to itself that stores a result.
fn shortest_from(instructions: &[Instruction], at: &BTreeMap<u64, usize>, head: usize, bytes: usize) -> Option<usize> {
    let mut factory = InstructionInfoFactory::new();
    let stores: Vec<bool> = instructions.iter().map(stores_result).collect();
    let costs: Vec<usize> = instructions.iter().map(|at| usize::from(is_operation(at, bytes, &mut factory))).collect();
    // By instruction and whether a result has been stored on the way to it.
    let mut best: BTreeMap<(usize, bool), usize> = BTreeMap::new();
    let mut open = BTreeSet::from([(0, head, false)]);
    while let Some((cost, i, stored)) = open.pop_first() {
        if best.get(&(i, stored)).is_some_and(|known| *known <= cost) && (i, stored) != (head, false) {
            continue;
        }
        best.insert((i, stored), cost);
        let (cost, stored) = (cost + costs[i], stored || stores[i]);
        let instruction = &instructions[i];
        let target = at.get(&instruction.near_branch_target()).copied();
        let next = (i + 1 < instructions.len()).then_some(i + 1);
        let ways = match instruction.flow_control() {
            FlowControl::ConditionalBranch => [next, target],
            FlowControl::UnconditionalBranch => [None, target],
            FlowControl::Return | FlowControl::Exception => [None, None],
            _ => [next, None],
        };
        for way in ways.into_iter().flatten() {
            if way == head {
                if stored {
                    return Some(cost);
                }
            } else {
                open.insert((cost, way, stored));
            }
        }
    }
    None
}

/// A store of a register to an array, not to the stack.
fn stores_result(instruction: &Instruction) -> bool {
    let is_store = instruction.op_count() >= 2
        && instruction.op0_kind() == OpKind::Memory
        && instruction.op1_kind() == OpKind::Register
        && instruction.op1_register().is_vector_register();
    is_store && !matches!(instruction.memory_base(), Register::RSP | Register::RBP)
}

/// Whether an instruction computes with registers of this width, and is no move.
fn is_operation(instruction: &Instruction, bytes: usize, factory: &mut InstructionInfoFactory) -> bool {
    let name = format!("{:?}", instruction.mnemonic()).to_lowercase();
    let loads = name.starts_with("vbroadcast") && instruction.op1_kind() == OpKind::Memory;
    if name.starts_with("vmov") || loads {
        return false;
    }
    let info = factory.info(instruction);
    info.used_registers().iter().any(|used| {
        let register = used.register();
        if bytes == 64 { register.is_zmm() } else { register.is_ymm() }
    })
}
