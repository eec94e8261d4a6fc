//! Fonts of a PDF: how wide the glyph of a code is, and what it means.

use std::ops::RangeInclusive;

use hayro_cmap::{BfString, CMap, CMapName};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use skrifa::raw::TableProvider as _;
use skrifa::{FontRef, GlyphNames, MetadataProvider as _};

use super::encoding::{Base, glyph_text};

/// A font as far as text needs it.
pub(super) struct Font {
    codes: Codes,
    /// Widths of codes or, in a composite font, of CIDs, in order; thousandths of the font's size.
    widths: Vec<(RangeInclusive<u32>, Widths)>,
    default_width: f32,
    to_unicode: Option<CMap>,
    /// What codes or glyphs mean where the font does not say it in a table of its own, by code or glyph.
    texts: Vec<Option<Box<str>>>,
}

/// How the bytes of a string are codes.
enum Codes {
    /// One byte each.
    Simple,
    /// As a map says; then the code chooses a CID, and that a glyph.
    Composite {
        map: Box<CMap>,
        /// The glyph of each CID; without it they have the same number.
        glyphs: Option<Vec<u16>>,
    },
}

enum Widths {
    Same(f32),
    Each(Vec<f32>),
}

/// A code with its glyph's width, as a part of the font's size, and what it means.
pub(super) struct Code {
    pub(super) bytes: usize,
    pub(super) width: f32,
    pub(super) text: Option<String>,
    /// Whether it is the code of one byte that word spacing is for.
    pub(super) is_space: bool,
}

impl Font {
    /// Reads a font; what it lacks or has wrong is left open.
    pub(super) fn new(dictionary: &Dict) -> Self {
        let to_unicode = dictionary.get::<Stream>("ToUnicode").and_then(|stream| parse_map(&stream));
        match dictionary.get::<Name>("Subtype").as_deref() {
            Some(b"Type0") => composite(dictionary, to_unicode),
            _ => simple(dictionary, to_unicode),
        }
    }

    /// The first code of a string that is not empty.
    pub(super) fn code(&self, bytes: &[u8]) -> Code {
        match &self.codes {
            Codes::Simple => {
                let code = u32::from(bytes[0]);
                Code { bytes: 1, width: self.width(code), text: self.text(code, code), is_space: code == 32 }
            }
            Codes::Composite { map, glyphs } => {
                let (code, length) = read_code(map, bytes);
                let cid = map.lookup_cid_code(code, length as u8).unwrap_or(code);
                let glyph =
                    glyphs.as_ref().map_or(cid, |glyphs| glyphs.get(cid as usize).map_or(0, |&glyph| u32::from(glyph)));
                let is_space = length == 1 && code == 32;
                Code { bytes: length, width: self.width(cid), text: self.text(code, glyph), is_space }
            }
        }
    }

    fn width(&self, code: u32) -> f32 {
        let place = self.widths.partition_point(|(range, _)| *range.end() < code);
        let width = match self.widths.get(place) {
            Some((range, Widths::Same(width))) if range.contains(&code) => *width,
            Some((range, Widths::Each(widths))) if range.contains(&code) => widths[(code - range.start()) as usize],
            _ => self.default_width,
        };
        width / 1000.0
    }

    fn text(&self, code: u32, glyph: u32) -> Option<String> {
        let told = match self.to_unicode.as_ref().and_then(|map| map.lookup_bf_string(code)) {
            Some(BfString::Char(character)) => Some(character.to_string()),
            Some(BfString::String(text)) => Some(text),
            None => None,
        };
        told.filter(|text| text.chars().all(is_meaningful))
            .or_else(|| self.texts.get(glyph as usize)?.as_deref().map(str::to_owned))
    }
}

/// Whether a table that says this of a glyph says anything; private characters and controls mean nothing.
fn is_meaningful(character: char) -> bool {
    !matches!(character, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

fn parse_map(stream: &Stream) -> Option<CMap> {
    // Maps that are built into readers are for Chinese, Japanese and Korean.
    CMap::parse(&stream.decoded_data().ok()?, |_| None)
}

/// The shortest code that the map knows; codes of unknown length have two bytes, as nearly all have.
fn read_code(map: &CMap, bytes: &[u8]) -> (u32, usize) {
    let mut code = 0;
    for (index, byte) in bytes.iter().take(4).enumerate() {
        code = code << 8 | u32::from(*byte);
        if map.lookup_cid_code(code, index as u8 + 1).is_some() {
            return (code, index + 1);
        }
    }
    let length = bytes.len().min(2);
    (bytes[..length].iter().fold(0, |code, byte| code << 8 | u32::from(*byte)), length)
}

fn simple(dictionary: &Dict, to_unicode: Option<CMap>) -> Font {
    let descriptor = dictionary.get::<Dict>("FontDescriptor").unwrap_or_default();
    // Fonts whose glyphs are drawings give widths in a space of their own.
    let scale = match dictionary.get::<[f32; 6]>("FontMatrix") {
        Some([scale, ..]) if dictionary.get::<Name>("Subtype").as_deref() == Some(b"Type3") => scale.abs() * 1000.0,
        _ => 1.0,
    };
    let first = dictionary.get::<u32>("FirstChar").unwrap_or(0).min(255);
    let widths: Vec<f32> = dictionary
        .get::<Array>("Widths")
        .map(|widths| widths.iter::<f32>().take(256).map(|width| width * scale).collect())
        .unwrap_or_default();
    // A standard font may leave its widths out.
    let default_width = descriptor.get::<f32>("MissingWidth").unwrap_or(if widths.is_empty() { 500.0 } else { 0.0 });
    let widths = match widths.len() as u32 {
        0 => Vec::new(),
        count => vec![(first..=first + count - 1, Widths::Each(widths))],
    };
    Font { codes: Codes::Simple, widths, default_width, to_unicode, texts: simple_texts(dictionary, &descriptor) }
}

/// What the codes of a simple font mean: by its encoding, its differences from that, and its own table of characters.
fn simple_texts(dictionary: &Dict, descriptor: &Dict) -> Vec<Option<Box<str>>> {
    const SYMBOLIC: u32 = 4;
    let encoding = dictionary.get::<Object>("Encoding");
    let (name, differences) = match &encoding {
        Some(Object::Name(name)) => (Base::named(name), None),
        Some(Object::Dict(encoding)) => {
            let base = encoding.get::<Name>("BaseEncoding").and_then(|name| Base::named(&name));
            (base, encoding.get::<Array>("Differences"))
        }
        _ => (None, None),
    };
    let is_symbolic = descriptor.get::<u32>("Flags").is_some_and(|flags| flags & SYMBOLIC != 0);
    let own = font_program(descriptor).filter(|_| is_symbolic && name.is_none());
    let mut texts: Vec<Option<Box<str>>> = if let Some(program) = own {
        texts_of_codes(&program)
    } else {
        let base = name.unwrap_or(Base::Standard);
        (0..=255).map(|code| base.character(code).map(|c| c.to_string().into())).collect()
    };
    texts.resize(256, None);
    let mut code = 0;
    for item in differences.iter().flat_map(Array::iter::<Object>) {
        match item {
            Object::Number(number) => code = number.as_i64().clamp(0, 256) as usize,
            Object::Name(name) => {
                if let Some(text) = texts.get_mut(code) {
                    *text = glyph_text(name.as_str()).map(Into::into);
                }
                code += 1;
            }
            _ => {}
        }
    }
    texts
}

fn composite(dictionary: &Dict, to_unicode: Option<CMap>) -> Font {
    let map = match dictionary.get::<Object>("Encoding") {
        Some(Object::Stream(stream)) => parse_map(&stream),
        Some(Object::Name(name)) if CMapName::from_bytes(&name) == CMapName::IdentityV => Some(CMap::identity_v()),
        _ => None,
    };
    let map = map.unwrap_or_else(CMap::identity_h);
    let descendants = dictionary.get::<Array>("DescendantFonts");
    let descendant = descendants.and_then(|fonts| fonts.iter::<Dict>().next()).unwrap_or_default();
    let glyphs = descendant
        .get::<Stream>("CIDToGIDMap")
        .and_then(|stream| stream.decoded_data().ok())
        .map(|data| data.chunks_exact(2).take(1 << 16).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect());
    let texts = match to_unicode {
        Some(_) => Vec::new(),
        None => descendant
            .get("FontDescriptor")
            .as_ref()
            .and_then(font_program)
            .map(|p| texts_of_glyphs(&p))
            .unwrap_or_default(),
    };
    Font {
        codes: Codes::Composite { map: Box::new(map), glyphs },
        widths: descendant.get::<Array>("W").map(|widths| composite_widths(&widths)).unwrap_or_default(),
        default_width: descendant.get::<f32>("DW").unwrap_or(1000.0),
        to_unicode,
        texts,
    }
}

/// Reads `first [width …]` and `first last width`, over and over.
fn composite_widths(array: &Array) -> Vec<(RangeInclusive<u32>, Widths)> {
    const MOST: usize = 1 << 16;
    let mut widths = Vec::new();
    let mut items = array.flex_iter();
    while widths.len() < MOST {
        if let Some((first, each)) = items.next::<(u32, Array)>() {
            let each: Vec<f32> = each.iter::<f32>().take(MOST).collect();
            if let Some(last) = (each.len() as u32).checked_sub(1).and_then(|more| first.checked_add(more)) {
                widths.push((first..=last, Widths::Each(each)));
            }
        } else if let Some((first, last, width)) = items.next::<(u32, u32, f32)>() {
            widths.push((first..=last, Widths::Same(width)));
        } else {
            break;
        }
    }
    widths.sort_by_key(|(range, _)| *range.end());
    widths
}

/// The program of a font that has tables, which TrueType and OpenType fonts do.
fn font_program(descriptor: &Dict) -> Option<Vec<u8>> {
    let stream = descriptor.get::<Stream>("FontFile2").or_else(|| descriptor.get::<Stream>("FontFile3"))?;
    Some(stream.decoded_data().ok()?.into_owned())
}

/// What the glyphs of a font mean by its own tables: the characters that it has glyphs for, then the glyphs' names.
/// A letter counts before its presentation forms, whichever comes first.
fn texts_of_glyphs(program: &[u8]) -> Vec<Option<Box<str>>> {
    const MOST: usize = 1 << 17;
    let mut texts: Vec<Option<Box<str>>> = Vec::new();
    let Ok(font) = FontRef::new(program) else { return texts };
    let count = font.maxp().map_or(0, |table| usize::from(table.num_glyphs()));
    texts.resize(count, None);
    for (code, glyph) in font.charmap().mappings().take(MOST) {
        let text = char::from_u32(code).filter(|c| is_meaningful(*c)).map(|character| character.to_string().into());
        if let Some(place) = texts.get_mut(glyph.to_u32() as usize)
            && place.is_none()
        {
            *place = text;
        }
    }
    for (glyph, name) in GlyphNames::new(&font).iter().take(MOST) {
        if let Some(place) = texts.get_mut(glyph.to_u32() as usize)
            && place.is_none()
            && !name.is_synthesized()
        {
            *place = glyph_text(name.as_str()).map(Into::into);
        }
    }
    texts
}

/// What the codes of a symbolic font mean: its table of characters has them as they are or in the private area, and
/// leads to glyphs that other tables name.
fn texts_of_codes(program: &[u8]) -> Vec<Option<Box<str>>> {
    const PRIVATE: u32 = 0xf000;
    let texts = texts_of_glyphs(program);
    let Ok(font) = FontRef::new(program) else { return Vec::new() };
    let characters = font.charmap();
    (0..256)
        .map(|code| {
            let glyph = characters.map(PRIVATE + code).or_else(|| characters.map(code))?;
            texts.get(glyph.to_u32() as usize)?.clone()
        })
        .collect()
}
