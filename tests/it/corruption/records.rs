//! Records that were changed in the files of old and binary formats, whose reader takes much on trust.

use std::io::{Cursor, Read};

use plancheck_tests::damage::records::{changed_binary, changed_old};
use plancheck_tests::damage::{Package, Random};
use plancheck_tests::hostile::legacy::xls;

use super::{Trials, as_xls, as_xlsb, often};

fn old(name: &'static str, file: &[u8], times: usize) {
    let times = often(times);
    let mut stream = Vec::new();
    let mut whole = cfb::CompoundFile::open(Cursor::new(file)).unwrap();
    whole.open_stream("Workbook").unwrap().read_to_end(&mut stream).unwrap();
    let mut trials = Trials::new(name);
    for seed in 0..times {
        let broken = changed_old(&stream, &mut Random::new(seed as u64));
        trials.never_met(&format!("with seed {seed}"), &xls::compound(&[("Workbook", &broken)]));
    }
    trials.end(times);
}

fn binary(name: &'static str, file: &[u8], times: usize) {
    let times = often(times);
    let package = Package::read(file).unwrap();
    let mut trials = Trials::new(name);
    for (part, (called, content)) in package.parts.iter().enumerate() {
        for seed in 0..if called.ends_with(".bin") { times } else { 0 } {
            let broken = changed_binary(content, &mut Random::new(seed as u64));
            trials.never_met(&format!("{called} with seed {seed}"), &package.with(part, broken));
        }
    }
    trials.end(times * 5);
}

#[test]
fn records_of_an_xls_file() {
    old("xls records", &as_xls(), 1000);
}

/// A small file, so that most changes are to what is read.
#[test]
fn records_of_a_small_xls_file() {
    old("small xls records", &xls::honest(), 2000);
}

#[test]
fn records_of_an_xlsb_file() {
    binary("xlsb records", &as_xlsb(), 50);
}
