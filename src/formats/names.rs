//! The words that files use for kinds and states.

use crate::domain::{ParagraphKind, State};

const KINDS: [(ParagraphKind, &str); 7] = [
    (ParagraphKind::Headline, "headline"),
    (ParagraphKind::Byline, "byline"),
    (ParagraphKind::Dateline, "dateline"),
    (ParagraphKind::Heading, "heading"),
    (ParagraphKind::Paragraph, "paragraph"),
    (ParagraphKind::Caption, "caption"),
    (ParagraphKind::Furniture, "furniture"),
];

const STATES: [(State, &str); 4] = [
    (State::Initial, "initial"),
    (State::Translated, "translated"),
    (State::Reviewed, "reviewed"),
    (State::Final, "final"),
];

pub(super) fn kind_name(kind: ParagraphKind) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or("paragraph", |(_, name)| name)
}

pub(super) fn kind_named(name: &str) -> Option<ParagraphKind> {
    KINDS.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
}

/// The state's name in XLIFF 2.1.
pub(super) fn state_name(state: State) -> &'static str {
    STATES.iter().find(|(known, _)| *known == state).map_or("initial", |(_, name)| name)
}

pub(super) fn state_named(name: &str) -> Option<State> {
    STATES.iter().find(|(_, known)| *known == name).map(|(state, _)| *state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back() {
        for (kind, _) in KINDS {
            assert_eq!(kind_named(kind_name(kind)), Some(kind));
        }
        for (state, _) in STATES {
            assert_eq!(state_named(state_name(state)), Some(state));
        }
    }
}
