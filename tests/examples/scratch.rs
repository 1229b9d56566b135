//! scratch
use plancheck::finding::Finding;
use plancheck::workbook::CellRef;
use plancheck::{Input, Options};
fn main() {
    let out = std::env::args().nth(1).unwrap();
    for path in std::env::args().skip(2) {
        let bytes = std::fs::read(&path).unwrap();
        let options = Options::default();
        let name = std::path::Path::new(&path).file_name().unwrap().to_string_lossy().into_owned();
        let input = Input { name: &name, bytes: &bytes };
        let mut doc = plancheck::check(&input, &options).documents.remove(0);
        if let Some(e) = &doc.error {
            println!("{path}: ERR {}", e.message);
            continue;
        }
        let sample = plancheck_tests::sample();
        let sdoc = plancheck::check(&Input { name: "s.xlsx", bytes: &sample }, &options).documents.remove(0);
        doc.rules = sdoc.rules;
        doc.findings = sdoc.findings;
        let n = doc.sheets.len() as u16;
        let spots = [(0u32, 0u32), (1, 1), (2, 6), (11, 3), (0, 2), (5, 5)];
        for (i, f) in doc.findings.iter_mut().enumerate() {
            let old = f.finding.clone();
            f.finding = old.cells_cleared(i, n, &spots);
        }
        match plancheck::annotate::annotated(&input, &doc, &options, plancheck::annotate::Wording::Planner) {
            Ok(copy) => {
                std::fs::write(format!("{out}/{name}"), &copy).unwrap();
                let again =
                    plancheck::check(&Input { name: &name, bytes: &copy }, &options).documents.remove(0);
                println!("{path}: ok {} -> {} {:?}", bytes.len(), copy.len(), again.error.map(|e| e.message));
            }
            Err(e) => println!("{path}: NOT {}", e.message),
        }
    }
}
trait Take {
    fn cells_cleared(self, i: usize, n: u16, spots: &[(u32, u32)]) -> Self;
}
impl Take for Finding {
    fn cells_cleared(mut self, i: usize, n: u16, spots: &[(u32, u32)]) -> Finding {
        self.cells.clear();
        for k in 0..3usize {
            let (row, col) = spots[(i + k) % spots.len()];
            self = self.cell(CellRef { sheet: ((i + k / 2) as u16) % n, row, col }, "x");
        }
        self
    }
}
