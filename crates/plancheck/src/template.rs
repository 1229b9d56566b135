//! Templates: data about each year's national workbook, and how a workbook is recognised as one.
//!
//! Everything is found by labels. A template holds no addresses.

pub mod anchor;
mod capacity;
pub mod capacity_demand_2022_23;
pub mod label;
pub(crate) mod labels;
mod month;
pub mod planning_2022_23;
mod recognise;

pub use capacity::{CapacitySpec, DischargesSpec, PathwaySpec, ServiceSpec, SpendSpec};
pub use month::Month;
pub use recognise::{Known, Recognition, recognise};
pub(crate) use recognise::{may_be_part, may_matter};

/// The option that every list has for what fits none of its others.
pub const OTHER: &str = "Other";

/// Every template that these rules know.
pub static TEMPLATES: &[&Template] = &[&planning_2022_23::TEMPLATE, &capacity_demand_2022_23::TEMPLATE];

/// One year's template of one kind. Data only.
pub struct Template {
    /// "bcf-2022-23-planning".
    pub id: &'static str,
    /// What sort of document it makes.
    pub kind: Kind,
    /// The financial year, "2022-23".
    pub year: &'static str,
    /// How far the facts below are established.
    pub status: Status,
    /// The template's name in the sources of findings.
    pub document: &'static str,
    /// What the template calls itself once it is filled in: "plan", "report".
    pub called: &'static str,
    /// Where in this template the rules come from that other templates have too, by their codes.
    pub references: &'static [(&'static str, &'static str)],
    /// Labels that no other year's template has: how it is known where its title was taken out.
    pub year_signs: &'static [&'static str],
    /// The sheets that the rules need.
    pub sheets: &'static [SheetSpec],
    /// The cover's questions.
    pub cover: CoverSpec,
    /// The sources of funding, in the order of the template's own balances.
    pub sources: &'static [SourceOfFunding],
    /// The label of the pool's total on the income sheet.
    pub pool: &'static [&'static str],
    /// The label of the total of all NHS streams on the income sheet.
    pub nhs_total: &'static [&'static str],
    /// The minimum spends.
    pub minimums: &'static [MinimumSpec],
    /// The expenditure table's headings.
    pub columns: &'static [(Field, &'static [&'static str])],
    /// Text that stands below the expenditure table.
    pub below_expenditure: &'static [&'static str],
    /// The scheme types with their sub types.
    pub scheme_types: &'static [SchemeType],
    /// What the minimum NHS contribution must be seen to pay for.
    pub identified: &'static [Identified],
    /// The scheme types that are intermediate care.
    pub intermediate_care: &'static [&'static str],
    /// The metrics that have a numerator and a denominator, or a value of their own.
    pub metrics: &'static [MetricSpec],
    /// The planning requirements and how they are answered.
    pub requirements: RequirementsSpec,
    /// What drop-downs offer, as far as it is known.
    pub lists: &'static [(Field, OptionList)],
    /// The label beside which other sheets repeat the board of the cover.
    pub board_repeated: &'static [&'static str],
    /// Demand, capacity and spend month by month; `None` where the template does not ask for them.
    pub capacity: Option<CapacitySpec>,
}

/// What one column's drop-down offers.
#[derive(Debug)]
pub struct OptionList {
    /// The options.
    pub options: &'static [&'static str],
    /// Whether these are all there are. Where they are not, another option is a matter for judgement.
    pub complete: bool,
}

/// The planning requirements and the headings of their answers.
#[derive(Debug)]
pub struct RequirementsSpec {
    /// The requirements of the year, in their order: also where another template of the year asks for them.
    pub asked: &'static [Asked],
    /// The theme, once for each group of requirements.
    pub theme: &'static [&'static str],
    /// The requirement in the template's words.
    pub requirement: &'static [&'static str],
    /// The key lines of enquiry underpinning it.
    pub enquiries: &'static [&'static str],
    /// Yes or No.
    pub answer: &'static [&'static str],
    /// The supporting documents.
    pub documents: &'static [&'static str],
    /// Where the answer is No: what is being done.
    pub actions: &'static [&'static str],
    /// Where the answer is No: by when.
    pub timeframe: &'static [&'static str],
}

/// A planning requirement as the template prints it.
#[derive(Debug)]
pub struct Asked {
    /// "PR4".
    pub code: &'static str,
    /// "NC2: Social Care Maintenance".
    pub theme: &'static str,
    /// The requirement in the template's words.
    pub requirement: &'static str,
}

/// What sort of document a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A planning workbook.
    Planning,
    /// A capacity and demand workbook.
    CapacityDemand,
    /// Anything else.
    Unknown,
}

/// How far the facts about a template are established.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Read word for word in a published workbook.
    Verified,
    /// Not checked against a real workbook: never a hard failure on its own.
    Unverified,
}

/// A part of the template: one sheet that rules read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// The cover.
    Cover,
    /// The summary, which repeats and totals what the other sheets hold.
    Summary,
    /// The contributions to the pool.
    Income,
    /// The scheme lines.
    Expenditure,
    /// The ambitions.
    Metrics,
    /// The answers to the planning requirements.
    Requirements,
    /// The demand from hospital discharge.
    DischargeDemand,
    /// The demand from the community.
    CommunityDemand,
    /// The capacity for hospital discharge.
    DischargeCapacity,
    /// The capacity for the community.
    CommunityCapacity,
    /// The spend on intermediate care.
    Spend,
}

/// How a sheet is known.
#[derive(Debug)]
pub struct SheetSpec {
    /// The part of the template it is.
    pub section: Section,
    /// The name on its tab, as the cover's checklist gives it.
    pub name: &'static str,
    /// The heading printed under the template's title.
    pub heading: &'static str,
    /// Labels that stand on this sheet and on no other.
    pub signs: &'static [&'static str],
    /// Whether the template computes totals, balances, rates or shares on it.
    pub computes: bool,
}

/// The labels of the cover.
#[derive(Debug)]
pub struct CoverSpec {
    /// The board's name.
    pub board: &'static [&'static str],
    /// Yes or No: signed off.
    pub signed_off: &'static [&'static str],
    /// The date by which it will be.
    pub expected: &'static [&'static str],
    /// Who completed the template.
    pub completed_by: &'static [&'static str],
    /// Their e-mail address.
    pub email: &'static [&'static str],
    /// Their telephone number.
    pub phone: &'static [&'static str],
    /// Who signs off by delegated authority.
    pub delegated: &'static [&'static str],
    /// The job title of who signs for the board.
    pub job_title: &'static [&'static str],
    /// The name of who signs for the board.
    pub signatory: &'static [&'static str],
    /// The roles of the table of contacts; none where the template has no such table.
    pub roles: &'static [RoleSpec],
    /// The heading of the Yes or No of each sheet in the checklist; none where there is no checklist.
    pub checklist: &'static [&'static str],
    /// Every label of the cover that has its answer beside it: they show where answers stand.
    pub questions: &'static [&'static str],
}

/// A role in the cover's table of contacts.
#[derive(Debug)]
pub struct RoleSpec {
    /// As the template prints it.
    pub name: &'static str,
    /// Whether every area has somebody in this role.
    pub required: bool,
    /// Whom this person stands for.
    pub side: Side,
}

/// Whom a contact stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The integrated care board.
    Nhs,
    /// The council, in a role that signs for it.
    Council,
    /// Neither in a role that signs.
    Other,
}

/// A source of funding and the income stream that feeds it.
#[derive(Debug)]
pub struct SourceOfFunding {
    /// The name in the template's list.
    pub name: &'static str,
    /// Other names of the same source.
    pub synonyms: &'static [&'static str],
    /// What the rules need to know of it.
    pub role: SourceRole,
    /// Whether the NHS pays it: the income sheet totals these streams together.
    pub nhs: bool,
    /// The name of the stream in a sentence: "the Disabled Facilities Grant".
    pub stream: &'static str,
    /// The heading of its rows on the income sheet.
    pub income: &'static [&'static str],
    /// The label over the breakdown by district that stands under its rows, before its total, and is no
    /// part of the sum; none where there is no breakdown.
    pub breakdown: &'static [&'static str],
    /// The label of its total.
    pub total: &'static [&'static str],
    /// The question whether there is any; none where there always is.
    pub question: &'static [&'static str],
    /// What it is earmarked for.
    pub purpose: Option<Purpose>,
}

/// What a source of funding is earmarked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Schemes of the type of this name.
    SchemesOfType(&'static str),
    /// Adult social care.
    SocialCare,
}

/// Something that the minimum NHS contribution must be seen to pay for, and the words that show it does.
#[derive(Debug)]
pub struct Identified {
    /// "carers".
    pub name: &'static str,
    /// A line is for it where its type, sub type, name or description has a word that begins with one of
    /// these. In lower case and without hyphens.
    pub words: &'static [&'static str],
    /// A word that shows it only in a text that also has a word beginning with one of these.
    pub beside: Option<(&'static str, &'static [&'static str])>,
    /// The scheme types made for it, for the reader to choose from.
    pub types: &'static str,
}

/// What the rules need to know of a source of funding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceRole {
    /// The minimum NHS contribution, from which the minimum spends are counted.
    NhsMinimum,
    /// A grant or contribution that is fixed nationally.
    Mandatory,
    /// A contribution that an area may add, or not.
    Additional,
}

/// A minimum spend from the minimum NHS contribution.
#[derive(Debug)]
pub struct MinimumSpec {
    /// Which one it is.
    pub minimum: Minimum,
    /// Its label in the required spend table and on the summary.
    pub label: &'static [&'static str],
    /// The national condition.
    pub condition: &'static str,
    /// The planning requirement.
    pub requirement: &'static str,
}

/// The two minimum spends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Minimum {
    /// Adult social care.
    SocialCare,
    /// NHS commissioned out of hospital services.
    OutOfHospital,
}

/// A column of the expenditure table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Scheme ID.
    Id,
    /// Scheme name.
    Name,
    /// Brief description.
    Description,
    /// Scheme type.
    Type,
    /// Sub type.
    SubType,
    /// What a type or sub type Other is.
    OtherType,
    /// Area of spend.
    Area,
    /// What an area Other is.
    OtherArea,
    /// Commissioner.
    Commissioner,
    /// NHS share of a joint line.
    NhsShare,
    /// Local authority share of a joint line.
    LocalShare,
    /// Provider.
    Provider,
    /// Source of funding.
    Source,
    /// Expenditure in pounds.
    Amount,
    /// New or existing.
    NewExisting,
}

/// A scheme type and the sub types that belong to it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SchemeType {
    /// As the template's list writes it.
    pub name: &'static str,
    /// As the template's list writes them; empty where the type has none.
    pub sub_types: &'static [&'static str],
}

/// A metric on the metrics sheet.
#[derive(Debug)]
pub struct MetricSpec {
    /// The number it has there, "8.3".
    pub number: &'static str,
    /// Its name in a sentence.
    pub name: &'static str,
    /// The heading of its block.
    pub heading: &'static [&'static str],
    /// The heading of its block on the summary.
    pub summary: &'static [&'static str],
    /// The label of its values.
    pub value: &'static str,
    /// How its values come about and are shown.
    pub measure: Measure,
    /// Which way is better.
    pub better: Better,
    /// Whether the numerator counts some of those that the denominator counts, as that of a percentage does.
    pub numerator_is_part: bool,
    /// What one of its values is, after the figure: "of people discharged home".
    pub unit: &'static str,
}

/// Which way a metric is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// The lower the better.
    Lower,
    /// The higher the better.
    Higher,
}

/// How a metric's values come about and are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Typed in: an indicator value.
    Entered,
    /// Numerator over denominator, shown as a percentage to one decimal place.
    Percentage,
    /// Numerator over denominator times 100,000, shown to one decimal place.
    Per100k,
}

impl Template {
    /// The minimum spend of this kind, where this year has one.
    pub fn minimum(&self, minimum: Minimum) -> Option<&'static MinimumSpec> {
        self.minimums.iter().find(|it| it.minimum == minimum)
    }

    /// The sheet of this section.
    pub fn sheet(&self, section: Section) -> Option<&'static SheetSpec> {
        self.sheets.iter().find(|it| it.section == section)
    }

    /// The source of funding of this name, in any of its spellings.
    pub fn source(&self, text: &str) -> Option<usize> {
        let key = label::key(text);
        self.sources.iter().position(|it| {
            label::key(it.name) == key || it.synonyms.iter().any(|synonym| label::key(synonym) == key)
        })
    }
}

impl SchemeType {
    /// Whether a text names this type: case, spacing and trailing punctuation are forgiven.
    pub fn is_named(&self, text: &str) -> bool {
        label::is_option(self.name, text)
    }

    /// Whether a text names one of its sub types: case, spacing and trailing punctuation are forgiven.
    pub fn has_sub_type(&self, text: &str) -> bool {
        self.sub_types.iter().any(|it| label::is_option(it, text))
    }
}
