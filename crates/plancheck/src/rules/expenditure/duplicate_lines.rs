//! EX13: no line is entered twice.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{listed, on_lines};
use crate::finding::{Finding, State, Term};
use crate::money;
use crate::plan::{Choice, Figure, Line, Located, Plan, Text};
use crate::rule::{Check, Class, Outcome, Rule, Wait};
use crate::rules::words::first_of;
use crate::template::{Field, Section, label};

/// EX13 duplicate-lines.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "EX13",
    name: "duplicate-lines",
    class: Class::Judgement,
    states: &[State::Met, State::NeedsJudgement, State::CouldNotCheck, State::DoesNotApply],
    checks: "No two lines are alike in scheme ID, type, sub type, area of spend, provider, source of funding and amount.",
    matters: "A scheme may well have several lines, but each differs in something. Two lines alike in all of these may be one line that was pasted twice, and the money is then planned twice.",
    example: "Scheme 9, Reablement, £25,000 from the minimum NHS contribution, stands in rows 57 and 61.",
    todo: "Clear the line that is there twice. If both are meant, say in their descriptions how they differ.",
    source: super::super::template(
        "1. Guidance: 5. Expenditure, several providers or sources are several lines",
    ),
    requirement: Some("PR7"),
    kinds: super::super::PLANNING,
    needs: &[Section::Expenditure],
    check: Check::Plan(check),
};

/// What lines are compared by.
const COMPARED: [Field; 7] =
    [Field::Id, Field::Type, Field::SubType, Field::Area, Field::Provider, Field::Source, Field::Amount];

/// What stands in one of these fields.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Held {
    /// A figure or text, made comparable.
    Is(String),
    /// Nothing.
    Blank,
    /// Nothing that can be read.
    Unread,
}

/// A line, what stands in its fields, and what it waits on.
struct Row<'p> {
    line: &'p Line,
    held: [Held; 7],
    waits: Vec<Wait>,
}

fn check(plan: &Plan) -> Outcome {
    on_lines(plan, &COMPARED, |lines| {
        let rows: Vec<Row<'_>> = lines.iter().map(row).collect();
        let mut alike = Alike::new();
        for row in rows.iter().filter(|it| !it.held.contains(&Held::Unread)) {
            alike.entry(&row.held).or_default().push(row.line);
        }
        let waits = undecided(&rows, &alike);
        let findings = alike.values().filter(|it| it.len() > 1).map(|it| twice(plan, it)).collect();
        Outcome::of(findings, waits)
    })
}

/// Lines by all that stands in them, where all of it can be read or is blank.
type Alike<'r> = BTreeMap<&'r [Held; 7], Vec<&'r Line>>;

/// What is missing decides only where another line is like this one in all the rest: in each field that can be
/// read in both. Lines are compared by the fields that they have, so that each is looked up and not searched for.
fn undecided(rows: &[Row<'_>], alike: &Alike<'_>) -> Vec<Wait> {
    let mut by_fields: BTreeMap<u8, Vec<usize>> = BTreeMap::new();
    for (idx, row) in rows.iter().enumerate() {
        by_fields.entry(row.fields()).or_default().push(idx);
    }
    let get = |idx: &usize| rows.get(*idx);
    let mut undecided: BTreeSet<usize> = BTreeSet::new();
    for (fields, these) in &by_fields {
        let these: Vec<_> =
            these.iter().filter(|it| get(it).is_some_and(|it| !it.waits.is_empty())).collect();
        for (others_fields, others) in by_fields.iter().filter(|_| !these.is_empty()) {
            let both = fields & others_fields;
            let mut like: BTreeMap<[Option<&str>; 7], usize> = BTreeMap::new();
            for other in others.iter().filter_map(get) {
                *like.entry(other.only(both)).or_default() += 1;
            }
            for (idx, row) in these.iter().filter_map(|it| Some((*it, get(it)?))) {
                // Neither itself nor a line that is known to be alike is a line that may be.
                let known = alike.get(&row.held).map_or(1, Vec::len);
                let known = if fields == others_fields { known } else { 0 };
                if like.get(&row.only(both)).is_some_and(|it| *it > known) {
                    undecided.insert(*idx);
                }
            }
        }
    }
    undecided.iter().filter_map(get).flat_map(|it| it.waits.iter().cloned()).collect()
}

impl Row<'_> {
    /// The fields that hold something that can be read, a bit for each.
    fn fields(&self) -> u8 {
        let readable = self.held.iter().enumerate().filter(|it| matches!(it.1, Held::Is(_)));
        readable.map(|(bit, _)| 1 << bit).sum()
    }

    /// What stands in these fields.
    fn only(&self, fields: u8) -> [Option<&str>; 7] {
        let mut bit = 0;
        self.held.each_ref().map(|held| {
            let wanted = fields & 1 << bit != 0;
            bit += 1;
            match held {
                Held::Is(it) if wanted => Some(it.as_str()),
                Held::Is(_) | Held::Blank | Held::Unread => None,
            }
        })
    }
}

fn row(line: &Line) -> Row<'_> {
    let mut waits = Vec::new();
    let has_sub_types = line.scheme_type.get().known().is_some_and(|it| !it.sub_types.is_empty());
    let held = [
        text(&line.id, &mut waits),
        match line.scheme_type.need(Some("EX04")) {
            Ok(Some(it)) => Held::Is(label::option_key(it.name)),
            Ok(None) => unknown(&line.scheme_type),
            Err(wait) => lacking(&line.scheme_type, wait, &mut waits),
        },
        // A type without sub types has none, and none is missing.
        if has_sub_types { text(&line.sub_type, &mut waits) } else { sub_type_of_none(line) },
        match line.area.need(Some("EX04")) {
            Ok(_) => Held::Is(label::option_key(&line.written.area)),
            Err(wait) => lacking(&line.area, wait, &mut waits),
        },
        text(&line.provider, &mut waits),
        match line.source.need(Some("EX04")) {
            Ok(Some(it)) => Held::Is(it.spec.name.to_owned()),
            Ok(None) => unknown(&line.source),
            Err(wait) => lacking(&line.source, wait, &mut waits),
        },
        match line.amount.need(Some("EX04")) {
            Ok(it) => Held::Is(money::plain(it)),
            Err(wait) => {
                waits.push(wait);
                if matches!(line.amount.get(), Figure::Blank) { Held::Blank } else { Held::Unread }
            }
        },
    ];
    Row { line, held, waits }
}

fn text(text: &Located<Text>, waits: &mut Vec<Wait>) -> Held {
    match text.get() {
        Text::Is(it) => Held::Is(label::option_key(it)),
        Text::Date(it) => Held::Is(it.to_string()),
        Text::Blank => {
            waits.push(Wait {
                on: Some("EX04"),
                cell: Some(text.cell),
                why: format!("{} is blank", text.cell),
                missing_value: false,
            });
            Held::Blank
        }
        Text::Error(_) | Text::NoValue => {
            waits.extend(text.unreadable());
            Held::Unread
        }
    }
}

fn sub_type_of_none(line: &Line) -> Held {
    line.sub_type.get().text().map_or_else(|| Held::Is(String::new()), |it| Held::Is(label::option_key(it)))
}

fn unknown<T>(choice: &Located<Choice<T>>) -> Held {
    match choice.get() {
        Choice::Unknown(it) => Held::Is(label::option_key(it)),
        Choice::Blank => Held::Blank,
        Choice::Known(_) | Choice::Unreadable(_) => Held::Unread,
    }
}

fn lacking<T>(choice: &Located<Choice<T>>, wait: Wait, waits: &mut Vec<Wait>) -> Held {
    waits.push(wait);
    if choice.get().is_blank() { Held::Blank } else { Held::Unread }
}

fn twice(plan: &Plan, lines: &[&Line]) -> Finding {
    let rows: Vec<String> = lines.iter().map(|it| (it.amount.cell.row + 1).to_string()).collect();
    let rows = listed(&first_of(&rows));
    let (about, label, sheet) = lines.first().map_or_else(Default::default, |it| {
        (it.about(), it.label(), plan.sheet_name(it.amount.cell).to_owned())
    });
    let amount = lines.first().and_then(|it| it.amount.get().value()).unwrap_or_default();
    let total = amount.saturating_mul(Decimal::from(lines.len()));
    let mut sum: Vec<Term> = lines.iter().map(|it| Term::at(it.heading(), amount, it.amount.cell)).collect();
    sum.push(Term::result("Together", total));
    let count = lines.len();
    let amount = money::show_pounds(amount);
    Finding::new(State::NeedsJudgement, format!("{about}, {amount}"), format!("Rows {rows} are alike"))
        .message(format!(
            "Rows {rows} of sheet {sheet} are alike in scheme ID, type, sub type, area, provider, source and amount: \
             {label}, {amount} each and {} together.",
            money::show_pounds(total)
        ))
        .todo(format!(
            "Clear what was entered twice. If {} are meant, say in the descriptions how they differ.",
            if count == 2 { "both" } else { "all" }
        ))
        .ask(format!("Ask whether the {count} lines of {label} are meant, and how they differ."))
        .cells(lines.iter().map(|it| it.amount.cell), "amount")
        .cells(lines.iter().map(|it| it.id.cell), "scheme ID")
        .sum(sum)
        .expected("one line", format!("{count} lines"))
}
