//! What is painted behind marked letters.

use egui::{Color32, Rect, Shape, Stroke, pos2, vec2};
use tarjuman::text::Span;
use tarjuman::ui::text::{Cluster, Mark, MarkLook};

use crate::bench::{ARABIC, Bench, Ltr, Rtl};

const TINT: Color32 = Color32::from_rgb(1, 2, 3);

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

#[test]
fn a_tick_stands_behind_the_last_letter_in_reading_order() {
    for (text, direction) in [("انتهى. ثم عاد", Rtl), ("It ended. He left", Ltr)] {
        let mut bench = Bench::new(false, text, direction, 600.0);
        let end = text.find(". ").unwrap() + 1;
        let stroke = Stroke::new(1.0, TINT);
        bench.shown_mut().marks = vec![Mark { span: Span::at(end), look: MarkLook::Tick(stroke) }];
        bench.harness.run();
        let is_tick = |shape: &Shape| matches!(shape, Shape::LineSegment { stroke, .. } if stroke.color == TINT);
        let shapes = &bench.harness.output().shapes;
        let tick = shapes.iter().map(|clipped| &clipped.shape).find(|shape| is_tick(shape)).unwrap();
        let x = tick.visual_bounding_rect().center().x - bench.shown().origin.x;
        let block = bench.block();
        let space = block.clusters.iter().find(|cluster| cluster.text.start == end).unwrap();
        assert!((space.left..=space.right).contains(&x), "{text}: {x} is not in {space:?}");
    }
}
