//! One row: the translation, the gutter and the source of a unit.

use std::sync::Arc;

use egui::{Context, Id, LayerId, Rect, Stroke, StrokeKind, Tooltip, Ui, UiBuilder, Vec2, pos2, vec2};

use super::gutter;
use crate::domain::{Match, ParagraphKind, Place, Unit, UnitId};
use crate::jobs::{Segmenter, Segmenters};
use crate::session::{Command, Session};
use crate::text::{RepairKind, Span, places_of};
use crate::ui::terms;
use crate::ui::text::{
    EditState, Field, FieldOutput, Laid, Mark, MarkLook, TextEngine, TextStyle, editor, label, reader,
};
use crate::ui::theme::Palette;

/// The widest a column of text gets: about 75 characters a line.
const MAX_TEXT_WIDTH: f32 = 660.0;
const GUTTER_WIDTH: f32 = 56.0;
const SIDE_MARGIN: f32 = 14.0;
const FIELD_PADDING: Vec2 = vec2(10.0, 5.0);
const ROW_PADDING: f32 = 5.0;

/// Where the columns stand, in points from the left of the view.
pub(super) struct Columns {
    pub(super) target: f32,
    pub(super) gutter: f32,
    pub(super) source: f32,
    pub(super) text_width: f32,
}

impl Columns {
    /// Shares out a width; English goes left unless the panes are swapped.
    pub(super) fn new(width: f32, panes_swapped: bool) -> Self {
        let text_width = ((width - GUTTER_WIDTH - 2.0 * SIDE_MARGIN) / 2.0).clamp(80.0, MAX_TEXT_WIDTH).floor();
        let left = ((width - 2.0 * text_width - GUTTER_WIDTH) / 2.0).max(0.0).floor();
        let gutter = left + text_width;
        let right = gutter + GUTTER_WIDTH;
        let (target, source) = if panes_swapped { (right, left) } else { (left, right) };
        Self { target, gutter, source, text_width }
    }
}

/// What a row shows.
pub(super) struct Row<'a> {
    pub(super) session: &'a Session,
    pub(super) palette: &'a Palette,
    pub(super) columns: &'a Columns,
    pub(super) unit: &'a Unit,
    pub(super) active: bool,
    /// Whether the pointer may show what is under it.
    pub(super) pointed: bool,
}

/// What came of showing a row.
pub(super) struct RowOutput {
    /// In points.
    pub(super) height: f32,
    /// Whether the gutter was clicked.
    pub(super) picked: bool,
    /// Whether the translation has the focus.
    pub(super) writes: bool,
    /// Whether the source has the focus.
    pub(super) reads: bool,
    /// Where the caret is now, if it has moved.
    pub(super) moved_caret: Option<Rect>,
}

/// The widget that a unit's translation is written in.
pub(super) fn target_id(unit: UnitId) -> Id {
    Id::unique(("target", unit))
}

/// The widget that shows a unit's source.
pub(super) fn source_id(unit: UnitId) -> Id {
    Id::unique(("source", unit))
}

/// A guess at the height of a row that has never been laid out, in points, from the length of its texts.
pub(super) fn estimate(unit: &Unit, text_width: f32, palette: &Palette) -> f32 {
    let lines = |characters: usize, size: f32, em: f32| {
        let in_a_line = ((text_width - 2.0 * FIELD_PADDING.x) / (size * em)).max(1.0);
        (characters as f32 / in_a_line).ceil().max(1.0)
    };
    let arabic = palette.arabic(unit.kind, unit.included);
    let english = palette.english(unit.kind);
    let source = lines(unit.text().chars().count(), arabic.size, 0.43) * arabic.size * arabic.line_height;
    let target = lines(unit.target.len(), english.size, 0.53) * english.size * english.line_height;
    source.max(target) + 2.0 * (FIELD_PADDING.y + ROW_PADDING)
}

impl Row<'_> {
    /// The height that the row is going to have, in points.
    pub(super) fn measure(&self, ctx: &Context, engine: &mut TextEngine) -> f32 {
        let (target, source) = self.lay_out(ctx, engine);
        let (target_drop, source_drop) = level_baselines(&target, &source);
        let target = if self.unit.included { target_drop + target.block.size.y } else { 0.0 };
        (target.max(source_drop + source.block.size.y) + 2.0 * (FIELD_PADDING.y + ROW_PADDING)).ceil()
    }

    pub(super) fn show(
        &self,
        ui: &mut Ui,
        engine: &mut TextEngine,
        writing: &mut EditState,
        reading: &mut EditState,
        commands: &mut Vec<Command>,
    ) -> RowOutput {
        let place = ui.max_rect();
        let ground = ui.painter().add(egui::Shape::Noop);
        let (target, source) = self.lay_out(ui.ctx(), engine);
        let (target_drop, source_drop) = level_baselines(&target, &source);

        let source_at = pos2(place.left() + self.columns.source, place.top() + ROW_PADDING + source_drop);
        let read_before = reading.selection();
        let source = self.source(ui, engine, reading, source_at);
        let target_at = pos2(place.left() + self.columns.target, place.top() + ROW_PADDING + target_drop);
        let before = writing.selection();
        let target = self.unit.included.then(|| self.target(ui, engine, writing, target_at));
        if self.active && !self.unit.included {
            self.left_out(ui, engine, target_at);
        }

        let bottom = [Some(&source), target.as_ref()].into_iter().flatten().map(|field| field.response.rect.bottom());
        let height = (bottom.fold(place.top(), f32::max) + ROW_PADDING - place.top()).ceil();
        let row = Rect::from_min_size(place.min, vec2(place.width(), height));
        if self.active {
            ui.painter().set(ground, egui::Shape::rect_filled(row, 0.0, self.palette.active_row));
        }
        ui.painter().hline(row.x_range(), row.bottom() - 0.5, Stroke::new(1.0, self.palette.hairline));
        let gutter = Rect::from_x_y_ranges(
            place.left() + self.columns.gutter..=place.left() + self.columns.gutter + GUTTER_WIDTH,
            row.y_range(),
        );
        let picked = gutter::show(ui, gutter, self, commands);

        self.look_up(ui, engine, &source, reading);
        let writes = target.as_ref().is_some_and(|field| field.response.has_focus() || field.response.gained_focus());
        let reads = source.response.has_focus() || source.response.gained_focus();
        let mut moved_caret = None;
        if let Some(target) = target {
            let changed = !target.changes.is_empty();
            let unit = self.unit.id;
            commands.extend(target.changes.into_iter().map(|change| Command::EditTarget {
                unit,
                span: change.span,
                text: change.text,
            }));
            let selection = writing.selection();
            if writes && (changed || selection != before || !self.active) {
                commands.push(Command::Select { unit, caret: selection.span() });
                moved_caret = target.caret;
            }
        }
        if reads && !self.active {
            commands.push(Command::Select { unit: self.unit.id, caret: writing.selection().span() });
        }
        if reads && (reading.selection() != read_before || !self.active) {
            commands.push(Command::SelectSource(Place { unit: self.unit.id, selection: reading.selection().span() }));
        }
        RowOutput { height, picked, writes, reads, moved_caret }
    }

    /// The layouts of both texts: target, source.
    fn lay_out(&self, ctx: &Context, engine: &mut TextEngine) -> (Arc<Laid>, Arc<Laid>) {
        let width = self.columns.text_width - 2.0 * FIELD_PADDING.x;
        let arabic = self.palette.arabic(self.unit.kind, self.unit.included);
        let english = self.palette.english(self.unit.kind);
        let source = engine.lay_out(ctx, source_id(self.unit.id), self.unit.text(), &arabic, width);
        let target = engine.lay_out(ctx, target_id(self.unit.id), &self.unit.target, &english, width);
        (target, source)
    }

    fn source(&self, ui: &mut Ui, engine: &mut TextEngine, reading: &mut EditState, at: egui::Pos2) -> FieldOutput {
        let name = format!("Source {}", self.unit.id.number());
        let mut marks = self.term_marks();
        marks.extend(self.sentence_marks(|segmenters| &segmenters.arabic, &self.unit.source));
        let field = Field {
            id: source_id(self.unit.id),
            name: &name,
            text: self.unit.text(),
            hint: "",
            style: self.palette.arabic(self.unit.kind, self.unit.included),
            marks: &marks,
            width: self.columns.text_width,
            padding: FIELD_PADDING,
            colors: self.palette.field_colors(),
        };
        let mut ui = column(ui, at, self.columns.text_width);
        reader(&mut ui, engine, reading, &field)
    }

    fn target(&self, ui: &mut Ui, engine: &mut TextEngine, writing: &mut EditState, at: egui::Pos2) -> FieldOutput {
        let name = format!("Translation {}", self.unit.id.number());
        let hint = match self.unit.kind {
            _ if !self.active => "",
            ParagraphKind::Headline => "Headline in English",
            _ => "Translation",
        };
        let marks = self.sentence_marks(|segmenters| &segmenters.english, &self.unit.target);
        let field = Field {
            id: target_id(self.unit.id),
            name: &name,
            text: &self.unit.target,
            hint,
            style: self.palette.english(self.unit.kind),
            marks: &marks,
            width: self.columns.text_width,
            padding: FIELD_PADDING,
            colors: self.palette.field_colors(),
        };
        let mut ui = column(ui, at, self.columns.text_width);
        let ground = ui.painter().add(egui::Shape::Noop);
        let output = editor(&mut ui, engine, writing, &field);
        if output.response.has_focus() {
            let frame = Stroke::new(1.0, self.palette.accent);
            let box_ =
                egui::epaint::RectShape::new(output.response.rect, 4.0, self.palette.field, frame, StrokeKind::Inside);
            ui.painter().set(ground, box_);
        }
        output
    }

    /// In place of the translation of a unit that is no part of the article.
    fn left_out(&self, ui: &mut Ui, engine: &mut TextEngine, at: egui::Pos2) {
        let keys = Command::ToggleIncluded.shortcut().map(|shortcut| shortcut.to_string()).unwrap_or_default();
        let words = format!("Not part of the article. {keys} brings it back.");
        let style = TextStyle { color: self.palette.muted, ..self.palette.words(14.0) };
        let width = self.columns.text_width - 2.0 * FIELD_PADDING.x;
        label(
            &mut column(ui, at + FIELD_PADDING, width),
            engine,
            target_id(self.unit.id).with("out"),
            &words,
            &style,
            width,
        );
    }

    fn term_marks(&self) -> Vec<Mark> {
        let focused = self.focused_span();
        let mut marks: Vec<Mark> = Vec::new();
        for found in self.session.matches(self.unit.id) {
            if marks.last().is_some_and(|mark| mark.span == found.span) {
                continue;
            }
            let look = if focused == Some(found.span) {
                MarkLook::Tint(self.palette.focused_term, Stroke::new(2.0, self.palette.accent))
            } else {
                MarkLook::Tint(self.palette.term, Stroke::new(1.0, self.palette.accent.gamma_multiply(0.55)))
            };
            marks.push(Mark { span: found.span, look });
        }
        let look = MarkLook::Underline(Stroke::new(1.0, self.palette.muted.gamma_multiply(0.6)));
        marks.extend(self.repaired().into_iter().map(|(span, _)| Mark { span, look }));
        marks
    }

    /// Where the form of the text was repaired, with the letters around what is gone, and what was wrong there.
    fn repaired(&self) -> Vec<(Span, RepairKind)> {
        let Some(text) = &self.unit.repaired else { return Vec::new() };
        let repairs = self.unit.repairs();
        let around = |place: Span| {
            let before = text[..place.start].chars().next_back().map_or(0, char::len_utf8);
            let after = text[place.end..].chars().next().map_or(0, char::len_utf8);
            Span::new(place.start - before, place.end + after)
        };
        places_of(&repairs).into_iter().zip(repairs).map(|(place, repair)| (around(place), repair.kind)).collect()
    }

    /// A tick between every two sentences, for those who asked for it.
    fn sentence_marks(&self, language: fn(&Segmenters) -> &Segmenter, text: &str) -> Vec<Mark> {
        let Some(segmenters) = self.session.segmenters() else { return Vec::new() };
        let mut sentences = language(segmenters).sentences(text);
        sentences.pop();
        let look = MarkLook::Tick(Stroke::new(1.0, self.palette.muted));
        let ends = sentences.iter().map(|sentence| sentence.start + text[sentence.range()].trim_end().len());
        ends.map(|end| Mark { span: Span::at(end), look }).collect()
    }

    /// The term that the person has stepped to by key.
    fn focused_span(&self) -> Option<Span> {
        let focused = self.session.focused_term().filter(|_| self.active)?;
        self.session.matches(self.unit.id).get(focused).map(|found| found.span)
    }

    /// Shows the translation of the term under the pointer, at the caret of the source, or stepped to by key.
    fn look_up(&self, ui: &Ui, engine: &mut TextEngine, source: &FieldOutput, reading: &EditState) {
        let matches = self.session.matches(self.unit.id);
        let at_byte = |byte: usize| matches.iter().find(|found| found.span.contains(byte)).map(|found| found.span);
        let at_caret = source.response.has_focus().then(|| reading.selection().head.index).and_then(at_byte);
        let hovered = source.hovered.filter(|_| self.pointed);
        if let Some(byte) = hovered.filter(|byte| at_byte(*byte).is_none()) {
            self.tell_repair(ui, engine, source, byte);
        }
        let Some(span) = hovered.and_then(at_byte).or(at_caret).or(self.focused_span()) else { return };
        let found: Vec<&Match> = matches.iter().filter(|found| found.span == span).collect();
        self.term_tooltip(ui, engine, source, span, &found);
    }

    /// Says what was repaired at a byte of the source, if anything was.
    fn tell_repair(&self, ui: &Ui, engine: &mut TextEngine, source: &FieldOutput, byte: usize) {
        let repaired = self.repaired();
        let Some((span, kind)) = repaired.iter().find(|(span, _)| span.contains(byte)) else { return };
        let rects = source.laid.block.mark_rects(*span);
        let Some(rect) = rects.first().map(|rect| rect.translate(source.origin.to_vec2())) else { return };
        let layer = LayerId::new(egui::Order::Middle, ui.layer_id().id);
        let id = source_id(self.unit.id).with("repair");
        Tooltip::always_open(ui.ctx().clone(), layer, id, rect).gap(2.0).show(|ui| {
            let keys = Command::ToggleRepaired.shortcut().map(|keys| keys.to_string()).unwrap_or_default();
            let words = format!("{}. {keys} shows it as it was opened.", repair_words(*kind));
            label(ui, engine, id.with("words"), &words, &self.palette.words(13.0), 280.0);
        });
    }

    fn term_tooltip(&self, ui: &Ui, engine: &mut TextEngine, source: &FieldOutput, span: Span, found: &[&Match]) {
        let rects = source.laid.block.mark_rects(span);
        let Some(rect) = rects.first().map(|rect| rect.translate(source.origin.to_vec2())) else { return };
        if !ui.clip_rect().intersects(rect) {
            return;
        }
        let layer = LayerId::new(egui::Order::Middle, ui.layer_id().id);
        Tooltip::always_open(ui.ctx().clone(), layer, source_id(self.unit.id).with("term"), rect).gap(2.0).show(|ui| {
            for found in found {
                terms::summary(ui, engine, self.session, self.palette, found);
            }
        });
    }
}

/// What was wrong with the form of a text, and is not any more.
fn repair_words(kind: RepairKind) -> &'static str {
    match kind {
        RepairKind::Blanks => "Repaired: blanks made one space",
        RepairKind::BlankBeforeMark => "Repaired: a blank before the mark is gone",
        RepairKind::NoSpaceAfterMark => "Repaired: a space put in after the mark",
        RepairKind::GluedWords => "Repaired: a space put in between two words",
        RepairKind::Tatweel => "Repaired: a stretched letter is as short as it is written",
        RepairKind::Invisible => "Repaired: invisible characters are gone",
        RepairKind::PresentationForm => "Repaired: letters stored by their shapes are letters again",
    }
}

/// How far each text is lowered so that the baselines of both first lines are level: target, source.
fn level_baselines(target: &Laid, source: &Laid) -> (f32, f32) {
    let (target, source) = (target.block.lines[0].baseline, source.block.lines[0].baseline);
    ((source - target).max(0.0), (target - source).max(0.0))
}

fn column(ui: &mut Ui, at: egui::Pos2, width: f32) -> Ui {
    ui.new_child(UiBuilder::new().max_rect(Rect::from_min_size(at, vec2(width, 0.0))))
}
