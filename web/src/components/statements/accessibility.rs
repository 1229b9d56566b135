//! The accessibility statement.

use super::Sections;

pub(super) const ACCESSIBILITY: Sections = &[
    (
        "What we aim for",
        &[
            "This page aims to meet level AA of the Web Content Accessibility Guidelines 2.2.",
            "You can use all of it with the keyboard alone, zoom to 400 % without losing anything, and use a dark scheme or the \
             colours that you have set. No state is told by colour alone. Every picture has a sentence and a table of its figures.",
        ],
    ),
    (
        "How it is tested",
        &[
            "With every change of the program the page is opened in Chromium, in each of its states, wide and 320 pixels narrow, light, \
             dark and with forced colours, and examined with axe. Keyboard use, the size of targets, reflow and print have tests of \
             their own.",
            "It has not yet been audited by anyone outside the project, nor tested with people who use screen readers or other \
             assistive technologies.",
        ],
    ),
    (
        "What is not as good as it should be",
        &[
            "The workbook’s own sheets are wide tables. They scroll both ways and keep the fills of the workbook in every colour \
             scheme. Fills that depend on conditions are not shown.",
            "Of a long sheet only the rows near what you see are on the page, so your browser’s own search does not find the others. \
             Each gap has a button that brings its rows.",
        ],
    ),
    (
        "If you cannot use it",
        &[
            "Tell whoever gave you this page what you could not do and what you use. The same checks can be run from a terminal, and \
             their report is text.",
            "This statement was prepared on 22 November 2026.",
        ],
    ),
];
