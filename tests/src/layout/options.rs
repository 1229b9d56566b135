//! The option lists of the 2022-23 planning template, word for word.

/// A scheme type: its number in the national list, its name and its sub types.
pub type SchemeType = (u32, &'static str, &'static [&'static str]);

/// The scheme types. The national list has no number 17.
pub const SCHEME_TYPES: [SchemeType; 17] = [
    (
        1,
        "Assistive Technologies and Equipment",
        &[
            "Telecare",
            "Wellness services",
            "Digital participation services",
            "Community based equipment",
            "Other",
        ],
    ),
    (
        2,
        "Care Act Implementation Related Duties",
        &["Carer advice and support", "Independent Mental Health Advocacy", "Safeguarding", "Other"],
    ),
    (3, "Carers Services", &["Respite Services", "Other"]),
    (
        4,
        "Community Based Schemes",
        &[
            "Integrated neighbourhood services",
            "Multidisciplinary teams that are supporting independence, such as anticipatory care",
            "Low level support for simple hospital discharges (Discharge to Assess pathway 0)",
            "Other",
        ],
    ),
    (
        5,
        "DFG Related Schemes",
        &[
            "Adaptations, including statutory DFG grants",
            "Discretionary use of DFG - including small adaptations",
            "Handyperson services",
            "Other",
        ],
    ),
    (
        6,
        "Enablers for Integration",
        &[
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
    ),
    (
        7,
        "High Impact Change Model for Managing Transfer of Care",
        &[
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
    ),
    (
        8,
        "Home Care or Domiciliary Care",
        &[
            "Domiciliary care packages",
            "Domiciliary care to support hospital discharge (Discharge to Assess pathway 1)",
            "Domiciliary care workforce development",
            "Other",
        ],
    ),
    (9, "Housing Related Schemes", &[]),
    (
        10,
        "Integrated Care Planning and Navigation",
        &[
            "Care navigation and planning",
            "Assessment teams/joint assessment",
            "Support for implementation of anticipatory care",
            "Other",
        ],
    ),
    (
        11,
        "Bed based intermediate Care Services",
        &["Step down (discharge to assess pathway-2)", "Step up", "Rapid/Crisis Response", "Other"],
    ),
    (
        12,
        "Reablement in a persons own home",
        &[
            "Preventing admissions to acute setting",
            "Reablement to support discharge -step down (Discharge to Assess pathway 1)",
            "Rapid/Crisis Response - step up (2 hr response)",
            "Reablement service accepting community and discharge referrals",
            "Other",
        ],
    ),
    (13, "Personalised Budgeting and Commissioning", &[]),
    (14, "Personalised Care at Home", &["Mental health /wellbeing", "Physical health/wellbeing", "Other"]),
    (
        15,
        "Prevention / Early Intervention",
        &["Social Prescribing", "Risk Stratification", "Choice Policy", "Other"],
    ),
    (
        16,
        "Residential Placements",
        &[
            "Supported living",
            "Supported accommodation",
            "Learning disability",
            "Extra care",
            "Care home",
            "Nursing home",
            "Discharge from hospital (with reablement) to long term residential care (Discharge to Assess Pathway 3)",
            "Other",
        ],
    ),
    (18, "Other", &[]),
];

/// Areas of spend.
pub const AREAS: [&str; 7] =
    ["Acute", "Mental Health", "Community Health", "Continuing Care", "Primary Care", "Social Care", "Other"];

/// Commissioners.
pub const COMMISSIONERS: [&str; 3] = ["LA", "CCG", "Joint"];

/// Providers.
pub const PROVIDERS: [&str; 8] = [
    "CCG",
    "Charity / Voluntary Sector",
    "Local Authority",
    "NHS",
    "NHS Acute Provider",
    "NHS Community Provider",
    "NHS Mental Health Provider",
    "Private Sector",
];

/// Sources of funding, in the order of the Running Balances.
pub const SOURCES: [&str; 5] =
    ["DFG", "Minimum NHS Contribution", "iBCF", "Additional LA Contribution", "Additional NHS Contribution"];

/// New or existing.
pub const NEW_OR_EXISTING: [&str; 2] = ["New", "Existing"];

/// Answers.
pub const YES_OR_NO: [&str; 2] = ["Yes", "No"];

/// Some of the boards to choose from.
pub const BOARDS: [&str; 6] = ["Exampleshire", "Knowsley", "Liverpool", "Sefton", "St. Helens", "Wirral"];
