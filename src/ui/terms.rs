//! The side panel: the terms of the active paragraph, numbered, a card each.

use egui::{
    Align, FontId, Frame, Id, Layout, Margin, Response, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, vec2,
};

use super::text::{TextEngine, TextStyle, label};
use super::theme::Palette;
use crate::domain::{Concept, ConceptKind, Match, TermStatus, Variation};
use crate::session::{Command, NumberedTerm, Session};

const CARD_PADDING: i8 = 8;
const BADGE: f32 = 20.0;

/// Draws the panel and adds what the user asked for.
pub(super) fn show(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    commands: &mut Vec<Command>,
) {
    ui.add_space(8.0);
    ui.label(egui::RichText::new("Terms in this paragraph").size(13.0).color(palette.muted));
    ui.add_space(2.0);
    let terms = session.terms_of_active();
    if terms.is_empty() {
        let words = match session.termbase() {
            Some(_) => "The glossary knows nothing in this paragraph.",
            None => "Reading the glossary…",
        };
        let style = TextStyle { color: palette.muted, ..palette.words(13.5) };
        label(ui, engine, Id::unique("no terms"), words, &style, ui.available_width());
        return;
    }
    ScrollArea::vertical().id_salt("terms").auto_shrink(false).show(ui, |ui| {
        for term in &terms {
            card(ui, engine, session, palette, term, commands);
        }
    });
}

fn card(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    term: &NumberedTerm<'_>,
    commands: &mut Vec<Command>,
) {
    let id = Id::unique(("card", term.number));
    let Some(matches) = session.active().map(|unit| session.matches(unit)) else { return };
    let Some(found) = matches.get(term.found) else { return };
    let focused = session.focused_term().and_then(|at| matches.get(at)).is_some_and(|at| at.concept == found.concept);
    let preferred = term.concept.preferred_english();
    let fill = if focused { palette.focused_term } else { palette.paper };
    let frame = Frame::NONE
        .fill(fill)
        .stroke(Stroke::new(1.0, if focused { palette.accent } else { palette.hairline }))
        .corner_radius(6)
        .inner_margin(Margin::same(CARD_PADDING));
    let inner = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        first_line(ui, engine, palette, id, term);
        let others = term.concept.english.iter().enumerate();
        for (english, wording) in others.filter(|(_, wording)| Some(wording.text.as_str()) != preferred) {
            if other_wording(ui, palette, wording.text.as_str(), wording.status).clicked() {
                commands.push(Command::InsertTranslation { found: term.found, english });
            }
        }
        let style = TextStyle { color: palette.muted, ..palette.words(12.0) };
        label(ui, engine, id.with("why"), &about(term.concept, found), &style, ui.available_width());
    });
    let response = ui.interact(inner.response.rect, id, Sense::click());
    let name = format!("Insert term {}: {}", term.number, preferred.unwrap_or_default());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
    if response.hovered() {
        ui.painter().rect_stroke(inner.response.rect, 6.0, Stroke::new(1.0, palette.accent), egui::StrokeKind::Inside);
    }
    if response.clicked() {
        commands.push(match u8::try_from(term.number) {
            Ok(number @ 1..=9) => Command::InsertTerm(number),
            _ => {
                let english = term.concept.english.iter().position(|wording| Some(wording.text.as_str()) == preferred);
                Command::InsertTranslation { found: term.found, english: english.unwrap_or_default() }
            }
        });
    }
    ui.add_space(2.0);
}

/// The number key, the English on the left and the Arabic on the right.
fn first_line(ui: &mut Ui, engine: &mut TextEngine, palette: &Palette, id: Id, term: &NumberedTerm<'_>) {
    let width = ui.available_width();
    let column = ((width - BADGE - 12.0) / 2.0).max(40.0);
    ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        badge(ui, palette, term.number);
        let english = TextStyle { bold: true, ..palette.words(14.5) };
        let words = term.concept.preferred_english().unwrap_or("—");
        column_label(ui, engine, id.with("english"), words, &english, column);
        let arabic = palette.arabic_words(17.0);
        let words = term.concept.preferred_arabic().unwrap_or_default();
        column_label(ui, engine, id.with("arabic"), words, &arabic, column);
    });
}

fn column_label(ui: &mut Ui, engine: &mut TextEngine, id: Id, words: &str, style: &TextStyle, width: f32) {
    ui.allocate_ui(vec2(width, 0.0), |ui| label(ui, engine, id, words, style, width));
}

fn badge(ui: &mut Ui, palette: &Palette, number: usize) {
    let (rect, _) = ui.allocate_exact_size(vec2(BADGE, BADGE), Sense::hover());
    if number > 9 {
        return;
    }
    ui.painter().rect_filled(rect, 4.0, palette.accent);
    let font = FontId::proportional(12.5);
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, number, font, palette.on_accent);
}

fn other_wording(ui: &mut Ui, palette: &Palette, wording: &str, status: TermStatus) -> Response {
    if status == TermStatus::Forbidden {
        let text = egui::RichText::new(format!("Avoid: {wording}")).color(palette.error).size(13.0);
        return ui.label(text);
    }
    let text = egui::RichText::new(wording).size(13.5);
    ui.add(egui::Button::new(text)).on_hover_text("Insert this wording")
}

/// What a concept is and why it was found, in one line.
fn about(concept: &Concept, found: &Match) -> String {
    let why = match found.variation {
        Variation::Exact => None,
        Variation::Folded => Some("spelled differently"),
        Variation::Proclitic => Some("with a prefix"),
        Variation::Article => Some("with the article"),
    };
    let parts = [Some(kind_words(concept.kind)), Some(concept.domain.as_str()), Some(concept.note.as_str()), why];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn kind_words(kind: ConceptKind) -> &'static str {
    match kind {
        ConceptKind::Person => "Person",
        ConceptKind::Place => "Place",
        ConceptKind::Organisation => "Organisation",
        ConceptKind::Event => "Event",
        ConceptKind::Term => "Term",
    }
}

/// A concept in brief, for a tooltip beside a word.
pub(super) fn summary(ui: &mut Ui, engine: &mut TextEngine, session: &Session, palette: &Palette, found: &Match) {
    let Some(concept) = session.termbase().and_then(|termbase| termbase.get(&found.concept)) else { return };
    let id = Id::unique(("summary", concept.id.as_str()));
    let width = 280.0;
    let mut ui = ui.new_child(UiBuilder::new().max_rect(ui.available_rect_before_wrap()));
    let english = TextStyle { bold: true, ..palette.words(15.0) };
    label(&mut ui, engine, id.with("english"), concept.preferred_english().unwrap_or("—"), &english, width);
    let others: Vec<&str> = concept
        .english
        .iter()
        .filter(|term| term.status == TermStatus::Admitted)
        .map(|term| term.text.as_str())
        .collect();
    if !others.is_empty() {
        label(&mut ui, engine, id.with("others"), &format!("also: {}", others.join(", ")), &palette.words(13.0), width);
    }
    let avoid: Vec<&str> = concept
        .english
        .iter()
        .filter(|term| term.status == TermStatus::Forbidden)
        .map(|term| term.text.as_str())
        .collect();
    if !avoid.is_empty() {
        let style = TextStyle { color: palette.error, ..palette.words(13.0) };
        label(&mut ui, engine, id.with("avoid"), &format!("avoid: {}", avoid.join(", ")), &style, width);
    }
    let style = TextStyle { color: palette.muted, ..palette.words(12.0) };
    label(&mut ui, engine, id.with("about"), &about(concept, found), &style, width);
}
