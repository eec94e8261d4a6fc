//! What a screen reader is told of a field: its role, text and direction, where its characters stand, and what
//! is selected.

use egui::accesskit::{self, TextDirection, TextPosition, TextSelection};
use egui::{Id, Pos2, Response, Role, Ui, UiBuilder, WidgetInfo};

use super::Laid;
use super::block::{Block, Caret, Direction};
use super::edit::EditState;
use super::field::Field;

/// AccessKit counts the characters of a run in one byte.
const MAX_RUN: usize = 255;

/// A stretch of a line that AccessKit takes as one node: the numbers of its clusters in reading order.
struct Run {
    line: usize,
    clusters: Vec<usize>,
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
    let direction = match laid.block.direction {
        Direction::Ltr => TextDirection::LeftToRight,
        Direction::Rtl => TextDirection::RightToLeft,
    };
    let described = ui.ctx().accesskit_node_builder(field.id, |node| {
        node.set_role(Role::MultilineTextInput);
        node.set_label(field.name);
        node.set_value(text);
        node.set_text_direction(direction);
        if !editable {
            node.set_read_only();
        }
    });
    if described.is_none() {
        return;
    }
    let runs = runs(&laid.block);
    for (number, run) in runs.iter().enumerate() {
        describe_run(ui, field.id, number, run, &laid.block, text, origin, direction);
    }
    let position = |caret| position(field.id, &runs, &laid.block, caret);
    let selection = state.selection();
    if let (Some(anchor), Some(focus)) = (position(selection.anchor), position(selection.head)) {
        ui.ctx().accesskit_node_builder(field.id, |node| node.set_text_selection(TextSelection { anchor, focus }));
    }
}

fn runs(block: &Block) -> Vec<Run> {
    let mut runs = Vec::new();
    for (line, at) in block.lines.iter().enumerate() {
        let mut clusters: Vec<usize> = at.clusters.clone().collect();
        clusters.sort_by_key(|cluster| block.clusters[*cluster].text.start);
        if clusters.is_empty() {
            runs.push(Run { line, clusters: Vec::new() });
        }
        runs.extend(clusters.chunks(MAX_RUN).map(|chunk| Run { line, clusters: chunk.to_vec() }));
    }
    runs
}

fn run_id(field: Id, number: usize) -> Id {
    field.with("run").with(number)
}

#[allow(clippy::too_many_arguments, reason = "AccessKit wants text, places and direction of a run together")]
fn describe_run(
    ui: &mut Ui,
    field: Id,
    number: usize,
    run: &Run,
    block: &Block,
    text: &str,
    origin: Pos2,
    direction: TextDirection,
) {
    let id = run_id(field, number);
    // A node of our own needs a parent, which only a child `Ui` may name.
    let _ = ui.new_child(UiBuilder::new().scope_id(id).accessibility_parent(field).accessibility_role(Role::TextRun));
    let line = &block.lines[run.line];
    let clusters = || run.clusters.iter().map(|cluster| &block.clusters[*cluster]);
    let left = clusters().map(|cluster| cluster.left).fold(f32::INFINITY, f32::min);
    let left = if left.is_finite() { left } else { 0.0 };
    let right = clusters().map(|cluster| cluster.right).fold(left, f32::max);
    let value: String = clusters().filter_map(|cluster| cluster.text.of(text)).collect();
    let word_starts: Vec<u8> = clusters()
        .zip(0u8..)
        .filter(|(cluster, _)| {
            let before = text.get(..cluster.text.start).and_then(|before| before.chars().next_back());
            let is_word = |c: char| c.is_alphanumeric();
            cluster.text.of(text).is_some_and(|now| now.starts_with(is_word)) && !before.is_some_and(is_word)
        })
        .map(|(_, at)| at)
        .collect();
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_text_direction(direction);
        node.set_bounds(accesskit::Rect {
            x0: f64::from(origin.x + left),
            y0: f64::from(origin.y + line.top),
            x1: f64::from(origin.x + right),
            y1: f64::from(origin.y + line.bottom),
        });
        node.set_value(value);
        node.set_character_lengths(clusters().map(|cluster| cluster.text.len() as u8).collect::<Vec<u8>>());
        node.set_character_positions(clusters().map(|cluster| cluster.left - left).collect::<Vec<f32>>());
        node.set_character_widths(clusters().map(|cluster| cluster.right - cluster.left).collect::<Vec<f32>>());
        node.set_word_starts(word_starts);
    });
}

fn position(field: Id, runs: &[Run], block: &Block, caret: Caret) -> Option<TextPosition> {
    let line = block.stop(caret).line;
    let mut best = None;
    for (number, run) in runs.iter().enumerate().filter(|(_, run)| run.line == line) {
        let before = run.clusters.iter().filter(|cluster| block.clusters[**cluster].text.end <= caret.index).count();
        best = Some(TextPosition { node: run_id(field, number).accesskit_id(), character_index: before });
        if before < run.clusters.len() {
            break;
        }
    }
    best
}
