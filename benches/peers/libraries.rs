//! The vendors' libraries, loaded at run time where they are found.

use std::ffi::{c_int, c_longlong};
use std::path::Path;

use libloading::os::unix::{Library, RTLD_GLOBAL, RTLD_LAZY};
use ufunc::Level;

use crate::calls::{VectorFunction, Vectors};
use crate::names::Names;

/// Computes results of two arrays of arguments, of which functions of one use the first.
type Run<T> = Box<dyn Fn(&[T], &[T], &mut [T])>;

/// One way to compute a function over arrays.
pub(crate) struct Peer<T> {
    pub(crate) name: String,
    /// The registers it uses.
    pub(crate) level: Level,
    pub(crate) run: Run<T>,
}

/// The libraries that this machine has.
pub(crate) struct Libraries {
    mkl: Option<Library>,
    svml: Option<Library>,
    sleef: Option<Library>,
    mvec: Option<Library>,
}

/// Modes of MKL: the accuracy, and no look at errors.
const HIGH_ACCURACY: c_longlong = 2 | 0x100;
const LOW_ACCURACY: c_longlong = 1 | 0x100;

/// What Intel's libraries call their versions, within 1 ulp and within 4: MKL's mode, and the end of SVML's names.
const TIERS: [(&str, c_longlong, &str); 2] = [("HA", HIGH_ACCURACY, "_ha"), ("LA", LOW_ACCURACY, "")];

impl Libraries {
    /// Looks in the `lib` of the folder that `UFUNC_PEERS` names, and where the system keeps its libraries.
    pub(crate) fn load() -> Self {
        let folder = std::env::var_os("UFUNC_PEERS").map(|folder| Path::new(&folder).join("lib"));
        let open = |names: &[&str]| {
            let places =
                names.iter().flat_map(|name| folder.iter().map(move |folder| folder.join(name)).chain([name.into()]));
            // SAFETY: these libraries' own initialisation, which expects nothing of the program.
            places.into_iter().find_map(|place| unsafe { Library::open(Some(place), RTLD_LAZY | RTLD_GLOBAL) }.ok())
        };
        // SAFETY: nothing else runs yet.
        unsafe { std::env::set_var("MKL_THREADING_LAYER", "SEQUENTIAL") };
        // SVML needs it and does not say where it is; it stays loaded.
        std::mem::forget(open(&["libintlc.so.5"]));
        Self {
            mkl: open(&["libmkl_rt.so.3", "libmkl_rt.so.2", "libmkl_rt.so"]),
            svml: open(&["libsvml.so"]),
            sleef: open(&["libsleef.so.3", "libsleef.so"]),
            mvec: open(&["libmvec.so.1"]),
        }
    }

    /// Which of them are there.
    pub(crate) fn found(&self) -> Vec<&'static str> {
        let all = [("MKL", &self.mkl), ("SVML", &self.svml), ("SLEEF", &self.sleef), ("libmvec", &self.mvec)];
        all.into_iter().filter(|(_, library)| library.is_some()).map(|(name, _)| name).collect()
    }

    /// Every peer's version of a function within a bound. What a library has for the other bound stands beside it.
    pub(crate) fn peers<T: Format>(&self, names: &Names, arity: usize, ulp: u32) -> Vec<Peer<T>> {
        let mut peers = Vec::new();
        let tiers = if ulp == 1 { &TIERS[..] } else { &TIERS[1..] };
        if let Some(name) = names.mkl {
            let symbol = format!("vm{}{name}", T::MKL);
            for (tier, mode, _) in tiers {
                let Some(address) = address(&self.mkl, &symbol) else { continue };
                peers.push(Peer {
                    name: format!("MKL {tier}"),
                    level: Level::Avx512,
                    // SAFETY: that is the type of MKL's functions of this name; the arrays are of one length.
                    run: Box::new(move |xs, ys, out| unsafe { run_mkl(address, arity, *mode, xs, ys, out) }),
                });
            }
        }
        for (level, bits) in [(Level::Avx512, 512), (Level::Avx2, 256)] {
            if !level.is_available() {
                continue;
            }
            let lanes = bits / (8 * size_of::<T>() as u32);
            let f = T::SUFFIX;
            let mut add = |name: String, library: &Option<Library>, symbol: String| {
                let Some(address) = address(library, &symbol) else { return };
                let function = VectorFunction { address, arity, bits };
                peers.push(Peer {
                    name,
                    level,
                    // SAFETY: the names say which vectors the functions take, and so many; the level is there.
                    run: Box::new(move |xs, ys, out| unsafe { T::run(function, xs, ys, out) }),
                });
            };
            if let Some(name) = names.svml {
                for (tier, _, ending) in tiers {
                    add(format!("SVML {tier}"), &self.svml, format!("__svml_{name}{f}{lanes}{ending}"));
                }
            }
            if let Some((name, tier)) = names.sleef {
                let (d, set) = (T::SLEEF, if bits == 512 { "avx512f" } else { "avx2" });
                if ulp == 1 {
                    add("SLEEF 1".into(), &self.sleef, format!("Sleef_{name}{d}{lanes}_{tier}{set}"));
                }
                add("SLEEF 3.5".into(), &self.sleef, format!("Sleef_{name}{d}{lanes}_u35{set}"));
            }
            if let Some(name) = names.mvec {
                let (class, v) = (if bits == 512 { 'e' } else { 'd' }, "v".repeat(arity));
                add("libmvec".into(), &self.mvec, format!("_ZGV{class}N{lanes}{v}_{name}{f}"));
            }
        }
        peers
    }
}

fn address(library: &Option<Library>, symbol: &str) -> Option<*const ()> {
    // SAFETY: only the address is taken; the libraries stay loaded as long as the program runs.
    let symbol = unsafe { library.as_ref()?.get::<unsafe extern "C" fn()>(symbol.as_bytes()) }.ok()?;
    Some(*symbol as *const ())
}

/// # Safety
/// The address is that of a function of MKL's vector math for this type and so many arguments.
unsafe fn run_mkl<T>(address: *const (), arity: usize, mode: c_longlong, xs: &[T], ys: &[T], out: &mut [T]) {
    assert!(xs.len() == out.len() && ys.len() == out.len());
    let n = out.len() as c_int;
    // SAFETY: the caller vouches for the type; the arrays are of one length.
    unsafe {
        if arity == 1 {
            let call: unsafe extern "C" fn(c_int, *const T, *mut T, c_longlong) = std::mem::transmute(address);
            call(n, xs.as_ptr(), out.as_mut_ptr(), mode);
        } else {
            let call: unsafe extern "C" fn(c_int, *const T, *const T, *mut T, c_longlong) =
                std::mem::transmute(address);
            call(n, xs.as_ptr(), ys.as_ptr(), out.as_mut_ptr(), mode);
        }
    }
}

/// How the libraries' names say which format they are for.
pub(crate) trait Format: Vectors + Copy + 'static {
    const MKL: &'static str;
    const SUFFIX: &'static str;
    const SLEEF: &'static str;
}

impl Format for f64 {
    const MKL: &'static str = "d";
    const SUFFIX: &'static str = "";
    const SLEEF: &'static str = "d";
}

impl Format for f32 {
    const MKL: &'static str = "s";
    const SUFFIX: &'static str = "f";
    const SLEEF: &'static str = "f";
}
