//! A field in a window, and what is done to it.

use std::sync::Arc;

use egui::accesskit::{Action, ActionData, ActionRequest};
use egui::{Color32, Event, Id, ImeEvent, Key, Modifiers, OutputCommand, PointerButton, Pos2, Rect, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use tarjuman::ui::text::{
    Block, Caret, Change, Direction, EditState, Field, FieldColors, Laid, Mark, Selection, TextEngine, TextStyle,
    Typeface, editor, reader,
};

pub(crate) use Direction::{Ltr, Rtl};

pub(crate) const NAME: &str = "Field";
pub(crate) const CTRL: Modifiers = Modifiers::CTRL.plus(Modifiers::COMMAND);
pub(crate) const SHIFT: Modifiers = Modifiers::SHIFT;

/// Long enough to wrap, and of both directions.
pub(crate) const ARABIC: &str =
    "قال وزير الخارجية التركي إن بلاده ستواصل دعم الحوار بين الأطراف (UNHCR) حتى عام 2016، ثم غادر.";

/// A field and all that came of it.
pub(crate) struct Shown {
    pub(crate) engine: TextEngine,
    pub(crate) editable: bool,
    pub(crate) text: String,
    pub(crate) direction: Direction,
    pub(crate) width: f32,
    pub(crate) marks: Vec<Mark>,
    pub(crate) state: EditState,
    pub(crate) laid: Option<Arc<Laid>>,
    pub(crate) origin: Pos2,
    pub(crate) hovered: Option<usize>,
    pub(crate) changes: Vec<Change>,
    pub(crate) caret: Option<Rect>,
}

pub(crate) struct Bench {
    pub(crate) harness: Harness<'static, Shown>,
    pub(crate) copied: Vec<String>,
}

impl Bench {
    pub(crate) fn new(editable: bool, text: &str, direction: Direction, width: f32) -> Self {
        let shown = Shown {
            engine: TextEngine::default(),
            editable,
            text: text.to_owned(),
            direction,
            width,
            marks: Vec::new(),
            state: EditState::default(),
            laid: None,
            origin: Pos2::ZERO,
            hovered: None,
            changes: Vec::new(),
            caret: None,
        };
        let harness = Harness::builder().with_size([900.0, 500.0]).with_step_dt(1.0 / 60.0).build_ui_state(show, shown);
        Self { harness, copied: Vec::new() }
    }

    /// An editor that has the focus, with the selection that `marked` shows: `|` is the caret, `^` where the
    /// selection was begun.
    pub(crate) fn writing(marked: &str, direction: Direction) -> Self {
        Self::writing_in(marked, direction, 800.0)
    }

    pub(crate) fn writing_in(marked: &str, direction: Direction, width: f32) -> Self {
        let (text, selection) = unmarked(marked);
        let mut bench = Self::new(true, &text, direction, width);
        bench.harness.get_by_label(NAME).focus();
        bench.harness.run();
        bench.shown_mut().state = EditState::with_selection(selection);
        bench.harness.run();
        bench
    }

    pub(crate) fn reading(text: &str, direction: Direction, width: f32) -> Self {
        let mut bench = Self::new(false, text, direction, width);
        bench.harness.get_by_label(NAME).focus();
        bench.harness.run();
        bench
    }

    pub(crate) fn shown(&self) -> &Shown {
        self.harness.state()
    }

    pub(crate) fn shown_mut(&mut self) -> &mut Shown {
        self.harness.state_mut()
    }

    pub(crate) fn block(&self) -> &Block {
        &self.shown().laid.as_ref().expect("it was shown").block
    }

    /// A point of the block as one of the window.
    pub(crate) fn at(&self, point: Pos2) -> Pos2 {
        self.shown().origin + point.to_vec2()
    }

    pub(crate) fn send(&mut self, events: impl IntoIterator<Item = Event>) {
        self.harness.input_mut().events.extend(events);
        self.harness.step();
        for command in &self.harness.output().platform_output.commands {
            if let OutputCommand::CopyText(text) = command {
                self.copied.push(text.clone());
            }
        }
    }

    pub(crate) fn key(&mut self, key: Key, modifiers: Modifiers) {
        self.send([Event::ModifiersChanged(modifiers), key_event(key, modifiers)]);
        self.send([Event::ModifiersChanged(Modifiers::NONE)]);
    }

    pub(crate) fn write(&mut self, text: &str) {
        for c in text.chars() {
            self.send([Event::Text(c.to_string())]);
        }
    }

    pub(crate) fn ime(&mut self, event: ImeEvent) {
        self.send([Event::Ime(event)]);
    }

    pub(crate) fn compose(&mut self, text: &str) {
        self.ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None });
    }

    pub(crate) fn press(&mut self, pos: Pos2, modifiers: Modifiers) {
        self.send([Event::ModifiersChanged(modifiers), Event::PointerMoved(pos)]);
        self.send([button(pos, true, modifiers)]);
    }

    pub(crate) fn release(&mut self, pos: Pos2) {
        self.send([button(pos, false, Modifiers::NONE), Event::ModifiersChanged(Modifiers::NONE)]);
    }

    pub(crate) fn click(&mut self, pos: Pos2, times: usize) {
        for _ in 0..times {
            self.press(pos, Modifiers::NONE);
            self.release(pos);
        }
    }

    pub(crate) fn drag(&mut self, from: Pos2, to: Pos2) {
        self.press(from, Modifiers::NONE);
        self.send([Event::PointerMoved(from + (to - from) * 0.5)]);
        self.send([Event::PointerMoved(to)]);
        self.release(to);
    }

    /// Lets the next press begin a new click.
    pub(crate) fn pause(&mut self) {
        self.harness.run_steps(40);
    }

    pub(crate) fn selected(&self) -> &str {
        &self.shown().text[self.shown().state.selection().span().range()]
    }

    pub(crate) fn copy(&mut self) -> String {
        self.copied.clear();
        self.send([Event::Copy]);
        self.copied.concat()
    }

    /// The text with the caret and the selection in it.
    pub(crate) fn marked(&self) -> String {
        let Selection { anchor, head } = self.shown().state.selection();
        let mut text = self.shown().text.clone();
        let mut marks = vec![(head.index, '|')];
        if anchor.index != head.index {
            marks.push((anchor.index, '^'));
        }
        marks.sort_by_key(|(index, _)| std::cmp::Reverse(*index));
        for (index, mark) in marks {
            text.insert(index, mark);
        }
        text
    }

    pub(crate) fn node(&self) -> AccessKitNode<'_> {
        self.harness.get_by_label(NAME).accesskit_node()
    }

    pub(crate) fn ask(&mut self, action: Action, data: Option<ActionData>) {
        let (target_node, target_tree) = self.node().locate();
        self.send([Event::AccessKitActionRequest(ActionRequest { action, target_node, target_tree, data })]);
    }
}

fn show(ui: &mut egui::Ui, shown: &mut Shown) {
    shown.engine.begin_frame(ui.ctx());
    let field = Field {
        id: Id::unique("field"),
        name: NAME,
        text: &shown.text,
        hint: "",
        style: style(shown.direction),
        marks: &shown.marks,
        width: shown.width,
        padding: vec2(10.0, 5.0),
        colors: FieldColors { selection: Color32::BLUE, caret: Color32::RED, hint: Color32::GRAY },
    };
    let widget = if shown.editable { editor } else { reader };
    let output = widget(ui, &mut shown.engine, &mut shown.state, &field);
    for change in output.changes {
        shown.text.replace_range(change.span.range(), &change.text);
        shown.changes.push(change);
    }
    shown.laid = Some(output.laid);
    shown.origin = output.origin;
    shown.hovered = output.hovered;
    shown.caret = output.caret;
}

fn style(direction: Direction) -> TextStyle {
    let typeface = if direction == Rtl { Typeface::Naskh } else { Typeface::Sans };
    TextStyle { typeface, size: 20.0, line_height: 1.6, bold: false, color: Color32::BLACK, direction }
}

fn unmarked(marked: &str) -> (String, Selection) {
    let place = |mark: char| marked.find(mark);
    let head = place('|').expect("a caret");
    let anchor = place('^').unwrap_or(head);
    let without = |at: usize, other: usize, other_is_there: bool| at - usize::from(other_is_there && other < at);
    let two = place('^').is_some();
    let (head, anchor) = (without(head, anchor, two), if two { without(anchor, head, true) } else { head });
    let text = marked.replace(['|', '^'], "");
    let caret = |index: usize, other: usize| if index > other { Caret::after(index) } else { Caret::before(index) };
    if two {
        (text, Selection { anchor: caret(anchor, head), head: caret(head, anchor) })
    } else {
        (text, Selection::caret(Caret::after(head)))
    }
}

pub(crate) fn key_event(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

fn button(pos: Pos2, pressed: bool, modifiers: Modifiers) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers }
}

/// A point in the left or right half of what is drawn for the cluster that begins at a byte.
pub(crate) fn half(block: &Block, byte: usize, right: bool) -> Pos2 {
    let part = if right { 0.8 } else { 0.2 };
    for (number, line) in block.lines.iter().enumerate() {
        if let Some(cluster) = block.line_clusters(number).iter().find(|cluster| cluster.text.start == byte) {
            return pos2(egui::lerp(cluster.left..=cluster.right, part), f32::midpoint(line.top, line.bottom));
        }
    }
    panic!("no cluster begins at byte {byte}");
}
