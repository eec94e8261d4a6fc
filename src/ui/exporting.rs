//! Exporting the glossary: which concepts, in which format, and where to.

use std::path::{Path, PathBuf};

use egui::{Id, Key, Modifiers, RichText, Ui, vec2};

use super::dialogs::{Dialogs, Wanted};
use super::line::Line;
use super::sheets::{footer, outlined, primary};
use super::text::TextEngine;
use super::theme::Palette;
use crate::domain::Layers;
use crate::formats::glossary::GlossaryFormat;
use crate::jobs::{ExportFormat, Selection};
use crate::session::{Command, Session, Sheet};

/// Which concepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Which {
    #[default]
    All,
    Own,
    Found,
    Ticked,
}

/// What the sheet remembers while it is open.
pub(super) struct Exporting {
    which: Which,
    format: GlossaryFormat,
}

impl Default for Exporting {
    fn default() -> Self {
        Self { which: Which::All, format: GlossaryFormat::OFFERED[0] }
    }
}

impl Exporting {
    /// With what somebody is likely to want.
    pub(super) fn start(&mut self, sheet: &Sheet, termbase: Option<&Layers>) {
        let Sheet::ExportGlossary { found, ticked, .. } = sheet else { return };
        let all = termbase.map_or(0, Layers::len);
        self.which = match found {
            _ if !ticked.is_empty() => Which::Ticked,
            Some(found) if found.len() < all && !found.is_empty() => Which::Found,
            _ if termbase.is_some_and(|termbase| !termbase.own().concepts().is_empty()) => Which::Own,
            _ => Which::All,
        };
    }

    /// The path to begin with.
    pub(super) fn path(&self, suggested: &Path) -> PathBuf {
        let mut path = suggested.as_os_str().to_owned();
        path.push(".");
        path.push(self.format.extension());
        path.into()
    }

    /// Changes the format, and with it the extension unless that is the person's own.
    fn set_format(&mut self, format: GlossaryFormat, line: &mut Line) {
        let stem = line.text().strip_suffix(&format!(".{}", self.format.extension())).map(PathBuf::from);
        self.format = format;
        if let Some(stem) = stem {
            *line = Line::new(self.path(&stem).to_string_lossy().into_owned());
        }
    }

    /// What a file dialog is to ask for.
    fn wanted(line: &Line, format: GlossaryFormat) -> Wanted {
        let path = PathBuf::from(line.text());
        Wanted::Save {
            folder: path.parent().filter(|folder| folder.is_dir()).map(Path::to_path_buf),
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            extensions: match format {
                GlossaryFormat::Tbx(_) | GlossaryFormat::Martif => &["tbx"],
                GlossaryFormat::Csv => &["csv"],
                GlossaryFormat::Tsv => &["tsv"],
                GlossaryFormat::Xlsx => &["xlsx"],
                GlossaryFormat::OmegaT => &["txt"],
            },
            format: ExportFormat::Tsv,
        }
    }
}

fn explained(format: GlossaryFormat) -> &'static str {
    match format {
        GlossaryFormat::Tbx(_) => "The standard of termbase programs. It holds everything.",
        GlossaryFormat::Martif => "The standard before that, for OmegaT and older programs. It holds everything.",
        GlossaryFormat::Csv | GlossaryFormat::Tsv | GlossaryFormat::Xlsx => {
            "A table, a concept a row. Inflected forms and parts of speech have no place in it."
        }
        GlossaryFormat::OmegaT => "Arabic, English and a comment, as OmegaT reads them. The rest has no place in it.",
    }
}

/// Draws the form and adds what the user asked for.
pub(super) fn show(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    (exporting, line, gives_focus): (&mut Exporting, &mut Line, bool),
    dialogs: &mut Dialogs,
    commands: &mut Vec<Command>,
) {
    let Some(Sheet::ExportGlossary { found, ticked, .. }) = session.sheet() else { return };
    let all = session.termbase().map_or(0, Layers::len);
    let own = session.termbase().map_or(0, |termbase| termbase.own().concepts().len());
    let found_ids = found.as_deref().unwrap_or_default();
    let found = Some(found_ids.len()).filter(|found| *found > 0 && *found < all);
    let mut count = 0;
    for (which, words, number) in [
        (Which::Ticked, "Those that are ticked", (!ticked.is_empty()).then_some(ticked.len())),
        (Which::Found, "Those that fit what you searched for", found),
        (Which::Own, "Your own", Some(own)),
        (Which::All, "All that the glossary shows", Some(all)),
    ] {
        let Some(number) = number else { continue };
        outlined(ui, palette, |ui| ui.radio_value(&mut exporting.which, which, format!("{words} ({number})")));
        if exporting.which == which {
            count = number;
        }
    }
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 2.0);
        for format in GlossaryFormat::OFFERED {
            if ui.selectable_label(exporting.format == format, format.label()).clicked() {
                exporting.set_format(format, line);
            }
        }
    });
    ui.label(RichText::new(explained(exporting.format)).size(12.5).color(palette.muted));
    ui.add_space(4.0);
    let in_field = ui.memory(|memory| memory.has_focus(Id::unique("line")));
    let enter = in_field && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    line.show(ui, engine, palette, "File", "Path of a file", gives_focus);
    ui.add_space(8.0);
    footer(ui, |ui| {
        let ready = count > 0 && !line.text().trim().is_empty();
        if primary(ui, "Export", ready, palette).clicked() || (enter && ready) {
            let selection = match exporting.which {
                Which::All => Selection::All,
                Which::Own => Selection::Own,
                Which::Found => Selection::These(found_ids.into()),
                Which::Ticked => Selection::These(ticked[..].into()),
            };
            let path = PathBuf::from(line.text().trim());
            commands.push(Command::ExportGlossaryTo { selection, format: exporting.format, path });
        }
        if ui.button("Cancel").clicked() {
            commands.push(Command::CloseSheet);
        }
        if dialogs.available() && ui.button("Browse…").clicked() {
            dialogs.ask(Exporting::wanted(line, exporting.format));
        }
    });
}
