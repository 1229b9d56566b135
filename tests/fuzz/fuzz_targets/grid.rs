//! Any workbook that can be made of a plan by changing its cells, its sheets and what else is in it.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    plancheck_fuzz::grid(input);
});
