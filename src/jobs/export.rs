//! Writing translated units for other programs.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::JobError;
use crate::domain::Project;
use crate::formats::export::Summary;
use crate::formats::{moses, tmx, tsv};
use crate::storage::files;

/// What other programs read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExportFormat {
    /// A translation memory, TMX 1.4b.
    Tmx,
    /// Two files with equal line counts, `.ar` and `.en`.
    Moses,
    /// A table, Arabic and English side by side.
    Tsv,
}

/// The files of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// What was written.
    pub paths: Vec<PathBuf>,
    /// What became of the units.
    pub summary: Summary,
}

impl ExportFormat {
    /// Every format, the most asked for first.
    pub const ALL: [Self; 3] = [Self::Tmx, Self::Moses, Self::Tsv];

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Tmx => "Translation memory (TMX)",
            Self::Moses => "Parallel text (.ar and .en)",
            Self::Tsv => "Table (TSV)",
        }
    }

    /// The ends of its files' names, without the dot.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Tmx => &["tmx"],
            Self::Moses => &["ar", "en"],
            Self::Tsv => &["tsv"],
        }
    }

    /// The path to export to if the files are to be called `stem`.
    pub fn path(self, stem: &Path) -> PathBuf {
        appended(stem, self.extensions()[0])
    }

    /// The files that an export to `path` writes: that one, or one for each extension.
    pub fn paths(self, path: &Path) -> Vec<PathBuf> {
        let extensions = self.extensions();
        if extensions.len() == 1 {
            return vec![path.to_owned()];
        }
        // A name like `news.2024` has no extension of ours to replace.
        let stem = match path.extension().and_then(OsStr::to_str) {
            Some(extension) if extensions.contains(&extension) => path.with_extension(""),
            _ => path.to_owned(),
        };
        extensions.iter().map(|extension| appended(&stem, extension)).collect()
    }
}

fn appended(stem: &Path, extension: &str) -> PathBuf {
    let mut path = stem.as_os_str().to_owned();
    path.push(".");
    path.push(extension);
    path.into()
}

/// Writes the translated units of `project`. Where a file exists that is not among the `agreed` ones, nothing is
/// written.
pub fn export(project: &Project, format: ExportFormat, path: &Path, agreed: &[PathBuf]) -> Result<Exported, JobError> {
    let paths = format.paths(path);
    for other in paths.iter().filter(|other| !agreed.contains(other)) {
        if files::stamp(other)?.is_some() {
            return Err(JobError::Exists { path: other.clone() });
        }
    }
    let (texts, summary) = match format {
        ExportFormat::Tmx => one(tmx::write(project)),
        ExportFormat::Tsv => one(tsv::write(project)),
        ExportFormat::Moses => {
            let (bitext, summary) = moses::write(project);
            (vec![bitext.arabic, bitext.english], summary)
        }
    };
    for (path, text) in paths.iter().zip(texts) {
        files::write_atomic(path, text.as_bytes())?;
    }
    Ok(Exported { paths, summary })
}

fn one((text, summary): (String, Summary)) -> (Vec<String>, Summary) {
    (vec![text], summary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_an_export_are_named_after_its_path() {
        let check = |format: ExportFormat, path: &str, expected: &[&str]| {
            let expected: Vec<_> = expected.iter().map(PathBuf::from).collect();
            assert_eq!(format.paths(Path::new(path)), expected);
        };
        check(ExportFormat::Tmx, "a.tmx", &["a.tmx"]);
        check(ExportFormat::Tsv, "a", &["a"]);
        check(ExportFormat::Moses, "dir/a", &["dir/a.ar", "dir/a.en"]);
        check(ExportFormat::Moses, "a.en", &["a.ar", "a.en"]);
        check(ExportFormat::Moses, "news.2024", &["news.2024.ar", "news.2024.en"]);
        for format in ExportFormat::ALL {
            let stem = Path::new("sample.ar");
            let expected: Vec<_> = format.extensions().iter().map(|end| appended(stem, end)).collect();
            assert_eq!(format.paths(&format.path(stem)), expected);
        }
    }
}
