//! Lines on pages to paragraphs: columns, paragraphs, titles, and what repeats on every page.
//!
//! Columns are found by the white between them (after G. Nagy and S. Seth, "Hierarchical representation of optically
//! scanned documents", 1984), only the other way round: the tallest band of rows with a gutter is cut out first, so
//! that a title above two columns stays in front of both. A paragraph ends as in plain text at a line that had room
//! for the next word, and besides where the space between lines, their size or an indent says so.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::content::{Glyph, Page};
use super::line::{Line, WordGap, is_bracket, line, mirrored, with_marks_on_their_letters};
use crate::domain::{Block, ParagraphKind};

/// The paragraphs of a document in reading order.
pub(super) fn blocks(pages: Vec<Page>) -> Vec<Block> {
    let count =
        |test: fn(&Glyph) -> bool| pages.iter().flat_map(|page| &page.glyphs).filter(|glyph| test(glyph)).count();
    let gap = WordGap::of(count(|_| true), count(|glyph| glyph.text == " "));
    let mut sheets: Vec<Sheet> = pages.into_iter().map(|page| Sheet::new(page, gap)).collect();
    let body = body_size(&sheets);
    mark_furniture(&mut sheets, body);
    mend_brackets(&mut sheets);
    let mut paragraphs: Vec<Drafted> = Vec::new();
    let mut furniture = Vec::new();
    for (number, sheet) in sheets.into_iter().enumerate() {
        let (outside, text): (Vec<Line>, Vec<Line>) = sheet.lines.into_iter().partition(|line| line.is_artifact);
        furniture
            .extend(outside.into_iter().map(|line| Block { kind: Some(ParagraphKind::Furniture), text: line.text }));
        for column in columns(text) {
            add_column(&mut paragraphs, column, number);
        }
    }
    let mut blocks = with_kinds(paragraphs, body);
    blocks.append(&mut furniture);
    blocks
}

/// A page as lines, from top to bottom.
struct Sheet {
    height: f32,
    lines: Vec<Line>,
}

impl Sheet {
    fn new(page: Page, gap: WordGap) -> Self {
        let glyphs = with_marks_on_their_letters(page.glyphs);
        let lines = rows(glyphs).into_iter().flat_map(|row| split_at_gutters(row, gap)).collect();
        Self { height: page.height, lines }
    }
}

/// Groups glyphs that stand on one baseline, or a little above or below as small figures do.
fn rows(mut glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    const HALF_RAISED: f32 = 0.35;
    glyphs.sort_by(|one, other| other.baseline.total_cmp(&one.baseline));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if row[0].baseline - glyph.baseline < HALF_RAISED * row[0].size.max(glyph.size) => {
                row.push(glyph);
            }
            _ => rows.push(vec![glyph]),
        }
    }
    rows
}

/// The lines of a row: one, or one a column where a gap is wider than any between words.
fn split_at_gutters(mut row: Vec<Glyph>, gap: WordGap) -> Vec<Line> {
    const GUTTER: f32 = 1.6;
    row.sort_by(|one, other| one.left.total_cmp(&other.left));
    let mut parts: Vec<Vec<Glyph>> = Vec::new();
    let mut end = f32::NEG_INFINITY;
    for glyph in row {
        let is_blank = glyph.text.trim().is_empty();
        if let Some(part) = parts.last_mut() {
            if is_blank || glyph.left - end < glyph.size * GUTTER {
                part.push(glyph.clone());
            } else {
                parts.push(vec![glyph.clone()]);
            }
        } else {
            parts.push(vec![glyph.clone()]);
        }
        if !is_blank {
            end = end.max(glyph.right);
        }
    }
    parts.into_iter().filter_map(|part| line(part, gap)).collect()
}

/// The size of most of the text.
fn body_size(sheets: &[Sheet]) -> f32 {
    let mut sizes: HashMap<u32, usize> = HashMap::new();
    for line in sheets.iter().flat_map(|sheet| &sheet.lines).filter(|line| !line.is_artifact) {
        *sizes.entry((line.size * 4.0).round() as u32).or_default() += line.text.len();
    }
    let most = sizes.into_iter().max_by_key(|&(size, length)| (length, size));
    most.map_or(12.0, |(size, _)| size as f32 / 4.0)
}

/// Marks what belongs to the pages: lines at the edges that come again on other pages but for their numbers, lone
/// page numbers, and small print at the very edge, where browsers print the address.
fn mark_furniture(sheets: &mut [Sheet], body: f32) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for sheet in sheets.iter() {
        for index in edges(sheet) {
            *seen.entry(without_numbers(&sheet.lines[index].text)).or_default() += 1;
        }
    }
    let artifacts = sheets.iter().flat_map(|sheet| &sheet.lines).filter(|line| line.is_artifact).count();
    let lines = sheets.iter().map(|sheet| sheet.lines.len()).sum::<usize>();
    // A file that calls everything decoration says nothing by it.
    if artifacts * 2 > lines {
        sheets.iter_mut().flat_map(|sheet| &mut sheet.lines).for_each(|line| line.is_artifact = false);
    }
    let pages = sheets.len();
    for sheet in sheets {
        for index in edges(sheet) {
            let height = sheet.height;
            let line = &mut sheet.lines[index];
            let words = without_numbers(&line.text);
            let repeats = seen.get(&words).is_some_and(|&times| times >= 2 && times * 2 >= pages.min(6));
            let is_at_edge = line.baseline < height * 0.05 || line.baseline > height * 0.95;
            line.is_artifact |=
                repeats || words.is_empty() || is_page_number(&words) || (is_at_edge && line.size < body * 0.8);
        }
    }
}

/// The lines of a page that may be header or footer: in the outer parts, and few.
fn edges(sheet: &Sheet) -> Vec<usize> {
    const MOST: usize = 4;
    let is_outside = |line: &Line| line.baseline > sheet.height * 0.82 || line.baseline < sheet.height * 0.18;
    let outside: Vec<usize> = (0..sheet.lines.len()).filter(|&index| is_outside(&sheet.lines[index])).collect();
    let top = outside.iter().take(MOST);
    let bottom = outside.iter().rev().take(MOST);
    let mut edges: Vec<usize> = top.chain(bottom).copied().collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// A line without digits and marks; those of headers and footers differ by nothing else.
fn without_numbers(text: &str) -> String {
    let words: String = text.chars().map(|c| if c.is_alphabetic() { c } else { ' ' }).collect();
    words.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// «صفحة 3 من 7», "Page 3 of 7".
fn is_page_number(words: &str) -> bool {
    matches!(words, "صفحة" | "الصفحة" | "صفحة من" | "الصفحة من" | "من" | "Page" | "page" | "Page of" | "page of" | "of")
}

/// Fonts differ in whether the glyph that looks like an opening bracket is called one when it is seen in Arabic. In
/// a text brackets open before they close, so each kind is turned where that makes more of them do so.
fn mend_brackets(sheets: &mut [Sheet]) {
    for opening in ['(', '[', '{', '«', '‹', '<'] {
        let closing = mirrored(opening);
        let (mut before, mut as_they_are, mut turned) = (None, 0, 0);
        for line in sheets.iter().flat_map(|sheet| &sheet.lines) {
            for bracket in line.brackets.iter().filter_map(|&place| line.text[place..].chars().next()) {
                if bracket == opening || bracket == closing {
                    match (before, bracket) {
                        (Some(one), other) if one == opening && other == closing => as_they_are += 1,
                        (Some(one), other) if one == closing && other == opening => turned += 1,
                        _ => {}
                    }
                    // A pair counts once, and what follows it is another.
                    before = if before.is_some_and(|one| one != bracket) { None } else { Some(bracket) };
                }
            }
        }
        if turned > as_they_are {
            for line in sheets.iter_mut().flat_map(|sheet| &mut sheet.lines) {
                turn(line, opening, closing);
            }
        }
    }
}

fn turn(line: &mut Line, opening: char, closing: char) {
    let turned = line.text.char_indices().map(|(place, character)| {
        let is_of_pair = is_bracket(character) && (character == opening || character == closing);
        if is_of_pair && line.brackets.contains(&place) { mirrored(character) } else { character }
    });
    // Both of a pair are equally long, so the places stay.
    line.text = turned.collect();
}

/// The columns of a page in reading order, each its lines from top to bottom.
fn columns(lines: Vec<Line>) -> Vec<Vec<Line>> {
    let mut found = Vec::new();
    split_columns(lines, &mut found, 0);
    found
}

/// Rows that a page can have before it is something else than text.
const MOST_ROWS: usize = 300;

fn split_columns(lines: Vec<Line>, found: &mut Vec<Vec<Line>>, depth: usize) {
    const DEEPEST: usize = 6;
    let band = if depth < DEEPEST { band_with_gutter(&lines) } else { None };
    let Some(Band { top, bottom, middle }) = band else {
        if !lines.is_empty() {
            found.push(lines);
        }
        return;
    };
    let mut parts: [Vec<Line>; 4] = Default::default();
    let rtl = lines.iter().filter(|line| line.is_rtl).count() * 2 >= lines.len();
    for line in lines {
        let part = if line.baseline > top {
            0
        } else if line.baseline < bottom {
            3
        } else if (f32::midpoint(line.left, line.right) > middle) == rtl {
            1
        } else {
            2
        };
        parts[part].push(line);
    }
    for part in parts {
        split_columns(part, found, depth + 1);
    }
}

/// Rows between which white runs from top to bottom.
struct Band {
    top: f32,
    bottom: f32,
    /// Where the white is.
    middle: f32,
}

/// The tallest band with text on both sides of a gutter.
fn band_with_gutter(lines: &[Line]) -> Option<Band> {
    if lines.len() > MOST_ROWS * 4 {
        return None;
    }
    let mut sorted: Vec<&Line> = lines.iter().collect();
    sorted.sort_by(|one, other| other.baseline.total_cmp(&one.baseline));
    let left = sorted.iter().map(|line| line.left).reduce(f32::min)?;
    let right = sorted.iter().map(|line| line.right).reduce(f32::max)?;
    let mut best: Option<(usize, Band)> = None;
    for first in 0..sorted.len().min(MOST_ROWS) {
        let mut gutters = vec![(left, right)];
        for (last, line) in sorted.iter().enumerate().skip(first) {
            gutters = gutters.iter().flat_map(|&gutter| without(gutter, line)).collect();
            if gutters.is_empty() {
                break;
            }
            let taller = last - first + 1;
            if best.as_ref().is_some_and(|(rows, _)| *rows >= taller) {
                continue;
            }
            let band = &sorted[first..=last];
            if let Some(middle) =
                gutters.iter().map(|gutter| f32::midpoint(gutter.0, gutter.1)).find(|&middle| parts_text(band, middle))
            {
                best = Some((taller, Band { top: sorted[first].baseline, bottom: line.baseline, middle }));
            }
        }
    }
    best.map(|(_, band)| band)
}

/// What is left of a white strip where a line stands in it.
fn without((left, right): (f32, f32), line: &Line) -> impl Iterator<Item = (f32, f32)> {
    const NARROWEST: f32 = 0.8;
    let strips = if line.right <= left || line.left >= right {
        [(left, right), (0.0, 0.0)]
    } else {
        [(left, line.left), (line.right, right)]
    };
    let narrowest = line.size * NARROWEST;
    strips.into_iter().filter(move |(left, right)| right - left >= narrowest)
}

/// Whether there is running text on both sides, and not the cells of a table: several lines that nearly fill their
/// column.
fn parts_text(band: &[&Line], middle: f32) -> bool {
    const FEWEST_LINES: usize = 3;
    const NARROWEST: f32 = 9.0;
    let (one, other): (Vec<&Line>, Vec<&Line>) = band.iter().partition(|line| line.right <= middle);
    [one, other].iter().all(|side| {
        let left = side.iter().map(|line| line.left).fold(f32::INFINITY, f32::min);
        let right = side.iter().map(|line| line.right).fold(f32::NEG_INFINITY, f32::max);
        let full = side.iter().filter(|line| line.right - line.left > (right - left) * 0.7).count();
        side.len() >= FEWEST_LINES
            && full * 2 > side.len()
            && side.iter().all(|line| right - left > line.size * NARROWEST)
    })
}

/// A paragraph that may go on.
struct Drafted {
    text: String,
    size: f32,
    page: usize,
    /// Whether its last line was full, so that it can go on in the next column.
    is_open: bool,
}

fn add_column(paragraphs: &mut Vec<Drafted>, lines: Vec<Line>, page: usize) {
    let left = edge(lines.iter().map(|line| line.left), f32::total_cmp);
    let right = edge(lines.iter().map(|line| line.right), |one, other| other.total_cmp(one));
    let leading = leading(&lines);
    let mut previous: Option<Line> = None;
    for line in lines {
        let is_full = |before: &Line| !has_room(before, &line, left, right);
        let goes_on = match (&previous, paragraphs.last()) {
            (Some(before), _) => {
                is_full(before)
                    && is_same_size(before.size, line.size)
                    && is_near(before, &line, leading)
                    && !is_indented(before, &line, left, right)
            }
            (None, Some(paragraph)) => {
                paragraph.is_open && is_same_size(paragraph.size, line.size) && !ends_sentence(&paragraph.text)
            }
            (None, None) => false,
        };
        match paragraphs.last_mut() {
            Some(paragraph) if goes_on && !starts_item(&line.text) => {
                paragraph.text.push(' ');
                paragraph.text.push_str(&line.text);
            }
            _ => paragraphs.push(Drafted { text: line.text.clone(), size: line.size, page, is_open: true }),
        }
        previous = Some(line);
    }
    if let (Some(last), Some(paragraph)) = (&previous, paragraphs.last_mut()) {
        // No word is wider than this without being a rare one.
        const WORD: f32 = 4.0;
        let free = if last.is_rtl { last.left - left } else { right - last.right };
        paragraph.is_open = free < last.size * WORD;
    }
}

/// Where most lines end on one side: the outermost place that two of them reach, as one alone may stick out.
fn edge(ends: impl Iterator<Item = f32>, outermost_first: fn(&f32, &f32) -> Ordering) -> f32 {
    const SAME: f32 = 2.0;
    let mut ends: Vec<f32> = ends.collect();
    ends.sort_by(outermost_first);
    let reached = ends.windows(2).find(|pair| (pair[0] - pair[1]).abs() < SAME).map(|pair| pair[0]);
    reached.or(ends.first().copied()).unwrap_or(0.0)
}

/// Whether the first word of the next line would have fitted on the line.
fn has_room(line: &Line, next: &Line, left: f32, right: f32) -> bool {
    const SPACE: f32 = 0.5;
    let free = if line.is_rtl { line.left - left } else { right - line.right };
    // Lines in the middle have room on both sides and are no less full for it.
    let other = if line.is_rtl { right - line.right } else { line.left - left };
    let is_centred = other > line.size && (free - other).abs() < line.size;
    let free = if is_centred { free * 2.0 } else { free };
    free > next.first_word + line.size * SPACE
}

fn is_same_size(one: f32, other: f32) -> bool {
    (one - other).abs() < one.max(other) * 0.08
}

/// Whether two lines are as near as lines of one paragraph; after the end of a sentence less space parts them.
fn is_near(line: &Line, next: &Line, leading: f32) -> bool {
    let slack = if ends_sentence(&line.text) { 1.1 } else { 1.3 };
    (line.baseline - next.baseline).abs() < leading * slack * line.size
}

/// Whether the next line begins further in than a line that begins at the edge.
fn is_indented(line: &Line, next: &Line, left: f32, right: f32) -> bool {
    let inset = |line: &Line| if line.is_rtl { right - line.right } else { line.left - left };
    inset(next) > next.size * 0.9 && inset(line) < line.size * 0.5
}

/// The most common distance between lines, which is that inside paragraphs, as a part of their size.
fn leading(lines: &[Line]) -> f32 {
    const STEPS: f32 = 20.0;
    let mut distances: HashMap<i32, usize> = HashMap::new();
    for pair in lines.windows(2).filter(|pair| is_same_size(pair[0].size, pair[1].size)) {
        let distance = (pair[0].baseline - pair[1].baseline) / pair[0].size;
        *distances.entry((distance * STEPS).ceil() as i32).or_default() += 1;
    }
    // Of two that are as common the smaller is inside paragraphs.
    let most = distances.into_iter().max_by_key(|&(distance, count)| (count, -distance));
    most.map_or(f32::INFINITY, |(distance, _)| distance as f32 / STEPS)
}

fn ends_sentence(text: &str) -> bool {
    let last = text.chars().rev().find(|c| !matches!(c, '»' | '”' | '"' | ')' | ']'));
    last.is_some_and(|c| matches!(c, '.' | '!' | '؟' | '?' | '…' | ':'))
}

fn starts_item(text: &str) -> bool {
    text.starts_with(['•', '▪', '●', '◦', '\u{2023}', '–'])
}

/// Titles are larger than the text; the largest of the first page, before any text, is that of the article.
fn with_kinds(paragraphs: Vec<Drafted>, body: f32) -> Vec<Block> {
    const LARGER: f32 = 1.12;
    const LONGEST_TITLE: usize = 250;
    let is_title =
        |paragraph: &Drafted| paragraph.size > body * LARGER && paragraph.text.chars().nth(LONGEST_TITLE).is_none();
    let is_text = |paragraph: &Drafted| !is_title(paragraph) && paragraph.text.chars().nth(LONGEST_TITLE).is_some();
    let head = paragraphs.iter().take_while(|paragraph| paragraph.page == 0 && !is_text(paragraph));
    let headline = head
        .enumerate()
        .filter(|(_, paragraph)| is_title(paragraph) && paragraph.text.contains(' '))
        .max_by(|(_, one), (_, other)| one.size.total_cmp(&other.size).then(Ordering::Greater))
        .map(|(index, _)| index);
    let kind = |index: usize, paragraph: &Drafted| match is_title(paragraph) {
        true if headline == Some(index) => Some(ParagraphKind::Headline),
        true => Some(ParagraphKind::Heading),
        false => None,
    };
    let blocks = paragraphs.into_iter().enumerate();
    blocks
        .map(|(index, paragraph)| Block { kind: kind(index, &paragraph), text: without_stretching(&paragraph.text) })
        .collect()
}

/// The text without the strokes that lengthen words to fill a line.
fn without_stretching(text: &str) -> String {
    const STROKE: char = 'ـ';
    let is_letter = |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{620}'..='\u{65f}' | '\u{66e}'..='\u{6d3}'));
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    let mut before = None;
    while let Some(character) = characters.next() {
        if character != STROKE || !is_letter(before) || !is_letter(characters.peek().copied()) {
            plain.push(character);
        }
        before = Some(character);
    }
    plain
}
