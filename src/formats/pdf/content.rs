//! Where which characters stand on a page: the content streams of PDF (ISO 32000-2, 8 and 9), as far as text goes.
//!
//! All work is counted and ends at a limit, because a page may draw a form that draws a form, without end.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_syntax::page::{Page as Source, Resources};
use kurbo::Affine;

use super::font::Font;

/// Instructions in all pages together.
const MOST_INSTRUCTIONS: usize = 4_000_000;
/// Bytes of content in all pages together, as often as they are drawn.
const MOST_CONTENT: usize = 128 << 20;
/// Glyphs in all pages together.
const MOST_GLYPHS: usize = 1_000_000;
/// Fonts in all pages together.
const MOST_FONTS: usize = 1_000;
/// States inside states, and forms inside forms.
const MOST_STATES: usize = 512;
const DEEPEST_FORM: usize = 12;

/// A page and what stands on it, in the order in which it is drawn.
pub(super) struct Page {
    pub(super) height: f32,
    pub(super) glyphs: Vec<Glyph>,
}

/// A character, or several that are drawn as one, in points from the lower left corner of the page.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    /// In the order in which it is read.
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
    pub(super) size: f32,
    /// Whether the file says that this belongs to the page and not to the text.
    pub(super) is_artifact: bool,
}

/// Reads pages and keeps what they share.
pub(super) struct Reader {
    fonts: HashMap<usize, Rc<Font>>,
    instructions: usize,
    content: usize,
    glyphs: usize,
    /// How many glyphs were drawn whose characters nothing tells.
    pub(super) unknown: usize,
}

impl Default for Reader {
    fn default() -> Self {
        let (instructions, content, glyphs) = (MOST_INSTRUCTIONS, MOST_CONTENT, MOST_GLYPHS);
        Self { fonts: HashMap::new(), instructions, content, glyphs, unknown: 0 }
    }
}

fn affine(numbers: [Number; 6]) -> Affine {
    Affine::new(numbers.map(|number| number.as_f64()))
}

/// The part of the graphics state that text needs.
#[derive(Clone)]
struct State {
    page: Affine,
    font: Option<Rc<Font>>,
    size: f64,
    character_spacing: f64,
    word_spacing: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

/// A marked piece of content.
struct Marked {
    is_artifact: bool,
    /// What the piece says, where the file tells it, and where its glyphs begin.
    replacement: Option<(String, usize)>,
}

/// The walk through the content of a page.
struct Walk<'r, 'a> {
    reader: &'r mut Reader,
    glyphs: Vec<Glyph>,
    state: State,
    saved: Vec<State>,
    text: Affine,
    line: Affine,
    marked: Vec<Marked>,
    pages: std::marker::PhantomData<&'a ()>,
}

impl Reader {
    /// Reads a page up to its end or a limit of all pages.
    pub(super) fn page(&mut self, source: &Source) -> Page {
        let (width, height) = source.render_dimensions();
        let state = State {
            page: Affine::new(source.initial_transform(false).as_coeffs()),
            font: None,
            size: 0.0,
            character_spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let content = self.page_content(source);
        let mut walk = Walk {
            reader: self,
            glyphs: Vec::new(),
            state,
            saved: Vec::new(),
            text: Affine::IDENTITY,
            line: Affine::IDENTITY,
            marked: Vec::new(),
            pages: std::marker::PhantomData,
        };
        walk.content(&content, source.resources(), 0);
        let mut glyphs = walk.glyphs;
        // What lies beyond the page is seen by nobody.
        glyphs.retain(|glyph| {
            let middle = f32::midpoint(glyph.left, glyph.right);
            (0.0..=width).contains(&middle) && (0.0..=height).contains(&glyph.baseline)
        });
        Page { height, glyphs }
    }

    /// The content of a page: a stream, or several to be read as one.
    fn page_content(&mut self, source: &Source) -> Vec<u8> {
        let dictionary = source.raw();
        let mut content = Vec::new();
        if let Some(stream) = dictionary.get::<Stream>("Contents") {
            content = self.unpack(&stream);
        } else if let Some(streams) = dictionary.get::<Array>("Contents") {
            for stream in streams.iter::<Stream>() {
                content.append(&mut self.unpack(&stream));
                content.push(b'\n');
                if self.content == 0 {
                    break;
                }
            }
        }
        content
    }

    /// The content of a stream, cut off where all of it becomes too much.
    fn unpack(&mut self, stream: &Stream) -> Vec<u8> {
        let mut content = stream.decoded_data().map(std::borrow::Cow::into_owned).unwrap_or_default();
        content.truncate(self.content);
        // A stream that is read again and again counts even when it is empty.
        self.content = self.content.saturating_sub(content.len() + 1024);
        content
    }

    fn font(&mut self, dictionary: &Dict) -> Option<Rc<Font>> {
        // A dictionary that stays where it is for as long as the file is read.
        let key = dictionary.data().as_ptr().addr();
        if !self.fonts.contains_key(&key) && self.fonts.len() < MOST_FONTS {
            self.fonts.insert(key, Rc::new(Font::new(dictionary)));
        }
        self.fonts.get(&key).cloned()
    }
}

impl Walk<'_, '_> {
    fn content(&mut self, content: &[u8], resources: &Resources, depth: usize) {
        let mut instructions = TypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            if self.reader.instructions == 0 || self.reader.glyphs == 0 {
                return;
            }
            self.reader.instructions -= 1;
            match instruction {
                Op::XObject(name) => {
                    if let Some(form) = resources.get_x_object(name.0) {
                        self.form(&form, resources, depth);
                    }
                }
                Op::TextFont(font) => {
                    self.state.size = font.1.as_f64();
                    self.state.font = resources.get_font(font.0).and_then(|dictionary| self.reader.font(&dictionary));
                }
                Op::BeginMarkedContent(mark) => self.begin_mark(mark.0, None),
                Op::BeginMarkedContentWithProperties(mark) => {
                    let properties = match mark.1 {
                        Object::Dict(properties) => Some(properties.clone()),
                        Object::Name(name) => resources.properties.get::<Dict>(name.as_ref()),
                        _ => None,
                    };
                    self.begin_mark(mark.0, properties.as_ref());
                }
                Op::EndMarkedContent(_) => self.end_mark(),
                other => self.instruction(&other),
            }
        }
    }

    /// An instruction that needs nothing but the state.
    fn instruction(&mut self, instruction: &Op) {
        match instruction {
            Op::SaveState(_) if self.saved.len() < MOST_STATES => self.saved.push(self.state.clone()),
            Op::RestoreState(_) => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            Op::Transform(m) => self.state.page *= affine([m.0, m.1, m.2, m.3, m.4, m.5]),
            Op::CharacterSpacing(spacing) => self.state.character_spacing = spacing.0.as_f64(),
            Op::WordSpacing(spacing) => self.state.word_spacing = spacing.0.as_f64(),
            Op::HorizontalScaling(scale) => self.state.scale = scale.0.as_f64() / 100.0,
            Op::TextLeading(leading) => self.state.leading = leading.0.as_f64(),
            Op::TextRise(rise) => self.state.rise = rise.0.as_f64(),
            Op::BeginText(_) => self.set_line(Affine::IDENTITY),
            Op::SetTextMatrix(m) => self.set_line(affine([m.0, m.1, m.2, m.3, m.4, m.5])),
            Op::NextLine(by) => self.next_line(by.0.as_f64(), by.1.as_f64()),
            Op::NextLineAndSetLeading(by) => {
                self.state.leading = -by.1.as_f64();
                self.next_line(by.0.as_f64(), by.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            Op::ShowText(text) => self.show(text.0.as_bytes()),
            Op::NextLineAndShowText(text) => {
                self.next_line(0.0, -self.state.leading);
                self.show(text.0.as_bytes());
            }
            Op::ShowTextWithParameters(text) => {
                self.state.word_spacing = text.0.as_f64();
                self.state.character_spacing = text.1.as_f64();
                self.next_line(0.0, -self.state.leading);
                self.show(text.2.as_bytes());
            }
            Op::ShowTexts(texts) => {
                for item in texts.0.iter::<Object>() {
                    match item {
                        Object::String(text) => self.show(text.as_bytes()),
                        Object::Number(by) => self.advance(-by.as_f64() / 1000.0 * self.state.size * self.state.scale),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    /// A drawing inside the drawing.
    fn form(&mut self, form: &Stream, resources: &Resources, depth: usize) {
        let dictionary = form.dict();
        if depth == DEEPEST_FORM || dictionary.get::<Name>("Subtype").as_deref() != Some(b"Form") {
            return;
        }
        let content = self.reader.unpack(form);
        let outer = self.state.clone();
        let saved = std::mem::take(&mut self.saved);
        if let Some(numbers) = dictionary.get::<[f32; 6]>("Matrix") {
            self.state.page *= Affine::new(numbers.map(f64::from));
        }
        match dictionary.get::<Dict>("Resources") {
            Some(own) => self.content(&content, &Resources::new(own), depth + 1),
            None => self.content(&content, resources, depth + 1),
        }
        self.saved = saved;
        self.state = outer;
    }

    fn set_line(&mut self, line: Affine) {
        self.line = line;
        self.text = line;
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.set_line(self.line * Affine::translate((x, y)));
    }

    fn advance(&mut self, by: f64) {
        self.text *= Affine::translate((by, 0.0));
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.font.clone() else { return };
        let mut rest = bytes;
        while !rest.is_empty() && self.reader.glyphs > 0 {
            let code = font.code(rest);
            rest = &rest[code.bytes..];
            self.reader.glyphs -= 1;
            let State { size, scale, character_spacing, word_spacing, .. } = self.state;
            let width = f64::from(code.width) * size * scale;
            // A glyph without a meaning takes its place where the file tells what several mean together.
            let is_replaced = self.marked.iter().any(|mark| mark.replacement.is_some());
            match code.text {
                None if !is_replaced => self.reader.unknown += 1,
                text => self.put(text.unwrap_or_default(), width),
            }
            let word_spacing = if code.is_space { word_spacing } else { 0.0 };
            self.advance(width + (character_spacing + word_spacing) * scale);
        }
    }

    /// Puts a glyph where the pen is. Text that does not run from left to right is no line of the article.
    fn put(&mut self, text: String, width: f64) {
        let place = self.state.page * self.text * Affine::translate((0.0, self.state.rise));
        let [along, across, slant, up, x, y] = place.as_coeffs();
        let size = (self.state.size * slant.hypot(up)).abs() as f32;
        let is_upright = along.abs() > across.abs() * 4.0 && x.is_finite() && y.is_finite();
        if !is_upright || !(0.5..=2_000.0).contains(&size) {
            return;
        }
        let (start, end) = (x as f32, (x + width * along) as f32);
        let is_artifact = self.marked.iter().any(|mark| mark.is_artifact);
        let (left, right) = (start.min(end), start.max(end));
        self.glyphs.push(Glyph { text, left, right, baseline: y as f32, size, is_artifact });
    }

    fn begin_mark(&mut self, tag: &Name, properties: Option<&Dict>) {
        let text = properties.and_then(|properties| properties.get::<hayro_syntax::object::String>("ActualText"));
        let replacement = text.map(|text| (decode_text(text.as_bytes()), self.glyphs.len()));
        let is_artifact = tag.as_ref() as &[u8] == b"Artifact";
        if self.marked.len() < MOST_STATES {
            self.marked.push(Marked { is_artifact, replacement });
        }
    }

    /// Ends a marked piece. Where the file tells what it says, that replaces its glyphs; not where it goes over
    /// several lines, because then nothing tells what of it is in which.
    fn end_mark(&mut self) {
        let Some(Marked { replacement: Some((text, start)), .. }) = self.marked.pop() else { return };
        let Some((first, rest)) = self.glyphs[start.min(self.glyphs.len())..].split_first() else { return };
        if rest.iter().any(|glyph| (glyph.baseline - first.baseline).abs() > first.size) {
            return;
        }
        let (left, right) = rest
            .iter()
            .fold((first.left, first.right), |(left, right), glyph| (left.min(glyph.left), right.max(glyph.right)));
        // A sign above or below the line may be drawn first.
        let widest =
            rest.iter().fold(
                first,
                |widest, glyph| {
                    if glyph.right - glyph.left > widest.right - widest.left { glyph } else { widest }
                },
            );
        let whole = Glyph { text, left, right, ..widest.clone() };
        self.glyphs.truncate(start);
        if !whole.text.is_empty() {
            self.glyphs.push(whole);
        }
    }
}

/// A text string: UTF-16 or UTF-8 with a mark in front, else close to Latin 1.
fn decode_text(bytes: &[u8]) -> String {
    let encoding = encoding_rs::Encoding::for_bom(bytes).map_or(encoding_rs::WINDOWS_1252, |(encoding, _)| encoding);
    encoding.decode_with_bom_removal(bytes).0.chars().filter(|c| !c.is_control()).collect()
}
