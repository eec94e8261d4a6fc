//! Every kind of background work, and what can come of it.

use std::any::Any;
use std::path::PathBuf;
use std::sync::{Arc, Weak};

use thiserror::Error;

use super::browse::{Browsed, Search, browse};
use super::export::{ExportFormat, Exported, export};
use super::glossary::{self, GlossaryChange, GlossaryFiles, Marks, ReadGlossary, Reindexed, Shared, WrittenGlossary};
use super::open::{Came, Decoding, Opened, Original, Preview, Source, open_source, preview, reread};
use super::pool::Report;
use super::recover;
use super::sentences::{Fault, SentenceRules, sentence_rules};
use super::transfer::{self, ExportedGlossary, GlossaryFile, ReadAs, Selection};
use crate::domain::{ConceptId, ImportPlan, Index, Layers, Listing, Match, Origin, Policy, Project, Unit, UnitId};
use crate::formats::glossary::GlossaryFormat;
use crate::formats::{FormatError, Warning, journal, xliff};
use crate::storage::files::{self, Stamp};
use crate::storage::fonts;
use crate::storage::recovery::{Belongs, Recovery};
use crate::storage::settings::{self, Settings};
use crate::storage::termbase::{self, ChangeRecord, Version};
use crate::storage::web::{Reach, WebError};
use crate::storage::{Folders, StorageError};

/// Work to do, with all that it needs.
#[derive(Debug)]
pub enum Job {
    /// Read an article or a working file.
    ///
    /// Reports [`Outcome::Progress`] until a page on the web is there.
    Open {
        /// Where it can be had from.
        source: Source,
        /// Whether addresses of this computer and its own network may be reached.
        allow_private: bool,
    },
    /// Find out how an article begins in each encoding that it may be in.
    Preview(Arc<Original>),
    /// Read an article once more, in another way.
    Reread {
        /// Its bytes.
        original: Arc<Original>,
        /// Where the source text came from.
        origin: Origin,
        /// Where the article came from.
        came: Came,
        /// The other way to read them.
        decoding: Decoding,
    },
    /// Write the working file.
    Save {
        /// The project as it was when it was asked for.
        project: Project,
        /// Where to.
        path: PathBuf,
        /// What may be there already.
        replaces: Replaces,
    },
    /// Write the translated units for other programs.
    Export {
        /// The project as it was when it was asked for.
        project: Project,
        /// What to write.
        format: ExportFormat,
        /// Where to; some formats make several files of it.
        path: PathBuf,
        /// The files that may be replaced.
        agreed: Vec<PathBuf>,
    },
    /// Read the glossary.
    ReadGlossary(GlossaryFiles),
    /// Find out whether somebody else has written to a termbase of the glossary.
    CheckGlossary(Marks),
    /// Write to the user's own glossary. Reports [`Outcome::GlossaryProgress`] and writes nothing when it is cancelled.
    ChangeGlossary {
        /// Its file.
        own: PathBuf,
        /// What to write.
        change: GlossaryChange,
    },
    /// Count in the user's own glossary that a wording was chosen.
    CountUse {
        /// Its file.
        own: PathBuf,
        /// What lists concepts.
        listing: Shared<Option<Listing>>,
        /// The concept.
        id: ConceptId,
        /// The wording.
        english: String,
    },
    /// Give the user's own glossary another name, since it cannot be read.
    SetGlossaryAside {
        /// Its file.
        own: PathBuf,
    },
    /// Find the concepts that are called just like this, however it is spelled.
    FindSame {
        /// What finds concepts.
        index: Shared<Index>,
        /// In Arabic.
        arabic: String,
    },
    /// Find everything that a text may speak of, also what overlaps.
    FindAlternatives {
        /// What finds concepts.
        index: Shared<Index>,
        /// The text.
        text: Arc<str>,
        /// Whether plurals are guessed.
        guesses: bool,
    },
    /// Look through the glossary.
    Browse {
        /// The file of the user's own, if that can be read.
        own: Option<PathBuf>,
        /// All of it, as long as it is what the session has: keeping it would make every change copy it.
        layers: Weak<Layers>,
        /// What lists it, made here the first time.
        listing: Shared<Option<Listing>>,
        /// What to show.
        search: Search,
    },
    /// Read what a concept was.
    ReadHistory {
        /// The file of the user's own glossary.
        own: PathBuf,
        /// The concept.
        id: ConceptId,
    },
    /// Read what was changed in the user's own glossary.
    ReadChanges {
        /// Its file.
        own: PathBuf,
    },
    /// Read a file that is to be imported into the glossary.
    ReadGlossaryFile(PathBuf),
    /// Read it once more, as a person says.
    RereadGlossaryFile {
        /// The file.
        file: Arc<GlossaryFile>,
        /// What a person says about it.
        read_as: ReadAs,
    },
    /// Work out what an import would do.
    PlanImport {
        /// The file.
        file: Arc<GlossaryFile>,
        /// The glossary as it is.
        layers: Arc<Layers>,
        /// What to do with concepts that are there already.
        policy: Policy,
    },
    /// Write concepts of the glossary to a file.
    ExportGlossary {
        /// The glossary as it is.
        layers: Arc<Layers>,
        /// Which of its concepts.
        selection: Selection,
        /// What to write.
        format: GlossaryFormat,
        /// Where to.
        path: PathBuf,
        /// Whether a file of that name may be replaced.
        replaces: bool,
    },
    /// Let go of something large where nobody waits for it.
    Forget(Box<dyn Any + Send>),
    /// Let what was changed in the glossary be found, and what was there before no longer.
    UpdateIndex {
        /// What finds concepts.
        index: Shared<Index>,
        /// What changed.
        changes: Arc<[Reindexed]>,
    },
    /// Let what was changed in the glossary be listed.
    UpdateListing {
        /// What lists concepts.
        listing: Shared<Option<Listing>>,
        /// What changed.
        changes: Arc<[Reindexed]>,
    },
    /// Read the rules for sentences: this file, or where there is none, those that come with the program.
    ReadSentenceRules(PathBuf),
    /// Find what texts speak of. Reports [`Outcome::Recognised`] many times, in the order of the texts.
    Recognise {
        /// What can be found.
        index: Shared<Index>,
        /// The texts.
        units: Vec<(UnitId, Arc<str>)>,
    },
    /// Keep a first copy of unsaved work.
    StartRecovery {
        /// The folder of recoveries.
        folder: PathBuf,
        /// Whose work it is.
        belongs: Belongs,
        /// The project as it is.
        project: Project,
        /// An older recovery of the same work, to be discarded once the new one is safe.
        replaces: Option<Arc<Recovery>>,
    },
    /// Add changed units to the copy of unsaved work.
    Journal {
        /// The copy.
        recovery: Arc<Recovery>,
        /// The units as they are now.
        units: Vec<Unit>,
    },
    /// Remove the copy of work that is saved or not wanted.
    DiscardRecovery(Arc<Recovery>),
    /// Look for unsaved work whose program has died.
    FindRecoveries(Folders),
    /// Read unsaved work.
    Restore(Arc<Recovery>),
    /// Look for fonts of the system that have these characters.
    FindFonts(Vec<char>),
    /// Write the settings.
    SaveSettings {
        /// Where to.
        path: PathBuf,
        /// The settings.
        settings: Settings,
    },
}

/// What a save may take the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaces {
    /// Any file: a person agreed to it.
    Anything,
    /// A file that is as it was last seen.
    Known(Stamp),
    /// No file: nobody was asked about one of that name.
    Nothing,
}

/// What came of a [`Job`]: a variant for each kind of job.
#[derive(Debug)]
pub enum Outcome {
    /// The article was read.
    Opened(Opened),
    /// How the article begins in each encoding.
    Previews(Vec<Preview>),
    /// The article as it is in another encoding.
    Reread(Opened),
    /// Some of the page has arrived; more comes.
    Progress {
        /// The bytes that are here.
        done: u64,
        /// All of its bytes, if the server has told.
        total: Option<u64>,
    },
    /// There are others behind the source, none of them read yet.
    Several {
        /// Those that there are, in order.
        sources: Vec<Source>,
        /// Whether there are more.
        cut_short: bool,
    },
    /// The working file was written.
    Saved {
        /// The file as it is now.
        stamp: Option<Stamp>,
    },
    /// Other files were written.
    Exported(Exported),
    /// The glossary was read.
    Glossary(Box<ReadGlossary>),
    /// Whether the glossary is not any more what was read.
    GlossaryChecked {
        /// Whether it is to be read again.
        differs: bool,
    },
    /// The user's own glossary was written to.
    GlossaryChanged(WrittenGlossary),
    /// A part of a change of the user's own glossary is done, from 0 to 1; more comes.
    GlossaryProgress(f32),
    /// The file that is to be imported, as far as it makes sense.
    GlossaryFileRead(GlossaryFile),
    /// What an import would do.
    ImportPlanned(ImportPlan),
    /// Concepts were written to a file.
    GlossaryExported(ExportedGlossary),
    /// Nobody wants to know any more.
    Dropped,
    /// The choice was counted.
    UseCounted,
    /// The user's own glossary has this name now.
    GlossarySetAside(PathBuf),
    /// What fits, in order.
    Browsed(Browsed),
    /// The versions of a concept, the last one first.
    History(Vec<Version>),
    /// What was changed in the glossary, the last change first.
    Changes(Vec<ChangeRecord>),
    /// What a text may speak of, in order of place and the best first.
    Alternatives(Vec<Match>),
    /// The concepts that are called like that, the one that counts most first.
    Same(Vec<ConceptId>),
    /// What was changed in the glossary is found.
    IndexUpdated,
    /// What was changed in the glossary is listed.
    ListingUpdated,
    /// The rules for sentences were read.
    SentenceRules(Box<SentenceRules>),
    /// Some of the texts were read; more come until `finished`.
    Recognised {
        /// What each of them speaks of, in order of place.
        matches: Vec<(UnitId, Vec<Match>)>,
        /// Whether these were the last.
        finished: bool,
    },
    /// The first copy of unsaved work is on the disk.
    RecoveryStarted(Arc<Recovery>),
    /// The changed units are on the disk.
    Journalled,
    /// The copy is gone.
    RecoveryDiscarded,
    /// Unsaved work whose program has died, the newest first. It belongs to this program now.
    Recoveries(Vec<Recovery>),
    /// The unsaved work was read.
    Restored {
        /// The project with all of its changes.
        project: Project,
        /// Damage that could be passed over.
        warnings: Vec<Warning>,
    },
    /// Font files that have some of the characters.
    Fonts(Vec<Vec<u8>>),
    /// The settings were written.
    SettingsSaved,
}

/// Why a job came to nothing.
#[derive(Debug, Error)]
pub enum JobError {
    /// A file could not be read or written.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A page could not be fetched.
    #[error(transparent)]
    Web(#[from] WebError),
    /// A page makes no sense.
    #[error("cannot read {address}: {source}")]
    PageFormat {
        /// Its address.
        address: String,
        /// What is wrong with it, and where.
        source: FormatError,
    },
    /// A page has no text.
    #[error("there is no text in {address}")]
    EmptyPage {
        /// Its address.
        address: String,
    },
    /// A file makes no sense.
    #[error("cannot read {}: {source}", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, and where.
        source: FormatError,
    },
    /// A file has no text.
    #[error("there is no text in {}", path.display())]
    NoText {
        /// The file.
        path: PathBuf,
    },
    /// The bytes of an article make no sense in an encoding.
    #[error("cannot read it as {encoding}: {source}")]
    Encoding {
        /// The encoding.
        encoding: &'static str,
        /// What is wrong, and where.
        source: FormatError,
    },
    /// There is no text in an article in an encoding.
    #[error("there is no text in {encoding}")]
    NothingInEncoding {
        /// The encoding.
        encoding: &'static str,
    },
    /// What was copied makes no sense.
    #[error("cannot read what was copied: {0}")]
    Copied(#[source] FormatError),
    /// Somebody else has written to the file. Nothing was written.
    #[error("{} has changed on the disk", path.display())]
    ChangedOnDisk {
        /// The file.
        path: PathBuf,
    },
    /// A file stands where one is to be written. Nothing was written.
    #[error("{} exists", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The glossary that comes with the program makes no sense.
    #[error("cannot read the glossary: {0}")]
    Glossary(FormatError),
    /// The rules for sentences make no sense.
    #[error("cannot read {}, {fault}", path.display())]
    SentenceRules {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, and where.
        fault: Fault,
    },
    /// The work hit a fault in the program.
    #[error("a fault in the program: {0}")]
    Panicked(String),
}

/// Texts to recognise before the first outcome, and between outcomes: a screenful comes at once, and a long
/// article costs few wake-ups.
const RECOGNISED_FIRST: usize = 32;
const RECOGNISED_AT_ONCE: usize = 512;

impl Job {
    /// Whether it must wait for the one before it: whatever writes the user's work or settings.
    pub fn keeps_order(&self) -> bool {
        matches!(
            self,
            Self::Save { .. }
                | Self::StartRecovery { .. }
                | Self::Journal { .. }
                | Self::DiscardRecovery(_)
                | Self::SaveSettings { .. }
                | Self::ChangeGlossary { .. }
                | Self::CountUse { .. }
                | Self::SetGlossaryAside { .. }
        )
    }

    /// Whether a slow server, or the program that something was copied in, may keep it waiting.
    pub(super) fn waits_for_network(&self) -> bool {
        matches!(self, Self::Open { source: Source::Address(_) | Source::Clipboard, .. })
    }

    /// Does it. Only the last outcome is returned.
    pub(super) fn run(self, report: &Report) -> Result<Outcome, JobError> {
        match self {
            Self::Open { source, allow_private } => open_source(source, Reach::allowing(allow_private), report),
            Self::Preview(original) => Ok(Outcome::Previews(preview(&original))),
            Self::Reread { original, origin, came, decoding } => reread(&original, origin, came, decoding),
            Self::Save { project, path, replaces } => save(&project, path, replaces),
            Self::Export { project, format, path, agreed } => {
                export(&project, format, &path, &agreed).map(Outcome::Exported)
            }
            Self::ReadGlossary(files) => glossary::read(files).map(Box::new).map(Outcome::Glossary),
            Self::CheckGlossary(marks) => Ok(Outcome::GlossaryChecked { differs: glossary::differs(&marks) }),
            Self::ChangeGlossary { own, change } => glossary::write(&own, change, report).map(Outcome::GlossaryChanged),
            Self::CountUse { own, listing, id, english } => {
                glossary::count_use(&own, &listing, &id, &english).map(|()| Outcome::UseCounted)
            }
            Self::SetGlossaryAside { own } => Ok(Outcome::GlossarySetAside(termbase::set_aside(&own)?)),
            Self::FindAlternatives { index, text, guesses } => {
                let index = index.lock();
                let recogniser = index.recogniser();
                let mut recogniser = if guesses { recogniser.guessing_plurals() } else { recogniser };
                Ok(Outcome::Alternatives(recogniser.alternatives(&text)))
            }
            // Whoever types has asked for something else by now.
            Self::Browse { .. } if report.is_cancelled() => Ok(Outcome::Browsed(Browsed::default())),
            Self::Browse { own, layers, listing, search } => {
                browse(own.as_deref(), &layers, &mut listing.lock(), search, report).map(Outcome::Browsed)
            }
            Self::ReadHistory { own, id } => glossary::history(&own, &id).map(Outcome::History),
            Self::ReadChanges { own } => glossary::changes(&own).map(Outcome::Changes),
            Self::FindSame { index, arabic } => Ok(Outcome::Same(glossary::same(&index.lock(), &arabic))),
            Self::ReadGlossaryFile(path) => {
                Ok(transfer::read(path, report)?.map_or(Outcome::Dropped, Outcome::GlossaryFileRead))
            }
            Self::RereadGlossaryFile { file, read_as } => {
                Ok(transfer::reread(&file, read_as, report).map_or(Outcome::Dropped, Outcome::GlossaryFileRead))
            }
            Self::PlanImport { file, layers, policy } => {
                Ok(transfer::plan(&file, &layers, policy, report).map_or(Outcome::Dropped, Outcome::ImportPlanned))
            }
            Self::ExportGlossary { layers, selection, format, path, replaces } => {
                transfer::export(&layers, &selection, format, &path, replaces).map(Outcome::GlossaryExported)
            }
            Self::Forget(large) => {
                drop(large);
                Ok(Outcome::Dropped)
            }
            Self::UpdateIndex { index, changes } => {
                glossary::reindex(&mut index.lock(), &changes);
                Ok(Outcome::IndexUpdated)
            }
            Self::UpdateListing { listing, changes } => {
                glossary::relist(&listing, &changes);
                Ok(Outcome::ListingUpdated)
            }
            Self::ReadSentenceRules(own) => sentence_rules(&own).map(Box::new).map(Outcome::SentenceRules),
            Self::Recognise { index, units } => Ok(recognise(&index.lock(), &units, report)),
            Self::StartRecovery { folder, belongs, project, replaces } => {
                let recovery = Recovery::start(&folder, belongs, xliff::write(&project).as_bytes())?;
                if let Some(error) = replaces.and_then(|old| old.discard().err()) {
                    // The work is safe all the same; what stays would be offered once more.
                    tracing::warn!("an outdated recovery stays: {error}");
                }
                Ok(Outcome::RecoveryStarted(Arc::new(recovery)))
            }
            Self::Journal { recovery, units } => {
                recovery.append(&units.iter().map(journal::encode).collect::<String>())?;
                Ok(Outcome::Journalled)
            }
            Self::DiscardRecovery(recovery) => {
                recovery.discard()?;
                Ok(Outcome::RecoveryDiscarded)
            }
            Self::FindRecoveries(folders) => Ok(Outcome::Recoveries(recover::find(&folders.recovery())?)),
            Self::Restore(recovery) => {
                let (project, warnings) = recover::restore(&recovery)?;
                Ok(Outcome::Restored { project, warnings })
            }
            Self::FindFonts(characters) => Ok(Outcome::Fonts(fonts::covering(&characters))),
            Self::SaveSettings { path, settings } => {
                settings::save(&path, &settings)?;
                Ok(Outcome::SettingsSaved)
            }
        }
    }
}

fn save(project: &Project, path: PathBuf, replaces: Replaces) -> Result<Outcome, JobError> {
    match (replaces, files::stamp(&path)?) {
        (Replaces::Known(known), Some(found)) if known != found => return Err(JobError::ChangedOnDisk { path }),
        (Replaces::Nothing, Some(_)) => return Err(JobError::Exists { path }),
        _ => (),
    }
    files::write_atomic(&path, xliff::write(project).as_bytes())?;
    Ok(Outcome::Saved { stamp: files::stamp(&path)? })
}

fn recognise(index: &Index, units: &[(UnitId, Arc<str>)], report: &Report) -> Outcome {
    let (first, others) = units.split_at(RECOGNISED_FIRST.min(units.len()));
    let mut chunks = std::iter::once(first).chain(others.chunks(RECOGNISED_AT_ONCE)).peekable();
    let mut recogniser = index.recogniser();
    while let Some(chunk) = chunks.next() {
        let matches = chunk.iter().map(|(unit, text)| (*unit, recogniser.recognise(text))).collect();
        let finished = chunks.peek().is_none() || report.is_cancelled();
        let outcome = Outcome::Recognised { matches, finished };
        if finished {
            return outcome;
        }
        report.send(Ok(outcome));
    }
    Outcome::Recognised { matches: Vec::new(), finished: true }
}
