//! Bytes that were changed, in the file as it lies on the disk and inside its parts.

use plancheck_tests::damage::{Package, Random, bytes::changed};

use super::{Trials, as_ods, as_xls, as_xlsb, as_xlsx, capacity_as_xlsb, capacity_as_xlsx, often};

/// Changes bytes of a whole file. In a zip file most changes are noticed by a checksum.
fn anywhere(name: &'static str, file: &[u8], times: usize) {
    let times = often(times);
    let mut trials = Trials::new(name);
    for seed in 0..times {
        let mut random = Random::new(seed as u64);
        trials.never_met(&format!("with seed {seed}"), &changed(file, &mut random));
    }
    trials.end(times);
}

/// Changes bytes of one part after another and packs them again, so that the parsers get to see them.
fn inside(name: &'static str, file: &[u8], times: usize) {
    let times = often(times);
    let package = Package::read(file).unwrap();
    let mut trials = Trials::new(name);
    for (part, (called, content)) in package.parts.iter().enumerate() {
        for seed in 0..times {
            let mut random = Random::new(seed as u64);
            let broken = package.with(part, changed(content, &mut random));
            trials.never_met(&format!("{called} with seed {seed}"), &broken);
        }
    }
    trials.end(times * package.parts.len());
}

#[test]
fn bytes_of_an_xlsx_file() {
    anywhere("xlsx bytes", &as_xlsx(), 1000);
}

#[test]
fn bytes_of_an_xlsb_file() {
    anywhere("xlsb bytes", &as_xlsb(), 1000);
}

#[test]
fn bytes_of_an_ods_file() {
    anywhere("ods bytes", &as_ods(), 1000);
}

#[test]
fn bytes_of_an_xls_file() {
    anywhere("xls bytes", &as_xls(), 1000);
}

#[test]
fn bytes_inside_the_parts_of_an_xlsx_file() {
    inside("xlsx inside", &as_xlsx(), 10);
}

#[test]
fn bytes_inside_the_parts_of_an_xlsb_file() {
    inside("xlsb inside", &as_xlsb(), 4);
}

#[test]
fn bytes_inside_the_parts_of_an_ods_file() {
    inside("ods inside", &as_ods(), 30);
}

#[test]
fn bytes_inside_the_parts_of_a_capacity_workbook() {
    inside("capacity inside", &capacity_as_xlsx(), 10);
    inside("binary capacity inside", &capacity_as_xlsb(), 4);
}
