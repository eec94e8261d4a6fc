//! What each paragraph is to its article, decided by its form and its place alone.
//!
//! A headline is short, first and ends no sentence; a byline or dateline stands between it and the
//! running text; furniture is known by its wording. No rule names a publisher.

use std::collections::HashSet;

use super::{Article, Block, Paragraph, ParagraphKind};
use crate::text::{self, is_invisible};

/// The wordings of page furniture, compared by their folded words.
#[derive(Debug, Clone, Default)]
pub struct FurniturePhrases {
    /// A line made of nothing but these is furniture.
    whole: HashSet<Vec<String>>,
    /// A short line that starts with one of these is furniture.
    prefixes: Vec<Vec<String>>,
    /// Words in the longest of `whole`.
    longest: usize,
}

impl FurniturePhrases {
    /// The list in `assets/furniture.txt`.
    pub fn arabic_news() -> Self {
        Self::parse(include_str!("../../assets/furniture.txt"))
    }

    /// Reads a list: a phrase a line, `#` starts a comment, a final `*` marks the start of a line.
    pub fn parse(list: &str) -> Self {
        let mut phrases = Self::default();
        for line in list.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            let words: Vec<String> = folded_words(line).into_iter().filter(|word| !is_number(word)).collect();
            if words.is_empty() {
                continue;
            }
            if line.ends_with('*') {
                phrases.prefixes.push(words);
            } else {
                phrases.longest = phrases.longest.max(words.len());
                phrases.whole.insert(words);
            }
        }
        phrases
    }

    /// How many phrases the list holds.
    pub fn len(&self) -> usize {
        self.whole.len() + self.prefixes.len()
    }

    /// Whether the list holds no phrase.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a line of these folded words is furniture by its wording; numbers do not count.
    fn matches(&self, words: &[String]) -> bool {
        // Longer lines are text, whatever they start with.
        const LONGEST_LINE: usize = 25;
        if words.len() > LONGEST_LINE {
            return false;
        }
        let words: Vec<String> = words.iter().filter(|word| !is_number(word)).cloned().collect();
        if words.is_empty() {
            return false;
        }
        self.prefixes.iter().any(|prefix| words.starts_with(prefix)) || self.fills(&words)
    }

    /// Whether `words` is one whole phrase after another, taking the longest each time.
    fn fills(&self, words: &[String]) -> bool {
        let mut rest = words;
        while !rest.is_empty() {
            let longest = self.longest.min(rest.len());
            match (1..=longest).rev().find(|&length| self.whole.contains(&rest[..length])) {
                Some(length) => rest = &rest[length..],
                None => return false,
            }
        }
        true
    }
}

/// Makes an article of its blocks in reading order.
pub fn classify(blocks: Vec<Block>, furniture: &FurniturePhrases) -> Article {
    let lines: Vec<Line> = blocks.iter().map(|block| Line::new(&block.text)).collect();
    let mut kinds = vec![ParagraphKind::Paragraph; lines.len()];
    mark_furniture(&lines, &mut kinds, furniture);
    let body = mark_head(&lines, &mut kinds);
    mark_body(&lines, &mut kinds, body);
    let known = |(Block { kind, text }, guess)| Paragraph { kind: kind.unwrap_or(guess), text };
    Article { paragraphs: blocks.into_iter().zip(kinds).map(known).collect(), ..Article::default() }
}

/// In characters; no title, label or credit is as long.
const LONGEST_SHORT_LINE: usize = 300;

/// A paragraph with what the rules ask of it.
struct Line<'a> {
    text: &'a str,
    chars: usize,
    /// Its folded words, of a long line only the first.
    words: Vec<String>,
}

impl<'a> Line<'a> {
    fn new(text: &'a str) -> Self {
        let start = &text[..text.floor_char_boundary(LONGEST_SHORT_LINE * 4)];
        Self { text, chars: text.chars().count(), words: folded_words(start) }
    }

    /// The last character that is neither a closing bracket or quotation mark nor invisible.
    fn last_char(&self) -> Option<char> {
        self.text.chars().rev().find(|c| !matches!(c, '»' | '”' | '"' | '\'' | '’' | ')' | ']') && !is_invisible(*c))
    }

    fn ends_sentence(&self) -> bool {
        self.last_char().is_some_and(|c| matches!(c, '.' | '…' | '!' | '؟' | '?' | '۔'))
    }

    /// Whether it ends as a sentence or in the middle of one, which a title does not.
    fn is_left_open(&self) -> bool {
        self.last_char().is_some_and(|c| matches!(c, '.' | '…' | '۔' | '،' | ',' | '؛' | ';' | ':'))
    }

    /// Whether it reads as text rather than as a title or label.
    fn is_running(&self) -> bool {
        self.chars > LONGEST_SHORT_LINE || self.words.len() > 30 || (self.words.len() >= 8 && self.ends_sentence())
    }

    /// «- بند», «1. بند», «2) بند».
    fn is_list_item(&self) -> bool {
        let after_number = self.text.trim_start_matches(char::is_numeric).trim_start();
        let is_numbered = after_number.len() < self.text.len() && after_number.starts_with(['-', '–', '.', ')', ':']);
        is_numbered || self.text.starts_with(['-', '–', '—', '•', '*', ':'])
    }
}

/// Marks lines of known wording, and everything after the first of them behind the last running text.
fn mark_furniture(lines: &[Line], kinds: &mut [ParagraphKind], furniture: &FurniturePhrases) {
    for (line, kind) in lines.iter().zip(&mut *kinds) {
        if furniture.matches(&line.words) {
            *kind = ParagraphKind::Furniture;
        }
    }
    let running = |index: &usize| kinds[*index] != ParagraphKind::Furniture && lines[*index].is_running();
    let Some(last_text) = (0..lines.len()).rev().find(running) else { return };
    let tail = &mut kinds[last_text + 1..];
    if let Some(first) = tail.iter().position(|kind| *kind == ParagraphKind::Furniture) {
        tail[first..].fill(ParagraphKind::Furniture);
    }
}

/// Marks what stands before the running text; returns where that starts.
fn mark_head(lines: &[Line], kinds: &mut [ParagraphKind]) -> usize {
    // So many short lines in a row are a list or a poem and no head.
    const LONGEST_HEAD: usize = 7;
    let mut has_headline = false;
    let mut seen = 0;
    for index in 0..lines.len() {
        let line = &lines[index];
        if kinds[index] == ParagraphKind::Furniture {
            continue;
        }
        seen += 1;
        let text_follows = lines[index + 1..].iter().zip(&kinds[index + 1..]).any(|(next, kind)| {
            *kind != ParagraphKind::Furniture && next.is_running() && next.chars * 5 >= line.chars * 6
        });
        if seen > LONGEST_HEAD || !text_follows {
            return index;
        }
        kinds[index] = match head_kind(line, has_headline) {
            Some(kind) => kind,
            None => return index,
        };
        has_headline |= kinds[index] == ParagraphKind::Headline;
    }
    lines.len()
}

fn head_kind(line: &Line, has_headline: bool) -> Option<ParagraphKind> {
    if is_date(&line.words) {
        return Some(ParagraphKind::Dateline);
    }
    if is_caption(line) {
        return Some(ParagraphKind::Caption);
    }
    if is_byline(line, if has_headline { 5 } else { 3 }) {
        return Some(ParagraphKind::Byline);
    }
    if !has_headline {
        return is_headline(line).then_some(ParagraphKind::Headline);
    }
    if line.is_running() || line.is_left_open() || line.is_list_item() {
        return None;
    }
    // Under a headline a lone word is a place, two or three are somebody's name, more are a second title.
    Some(match line.words.len() {
        0 | 1 => ParagraphKind::Dateline,
        2 | 3 if !line.ends_sentence() => ParagraphKind::Byline,
        _ => ParagraphKind::Heading,
    })
}

fn is_headline(line: &Line) -> bool {
    let is_title = (2..=30).contains(&line.words.len()) && line.chars <= 200 && !line.is_list_item();
    // Two dots that promise more are a habit of headlines.
    let is_teaser = line.words.len() <= 15 && (line.text.ends_with("..") || line.text.ends_with('…'));
    is_title && (!line.is_left_open() || is_teaser)
}

/// Marks the titles and captions inside the running text and the credit at its end.
fn mark_body(lines: &[Line], kinds: &mut [ParagraphKind], start: usize) {
    let body: Vec<usize> = (start..lines.len()).filter(|&index| kinds[index] == ParagraphKind::Paragraph).collect();
    for (place, &index) in body.iter().enumerate() {
        let line = &lines[index];
        let next_is_text = body.get(place + 1).is_some_and(|&next| lines[next].is_running());
        if is_caption(line) {
            kinds[index] = ParagraphKind::Caption;
        } else if place > 0 && next_is_text && is_heading(line) {
            kinds[index] = ParagraphKind::Heading;
        } else if place > 0 && place + 1 == body.len() && (is_bracketed(line.text) || has_credit_label(line)) {
            kinds[index] = ParagraphKind::Byline;
        }
    }
}

fn is_heading(line: &Line) -> bool {
    let short = (1..=12).contains(&line.words.len()) && line.chars <= 90;
    short && !line.ends_sentence() && !line.is_left_open() && !line.is_list_item() && !is_byline(line, 3)
}

fn is_caption(line: &Line) -> bool {
    let labelled = ["صورة", "الصورة", "تصوير"].iter().any(|label| starts_with_label(line, label));
    let archive = line.words.last().is_some_and(|word| matches!(word.as_str(), "ارشيفيه" | "ارشيف" | "الارشيف"));
    line.words.len() <= 25 && line.chars <= LONGEST_SHORT_LINE && (labelled || (archive && line.text.ends_with(')')))
}

/// Whether a short line says who wrote the article: by a label, in brackets, or as place and source
/// with a dash or stroke between parts of at most `longest_part` words.
fn is_byline(line: &Line, longest_part: usize) -> bool {
    if line.words.len() > 12 || line.chars > 90 || line.words.is_empty() {
        return false;
    }
    if is_bracketed(line.text) || (has_credit_label(line) && line.words.len() <= longest_part + 2) {
        return true;
    }
    let parts = parts_between_dashes(line.text);
    let fits = |words: &usize| (1..=longest_part).contains(words);
    parts.len() >= 2 && parts.iter().all(fits) && !line.ends_sentence() && !line.is_left_open()
}

/// How many words stand between the dashes and strokes of a line. A hyphen or tatweel inside a word separates
/// nothing.
fn parts_between_dashes(text: &str) -> Vec<usize> {
    let spaced = text.replace(['/', '|', '–', '—'], " - ").replace("- ", " - ").replace(" -", " - ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let is_dash = |word: &&str| word.chars().all(|c| matches!(c, '-' | 'ـ'));
    words.split(is_dash).map(|part| part.iter().filter(|word| word.contains(char::is_alphanumeric)).count()).collect()
}

/// «كتب فلان», «بقلم: فلان», «المصدر: وكالات».
fn has_credit_label(line: &Line) -> bool {
    const VERBS: [&str; 4] = ["كتب", "كتبت", "بقلم", "بواسطه"];
    const LABELS: [&str; 16] = [
        "تقرير",
        "حوار",
        "ترجمه",
        "اعداد",
        "تحقيق",
        "متابعه",
        "تغطيه",
        "تحرير",
        "المصدر",
        "مصدر",
        "الكاتب",
        "المحرر",
        "مراسل",
        "خاص",
        "وكالات",
        "متابعات",
    ];
    let Some(first) = line.words.first().map(String::as_str) else { return false };
    if line.words.len() > 8 || line.ends_sentence() {
        return false;
    }
    VERBS.contains(&first) || LABELS.contains(&first) && (line.words.len() == 1 || starts_with_label(line, first))
}

/// Whether the line is `label`, a colon, dash or stroke, and something more.
fn starts_with_label(line: &Line, label: &str) -> bool {
    let Some((before, after)) = line.text.split_once([':', '/', '-', '–']) else { return false };
    let before = folded_words(before);
    before.len() == 1 && before.first() == folded_words(label).first() && after.chars().any(char::is_alphanumeric)
}

/// «(أبوظبي - البيان)», «(رويترز)», «--(بترا)».
fn is_bracketed(text: &str) -> bool {
    let inner = text.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '.') || c.is_whitespace() || is_invisible(c));
    let Some(inner) = inner.strip_prefix(['(', '[']).and_then(|inner| inner.strip_suffix([')', ']'])) else {
        return false;
    };
    !inner.contains(['(', ')', '[', ']']) && (1..=6).contains(&folded_words(inner).len())
}

/// Whether the words are a date, with at most two words of something else (a place, a label).
fn is_date(words: &[String]) -> bool {
    const CALENDAR: [&str; 72] = [
        "يناير",
        "فبراير",
        "مارس",
        "ابريل",
        "مايو",
        "يونيو",
        "يوليو",
        "اغسطس",
        "سبتمبر",
        "اكتوبر",
        "نوفمبر",
        "ديسمبر",
        "كانون",
        "شباط",
        "اذار",
        "نيسان",
        "ايار",
        "حزيران",
        "تموز",
        "اب",
        "ايلول",
        "تشرين",
        "الاول",
        "الثاني",
        "الاخر",
        "جانفي",
        "فيفري",
        "افريل",
        "ماي",
        "جوان",
        "جويليه",
        "اوت",
        "يونيه",
        "يوليه",
        "محرم",
        "صفر",
        "ربيع",
        "جمادي",
        "رجب",
        "شعبان",
        "رمضان",
        "شوال",
        "ذو",
        "ذي",
        "القعده",
        "الحجه",
        "السبت",
        "الاحد",
        "الاثنين",
        "الثلاثاء",
        "الاربعاء",
        "الخميس",
        "الجمعه",
        "يوم",
        "الساعه",
        "صباحا",
        "مساء",
        "ص",
        "م",
        "ه",
        "gmt",
        "التاريخ",
        "تاريخ",
        "بتاريخ",
        "النشر",
        "نشر",
        "في",
        "اخر",
        "تحديث",
        "الموافق",
        "من",
        "الاخره",
    ];
    let numbers = words.iter().filter(|word| is_number(word)).count();
    let calendar = words.iter().filter(|word| CALENDAR.contains(&word.as_str())).count();
    let others = words.len() - numbers - calendar;
    let dated = (numbers >= 3 && others == 0) || (numbers >= 1 && calendar >= 1);
    dated && words.len() <= 16 && others <= 2 && numbers + calendar >= others * 3
}

fn is_number(word: &str) -> bool {
    word.chars().all(char::is_numeric)
}

fn folded_words(text: &str) -> Vec<String> {
    let folded = text::fold(text);
    text::words(folded.as_str()).map(|span| folded.as_str()[span.range()].to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::ParagraphKind::{Byline, Caption, Dateline, Furniture, Heading, Headline, Paragraph};
    use super::*;

    const TITLE: &str = "مجلس البلدية يقر خطة لترميم السوق القديم";
    const TEXT: &str =
        "أقر مجلس البلدية في جلسة عقدها أمس خطة لترميم السوق القديم تبدأ مطلع الشهر المقبل وتستمر عامين.";

    fn check(lines: &[&str], expected: &[ParagraphKind]) {
        let blocks = lines.iter().map(|line| Block { kind: None, text: (*line).to_owned() }).collect();
        let article = classify(blocks, &FurniturePhrases::arabic_news());
        let kinds: Vec<ParagraphKind> = article.paragraphs.iter().map(|paragraph| paragraph.kind).collect();
        assert_eq!(kinds, expected, "{lines:#?}");
        let texts: Vec<&str> = article.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        assert_eq!(texts, lines);
    }

    #[test]
    fn a_headline_is_short_first_and_followed_by_text() {
        check(&[TITLE, TEXT], &[Headline, Paragraph]);
        check(&["5 أسرار للسعادة", TEXT], &[Headline, Paragraph]);
        check(&["سعر الخبز يرتفع والوزارة تعترف..", TEXT], &[Headline, Paragraph]);
        check(&[TITLE], &[Paragraph]);
        check(&[TEXT, TEXT], &[Paragraph, Paragraph]);
        check(&["وفيما يلي نص البيان:", TEXT], &[Paragraph, Paragraph]);
        check(&["- بند أول من القرار", TEXT], &[Paragraph, Paragraph]);
    }

    #[test]
    fn a_byline_or_dateline_stands_between_headline_and_text() {
        for byline in [
            "بروكسل / هلسنكي ـ راديو الكل",
            "دمشق – سانا",
            "(أبوظبي - البيان)",
            "كتب: سامي الحلاق",
            "كتبت ليلى الشامي",
            "بقلم: د. ليلى الشامي",
            "سامي الحلاق- الباحة",
            "سامي الحلاق",
            "المصدر: وكالات",
        ] {
            check(&[TITLE, byline, TEXT], &[Headline, Byline, Paragraph]);
        }
        for dateline in ["دمشق", "الجمعة 8 فيفري 2019", "2020/12/25 - 1:59 صباحًا", "دمشق، ٣ حزيران ٢٠١٨"]
        {
            check(&[TITLE, dateline, TEXT], &[Headline, Dateline, Paragraph]);
        }
        check(&["دمشق – سانا", TEXT], &[Byline, Paragraph]);
        check(&["الأحد 3 حزيران 2018", TITLE, TEXT], &[Dateline, Headline, Paragraph]);
        check(&[TITLE, "الخطة تشمل ترميم الأسقف والأبواب الخشبية", TEXT], &[Headline, Heading, Paragraph]);
    }

    #[test]
    fn a_heading_stands_between_running_text() {
        check(&[TEXT, "مراحل الترميم", TEXT], &[Paragraph, Heading, Paragraph]);
        check(&[TEXT, "قال إنه سعيد.", TEXT], &[Paragraph, Paragraph, Paragraph]);
        check(&[TEXT, "ماذا بعد؟", TEXT], &[Paragraph, Paragraph, Paragraph]);
        check(&[TEXT, "ليلى – الدمام", TEXT], &[Paragraph, Paragraph, Paragraph]);
        check(&[TEXT, "صورة: من أعمال الترميم", TEXT], &[Paragraph, Caption, Paragraph]);
        check(&[TEXT, "--(بترا)"], &[Paragraph, Byline]);
        check(&[TEXT, "آخر السطور"], &[Paragraph, Paragraph]);
    }

    #[test]
    fn furniture_is_known_by_its_wording() {
        for line in [
            "مقالات ذات صلة",
            "زر الذهاب إلى الأعلى",
            "زر الذهاب الى الاعلي",
            "إقرأ أيضاً: مجلس البلدية يناقش الموازنة",
            "طباعة Email فيسبوك تويتر لينكدين Pin Interest Whats App",
            "التعليقات (12)",
            "...المزيد",
        ] {
            check(&[TEXT, line], &[Paragraph, Furniture]);
        }
        // Behind the text, what follows furniture is furniture too; between paragraphs it stands alone.
        check(&[TEXT, "مقالات ذات صلة", TITLE, "25 ديسمبر 2020"], &[Paragraph, Furniture, Furniture, Furniture]);
        check(&[TEXT, "اقرأ أيضا", TEXT], &[Paragraph, Furniture, Paragraph]);
        check(&["الرئيسية", TITLE, TEXT], &[Furniture, Headline, Paragraph]);
        let text = "شارك الوزير في افتتاح السوق القديم أمس بعد انتهاء أعمال الترميم.";
        check(&[TEXT, text], &[Paragraph, Paragraph]);
    }

    #[test]
    fn the_list_of_furniture_is_of_use() {
        assert!(FurniturePhrases::arabic_news().len() >= 80);
        assert!(FurniturePhrases::parse("# شارك\n\n  \n").is_empty());
    }
}
