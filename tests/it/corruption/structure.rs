//! XML whose structure was changed: elements lost, repeated, moved or never closed, attributes and numbers that mean
//! something else, relations that lead nowhere.

use plancheck_tests::damage::xml::{Change, Outline};
use plancheck_tests::damage::{Package, Random};

use super::{Trials, as_ods, as_xlsb, as_xlsx, capacity_as_xlsx, often};

/// Makes every kind of change to every part of XML, so many times each.
fn structure(name: &'static str, file: &[u8], times: usize) {
    let times = often(times);
    let package = Package::read(file).unwrap();
    let mut trials = Trials::new(name);
    let mut made = [0; Change::ALL.len()];
    for (part, called, text) in package.xml_parts() {
        let outline = Outline::read(text);
        for (kind, change) in Change::ALL.into_iter().enumerate() {
            for seed in 0..times {
                let mut random = Random::new((seed * Change::ALL.len() + kind) as u64);
                let Some(broken) = outline.changed(change, &mut random) else { continue };
                let what = format!("{called}: {change:?} with seed {seed}");
                trials.never_met(&what, &package.with(part, broken.into_bytes()));
                made[kind] += 1;
                if change == Change::Empty {
                    break;
                }
            }
        }
    }
    for (change, made) in Change::ALL.iter().zip(made) {
        // OpenDocument has no relations, and what .xlsb has of XML has no numbers to speak of.
        let may_lack = matches!(change, Change::Relation | Change::Number);
        assert!(made > 0 || may_lack, "{change:?} was never made");
    }
    trials.end(times * Change::ALL.len() / 2);
}

#[test]
fn the_structure_of_an_xlsx_file() {
    structure("xlsx structure", &as_xlsx(), 2);
}

#[test]
fn the_structure_of_an_ods_file() {
    structure("ods structure", &as_ods(), 10);
}

/// The parts of an .xlsb file that are XML say where the others are.
#[test]
fn the_structure_of_an_xlsb_file() {
    structure("xlsb structure", &as_xlsb(), 4);
}

#[test]
fn the_structure_of_a_capacity_workbook() {
    structure("capacity structure", &capacity_as_xlsx(), 2);
}
