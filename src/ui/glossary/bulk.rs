//! What can be done with all concepts that are ticked.

use egui::{Button, Id, Key, Modifiers, RichText, Ui, vec2};

use super::{Browser, in_rows, small};
use crate::domain::{Concept, ConceptId, ConceptKind, TermStatus, set_status_of_shown};
use crate::session::{Command, Session};
use crate::ui::line::{Line, Look};
use crate::ui::terms::kind_words;
use crate::ui::text::TextEngine;
use crate::ui::theme::Palette;

/// What is typed for all of them.
#[derive(Default)]
pub(super) struct Bulk {
    domain: Line,
}

/// What becomes of each of them.
enum Change {
    Kind(ConceptKind),
    /// Of the English that shows.
    Status(TermStatus),
    Domain(String),
}

impl Change {
    fn of(&self, concept: &Concept) -> Concept {
        let mut changed = concept.clone();
        match self {
            Self::Kind(kind) => changed.kind = *kind,
            Self::Status(status) => set_status_of_shown(&mut changed.english, *status),
            Self::Domain(domain) => changed.domain = domain.trim().into(),
        }
        changed
    }
}

/// Draws it and adds what the user asked for; nothing while nothing is ticked.
pub(super) fn show(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    browser: &mut Browser,
    commands: &mut Vec<Command>,
) {
    if browser.ticked.is_empty() {
        return;
    }
    let mut change = None;
    in_rows(ui, "glossary bulk", |ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 3.0);
        ui.label(RichText::new(format!("{} ticked:", browser.ticked.len())).color(palette.muted));
        for kind in ConceptKind::ALL {
            if named(ui, kind_words(kind), &format!("Change the kind to {}", kind_words(kind))) {
                change = Some(Change::Kind(kind));
            }
        }
        ui.add_space(8.0);
        for (status, words) in [
            (TermStatus::Preferred, "preferred"),
            (TermStatus::Admitted, "admitted"),
            (TermStatus::Forbidden, "to avoid"),
        ] {
            if named(ui, words, &format!("Change the status of the English to {words}")) {
                change = Some(Change::Status(status));
            }
        }
        ui.add_space(8.0);
        change = domain(ui, engine, palette, &mut browser.bulk).map(Change::Domain).or(change.take());
        ui.add_space(8.0);
        let ids = || browser.ticked.iter().cloned().collect::<Vec<ConceptId>>();
        let mut asked = None;
        if ends(ui, &Command::MergeConcepts(Vec::new()), browser.ticked.len() > 1) {
            asked = Some(Command::MergeConcepts(ids()));
        }
        if ends(ui, &Command::DeleteConcepts(Vec::new()), true) {
            asked = Some(Command::DeleteConcepts(ids()));
        }
        if let Some(asked) = asked {
            commands.push(asked);
            browser.ticked.clear();
        }
    });
    if let Some(change) = change {
        let concepts = browser.ticked.iter().filter_map(|id| session.termbase()?.get(id));
        let changed = concepts.map(|concept| (concept, change.of(concept))).filter(|(before, after)| *before != after);
        commands.push(Command::EditConcepts(changed.map(|(_, after)| after).collect()));
    }
}

/// A button after which nothing is ticked any more.
fn ends(ui: &mut Ui, command: &Command, enabled: bool) -> bool {
    ui.add_enabled(enabled, Button::new(small(command.label()))).on_hover_text(command.tooltip()).clicked()
}

fn named(ui: &mut Ui, words: &str, name: &str) -> bool {
    let response = ui.button(small(words)).on_hover_text(name);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    response.clicked()
}

/// A field for the domain of all of them; Return sets it.
fn domain(ui: &mut Ui, engine: &mut TextEngine, palette: &Palette, bulk: &mut Bulk) -> Option<String> {
    let id = Id::unique("domain of all ticked");
    let enters = ui.memory(|memory| memory.has_focus(id))
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    ui.allocate_ui(vec2(130.0, 26.0), |ui| {
        let look = Look { id, name: "Domain of all ticked", hint: "New domain", style: palette.words(12.5) };
        bulk.domain.show_as(ui, engine, palette, &look, false);
    });
    enters.then(|| bulk.domain.text().to_owned())
}
