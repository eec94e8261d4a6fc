//! What clicking, dragging and hovering do to a field.

use egui::{Event, pos2};

use crate::bench::{ARABIC, Bench, Ltr, Rtl, SHIFT, half};

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
        let Some(cluster) = bench.block().clusters.iter().find(|cluster| cluster.text.start == byte).copied() else {
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
