//! The article in two columns: a row a unit, only those on screen laid out.
//!
//! Most rows have never been measured, so their heights are estimates that turn into measures when they come into
//! view. What stands at the top of the view is therefore kept as a row and a distance into it, and the scroll
//! offset follows from that, never the other way round.

mod folds;
mod gutter;
mod heights;
mod row;

use std::ops::Range;

use egui::scroll_area::ScrollAreaOutput;
use egui::{Event, Id, Rect, ScrollArea, Ui, UiBuilder, Vec2, pos2, vec2};

use super::text::{EditState, Selection, TextEngine};
use super::theme::Palette;
use crate::domain::{ProjectId, Unit, UnitId};
use crate::session::{Command, Session};
use crate::text::Span;
use heights::Heights;
use row::{Columns, Row, RowOutput};

/// Space kept between the caret and the edges of the view, in points.
const CARET_MARGIN: f32 = 48.0;

/// What the rows remember between frames.
#[derive(Default)]
pub(super) struct Rows {
    heights: Heights,
    heights_for: Option<HeightsFor>,
    /// The row at the top of the view, and how much of it is above, in points. Scrolling adds to the points; the row
    /// follows with the next frame.
    top: (usize, f64),
    /// Caret and selection of the translation that is being written.
    writing: Option<(UnitId, EditState)>,
    /// Caret and selection of the source text that is being read.
    reading: Option<(UnitId, EditState)>,
    /// The unit to scroll to, until it has been measured and shown.
    reveal: Option<UnitId>,
    /// The unit whose translation is to get the focus.
    focus: Option<UnitId>,
    /// Whether something was typed since the pointer last moved: nothing may then cover what it rests on.
    typing: bool,
}

/// What the heights depend on.
#[derive(Clone, PartialEq)]
struct HeightsFor {
    project: ProjectId,
    rows: usize,
    width: f32,
    scale: f32,
    /// The runs of rows that one row stands for.
    folded: Vec<Range<usize>>,
}

impl Rows {
    /// Draws the rows and adds what the user asked for.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        engine: &mut TextEngine,
        session: &Session,
        palette: &Palette,
        commands: &mut Vec<Command>,
    ) {
        let Some(project) = session.project() else { return };
        let columns = Columns::new(ui.available_width(), session.settings().panes_swapped);
        let heights_for = HeightsFor {
            project: project.id(),
            rows: project.units().len(),
            width: columns.text_width,
            scale: ui.ctx().pixels_per_point(),
            folded: session.folded().to_vec(),
        };
        let (ctx, units) = (ui.ctx().clone(), project.units());
        let row = |unit| Row { session, palette, columns: &columns, unit, active: false, pointed: false };
        let mut measure = |number: usize| match session.fold_at(number) {
            Some(run) => folds::height(&run, number),
            None => row(&units[number]).measure(&ctx, engine),
        };
        if self.heights_for.as_ref() != Some(&heights_for) {
            let estimate = |number: usize| match session.fold_at(number) {
                Some(run) => folds::height(&run, number),
                None => row::estimate(&units[number], columns.text_width, palette),
            };
            self.start_over(units.len(), heights_for, estimate, &mut measure);
        }
        let (typed, pointed) = ui.input(|input| {
            let typed = input.events.iter().any(|event| matches!(event, Event::Text(_)));
            (typed, input.pointer.delta() != Vec2::ZERO)
        });
        self.typing = (self.typing || typed) && !pointed;
        // Before any row is drawn: what is typed in this frame belongs to the row that has the focus now.
        if let Some(unit) = self.focus.take() {
            ui.memory_mut(|memory| memory.request_focus(row::target_id(unit)));
        }
        let view_height = f64::from(ui.available_height());
        self.scroll_towards(session, view_height, &mut measure);
        self.settle(view_height, &mut measure);
        let offset = self.heights.top(self.top.0) + self.top.1;
        let output = ScrollArea::vertical()
            .id_salt("rows")
            .auto_shrink(false)
            .content_margin(0)
            .vertical_scroll_offset(offset as f32)
            .show_viewport(ui, |ui, viewport| {
                ui.set_height(self.heights.total() as f32);
                let top = ui.max_rect().top() + viewport.top();
                let view = Rect::from_min_size(
                    pos2(ui.max_rect().left(), top),
                    vec2(ui.max_rect().width(), view_height as f32),
                );
                self.rows(ui, engine, session, palette, &columns, view, offset, commands);
            });
        self.follow(&output, offset);
    }

    /// Puts the caret of a unit's translation somewhere, gives it the focus and scrolls to it.
    pub(super) fn go_to(&mut self, unit: UnitId, selection: Selection) {
        self.writing = Some((unit, EditState::with_selection(selection)));
        self.focus = Some(unit);
        self.reveal = Some(unit);
    }

    fn start_over(
        &mut self,
        count: usize,
        heights_for: HeightsFor,
        estimate: impl Fn(usize) -> f32,
        measure: &mut impl FnMut(usize) -> f32,
    ) {
        let part_above = self.heights.rows().get(self.top.0).map_or(0.0, |height| self.top.1 / height);
        let another = self.heights_for.as_ref().is_none_or(|before| before.project != heights_for.project);
        self.heights = Heights::new((0..count).map(estimate));
        self.heights_for = Some(heights_for);
        if another {
            *self = Self {
                heights: std::mem::take(&mut self.heights),
                heights_for: self.heights_for.take(),
                ..Self::default()
            };
        }
        self.top.0 = self.top.0.min(count.saturating_sub(1));
        if count > 0 && !another {
            self.heights.set(self.top.0, measure(self.top.0));
            self.top.1 = part_above * self.heights.get(self.top.0);
        }
    }

    /// Moves the view so that the unit to be revealed lies in it, as far as the heights are known.
    fn scroll_towards(&mut self, session: &Session, view_height: f64, measure: &mut impl FnMut(usize) -> f32) {
        let Some(row) = self.reveal.and_then(|unit| session.project()?.position(unit)) else { return };
        self.heights.set(row, measure(row));
        let (top, height) = (self.heights.top(row), self.heights.get(row));
        let offset = self.heights.top(self.top.0) + self.top.1;
        if top < offset || height > view_height {
            self.top = (row, 0.0);
        } else if top + height > offset + view_height {
            self.top = (row, height - view_height);
        }
    }

    /// Finds the row at the top of the view, as `top` may lie outside the row that it names. The rows that come into
    /// view above are measured first: were they higher than estimated, they would push down what the eye follows.
    fn settle(&mut self, view_height: f64, measure: &mut impl FnMut(usize) -> f32) {
        // After a longer way nothing is in view that was there before.
        if self.top.1 >= -2.0 * view_height {
            while self.top.1 < 0.0 && self.top.0 > 0 {
                self.top.0 -= 1;
                self.heights.set(self.top.0, measure(self.top.0));
                self.top.1 += self.heights.get(self.top.0);
            }
        }
        let last_top = (self.heights.total() - view_height).max(0.0);
        self.top = self.heights.at((self.heights.top(self.top.0) + self.top.1).min(last_top));
    }

    /// Draws the rows in view, and the one being written in wherever it is, so that it keeps the focus.
    #[allow(clippy::too_many_arguments, reason = "all that drawing needs, borrowed for a moment")]
    fn rows(
        &mut self,
        ui: &mut Ui,
        engine: &mut TextEngine,
        session: &Session,
        palette: &Palette,
        columns: &Columns,
        view: Rect,
        offset: f64,
        commands: &mut Vec<Command>,
    ) {
        let Some(project) = session.project() else { return };
        let units = project.units();
        let (first, _) = self.heights.at(offset);
        let mut y = f64::from(view.top()) + self.heights.top(first) - offset;
        let mut shown = first..first;
        while shown.end < units.len() && y < f64::from(view.bottom()) {
            if let Some(run) = session.fold_at(shown.end) {
                let height = folds::height(&run, shown.end);
                if height > 0.0 {
                    let place = Rect::from_min_size(pos2(view.left(), y as f32), vec2(view.width(), height));
                    folds::show(ui, palette, session, place, &units[run.clone()], commands);
                }
                y += f64::from(height);
                shown.end = run.end;
                continue;
            }
            let output = self.row(ui, engine, session, palette, columns, &units[shown.end], (view, y as f32), commands);
            self.heights.set(shown.end, output.height);
            y += f64::from(output.height);
            shown.end += 1;
        }
        let active = session.active().and_then(|unit| project.position(unit));
        let is_folded = |place: usize| session.fold_at(place).is_some();
        if let Some(active) = active.filter(|active| !shown.contains(active) && !is_folded(*active)) {
            let y = f64::from(view.top()) + self.heights.top(active) - offset;
            let output = self.row(ui, engine, session, palette, columns, &units[active], (view, y as f32), commands);
            self.heights.set(active, output.height);
        }
        let revealed = self.reveal.and_then(|unit| project.position(unit));
        if revealed.is_some_and(|row| shown.contains(&row)) {
            self.reveal = None;
            let settled = revealed.map(|row| self.heights.top(row) + self.heights.get(row));
            let bottom = offset + f64::from(view.height());
            if settled.is_some_and(|end| end > bottom + 1.0) {
                self.top.1 += settled.map_or(0.0, |end| end - bottom);
                ui.ctx().request_repaint();
            }
        } else if self.reveal.is_some() {
            ui.ctx().request_repaint();
        }
    }

    #[allow(clippy::too_many_arguments, reason = "all that drawing needs, borrowed for a moment")]
    fn row(
        &mut self,
        ui: &mut Ui,
        engine: &mut TextEngine,
        session: &Session,
        palette: &Palette,
        columns: &Columns,
        unit: &Unit,
        (view, y): (Rect, f32),
        commands: &mut Vec<Command>,
    ) -> RowOutput {
        let place = Rect::from_min_size(pos2(view.left(), y), vec2(view.width(), 0.0));
        let mut child = ui.new_child(UiBuilder::new().scope_id(Id::unique(("row", unit.id))).max_rect(place));
        let (owns_writing, mut writing) = take_state(&mut self.writing, unit.id);
        let (owns_reading, mut reading) = take_state(&mut self.reading, unit.id);
        let active = session.active() == Some(unit.id);
        let row = Row { session, palette, columns, unit, active, pointed: !self.typing };
        let output = row.show(&mut child, engine, &mut writing, &mut reading, commands);
        if output.writes || owns_writing {
            self.writing = Some((unit.id, writing));
        }
        if output.reads || owns_reading {
            self.reading = Some((unit.id, reading));
        }
        if output.picked {
            self.go_to(unit.id, Selection::over(Span::at(unit.target.len())));
        }
        if let Some(caret) = output.moved_caret {
            self.keep_in_view(caret, view);
        }
        output
    }

    /// Scrolls just so far that a caret that has moved is in view.
    fn keep_in_view(&mut self, caret: Rect, view: Rect) {
        let margin = CARET_MARGIN.min(view.height() / 4.0);
        if caret.top() < view.top() + margin {
            self.top.1 += f64::from(caret.top() - view.top() - margin);
        } else if caret.bottom() > view.bottom() - margin {
            self.top.1 += f64::from(caret.bottom() - view.bottom() + margin);
        }
    }

    /// Takes over what the wheel and the scroll bar did.
    fn follow<R>(&mut self, output: &ScrollAreaOutput<R>, offset: f64) {
        let scrolled = f64::from(output.state.clamped_offset().y - offset as f32);
        if scrolled.abs() > 0.01 {
            self.reveal = None;
            self.top.1 += scrolled;
        }
    }
}

/// The state of a unit's field and whether it was remembered; otherwise a fresh one.
fn take_state(remembered: &mut Option<(UnitId, EditState)>, unit: UnitId) -> (bool, EditState) {
    match remembered.take_if(|(owner, _)| *owner == unit) {
        Some((_, state)) => (true, state),
        None => (false, EditState::default()),
    }
}
