//! What an input method does to a field.

use egui::{ImeEvent, Key, Modifiers, pos2};

use crate::bench::{Bench, CTRL, Ltr, Rtl, SHIFT};

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
