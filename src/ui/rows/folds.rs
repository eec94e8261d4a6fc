//! The one row that stands for a run of page furniture.

use std::ops::Range;

use egui::{Align2, FontId, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2};

use super::row::target_id;
use crate::domain::Unit;
use crate::session::{Command, Session};
use crate::ui::theme::Palette;

const HEIGHT: f32 = 30.0;

/// The height of a row of a folded run, in points: the first stands for all of them.
pub(super) fn height(run: &Range<usize>, row: usize) -> f32 {
    if row == run.start { HEIGHT } else { 0.0 }
}

/// Draws the row of a folded run, whose units these are, and adds what the user asked for.
pub(super) fn show(
    ui: &Ui,
    palette: &Palette,
    session: &Session,
    place: Rect,
    units: &[Unit],
    commands: &mut Vec<Command>,
) {
    let first = &units[0];
    // It has the focus where a translation would have it.
    let response = ui.interact(place, target_id(first.id), Sense::click());
    let what = format!("{} lines of page furniture", units.len());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Show {what}")));
    let active = session.active() == Some(first.id);
    let painter = ui.painter();
    if active || response.hovered() {
        painter.rect_filled(place, 0.0, palette.active_row);
    }
    if response.has_focus() {
        painter.rect_stroke(place.shrink(2.0), 4.0, Stroke::new(1.0, palette.accent), StrokeKind::Inside);
    }
    painter.hline(place.x_range(), place.bottom() - 0.5, Stroke::new(1.0, palette.hairline));
    let keys = |command: Command| command.shortcut().map(|keys| keys.to_string()).unwrap_or_default();
    let words = if active {
        let (show, bring_back) = (keys(Command::ToggleFold), keys(Command::ToggleIncluded));
        format!("{what} — {show} shows them, {bring_back} brings them back")
    } else {
        format!("{what} — show")
    };
    // The words are the program's own, and so English.
    painter.text(place.center(), Align2::CENTER_CENTER, words, FontId::proportional(12.5), palette.muted);
    for x in [place.left() + 14.0, place.right() - 14.0] {
        triangle(ui, pos2(x, place.center().y), palette);
    }
    if response.gained_focus() && !active {
        commands.push(Command::Select { unit: first.id, caret: crate::text::Span::at(0) });
    }
    if response.clicked() {
        commands.push(Command::Unfold(first.id));
    }
}

/// Points down to what is folded away.
fn triangle(ui: &Ui, at: egui::Pos2, palette: &Palette) {
    let points = vec![pos2(at.x - 4.0, at.y - 2.0), pos2(at.x + 4.0, at.y - 2.0), pos2(at.x, at.y + 3.0)];
    ui.painter().add(egui::Shape::convex_polygon(points, palette.muted, Stroke::NONE));
}
