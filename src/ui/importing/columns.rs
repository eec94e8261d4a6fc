//! The first rows of a table, with what each of its columns holds above them.

use egui::{Align, ComboBox, Id, Layout as Placing, Rect, RichText, ScrollArea, Sense, Stroke, Ui, UiBuilder, vec2};

use crate::formats::glossary::{Certainty, Column, Layout, Preview};
use crate::jobs::ReadAs;
use crate::session::{Command, ImportChoices, Session};
use crate::ui::sheets::{outlined, tick};
use crate::ui::text::{TextEngine, TextStyle, line};
use crate::ui::theme::Palette;

const ROW: f32 = 25.0;
const NARROWEST: f32 = 122.0;
/// The rows that are shown.
const ROWS: usize = 5;

const COLUMNS: [Column; 10] = [
    Column::Arabic,
    Column::English,
    Column::Kind,
    Column::Domain,
    Column::Definition,
    Column::Note,
    Column::Source,
    Column::Id,
    Column::PartOfSpeech,
    Column::Ignored,
];

fn column_words(column: Column) -> &'static str {
    match column {
        Column::Id => "Id",
        Column::Arabic => "Arabic",
        Column::English => "English",
        Column::Kind => "Kind",
        Column::Domain => "Domain",
        Column::Definition => "Definition",
        Column::Note => "Note",
        Column::Source => "Source",
        Column::PartOfSpeech => "Part of speech",
        Column::Ignored => "Not read",
    }
}

/// Draws the table, if the file is one, and adds what the user asked for.
pub(super) fn show(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    commands: &mut Vec<Command>,
) {
    let Some((file, preview)) = session.import().file().and_then(|file| Some((file, file.preview()?))) else { return };
    let width = preview.rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut layout = file.layout().cloned().unwrap_or_default();
    layout.columns.resize(width, Column::Ignored);
    let before = layout.clone();
    let guess = preview.layout.as_ref().map_or(&[][..], |guess| &guess.columns);
    // Whoever has changed a column knows what it holds.
    let guessed = |at: usize, column: Column| {
        guess.get(at) == Some(&column) && preview.certainties.get(at) == Some(&Certainty::Guessed)
    };
    ui.horizontal(|ui| {
        let unsure = (0..width).any(|at| guessed(at, layout.columns[at]));
        let words =
            if unsure { "What the columns hold. Look at those with a “?”." } else { "What the columns hold" };
        ui.label(RichText::new(words).size(12.5).color(if unsure { palette.warning } else { palette.muted }));
    });
    tick(ui, palette, &mut layout.has_header, "The first row names the columns");
    let height = ROW * (shown(preview) + 1) as f32 + 22.0;
    let each = (ui.available_width() / width.max(1) as f32).max(NARROWEST);
    ScrollArea::horizontal().id_salt("import columns").max_height(height).min_scrolled_height(height).show(ui, |ui| {
        let size = vec2(each * width as f32, ROW * (shown(preview) + 1) as f32 + 8.0);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        for at in 0..width {
            let left = rect.left() + each * at as f32;
            let place =
                Rect::from_min_size(egui::pos2(left, rect.top()), vec2(each, rect.height())).shrink2(vec2(3.0, 0.0));
            let mut inside = ui.new_child(UiBuilder::new().id_salt(("column", at)).max_rect(place));
            choice(&mut inside, palette, at, guessed(at, layout.columns[at]), &mut layout.columns[at]);
            cells(ui, engine, palette, preview, (at, &layout), place);
        }
        for row in 0..=shown(preview) {
            let y = rect.top() + ROW * (row + 1) as f32 + 7.0;
            ui.painter().hline(rect.x_range(), y, Stroke::new(1.0, palette.hairline));
        }
    });
    if layout != before {
        let choices = session.import().choices().clone();
        let read_as = ReadAs { layout: Some(layout), ..choices.read_as };
        commands.push(Command::ChooseImport(ImportChoices { read_as, ..choices }));
    }
    ui.add_space(4.0);
}

fn shown(preview: &Preview) -> usize {
    preview.rows.len().min(ROWS)
}

/// What a column holds, to choose.
fn choice(ui: &mut Ui, palette: &Palette, at: usize, guessed: bool, column: &mut Column) {
    let mark = if guessed { " ?" } else { "" };
    let now = *column;
    let text = RichText::new(format!("{}{mark}", column_words(now))).size(13.0);
    let combo =
        ComboBox::from_id_salt(("import column", at)).selected_text(text).width(ui.available_width()).truncate();
    let list = |ui: &mut Ui| {
        for other in COLUMNS {
            ui.selectable_value(column, other, column_words(other));
        }
    };
    let shown = outlined(ui, palette, |ui| combo.height(400.0).show_ui(ui, list));
    let unsure = if guessed { ", a guess" } else { "" };
    let spoken = format!("Column {}: {}{unsure}", at + 1, column_words(now));
    shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &spoken));
}

fn cells(
    ui: &mut Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    preview: &Preview,
    (at, layout): (usize, &Layout),
    place: Rect,
) {
    let is_read = layout.columns[at] != Column::Ignored;
    for (number, row) in preview.rows.iter().take(ROWS).enumerate() {
        let text = row.get(at).map_or("", |cell| cell.trim());
        let top = place.top() + ROW * (number + 1) as f32 + 8.0;
        let cell = Rect::from_min_size(egui::pos2(place.left(), top), vec2(place.width(), ROW)).shrink2(vec2(4.0, 0.0));
        let is_arabic = text.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c));
        let stands_back = !is_read || (number == 0 && layout.has_header);
        let color = if stands_back { palette.muted } else { palette.ink };
        let (style, placing) = if is_arabic {
            (palette.arabic_words(15.0), Placing::right_to_left(Align::Center))
        } else {
            (palette.words(13.0), Placing::left_to_right(Align::Center))
        };
        let style = TextStyle { color, bold: number == 0 && layout.has_header, ..style };
        let mut inside = ui.new_child(UiBuilder::new().max_rect(cell).layout(placing));
        let one_line = text.replace(['\n', '\r'], " ");
        line(&mut inside, engine, Id::unique(("import cell", at, number)), &one_line, &style, cell.width());
    }
}
