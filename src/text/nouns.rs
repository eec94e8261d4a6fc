//! Nouns and their plurals: the broken ones, which no rule finds, from a table written by hand.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::{Inflection, Nature, fold};

/// Nouns with their plurals.
#[derive(Debug, Clone, Default)]
pub struct Nouns {
    /// The singular, then its plurals, as they are spelled.
    rows: Vec<Box<[Box<str>]>>,
    /// The rows that have a folded form, and its column in them.
    places: HashMap<Box<str>, Vec<(u32, u8)>, FxBuildHasher>,
}

impl Nouns {
    /// The table that comes with the program.
    pub fn shipped() -> Self {
        Self::parse(include_str!("../../assets/plurals.tsv"))
    }

    /// Reads lines of `singular  plural  plural…`, separated by tabs. Empty lines and those that begin with `#` say
    /// nothing, and a line without a tab is passed over.
    pub fn parse(table: &str) -> Self {
        let mut nouns = Self::default();
        for line in table.lines().filter(|line| !line.starts_with('#') && line.contains('\t')) {
            let row: Box<[Box<str>]> = line.split('\t').map(|form| form.trim().into()).collect();
            let number = nouns.rows.len() as u32;
            for (column, form) in (0..).zip(&row) {
                nouns.places.entry(fold(form).as_str().into()).or_default().push((number, column));
            }
            nouns.rows.push(row);
        }
        nouns
    }

    /// The other forms of the noun that is spelled like `word`: plurals of a singular, the singular and the
    /// other plurals of a plural. What is a singular itself counts as no plural: a text with أسرة speaks of a
    /// family and not of beds, and one with كتاب of a book and not of writers.
    pub fn others(&self, word: &str) -> impl Iterator<Item = (&str, Inflection)> {
        let places = self.places(fold(word).as_str());
        let initial = Nature::initial(word.chars().next());
        let singular = places.iter().any(|(_, column)| *column == 0);
        let own = move |&&(row, column): &&(u32, u8)| {
            let form = &self.rows[row as usize][column as usize];
            (column == 0 || !singular) && !initial.begins_unlike(Nature::initial(form.chars().next()))
        };
        places.iter().filter(own).flat_map(|&(row, own)| {
            let forms = (0..).zip(&self.rows[row as usize]).filter(move |&(column, _)| column != own);
            forms.filter_map(|(column, form): (u8, _)| match column {
                0 => Some((&**form, Inflection::SINGULAR)),
                _ => (!self.is_singular(fold(form).as_str())).then_some((&**form, Inflection::PLURAL)),
            })
        })
    }

    /// What the table says of the noun with the folded form `word`.
    pub fn known(&self, word: &str) -> Known {
        let mut known = Known::default();
        for &(row, column) in self.places(word) {
            let row = &self.rows[row as usize];
            known.plural |= column != 0;
            known.singular |= column == 0;
            known.persons |= column == 0 && row[1..].iter().any(|form| form.strip_suffix("ون") == Some(&*row[0]));
        }
        known.plural &= !known.singular;
        known
    }

    fn is_singular(&self, word: &str) -> bool {
        self.places(word).iter().any(|(_, column)| *column == 0)
    }

    fn places(&self, word: &str) -> &[(u32, u8)] {
        self.places.get(word).map_or(&[], Vec::as_slice)
    }
}

/// What is known of a noun.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known {
    /// Whether it is a singular whose plurals are known.
    pub singular: bool,
    /// Whether it is a plural, and no singular.
    pub plural: bool,
    /// Whether it is a singular with a plural in ون.
    pub persons: bool,
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_form_of_a_noun_leads_to_the_others() {
        let nouns = Nouns::parse("# Time\nشهر\tأشهر\tشهور\n\nموظف\tموظفون\nمساء\nكاتب\tكتاب\tكتبة\nكتاب\tكتب\n");
        let check = |word: &str, expected: &[(&str, Inflection)]| {
            assert_eq!(nouns.others(word).collect::<Vec<_>>(), expected, "{word}");
        };
        check("شهر", &[("أشهر", Inflection::PLURAL), ("شهور", Inflection::PLURAL)]);
        check("اشهر", &[("شهر", Inflection::SINGULAR), ("شهور", Inflection::PLURAL)]);
        check("إشهر", &[]);
        check("أشهر", &[("شهر", Inflection::SINGULAR), ("شهور", Inflection::PLURAL)]);
        check("مساء", &[]);
        check("كاتب", &[("كتبة", Inflection::PLURAL)]);
        check("كتاب", &[("كتب", Inflection::PLURAL)]);
        assert!(nouns.known("موظف").persons && !nouns.known("شهر").persons);
    }

    #[test]
    fn the_shipped_table_is_well_formed() {
        let table = include_str!("../../assets/plurals.tsv");
        let mut singulars = HashSet::new();
        for (number, line) in (1..).zip(table.lines()).filter(|(_, line)| !line.starts_with('#')) {
            let forms: Vec<&str> = line.split('\t').collect();
            assert!(forms.len() >= 2, "line {number}: {line} has no plural");
            for form in &forms {
                let arabic = form.chars().all(|c| matches!(c, 'ء'..='غ' | 'ف'..='ي'));
                assert!(arabic && form.chars().count() >= 2, "line {number}: “{form}” is not a plain word");
            }
            assert_eq!(forms.iter().collect::<HashSet<_>>().len(), forms.len(), "line {number}: {line} repeats a form");
            assert!(singulars.insert(forms[0]), "line {number}: {} came before", forms[0]);
        }
        assert!(singulars.len() >= 3500, "{} nouns", singulars.len());
    }
}
