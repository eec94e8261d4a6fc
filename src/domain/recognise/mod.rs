//! Recognition: where a text speaks of the concepts of a termbase.
//!
//! Names are found as they are, in any spelling and behind clitics; terms also inflected. [`Index`] walks a trie of
//! words (`trie.rs`) with every way to read each word of the text (`readings.rs`), which is remembered (`known.rs`).
//! `line.rs` makes a match of where the walk has led, and `guards.rs` keeps words apart that only look alike.

mod guards;
mod known;
mod line;
mod readings;
mod trie;

use self::known::Known;
use self::line::{Found, Line, Path, Word};
use self::readings::Written;
use self::trie::Trie;
use super::{Concept, ConceptId, Termbase};
use crate::text::{self, Folded, Inflection, Span, fold};

/// A place in a text that speaks of a concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// What it speaks of.
    pub concept: ConceptId,
    /// The term as it stands in the text, without particles joined to its front.
    pub span: Span,
    /// The particles joined to its front, where there are any.
    pub clitic: Option<Span>,
    /// How the text differs from the termbase.
    pub variation: Variation,
    /// What inflection has changed, in all of its words together.
    pub inflection: Inflection,
}

/// How what is written differs from the wording in the termbase, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variation {
    /// The same letters. Vowel signs, tatweel and punctuation don't count.
    Exact,
    /// Another spelling of the same word: hamza, ى for ي, ه for ة.
    Folded,
    /// With particles joined to its front.
    Proclitic,
    /// A word of it has the article in one and not in the other.
    Article,
    /// A word of it stands in another form.
    Inflected,
    /// Another word made of it, for a person to judge: the adjective of a noun.
    Hint,
}

/// The Arabic wordings of a termbase, ready to be found. Cheap to change by a concept.
#[derive(Debug, Clone, Default)]
pub struct Index {
    trie: Trie,
}

impl Index {
    /// Takes in every Arabic wording, forbidden ones too: the text may use them.
    pub fn new(termbase: &Termbase) -> Self {
        Self::of(termbase.concepts())
    }

    /// The same of concepts, those that count most first.
    pub fn of<'a>(concepts: impl IntoIterator<Item = &'a Concept>) -> Self {
        let (mut index, concepts) = (Self::default(), concepts.into_iter());
        index.trie.reserve(concepts.size_hint().0);
        for concept in concepts {
            index.insert(concept);
        }
        index.trie.shrink();
        index
    }

    /// Takes in a concept. One with the same id must have been removed before.
    pub fn insert(&mut self, concept: &Concept) {
        self.trie.insert(concept);
    }

    /// The same with a concept that counts for more than all others.
    pub fn insert_first(&mut self, concept: &Concept) {
        self.trie.insert_first(concept);
    }

    /// Forgets a concept, given as it was when it was taken in.
    pub fn remove(&mut self, concept: &Concept) {
        self.trie.remove(concept);
    }

    /// Finds the concepts of one text; see [`Recogniser::recognise`].
    pub fn recognise(&self, text: &str) -> Vec<Match> {
        self.recogniser().recognise(text)
    }

    /// Finds everything that one text may speak of; see [`Recogniser::alternatives`].
    pub fn alternatives(&self, text: &str) -> Vec<Match> {
        self.recogniser().alternatives(text)
    }

    /// What to read many texts with.
    pub fn recogniser(&self) -> Recogniser<'_> {
        Recogniser { trie: &self.trie, known: Known::new(false), words: Vec::new(), paths: Vec::new() }
    }
}

/// Reads texts and remembers their words, most of which come again.
#[derive(Debug)]
pub struct Recogniser<'a> {
    trie: &'a Trie,
    known: Known,
    /// The words of the text that is read.
    words: Vec<Word>,
    paths: Vec<Path>,
}

impl<'a> Recogniser<'a> {
    /// The same that also guesses, by their patterns, broken plurals which neither the table of plurals nor a concept
    /// has. [`Recogniser::alternatives`] tells them as hints; [`Recogniser::recognise`] never does.
    #[must_use]
    pub fn guessing_plurals(self) -> Self {
        Self { known: Known::new(true), ..self }
    }

    /// Finds the concepts of `text` from its start on: at each place the wording of most words, and of those
    /// the ones that differ least. Matches don't overlap, except that wordings which are equally good name the
    /// same span one after the other. Hints are left out.
    pub fn recognise(&mut self, text: &str) -> Vec<Match> {
        let folded = fold(text);
        let words = self.take_words(text, &folded);
        let line = Line { source: text, folded: &folded, words: &words };
        let (mut found, mut matches) = (Vec::new(), Vec::new());
        let mut at = 0;
        while at < words.len() {
            self.find_at(line, at, &mut found);
            if found.is_empty() {
                at += 1;
                continue;
            }
            found.retain(|found| found.rank.variation != Variation::Hint);
            let best = found.iter().map(|found| found.rank).min();
            let first = matches.len();
            found.sort_by_key(|found| (found.span.start, found.order));
            for found in found.drain(..).filter(|found| Some(found.rank) == best) {
                let found = Match::from(found);
                if !matches[first..].contains(&found) {
                    matches.push(found);
                }
            }
            at = best.map_or(at + 1, |best| best.end.0);
        }
        self.words = words;
        matches
    }

    /// Finds everything that `text` may speak of, by its place and the best first: also what overlaps, what differs
    /// more, and hints.
    pub fn alternatives(&mut self, text: &str) -> Vec<Match> {
        let folded = fold(text);
        let words = self.take_words(text, &folded);
        let line = Line { source: text, folded: &folded, words: &words };
        let (mut found, mut matches) = (Vec::new(), Vec::<Match>::new());
        for at in 0..words.len() {
            self.find_at(line, at, &mut found);
            found.sort_by_key(|found| (found.rank, found.order));
            for found in found.drain(..).map(Match::from) {
                let mut near = matches.iter().rev().take_while(|other| other.span.end > found.span.start);
                if !near.any(|other| other.names_the_same(&found)) {
                    matches.push(found);
                }
            }
        }
        self.words = words;
        matches
    }

    /// Finds the words that may be plurals of terms by their pattern alone, by their place, but for what is recognised
    /// for sure.
    pub fn guesses(&mut self, text: &str) -> Vec<Match> {
        let certain = self.recognise(text);
        let apart = |found: &Match| certain.iter().all(|other| !other.span.overlaps(found.span));
        let mut found = self.alternatives(text);
        found.retain(|found| found.inflection.contains(Inflection::GUESSED) && apart(found));
        found.sort_by_key(|found| found.span.start);
        found
    }

    /// Finds the words of a text, and how each of them can be read.
    fn take_words(&mut self, text: &str, folded: &Folded) -> Vec<Word> {
        let mut words = std::mem::take(&mut self.words);
        words.clear();
        self.known.forget_if_many();
        for span in text::words(folded.as_str()) {
            let written = folded.to_source(span);
            let number = self.known.number(self.trie, Written { source: text, folded, span, at: written });
            words.push(Word { folded: span, written, number });
        }
        words
    }

    /// Adds everything that starts with the word `first`.
    fn find_at(&mut self, line: Line<'_>, first: usize, found: &mut Vec<Found<'a>>) {
        let entries = self.known.first(line.words[first].number);
        self.paths.extend(entries.iter().map(|path| Path { end: first + 1, ..*path }));
        while let Some(path) = self.paths.pop() {
            let node = self.trie.node(path.node);
            found.extend(self.trie.wordings(node).filter_map(|wording| line.matched(first, path, wording)));
            if node.goes_on() && line.joins(path.end, node.pauses) {
                for reading in self.known.later(line.words[path.end].number) {
                    if let Some(next) = self.trie.step(path.node, node, reading.word) {
                        self.paths.push(path.and(next, reading));
                    }
                }
            }
        }
    }
}

impl Match {
    fn names_the_same(&self, other: &Self) -> bool {
        self.concept == other.concept && self.span.end == other.span.end && self.span.start <= other.span.start
    }
}

impl From<Found<'_>> for Match {
    fn from(found: Found<'_>) -> Self {
        let Found { rank, concept, span, clitic, inflection, .. } = found;
        let clitic = Some(clitic).filter(|clitic| !clitic.is_empty());
        Self { concept: concept.clone(), span, clitic, variation: rank.variation, inflection }
    }
}

#[cfg(test)]
mod tests {
    use ConceptKind::{Person, Place, Term as Noun};
    use Variation::{Article, Exact, Folded, Hint, Inflected, Proclitic};

    use super::*;
    use crate::domain::{ConceptKind, Term, TermStatus, TermType};

    fn concept(id: &str, text: &str, kind: ConceptKind) -> Concept {
        Concept { arabic: vec![Term::new(text, TermStatus::Preferred)], ..Concept::new(ConceptId::new(id), kind) }
    }

    fn index(wordings: &[(&str, ConceptKind)]) -> Index {
        let numbered = wordings.iter().enumerate();
        let termbase = numbered.map(|(number, &(text, kind))| concept(&number.to_string(), text, kind)).collect();
        Index::new(&termbase)
    }

    /// What is recognised of one wording: the clitic, the term and the variation of each match.
    fn check(kind: ConceptKind, wording: &str, text: &str, expected: &[(&str, &str, Variation)]) {
        let matches = index(&[(wording, kind)]).recognise(text);
        let clitic = |found: &Match| found.clitic.map_or("", |clitic| &text[clitic.range()]);
        let shown = |found: &Match| (clitic(found), &text[found.span.range()], found.variation);
        let found: Vec<_> = matches.iter().map(shown).collect();
        assert_eq!(found, expected, "{wording} in {text}");
    }

    #[test]
    fn a_name_is_found_however_it_is_spelled() {
        check(Place, "إدلب", "في إدلب، وفي ادلب.", &[("", "إدلب", Exact), ("", "ادلب", Folded)]);
        check(Place, "سوريا", "(ســوريَا)", &[("", "ســوريَا", Exact)]);
        check(Place, "بلنسية", "إلى ﺑﻠﻨﺴﻴﺔ", &[("", "ﺑﻠﻨﺴﻴﺔ", Exact)]);
        check(Person, "ناجي صبري", "ناجى صبرى", &[("", "ناجى صبرى", Folded)]);
    }

    #[test]
    fn a_name_is_found_behind_its_clitics() {
        check(Place, "واشنطن", "بواشنطن", &[("ب", "واشنطن", Proclitic)]);
        check(Place, "الولايات المتحدة", "وبالولايات المتحدة", &[("وب", "الولايات المتحدة", Proclitic)]);
        check(Place, "الكعبة", "للكعبة", &[("ل", "لكعبة", Proclitic)]);
        check(Place, "اللاذقية", "وللاذقية", &[("ول", "لاذقية", Proclitic)]);
        check(Person, "محمد السادس", "فَمحمد السادس", &[("فَ", "محمد السادس", Proclitic)]);
    }

    #[test]
    fn a_question_is_a_clitic_where_no_word_of_its_own_begins_like_it() {
        check(Place, "سوريا", "أسوريا أفبسوريا", &[("أ", "سوريا", Proclitic), ("أفب", "سوريا", Proclitic)]);
        check(Place, "لا باز", "ألا باز", &[("أ", "لا باز", Proclitic)]);
        check(Noun, "حكومة", "أحكومة", &[("أ", "حكومة", Proclitic)]);
        check(Person, "حمد", "أحمد احمد", &[]);
        check(Place, "سوريا", "اسوريا إسوريا", &[]);
        check(Noun, "قارب", "أقاربه", &[]);
    }

    #[test]
    fn the_words_after_it_tell_whether_a_common_word_has_a_clitic() {
        check(Place, "لا باز", "بلا باز", &[("ب", "لا باز", Proclitic)]);
        check(Place, "سان خوان", "ولسان خوان", &[("ول", "سان خوان", Proclitic)]);
        check(Place, "ريد", "بريد", &[]);
    }

    #[test]
    fn a_wording_with_its_own_clitic_stands_beside_the_one_without() {
        let index = index(&[("لندن", Place), ("للندن", Place)]);
        let found = |text: &str| index.recognise(text).len();
        assert_eq!(found("وللندن"), 2);
        assert_eq!(found("لندن"), 1);
        check(Place, "الله", "لله", &[("ل", "له", Proclitic)]);
    }

    #[test]
    fn a_verb_is_found_behind_the_particle_of_the_future_and_a_name_is_not() {
        check(Noun, "يعلن", "وسيعلن", &[("وس", "يعلن", Proclitic)]);
        check(Place, "اليمن", "ساليمن", &[]);
    }

    #[test]
    fn words_that_only_look_like_a_name_are_not_it() {
        let cases = [
            ("علي", "على وعلى"),
            ("دينا", "لدينا"),
            ("راير", "فبراير"),
            ("ايل", "وسائل"),
            ("بري", "كبرى"),
            ("بيت", "البيت"),
            ("علي", "وعلي الرغم من ذلك"),
            ("علي", "اتفقوا علي هذا حتي النهاية"),
            ("دوما", "دوماً دومًا"),
            ("تدمر", "لم تدمر وقد تدمر"),
            ("حوارة", "في حواره"),
        ];
        for (name, text) in cases {
            check(Person, name, text, &[]);
        }
        check(Place, "تدمر", "في تدمر", &[("", "تدمر", Exact)]);
        check(Place, "أضنة", "في أضنه", &[("", "أضنه", Folded)]);
        check(Person, "علي", "وعلي على", &[("و", "علي", Proclitic)]);
        check(Person, "علي", "على الأرض", &[]);
        check(Person, "علي", "قتل على في الكوفة", &[("", "على", Folded)]);
        check(Person, "علي", "حسين بن على الأكبر", &[("", "على", Folded)]);
    }

    #[test]
    fn a_term_is_found_with_and_without_its_article() {
        check(Noun, "وزير", "الوزير", &[("", "الوزير", Article)]);
        check(Noun, "وزير", "للوزير", &[("ل", "لوزير", Article)]);
        check(Noun, "وزير النفط", "ووزير نفط", &[("و", "وزير نفط", Article)]);
        check(Noun, "كتابة", "كتابه", &[]);
        check(Noun, "أولي", "الأولى", &[]);
    }

    #[test]
    fn a_term_is_found_in_every_form() {
        let cases = [
            ("شركة", "وشركاتها", "و", "شركاتها", Inflection::PLURAL | Inflection::PRONOUN),
            ("وزير", "للوزراء", "ل", "لوزراء", Inflection::PLURAL | Inflection::ARTICLE),
            ("مسؤول", "مسؤولي", "", "مسؤولي", Inflection::PLURAL),
            ("قاض", "القضاة", "", "القضاة", Inflection::PLURAL | Inflection::ARTICLE),
            ("ابن", "أبناؤه", "", "أبناؤه", Inflection::PLURAL | Inflection::PRONOUN),
            ("القوات", "قوة", "", "قوة", Inflection::SINGULAR | Inflection::ARTICLE),
            ("قوة أمريكية", "والقوات الأمريكية", "و", "القوات الأمريكية", Inflection::PLURAL | Inflection::ARTICLE),
            ("مبعوث خاص", "مبعوثه الخاص", "", "مبعوثه الخاص", Inflection::PRONOUN | Inflection::ARTICLE),
            ("جنود إسرائيليين", "جندي إسرائيلي", "", "جندي إسرائيلي", Inflection::SINGULAR),
            (
                "عقود قديمة",
                "العقد القديم",
                "",
                "العقد القديم",
                Inflection::SINGULAR | Inflection::MASCULINE | Inflection::ARTICLE,
            ),
        ];
        for (wording, text, clitic, term, inflection) in cases {
            check(Noun, wording, text, &[(clitic, term, Inflected)]);
            assert_eq!(index(&[(wording, Noun)]).recognise(text)[0].inflection, inflection, "{wording} in {text}");
        }
    }

    #[test]
    fn a_name_does_not_inflect() {
        let cases = [(Person, "ناصر", "أنصار ناصرون ناصرا"), (Place, "العراق", "عراقي عراق"), (Place, "قطر", "أقطار")];
        for (kind, name, text) in cases {
            check(kind, name, text, &[]);
        }
    }

    #[test]
    fn other_words_are_no_form_of_a_term() {
        let cases = [
            ("بحر", "البحرين"),
            ("سوري", "سوريا"),
            ("جمع", "الجمعة"),
            ("أسرة", "سرير"),
            ("كاتب", "الكتاب"),
            ("إعلام", "أعلام علم"),
            ("أشهر", "شهر"),
            ("إسلاميون", "الإسلامي"),
            ("تحقيقات", "تحقيق"),
            ("طريق", "طريقة"),
            ("حالي", "حال"),
            ("كتابة", "كتاب"),
        ];
        for (wording, text) in cases {
            check(Noun, wording, text, &[]);
        }
    }

    #[test]
    fn hints_and_what_overlaps_are_told_on_demand() {
        let index = index(&[("عراق", Noun), ("مجلس", Noun), ("مجلس الأمن", Noun), ("أمن", Noun)]);
        let found = |text: &str| -> Vec<(String, Variation)> {
            let found = index.alternatives(text);
            found.iter().map(|found| (text[found.span.range()].to_owned(), found.variation)).collect()
        };
        assert_eq!(index.recognise("عراقية").len(), 0);
        assert_eq!(found("عراقية"), [("عراقية".to_owned(), Hint)]);
        let expected = [("مجلس الأمن", Exact), ("مجلس", Exact), ("الأمن", Article)];
        assert_eq!(found("مجلس الأمن"), expected.map(|(text, variation)| (text.to_owned(), variation)));
    }

    #[test]
    fn plurals_are_guessed_on_demand_where_nobody_has_listed_them() {
        let check = |wording: (&str, ConceptKind), text: &str, expected: &[(&str, Inflection)]| {
            let index = index(&[wording]);
            let mut recogniser = index.recogniser().guessing_plurals();
            let found = recogniser.guesses(text);
            let found: Vec<_> = found.iter().map(|found| (&text[found.span.range()], found.inflection)).collect();
            assert_eq!(found, expected, "{wording:?} in {text}");
            assert_eq!(recogniser.recognise(text), [], "{wording:?} in {text}");
            assert_eq!(index.alternatives(text), [], "{wording:?} in {text}");
        };
        let guessed = Inflection::GUESSED;
        let definite = guessed | Inflection::ARTICLE;
        check(("جندب", Noun), "وجنادب", &[("جنادب", guessed)]);
        check(("جندب أحمر", Noun), "للجنادب الحمر", &[("لجنادب الحمر", definite | Inflection::PLURAL)]);
        check(("زرفين", Noun), "زرافينه", &[("زرافينه", guessed | Inflection::PRONOUN)]);
        // A name has no plural, the table knows that of كتاب, and إعراض is no plural of عرض.
        check(("جندب", Person), "جنادب", &[]);
        check(("كتاب", Noun), "أكتبة", &[]);
        check(("درد", Noun), "إدراد أدراد", &[("أدراد", guessed)]);
    }

    #[test]
    fn no_plural_is_guessed_of_a_term_with_forms_added_by_hand() {
        let mut concept = concept("0", "جندب", Noun);
        concept.arabic[0].forms.push("جندبات".into());
        let index = Index::new(&[concept].into_iter().collect());
        assert_eq!(index.recogniser().guessing_plurals().guesses("الجنادب"), []);
    }

    #[test]
    fn a_form_added_by_hand_is_found() {
        let mut concept = concept("0", "شرك", Noun);
        concept.arabic[0].forms.push("فخاخ".into());
        let index = Index::new(&[concept].into_iter().collect());
        let found = index.recognise("والفخاخ");
        assert_eq!(found.len(), 1);
        assert!(found[0].inflection.contains(Inflection::BY_HAND) && found[0].variation == Inflected);
    }

    #[test]
    fn an_abbreviation_does_not_inflect() {
        let mut concept = concept("0", "وام", Noun);
        concept.arabic[0].term_type = Some(TermType::Abbreviation);
        let index = Index::new(&[concept].into_iter().collect());
        assert_eq!(index.recognise("الوام واما").len(), 0);
        assert_eq!(index.recognise("لوام").len(), 1);
    }

    #[test]
    fn a_concept_that_changes_is_found_at_once() {
        let termbase = |text: &str| -> Termbase { [concept("0", text, Noun)].into_iter().collect() };
        let (before, after) = (termbase("مخيم"), termbase("معسكر"));
        let mut index = Index::new(&before);
        index.remove(&before.concepts()[0]);
        index.insert(&after.concepts()[0]);
        assert_eq!(index.recognise("المخيمات"), []);
        assert_eq!(index.recognise("المعسكرات").len(), 1);
    }

    #[test]
    fn a_term_goes_on_over_brackets_but_not_over_a_comma() {
        check(Person, "نظام بشار الأسد", "نظام (بشار) الأسد", &[("", "نظام (بشار) الأسد", Exact)]);
        check(Place, "أبو ظبي", "أبو-ظبي أبو - ظبي", &[("", "أبو-ظبي", Exact)]);
        check(Place, "د ب أ", "(د.ب.أ)", &[("", "د.ب.أ", Exact)]);
        check(Place, "الكونغو - كينشاسا", "بالكونغو-كينشاسا", &[("ب", "الكونغو-كينشاسا", Proclitic)]);
        check(Place, "بيولا، داكوتا", "بيولا، داكوتا", &[("", "بيولا، داكوتا", Exact)]);
        check(Noun, "سباق", "لسباق1500", &[("ل", "سباق", Proclitic)]);
        check(Place, "سوريا العراق", "سوريا، العراق\nسوريا\nالعراق", &[]);
    }

    #[test]
    fn the_longest_wording_wins_then_the_closest() {
        let index = index(&[
            ("مجلس", Noun),
            ("مجلس الأمن", Noun),
            ("الأمن", Noun),
            ("الاسد", Person),
            ("الأسد", Person),
            ("أسد", Noun),
        ]);
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<String> = index.recognise(text).iter().map(|found| found.concept.to_string()).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("مجلس الأمن", &["1"]);
        check("مجلس والأمن", &["0", "2"]);
        check("الأسد", &["4"]);
        check("للأسد", &["3", "4"]);
        check("أسد", &["5"]);
    }
}
