//! The exact results: `reference.c`, compiled when the tests run, because Rust has no 80-bit floats.

use std::ffi::CString;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use libloading::Library;

/// `errors[i]` becomes the error of `results[i]` in units of the last place of the exact result.
type Errors<T> = unsafe extern "C" fn(*const T, *const T, *const T, std::ffi::c_long, *mut f64);

/// A format that the reference judges.
pub(crate) trait Format: Copy + Default + Into<f64> + Send + 'static {
    /// As it stands at the end of the names in `reference.c`.
    const NAME: &'static str;
    /// The sizes of its bits.
    const BITS: u32;
    fn from_bits(bits: u64) -> Self;
    fn to_bits(self) -> u64;
    fn rounded(x: f64) -> Self;
}

macro_rules! float {
    ($t:ident, $bits:ident) => {
        impl Format for $t {
            const NAME: &'static str = stringify!($t);
            const BITS: u32 = $bits::BITS;
            fn from_bits(bits: u64) -> $t {
                $t::from_bits(bits as $bits)
            }
            fn to_bits(self) -> u64 {
                self.to_bits().into()
            }
            fn rounded(x: f64) -> $t {
                x as $t
            }
        }
    };
}
float!(f32, u32);
float!(f64, u64);

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/accuracy/reference.c");
        let object = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("reference-{}.so", std::process::id()));
        let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
        let status = Command::new(&compiler)
            .args(["-O2", "-fno-math-errno", "-shared", "-fPIC", "-o"])
            .arg(&object)
            .arg(source)
            .arg("-lm")
            .status()
            .unwrap_or_else(|error| panic!("the C compiler {compiler:?} does not run: {error}"));
        assert!(status.success(), "the C compiler {compiler:?} does not accept {source}");
        // SAFETY: the object is our own and runs nothing when it is loaded.
        let library = unsafe { Library::new(&object) }.expect("the object has just been made");
        // It stays mapped.
        std::fs::remove_file(&object).expect("the object is there");
        library
    })
}

/// The errors of a function's results.
pub(crate) fn errors<T: Format>(function: &str, xs: &[T], ys: &[T], results: &[T]) -> Vec<f64> {
    assert!(xs.len() == ys.len() && xs.len() == results.len(), "arguments and results belong together");
    let symbol = CString::new(format!("{function}_{}", T::NAME)).expect("a name");
    // SAFETY: every function that `reference.c` exports has this type.
    let judge = unsafe { library().get::<Errors<T>>(symbol.as_bytes_with_nul()) };
    let judge = judge.unwrap_or_else(|_| panic!("reference.c has no {symbol:?}"));
    let mut errors = vec![f64::NAN; xs.len()];
    // SAFETY: all five are of the length that is passed.
    unsafe { judge(xs.as_ptr(), ys.as_ptr(), results.as_ptr(), xs.len() as std::ffi::c_long, errors.as_mut_ptr()) };
    errors
}
