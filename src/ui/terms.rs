//! The side panel: the terms of the active paragraph, numbered, a card each.

use egui::{
    Align, Button, FontId, Frame, Id, Layout, Margin, RichText, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo,
    vec2,
};

use super::text::{TextEngine, TextStyle, label};
use super::theme::Palette;
use crate::domain::{Concept, ConceptKind, Match, TermStatus, TermUse, Variation};
use crate::session::{Command, NumberedTerm, Session};
use crate::text::Inflection;

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
    ui.label(RichText::new("Terms in this paragraph").size(13.0).color(palette.muted));
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
        let mut certain = true;
        for term in &terms {
            if std::mem::replace(&mut certain, !term.is_alternative) && term.is_alternative {
                ui.add_space(6.0);
                ui.label(RichText::new("Perhaps also").size(12.5).color(palette.muted));
            }
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
    let Some(found) = session.found().nth(term.found) else { return };
    let in_focus = session.focused_term().and_then(|at| session.found().nth(at));
    let focused = in_focus.is_some_and(|at| at.concept == found.concept);
    let fill = if focused { palette.focused_term } else { palette.paper };
    let frame = Frame::NONE
        .fill(fill)
        .stroke(Stroke::new(1.0, if focused { palette.accent } else { palette.hairline }))
        .corner_radius(6)
        .inner_margin(Margin::same(CARD_PADDING));
    // The card itself lies beneath its buttons.
    let place = UiBuilder::new().scope_id(id).sense(Sense::click());
    let content = |ui: &mut Ui| {
        ui.set_width(ui.available_width());
        first_line(ui, engine, palette, id, term);
        other_wordings(ui, palette, term, commands);
        let color = if focused { palette.ink } else { palette.muted };
        warning(ui, engine, session, palette, id, term);
        let style = TextStyle { color, ..palette.words(12.0) };
        label(ui, engine, id.with("why"), &about(term.concept, found), &style, ui.available_width());
    };
    let response = ui.scope_builder(place, |ui| frame.show(ui, content)).response;
    let name = format!("Insert term {}: {}", term.number, term.english.unwrap_or_default());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
    if response.hovered() {
        ui.painter().rect_stroke(response.rect, 6.0, Stroke::new(1.0, palette.accent), egui::StrokeKind::Inside);
    }
    if response.clicked() {
        commands.push(if let Ok(number @ 1..=9) = u8::try_from(term.number) {
            Command::InsertTerm(number)
        } else {
            let english = term.concept.english.iter().position(|wording| Some(&*wording.text) == term.english);
            Command::InsertTranslation { found: term.found, english: english.unwrap_or_default() }
        });
    }
    ui.add_space(2.0);
}

/// The number key, the English on the left and the Arabic on the right.
fn first_line(ui: &mut Ui, engine: &mut TextEngine, palette: &Palette, id: Id, term: &NumberedTerm<'_>) {
    let width = ui.available_width();
    let words = (width - BADGE - 12.0).max(80.0);
    // English needs more room for the same words.
    let (english_width, arabic_width) = (words * 0.53, words * 0.47);
    ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        badge(ui, palette, term.number);
        let english = TextStyle { bold: true, ..palette.words(14.5) };
        let words = term.english.unwrap_or("—");
        column_label(ui, engine, id.with("english"), words, &english, english_width);
        let arabic = palette.arabic_words(17.0);
        let words = term.concept.preferred_arabic().unwrap_or_default();
        column_label(ui, engine, id.with("arabic"), words, &arabic, arabic_width);
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

/// The admitted wordings, each a click away, and those to avoid.
fn other_wordings(ui: &mut Ui, palette: &Palette, term: &NumberedTerm<'_>, commands: &mut Vec<Command>) {
    let others = || {
        let numbered = term.concept.english.iter().enumerate();
        numbered.filter(move |(_, wording)| Some(&*wording.text) != term.english)
    };
    if others().next().is_none() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 2.0);
        ui.spacing_mut().button_padding = vec2(5.0, 1.0);
        for (english, wording) in others() {
            if wording.status == TermStatus::Forbidden {
                ui.label(RichText::new(format!("avoid: {}", wording.text)).color(palette.error).size(12.5));
                continue;
            }
            let button =
                Button::new(RichText::new(&*wording.text).size(12.5)).stroke(Stroke::new(1.0, palette.hairline));
            if ui.add(button).on_hover_text("Insert this wording").clicked() {
                commands.push(Command::InsertTranslation { found: term.found, english });
            }
        }
    });
}

/// How the translation speaks of the term, where that is not as the glossary says.
fn warning(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    id: Id,
    term: &NumberedTerm<'_>,
) {
    let deviations = session.active().map(|unit| session.deviations(unit)).unwrap_or_default();
    let Some((_, used)) = deviations.into_iter().find(|(concept, _)| concept.id == term.concept.id) else { return };
    let (words, color) = match used {
        TermUse::Forbidden(wording) => (format!("You wrote “{wording}”, which is to be avoided."), palette.error),
        _ => ("Your translation has none of these.".to_owned(), palette.warning),
    };
    let style = TextStyle { color, ..palette.words(12.5) };
    label(ui, engine, id.with("warning"), &words, &style, ui.available_width());
}

/// What a concept is and why it was found, in one line.
fn about(concept: &Concept, found: &Match) -> String {
    let why = why(found);
    let parts = [Some(kind_words(concept.kind)), Some(&*concept.domain), Some(&*concept.note), Some(&*why)];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// How the text differs from the glossary, in a translator's words.
fn why(found: &Match) -> String {
    match found.variation {
        Variation::Exact => String::new(),
        Variation::Folded => "spelled differently".to_owned(),
        Variation::Proclitic => "with a prefix".to_owned(),
        Variation::Article | Variation::Inflected | Variation::Hint => {
            let words = INFLECTION_WORDS.iter().filter(|(flag, _)| found.inflection.contains(*flag));
            words.map(|(_, words)| *words).collect::<Vec<_>>().join(", ")
        }
    }
}

const INFLECTION_WORDS: [(Inflection, &str); 12] = [
    (Inflection::GUESSED, "perhaps a plural of it"),
    (Inflection::BY_HAND, "form added by hand"),
    (Inflection::NISBA, "adjective of it"),
    (Inflection::SINGULAR, "singular"),
    (Inflection::DUAL, "dual"),
    (Inflection::PLURAL, "plural"),
    (Inflection::MASCULINE, "masculine"),
    (Inflection::FEMININE, "feminine"),
    (Inflection::ACCUSATIVE, "accusative"),
    (Inflection::SHORTENED, "without its ي"),
    (Inflection::PRONOUN, "with a pronoun (his, its, their)"),
    (Inflection::ARTICLE, "with or without ال"),
];

/// What a kind is called.
pub(super) fn kind_words(kind: ConceptKind) -> &'static str {
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
    let english = TextStyle { bold: true, ..palette.words(15.0) };
    label(ui, engine, id.with("english"), concept.preferred_english().unwrap_or("—"), &english, width);
    let others: Vec<&str> =
        concept.english.iter().filter(|term| term.status == TermStatus::Admitted).map(|term| &*term.text).collect();
    if !others.is_empty() {
        label(ui, engine, id.with("others"), &format!("also: {}", others.join(", ")), &palette.words(13.0), width);
    }
    let avoid: Vec<&str> =
        concept.english.iter().filter(|term| term.status == TermStatus::Forbidden).map(|term| &*term.text).collect();
    if !avoid.is_empty() {
        let style = TextStyle { color: palette.error, ..palette.words(13.0) };
        label(ui, engine, id.with("avoid"), &format!("avoid: {}", avoid.join(", ")), &style, width);
    }
    let style = TextStyle { color: palette.muted, ..palette.words(12.0) };
    label(ui, engine, id.with("about"), &about(concept, found), &style, width);
}
