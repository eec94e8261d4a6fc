//! The glossary: the user's own above the one that comes with the program.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::pool::Report;
use super::{JobError, Outcome};
use crate::domain::{
    Concept, ConceptId, ImportPlan, Index, Layer, Layers, Listing, Match, Stratum, Termbase, Variation, search_key,
};
use crate::formats::Warning;
use crate::formats::glossary::{self, Options};
use crate::storage::termbase::{ChangeNumber, ChangeRecord, NewVersion, Rev, Store, Version};
use crate::storage::{StorageError, login};

/// The files of the glossary that comes with the program.
const STARTER: [&str; 5] = [
    include_str!("../../assets/glossary/people.tsv"),
    include_str!("../../assets/glossary/places.tsv"),
    include_str!("../../assets/glossary/organisations.tsv"),
    include_str!("../../assets/glossary/terms.tsv"),
    include_str!("../../assets/glossary/cldr.tsv"),
];

/// What finds or lists the concepts of the glossary. The jobs that read it and those that change it take turns, on
/// threads that nothing is drawn on.
#[derive(Debug, Default)]
pub struct Shared<T>(Arc<Mutex<T>>);

impl<T> Shared<T> {
    /// Shares something.
    pub fn new(value: T) -> Self {
        Self(Arc::new(Mutex::new(value)))
    }

    /// Waits for its turn. A fault in another job leaves at worst a concept that is not found.
    pub(super) fn lock(&self) -> MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// A termbase on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermbaseFile {
    /// What people call it.
    pub name: Arc<str>,
    /// Its file.
    pub path: PathBuf,
    /// Whether there need not be a file yet.
    pub may_be_missing: bool,
}

/// What the glossary consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlossaryFiles {
    /// The user's own termbase.
    pub own: TermbaseFile,
    /// Others, which are only read, those that count most first.
    pub below: Vec<TermbaseFile>,
    /// Whether the termbase that comes with the program stands below all of them.
    pub starter: bool,
}

/// The glossary as it was read.
#[derive(Debug)]
pub struct ReadGlossary {
    /// Where from.
    pub files: GlossaryFiles,
    /// Its concepts.
    pub layers: Layers,
    /// What finds them.
    pub index: Shared<Index>,
    /// What was wrong with the starter.
    pub warnings: Vec<Warning>,
    /// The termbases that are not in it, and why.
    pub refused: Vec<(TermbaseFile, JobError)>,
    /// How far each file was read, to notice what others write to it.
    pub marks: Marks,
}

/// How far files of termbases were read: [`Store::mark`] of each.
pub type Marks = HashMap<PathBuf, i64>;

/// What to write to the user's own glossary.
#[derive(Debug, Clone)]
pub enum GlossaryChange {
    /// Change concepts in one go.
    Edit {
        /// What it is, in words for people.
        what: String,
        /// The concepts.
        edits: Vec<ConceptEdit>,
    },
    /// Do what an import was planned to do.
    Import {
        /// What it is, in words for people.
        what: String,
        /// The plan.
        plan: Box<ImportPlan>,
    },
    /// Make a concept what it was.
    Restore {
        /// What it is, in words for people.
        what: String,
        /// When it was that.
        rev: Rev,
    },
    /// Take a change back.
    Undo(ChangeNumber),
}

/// What a concept is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConceptEdit {
    /// Which.
    pub id: ConceptId,
    /// What a termbase below the user's own says, where the concept comes from there: its first version.
    pub below: Option<Concept>,
    /// What it is to be, or `None` to delete it.
    pub after: Option<Concept>,
}

/// What was written to the user's own glossary.
#[derive(Debug, Default)]
pub struct WrittenGlossary {
    /// The change, by which it can be taken back; none where there was nothing to do.
    pub change: Option<ChangeNumber>,
    /// The versions that it made.
    pub versions: Vec<Version>,
    /// How many concepts were changed again since, and left as they are, when a change was taken back.
    pub kept: usize,
    /// How far the file is read with these versions.
    pub mark: i64,
}

/// A concept of which something else is to be found now.
#[derive(Debug)]
pub struct Reindexed {
    /// As it was.
    pub before: Option<Concept>,
    /// As it is, and which termbase says so.
    pub after: Option<(Concept, Layer)>,
}

/// Reads the termbases of a glossary. Those that cannot be read are left out, and the others work all the same.
pub(super) fn read(files: GlossaryFiles) -> Result<ReadGlossary, JobError> {
    let (mut marks, mut refused, mut below) = (Marks::new(), Vec::new(), Vec::new());
    let mut take = |file: &TermbaseFile, read: Result<(Stratum, i64), StorageError>| match read {
        Ok((stratum, mark)) => {
            marks.insert(file.path.clone(), mark);
            Some(stratum)
        }
        Err(error) => {
            refused.push((file.clone(), error.into()));
            None
        }
    };
    let own = take(&files.own, read_file(&files.own, |path| Store::open(path, ""))).unwrap_or_default();
    for file in &files.below {
        below.extend(take(file, read_file(file, Store::open_read_only)).map(Arc::new));
    }
    let mut warnings = Vec::new();
    if files.starter {
        let (termbase, of_starter) = starter()?;
        below.push(Arc::new(Stratum { name: "Starter".into(), termbase, ..Stratum::default() }));
        warnings = of_starter;
    }
    let layers = Layers::new(own, below);
    let index = Shared::new(Index::of(layers.concepts().map(|(concept, _)| concept)));
    Ok(ReadGlossary { files, layers, index, warnings, refused, marks })
}

fn read_file(
    file: &TermbaseFile,
    open: impl FnOnce(&Path) -> Result<Store, StorageError>,
) -> Result<(Stratum, i64), StorageError> {
    // Whoever adds nothing needs no file.
    if file.may_be_missing && !file.path.exists() {
        return Ok((Stratum { name: file.name.clone(), ..Stratum::default() }, 0));
    }
    let store = open(&file.path)?;
    // What comes between the two is noticed later, and read once more.
    let (mark, contents) = (store.mark()?, store.read()?);
    Ok((Stratum { name: file.name.clone(), termbase: contents.termbase, deleted: contents.deleted }, mark))
}

/// Whether somebody has written to one of the files since they were read.
pub(super) fn differs(marks: &Marks) -> bool {
    let now = |path: &Path| Store::open_read_only(path).and_then(|store| store.mark());
    marks.iter().any(|(path, mark)| path.exists() && now(path).is_ok_and(|now| now != *mark))
}

/// What a concept was; nothing for one that only the starter has.
pub(super) fn history(own: &Path, id: &ConceptId) -> Result<Vec<Version>, JobError> {
    if own.exists() { Ok(Store::open(own, "")?.history(id)?) } else { Ok(Vec::new()) }
}

/// What was changed, the last change first; nothing where nobody has changed anything.
pub(super) fn changes(own: &Path) -> Result<Vec<ChangeRecord>, JobError> {
    /// How many are read.
    const MOST: usize = 500;
    if own.exists() { Ok(Store::open(own, "")?.changes(MOST)?) } else { Ok(Vec::new()) }
}

/// Writes a change, all of it or nothing.
pub(super) fn write(own: &Path, change: GlossaryChange, report: &Report) -> Result<WrittenGlossary, JobError> {
    let mut store = Store::open(own, &login())?;
    let mut watch = |done| {
        report.send(Ok(Outcome::GlossaryProgress(done)));
        if report.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let mut kept = 0;
    let change = match change {
        GlossaryChange::Edit { what, edits } => Some(edit(&mut store, &what, edits)?),
        GlossaryChange::Import { what, plan } => store.import_watched(&what, *plan, &mut watch)?,
        GlossaryChange::Restore { what, rev } => Some(store.restore(&what, rev)?),
        GlossaryChange::Undo(change) => {
            let undone = store.undo_watched(change, &mut watch)?;
            kept = undone.kept.len();
            Some(undone.change)
        }
    };
    let versions = change.map(|change| store.written(change)).transpose()?.unwrap_or_default();
    Ok(WrittenGlossary { change, versions, kept, mark: store.mark()? })
}

/// Counts that a wording of a concept was chosen.
pub(super) fn count_use(
    own: &Path,
    listing: &Shared<Option<Listing>>,
    id: &ConceptId,
    english: &str,
) -> Result<(), JobError> {
    let uses = Store::open(own, &login())?.count_use(id, english)?;
    if let Some(listing) = &mut *listing.lock() {
        listing.set_uses(id, uses);
    }
    Ok(())
}

/// Writes edits as one change. What a termbase below says becomes the first version of a concept of it, so that its
/// history tells what it was.
fn edit(store: &mut Store, what: &str, edits: Vec<ConceptEdit>) -> Result<ChangeNumber, StorageError> {
    let mut versions = Vec::with_capacity(edits.len());
    for ConceptEdit { id, below, after } in edits {
        let heads = store.heads(&id)?;
        // An edit is one of the version that shows; a deletion ends them all.
        let meant = if after.is_some() { heads.last().into_iter().collect() } else { heads.iter().collect::<Vec<_>>() };
        let mut parents: Vec<Rev> = meant.into_iter().map(|head| head.rev).collect();
        if let Some(below) = below {
            let copy = NewVersion::new(id.clone(), std::mem::take(&mut parents), Some(below));
            parents.push(copy.rev);
            versions.push(copy);
        }
        versions.push(NewVersion::new(id, parents, after));
    }
    store.write(what, versions)
}

/// The concepts with a wording that is spelled like `arabic`, but for what folding evens out.
pub(super) fn same(index: &Index, arabic: &str) -> Vec<ConceptId> {
    let key = search_key(arabic);
    let whole = |found: &Match| found.clitic.is_none() && found.span.of(arabic).map(search_key).as_ref() == Some(&key);
    let mut found = index.alternatives(arabic);
    found.retain(|found| found.variation <= Variation::Folded && whole(found));
    found.into_iter().map(|found| found.concept).collect()
}

/// Lets concepts be found as they are now. The user's own count for more than all that there are, others for less.
pub(super) fn reindex(index: &mut Index, changes: &[Reindexed]) {
    for Reindexed { before, after } in changes {
        if let Some(before) = before {
            index.remove(before);
        }
        match after {
            Some((after, Layer::Own)) => index.insert_first(after),
            Some((after, Layer::Below(_))) => index.insert(after),
            None => (),
        }
    }
}

/// Lists concepts as they are now. After a change of many the listing is made anew when
/// somebody asks for it, which takes less time.
pub(super) fn relist(shared: &Shared<Option<Listing>>, changes: &[Reindexed]) {
    /// How many are taken over one by one.
    const FEW: usize = 50;
    let mut shared = shared.lock();
    // A fault halfway leaves none, rather than one that is half changed.
    let Some(mut listing) = shared.take().filter(|_| changes.len() <= FEW) else { return };
    for Reindexed { before, after } in changes {
        match (before, after) {
            (_, Some((after, layer))) => listing.put(after, *layer),
            (Some(before), None) => listing.remove(&before.id),
            (None, None) => (),
        }
    }
    *shared = Some(listing);
}

/// Reads every file into one termbase; a concept of a later file replaces one with the same id.
fn starter() -> Result<(Termbase, Vec<Warning>), JobError> {
    let mut termbase = Termbase::default();
    let mut warnings = Vec::new();
    for text in STARTER {
        let reading = glossary::read(text.as_bytes(), Options::default()).map_err(JobError::Glossary)?;
        termbase.extend(reading.termbase);
        warnings.extend(reading.warnings);
    }
    Ok((termbase, warnings))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::domain::{ConceptKind, Index, duplicates};
    use crate::text::fold;

    #[test]
    fn the_starter_glossary_is_whole() {
        let (termbase, warnings) = starter().unwrap();
        assert!(warnings.is_empty(), "{warnings:?}");
        assert!(termbase.concepts().len() >= 9_500);
        let rows = STARTER.iter().flat_map(|file| file.lines().skip(1));
        let rows = rows.filter(|row| !row.is_empty() && !row.starts_with('#')).count();
        assert_eq!(termbase.concepts().len(), rows, "two rows are one concept");
        let mut kinds = STARTER.iter().flat_map(|file| file.lines()).filter_map(|row| row.split('\t').nth(2));
        assert!(kinds.all(|kind| !kind.is_empty()), "a row without a kind");
        assert_eq!(duplicates(&termbase), Vec::<Vec<ConceptId>>::new(), "one wording stands for two of a kind");
        assert!(termbase.concepts().iter().all(|concept| !concept.arabic.is_empty() && !concept.english.is_empty()));
    }

    #[test]
    fn what_is_generated_adds_to_what_is_written_by_hand() {
        let read = |text: &&str| glossary::read(text.as_bytes(), Options::default()).unwrap().termbase;
        let (generated, by_hand) = STARTER.split_last().unwrap();
        let wordings = |termbase: &Termbase| -> Vec<String> {
            let arabic = termbase.concepts().iter().flat_map(|concept| &concept.arabic);
            arabic.map(|term| fold(&term.text).as_str().to_owned()).collect()
        };
        let mut seen: HashSet<String> = by_hand.iter().map(read).flat_map(|termbase| wordings(&termbase)).collect();
        let generated = read(generated);
        for wording in wordings(&generated) {
            assert!(seen.insert(wording.clone()), "{wording}");
        }
        let of_kind = |kind| generated.concepts().iter().filter(|concept| concept.kind == kind).count();
        assert!(of_kind(ConceptKind::Place) >= 60 && of_kind(ConceptKind::Term) >= 500);
    }

    #[test]
    fn names_and_terms_of_the_news_are_found_as_they_are_printed() {
        let index = Index::new(&starter().unwrap().0);
        let cases = [
            ("وزير الدفاع الأمريكي، جيمس ماتيس،", 2),
            ("نظام (بشار) الأسد", 1),
            ("مبعوث الأمم المتحدة ستيفان ديمستورا", 2),
            ("فاليري غيراسيموف مع نظيره جوزيف دانفورد", 2),
            ("ومستشار الأمن القومي جون بولتون", 2),
            ("في اجتماع لـ«حلف شمال الأطلسي» (ناتو) في بروكسل", 3),
            ("قوات سوريا الديمقراطية ضد تنظيم داعش", 2),
            ("مناطق تخفيف التوتر في محادثات أستانة", 2),
            ("غارات جوية على الرقة وديرالزور", 3),
            ("بقرار من مجلس الأمن", 1),
        ];
        for (text, least) in cases {
            let found = index.recognise(text);
            assert!(found.len() >= least, "{text}: {found:?}");
        }
    }
}
