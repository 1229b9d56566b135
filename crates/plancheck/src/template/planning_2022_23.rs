//! The planning template of 2022-23. Verified: every label and option here was read word for word in
//! the printed template of a published plan. Tab names are those of its cover's checklist.

use super::{
    Asked, Better, CoverSpec, Field, Identified, Kind, Measure, MetricSpec, Minimum, MinimumSpec, OptionList,
    Purpose, RequirementsSpec, RoleSpec, SchemeType, Section, SheetSpec, Side, SourceOfFunding, SourceRole,
    Status, Template,
};

/// The template.
pub static TEMPLATE: Template = Template {
    id: "bcf-2022-23-planning",
    kind: Kind::Planning,
    year: "2022-23",
    status: Status::Verified,
    document: "Better Care Fund planning template 2022-23",
    called: "plan",
    references: &[],
    year_signs: &[
        "2022-23 Q1 Plan",
        "2022-23 Plan",
        "Are any additional LA Contributions being made in 2022-23? If yes, please detail below",
        "Are any additional ICB Contributions being made in 2022-23? If yes, please detail below",
    ],
    sheets: SHEETS,
    cover: CoverSpec {
        board: &["Health and Wellbeing Board"],
        signed_off: &[
            "Has this plan been signed off by the HWB (or delegated authority) at the time of submission?",
        ],
        expected: &["If no please indicate when the HWB is expected to sign off the plan"],
        completed_by: &["Completed by"],
        email: &["E-mail"],
        phone: &["Contact number"],
        delegated: &["If using a delegated authority, please state who is signing off the BCF plan"],
        job_title: &["Job Title"],
        signatory: &["Name"],
        roles: ROLES,
        checklist: &["Complete"],
        questions: &[
            "Health and Wellbeing Board",
            "Completed by",
            "E-mail",
            "Contact number",
            "Has this plan been signed off by the HWB (or delegated authority) at the time of submission?",
            "If using a delegated authority, please state who is signing off the BCF plan",
            "Job Title",
            "Name",
        ],
    },
    sources: SOURCES,
    pool: &["Total BCF Pooled Budget"],
    nhs_total: &["Total NHS Contribution"],
    minimums: &[
        MinimumSpec {
            minimum: Minimum::OutOfHospital,
            label: &["NHS Commissioned Out of Hospital spend from the minimum ICB allocation"],
            condition: "NC3",
            requirement: "PR5",
        },
        MinimumSpec {
            minimum: Minimum::SocialCare,
            label: &["Adult Social Care services spend from the minimum ICB allocations"],
            condition: "NC2",
            requirement: "PR4",
        },
    ],
    columns: &[
        (Field::Id, &["Scheme ID"]),
        (Field::Name, &["Scheme Name"]),
        (Field::Description, &["Brief Description of Scheme"]),
        (Field::Type, &["Scheme Type"]),
        (Field::SubType, &["Sub Types", "Sub Type"]),
        (Field::OtherType, &["Please specify if 'Scheme Type' is 'Other'"]),
        (Field::Area, &["Area of Spend"]),
        (Field::OtherArea, &["Please specify if 'Area of Spend' is 'other'"]),
        (Field::Commissioner, &["Commissioner"]),
        (Field::NhsShare, &["% NHS (if Joint Commissioner)"]),
        (Field::LocalShare, &["% LA (if Joint Commissioner)"]),
        (Field::Provider, &["Provider"]),
        (Field::Source, &["Source of Funding"]),
        (Field::Amount, &["Expenditure (£)"]),
        (Field::NewExisting, &["New/ Existing Scheme", "New/Existing Scheme"]),
    ],
    below_expenditure: &["Further guidance for completing Expenditure sheet"],
    scheme_types: SCHEME_TYPES,
    identified: IDENTIFIED,
    intermediate_care: &["Bed based intermediate Care Services", "Reablement in a persons own home"],
    metrics: METRICS,
    requirements: RequirementsSpec {
        asked: ASKED,
        theme: &["Theme"],
        requirement: &["Planning Requirement"],
        enquiries: &[
            "Key considerations for meeting the planning requirement",
            "Key considerations for meeting the planning requirement These are the Key Lines of Enquiry (KLOEs) underpinning the Planning Requirements (PR)",
        ],
        answer: &["Please confirm whether your BCF plan meets the Planning Requirement?"],
        documents: &[
            "Please note any supporting documents referred to and relevant page numbers to assist the assurers",
        ],
        actions: &[
            "Where the Planning requirement is not met, please note the actions in place towards meeting the requirement",
        ],
        timeframe: &[
            "Where the Planning requirement is not met, please note the anticipated timeframe for meeting it",
        ],
    },
    lists: LISTS,
    board_repeated: &["Selected Health and Wellbeing Board"],
    capacity: None,
};

/// The planning requirements of the year.
pub(super) static ASKED: &[Asked] = &[
    Asked {
        code: "PR1",
        theme: "NC1: Jointly agreed plan",
        requirement: "A jointly developed and agreed plan that all parties sign up to",
    },
    Asked {
        code: "PR2",
        theme: "NC1: Jointly agreed plan",
        requirement: "A clear narrative for the integration of health and social care",
    },
    Asked {
        code: "PR3",
        theme: "NC1: Jointly agreed plan",
        requirement: "A strategic, joined up plan for Disabled Facilities Grant (DFG) spending",
    },
    Asked {
        code: "PR4",
        theme: "NC2: Social Care Maintenance",
        requirement: "A demonstration of how the area will maintain the level of spending on social care services from the NHS minimum contribution to the fund in line with the uplift in the overall contribution",
    },
    Asked {
        code: "PR5",
        theme: "NC3: NHS commissioned Out of Hospital Services",
        requirement: "Has the area committed to spend at equal to or above the minimum allocation for NHS commissioned out of hospital services from the NHS minimum BCF contribution?",
    },
    Asked {
        code: "PR6",
        theme: "NC4: Implementing the BCF policy objectives",
        requirement: "Is there an agreed approach to implementing the BCF policy objectives, including a capacity and demand plan for intermediate care services?",
    },
    Asked {
        code: "PR7",
        theme: "Agreed expenditure plan for all elements of the BCF",
        requirement: "Is there a confirmation that the components of the Better Care Fund pool that are earmarked for a purpose are being planned to be used for that purpose?",
    },
    Asked {
        code: "PR8",
        theme: "Metrics",
        requirement: "Does the plan set stretching metrics and are there clear and ambitious plans for delivering these?",
    },
];

/// The sources are those of the template's own balances and the last heading names both its options; the
/// rest is what a published plan was seen to use.
static LISTS: &[(Field, OptionList)] = &[
    (
        Field::Area,
        OptionList {
            options: &[
                "Acute",
                "Mental Health",
                "Community Health",
                "Continuing Care",
                "Primary Care",
                "Social Care",
                "Other",
            ],
            complete: false,
        },
    ),
    (Field::Commissioner, OptionList { options: &["LA", "CCG", "ICB", "NHS", "Joint"], complete: false }),
    (
        Field::Provider,
        OptionList {
            options: &[
                "Local Authority",
                "Private Sector",
                "Charity / Voluntary Sector",
                "NHS",
                "NHS Community Provider",
                "NHS Acute Provider",
                "NHS Mental Health Provider",
                "CCG",
            ],
            complete: false,
        },
    ),
    (
        Field::Source,
        OptionList {
            options: &[
                "DFG",
                "Minimum NHS Contribution",
                "iBCF",
                "Additional LA Contribution",
                "Additional NHS Contribution",
            ],
            complete: true,
        },
    ),
    (Field::NewExisting, OptionList { options: &["New", "Existing"], complete: true }),
];

static ROLES: &[RoleSpec] = &[
    RoleSpec { name: "Health and Wellbeing Board Chair", required: true, side: Side::Other },
    RoleSpec {
        name: "Integrated Care Board Chief Executive or person to whom they have delegated sign-off",
        required: true,
        side: Side::Nhs,
    },
    RoleSpec { name: "Additional ICB(s) contacts if relevant", required: false, side: Side::Nhs },
    RoleSpec { name: "Local Authority Chief Executive", required: true, side: Side::Council },
    RoleSpec {
        name: "Local Authority Director of Adult Social Services (or equivalent)",
        required: true,
        side: Side::Council,
    },
    RoleSpec { name: "Better Care Fund Lead Official", required: true, side: Side::Other },
    RoleSpec { name: "LA Section 151 Officer", required: true, side: Side::Council },
];

static SHEETS: &[SheetSpec] = &[
    SheetSpec {
        section: Section::Cover,
        name: "2. Cover",
        heading: "2. Cover",
        signs: &[
            "Has this plan been signed off by the HWB (or delegated authority) at the time of submission?",
            "If no please indicate when the HWB is expected to sign off the plan",
            "Contact number",
            "Job Title",
        ],
        computes: false,
    },
    SheetSpec {
        section: Section::Summary,
        name: "3. Summary",
        heading: "3. Summary",
        signs: &["Funding Sources", "Scheme Types", "Income & Expenditure", "Planning Requirements >>"],
        computes: true,
    },
    SheetSpec {
        section: Section::Income,
        name: "4. Income",
        heading: "4. Income",
        signs: &[
            "Total BCF Pooled Budget",
            "Total iBCF Contribution",
            "Total NHS Minimum Contribution",
            "Disabled Facilities Grant (DFG)",
        ],
        computes: true,
    },
    SheetSpec {
        section: Section::Expenditure,
        name: "5a. Expenditure",
        heading: "5. Expenditure",
        signs: &["Scheme ID", "Running Balances", "Area of Spend", "Source of Funding"],
        computes: true,
    },
    SheetSpec {
        section: Section::Metrics,
        name: "6. Metrics",
        heading: "6. Metrics",
        signs: &[
            "8.1 Avoidable admissions",
            "8.3 Discharge to usual place of residence",
            "8.4 Residential Admissions",
            "8.5 Reablement",
        ],
        computes: true,
    },
    SheetSpec {
        section: Section::Requirements,
        name: "7. Planning Requirements",
        heading: "7. Confirmation of Planning Requirements",
        signs: &[
            "Planning Requirement",
            "Confirmed through",
            "Please confirm whether your BCF plan meets the Planning Requirement?",
        ],
        computes: false,
    },
];

static SOURCES: &[SourceOfFunding] = &[
    SourceOfFunding {
        name: "DFG",
        synonyms: &["Disabled Facilities Grant", "Disabled Facilities Grant (DFG)"],
        role: SourceRole::Mandatory,
        nhs: false,
        stream: "the Disabled Facilities Grant",
        income: &["Disabled Facilities Grant (DFG)"],
        breakdown: &["DFG breakdown for two-tier areas only (where applicable)"],
        total: &["Total Minimum LA Contribution (exc iBCF)"],
        question: &[],
        purpose: Some(Purpose::SchemesOfType("DFG Related Schemes")),
    },
    SourceOfFunding {
        name: "Minimum NHS Contribution",
        synonyms: &["NHS Minimum Contribution", "NHS Minimum", "Minimum NHS"],
        role: SourceRole::NhsMinimum,
        nhs: true,
        stream: "the minimum NHS contribution",
        income: &["NHS Minimum Contribution", "Minimum NHS Contribution"],
        breakdown: &[],
        total: &["Total NHS Minimum Contribution", "Total Minimum NHS Contribution"],
        question: &[],
        purpose: None,
    },
    SourceOfFunding {
        name: "iBCF",
        synonyms: &["iBCF Contribution", "Improved Better Care Fund"],
        role: SourceRole::Mandatory,
        nhs: false,
        stream: "the iBCF",
        income: &["iBCF Contribution"],
        breakdown: &[],
        total: &["Total iBCF Contribution"],
        question: &[],
        purpose: Some(Purpose::SocialCare),
    },
    SourceOfFunding {
        name: "Additional LA Contribution",
        synonyms: &["Local Authority Additional Contribution", "Additional Local Authority Contribution"],
        role: SourceRole::Additional,
        nhs: false,
        stream: "the additional local authority contribution",
        income: &["Local Authority Additional Contribution", "Additional LA Contribution"],
        breakdown: &[],
        total: &["Total Additional Local Authority Contribution", "Total Additional LA Contribution"],
        question: &["Are any additional LA Contributions being made in 2022-23? If yes, please detail below"],
        purpose: None,
    },
    SourceOfFunding {
        name: "Additional NHS Contribution",
        // Additional ICB and Additional CCG Contribution have the same key.
        synonyms: &[],
        role: SourceRole::Additional,
        nhs: true,
        stream: "the additional NHS contribution",
        income: &["Additional ICB Contribution"],
        breakdown: &[],
        total: &["Total Additional NHS Contribution"],
        question: &[
            "Are any additional ICB Contributions being made in 2022-23? If yes, please detail below",
        ],
        purpose: None,
    },
];

/// What PR7 asks: funding for Care Act duties, for carers and for reablement, from the NHS contribution.
static IDENTIFIED: &[Identified] = &[
    Identified {
        name: "Care Act duties",
        words: &["care act"],
        beside: None,
        types: "Care Act Implementation Related Duties",
    },
    Identified {
        name: "carers",
        words: &["carer"],
        beside: None,
        types: "Carers Services, or Care Act Implementation Related Duties with the sub type Carer advice and support",
    },
    Identified {
        name: "reablement",
        // Some areas write it as two words.
        words: &["reable", "re ablement"],
        // Some call it enablement, which may also be digital.
        beside: Some(("enablement", &["home", "service", "independen"])),
        types: "Reablement in a persons own home",
    },
];

static METRICS: &[MetricSpec] = &[
    MetricSpec {
        number: "8.1",
        name: "avoidable admissions",
        heading: &["8.1 Avoidable admissions"],
        summary: &["Avoidable admissions"],
        value: "Indicator value",
        measure: Measure::Entered,
        better: Better::Lower,
        numerator_is_part: false,
        unit: "admissions per 100,000",
    },
    MetricSpec {
        number: "8.3",
        name: "discharge to usual place of residence",
        heading: &["8.3 Discharge to usual place of residence"],
        summary: &["Discharge to normal place of residence"],
        value: "Quarter (%)",
        measure: Measure::Percentage,
        better: Better::Higher,
        numerator_is_part: true,
        unit: "of discharges",
    },
    MetricSpec {
        number: "8.4",
        name: "residential admissions",
        heading: &["8.4 Residential Admissions"],
        summary: &["Residential Admissions"],
        value: "Annual Rate",
        measure: Measure::Per100k,
        better: Better::Lower,
        numerator_is_part: true,
        unit: "admissions per 100,000",
    },
    MetricSpec {
        number: "8.5",
        name: "reablement",
        heading: &["8.5 Reablement"],
        summary: &["Reablement"],
        value: "Annual (%)",
        measure: Measure::Percentage,
        better: Better::Higher,
        numerator_is_part: true,
        unit: "of people",
    },
];

static SCHEME_TYPES: &[SchemeType] = &[
    SchemeType {
        name: "Assistive Technologies and Equipment",
        sub_types: &[
            "Telecare",
            "Wellness services",
            "Digital participation services",
            "Community based equipment",
            "Other",
        ],
    },
    SchemeType {
        name: "Care Act Implementation Related Duties",
        sub_types: &[
            "Carer advice and support",
            "Independent Mental Health Advocacy",
            "Safeguarding",
            "Other",
        ],
    },
    SchemeType { name: "Carers Services", sub_types: &["Respite Services", "Other"] },
    SchemeType {
        name: "Community Based Schemes",
        sub_types: &[
            "Integrated neighbourhood services",
            "Multidisciplinary teams that are supporting independence, such as anticipatory care",
            "Low level support for simple hospital discharges (Discharge to Assess pathway 0)",
            "Other",
        ],
    },
    SchemeType {
        name: "DFG Related Schemes",
        sub_types: &[
            "Adaptations, including statutory DFG grants",
            "Discretionary use of DFG - including small adaptations",
            "Handyperson services",
            "Other",
        ],
    },
    SchemeType {
        name: "Enablers for Integration",
        sub_types: &[
            "Data Integration",
            "System IT Interoperability",
            "Programme management",
            "Research and evaluation",
            "Workforce development",
            "Community asset mapping",
            "New governance arrangements",
            "Voluntary Sector Business Development",
            "Employment services",
            "Joint commissioning infrastructure",
            "Integrated models of provision",
            "Other",
        ],
    },
    SchemeType {
        name: "High Impact Change Model for Managing Transfer of Care",
        sub_types: &[
            "Early Discharge Planning",
            "Monitoring and responding to system demand and capacity",
            "Multi-Disciplinary/Multi-Agency Discharge Teams supporting discharge",
            "Home First/Discharge to Assess - process support/core costs",
            "Flexible working patterns (including 7 day working)",
            "Trusted Assessment",
            "Engagement and Choice",
            "Improved discharge to Care Homes",
            "Housing and related services",
            "Red Bag scheme",
            "Other",
        ],
    },
    SchemeType {
        name: "Home Care or Domiciliary Care",
        sub_types: &[
            "Domiciliary care packages",
            "Domiciliary care to support hospital discharge (Discharge to Assess pathway 1)",
            "Domiciliary care workforce development",
            "Other",
        ],
    },
    SchemeType { name: "Housing Related Schemes", sub_types: &[] },
    SchemeType {
        name: "Integrated Care Planning and Navigation",
        sub_types: &[
            "Care navigation and planning",
            "Assessment teams/joint assessment",
            "Support for implementation of anticipatory care",
            "Other",
        ],
    },
    SchemeType {
        name: "Bed based intermediate Care Services",
        sub_types: &[
            "Step down (discharge to assess pathway-2)",
            "Step up",
            "Rapid/Crisis Response",
            "Other",
        ],
    },
    SchemeType {
        name: "Reablement in a persons own home",
        sub_types: &[
            "Preventing admissions to acute setting",
            "Reablement to support discharge -step down (Discharge to Assess pathway 1)",
            "Rapid/Crisis Response - step up (2 hr response)",
            "Reablement service accepting community and discharge referrals",
            "Other",
        ],
    },
    SchemeType { name: "Personalised Budgeting and Commissioning", sub_types: &[] },
    SchemeType {
        name: "Personalised Care at Home",
        sub_types: &["Mental health /wellbeing", "Physical health/wellbeing", "Other"],
    },
    SchemeType {
        name: "Prevention / Early Intervention",
        sub_types: &["Social Prescribing", "Risk Stratification", "Choice Policy", "Other"],
    },
    SchemeType {
        name: "Residential Placements",
        sub_types: &[
            "Supported living",
            "Supported accommodation",
            "Learning disability",
            "Extra care",
            "Care home",
            "Nursing home",
            "Discharge from hospital (with reablement) to long term residential care (Discharge to Assess Pathway 3)",
            "Other",
        ],
    },
    SchemeType { name: "Other", sub_types: &[] },
];
