//! A field of one line, in the sheets that ask for a path, an address or a word to look for.

use egui::{Id, Stroke, StrokeKind, Ui, vec2};

use super::text::{EditState, Field, Selection, TextEngine, TextStyle, editor};
use super::theme::Palette;
use crate::text::Span;

/// What a line is called, and how it looks.
pub(super) struct Look<'a> {
    /// Tells lines apart.
    pub(super) id: Id,
    /// For a screen reader.
    pub(super) name: &'a str,
    /// Shown while it is empty.
    pub(super) hint: &'a str,
    /// Its letters.
    pub(super) style: TextStyle,
}

/// What is typed in it, and where the caret is.
#[derive(Default)]
pub(super) struct Line {
    text: String,
    writing: EditState,
}

impl Line {
    /// With a text, and the caret behind it.
    pub(super) fn new(text: String) -> Self {
        Self { writing: EditState::with_selection(Selection::over(Span::at(text.len()))), text }
    }

    /// With a text that whatever is typed takes the place of.
    pub(super) fn selected(text: String) -> Self {
        Self { writing: EditState::with_selection(Selection::over(Span::new(0, text.len()))), text }
    }

    /// What is typed.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Draws it, and gives it the focus if that is asked for. It is called `name` by a screen reader.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        engine: &mut TextEngine,
        palette: &Palette,
        name: &str,
        hint: &str,
        gives_focus: bool,
    ) {
        let look = Look { id: Id::unique("line"), name, hint, style: palette.words(14.5) };
        self.show_as(ui, engine, palette, &look, gives_focus);
    }

    /// The same where there are several, or one of them is Arabic.
    pub(super) fn show_as(
        &mut self,
        ui: &mut Ui,
        engine: &mut TextEngine,
        palette: &Palette,
        look: &Look<'_>,
        gives_focus: bool,
    ) {
        let &Look { id, name, hint, style } = look;
        if gives_focus {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let ground = ui.painter().add(egui::Shape::Noop);
        let field = Field {
            id,
            name,
            text: &self.text,
            hint,
            style,
            marks: &[],
            width: ui.available_width(),
            padding: vec2(8.0, 6.0),
            colors: palette.field_colors(),
        };
        let output = editor(ui, engine, &mut self.writing, &field);
        let focused = output.response.has_focus();
        let frame = Stroke::new(1.0, if focused { palette.accent } else { palette.muted.gamma_multiply(0.6) });
        let rect = output.response.rect;
        ui.painter().set(ground, egui::epaint::RectShape::new(rect, 4.0, palette.field, frame, StrokeKind::Inside));
        for change in output.changes {
            let one_line = change.text.replace(['\n', '\r'], " ");
            self.text.replace_range(change.span.range(), &one_line);
        }
    }
}
