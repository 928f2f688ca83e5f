//! Stores past the caches, for results that are larger than the caches: they do not read the lines that they replace.

use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

/// What [`last_level_cache`] holds until the cache's size is known.
const UNKNOWN: usize = 0;

static LAST_LEVEL_CACHE: AtomicUsize = AtomicUsize::new(UNKNOWN);

/// The bytes of the processor's last-level cache, as far as one core shares it; as much as there can be where stores past the
/// caches are not to be had, or the processor does not tell.
#[inline]
pub(crate) fn last_level_cache() -> usize {
    match LAST_LEVEL_CACHE.load(Ordering::Relaxed) {
        UNKNOWN => detect(),
        bytes => bytes,
    }
}

#[cold]
fn detect() -> usize {
    let bytes = match cache_size() {
        0 => usize::MAX,
        bytes => bytes,
    };
    LAST_LEVEL_CACHE.store(bytes, Ordering::Relaxed);
    bytes
}

/// What [`wide_is_halves`] holds until it is known, and then.
const UNASKED: u8 = 0;
const NO: u8 = 1;
const YES: u8 = 2;

static WIDE_IS_HALVES: AtomicU8 = AtomicU8::new(UNASKED);

/// Whether the processor takes registers of 512 bits in halves, as AMD's Zen 4 does: it computes no faster with them, and loads them
/// more slowly from memory.
pub(crate) fn wide_is_halves() -> bool {
    match WIDE_IS_HALVES.load(Ordering::Relaxed) {
        UNASKED => {
            let found = is_zen4();
            WIDE_IS_HALVES.store(if found { YES } else { NO }, Ordering::Relaxed);
            found
        }
        known => known == YES,
    }
}

/// Of AMD's family 19h, Zen 4 alone has registers of 512 bits.
#[cfg(target_arch = "x86_64")]
fn is_zen4() -> bool {
    use std::arch::x86_64::__cpuid;

    #[allow(unused_unsafe, reason = "newer compilers know that every x86-64 processor has the instruction")]
    // SAFETY: every x86-64 processor has the instruction, and these two leaves.
    let (vendor, signature) = unsafe { (__cpuid(0), __cpuid(1).eax) };
    let family = (signature >> 8 & 0xf) + (signature >> 20 & 0xff);
    let name = [vendor.ebx, vendor.edx, vendor.ecx].map(u32::to_le_bytes).concat();
    name == b"AuthenticAMD" && family == 0x19
}

#[cfg(not(target_arch = "x86_64"))]
fn is_zen4() -> bool {
    false
}

/// The largest cache that the processor's description of its caches has; zero if there is none.
#[cfg(target_arch = "x86_64")]
fn cache_size() -> usize {
    use std::arch::x86_64::{__cpuid, __cpuid_count};

    #[allow(unused_unsafe, reason = "newer compilers know that every x86-64 processor has the instruction")]
    // SAFETY: every x86-64 processor has the instruction.
    let cpuid = |leaf: u32, index: u32| unsafe { __cpuid_count(leaf, index) };
    #[allow(unused_unsafe, reason = "as above")]
    // SAFETY: as above.
    let highest = |leaf: u32| unsafe { __cpuid(leaf) }.eax;
    // Intel's leaf, and AMD's with the same fields.
    let leaf = if highest(0x8000_0000) >= 0x8000_001d && cpuid(0x8000_001d, 0).eax & 0x1f != 0 {
        0x8000_001d
    } else if highest(0) >= 4 {
        4
    } else {
        return 0;
    };
    let mut largest = 0;
    for index in 0..16 {
        let cache = cpuid(leaf, index);
        if cache.eax & 0x1f == 0 {
            break;
        }
        let field = |from: u32, bits: u32| (cache.ebx >> from & ((1 << bits) - 1)) as usize + 1;
        largest = largest.max(field(22, 10) * field(12, 10) * field(0, 12) * (cache.ecx as usize + 1));
    }
    largest
}

#[cfg(not(target_arch = "x86_64"))]
fn cache_size() -> usize {
    0
}

/// Copies bytes past the caches. A [`Fence`] has to end before other threads read them.
///
/// # Safety
/// `from` is readable and `to` writable for so many bytes, and they do not overlap.
#[cfg(target_arch = "x86_64")]
pub(crate) unsafe fn stream(to: *mut u8, from: *const u8, bytes: usize) {
    use std::arch::x86_64::{__m128i, _mm_loadu_si128, _mm_stream_si128};

    const LINE: usize = 64;

    let head = (to.addr().wrapping_neg() % LINE).min(bytes);
    let lines = (bytes - head) / LINE;
    // SAFETY: the head, the whole cache lines and the tail make up the bytes; the lines are aligned in `to`.
    unsafe {
        std::ptr::copy_nonoverlapping(from, to, head);
        let (mut line, mut source) = (to.add(head), from.add(head));
        for _ in 0..lines {
            let (to, from) = (line.cast::<__m128i>(), source.cast::<__m128i>());
            _mm_stream_si128(to, _mm_loadu_si128(from));
            _mm_stream_si128(to.add(1), _mm_loadu_si128(from.add(1)));
            _mm_stream_si128(to.add(2), _mm_loadu_si128(from.add(2)));
            _mm_stream_si128(to.add(3), _mm_loadu_si128(from.add(3)));
            (line, source) = (line.add(LINE), source.add(LINE));
        }
        std::ptr::copy_nonoverlapping(source, line, bytes - head - lines * LINE);
    }
}

/// # Safety
/// As everywhere.
#[cfg(not(target_arch = "x86_64"))]
pub(crate) unsafe fn stream(to: *mut u8, from: *const u8, bytes: usize) {
    // SAFETY: the same contract.
    unsafe { std::ptr::copy_nonoverlapping(from, to, bytes) };
}

/// Makes what [`stream`] has written as visible as other stores, at the end of its life.
pub(crate) struct Fence;

impl Drop for Fence {
    fn drop(&mut self) {
        #[cfg(target_arch = "x86_64")]
        #[allow(unused_unsafe, reason = "newer compilers know that every x86-64 processor has the instruction")]
        // SAFETY: every x86-64 processor has the instruction.
        unsafe {
            std::arch::x86_64::_mm_sfence();
        }
    }
}
