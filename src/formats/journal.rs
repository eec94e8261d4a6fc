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
    /// Journals of the first version do not tell.
    repaired: Option<bool>,
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
        repaired: Some(unit.repaired.is_some()),
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
    if let Some(repaired) = change.repaired {
        unit.set_repaired(repaired);
    }
    unit.target = change.target;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ParagraphKind;

    fn unit(number: u32, target: &str) -> Unit {
        Unit {
            id: UnitId::new(number),
            kind: ParagraphKind::Paragraph,
            source: "نص  طويل".into(),
            repaired: None,
            target: target.to_owned(),
            state: State::Initial,
            included: true,
        }
    }

    #[test]
    fn the_last_change_of_each_unit_comes_back() {
        let mut changed = Unit { state: State::Reviewed, included: false, ..unit(2, "two\nlines \"quoted\" \u{2028}") };
        changed.set_repaired(true);
        assert_eq!(&**changed.text(), "نص طويل");
        let journal = [unit(2, "typed"), changed.clone(), unit(9, "nine")].each_ref().map(encode).concat();
        assert_eq!(journal.lines().count(), 3);
        let mut units = [unit(1, "one"), unit(9, ""), unit(2, "")];
        assert_eq!(replay(&mut units, journal.as_bytes()), []);
        assert_eq!(units, [unit(1, "one"), unit(9, "nine"), changed]);
    }

    #[test]
    fn damage_costs_only_the_lines_it_hit() {
        let whole = [encode(&unit(1, "first")), "{]\n\n".to_owned(), encode(&unit(5, "x")), encode(&unit(1, "last"))];
        let mut journal = whole.concat().into_bytes();
        let torn_at = journal.len();
        journal.extend_from_slice(&encode(&unit(1, "never written whole")).as_bytes()[..30]);
        let mut units = [unit(1, "")];
        let warnings = replay(&mut units, &journal);
        assert_eq!(units[0].target, "last");
        let found: Vec<(WarningKind, usize)> = warnings.into_iter().map(|w| (w.kind, w.position)).collect();
        let damaged_at = whole[0].len();
        let unknown_at = damaged_at + whole[1].len();
        assert_eq!(
            found,
            [
                (WarningKind::DamagedLine, damaged_at),
                (WarningKind::UnknownUnit, unknown_at),
                (WarningKind::TornLine, torn_at)
            ]
        );
    }

    #[test]
    fn any_cut_is_survived() {
        let journal = encode(&unit(1, "كلمة")) + &encode(&unit(1, "كلمتان"));
        for cut in 0..=journal.len() {
            let mut units = [unit(1, "")];
            replay(&mut units, &journal.as_bytes()[..cut]);
            assert!(["", "كلمة", "كلمتان"].contains(&units[0].target.as_str()));
        }
    }
}
