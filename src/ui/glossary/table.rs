//! The table of what fits: only the rows in view are laid out.

use std::collections::BTreeSet;

use egui::{
    Align, EventFilter, Id, Key, Layout, Modifiers, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, pos2,
    vec2,
};

use super::{Browser, GoesTo, small};
use crate::domain::{Concept, ConceptId, Layer, Order, SortBy, replace_shown};
use crate::session::{Command, Session};
use crate::ui::line::{Line, Look};
use crate::ui::terms::kind_words;
use crate::ui::text::{TextEngine, TextStyle, line};
use crate::ui::theme::Palette;

const ROW: f32 = 34.0;
const TICK: f32 = 28.0;
const KIND: f32 = 96.0;
const USED: f32 = 44.0;

/// Where the columns stand, from the left: tick, English, Arabic, kind, times used.
struct Columns([Rect; 5]);

impl Columns {
    fn of(row: Rect) -> Self {
        let words = (row.width() - TICK - KIND - USED).max(80.0);
        let mut left = row.left();
        Self([TICK, words * 0.55, words * 0.45, KIND, USED].map(|width| {
            let column = Rect::from_min_max(pos2(left, row.top()), pos2(left + width, row.bottom()));
            left += width;
            column.shrink2(vec2(4.0, 0.0))
        }))
    }
}

/// A cell that is written in: the English of a concept, or its Arabic.
pub(super) struct Cell {
    id: ConceptId,
    is_arabic: bool,
    line: Line,
    /// Whether it has the focus.
    is_entered: bool,
    leaving: Option<Leaving>,
}

/// How a cell is left.
#[derive(Clone, Copy, PartialEq)]
enum Leaving {
    /// As it was.
    Unchanged,
    /// With what is typed.
    Saved,
    /// With what is typed, to the other language.
    ToTheOther,
    /// With what is typed, to a row so many below.
    To(isize),
}

impl Cell {
    /// The wording that a concept shows.
    fn of(concept: &Concept, is_arabic: bool) -> Self {
        let text = if is_arabic { concept.preferred_arabic() } else { concept.preferred_english() };
        let line = Line::selected(text.unwrap_or_default().to_owned());
        Self { id: concept.id.clone(), is_arabic, line, is_entered: false, leaving: None }
    }

    /// The concept with what is typed, where that is something else. One without Arabic is none.
    fn changed(&self, session: &Session) -> Option<Concept> {
        let before = session.termbase()?.get(&self.id)?;
        let mut after = before.clone();
        replace_shown(if self.is_arabic { &mut after.arabic } else { &mut after.english }, self.line.text());
        (after != *before && !after.arabic.is_empty()).then_some(after)
    }
}

impl Browser {
    /// Writes in a cell of the current row.
    pub(super) fn write_in(&mut self, session: &Session, is_arabic: bool) {
        let current = self.current.as_ref().and_then(|id| session.termbase()?.get(id));
        self.cell = current.map(|concept| Cell::of(concept, is_arabic));
    }

    /// Takes the keys of a cell: Return and Tab save it, the arrows go on to the next row, Escape leaves it as it was.
    /// What was typed before them in the same frame counts, so [`leave_cell`](Self::leave_cell) obeys them after it.
    pub(super) fn take_keys_of_cell(&mut self, ui: &Ui) {
        let Some(cell) = &mut self.cell else { return };
        for (modifiers, key, leaving) in [
            (Modifiers::NONE, Key::Escape, Leaving::Unchanged),
            (Modifiers::NONE, Key::Enter, Leaving::Saved),
            (Modifiers::NONE, Key::Tab, Leaving::ToTheOther),
            (Modifiers::SHIFT, Key::Tab, Leaving::ToTheOther),
            (Modifiers::NONE, Key::ArrowDown, Leaving::To(1)),
            (Modifiers::NONE, Key::ArrowUp, Leaving::To(-1)),
        ] {
            if ui.input_mut(|input| input.consume_key(modifiers, key)) {
                cell.leaving = Some(leaving);
            }
        }
    }

    fn leave_cell(&mut self, session: &Session, commands: &mut Vec<Command>) {
        let Some((leaving, is_arabic)) = self.cell.as_ref().and_then(|cell| Some((cell.leaving?, cell.is_arabic)))
        else {
            return;
        };
        if leaving == Leaving::Unchanged {
            self.cell = None;
        }
        self.save_cell(session, commands);
        match leaving {
            Leaving::Unchanged | Leaving::Saved => self.goes_to = Some(GoesTo::Search),
            Leaving::ToTheOther => self.write_in(session, !is_arabic),
            Leaving::To(step) => {
                self.step(session, step, commands);
                self.write_in(session, is_arabic);
            }
        }
    }

    /// Saves what is written in a cell.
    pub(super) fn save_cell(&mut self, session: &Session, commands: &mut Vec<Command>) {
        let changed = self.cell.take().and_then(|cell| cell.changed(session));
        commands.extend(changed.map(|concept| Command::EditConcepts(vec![concept])));
    }
}

/// Draws the table and adds what the user asked for.
pub(super) fn show(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    browser: &mut Browser,
    commands: &mut Vec<Command>,
) {
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    header(ui, session, browser, commands);
    let height = ui.available_height();
    let area = ScrollArea::vertical().id_salt("glossary table").max_height(height).auto_shrink(false);
    let reveals = std::mem::take(&mut browser.reveals);
    let area = match reveals.then(|| browser.place(session)).flatten() {
        Some(place) => {
            let last = (session.browsed().len() as f32 * ROW - height).max(0.0);
            area.vertical_scroll_offset((place as f32 * ROW - (height - ROW) / 2.0).clamp(0.0, last))
        }
        None => area,
    };
    area.show_rows(ui, ROW, session.browsed().len(), |ui, rows| {
        for id in &session.browsed()[rows] {
            match session.termbase().and_then(|termbase| termbase.get(id)) {
                Some(concept) => row(ui, engine, session, palette, browser, concept, commands),
                // It has been deleted since, and what fits is being looked for.
                None => drop(ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover())),
            }
        }
    });
    browser.leave_cell(session, commands);
}

/// The names of the columns, which sort by them.
fn header(ui: &mut Ui, session: &Session, browser: &mut Browser, commands: &mut Vec<Command>) {
    let before = browser.search.order;
    ui.horizontal(|ui| {
        ui.spacing_mut().button_padding = vec2(6.0, 2.0);
        ui.label(small("Sorted by "));
        for (by, reversed, words) in [
            (SortBy::Fit, false, if browser.search.words.is_empty() { "Arabic" } else { "Fit" }),
            (SortBy::English, false, "English"),
            (SortBy::Kind, false, "Kind"),
            (SortBy::Changed, true, "Last change"),
            (SortBy::Uses, false, "Use"),
        ] {
            ui.selectable_value(&mut browser.search.order, Order { by, reversed }, small(words));
        }
        ui.add_space(12.0);
        let all = session.browsed();
        let words = if browser.ticked.is_empty() { "Tick all" } else { "Untick all" };
        if ui.add_enabled(!all.is_empty(), egui::Button::new(small(words)).frame(false)).clicked() {
            browser.ticked = if browser.ticked.is_empty() { all.iter().cloned().collect() } else { BTreeSet::new() };
        }
    });
    if browser.search.order != before {
        browser.ask(commands);
    }
}

fn row(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    browser: &mut Browser,
    concept: &Concept,
    commands: &mut Vec<Command>,
) {
    let id = Id::unique(("concept", concept.id.as_str()));
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
    let current = browser.current.as_ref() == Some(&concept.id);
    let (arabic, english) = (concept.preferred_arabic().unwrap_or("—"), concept.preferred_english().unwrap_or("—"));
    let spoken = format!("{arabic}: {english}");
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, current, &spoken));
    if current {
        ui.painter().rect_filled(rect, 4.0, palette.term);
    } else if response.hovered() {
        ui.painter().rect_stroke(rect, 4.0, Stroke::new(1.0, palette.hairline), StrokeKind::Inside);
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, palette.hairline));
    let [tick, english_at, arabic_at, kind_at, used_at] = Columns::of(rect).0;

    let mut ticked = browser.ticked.contains(&concept.id);
    let mut inside = child(ui, tick, Layout::left_to_right(Align::Center));
    let toggled = crate::ui::sheets::tick(&mut inside, palette, &mut ticked, "");
    toggled.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, ticked, format!("Tick {spoken}")));
    if toggled.clicked() {
        browser.toggle(concept.id.clone());
    }
    let own = session.termbase().and_then(|termbase| termbase.layer(&concept.id)) == Some(Layer::Own);
    let style = TextStyle { bold: own, ..palette.words(14.0) };
    for (is_arabic, place, text, style) in
        [(false, english_at, english, style), (true, arabic_at, arabic, palette.arabic_words(16.0))]
    {
        let layout =
            if is_arabic { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) };
        let mut inside = child(ui, place, layout);
        let written = browser.cell.as_mut().filter(|cell| cell.id == concept.id && cell.is_arabic == is_arabic);
        if let Some(cell) = written {
            write(&mut inside, engine, palette, cell, &style);
        } else {
            line(&mut inside, engine, id.with(("text", is_arabic)), text, &style, place.width());
        }
    }
    let muted = TextStyle { color: palette.muted, ..palette.words(12.0) };
    let mut inside = child(ui, kind_at, Layout::left_to_right(Align::Center));
    line(&mut inside, engine, id.with("kind"), kind_words(concept.kind), &muted, kind_at.width());
    let used = match session.times_chosen(&concept.id) {
        0 => String::new(),
        times => format!("{times}×"),
    };
    let mut inside = child(ui, used_at, Layout::right_to_left(Align::Center));
    line(&mut inside, engine, id.with("used"), &used, &muted, used_at.width());
    if response.clicked() {
        browser.save_cell(session, commands);
        if !current {
            browser.go_to(concept.id.clone(), commands);
        }
    }
    if response.double_clicked() {
        let at = response.interact_pointer_pos().unwrap_or(english_at.center());
        browser.write_in(session, arabic_at.contains(at));
    }
}

/// The field of a cell; what is typed is not lost when the focus goes elsewhere.
fn write(ui: &mut Ui, engine: &mut TextEngine, palette: &Palette, cell: &mut Cell, style: &TextStyle) {
    let id = Id::unique(("glossary cell", cell.id.as_str(), cell.is_arabic));
    let name = if cell.is_arabic { "Arabic in the table" } else { "English in the table" };
    let look = Look { id, name, hint: "", style: *style };
    let enters = !std::mem::replace(&mut cell.is_entered, true);
    cell.line.show_as(ui, engine, palette, &look, enters);
    let keys = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, tab: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, keys));
}

fn child(ui: &mut Ui, place: Rect, layout: Layout) -> Ui {
    ui.new_child(UiBuilder::new().max_rect(place).layout(layout))
}
