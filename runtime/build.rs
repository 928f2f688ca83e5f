//! Finds the libraries that the crate's features ask for.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "sleef")]
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "x86_64")
        && let Err(error) = pkg_config::Config::new().atleast_version("3.5").probe("sleef")
    {
        panic!(
            "the feature `sleef` needs the SLEEF library with its pkg-config file (on Debian the packages libsleef-dev and \
             pkg-config): {error}"
        );
    }
}
