//! Ids and picklists: our words, and those of TBX.

use std::fmt::Write as _;

use uuid::Uuid;

use crate::domain::{ConceptId, PartOfSpeech, TermStatus, TermType};

/// The value of `administrativeStatus`.
pub(super) fn status_name(status: TermStatus) -> &'static str {
    match status {
        TermStatus::Preferred => "preferredTerm-admn-sts",
        TermStatus::Admitted => "admittedTerm-admn-sts",
        TermStatus::Forbidden => "deprecatedTerm-admn-sts",
    }
}

/// The status that any version of TBX calls `name`.
pub(super) fn status_named(name: &str) -> Option<TermStatus> {
    Some(match name.trim_end_matches("-admn-sts").trim_end_matches("Term") {
        "preferred" | "standardized" | "legal" | "regulated" => TermStatus::Preferred,
        "admitted" => TermStatus::Admitted,
        "deprecated" | "superseded" | "obsolete" => TermStatus::Forbidden,
        _ => return None,
    })
}

/// The part of speech that any dialect calls `name`.
pub(super) fn part_named(name: &str) -> Option<PartOfSpeech> {
    PartOfSpeech::from_key(name).or(match name {
        "properNoun" | "proper noun" => Some(PartOfSpeech::Noun),
        _ => None,
    })
}

/// The term type that any dialect calls `name`.
pub(super) fn type_named(name: &str) -> Option<TermType> {
    TermType::from_key(name).or(match name {
        "entryTerm" => Some(TermType::FullForm),
        "initialism" => Some(TermType::Acronym),
        "clippedTerm" => Some(TermType::Abbreviation),
        "synonym" | "spellingVariant" | "transliteratedForm" => Some(TermType::Variant),
        "phraseologicalUnit" | "setPhrase" => Some(TermType::Phrase),
        _ => None,
    })
}

/// What stands before a UUID, which may begin with a digit as an XML name may not.
const UUID_PREFIX: &str = "c-";

/// An id as an XML name (production `NCName`): what a name cannot hold becomes `_xHEX_`.
pub(super) fn xml_id(id: &ConceptId) -> String {
    let id = id.as_str();
    if is_uuid(id) {
        return format!("{UUID_PREFIX}{id}");
    }
    let mut name = String::with_capacity(id.len());
    for (at, c) in id.char_indices() {
        let escaped = id[at..].starts_with("_x") || (at == 0 && id.starts_with(UUID_PREFIX));
        let allowed = if at == 0 { is_name_start(c) } else { is_name_start(c) || matches!(c, '-' | '.' | '0'..='9') };
        if allowed && !escaped {
            name.push(c);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(name, "_x{:X}_", u32::from(c));
        }
    }
    if name.is_empty() { "_".to_owned() } else { name }
}

/// The id that [`xml_id`] wrote, or another program's as it is.
pub(super) fn id_of(name: &str) -> ConceptId {
    if let Some(id) = name.strip_prefix(UUID_PREFIX).filter(|id| is_uuid(id)) {
        return ConceptId::new(id);
    }
    let mut id = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(at) = rest.find("_x") {
        let code = rest[at + 2..].split_once('_');
        let character = code.and_then(|(hex, _)| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
        id.push_str(&rest[..at]);
        if let (Some(character), Some((_, after))) = (character, code) {
            id.push(character);
            rest = after;
        } else {
            id.push_str("_x");
            rest = &rest[at + 2..];
        }
    }
    id.push_str(rest);
    ConceptId::new(id)
}

/// A UUID as this program writes it.
fn is_uuid(id: &str) -> bool {
    Uuid::try_parse(id).is_ok_and(|uuid| uuid.to_string() == id)
}

/// The letters that a name may begin with: ASCII and the Arabic ones, which is less than XML allows.
fn is_name_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || matches!(c, 'ء'..='غ' | 'ف'..='ي')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_comes_back_from_its_xml_name() {
        let check = |id: &str, expected: &str| {
            let name = xml_id(&ConceptId::new(id));
            assert_eq!(name, expected);
            assert_eq!(id_of(&name).as_str(), id);
        };
        check("019323a1-7d2a-7c3e-9b1f-0123456789ab", "c-019323a1-7d2a-7c3e-9b1f-0123456789ab");
        check("place:حلب", "place_x3A_حلب");
        check("c1", "c1");
        check("7", "_x37_");
        check("c-7", "_x63_-7");
        check("_x41_", "_x5F_x41_");
        check("eid-VocCod-211.01", "eid-VocCod-211.01");
    }

    #[test]
    fn every_status_comes_back_from_its_name() {
        for status in TermStatus::ALL {
            assert_eq!(status_named(status_name(status)), Some(status));
        }
        assert_eq!(status_named("supersededTerm-admn-sts"), Some(TermStatus::Forbidden));
        assert_eq!(status_named("preferred"), Some(TermStatus::Preferred));
        assert_eq!(status_named("new"), None);
    }
}
