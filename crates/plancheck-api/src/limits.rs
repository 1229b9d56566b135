//! What is too large to be read, told from its size alone and in the words of the engine: the page asks before it reads
//! a file, and never sees the core.

use crate::wire::OpenError;

/// Bytes of a workbook that are read.
pub const MOST_BYTES: u64 = 20 * MB;

/// Bytes of a table of allocations that are read.
pub const MOST_TABLE_BYTES: u64 = 2_000_000;

const MB: u64 = 1024 * 1024;

/// What the engine says of a workbook of this size, where it refuses it.
pub fn workbook(bytes: u64) -> Option<OpenError> {
    (bytes > MOST_BYTES).then(|| {
        let (size, limit) = (megabytes(bytes, MB), megabytes(MOST_BYTES, MB));
        OpenError {
            code: "too-large".to_owned(),
            message: format!("The file is too large: it has {size} MB, and the most that is read is {limit}."),
            todo: "Check that this is the planning workbook. If it is, save a copy without pictures, attachments \
                   and sheets that are not part of the template, and choose that copy."
                .to_owned(),
        }
    })
}

/// The same of a table of allocations.
pub fn table(bytes: u64) -> Option<String> {
    (bytes > MOST_TABLE_BYTES).then(|| {
        let (size, limit) = (megabytes(bytes, 1_000_000), megabytes(MOST_TABLE_BYTES, 1_000_000));
        format!(
            "the table of allocations is too large: it has {size} MB, and the most that is read is {limit} MB"
        )
    })
}

fn megabytes(bytes: u64, unit: u64) -> String {
    let tenths = (bytes * 10).div_ceil(unit);
    if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

#[cfg(all(test, feature = "engine"))]
mod tests {
    use super::*;
    use crate::engine;

    #[test]
    fn a_workbook_is_refused_as_the_engine_refuses_it() {
        for more in [1, 2_000_000] {
            let bytes = vec![0; usize::try_from(MOST_BYTES).unwrap() + more];
            let size = bytes.len() as u64;
            let report =
                engine::check(&[("x.xlsx".to_owned(), bytes)], &engine::Options::default(), &mut |_| {});
            assert_eq!(workbook(size), report.documents[0].error);
        }
        assert_eq!(workbook(MOST_BYTES), None);
    }

    #[test]
    fn a_table_is_refused_as_the_engine_refuses_it() {
        for bytes in [MOST_TABLE_BYTES, MOST_TABLE_BYTES + 1, 3_000_000] {
            assert_eq!(table(bytes), plancheck::allocations::too_large(bytes));
        }
    }
}
