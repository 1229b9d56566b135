//! Counting tests from what their runners print.

/// Tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Tests that passed.
    pub(crate) passed: u32,
    /// Tests that failed.
    pub(crate) failed: u32,
}

impl Tally {
    /// Adds another.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Of `cargo test`, one line for each test program: "test result: ok. 3 passed; 0 failed; …".
    pub(crate) fn of_cargo_test(output: &str) -> Self {
        lines(output).filter_map(|line| line.strip_prefix("test result:").map(str::to_owned)).fold(
            Self::default(),
            |mut sum, line| {
                sum.add(Self { passed: before(&line, "passed"), failed: before(&line, "failed") });
                sum
            },
        )
    }

    /// Of `cargo nextest run`: "Summary [ 0.5s] 12 tests run: 11 passed (1 slow), 1 failed, 2 skipped".
    pub(crate) fn of_nextest(output: &str) -> Self {
        // The last one: the same words could stand in what a test prints.
        let Some(line) =
            lines(output).filter(|line| line.starts_with("Summary [") && line.contains(" run: ")).last()
        else {
            return Self::default();
        };
        let failed = ["failed", "timed out", "exec failed"].map(|word| before(&line, word)).iter().sum();
        Self { passed: before(&line, "passed"), failed }
    }

    /// Of `node --test`: "# pass 12", "# fail 0", "# cancelled 0".
    pub(crate) fn of_node(output: &str) -> Self {
        let count = |word: &str| -> u32 {
            lines(output)
                .filter_map(|line| {
                    let rest = line.strip_prefix(['#', 'ℹ'])?.trim_start().strip_prefix(word)?;
                    rest.strip_prefix(' ')?.parse::<u32>().ok()
                })
                .last()
                .unwrap_or_default()
        };
        Self { passed: count("pass"), failed: count("fail") + count("cancelled") }
    }
}

/// The lines, trimmed and without colours.
fn lines(output: &str) -> impl Iterator<Item = String> {
    output.lines().map(|line| {
        let mut plain = String::new();
        let mut characters = line.chars();
        while let Some(character) = characters.next() {
            if character == '\u{1b}' {
                // "ESC [ … letter"
                characters.find(char::is_ascii_alphabetic);
            } else {
                plain.push(character);
            }
        }
        plain.trim().to_owned()
    })
}

/// The number that stands before a word: 3 in "3 passed".
fn before(line: &str, word: &str) -> u32 {
    line.split([',', ';', '.', ':'])
        .filter_map(|part| {
            let (number, rest) = part.trim().split_once(' ')?;
            // "11 passed (1 slow)" counts, "2 failed to start" does not.
            let rest = rest.strip_prefix(word)?;
            (rest.is_empty() || rest.starts_with(" (")).then(|| number.parse::<u32>().ok())?
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_of_cargo_test_counts() {
        let output = "running 3 tests\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n\
                      \u{1b}[32mtest result: FAILED. 10 passed; 2 failed; 0 ignored; finished in 0.10s\u{1b}[0m\n";
        assert_eq!(Tally::of_cargo_test(output), Tally { passed: 13, failed: 2 });
    }

    #[test]
    fn nextest_is_read_from_its_summary() {
        let output = "   PASS [ 0.1s] a\n     Summary [   0.512s] 14 tests run: 11 passed (1 slow), 2 failed, 1 timed out, 3 skipped\n";
        assert_eq!(Tally::of_nextest(output), Tally { passed: 11, failed: 3 });
        assert_eq!(Tally::of_nextest("error: could not compile"), Tally::default());
    }

    #[test]
    fn node_is_read_from_its_last_lines() {
        let output = "# tests 15\n# suites 0\n# pass 12\n# fail 2\n# cancelled 1\n# skipped 0\n";
        assert_eq!(Tally::of_node(output), Tally { passed: 12, failed: 3 });
        assert_eq!(Tally::of_node("ℹ pass 7\nℹ fail 0\n"), Tally { passed: 7, failed: 0 });
    }
}
