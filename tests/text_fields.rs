//! The reader and the editor in a window: what keys, the pointer, an input method and a screen reader do to them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what a test expects and does not get is its failure")]

use std::sync::Arc;

use egui::accesskit::{self, Action, ActionData, ActionRequest, TextDirection, TextPosition, TextSelection, TreeId};
use egui::{
    Color32, Event, Id, ImeEvent, Key, Modifiers, OutputCommand, PointerButton, Pos2, Rect, Shape, Stroke, pos2,
};
use egui::{Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use tarjuman::text::Span;
use tarjuman::ui::text::{
    Block, Caret, Change, Cluster, Direction, EditState, Field, FieldColors, Laid, Mark, MarkLook, Selection,
    TextEngine, TextStyle, Typeface, editor, reader,
};

const NAME: &str = "Field";
const TINT: Color32 = Color32::from_rgb(1, 2, 3);
const CTRL: Modifiers = Modifiers::CTRL.plus(Modifiers::COMMAND);
const SHIFT: Modifiers = Modifiers::SHIFT;

use Direction::{Ltr, Rtl};

/// A field and all that came of it.
struct Shown {
    engine: TextEngine,
    editable: bool,
    text: String,
    direction: Direction,
    width: f32,
    marks: Vec<Mark>,
    state: EditState,
    laid: Option<Arc<Laid>>,
    origin: Pos2,
    hovered: Option<usize>,
    changes: Vec<Change>,
    caret: Option<Rect>,
}

struct Bench {
    harness: Harness<'static, Shown>,
    copied: Vec<String>,
}

impl Bench {
    fn new(editable: bool, text: &str, direction: Direction, width: f32) -> Self {
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
    fn writing(marked: &str, direction: Direction) -> Self {
        Self::writing_in(marked, direction, 800.0)
    }

    fn writing_in(marked: &str, direction: Direction, width: f32) -> Self {
        let (text, selection) = unmarked(marked);
        let mut bench = Self::new(true, &text, direction, width);
        bench.harness.get_by_label(NAME).focus();
        bench.harness.run();
        bench.shown_mut().state = EditState::with_selection(selection);
        bench.harness.run();
        bench
    }

    fn reading(text: &str, direction: Direction, width: f32) -> Self {
        let mut bench = Self::new(false, text, direction, width);
        bench.harness.get_by_label(NAME).focus();
        bench.harness.run();
        bench
    }

    fn shown(&self) -> &Shown {
        self.harness.state()
    }

    fn shown_mut(&mut self) -> &mut Shown {
        self.harness.state_mut()
    }

    fn block(&self) -> &Block {
        &self.shown().laid.as_ref().expect("it was shown").block
    }

    /// A point of the block as one of the window.
    fn at(&self, point: Pos2) -> Pos2 {
        self.shown().origin + point.to_vec2()
    }

    fn send(&mut self, events: impl IntoIterator<Item = Event>) {
        self.harness.input_mut().events.extend(events);
        self.harness.step();
        for command in &self.harness.output().platform_output.commands {
            if let OutputCommand::CopyText(text) = command {
                self.copied.push(text.clone());
            }
        }
    }

    fn key(&mut self, key: Key, modifiers: Modifiers) {
        self.send([Event::ModifiersChanged(modifiers), key_event(key, modifiers)]);
        self.send([Event::ModifiersChanged(Modifiers::NONE)]);
    }

    fn write(&mut self, text: &str) {
        for c in text.chars() {
            self.send([Event::Text(c.to_string())]);
        }
    }

    fn ime(&mut self, event: ImeEvent) {
        self.send([Event::Ime(event)]);
    }

    fn compose(&mut self, text: &str) {
        self.ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None });
    }

    fn press(&mut self, pos: Pos2, modifiers: Modifiers) {
        self.send([Event::ModifiersChanged(modifiers), Event::PointerMoved(pos)]);
        self.send([button(pos, true, modifiers)]);
    }

    fn release(&mut self, pos: Pos2) {
        self.send([button(pos, false, Modifiers::NONE), Event::ModifiersChanged(Modifiers::NONE)]);
    }

    fn click(&mut self, pos: Pos2, times: usize) {
        for _ in 0..times {
            self.press(pos, Modifiers::NONE);
            self.release(pos);
        }
    }

    fn drag(&mut self, from: Pos2, to: Pos2) {
        self.press(from, Modifiers::NONE);
        self.send([Event::PointerMoved(from + (to - from) * 0.5)]);
        self.send([Event::PointerMoved(to)]);
        self.release(to);
    }

    /// Lets the next press begin a new click.
    fn pause(&mut self) {
        self.harness.run_steps(40);
    }

    fn selected(&self) -> &str {
        &self.shown().text[self.shown().state.selection().span().range()]
    }

    fn copy(&mut self) -> String {
        self.copied.clear();
        self.send([Event::Copy]);
        self.copied.concat()
    }

    /// The text with the caret and the selection in it.
    fn marked(&self) -> String {
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

    fn node(&self) -> AccessKitNode<'_> {
        self.harness.get_by_label(NAME).accesskit_node()
    }

    fn ask(&mut self, action: Action, data: Option<ActionData>) {
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

fn key_event(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

fn button(pos: Pos2, pressed: bool, modifiers: Modifiers) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers }
}

/// A point in the left or right half of what is drawn for the cluster that begins at a byte.
fn half(block: &Block, byte: usize, right: bool) -> Pos2 {
    let part = if right { 0.8 } else { 0.2 };
    for (number, line) in block.lines.iter().enumerate() {
        if let Some(cluster) = block.line_clusters(number).iter().find(|cluster| cluster.text.start == byte) {
            return pos2(egui::lerp(cluster.left..=cluster.right, part), f32::midpoint(line.top, line.bottom));
        }
    }
    panic!("no cluster begins at byte {byte}");
}

const ARABIC: &str = "قال وزير الخارجية التركي إن بلاده ستواصل دعم الحوار بين الأطراف (UNHCR) حتى عام 2016، ثم غادر.";

mod pointer {
    use super::*;

    #[test]
    fn dragging_selects_and_copies_what_lies_between() {
        let check = |editable: bool, text: &str, direction, width, from: &str, to: &str, expected: &str| {
            let mut bench = Bench::new(editable, text, direction, width);
            let block = bench.block();
            let (start, end) = (text.find(from).unwrap(), text.find(to).unwrap());
            let rtl = |byte| block.clusters.iter().find(|cluster| cluster.text.start == byte).unwrap().rtl;
            // From the reading start of one to the reading start of the other.
            let (start, end) = (half(block, start, rtl(start)), half(block, end, rtl(end)));
            let (start, end) = (bench.at(start), bench.at(end));
            bench.drag(start, end);
            assert_eq!(bench.selected(), expected, "{text}");
            assert_eq!(bench.copy(), expected, "{text}");
        };
        for editable in [false, true] {
            check(editable, "The quick brown fox", Ltr, 600.0, "quick", "fox", "quick brown ");
            check(editable, "The quick brown fox", Ltr, 600.0, "fox", "quick", "quick brown ");
            check(editable, "قال الوزير أمس", Rtl, 600.0, "الوزير", "أمس", "الوزير ");
            check(editable, "قال الوزير أمس", Rtl, 600.0, "أمس", "قال", "قال الوزير ");
            check(editable, ARABIC, Rtl, 220.0, "وزير", "دعم", "وزير الخارجية التركي إن بلاده ستواصل ");
            check(editable, ARABIC, Rtl, 220.0, "ثم", "الحوار", "الحوار بين الأطراف (UNHCR) حتى عام 2016، ");
            check(editable, "في UNHCR أمس", Rtl, 600.0, "في", "HCR", "في UN");
            check(editable, "سطر أول\nسطر ثان", Rtl, 600.0, "أول", "ثان", "أول\nسطر ");
        }
    }

    #[test]
    fn any_two_points_of_a_wrapped_text_select_what_they_hit() {
        let mut bench = Bench::new(false, ARABIC, Rtl, 260.0);
        let block = bench.block().clone();
        let mut rng = fastrand::Rng::with_seed(3);
        for _ in 0..60 {
            let any = |rng: &mut fastrand::Rng| pos2(rng.f32() * block.size.x, rng.f32() * block.size.y);
            let (from, to) = (any(&mut rng), any(&mut rng));
            let (a, b) = (block.hit(from).index, block.hit(to).index);
            let (from, to) = (bench.at(from), bench.at(to));
            bench.pause();
            bench.drag(from, to);
            assert_eq!(bench.selected(), &ARABIC[a.min(b)..a.max(b)]);
        }
    }

    #[test]
    fn a_drag_that_leaves_the_field_goes_on_to_its_end() {
        let mut bench = Bench::new(false, "قال الوزير أمس", Rtl, 600.0);
        let from = bench.at(half(bench.block(), "قال ".len(), true));
        bench.drag(from, pos2(3.0, 480.0));
        assert_eq!(bench.selected(), "الوزير أمس");
    }

    #[test]
    fn a_click_puts_the_caret_and_the_focus_there() {
        for (text, direction) in [("The quick fox", Ltr), ("قال الوزير أمس", Rtl)] {
            let mut bench = Bench::new(true, text, direction, 600.0);
            let byte = text.char_indices().nth(5).unwrap().0;
            let reading_start = bench.at(half(bench.block(), byte, direction == Rtl));
            bench.click(reading_start, 1);
            assert!(bench.node().is_focused());
            bench.write("X");
            assert_eq!(bench.shown().text, format!("{}X{}", &text[..byte], &text[byte..]));
        }
    }

    #[test]
    fn a_double_click_selects_the_word_under_the_pointer() {
        for text in ["The quick, brown fox.", ARABIC] {
            let direction = if text == ARABIC { Rtl } else { Ltr };
            let mut bench = Bench::new(false, text, direction, 300.0);
            let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            for word in words {
                let at = text.find(word).unwrap();
                for (byte, _) in word.char_indices() {
                    for right in [false, true] {
                        let Some(cluster) = bench.block().clusters.iter().find(|c| c.text.start == at + byte) else {
                            continue;
                        };
                        if cluster.right - cluster.left < 2.0 {
                            continue;
                        }
                        let pos = bench.at(half(bench.block(), at + byte, right));
                        bench.click(pos, 2);
                        assert_eq!(bench.selected(), word, "byte {byte}, right half: {right}");
                        bench.pause();
                    }
                }
            }
        }
    }

    #[test]
    fn a_drag_after_a_double_click_goes_on_in_words_and_after_a_triple_click_in_lines() {
        let text = "سطر أول هنا\nسطر ثان هنا\nسطر ثالث";
        let mut bench = Bench::new(false, text, Rtl, 600.0);
        let point = |bench: &Bench, word: &str| bench.at(half(bench.block(), text.find(word).unwrap() + 2, true));
        let (from, to) = (point(&bench, "ثان"), point(&bench, "أول"));
        bench.click(from, 1);
        bench.drag(from, to);
        assert_eq!(bench.selected(), "أول هنا\nسطر ثان");
        bench.pause();
        bench.click(from, 2);
        assert_eq!(bench.selected(), "ثان");
        bench.drag(from, to);
        assert_eq!(bench.selected(), "سطر أول هنا\nسطر ثان هنا");
        bench.pause();
        bench.click(from, 3);
        assert_eq!(bench.selected(), "سطر ثان هنا");
    }

    #[test]
    fn a_click_with_shift_extends_the_selection_to_it() {
        for (text, direction) in [("The quick brown fox", Ltr), ("قال الوزير التركي أمس", Rtl)] {
            let mut bench = Bench::new(true, text, direction, 600.0);
            let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let at = |bench: &Bench, n: usize| bench.at(half(bench.block(), starts[n], direction == Rtl));
            let (first, further, back) = (at(&bench, 4), at(&bench, 9), at(&bench, 2));
            bench.click(first, 1);
            bench.press(further, SHIFT);
            bench.release(further);
            assert_eq!(bench.selected(), &text[starts[4]..starts[9]]);
            bench.press(back, SHIFT);
            bench.release(back);
            assert_eq!(bench.selected(), &text[starts[2]..starts[4]]);
        }
    }

    #[test]
    fn hovering_gives_the_byte_under_the_pointer() {
        let mut bench = Bench::new(false, ARABIC, Rtl, 300.0);
        for (byte, _) in ARABIC.char_indices() {
            let Some(cluster) = bench.block().clusters.iter().find(|cluster| cluster.text.start == byte).copied()
            else {
                continue;
            };
            if cluster.right - cluster.left < 1.0 {
                continue;
            }
            for right in [false, true] {
                let pos = bench.at(half(bench.block(), byte, right));
                bench.send([Event::PointerMoved(pos)]);
                bench.harness.step();
                assert_eq!(bench.shown().hovered, Some(byte), "{cluster:?}");
            }
        }
        let beside = bench.at(pos2(1.0, bench.block().size.y - 5.0));
        bench.send([Event::PointerMoved(beside)]);
        bench.harness.step();
        assert_eq!(bench.shown().hovered, None, "the last line does not reach the left edge");
    }
}

mod keys {
    use super::*;
    use Key::{ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Backspace, Delete, End, Enter, Home};

    const NONE: Modifiers = Modifiers::NONE;

    #[track_caller]
    fn check(direction: Direction, before: &str, pressed: &[(Modifiers, Key)], after: &str) {
        let mut bench = Bench::writing(before, direction);
        for (modifiers, key) in pressed {
            bench.key(*key, *modifiers);
        }
        assert_eq!(bench.marked(), after, "{before} {pressed:?}");
    }

    #[test]
    fn arrows_go_where_they_point() {
        check(Ltr, "ab|c", &[(NONE, ArrowRight)], "abc|");
        check(Ltr, "ab|c", &[(NONE, ArrowLeft)], "a|bc");
        check(Ltr, "|abc", &[(NONE, ArrowLeft)], "|abc");
        check(Ltr, "abc|", &[(NONE, ArrowRight)], "abc|");
        check(Rtl, "قا|ل", &[(NONE, ArrowLeft)], "قال|");
        check(Rtl, "قا|ل", &[(NONE, ArrowRight)], "ق|ال");
        check(Rtl, "|قال", &[(NONE, ArrowRight)], "|قال");
        check(Rtl, "قال|", &[(NONE, ArrowLeft)], "قال|");
        // Numbers run to the right in the middle of Arabic: the caret comes upon their end first.
        check(Rtl, "في |12", &[(NONE, ArrowLeft)], "في 1|2");
        check(Rtl, "في |12", &[(NONE, ArrowLeft), (NONE, ArrowLeft), (NONE, ArrowRight)], "في 1|2");
        check(Ltr, "one\n|two", &[(NONE, ArrowLeft)], "one|\ntwo");
        check(Rtl, "سطر|\nثان", &[(NONE, ArrowLeft)], "سطر\n|ثان");
    }

    #[test]
    fn an_arrow_leaves_a_selection_at_the_side_it_points_to() {
        check(Ltr, "a^bc|d", &[(NONE, ArrowLeft)], "a|bcd");
        check(Ltr, "a^bc|d", &[(NONE, ArrowRight)], "abc|d");
        check(Ltr, "a|bc^d", &[(NONE, ArrowRight)], "abc|d");
        check(Rtl, "ق^ال| هو", &[(NONE, ArrowLeft)], "قال| هو");
        check(Rtl, "ق^ال| هو", &[(NONE, ArrowRight)], "ق|ال هو");
    }

    #[test]
    fn control_and_arrows_go_by_words() {
        check(Ltr, "The |quick, fox", &[(CTRL, ArrowRight)], "The quick|, fox");
        check(Ltr, "The quick, f|ox", &[(CTRL, ArrowLeft), (CTRL, ArrowLeft)], "The |quick, fox");
        check(Rtl, "قال |الوزير، أمس", &[(CTRL, ArrowLeft)], "قال الوزير|، أمس");
        check(Rtl, "قال الوزير، أم|س", &[(CTRL, ArrowRight), (CTRL, ArrowRight)], "قال |الوزير، أمس");
        check(Rtl, "|قال UNHCR أمس", &[(CTRL, ArrowLeft), (CTRL, ArrowLeft)], "قال UNHCR| أمس");
        check(Ltr, "one|\ntwo", &[(CTRL, ArrowRight)], "one\ntwo|");
    }

    #[test]
    fn home_and_end_go_to_the_ends_of_the_line_and_with_control_of_the_text() {
        for (direction, text) in [(Ltr, "one two\nthr|ee four\nfive"), (Rtl, "سطر أول\nسط|ر ثان\nثالث")]
        {
            let plain = text.replace('|', "");
            let lines: Vec<&str> = plain.split('\n').collect();
            let check = |modifiers, key, expected: String| check(direction, text, &[(modifiers, key)], &expected);
            check(NONE, Home, format!("{}\n|{}\n{}", lines[0], lines[1], lines[2]));
            check(NONE, End, format!("{}\n{}|\n{}", lines[0], lines[1], lines[2]));
            check(CTRL, Home, format!("|{plain}"));
            check(CTRL, End, format!("{plain}|"));
        }
    }

    #[test]
    fn end_stays_on_a_wrapped_line_and_is_drawn_there() {
        for (text, direction) in [(ARABIC, Rtl), ("The quick brown fox jumps over the lazy dog again", Ltr)] {
            let mut bench = Bench::writing_in(&format!("|{text}"), direction, 260.0);
            assert!(bench.block().lines.len() > 1 && bench.block().lines[0].wraps);
            bench.key(End, NONE);
            let first = bench.shown().caret.unwrap();
            assert!((first.top() - bench.shown().origin.y).abs() < 0.5, "the caret left the first line");
            bench.key(ArrowDown, NONE);
            bench.key(Home, NONE);
            assert_eq!(bench.shown().state.selection().head.index, bench.block().lines[1].text.start);
        }
    }

    #[test]
    fn up_and_down_keep_the_column_over_short_lines() {
        let cases = [
            (Ltr, "a long line|s\nx\nanother line", "a long lines\nx|\nanother line"),
            (Rtl, "سطر طويل أو|ل\nو\nسطر طويل آخر", "سطر طويل أول\nو|\nسطر طويل آخر"),
        ];
        for (direction, before, on_the_short_one) in cases {
            let mut bench = Bench::writing(before, direction);
            let column = bench.shown().caret.unwrap().left();
            bench.key(ArrowDown, NONE);
            assert_eq!(bench.marked(), on_the_short_one);
            bench.key(ArrowDown, NONE);
            let below = bench.shown().caret.unwrap();
            assert!((below.left() - column).abs() < 8.0, "{} is not under {column}", below.left());
            bench.key(ArrowUp, NONE);
            bench.key(ArrowUp, NONE);
            assert_eq!(bench.marked(), before);
            bench.key(ArrowUp, NONE);
            assert_eq!(bench.marked(), format!("|{}", before.replace('|', "")));
        }
    }

    #[test]
    fn shift_extends_what_any_motion_would_skip() {
        check(Ltr, "a|bcd", &[(SHIFT, ArrowRight), (SHIFT, ArrowRight)], "a^bc|d");
        check(Ltr, "abc|d", &[(SHIFT, ArrowLeft)], "ab|c^d");
        check(Rtl, "ق|ال هو", &[(SHIFT, ArrowLeft), (SHIFT, ArrowLeft)], "ق^ال| هو");
        check(Rtl, "قال ه|و", &[(SHIFT.plus(CTRL), ArrowRight)], "قال |ه^و");
        check(Rtl, "قال ه|و", &[(SHIFT, Home)], "|قال ه^و");
        check(Rtl, "قا|ل هو", &[(SHIFT, End)], "قا^ل هو|");
        check(Ltr, "one\nt|wo", &[(SHIFT, ArrowUp)], "o|ne\nt^wo");
        check(Ltr, "one\nt|wo", &[(SHIFT.plus(CTRL), Home)], "|one\nt^wo");
        check(Ltr, "a|bc", &[(CTRL, Key::A)], "^abc|");
    }

    #[test]
    fn backspace_and_delete_take_a_letter_a_word_or_the_selection() {
        check(Ltr, "ab|c", &[(NONE, Backspace)], "a|c");
        check(Ltr, "a|bc", &[(NONE, Delete)], "a|c");
        check(Rtl, "قا|ل", &[(NONE, Backspace)], "ق|ل");
        check(Rtl, "ق|ال", &[(NONE, Delete)], "ق|ل");
        check(Rtl, "مُ|حمد", &[(NONE, Backspace)], "م|حمد");
        check(Rtl, "|مُحمد", &[(NONE, Delete)], "|حمد");
        check(Ltr, "The quick| fox", &[(CTRL, Backspace)], "The | fox");
        check(Ltr, "The |quick fox", &[(CTRL, Delete)], "The | fox");
        check(Rtl, "قال الوزير| أمس", &[(CTRL, Backspace)], "قال | أمس");
        check(Rtl, "قال |الوزير أمس", &[(CTRL, Delete)], "قال | أمس");
        check(Rtl, "قال ^الوزير |أمس", &[(NONE, Delete)], "قال |أمس");
        check(Rtl, "قال |الوزير ^أمس", &[(NONE, Backspace)], "قال |أمس");
        check(Ltr, "one\n|two", &[(NONE, Backspace)], "one|two");
        check(Ltr, "|one", &[(NONE, Backspace)], "|one");
        check(Ltr, "one|", &[(NONE, Delete)], "one|");
    }

    #[test]
    fn keys_write_nothing_into_what_is_only_read() {
        let mut bench = Bench::reading("قال الوزير", Rtl, 600.0);
        bench.write("x");
        bench.key(Backspace, NONE);
        bench.key(Delete, NONE);
        bench.key(Enter, NONE);
        bench.send([Event::Paste("x".to_owned())]);
        bench.key(Key::A, CTRL);
        bench.send([Event::Cut]);
        bench.compose("x");
        bench.ime(ImeEvent::Commit("x".to_owned()));
        assert_eq!(bench.shown().text, "قال الوزير");
        assert!(bench.shown().changes.is_empty());
    }

    #[test]
    fn cut_copy_and_paste_carry_the_selected_text() {
        let mut bench = Bench::writing("قال ^الوزير| أمس", Rtl);
        bench.send([Event::Copy]);
        bench.send([Event::Cut]);
        assert_eq!(bench.copied, ["الوزير", "الوزير"]);
        assert_eq!(bench.marked(), "قال | أمس");
        bench.send([Event::Paste("الرئيس\nنفسه".to_owned())]);
        assert_eq!(bench.marked(), "قال الرئيس\nنفسه| أمس");
        assert_eq!(bench.shown().changes.len(), 2, "a cut and a paste");
        bench.send([Event::Copy]);
        bench.send([Event::Cut]);
        assert_eq!(bench.copied.len(), 2, "nothing was selected any more");
    }

    #[test]
    fn several_keys_of_one_frame_are_taken_in_their_order() {
        let mut bench = Bench::writing("|", Ltr);
        let text = |text: &str| Event::Text(text.to_owned());
        bench.send([
            text("a"),
            text("c"),
            key_event(ArrowLeft, NONE),
            text("b"),
            key_event(End, NONE),
            key_event(Enter, NONE),
            text("d"),
            key_event(Backspace, NONE),
            text("e"),
        ]);
        assert_eq!(bench.marked(), "abc\ne|");
    }

    #[test]
    fn a_newline_puts_the_caret_on_the_next_line_at_the_reading_edge() {
        for direction in [Ltr, Rtl] {
            let text = if direction == Rtl { "سلام|" } else { "hello|" };
            let mut bench = Bench::writing(text, direction);
            let line = bench.block().lines[0].bottom;
            let edge = if direction == Rtl { bench.block().size.x } else { 0.0 };
            for number in 1..3 {
                bench.key(Enter, NONE);
                let caret = bench.shown().caret.unwrap().translate(-bench.shown().origin.to_vec2());
                assert!((caret.left() - edge).abs() < 0.5, "{} is not at {edge}", caret.left());
                assert!((caret.top() - line * number as f32).abs() < 0.5);
            }
            bench.write("م");
            assert!(bench.shown().text.ends_with("\n\nم"));
        }
    }

    #[test]
    fn an_empty_field_has_its_caret_at_the_reading_edge() {
        for (direction, edge) in [(Ltr, 0.0), (Rtl, 780.0)] {
            let mut bench = Bench::writing("|", direction);
            let caret = bench.shown().caret.unwrap().translate(-bench.shown().origin.to_vec2());
            assert!((caret.left() - edge).abs() < 0.5);
            for key in [ArrowLeft, ArrowRight, ArrowUp, ArrowDown, Home, End, Backspace, Delete] {
                bench.key(key, NONE);
                bench.key(key, CTRL);
                bench.key(key, SHIFT);
            }
            let middle = bench.shown().origin + Vec2::splat(12.0);
            bench.click(middle, 3);
            assert_eq!(bench.marked(), "|");
        }
    }

    #[test]
    fn the_first_letter_does_not_turn_the_field_around() {
        for (direction, letters, edge) in [(Rtl, "NATO", 780.0), (Ltr, "ناتو", 0.0)] {
            let mut bench = Bench::writing("|", direction);
            bench.write(letters);
            let block = bench.block();
            let left = block.clusters.iter().map(|cluster| cluster.left).fold(f32::INFINITY, f32::min);
            let right = block.clusters.iter().map(|cluster| cluster.right).fold(0.0, f32::max);
            let at = if direction == Rtl { right } else { left };
            assert!((at - edge).abs() < 1.0, "the text begins at {at}");
        }
    }
}

mod input_method {
    use super::*;

    fn commit(text: &str) -> ImeEvent {
        ImeEvent::Commit(text.to_owned())
    }

    /// What is on the screen, as a screen reader is told.
    fn on_screen(bench: &Bench) -> String {
        bench.node().document_range().text()
    }

    #[test]
    fn what_is_composed_is_shown_and_only_its_commit_is_written() {
        let mut bench = Bench::writing("قال | أمس", Rtl);
        bench.compose("ال");
        assert_eq!((on_screen(&bench).as_str(), bench.marked().as_str()), ("قال ال أمس", "قال | أمس"));
        bench.compose("الوز");
        assert_eq!((on_screen(&bench).as_str(), bench.marked().as_str()), ("قال الوز أمس", "قال | أمس"));
        bench.ime(commit("الوزير"));
        assert_eq!((on_screen(&bench).as_str(), bench.marked().as_str()), ("قال الوزير أمس", "قال الوزير| أمس"));
        assert_eq!(bench.shown().changes.len(), 1);
    }

    #[test]
    fn a_cancelled_composition_leaves_the_text_alone() {
        let mut bench = Bench::writing("one| two", Ltr);
        bench.compose("xyz");
        bench.compose("");
        assert_eq!(bench.marked(), "one| two");
        assert_eq!(on_screen(&bench), "one two");
        assert!(bench.shown().changes.is_empty());
    }

    #[test]
    fn nothing_composed_deletes_nothing() {
        // Some systems send empty compositions at any time.
        let mut bench = Bench::writing("one ^two| three", Ltr);
        bench.compose("");
        bench.ime(commit(""));
        assert_eq!(bench.marked(), "one ^two| three");
    }

    #[test]
    fn composing_replaces_the_selection() {
        let mut bench = Bench::writing("one ^two| three", Ltr);
        bench.compose("x");
        assert_eq!(on_screen(&bench), "one x three");
        bench.ime(commit("xy"));
        assert_eq!(bench.marked(), "one xy| three");
    }

    #[test]
    fn the_caret_stands_behind_what_is_composed() {
        let mut bench = Bench::writing("|", Ltr);
        let before = bench.shown().caret.unwrap().left();
        bench.compose("wide");
        let composing = bench.shown().caret.unwrap().left();
        assert!(composing > before + 20.0);
        let told = bench.harness.output().platform_output.ime.expect("the input method is told of the caret");
        assert!((told.cursor_rect.left() - composing).abs() < 0.5);
    }

    #[test]
    fn leaving_the_field_ends_the_composition() {
        let mut bench = Bench::writing("one|", Ltr);
        bench.compose("xyz");
        bench.click(pos2(850.0, 450.0), 1);
        assert_eq!(on_screen(&bench), "one");
        assert_eq!(bench.shown().text, "one");
    }

    #[test]
    fn clicks_while_composing_stay_within_the_text() {
        for times in 1..=3 {
            let mut bench = Bench::writing("ab|ج", Ltr);
            bench.compose("مممم");
            let end = bench.at(pos2(bench.block().size.x - 5.0, 5.0));
            bench.click(end, times);
            let span = bench.shown().state.selection().span();
            assert!(span.of(&bench.shown().text).is_some(), "{span:?}");
            bench.write("z");
            assert!(bench.shown().text.contains('z'));
        }
    }

    #[test]
    fn arrows_and_deletions_while_composing_stay_within_the_text() {
        for key in [Key::ArrowLeft, Key::ArrowRight, Key::Home, Key::End, Key::Backspace, Key::Delete, Key::ArrowDown] {
            for modifiers in [Modifiers::NONE, CTRL, SHIFT] {
                let mut bench = Bench::writing("ab|ج", Ltr);
                bench.compose("مممم");
                bench.key(key, modifiers);
                bench.key(key, modifiers);
                bench.write("z");
                assert!(bench.shown().text.contains('z'), "{key:?}");
            }
        }
    }

    #[test]
    fn an_input_method_may_delete_around_the_caret() {
        let check = |before: &str, before_chars, after_chars, expected: &str| {
            let mut bench = Bench::writing(before, Rtl);
            bench.ime(ImeEvent::DeleteSurrounding { before_chars, after_chars });
            assert_eq!(bench.marked(), expected);
        };
        check("قال| أمس", 2, 0, "ق| أمس");
        check("قال| أمس", 0, 2, "قال|مس");
        check("قال| أمس", 1, 1, "قا|أمس");
        check("قال|", 99, 99, "|");
        check("قال|", 0, 0, "قال|");
    }
}

mod marks {
    use super::*;

    /// The places that were tinted, in the coordinates of the block.
    fn tinted(bench: &Bench) -> Vec<Rect> {
        fn collect(shape: &Shape, found: &mut Vec<Rect>) {
            match shape {
                Shape::Rect(rect) if rect.fill == TINT => found.push(rect.rect),
                Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, found)),
                _ => (),
            }
        }
        let mut found = Vec::new();
        for clipped in &bench.harness.output().shapes {
            collect(&clipped.shape, &mut found);
        }
        found.into_iter().map(|rect| rect.translate(-bench.shown().origin.to_vec2())).collect()
    }

    #[test]
    fn a_mark_covers_its_letters_and_no_others() {
        // Across a wrap, across a change of direction, and around a number.
        for (text, width, from, to) in [
            (ARABIC, 220.0, "وزير", "دعم"),
            (ARABIC, 600.0, "الأطراف", "حتى"),
            (ARABIC, 180.0, "UNHCR", "2016"),
            ("Said محمد and 12 علي today", 600.0, "محمد", "today"),
        ] {
            let direction = if text == ARABIC { Rtl } else { Ltr };
            let mut bench = Bench::new(false, text, direction, width);
            let span = Span::new(text.find(from).unwrap(), text.find(to).unwrap());
            bench.shown_mut().marks = vec![Mark { span, look: MarkLook::Tint(TINT, Stroke::NONE) }];
            bench.harness.run();
            let rects = tinted(&bench);
            let block = bench.block();
            for number in 0..block.lines.len() {
                let line = &block.lines[number];
                let y = f32::midpoint(line.top, line.baseline);
                // Spaces at which a line wraps hang over its edge.
                let hangs = |cluster: &Cluster| line.wraps && cluster.space && cluster.text.end == line.text.end;
                let drawn = |cluster: &&Cluster| cluster.right > cluster.left + 0.5 && !hangs(cluster);
                for cluster in block.line_clusters(number).iter().filter(drawn) {
                    for part in [0.3, 0.7] {
                        let point = pos2(egui::lerp(cluster.left..=cluster.right, part), y);
                        let inside = rects.iter().any(|rect| rect.shrink2(vec2(1.0, 0.0)).contains(point));
                        assert_eq!(inside, cluster.text.overlaps(span), "{:?}", cluster.text.of(text));
                    }
                }
            }
        }
    }
}

mod screen_reader {
    use super::*;

    fn runs(bench: &Bench) -> Vec<AccessKitNode<'_>> {
        bench.node().children().filter(|node| node.role() == accesskit::Role::TextRun).collect()
    }

    #[test]
    fn a_field_says_what_it_is() {
        for (editable, direction, expected) in
            [(true, Ltr, TextDirection::LeftToRight), (false, Rtl, TextDirection::RightToLeft)]
        {
            let text = if direction == Rtl { "قال الوزير" } else { "he said" };
            let bench = Bench::new(editable, text, direction, 600.0);
            let node = bench.node();
            assert_eq!(node.role(), accesskit::Role::MultilineTextInput);
            assert_eq!(node.label().as_deref(), Some(NAME));
            assert_eq!(node.value().as_deref(), Some(text));
            assert_eq!(node.data().text_direction(), Some(expected));
            assert_eq!(node.is_read_only(), !editable);
            assert!(node.data().supports_action(Action::Focus));
        }
    }

    #[test]
    fn the_runs_make_up_the_text() {
        let long = "word ".repeat(150);
        let zalgo = format!("a{}b", "\u{301}".repeat(300));
        let texts = [
            "",
            "one",
            "one\n",
            "\n",
            "one\n\ntwo",
            "سطر أول\nسطر ثان",
            ARABIC,
            "في UNHCR عام 2016 (ثم) غادر",
            &long,
            "👩‍🚒 e\u{301} مُحَمَّدٌ لا",
            "one\r\ntwo",
            &zalgo,
        ];
        for text in texts {
            for direction in [Ltr, Rtl] {
                for width in [200.0, 100_000.0] {
                    let bench = Bench::new(true, text, direction, width);
                    assert_eq!(bench.node().document_range().text(), text, "{direction:?}");
                    for run in runs(&bench) {
                        let run = run.data();
                        let lengths = run.character_lengths();
                        let sum: usize = lengths.iter().map(|length| usize::from(*length)).sum();
                        assert_eq!(sum, run.value().unwrap().len());
                        assert_eq!(run.character_positions().unwrap().len(), lengths.len());
                        assert_eq!(run.character_widths().unwrap().len(), lengths.len());
                        assert!(run.word_starts().iter().all(|start| usize::from(*start) < lengths.len()));
                    }
                }
            }
        }
    }

    #[test]
    fn a_run_reads_in_one_direction_and_its_letters_lie_where_they_are_drawn() {
        for (text, direction) in [(ARABIC, Rtl), ("Said محمد and 12 علي today", Ltr), ("a line\nand one", Ltr)] {
            let bench = Bench::new(false, text, direction, 260.0);
            let node = bench.node();
            let origin = bench.shown().origin;
            let mut from = node.document_start();
            let mut checked = 0;
            while !from.is_document_end() {
                let to = from.forward_to_character_end();
                let byte = text.char_indices().nth(from.to_global_usv_index()).map_or(text.len(), |(at, _)| at);
                let mut letter = from.to_degenerate_range();
                letter.set_end(to);
                let cluster = bench.block().clusters.iter().find(|cluster| cluster.text.start == byte);
                if let (Some(cluster), [rect]) = (cluster, letter.bounding_boxes().as_slice()) {
                    let (left, right) = (rect.x0 as f32 - origin.x, rect.x1 as f32 - origin.x);
                    assert!((left - cluster.left).abs() < 0.1, "{:?}: {left}, not {cluster:?}", letter.text());
                    assert!((right - cluster.right).abs() < 0.1, "{:?}: {right}, not {cluster:?}", letter.text());
                    checked += 1;
                }
                from = to;
            }
            assert!(checked + 2 >= bench.block().clusters.len(), "only {checked} letters have a place");
        }
    }

    #[test]
    fn lines_and_words_are_those_on_the_screen() {
        let bench = Bench::new(false, ARABIC, Rtl, 260.0);
        let node = bench.node();
        for (number, line) in bench.block().lines.iter().enumerate() {
            let told = node.line_range_from_index(number).expect("the line is told of").text();
            assert_eq!(Some(told.as_str()), line.text.of(ARABIC));
        }
        let mut words = Vec::new();
        let mut from = node.document_start();
        while !from.is_document_end() {
            let to = from.forward_to_word_end();
            let mut word = from.to_degenerate_range();
            word.set_end(to);
            words.push(word.text());
            from = to;
        }
        assert_eq!(words.concat(), ARABIC);
        let trimmed: Vec<&str> = words.iter().map(|word| word.trim()).collect();
        assert_eq!(&trimmed[..3], ["قال", "وزير", "الخارجية"]);
    }

    #[test]
    fn the_selection_is_told() {
        for (marked, direction) in [
            ("one ^two| three", Ltr),
            ("one |two^ three", Ltr),
            ("قال ^الوزير| أمس", Rtl),
            ("سطر ^أول\nسطر| ثان", Rtl),
            ("قال|", Rtl),
            ("one\n|", Ltr),
            ("|", Rtl),
        ] {
            let bench = Bench::writing(marked, direction);
            let node = bench.node();
            let told = node.text_selection().expect("there is a selection");
            assert_eq!(told.text(), bench.selected(), "{marked}");
            let focus = node.text_selection_focus().expect("there is a caret").to_global_usv_index();
            let head = bench.shown().state.selection().head.index;
            assert_eq!(focus, bench.shown().text[..head].chars().count(), "{marked}");
        }
    }

    #[test]
    fn a_screen_reader_can_write_the_whole_text() {
        let mut bench = Bench::new(true, "one two", Ltr, 600.0);
        bench.ask(Action::SetValue, Some(ActionData::Value("ثلاثة".into())));
        assert_eq!(bench.shown().text, "ثلاثة");
        assert_eq!(bench.shown().changes.len(), 1, "one step to undo");
        assert_eq!(bench.shown().state.selection().span(), Span::at("ثلاثة".len()));
    }

    #[test]
    fn a_screen_reader_can_write_over_the_selection() {
        let mut bench = Bench::writing("one ^two| three", Ltr);
        bench.ask(Action::ReplaceSelectedText, Some(ActionData::Value("2".into())));
        assert_eq!(bench.marked(), "one 2| three");
    }

    #[test]
    fn a_screen_reader_cannot_write_into_what_is_only_read() {
        let mut bench = Bench::reading("قال الوزير", Rtl, 600.0);
        bench.ask(Action::SetValue, Some(ActionData::Value("x".into())));
        bench.ask(Action::ReplaceSelectedText, Some(ActionData::Value("x".into())));
        assert_eq!(bench.shown().text, "قال الوزير");
        for action in [Action::SetValue, Action::ReplaceSelectedText] {
            assert!(!bench.node().data().supports_action(action));
        }
    }

    #[test]
    fn a_screen_reader_can_move_the_selection() {
        for editable in [false, true] {
            for (text, direction) in [(ARABIC, Rtl), ("one\ntwo three\n", Ltr)] {
                let mut bench = Bench::new(editable, text, direction, 220.0);
                for action in [Action::SetTextSelection, Action::Focus] {
                    assert!(bench.node().data().supports_action(action), "{action:?} is offered");
                }
                let clusters: Vec<Span> = bench.block().clusters.iter().map(|cluster| cluster.text).collect();
                let mut rng = fastrand::Rng::with_seed(5);
                for _ in 0..30 {
                    let (a, b) =
                        (clusters[rng.usize(..clusters.len())].start, clusters[rng.usize(..clusters.len())].end);
                    let position = |byte: usize| -> TextPosition {
                        let characters = text[..byte].chars().count();
                        bench.node().text_position_from_global_usv_index(characters).expect("in the text").to_raw()
                    };
                    let selection = TextSelection { anchor: position(a), focus: position(b) };
                    bench.ask(Action::SetTextSelection, Some(ActionData::SetTextSelection(selection)));
                    let now = bench.shown().state.selection();
                    assert_eq!((now.anchor.index, now.head.index), (a, b), "{text}");
                }
                assert!(bench.shown().changes.is_empty());
            }
        }
    }

    #[test]
    fn requests_for_another_widget_are_left_alone() {
        let mut bench = Bench::writing("one|", Ltr);
        let request = ActionRequest {
            action: Action::SetValue,
            target_node: Id::unique("another").accesskit_id(),
            target_tree: TreeId::ROOT,
            data: Some(ActionData::Value("x".into())),
        };
        bench.send([Event::AccessKitActionRequest(request)]);
        assert_eq!(bench.shown().text, "one");
    }
}
