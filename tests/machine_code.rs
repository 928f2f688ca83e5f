//! What the machine loops of the examples are made of: vector instructions over the level's whole
//! registers, no call, no scalar arithmetic. Looks at the release build, symbol by symbol.
#![cfg(all(target_arch = "x86_64", target_os = "linux"))]

use std::path::PathBuf;
use std::process::Command;

use iced_x86::{Decoder, DecoderOptions, Formatter, Instruction, IntelFormatter, Mnemonic};
use object::{Object, ObjectSection, ObjectSymbol};

/// One function of an executable.
struct Function {
    name: String,
    start: u64,
    instructions: Vec<Instruction>,
}

impl Function {
    fn end(&self) -> u64 {
        self.instructions.last().map_or(self.start, Instruction::next_ip)
    }

    /// Calls, and jumps to somewhere else, which are calls in the last place.
    fn calls(&self) -> Vec<String> {
        let leaves = |at: &&Instruction| {
            let target = at.near_branch_target();
            at.mnemonic() == Mnemonic::Call || (target != 0 && !(self.start..self.end()).contains(&target))
        };
        self.instructions.iter().filter(leaves).map(text).collect()
    }

    /// Arithmetic on one float at a time.
    fn scalar_math(&self) -> Vec<String> {
        self.instructions.iter().filter(|at| is_scalar_math(at.mnemonic())).map(text).collect()
    }

    /// How many instructions compute floats in whole registers: `zmm` on AVX-512, `ymm` on AVX2.
    fn vector_math(&self, register: &str) -> usize {
        let is_packed = |at: &&Instruction| {
            let name = format!("{:?}", at.mnemonic()).to_lowercase();
            let into = format!("{:?}", at.op0_register()).to_lowercase();
            is_float_math(&name) && (name.ends_with("pd") || name.ends_with("ps")) && into.starts_with(register)
        };
        self.instructions.iter().filter(is_packed).count()
    }
}

fn text(instruction: &Instruction) -> String {
    let mut text = format!("{:x}: ", instruction.ip());
    IntelFormatter::new().format(instruction, &mut text);
    text
}

fn is_scalar_math(mnemonic: Mnemonic) -> bool {
    let name = format!("{mnemonic:?}").to_lowercase();
    is_float_math(&name) && (name.ends_with("sd") || name.ends_with("ss"))
}

fn is_float_math(name: &str) -> bool {
    let name = name.strip_prefix('v').unwrap_or(name);
    ["add", "sub", "mul", "div", "sqrt", "fmadd", "fmsub", "fnmadd", "fnmsub"].iter().any(|op| name.starts_with(op))
}

/// The machine loops of one level in an example's release build.
fn machine_loops(example: &str, level: &str) -> Vec<Function> {
    let bytes = std::fs::read(executable(example)).unwrap();
    let file = object::File::parse(&*bytes).unwrap();
    let text = file.section_by_name(".text").unwrap();
    let (code, base) = (text.data().unwrap(), text.address());
    let mut functions = Vec::new();
    for symbol in file.symbols() {
        let name = format!("{:#}", rustc_demangle::demangle(symbol.name().unwrap_or_default()));
        let path = name.split("::<").next().unwrap_or_default();
        if path != format!("ufunc::kernel::run_{level}") {
            continue;
        }
        let (start, size) = (symbol.address(), symbol.size());
        let code = &code[(start - base) as usize..][..size as usize];
        let instructions = Decoder::with_ip(64, code, start, DecoderOptions::NONE).into_iter().collect();
        functions.push(Function { name: format!("{example}, {name}"), start, instructions });
    }
    functions
}

/// Builds an example as its users do, and finds it.
fn executable(example: &str) -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["build", "--release", "--message-format=json", "--example", example])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let messages = String::from_utf8(output.stdout).unwrap();
    let path = |line: &str| Some(line.split_once(r#""executable":""#)?.1.split_once('"')?.0.to_owned());
    messages.lines().filter_map(path).next_back().expect("cargo says where the example is").into()
}

/// How many kernels each example has.
const EXAMPLES: [(&str, usize); 3] = [("quickstart", 2), ("mandelbrot", 2), ("black_scholes", 1)];

#[test]
fn machine_loops_hold_vector_instructions_alone() {
    for (example, kernels) in EXAMPLES {
        for (level, register) in [("avx512", "zmm"), ("avx2", "ymm")] {
            let loops = machine_loops(example, level);
            assert_eq!(loops.len(), kernels, "machine loops of {example}");
            for function in loops {
                let name = &function.name;
                assert_eq!(function.calls(), [""; 0], "{name} calls");
                assert_eq!(function.scalar_math(), [""; 0], "{name} computes one float at a time");
                assert!(function.vector_math(register) >= 5, "{name} computes in whole registers");
            }
        }
    }
}

/// The scalar level calls `fma` and computes one float at a time: the test above would see it.
#[test]
fn calls_and_scalar_math_are_seen() {
    let loops = machine_loops("black_scholes", "scalar");
    assert_eq!(loops.len(), 1);
    assert!(!loops[0].calls().is_empty());
    assert!(!loops[0].scalar_math().is_empty());
    assert_eq!(loops[0].vector_math("zmm"), 0);
}
