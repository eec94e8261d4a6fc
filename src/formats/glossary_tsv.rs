//! Glossaries as tab-separated text, in two forms that their first line tells apart.
//!
//! The project's own form has the header `arabic  english  kind  domain  note`. Wordings are separated by
//! ` | `: the first is preferred, the others admitted, and one that starts with `!` is forbidden. Lines that
//! start with `#` are remarks. A concept's id is made from its kind and its preferred Arabic.
//!
//! The list form has no header and the columns `id  arabic  english  type  origin`, the last three optional.

use std::collections::HashMap;

use thiserror::Error;

use crate::domain::{Concept, ConceptId, ConceptKind, Term, TermStatus, Termbase};
use crate::text;

/// A glossary as it was read, and what was wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Every concept that could be read.
    pub termbase: Termbase,
    /// What was passed over or mended, in the order of the lines.
    pub warnings: Vec<Warning>,
}

/// Something wrong with one line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {problem}")]
pub struct Warning {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Problem {
    /// No Arabic wording: the line was passed over.
    #[error("there is no Arabic")]
    NoArabic,
    /// The kind is none of ours: it was read as a term.
    #[error("“{0}” is not a kind; read as a term")]
    UnknownKind(String),
    /// Another line has the same id: this one got an id of its own.
    #[error("line {first} has the same concept, {id}")]
    Duplicate {
        /// The id of the first of them.
        id: ConceptId,
        /// Its line.
        first: usize,
    },
}

/// Why a file is not a glossary of either form.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GlossaryTsvError {
    /// The bytes are not UTF-8.
    #[error("byte {offset} is not UTF-8")]
    NotUtf8 {
        /// The first byte that does not fit, from 0.
        offset: usize,
    },
    /// The first line with content has neither the header nor two columns.
    #[error("line {line} has no tab: this is not a glossary")]
    NoColumns {
        /// Counted from 1.
        line: usize,
    },
}

const HEADER: &str = "arabic\tenglish\tkind\tdomain\tnote";
/// What marks a file of the own form; the columns after these may be missing.
const HEADER_START: &str = "arabic\tenglish";
const SEPARATOR: &str = " | ";

/// Reads a glossary of either form.
pub fn read(bytes: &[u8]) -> Result<Reading, GlossaryTsvError> {
    let text = std::str::from_utf8(bytes).map_err(|error| GlossaryTsvError::NotUtf8 { offset: error.valid_up_to() })?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut lines =
        (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')).peekable();
    let Some(&(line, first)) = lines.peek() else { return Ok(Reading::default()) };
    if !first.contains('\t') {
        return Err(GlossaryTsvError::NoColumns { line });
    }
    let own = first.starts_with(HEADER_START);
    let read_line = if own { read_own_line } else { read_list_line };
    let mut reader = Reader::default();
    for (line, text) in lines.skip(usize::from(own)) {
        let columns: Vec<&str> = text.split('\t').map(str::trim).collect();
        match read_line(&columns) {
            Some((concept, problem)) => reader.add(line, concept, problem),
            None => reader.warn(line, Problem::NoArabic),
        }
    }
    Ok(reader.reading)
}

/// Writes the project's own form. Ids that a list gave are not kept; tabs and line breaks become spaces.
pub fn write(termbase: &Termbase) -> String {
    let mut text = format!("{HEADER}\n");
    for concept in termbase.concepts() {
        let (arabic, english) = (write_terms(&concept.arabic), write_terms(&concept.english));
        let columns = [&*arabic, &*english, concept.kind.key(), &*concept.domain, &*concept.note];
        let line = columns.map(|column| column.replace(['\t', '\n', '\r'], " ")).join("\t");
        text.push_str(&line);
        text.push('\n');
    }
    text
}

#[derive(Default)]
struct Reader {
    reading: Reading,
    /// Where each id came first.
    lines: HashMap<ConceptId, usize>,
}

impl Reader {
    fn warn(&mut self, line: usize, problem: Problem) {
        self.reading.warnings.push(Warning { line, problem });
    }

    /// Adds a concept; one whose id is taken gets the first free one of `id~2`, `id~3` and so on.
    fn add(&mut self, line: usize, mut concept: Concept, problem: Option<Problem>) {
        if let Some(problem) = problem {
            self.warn(line, problem);
        }
        if let Some(&first) = self.lines.get(&concept.id) {
            let id = concept.id.clone();
            let mut others = (2..).map(|number: usize| ConceptId::new(format!("{id}~{number}")));
            if let Some(free) = others.find(|other| !self.lines.contains_key(other)) {
                concept.id = free;
            }
            self.warn(line, Problem::Duplicate { id, first });
        }
        self.lines.insert(concept.id.clone(), line);
        self.reading.termbase.insert(concept);
    }
}

/// A concept and what is wrong with its kind; `None` for a line without Arabic.
type Line = Option<(Concept, Option<Problem>)>;

fn read_own_line(columns: &[&str]) -> Line {
    let column = |index: usize| columns.get(index).copied().unwrap_or_default();
    let arabic = read_terms(column(0));
    let (kind, problem) = read_kind(ConceptKind::from_key(column(2)), column(2));
    let mut concept = Concept {
        domain: column(3).into(),
        note: column(4).into(),
        arabic,
        english: read_terms(column(1)),
        ..Concept::new(ConceptId::new(""), kind)
    };
    concept.id = derived_id(&concept)?;
    Some((concept, problem))
}

fn read_list_line(columns: &[&str]) -> Line {
    let column = |index: usize| columns.get(index).copied().unwrap_or_default();
    let kind = match column(3) {
        "PER" => Some(ConceptKind::Person),
        "LOC" => Some(ConceptKind::Place),
        "ORG" => Some(ConceptKind::Organisation),
        "MISC" => Some(ConceptKind::Event),
        "TERM" | "" => Some(ConceptKind::Term),
        _ => None,
    };
    let (kind, problem) = read_kind(kind, column(3));
    let wordings = |text: &str| if text.is_empty() { Vec::new() } else { vec![Term::new(text, TermStatus::Preferred)] };
    let (arabic, english) = (wordings(column(1)), wordings(column(2)));
    let concept = Concept { arabic, english, ..Concept::new(ConceptId::new(column(0)), kind) };
    (!concept.arabic.is_empty()).then_some((concept, problem))
}

fn read_kind(kind: Option<ConceptKind>, written: &str) -> (ConceptKind, Option<Problem>) {
    match kind {
        Some(kind) => (kind, None),
        None => (ConceptKind::Term, Some(Problem::UnknownKind(written.to_owned()))),
    }
}

/// The id that a concept has in the project's own form: its kind and the folded words of its first Arabic
/// wording that may be used, so that a correction of its spelling does not change it.
fn derived_id(concept: &Concept) -> Option<ConceptId> {
    let arabic = concept.preferred_arabic().or(concept.arabic.first().map(|term| &*term.text))?;
    let folded = text::fold(arabic);
    let words: Vec<&str> = text::words(folded.as_str()).filter_map(|span| span.of(folded.as_str())).collect();
    (!words.is_empty()).then(|| ConceptId::new(format!("{}:{}", concept.kind.key(), words.join("-"))))
}

fn read_terms(column: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut status = TermStatus::Preferred;
    for wording in column.split(SEPARATOR).map(str::trim).filter(|wording| !wording.is_empty()) {
        if let Some(forbidden) = wording.strip_prefix('!') {
            terms.push(Term::new(forbidden.trim(), TermStatus::Forbidden));
        } else {
            terms.push(Term::new(wording, status));
            status = TermStatus::Admitted;
        }
    }
    terms.shrink_to_fit();
    terms
}

fn write_terms(terms: &[Term]) -> String {
    let written = |term: &Term| match term.status {
        TermStatus::Forbidden => format!("!{}", term.text),
        TermStatus::Preferred | TermStatus::Admitted => term.text.to_string(),
    };
    let mut sorted: Vec<&Term> = terms.iter().collect();
    sorted.sort_by_key(|term| term.status);
    sorted.into_iter().map(written).collect::<Vec<_>>().join(SEPARATOR)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "\u{FEFF}# Towns\narabic\tenglish\tkind\tdomain\tnote\n\
        حلب | حلب الشهباء\tAleppo | !Halab\tplace\tSyria\tA governorate too\r\n\nوزير\tminister\tterm\n";

    fn wordings(terms: &[Term]) -> Vec<(&str, TermStatus)> {
        terms.iter().map(|term| (&*term.text, term.status)).collect()
    }

    fn warnings(bytes: &[u8]) -> Vec<String> {
        read(bytes).expect("a glossary").warnings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_own_form_gives_wordings_with_their_status() {
        use TermStatus::{Admitted, Forbidden, Preferred};
        let reading = read(OWN.as_bytes()).expect("a glossary");
        assert_eq!(reading.warnings, []);
        let [aleppo, minister] = reading.termbase.concepts() else { panic!("{reading:?}") };
        assert_eq!(wordings(&aleppo.arabic), [("حلب", Preferred), ("حلب الشهباء", Admitted)]);
        assert_eq!(wordings(&aleppo.english), [("Aleppo", Preferred), ("Halab", Forbidden)]);
        assert_eq!((aleppo.kind, &*aleppo.domain, &*aleppo.note), (ConceptKind::Place, "Syria", "A governorate too"));
        assert_eq!((minister.kind, minister.id.as_str()), (ConceptKind::Term, "term:وزير"));
    }

    #[test]
    fn the_list_form_keeps_its_ids() {
        let reading = read("N7\tإبراهيم\t\tPER\tcorpus\nN8\tحلب\tAleppo\tLOC\n".as_bytes()).expect("a glossary");
        let [ibrahim, aleppo] = reading.termbase.concepts() else { panic!("{reading:?}") };
        assert_eq!((ibrahim.id.as_str(), ibrahim.kind, ibrahim.preferred_english()), ("N7", ConceptKind::Person, None));
        assert_eq!((aleppo.kind, aleppo.preferred_english()), (ConceptKind::Place, Some("Aleppo")));
    }

    #[test]
    fn what_is_written_reads_back_equal() {
        let reading = read(OWN.as_bytes()).expect("a glossary");
        let again = read(write(&reading.termbase).as_bytes()).expect("a glossary");
        assert_eq!(again.termbase.concepts(), reading.termbase.concepts());
    }

    #[test]
    fn an_id_survives_another_spelling() {
        let id = |arabic: &str| {
            let file = format!("{HEADER}\n{arabic}\tKhaled\tperson\n");
            read(file.as_bytes()).expect("a glossary").termbase.concepts()[0].id.clone()
        };
        assert_eq!(id("أحمد  الخالد"), id("احمد الخالد | أبو خالد"));
        assert_ne!(id("أحمد الخالد"), id("حمد الخالد"));
    }

    #[test]
    fn damage_is_named_with_its_line() {
        let file = format!("{HEADER}\nحلب\tAleppo\tplace\n\tnothing\tterm\nحلب\tHalab\tplace\nعين\teye\tbody\n");
        let expected = [
            "line 3: there is no Arabic",
            "line 4: line 2 has the same concept, place:حلب",
            "line 5: “body” is not a kind; read as a term",
        ];
        assert_eq!(warnings(file.as_bytes()), expected);
        let ids = read(file.as_bytes()).expect("a glossary").termbase;
        let ids: Vec<&str> = ids.concepts().iter().map(|concept| concept.id.as_str()).collect();
        assert_eq!(ids, ["place:حلب", "place:حلب~2", "term:عين"]);
    }

    #[test]
    fn what_is_no_glossary_is_refused() {
        assert_eq!(read(b"ab\xFFc").err(), Some(GlossaryTsvError::NotUtf8 { offset: 2 }));
        assert_eq!(read("\nنص عادي".as_bytes()).err(), Some(GlossaryTsvError::NoColumns { line: 2 }));
        assert_eq!(read(b"").map(|reading| reading.termbase.concepts().len()), Ok(0));
    }
}
