//! Where the program keeps its own files.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use super::StorageError;

/// The environment variable that puts all of the program's own files under one folder.
pub const HOME_VARIABLE: &str = "TARJUMAN_HOME";

/// The folders of one user. They are made when something is first written to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    config: PathBuf,
    data: PathBuf,
    state: PathBuf,
}

impl Folders {
    /// Under [`HOME_VARIABLE`] where it is set, else where the system keeps such files; fails with
    /// [`StorageError::NoHome`] for a user without a home.
    pub fn of_user() -> Result<Self, StorageError> {
        if let Some(home) = env::var_os(HOME_VARIABLE).filter(|home| !home.is_empty()) {
            return Ok(Self::under(Path::new(&home)));
        }
        let user = ProjectDirs::from("", "", "Tarjuman").ok_or(StorageError::NoHome)?;
        // Only Linux knows a folder for state.
        let state = user.state_dir().unwrap_or_else(|| user.data_local_dir());
        Ok(Self { config: user.config_dir().to_owned(), data: user.data_dir().to_owned(), state: state.to_owned() })
    }

    /// All of them under one folder.
    pub fn under(home: &Path) -> Self {
        Self { config: home.join("config"), data: home.join("data"), state: home.join("state") }
    }

    /// The file of the settings.
    pub fn settings(&self) -> PathBuf {
        self.config.join("settings.json")
    }

    /// The user's own rules for sentences, if they have any.
    pub fn sentence_rules(&self) -> PathBuf {
        self.config.join("segmentation.srx")
    }

    /// The file of the user's own glossary.
    pub fn termbase(&self) -> PathBuf {
        self.data.join("glossary.db")
    }

    /// The folder of unsaved work.
    pub fn recovery(&self) -> PathBuf {
        self.state.join("recovery")
    }
}

/// The name that a person is logged in with; empty where the system does not tell.
pub fn login() -> String {
    ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|name| env::var(name).ok()).unwrap_or_default()
}

/// Makes a folder and those above it, readable by nobody else where the system can say so: unsaved articles are
/// nobody else's business.
pub(super) fn make_private(folder: &Path) -> Result<(), StorageError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|source| StorageError::Write { path: folder.to_owned(), source })
}
