//! Glossary files on their way in and out: what a file holds, what its import would do, and exports.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::JobError;
use super::pool::Report;
use crate::domain::{Concept, ConceptId, ImportPlan, Layers, Policy, plan_import};
use crate::formats::FormatError;
use crate::formats::decode::{TextEncoding, USUAL_ENCODINGS};
use crate::formats::glossary::{self, Container, GlossaryFormat, Layout, Preview, Reading, Unpacked};
use crate::formats::reader::Hints;
use crate::storage::files;

/// What a person says about a file that is to be imported; what is left open is told by its content.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadAs {
    /// The encoding of a text, by its name in the IANA registry.
    pub encoding: Option<&'static str>,
    /// What the columns of a table hold.
    pub layout: Option<Layout>,
}

/// A file that is to be imported, read as far as it makes sense.
#[derive(Debug)]
pub struct GlossaryFile {
    path: PathBuf,
    bytes: Arc<[u8]>,
    read_as: ReadAs,
    unpacked: Option<Arc<Unpacked>>,
    preview: Option<Arc<Preview>>,
    reading: Result<Reading, FormatError>,
}

impl GlossaryFile {
    fn new(path: PathBuf, bytes: Arc<[u8]>, read_as: ReadAs) -> Self {
        let hints = Hints { chosen_encoding: read_as.encoding, ..Hints::default() };
        match glossary::unpack(&bytes, hints) {
            Ok(unpacked) => {
                let reading = unpacked.read(read_as.layout.as_ref());
                let preview = unpacked.preview().map(Arc::new);
                Self { path, bytes, read_as, unpacked: Some(Arc::new(unpacked)), preview, reading }
            }
            Err(error) => Self { path, bytes, read_as, unpacked: None, preview: None, reading: Err(error) },
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its concepts, or why there are none.
    pub fn reading(&self) -> Result<&Reading, &FormatError> {
        self.reading.as_ref()
    }

    /// How a table looks.
    pub fn preview(&self) -> Option<&Preview> {
        self.preview.as_deref()
    }

    /// What sort of file it is, if that can be told.
    pub fn container(&self) -> Option<Container> {
        self.unpacked.as_ref().map(|unpacked| unpacked.container())
    }

    /// How its text is encoded; none where the format leaves no choice, or nothing makes sense.
    pub fn encoding(&self) -> Option<&TextEncoding> {
        self.unpacked.as_ref()?.encoding()
    }

    /// What its columns are taken to hold.
    pub fn layout(&self) -> Option<&Layout> {
        self.read_as.layout.as_ref().or(self.preview.as_ref()?.layout.as_ref())
    }

    /// The encodings that it may be in, the likeliest first; none where the format leaves no choice.
    pub fn encodings(&self) -> Vec<&'static str> {
        let mut names = match (self.encoding(), &self.reading) {
            (Some(TextEncoding { name, alternatives, .. }), _) => [&[*name], &alternatives[..]].concat(),
            (None, Ok(_) | Err(FormatError::DamagedWorkbook { .. })) => return Vec::new(),
            (None, Err(_)) => self.read_as.encoding.into_iter().collect(),
        };
        for name in USUAL_ENCODINGS {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

/// Which concepts to export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// All that show.
    All,
    /// Those of the user's own glossary.
    Own,
    /// These, in this order.
    These(Arc<[ConceptId]>),
}

/// What became of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExportedGlossary {
    /// How many concepts were written.
    pub concepts: usize,
    /// How many of them have something that the format cannot hold.
    pub curtailed: usize,
}

/// Reads a file that is to be imported. Fails where it cannot be had; what makes no sense in it is told by
/// [`GlossaryFile::reading`]. `None` where nobody wants it any more.
pub(super) fn read(path: PathBuf, report: &Report) -> Result<Option<GlossaryFile>, JobError> {
    let bytes = files::read(&path)?;
    if report.is_cancelled() {
        return Ok(None);
    }
    Ok(Some(GlossaryFile::new(path, bytes.into(), ReadAs::default())))
}

/// Reads a file once more as a person says. `None` where nobody wants it any more.
pub(super) fn reread(file: &GlossaryFile, read_as: ReadAs, report: &Report) -> Option<GlossaryFile> {
    if report.is_cancelled() {
        return None;
    }
    let (path, bytes) = (file.path.clone(), Arc::clone(&file.bytes));
    let unpacked = file.unpacked.clone().filter(|_| file.read_as.encoding == read_as.encoding);
    Some(match unpacked {
        Some(unpacked) => {
            let reading = unpacked.read(read_as.layout.as_ref());
            GlossaryFile { path, bytes, read_as, unpacked: Some(unpacked), preview: file.preview.clone(), reading }
        }
        None => GlossaryFile::new(path, bytes, read_as),
    })
}

/// Works out what importing a file into the user's own glossary would do. `None` where nobody wants to know any more.
pub(super) fn plan(file: &GlossaryFile, layers: &Layers, policy: Policy, report: &Report) -> Option<ImportPlan> {
    let reading = file.reading.as_ref().ok().filter(|_| !report.is_cancelled())?;
    Some(plan_import(layers.own(), reading.termbase.concepts().to_vec(), policy))
}

/// Writes some of the concepts that show to a file, as [`export_glossary`] does.
pub(super) fn export(
    layers: &Layers,
    selection: &Selection,
    format: GlossaryFormat,
    path: &Path,
    replaces: bool,
) -> Result<ExportedGlossary, JobError> {
    let concepts: Vec<&Concept> = match selection {
        Selection::All => layers.concepts().map(|(concept, _)| concept).collect(),
        Selection::Own => layers.own().concepts().iter().collect(),
        Selection::These(ids) => ids.iter().filter_map(|id| layers.get(id)).collect(),
    };
    export_glossary(&concepts, format, path, replaces)
}

/// Writes concepts to a file, whole or not at all. Where one is there already and it `replaces` none, nothing is
/// written.
pub fn export_glossary(
    concepts: &[&Concept],
    format: GlossaryFormat,
    path: &Path,
    replaces: bool,
) -> Result<ExportedGlossary, JobError> {
    if !replaces && files::stamp(path)?.is_some() {
        return Err(JobError::Exists { path: path.to_owned() });
    }
    let written = glossary::write(concepts, format);
    let written = written.map_err(|source| JobError::Format { path: path.to_owned(), source })?;
    files::write_atomic(path, &written.bytes)?;
    Ok(ExportedGlossary { concepts: written.concepts, curtailed: written.curtailed })
}
