//! Any bytes: a report, or the reason why there is none.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use plancheck_tests::damage::{Package, Random};

fuzz_target!(|input: &[u8]| {
    plancheck_fuzz::bytes(input);
});

// A bit turned in a compressed part hardly ever gets past its checksum. So most changes are made to the parts
// themselves, which are then put together again.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut random = Random::new(seed.into());
    if !random.once_in(8)
        && let Some(package) = Package::read(&data[..size])
    {
        let changed = package.changed(&mut random);
        if changed.len() <= max_size.min(data.len()) {
            data[..changed.len()].copy_from_slice(&changed);
            return changed.len();
        }
    }
    fuzzer_mutate(data, size, max_size)
});
