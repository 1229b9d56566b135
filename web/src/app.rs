//! The root of the page and its state.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use leptos::html::Button;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use plancheck_api::protocol::Catalogue;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlElement, MessagePort};

use crate::batch::{self, Batch, Many};
use crate::checker::{self, Checker, Said};
use crate::components::across::Together;
use crate::components::catalogue::{self, EveryRule, Rules};
use crate::components::chooser::Chooser;
use crate::components::document::Result as DocumentResult;
use crate::components::embedded::Embedded;
use crate::components::frame::{Footer, Header, Phase};
use crate::components::many::ManyResults;
use crate::components::notices::Notices;
use crate::components::progress::Progress;
use crate::components::several::Several;
use crate::components::sheets::Joints;
use crate::components::statements::{self, Shown, Statement};
use crate::components::take_away::TakeAway;
use crate::components::trouble::Troubles;
use crate::components::wording::{ReadBy, Reader};
use crate::desk::{self, Desk, Run, Source};
use crate::embed::{Host, Wish, Word};
use crate::files::{self, Check, FEW, Given};
use crate::format;
use crate::goto::{Goto, soon};
use crate::print::{self, Printing};
use crate::root;
use crate::stage::{Joint, Opened, Outcome, Stage, Trouble};

/// A check that is over sooner than this shows no progress at all: a flash helps nobody.
const WORTH_SAYING: Duration = Duration::from_millis(300);

/// Puts the checker at its place: into a page of its own, or into a shadow root that is a part of another page.
/// That page holds the other end of `port`.
pub fn start(place: HtmlElement, port: Option<MessagePort>) {
    root::stand_at(&place);
    place.set_inner_html("");
    mount_to(place, move || view! { <App port/> }).forget();
}

/// Everything the page remembers. Signals, and so free to copy into every handler.
#[derive(Clone, Copy)]
struct Page {
    stage: RwSignal<Stage>,
    /// The results on the page, each with the turn it belongs to. They stay until there are others to take
    /// their place.
    shown: RwSignal<Vec<(u32, Opened)>>,
    /// What stands between those of one board and year, each with its turn.
    joints: RwSignal<Vec<(u32, Arc<Joint>)>>,
    /// What every rule says of itself, once the engine has told.
    catalogue: RwSignal<Option<Arc<Catalogue>>>,
    /// What was asked for last, for as long as it may be asked for again.
    asked: StoredValue<Option<Check>, LocalStorage>,
    /// The files that one worker is checking.
    few: StoredValue<Option<Check>, LocalStorage>,
    /// What could not even be read of the files now being checked.
    unread: StoredValue<Vec<Trouble>>,
    /// Rises with each check that is started or stopped, so that what was begun for an earlier one can tell.
    turn: StoredValue<u32>,
    /// Whether a statement stands in the place of the check.
    statement: RwSignal<Shown>,
    checker: StoredValue<Option<Rc<Checker>>, LocalStorage>,
    /// The check of many files that is running.
    batch: StoredValue<Option<Rc<Batch>>, LocalStorage>,
    /// What came of many files, which are then shown one at a time.
    many: RwSignal<Option<Rc<Many>>, LocalStorage>,
    /// What the results on the page come from.
    run: StoredValue<Option<Run>, LocalStorage>,
    /// For whom findings are worded.
    reader: RwSignal<Reader>,
    /// The page around this one.
    host: StoredValue<Option<Host>>,
}

impl Page {
    fn new() -> Self {
        let page = Self {
            stage: RwSignal::default(),
            shown: RwSignal::default(),
            joints: RwSignal::default(),
            catalogue: RwSignal::default(),
            asked: StoredValue::new_local(None),
            few: StoredValue::new_local(None),
            unread: StoredValue::default(),
            turn: StoredValue::default(),
            statement: statements::follow_links(),
            checker: StoredValue::new_local(None),
            batch: StoredValue::new_local(None),
            many: RwSignal::new_local(None),
            run: StoredValue::new_local(None),
            reader: RwSignal::default(),
            host: StoredValue::default(),
        };
        page.checker.set_value(Some(Checker::new(move |said| page.hear(said))));
        page
    }

    fn next_turn(self) -> u32 {
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        self.turn.get_value()
    }

    /// The reader gave files, or tried to.
    fn given(self, files: Result<Vec<File>, Trouble>) {
        match files {
            Ok(files) => {
                let files = files.into_iter().map(Given::File).collect();
                self.start(Check { files, allocations: None });
            }
            Err(trouble) => {
                statements::leave(self.statement);
                self.cancel_quietly();
                self.settle(vec![trouble]);
            }
        }
    }

    fn sample(self) {
        self.start(Check { files: vec![Given::Bytes(checker::sample())], allocations: None });
    }

    /// Does once more what came to nothing.
    fn again(self) {
        if let Some(asked) = self.asked.get_value() {
            self.start(asked);
        }
    }

    /// The page around this one asked for something.
    fn wished(self, wish: Wish) {
        match wish {
            Wish::Check(check) => self.start(check),
            Wish::Cancel => {
                if matches!(self.stage.get_untracked(), Stage::Working { .. }) {
                    self.cancel();
                }
            }
            Wish::Word(reader) => self.reader.set(reader),
        }
    }

    /// Starts a check, in the place of whatever is running.
    fn start(self, asked: Check) {
        statements::leave(self.statement);
        let turn = self.begin();
        self.asked.set_value(Some(asked.clone()));
        spawn_local(async move {
            let sorted = files::sort(asked).await;
            if self.turn.get_value() != turn {
                return;
            }
            match sorted {
                Err(trouble) => self.settle(vec![trouble]),
                Ok((check, troubles)) => {
                    self.unread.set_value(troubles);
                    if check.files.len() > FEW {
                        self.check_many(check)
                    } else {
                        self.check_few(check, turn).await
                    }
                }
            }
        });
    }

    /// What was begun has come to its end.
    fn settle(self, troubles: Vec<Trouble>) {
        if !troubles.iter().any(|it| it.passes) {
            // Nobody will ask for it again, and it may be large.
            self.asked.set_value(None);
        }
        self.stage.set(if troubles.is_empty() { Stage::Done } else { Stage::Trouble(troubles) });
    }

    /// Shows the work, a moment later, unless it is over by then.
    fn begin(self) -> u32 {
        // What runs is not wanted any more: its report must not come while the next files are still being read.
        self.batch.set_value(None);
        self.checker.with_value(|checker| checker.as_ref().map(|checker| checker.stop()));
        let turn = self.next_turn();
        self.unread.set_value(Vec::new());
        self.stage.set(Stage::Working { line: String::new() });
        set_timeout(
            move || {
                if self.turn.get_value() == turn {
                    self.stage.maybe_update(|stage| match stage {
                        Stage::Working { line } if line.is_empty() => {
                            "Reading the workbook".clone_into(line);
                            true
                        }
                        _ => false,
                    });
                }
            },
            WORTH_SAYING,
        );
        turn
    }

    /// Checks files in one worker, which keeps them.
    async fn check_few(self, check: Check, turn: u32) {
        let (files, troubles) = files::read(&check.files).await;
        if self.turn.get_value() != turn {
            return;
        }
        self.unread.update_value(|it| it.extend(troubles));
        if files.is_empty() {
            return self.settle(self.unread.get_value());
        }
        let allocations = check.allocations.clone();
        self.few.set_value(Some(check));
        self.checker.with_value(|checker| checker.as_ref().map(|checker| checker.check(files, allocations)));
    }

    /// Checks files in several workers, each by itself.
    fn check_many(self, check: Check) {
        self.few.set_value(None);
        let batch = Batch::start(check, move |told| match told {
            batch::Told::Progress(checked, of) => {
                self.hear(Said::Progress(format!("{checked} of {of} workbooks checked")));
            }
            batch::Told::Refused(faults) => self.end_batch(Said::Refused(faults)),
            batch::Told::Failed(why) => self.end_batch(Said::Failed(why, false)),
            batch::Told::Done(many) => {
                self.show_many(*many);
                self.end_batch_later();
            }
        });
        self.batch.set_value(Some(batch));
    }

    /// A check came to nothing. Where it was of several files, each is checked by itself, so that the one which is at
    /// fault costs no other.
    fn fail(self, trouble: &Trouble, started: bool) {
        let few = self.few.get_value();
        self.few.set_value(None);
        match few {
            Some(check) if started && check.files.len() > 1 => {
                // Read again with the others, and said again if it cannot be.
                self.unread.update_value(|it| it.retain(|it| !it.passes));
                self.check_many(check);
                self.hear(Said::Progress(
                    "The checker stopped. Each file is checked again by itself".to_owned(),
                ));
            }
            Some(Check { files, .. }) if started => {
                let mut troubles: Vec<Trouble> =
                    files.iter().map(|file| trouble.of_file(&file.name())).collect();
                troubles.extend(self.unread.get_value());
                self.settle(troubles);
            }
            _ => self.settle(vec![trouble.clone()]),
        }
    }

    fn end_batch(self, said: Said) {
        self.hear(said);
        self.end_batch_later();
    }

    /// Not at once: what is told comes from inside it.
    fn end_batch_later(self) {
        let turn = self.turn.get_value();
        set_timeout(
            move || {
                if self.turn.get_value() == turn {
                    self.batch.set_value(None);
                }
            },
            Duration::ZERO,
        );
    }

    fn show_many(self, many: Many) {
        let mut troubles = many.troubles.clone();
        troubles.extend(self.unread.get_value());
        let briefs = many.briefs();
        if !briefs.is_empty() {
            let rules = catalogue::release(self.catalogue);
            let many = Rc::new(many);
            let source = Source::Many(many.clone());
            self.run.set_value(Some(Run { source, rules, beyond: Vec::new() }));
            let told = Word::result(briefs.iter().map(|it| &*it.1), many.joints.iter().map(|it| &it.across));
            self.host.with_value(|host| host.map(|host| host.tell(&told)));
            self.joints.set(Vec::new());
            self.shown.set(Vec::new());
            self.many.set(Some(many));
        }
        let only = match &*briefs {
            [(place, _)] => Some(*place),
            _ => None,
        };
        let is_whole = troubles.is_empty();
        self.settle(troubles);
        if let Some(place) = only {
            self.show_whole(place, is_whole);
        }
    }

    /// Shows one of many whole, and takes the reader there.
    fn show_whole(self, place: u32, follow: bool) {
        let Some(many) = self.many.get_untracked() else { return };
        let Some((document, file)) = many.whole(place) else { return };
        let turn = self.next_turn();
        spawn_local(async move {
            let bytes = file.read().await;
            if self.turn.get_value() != turn {
                return;
            }
            // Without its file there are no sheets to show, and each says why when it is asked for.
            if let Ok(bytes) = bytes {
                let checker = self.checker.get_value();
                checker.inspect(|it| it.show(bytes, many.allocations.clone(), place));
            }
            let beyond = desk::beyond([&document]);
            self.run.update_value(|run| run.iter_mut().for_each(|it| it.beyond.clone_from(&beyond)));
            let joints = many.joints.iter().filter(|it| it.files.contains_key(&place));
            self.joints.set(joints.map(|it| (turn, it.clone())).collect());
            self.shown.set(vec![(turn, Opened { document: Arc::new(document), place })]);
            if follow {
                focus("document-0-heading");
            }
        });
    }

    fn cancel(self) {
        self.cancel_quietly();
        self.stage.set(Stage::Cancelled);
    }

    fn cancel_quietly(self) {
        self.next_turn();
        self.asked.set_value(None);
        self.batch.set_value(None);
        if matches!(self.stage.get_untracked(), Stage::Working { .. }) {
            self.checker.with_value(|checker| checker.as_ref().map(|checker| checker.cancel()));
        }
    }

    /// Tells the page around this one how far things are.
    fn tell(self, host: Host) {
        match self.stage.get() {
            Stage::Working { line } if line.is_empty() => host.tell(&Word::Working),
            Stage::Trouble(troubles) => {
                let files = troubles.iter().filter(|it| !it.is_of_comparison).count();
                if files > 0 {
                    host.tell(&Word::NotChecked { files });
                }
            }
            Stage::Cancelled => host.tell(&Word::Cancelled),
            Stage::Idle | Stage::Working { .. } | Stage::Done => {}
        }
    }

    fn hear(self, said: Said) {
        match said {
            // Nothing is said yet that might be over in a moment: the line comes with `begin`'s timer.
            Said::Progress(text) => self.stage.maybe_update(|stage| match stage {
                Stage::Working { line } if !line.is_empty() && *line != text => {
                    *line = text;
                    true
                }
                _ => false,
            }),
            Said::Report(report) => {
                let checker = report.checker.clone();
                let told = Word::result(&report.documents, &report.across);
                let beyond = desk::beyond(&report.documents);
                self.few.set_value(None);
                let mut outcome = Outcome::from(*report);
                outcome.troubles.extend(self.unread.get_value());
                let troubles = outcome.troubles;
                if !outcome.documents.is_empty() {
                    let turn = self.turn.get_value();
                    self.many.set(None);
                    self.run.set_value(Some(Run { source: Source::Few, rules: checker.rules, beyond }));
                    self.host.with_value(|host| host.map(|host| host.tell(&told)));
                    self.joints.set(outcome.across.into_iter().map(|joint| (turn, joint)).collect());
                    self.shown.set(outcome.documents.into_iter().map(|document| (turn, document)).collect());
                }
                self.settle(troubles);
            }
            Said::Catalogue(catalogue) => self.catalogue.set(Some(Arc::new(catalogue))),
            Said::Refused(faults) => self.settle(vec![Trouble::allocations(&faults)]),
            Said::TooMuchMemory => self.fail(&Trouble::memory(1), true),
            Said::Failed(message, started) => self.fail(&Trouble::engine(&message), started),
        }
    }

    fn has_results(self) -> bool {
        self.many.with(Option::is_some) || !self.shown.with(Vec::is_empty)
    }

    fn title(self) -> String {
        const NAME: &str = "plancheck";
        if let Some(title) = self.statement.get().title() {
            return format!("{title} – {NAME}");
        }
        match self.stage.get() {
            Stage::Working { line } if !line.is_empty() => format!("Checking – {NAME}"),
            Stage::Trouble(troubles) if troubles.iter().all(|it| it.is_of_comparison) => {
                format!("Workbooks not compared, other results below – {NAME}")
            }
            Stage::Trouble(_) if self.has_results() => {
                format!("File not checked, other results below – {NAME}")
            }
            Stage::Trouble(_) => format!("File not checked – {NAME}"),
            Stage::Cancelled => format!("Check cancelled – {NAME}"),
            Stage::Idle | Stage::Working { .. } | Stage::Done => {
                if let Some(many) = self.many.get()
                    && self.shown.with(Vec::is_empty)
                {
                    let many = format::count(many.briefs().len(), "workbook", "workbooks");
                    return format!("{many} checked – {NAME}");
                }
                self.shown.with(|shown| match shown.as_slice() {
                    [] => format!("Check a Better Care Fund plan – {NAME}"),
                    [(_, opened)] => {
                        let document = &opened.document;
                        format!("{} – {} – {NAME}", format::headline(document), format::subject(document))
                    }
                    several => format!("{} workbooks checked – {NAME}", several.len()),
                })
            }
        }
    }

    /// Takes the reader to what has just happened.
    fn follow(self, button: NodeRef<Button>) {
        let target = match self.stage.get() {
            Stage::Done if self.many.with_untracked(Option::is_some) => "many-heading",
            Stage::Done => "document-0-heading",
            Stage::Trouble(_) => "trouble",
            Stage::Cancelled => {
                if let Some(button) = button.get_untracked() {
                    let _ = button.focus();
                }
                return;
            }
            Stage::Idle | Stage::Working { .. } => return,
        };
        focus(target);
    }
}

/// Takes the reader to what is drawn next.
fn focus(target: &'static str) {
    soon(move || {
        if let Some(target) = root::by_id(target) {
            let _ = target.unchecked_into::<HtmlElement>().focus();
        }
    });
}

/// The page.
#[component]
fn App(port: Option<MessagePort>) -> impl IntoView {
    let page = Page::new();
    provide_context(Rules(page.catalogue));
    provide_context(ReadBy(page.reader));
    let goto = Goto::default();
    goto.follow_history();
    provide_context(goto);
    provide_context(Joints(page.joints));
    provide_context(Desk { checker: page.checker, run: page.run });
    let host = Host::listen(port, move |wish| page.wished(wish));
    page.host.set_value(Some(host));
    provide_context(host);
    Effect::new(move || page.tell(host));
    let button = NodeRef::<Button>::new();
    if root::is_page() {
        Effect::new(move || document().set_title(&page.title()));
    }
    Effect::new(move || page.follow(button));
    let printing = Printing(RwSignal::new(false));
    provide_context(printing);
    print::follow(printing, page.statement);

    let troubles = move || match page.stage.get() {
        Stage::Trouble(troubles) => {
            let again = move |()| {
                // What was pressed is gone with what it was for.
                button.get_untracked().inspect(|it| drop(it.focus()));
                page.again();
            };
            let results_below = untrack(|| page.has_results());
            Some(view! { <Troubles troubles results_below again/> })
        }
        Stage::Idle | Stage::Cancelled | Stage::Working { .. } | Stage::Done => None,
    };
    // Keyed by the turn, too: the result of another check is another thing, with nothing left open in it.
    let several = move || {
        let documents: Vec<Opened> = page.shown.get().into_iter().map(|it| it.1).collect();
        let joints = page.joints.get().into_iter().map(|it| it.1).collect();
        (documents.len() > 1).then(|| view! { <Several documents joints/> })
    };
    let many = move || {
        page.many.get().map(
            |many| view! { <ManyResults documents=many.briefs() show=move |place| page.show_whole(place, true)/> },
        )
    };
    let back = move || {
        let is_one_of_many = page.many.with(Option::is_some) && !page.shown.with(Vec::is_empty);
        is_one_of_many.then(
            || view! { <p class="pc-many-back"><a href="#many-heading">"Back to all the workbooks"</a></p> },
        )
    };
    let take_away = move || {
        let many = page.many.get().map(|it| it.briefs().len());
        let documents: Vec<Opened> = page.shown.get().into_iter().map(|it| it.1).collect();
        (many.is_some() || !documents.is_empty()).then(|| view! { <TakeAway documents many/> })
    };
    let joints = move || page.joints.get().into_iter().enumerate();
    let results = move || page.shown.get().into_iter().enumerate();

    let content = view! {
        <Statement shown=page.statement/>
        <Embedded/>
        <div class="pc-check" hidden=move || page.statement.get() != Shown::Check>
            {troubles}
            <h1 class="nhsuk-heading-xl">"Check a Better Care Fund plan"</h1>
            <p class="nhsuk-lede-text pc-lede">
                "See which national conditions your planning workbook meets, by how much, and which figures do not balance. \
                 Every figure is traced to its cell."
            </p>
            <Notices/>
            <Chooser
                button
                trouble=Signal::derive(move || page.stage.with(Stage::in_a_line))
                given=move |files| page.given(files)
                sample=move |()| page.sample()
            />
            <Progress stage=page.stage cancel=move |()| page.cancel()/>
            <div id="results">
                {several}
                {many}
                {back}
                <For each=results key=|(index, (turn, _))| (*turn, *index) let((index, (_, opened)))>
                    <DocumentResult document=opened.document place=opened.place index/>
                </For>
                <For each=joints key=|(index, (turn, _))| (*turn, *index) let((index, (_, joint)))>
                    <Together joint index/>
                </For>
                {take_away}
            </div>
            <EveryRule catalogue=page.catalogue/>
        </div>
    };
    if root::is_page() {
        view! {
            <Header/>
            <div class="nhsuk-width-container">
                <main class="nhsuk-main-wrapper pc-main" id="maincontent" tabindex="-1">{content}</main>
            </div>
            <Footer rules=page.catalogue/>
        }
        .into_any()
    } else {
        // The page around it has its own name, its own main part and its own links to skip to it.
        view! {
            <div class="pc-main" id="maincontent" tabindex="-1"><Phase/>{content}</div>
            <Footer rules=page.catalogue/>
        }
        .into_any()
    }
}
