//! Bringing unsaved work back.

use std::path::Path;

use uuid::Uuid;

use super::{JobError, open};
use crate::domain::{Project, ProjectId};
use crate::formats::{Warning, journal, xliff};
use crate::storage::recovery::{self, Recovery};

/// The unsaved work in `folder` whose program has died, the newest first. Where a program died just after it had
/// saved, there is nothing to bring back, and the recovery goes.
pub(super) fn find(folder: &Path) -> Result<Vec<Recovery>, JobError> {
    let mut found = recovery::orphans(folder)?;
    found.retain(|recovery| !(is_saved(recovery) && recovery.discard().is_ok()));
    Ok(found)
}

/// The project with every change that reached the disk.
pub(super) fn restore(recovery: &Recovery) -> Result<(Project, Vec<Warning>), JobError> {
    let stored = recovery.read()?;
    let failed = |source| JobError::Format { path: recovery.base().to_owned(), source };
    let (base, mut warnings) = xliff::read(&stored.base, ProjectId::new(Uuid::now_v7())).map_err(failed)?;
    let mut units = base.units().to_vec();
    warnings.extend(journal::replay(&mut units, &stored.lines));
    Ok((Project::from_units(base.id(), base.origin().clone(), units), warnings))
}

fn is_saved(recovery: &Recovery) -> bool {
    let Some(file) = &recovery.belongs().file else { return false };
    match (restore(recovery), open(file)) {
        (Ok((project, _)), Ok(opened)) => project.units() == opened.project.units(),
        _ => false,
    }
}
