//! The glossary that comes with the program.

use super::JobError;
use crate::domain::Termbase;
use crate::formats::Warning;
use crate::formats::glossary::{self, Options};

/// The files of the glossary.
const STARTER: [&str; 4] = [
    include_str!("../../assets/glossary/people.tsv"),
    include_str!("../../assets/glossary/places.tsv"),
    include_str!("../../assets/glossary/organisations.tsv"),
    include_str!("../../assets/glossary/terms.tsv"),
];

/// Reads every file into one termbase; a concept of a later file replaces one with the same id.
pub(super) fn starter() -> Result<(Termbase, Vec<Warning>), JobError> {
    let mut termbase = Termbase::default();
    let mut warnings = Vec::new();
    for text in STARTER {
        let reading = glossary::read(text.as_bytes(), Options::default()).map_err(JobError::Glossary)?;
        termbase.extend(reading.termbase.concepts().iter().cloned());
        warnings.extend(reading.warnings);
    }
    Ok((termbase, warnings))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Index;

    #[test]
    fn the_starter_glossary_is_whole() {
        let (termbase, warnings) = starter().unwrap();
        assert!(warnings.is_empty(), "{warnings:?}");
        assert!(termbase.concepts().len() >= 300);
    }

    #[test]
    fn names_and_terms_of_the_news_are_found_as_they_are_printed() {
        let index = Index::new(&starter().unwrap().0);
        let cases = [
            ("وزير الدفاع الأمريكي، جيمس ماتيس،", 2),
            ("نظام (بشار) الأسد", 1),
            ("مبعوث الأمم المتحدة ستيفان ديمستورا", 2),
            ("فاليري غيراسيموف مع نظيره جوزيف دانفورد", 2),
            ("ومستشار الأمن القومي جون بولتون", 2),
            ("في اجتماع لـ«حلف شمال الأطلسي» (ناتو) في بروكسل", 3),
            ("قوات سوريا الديمقراطية ضد تنظيم داعش", 2),
            ("مناطق تخفيف التوتر في محادثات أستانة", 2),
            ("غارات جوية على الرقة وديرالزور", 3),
            ("بقرار من مجلس الأمن", 1),
        ];
        for (text, least) in cases {
            let found = index.recognise(text);
            assert!(found.len() >= least, "{text}: {found:?}");
        }
    }
}
