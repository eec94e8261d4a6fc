//! Text on the screen, in any direction.
//!
//! egui itself draws Arabic in the wrong order, so every text that can be Arabic goes through here.
//! Start with [`TextEngine`], which owns the fonts and the glyphs already drawn; [`label`], [`reader`] and [`editor`]
//! are the widgets; [`Block`] is what they know about a text that has been laid out.

mod access;
mod atlas;
mod block;
mod edit;
mod field;
mod shape;

pub use block::{Affinity, Block, Caret, Cluster, Direction, Line, Motion, Stop};
pub use edit::{Change, EditState, Selection};
pub use field::{Field, FieldColors, FieldOutput, Mark, MarkLook, editor, label, line, marked_label, reader};
pub use shape::{Laid, TextStyle, Typeface};

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use egui::{Context, Id};

use atlas::Atlas;
use shape::Shaper;

/// Frames after which the layout of a text that is no longer shown is dropped.
const KEEP_FRAMES: u64 = 120;
/// With more layouts than this, as in quick scrolling, those that the last frame did not show are dropped at once.
const MOST_LAYOUTS: usize = 400;

/// The fonts, the glyphs drawn so far, and the layouts of the texts now on screen.
pub struct TextEngine {
    shaper: Shaper,
    atlas: Atlas,
    cache: HashMap<Id, Cached>,
    frame: u64,
    /// Pixels a point.
    scale: f32,
    /// Missing characters that somebody knows about.
    reported: BTreeSet<char>,
}

struct Cached {
    /// Stands for everything that the layout depends on.
    key: u64,
    laid: Arc<Laid>,
    used: u64,
}

impl Default for TextEngine {
    fn default() -> Self {
        Self {
            shaper: Shaper::new(),
            atlas: Atlas::new(),
            cache: HashMap::new(),
            frame: 0,
            scale: 1.0,
            reported: BTreeSet::new(),
        }
    }
}

impl TextEngine {
    /// To be called once before anything is drawn: follows the scale of the screen and drops what has not been
    /// shown for a while.
    pub fn begin_frame(&mut self, ctx: &Context) {
        let scale = ctx.pixels_per_point();
        if (scale - self.scale).abs() > f32::EPSILON {
            self.scale = scale;
            self.atlas.clear();
        }
        self.frame += 1;
        let keep = if self.cache.len() > MOST_LAYOUTS { 1 } else { KEEP_FRAMES };
        if keep == 1 || self.frame.is_multiple_of(keep) {
            let oldest = self.frame - keep;
            self.cache.retain(|_, cached| cached.used >= oldest);
        }
    }

    /// The layout of `text` for a width in points; [`f32::INFINITY`] keeps it on one line. What was laid out for
    /// the same `id` before is used again when nothing has changed.
    pub fn lay_out(&mut self, ctx: &Context, id: Id, text: &str, style: &TextStyle, width: f32) -> Arc<Laid> {
        let key = self.key(text, style, width);
        if let Some(cached) = self.cache.get_mut(&id).filter(|cached| cached.key == key) {
            cached.used = self.frame;
            return Arc::clone(&cached.laid);
        }
        let laid = Arc::new(self.shaper.lay_out(ctx, &mut self.atlas, text, style, width, self.scale));
        self.cache.insert(id, Cached { key, laid: Arc::clone(&laid), used: self.frame });
        laid
    }

    /// Visible characters that no font has, each reported once.
    pub fn take_missing(&mut self) -> Vec<char> {
        let new: Vec<char> = self.shaper.missing().difference(&self.reported).copied().collect();
        self.reported.extend(&new);
        new
    }

    /// Makes a font of the user's the last resort for what the bundled ones lack.
    pub fn add_fallback_font(&mut self, bytes: Vec<u8>) {
        self.shaper.add_fallback(bytes);
        self.atlas.clear();
    }

    /// Rounds a position to a whole pixel, so that letters painted there are crisp.
    pub fn snap(&self, at: egui::Pos2) -> egui::Pos2 {
        (at.to_vec2() * self.scale).round().to_pos2() / self.scale
    }

    /// How many layouts and how many glyphs are kept.
    pub fn kept(&self) -> (usize, usize) {
        (self.cache.len(), self.atlas.len())
    }

    fn key(&self, text: &str, style: &TextStyle, width: f32) -> u64 {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let TextStyle { typeface, size, line_height, bold, color, direction } = *style;
        (typeface, size.to_bits(), line_height.to_bits(), bold, color, direction).hash(&mut hasher);
        (width.to_bits(), self.scale.to_bits(), self.atlas.generation()).hash(&mut hasher);
        hasher.finish()
    }
}
