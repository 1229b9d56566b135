//! The capacity and demand template of 2022-23. Verified: every label here was read word for word in the
//! printed template of a published plan, headings and the sheet numbers of its guidance that differ from
//! them included. Tab names are inferred from both.

use super::{
    CapacitySpec, CoverSpec, DischargesSpec, Kind, Month, PathwaySpec, RequirementsSpec, Section,
    ServiceSpec, SheetSpec, SpendSpec, Status, Template,
};

/// The template.
pub static TEMPLATE: Template = Template {
    id: "bcf-2022-23-capacity-demand",
    kind: Kind::CapacityDemand,
    year: "2022-23",
    status: Status::Verified,
    document: "Better Care Fund capacity and demand template 2022-23",
    called: "report",
    references: &[
        ("WB03", "1.0 Guidance: the sections of the template"),
        ("WB04", "formulas of 3.1 Demand - Hospital Discharge: Totals Summary (autopopulated)"),
        ("WB05", "formulas of 3.1 Demand - Hospital Discharge: Totals Summary (autopopulated)"),
        ("WB06", "1.0 Guidance: Note on entering information into this template"),
        ("WB07", "the sheets as the template lays them out, with their rows and columns in sight"),
        ("WB08", "1.0 Guidance: the template is issued protected"),
        ("WB13", "2.0 Cover: Health and Wellbeing Board; Selected Health and Wellbeing Board on each sheet"),
        ("CV01", "2.0 Cover: Health and Wellbeing Board"),
        (
            "CV02",
            "2.0 Cover: Has this report been signed off by (or on behalf of) the HWB; If no, please indicate when",
        ),
        ("CV03", "2.0 Cover: Job Title; Name"),
        ("CV05", "2.0 Cover: E-mail; Contact number"),
    ],
    // The spend sheet heads its amounts with the year.
    year_signs: &["2022-23"],
    sheets: SHEETS,
    cover: CoverSpec {
        board: &["Health and Wellbeing Board"],
        signed_off: &[
            "Has this report been signed off by (or on behalf of) the HWB at the time of submission?",
        ],
        expected: &["If no, please indicate when the report is expected to be signed off"],
        completed_by: &["Completed by"],
        email: &["E-mail"],
        phone: &["Contact number"],
        delegated: &[],
        job_title: &["Job Title"],
        signatory: &["Name"],
        roles: &[],
        checklist: &[],
        questions: &[
            "Health and Wellbeing Board",
            "Completed by",
            "E-mail",
            "Contact number",
            "Has this report been signed off by (or on behalf of) the HWB at the time of submission?",
            "Job Title",
            "Name",
        ],
    },
    sources: &[],
    pool: &[],
    nhs_total: &[],
    minimums: &[],
    columns: &[],
    below_expenditure: &[],
    scheme_types: &[],
    intermediate_care: &[],
    metrics: &[],
    identified: &[],
    requirements: RequirementsSpec {
        asked: super::planning_2022_23::ASKED,
        theme: &[],
        requirement: &[],
        enquiries: &[],
        answer: &[],
        documents: &[],
        actions: &[],
        timeframe: &[],
    },
    lists: &[],
    board_repeated: &["Selected Health and Wellbeing Board"],
    capacity: Some(CapacitySpec {
        months: MONTHS,
        pathways: PATHWAYS,
        services: SERVICES,
        discharges: DischargesSpec {
            summary: &["Totals Summary (autopopulated)", "Totals Summary"],
            trust: &["Trust Referral Source (Select as many as you need)", "Trust Referral Source"],
            pathway: &["Demand - Discharge Pathway"],
            other: "other",
        },
        service: &["Service Type", "Service Area"],
        assumptions: &["Any assumptions made"],
        assumptions_on: &[
            Section::DischargeDemand,
            Section::CommunityDemand,
            Section::DischargeCapacity,
            Section::CommunityCapacity,
        ],
        spend: SpendSpec {
            year: &["2022-23"],
            overall: &["Overall Spend (BCF & Non BCF)"],
            related: &["BCF related spend"],
        },
    }),
};

static MONTHS: &[Month] = &[
    Month { year: 2022, month: 10 },
    Month { year: 2022, month: 11 },
    Month { year: 2022, month: 12 },
    Month { year: 2023, month: 1 },
    Month { year: 2023, month: 2 },
    Month { year: 2023, month: 3 },
];

static PATHWAYS: &[PathwaySpec] = &[
    PathwaySpec {
        id: "p0",
        name: "pathway 0",
        labels: &[
            "0: Low level support for simple hospital discharges - e.g. Voluntary or Community Sector support - (D2A Pathway 0)",
            "Pathway 0",
        ],
        begins: "0:",
        capacity: &[
            &["VCS services to support discharge"],
            &["Urgent Community Response (pathway 0)", "Urgent Community Response"],
        ],
    },
    PathwaySpec {
        id: "p1",
        name: "pathway 1",
        labels: &["1: Reablement in a persons own home to support discharge (D2A Pathway 1)", "Pathway 1"],
        begins: "1:",
        capacity: &[&[
            "Reablement or rehabilitation in a person's own home (pathway 1)",
            "Reablement or rehabilitation in a person's own home",
        ]],
    },
    PathwaySpec {
        id: "p2",
        name: "pathway 2",
        labels: &["2: Step down beds (D2A pathway 2)", "Pathway 2"],
        begins: "2:",
        capacity: &[&[
            "Bed-based intermediate care (step down) (pathway 2)",
            "Bed-based intermediate care (step down)",
            "Bed based intermediate care (step down)",
        ]],
    },
    PathwaySpec {
        id: "p3",
        name: "pathway 3",
        labels: &[
            "3: Discharge from hospital (with reablement) to long term residential care (Discharge to assess pathway 3)",
            "Pathway 3",
        ],
        begins: "3:",
        capacity: &[&["Residential care that is expected to be long-term (discharge only)"]],
    },
];

static SERVICES: &[ServiceSpec] = &[
    ServiceSpec {
        id: "vcs",
        name: "Voluntary or Community Sector Services",
        demand: &[
            "Voluntary or Community Sector Services",
            "VCS services to support someone to remain at home",
        ],
        capacity: &[
            "Voluntary or Community Sector Services",
            "VCS services to support someone to remain at home",
        ],
    },
    ServiceSpec {
        id: "ucr",
        name: "Urgent Community Response",
        demand: &["Urgent community response", "Urgent Community Response (2 hr response)"],
        capacity: &["Urgent Community Response", "Urgent Community Response (2 hr response)"],
    },
    ServiceSpec {
        id: "reablement",
        name: "Reablement or rehabilitation in a person's own home",
        demand: &[
            "Reablement/support someone to remain at home",
            "Reablement or rehabilitation in a person's own home",
        ],
        capacity: &["Reablement or rehabilitation in a person's own home"],
    },
    ServiceSpec {
        id: "beds",
        name: "Bed based intermediate care (step up)",
        demand: &["Bed based intermediate care (Step up)", "Bed-based intermediate care (step up)"],
        capacity: &["Bed based intermediate care (step up)", "Bed-based intermediate care (step up)"],
    },
];

static SHEETS: &[SheetSpec] = &[
    SheetSpec {
        section: Section::Cover,
        name: "2. Cover",
        heading: "2.0 Cover",
        signs: &[
            "Has this report been signed off by (or on behalf of) the HWB at the time of submission?",
            "If no, please indicate when the report is expected to be signed off",
            "How could this template be improved?",
            "Contact number",
        ],
        computes: false,
    },
    SheetSpec {
        section: Section::DischargeDemand,
        name: "3.1 Demand - Hospital Discharge",
        heading: "3.1 Demand - Hospital Discharge",
        signs: &[
            "Totals Summary (autopopulated)",
            "Trust Referral Source (Select as many as you need)",
            "Demand - Discharge Pathway",
        ],
        computes: true,
    },
    SheetSpec {
        section: Section::CommunityDemand,
        name: "3.2 Demand - Community",
        heading: "3.0 Demand - Community",
        signs: &[
            "Demand - Intermediate Care",
            "Service Type",
            "Reablement/support someone to remain at home",
        ],
        computes: false,
    },
    SheetSpec {
        section: Section::DischargeCapacity,
        name: "4.1 Capacity - Discharge",
        heading: "4.0 Capacity - Discharge",
        signs: &[
            "Capacity - Hospital Discharge",
            "VCS services to support discharge",
            "Residential care that is expected to be long-term (discharge only)",
        ],
        computes: false,
    },
    SheetSpec {
        section: Section::CommunityCapacity,
        name: "4.2 Capacity - Community",
        heading: "4.2 Capacity - Community",
        signs: &[
            "Capacity - Community",
            "Urgent Community Response",
            "Reablement or rehabilitation in a person's own home",
        ],
        computes: false,
    },
    SheetSpec {
        section: Section::Spend,
        name: "5.0 Spend",
        heading: "5.0 Spend",
        signs: &["Spend on Intermediate Care", "Overall Spend (BCF & Non BCF)", "BCF related spend"],
        computes: false,
    },
];
