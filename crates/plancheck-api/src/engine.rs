//! From what the core says to what travels.

use plancheck::finding::{self, State, Unit};
use plancheck::money::plain;
use plancheck::picture::{self, Picture};
use plancheck::plan::board_key;
use plancheck::report::{Across, Balance, Document, Ended, Enquiry, Found, Match, Tested, TotalBeside};
use plancheck::template::{Kind, Status};
use plancheck::workbook::CellRef;
use plancheck::{Allocations, Input, Progress};

pub use plancheck::Options;

use crate::protocol::{Area, Catalogue, RuleText};
use crate::wire;

/// Reads the published allocations that are given beside the files, as CSV text.
///
/// # Errors
/// A line for the reader for each line of theirs that cannot be used: "line 4: no amount is given". Of very many, the
/// last says how many more there are.
pub fn allocations(text: &str) -> Result<Allocations, Vec<String>> {
    Allocations::parse(text).map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

/// Checks files and gives the report in its wire form. `tell` is given a line for the reader whenever the
/// check moves on.
pub fn check(files: &[(String, Vec<u8>)], options: &Options, tell: &mut dyn FnMut(String)) -> wire::Report {
    to_wire(&report(files, options, tell))
}

/// The same, as the core has it.
pub(crate) fn report(
    files: &[(String, Vec<u8>)],
    options: &Options,
    tell: &mut dyn FnMut(String),
) -> plancheck::Report {
    let inputs: Vec<Input<'_>> = files.iter().map(|(name, bytes)| Input { name, bytes }).collect();
    let count = inputs.len();
    plancheck::check_observed(&inputs, options, &mut |file, progress| {
        let step = match progress {
            Progress::Reading(sheet, of) => format!("Reading sheet {sheet} of {of}"),
            Progress::Checking(rule, of) => format!("Checking rule {rule} of {of}"),
        };
        tell(if count > 1 { format!("File {} of {count}: {step}", file + 1) } else { step });
    })
}

/// What documents of one board and year have in common; nothing where it cannot be told of this one.
pub fn group(document: &wire::Document) -> Option<String> {
    let (template, board) = (document.template.as_ref()?, document.board.as_ref()?);
    Some(format!("{} {}", board_key(board), template.year))
}

/// What every rule says of itself.
pub fn catalogue() -> Catalogue {
    let areas = plancheck::catalogue::AREAS.iter().map(|(letters, name)| Area {
        name: (*name).to_owned(),
        rules: plancheck::catalogue::of_area(letters)
            .map(|rule| RuleText {
                code: rule.code.to_owned(),
                title: plancheck::catalogue::title(rule),
                parts: plancheck::catalogue::parts(rule)
                    .into_iter()
                    .map(|(heading, text)| (heading.to_owned(), text))
                    .collect(),
            })
            .collect(),
    });
    Catalogue { version: plancheck::RULES_VERSION.to_owned(), areas: areas.collect() }
}

/// The wire form of a report.
pub fn to_wire(report: &plancheck::Report) -> wire::Report {
    wire::Report {
        schema_version: wire::SCHEMA_VERSION,
        checker: wire::Checker {
            name: "plancheck".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            rules: plancheck::RULES_VERSION.to_owned(),
        },
        documents: report.documents.iter().map(document).collect(),
        across: report.across.iter().map(across).collect(),
    }
}

fn document(it: &Document) -> wire::Document {
    let count = |state| u32::try_from(it.count(state)).unwrap_or(u32::MAX);
    let names = &Sheets::of(it);
    wire::Document {
        file: it.file.clone(),
        bytes: it.bytes as u64,
        sha256: it.sha256.clone(),
        kind: match it.kind {
            Kind::Planning => wire::Kind::Planning,
            Kind::CapacityDemand => wire::Kind::CapacityDemand,
            Kind::Unknown => wire::Kind::Unknown,
        },
        template: it.template.as_ref().map(|template| wire::Template {
            id: template.id.to_owned(),
            year: template.year.to_owned(),
            version: template.version.clone(),
            status: match template.status {
                Status::Verified => wire::TemplateStatus::Verified,
                Status::Unverified => wire::TemplateStatus::Unverified,
            },
        }),
        board: it.board.clone(),
        icbs: it.icbs.clone(),
        saved: it.saved.clone(),
        error: it.error.as_ref().map(|error| wire::OpenError {
            code: error.code.name().to_owned(),
            message: error.message.clone(),
            todo: error.todo.clone(),
        }),
        verdict: state(it.verdict()),
        counts: wire::Counts {
            met: count(State::Met),
            not_met: count(State::NotMet),
            needs_judgement: count(State::NeedsJudgement),
            could_not_check: count(State::CouldNotCheck),
            does_not_apply: count(State::DoesNotApply),
        },
        balances: it.balances.iter().map(balance).collect(),
        total: it.total.as_ref().map(balance),
        conditions: it.conditions.iter().map(|tested| condition(names, tested)).collect(),
        imbalances: it.matches.iter().filter_map(imbalance).collect(),
        rules: it.rules.iter().map(ended).collect(),
        findings: it.findings.iter().map(|found| finding(names, found)).collect(),
        enquiries: it.enquiries.iter().map(|it| enquiry(names, it)).collect(),
        companion: it.companion.clone(),
        coverage: coverage(it),
        totals: it.totals.iter().map(|it| total(names, it)).collect(),
        charts: it.pictures.iter().map(chart).collect(),
    }
}

fn enquiry(names: &Sheets<'_>, it: &Enquiry) -> wire::Enquiry {
    wire::Enquiry {
        code: it.code.to_owned(),
        theme: it.theme.clone(),
        requirement: it.requirement.clone(),
        enquiries: it.enquiries.clone(),
        answer: it.answer.clone(),
        cell: it.cell.map(|cell| names.place(cell)),
        documents: it.documents.clone(),
        actions: it.actions.clone(),
        timeframe: it.timeframe.clone(),
        rules: it.rules.iter().map(|it| (*it).to_owned()).collect(),
        findings: it.findings.iter().map(|it| u32::try_from(*it).unwrap_or(u32::MAX)).collect(),
    }
}

fn state(it: State) -> wire::State {
    match it {
        State::Met => wire::State::Met,
        State::NotMet => wire::State::NotMet,
        State::NeedsJudgement => wire::State::NeedsJudgement,
        State::CouldNotCheck => wire::State::CouldNotCheck,
        State::DoesNotApply => wire::State::DoesNotApply,
    }
}

fn balance(it: &Balance) -> wire::Balance {
    wire::Balance {
        source: it.source.clone(),
        year: it.year.to_owned(),
        income: it.income.map(plain),
        expenditure: it.expenditure.map(plain),
        difference: it.difference.map(plain),
        state: state(it.state),
        sentence: it.sentence.clone(),
        income_share: it.income_share.map(plain),
        expenditure_share: it.expenditure_share.map(plain),
    }
}

/// A month in which capacity falls short of demand.
fn imbalance(it: &Match) -> Option<wire::Imbalance> {
    Some(wire::Imbalance {
        rule: "CD03".to_owned(),
        what: it.what.to_owned(),
        period: it.month.iso(),
        demand: plain(it.demand?),
        capacity: plain(it.capacity?),
        difference: plain(it.shortfall()?),
    })
}

fn condition(names: &Sheets<'_>, it: &Tested) -> wire::Condition {
    let condition = &it.condition;
    let headroom = condition.headroom();
    wire::Condition {
        rule: it.rule.code.to_owned(),
        title: condition.title.clone(),
        condition: condition.condition.map(str::to_owned),
        requirement: condition.requirement.map(str::to_owned),
        state: state(it.state),
        sentence: condition.sentence.clone(),
        required: condition.required.map(plain),
        planned: condition.planned.map(plain),
        headroom: headroom.map(|it| plain(it.0)),
        headroom_percent: headroom.and_then(|it| it.1).map(plain),
        declared: condition.declared.clone(),
        sum: condition.sum.iter().map(|it| term(names, it)).collect(),
        cells: condition.cells.iter().map(|it| mark(names, it)).collect(),
    }
}

fn ended(it: &Ended) -> wire::RuleOutcome {
    wire::RuleOutcome {
        rule: it.rule.code.to_owned(),
        name: it.rule.name.to_owned(),
        class: it.rule.class.name().to_owned(),
        state: state(it.state),
        reason: it.reason.clone(),
        unchecked: it.unchecked,
        findings: it.findings.iter().map(|it| u32::try_from(*it).unwrap_or(u32::MAX)).collect(),
    }
}

fn finding(names: &Sheets<'_>, it: &Found) -> wire::Finding {
    let finding = &it.finding;
    wire::Finding {
        rule: it.rule.code.to_owned(),
        class: it.rule.class.name().to_owned(),
        state: state(finding.state),
        title: finding.title.clone(),
        message: finding.message.clone(),
        todo: finding.todo.clone(),
        ask: finding.ask.clone(),
        cells: finding.cells.iter().map(|it| mark(names, it)).collect(),
        sum: finding.sum.iter().map(|it| term(names, it)).collect(),
        unit: match finding.unit {
            Unit::Pounds => wire::Unit::Pounds,
            Unit::People => wire::Unit::People,
        },
        expected: finding.expected.clone(),
        actual: finding.actual.clone(),
        requirement: it.requirement().map(str::to_owned),
        source: wire::Source {
            document: it.source.document.to_owned(),
            reference: it.source.reference.to_owned(),
        },
        suppressed: u32::try_from(it.suppressed).unwrap_or(u32::MAX),
        fingerprint: it.fingerprint.clone(),
        cause: finding.cause.clone(),
        remedies: finding
            .remedies
            .iter()
            .map(|it| wire::Remedy {
                text: it.text.clone(),
                cells: it.cells.iter().map(|it| mark(names, it)).collect(),
                effect: plain(it.effect),
            })
            .collect(),
    }
}

/// The sheets that the cells of findings stand on: their names, and their documents in findings across
/// documents.
struct Sheets<'a>(Vec<(Option<u32>, &'a str)>);

impl<'a> Sheets<'a> {
    fn of(document: &'a Document) -> Self {
        Sheets(document.sheets.iter().map(|it| (None, it.as_str())).collect())
    }

    fn across(it: &'a Across) -> Self {
        Sheets(it.sheets.iter().map(|(idx, name)| (u32::try_from(*idx).ok(), name.as_str())).collect())
    }

    fn place(&self, cell: CellRef) -> wire::CellPlace {
        let (document, sheet) = self.0.get(usize::from(cell.sheet)).copied().unwrap_or_default();
        wire::CellPlace { document, sheet: sheet.to_owned(), range: cell.a1() }
    }
}

fn mark(names: &Sheets<'_>, it: &finding::CellMark) -> wire::CellMark {
    let wire::CellPlace { document, sheet, range } = names.place(it.cell);
    wire::CellMark { document, sheet, range, role: it.role.to_owned() }
}

fn term(names: &Sheets<'_>, it: &finding::Term) -> wire::Term {
    let cell = it.cell.map(|it| names.place(it));
    wire::Term { label: it.label.clone(), amount: plain(it.amount), cell }
}

fn across(it: &Across) -> wire::Across {
    let names = &Sheets::across(it);
    wire::Across {
        board: it.board.clone(),
        year: it.year.to_owned(),
        documents: it.documents.iter().map(|it| u32::try_from(*it).unwrap_or(u32::MAX)).collect(),
        rules: it.rules.iter().map(ended).collect(),
        findings: it.findings.iter().map(|it| finding(names, it)).collect(),
    }
}

/// The cells that rules read, gathered by sheet: they come ordered by sheet, row and column.
fn coverage(document: &Document) -> Vec<wire::Coverage> {
    let mut coverage: Vec<wire::Coverage> = Vec::new();
    let mut last = None;
    for cell in &document.coverage {
        if last != Some(cell.sheet) {
            last = Some(cell.sheet);
            coverage.push(wire::Coverage { sheet: document.sheet_name(*cell).to_owned(), read: Vec::new() });
        }
        if let Some(sheet) = coverage.last_mut() {
            sheet.read.push(cell.a1());
        }
    }
    coverage
}

fn total(names: &Sheets<'_>, it: &TotalBeside) -> wire::Total {
    wire::Total {
        cell: names.place(it.cell),
        label: it.label.clone(),
        unit: unit(it.unit),
        formula: it.formula,
        held: it.held.map(plain),
        recomputed: it.recomputed.map(plain),
        agrees: it.agrees,
    }
}

fn unit(it: picture::Unit) -> wire::ChartUnit {
    match it {
        picture::Unit::Pounds => wire::ChartUnit::Pounds,
        picture::Unit::People => wire::ChartUnit::People,
        picture::Unit::Percent => wire::ChartUnit::Percent,
        picture::Unit::Rate => wire::ChartUnit::Rate,
    }
}

fn chart(it: &Picture) -> wire::Chart {
    let point = |it: &picture::Point| wire::Point {
        label: it.label.clone(),
        value: plain(it.value),
        at: plain(it.at),
    };
    wire::Chart {
        rule: it.rule.to_owned(),
        id: it.id.clone(),
        title: it.title.clone(),
        summary: it.summary.clone(),
        unit: unit(it.unit),
        form: match it.form {
            picture::Form::Bars => wire::ChartForm::Bars,
            picture::Form::Columns => wire::ChartForm::Columns,
            picture::Form::Line => wire::ChartForm::Line,
        },
        ticks: it.ticks.iter().map(point).collect(),
        series: it
            .series
            .iter()
            .map(|it| wire::Series {
                name: it.name.to_owned(),
                points: it.points.iter().map(point).collect(),
            })
            .collect(),
    }
}
