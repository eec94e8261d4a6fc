//! The glyphs of a line to its text, in the order in which it is read.
//!
//! A page shows text in visual order. What turns logical order into visual order, the bidirectional algorithm
//! (Unicode Standard Annex 9), also turns it back: read from the side where the line begins, and turn around the
//! runs that go the other way.

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::content::Glyph;

/// A line, or the part of one that lies in a column.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    /// Where in the text there are brackets that show mirrored, in bytes.
    pub(super) brackets: Vec<usize>,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
    pub(super) size: f32,
    /// How wide the word is that the line begins with.
    pub(super) first_word: f32,
    pub(super) is_rtl: bool,
    pub(super) is_artifact: bool,
}

/// How far apart glyphs of different words are at least, as a part of their size.
#[derive(Debug, Clone, Copy)]
pub(super) struct WordGap(f32);

impl WordGap {
    /// Where spaces are drawn only a gap as wide as one is another; where none are, any gap is.
    pub(super) fn of(glyphs: usize, spaces: usize) -> Self {
        Self(if spaces * 25 > glyphs { 0.19 } else { 0.14 })
    }
}

/// Makes a line of glyphs that stand on one baseline; `None` where they say nothing.
pub(super) fn line(glyphs: Vec<Glyph>, gap: WordGap) -> Option<Line> {
    let is_artifact = glyphs.iter().all(|glyph| glyph.is_artifact);
    let glyphs = in_order(glyphs);
    let inked = || glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty());
    let left = inked().map(|glyph| glyph.left).reduce(f32::min)?;
    let right = inked().map(|glyph| glyph.right).reduce(f32::max)?;
    let is_rtl = is_rtl(&glyphs);
    let size = most_common_size(&glyphs);
    let baseline = inked().find(|glyph| (glyph.size - size).abs() < 0.1).or_else(|| inked().next())?.baseline;
    let pieces = pieces(&glyphs, gap, is_rtl);
    let (text, brackets) = in_reading_order(&pieces, is_rtl);
    let first_word = first_word(&pieces);
    Some(Line { text, brackets, left, right, baseline, size, first_word, is_rtl, is_artifact })
}

/// The size that most glyphs have.
fn most_common_size(glyphs: &[Glyph]) -> f32 {
    let mut sizes: Vec<f32> =
        glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()).map(|glyph| glyph.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}

/// Gives each vowel sign of a page to the letter that it stands on, before the order in which the glyphs are drawn is
/// lost: a sign has no width, and where it begins may lie under the next letter.
pub(super) fn with_marks_on_their_letters(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let glyphs: Vec<Glyph> = glyphs.into_iter().map(normalised).filter(|glyph| !glyph.text.is_empty()).collect();
    let is_mark = |glyph: &Glyph| glyph.text.chars().all(is_combining_mark);
    let mut bearer = vec![None; glyphs.len()];
    let mut index = 0;
    while index < glyphs.len() {
        let run = glyphs[index..].iter().take_while(|glyph| is_mark(glyph)).count();
        let before = index.checked_sub(1);
        let after = Some(index + run).filter(|&after| after < glyphs.len());
        for (mark, bearer) in glyphs[index..].iter().zip(&mut bearer[index..index + run]) {
            *bearer = nearer(&glyphs, mark, before, after);
        }
        index += run.max(1);
    }
    let mut taken = vec![String::new(); glyphs.len()];
    for (mark, letter) in bearer.iter().enumerate() {
        if let Some(letter) = letter {
            let text = &glyphs[mark].text;
            // A doubling sign is written before the vowel sign above it.
            let place = if text.starts_with('\u{651}') { 0 } else { taken[*letter].len() };
            if !taken[*letter].contains(text.as_str()) {
                taken[*letter].insert_str(place, text);
            }
        }
    }
    let mut letters = Vec::with_capacity(glyphs.len());
    for ((mut glyph, marks), bearer) in glyphs.into_iter().zip(taken).zip(bearer) {
        if bearer.is_none() {
            glyph.text.push_str(&marks);
            letters.push(glyph);
        }
    }
    letters
}

/// Which of the letters drawn before and after a sign bears it: shapers put the signs of a letter after it in the
/// direction of the script, so to the left of what is drawn next, or right of what was drawn last.
fn nearer(glyphs: &[Glyph], mark: &Glyph, before: Option<usize>, after: Option<usize>) -> Option<usize> {
    const REACH: f32 = 0.6;
    let reached = |letter: &usize| {
        let letter = &glyphs[*letter];
        let far = (letter.left - mark.right).max(mark.left - letter.right);
        far < mark.size * REACH && (letter.baseline - mark.baseline).abs() < mark.size && !letter.text.trim().is_empty()
    };
    match (before.filter(reached), after.filter(reached)) {
        (Some(before), Some(after)) => {
            let is_arabic = glyphs[after].text.chars().next().is_some_and(|c| bidi_class(c) == BidiClass::AL);
            let is_drawn_rightwards = glyphs[after].left > glyphs[before].left;
            Some(if is_arabic && is_drawn_rightwards { after } else { before })
        }
        (before, after) => before.or(after),
    }
}

/// Sorts glyphs from left to right; those that are drawn twice to look bold count once.
fn in_order(mut glyphs: Vec<Glyph>) -> Vec<Glyph> {
    glyphs.sort_by(|one, other| one.left.total_cmp(&other.left));
    glyphs.dedup_by(|next, kept| {
        let is_at = |one: f32, other: f32| (one - other).abs() < kept.size * 0.1;
        next.text == kept.text && is_at(next.left, kept.left) && is_at(next.right, kept.right)
    });
    glyphs
}

/// Letters in place of their presentation forms, and without what only a layout needs.
fn normalised(mut glyph: Glyph) -> Glyph {
    // Whole phrases have signs of their own, which stay.
    let is_form = |c: char| matches!(c, '\u{fb00}'..='\u{fb06}' | '\u{fb50}'..='\u{fdf2}' | '\u{fe70}'..='\u{fefc}');
    if glyph.text.contains(is_form) {
        let decomposed: String =
            glyph.text.chars().map(|c| if is_form(c) { c.nfkc().collect::<String>() } else { c.to_string() }).collect();
        glyph.text = match decomposed.strip_prefix(' ') {
            Some(mark) if !mark.is_empty() => mark.to_owned(),
            _ => decomposed,
        };
    }
    // Some tables have the letters of a ligature in the order in which they are seen.
    let mut letters = glyph.text.chars();
    if let (Some(alef @ ('ا' | 'أ' | 'إ' | 'آ')), Some('ل'), None) = (letters.next(), letters.next(), letters.next())
    {
        glyph.text = format!("ل{alef}");
    }
    if glyph.text.contains(is_left_out) {
        glyph.text.retain(|c| !is_left_out(c));
    }
    glyph
}

/// Characters that say nothing about text whose order is known: controls, soft hyphens, marks of direction.
fn is_left_out(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether a line begins at the right: where it has Arabic letters, unless most are Latin ones.
fn is_rtl(glyphs: &[Glyph]) -> bool {
    let mut balance = 0;
    for character in glyphs.iter().filter_map(|glyph| glyph.text.chars().next()) {
        match bidi_class(character) {
            BidiClass::R | BidiClass::AL => balance += 3,
            BidiClass::L => balance -= 1,
            _ => {}
        }
    }
    balance > 0
}

/// A glyph or a space, from where the line begins.
struct Piece<'g> {
    text: &'g str,
    width: f32,
}

/// The glyphs from where the line begins, with a space wherever words are apart.
fn pieces(glyphs: &[Glyph], gap: WordGap, is_rtl: bool) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(glyphs.len());
    let mut end: Option<f32> = None;
    for glyph in glyphs {
        if glyph.text.trim().is_empty() {
            push_space(&mut pieces);
        } else {
            if end.is_some_and(|end| glyph.left - end > glyph.size * gap.0) {
                push_space(&mut pieces);
            }
            pieces.push(Piece { text: &glyph.text, width: glyph.right - glyph.left });
        }
        end = Some(end.unwrap_or(glyph.right).max(glyph.right));
    }
    if is_rtl {
        pieces.reverse();
    }
    pieces
}

fn push_space(pieces: &mut Vec<Piece>) {
    if pieces.last().is_some_and(|piece| piece.text != " ") {
        pieces.push(Piece { text: " ", width: 0.0 });
    }
}

fn first_word(pieces: &[Piece]) -> f32 {
    pieces
        .iter()
        .skip_while(|piece| piece.text == " ")
        .take_while(|piece| piece.text != " ")
        .map(|piece| piece.width)
        .sum()
}

/// Turns around the runs that go against the line; returns where brackets show mirrored, too.
fn in_reading_order(pieces: &[Piece], is_rtl: bool) -> (String, Vec<usize>) {
    let base = if is_rtl { Level::rtl() } else { Level::ltr() };
    let seen: String = pieces.iter().map(|piece| piece.text).collect();
    let levels = BidiInfo::new(&seen, Some(base)).levels;
    let mut order: Vec<(usize, Level)> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    for (index, piece) in pieces.iter().enumerate() {
        order.push((index, levels.get(at).copied().unwrap_or(base)));
        at += piece.text.len();
    }
    join_numbers_to_words(pieces, &mut order, base);
    for run in order.chunk_by_mut(|one, next| (one.1 == base) == (next.1 == base)) {
        if run[0].1 != base {
            run.reverse();
            // What goes the way of the line inside a run that does not is turned back.
            for inner in run.chunk_by_mut(|one, next| one.1 == next.1) {
                if inner[0].1.is_rtl() == base.is_rtl() {
                    inner.reverse();
                }
            }
        }
    }
    let mut text = String::new();
    let mut brackets = Vec::new();
    for (index, level) in order {
        if level.is_rtl() && pieces[index].text.starts_with(is_bracket) {
            brackets.push(text.len());
        }
        text.push_str(pieces[index].text);
    }
    let start = text.len() - text.trim_start().len();
    for place in &mut brackets {
        *place = place.saturating_sub(start);
    }
    (text.trim().to_owned(), brackets)
}

/// In a line from right to left, a number to the right of a Latin word belongs to it («Windows 10»), although the
/// algorithm, which never sees it there, keeps them apart.
fn join_numbers_to_words(pieces: &[Piece], order: &mut [(usize, Level)], base: Level) {
    if base.is_ltr() {
        return;
    }
    let is_number = |index: usize| pieces[index].text.chars().all(|c| c.is_ascii_digit());
    let is_latin = |index: usize| pieces[index].text.chars().next().is_some_and(|c| bidi_class(c) == BidiClass::L);
    for middle in 1..order.len().saturating_sub(1) {
        if pieces[middle].text == " " && order[middle].1 == base && is_number(middle - 1) && is_latin(middle + 1) {
            order[middle].1 = order[middle + 1].1;
        }
    }
}

pub(super) fn is_bracket(c: char) -> bool {
    mirrored(c) != c
}

/// The other bracket of a pair.
pub(super) fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '«' => '»',
        '»' => '«',
        '‹' => '›',
        '›' => '‹',
        '<' => '>',
        '>' => '<',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line as it is seen from left to right, a character a unit wide.
    fn check(seen: &str, expected: &str) {
        let glyphs: Vec<Glyph> =
            seen.chars().enumerate().map(|(index, c)| glyph(&c.to_string(), index as f32 * 6.0, 6.0)).collect();
        assert_eq!(text(glyphs, WordGap::of(1, 1)), expected, "{seen}");
    }

    fn text(glyphs: Vec<Glyph>, gap: WordGap) -> String {
        line(with_marks_on_their_letters(glyphs), gap).unwrap().text
    }

    fn glyph(text: &str, left: f32, width: f32) -> Glyph {
        Glyph { text: text.to_owned(), left, right: left + width, baseline: 100.0, size: 12.0, is_artifact: false }
    }

    #[test]
    fn what_is_seen_becomes_what_is_read() {
        check("قشمد يف", "في دمشق");
        check("2026 ليربأ 14 يف", "في 14 أبريل 2026");
        check(".3.5 ملايين", ".3.5 ملايين".chars().rev().collect::<String>().replace("5.3", "3.5").as_str());
        check("ةفلكب UNICEF ةمظنم", "منظمة UNICEF بكلفة");
        check("ىلع Water Watch ةمظنم تلاق", "قالت منظمة Water Watch على");
        check("ًامداق Windows 10 ماظن", "نظام Windows 10 قادماً");
        check("يف www.example.org عقوم", "موقع www.example.org في");
        check("اميف %45 تزواجت", "تجاوزت 45% فيما");
        check("14/4/2026 موي", "يوم 14/4/2026");
        check("The UN in قشمد said so", "The UN in دمشق said so");
    }

    #[test]
    fn forms_become_letters() {
        check("ﺎﻴﻟﻭ", "وليا");
        check("ﻡﻼﺳ", "سلام");
        let ligature = vec![glyph("م", 0.0, 6.0), glyph("ال", 6.0, 8.0), glyph("س", 14.0, 6.0)];
        assert_eq!(text(ligature, WordGap::of(1, 1)), "سلام");
    }

    #[test]
    fn vowel_signs_stay_on_their_letters() {
        // Drawn from left to right each comes before its letter, and begins anywhere.
        let glyphs = vec![
            glyph("ﹶ", 1.0, 0.0),
            glyph("د", 0.0, 6.0),
            glyph("\u{64e}", 5.0, 0.0),
            glyph("\u{651}", 5.0, 0.0),
            glyph("م", 6.0, 6.0),
        ];
        assert_eq!(text(glyphs, WordGap::of(1, 1)), "م\u{651}\u{64e}د\u{64e}");
        // Drawn from right to left it comes after.
        let glyphs = vec![glyph("ن", 6.0, 6.0), glyph("\u{64f}", 5.0, 0.0), glyph("ش", 0.0, 6.0)];
        assert_eq!(text(glyphs, WordGap::of(1, 1)), "ن\u{64f}ش");
    }

    #[test]
    fn gaps_are_spaces_where_none_are_drawn() {
        let glyphs = vec![glyph("ب", 0.0, 6.0), glyph("ا", 8.0, 3.0), glyph("ب", 11.1, 6.0)];
        assert_eq!(text(glyphs.clone(), WordGap::of(100, 0)), "با ب");
        assert_eq!(text(glyphs, WordGap::of(100, 15)), "باب");
    }

    #[test]
    fn letters_drawn_twice_count_once() {
        let glyphs = vec![glyph("ب", 0.0, 6.0), glyph("ب", 0.3, 6.0), glyph("ب", 6.0, 6.0)];
        assert_eq!(text(glyphs, WordGap::of(1, 1)), "بب");
    }
}
