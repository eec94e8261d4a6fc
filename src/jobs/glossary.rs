//! The glossary: the user's own above the one that comes with the program.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::JobError;
use crate::domain::{
    Concept, ConceptId, ImportPlan, Index, Layer, Layers, Listing, Match, Termbase, Variation, search_key,
};
use crate::formats::Warning;
use crate::formats::glossary::{self, Options};
use crate::storage::termbase::{ChangeNumber, Contents, NewVersion, Rev, Store, Version};
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

/// The glossary as it was read.
#[derive(Debug)]
pub struct ReadGlossary {
    /// Its concepts.
    pub layers: Layers,
    /// What finds them.
    pub index: Shared<Index>,
    /// What was wrong with the starter.
    pub warnings: Vec<Warning>,
    /// Why the user's own is not in it, if it is not.
    pub refused: Option<JobError>,
}

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
    /// What the glossary below the user's own says, where the concept comes from there: its first version.
    pub starter: Option<Concept>,
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
}

/// A concept of the user's own of which something else is to be found now.
#[derive(Debug)]
pub struct Reindexed {
    /// As it was.
    pub before: Option<Concept>,
    /// As it is.
    pub after: Option<Concept>,
}

/// Reads the starter, and what is at `own` above it. Where that cannot be read the starter works all the same.
pub(super) fn read(own: &Path) -> Result<ReadGlossary, JobError> {
    let (starter, warnings) = starter()?;
    let (contents, refused) = match read_own(own) {
        Ok(contents) => (contents, None),
        Err(error) => (Contents::default(), Some(error.into())),
    };
    let layers = Layers::new(contents.termbase, contents.deleted, Arc::new(starter));
    let index = Shared::new(Index::of(layers.concepts()));
    Ok(ReadGlossary { layers, index, warnings, refused })
}

fn read_own(own: &Path) -> Result<Contents, StorageError> {
    // Whoever adds nothing needs no file.
    if own.exists() { Store::open(own, "")?.read() } else { Ok(Contents::default()) }
}

/// What a concept was; nothing for one that only the starter has.
pub(super) fn history(own: &Path, id: &ConceptId) -> Result<Vec<Version>, JobError> {
    if own.exists() { Ok(Store::open(own, "")?.history(id)?) } else { Ok(Vec::new()) }
}

/// Writes a change, all of it or nothing.
pub(super) fn write(own: &Path, change: GlossaryChange) -> Result<WrittenGlossary, JobError> {
    let mut store = Store::open(own, &login())?;
    let mut kept = 0;
    let change = match change {
        GlossaryChange::Edit { what, edits } => Some(edit(&mut store, &what, edits)?),
        GlossaryChange::Import { what, plan } => store.import(&what, *plan)?,
        GlossaryChange::Restore { what, rev } => Some(store.restore(&what, rev)?),
        GlossaryChange::Undo(change) => {
            let undone = store.undo(change)?;
            kept = undone.kept.len();
            Some(undone.change)
        }
    };
    let versions = change.map(|change| store.written(change)).transpose()?.unwrap_or_default();
    Ok(WrittenGlossary { change, versions, kept })
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

/// Writes edits as one change. What the starter says becomes the first version of a concept of it, so that whoever
/// takes the change back has that again.
fn edit(store: &mut Store, what: &str, edits: Vec<ConceptEdit>) -> Result<ChangeNumber, StorageError> {
    let mut versions = Vec::with_capacity(edits.len());
    let mut first = Vec::new();
    for ConceptEdit { id, starter, after } in edits {
        let heads = store.heads(&id)?;
        // An edit is one of the version that shows; a deletion ends them all.
        let meant = if after.is_some() { heads.last().into_iter().collect() } else { heads.iter().collect::<Vec<_>>() };
        let parents: Vec<Rev> = meant.into_iter().map(|head| head.rev).collect();
        first.extend(starter.filter(|_| parents.is_empty()));
        versions.push(NewVersion { id, parents, concept: after });
    }
    if !first.is_empty() {
        store.put_all("copy from the starter glossary", first)?;
        for version in versions.iter_mut().filter(|version| version.parents.is_empty()) {
            version.parents = store.heads(&version.id)?.iter().map(|head| head.rev).collect();
        }
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

/// Lets concepts be found as they are now. The user's own count for more than all that there are.
pub(super) fn reindex(index: &mut Index, changes: &[Reindexed]) {
    for Reindexed { before, after } in changes {
        if let Some(before) = before {
            index.remove(before);
        }
        if let Some(after) = after {
            index.insert_first(after);
        }
    }
}

/// Lists concepts as they are now, all of them the user's own. After a change of many the listing is made anew when
/// somebody asks for it, which takes less time.
pub(super) fn relist(shared: &Shared<Option<Listing>>, changes: &[Reindexed]) {
    /// How many are taken over one by one.
    const FEW: usize = 50;
    let mut shared = shared.lock();
    // A fault halfway leaves none, rather than one that is half changed.
    let Some(mut listing) = shared.take().filter(|_| changes.len() <= FEW) else { return };
    for Reindexed { before, after } in changes {
        match (before, after) {
            (_, Some(after)) => listing.put(after, Layer::Own),
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
        termbase.extend(reading.termbase.concepts().iter().cloned());
        warnings.extend(reading.warnings);
    }
    Ok((termbase, warnings))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::domain::{ConceptKind, Index};
    use crate::text::fold;

    #[test]
    fn the_starter_glossary_is_whole() {
        let (termbase, warnings) = starter().unwrap();
        assert!(warnings.is_empty(), "{warnings:?}");
        assert!(termbase.concepts().len() >= 8_000);
        let rows = STARTER.iter().flat_map(|file| file.lines().skip(1));
        let rows = rows.filter(|row| !row.is_empty() && !row.starts_with('#')).count();
        assert_eq!(termbase.concepts().len(), rows, "two rows are one concept");
        let mut kinds = STARTER.iter().flat_map(|file| file.lines()).filter_map(|row| row.split('\t').nth(2));
        assert!(kinds.all(|kind| !kind.is_empty()), "a row without a kind");
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
