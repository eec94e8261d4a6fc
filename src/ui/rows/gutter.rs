//! Between the columns: the row's number, and its state as a bar with a shape of its own.

use egui::{Align2, FontId, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::row::Row;
use crate::domain::{State, TermUse, Unit};
use crate::session::Command;

/// Draws the gutter of a row; a click, which it returns, makes the row the active one.
pub(super) fn show(ui: &Ui, place: Rect, row: &Row<'_>, commands: &mut Vec<Command>) -> bool {
    let id = egui::Id::unique(("gutter", row.unit.id));
    // The Tab key passes it by: whoever goes by keys is in the row already.
    let response = ui.interact(place, id, Sense::CLICK);
    let repaired = if row.unit.repaired.is_some() { ", Arabic repaired" } else { "" };
    let words = format!("Paragraph {}, {}{repaired}", row.unit.id.number(), state_words(row.unit));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &words));
    let clicked = response.clicked();
    if clicked {
        commands.push(Command::Select { unit: row.unit.id, caret: crate::text::Span::at(row.unit.target.len()) });
    }
    if ui.is_rect_visible(place) {
        paint(ui, place, row);
    }
    if row.pointed {
        response.on_hover_text(words);
    }
    tell_deviations(ui, place, row);
    clicked
}

/// A quiet mark beside the number of a row whose translation does not say what the glossary says.
fn tell_deviations(ui: &Ui, place: Rect, row: &Row<'_>) {
    let deviations = row.session.deviations(row.unit.id);
    if deviations.is_empty() {
        return;
    }
    let forbids = deviations.iter().any(|(_, used)| matches!(used, TermUse::Forbidden(_)));
    let color = if forbids { row.palette.error } else { row.palette.warning };
    let at = Rect::from_center_size(pos2(place.center().x + 17.0, place.top() + 14.0), vec2(16.0, 16.0));
    let names = deviations.iter().filter_map(|(concept, _)| concept.preferred_english()).collect::<Vec<_>>().join(", ");
    let words = format!("Not as in the glossary: {names}");
    let response = ui.interact(at, egui::Id::unique(("deviations", row.unit.id)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &words));
    ui.painter().text(at.center(), Align2::CENTER_CENTER, "≠", FontId::proportional(13.0), color);
    if row.pointed {
        response.on_hover_text(words);
    }
}

/// The state of a unit as a person would say it.
pub(super) fn state_words(unit: &Unit) -> &'static str {
    match unit.state {
        _ if !unit.included => "left out of the article",
        State::Initial if unit.target.is_empty() => "not translated",
        State::Initial => "draft, not confirmed",
        State::Translated => "translated",
        State::Reviewed => "reviewed",
        State::Final => "final",
    }
}

fn paint(ui: &Ui, place: Rect, row: &Row<'_>) {
    let palette = row.palette;
    let painter = ui.painter();
    let top = place.top() + 14.0;
    let number = row.unit.id.number();
    let color = if row.active { palette.ink } else { palette.muted };
    painter.text(pos2(place.center().x, top), Align2::CENTER_CENTER, number, FontId::proportional(12.0), color);

    let x = place.center().x;
    let bar = Rect::from_min_max(pos2(x - 1.5, top + 12.0), pos2(x + 1.5, (place.bottom() - 9.0).max(top + 22.0)));
    match row.unit.state {
        _ if !row.unit.included => {
            let line = Stroke::new(1.0, palette.muted);
            painter.line_segment([pos2(x - 4.0, bar.top() + 3.0), pos2(x + 4.0, bar.top() + 3.0)], line);
        }
        State::Initial if row.unit.target.is_empty() => {
            painter.vline(x, bar.y_range(), Stroke::new(1.0, palette.hairline));
        }
        State::Initial => {
            let half = Rect::from_min_max(bar.min, pos2(bar.right(), bar.center().y));
            painter.rect_filled(half, 1.5, palette.warning);
        }
        State::Translated => {
            painter.rect_filled(bar, 1.5, palette.accent);
        }
        State::Reviewed => {
            for side in [-3.0, 3.0] {
                painter.rect_filled(bar.translate(vec2(side, 0.0)), 1.5, palette.accent);
            }
        }
        State::Final => {
            painter.rect_filled(bar, 1.5, palette.accent);
            painter.circle_filled(pos2(x, bar.top() + 4.0), 5.0, palette.accent);
            let tick = [pos2(x - 2.5, bar.top() + 4.0), pos2(x - 0.5, bar.top() + 6.0), pos2(x + 2.5, bar.top() + 2.0)];
            painter.line(tick.to_vec(), Stroke::new(1.5, palette.on_accent));
        }
    }
}
