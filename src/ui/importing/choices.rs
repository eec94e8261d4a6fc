//! What a person can say about an import, but for the columns: the encoding, and what to do with what is there already.

use egui::{ComboBox, Frame, Id, Margin, RichText, Ui};

use crate::domain::Policy;
use crate::formats::decode::FoundBy;
use crate::formats::glossary::Container;
use crate::jobs::{GlossaryFile, ReadAs};
use crate::session::{Command, ImportChoices, Session};
use crate::ui::sheets::outlined;
use crate::ui::text::{TextEngine, TextStyle, label, line};
use crate::ui::theme::Palette;

/// Draws the choices and adds what the user asked for.
pub(super) fn show(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    commands: &mut Vec<Command>,
) {
    let Some(file) = session.import().file() else { return };
    let before = session.import().choices();
    let mut choices = before.clone();
    about(ui, engine, palette, file, &mut choices);
    if file.reading().is_ok() {
        ui.add_space(8.0);
        policies(ui, palette, &mut choices);
        undecided(ui, session, palette, &mut choices);
        warnings(ui, engine, palette, file);
    }
    if choices != *before {
        commands.push(Command::ChooseImport(choices));
    }
}

fn heading(ui: &mut Ui, palette: &Palette, words: &str) {
    ui.label(RichText::new(words).size(12.5).color(palette.muted));
}

/// What the file is called, what sort it is, and how its text is encoded.
fn about(ui: &mut Ui, engine: &mut TextEngine, palette: &Palette, file: &GlossaryFile, choices: &mut ImportChoices) {
    let name = file.path().file_name().unwrap_or_default().to_string_lossy();
    let style = TextStyle { bold: true, ..palette.words(15.0) };
    line(ui, engine, Id::unique("import name"), &name, &style, ui.available_width());
    let kind = match file.container() {
        Some(Container::Tbx) => "TBX",
        Some(Container::Workbook) => "Excel workbook",
        Some(Container::Text) => "Table as text",
        None => "Not a glossary as it is read",
    };
    let words = match file.reading() {
        Ok(reading) => format!("{kind}, {} concepts", reading.termbase.concepts().len()),
        Err(_) => kind.to_owned(),
    };
    heading(ui, palette, &words);
    let encodings = file.encodings();
    let Some(used) =
        file.encoding().map(|encoding| encoding.name).or(choices.read_as.encoding).or(encodings.first().copied())
    else {
        return;
    };
    let found = match file.encoding().map(|encoding| encoding.found) {
        Some(FoundBy::Bom | FoundBy::Declared) => " (declared)",
        Some(FoundBy::Detected) => " (found)",
        Some(FoundBy::Chosen) | None => "",
    };
    ui.horizontal(|ui| {
        ui.set_min_height(30.0);
        ui.label("Encoding");
        let combo = ComboBox::from_id_salt("import encoding").selected_text(format!("{used}{found}")).width(190.0);
        let list = |ui: &mut Ui| {
            for name in encodings {
                if ui.selectable_label(name == used, name).clicked() && name != used {
                    choices.read_as = ReadAs { encoding: Some(name), ..choices.read_as.clone() };
                }
            }
        };
        let shown = outlined(ui, palette, |ui| combo.show_ui(ui, list));
        let spoken = format!("Encoding: {used}");
        shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &spoken));
    });
}

fn policy_words(policy: Policy) -> (&'static str, &'static str) {
    match policy {
        Policy::Skip => ("Leave it out", "What the glossary has stays as it is."),
        Policy::Merge => ("Add what is new", "New wordings and notes join what is there. The preferred English stays."),
        Policy::Replace => ("Replace", "What the file says takes the place of what is there."),
        Policy::AddAsNew => ("Keep both", "Everything is added, also what is there already."),
    }
}

fn policies(ui: &mut Ui, palette: &Palette, choices: &mut ImportChoices) {
    heading(ui, palette, "A concept that the glossary has already");
    ui.spacing_mut().item_spacing.y = 2.0;
    for policy in Policy::ALL {
        let (words, explained) = policy_words(policy);
        outlined(ui, palette, |ui| ui.radio_value(&mut choices.policy, policy, words));
        explain(ui, palette, explained);
    }
}

fn explain(ui: &mut Ui, palette: &Palette, words: &str) {
    let beneath = Margin { left: 22, bottom: 3, ..Margin::ZERO };
    Frame::NONE.inner_margin(beneath).show(ui, |ui| {
        ui.add(egui::Label::new(RichText::new(words).size(12.0).color(palette.muted)).wrap());
    });
}

fn undecided(ui: &mut Ui, session: &Session, palette: &Palette, choices: &mut ImportChoices) {
    let count = session.import().plan().map_or(0, |plan| plan.conflicts.len());
    if count == 0 {
        return;
    }
    ui.add_space(8.0);
    let words = match count {
        1 => "One that could be several of the glossary".to_owned(),
        count => format!("{count} that could be several of the glossary"),
    };
    heading(ui, palette, &words);
    outlined(ui, palette, |ui| {
        ui.radio_value(&mut choices.adds_undecided, false, "Leave out");
        ui.radio_value(&mut choices.adds_undecided, true, "Add as new");
    });
}

fn warnings(ui: &mut Ui, engine: &mut TextEngine, palette: &Palette, file: &GlossaryFile) {
    let Some(reading) = file.reading().ok().filter(|reading| !reading.warnings.is_empty()) else { return };
    ui.add_space(8.0);
    heading(ui, palette, "What the reader noticed");
    let style = TextStyle { color: palette.warning, ..palette.words(12.5) };
    for (number, warning) in reading.warnings.iter().enumerate() {
        let mut words = warning.to_string();
        if let Some(first) = words.get(..1).map(str::to_uppercase) {
            words.replace_range(..1, &first);
        }
        label(ui, engine, Id::unique(("import warning", number)), &words, &style, ui.available_width());
    }
}
