//! The concept that is looked at: its wordings to change, where it is used, and what it was.

use egui::{Button, Id, Key, Modifiers, RichText, ScrollArea, Ui, vec2};

use super::{Browser, GoesTo, search_field, small, switch};
use crate::domain::{Concept, ConceptKind, Layer, PartOfSpeech, Term, TermStatus, TermType};
use crate::session::{Command, Session};
use crate::storage::termbase::Version;
use crate::text::Span;
use crate::ui::line::{Line, Look};
use crate::ui::terms::kind_words;
use crate::ui::text::{TextEngine, TextStyle, label};
use crate::ui::theme::Palette;

/// A concept while it is changed.
pub(super) struct Form {
    /// As it is in the glossary.
    base: Concept,
    /// As it was saved last, or is in the glossary.
    saved: Concept,
    kind: ConceptKind,
    domain: Line,
    definition: Line,
    source: Line,
    note: Line,
    arabic: Vec<Wording>,
    english: Vec<Wording>,
}

/// A wording while it is changed.
struct Wording {
    line: Line,
    status: TermStatus,
    part_of_speech: Option<PartOfSpeech>,
    term_type: Option<TermType>,
    /// Inflected forms, with commas between them.
    forms: Line,
    /// Whether it is one that the concept has.
    is_known: bool,
    /// Whether all of this shows.
    is_open: bool,
}

impl Form {
    fn new(concept: &Concept) -> Self {
        let form = Self {
            base: concept.clone(),
            saved: concept.clone(),
            kind: concept.kind,
            domain: Line::new(concept.domain.to_string()),
            definition: Line::new(concept.definition.to_string()),
            source: Line::new(concept.source.to_string()),
            note: Line::new(concept.note.replace('\n', " ")),
            arabic: wordings(&concept.arabic),
            english: wordings(&concept.english),
        };
        Self { saved: form.concept(), ..form }
    }

    /// The concept as it is typed.
    fn concept(&self) -> Concept {
        let note = self.note.text();
        let same_note = note == self.base.note.replace('\n', " ");
        let mut concept = Concept {
            kind: self.kind,
            domain: self.domain.text().into(),
            definition: self.definition.text().into(),
            source: self.source.text().into(),
            note: if same_note { self.base.note.clone() } else { note.into() },
            arabic: self.arabic.iter().map(Wording::term).collect(),
            english: self.english.iter().map(Wording::term).collect(),
            ..self.base.clone()
        };
        concept.tidy();
        concept
    }

    /// The concept, if it was changed and still has a name.
    pub(super) fn changed(&self) -> Option<Concept> {
        Some(self.concept()).filter(|concept| *concept != self.saved && !concept.arabic.is_empty())
    }
}

impl Wording {
    fn new(term: &Term) -> Self {
        Self {
            line: Line::new(term.text.to_string()),
            status: term.status,
            part_of_speech: term.part_of_speech,
            term_type: term.term_type,
            forms: Line::new(term.forms.join(", ")),
            is_known: true,
            is_open: false,
        }
    }

    /// Room for another one.
    fn room(status: TermStatus) -> Self {
        Self { is_known: false, ..Self::new(&Term::new("", status)) }
    }

    fn term(&self) -> Term {
        Term {
            text: self.line.text().into(),
            forms: self.forms.text().split([',', '،']).map(Box::from).collect(),
            status: self.status,
            part_of_speech: self.part_of_speech,
            term_type: self.term_type,
        }
    }
}

/// The wordings of a concept, and room for another one.
fn wordings(terms: &[Term]) -> Vec<Wording> {
    let mut wordings: Vec<Wording> = terms.iter().map(Wording::new).collect();
    let status = if wordings.is_empty() { TermStatus::Preferred } else { TermStatus::Admitted };
    wordings.push(Wording::room(status));
    wordings
}

/// Draws the concept and adds what the user asked for.
pub(super) fn show(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    browser: &mut Browser,
    commands: &mut Vec<Command>,
) {
    let shown = browser.current.as_ref().and_then(|id| session.termbase()?.get(id));
    let Some(concept) = shown else {
        let words = if session.is_browsing() { "" } else { "Nothing in the glossary fits." };
        label(ui, engine, Id::unique("nothing fits"), words, &palette.words(14.0), ui.available_width());
        return;
    };
    let stale = |form: &Form| form.base.id != concept.id || (form.base != *concept && form.changed().is_none());
    if browser.form.as_ref().is_none_or(stale) {
        browser.form = Some(Form::new(concept));
    }
    let goes_to_form = browser.goes_to.take_if(|to| *to == GoesTo::English).is_some();
    let Some(form) = &mut browser.form else { return };
    let in_form = ui.memory(|memory| memory.focused().is_some_and(|focused| is_of_form(focused, form)));
    let enter = in_form && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    ScrollArea::vertical().id_salt("concept").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
        fields(ui, engine, palette, form, goes_to_form);
        about(ui, engine, session, palette, concept, commands);
        past(ui, engine, session, palette, concept, commands);
    });
    if enter && let Some(concept) = form.changed() {
        form.saved = concept.clone();
        commands.push(Command::EditConcepts(vec![concept]));
    }
    if enter {
        browser.goes_to = Some(GoesTo::Search);
    }
}

fn field(language: &str, number: usize) -> Id {
    Id::unique(("concept field", language, number))
}

fn is_of_form(focused: Id, form: &Form) -> bool {
    let (arabic, english) = (form.arabic.len(), form.english.len());
    let wordings =
        [("Arabic", arabic), ("English", english), ("Forms of Arabic", arabic), ("Forms of English", english)];
    let texts = ["Domain", "Definition", "Source", "Note"].map(|name| (name, 1));
    let lines = wordings.into_iter().chain(texts);
    focused != search_field()
        && lines.into_iter().any(|(name, count)| (0..count).any(|number| focused == field(name, number)))
}

fn fields(ui: &mut Ui, engine: &mut TextEngine, palette: &Palette, form: &mut Form, gives_focus: bool) {
    for number in 0..form.arabic.len() {
        wording(ui, engine, palette, "Arabic", number, &mut form.arabic[number], false);
    }
    ui.add_space(2.0);
    for number in 0..form.english.len() {
        wording(ui, engine, palette, "English", number, &mut form.english[number], gives_focus && number == 0);
    }
    for wordings in [&mut form.arabic, &mut form.english] {
        if wordings.last().is_some_and(|last| !last.line.text().is_empty()) {
            wordings.push(Wording::room(TermStatus::Admitted));
        }
    }
    ui.add_space(2.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.spacing_mut().button_padding = vec2(5.0, 2.0);
        for kind in ConceptKind::ALL {
            ui.selectable_value(&mut form.kind, kind, small(kind_words(kind)));
        }
    });
    for (name, line) in [
        ("Domain", &mut form.domain),
        ("Definition", &mut form.definition),
        ("Source", &mut form.source),
        ("Note", &mut form.note),
    ] {
        let look = Look { id: field(name, 0), name, hint: name, style: palette.words(13.0) };
        line.show_as(ui, engine, palette, &look, false);
    }
}

/// A wording and its status, which a click changes to the next one.
fn wording(
    ui: &mut Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    language: &str,
    number: usize,
    wording: &mut Wording,
    gives_focus: bool,
) {
    const STATUS: f32 = 104.0;
    let is_new = !wording.is_known && wording.line.text().is_empty();
    let name = if number == 0 { format!("{language} of the concept") } else { format!("{language} {}", number + 1) };
    let hint = if number == 0 { language } else { "Another wording" };
    let style = match language {
        _ if is_new && number > 0 => palette.words(12.5),
        "Arabic" => palette.arabic_words(17.0),
        _ => palette.words(14.5),
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let width = ui.available_width() - STATUS;
        ui.allocate_ui(vec2(width, 0.0), |ui| {
            ui.set_max_width(width);
            let look = Look { id: field(language, number), name: &name, hint, style };
            wording.line.show_as(ui, engine, palette, &look, gives_focus);
        });
        if is_new {
            return;
        }
        let color = if wording.status == TermStatus::Forbidden { palette.error } else { palette.muted };
        let button = Button::new(RichText::new(status_words(wording.status)).size(12.0).color(color)).frame(false);
        let response = ui.add(button).on_hover_text("Preferred, admitted, or to be avoided");
        let spoken = format!("Status of {}: {}", wording.line.text(), status_words(wording.status));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &spoken));
        if response.clicked() {
            wording.status = next(wording.status);
        }
        let opener = ui.add(Button::new(RichText::new("…").size(12.0).color(palette.muted)).frame(false));
        let spoken = format!("More about {}", wording.line.text());
        opener.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, wording.is_open, &spoken));
        if opener.on_hover_text("Part of speech, type and inflected forms").clicked() {
            wording.is_open = !wording.is_open;
        }
    });
    if wording.is_open && !is_new {
        more(ui, engine, palette, language, number, wording);
    }
}

/// What part of speech a wording is, how it stands to the full name, and its forms that rules do not find.
fn more(ui: &mut Ui, engine: &mut TextEngine, palette: &Palette, language: &str, number: usize, wording: &mut Wording) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(2.0, 2.0);
        ui.spacing_mut().button_padding = vec2(5.0, 2.0);
        for part in PartOfSpeech::ALL {
            switch(ui, &mut wording.part_of_speech, part, part.key(), part.key());
        }
        ui.add_space(8.0);
        for term_type in TermType::ALL {
            switch(ui, &mut wording.term_type, term_type, type_words(term_type), type_words(term_type));
        }
    });
    let name = format!("Forms of {language}");
    let style = if language == "Arabic" { palette.arabic_words(15.0) } else { palette.words(13.0) };
    let look = Look { id: field(&name, number), name: &name, hint: "Inflected forms, with commas", style };
    wording.forms.show_as(ui, engine, palette, &look, false);
}

fn type_words(term_type: TermType) -> &'static str {
    match term_type {
        TermType::FullForm => "full form",
        TermType::ShortForm => "short form",
        TermType::Abbreviation => "abbreviation",
        TermType::Acronym => "acronym",
        TermType::Variant => "variant",
        TermType::Phrase => "phrase",
    }
}

fn status_words(status: TermStatus) -> &'static str {
    match status {
        TermStatus::Preferred => "preferred",
        TermStatus::Admitted => "admitted",
        TermStatus::Forbidden => "to avoid",
    }
}

fn next(status: TermStatus) -> TermStatus {
    match status {
        TermStatus::Preferred => TermStatus::Admitted,
        TermStatus::Admitted => TermStatus::Forbidden,
        TermStatus::Forbidden => TermStatus::Preferred,
    }
}

/// Whose it is, how often it was used, and where the article speaks of it.
fn about(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    concept: &Concept,
    commands: &mut Vec<Command>,
) {
    let width = ui.available_width();
    let muted = TextStyle { color: palette.muted, ..palette.words(12.5) };
    let termbase = session.termbase();
    let layer = termbase.and_then(|termbase| termbase.layer(&concept.id)).unwrap_or(Layer::Own);
    let name = termbase.map_or("", |termbase| termbase.name(layer));
    let origin = match layer {
        Layer::Own => format!("In “{name}”."),
        Layer::Below(_) => format!("In “{name}”, which is only read: a change makes a copy in your own glossary."),
    };
    let words = match session.times_chosen(&concept.id) {
        0 => origin,
        1 => format!("{origin} Chosen once."),
        times => format!("{origin} Chosen {times} times."),
    };
    label(ui, engine, Id::unique("concept origin"), &words, &muted, width);
    let units = session.units_with(&concept.id);
    if let Some(first) = units.iter().find(|unit| Some(**unit) > session.active()).or(units.first()) {
        let paragraphs =
            if units.len() == 1 { "one paragraph".to_owned() } else { format!("{} paragraphs", units.len()) };
        if ui.button(small(&format!("Go to it in the article ({paragraphs})"))).clicked() {
            commands.push(Command::CloseSheet);
            commands.push(Command::Select { unit: *first, caret: Span::at(0) });
        }
    }
}

/// What the concept was, each version with a way back to it.
fn past(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    concept: &Concept,
    commands: &mut Vec<Command>,
) {
    let versions = session.history_of(&concept.id);
    if versions.len() < 2 {
        return;
    }
    let muted = TextStyle { color: palette.muted, ..palette.words(12.0) };
    ui.add_space(4.0);
    label(ui, engine, Id::unique("history"), "What it was", &muted, ui.available_width());
    for (number, version) in versions.iter().enumerate().skip(1) {
        let id = Id::unique(("version", number));
        label(ui, engine, id, &version_words(version), &palette.words(12.5), ui.available_width());
        let restore = Command::RestoreConcept(version.rev);
        if ui.small_button(restore.label()).on_hover_text(restore.tooltip()).clicked() {
            commands.push(restore);
        }
    }
}

fn version_words(version: &Version) -> String {
    let what = match &version.concept {
        Some(concept) => concept.preferred_english().unwrap_or("—").to_owned(),
        None => "deleted".to_owned(),
    };
    let by = if version.made.by.is_empty() { String::new() } else { format!(", {}", version.made.by) };
    format!("{what} · {}{by}", version.made.at.to_minute())
}
