//! Parts that are lost, or hold what belongs into another.

use plancheck_tests::damage::Package;

use super::{Trials, as_ods, as_xlsb, as_xlsx, capacity_as_xlsx};

fn parts(name: &'static str, file: &[u8]) {
    let package = Package::read(file).unwrap();
    let parts = package.parts.len();
    let mut trials = Trials::new(name);
    for part in 0..parts {
        trials.never_met(&format!("without {}", package.parts[part].0), &package.without(part));
        for other in part + 1..parts {
            let what = format!("{} and {} swapped", package.parts[part].0, package.parts[other].0);
            trials.never_met(&what, &package.swapped(part, other));
        }
    }
    trials.end(parts * (parts + 1) / 2);
}

#[test]
fn parts_of_an_xlsx_file() {
    parts("xlsx parts", &as_xlsx());
}

#[test]
fn parts_of_an_xlsb_file() {
    parts("xlsb parts", &as_xlsb());
}

#[test]
fn parts_of_an_ods_file() {
    parts("ods parts", &as_ods());
}

#[test]
fn parts_of_a_capacity_workbook() {
    parts("capacity parts", &capacity_as_xlsx());
}
