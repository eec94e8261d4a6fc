//! The widgets: a label, a reader (a label to select in and to step through) and an editor.

use std::sync::Arc;

use egui::output::IMEOutput;
use egui::{
    Color32, CursorIcon, Event, EventFilter, IMEPurpose, Id, Painter, PointerButton, Pos2, Rect, Response, Role, Sense,
    Stroke, Ui, Vec2, WidgetInfo, vec2,
};

use super::access;
use super::block::{Caret, Direction};
use super::edit::{Asked, Change, EditState};
use super::{Laid, TextEngine, TextStyle};
use crate::text::Span;

/// Something to show behind, or beneath, some bytes of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// The bytes.
    pub span: Span,
    /// How they are shown.
    pub look: MarkLook,
}

/// How marked bytes are shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum MarkLook {
    /// On a tint with a line beneath, so that the colour alone does not tell it.
    Tint(Color32, Stroke),
    /// With a line beneath.
    Underline(Stroke),
    /// With a tick behind the last of them.
    Tick(Stroke),
}

/// What a field shows and how.
pub struct Field<'a> {
    /// Tells fields apart, also between frames.
    pub id: Id,
    /// What the field is called by a screen reader.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Shown in place of an empty text.
    pub hint: &'a str,
    /// How the text looks.
    pub style: TextStyle,
    /// What to show behind it.
    pub marks: &'a [Mark],
    /// In points; the height follows.
    pub width: f32,
    /// Space around the text.
    pub padding: Vec2,
    /// The colours of what is not text.
    pub colors: FieldColors,
}

/// The colours of a field besides its text's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FieldColors {
    /// Behind selected text.
    pub selection: Color32,
    /// The caret.
    pub caret: Color32,
    /// The hint.
    pub hint: Color32,
}

/// What happened to a field in a frame.
pub struct FieldOutput {
    /// The whole field, padding included.
    pub response: Response,
    /// Its layout.
    pub laid: Arc<Laid>,
    /// The top left of the text.
    pub origin: Pos2,
    /// The byte under the pointer.
    pub hovered: Option<usize>,
    /// The changes of its text, each for the text that the one before it left.
    pub changes: Vec<Change>,
    /// Where the caret is drawn; `None` without the focus.
    pub caret: Option<Rect>,
}

/// Shows a text that takes no part in input.
pub fn label(ui: &mut Ui, engine: &mut TextEngine, id: Id, text: &str, style: &TextStyle, width: f32) -> Response {
    let laid = engine.lay_out(ui.ctx(), id, text, style, width);
    let (rect, response) = ui.allocate_exact_size(laid.block.size, Sense::hover());
    if ui.is_rect_visible(rect) {
        laid.paint(&ui.painter_at(rect.expand(2.0)), engine.snap(rect.min));
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), text));
    response
}

/// Shows a text as [`label`] does, with marks.
pub fn marked_label(
    ui: &mut Ui,
    engine: &mut TextEngine,
    id: Id,
    text: &str,
    style: &TextStyle,
    width: f32,
    marks: &[Mark],
) -> Response {
    let laid = engine.lay_out(ui.ctx(), id, text, style, width);
    let origin = engine.snap(ui.cursor().min);
    let painter = ui.painter();
    for mark in marks {
        paint_tint(painter, &laid, origin, mark);
        paint_line(painter, &laid, origin, mark);
    }
    label(ui, engine, id, text, style, width)
}

/// Shows a text on one line, with “…” for what there is no room for.
pub fn line(ui: &mut Ui, engine: &mut TextEngine, id: Id, text: &str, style: &TextStyle, width: f32) -> Response {
    let mut shown = text.to_owned();
    let mut laid = engine.lay_out(ui.ctx(), id, &shown, style, f32::INFINITY);
    let mut kept = text.chars().count();
    while laid.block.size.x > width && kept > 0 {
        kept = ((kept as f32 * width / laid.block.size.x) as usize).min(kept - 1);
        shown = text.chars().take(kept).chain(['…']).collect();
        laid = engine.lay_out(ui.ctx(), id, &shown, style, f32::INFINITY);
    }
    let response = label(ui, engine, id, &shown, style, f32::INFINITY);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), text));
    response
}

/// Shows a text to read: it can be selected, copied and stepped through with the arrow keys.
pub fn reader(ui: &mut Ui, engine: &mut TextEngine, state: &mut EditState, field: &Field<'_>) -> FieldOutput {
    show(ui, engine, state, field, false)
}

/// Shows a text to write in.
pub fn editor(ui: &mut Ui, engine: &mut TextEngine, state: &mut EditState, field: &Field<'_>) -> FieldOutput {
    show(ui, engine, state, field, true)
}

fn show(ui: &mut Ui, engine: &mut TextEngine, state: &mut EditState, field: &Field<'_>, editable: bool) -> FieldOutput {
    state.clamp_to(field.text);
    let inner = field.width - 2.0 * field.padding.x;
    let ctx = ui.ctx().clone();
    let lay_out = |engine: &mut TextEngine, state: &EditState, text: &str| {
        engine.lay_out(&ctx, field.id, &state.displayed(text), &field.style, inner)
    };
    let mut text = field.text.to_owned();
    let mut laid = lay_out(engine, state, &text);
    let size = vec2(field.width, laid.block.size.y + 2.0 * field.padding.y);
    let (place, _) = ui.allocate_exact_size(size, Sense::hover());
    let response = ui.interact(place, field.id, Sense::click_and_drag());
    let origin = engine.snap(place.min + field.padding);

    let hovered = point_with_pointer(ui, &response, state, &laid, &text, origin);
    if response.has_focus() {
        keep_arrow_keys(ui, field.id);
    } else {
        state.stop_composing();
    }
    let mut changes = Vec::new();
    for event in events(ui, &response) {
        laid = lay_out(engine, state, &text);
        let asked = match &event {
            Event::AccessKitActionRequest(request) => {
                access::obey(state, request, field.id, &laid.block, &text, editable)
            }
            event if editable => state.edit(event, &laid.block, &text),
            event => state.read(event, &laid.block, &text),
        };
        let change = match asked {
            Asked::Nothing => None,
            Asked::Change(change) => Some(change),
            Asked::Copy(copied) => {
                ui.copy_text(copied);
                None
            }
            Asked::Cut(copied, change) => {
                ui.copy_text(copied);
                Some(change)
            }
        };
        if let Some(change) = change {
            text.replace_range(change.span.range(), &change.text);
            changes.push(change);
        }
    }
    laid = lay_out(engine, state, &text);

    let caret = response.has_focus().then(|| caret_rect(state, &laid, origin));
    if ui.is_rect_visible(place) {
        let painter = ui.painter_at(place.expand(2.0));
        paint(ui, engine, &painter, state, field, &text, &laid, origin, response.has_focus());
    }
    if let Some(caret) = caret.filter(|_| editable) {
        let should_interrupt_composition = false;
        let ime =
            IMEOutput { purpose: IMEPurpose::Normal, rect: place, cursor_rect: caret, should_interrupt_composition };
        ui.output_mut(|output| output.ime = Some(ime));
    }
    access::describe(ui, field, &state.displayed(&text), state, &laid, &response, origin, editable);
    FieldOutput { response, laid, origin, hovered, changes, caret }
}

/// Takes the presses and drags since the last frame, each where it happened; returns the byte under the pointer.
fn point_with_pointer(
    ui: &Ui,
    response: &Response,
    state: &mut EditState,
    laid: &Laid,
    text: &str,
    origin: Pos2,
) -> Option<usize> {
    let pointer = ui.input(|input| input.pointer.latest_pos())?;
    let point = |at: Pos2| (at - origin).to_pos2();
    let over = response.contains_pointer();
    if over {
        ui.set_cursor_icon(CursorIcon::Text);
    }
    let looks = over || state.is_held();
    let (events, time) = ui.input(|input| (if looks { input.events.clone() } else { Vec::new() }, input.time));
    for event in events {
        match event {
            Event::PointerButton { pos, button: PointerButton::Primary, pressed: true, modifiers } if over => {
                response.request_focus();
                state.press(&laid.block, text, point(pos), time, modifiers.shift);
            }
            Event::PointerButton { pos, button: PointerButton::Primary, .. } if state.is_held() => {
                state.drag(&laid.block, text, point(pos));
                state.release();
            }
            Event::PointerMoved(pos) if state.is_held() => state.drag(&laid.block, text, point(pos)),
            _ => {}
        }
    }
    if !ui.input(|input| input.pointer.primary_down()) {
        state.release();
    } else if state.is_held() {
        // The text may have moved beneath a pointer that rests.
        state.drag(&laid.block, text, point(pointer));
    }
    let cluster = laid.block.cluster_under(point(pointer)).filter(|_| over);
    cluster.map(|cluster| cluster.text.start)
}

/// This frame's events that are for a field: with the focus all, without it what a screen reader asks of it.
fn events(ui: &Ui, response: &Response) -> Vec<Event> {
    // The window may have lost the focus since, which the response would count.
    let focused = ui.memory(|memory| memory.has_focus(response.id));
    let node = response.id.accesskit_id();
    let is_for_field = |event: &&Event| match event {
        Event::AccessKitActionRequest(request) => request.target_node == node,
        _ => focused,
    };
    ui.input(|input| input.events.iter().filter(is_for_field).cloned().collect())
}

/// Arrow keys move the caret, not the focus, and Escape leaves it.
fn keep_arrow_keys(ui: &Ui, id: Id) {
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, tab: false };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}

fn caret_rect(state: &EditState, laid: &Laid, origin: Pos2) -> Rect {
    laid.block.caret_rect(state.shown_caret()).translate(origin.to_vec2())
}

#[allow(clippy::too_many_arguments, reason = "everything that is painted, in one place and one order")]
fn paint(
    ui: &Ui,
    engine: &mut TextEngine,
    painter: &Painter,
    state: &EditState,
    field: &Field<'_>,
    text: &str,
    laid: &Laid,
    origin: Pos2,
    focused: bool,
) {
    for mark in field.marks {
        paint_tint(painter, laid, origin, mark);
    }
    let selected = state.selection().span();
    if !selected.is_empty() {
        for rect in laid.block.rects(selected) {
            painter.rect_filled(rect.translate(origin.to_vec2()), 0.0, field.colors.selection);
        }
    }
    // Above the selection, so that a term can be told inside it.
    for mark in field.marks {
        paint_line(painter, laid, origin, mark);
    }
    if text.is_empty() && state.preedit().is_empty() && !field.hint.is_empty() {
        let style = TextStyle { color: field.colors.hint, ..field.style };
        let hint = engine.lay_out(ui.ctx(), field.id.with("hint"), field.hint, &style, laid.block.size.x);
        hint.paint(painter, origin);
    }
    laid.paint(painter, origin);
    if !state.preedit().is_empty() {
        let start = state.selection().head.index;
        let composed = Span::new(start, start + state.preedit().len());
        let look = MarkLook::Underline(Stroke::new(1.0, field.style.color));
        paint_line(painter, laid, origin, &Mark { span: composed, look });
    }
    if focused {
        let caret = caret_rect(state, laid, origin).shrink2(vec2(0.0, field.style.size * 0.15));
        painter.line_segment([caret.center_top(), caret.center_bottom()], Stroke::new(2.0, field.colors.caret));
    }
}

fn paint_tint(painter: &Painter, laid: &Laid, origin: Pos2, mark: &Mark) {
    let MarkLook::Tint(fill, _) = mark.look else { return };
    for place in mark_places(laid, origin, mark.span) {
        painter.rect_filled(place.expand2(vec2(1.0, 0.0)), 2.0, fill);
    }
}

fn paint_line(painter: &Painter, laid: &Laid, origin: Pos2, mark: &Mark) {
    let stroke = match mark.look {
        MarkLook::Tint(_, stroke) | MarkLook::Underline(stroke) => stroke,
        MarkLook::Tick(stroke) => return paint_tick(painter, laid, origin, mark.span.end, stroke),
    };
    for place in mark_places(laid, origin, mark.span) {
        painter.hline(place.x_range(), place.bottom(), stroke);
    }
}

/// Beside the letter that ends at a byte, from its top down to a little below the baseline.
fn paint_tick(painter: &Painter, laid: &Laid, origin: Pos2, end: usize, stroke: Stroke) {
    let letter = laid.block.caret_rect(Caret::after(end)).translate(origin.to_vec2());
    let onwards = if laid.block.direction == Direction::Rtl { -1.0 } else { 1.0 };
    let x = letter.center().x + onwards * letter.height() * 0.07;
    painter.vline(x, letter.top() + letter.height() * 0.25..=letter.bottom() - letter.height() * 0.15, stroke);
}

/// Around the letters of a mark: from a little above them to the line beneath.
fn mark_places(laid: &Laid, origin: Pos2, span: Span) -> impl Iterator<Item = Rect> {
    let lines = &laid.block.lines;
    laid.block.mark_rects(span).into_iter().map(move |rect| {
        let line = lines.iter().find(|line| line.bottom > rect.top() + 0.5);
        let baseline = line.map_or(rect.bottom(), |line| line.baseline);
        let top = rect.top() + rect.height() * 0.12;
        let bottom = baseline + (rect.bottom() - baseline) * 0.7;
        Rect::from_x_y_ranges(rect.x_range(), top..=bottom).translate(origin.to_vec2())
    })
}
