//! From a string to a [`Block`] and the glyphs to paint it with.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Color32, Context, Mesh, Painter, Pos2, Rect, Shape, vec2};
use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::style::FontWeight;
use parley::{
    Alignment, AlignmentOptions, BaseDirection, BreakReason, FontContext, FontFamily, GlyphRun, Layout, LayoutContext,
    LineHeight, OverflowWrap, PositionedLayoutItem, StyleProperty,
};

use super::atlas::{Atlas, FontInstance};
use super::block::{Block, Cluster, Direction, Line};
use crate::text::{Span, is_invisible};

const BUNDLED: [&[u8]; 4] = [
    include_bytes!("../../../fonts/NotoNaskhArabic-Regular.ttf"),
    include_bytes!("../../../fonts/NotoNaskhArabic-Bold.ttf"),
    include_bytes!("../../../fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../../fonts/NotoSans-Bold.ttf"),
];

/// Above this scale a quarter of a pixel makes no visible difference, and glyphs are drawn once each.
const FINE_SCALE: f32 = 1.75;

/// Which of the bundled typefaces comes first; the other one fills in what it lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Typeface {
    /// Noto Naskh Arabic: for text that is Arabic.
    Naskh,
    /// Noto Sans: for text that is English.
    Sans,
}

/// How a text looks. The same everywhere in a text; marks and selections are painted behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextStyle {
    /// The typeface that is tried first.
    pub typeface: Typeface,
    /// In points.
    pub size: f32,
    /// Distance of two baselines as a multiple of the size.
    pub line_height: f32,
    /// Whether it is set in bold.
    pub bold: bool,
    /// The colour of the letters.
    pub color: Color32,
    /// The direction of the field, whatever it holds.
    pub direction: Direction,
}

/// A text ready to paint.
pub struct Laid {
    /// Where everything stands.
    pub block: Block,
    /// One mesh for each texture that it needs, in points from the top left of the block.
    meshes: Vec<Mesh>,
}

impl Laid {
    /// Paints the letters with the top left of the block at `at`, which should be a whole pixel.
    pub fn paint(&self, painter: &Painter, at: Pos2) {
        for mesh in &self.meshes {
            let mut mesh = mesh.clone();
            mesh.translate(at.to_vec2());
            painter.add(Shape::mesh(mesh));
        }
    }
}

/// Fonts, and the scratch space for laying text out.
pub(super) struct Shaper {
    fonts: FontContext,
    layouts: LayoutContext<()>,
    families: [String; 2],
    /// Characters that no font has drawn so far.
    missing: BTreeSet<char>,
}

impl Shaper {
    pub(super) fn new() -> Self {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut fonts = FontContext { collection: Collection::new(options), source_cache: SourceCache::default() };
        for bytes in BUNDLED {
            fonts.collection.register_fonts(Blob::new(Arc::new(bytes)), None);
        }
        let families = ["'Noto Naskh Arabic', 'Noto Sans'".to_owned(), "'Noto Sans', 'Noto Naskh Arabic'".to_owned()];
        Self { fonts, layouts: LayoutContext::new(), families, missing: BTreeSet::new() }
    }

    /// Adds a font file as the last resort for characters that no font before it has.
    pub(super) fn add_fallback(&mut self, bytes: Vec<u8>) {
        for (family, _) in self.fonts.collection.register_fonts(Blob::new(Arc::new(bytes)), None) {
            let name = self.fonts.collection.family_name(family).unwrap_or_default().replace('\'', "\\'");
            for list in &mut self.families {
                list.extend([", '", &name, "'"]);
            }
        }
    }

    /// Characters that no font has, seen so far.
    pub(super) fn missing(&self) -> &BTreeSet<char> {
        &self.missing
    }

    /// Lays `text` out for a width in points (unlimited: on one line for each newline), with glyphs drawn for
    /// `scale` pixels a point.
    pub(super) fn lay_out(
        &mut self,
        ctx: &Context,
        atlas: &mut Atlas,
        text: &str,
        style: &TextStyle,
        width: f32,
        scale: f32,
    ) -> Laid {
        let mut builder = BlockBuilder::new(style, scale);
        for span in hard_lines(text) {
            // An empty line is as high as one with a space in it.
            let line = if span.is_empty() { " " } else { &text[span.range()] };
            let layout = self.lay_out_line(line, style, width, scale);
            builder.append(ctx, atlas, &layout, span);
        }
        let visible = |c: &char| !c.is_whitespace() && !c.is_control() && !is_invisible(*c);
        self.missing.extend(builder.undrawn.iter().flat_map(|span| text[span.range()].chars()).filter(visible));
        builder.finish(width)
    }

    fn lay_out_line(&mut self, text: &str, style: &TextStyle, width: f32, scale: f32) -> Layout<()> {
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, text, scale, true);
        builder.set_base_direction(match style.direction {
            Direction::Ltr => BaseDirection::Ltr,
            Direction::Rtl => BaseDirection::Rtl,
        });
        let families = match style.typeface {
            Typeface::Naskh => &self.families[0],
            Typeface::Sans => &self.families[1],
        };
        builder.push_default(StyleProperty::FontFamily(FontFamily::Source(Cow::Borrowed(families))));
        builder.push_default(StyleProperty::FontSize(style.size));
        // Whole pixels, so that every line is equally crisp.
        let line_height = (style.size * style.line_height * scale).round() / scale;
        builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(line_height)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        if style.bold {
            builder.push_default(StyleProperty::FontWeight(FontWeight::BOLD));
        }
        let mut layout = builder.build(text);
        layout.break_all_lines(width.is_finite().then_some(width * scale));
        layout.align(Alignment::Start, AlignmentOptions::default());
        layout
    }
}

/// The stretches between the characters that force a new line (UAX #14: BK, CR, LF, NL); CR LF counts as one.
fn hard_lines(text: &str) -> impl Iterator<Item = Span> {
    let mut rest = Some(0);
    std::iter::from_fn(move || {
        let start = rest?;
        let breaks = |c| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
        let end = text[start..].find(breaks).map(|at| start + at);
        rest = end.map(|end| {
            let ending = &text[end..];
            end + if ending.starts_with("\r\n") { 2 } else { ending.chars().next().map_or(0, char::len_utf8) }
        });
        Some(Span::new(start, end.unwrap_or(text.len())))
    })
}

/// Stacks the layouts of hard lines upon each other.
struct BlockBuilder<'a> {
    style: &'a TextStyle,
    /// Pixels a point.
    scale: f32,
    /// Height so far, in pixels.
    height: f32,
    /// The widest line so far, in pixels.
    widest: f32,
    lines: Vec<Line>,
    clusters: Vec<Cluster>,
    meshes: Vec<Mesh>,
    /// What came out as the empty box of a font that lacks it.
    undrawn: Vec<Span>,
}

impl<'a> BlockBuilder<'a> {
    fn new(style: &'a TextStyle, scale: f32) -> Self {
        Self {
            style,
            scale,
            height: 0.0,
            widest: 0.0,
            lines: Vec::new(),
            clusters: Vec::new(),
            meshes: Vec::new(),
            undrawn: Vec::new(),
        }
    }

    fn append(&mut self, ctx: &Context, atlas: &mut Atlas, layout: &Layout<()>, span: Span) {
        let top = self.height;
        for line in layout.lines() {
            let metrics = line.metrics();
            let first = self.clusters.len();
            if span.is_empty() {
                self.push_line(span, first, metrics.line_height, metrics.baseline, false);
                break;
            }
            let mut x = metrics.offset + metrics.inline_min_coord;
            for run in line.runs() {
                for cluster in run.visual_clusters() {
                    let bytes = cluster.text_range();
                    let text = Span::new(span.start + bytes.start, span.start + bytes.end);
                    if cluster.glyphs().any(|glyph| glyph.id == 0) {
                        self.undrawn.push(text);
                    }
                    let right = x + cluster.advance();
                    self.clusters.push(Cluster {
                        text,
                        left: x / self.scale,
                        right: right / self.scale,
                        rtl: cluster.is_rtl(),
                        space: cluster.is_space_or_nbsp(),
                    });
                    x = right;
                }
            }
            self.widest = self.widest.max(metrics.advance);
            for item in line.items() {
                if let PositionedLayoutItem::GlyphRun(run) = item {
                    self.paint_run(ctx, atlas, &run, top);
                }
            }
            let bytes = line.text_range();
            let text = Span::new(span.start + bytes.start, span.start + bytes.end);
            let wraps = matches!(line.break_reason(), BreakReason::Regular | BreakReason::Emergency);
            self.push_line(text, first, metrics.line_height, top + metrics.baseline - self.height, wraps);
        }
    }

    /// Adds a line whose clusters are those from `first` on; height and ascent in pixels.
    fn push_line(&mut self, text: Span, first: usize, height: f32, ascent: f32, wraps: bool) {
        self.lines.push(Line {
            text,
            clusters: first..self.clusters.len(),
            top: self.height / self.scale,
            bottom: (self.height + height) / self.scale,
            baseline: (self.height + ascent) / self.scale,
            wraps,
        });
        self.height += height;
    }

    fn paint_run(&mut self, ctx: &Context, atlas: &mut Atlas, glyphs: &GlyphRun<'_, ()>, top: f32) {
        let run = glyphs.run();
        let coords: Vec<i16> = run.normalized_coords().iter().map(|coord| coord.to_bits()).collect();
        let font = FontInstance { font: run.font(), size: run.font_size(), coords: &coords };
        for glyph in glyphs.positioned_glyphs() {
            let (whole, shift) = split_pixel(glyph.x, self.scale);
            let Some(drawn) = atlas.glyph(ctx, font, glyph.id, shift) else { continue };
            let corner = vec2(whole, (top + glyph.y).round()) + drawn.offset;
            let rect = Rect::from_min_size((corner / self.scale).to_pos2(), drawn.size / self.scale);
            let color = if drawn.coloured { Color32::WHITE } else { self.style.color };
            let index = self.meshes.iter().position(|mesh| mesh.texture_id == drawn.texture).unwrap_or_else(|| {
                self.meshes.push(Mesh::with_texture(drawn.texture));
                self.meshes.len() - 1
            });
            self.meshes[index].add_rect_with_uv(rect, drawn.uv, color);
        }
    }

    fn finish(self, width: f32) -> Laid {
        let width = if width.is_finite() { width } else { self.widest / self.scale };
        let size = vec2(width, self.height / self.scale);
        let block = Block { direction: self.style.direction, size, lines: self.lines, clusters: self.clusters };
        Laid { block, meshes: self.meshes }
    }
}

/// A pen position as a whole pixel and quarters to its right.
fn split_pixel(x: f32, scale: f32) -> (f32, u8) {
    if scale >= FINE_SCALE {
        return (x.round(), 0);
    }
    let quarters = (x * 4.0).round();
    let whole = (quarters / 4.0).floor();
    (whole, (quarters - whole * 4.0) as u8)
}
