//! Colours, type sizes and spacing: calm, paper-like, one accent.

use std::sync::Arc;

use egui::style::{Selection, WidgetVisuals};
use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Stroke, TextStyle as EguiStyle,
    Theme, Visuals, vec2,
};

use super::text::{Direction, FieldColors, TextStyle, Typeface};
use crate::domain::ParagraphKind;

/// The colours of one theme. Text keeps the contrast of WCAG AA on its ground.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Palette {
    /// The ground everything lies on.
    pub(super) paper: Color32,
    /// Panels beside the text.
    pub(super) panel: Color32,
    /// Text.
    pub(super) ink: Color32,
    /// Text that stands back: numbers, notes, what is left out.
    pub(super) muted: Color32,
    /// Lines between rows.
    pub(super) hairline: Color32,
    /// The row that is being worked on.
    pub(super) active_row: Color32,
    /// The field with the focus.
    pub(super) field: Color32,
    /// The one accent: caret, confirmed units, terms.
    pub(super) accent: Color32,
    /// Text on the accent.
    pub(super) on_accent: Color32,
    /// Behind a glossary term.
    pub(super) term: Color32,
    /// Behind the term being looked up.
    pub(super) focused_term: Color32,
    /// Behind selected text.
    pub(super) selection: Color32,
    /// Something went wrong, or a wording to avoid.
    pub(super) error: Color32,
    /// Something wants a look.
    pub(super) warning: Color32,
}

const LIGHT: Palette = Palette {
    paper: Color32::from_rgb(0xFC, 0xFB, 0xF8),
    panel: Color32::from_rgb(0xF5, 0xF2, 0xEC),
    ink: Color32::from_rgb(0x22, 0x20, 0x1D),
    muted: Color32::from_rgb(0x6A, 0x65, 0x5C),
    hairline: Color32::from_rgb(0xE4, 0xDF, 0xD6),
    active_row: Color32::from_rgb(0xF6, 0xF2, 0xE9),
    field: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    accent: Color32::from_rgb(0x0B, 0x6B, 0x69),
    on_accent: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    term: Color32::from_rgb(0xDF, 0xEE, 0xEA),
    focused_term: Color32::from_rgb(0xAF, 0xDB, 0xD3),
    selection: Color32::from_rgb(0xBF, 0xDD, 0xF2),
    error: Color32::from_rgb(0xA9, 0x2B, 0x22),
    warning: Color32::from_rgb(0x8A, 0x5A, 0x00),
};

const DARK: Palette = Palette {
    paper: Color32::from_rgb(0x17, 0x16, 0x15),
    panel: Color32::from_rgb(0x1E, 0x1D, 0x1B),
    ink: Color32::from_rgb(0xE9, 0xE5, 0xDD),
    muted: Color32::from_rgb(0xA5, 0x9F, 0x94),
    hairline: Color32::from_rgb(0x30, 0x2E, 0x2A),
    active_row: Color32::from_rgb(0x21, 0x1F, 0x1C),
    field: Color32::from_rgb(0x10, 0x0F, 0x0E),
    accent: Color32::from_rgb(0x63, 0xC5, 0xBB),
    on_accent: Color32::from_rgb(0x0B, 0x1F, 0x1D),
    term: Color32::from_rgb(0x1D, 0x38, 0x35),
    focused_term: Color32::from_rgb(0x2B, 0x5E, 0x58),
    selection: Color32::from_rgb(0x27, 0x4B, 0x66),
    error: Color32::from_rgb(0xF0, 0x8A, 0x80),
    warning: Color32::from_rgb(0xE3, 0xB3, 0x5A),
};

impl Palette {
    /// The palette of a theme.
    pub(super) fn of(theme: Theme) -> Self {
        match theme {
            Theme::Light => LIGHT,
            Theme::Dark => DARK,
        }
    }

    /// The colours of a field on this palette.
    pub(super) fn field_colors(&self) -> FieldColors {
        FieldColors { selection: self.selection, caret: self.accent, hint: self.muted }
    }

    /// The Arabic of a paragraph.
    pub(super) fn arabic(&self, kind: ParagraphKind, included: bool) -> TextStyle {
        let size = match kind {
            ParagraphKind::Headline => 25.0,
            ParagraphKind::Heading => 22.0,
            ParagraphKind::Byline | ParagraphKind::Dateline | ParagraphKind::Caption | ParagraphKind::Furniture => 18.0,
            ParagraphKind::Paragraph => 20.0,
        };
        TextStyle {
            typeface: Typeface::Naskh,
            size,
            line_height: 1.7,
            bold: is_title(kind),
            color: self.text_color(kind, included),
            direction: Direction::Rtl,
        }
    }

    /// The English of a paragraph.
    pub(super) fn english(&self, kind: ParagraphKind) -> TextStyle {
        let size = match kind {
            ParagraphKind::Headline => 20.0,
            ParagraphKind::Heading => 18.0,
            ParagraphKind::Byline | ParagraphKind::Dateline | ParagraphKind::Caption | ParagraphKind::Furniture => 14.5,
            ParagraphKind::Paragraph => 16.5,
        };
        TextStyle {
            typeface: Typeface::Sans,
            size,
            line_height: 1.5,
            bold: is_title(kind),
            color: self.ink,
            direction: Direction::Ltr,
        }
    }

    /// English text of the program itself, at a size in points.
    pub(super) fn words(&self, size: f32) -> TextStyle {
        TextStyle {
            typeface: Typeface::Sans,
            size,
            line_height: 1.4,
            bold: false,
            color: self.ink,
            direction: Direction::Ltr,
        }
    }

    /// Arabic text outside the rows, at a size in points.
    pub(super) fn arabic_words(&self, size: f32) -> TextStyle {
        TextStyle { typeface: Typeface::Naskh, direction: Direction::Rtl, line_height: 1.6, ..self.words(size) }
    }

    fn text_color(&self, kind: ParagraphKind, included: bool) -> Color32 {
        let stands_back = matches!(kind, ParagraphKind::Byline | ParagraphKind::Dateline | ParagraphKind::Caption);
        if stands_back || !included { self.muted } else { self.ink }
    }
}

fn is_title(kind: ParagraphKind) -> bool {
    matches!(kind, ParagraphKind::Headline | ParagraphKind::Heading)
}

/// Gives egui our fonts and the visuals of both themes. egui's own text is used for English alone.
pub(super) fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::empty();
    let sans = include_bytes!("../../fonts/NotoSans-Regular.ttf");
    fonts.font_data.insert("Noto Sans".to_owned(), Arc::new(FontData::from_static(sans)));
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(family, vec!["Noto Sans".to_owned()]);
    }
    ctx.set_fonts(fonts);
    for theme in [Theme::Light, Theme::Dark] {
        let visuals = visuals(theme);
        ctx.style_mut_of(theme, |style| {
            style.visuals = visuals;
            style.text_styles = [
                (EguiStyle::Small, 12.0),
                (EguiStyle::Body, 14.0),
                (EguiStyle::Button, 14.0),
                (EguiStyle::Heading, 20.0),
                (EguiStyle::Monospace, 13.0),
            ]
            .map(|(name, size)| (name, FontId::proportional(size)))
            .into();
            style.spacing.button_padding = vec2(8.0, 5.0);
            style.spacing.item_spacing = vec2(6.0, 6.0);
            style.animation_time = 0.08;
        });
    }
}

fn visuals(theme: Theme) -> Visuals {
    let palette = Palette::of(theme);
    let mut visuals = match theme {
        Theme::Light => Visuals::light(),
        Theme::Dark => Visuals::dark(),
    };
    visuals.panel_fill = palette.paper;
    visuals.window_fill = palette.panel;
    visuals.window_stroke = Stroke::new(1.0, palette.hairline);
    visuals.extreme_bg_color = palette.field;
    visuals.faint_bg_color = palette.active_row;
    visuals.weak_text_color = Some(palette.muted);
    visuals.hyperlink_color = palette.accent;
    visuals.error_fg_color = palette.error;
    visuals.warn_fg_color = palette.warning;
    visuals.selection = Selection { bg_fill: palette.selection, stroke: Stroke::new(1.0, palette.accent) };
    let widget = |fill: Color32, line: Color32, ink: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, line),
        corner_radius: CornerRadius::same(5),
        fg_stroke: Stroke::new(1.0, ink),
        expansion: 0.0,
    };
    let clear = Color32::TRANSPARENT;
    visuals.widgets.noninteractive = widget(clear, palette.hairline, palette.ink);
    visuals.widgets.inactive = widget(clear, clear, palette.ink);
    visuals.widgets.hovered = widget(palette.term, clear, palette.ink);
    visuals.widgets.active = widget(palette.focused_term, palette.accent, palette.ink);
    visuals.widgets.open = widget(palette.term, clear, palette.ink);
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast of two colours by WCAG 2.2, from 1 to 21.
    fn contrast(a: Color32, b: Color32) -> f32 {
        let luminance = |color: Color32| {
            let [r, g, b] = [color.r(), color.g(), color.b()].map(|channel| {
                let value = f32::from(channel) / 255.0;
                if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
            });
            0.2126 * r + 0.7152 * g + 0.0722 * b
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_of_both_themes_keeps_the_contrast_of_wcag_aa() {
        for palette in [LIGHT, DARK] {
            let grounds = [palette.paper, palette.panel, palette.active_row, palette.field];
            for ground in grounds {
                for ink in [palette.ink, palette.muted, palette.accent, palette.error, palette.warning] {
                    assert!(contrast(ink, ground) >= 4.5, "{ink:?} on {ground:?}: {}", contrast(ink, ground));
                }
            }
            for ground in [palette.term, palette.focused_term, palette.selection] {
                assert!(contrast(palette.ink, ground) >= 4.5, "ink on {ground:?}");
            }
            assert!(contrast(palette.on_accent, palette.accent) >= 4.5);
        }
    }
}
