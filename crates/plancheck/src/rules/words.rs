//! What several rules say in the same words, and lists and names as they stand in a sentence.

use crate::money;

/// How a formula of the template is put back. A cell that is copied from another file reads that file, and
/// the template's sheets are protected.
pub(super) const PUT_BACK: &str = "Put the formula back: copy its text from the formula bar of an untouched template \
     into the formula bar here. If the cell is locked, move your entries into an untouched template.";

/// What comes before a total of discharges is put back that is above the sum of its trusts.
pub(super) const OTHERS_FIRST: &str = "First enter the other trusts' discharges under “Other”.";

/// What an area does about income that the template fills in.
pub(super) const PREFILLED_INCOME: &str =
    "If the pre-filled income looks wrong, ask the national team and do not change it.";

/// "a", "a and b", "a, b and c".
pub(super) fn listed(parts: &[String]) -> String {
    joined(parts, "and")
}

/// "a", "a or b", "a, b or c".
pub(super) fn either(parts: &[String]) -> String {
    joined(parts, "or")
}

fn joined(parts: &[String], with: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {with} {last}", first.join(", ")),
    }
}

/// "a, b, c and 4 more": no more than three are named.
pub(super) fn some_of(parts: &[String]) -> String {
    match parts {
        [a, b, c, _, rest @ ..] => {
            listed(&[a.clone(), b.clone(), c.clone(), format!("{} more", rest.len() + 1)])
        }
        few => listed(few),
    }
}

/// How many of many things a sentence names before it counts the rest.
const MOST_NAMED: usize = 20;

/// The first of many, and how many more there are: what a sentence about thousands of things can hold.
pub(crate) fn first_of(parts: &[String]) -> Vec<String> {
    let more = parts.len().saturating_sub(MOST_NAMED);
    let mut named: Vec<String> = parts.iter().take(MOST_NAMED).cloned().collect();
    if more > 0 {
        named.push(format!("{} more", money::show_number(more.into(), 0)));
    }
    named
}

/// The same text with a capital at its beginning.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_thousands_the_first_are_named_and_the_rest_are_counted() {
        let many = |count: usize| (1..=count).map(|it| it.to_string()).collect::<Vec<_>>();
        assert_eq!(first_of(&many(20)), many(20));
        assert_eq!(first_of(&many(1_021)), [many(20), vec!["1,001 more".to_owned()]].concat());
    }

    #[test]
    fn lists_are_read_out_as_people_do() {
        let parts = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
        assert_eq!((listed(&parts("")), listed(&parts("a"))), (String::new(), "a".to_owned()));
        assert_eq!(listed(&parts("abc")), "a, b and c");
        assert_eq!(either(&parts("ab")), "a or b");
        assert_eq!(some_of(&parts("abc")), "a, b and c");
        assert_eq!(some_of(&parts("abcde")), "a, b, c and 2 more");
        assert_eq!((capital("über"), capital("")), ("Über".to_owned(), String::new()));
    }
}
