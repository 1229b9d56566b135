//! Any table of allocations: it is read, or every line of it that cannot be used is named.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    plancheck_fuzz::allocations(input);
});
