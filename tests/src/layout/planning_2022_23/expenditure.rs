//! The Expenditure sheet.

use super::income::Income;
use super::{EXPENDITURE, INCOME, Placed, Total, board_line, headings, titled};
use crate::book::{Area, At, Content, Format, Look, Sheet, Value, at};
use crate::layout::options;
use crate::plan_text::Plan;

/// The two conditions' labels.
pub(super) const OUT_OF_HOSPITAL: &str =
    "NHS Commissioned Out of Hospital spend from the minimum ICB allocation";
pub(super) const SOCIAL_CARE: &str = "Adult Social Care services spend from the minimum ICB allocations";

const HEADINGS_AT: At = At { row: 47, col: 1 };
/// Rows that the template gives for lines.
const ROOM: u32 = 400;
const MINIMUM: &str = "Minimum NHS Contribution";

/// What the Summary reads.
pub(super) struct Spending {
    /// Income, expenditure and balance of each source.
    pub(super) balances: Vec<[Placed; 3]>,
    /// Minimum and planned spend: out of hospital, then adult social care.
    pub(super) conditions: Vec<((At, Value), Placed)>,
    /// The rows of the table.
    pub(super) rows: Area,
    lines: Vec<Line>,
}

/// What the sums read of a line.
struct Line {
    scheme_type: String,
    area: String,
    commissioner: String,
    nhs_share: Content,
    source: String,
    amount: Content,
}

impl Spending {
    /// The lines of a scheme type, added up.
    pub(super) fn of_type(&self, name: &str) -> Total {
        self.total(|it| same(&it.scheme_type, name))
    }

    fn total(&self, counts: impl Fn(&Line) -> bool) -> Total {
        Total::sum(self.lines.iter().filter(|it| counts(it)).map(|it| &it.amount))
    }

    fn out_of_hospital(&self) -> Total {
        let counts = |it: &&Line| same(&it.source, MINIMUM) && !same(&it.area, "Acute");
        let whole = ["CCG", "ICB", "NHS"];
        let alone = self
            .lines
            .iter()
            .filter(counts)
            .filter(|it| whole.iter().any(|name| same(&it.commissioner, name)))
            .map(|it| &it.amount);
        // The second half of the formula multiplies every row of the table, so that a text in any of them
        // makes an error of the whole.
        self.lines.iter().fold(Total::sum(alone), |total, it| {
            let product = Total::of(&it.nhs_share).times(&Total::of(&it.amount));
            let joint = counts(&it) && same(&it.commissioner, "Joint");
            total.plus(&if joint { product } else { product.times(&Total::sum([])) })
        })
    }
}

/// Excel compares texts without regard to case.
fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

pub(super) fn sheet(plan: &Plan, income: &Income) -> (Sheet, Spending) {
    let widths = [3, 36, 32, 40, 34, 40, 28, 18, 22, 14, 12, 12, 26, 28, 18, 12];
    let mut sheet = titled(EXPENDITURE, "5. Expenditure", &widths);
    sheet.frozen = Some(at("D49"));
    board_line(&mut sheet, plan, "D4");
    sheet.text(at("B6"), "<< Link to summary sheet", Look::Plain);
    let rows = lines(&mut sheet, plan);
    let read = |row: usize, heading: &str| match plan.expenditure.content(row, heading) {
        Content::Typed(Value::Text(text)) => text,
        _ => String::new(),
    };
    let lines = (0..plan.expenditure.rows.len())
        .map(|row| Line {
            scheme_type: read(row, "Scheme Type"),
            area: read(row, "Area of Spend"),
            commissioner: read(row, "Commissioner"),
            nhs_share: plan.expenditure.content(row, "% NHS (if Joint Commissioner)"),
            source: read(row, "Source of Funding"),
            amount: plan.expenditure.content(row, "Expenditure (£)"),
        })
        .collect();
    let mut spending = Spending { balances: Vec::new(), conditions: Vec::new(), rows, lines };
    balances(&mut sheet, income, &mut spending);
    required(&mut sheet, plan, &mut spending);
    checklist(&mut sheet);
    (sheet, spending)
}

/// A column of the table, as formulas name it.
pub(super) fn column(rows: Area, letter: &str) -> String {
    format!("${letter}${}:${letter}${}", rows.from.row + 1, rows.to.row + 1)
}

fn balances(sheet: &mut Sheet, income: &Income, spending: &mut Spending) {
    sheet.text(at("B8"), "Running Balances", Look::Heading);
    headings(sheet, at("D8"), &["Income", "Expenditure", "Balance"]);
    let (source, amount) = (column(spending.rows, "N"), column(spending.rows, "O"));
    let first = at("B9");
    for (row, (name, income)) in (0..).zip(options::SOURCES.into_iter().zip(&income.by_source)) {
        let label = first.down(row);
        sheet.text(label, name, Look::Plain);
        let spent = spending.total(|it| same(&it.source, name));
        let balance = income.shows.less(&spent);
        let (income_at, spent_at, balance_at) = (label.right(2), label.right(3), label.right(4));
        sheet.formula(income_at, format!("'{INCOME}'!{}", income.at), income.shows.shown(), Format::Pounds);
        sheet.formula(spent_at, format!("SUMIF({source},{label},{amount})"), spent.shown(), Format::Pounds);
        sheet.formula(balance_at, format!("{income_at}-{spent_at}"), balance.shown(), Format::Pounds);
        spending.balances.push([
            Placed { at: income_at, shows: income.shows.clone() },
            Placed { at: spent_at, shows: spent },
            Placed { at: balance_at, shows: balance },
        ]);
    }
    let label = first.down(5);
    sheet.text(label, "Total", Look::Section);
    for col in 0..3 {
        let shows =
            spending.balances.iter().fold(Total::sum([]), |total, it| total.plus(&it[col as usize].shows));
        let top = first.right(col + 2);
        sheet.formula(label.right(col + 2), format!("SUM({})", top.rows(5)), shows.shown(), Format::Pounds);
    }
}

fn required(sheet: &mut Sheet, plan: &Plan, spending: &mut Spending) {
    sheet.text(at("B16"), "Required Spend", Look::Section);
    let note = "This is in relation to National Conditions 2 and 3 only. It does NOT make up the total \
                Minimum CCG Contribution (on row 31 above).";
    sheet.text(at("B17"), note, Look::Plain);
    headings(sheet, at("D18"), &["Minimum Required Spend", "Planned Spend", "Under Spend"]);
    let named = |letter| column(spending.rows, letter);
    let (area, commissioner, share, source, amount) =
        (named("H"), named("J"), named("K"), named("N"), named("O"));
    let from = format!("{source},\"{MINIMUM}\"");
    let outside = format!(
        "SUM(SUMIFS({amount},{from},{area},\"<>Acute\",{commissioner},{{\"CCG\",\"ICB\",\"NHS\"}}))\
         +SUMPRODUCT(({source}=\"{MINIMUM}\")*({area}<>\"Acute\")*({commissioner}=\"Joint\")*{share}*{amount})"
    );
    let social = format!("SUMIFS({amount},{from},{area},\"Social Care\")");
    let planned_social = spending.total(|it| same(&it.source, MINIMUM) && same(&it.area, "Social Care"));
    let conditions = [
        (OUT_OF_HOSPITAL, "NHS commissioned out of hospital", outside, spending.out_of_hospital()),
        (SOCIAL_CARE, "adult social care", social, planned_social),
    ];
    for (idx, (label, name, formula, planned)) in conditions.into_iter().enumerate() {
        let label_at = at("B19").down(idx as u32);
        let (minimum_at, planned_at) = (label_at.right(2), label_at.right(3));
        let minimum = plan.minimums.content(name);
        let short = Total::of(&minimum).less(&planned).at_least_nought();
        sheet.text(label_at, label, Look::Plain);
        sheet.put(minimum_at, minimum.clone(), Format::Pounds, Look::Prefilled);
        sheet.formula(planned_at, formula, planned.shown(), Format::Pounds);
        let formula = format!("IF({minimum_at}-{planned_at}>0,{minimum_at}-{planned_at},0)");
        sheet.formula(label_at.right(4), formula, short.shown(), Format::Pounds);
        // A reference to a text shows the text, and to a blank nought.
        let repeated = match minimum {
            Content::Typed(value) => value,
            Content::Blank | Content::Formula { .. } => Value::Number(0.into()),
        };
        spending.conditions.push(((minimum_at, repeated), Placed { at: planned_at, shows: planned }));
    }
}

fn checklist(sheet: &mut Sheet) {
    sheet.text(at("B23"), "Checklist", Look::Section);
    sheet.text(at("B24"), "Column complete:", Look::Plain);
    for col in 1..=14 {
        sheet.text(At { row: 24, col }, "Yes", Look::Calculated);
    }
    sheet.text(at("B27"), "Sheet complete", Look::Plain);
}

/// Writes the table and says which rows it has.
fn lines(sheet: &mut Sheet, plan: &Plan) -> Area {
    sheet.text(at("K46"), "Planned Expenditure", Look::Section);
    sheet.merges.push(Area { from: at("K46"), to: at("L46") });
    let names: Vec<&str> = plan.expenditure.headings.iter().map(String::as_str).collect();
    headings(sheet, HEADINGS_AT, &names);
    let first = HEADINGS_AT.down(1);
    let room = ROOM.max(plan.expenditure.rows.len() as u32);
    for (row, line) in (0..).zip(&plan.expenditure.rows) {
        for (col, (heading, text)) in (0..).zip(names.iter().zip(line)) {
            let format = match *heading {
                "Expenditure (£)" => Format::Pounds,
                _ if heading.starts_with('%') => Format::WholePercent,
                _ => Format::General,
            };
            sheet.put(first.down(row).right(col), Content::read(text), format, Look::Input);
        }
    }
    for (letter, options) in [
        ("E", format!("Lookups!$A$2:$A${}", options::SCHEME_TYPES.len() + 1)),
        ("H", format!("Lookups!$B$2:$B${}", options::AREAS.len() + 1)),
        ("J", format!("Lookups!$C$2:$C${}", options::COMMISSIONERS.len() + 1)),
        ("M", format!("Lookups!$D$2:$D${}", options::PROVIDERS.len() + 1)),
        ("N", format!("Lookups!$E$2:$E${}", options::SOURCES.len() + 1)),
        ("P", format!("\"{}\"", options::NEW_OR_EXISTING.join(","))),
    ] {
        let col = at(&format!("{letter}1")).col;
        sheet.drop_downs.push((At { col, ..first }.rows(room), options));
    }
    let below = At { row: first.row + room + 3, col: 1 };
    sheet.text(below, "Further guidance for completing Expenditure sheet", Look::Section);
    Area { from: first, to: first.down(room - 1) }
}
