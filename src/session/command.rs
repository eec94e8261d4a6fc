//! Everything a user can want: one enum, with its words and its keys.

use std::fmt;
use std::path::PathBuf;

use super::{ImportChoices, NewTerm};
use crate::domain::{Concept, ConceptId, Place, Rewording, State, UnitId};
use crate::formats::glossary::GlossaryFormat;
use crate::jobs::{ExportFormat, Search, Selection, Source};
use crate::storage::settings::{Theme, WindowSize};
use crate::storage::termbase::{ChangeNumber, Rev};
use crate::text::Span;

/// What a user wants. Every menu line, key and button is one of these.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Choose files to open.
    Open,
    /// Choose a folder, all of whose files are to be opened one after the other.
    OpenFolder,
    /// Open the first of these; the others wait.
    OpenThese(Vec<Source>),
    /// Type the address of a page on the web that is to be opened.
    OpenAddress,
    /// Open what was copied.
    OpenClipboard,
    /// Open the article that comes with the program.
    OpenSample,
    /// Open the next of the articles that wait.
    OpenNext,
    /// Show the articles that wait.
    ShowQueue,
    /// Take an article from those that wait.
    Unqueue(Source),
    /// Take all articles from those that wait.
    ClearQueue,
    /// Write the working file; choose it first where there is none.
    Save,
    /// Choose another working file.
    SaveAs,
    /// Write the working file here from now on.
    SaveTo(PathBuf),
    /// Choose what to export and where to.
    Export,
    /// Write the translated units for other programs.
    ExportTo {
        /// What to write.
        format: ExportFormat,
        /// Where to.
        path: PathBuf,
    },
    /// Close the article.
    Close,
    /// Close the program.
    Quit,

    /// An answer: save, then go on with what was asked for.
    SaveFirst,
    /// An answer: go on with what was asked for, and lose the changes.
    DropChanges,
    /// An answer: replace the file.
    Overwrite,
    /// An answer: open a page as it is, although it is not one article.
    OpenPageAsIs,
    /// An answer: forget what was asked for.
    CloseSheet,

    /// Take the last step back.
    Undo,
    /// Do the step again that was taken back.
    Redo,
    /// Put `text` in place of the bytes `span` of a target, and the caret behind it.
    EditTarget {
        /// The unit.
        unit: UnitId,
        /// What goes.
        span: Span,
        /// What comes.
        text: String,
    },
    /// Insert the Arabic of the active unit.
    CopySource,

    /// Go to a unit, with a caret or a selection in bytes of its target.
    Select {
        /// The unit.
        unit: UnitId,
        /// The selection; empty for a caret.
        caret: Span,
    },
    /// Go to the unit after the active one.
    NextUnit,
    /// Go to the unit before the active one.
    PreviousUnit,
    /// Go to the first unit.
    FirstUnit,
    /// Go to the last unit.
    LastUnit,
    /// Go to the next unit of the article that is not confirmed.
    NextUntranslated,

    /// Confirm the active unit and go to the next one of the article.
    Confirm,
    /// Give the active unit a state.
    SetState(State),
    /// Leave the active unit out of the article, or bring it back.
    ToggleIncluded,

    /// Show the active unit's source repaired, or as it was opened.
    ToggleRepaired,
    /// Show the whole article repaired, or as it was opened.
    ToggleAllRepaired,
    /// Show the lines of a folded run of page furniture, or fold them again.
    ToggleFold,
    /// Show the lines of the run of page furniture that begins with this unit.
    Unfold(UnitId),

    /// Insert the English of a term of the active unit by its number, from 1.
    InsertTerm(u8),
    /// Insert the English of the term in focus, and go on to the next one.
    InsertFocused,
    /// Insert one English wording.
    InsertTranslation {
        /// Which of the matches of the active unit.
        found: usize,
        /// Which of the English wordings of its concept.
        english: usize,
    },
    /// Look at the next term of the active unit.
    NextTerm,
    /// Look at the term before.
    PreviousTerm,

    /// Remember what is selected in the Arabic of a unit, or where the caret is in it.
    SelectSource(Place),
    /// Ask for the English of what is selected in the Arabic.
    AddTerm,
    /// Look for the concepts that are called just like this.
    FindSame(String),
    /// Save a term in the user's own glossary.
    SaveTerm(NewTerm),
    /// Show the glossary.
    ShowGlossary,
    /// Show what fits of the glossary.
    Browse(Search),
    /// Read what a concept was.
    ReadHistory(ConceptId),
    /// Make a concept what it was in a version.
    RestoreConcept(Rev),
    /// Make one concept of several.
    MergeConcepts(Vec<ConceptId>),
    /// Write concepts to the user's own glossary, in place of those with the same ids.
    EditConcepts(Vec<Concept>),
    /// Delete concepts of the glossary.
    DeleteConcepts(Vec<ConceptId>),
    /// Read the glossary once more.
    ReadGlossary,
    /// Give the user's own glossary another name, since it cannot be read, and begin a new one.
    SetGlossaryAside,
    /// Take the last change of the glossary back.
    UndoGlossary,
    /// Show what was changed in the glossary, and when.
    ShowChanges,
    /// Take one change of the glossary back.
    UndoChange(ChangeNumber),
    /// Show where the article has the wording that a concept had before it was changed.
    ShowRewordings,
    /// Put new wordings in the place of old ones in the article, in one step.
    Reword(Vec<Rewording>),
    /// Show which termbases the glossary consists of.
    ShowTermbases,
    /// Use this termbase too, below the others.
    AddTermbase(PathBuf),
    /// Use this termbase above all others, and make it where there is none.
    BeginTermbase(PathBuf),
    /// Use this termbase no more.
    RemoveTermbase(PathBuf),
    /// Use a termbase of the list, or leave it out.
    ToggleTermbase(PathBuf),
    /// Let a termbase count for more than the one above it.
    RaiseTermbase(PathBuf),
    /// Use the termbase that comes with the program, or leave it out.
    ToggleStarter,
    /// Tell words that may be plurals of terms by their pattern alone, or no longer.
    TogglePluralGuesses,
    /// Choose a file to import into the glossary.
    ImportGlossary,
    /// Read this file, to import it into the glossary.
    ImportFile(PathBuf),
    /// Say how the file is to be imported.
    ChooseImport(ImportChoices),
    /// Import the file as it was said.
    Import,
    /// Choose what of the glossary to export and where to.
    ExportGlossary {
        /// The concepts that a person has ticked.
        ticked: Vec<ConceptId>,
    },
    /// Write concepts of the glossary to a file.
    ExportGlossaryTo {
        /// Which.
        selection: Selection,
        /// What to write.
        format: GlossaryFormat,
        /// Where to.
        path: PathBuf,
    },

    /// Change between light, dark and as the system is.
    ToggleTheme,
    /// Light, dark, or as the system is.
    SetTheme(Theme),
    /// Make everything larger.
    ZoomIn,
    /// Make everything smaller.
    ZoomOut,
    /// Back to the size that the fonts are made for.
    ZoomReset,
    /// Show where sentences end, or no longer.
    ToggleSentences,
    /// Put the Arabic on the other side.
    SwapPanes,
    /// Remember the size of the window.
    KeepWindow(WindowSize),

    /// Show how the article reads in other encodings.
    ShowEncodings,
    /// Read the article in this encoding, by its name in the IANA registry.
    ReadAs(&'static str),
    /// Undo the wrong decoding that the text went through before it was opened.
    Unscramble,
    /// Let pages of this computer and its own network be opened, or let them not.
    TogglePrivateAddresses,

    /// Show every key.
    ShowShortcuts,
    /// Take the newest notice away.
    DismissNotice,
    /// Bring the newest unsaved work back.
    RestoreRecovery,
    /// Throw the newest unsaved work away.
    DiscardRecovery,
    /// Stop the work in the background.
    CancelWork,
}

/// The menu that a command stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Menu {
    /// Opening, saving, leaving.
    File,
    /// Undo and the like.
    Edit,
    /// Where to.
    Go,
    /// States of the active unit.
    Unit,
    /// What is recognised.
    Terms,
    /// How it looks.
    View,
    /// How to.
    Help,
}

/// A key with what is held down meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shortcut {
    /// The Control key; Command on macOS.
    pub ctrl: bool,
    /// The Shift key.
    pub shift: bool,
    /// The Alt key; Option on macOS.
    pub alt: bool,
    /// The key.
    pub key: Key,
}

/// A key of the keyboard, wherever its layout has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// The key that types this upper-case letter, digit or sign on a Latin keyboard. `+` is also the key of `=`.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// Home.
    Home,
    /// End.
    End,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// F1 and so on.
    Function(u8),
}

impl Command {
    /// What stands in menus and in the list of keys, in that order.
    pub const LISTED: &[Self] = &[
        Self::Open,
        Self::OpenFolder,
        Self::OpenAddress,
        Self::OpenClipboard,
        Self::OpenSample,
        Self::OpenNext,
        Self::ShowQueue,
        Self::ClearQueue,
        Self::Save,
        Self::SaveAs,
        Self::Export,
        Self::RestoreRecovery,
        Self::Close,
        Self::Quit,
        Self::Undo,
        Self::Redo,
        Self::CopySource,
        Self::NextUnit,
        Self::PreviousUnit,
        Self::FirstUnit,
        Self::LastUnit,
        Self::NextUntranslated,
        Self::Confirm,
        Self::SetState(State::Translated),
        Self::SetState(State::Reviewed),
        Self::SetState(State::Final),
        Self::SetState(State::Initial),
        Self::ToggleIncluded,
        Self::ToggleFold,
        Self::ToggleRepaired,
        Self::ToggleAllRepaired,
        Self::NextTerm,
        Self::PreviousTerm,
        Self::InsertFocused,
        Self::InsertTerm(1),
        Self::InsertTerm(2),
        Self::InsertTerm(3),
        Self::InsertTerm(4),
        Self::InsertTerm(5),
        Self::InsertTerm(6),
        Self::InsertTerm(7),
        Self::InsertTerm(8),
        Self::InsertTerm(9),
        Self::AddTerm,
        Self::ShowGlossary,
        Self::ImportGlossary,
        Self::ExportGlossary { ticked: Vec::new() },
        Self::UndoGlossary,
        Self::ShowChanges,
        Self::ShowRewordings,
        Self::ShowTermbases,
        Self::TogglePluralGuesses,
        Self::ShowEncodings,
        Self::Unscramble,
        Self::ToggleTheme,
        Self::SwapPanes,
        Self::ToggleSentences,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ZoomReset,
        Self::ShowShortcuts,
        Self::DismissNotice,
        Self::CancelWork,
    ];

    /// Whether it answers the question that is being asked, so that the question goes.
    pub(super) fn answers(&self) -> bool {
        matches!(
            self,
            Self::OpenThese(_)
                | Self::OpenNext
                | Self::ClearQueue
                | Self::OpenPageAsIs
                | Self::ReadAs(_)
                | Self::SaveTo(_)
                | Self::SaveTerm(_)
                | Self::Reword(_)
                | Self::ExportTo { .. }
                | Self::Import
                | Self::ExportGlossaryTo { .. }
                | Self::SaveFirst
                | Self::DropChanges
                | Self::Overwrite
                | Self::CloseSheet
        )
    }

    /// The menu it belongs to.
    pub fn menu(&self) -> Menu {
        match self {
            Self::Open
            | Self::OpenPageAsIs
            | Self::OpenFolder
            | Self::OpenThese(_)
            | Self::OpenAddress
            | Self::TogglePrivateAddresses
            | Self::OpenClipboard
            | Self::OpenSample
            | Self::OpenNext
            | Self::ShowQueue
            | Self::Unqueue(_)
            | Self::ClearQueue
            | Self::Save
            | Self::SaveAs
            | Self::SaveTo(_)
            | Self::Export
            | Self::ExportTo { .. }
            | Self::Close
            | Self::Quit
            | Self::SaveFirst
            | Self::DropChanges
            | Self::Overwrite
            | Self::CloseSheet
            | Self::RestoreRecovery
            | Self::DiscardRecovery => Menu::File,
            Self::Undo | Self::Redo | Self::EditTarget { .. } | Self::CopySource => Menu::Edit,
            Self::Select { .. }
            | Self::NextUnit
            | Self::PreviousUnit
            | Self::FirstUnit
            | Self::LastUnit
            | Self::NextUntranslated => Menu::Go,
            Self::Confirm
            | Self::SetState(_)
            | Self::ToggleIncluded
            | Self::ToggleFold
            | Self::Unfold(_)
            | Self::ToggleRepaired
            | Self::ToggleAllRepaired => Menu::Unit,
            Self::InsertTerm(_)
            | Self::InsertFocused
            | Self::InsertTranslation { .. }
            | Self::NextTerm
            | Self::PreviousTerm
            | Self::SelectSource(_)
            | Self::AddTerm
            | Self::FindSame(_)
            | Self::SaveTerm(_)
            | Self::ShowGlossary
            | Self::Browse(_)
            | Self::ReadHistory(_)
            | Self::RestoreConcept(_)
            | Self::MergeConcepts(_)
            | Self::EditConcepts(_)
            | Self::DeleteConcepts(_)
            | Self::ReadGlossary
            | Self::SetGlossaryAside
            | Self::UndoGlossary
            | Self::ShowChanges
            | Self::UndoChange(_)
            | Self::ShowRewordings
            | Self::Reword(_)
            | Self::ShowTermbases
            | Self::AddTermbase(_)
            | Self::BeginTermbase(_)
            | Self::RemoveTermbase(_)
            | Self::ToggleTermbase(_)
            | Self::RaiseTermbase(_)
            | Self::ToggleStarter
            | Self::TogglePluralGuesses
            | Self::ImportGlossary
            | Self::ImportFile(_)
            | Self::ChooseImport(_)
            | Self::Import
            | Self::ExportGlossary { .. }
            | Self::ExportGlossaryTo { .. } => Menu::Terms,
            Self::ShowEncodings
            | Self::Unscramble
            | Self::ReadAs(_)
            | Self::ToggleTheme
            | Self::SetTheme(_)
            | Self::SwapPanes
            | Self::ToggleSentences
            | Self::KeepWindow(_)
            | Self::ZoomIn
            | Self::ZoomOut
            | Self::ZoomReset => Menu::View,
            Self::ShowShortcuts | Self::DismissNotice | Self::CancelWork => Menu::Help,
        }
    }

    /// A second key that gives it, where people are used to two.
    pub fn other_shortcut(&self) -> Option<Shortcut> {
        matches!(self, Self::Redo).then(|| ctrl('Y'))
    }

    /// The key that gives it.
    pub fn shortcut(&self) -> Option<Shortcut> {
        Some(match self {
            Self::Open => ctrl('O'),
            Self::OpenAddress => ctrl('L'),
            Self::OpenClipboard => ctrl('V').with_shift(),
            Self::OpenNext => ctrl('O').with_shift(),
            Self::ShowQueue => plain(Key::Function(6)),
            Self::Save => ctrl('S'),
            Self::SaveAs => ctrl('S').with_shift(),
            Self::Export => ctrl('E'),
            Self::Close => ctrl('W'),
            Self::Quit => ctrl('Q'),
            Self::Undo => ctrl('Z'),
            Self::Redo => ctrl('Z').with_shift(),
            Self::CopySource => ctrl('I'),
            Self::NextUnit => alt(Key::Down),
            Self::PreviousUnit => alt(Key::Up),
            Self::FirstUnit => alt(Key::Home),
            Self::LastUnit => alt(Key::End),
            Self::NextUntranslated => ctrl('U'),
            Self::Confirm => Shortcut { ctrl: true, ..plain(Key::Enter) },
            Self::SetState(State::Initial) => ctrl('D').with_shift(),
            Self::SetState(State::Translated) => ctrl('T').with_shift(),
            Self::SetState(State::Reviewed) => ctrl('R').with_shift(),
            Self::SetState(State::Final) => ctrl('F').with_shift(),
            Self::ToggleIncluded => ctrl('D'),
            Self::InsertTerm(number @ 1..=9) => ctrl((b'0' + number) as char),
            Self::ToggleRepaired => plain(Key::Function(5)),
            Self::ToggleAllRepaired => plain(Key::Function(5)).with_shift(),
            Self::Unscramble => plain(Key::Function(3)),
            Self::ToggleFold => plain(Key::Function(7)),
            Self::InsertFocused => ctrl('T'),
            Self::AddTerm => ctrl('G'),
            Self::ShowGlossary => ctrl('G').with_shift(),
            Self::ImportGlossary => ctrl('I').with_shift(),
            Self::ExportGlossary { .. } => ctrl('E').with_shift(),
            Self::NextTerm => plain(Key::Function(8)),
            Self::PreviousTerm => plain(Key::Function(8)).with_shift(),
            Self::ToggleTheme => ctrl('L').with_shift(),
            Self::ShowEncodings => plain(Key::Function(4)),
            Self::SwapPanes => plain(Key::Function(9)),
            Self::ToggleSentences => plain(Key::Function(9)).with_shift(),
            Self::ZoomIn => ctrl('+'),
            Self::ZoomOut => ctrl('-'),
            Self::ZoomReset => ctrl('0'),
            Self::ShowShortcuts => plain(Key::Function(1)),
            Self::DismissNotice => plain(Key::Escape),
            Self::CancelWork => plain(Key::Escape).with_shift(),
            _ => return None,
        })
    }
}

const fn plain(key: Key) -> Shortcut {
    Shortcut { ctrl: false, shift: false, alt: false, key }
}

const fn ctrl(key: char) -> Shortcut {
    Shortcut { ctrl: true, ..plain(Key::Char(key)) }
}

const fn alt(key: Key) -> Shortcut {
    Shortcut { alt: true, ..plain(key) }
}

impl Shortcut {
    const fn with_shift(self) -> Self {
        Self { shift: true, ..self }
    }
}

impl fmt::Display for Shortcut {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let control = if cfg!(target_os = "macos") { "Cmd" } else { "Ctrl" };
        for (held, name) in [(self.ctrl, control), (self.alt, "Alt"), (self.shift, "Shift")] {
            if held {
                write!(out, "{name}+")?;
            }
        }
        match self.key {
            Key::Char(key) => write!(out, "{key}"),
            Key::Function(number) => write!(out, "F{number}"),
            Key::Enter => out.write_str("Enter"),
            Key::Escape => out.write_str("Esc"),
            Key::Home => out.write_str("Home"),
            Key::End => out.write_str("End"),
            Key::Up => out.write_str("Up"),
            Key::Down => out.write_str("Down"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;

    #[test]
    fn no_two_commands_share_a_key() {
        let mut known: HashMap<Shortcut, &Command> = HashMap::new();
        for command in Command::LISTED {
            for shortcut in command.shortcut().into_iter().chain(command.other_shortcut()) {
                if let Some(other) = known.insert(shortcut, command) {
                    panic!("{shortcut} is both {command:?} and {other:?}");
                }
            }
        }
    }

    #[test]
    fn no_key_takes_away_what_a_text_field_needs() {
        let editing = ['A', 'C', 'V', 'X'].map(ctrl);
        for command in Command::LISTED {
            let Some(shortcut) = command.shortcut() else { continue };
            assert!(!editing.contains(&shortcut), "{command:?}");
            let types = matches!(shortcut.key, Key::Char(_) | Key::Enter | Key::Home | Key::End | Key::Up | Key::Down);
            assert!(shortcut.ctrl || shortcut.alt || !types, "{command:?} would type or move the caret");
        }
    }

    #[test]
    fn every_listed_command_says_what_it_is() {
        let mut labels = HashSet::new();
        for command in Command::LISTED {
            assert!(labels.insert(command.label()), "two commands are called {}", command.label());
            assert!(!command.label().is_empty() && !command.tooltip().is_empty());
        }
    }

    #[test]
    fn menus_stand_together() {
        let mut menus: Vec<_> = Command::LISTED.iter().map(Command::menu).collect();
        menus.dedup();
        let different: HashSet<_> = menus.iter().collect();
        assert_eq!(menus.len(), different.len(), "a menu is split in two: {menus:?}");
    }

    #[test]
    fn keys_are_written_the_usual_way() {
        let check = |command: Command, expected| assert_eq!(command.shortcut().unwrap().to_string(), expected);
        check(Command::InsertTerm(9), "Ctrl+9");
        check(Command::Redo, "Ctrl+Shift+Z");
        check(Command::PreviousTerm, "Shift+F8");
        check(Command::NextUnit, "Alt+Down");
    }
}
