//! The report on the wire: the same JSON whatever ran the check.
//!
//! Amounts and rates are decimal strings ("14168050", "92.47"), never floats. Fields may be added;
//! [`SCHEMA_VERSION`] rises when one changes meaning or goes.

use serde::{Deserialize, Serialize};

/// Rises when a field changes meaning or goes.
pub const SCHEMA_VERSION: u32 = 1;

/// Declares a wire type: camelCase on the wire, with a JSON Schema and a TypeScript type when the
/// `schema` feature asks for them.
macro_rules! wire {
    ($($(#[$meta:meta])* pub $kind:ident $name:ident { $($body:tt)* })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema, ts_rs::TS))]
        #[serde(rename_all = "camelCase")]
        pub $kind $name { $($body)* }
    )*};
}

wire! {
    /// The result of one run over one or more files.
    pub struct Report {
        /// See [`SCHEMA_VERSION`].
        pub schema_version: u32,
        /// What made this report.
        pub checker: Checker,
        /// One entry a file, in the order given.
        pub documents: Vec<Document>,
        /// One entry for each board and year with more than one document.
        pub across: Vec<Across>,
    }

    /// What made a report.
    pub struct Checker {
        /// Always "plancheck".
        pub name: String,
        /// The release of the program.
        pub version: String,
        /// The release of the rules, "2026.1": year and number.
        pub rules: String,
    }

    /// What was found in one file.
    pub struct Document {
        /// The base name of the file, as given.
        pub file: String,
        /// Size of the file in bytes.
        #[cfg_attr(feature = "schema", ts(type = "number"))]
        pub bytes: u64,
        /// SHA-256 of the file, in lower-case hexadecimal.
        pub sha256: String,
        /// What sort of document it is.
        pub kind: Kind,
        /// The template it was made from; `null` when it is not one these rules know.
        pub template: Option<Template>,
        /// The health and wellbeing board, where it could be read.
        pub board: Option<String>,
        /// The integrated care boards that the plan names as contributors of the NHS minimum, in its order.
        pub icbs: Vec<String>,
        /// When the file was last saved, as it says itself: "2022-09-26T10:05Z", without the Z where it does not
        /// say by which clock; absent where it says nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub saved: Option<String>,
        /// Why the file could not be opened; absent when it could.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub error: Option<OpenError>,
        /// The worst state that any rule ended in.
        pub verdict: State,
        /// How many rules ended in each state.
        pub counts: Counts,
        /// Income against planned expenditure, one row for each source of funding.
        pub balances: Vec<Balance>,
        /// The same for the whole pool; its source is "Total". `null` where no plan was read.
        pub total: Option<Balance>,
        /// The conditions, met or not, in the order of the rules.
        pub conditions: Vec<Condition>,
        /// Shortfalls of capacity against demand, one for each pathway or service and month.
        pub imbalances: Vec<Imbalance>,
        /// Every rule that applies to this kind of document, each in exactly one state.
        pub rules: Vec<RuleOutcome>,
        /// What is wrong, unusual or unreadable, ordered by sheet, row, column and rule.
        pub findings: Vec<Finding>,
        /// The planning requirements in their order, each with its answer and the rules that bear on it.
        pub enquiries: Vec<Enquiry>,
        /// What the other workbook of the same board and year would add, where it was not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub companion: Option<String>,
        /// Every cell that a rule read, sheet by sheet.
        pub coverage: Vec<Coverage>,
        /// The figures that the template computes, each beside what its inputs give, in the order of their cells.
        pub totals: Vec<Total>,
        /// The figures of the pictures.
        pub charts: Vec<Chart>,
    }

    /// What sort of document a file is.
    #[derive(Copy)]
    pub enum Kind {
        /// A planning workbook.
        #[serde(rename = "planning")]
        Planning,
        /// A capacity and demand workbook.
        #[serde(rename = "capacity-demand")]
        CapacityDemand,
        /// A narrative plan.
        #[serde(rename = "narrative")]
        Narrative,
        /// Anything else.
        #[serde(rename = "unknown")]
        Unknown,
    }

    /// The template that a workbook was made from.
    pub struct Template {
        /// "bcf-2022-23-planning".
        pub id: String,
        /// "2022-23".
        pub year: String,
        /// The version printed on the cover; `null` where none is printed.
        pub version: Option<String>,
        /// How far the facts about this template are established.
        pub status: TemplateStatus,
    }

    /// How far the facts about a template are established.
    #[derive(Copy)]
    pub enum TemplateStatus {
        /// Read word for word in a published workbook.
        #[serde(rename = "verified")]
        Verified,
        /// Not checked against a real workbook: never a hard failure on its own.
        #[serde(rename = "unverified")]
        Unverified,
    }

    /// Why a file could not be opened.
    pub struct OpenError {
        /// A short, stable name: "encrypted", "damaged", …
        pub code: String,
        /// What is wrong, in a sentence.
        pub message: String,
        /// What to do about it.
        pub todo: String,
    }

    /// The state that a rule ends in.
    #[derive(Copy, Hash, PartialOrd, Ord)]
    pub enum State {
        /// The figures or answers were found and satisfy the rule.
        #[serde(rename = "met")]
        Met,
        /// They were found and do not.
        #[serde(rename = "not-met")]
        NotMet,
        /// Found, unusual or unambitious, and lawful: a person must look.
        #[serde(rename = "needs-judgement")]
        NeedsJudgement,
        /// Something it needs is missing or unreadable.
        #[serde(rename = "could-not-check")]
        CouldNotCheck,
        /// The rule has nothing to test here.
        #[serde(rename = "does-not-apply")]
        DoesNotApply,
    }

    /// How many rules ended in each state.
    pub struct Counts {
        /// Rules met.
        pub met: u32,
        /// Rules not met.
        pub not_met: u32,
        /// Rules a person must look at.
        pub needs_judgement: u32,
        /// Rules that could not run.
        pub could_not_check: u32,
        /// Rules with nothing to test here.
        pub does_not_apply: u32,
    }

    /// Income against planned expenditure for one source of funding, in pounds.
    pub struct Balance {
        /// The source of funding as the template prints it, or as the workbook writes it where the
        /// template does not know it.
        pub source: String,
        /// The financial year.
        pub year: String,
        /// `null` where an amount behind it is missing or unreadable.
        pub income: Option<String>,
        /// `null` where an amount behind it is missing or unreadable.
        pub expenditure: Option<String>,
        /// Income less expenditure, both rounded to whole pounds; `null` where either is.
        pub difference: Option<String>,
        /// Whether this source balances.
        pub state: State,
        /// The difference in words: "£1 more is planned than there is income".
        pub sentence: String,
        /// The share of the pool's whole income, in percent to one decimal place: the bar's length.
        pub income_share: Option<String>,
        /// The same for expenditure, of the pool's whole income.
        pub expenditure_share: Option<String>,
    }

    /// One condition and how the plan stands to it.
    pub struct Condition {
        /// The rule that tests it.
        pub rule: String,
        /// Its title in the words of the field.
        pub title: String,
        /// The national condition, "NC2"; `null` where it is none.
        pub condition: Option<String>,
        /// The planning requirement it bears on, "PR4".
        pub requirement: Option<String>,
        /// The state the rule ended in.
        pub state: State,
        /// The figures in a sentence.
        pub sentence: String,
        /// The minimum, in pounds.
        pub required: Option<String>,
        /// What the plan's own lines come to, in pounds.
        pub planned: Option<String>,
        /// Planned less required, in pounds; negative when short.
        pub headroom: Option<String>,
        /// Headroom as a percentage of what is required, to one decimal place.
        pub headroom_percent: Option<String>,
        /// The plan's own answer to the planning requirement.
        pub declared: Option<String>,
        /// The worked sum behind `planned`.
        pub sum: Vec<Term>,
        /// The cells of the requirement and of the answer.
        pub cells: Vec<CellMark>,
    }

    /// A planning requirement, which an assurance panel judges by its key lines of enquiry. The texts are the
    /// workbook's own; theme and requirement are the template's where the workbook does not carry them.
    pub struct Enquiry {
        /// "PR4".
        pub code: String,
        /// "NC2: Social Care Maintenance".
        pub theme: Option<String>,
        /// The requirement.
        pub requirement: Option<String>,
        /// The key lines of enquiry underpinning it.
        pub enquiries: Option<String>,
        /// The plan's own answer; `null` where it is blank or was not found.
        pub answer: Option<String>,
        /// Where the answer stands, or should.
        pub cell: Option<CellPlace>,
        /// The supporting documents the plan names.
        pub documents: Option<String>,
        /// Where the answer is No: what is being done.
        pub actions: Option<String>,
        /// Where the answer is No: by when.
        pub timeframe: Option<String>,
        /// The codes of the rules that bear on it, or that found something that does.
        pub rules: Vec<String>,
        /// What was found that bears on it: indexes into the document's findings. A rule in `rules` may have
        /// found other things besides, which bear on other requirements.
        pub findings: Vec<u32>,
    }

    /// A shortfall of capacity against demand.
    pub struct Imbalance {
        /// The rule that found it.
        pub rule: String,
        /// The pathway or service: "pathway 0".
        pub what: String,
        /// The month, "2022-10".
        pub period: String,
        /// People.
        pub demand: String,
        /// People.
        pub capacity: String,
        /// Capacity less demand: below nought.
        pub difference: String,
    }

    /// How one rule ended.
    pub struct RuleOutcome {
        /// "EX02".
        pub rule: String,
        /// "adult-social-care-minimum".
        pub name: String,
        /// "condition", "arithmetic", …
        pub class: String,
        /// The state it ended in.
        pub state: State,
        /// Why it could not be checked or does not apply, or what qualifies the state; else `null`.
        pub reason: Option<String>,
        /// Whether something it needs was missing or unreadable, whatever it found elsewhere.
        pub unchecked: bool,
        /// Indexes into the document's findings.
        pub findings: Vec<u32>,
    }

    /// Something wrong, unusual or unreadable.
    pub struct Finding {
        /// The rule that found it.
        pub rule: String,
        /// The class of that rule.
        pub class: String,
        /// What this finding amounts to.
        pub state: State,
        /// The finding in a few words.
        pub title: String,
        /// What is wrong, with the figures in the sentence.
        pub message: String,
        /// What to do, for the person planning.
        pub todo: String,
        /// What to ask, for the person assuring.
        pub ask: String,
        /// The cells it concerns; the first is where the reader is taken.
        pub cells: Vec<CellMark>,
        /// The worked sum, where there is one.
        pub sum: Vec<Term>,
        /// What the worked sum counts.
        pub unit: Unit,
        /// What should stand there.
        pub expected: Option<String>,
        /// What does stand there.
        pub actual: Option<String>,
        /// The planning requirement or national condition it bears on.
        pub requirement: Option<String>,
        /// Where the rule comes from.
        pub source: Source,
        /// How many rules wait on this finding.
        pub suppressed: u32,
        /// Names this finding by rule and plan element, the same when rows are inserted above it.
        pub fingerprint: String,
        /// The likeliest cause, where one stands out.
        pub cause: Option<String>,
        /// Changes that would put it right.
        pub remedies: Vec<Remedy>,
    }

    /// What a worked sum counts.
    #[derive(Copy)]
    pub enum Unit {
        /// Money.
        #[serde(rename = "pounds")]
        Pounds,
        /// People.
        #[serde(rename = "people")]
        People,
    }

    /// A cell or range and the part it plays.
    pub struct CellMark {
        /// In findings across documents: the index of the document the cell stands in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub document: Option<u32>,
        /// The sheet's name, as the workbook writes it.
        pub sheet: String,
        /// "O49" or "O49:O51".
        pub range: String,
        /// "amount", "answer", …
        pub role: String,
    }

    /// A cell.
    pub struct CellPlace {
        /// In findings across documents: the index of the document the cell stands in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", ts(optional))]
        pub document: Option<u32>,
        /// The sheet's name, as the workbook writes it.
        pub sheet: String,
        /// "O49".
        pub range: String,
    }

    /// One part of a worked sum.
    pub struct Term {
        /// What this part is.
        pub label: String,
        /// Its amount, signed as it enters the sum.
        pub amount: String,
        /// Where it stands; `null` for a result.
        pub cell: Option<CellPlace>,
    }

    /// A document and a place in it.
    pub struct Source {
        /// The template, guidance or grant determination.
        pub document: String,
        /// Where in it.
        pub reference: String,
    }

    /// A change that would put a finding right.
    pub struct Remedy {
        /// The change in words.
        pub text: String,
        /// The cells to change.
        pub cells: Vec<CellMark>,
        /// What it would move, in pounds.
        pub effect: String,
    }

    /// The cells of a sheet that some rule read.
    pub struct Coverage {
        /// The sheet's name, as the workbook writes it.
        pub sheet: String,
        /// "C9", … in the order of rows and columns.
        pub read: Vec<String>,
    }

    /// A figure that the template computes, beside what its inputs give.
    pub struct Total {
        /// Where it stands.
        pub cell: CellPlace,
        /// What it is: "Total BCF Pooled Budget".
        pub label: String,
        /// What it counts.
        pub unit: ChartUnit,
        /// Whether the cell still holds a formula.
        pub formula: bool,
        /// The workbook's figure; `null` where it shows none.
        pub held: Option<String>,
        /// The same recomputed from inputs; `null` where one of them is missing or unreadable.
        pub recomputed: Option<String>,
        /// Whether the two agree to the precision shown; `null` where one of them is not known.
        pub agrees: Option<bool>,
    }

    /// The figures of one picture.
    pub struct Chart {
        /// The rule that judges what it shows.
        pub rule: String,
        /// A stable name.
        pub id: String,
        /// Its caption.
        pub title: String,
        /// What it shows, in a sentence.
        pub summary: String,
        /// What its figures count.
        pub unit: ChartUnit,
        /// How it is drawn.
        pub form: ChartForm,
        /// The marks of its axis.
        pub ticks: Vec<Point>,
        /// One entry a line or set of bars.
        pub series: Vec<Series>,
    }

    /// What a figure counts.
    #[derive(Copy)]
    pub enum ChartUnit {
        /// Money.
        #[serde(rename = "pounds")]
        Pounds,
        /// People.
        #[serde(rename = "people")]
        People,
        /// Hundredths.
        #[serde(rename = "percent")]
        Percent,
        /// People or events per 100,000.
        #[serde(rename = "rate")]
        Rate,
    }

    /// How a picture is drawn.
    #[derive(Copy)]
    pub enum ChartForm {
        /// A bar from nought for each point; one below nought has none.
        #[serde(rename = "bars")]
        Bars,
        /// The same side by side, in the order of time.
        #[serde(rename = "columns")]
        Columns,
        /// A point for each figure, in the order of time, on an axis that need not begin at nought.
        #[serde(rename = "line")]
        Line,
    }

    /// One line or set of bars of a picture.
    pub struct Series {
        /// Its name in the legend.
        pub name: String,
        /// Its points in order.
        pub points: Vec<Point>,
    }

    /// One point of a series.
    pub struct Point {
        /// The category or period.
        pub label: String,
        /// A decimal string.
        pub value: String,
        /// Where it stands on the axis, in percent of its length.
        pub at: String,
    }

    /// What stands between several documents of one board and year.
    pub struct Across {
        /// The board.
        pub board: String,
        /// The year.
        pub year: String,
        /// Indexes into the report's documents.
        pub documents: Vec<u32>,
        /// How each rule across documents ended.
        pub rules: Vec<RuleOutcome>,
        /// What was found.
        pub findings: Vec<Finding>,
    }
}

impl State {
    /// The name of the state, as reports have it: "not-met".
    pub fn name(self) -> &'static str {
        match self {
            State::Met => "met",
            State::NotMet => "not-met",
            State::NeedsJudgement => "needs-judgement",
            State::CouldNotCheck => "could-not-check",
            State::DoesNotApply => "does-not-apply",
        }
    }
}

impl Report {
    /// The report as JSON, indented: the bytes of every "full JSON" there is.
    ///
    /// # Errors
    /// None in practice: every wire type is a plain struct of strings, numbers and lists.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let mut json = serde_json::to_string_pretty(self)?;
        json.push('\n');
        Ok(json)
    }

    /// The same without indents, for programs: half the size.
    ///
    /// # Errors
    /// As [`Report::to_json`].
    pub fn to_short_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}

impl Across {
    /// Counts its documents as they stand among others: the first of them is the one at the first place, and so
    /// on.
    pub fn place(&mut self, places: &[u32]) {
        let place = |it: &mut u32| *it = places.get(*it as usize).copied().unwrap_or(*it);
        self.documents.iter_mut().for_each(place);
        for finding in &mut self.findings {
            let marks = finding.cells.iter_mut().map(|it| &mut it.document);
            let terms = finding.sum.iter_mut().filter_map(|it| it.cell.as_mut()).map(|it| &mut it.document);
            marks.chain(terms).flatten().for_each(place);
        }
    }
}

impl Document {
    /// What it is and how it ended, without what was found.
    #[must_use]
    pub fn brief(&self) -> Self {
        Document {
            file: self.file.clone(),
            bytes: self.bytes,
            sha256: self.sha256.clone(),
            kind: self.kind,
            template: self.template.clone(),
            board: self.board.clone(),
            icbs: Vec::new(),
            saved: None,
            error: self.error.clone(),
            verdict: self.verdict,
            counts: self.counts.clone(),
            balances: Vec::new(),
            total: None,
            conditions: Vec::new(),
            imbalances: Vec::new(),
            rules: self.rules.iter().map(RuleOutcome::brief).collect(),
            findings: Vec::new(),
            enquiries: Vec::new(),
            companion: None,
            coverage: Vec::new(),
            totals: Vec::new(),
            charts: Vec::new(),
        }
    }
}

impl RuleOutcome {
    /// How it ended, without why.
    fn brief(&self) -> Self {
        RuleOutcome { reason: None, findings: Vec::new(), ..self.clone() }
    }
}
