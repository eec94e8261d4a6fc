//! Characters that are there and should not be, or not in this form.

use unicode_normalization::UnicodeNormalization;

use super::{Repair, RepairKind, TATWEEL, is_blank, is_letter, is_presentation_form, is_vowel_sign, stray};
use crate::text::Span;

/// The repairs of characters, in order.
pub(super) fn repairs(text: &str) -> Vec<Repair> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let stray = stray::stray(&chars);
    let mut repairs = Repairs { text, chars, stray, last: None, found: Vec::new() };
    let mut index = 0;
    while let Some(&(_, c)) = repairs.chars.get(index) {
        let (end, repair) = match c {
            _ if is_blank(c) || repairs.stray[index] => repairs.gap(index),
            TATWEEL => repairs.tatweel(index),
            _ if is_presentation_form(c) => repairs.shapes(index),
            _ => (index + 1, None),
        };
        repairs.take(index, end, repair);
        index = end;
    }
    repairs.found
}

struct Repairs<'a> {
    text: &'a str,
    chars: Vec<(usize, char)>,
    /// For each character: whether it is invisible and without an effect.
    stray: Vec<bool>,
    /// The last character of the text as repaired so far.
    last: Option<char>,
    found: Vec<Repair>,
}

/// Where a run of characters ends, and what comes in its place if it does not stay.
type Run = (usize, Option<(RepairKind, String)>);

impl Repairs<'_> {
    fn take(&mut self, start: usize, end: usize, repair: Option<(RepairKind, String)>) {
        let span = self.span(start, end);
        let stays = &self.text[span.range()];
        if let Some((kind, replacement)) = repair.filter(|(_, replacement)| replacement != stays) {
            self.last = replacement.chars().next_back().or(self.last);
            self.found.push(Repair { span, kind, replacement });
        } else {
            self.last = stays.chars().next_back();
        }
    }

    /// Blanks and stray characters become one space, or none at the end of a line and before a mark.
    fn gap(&self, start: usize) -> Run {
        let end = self.end_of(start, |index| is_blank(self.chars[index].1) || self.stray[index]);
        let blanks = || self.chars[start..end].iter().map(|(_, c)| *c).filter(|c| is_blank(*c));
        let next = self.char(end);
        let at_line_end = self.last.is_none_or(|c| c == '\n') || next.is_none_or(|c| c == '\n');
        let (kind, replacement) = match () {
            () if blanks().next().is_none() => (RepairKind::Invisible, ""),
            () if at_line_end => (RepairKind::Blanks, ""),
            () if self.is_leaning_mark(end) => (RepairKind::BlankBeforeMark, ""),
            () if blanks().eq([' ']) => (RepairKind::Invisible, " "),
            () => (RepairKind::Blanks, " "),
        };
        (end, Some((kind, replacement.to_owned())))
    }

    /// Whether a punctuation mark stands here that belongs to the word before it. A full stop also begins «.com» and «...».
    fn is_leaning_mark(&self, index: usize) -> bool {
        let after_word = self.last.is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | '»' | '”' | '"'));
        let ends = |next: char| is_blank(next) || matches!(next, '\n' | '»' | '”' | '"' | ')');
        after_word
            && match self.char(index) {
                Some('،' | '؛' | '؟') => true,
                Some('.' | '!' | ':') => self.char(self.end_of(index + 1, |next| self.stray[next])).is_none_or(ends),
                _ => false,
            }
    }

    /// Tatweel goes from inside a word. One stays where it stands for the rest of a word, as in «1447هـ» and «لـ«حلف»»;
    /// by itself it is a dash.
    fn tatweel(&self, start: usize) -> Run {
        let end = self.end_of(start, |index| self.chars[index].1 == TATWEEL || self.stray[index]);
        let count = self.chars[start..end].iter().filter(|(_, c)| *c == TATWEEL).count();
        let is_of_word = |c: char| is_letter(c) || is_vowel_sign(c) || is_presentation_form(c);
        let replacement = match (self.last.is_some_and(is_of_word), self.char(end).is_some_and(is_of_word)) {
            (true, true) => "",
            (true, false) => "ـ",
            (false, _) => &TATWEEL.to_string().repeat(count),
        };
        let kind = if count > replacement.chars().count() { RepairKind::Tatweel } else { RepairKind::Invisible };
        (end, Some((kind, replacement.to_owned())))
    }

    /// Shapes become the letters that they are shapes of (NFKC). Those of vowel signs come with a blank or tatweel that only
    /// carries them.
    fn shapes(&self, start: usize) -> Run {
        let end = self.end_of(start, |index| is_presentation_form(self.chars[index].1));
        let letters = self.chars[start..end].iter().flat_map(|(_, c)| std::iter::once(*c).nfkc());
        (end, Some((RepairKind::PresentationForm, letters.filter(|c| ![' ', TATWEEL].contains(c)).collect())))
    }

    fn end_of(&self, start: usize, belongs: impl Fn(usize) -> bool) -> usize {
        (start..self.chars.len()).find(|index| !belongs(*index)).unwrap_or(self.chars.len())
    }

    fn char(&self, index: usize) -> Option<char> {
        self.chars.get(index).map(|(_, c)| *c)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let byte = |index: usize| self.chars.get(index).map_or(self.text.len(), |(at, _)| *at);
        Span::new(byte(start), byte(end))
    }
}
