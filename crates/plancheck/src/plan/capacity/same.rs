//! Trusts known by their names, however these are written or cut short.

use std::collections::BTreeMap;

use crate::template::label;

/// Lists cut names at about 50 characters, so one that was cut is no shorter than this.
const SHORTEST: usize = 48;

/// Whether two names are of one trust: written alike but for case, spacing and punctuation, or one of them
/// cut short, as lists and prints do.
pub fn same_trust(one: &str, other: &str) -> bool {
    let shorter = length(one).min(length(other));
    let (one, other) = (letters(one), letters(other));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short == long || (shorter >= SHORTEST && long.starts_with(&short))
}

fn length(name: &str) -> usize {
    name.trim().chars().count()
}

fn letters(name: &str) -> String {
    label::option_key(name).replace('&', "and").chars().filter(|it| it.is_alphanumeric()).collect()
}

/// Trusts in the order in which they were met, each with a number.
#[derive(Debug, Default)]
pub(crate) struct Trusts {
    /// The number of each by its letters, and how long its name is.
    by_letters: BTreeMap<String, (usize, usize)>,
    /// What was found before.
    known: BTreeMap<String, usize>,
}

impl Trusts {
    /// The number of the first trust that is the same as this one; where there is none, it is met now and has
    /// this number.
    pub(crate) fn number(&mut self, name: &str, new: usize) -> usize {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let (letters, length) = (letters(name), length(name));
        let number = self.first(&letters, length).unwrap_or(new);
        if number == new {
            self.by_letters.insert(letters, (number, length));
        }
        self.known.insert(name.to_owned(), number);
        number
    }

    fn first(&self, name: &str, length: usize) -> Option<usize> {
        let mut first = self.by_letters.get(name).map(|it| it.0);
        let mut found = |(number, of): (usize, usize)| {
            if length.min(of) >= SHORTEST {
                first = Some(first.map_or(number, |it| it.min(number)));
            }
        };
        // Of a name that was cut short, the whole comes after it in the order of letters.
        let longer = self.by_letters.range(name.to_owned()..).take_while(|it| it.0.starts_with(name));
        longer.for_each(|it| found(*it.1));
        // And what it was cut to comes before it, with nothing between that it does not begin like.
        let mut end = name.len();
        while let Some((other, it)) =
            name.get(..end).and_then(|it| self.by_letters.range(..it.to_owned()).next_back())
        {
            let alike = name.char_indices().zip(other.chars()).find(|((_, one), other)| one != other);
            match alike {
                None => {
                    found(*it);
                    end = other.len();
                }
                Some(((at, _), _)) => {
                    end = at;
                    if let Some(it) = name.get(..end).and_then(|it| self.by_letters.get(it)) {
                        found(*it);
                    }
                }
            }
        }
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trust_is_itself_however_it_is_written_or_cut() {
        let full = "LIVERPOOL UNIVERSITY HOSPITALS NHS FOUNDATION TRUST";
        for same in [
            "Liverpool University Hospitals  NHS Foundation Trust.",
            "LIVERPOOL UNIVERSITY HOSPITALS NHS FOUNDATION TR",
            full,
        ] {
            assert!(same_trust(full, same) && same_trust(same, full), "{same}");
        }
        assert!(same_trust(
            "Southport & Ormskirk Hospital NHS Trust",
            "SOUTHPORT AND ORMSKIRK HOSPITAL NHS TRUST"
        ));
        assert!(!same_trust("Other", "Other small trusts"));
        assert!(!same_trust("Liverpool Heart and Chest", full));
    }

    #[test]
    fn the_first_of_the_same_trusts_is_found_as_by_looking_through_all() {
        let long = "The Liverpool University Hospitals and Community NHS Foundation Trust of Merseyside";
        let cut = |to: usize| long[..to].to_owned();
        let other = |to: usize, end: &str| long[..to].to_owned() + end;
        let names = [
            other(60, "Xylophone"),
            cut(50),
            "Other".to_owned(),
            cut(70),
            other(55, " & Ärzte"),
            long.to_owned(),
            cut(20),
            "Other small trusts".to_owned(),
            cut(48),
            cut(47),
            long.to_uppercase(),
            other(50, "A"),
            other(60, ""),
            other(71, "zz"),
            "OTHER.".to_owned(),
        ];
        // In several orders, because the first of several is wanted.
        for start in 0..names.len() {
            for step in [1, 2, 4, 7, 11, 13, 14] {
                let order: Vec<&String> =
                    (0..names.len()).map(|it| &names[(start + it * step) % names.len()]).collect();
                let (mut trusts, mut met): (Trusts, Vec<&str>) = (Trusts::default(), Vec::new());
                for name in order {
                    let found = trusts.number(name, met.len());
                    let first = met.iter().position(|it| same_trust(it, name));
                    assert_eq!(found, first.unwrap_or(met.len()), "{name} after {met:?}");
                    if first.is_none() {
                        met.push(name);
                    }
                }
            }
        }
    }
}
