//! What commands and menus are called.

use super::{Command, Menu};
use crate::domain::State;
use crate::storage::settings::Theme;

const INSERT_TERM: [&str; 9] = [
    "Insert term 1",
    "Insert term 2",
    "Insert term 3",
    "Insert term 4",
    "Insert term 5",
    "Insert term 6",
    "Insert term 7",
    "Insert term 8",
    "Insert term 9",
];

impl Menu {
    /// Its title.
    pub fn label(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Go => "Go",
            Self::Unit => "Paragraph",
            Self::Terms => "Terms",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

impl Command {
    /// Its words on a button or in a menu. "…" asks for more before anything happens.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Open => "Open…",
            Self::OpenFolder => "Open a folder…",
            Self::OpenThese(_) => "Open",
            Self::OpenPageAsIs => "Open the page as it is",
            Self::ShowEncodings => "Read in another encoding…",
            Self::ReadAs(_) => "Read in this encoding",
            Self::OpenAddress => "Open a web address…",
            Self::TogglePrivateAddresses => "Allow addresses of this computer and its own network",
            Self::OpenClipboard => "Open from the clipboard",
            Self::OpenSample => "Open the sample article",
            Self::OpenNext => "Open the next article",
            Self::ShowQueue => "Articles that wait…",
            Self::Unqueue(_) => "Remove",
            Self::ClearQueue => "Clear the list",
            Self::Save | Self::SaveFirst | Self::SaveTerm(_) => "Save",
            Self::SaveAs => "Save as…",
            Self::SaveTo(_) => "Save here",
            Self::Export => "Export…",
            Self::ExportTo { .. } => "Export here",
            Self::Close => "Close the article",
            Self::Quit => "Quit",
            Self::DropChanges => "Don’t save",
            Self::Overwrite => "Replace",
            Self::CloseSheet => "Cancel",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::EditTarget { .. } => "Write",
            Self::CopySource => "Insert the Arabic",
            Self::Select { .. } => "Go to a paragraph",
            Self::NextUnit => "Next paragraph",
            Self::PreviousUnit => "Previous paragraph",
            Self::FirstUnit => "First paragraph",
            Self::LastUnit => "Last paragraph",
            Self::NextUntranslated => "Next unconfirmed paragraph",
            Self::Confirm => "Confirm and go on",
            Self::SetState(State::Initial) => "Mark as a draft",
            Self::SetState(State::Translated) => "Mark as translated",
            Self::SetState(State::Reviewed) => "Mark as reviewed",
            Self::SetState(State::Final) => "Mark as final",
            Self::ToggleIncluded => "Leave out or bring back",
            Self::ToggleRepaired => "Paragraph repaired or as opened",
            Self::ToggleAllRepaired => "Article repaired or as opened",
            Self::Unscramble => "Repair what was decoded wrongly",
            Self::ToggleFold => "Show or fold page furniture",
            Self::Unfold(_) => "Show these lines",
            Self::InsertTerm(number) => {
                INSERT_TERM.get(usize::from(*number).wrapping_sub(1)).copied().unwrap_or("Insert a term")
            }
            Self::InsertFocused => "Insert the term in focus",
            Self::InsertTranslation { .. } => "Insert this wording",
            Self::NextTerm => "Next term",
            Self::PreviousTerm => "Previous term",
            Self::SelectSource(_) => "Select in the Arabic",
            Self::AddTerm => "Add to the glossary…",
            Self::FindSame(_) => "Look it up",
            Self::ShowGlossary => "Glossary…",
            Self::Browse(_) => "Search the glossary",
            Self::ReadHistory(_) => "Show its history",
            Self::RestoreConcept(_) => "Go back to this",
            Self::MergeConcepts(_) => "Merge",
            Self::EditConcepts(_) => "Change the glossary",
            Self::DeleteConcepts(_) => "Delete",
            Self::ReadGlossary => "Read the glossary again",
            Self::SetGlossaryAside => "Rename it and begin a new one",
            Self::UndoGlossary => "Undo the change of the glossary",
            Self::ToggleTheme => "Light, dark or system theme",
            Self::SetTheme(Theme::System) => "Theme of the system",
            Self::SetTheme(Theme::Light) => "Light theme",
            Self::SetTheme(Theme::Dark) => "Dark theme",
            Self::ZoomIn => "Larger",
            Self::ZoomOut => "Smaller",
            Self::ZoomReset => "Normal size",
            Self::SwapPanes => "Swap the columns",
            Self::ToggleSentences => "Mark sentences",
            Self::KeepWindow(_) => "Keep the window’s size",
            Self::ShowShortcuts => "Keys…",
            Self::DismissNotice => "Dismiss the message",
            Self::RestoreRecovery => "Bring unsaved work back",
            Self::DiscardRecovery => "Delete unsaved work",
            Self::CancelWork => "Stop the background work",
        }
    }

    /// What it does, for whoever hovers over it.
    pub fn tooltip(&self) -> &'static str {
        match self {
            Self::Open => "Open Arabic articles or working files",
            Self::OpenFolder => "Open the files of a folder, one after the other",
            Self::OpenThese(_) => "Open this",
            Self::OpenPageAsIs => "Open all the words of the page, although it is not one article",
            Self::ShowEncodings => "Choose how the bytes of the article become letters, when they are the wrong ones",
            Self::ReadAs(_) => "Read the article in this encoding; what is translated stays",
            Self::OpenAddress => "Fetch a page from the web and open it",
            Self::TogglePrivateAddresses => {
                "For pages of a newsroom’s own servers. Others could lure you to such an address to learn about them"
            }
            Self::OpenClipboard => "Open the article, or the address of one, that was copied",
            Self::OpenSample => "Open an article that comes with the program, to try things out",
            Self::OpenNext => "Open the next of the articles that wait",
            Self::ShowQueue => "Show the articles that wait to be opened",
            Self::Unqueue(_) => "Take this article from the list; its file stays where it is",
            Self::ClearQueue => "Take all articles from the list; their files stay where they are",
            Self::Save | Self::SaveFirst => "Save the article and its translation as a bilingual file (XLIFF)",
            Self::SaveAs => "Save to another file and go on with that one",
            Self::SaveTo(_) => "Save to this file and go on with it",
            Self::Export | Self::ExportTo { .. } => "Write what is translated for other programs",
            Self::Close => "Close the article and keep the program open",
            Self::Quit => "Close the program",
            Self::DropChanges => "Go on and lose what has changed since it was last saved",
            Self::Overwrite => "Replace what is in the file",
            Self::CloseSheet => "Leave everything as it is",
            Self::Undo => "Take the last step back and go to where it happened",
            Self::Redo => "Do again what was undone",
            Self::EditTarget { .. } => "Write in the translation",
            Self::CopySource => "Insert the Arabic of this paragraph into its translation",
            Self::Select { .. } => "Go to this paragraph",
            Self::NextUnit => "Go to the paragraph below",
            Self::PreviousUnit => "Go to the paragraph above",
            Self::FirstUnit => "Go to the headline",
            Self::LastUnit => "Go to the end",
            Self::NextUntranslated => "Go to the next paragraph of the article that is not confirmed",
            Self::Confirm => "Mark this paragraph as translated and go to the next one of the article",
            Self::SetState(State::Initial) => "Not translated yet, or written and not confirmed",
            Self::SetState(State::Translated) => "Confirmed by its translator",
            Self::SetState(State::Reviewed) => "Read by a second person",
            Self::SetState(State::Final) => "Ready to publish",
            Self::ToggleIncluded => "Take a paragraph that is not part of the article out of it, or bring it back",
            Self::ToggleRepaired => {
                "Show the Arabic of this paragraph with its blanks and letters repaired, or as it was opened"
            }
            Self::ToggleAllRepaired => "Show the Arabic with its blanks and letters repaired, or as it was opened",
            Self::Unscramble => "Undo the wrong decoding that the text went through before it was saved",
            Self::ToggleFold => "Show the menus and links that the page put around the article, or fold them again",
            Self::Unfold(_) => "Show what the page put here beside the article",
            Self::InsertTerm(_) => "Insert the English of the term with this number",
            Self::InsertFocused => "Insert the English of the term in focus and look at the next one",
            Self::InsertTranslation { .. } => "Insert this wording at the caret",
            Self::NextTerm => "Show the translation of the next term in this paragraph",
            Self::PreviousTerm => "Show the translation of the term before in this paragraph",
            Self::SelectSource(_) => "Select this in the Arabic",
            Self::AddTerm => "Write the English of what is selected in the Arabic, or of the word at the caret there",
            Self::FindSame(_) => "Look for what the glossary has under this name",
            Self::SaveTerm(_) => "Save this term in your own glossary",
            Self::ShowGlossary => "Search the glossary, change it and look after it",
            Self::Browse(_) => "Show what fits of the glossary",
            Self::ReadHistory(_) => "Show who changed this concept, and when",
            Self::RestoreConcept(_) => "Make the concept what it was then",
            Self::MergeConcepts(_) => "Make one concept of these, with all of their wordings; this can be undone",
            Self::EditConcepts(_) => "Change these concepts in your own glossary",
            Self::DeleteConcepts(_) => "Take these concepts out of the glossary; this can be undone",
            Self::ReadGlossary => "Read your own glossary once more",
            Self::SetGlossaryAside => {
                "Keep the file that cannot be read under another name, and begin an empty glossary"
            }
            Self::UndoGlossary => "Make the glossary as it was before its last change",
            Self::ToggleTheme => "Change between the system’s theme, light and dark",
            Self::SetTheme(_) => "Use this theme",
            Self::ZoomIn => "Make everything larger",
            Self::ZoomOut => "Make everything smaller",
            Self::ZoomReset => "Show everything at its normal size",
            Self::SwapPanes => "Put the Arabic on the other side",
            Self::ToggleSentences => "Show where each sentence ends, or no longer",
            Self::KeepWindow(_) => "Start with a window of this size next time",
            Self::ShowShortcuts => "Show every key",
            Self::DismissNotice => "Take the newest message away",
            Self::RestoreRecovery => "Open the work that was not saved when the program ended",
            Self::DiscardRecovery => "Delete the work that was not saved when the program ended",
            Self::CancelWork => "Stop what is going on in the background",
        }
    }
}
