//! Concepts of made-up words, to measure with.

use tarjuman::domain::{Concept, ConceptKind, Term, TermStatus};
use tarjuman::storage::termbase::fresh_id;

/// Made-up words, few of them frequent and many rare, as in a language.
pub(crate) struct Words {
    arabic: Vec<String>,
    english: Vec<String>,
}

impl Words {
    pub(crate) fn new(random: &mut fastrand::Rng) -> Self {
        let mut words = |letters: &str| {
            let letters: Vec<char> = letters.chars().collect();
            let mut word = || (0..random.usize(2..10)).map(|_| letters[random.usize(..letters.len())]).collect();
            (0..40_000).map(|_| word()).collect::<Vec<String>>()
        };
        Self {
            arabic: words("اااللليييوومنترسدفقكهبحعجصشطةئءؤأإذغضخزثظ"),
            english: words("eeeettaaoinshrdlucmfwypvbgkjqxz"),
        }
    }

    pub(crate) fn concept(&self, random: &mut fastrand::Rng) -> Concept {
        let terms = |words: &[String], random: &mut fastrand::Rng| {
            let mut term = |status| {
                let word = |random: &mut fastrand::Rng| {
                    let rank = (words.len() as f64).powf(random.f64()) as usize - 1;
                    words[rank.min(words.len() - 1)].as_str()
                };
                let text: Vec<&str> = (0..random.usize(1..4)).map(|_| word(random)).collect();
                Term::new(text.join(" "), status)
            };
            vec![term(TermStatus::Preferred), term(TermStatus::Admitted)]
        };
        Concept {
            domain: ["military", "politics", "economy", "law"][random.usize(..4)].into(),
            note: if random.u8(..) < 64 { "where it is used, and by whom".into() } else { "".into() },
            arabic: terms(&self.arabic, random),
            english: terms(&self.english, random),
            ..Concept::new(fresh_id(), ConceptKind::ALL[random.usize(..5)])
        }
    }
}
