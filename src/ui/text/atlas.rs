//! Glyphs that have been drawn once, kept in textures.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use egui::{Color32, ColorImage, Context, Pos2, Rect, TextureHandle, TextureId, TextureOptions, Vec2, pos2, vec2};
use swash::scale::image::Content;
use swash::scale::{Render, ScaleContext, Source, StrikeWith};
use swash::zeno::{Format, Vector};

/// Side of a texture, in pixels. One page holds some 700 glyphs of running text at 100 %.
const PAGE_SIDE: usize = 512;
/// With so many pages full, everything is thrown away and what is on screen is drawn again.
const MAX_PAGES: usize = 24;
/// Empty pixels between glyphs, so that no neighbour shines through at an edge.
const GAP: usize = 1;

/// A font at a size.
#[derive(Clone, Copy)]
pub(super) struct FontInstance<'a> {
    pub(super) font: &'a parley::FontData,
    /// In pixels.
    pub(super) size: f32,
    /// Normalised coordinates of a variable font, as 2.14 fixed point.
    pub(super) coords: &'a [i16],
}

/// A drawn glyph: where it is kept, and where it goes relative to the pen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub(super) texture: TextureId,
    pub(super) uv: Rect,
    /// From the pen to the top left of the picture, in pixels, y downwards.
    pub(super) offset: Vec2,
    /// In pixels.
    pub(super) size: Vec2,
    /// Whether the picture has colours of its own, as an emoji has.
    pub(super) coloured: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    font: u64,
    face: u32,
    glyph: u32,
    size: u32,
    coords: u64,
    shift: u8,
}

struct Page {
    texture: TextureHandle,
    /// Left end of the free part of the open shelf.
    x: usize,
    /// Top of the open shelf.
    y: usize,
    /// Height of the open shelf.
    height: usize,
}

/// All glyphs drawn so far, for one scale of the screen.
pub(super) struct Atlas {
    context: ScaleContext,
    pages: Vec<Page>,
    glyphs: HashMap<Key, Option<Glyph>>,
    generation: u64,
}

impl Atlas {
    pub(super) fn new() -> Self {
        Self { context: ScaleContext::new(), pages: Vec::new(), glyphs: HashMap::new(), generation: 0 }
    }

    /// Changes whenever glyphs handed out earlier stop being valid.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    /// How many glyphs are kept.
    pub(super) fn len(&self) -> usize {
        self.glyphs.len()
    }

    /// Forgets every glyph. Textures already handed to egui live until the frame has been painted.
    pub(super) fn clear(&mut self) {
        self.pages.clear();
        self.glyphs.clear();
        self.generation += 1;
    }

    /// The picture of a glyph whose pen stands `shift` quarters of a pixel right of a whole one, or `None` for a
    /// blank.
    pub(super) fn glyph(&mut self, ctx: &Context, font: FontInstance<'_>, id: u32, shift: u8) -> Option<Glyph> {
        let key = Key {
            font: font.font.data.id(),
            face: font.font.index,
            glyph: id,
            size: font.size.to_bits(),
            coords: hash_of(font.coords),
            shift,
        };
        if let Some(known) = self.glyphs.get(&key) {
            return *known;
        }
        let glyph = self.draw(ctx, font, id, shift);
        self.glyphs.insert(key, glyph);
        glyph
    }

    fn draw(&mut self, ctx: &Context, font: FontInstance<'_>, id: u32, shift: u8) -> Option<Glyph> {
        let face = swash::FontRef::from_index(font.font.data.data(), font.font.index as usize)?;
        let coords = font.coords.iter().copied();
        let mut scaler = self.context.builder(face).size(font.size).normalized_coords(coords).build();
        let sources = [Source::ColorOutline(0), Source::ColorBitmap(StrikeWith::BestFit), Source::Outline];
        let image = Render::new(&sources)
            .format(Format::Alpha)
            .offset(Vector::new(f32::from(shift) / 4.0, 0.0))
            .render(&mut scaler, u16::try_from(id).ok()?)?;
        let (width, height) = (image.placement.width as usize, image.placement.height as usize);
        if width == 0 || height == 0 || width + GAP > PAGE_SIDE || height + GAP > PAGE_SIDE {
            return None;
        }
        let coloured = image.content == Content::Color;
        let pixels = if coloured {
            image.data.chunks_exact(4).map(|p| Color32::from_rgba_unmultiplied(p[0], p[1], p[2], p[3])).collect()
        } else {
            image.data.iter().map(|&a| Color32::from_rgba_premultiplied(a, a, a, a)).collect()
        };
        let (page, x, y) = self.place(ctx, width, height);
        page.texture.set_partial([x, y], ColorImage::new([width, height], pixels), TextureOptions::LINEAR);
        Some(Glyph {
            texture: page.texture.id(),
            uv: Rect::from_min_max(to_unit(x, y), to_unit(x + width, y + height)),
            offset: vec2(image.placement.left as f32, -image.placement.top as f32),
            size: vec2(width as f32, height as f32),
            coloured,
        })
    }

    /// Room for a picture: the page and its top left pixel there.
    fn place(&mut self, ctx: &Context, width: usize, height: usize) -> (&mut Page, usize, usize) {
        let room = self.pages.last_mut().and_then(|page| page.place(width, height));
        let (x, y) = room.unwrap_or_else(|| {
            if self.pages.len() == MAX_PAGES {
                self.clear();
            }
            let blank = ColorImage::filled([PAGE_SIDE, PAGE_SIDE], Color32::TRANSPARENT);
            let texture = ctx.load_texture("glyphs", blank, TextureOptions::LINEAR);
            self.pages.push(Page { texture, x: width + GAP, y: 0, height });
            (0, 0)
        });
        let last = self.pages.len() - 1;
        (&mut self.pages[last], x, y)
    }
}

impl Page {
    /// Fills shelf after shelf, from left to right.
    fn place(&mut self, width: usize, height: usize) -> Option<(usize, usize)> {
        if self.x + width > PAGE_SIDE {
            self.y += self.height + GAP;
            self.x = 0;
            self.height = 0;
        }
        if self.y + height > PAGE_SIDE {
            return None;
        }
        let at = (self.x, self.y);
        self.x += width + GAP;
        self.height = self.height.max(height);
        Some(at)
    }
}

/// A pixel of a page as egui's texture coordinates, which run from 0 to 1.
fn to_unit(x: usize, y: usize) -> Pos2 {
    pos2(x as f32 / PAGE_SIDE as f32, y as f32 / PAGE_SIDE as f32)
}

fn hash_of(coords: &[i16]) -> u64 {
    let mut hasher = DefaultHasher::new();
    coords.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use egui::{FullOutput, Id, RawInput, Shape};

    use super::*;
    use crate::ui::text::{Direction, TextEngine, TextStyle, Typeface, label};

    const LETTERS: &str = "الوزير قال غدا THE QUICK fox 1234";

    /// A window whose painter knows which textures exist, as a graphics card does.
    #[derive(Default)]
    struct Screen {
        ctx: Context,
        engine: TextEngine,
        textures: HashSet<TextureId>,
    }

    impl Screen {
        /// Shows labels for a frame, each with an id, a text and a size, and checks what is painted.
        fn show(&mut self, scale: f32, labels: &[(usize, &str, f32)]) {
            self.ctx.set_pixels_per_point(scale);
            let Self { ctx, engine, .. } = self;
            let output = ctx.run_ui(RawInput::default(), |ui| {
                engine.begin_frame(ui.ctx());
                for (id, text, size) in labels {
                    label(ui, engine, Id::unique(("label", id)), text, &style(*size), f32::INFINITY);
                }
            });
            self.paint(output, scale);
        }

        fn paint(&mut self, mut output: FullOutput, scale: f32) {
            self.textures.extend(output.textures_delta.set.keys());
            let freed: Vec<TextureId> = output.textures_delta.free.iter().copied().collect();
            output.textures_delta.clear();
            let shapes = output.shapes.iter().map(|clipped| &clipped.shape);
            for mesh in shapes.filter_map(|shape| if let Shape::Mesh(mesh) = shape { Some(mesh) } else { None }) {
                assert!(self.textures.contains(&mesh.texture_id), "{:?} is painted and gone", mesh.texture_id);
                for corners in mesh.vertices.chunks_exact(4) {
                    let pixels = (corners[3].pos - corners[0].pos) * scale;
                    let texels = (corners[3].uv - corners[0].uv) * PAGE_SIDE as f32;
                    assert!((pixels - texels).length() < 0.05, "{texels} of a page are drawn on {pixels}");
                }
            }
            self.textures.retain(|texture| !freed.contains(texture));
        }

        fn painted_pages(&self) -> usize {
            self.engine.atlas.pages.len()
        }
    }

    fn style(size: f32) -> TextStyle {
        let (typeface, direction) = (Typeface::Naskh, Direction::Rtl);
        TextStyle { typeface, size, line_height: 1.5, bold: false, color: Color32::BLACK, direction }
    }

    #[test]
    fn a_full_atlas_starts_over_and_nothing_painted_refers_to_what_is_gone() {
        let mut screen = Screen::default();
        let generation = screen.engine.atlas.generation();
        let mut most = 0;
        for frame in 0..60 {
            let size = 90.0 + 2.0 * frame as f32;
            // The first one stays as it is, and loses its glyphs to the others.
            screen.show(1.0, &[(0, LETTERS, 20.0), (1, LETTERS, size), (2, LETTERS, size + 0.5)]);
            most = most.max(screen.painted_pages());
        }
        assert!(screen.engine.atlas.generation() > generation, "the atlas never overflowed");
        assert_eq!(most, MAX_PAGES);
        assert!(screen.textures.len() <= MAX_PAGES + 1, "{} textures are left", screen.textures.len());
    }

    #[test]
    fn a_text_that_fills_the_atlas_alone_is_painted_all_the_same() {
        let mut screen = Screen::default();
        let sizes: Vec<f32> = (0..70).map(|step| 150.0 + step as f32).collect();
        let labels: Vec<(usize, &str, f32)> = sizes.iter().enumerate().map(|(id, size)| (id, LETTERS, *size)).collect();
        for _ in 0..3 {
            screen.show(1.0, &labels);
        }
        assert!(screen.painted_pages() <= MAX_PAGES);
    }

    #[test]
    fn glyphs_are_drawn_anew_for_every_scale() {
        let mut screen = Screen::default();
        for scale in [1.0, 2.0, 3.0, 1.25, 1.0] {
            let before = screen.engine.atlas.generation();
            for _ in 0..3 {
                screen.show(scale, &[(0, LETTERS, 20.0), (1, "Save", 14.0)]);
            }
            assert!(screen.engine.atlas.generation() - before <= 1, "drawn once, not every frame");
        }
        assert!(screen.textures.len() <= 2 + 1, "{} textures are left", screen.textures.len());
    }

    #[test]
    fn what_stays_on_screen_is_laid_out_once() {
        let mut screen = Screen::default();
        screen.show(1.0, &[(0, LETTERS, 20.0)]);
        let first = screen.engine.lay_out(&screen.ctx, Id::unique(("label", 0)), LETTERS, &style(20.0), f32::INFINITY);
        for _ in 0..500 {
            screen.show(1.0, &[(0, LETTERS, 20.0)]);
        }
        let last = screen.engine.lay_out(&screen.ctx, Id::unique(("label", 0)), LETTERS, &style(20.0), f32::INFINITY);
        assert!(std::sync::Arc::ptr_eq(&first, &last));
    }

    #[test]
    fn scrolling_through_ten_thousand_texts_keeps_few() {
        let mut screen = Screen::default();
        let texts: Vec<String> = (0..10_000).map(|number| format!("فقرة رقم {number} من المقال")).collect();
        for first in (0..texts.len() - 30).step_by(25) {
            let labels: Vec<(usize, &str, f32)> =
                (first..first + 30).map(|number| (number, texts[number].as_str(), 20.0)).collect();
            screen.show(1.0, &labels);
            let (layouts, glyphs) = screen.engine.kept();
            assert!(layouts <= 450 && glyphs <= 2_000, "{layouts} layouts and {glyphs} glyphs are kept");
        }
        for _ in 0..300 {
            screen.show(1.0, &[(0, LETTERS, 20.0)]);
        }
        assert_eq!(screen.engine.kept().0, 1, "what is out of sight goes");
        assert_eq!(screen.painted_pages(), 1);
    }
}
