//! The glossary as a sheet: a search, a table of what fits, and the concept that is looked at.

mod bulk;
mod changes;
mod detail;
mod table;

use std::collections::BTreeSet;

use egui::{Align, Id, Key, Layout, Modifiers, RichText, ScrollArea, Ui, UiBuilder, vec2};

pub(super) use self::changes::show as changes;

use self::bulk::Bulk;
use self::detail::Form;
use self::table::Cell;
use super::line::{Line, Look};
use super::sheets::footer;
use super::terms::kind_words;
use super::text::{TextEngine, TextStyle, line};
use super::theme::Palette;
use super::toolbar::tooltip;
use crate::domain::{ConceptId, ConceptKind, Filter, Layers, TermStatus};
use crate::jobs::{Only, Search};
use crate::session::{Command, Session};

/// Below this width, in points, the concept stands beneath the table.
const WIDTH_FOR_BOTH: f32 = 760.0;
const DETAIL: f32 = 330.0;
const DETAIL_BENEATH: f32 = 220.0;
const GAP: f32 = 14.0;
/// The least that the table and the concept have together.
const LEAST_HEIGHT: f32 = 104.0;
/// Between what is in the sheet and the edge of the window.
const MARGIN: f32 = 34.0;

/// What the sheet remembers while it is open.
#[derive(Default)]
pub(super) struct Browser {
    query: Line,
    domain: Line,
    search: Search,
    /// The concept that is looked at.
    current: Option<ConceptId>,
    /// What is changed in one go.
    ticked: BTreeSet<ConceptId>,
    bulk: Bulk,
    form: Option<Form>,
    /// The cell of the table that is written in.
    cell: Option<Cell>,
    /// Whether the first of what is being looked for is to be looked at.
    jumps: bool,
    /// Where the current concept was found, in which rows.
    placed: Option<Placed>,
    /// Whether the table has to scroll to the current concept.
    reveals: bool,
    /// Where the focus goes.
    goes_to: Option<GoesTo>,
    /// How high what stands above and below the table was when it was drawn last.
    around: f32,
}

/// Where a concept was found.
struct Placed {
    current: Option<ConceptId>,
    /// Where the rows are in memory, and how many they are.
    among: (usize, usize),
    place: Option<usize>,
}

/// Where the focus goes next.
#[derive(PartialEq)]
enum GoesTo {
    /// To the search.
    Search,
    /// To the English of the current concept.
    English,
}

/// Draws the sheet and adds what the user asked for.
pub(super) fn show(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    browser: &mut Browser,
    gives_focus: bool,
    commands: &mut Vec<Command>,
) {
    browser.take_keys(ui, session, commands);
    let look = Look {
        id: search_field(),
        name: "Search the glossary",
        hint: "Search in Arabic or English",
        style: palette.words(15.0),
    };
    let focus = gives_focus || browser.goes_to.take_if(|to| *to == GoesTo::Search).is_some();
    browser.query.show_as(ui, engine, palette, &look, focus);
    ui.add_space(4.0);
    browser.filters(ui, engine, session, palette, commands);
    ui.add_space(4.0);
    browser.follow(session, commands);

    let top = ui.cursor().top();
    let height = (ui.ctx().content_rect().height() - browser.around - 2.0 * MARGIN).max(LEAST_HEIGHT);
    let width = ui.available_width();
    let beside = width >= WIDTH_FOR_BOTH;
    // There is no room for both, and who ticks looks at the table.
    let only_table = is_low(ui) && !browser.ticked.is_empty();
    let (table_size, detail_size) = if beside {
        (vec2(width - DETAIL - GAP, height), vec2(DETAIL, height))
    } else if only_table {
        (vec2(width, height), vec2(width, 0.0))
    } else {
        let beneath = DETAIL_BENEATH.min((height - GAP) / 2.0);
        (vec2(width, height - beneath - GAP), vec2(width, beneath))
    };
    let layout = if beside { Layout::left_to_right(Align::Min) } else { Layout::top_down(Align::Min) };
    let place = UiBuilder::new().layout(layout);
    ui.scope_builder(place, |ui| {
        ui.spacing_mut().item_spacing = vec2(GAP, GAP);
        ui.allocate_ui_with_layout(table_size, Layout::top_down(Align::Min), |ui| {
            ui.set_min_size(table_size);
            table::show(ui, engine, session, palette, browser, commands);
        });
        if only_table {
            return;
        }
        ui.allocate_ui_with_layout(detail_size, Layout::top_down(Align::Min), |ui| {
            ui.set_min_size(detail_size);
            ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
            detail::show(ui, engine, session, palette, browser, commands);
        });
    });
    ui.add_space(6.0);
    bulk::show(ui, engine, session, palette, browser, commands);
    browser.foot(ui, engine, session, palette, commands);
    browser.around = (top - ui.min_rect().top()) + (ui.min_rect().bottom() - top - height);
}

/// Whether the window is so low that everything has to do with less.
fn is_low(ui: &Ui) -> bool {
    ui.ctx().content_rect().height() < 480.0
}

/// Several rows of small things; in a low window one row that scrolls.
fn in_rows(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui)) {
    if is_low(ui) {
        ScrollArea::horizontal().id_salt(name).show(ui, |ui| ui.horizontal(content));
    } else {
        ui.horizontal_wrapped(content);
    }
}

fn search_field() -> Id {
    Id::unique("glossary search")
}

impl Browser {
    /// Takes the keys that the fields are not to have.
    fn take_keys(&mut self, ui: &Ui, session: &Session, commands: &mut Vec<Command>) {
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        if self.cell.is_some() {
            return self.take_keys_of_cell(ui);
        }
        let searches = ui.memory(|memory| memory.has_focus(search_field()));
        if pressed(Modifiers::COMMAND, Key::Z) {
            commands.push(Command::UndoGlossary);
        }
        if pressed(Modifiers::COMMAND, Key::Delete) && !self.meant().is_empty() {
            commands.push(Command::DeleteConcepts(self.meant()));
            self.ticked.clear();
        }
        if pressed(Modifiers::COMMAND, Key::M) && self.ticked.len() > 1 {
            commands.push(Command::MergeConcepts(self.ticked.iter().cloned().collect()));
            self.ticked.clear();
        }
        if !searches {
            return;
        }
        let page = 8;
        for (key, step) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, page), (Key::PageUp, -page)] {
            if pressed(Modifiers::NONE, key) {
                self.step(session, step, commands);
            }
        }
        if pressed(Modifiers::COMMAND, Key::Enter)
            && let Some(current) = self.current.clone()
        {
            self.toggle(current);
        }
        if pressed(Modifiers::NONE, Key::Enter) {
            self.goes_to = Some(GoesTo::English);
        }
        if pressed(Modifiers::NONE, Key::F2) {
            self.write_in(session, false);
        }
    }

    /// What a key is for: what is ticked, or else the current concept.
    fn meant(&self) -> Vec<ConceptId> {
        if self.ticked.is_empty() {
            self.current.iter().cloned().collect()
        } else {
            self.ticked.iter().cloned().collect()
        }
    }

    fn toggle(&mut self, id: ConceptId) {
        if !self.ticked.remove(&id) {
            self.ticked.insert(id);
        }
    }

    /// Where the current concept stands among what fits. It is looked for once: there may be hundreds of thousands.
    fn place(&mut self, session: &Session) -> Option<usize> {
        let rows = session.browsed();
        let is_there = |place: usize| self.current.as_ref().is_some_and(|current| rows.get(place) == Some(current));
        let among = (rows.as_ptr().addr(), rows.len());
        let known = self.placed.as_ref().filter(|placed| placed.current == self.current && placed.among == among);
        if let Some(placed) = known.filter(|placed| placed.place.is_none_or(is_there)) {
            return placed.place;
        }
        let place = rows.iter().position(|id| Some(id) == self.current.as_ref());
        self.placed = Some(Placed { current: self.current.clone(), among, place });
        place
    }

    fn step(&mut self, session: &Session, step: isize, commands: &mut Vec<Command>) {
        let last = session.browsed().len().saturating_sub(1);
        let to = self.place(session).map_or(0, |place| place.saturating_add_signed(step).min(last));
        if let Some(id) = session.browsed().get(to) {
            self.go_to(id.clone(), commands);
            self.reveals = true;
        }
    }

    /// Looks at another concept; what was changed in the one before is saved.
    fn go_to(&mut self, id: ConceptId, commands: &mut Vec<Command>) {
        self.leave(commands);
        commands.push(Command::ReadHistory(id.clone()));
        self.current = Some(id);
    }

    /// Saves what was changed in the current concept.
    pub(super) fn leave(&mut self, commands: &mut Vec<Command>) {
        commands.extend(
            self.form.take().and_then(|form| form.changed()).map(|concept| Command::EditConcepts(vec![concept])),
        );
    }

    /// Asks for what fits when that is something else, and looks at the first of it.
    fn follow(&mut self, session: &Session, commands: &mut Vec<Command>) {
        let arrived = self.jumps && !session.is_browsing();
        self.jumps &= !arrived;
        if (arrived || self.current.is_none() || (!session.is_browsing() && self.place(session).is_none()))
            && let Some(first) = session.browsed().first()
            && self.current.as_ref() != Some(first)
        {
            self.go_to(first.clone(), commands);
            self.reveals = true;
        }
        let domain = Some(self.domain.text().trim()).filter(|domain| !domain.is_empty()).map(Into::into);
        let filter = Filter { domain, ..self.search.filter.clone() };
        let search = Search { words: self.query.text().to_owned(), filter, ..self.search.clone() };
        if search != self.search {
            self.search = search;
            self.jumps = true;
            self.ask(commands);
        }
    }

    fn ask(&self, commands: &mut Vec<Command>) {
        commands.push(Command::Browse(self.search.clone()));
    }

    /// What to show, as words to switch on and off.
    fn filters(
        &mut self,
        ui: &mut Ui,
        engine: &mut TextEngine,
        session: &Session,
        palette: &Palette,
        commands: &mut Vec<Command>,
    ) {
        let before = self.search.clone();
        in_rows(ui, "glossary filters", |ui| {
            ui.spacing_mut().item_spacing = vec2(2.0, 2.0);
            ui.spacing_mut().button_padding = vec2(6.0, 3.0);
            let Search { filter, only: shown, .. } = &mut self.search;
            for kind in ConceptKind::ALL {
                only(ui, &mut filter.kind, kind, kind_words(kind));
            }
            ui.add_space(8.0);
            for (layer, stratum) in session.termbase().into_iter().flat_map(Layers::strata) {
                only(ui, &mut filter.layer, layer, &stratum.name);
            }
            ui.add_space(8.0);
            only(ui, &mut filter.status, TermStatus::Forbidden, "With words to avoid");
            ui.add_space(8.0);
            for (only, words) in [
                (Only::InArticle, "In the article"),
                (Only::Duplicates, "There twice"),
                (Only::Inconsistent, "Translated in several ways"),
            ] {
                if (only != Only::InArticle || session.project().is_some())
                    && ui.selectable_label(*shown == only, small(words)).clicked()
                {
                    *shown = if *shown == only { Only::Everything } else { only };
                }
            }
            ui.add_space(8.0);
            ui.allocate_ui(vec2(130.0, 26.0), |ui| {
                let look = Look {
                    id: Id::unique("glossary domain"),
                    name: "Domain",
                    hint: "Domain",
                    style: palette.words(12.5),
                };
                self.domain.show_as(ui, engine, palette, &look, false);
            });
        });
        if self.search != before {
            self.ask(commands);
        }
    }

    /// What was done last, how to take it back, and the way out.
    fn foot(
        &mut self,
        ui: &mut Ui,
        engine: &mut TextEngine,
        session: &Session,
        palette: &Palette,
        commands: &mut Vec<Command>,
    ) {
        footer(ui, |ui| {
            if ui.button("Close").clicked() {
                self.leave(commands);
                commands.push(Command::CloseSheet);
            }
            let add = Command::AddTerm;
            if session.can(&add) && ui.button("Add…").on_hover_text(add.tooltip()).clicked() {
                self.leave(commands);
                commands.push(add);
            }
            self.transfer(ui, session, commands);
            let undo = Command::UndoGlossary;
            if session.can(&undo) {
                let response = ui.button("Undo").on_hover_text(undo.tooltip());
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, undo.label()));
                if response.clicked() {
                    commands.push(undo);
                }
            }
            let update = Command::ShowRewordings;
            if session.can(&update) && ui.button(update.label()).on_hover_text(update.tooltip()).clicked() {
                self.leave(commands);
                commands.push(update);
            }
            let busy = session.busy().filter(|busy| busy.can_cancel);
            if busy.is_some() && ui.button("Stop").on_hover_text(Command::CancelWork.tooltip()).clicked() {
                commands.push(Command::CancelWork);
            }
            let told = session.notices().last().map_or_else(|| counts(session), |notice| notice.message.clone());
            let told = busy.map_or(told, |busy| busy.what);
            let style = TextStyle { color: palette.muted, ..palette.words(12.5) };
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                line(ui, engine, Id::unique("glossary told"), &told, &style, ui.available_width());
            });
        });
    }

    /// The ways in and out.
    fn transfer(&mut self, ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
        let export = Command::ExportGlossary { ticked: Vec::new() };
        for (words, key, command) in [("Export…", Key::E, export), ("Import…", Key::I, Command::ImportGlossary)] {
            let enabled = session.can(&command);
            let response = ui.add_enabled(enabled, egui::Button::new(words)).on_hover_text(tooltip(&command));
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, command.label()));
            let pressed = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND.plus(Modifiers::SHIFT), key));
            if enabled && (response.clicked() || pressed) {
                self.leave(commands);
                commands.push(match command {
                    Command::ExportGlossary { .. } => {
                        Command::ExportGlossary { ticked: self.ticked.iter().cloned().collect() }
                    }
                    other => other,
                });
            }
        }
    }
}

fn counts(session: &Session) -> String {
    let all = session.termbase().map_or(0, Layers::len);
    format!("{} of {all} concepts", session.browsed().len())
}

fn small(words: &str) -> RichText {
    RichText::new(words).size(12.5)
}

/// A word that leaves out what is not so, or brings it back.
fn only<T: Copy + PartialEq>(ui: &mut Ui, chosen: &mut Option<T>, value: T, words: &str) {
    switch(ui, chosen, value, words, &format!("Only: {words}"));
}

/// A word that sets a choice, or takes it away.
fn switch<T: Copy + PartialEq>(ui: &mut Ui, chosen: &mut Option<T>, value: T, words: &str, spoken: &str) {
    let selected = *chosen == Some(value);
    let response = ui.selectable_label(selected, small(words));
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, spoken));
    if response.clicked() {
        *chosen = if *chosen == Some(value) { None } else { Some(value) };
    }
}
