//! What the program asks before it goes on.

use std::path::PathBuf;
use std::sync::Arc;

use super::notice::quoted;
use super::{Command, NewTerm};
use crate::domain::ConceptId;
use crate::formats::glossary::GlossaryFormat;
use crate::jobs::{ExportFormat, Selection};

/// A question that stands before the article until it is answered with a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sheet {
    /// Which files to open: answer with [`Command::OpenThese`].
    Open,
    /// Which folder to open: answer with [`Command::OpenThese`].
    OpenFolder,
    /// Which page on the web to open: answer with [`Command::OpenThese`].
    Address {
        /// The address that was tried last and could not be opened; empty where there was none.
        typed: String,
    },
    /// The articles that wait to be opened.
    Queue,
    /// Which of the articles that a page leads to are to be opened: answer with [`Command::OpenThese`].
    Leads {
        /// What the page is called.
        page: String,
    },
    /// Which encoding to read the article in: answer with [`Command::ReadAs`].
    Encoding,
    /// Where to save: answer with [`Command::SaveTo`].
    SaveAs {
        /// A name beside the file that was opened; a bare name where there was none.
        suggested: PathBuf,
    },
    /// What to export and where to: answer with [`Command::ExportTo`].
    Export {
        /// A name beside the working file; the format adds its extension.
        suggested: PathBuf,
    },
    /// What to do with unsaved changes.
    ConfirmClose {
        /// What the article is called.
        name: String,
    },
    /// Somebody else wrote to the file that is to be saved.
    ChangedOnDisk {
        /// The file.
        path: PathBuf,
    },
    /// Saving would replace a file that nobody was asked about.
    SaveExists {
        /// The file.
        path: PathBuf,
    },
    /// An export would replace a file that nobody was asked about.
    ExportExists {
        /// That file.
        existing: PathBuf,
        /// What was to be written.
        format: ExportFormat,
        /// Where to.
        path: PathBuf,
    },
    /// What a term is called in English: answer with [`Command::SaveTerm`].
    AddTerm(NewTerm),
    /// The glossary.
    Glossary,
    /// The termbases of the glossary.
    Termbases,
    /// What was changed in the glossary.
    GlossaryChanges,
    /// Where the article has wordings that were changed in the glossary: answer with [`Command::Reword`].
    Rewordings,
    /// What to import into the glossary, and how: answer with [`Command::Import`].
    ImportGlossary,
    /// What of the glossary to export and where to: answer with [`Command::ExportGlossaryTo`].
    ExportGlossary {
        /// A name beside what was exported or imported last; the format adds its extension.
        suggested: PathBuf,
        /// What fits what was searched for, if something was.
        found: Option<Arc<[ConceptId]>>,
        /// What was ticked.
        ticked: Vec<ConceptId>,
    },
    /// An export of the glossary would replace a file that nobody was asked about.
    GlossaryFileExists {
        /// What was to be written.
        selection: Selection,
        /// In which format.
        format: GlossaryFormat,
        /// That file.
        path: PathBuf,
    },
    /// The list of keys.
    Shortcuts,
}

impl Sheet {
    /// The question in a few words.
    pub fn title(&self) -> String {
        match self {
            Self::Open => "Open".to_owned(),
            Self::OpenFolder => "Open a folder".to_owned(),
            Self::Address { .. } => "Open a web address".to_owned(),
            Self::Leads { .. } => "This page is not one article".to_owned(),
            Self::Encoding => "Read in another encoding".to_owned(),
            Self::Queue => "Articles that wait".to_owned(),
            Self::SaveAs { .. } => "Save as".to_owned(),
            Self::Export { .. } => "Export".to_owned(),
            Self::ConfirmClose { name } => format!("Save the changes to “{name}”?"),
            Self::ChangedOnDisk { path } => format!("{} has changed on the disk", quoted(path)),
            Self::SaveExists { path: existing }
            | Self::ExportExists { existing, .. }
            | Self::GlossaryFileExists { path: existing, .. } => {
                format!("Replace {}?", quoted(existing))
            }
            Self::AddTerm(_) => "Add to the glossary".to_owned(),
            Self::Glossary => "Glossary".to_owned(),
            Self::Termbases => "Termbases of the glossary".to_owned(),
            Self::GlossaryChanges => "Changes of the glossary".to_owned(),
            Self::Rewordings => "Update the article".to_owned(),
            Self::ImportGlossary => "Import into the glossary".to_owned(),
            Self::ExportGlossary { .. } => "Export the glossary".to_owned(),
            Self::Shortcuts => "Keys".to_owned(),
        }
    }

    /// What there is to know for an answer; empty where the title says it all.
    pub fn message(&self) -> &'static str {
        match self {
            Self::ConfirmClose { .. } => "If you don’t save, what you changed since the last save is lost.",
            Self::ChangedOnDisk { .. } => {
                "Another program, or another window, has written to it since you opened it. Replacing it loses what \
                 they wrote."
            }
            Self::SaveExists { .. } | Self::ExportExists { .. } | Self::GlossaryFileExists { .. } => {
                "There is a file of this name already. Replacing it loses what is in it."
            }
            Self::Leads { .. } => "It leads to these. Open one, or choose several: the others wait.",
            Self::Encoding => "The right one shows Arabic that makes sense. Your translation stays where it is.",
            Self::Termbases => {
                "The upper ones count for more. What you add and change goes to the first that is used; the others are only \
                 read."
            }
            Self::Rewordings => {
                "The glossary says it otherwise now. What is ticked is changed in one step that can be undone."
            }
            Self::OpenFolder => "Its files wait in a list, and the first of them is opened.",
            Self::Open
            | Self::Address { .. }
            | Self::Queue
            | Self::SaveAs { .. }
            | Self::Export { .. }
            | Self::AddTerm(_)
            | Self::Glossary
            | Self::GlossaryChanges
            | Self::ImportGlossary
            | Self::ExportGlossary { .. }
            | Self::Shortcuts => "",
        }
    }

    /// The answers to offer, the safest first; dialogs for files have answers of their own.
    pub fn answers(&self) -> &'static [Command] {
        match self {
            Self::ConfirmClose { .. } => &[Command::SaveFirst, Command::DropChanges, Command::CloseSheet],
            Self::ChangedOnDisk { .. } | Self::SaveExists { .. } => {
                &[Command::SaveAs, Command::Overwrite, Command::CloseSheet]
            }
            Self::ExportExists { .. } | Self::GlossaryFileExists { .. } => &[Command::Overwrite, Command::CloseSheet],
            Self::Open
            | Self::OpenFolder
            | Self::Address { .. }
            | Self::Queue
            | Self::Leads { .. }
            | Self::Encoding
            | Self::SaveAs { .. }
            | Self::Export { .. }
            | Self::AddTerm(_)
            | Self::Glossary
            | Self::Termbases
            | Self::GlossaryChanges
            | Self::Rewordings
            | Self::ImportGlossary
            | Self::ExportGlossary { .. }
            | Self::Shortcuts => &[Command::CloseSheet],
        }
    }

    /// Whether it is about a glossary file on its way in or out.
    pub fn is_transfer(&self) -> bool {
        matches!(self, Self::ImportGlossary | Self::ExportGlossary { .. } | Self::GlossaryFileExists { .. })
    }
}
