//! What an import would do, concept by concept: only the rows in view are laid out.

use egui::{Align, EventFilter, Id, Key, Layout, Modifiers, Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui};
use egui::{UiBuilder, pos2, vec2};

use crate::domain::{Concept, ConceptId, ImportPlan, Term, TermStatus};
use crate::session::Session;
use crate::ui::terms::kind_words;
use crate::ui::text::{TextEngine, TextStyle, label, line};
use crate::ui::theme::Palette;

const ROW: f32 = 32.0;
const STATE: f32 = 76.0;
const KIND: f32 = 92.0;
/// Below this width there is no room for kinds.
const WIDTH_FOR_KINDS: f32 = 560.0;

/// From this many bytes on a text may be cut short in a cell, and is shown whole to whoever points at it.
const LONG: usize = 20;
const TOOLTIP: f32 = 420.0;

/// What would become of a concept of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    New,
    Changed,
    LeftOut,
    Undecided,
}

impl Group {
    const ALL: [Self; 4] = [Self::New, Self::Changed, Self::LeftOut, Self::Undecided];

    fn count(self, plan: &ImportPlan) -> usize {
        match self {
            Self::New => plan.add.len(),
            Self::Changed => plan.change.len(),
            Self::LeftOut => plan.skip.len(),
            Self::Undecided => plan.conflicts.len(),
        }
    }

    fn words(self, plan: &ImportPlan) -> String {
        let count = self.count(plan);
        match (self, plan.differing()) {
            (Self::New, _) => format!("{count} new"),
            (Self::Changed, 0) => format!("{count} changed"),
            (Self::Changed, differing) => format!("{count} changed, {differing} of them translated differently"),
            (Self::LeftOut, _) => format!("{count} left out"),
            (Self::Undecided, _) => format!("{count} undecided"),
        }
    }
}

/// What is shown of it.
#[derive(Default)]
pub(super) struct Shown {
    /// Only this.
    group: Option<Group>,
    /// How far the list is scrolled.
    offset: f32,
}

/// The list, which scrolls by key while it has the focus.
pub(super) fn list_id() -> Id {
    Id::unique("import list")
}

/// Draws the summary and the list.
pub(super) fn show(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    shown: &mut Shown,
    height: f32,
) {
    let top = ui.cursor().top();
    let Some(plan) = session.import().plan() else { return };
    summary(ui, palette, plan, shown);
    let rows: usize = groups(shown, plan).map(|group| group.count(plan)).sum();
    let height = (height - (ui.cursor().top() - top)).max(3.0 * ROW);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let jumps = scroll_by_key(ui, palette, rect, rows, shown);
    let mut inside = ui.new_child(UiBuilder::new().id_salt("planned").max_rect(rect.shrink(1.0)));
    inside.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let area = ScrollArea::vertical().id_salt("import list").max_height(height - 2.0).auto_shrink(false);
    let area = if jumps { area.vertical_scroll_offset(shown.offset) } else { area };
    let output = area.show_rows(&mut inside, ROW, rows, |ui, range| {
        for number in range {
            row(ui, engine, session, palette, (shown, plan), number);
        }
    });
    shown.offset = output.state.clamped_offset().y;
}

/// What would happen in a line, where the list is out of sight.
pub(super) fn in_a_line(plan: &ImportPlan) -> String {
    let groups = Group::ALL.into_iter().filter(|group| group.count(plan) > 0);
    groups.map(|group| group.words(plan)).collect::<Vec<_>>().join(" · ")
}

/// How many there are of each, which shows them alone.
fn summary(ui: &mut Ui, palette: &Palette, plan: &ImportPlan, shown: &mut Shown) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().button_padding = vec2(6.0, 2.0);
        ui.spacing_mut().item_spacing = vec2(4.0, 2.0);
        for group in Group::ALL.into_iter().filter(|group| group.count(plan) > 0) {
            let words = group.words(plan);
            let selected = shown.group == Some(group);
            let response = ui.selectable_label(selected, RichText::new(&words).size(13.5));
            let spoken = format!("Show only: {words}");
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, &spoken));
            if response.clicked() {
                *shown = Shown { group: if selected { None } else { Some(group) }, offset: 0.0 };
            }
        }
        if plan.is_empty() {
            ui.label(RichText::new("Nothing in the glossary would change.").size(13.0).color(palette.muted));
        }
    });
    if shown.group.is_some_and(|group| group.count(plan) == 0) {
        *shown = Shown::default();
    }
}

fn groups(shown: &Shown, plan: &ImportPlan) -> impl Iterator<Item = Group> {
    let only = shown.group.filter(|group| group.count(plan) > 0);
    Group::ALL.into_iter().filter(move |group| only.is_none_or(|only| only == *group))
}

/// Lets the list have the focus and be scrolled with the keyboard; returns whether it was.
fn scroll_by_key(ui: &Ui, palette: &Palette, rect: Rect, rows: usize, shown: &mut Shown) -> bool {
    let response = ui.interact(rect, list_id(), Sense::focusable_noninteractive());
    let spoken = format!("What would happen: {rows} concepts");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::List, true, &spoken));
    let edge = if response.has_focus() { palette.accent } else { palette.hairline };
    ui.painter().rect_stroke(rect, 4.0, Stroke::new(1.0, edge), StrokeKind::Inside);
    if !response.has_focus() {
        return false;
    }
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(list_id(), filter));
    let (page, last) = (rect.height() - ROW, (rows as f32 * ROW - rect.height()).max(0.0));
    let before = shown.offset;
    for (key, step) in [
        (Key::ArrowDown, ROW),
        (Key::ArrowUp, -ROW),
        (Key::PageDown, page),
        (Key::PageUp, -page),
        (Key::Home, -last),
        (Key::End, last),
    ] {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            shown.offset = (shown.offset + step).clamp(0.0, last);
        }
    }
    (shown.offset - before).abs() > f32::EPSILON
}

/// A row in words.
struct Told<'a> {
    state: &'static str,
    /// Whether a person should look at it.
    wants_look: bool,
    concept: &'a Concept,
    english: String,
    arabic: String,
}

fn told<'a>(session: &Session, plan: &'a ImportPlan, shown: &Shown, mut number: usize) -> Option<Told<'a>> {
    let known = |id: &ConceptId| session.termbase().and_then(|termbase| termbase.get(id));
    for group in groups(shown, plan) {
        if number >= group.count(plan) {
            number -= group.count(plan);
            continue;
        }
        let as_is = |concept: &'a Concept, state| {
            let (english, arabic) = (wordings(&concept.english), wordings(&concept.arabic));
            Told { state, wants_look: false, concept, english, arabic }
        };
        return Some(match group {
            Group::New => as_is(&plan.add[number], "new"),
            Group::Changed => {
                let change = &plan.change[number];
                let told = as_is(&change.after, if change.differs { "differs" } else { "changed" });
                let (english, arabic) = match known(&change.after.id) {
                    Some(before) => change_words(before, &change.after),
                    None => (told.english, told.arabic),
                };
                Told { wants_look: change.differs, english, arabic, ..told }
            }
            Group::LeftOut => {
                let skipped = &plan.skip[number];
                as_is(&skipped.incoming, if skipped.is_news { "left out" } else { "the same" })
            }
            Group::Undecided => {
                let conflict = &plan.conflicts[number];
                let told = as_is(&conflict.incoming, "undecided");
                let could_be = conflict.candidates.iter().filter_map(known).filter_map(Concept::preferred_english);
                let could_be = could_be.collect::<Vec<_>>().join(" or ");
                let english = format!("{}  (could be {could_be})", told.english);
                Told { wants_look: true, english, ..told }
            }
        });
    }
    None
}

/// Wordings in a line; those to avoid as tables write them.
fn wordings(terms: &[Term]) -> String {
    let word = |term: &Term| {
        if term.status == TermStatus::Forbidden { format!("!{}", term.text) } else { term.text.to_string() }
    };
    if terms.is_empty() { "—".to_owned() } else { terms.iter().map(word).collect::<Vec<_>>().join(" | ") }
}

/// The English and the Arabic of a concept that would change, each with what it was where that is something else.
fn change_words(before: &Concept, after: &Concept) -> (String, String) {
    let both = |before: &[Term], after: &[Term], arrow: &str| {
        let (was, is) = (wordings(before), wordings(after));
        if was == is {
            is
        } else if !before.is_empty() && after.starts_with(before) {
            format!("{was}  + {}", wordings(&after[before.len()..]))
        } else {
            format!("{was} {arrow} {is}")
        }
    };
    let mut english = both(&before.english, &after.english, "→");
    let others = [
        ("kind", before.kind != after.kind),
        ("domain", before.domain != after.domain),
        ("definition", before.definition != after.definition),
        ("note", before.note != after.note),
        ("source", before.source != after.source),
    ];
    let others: Vec<&str> = others.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect();
    if !others.is_empty() {
        english = format!("{english}  ({} changed)", others.join(", "));
    }
    (english, both(&before.arabic, &after.arabic, "←"))
}

fn row(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    (shown, plan): (&Shown, &ImportPlan),
    number: usize,
) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let Some(told) = told(session, plan, shown, number) else { return };
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, palette.hairline));
    let id = Id::unique(("planned", number));
    let kind = if rect.width() >= WIDTH_FOR_KINDS { KIND } else { 0.0 };
    let words = rect.width() - STATE - kind - 8.0;
    let mut left = rect.left() + 4.0;
    let [state_at, english_at, arabic_at, kind_at] = [STATE, words * 0.55, words * 0.45, kind].map(|width| {
        let place = Rect::from_min_max(pos2(left, rect.top()), pos2(left + width, rect.bottom()));
        left += width;
        place.shrink2(vec2(4.0, 0.0))
    });
    let color = if told.wants_look { palette.warning } else { palette.muted };
    let state = TextStyle { color, ..palette.words(12.5) };
    cell(ui, engine, id.with("state"), told.state, &state, state_at);
    cell(ui, engine, id.with("english"), &told.english, &palette.words(14.0), english_at);
    cell(ui, engine, id.with("arabic"), &told.arabic, &palette.arabic_words(15.5), arabic_at);
    if kind > 0.0 {
        let muted = TextStyle { color: palette.muted, ..palette.words(12.0) };
        cell(ui, engine, id.with("kind"), kind_words(told.concept.kind), &muted, kind_at);
    }
}

fn cell(ui: &mut Ui, engine: &mut TextEngine, id: Id, text: &str, style: &TextStyle, place: Rect) {
    let placing = match style.direction {
        crate::ui::text::Direction::Rtl => Layout::right_to_left(Align::Center),
        crate::ui::text::Direction::Ltr => Layout::left_to_right(Align::Center),
    };
    let mut inside = ui.new_child(UiBuilder::new().max_rect(place).layout(placing));
    let response = line(&mut inside, engine, id, text, style, place.width());
    if text.len() > LONG {
        response.on_hover_ui(|ui| {
            label(ui, engine, id.with("whole"), text, style, TOOLTIP);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ConceptKind;

    #[test]
    fn a_change_is_told_with_what_was_before() {
        let concept = |arabic: &str, english: &[&str], note: &str| {
            let terms = |texts: &[&str]| texts.iter().map(|text| Term::new(*text, TermStatus::Preferred)).collect();
            let empty = Concept::new(ConceptId::new("a"), ConceptKind::Term);
            Concept { arabic: terms(&[arabic]), english: terms(english), note: note.into(), ..empty }
        };
        let check = |before: &Concept, after: &Concept, english: &str, arabic: &str| {
            assert_eq!(change_words(before, after), (english.to_owned(), arabic.to_owned()));
        };
        let shell = concept("قذيفة", &["shell"], "");
        check(&shell, &concept("قذيفة", &["shell", "round"], ""), "shell  + round", "قذيفة");
        check(&shell, &concept("قذيفة", &["round", "shell"], ""), "shell → round | shell", "قذيفة");
        check(&shell, &concept("قذيفة", &["shell"], "x"), "shell  (note changed)", "قذيفة");
        check(&concept("قذيفه", &[], ""), &shell, "— → shell", "قذيفه ← قذيفة");
    }
}
