//! What a field remembers between frames, and how keys and the pointer change it.

use std::borrow::Cow;

use egui::{Event, ImeEvent, Key, Modifiers, Pos2};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::block::{Affinity, Block, Caret, Direction, Motion};
use crate::text::Span;

/// Two presses this close in time, in seconds, and in place, in points, are one double click.
const DOUBLE_CLICK: (f64, f32) = (0.35, 6.0);

/// A selection: from where it was begun to where the caret is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Selection {
    /// Where it was begun.
    pub anchor: Caret,
    /// Where the caret is.
    pub head: Caret,
}

impl Selection {
    /// A bare caret.
    pub fn caret(caret: Caret) -> Self {
        Self { anchor: caret, head: caret }
    }

    /// Everything from `span.start` to `span.end`, the caret at its end.
    pub fn over(span: Span) -> Self {
        if span.is_empty() {
            return Self::caret(Caret::after(span.end));
        }
        Self { anchor: Caret::before(span.start), head: Caret::after(span.end) }
    }

    /// The selected bytes; empty for a bare caret.
    pub fn span(self) -> Span {
        let (a, b) = (self.anchor.index, self.head.index);
        Span::new(a.min(b), a.max(b))
    }
}

/// A change of a field's text: `text` in place of the bytes `span`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What goes, in bytes of the text before this change.
    pub span: Span,
    /// What comes.
    pub text: String,
}

/// The caret and selection of one field, and what the next key or drag depends on.
#[derive(Debug, Clone, Default)]
pub struct EditState {
    selection: Selection,
    /// The column that the first of several vertical motions started from.
    column: Option<f32>,
    /// What an input method is composing at the caret; not part of the text yet.
    preedit: String,
    /// What the last press selected: dragging goes on in such pieces.
    grain: Grain,
    presses: Presses,
    /// Whether the pointer is still down since the last press.
    held: bool,
}

/// The unit in which dragging selects.
#[derive(Debug, Clone, Copy, Default)]
enum Grain {
    #[default]
    Cluster,
    Word(Span),
    Line(Span),
}

/// Counts the presses of a double or triple click.
#[derive(Debug, Clone, Copy, Default)]
struct Presses {
    count: usize,
    time: f64,
    at: Pos2,
}

/// What a key asked for besides moving the caret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    Nothing,
    Change(Change),
    Copy(String),
    Cut(String, Change),
}

impl EditState {
    /// A state with this selection.
    pub fn with_selection(selection: Selection) -> Self {
        Self { selection, ..Self::default() }
    }

    /// The selection, in bytes of the text that was last shown.
    pub fn selection(&self) -> Selection {
        self.selection
    }

    /// Puts the selection elsewhere, as undo does. What was being composed is given up.
    pub fn select(&mut self, selection: Selection) {
        self.selection = selection;
        self.column = None;
        self.preedit.clear();
    }

    pub(super) fn preedit(&self) -> &str {
        &self.preedit
    }

    /// Gives up what is being composed.
    pub(super) fn stop_composing(&mut self) {
        self.preedit.clear();
    }

    /// The text as shown, with what is being composed put in at the caret.
    pub(super) fn displayed<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.preedit.is_empty() {
            return Cow::Borrowed(text);
        }
        let (before, after) = text.split_at(self.selection.head.index);
        Cow::Owned([before, &self.preedit, after].concat())
    }

    /// The caret in the text as shown: behind what is being composed.
    pub(super) fn shown_caret(&self) -> Caret {
        let head = self.selection.head;
        if self.preedit.is_empty() { head } else { Caret::after(head.index + self.preedit.len()) }
    }

    /// From a place in the text as shown to one in the text.
    pub(super) fn in_text(&self, shown: Caret) -> Caret {
        let start = self.selection.head.index;
        let index = shown.index.min(start.max(shown.index.saturating_sub(self.preedit.len())));
        Caret { index, ..shown }
    }

    /// Brings a selection made for another text back onto borders of this one.
    pub(super) fn clamp_to(&mut self, text: &str) {
        for caret in [&mut self.selection.anchor, &mut self.selection.head] {
            caret.index = text.floor_char_boundary(caret.index);
        }
    }

    /// The pointer was pressed on the field, at a point of its block.
    pub(super) fn press(&mut self, block: &Block, text: &str, point: Pos2, time: f64, extend: bool) {
        let hit = self.in_text(block.hit(point));
        let near = time - self.presses.time < DOUBLE_CLICK.0 && self.presses.at.distance(point) < DOUBLE_CLICK.1;
        let count = if near && !extend { self.presses.count % 3 + 1 } else { 1 };
        self.presses = Presses { count, time, at: point };
        self.held = true;
        let (grain, selection) = match count {
            1 if extend => (Grain::Cluster, Selection { anchor: self.selection.anchor, head: hit }),
            1 => (Grain::Cluster, Selection::caret(hit)),
            2 => {
                let word = word_at(text, hit);
                (Grain::Word(word), Selection::over(word))
            }
            _ => {
                let line = hard_line_at(text, hit.index);
                (Grain::Line(line), Selection::over(line))
            }
        };
        self.grain = grain;
        self.select(selection);
    }

    /// Whether the pointer was pressed on the field and not let go since.
    pub(super) fn is_held(&self) -> bool {
        self.held
    }

    /// The pointer was let go.
    pub(super) fn release(&mut self) {
        self.held = false;
    }

    /// The pointer was dragged to a point of the block after a press.
    pub(super) fn drag(&mut self, block: &Block, text: &str, point: Pos2) {
        let hit = self.in_text(block.hit(point));
        self.selection = match self.grain {
            Grain::Cluster => Selection { anchor: self.selection.anchor, head: hit },
            Grain::Word(first) => spanning(first, word_at(text, hit)),
            Grain::Line(first) => spanning(first, hard_line_at(text, hit.index)),
        };
    }

    /// Acts on one event of a focused field that may be written in.
    pub(super) fn edit(&mut self, event: &Event, block: &Block, text: &str) -> Asked {
        match event {
            // Some systems send empty compositions whenever they like.
            Event::Ime(ImeEvent::Preedit { text: composed, .. } | ImeEvent::Commit(composed))
                if composed.is_empty() =>
            {
                self.preedit.clear();
                Asked::Nothing
            }
            Event::Text(new) | Event::Paste(new) | Event::Ime(ImeEvent::Commit(new)) => {
                self.replace(self.selection.span(), new)
            }
            Event::Ime(ImeEvent::Preedit { text: composed, .. }) => {
                let selected = self.selection.span();
                let asked = if selected.is_empty() { Asked::Nothing } else { self.replace(selected, "") };
                self.preedit.clone_from(composed);
                asked
            }
            // Keys belong to the input method until it is done.
            Event::Key { .. } if !self.preedit.is_empty() => Asked::Nothing,
            Event::Ime(ImeEvent::DeleteSurrounding { before_chars, after_chars }) => {
                let caret = self.selection.head.index;
                let start = text[..caret].char_indices().rev().take(*before_chars).last().map_or(caret, |(at, _)| at);
                let end = text[caret..].char_indices().nth(*after_chars).map_or(text.len(), |(at, _)| caret + at);
                self.replace(Span::new(start, end), "")
            }
            Event::Cut => match self.selection.span() {
                span if span.is_empty() => Asked::Nothing,
                span => Asked::Cut(text[span.range()].to_owned(), self.take(span, "")),
            },
            Event::Key { key: Key::Enter, pressed: true, modifiers, .. } if !modifiers.command && !modifiers.alt => {
                self.replace(self.selection.span(), "\n")
            }
            Event::Key { key: key @ (Key::Backspace | Key::Delete), pressed: true, modifiers, .. } => {
                let span = match self.selection.span() {
                    span if span.is_empty() => self.deleted_by(*key, *modifiers, text),
                    span => span,
                };
                if span.is_empty() { Asked::Nothing } else { self.replace(span, "") }
            }
            _ => self.read(event, block, text),
        }
    }

    /// Acts on one event of a focused field, as far as that changes no text.
    pub(super) fn read(&mut self, event: &Event, block: &Block, text: &str) -> Asked {
        match event {
            Event::Copy => {
                let span = self.selection.span();
                return if span.is_empty() { Asked::Nothing } else { Asked::Copy(text[span.range()].to_owned()) };
            }
            Event::Key { key: Key::A, pressed: true, modifiers, .. } if modifiers.command => {
                self.select(Selection::over(Span::new(0, text.len())));
            }
            Event::Key { key, pressed: true, modifiers, .. } if !modifiers.alt => {
                self.press_arrow(*key, *modifiers, block, text);
            }
            _ => {}
        }
        Asked::Nothing
    }

    fn press_arrow(&mut self, key: Key, modifiers: Modifiers, block: &Block, text: &str) {
        let Some(head) = self.head_after(key, modifiers, block, text) else { return };
        let vertical = matches!(key, Key::ArrowUp | Key::ArrowDown);
        let column = self.column.unwrap_or_else(|| block.caret_rect(self.selection.head).left());
        self.column = vertical.then_some(column);
        let anchor = if modifiers.shift { self.selection.anchor } else { head };
        self.selection = Selection { anchor, head };
    }

    /// Where a key takes the caret; `None` for keys that do not move it.
    fn head_after(&self, key: Key, modifiers: Modifiers, block: &Block, text: &str) -> Option<Caret> {
        let head = self.selection.head;
        let forward_key = match block.direction {
            Direction::Ltr => Key::ArrowRight,
            Direction::Rtl => Key::ArrowLeft,
        };
        let motion = match (key, modifiers.command) {
            (Key::ArrowLeft | Key::ArrowRight, true) if key == forward_key => {
                return Some(Caret::after(word_end_after(text, head.index)));
            }
            (Key::ArrowLeft | Key::ArrowRight, true) => {
                return Some(Caret::before(word_start_before(text, head.index)));
            }
            (Key::ArrowLeft, false) => Motion::Left,
            (Key::ArrowRight, false) => Motion::Right,
            (Key::ArrowUp, _) => Motion::Up,
            (Key::ArrowDown, _) => Motion::Down,
            (Key::Home, false) => Motion::LineStart,
            (Key::End, false) => Motion::LineEnd,
            (Key::Home, true) => Motion::TextStart,
            (Key::End, true) => Motion::TextEnd,
            _ => return None,
        };
        let collapses = !modifiers.shift && !self.selection.span().is_empty();
        if collapses && matches!(motion, Motion::Left | Motion::Right) {
            return Some(self.side_of_selection(block, motion));
        }
        Some(block.moved(head, motion, self.column))
    }

    /// An arrow leaves a selection at that side of it which it points to.
    fn side_of_selection(&self, block: &Block, motion: Motion) -> Caret {
        let Selection { anchor, head } = self.selection;
        let order = |caret| {
            let stop = block.stop(caret);
            match block.direction {
                Direction::Ltr => (stop.line as isize, stop.gap as isize),
                Direction::Rtl => (-(stop.line as isize), stop.gap as isize),
            }
        };
        let leftmost = if order(anchor) < order(head) { anchor } else { head };
        let rightmost = if order(anchor) < order(head) { head } else { anchor };
        if motion == Motion::Left { leftmost } else { rightmost }
    }

    fn deleted_by(&self, key: Key, modifiers: Modifiers, text: &str) -> Span {
        let caret = self.selection.head.index;
        match (key, modifiers.command) {
            (Key::Backspace, false) => Span::new(deletion_start(text, caret), caret),
            (Key::Backspace, true) => Span::new(word_start_before(text, caret), caret),
            (_, false) => {
                let next = GraphemeCursor::new(caret, text.len(), true).next_boundary(text, 0);
                Span::new(caret, next.ok().flatten().unwrap_or(caret))
            }
            (_, true) => Span::new(caret, word_end_after(text, caret)),
        }
    }

    pub(super) fn replace(&mut self, span: Span, new: &str) -> Asked {
        Asked::Change(self.take(span, new))
    }

    fn take(&mut self, span: Span, new: &str) -> Change {
        self.select(Selection::caret(Caret::after(span.start + new.len())));
        Change { span, text: new.to_owned() }
    }
}

/// Backspace takes a vowel sign off its letter, and otherwise a whole grapheme.
fn deletion_start(text: &str, caret: usize) -> usize {
    let Some(last) = text[..caret].chars().next_back() else { return 0 };
    if matches!(last, '\u{64b}'..='\u{65f}' | '\u{670}') {
        return caret - last.len_utf8();
    }
    GraphemeCursor::new(caret, text.len(), true).prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

fn is_word(piece: &str) -> bool {
    piece.chars().any(char::is_alphanumeric)
}

fn word_end_after(text: &str, index: usize) -> usize {
    let ends = text.split_word_bound_indices().filter(|(_, piece)| is_word(piece)).map(|(at, piece)| at + piece.len());
    ends.into_iter().find(|end| *end > index).unwrap_or(text.len())
}

fn word_start_before(text: &str, index: usize) -> usize {
    let starts = text.split_word_bound_indices().filter(|(_, piece)| is_word(piece)).map(|(at, _)| at);
    starts.take_while(|start| *start < index).last().unwrap_or(0)
}

/// The word, or the run of other characters, that a caret clings to; nothing on an empty line.
fn word_at(text: &str, caret: Caret) -> Span {
    let clings_to = match caret.affinity {
        Affinity::Upstream => text.floor_char_boundary(caret.index.saturating_sub(1)),
        Affinity::Downstream => caret.index,
    };
    let mut pieces = text.split_word_bound_indices().map(|(at, piece)| Span::new(at, at + piece.len()));
    let piece = pieces.find(|piece| piece.contains(clings_to)).filter(|_| !text[clings_to..].starts_with(['\n', '\r']));
    piece.unwrap_or(Span::at(caret.index))
}

fn hard_line_at(text: &str, index: usize) -> Span {
    let start = text[..index].rfind('\n').map_or(0, |at| at + 1);
    let end = text[index..].find('\n').map_or(text.len(), |at| index + at);
    Span::new(start, end)
}

/// From the piece that was pressed to the one dragged to, the caret at the dragged end.
fn spanning(first: Span, now: Span) -> Selection {
    if now.start < first.start {
        Selection { anchor: Caret::after(first.end), head: Caret::before(now.start) }
    } else {
        Selection { anchor: Caret::before(first.start), head: Caret::after(now.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_both_scripts() {
        let text = "قال الوزير، ثم left.";
        assert_eq!(word_end_after(text, 0), "قال".len());
        assert_eq!(word_end_after(text, "قال".len()), "قال الوزير".len());
        assert_eq!(word_start_before(text, text.len()), text.find("left").unwrap());
        assert_eq!(word_at(text, Caret::before("قال ا".len())).of(text), Some("الوزير"));
        assert_eq!(word_at(text, Caret::after("قال".len())).of(text), Some("قال"));
        assert_eq!(word_at(text, Caret::before("قال".len())).of(text), Some(" "));
        assert_eq!(word_at(text, Caret::after(text.len())).of(text), Some("."));
        assert_eq!(word_at("a\n\nb", Caret::before(2)), Span::at(2));
        assert_eq!(word_at("", Caret::default()), Span::default());
    }

    #[test]
    fn backspace_takes_a_vowel_sign_before_its_letter() {
        assert_eq!(deletion_start("مُ", "مُ".len()), "م".len());
        assert_eq!(deletion_start("e\u{301}", 3), 0);
        assert_eq!(deletion_start("👩‍🚒", "👩‍🚒".len()), 0);
        assert_eq!(deletion_start("", 0), 0);
    }

    #[test]
    fn a_triple_click_takes_the_line_without_its_newline() {
        assert_eq!(hard_line_at("a\nbc\nd", 3), Span::new(2, 4));
        assert_eq!(hard_line_at("a\n", 2), Span::new(2, 2));
    }
}
