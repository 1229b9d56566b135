//! Names of boards, compared as people mean them: "Sefton" is "SEFTON Council", and Derby is not
//! Derbyshire.

/// Words that come and go in a board's name.
const LOOSE: [&str; 20] = [
    "council",
    "borough",
    "city",
    "county",
    "metropolitan",
    "unitary",
    "royal",
    "district",
    "of",
    "and",
    "the",
    "hwb",
    "health",
    "wellbeing",
    "board",
    "upon",
    "london",
    "mbc",
    "well",
    "being",
];

/// The words of a name in their order, without those that come and go.
pub fn board_words(name: &str) -> Vec<String> {
    let all: Vec<String> = name
        .replace(['\'', '\u{2019}'], "")
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
        .collect();
    let firm: Vec<String> = all.iter().filter(|it| !LOOSE.contains(&it.as_str())).cloned().collect();
    if firm.is_empty() { all } else { firm }
}

/// What two names of one board have in common, and those of two boards have not.
pub fn board_key(name: &str) -> String {
    let mut words = board_words(name);
    words.sort();
    words.dedup();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_board_are_the_same_however_they_are_written() {
        for (one, other) in [
            ("Sefton", "SEFTON Council"),
            ("St. Helens", "St Helens"),
            ("County Durham", "Durham"),
            ("Bournemouth, Christchurch & Poole", "Bournemouth, Christchurch and Poole"),
            ("Kingston upon Hull, City of", "Kingston-upon-Hull"),
            ("King's Lynn", "Kings Lynn"),
            ("Camden", "London Borough of Camden"),
            ("Herefordshire, County of", "Herefordshire Health and Well-being Board"),
            ("Bristol, City of", "City of Bristol Council"),
            ("Kensington & Chelsea", "Royal Borough of Kensington and Chelsea"),
        ] {
            assert_eq!(board_key(one), board_key(other));
        }
        for (one, other) in
            [("Derby", "Derbyshire"), ("Bedford", "Central Bedfordshire"), ("Sefton", "Liverpool")]
        {
            assert_ne!(board_key(one), board_key(other));
        }
    }
}
