//! A text that has been laid out: where each of its clusters stands, and what follows from that for
//! carets, clicks and selections.
//!
//! A [`Block`] is plain data in points, its origin at the top left. It knows nothing of fonts: whoever
//! shapes the text fills it in, and everything here is arithmetic that tests can check.
//!
//! Within a line the clusters are kept in visual order, from left to right, so the places a caret can stand at are the
//! gaps between them: a line of *n* clusters has *n* + 1 [`Stop`]s. A byte index alone does not name a stop: at
//! a border between directions, and where a line wraps, one index is drawn at two places. [`Caret`] adds the
//! cluster that it clings to, which settles it.

use std::ops::Range;

use egui::{Pos2, Rect, Vec2, pos2};

use crate::text::Span;

/// The writing direction of a whole field, which no content changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

/// A grapheme, or the part of a ligature that a caret can stand before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cluster {
    /// Its bytes in the text.
    pub text: Span,
    /// Its left edge, in points from the left of the block.
    pub left: f32,
    /// Its right edge.
    pub right: f32,
    /// Whether it is read from right to left.
    pub rtl: bool,
    /// Whether it is a space, which may hang over the edge where a line wraps.
    pub space: bool,
}

/// One line on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its bytes, without the newline that ends it.
    pub text: Span,
    /// Its clusters, in visual order from left to right.
    pub clusters: Range<usize>,
    /// Its upper edge, in points from the top of the block.
    pub top: f32,
    /// Its lower edge, which is the upper edge of the next line.
    pub bottom: f32,
    /// The height at which its letters stand.
    pub baseline: f32,
    /// Whether it ends because the next word did not fit, rather than by a newline or the end of the text.
    pub wraps: bool,
}

/// A laid-out text.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// The direction it was laid out in.
    pub direction: Direction,
    /// The width it was laid out for and the height that came of it.
    pub size: Vec2,
    /// Its lines from top to bottom; never empty.
    pub lines: Vec<Line>,
    /// The clusters of all lines, line by line, each in visual order.
    pub clusters: Vec<Cluster>,
}

/// Which neighbour in reading order a caret clings to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Affinity {
    /// The cluster that ends at the caret's index.
    Upstream,
    /// The cluster that begins at the caret's index.
    #[default]
    Downstream,
}

/// A place in the text, and on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Caret {
    /// A byte index on a cluster's border.
    pub index: usize,
    /// Which of the two clusters there it stands at.
    pub affinity: Affinity,
}

impl Caret {
    /// At the cluster that begins at `index`.
    pub fn before(index: usize) -> Self {
        Self { index, affinity: Affinity::Downstream }
    }

    /// At the cluster that ends at `index`.
    pub fn after(index: usize) -> Self {
        Self { index, affinity: Affinity::Upstream }
    }
}

/// A gap between clusters on a line: `gap` 0 is left of the leftmost one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stop {
    /// The line, from 0.
    pub line: usize,
    /// The number of the line's clusters to the left.
    pub gap: usize,
}

/// How a key moves a caret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// One stop to the left on the screen.
    Left,
    /// One stop to the right on the screen.
    Right,
    /// To the line above.
    Up,
    /// To the line below.
    Down,
    /// To where the line begins in reading order.
    LineStart,
    /// To where the line ends in reading order.
    LineEnd,
    /// To the beginning of the text.
    TextStart,
    /// To the end of the text.
    TextEnd,
}

impl Block {
    /// The clusters of a line in visual order.
    pub fn line_clusters(&self, line: usize) -> &[Cluster] {
        self.lines.get(line).map_or(&[], |line| &self.clusters[line.clusters.clone()])
    }

    /// The stop a caret is drawn at.
    pub fn stop(&self, caret: Caret) -> Stop {
        let line = self.line_of(caret);
        let clusters = self.line_clusters(line);
        let ends_here = clusters.iter().position(|cluster| cluster.text.end == caret.index);
        let begins_here = clusters.iter().position(|cluster| cluster.text.start == caret.index);
        let inside = clusters.iter().position(|cluster| cluster.text.contains(caret.index));
        let gap = match (caret.affinity, ends_here, begins_here) {
            (Affinity::Upstream, Some(at), _) | (Affinity::Downstream, Some(at), None) => {
                at + usize::from(!clusters[at].rtl)
            }
            (Affinity::Downstream, _, Some(at)) | (Affinity::Upstream, None, Some(at)) => {
                at + usize::from(clusters[at].rtl)
            }
            (_, None, None) => inside.map_or(0, |at| at + usize::from(clusters[at].rtl)),
        };
        Stop { line, gap }
    }

    /// The rectangle of a caret: no width, the height of its line.
    pub fn caret_rect(&self, caret: Caret) -> Rect {
        let stop = self.stop(caret);
        let x = self.stop_x(stop);
        let line = &self.lines[stop.line];
        Rect::from_min_max(pos2(x, line.top), pos2(x, line.bottom))
    }

    /// The caret nearest to a point: the half of a cluster that was hit decides between its two edges.
    pub fn hit(&self, point: Pos2) -> Caret {
        let line = self.lines.iter().position(|line| point.y < line.bottom).unwrap_or(self.lines.len() - 1);
        self.nearest_on_line(line, point.x)
    }

    /// The cluster under a point, or `None` beside the text.
    pub fn cluster_under(&self, point: Pos2) -> Option<Cluster> {
        let line = self.lines.iter().find(|line| (line.top..line.bottom).contains(&point.y))?;
        let clusters = &self.clusters[line.clusters.clone()];
        clusters.iter().find(|cluster| (cluster.left..cluster.right).contains(&point.x)).copied()
    }

    /// The rectangles that cover a range of bytes: one for each stretch that is unbroken on the screen. A
    /// newline inside the range shows as a narrow rectangle beyond the end of its line.
    pub fn rects(&self, span: Span) -> Vec<Rect> {
        let mut rects = Vec::new();
        for (number, line) in self.lines_touching(span) {
            let covered = |cluster: &Cluster| cluster.text.overlaps(span);
            rects.extend(self.stretches(number, covered));
            if !line.wraps && span.contains(line.text.end) && number + 1 < self.lines.len() {
                let width = (line.bottom - line.top) * 0.2;
                let edge = self.stop_x(Stop { line: number, gap: self.last_gap(line) });
                let x = match self.direction {
                    Direction::Ltr => edge..=edge + width,
                    Direction::Rtl => edge - width..=edge,
                };
                rects.push(Rect::from_x_y_ranges(x, line.top..=line.bottom));
            }
        }
        rects
    }

    /// The rectangles to mark a range of bytes with: as [`rects`](Self::rects), but without the spaces that hang
    /// over the edge where a line wraps.
    pub fn mark_rects(&self, span: Span) -> Vec<Rect> {
        let marked = |(number, line): (usize, &Line)| {
            let end = if line.wraps { self.line_end(number).index } else { line.text.end };
            self.stretches(number, move |cluster| cluster.text.overlaps(span) && cluster.text.start < end)
        };
        self.lines_touching(span).flat_map(marked).collect()
    }

    fn lines_touching(&self, span: Span) -> impl Iterator<Item = (usize, &Line)> {
        let touches = move |line: &Line| line.text.start <= span.end && span.start <= line.text.end;
        self.lines.iter().enumerate().filter(move |(_, line)| touches(line))
    }

    /// The rectangles around neighbouring clusters of a line that are `covered`.
    fn stretches(&self, number: usize, covered: impl Fn(&Cluster) -> bool) -> Vec<Rect> {
        let line = &self.lines[number];
        let groups = self.line_clusters(number).chunk_by(|a, b| covered(a) == covered(b));
        let covered = groups.filter(|group| group.first().is_some_and(&covered));
        let edges = covered.map(|group| group[0].left..=group[group.len() - 1].right);
        edges.map(|x| Rect::from_x_y_ranges(x, line.top..=line.bottom)).collect()
    }

    /// The caret after a key, and for [`Motion::Up`] and [`Motion::Down`] the height-keeping column: pass the
    /// `x` that the first of several vertical motions started from.
    pub fn moved(&self, caret: Caret, motion: Motion, x: Option<f32>) -> Caret {
        let stop = self.stop(caret);
        match motion {
            Motion::Left | Motion::Right => self.step(stop, motion == Motion::Right).unwrap_or(caret),
            Motion::Up if stop.line == 0 => Caret::before(0),
            Motion::Down if stop.line + 1 == self.lines.len() => Caret::after(self.end()),
            Motion::Up => self.nearest_on_line(stop.line - 1, x.unwrap_or_else(|| self.stop_x(stop))),
            Motion::Down => self.nearest_on_line(stop.line + 1, x.unwrap_or_else(|| self.stop_x(stop))),
            Motion::LineStart => Caret::before(self.lines[stop.line].text.start),
            Motion::LineEnd => self.line_end(stop.line),
            Motion::TextStart => Caret::before(0),
            Motion::TextEnd => Caret::after(self.end()),
        }
    }

    /// The number of bytes that were laid out.
    pub fn end(&self) -> usize {
        self.lines.last().map_or(0, |line| line.text.end)
    }

    /// The next stop on the screen, across line ends; `None` at either end of the text.
    ///
    /// The stops of all lines make one walk, in which every stop occurs once: down the lines, each from its
    /// reading start to its reading end. Moving goes along it or back, so it cannot loop.
    fn step(&self, from: Stop, right: bool) -> Option<Caret> {
        let forward = right == (self.direction == Direction::Ltr);
        let mut stop = from;
        loop {
            let clusters = self.line_clusters(stop.line).len();
            let caret = if right && stop.gap < clusters {
                stop.gap += 1;
                self.clinging_left(stop)
            } else if !right && stop.gap > 0 {
                stop.gap -= 1;
                self.clinging_right(stop)
            } else {
                stop.line = if forward { stop.line + 1 } else { stop.line.checked_sub(1)? };
                self.lines.get(stop.line)?;
                let rightmost = self.line_clusters(stop.line).len();
                stop.gap = if right { 0 } else { rightmost };
                if right { self.clinging_right(stop) } else { self.clinging_left(stop) }
            };
            if !self.repeats_next_line_start(stop, caret) {
                return Some(caret);
            }
        }
    }

    /// Where a line wraps, its end and the start of the next line are one place in the text; moving stops there
    /// once.
    fn repeats_next_line_start(&self, stop: Stop, caret: Caret) -> bool {
        let line = &self.lines[stop.line];
        line.wraps && stop.gap == self.last_gap(line) && caret.index == line.text.end
    }

    /// The gap behind everything on a line, in the direction of the field.
    fn last_gap(&self, line: &Line) -> usize {
        match self.direction {
            Direction::Ltr => line.clusters.len(),
            Direction::Rtl => 0,
        }
    }

    /// The caret at a stop, held by the cluster to its left (its right one where there is none).
    fn clinging_left(&self, stop: Stop) -> Caret {
        let clusters = self.line_clusters(stop.line);
        match stop.gap.checked_sub(1).map(|left| clusters[left]) {
            Some(Cluster { rtl: false, text, .. }) => Caret::after(text.end),
            Some(Cluster { rtl: true, text, .. }) => Caret::before(text.start),
            None if clusters.is_empty() => Caret::before(self.lines[stop.line].text.start),
            None => self.clinging_right(stop),
        }
    }

    /// The caret at a stop, held by the cluster to its right (its left one where there is none).
    fn clinging_right(&self, stop: Stop) -> Caret {
        match self.line_clusters(stop.line).get(stop.gap) {
            Some(Cluster { rtl: false, text, .. }) => Caret::before(text.start),
            Some(Cluster { rtl: true, text, .. }) => Caret::after(text.end),
            None => self.clinging_left(stop),
        }
    }

    fn line_of(&self, caret: Caret) -> usize {
        let after = self.lines.partition_point(|line| line.text.start <= caret.index);
        let line = after.saturating_sub(1);
        let wrapped_here = line > 0 && self.lines[line - 1].wraps && self.lines[line].text.start == caret.index;
        if wrapped_here && caret.affinity == Affinity::Upstream { line - 1 } else { line }
    }

    fn stop_x(&self, stop: Stop) -> f32 {
        let clusters = self.line_clusters(stop.line);
        match (clusters.get(stop.gap), clusters.last()) {
            (Some(cluster), _) => cluster.left,
            (None, Some(last)) => last.right,
            (None, None) if self.direction == Direction::Rtl => self.size.x,
            (None, None) => 0.0,
        }
    }

    fn nearest_on_line(&self, line: usize, x: f32) -> Caret {
        let clusters = self.line_clusters(line);
        let under = clusters.iter().position(|cluster| x < cluster.right).unwrap_or(clusters.len());
        match clusters.get(under) {
            Some(cluster) if x < f32::midpoint(cluster.left, cluster.right) => {
                self.clinging_right(Stop { line, gap: under })
            }
            Some(_) => self.clinging_left(Stop { line, gap: under + 1 }),
            None => self.clinging_left(Stop { line, gap: clusters.len() }),
        }
    }

    /// On a wrapped line the caret goes in front of the space at which it wraps: behind it, it would be drawn on
    /// the next line.
    fn line_end(&self, number: usize) -> Caret {
        let line = &self.lines[number];
        let mut end = line.text.end;
        let space_before =
            |end: usize| self.line_clusters(number).iter().find(|cluster| cluster.space && cluster.text.end == end);
        while let Some(space) = space_before(end).filter(|_| line.wraps) {
            end = space.text.start;
        }
        Caret::after(end)
    }
}
