//! A concept as one JSON object: the body of a version in a termbase, on this disk and on a shared server.
//!
//! What is empty is left out, and so is who wrote it and when: the version says that.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::FormatError;
use crate::domain::{Concept, ConceptId, ConceptKind, PartOfSpeech, Term, TermStatus, TermType};

#[derive(Serialize, Deserialize)]
struct Body<'a> {
    /// The concept's id, where it is more than the number of the row that holds it.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    id: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    kind: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    domain: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    definition: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    note: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    source: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    arabic: Vec<Wording<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    english: Vec<Wording<'a>>,
    /// Of a deletion: that it takes back what was written here, and does not hide what stands below.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    withdrawn: bool,
}

#[derive(Serialize, Deserialize)]
struct Wording<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow)]
    status: Cow<'a, str>,
    #[serde(borrow, default, rename = "partOfSpeech", skip_serializing_if = "Option::is_none")]
    part_of_speech: Option<Cow<'a, str>>,
    #[serde(borrow, default, rename = "termType", skip_serializing_if = "Option::is_none")]
    term_type: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    forms: Vec<Cow<'a, str>>,
}

/// Writes a concept, and its id where `named`.
pub fn write(concept: &Concept, named: bool) -> String {
    to_json(&Body {
        id: named.then(|| Cow::Borrowed(concept.id.as_str())),
        kind: Cow::Borrowed(concept.kind.key()),
        domain: Cow::Borrowed(&*concept.domain),
        definition: Cow::Borrowed(&*concept.definition),
        note: Cow::Borrowed(&*concept.note),
        source: Cow::Borrowed(&*concept.source),
        arabic: concept.arabic.iter().map(wording).collect(),
        english: concept.english.iter().map(wording).collect(),
        withdrawn: false,
    })
}

/// Writes the body of a deletion, which has nothing but the id where `named`, and whether it is `withdrawn`.
pub fn write_deleted(id: &ConceptId, named: bool, withdrawn: bool) -> String {
    let none = Cow::Borrowed("");
    to_json(&Body {
        id: named.then(|| Cow::Borrowed(id.as_str())),
        kind: none.clone(),
        domain: none.clone(),
        definition: none.clone(),
        note: none.clone(),
        source: none,
        arabic: Vec::new(),
        english: Vec::new(),
        withdrawn,
    })
}

/// Whether the body of a deletion says that it only takes back what was written here. Fails as [`read`] does.
pub fn is_withdrawn(json: &str) -> Result<bool, FormatError> {
    parse(json).map(|body| body.withdrawn)
}

/// Reads a body; `id` is the concept's where the body has none. Kinds and the like that this version does not know
/// become the most general ones. Fails with [`FormatError::DamagedJson`] on what is no body.
pub fn read(json: &str, id: impl FnOnce() -> ConceptId) -> Result<Concept, FormatError> {
    let body = parse(json)?;
    let id = body.id.map_or_else(id, |id| ConceptId::new(&*id));
    let kind = ConceptKind::from_key(&body.kind).unwrap_or(ConceptKind::Term);
    Ok(Concept {
        domain: body.domain.into(),
        definition: body.definition.into(),
        note: body.note.into(),
        source: body.source.into(),
        arabic: body.arabic.into_iter().map(term).collect(),
        english: body.english.into_iter().map(term).collect(),
        ..Concept::new(id, kind)
    })
}

fn parse(json: &str) -> Result<Body<'_>, FormatError> {
    serde_json::from_str(json)
        .map_err(|error| FormatError::DamagedJson { position: error.column(), reason: error.to_string() })
}

#[expect(clippy::expect_used, reason = "strings and lists of strings always have a form in JSON")]
fn to_json(body: &Body) -> String {
    serde_json::to_string(body).expect("a body of strings")
}

fn wording(term: &Term) -> Wording<'_> {
    Wording {
        text: Cow::Borrowed(&term.text),
        status: Cow::Borrowed(term.status.key()),
        part_of_speech: term.part_of_speech.map(|part| Cow::Borrowed(part.key())),
        term_type: term.term_type.map(|term_type| Cow::Borrowed(term_type.key())),
        forms: term.forms.iter().map(|form| Cow::Borrowed(&**form)).collect(),
    }
}

fn term(wording: Wording) -> Term {
    Term {
        text: wording.text.into(),
        forms: wording.forms.into_iter().map(Into::into).collect(),
        status: TermStatus::from_key(&wording.status).unwrap_or(TermStatus::Admitted),
        part_of_speech: wording.part_of_speech.and_then(|key| PartOfSpeech::from_key(&key)),
        term_type: wording.term_type.and_then(|key| TermType::from_key(&key)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_reads_back_equal() {
        let concept = Concept {
            domain: "media".into(),
            note: "line\n\"two\"".into(),
            arabic: vec![Term {
                forms: vec!["صحف".into()],
                part_of_speech: Some(PartOfSpeech::Noun),
                term_type: Some(TermType::FullForm),
                ..Term::new("صحيفة", TermStatus::Preferred)
            }],
            english: vec![Term::new("gazette", TermStatus::Forbidden)],
            ..Concept::new(ConceptId::new("term:صحيفه"), ConceptKind::Term)
        };
        assert_eq!(read(&write(&concept, true), || unreachable!()), Ok(concept.clone()));
        assert_eq!(read(&write(&concept, false), || concept.id.clone()), Ok(concept.clone()));
        for withdrawn in [false, true] {
            let deleted = write_deleted(&concept.id, true, withdrawn);
            assert_eq!(read(&deleted, || unreachable!()).map(|deleted| deleted.id), Ok(concept.id.clone()));
            assert_eq!(is_withdrawn(&deleted), Ok(withdrawn));
        }
    }

    #[test]
    fn what_a_later_version_adds_does_not_stop_reading() {
        let json = r#"{"kind":"ship","colour":"red","arabic":[{"text":"سفينة","status":"new"}]}"#;
        let concept = read(json, || ConceptId::new("1")).unwrap();
        assert_eq!((concept.kind, concept.arabic[0].status), (ConceptKind::Term, TermStatus::Admitted));
        assert!(read("{\"kind\":1}", || ConceptId::new("1")).is_err());
    }
}
