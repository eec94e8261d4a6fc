//! Where the article has wordings that were changed in the glossary: each with what becomes of it, to tick.

use std::collections::HashSet;

use egui::{Align, Id, Key, Layout, Modifiers, ScrollArea, Stroke, Ui};

use super::sheets::{footer, primary, tick};
use super::text::{Mark, MarkLook, TextEngine, TextStyle, marked_label};
use super::theme::Palette;
use crate::domain::{Rewording, UnitId};
use crate::session::{Command, Session};
use crate::text::Span;

/// What the sheet remembers while it is open.
#[derive(Default)]
pub(super) struct Reviewing {
    /// As they were when the sheet was opened.
    places: Vec<Rewording>,
    /// Those that are to stay as they are.
    unticked: HashSet<usize>,
}

impl Reviewing {
    /// With everything ticked.
    pub(super) fn new(places: Vec<Rewording>) -> Self {
        Self { places, unticked: HashSet::new() }
    }

    fn chosen(&self) -> Vec<Rewording> {
        let numbered = self.places.iter().enumerate();
        numbered.filter(|(number, _)| !self.unticked.contains(number)).map(|(_, place)| place.clone()).collect()
    }
}

/// Draws the list and adds what the user asked for.
pub(super) fn show(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    reviewing: &mut Reviewing,
    gives_focus: bool,
    commands: &mut Vec<Command>,
) {
    let height = ui.ctx().content_rect().height() * 0.55;
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for number in 0..reviewing.places.len() {
            place(ui, engine, session, palette, reviewing, number);
        }
    });
    ui.add_space(8.0);
    let chosen = reviewing.chosen();
    let enter = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    footer(ui, |ui| {
        let word = match chosen.len() {
            1 => "Update one place".to_owned(),
            places => format!("Update {places} places"),
        };
        let ready = !chosen.is_empty();
        let update = primary(ui, &word, ready, palette).on_hover_text("Ctrl+Enter");
        if gives_focus {
            update.request_focus();
        }
        if update.clicked() || (enter && ready) {
            commands.push(Command::Reword(chosen));
        }
        if ui.button("Cancel").clicked() {
            commands.push(Command::CloseSheet);
        }
    });
}

/// A place: a box to tick, the paragraph's number, and the words around it before and after.
fn place(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    reviewing: &mut Reviewing,
    number: usize,
) {
    let Rewording { unit, span, before, after } = &reviewing.places[number];
    let id = Id::unique(("rewording", number));
    let Some(target) = session.project().and_then(|project| project.unit(*unit)).map(|unit| &*unit.target) else {
        return;
    };
    let (lead, trail) = around(target, span.start, span.end);
    ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let mut ticked = !reviewing.unticked.contains(&number);
        let spoken = format!("In paragraph {}: {after} instead of {before}", number_of(session, *unit));
        let toggled = tick(ui, palette, &mut ticked, "");
        toggled.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, ticked, &spoken));
        if toggled.clicked() && !reviewing.unticked.remove(&number) {
            reviewing.unticked.insert(number);
        }
        ui.with_layout(Layout::top_down(Align::LEFT), |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let width = ui.available_width();
            let muted = TextStyle { color: palette.muted, ..palette.words(12.5) };
            let number = format!("{}  ", number_of(session, *unit));
            let goes = MarkLook::Underline(Stroke::new(1.0, palette.error));
            let comes = MarkLook::Tint(palette.term, Stroke::new(1.0, palette.accent));
            for (name, lead, words, style, look) in [
                ("was", format!("{number}{lead}"), before, muted, goes),
                ("is", lead, after, palette.words(14.5), comes),
            ] {
                let mark = Mark { span: Span::new(lead.len(), lead.len() + words.len()), look };
                let text = format!("{lead}{words}{trail}");
                marked_label(ui, engine, id.with(name), &text, &style, width, &[mark]);
            }
        });
    });
    ui.painter().hline(ui.max_rect().x_range(), ui.cursor().top() + 1.0, Stroke::new(1.0, palette.hairline));
    ui.add_space(4.0);
}

fn number_of(session: &Session, unit: UnitId) -> usize {
    session.project().and_then(|project| project.position(unit)).map_or(0, |position| position + 1)
}

/// Some words before and after a part of a text.
fn around(text: &str, start: usize, end: usize) -> (String, String) {
    const CHARACTERS: usize = 40;
    let lead: String = {
        let mut lead: Vec<char> = text[..start].chars().rev().take(CHARACTERS + 1).collect();
        let cut = lead.len() > CHARACTERS;
        lead.reverse();
        let lead: String = lead.into_iter().collect();
        if cut { format!("…{}", lead.split_once(' ').map_or("", |(_, rest)| rest)) } else { lead }
    };
    let trail: String = text[end..].chars().take(CHARACTERS + 1).collect();
    let trail = if trail.chars().count() > CHARACTERS {
        format!("{}…", trail.rsplit_once(' ').map_or("", |(first, _)| first))
    } else {
        trail
    };
    (lead, trail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_around_a_place_are_whole() {
        let text =
            "The first words of a long sentence lead up to Kiev, and others follow it until the sentence is over.";
        let start = text.find("Kiev").unwrap();
        let (lead, trail) = around(text, start, start + 4);
        assert_eq!((&*lead, &*trail), ("…words of a long sentence lead up to ", ", and others follow it until the…"));
        assert_eq!(around("in Kiev today", 3, 7), ("in ".to_owned(), " today".to_owned()));
    }
}
