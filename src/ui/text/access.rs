//! What a screen reader is told of a field (its role, text and direction, where its characters stand, and what is
//! selected), and what it may ask for.

use egui::accesskit::{self, Action, ActionData, ActionRequest, TextDirection, TextPosition, TextSelection};
use egui::{Id, Pos2, Response, Role, Ui, UiBuilder, WidgetInfo};

use super::Laid;
use super::block::{Affinity, Block, Caret, Direction};
use super::edit::{Asked, EditState, Selection};
use super::field::Field;
use crate::text::Span;

/// AccessKit counts the characters of a run, and the bytes of a character, in one byte.
const MOST: usize = 255;

/// A stretch of a line that AccessKit takes as one node: all of it reads in one direction.
#[derive(Debug, Clone, PartialEq)]
struct Run {
    line: usize,
    rtl: bool,
    left: f32,
    right: f32,
    characters: Vec<Character>,
}

/// A cluster, or a newline.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Character {
    /// Its bytes in the text.
    text: Span,
    /// From the side of the run where reading begins.
    position: f32,
    width: f32,
}

#[allow(clippy::too_many_arguments, reason = "a field's whole state is what is described")]
pub(super) fn describe(
    ui: &mut Ui,
    field: &Field<'_>,
    text: &str,
    state: &EditState,
    laid: &Laid,
    response: &Response,
    origin: Pos2,
    editable: bool,
) {
    let enabled = ui.is_enabled();
    response.widget_info(|| {
        let mut info = WidgetInfo::text_edit(enabled, field.text, text, field.hint);
        info.label = Some(field.name.to_owned());
        info
    });
    let described = ui.ctx().accesskit_node_builder(field.id, |node| {
        node.set_role(Role::MultilineTextInput);
        node.set_label(field.name);
        node.set_value(text);
        node.set_text_direction(direction(laid.block.direction == Direction::Rtl));
        node.add_action(Action::SetTextSelection);
        if editable {
            node.add_action(Action::SetValue);
            node.add_action(Action::ReplaceSelectedText);
        } else {
            node.set_read_only();
        }
    });
    if described.is_none() {
        return;
    }
    let runs = runs(&laid.block, text);
    for number in 0..runs.len() {
        describe_run(ui, field.id, &runs, number, laid, text, origin);
    }
    let position = |caret| position(field.id, &runs, &laid.block, caret);
    let (anchor, head) = (state.selection().anchor, state.shown_caret());
    let anchor = if state.selection().span().is_empty() { head } else { anchor };
    if let (Some(anchor), Some(focus)) = (position(anchor), position(head)) {
        ui.ctx().accesskit_node_builder(field.id, |node| node.set_text_selection(TextSelection { anchor, focus }));
    }
}

/// Does what a screen reader asks of a field; `text` and the block are the field's as it was last described.
pub(super) fn obey(
    state: &mut EditState,
    request: &ActionRequest,
    field: Id,
    block: &Block,
    text: &str,
    editable: bool,
) -> Asked {
    match (request.action, &request.data) {
        (Action::SetValue, Some(ActionData::Value(value))) if editable => {
            state.replace(Span::new(0, text.len()), value)
        }
        (Action::ReplaceSelectedText, Some(ActionData::Value(value))) if editable => {
            state.replace(state.selection().span(), value)
        }
        (Action::SetTextSelection, Some(ActionData::SetTextSelection(selection))) => {
            let runs = runs(block, &state.displayed(text));
            let caret = |position| caret(field, &runs, block, position).map(|caret| state.in_text(caret));
            if let (Some(anchor), Some(head)) = (caret(selection.anchor), caret(selection.focus)) {
                state.select(Selection { anchor, head });
            }
            Asked::Nothing
        }
        _ => Asked::Nothing,
    }
}

fn direction(rtl: bool) -> TextDirection {
    if rtl { TextDirection::RightToLeft } else { TextDirection::LeftToRight }
}

/// The runs of a text in reading order; each line has at least one, and a newline belongs to the last of its line.
fn runs(block: &Block, text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (number, line) in block.lines.iter().enumerate() {
        let first = runs.len();
        let mut clusters: Vec<usize> = line.clusters.clone().collect();
        clusters.sort_by_key(|at| block.clusters[*at].text.start);
        let mut before = None;
        for at in clusters {
            let cluster = block.clusters[at];
            let beside = before == if cluster.rtl { Some(at + 1) } else { at.checked_sub(1) };
            before = Some(at);
            for (piece, text) in pieces(cluster.text, text).enumerate() {
                let goes_on = |run: &&mut Run| run.has_room() && (piece > 0 || beside && run.rtl == cluster.rtl);
                let edge = if cluster.rtl { cluster.right } else { cluster.left };
                match runs[first..].last_mut().filter(goes_on) {
                    // The first piece takes all the width.
                    Some(run) if piece > 0 => run.push(text, run.end_x(), run.end_x()),
                    Some(run) => run.push(text, cluster.left, cluster.right),
                    None => {
                        let mut run = Run::new(number, cluster.rtl, edge);
                        run.push(text, cluster.left, cluster.right);
                        runs.push(run);
                    }
                }
            }
        }
        let next = block.lines.get(number + 1).map_or(text.len(), |next| next.text.start);
        let newline = Span::new(line.text.end, next);
        if !runs[first..].last().is_some_and(Run::has_room) {
            let edge = block.caret_rect(Caret::after(line.text.end)).left();
            runs.push(Run::new(number, block.direction == Direction::Rtl, edge));
        }
        if let Some(run) = runs.last_mut().filter(|_| !newline.is_empty()) {
            run.push(newline, run.end_x(), run.end_x());
        }
    }
    runs
}

/// The bytes of a cluster, in as many pieces as it takes to count them.
fn pieces(cluster: Span, text: &str) -> impl Iterator<Item = Span> {
    let mut start = cluster.start;
    std::iter::from_fn(move || {
        let end = text.floor_char_boundary(cluster.end.min(start + MOST));
        let piece = Span::new(start, end);
        start = end;
        (!piece.is_empty()).then_some(piece)
    })
}

impl Run {
    fn new(line: usize, rtl: bool, edge: f32) -> Self {
        Self { line, rtl, left: edge, right: edge, characters: Vec::new() }
    }

    fn has_room(&self) -> bool {
        self.characters.len() < MOST
    }

    /// The side at which it goes on.
    fn end_x(&self) -> f32 {
        if self.rtl { self.left } else { self.right }
    }

    fn push(&mut self, text: Span, left: f32, right: f32) {
        let position = if self.rtl { self.right - right } else { left - self.left };
        self.characters.push(Character { text, position, width: right - left });
        (self.left, self.right) = (self.left.min(left), self.right.max(right));
    }
}

fn run_id(field: Id, number: usize) -> Id {
    field.with("run").with(number)
}

fn describe_run(ui: &mut Ui, field: Id, runs: &[Run], number: usize, laid: &Laid, text: &str, origin: Pos2) {
    let id = run_id(field, number);
    // A node of our own needs a parent, which only a child `Ui` may name.
    let _ = ui.new_child(UiBuilder::new().scope_id(id).accessibility_parent(field).accessibility_role(Role::TextRun));
    let run = &runs[number];
    let line = &laid.block.lines[run.line];
    let neighbour = |at: Option<usize>| {
        let at = at.filter(|at| runs.get(*at).is_some_and(|other| other.line == run.line))?;
        Some(run_id(field, at).accesskit_id())
    };
    let characters = || run.characters.iter();
    let value: String = characters().filter_map(|character| character.text.of(text)).collect();
    let word_starts: Vec<u8> =
        characters().zip(0u8..).filter(|(character, _)| starts_word(text, character.text)).map(|(_, at)| at).collect();
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_text_direction(direction(run.rtl));
        node.set_bounds(accesskit::Rect {
            x0: f64::from(origin.x + run.left),
            y0: f64::from(origin.y + line.top),
            x1: f64::from(origin.x + run.right),
            y1: f64::from(origin.y + line.bottom),
        });
        node.set_value(value);
        node.set_character_lengths(characters().map(|character| character.text.len() as u8).collect::<Vec<u8>>());
        node.set_character_positions(characters().map(|character| character.position).collect::<Vec<f32>>());
        node.set_character_widths(characters().map(|character| character.width).collect::<Vec<f32>>());
        node.set_word_starts(word_starts);
        if let Some(previous) = neighbour(number.checked_sub(1)) {
            node.set_previous_on_line(previous);
        }
        if let Some(next) = neighbour(Some(number + 1)) {
            node.set_next_on_line(next);
        }
    });
}

fn starts_word(text: &str, character: Span) -> bool {
    let before = text.get(..character.start).and_then(|before| before.chars().next_back());
    character.of(text).is_some_and(|now| now.starts_with(char::is_alphanumeric))
        && !before.is_some_and(char::is_alphanumeric)
}

/// A caret as a run and a number of its characters.
fn position(field: Id, runs: &[Run], block: &Block, caret: Caret) -> Option<TextPosition> {
    let line = block.stop(caret).line;
    let mut best = None;
    for (number, run) in runs.iter().enumerate().filter(|(_, run)| run.line == line) {
        let before = run.characters.iter().take_while(|character| character.text.end <= caret.index).count();
        if before > 0 || best.is_none() || caret.affinity == Affinity::Downstream {
            best = Some(TextPosition { node: run_id(field, number).accesskit_id(), character_index: before });
        }
        if before < run.characters.len() {
            break;
        }
    }
    best
}

/// The caret that a run and a number of its characters stand for.
fn caret(field: Id, runs: &[Run], block: &Block, position: TextPosition) -> Option<Caret> {
    let number = (0..runs.len()).find(|number| run_id(field, *number).accesskit_id() == position.node)?;
    let run = &runs[number];
    match (run.characters.get(position.character_index), run.characters.last()) {
        (Some(character), _) => Some(Caret::before(character.text.start)),
        (None, Some(last)) => Some(Caret::after(last.text.end)),
        (None, None) => Some(Caret::before(block.lines[run.line].text.start)),
    }
}
