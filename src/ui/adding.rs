//! A new term: its Arabic, its English, its kind, and what the glossary has under that name.

use egui::{Id, Key, Modifiers, RichText, Ui};

use super::line::{Line, Look};
use super::sheets::{footer, primary};
use super::terms::kind_words;
use super::text::{TextEngine, TextStyle, label};
use super::theme::Palette;
use crate::domain::{Concept, ConceptKind, Layer};
use crate::session::{Command, NewTerm, Session};

/// What is typed while the sheet is open.
pub(super) struct Typed {
    arabic: Line,
    english: Line,
    kind: ConceptKind,
}

impl Default for Typed {
    fn default() -> Self {
        Self { arabic: Line::default(), english: Line::default(), kind: ConceptKind::Term }
    }
}

impl Typed {
    /// What is known of the term already.
    pub(super) fn new(term: &NewTerm) -> Self {
        Self { arabic: Line::new(term.arabic.clone()), english: Line::new(term.english.clone()), kind: term.kind }
    }

    fn term(&self) -> NewTerm {
        let text = |line: &Line| line.text().trim().to_owned();
        NewTerm { arabic: text(&self.arabic), english: text(&self.english), kind: self.kind }
    }
}

/// Draws the form and adds what the user asked for.
pub(super) fn show(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    typed: &mut Typed,
    gives_focus: bool,
    commands: &mut Vec<Command>,
) {
    let fields = [Id::unique("new arabic"), Id::unique("new english")];
    let in_field = ui.memory(|memory| fields.iter().any(|field| memory.has_focus(*field)));
    let enter = in_field && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    take_kind(ui, typed);
    let before = typed.term().arabic;
    let arabic_first = gives_focus && before.is_empty();
    let look = Look { id: fields[0], name: "Arabic", hint: "بالعربية", style: palette.arabic_words(19.0) };
    typed.arabic.show_as(ui, engine, palette, &look, arabic_first);
    ui.add_space(6.0);
    let look = Look { id: fields[1], name: "English", hint: "In English", style: palette.words(16.0) };
    typed.english.show_as(ui, engine, palette, &look, gives_focus && !arabic_first);
    ui.add_space(8.0);
    kinds(ui, typed);
    ui.add_space(6.0);
    let term = typed.term();
    if term.arabic != before {
        commands.push(Command::FindSame(term.arabic.clone()));
    }
    known(ui, engine, session, palette, &term);
    ui.add_space(8.0);
    let ready = !term.arabic.is_empty() && !term.english.is_empty();
    footer(ui, |ui| {
        let save = Command::SaveTerm(term);
        if primary(ui, save.label(), ready, palette).on_hover_text(save.tooltip()).clicked() || (enter && ready) {
            commands.push(save);
        }
        if ui.button("Cancel").clicked() {
            commands.push(Command::CloseSheet);
        }
    });
}

/// Alt with the number of a kind chooses it.
fn take_kind(ui: &Ui, typed: &mut Typed) {
    let keys = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5];
    for (kind, key) in ConceptKind::ALL.into_iter().zip(keys) {
        if ui.input_mut(|input| input.consume_key(Modifiers::ALT, key)) {
            typed.kind = kind;
        }
    }
}

fn kinds(ui: &mut Ui, typed: &mut Typed) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (number, kind) in ConceptKind::ALL.into_iter().enumerate() {
            let words = RichText::new(kind_words(kind)).size(13.0);
            let tip = format!("Alt+{}", number + 1);
            if ui.selectable_label(typed.kind == kind, words).on_hover_text(tip).clicked() {
                typed.kind = kind;
            }
        }
    });
}

/// What the glossary has under this name, and what saving would make of it.
fn known(ui: &mut Ui, engine: &mut TextEngine, session: &Session, palette: &Palette, term: &NewTerm) {
    let same = session.same_as(&term.arabic);
    if same.is_empty() {
        return;
    }
    let width = ui.available_width();
    let muted = TextStyle { color: palette.muted, ..palette.words(12.5) };
    label(ui, engine, Id::unique("known"), "In the glossary already:", &muted, width);
    for (number, concept) in same.iter().enumerate() {
        let id = Id::unique(("known", number));
        label(ui, engine, id, &in_a_line(session, concept), &palette.words(13.5), width);
    }
    let told = match session.would_change(&term.arabic, term.kind) {
        Some(_) => "Saving makes your English the preferred one and keeps the other.",
        None => "Saving adds another concept, since none of these is of this kind.",
    };
    let style = TextStyle { color: palette.warning, ..palette.words(12.5) };
    label(ui, engine, Id::unique("would change"), told, &style, width);
}

/// A concept with its English, kind and origin.
fn in_a_line(session: &Session, concept: &Concept) -> String {
    let english = concept.preferred_english().unwrap_or("—");
    let termbase = session.termbase();
    let layer = termbase.and_then(|termbase| termbase.layer(&concept.id)).unwrap_or(Layer::Own);
    let origin = termbase.map_or("", |termbase| termbase.name(layer));
    let domain = if concept.domain.is_empty() { String::new() } else { format!(", {}", concept.domain) };
    format!("{english} · {}{domain} · {origin}", kind_words(concept.kind))
}
