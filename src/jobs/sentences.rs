//! The rules for sentences: the user's own, or those that come with the program.

use std::path::Path;

use thiserror::Error;

use super::JobError;
use crate::formats::Warning;
use crate::formats::srx::{self, Srx};
use crate::storage::files;
use crate::text::{PatternError, SegmentationRules, Span};

/// The least length of a part of a long sentence, in characters: about as much as a line shows.
const SHORTEST_PART: usize = 80;

/// What finds the sentences of both languages.
#[derive(Debug)]
pub struct Segmenters {
    /// For the source.
    pub arabic: Segmenter,
    /// For the translation.
    pub english: Segmenter,
}

/// What finds the sentences of a language.
#[derive(Debug)]
pub struct Segmenter {
    sentences: SegmentationRules,
    clauses: SegmentationRules,
}

impl Segmenter {
    fn new(srx: &Srx, language: &str) -> Result<Self, PatternError> {
        let clauses = srx.rules_of(&format!("x-clauses-{language}"))?;
        Ok(Self { sentences: srx.rules_of(language)?, clauses })
    }

    /// The sentences of a paragraph, without a gap.
    pub fn sentences(&self, paragraph: &str) -> Vec<Span> {
        self.sentences.sentences(paragraph)
    }

    /// The sentences of a paragraph, long ones broken where a clause begins.
    pub fn short_sentences(&self, paragraph: &str) -> Vec<Span> {
        self.sentences.short_sentences(paragraph, &self.clauses, SHORTEST_PART)
    }
}

/// What finds sentences, and what became of the user's own rules.
#[derive(Debug)]
pub struct SentenceRules {
    /// By the user's rules where they could be used, else by those that come with the program.
    pub segmenters: Segmenters,
    /// Why the user's rules are not in use, where there are any.
    pub refused: Option<JobError>,
    /// Rules of the user's that make no sense and were left out.
    pub left_out: Vec<Fault>,
}

/// What is wrong with a file of rules, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {reason}")]
pub struct Fault {
    /// From 1.
    pub line: usize,
    /// What is wrong there.
    pub reason: String,
}

/// The segmenters for a user who may have a file of rules of their own. Fails only where the rules that come with
/// the program are damaged.
pub fn sentence_rules(own: &Path) -> Result<SentenceRules, JobError> {
    let refused = match read_segmenters(own) {
        Ok((segmenters, left_out)) => return Ok(SentenceRules { segmenters, refused: None, left_out }),
        Err(JobError::Storage(error)) if error.is_not_found() => None,
        Err(error) => Some(error),
    };
    let (segmenters, left_out) = parse(srx::BUILT_IN.as_bytes(), Path::new("segmentation.srx"))?;
    Ok(SentenceRules { segmenters, refused, left_out })
}

/// The segmenters of an SRX file, and which of its rules were left out.
pub fn read_segmenters(path: &Path) -> Result<(Segmenters, Vec<Fault>), JobError> {
    parse(&files::read(path)?, path)
}

fn parse(bytes: &[u8], path: &Path) -> Result<(Segmenters, Vec<Fault>), JobError> {
    let fault = |position: usize, reason: String| {
        let before = &bytes[..position.min(bytes.len())];
        Fault { line: before.split(|byte| *byte == b'\n').count(), reason }
    };
    let refused = |fault| JobError::SentenceRules { path: path.to_owned(), fault };
    let (srx, warnings) = srx::read(bytes).map_err(|error| refused(fault(error.position(), error.to_string())))?;
    let of = |language| Segmenter::new(&srx, language).map_err(|error| refused(fault(0, error.to_string())));
    let segmenters = Segmenters { arabic: of("ar")?, english: of("en")? };
    let described = |warning: &Warning| match warning.count {
        1 => warning.kind.to_string(),
        count => format!("{}, here and {} times more", warning.kind, count - 1),
    };
    let left_out = warnings.iter().map(|warning| fault(warning.position, described(warning))).collect();
    Ok((segmenters, left_out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::files::write_atomic;

    const OWN: &str = "<srx version='2.0'>\n<languagerule languagerulename='x'>\n<rule><beforebreak>؛</beforebreak>\
                       </rule>\n<rule><beforebreak>(</beforebreak></rule></languagerule>\
                       <languagemap languagepattern='ar' languagerulename='x'/></srx>";

    /// How many sentences the user's rules make of a text, what was left out of them, and why they were refused.
    fn with(own: Option<&str>) -> (usize, Vec<String>, Option<String>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("segmentation.srx");
        if let Some(text) = own {
            write_atomic(&path, text.as_bytes()).unwrap();
        }
        let SentenceRules { segmenters, refused, left_out } = sentence_rules(&path).unwrap();
        let count = segmenters.arabic.sentences("انتهى الاجتماع. عاد الوزير؛ ثم غادر. لم يعلق.").len();
        (count, left_out.iter().map(ToString::to_string).collect(), refused.map(|error| error.to_string()))
    }

    #[test]
    fn the_users_own_rules_come_first() {
        assert_eq!(with(None), (3, vec![], None));
        let (count, left_out, refused) = with(Some(OWN));
        assert_eq!((count, refused), (2, None));
        assert_eq!(left_out.len(), 1);
        assert!(left_out[0].starts_with("line 4: a rule for sentences was left out: unclosed group"), "{left_out:?}");
    }

    #[test]
    fn damaged_rules_are_refused_with_their_line() {
        let (count, _, refused) = with(Some(&OWN.replace("</rule>\n", "</rul>\n")));
        assert_eq!(count, 3);
        assert!(refused.is_some_and(|reason| reason.contains("segmentation.srx, line 3")));
    }
}
