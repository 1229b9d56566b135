//! What is done with the workbook, and what is not.

use super::Section;
use crate::root;

/// The statement: as a page of its own the checker has a policy of its own, and as a part of another it has not.
pub(super) fn privacy() -> Vec<&'static Section> {
    if root::is_page() {
        [&OWN_PAGE, &READ, &KEPT, &TAKEN, &IN_A_FRAME, &SEE].into()
    } else {
        [&PART_OF_A_PAGE, &READ, &KEPT_IN_PART, &TAKEN].into()
    }
}

const OWN_PAGE: Section = (
    "Your workbook stays on your computer",
    &[
        "Your browser reads the workbook, and this page checks it inside the browser. It is not uploaded. No server takes part.",
        "Once the page has loaded it asks for nothing more. Its content security policy forbids it every connection, and your \
         browser enforces that.",
    ],
);

const PART_OF_A_PAGE: Section = (
    "Your workbook is not sent anywhere by this checker",
    &[
        "Your browser reads the workbook, and the checker checks it inside the browser. The checker does not upload it.",
        "Here the checker is a part of another page, and runs under that page’s policy. What other scripts of that page may \
         see and send is for whoever runs it to answer. Opened by itself, the checker is a page whose own policy forbids it \
         every connection.",
    ],
);

const READ: Section = (
    "What is read",
    &[
        "The cells of the workbook and their formulas, comments and formats, and what the file says of itself: hidden sheets, \
         protection, links, macros and the names in its properties. Macros are never run and links are never followed.",
        "A planning workbook names people. The result shows where, so that you can decide before you share it.",
    ],
);

const KEPT: Section = (
    "What is kept",
    &[
        "The page sets no cookies and stores nothing. It holds your workbook and its result in memory until you check another or \
         close the page.",
        "Nothing of your workbook is written into the address of the page. The title of the page names the board and the result, so \
         that you can tell its tab from others, and your browser may keep titles in its history. A private window keeps none.",
    ],
);

const KEPT_IN_PART: Section = (
    "What is kept",
    &[
        "The checker sets no cookies and stores nothing. It holds your workbook and its result in memory until you check another or \
         leave the page, and changes neither the title nor the address of the page around it.",
    ],
);

const TAKEN: Section = (
    "What you take away",
    &[
        "A file is made only when you ask for it, and saved where your downloads go. It holds what the plan says: the annotated \
         copy is your whole workbook. Keep it as you keep the plan.",
    ],
);

const IN_A_FRAME: Section = (
    "Inside another page",
    &[
        "This page may stand in a frame of another, on an intranet for example. It tells that page how many checks ended in which \
         state, and their codes, and says so at its top. Nothing that your plan says crosses unless you choose “Share with this page”.",
        "If the other page is of the same site and the frame is not sandboxed, its scripts can read all that is shown. This page sees \
         that, and says so at its top.",
    ],
);

const SEE: Section = (
    "See for yourself",
    &[
        "Disconnect from the network and check a workbook: nothing changes. Or open your browser’s developer tools, choose \
         Network, and watch that list stay empty while you check one.",
    ],
);
