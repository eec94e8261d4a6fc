//! What keys do to a field.

use egui::{Event, ImeEvent, Key, Modifiers, Vec2};
use tarjuman::ui::text::Direction;

use crate::bench::{ARABIC, Bench, CTRL, Ltr, Rtl, SHIFT, key_event};
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
    for (direction, text) in [(Ltr, "one two\nthr|ee four\nfive"), (Rtl, "سطر أول\nسط|ر ثان\nثالث")] {
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
