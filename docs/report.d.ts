// The report of plancheck. Generated from the wire types by `cargo xtask docs`; do not edit.

/**
 * The result of one run over one or more files.
 */
export type Report = { 
/**
 * See [`SCHEMA_VERSION`].
 */
schemaVersion: number, 
/**
 * What made this report.
 */
checker: Checker, 
/**
 * One entry a file, in the order given.
 */
documents: Array<Document>, 
/**
 * One entry for each board and year with more than one document.
 */
across: Array<Across>, };

/**
 * What made a report.
 */
export type Checker = { 
/**
 * Always "plancheck".
 */
name: string, 
/**
 * The release of the program.
 */
version: string, 
/**
 * The release of the rules, "2026.1": year and number.
 */
rules: string, };

/**
 * What was found in one file.
 */
export type Document = { 
/**
 * The base name of the file, as given.
 */
file: string, 
/**
 * Size of the file in bytes.
 */
bytes: number, 
/**
 * SHA-256 of the file, in lower-case hexadecimal.
 */
sha256: string, 
/**
 * What sort of document it is.
 */
kind: Kind, 
/**
 * The template it was made from; `null` when it is not one these rules know.
 */
template: Template | null, 
/**
 * The health and wellbeing board, where it could be read.
 */
board: string | null, 
/**
 * The integrated care boards that the plan names as contributors of the NHS minimum, in its order.
 */
icbs: Array<string>, 
/**
 * When the file was last saved, as it says itself: "2022-09-26T10:05Z", without the Z where it does not
 * say by which clock; absent where it says nothing.
 */
saved?: string, 
/**
 * Why the file could not be opened; absent when it could.
 */
error?: OpenError, 
/**
 * The worst state that any rule ended in.
 */
verdict: State, 
/**
 * How many rules ended in each state.
 */
counts: Counts, 
/**
 * Income against planned expenditure, one row for each source of funding.
 */
balances: Array<Balance>, 
/**
 * The same for the whole pool; its source is "Total". `null` where no plan was read.
 */
total: Balance | null, 
/**
 * The conditions, met or not, in the order of the rules.
 */
conditions: Array<Condition>, 
/**
 * Shortfalls of capacity against demand, one for each pathway or service and month.
 */
imbalances: Array<Imbalance>, 
/**
 * Every rule that applies to this kind of document, each in exactly one state.
 */
rules: Array<RuleOutcome>, 
/**
 * What is wrong, unusual or unreadable, ordered by sheet, row, column and rule.
 */
findings: Array<Finding>, 
/**
 * The planning requirements in their order, each with its answer and the rules that bear on it.
 */
enquiries: Array<Enquiry>, 
/**
 * What the other workbook of the same board and year would add, where it was not given.
 */
companion?: string, 
/**
 * Every cell that a rule read, sheet by sheet.
 */
coverage: Array<Coverage>, 
/**
 * The figures that the template computes, each beside what its inputs give, in the order of their cells.
 */
totals: Array<Total>, 
/**
 * The figures of the pictures.
 */
charts: Array<Chart>, };

/**
 * What sort of document a file is.
 */
export type Kind = "planning" | "capacity-demand" | "narrative" | "unknown";

/**
 * The template that a workbook was made from.
 */
export type Template = { 
/**
 * "bcf-2022-23-planning".
 */
id: string, 
/**
 * "2022-23".
 */
year: string, 
/**
 * The version printed on the cover; `null` where none is printed.
 */
version: string | null, 
/**
 * How far the facts about this template are established.
 */
status: TemplateStatus, };

/**
 * How far the facts about a template are established.
 */
export type TemplateStatus = "verified" | "unverified";

/**
 * Why a file could not be opened.
 */
export type OpenError = { 
/**
 * A short, stable name: "encrypted", "damaged", …
 */
code: string, 
/**
 * What is wrong, in a sentence.
 */
message: string, 
/**
 * What to do about it.
 */
todo: string, };

/**
 * The state that a rule ends in.
 */
export type State = "met" | "not-met" | "needs-judgement" | "could-not-check" | "does-not-apply";

/**
 * How many rules ended in each state.
 */
export type Counts = { 
/**
 * Rules met.
 */
met: number, 
/**
 * Rules not met.
 */
notMet: number, 
/**
 * Rules a person must look at.
 */
needsJudgement: number, 
/**
 * Rules that could not run.
 */
couldNotCheck: number, 
/**
 * Rules with nothing to test here.
 */
doesNotApply: number, };

/**
 * Income against planned expenditure for one source of funding, in pounds.
 */
export type Balance = { 
/**
 * The source of funding as the template prints it, or as the workbook writes it where the
 * template does not know it.
 */
source: string, 
/**
 * The financial year.
 */
year: string, 
/**
 * `null` where an amount behind it is missing or unreadable.
 */
income: string | null, 
/**
 * `null` where an amount behind it is missing or unreadable.
 */
expenditure: string | null, 
/**
 * Income less expenditure, both rounded to whole pounds; `null` where either is.
 */
difference: string | null, 
/**
 * Whether this source balances.
 */
state: State, 
/**
 * The difference in words: "£1 more is planned than there is income".
 */
sentence: string, 
/**
 * The share of the pool's whole income, in percent to one decimal place: the bar's length.
 */
incomeShare: string | null, 
/**
 * The same for expenditure, of the pool's whole income.
 */
expenditureShare: string | null, };

/**
 * One condition and how the plan stands to it.
 */
export type Condition = { 
/**
 * The rule that tests it.
 */
rule: string, 
/**
 * Its title in the words of the field.
 */
title: string, 
/**
 * The national condition, "NC2"; `null` where it is none.
 */
condition: string | null, 
/**
 * The planning requirement it bears on, "PR4".
 */
requirement: string | null, 
/**
 * The state the rule ended in.
 */
state: State, 
/**
 * The figures in a sentence.
 */
sentence: string, 
/**
 * The minimum, in pounds.
 */
required: string | null, 
/**
 * What the plan's own lines come to, in pounds.
 */
planned: string | null, 
/**
 * Planned less required, in pounds; negative when short.
 */
headroom: string | null, 
/**
 * Headroom as a percentage of what is required, to one decimal place.
 */
headroomPercent: string | null, 
/**
 * The plan's own answer to the planning requirement.
 */
declared: string | null, 
/**
 * The worked sum behind `planned`.
 */
sum: Array<Term>, 
/**
 * The cells of the requirement and of the answer.
 */
cells: Array<CellMark>, };

/**
 * A shortfall of capacity against demand.
 */
export type Imbalance = { 
/**
 * The rule that found it.
 */
rule: string, 
/**
 * The pathway or service: "pathway 0".
 */
what: string, 
/**
 * The month, "2022-10".
 */
period: string, 
/**
 * People.
 */
demand: string, 
/**
 * People.
 */
capacity: string, 
/**
 * Capacity less demand: below nought.
 */
difference: string, };

/**
 * How one rule ended.
 */
export type RuleOutcome = { 
/**
 * "EX02".
 */
rule: string, 
/**
 * "adult-social-care-minimum".
 */
name: string, 
/**
 * "condition", "arithmetic", …
 */
class: string, 
/**
 * The state it ended in.
 */
state: State, 
/**
 * Why it could not be checked or does not apply, or what qualifies the state; else `null`.
 */
reason: string | null, 
/**
 * Whether something it needs was missing or unreadable, whatever it found elsewhere.
 */
unchecked: boolean, 
/**
 * Indexes into the document's findings.
 */
findings: Array<number>, };

/**
 * Something wrong, unusual or unreadable.
 */
export type Finding = { 
/**
 * The rule that found it.
 */
rule: string, 
/**
 * The class of that rule.
 */
class: string, 
/**
 * What this finding amounts to.
 */
state: State, 
/**
 * The finding in a few words.
 */
title: string, 
/**
 * What is wrong, with the figures in the sentence.
 */
message: string, 
/**
 * What to do, for the person planning.
 */
todo: string, 
/**
 * What to ask, for the person assuring.
 */
ask: string, 
/**
 * The cells it concerns; the first is where the reader is taken.
 */
cells: Array<CellMark>, 
/**
 * The worked sum, where there is one.
 */
sum: Array<Term>, 
/**
 * What the worked sum counts.
 */
unit: Unit, 
/**
 * What should stand there.
 */
expected: string | null, 
/**
 * What does stand there.
 */
actual: string | null, 
/**
 * The planning requirement or national condition it bears on.
 */
requirement: string | null, 
/**
 * Where the rule comes from.
 */
source: Source, 
/**
 * How many rules wait on this finding.
 */
suppressed: number, 
/**
 * Names this finding by rule and plan element, the same when rows are inserted above it.
 */
fingerprint: string, 
/**
 * The likeliest cause, where one stands out.
 */
cause: string | null, 
/**
 * Changes that would put it right.
 */
remedies: Array<Remedy>, };

/**
 * What a worked sum counts.
 */
export type Unit = "pounds" | "people";

/**
 * A cell or range and the part it plays.
 */
export type CellMark = { 
/**
 * In findings across documents: the index of the document the cell stands in.
 */
document?: number, 
/**
 * The sheet's name, as the workbook writes it.
 */
sheet: string, 
/**
 * "O49" or "O49:O51".
 */
range: string, 
/**
 * "amount", "answer", …
 */
role: string, };

/**
 * A cell.
 */
export type CellPlace = { 
/**
 * In findings across documents: the index of the document the cell stands in.
 */
document?: number, 
/**
 * The sheet's name, as the workbook writes it.
 */
sheet: string, 
/**
 * "O49".
 */
range: string, };

/**
 * One part of a worked sum.
 */
export type Term = { 
/**
 * What this part is.
 */
label: string, 
/**
 * Its amount, signed as it enters the sum.
 */
amount: string, 
/**
 * Where it stands; `null` for a result.
 */
cell: CellPlace | null, };

/**
 * A document and a place in it.
 */
export type Source = { 
/**
 * The template, guidance or grant determination.
 */
document: string, 
/**
 * Where in it.
 */
reference: string, };

/**
 * A change that would put a finding right.
 */
export type Remedy = { 
/**
 * The change in words.
 */
text: string, 
/**
 * The cells to change.
 */
cells: Array<CellMark>, 
/**
 * What it would move, in pounds.
 */
effect: string, };

/**
 * A planning requirement, which an assurance panel judges by its key lines of enquiry. The texts are the
 * workbook's own; theme and requirement are the template's where the workbook does not carry them.
 */
export type Enquiry = { 
/**
 * "PR4".
 */
code: string, 
/**
 * "NC2: Social Care Maintenance".
 */
theme: string | null, 
/**
 * The requirement.
 */
requirement: string | null, 
/**
 * The key lines of enquiry underpinning it.
 */
enquiries: string | null, 
/**
 * The plan's own answer; `null` where it is blank or was not found.
 */
answer: string | null, 
/**
 * Where the answer stands, or should.
 */
cell: CellPlace | null, 
/**
 * The supporting documents the plan names.
 */
documents: string | null, 
/**
 * Where the answer is No: what is being done.
 */
actions: string | null, 
/**
 * Where the answer is No: by when.
 */
timeframe: string | null, 
/**
 * The codes of the rules that bear on it, or that found something that does.
 */
rules: Array<string>, 
/**
 * What was found that bears on it: indexes into the document's findings. A rule in `rules` may have
 * found other things besides, which bear on other requirements.
 */
findings: Array<number>, };

/**
 * The cells of a sheet that some rule read.
 */
export type Coverage = { 
/**
 * The sheet's name, as the workbook writes it.
 */
sheet: string, 
/**
 * "C9", … in the order of rows and columns.
 */
read: Array<string>, };

/**
 * A figure that the template computes, beside what its inputs give.
 */
export type Total = { 
/**
 * Where it stands.
 */
cell: CellPlace, 
/**
 * What it is: "Total BCF Pooled Budget".
 */
label: string, 
/**
 * What it counts.
 */
unit: ChartUnit, 
/**
 * Whether the cell still holds a formula.
 */
formula: boolean, 
/**
 * The workbook's figure; `null` where it shows none.
 */
held: string | null, 
/**
 * The same recomputed from inputs; `null` where one of them is missing or unreadable.
 */
recomputed: string | null, 
/**
 * Whether the two agree to the precision shown; `null` where one of them is not known.
 */
agrees: boolean | null, };

/**
 * The figures of one picture.
 */
export type Chart = { 
/**
 * The rule that judges what it shows.
 */
rule: string, 
/**
 * A stable name.
 */
id: string, 
/**
 * Its caption.
 */
title: string, 
/**
 * What it shows, in a sentence.
 */
summary: string, 
/**
 * What its figures count.
 */
unit: ChartUnit, 
/**
 * How it is drawn.
 */
form: ChartForm, 
/**
 * The marks of its axis.
 */
ticks: Array<Point>, 
/**
 * One entry a line or set of bars.
 */
series: Array<Series>, };

/**
 * What a figure counts.
 */
export type ChartUnit = "pounds" | "people" | "percent" | "rate";

/**
 * How a picture is drawn.
 */
export type ChartForm = "bars" | "columns" | "line";

/**
 * One line or set of bars of a picture.
 */
export type Series = { 
/**
 * Its name in the legend.
 */
name: string, 
/**
 * Its points in order.
 */
points: Array<Point>, };

/**
 * One point of a series.
 */
export type Point = { 
/**
 * The category or period.
 */
label: string, 
/**
 * A decimal string.
 */
value: string, 
/**
 * Where it stands on the axis, in percent of its length.
 */
at: string, };

/**
 * What stands between several documents of one board and year.
 */
export type Across = { 
/**
 * The board.
 */
board: string, 
/**
 * The year.
 */
year: string, 
/**
 * Indexes into the report's documents.
 */
documents: Array<number>, 
/**
 * How each rule across documents ended.
 */
rules: Array<RuleOutcome>, 
/**
 * What was found.
 */
findings: Array<Finding>, };
