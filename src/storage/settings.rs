//! What a user chose, kept from one start to the next.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

use super::{StorageError, files, folders};

/// The most files that are remembered as recent.
const MOST_RECENT: usize = 10;

/// What a user chose.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub struct Settings {
    /// Light, dark, or as the system is.
    pub theme: Theme,
    /// 1 is the size that the fonts are designed for; within [`Settings::ZOOM`].
    pub zoom: f32,
    /// Whether the Arabic stands on the left.
    pub panes_swapped: bool,
    /// Whether pages of this computer and its own network may be fetched.
    pub allow_private_addresses: bool,
    /// Whether a mark shows where each sentence ends.
    pub sentences_marked: bool,
    /// The termbases of the glossary, those that count most first; empty for the user's own alone.
    pub termbases: Vec<TermbaseChoice>,
    /// Whether the termbase that comes with the program is used.
    pub starter_used: bool,
    /// Whether words that may be plurals of terms by their pattern alone are told as such.
    pub plurals_guessed: bool,
    /// The files opened or saved last, the newest first.
    pub recent: Vec<PathBuf>,
    /// The size of the window when it was last closed.
    pub window: Option<WindowSize>,
}

/// Whether the window is light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system is.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A termbase that a user has chosen for the glossary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermbaseChoice {
    /// Its file.
    pub path: PathBuf,
    /// Whether it is used.
    pub used: bool,
}

/// A window's inner size in points, before zoom.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct WindowSize {
    /// Left to right.
    pub width: f32,
    /// Top to bottom.
    pub height: f32,
}

/// Why something in the settings was not taken over; what it stands for is as it is at the first start.
#[derive(Debug, Error)]
pub enum SettingsWarning {
    /// The file could not be read.
    #[error(transparent)]
    Unreadable(#[from] StorageError),
    /// The file is not a JSON object.
    #[error("the settings are damaged: {0}")]
    Damaged(serde_json::Error),
    /// One setting makes no sense.
    #[error("the setting “{name}” makes no sense")]
    BadValue {
        /// Its name in the file.
        name: &'static str,
    },
}

impl Settings {
    /// The sizes that can be read and still leave room for the text.
    pub const ZOOM: std::ops::RangeInclusive<f32> = 0.5..=3.0;

    /// Puts a file first among the recent ones.
    pub fn add_recent(&mut self, path: &Path) {
        self.recent.retain(|recent| recent != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(MOST_RECENT);
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            zoom: 1.0,
            panes_swapped: false,
            allow_private_addresses: false,
            sentences_marked: false,
            termbases: Vec::new(),
            starter_used: true,
            plurals_guessed: false,
            recent: Vec::new(),
            window: None,
        }
    }
}

/// Reads the settings. Never fails: what cannot be read, each setting by itself, is as at the first start.
pub fn load(path: &Path) -> (Settings, Vec<SettingsWarning>) {
    let bytes = match files::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.is_not_found() => return (Settings::default(), Vec::new()),
        Err(error) => return (Settings::default(), vec![error.into()]),
    };
    match serde_json::from_slice(&bytes) {
        Ok(fields) => from_fields(fields),
        Err(error) => (Settings::default(), vec![SettingsWarning::Damaged(error)]),
    }
}

/// Writes the settings, whole or not at all.
pub fn save(path: &Path, settings: &Settings) -> Result<(), StorageError> {
    let failed = |source| StorageError::Write { path: path.to_owned(), source };
    let mut text = serde_json::to_string_pretty(&writable(settings)).map_err(|error| failed(error.into()))?;
    text.push('\n');
    path.parent().map_or(Ok(()), folders::make_private)?;
    files::write_atomic(path, text.as_bytes())
}

/// Without the paths that are not Unicode: JSON cannot hold them.
fn writable(settings: &Settings) -> Settings {
    let recent = settings.recent.iter().filter(|path| path.to_str().is_some()).cloned().collect();
    let termbases = settings.termbases.iter().filter(|choice| choice.path.to_str().is_some()).cloned().collect();
    Settings { termbases, recent, ..settings.clone() }
}

fn from_fields(mut fields: Map<String, Value>) -> (Settings, Vec<SettingsWarning>) {
    let mut settings = Settings::default();
    let mut warnings = Vec::new();
    let mut take = |name, read: &mut dyn FnMut(Value) -> bool| {
        if fields.remove(name).is_some_and(|value| !read(value)) {
            warnings.push(SettingsWarning::BadValue { name });
        }
    };
    let roomy = |size: &WindowSize| [size.width, size.height].iter().all(|side| (100.0..=100_000.0).contains(side));
    take("theme", &mut |value| set(&mut settings.theme, value, |_| true));
    take("zoom", &mut |value| set(&mut settings.zoom, value, |zoom| Settings::ZOOM.contains(zoom)));
    take("panes_swapped", &mut |value| set(&mut settings.panes_swapped, value, |_| true));
    take("allow_private_addresses", &mut |value| set(&mut settings.allow_private_addresses, value, |_| true));
    take("sentences_marked", &mut |value| set(&mut settings.sentences_marked, value, |_| true));
    take("termbases", &mut |value| set(&mut settings.termbases, value, |_| true));
    take("starter_used", &mut |value| set(&mut settings.starter_used, value, |_| true));
    take("plurals_guessed", &mut |value| set(&mut settings.plurals_guessed, value, |_| true));
    take("recent", &mut |value| set(&mut settings.recent, value, |_| true));
    take("window", &mut |value| set(&mut settings.window, value, |size| size.as_ref().is_none_or(roomy)));
    settings.recent.truncate(MOST_RECENT);
    (settings, warnings)
}

/// Whether `value` is a `T` that makes sense, and if so puts it in place.
fn set<T: for<'a> Deserialize<'a>>(setting: &mut T, value: Value, makes_sense: impl Fn(&T) -> bool) -> bool {
    match serde_json::from_value(value) {
        Ok(read) if makes_sense(&read) => {
            *setting = read;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen() -> Settings {
        Settings {
            theme: Theme::Dark,
            zoom: 1.25,
            panes_swapped: true,
            allow_private_addresses: true,
            sentences_marked: true,
            termbases: vec![TermbaseChoice { path: PathBuf::from("/tmp/desk.db"), used: false }],
            starter_used: false,
            plurals_guessed: true,
            recent: vec![PathBuf::from("/tmp/مقال.xlf")],
            window: Some(WindowSize { width: 900.0, height: 700.0 }),
        }
    }

    #[test]
    fn settings_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("made/settings.json");
        let (first, warnings) = load(&path);
        assert_eq!(first, Settings::default());
        assert!(warnings.is_empty(), "a first start is nothing to warn of: {warnings:?}");
        save(&path, &chosen()).unwrap();
        let (kept, warnings) = load(&path);
        assert_eq!(kept, chosen());
        assert!(warnings.is_empty(), "{warnings:?}");
    }

    /// Loads `text` and compares the settings and the names of those that were not taken over.
    fn check(text: &str, expected: &Settings, bad: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        std::fs::write(&path, text).unwrap();
        let (settings, warnings) = load(&path);
        assert_eq!(settings, *expected, "{text}");
        let names: Vec<_> = warnings
            .iter()
            .map(|warning| match warning {
                SettingsWarning::BadValue { name } => *name,
                _ => "the file",
            })
            .collect();
        assert_eq!(names, bad, "{text}");
    }

    #[test]
    fn a_damaged_setting_leaves_the_others() {
        let dark = Settings { theme: Theme::Dark, ..Settings::default() };
        check("", &Settings::default(), &["the file"]);
        check("{\"theme\": \"dark\"", &Settings::default(), &["the file"]);
        check("[]", &Settings::default(), &["the file"]);
        check("\u{0}\u{1}", &Settings::default(), &["the file"]);
        check("{}", &Settings::default(), &[]);
        check(r#"{"theme": "dark", "of a later version": [1]}"#, &dark, &[]);
        check(r#"{"theme": "dark", "zoom": "big", "recent": 7}"#, &dark, &["zoom", "recent"]);
        check(r#"{"theme": "dark", "zoom": 1e30, "panes_swapped": null}"#, &dark, &["zoom", "panes_swapped"]);
        check(r#"{"theme": "dark", "window": {"width": 0, "height": 700}}"#, &dark, &["window"]);
        check(r#"{"theme": "dark", "window": null}"#, &dark, &[]);
    }

    #[test]
    fn the_newest_file_comes_first_among_the_recent() {
        let mut settings = Settings::default();
        for name in ["a", "b", "a"] {
            settings.add_recent(Path::new(name));
        }
        assert_eq!(settings.recent, [Path::new("a"), Path::new("b")]);
        for number in 0..20 {
            settings.add_recent(Path::new(&number.to_string()));
        }
        assert_eq!(settings.recent.len(), MOST_RECENT);
        assert_eq!(settings.recent[0], Path::new("19"));
    }
}
