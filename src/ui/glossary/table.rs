//! The table of what fits: only the rows in view are laid out.

use egui::{Align, Id, Layout, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};

use super::{Browser, GoesTo, small};
use crate::domain::{Concept, Layer, Order, SortBy};
use crate::session::{Command, Session};
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
    header(ui, browser, commands);
    let height = ui.available_height();
    let area = ScrollArea::vertical().id_salt("glossary table").max_height(height).auto_shrink(false);
    let area = match browser.place(session).filter(|_| std::mem::take(&mut browser.reveals)) {
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
}

/// The names of the columns, which sort by them.
fn header(ui: &mut Ui, browser: &mut Browser, commands: &mut Vec<Command>) {
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
    let mut inside = child(ui, english_at, Layout::left_to_right(Align::Center));
    line(&mut inside, engine, id.with("english"), english, &style, english_at.width());
    let mut inside = child(ui, arabic_at, Layout::right_to_left(Align::Center));
    line(&mut inside, engine, id.with("arabic"), arabic, &palette.arabic_words(16.0), arabic_at.width());
    let muted = TextStyle { color: palette.muted, ..palette.words(12.0) };
    let mut inside = child(ui, kind_at, Layout::left_to_right(Align::Center));
    line(&mut inside, engine, id.with("kind"), kind_words(concept.kind), &muted, kind_at.width());
    let used = match session.times_chosen(&concept.id) {
        0 => String::new(),
        times => format!("{times}×"),
    };
    let mut inside = child(ui, used_at, Layout::right_to_left(Align::Center));
    line(&mut inside, engine, id.with("used"), &used, &muted, used_at.width());
    if response.clicked() && !current {
        browser.go_to(concept.id.clone(), commands);
    }
    if response.double_clicked() {
        browser.goes_to = Some(GoesTo::English);
    }
}

fn child(ui: &mut Ui, place: Rect, layout: Layout) -> Ui {
    ui.new_child(UiBuilder::new().max_rect(place).layout(layout))
}
