//! Which encoding bytes are in, judged by the bytes themselves.
//!
//! UTF-16 and UTF-8 prove themselves. The two single-byte encodings of Arabic are told apart, and from those of other
//! scripts, by how likely the letters are that the bytes stand for; what is not Arabic is left to chardetng.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_6, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1256};

use super::FoundBy;

/// Bytes that are judged where judging all of them would take time; real pages rarely have more.
const SAMPLE: usize = 256 * 1024;

/// ا, in windows-1256 as in ISO-8859-6.
const ALEF: u8 = 0xc7;
/// Counted over the words that begin with ا in the same news as [`per_ten_thousand`].
const LAM_AFTER_FIRST_ALEF: f32 = 0.93;
const OTHER_AFTER_FIRST_ALEF: f32 = 0.07;

/// The encoding that bytes are most likely in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guess {
    pub(super) encoding: &'static Encoding,
    pub(super) found: FoundBy,
    /// Whether the form of the bytes allows hardly any other.
    pub(super) proven: bool,
}

/// Bytes that are no text in any encoding.
#[derive(Debug, Clone, Copy)]
pub(super) struct NotText {
    /// The first byte that no text has.
    pub(super) position: usize,
}

/// The encoding that a byte order mark tells, and the mark's length.
pub(super) fn byte_order_mark(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    Encoding::for_bom(bytes)
}

/// Judges bytes. What was declared is taken if they allow it.
pub(super) fn detect(bytes: &[u8], declared: &[&'static Encoding]) -> Result<Guess, NotText> {
    let marked = byte_order_mark(bytes);
    let body = &bytes[marked.map_or(0, |(_, len)| len)..];
    let found = |encoding: &'static Encoding| match marked {
        Some((marked, _)) if marked == encoding => FoundBy::Bom,
        _ if declared.contains(&encoding) => FoundBy::Declared,
        _ => FoundBy::Detected,
    };
    let proven = |encoding| Guess { encoding, found: found(encoding), proven: true };
    if let Some(encoding) = utf16(body, marked.map(|(encoding, _)| encoding)) {
        // The declaration “utf-16” leaves the order of the bytes open.
        let found = if declared.contains(&UTF_16LE) && marked.is_none() { FoundBy::Declared } else { found(encoding) };
        return Ok(Guess { encoding, found, proven: true });
    }
    let utf8 = Utf8::of(body);
    check_is_text(bytes, utf8.invalid == 0)?;
    if utf8.is_likely() {
        return Ok(proven(UTF_8));
    }
    if body.is_ascii() {
        // Any encoding that extends ASCII says the same.
        let encoding = declared.iter().find(|encoding| encoding.is_ascii_compatible());
        return Ok(proven(encoding.copied().unwrap_or(UTF_8)));
    }
    let encoding = single_byte(body, declared);
    Ok(Guess { encoding, found: found(encoding), proven: false })
}

/// Whether at most a tenth of the characters come out as U+FFFD.
pub(super) fn makes_sense(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let (text, _) = encoding.decode_without_bom_handling(sample(bytes, 4096));
    let replaced = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    let is_expected =
        |c: &char| c.is_ascii() || is_arabic(*c) || matches!(*c, '\u{a0}'..='\u{24f}' | '\u{2000}'..='\u{20cf}');
    let unexpected = text.chars().filter(|c| !is_expected(c)).count();
    replaced * 10 <= text.chars().count() && unexpected * 3 <= text.chars().count()
}

/// The part of a text that has the first byte beyond ASCII in it, at most `most` bytes long.
fn sample(bytes: &[u8], most: usize) -> &[u8] {
    let start = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0).saturating_sub(64);
    // Units of UTF-16 stay whole.
    let rest = &bytes[start & !1..];
    &rest[..rest.len().min(most)]
}

/// The order of UTF-16's bytes, if nine units in ten are characters that Arabic news is made of in that order. Where there is
/// a mark, half of them are enough.
fn utf16(body: &[u8], marked: Option<&'static Encoding>) -> Option<&'static Encoding> {
    let sample = &body[..body.len().min(SAMPLE)];
    let marked = marked.filter(|encoding| *encoding != UTF_8);
    // The higher byte of any ASCII character is 0, and of any letter in the block Arabic 6.
    if marked.is_none() && !sample.iter().any(|byte| matches!(byte, 0 | 6)) {
        return None;
    }
    let units = (sample.len() / 2).max(1);
    let usual = |unit: fn([u8; 2]) -> u16| {
        let (pairs, _) = sample.as_chunks::<2>();
        pairs.iter().filter(|pair| is_usual_unit(unit(**pair))).count()
    };
    let (little, big) = (usual(u16::from_le_bytes), usual(u16::from_be_bytes));
    let (encoding, count) = if big > little { (UTF_16BE, big) } else { (UTF_16LE, little) };
    match marked {
        Some(marked) if count * 2 >= units && count > 0 => Some(if little == big { marked } else { encoding }),
        Some(marked) => Some(marked),
        None => (count >= 2 && count * 10 >= units * 9).then_some(encoding),
    }
}

/// Characters that Arabic news is made of.
fn is_usual_unit(unit: u16) -> bool {
    matches!(unit, 0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0xa0..=0xff | 0x600..=0x6ff | 0x200c..=0x200f | 0x2010..=0x2026)
        || matches!(unit, 0x202a..=0x202e | 0x2066..=0x2069 | 0xfb50..=0xfdff | 0xfe70..=0xfefc)
}

/// How much of some bytes has the form of UTF-8.
struct Utf8 {
    /// Characters beyond ASCII.
    beyond_ascii: usize,
    /// Sequences that are not UTF-8; one that the end cuts short is not counted.
    invalid: usize,
}

impl Utf8 {
    fn of(body: &[u8]) -> Self {
        if let Ok(text) = std::str::from_utf8(body) {
            return Self { beyond_ascii: usize::from(!text.is_ascii()), invalid: 0 };
        }
        let mut utf8 = Self { beyond_ascii: 0, invalid: 0 };
        let mut end = 0;
        for chunk in body.utf8_chunks() {
            end += chunk.valid().len() + chunk.invalid().len();
            utf8.beyond_ascii += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            let is_cut_short = end == body.len()
                && std::str::from_utf8(chunk.invalid()).is_err_and(|error| error.error_len().is_none());
            utf8.invalid += usize::from(!chunk.invalid().is_empty() && !is_cut_short);
        }
        utf8
    }

    /// Text in another encoding hardly ever has a sequence of UTF-8 by chance, so that damage is likelier.
    fn is_likely(&self) -> bool {
        self.beyond_ascii > self.invalid
    }
}

/// Refuses what has more control characters than damage explains: of random bytes a tenth are some.
fn check_is_text(bytes: &[u8], is_utf8: bool) -> Result<(), NotText> {
    let is_control = |byte: &u8| matches!(byte, 0..=8 | 0xe..=0x1a | 0x1c..=0x1f | 0x7f);
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let controls = sample.iter().filter(|byte| is_control(byte)).count();
    let one_in = if is_utf8 { 10 } else { 50 };
    match sample.iter().position(is_control) {
        Some(position) if controls * one_in > sample.len() => Err(NotText { position }),
        _ => Ok(()),
    }
}

/// Judges bytes that are not UTF-8.
fn single_byte(body: &[u8], declared: &[&'static Encoding]) -> &'static Encoding {
    /// How much likelier another encoding must be than the one declared, as a natural logarithm.
    const MARGIN: f32 = 6.0;
    let counts = Counts::of(sample(body, SAMPLE));
    let arabic = [WINDOWS_1256, ISO_8859_6];
    let scored = arabic.map(|encoding| (encoding, counts.score(encoding)));
    let score_of = |wanted| scored.iter().find(|(encoding, _)| *encoding == wanted).map(|(_, score)| *score);
    let (best, best_score) = if scored[1].1 > scored[0].1 { scored[1] } else { scored[0] };
    let declared_arabic =
        declared.iter().find(|encoding| score_of(**encoding).is_some_and(|s| best_score - s < MARGIN));
    let declared_other = declared.iter().find(|encoding| **encoding != UTF_8 && !encoding.name().starts_with("UTF-16"));
    if counts.are_arabic(best_score) {
        return declared_arabic.copied().unwrap_or(best);
    }
    declared_other.copied().unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(sample(body, SAMPLE / 4), true);
        detector.guess(None, Utf8Detection::Deny)
    })
}

/// How often each byte beyond ASCII occurs.
struct Counts {
    of: [u32; 128],
    total: u32,
    /// How often each follows an alef that begins a word, which is the same byte in both encodings of Arabic.
    after_first_alef: [u32; 128],
    /// Runs of bytes that are letters in every encoding of one byte a character …
    runs: u32,
    /// … and how many of them touch a letter of ASCII, as é in *café* does.
    touching: u32,
}

impl Counts {
    fn of(sample: &[u8]) -> Self {
        let mut counts = Self { of: [0; 128], total: 0, after_first_alef: [0; 128], runs: 0, touching: 0 };
        let (mut before, mut previous) = (b' ', b' ');
        for &byte in sample {
            if let Some(index) = byte.checked_sub(128).map(usize::from) {
                counts.of[index] += 1;
                counts.total += 1;
                counts.after_first_alef[index] += u32::from(previous == ALEF && before < 128);
            }
            match (previous >= 0xc0, byte >= 0xc0) {
                (false, true) => {
                    counts.runs += 1;
                    counts.touching += u32::from(previous.is_ascii_alphabetic());
                }
                (true, false) => counts.touching += u32::from(byte.is_ascii_alphabetic()),
                _ => {}
            }
            (before, previous) = (previous, byte);
        }
        counts
    }

    /// The logarithm of how likely Arabic has these bytes in an encoding: letter by letter, and what follows an alef at
    /// the beginning of a word, which is mostly ل.
    fn score(&self, encoding: &'static Encoding) -> f32 {
        let each = (128..=255_u8).zip(self.of.into_iter().zip(self.after_first_alef));
        let counted = each.filter(|(_, (count, _))| *count > 0);
        counted
            .map(|(byte, (count, after_first_alef))| {
                let c = character(encoding, byte);
                let article = if c == 'ل' { LAM_AFTER_FIRST_ALEF / frequency(c) } else { OTHER_AFTER_FIRST_ALEF };
                count as f32 * frequency(c).ln() + after_first_alef as f32 * article.ln()
            })
            .sum()
    }

    /// Whether a score is that of Arabic: the mean of news is −3.2, of other languages below −8.
    fn are_arabic(&self, score: f32) -> bool {
        const LEAST: f32 = -6.0;
        self.runs > 0 && self.touching * 4 <= self.runs && score >= LEAST * self.total as f32
    }
}

fn character(encoding: &'static Encoding, byte: u8) -> char {
    encoding.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The share of a character among those beyond ASCII in Arabic news.
fn frequency(c: char) -> f32 {
    per_ten_thousand(c) / 10_000.0
}

/// Counted over 1.2 million characters of nine newspapers from three countries.
fn per_ten_thousand(c: char) -> f32 {
    const LETTERS: [(char, f32); 46] = [
        ('ا', 1479.0),
        ('ل', 1139.0),
        ('ي', 746.0),
        ('م', 647.0),
        ('و', 528.0),
        ('ن', 499.0),
        ('ت', 455.0),
        ('ر', 454.0),
        ('ب', 349.0),
        ('ة', 335.0),
        ('ع', 332.0),
        ('د', 308.0),
        ('ف', 252.0),
        ('س', 246.0),
        ('ه', 231.0),
        ('ق', 213.0),
        ('أ', 185.0),
        ('ح', 180.0),
        ('ك', 176.0),
        ('ج', 144.0),
        ('ش', 103.0),
        ('ط', 98.0),
        ('ص', 94.0),
        ('،', 87.0),
        ('خ', 84.0),
        ('ى', 81.0),
        ('إ', 80.0),
        ('ض', 64.0),
        ('ز', 62.0),
        ('ذ', 58.0),
        ('ث', 52.0),
        ('ئ', 42.0),
        ('غ', 34.0),
        ('ء', 33.0),
        ('ظ', 24.0),
        ('ً', 15.0),
        ('ؤ', 14.0),
        ('ّ', 10.0),
        ('آ', 9.0),
        ('َ', 6.0),
        ('ـ', 6.0),
        ('ُ', 5.0),
        ('ِ', 2.0),
        ('؟', 2.0),
        ('؛', 2.0),
        ('ْ', 2.0),
    ];
    if let Some((_, frequency)) = LETTERS.iter().find(|(letter, _)| *letter == c) {
        return *frequency;
    }
    match c {
        '\u{a0}' | '«' | '»' | '‘' | '’' | '“' | '”' | '–' | '—' | '…' | '•' => 5.0,
        char::REPLACEMENT_CHARACTER => 0.001,
        c if is_arabic(c) => 0.5,
        _ => 0.05,
    }
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}
