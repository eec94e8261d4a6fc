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
