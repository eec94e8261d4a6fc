//! The articles that a page leads to, to choose from.

use std::collections::BTreeSet;

use egui::{
    Align, Id, Key, Layout, Modifiers, Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, vec2,
};

use super::line::Line;
use super::sheets::{footer, primary, tick};
use super::text::{TextEngine, TextStyle, line};
use super::theme::Palette;
use crate::jobs::{Lead, Source};
use crate::session::{Command, Session};

const ROW: f32 = 54.0;

/// What the sheet remembers while it is open.
#[derive(Default)]
pub(super) struct Choosing {
    query: Line,
    /// Those that the query finds, and the query that they are for.
    found: (Option<String>, Vec<usize>),
    ticked: BTreeSet<usize>,
    /// Which of those found Return opens.
    current: usize,
}

/// Draws the list and adds what the user asked for.
pub(super) fn show(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    choosing: &mut Choosing,
    gives_focus: bool,
    commands: &mut Vec<Command>,
) {
    let moved = choosing.take_keys(ui, session, commands);
    choosing.query.show(ui, engine, palette, "Search", "Search the titles", gives_focus);
    choosing.search(session);
    let muted = TextStyle { color: palette.muted, ..palette.words(12.0) };
    let found = choosing.found.1.len();
    let words = match session.leads().len() {
        all if all == found => format!("{all} links"),
        all => format!("{found} of {all} links"),
    };
    line(ui, engine, Id::unique("leads found"), &words, &muted, ui.available_width());
    // Modals grow with what is in them, and the list takes what is left.
    let height = (ui.ctx().content_rect().height() - 330.0).clamp(ROW, 8.0 * ROW);
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink(false);
    let area = if moved { area.vertical_scroll_offset(choosing.offset(height)) } else { area };
    area.show_rows(ui, ROW, found, |ui, rows| {
        for place in rows {
            row(ui, engine, session, palette, choosing, place, commands);
        }
    });
    ui.add_space(10.0);
    buttons(ui, palette, choosing, session, commands);
}

impl Choosing {
    /// Takes the keys that the field is not to have; returns whether the current row has moved.
    fn take_keys(&mut self, ui: &Ui, session: &Session, commands: &mut Vec<Command>) -> bool {
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        let (down, up) = (pressed(Modifiers::NONE, Key::ArrowDown), pressed(Modifiers::NONE, Key::ArrowUp));
        let last = self.found.1.len().saturating_sub(1);
        self.current = (self.current + usize::from(down)).saturating_sub(usize::from(up)).min(last);
        if pressed(Modifiers::COMMAND, Key::Enter)
            && let Some(lead) = self.current(session)
        {
            self.toggle(lead);
        }
        // A button with the focus has its own use for Return.
        let in_field = ui.memory(|memory| memory.has_focus(Id::unique("line")));
        if in_field && pressed(Modifiers::NONE, Key::Enter) {
            commands.extend(self.answer(session));
        }
        down || up
    }

    fn search(&mut self, session: &Session) {
        if self.found.0.as_deref() != Some(self.query.text()) {
            self.found = (Some(self.query.text().to_owned()), session.find_leads(self.query.text()));
            let can_be_opened = |lead: &usize| session.leads().get(*lead).is_some_and(|lead| lead.source.is_some());
            self.current = self.found.1.iter().position(can_be_opened).unwrap_or(0);
        }
    }

    /// Which lead the current row shows, if it can be opened.
    fn current(&self, session: &Session) -> Option<usize> {
        let lead = *self.found.1.get(self.current)?;
        session.leads().get(lead)?.source.is_some().then_some(lead)
    }

    fn toggle(&mut self, lead: usize) {
        if !self.ticked.remove(&lead) {
            self.ticked.insert(lead);
        }
    }

    /// How far to scroll for the current row to stand in the middle.
    fn offset(&self, height: f32) -> f32 {
        let last = (self.found.1.len() as f32 * ROW - height).max(0.0);
        (self.current as f32 * ROW - (height - ROW) / 2.0).clamp(0.0, last)
    }

    /// Opens what is ticked, or else the current row.
    fn answer(&self, session: &Session) -> Option<Command> {
        let current = self.current(session).filter(|_| self.ticked.is_empty());
        let chosen: Vec<usize> = self.ticked.iter().copied().chain(current).collect();
        let sources: Vec<Source> =
            chosen.iter().filter_map(|lead| session.leads().get(*lead)?.source.clone()).collect();
        (!sources.is_empty()).then_some(Command::OpenThese(sources))
    }
}

fn row(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    choosing: &mut Choosing,
    place: usize,
    commands: &mut Vec<Command>,
) {
    let Some((number, lead)) = choosing.found.1.get(place).and_then(|lead| Some((*lead, session.leads().get(*lead)?)))
    else {
        return;
    };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    if place == choosing.current {
        ui.painter().rect_filled(rect, 4.0, palette.active_row);
        ui.painter().rect_stroke(rect, 4.0, Stroke::new(1.0, palette.accent), StrokeKind::Inside);
    } else {
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, palette.hairline));
    }
    let mut ui = ui.new_child(UiBuilder::new().id_salt(("lead", number)).max_rect(rect.shrink2(vec2(10.0, 3.0))));
    ui.add_enabled_ui(lead.source.is_some(), |ui| {
        let (left, right) = ui.max_rect().split_left_right_at_x(ui.max_rect().left() + 26.0);
        let mut ticked = choosing.ticked.contains(&number);
        let mut beside = ui.new_child(UiBuilder::new().max_rect(left).layout(Layout::left_to_right(Align::Center)));
        let response = tick(&mut beside, palette, &mut ticked, "");
        let name = format!("Choose {}", lead.title);
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, ui.is_enabled(), ticked, &name));
        if response.changed() {
            choosing.toggle(number);
        }
        title(ui, engine, palette, right, number, lead, commands);
    });
}

/// The title, which opens its article, and where that is.
fn title(
    ui: &mut Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    place: Rect,
    number: usize,
    lead: &Lead,
    commands: &mut Vec<Command>,
) {
    let mut ui = ui.new_child(UiBuilder::new().id_salt("title").max_rect(place).layout(Layout::top_down(Align::RIGHT)));
    let id = Id::unique(("lead", number));
    let response = ui.interact(place, id.with("open"), Sense::click());
    let name = format!("Open {}", lead.title);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), &name));
    let color = match (&lead.source, response.hovered() || response.has_focus()) {
        (None, _) => palette.muted,
        (Some(_), true) => palette.accent,
        (Some(_), false) => palette.ink,
    };
    let style = TextStyle { color, ..palette.arabic_words(16.0) };
    line(&mut ui, engine, id, &lead.title, &style, place.width());
    let style = TextStyle { color: palette.muted, ..palette.words(11.5) };
    let address = match &lead.source {
        Some(source) => source.name(),
        None => format!("{} — a saved page does not tell which site this is on", lead.address),
    };
    line(&mut ui, engine, id.with("address"), &address, &style, place.width());
    if let Some(source) = lead.source.clone().filter(|_| response.clicked()) {
        commands.push(Command::OpenThese(vec![source]));
    }
}

fn buttons(ui: &mut Ui, palette: &Palette, choosing: &Choosing, session: &Session, commands: &mut Vec<Command>) {
    footer(ui, |ui| {
        let words = match choosing.ticked.len() {
            0 | 1 => "Open".to_owned(),
            count => format!("Open {count}"),
        };
        let answer = choosing.answer(session);
        if primary(ui, &words, answer.is_some(), palette).on_hover_text("Enter; Ctrl+Enter chooses several").clicked() {
            commands.extend(answer);
        }
        if ui.button("Cancel").clicked() {
            commands.push(Command::CloseSheet);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let whole = Command::OpenPageAsIs;
            let button = egui::Button::new(RichText::new(whole.label()));
            if ui.add(button).on_hover_text(whole.tooltip()).clicked() {
                commands.push(whole);
            }
        });
    });
}
