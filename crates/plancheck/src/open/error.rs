//! Why a file cannot be opened, in plain words.

/// What shared texts are called where there are too many.
pub(crate) const SHARED_TEXTS: &str = "texts that cells share";

/// Why a file could not be opened, in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenError {
    /// Which kind of trouble it is.
    pub code: OpenErrorCode,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to do about it.
    pub todo: String,
}

/// The kinds of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenErrorCode {
    /// There is nothing in the file, or nothing in any of its cells.
    Empty,
    /// Some other kind of file.
    NotAWorkbook,
    /// A workbook that is cut short or broken inside.
    Damaged,
    /// A workbook that asks for a password.
    Encrypted,
    /// A workbook that a sensitivity label or rights management keeps from being read: no password helps.
    Restricted,
    /// More than [`Limits`](super::Limits) allow.
    TooLarge,
}

impl OpenErrorCode {
    /// The name of the code in reports: "not-a-workbook".
    pub fn name(self) -> &'static str {
        match self {
            OpenErrorCode::Empty => "empty",
            OpenErrorCode::NotAWorkbook => "not-a-workbook",
            OpenErrorCode::Damaged => "damaged",
            OpenErrorCode::Encrypted => "encrypted",
            OpenErrorCode::Restricted => "restricted",
            OpenErrorCode::TooLarge => "too-large",
        }
    }
}

impl OpenError {
    fn new(code: OpenErrorCode, message: impl Into<String>, todo: impl Into<String>) -> Self {
        OpenError { code, message: message.into(), todo: todo.into() }
    }

    pub(super) fn empty_file() -> Self {
        OpenError::new(
            OpenErrorCode::Empty,
            "The file is empty: it holds 0 bytes.",
            "Check that the file has finished copying or downloading, then choose it again.",
        )
    }

    pub(super) fn empty_workbook() -> Self {
        OpenError::new(
            OpenErrorCode::Empty,
            "The workbook is empty: no cell on any sheet holds anything.",
            "Choose the workbook that holds the plan.",
        )
    }

    pub(super) fn not_a_workbook(what: &str) -> Self {
        OpenError::new(
            OpenErrorCode::NotAWorkbook,
            format!("The file is not a workbook: it is {what}."),
            "Choose the planning workbook itself, saved as .xlsx, .xlsm, .xlsb, .xls or .ods.",
        )
    }

    pub(crate) fn damaged() -> Self {
        OpenError::of_damage("The workbook is damaged and cannot be read.".to_owned())
    }

    pub(crate) fn damaged_sheet(name: &str) -> Self {
        OpenError::of_damage(format!("The workbook is damaged: its sheet “{name}” cannot be read."))
    }

    fn of_damage(message: String) -> Self {
        OpenError::new(
            OpenErrorCode::Damaged,
            message,
            "Open it in Excel, let Excel repair it, save it under a new name and choose that file. If Excel \
             cannot open it, copy or download it again: it may have been cut short.",
        )
    }

    pub(crate) fn encrypted() -> Self {
        OpenError::new(
            OpenErrorCode::Encrypted,
            "The workbook is encrypted: it asks for a password before it can be opened.",
            "Open it in Excel, choose File, Info, Protect Workbook, Encrypt with Password, clear the \
             password, save a copy and choose that copy. Passwords on sheets may stay.",
        )
    }

    pub(super) fn encrypted_open_document() -> Self {
        OpenError::new(
            OpenErrorCode::Encrypted,
            "The workbook is encrypted: it asks for a password before it can be opened.",
            "Open it in the program that saved it, save a copy without a password, as .xlsx if you can, and \
             choose that copy. Passwords on sheets may stay.",
        )
    }

    pub(super) fn protected_by_label() -> Self {
        OpenError::new(
            OpenErrorCode::Restricted,
            "The workbook is encrypted by a sensitivity label or by rights management, not by a password: \
             only people whom its owner names can open it.",
            "Open it in Excel, choose a sensitivity label that does not encrypt, or lift the restriction under \
             File, Info, Protect Workbook, Restrict Access; save a copy and choose that copy. If Excel does not \
             let you, ask the owner of the workbook for such a copy.",
        )
    }

    fn too_large(what: &str, size: &str, limit: &str) -> Self {
        OpenError::new(
            OpenErrorCode::TooLarge,
            format!("The file is too large: it has {size} {what}, and the most that is read is {limit}."),
            "Check that this is the planning workbook. If it is, save a copy without pictures, attachments \
             and sheets that are not part of the template, and choose that copy.",
        )
    }

    pub(super) fn too_many_bytes(size: usize, limit: usize) -> Self {
        OpenError::too_large("MB", &megabytes(size as u64), &megabytes(limit as u64))
    }

    pub(super) fn too_much_inflated(size: u64, limit: u64) -> Self {
        OpenError::too_large("MB once unpacked", &megabytes(size), &megabytes(limit))
    }

    pub(super) fn too_dense(limit: u64) -> Self {
        let size = format!("more than {limit}");
        OpenError::too_large("times its own size once unpacked", &size, &limit.to_string())
    }

    pub(super) fn too_long_a_piece(limit: usize) -> Self {
        let limit = megabytes(limit as u64);
        OpenError::too_large("MB in one piece of its inside", &format!("more than {limit}"), &limit)
    }

    pub(super) fn too_long_a_text(limit: usize) -> Self {
        let limit = megabytes(limit as u64);
        OpenError::too_large("MB in the text of one cell or note", &format!("more than {limit}"), &limit)
    }

    pub(crate) fn too_many(what: &str, count: usize, limit: usize) -> Self {
        OpenError::too_large(what, &thousands(count), &thousands(limit))
    }

    pub(super) fn too_deep(limit: usize) -> Self {
        let limit = thousands(limit);
        OpenError::too_large("elements inside each other", &format!("more than {limit}"), &limit)
    }

    pub(super) fn overlapping() -> Self {
        OpenError::of_damage("The workbook is damaged: parts of the file lie over each other.".to_owned())
    }

    pub(super) fn parts_of_one_name() -> Self {
        OpenError::of_damage(
            "The workbook is damaged: two parts of the file have the same name, and programs differ in which they read."
                .to_owned(),
        )
    }

    pub(crate) fn too_many_cells(limit: usize) -> Self {
        let limit = thousands(limit);
        OpenError::too_large("filled cells", &format!("more than {limit}"), &limit)
    }

    pub(crate) fn too_many_cells_on(sheet: &str, limit: usize) -> Self {
        let limit = thousands(limit);
        let what = format!("filled cells on its sheet “{sheet}”");
        OpenError::too_large(&what, &format!("more than {limit}"), &limit)
    }

    pub(crate) fn too_much_text(limit: usize) -> Self {
        let limit = megabytes(limit as u64);
        OpenError::too_large("MB of text in its cells", &format!("more than {limit}"), &limit)
    }

    pub(crate) fn too_much_formula_text(limit: usize) -> Self {
        let limit = megabytes(limit as u64);
        OpenError::too_large("MB of text in its formulas", &format!("more than {limit}"), &limit)
    }

    /// `limit` is in bytes that are moved to spell the formulas out.
    pub(crate) fn too_much_formula_work(limit: u64) -> Self {
        let limit = megabytes(limit);
        OpenError::too_large("MB to move for its formulas", &format!("more than {limit}"), &limit)
    }

    pub(crate) fn sheets_of_one_name() -> Self {
        OpenError::of_damage("The workbook is damaged: two of its sheets have the same name.".to_owned())
    }

    pub(crate) fn shared_sheet() -> Self {
        OpenError::of_damage("The workbook is damaged: two of its sheets are stored in one place.".to_owned())
    }
}

fn megabytes(bytes: u64) -> String {
    let tenths = (bytes * 10).div_ceil(1024 * 1024);
    if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

fn thousands(count: usize) -> String {
    crate::money::show_number(count.into(), 0)
}
