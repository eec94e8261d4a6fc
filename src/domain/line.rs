//! One line of an article and what its form alone tells of it: credit, date, caption, title.

use crate::text::{self, is_invisible};

/// In characters; no title, label or credit is as long.
const LONGEST_SHORT_LINE: usize = 300;

/// A paragraph with what the rules ask of it.
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) chars: usize,
    /// Its folded words, of a long line only the first.
    pub(super) words: Vec<String>,
}

impl<'a> Line<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let start = &text[..text.floor_char_boundary(LONGEST_SHORT_LINE * 4)];
        Self { text, chars: text.chars().count(), words: folded_words(start) }
    }

    /// The last character that is neither a closing bracket or quotation mark nor invisible.
    fn last_char(&self) -> Option<char> {
        self.text.chars().rev().find(|c| !matches!(c, '»' | '”' | '"' | '\'' | '’' | ')' | ']') && !is_invisible(*c))
    }

    pub(super) fn ends_sentence(&self) -> bool {
        self.last_char().is_some_and(|c| matches!(c, '.' | '…' | '!' | '؟' | '?' | '۔'))
    }

    /// Whether it ends as a sentence or in the middle of one, which a title does not.
    pub(super) fn is_left_open(&self) -> bool {
        self.last_char().is_some_and(|c| matches!(c, '.' | '…' | '۔' | '،' | ',' | '؛' | ';' | ':'))
    }

    /// Whether it reads as text rather than as a title or label.
    pub(super) fn is_running(&self) -> bool {
        self.chars > LONGEST_SHORT_LINE || self.words.len() > 30 || (self.words.len() >= 8 && self.ends_sentence())
    }

    /// «- بند», «1. بند», «2) بند».
    pub(super) fn is_list_item(&self) -> bool {
        let after_number = self.text.trim_start_matches(char::is_numeric).trim_start();
        let is_numbered = after_number.len() < self.text.len() && after_number.starts_with(['-', '–', '.', ')', ':']);
        is_numbered || self.text.starts_with(['-', '–', '—', '•', '*', ':'])
    }
}

pub(super) fn is_heading(line: &Line) -> bool {
    let short = (1..=12).contains(&line.words.len()) && line.chars <= 90;
    short && !line.ends_sentence() && !line.is_left_open() && !line.is_list_item() && !is_byline(line, 3)
}

pub(super) fn is_caption(line: &Line) -> bool {
    let labelled = ["صورة", "الصورة", "تصوير"].iter().any(|label| starts_with_label(line, label));
    let archive = line.words.last().is_some_and(|word| matches!(word.as_str(), "ارشيفيه" | "ارشيف" | "الارشيف"));
    line.words.len() <= 25 && line.chars <= LONGEST_SHORT_LINE && (labelled || (archive && line.text.ends_with(')')))
}

/// Whether a short line says who wrote the article: by a label, in brackets, or as place and source
/// with a dash or stroke between parts of at most `longest_part` words.
pub(super) fn is_byline(line: &Line, longest_part: usize) -> bool {
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

/// How many words stand between the dashes and strokes of a line, without the numbers. A hyphen or tatweel inside a
/// word separates nothing.
fn parts_between_dashes(text: &str) -> Vec<usize> {
    let spaced = text.replace(['/', '|', '–', '—'], " - ").replace("- ", " - ").replace(" -", " - ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let is_dash = |word: &&str| word.chars().all(|c| matches!(c, '-' | 'ـ'));
    // Initials are one name, with points or without.
    let is_initial = |word: &&&str| word.chars().filter(|c| c.is_alphabetic()).count() == 1;
    let is_word = |word: &&&str| word.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
    let count =
        |part: &[&str]| part.iter().filter(is_word).count() + usize::from(part.iter().any(|word| is_initial(&word)));
    words.split(is_dash).map(count).collect()
}

/// «كتب فلان», «بقلم: فلان», «المصدر: وكالات».
pub(super) fn has_credit_label(line: &Line) -> bool {
    const VERBS: [&str; 4] = ["كتب", "كتبت", "بقلم", "بواسطه"];
    const LABELS: [&str; 18] = [
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
        "author",
        "role",
    ];
    let Some(first) = line.words.first().map(String::as_str) else { return false };
    if line.words.len() > 8 || line.ends_sentence() {
        return false;
    }
    VERBS.contains(&first) || LABELS.contains(&first) && (line.words.len() == 1 || starts_with_label(line, first))
}

/// Whether the line is `label`, a colon, dash, stroke or comma, and something more.
fn starts_with_label(line: &Line, label: &str) -> bool {
    let Some((before, after)) = line.text.split_once([':', '/', '-', '–', ',']) else { return false };
    let before = folded_words(before);
    before.len() == 1 && before.first() == folded_words(label).first() && after.chars().any(char::is_alphanumeric)
}

/// «(أبوظبي - البيان)», «(رويترز)», «--(بترا)».
pub(super) fn is_bracketed(text: &str) -> bool {
    let inner = text.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '.') || c.is_whitespace() || is_invisible(c));
    let Some(inner) = inner.strip_prefix(['(', '[']).and_then(|inner| inner.strip_suffix([')', ']'])) else {
        return false;
    };
    !inner.contains(['(', ')', '[', ']']) && (1..=6).contains(&folded_words(inner).len())
}

/// Whether the words are a date, with at most two words of something else (a place, a label).
pub(super) fn is_date(words: &[String]) -> bool {
    /// The day of publication and that of the last change, each with its hour.
    const LONGEST: usize = 24;
    const CALENDAR: [&str; 85] = [
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
        "gst",
        "utc",
        "am",
        "pm",
        "published",
        "updated",
        "last",
        "on",
        "بتوقيت",
        "توقيت",
        "غرينتش",
        "جرينتش",
        "تم",
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
    dated && words.len() <= LONGEST && others <= 2 && numbers + calendar >= others * 3
}

pub(super) fn is_number(word: &str) -> bool {
    word.chars().all(char::is_numeric)
}

pub(super) fn folded_words(text: &str) -> Vec<String> {
    let folded = text::fold(text);
    text::words(folded.as_str()).map(|span| folded.as_str()[span.range()].to_owned()).collect()
}
