//! The recovery journal: what changed since the working file was last saved, a line of JSON a change.
//!
//! Each line holds the whole unit as it is after the change, so that replaying lines twice, or some that are
//! already in the working file, does no harm.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::names::{state_name, state_named};
use super::warning::Warnings;
use super::{Warning, WarningKind};
use crate::domain::{State, Unit, UnitId};

#[derive(Serialize, Deserialize)]
struct Change {
    unit: u32,
    state: String,
    included: bool,
    target: String,
}

/// The line for a unit as it is now, with the line feed at its end.
#[expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "strings, numbers and truth values always have a JSON form"
)]
pub fn encode(unit: &Unit) -> String {
    let change = Change {
        unit: unit.id.number(),
        state: state_name(unit.state).to_owned(),
        included: unit.included,
        target: unit.target.clone(),
    };
    let mut line = serde_json::to_string(&change).expect("plain data");
    line.push('\n');
    line
}

/// Brings units up to date with a journal. A line that was cut short when the program was killed, or is
/// damaged, is left out with a warning.
pub fn replay(units: &mut [Unit], journal: &[u8]) -> Vec<Warning> {
    let mut warnings = Warnings::default();
    let places: HashMap<UnitId, usize> = units.iter().enumerate().map(|(place, unit)| (unit.id, place)).collect();
    let mut position = 0;
    for line in journal.split_inclusive(|byte| *byte == b'\n') {
        let start = position;
        position += line.len();
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let change = serde_json::from_slice::<Change>(line).ok();
        match change.and_then(|change| Some((state_named(&change.state)?, change))) {
            Some((state, change)) => match places.get(&UnitId::new(change.unit)) {
                Some(&place) => apply(&mut units[place], state, change),
                None => warnings.add(WarningKind::UnknownUnit, start),
            },
            None if line.ends_with(b"\n") => warnings.add(WarningKind::DamagedLine, start),
            None => warnings.add(WarningKind::TornLine, start),
        }
    }
    warnings.into_vec()
}

fn apply(unit: &mut Unit, state: State, change: Change) {
    unit.state = state;
    unit.included = change.included;
    unit.target = change.target;
}
