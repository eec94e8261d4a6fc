//! The few icons of the toolbar, drawn as lines on a grid of 16 by 16 points.

use egui::{Painter, Pos2, Rect, Shape, Stroke, pos2};

/// What an icon stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Icon {
    /// A folder.
    Open,
    /// An arrow down into a tray.
    Save,
    /// An arrow up out of a tray.
    Export,
    /// An arrow back.
    Undo,
    /// An arrow forth.
    Redo,
    /// A tick.
    Confirm,
    /// Three lines.
    Menu,
}

impl Icon {
    /// Draws it into the middle of a place.
    pub(super) fn paint(self, painter: &Painter, place: Rect, stroke: Stroke) {
        let corner = place.center() - egui::vec2(8.0, 8.0);
        for line in self.lines() {
            let points: Vec<Pos2> = line.iter().map(|(x, y)| pos2(corner.x + x, corner.y + y)).collect();
            painter.add(Shape::line(points, stroke));
        }
    }

    fn lines(self) -> &'static [&'static [(f32, f32)]] {
        match self {
            Self::Open => &[
                &[(2.0, 13.0), (2.0, 3.5), (6.5, 3.5), (8.0, 5.5), (14.0, 5.5), (14.0, 13.0), (2.0, 13.0)],
                &[(2.0, 8.0), (14.0, 8.0)],
            ],
            Self::Save => &[
                &[(8.0, 2.0), (8.0, 10.0)],
                &[(4.5, 7.0), (8.0, 10.5), (11.5, 7.0)],
                &[(2.5, 10.5), (2.5, 13.5), (13.5, 13.5), (13.5, 10.5)],
            ],
            Self::Export => &[
                &[(8.0, 10.5), (8.0, 2.5)],
                &[(4.5, 5.5), (8.0, 2.0), (11.5, 5.5)],
                &[(2.5, 10.5), (2.5, 13.5), (13.5, 13.5), (13.5, 10.5)],
            ],
            Self::Undo => &[
                &[(6.0, 3.0), (2.5, 6.5), (6.0, 10.0)],
                &[(2.5, 6.5), (10.0, 6.5), (12.5, 7.6), (13.5, 10.0), (12.5, 12.4), (10.0, 13.5), (7.0, 13.5)],
            ],
            Self::Redo => &[
                &[(10.0, 3.0), (13.5, 6.5), (10.0, 10.0)],
                &[(13.5, 6.5), (6.0, 6.5), (3.5, 7.6), (2.5, 10.0), (3.5, 12.4), (6.0, 13.5), (9.0, 13.5)],
            ],
            Self::Confirm => &[&[(2.5, 8.5), (6.5, 12.5), (13.5, 4.0)]],
            Self::Menu => &[&[(2.5, 4.0), (13.5, 4.0)], &[(2.5, 8.0), (13.5, 8.0)], &[(2.5, 12.0), (13.5, 12.0)]],
        }
    }
}
