//! What a screen reader is told of a field, and what it may do.

use egui::accesskit::{self, Action, ActionData, ActionRequest, TextDirection, TextPosition, TextSelection, TreeId};
use egui::{Event, Id};
use egui_kittest::kittest::AccessKitNode;
use tarjuman::text::Span;

use crate::bench::{ARABIC, Bench, Ltr, NAME, Rtl};

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
                let (a, b) = (clusters[rng.usize(..clusters.len())].start, clusters[rng.usize(..clusters.len())].end);
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
