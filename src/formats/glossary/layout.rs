//! What the columns of a table hold: told by its header, by a person, or guessed from the cells.

use std::collections::HashSet;

use crate::domain::ConceptKind;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// The concept's id.
    Id,
    /// Arabic wordings.
    Arabic,
    /// English wordings.
    English,
    /// The kind: person, place …
    Kind,
    /// The field it belongs to.
    Domain,
    /// What it is.
    Definition,
    /// A remark.
    Note,
    /// Where the wording comes from.
    Source,
    /// The part of speech of the wordings.
    PartOfSpeech,
    /// Something that is not read.
    Ignored,
}

impl Column {
    /// The columns of the files that this program writes, in their order.
    pub(super) const WRITTEN: [Self; 8] =
        [Self::Arabic, Self::English, Self::Kind, Self::Domain, Self::Note, Self::Definition, Self::Source, Self::Id];

    /// Its name in a header.
    pub fn key(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Arabic => "arabic",
            Self::English => "english",
            Self::Kind => "kind",
            Self::Domain => "domain",
            Self::Definition => "definition",
            Self::Note => "note",
            Self::Source => "source",
            Self::PartOfSpeech => "part of speech",
            Self::Ignored => "ignored",
        }
    }

    /// The column that a person or another program calls `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        // "Arabic (Syria)" and "Entry_Note" are "Arabic" and "Note".
        let name = name.trim().trim_start_matches('\u{feff}').to_lowercase();
        let name = name.split_once('(').map_or(&*name, |(name, _)| name).replace(['_', '-', ' '], "");
        let name = name.strip_prefix("entry").filter(|rest| !rest.is_empty()).unwrap_or(&name);
        Some(match name {
            "id" | "conceptid" | "stringid" | "number" | "no" | "#" => Self::Id,
            "arabicterm" | "termar" | "عربي" | "العربية" | "بالعربية" | "المصطلح" => {
                Self::Arabic
            }
            "englishterm" | "termen" | "إنجليزي" | "الإنجليزية" | "بالإنجليزية" => {
                Self::English
            }
            "kind" | "type" | "category" | "class" | "النوع" => Self::Kind,
            "domain" | "subject" | "subjectfield" | "field" | "المجال" => Self::Domain,
            "definition" | "description" | "arabicdef" | "englishdef" | "التعريف" => Self::Definition,
            "note" | "notes" | "comment" | "comments" | "remark" | "remarks" | "ملاحظة" | "ملاحظات" => {
                Self::Note
            }
            "source" | "origin" | "reference" | "المصدر" => Self::Source,
            "pos" | "partofspeech" => Self::PartOfSpeech,
            "ignored" | "ignore" | "sourcelang" | "targetlang" => Self::Ignored,
            _ if is_language(name, "arabic", "ar") => Self::Arabic,
            _ if is_language(name, "english", "en") => Self::English,
            _ => return None,
        })
    }
}

/// Whether a folded name is that of a language, alone or with a country: "arabicsyria", "ar", "arsy".
fn is_language(name: &str, language: &str, code: &str) -> bool {
    const COUNTRIES: [&str; 25] = [
        "", "ae", "bh", "dz", "eg", "iq", "jo", "kw", "lb", "ly", "ma", "om", "ps", "qa", "sa", "sd", "sy", "tn", "ye",
        "au", "ca", "gb", "ie", "uk", "us",
    ];
    const NAMES: [&str; 8] =
        ["syria", "egypt", "iraq", "lebanon", "saudiarabia", "unitedstates", "unitedkingdom", "standard"];
    let country = name.strip_prefix(language).or_else(|| name.strip_prefix(code));
    country.is_some_and(|country| COUNTRIES.contains(&country) || NAMES.contains(&country))
}

/// How a table is laid out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// What each column holds, from the left. Further ones are ignored.
    pub columns: Vec<Column>,
    /// Whether the first row names the columns.
    pub has_header: bool,
}

impl Layout {
    /// The first column that holds something.
    pub fn position(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|&known| known == column)
    }

    /// Whether it is one that this program writes, where a wording can be marked as forbidden.
    pub(super) fn is_own(&self) -> bool {
        self.has_header && self.columns.starts_with(&[Column::Arabic, Column::English])
    }
}

/// How sure it is what a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// The header says so.
    Named,
    /// Its cells leave hardly any other choice.
    Seen,
    /// It could as well be something else: a person should look.
    Guessed,
}

/// How sure a layout is that was guessed from these rows, for each of its columns.
pub(super) fn certainties(rows: &[Vec<String>], layout: &Layout) -> Vec<Certainty> {
    let header = rows.first().filter(|_| layout.has_header).map_or(&[][..], |row| row);
    let body = &rows[usize::from(layout.has_header).min(rows.len())..];
    let facts: Vec<Facts> = (0..layout.columns.len()).map(|at| Facts::of(body, at)).collect();
    let only = |is: fn(&Facts) -> bool| facts.iter().filter(|facts| facts.filled > 0 && is(facts)).count() == 1;
    let of_column = |(at, (&column, facts)): (usize, (&Column, &Facts))| {
        let is_named = header.get(at).is_some_and(|name| !name.trim().is_empty() && !is_neutral(name, header));
        let is_seen = match column {
            Column::Arabic => facts.is_clearly(facts.arabic) && only(Facts::is_arabic),
            Column::English => facts.is_clearly(facts.latin) && only(Facts::is_latin),
            Column::Kind => facts.is_kind(),
            Column::Ignored => facts.filled == 0,
            _ => false,
        };
        match (header.get(at).map(|name| Column::from_name(name)), is_seen) {
            (Some(Some(named)), _) if is_named && named == column => Certainty::Named,
            (_, true) => Certainty::Seen,
            _ => Certainty::Guessed,
        }
    };
    layout.columns.iter().zip(&facts).enumerate().map(of_column).collect()
}

/// The kind that a table calls `name`, by our word for it or by those of corpora.
pub(super) fn kind_named(name: &str) -> Option<ConceptKind> {
    Some(match &*name.trim().to_lowercase() {
        "per" | "pers" | "person" | "people" => ConceptKind::Person,
        "loc" | "gpe" | "location" | "place" => ConceptKind::Place,
        "org" | "organisation" | "organization" => ConceptKind::Organisation,
        "misc" | "event" => ConceptKind::Event,
        "term" | "" => ConceptKind::Term,
        _ => return None,
    })
}

/// Guesses the layout of a table; `None` where no column holds Arabic.
///
/// A header counts where it names most of its columns. What it leaves open is told by the cells: Arabic is the
/// column with the most cells in Arabic letters, English the one beside it in Latin letters. Numbers and codes that
/// never repeat are ids, and words for kinds are kinds.
pub(super) fn guess(rows: &[Vec<String>]) -> Option<Layout> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let first = rows.first().map_or(&[][..], |row| row);
    let neutral: Vec<bool> = first.iter().map(|cell| is_neutral(cell, first)).collect();
    let named: Vec<Option<Column>> =
        first.iter().zip(&neutral).map(|(cell, neutral)| Column::from_name(cell).filter(|_| !neutral)).collect();
    let filled = first.iter().filter(|cell| !cell.trim().is_empty()).count();
    let known = named.iter().zip(&neutral).filter(|(column, neutral)| column.is_some() || **neutral).count();
    // Databases export many columns that are theirs alone.
    let names_both = [Column::Arabic, Column::English].iter().all(|&language| named.contains(&Some(language)));
    let distinct = named.iter().flatten().collect::<HashSet<_>>().len() + neutral.iter().filter(|&&is| is).count();
    let has_header = distinct >= 2 && (known * 2 >= filled || names_both);
    let body = &rows[usize::from(has_header)..];
    let mut columns: Vec<Option<Column>> = if has_header { named } else { Vec::new() };
    columns.resize(width, None);
    let facts: Vec<Facts> = (0..width).map(|at| Facts::of(body, at)).collect();

    if !columns.contains(&Some(Column::Arabic)) {
        let free = (0..width).filter(|&at| columns[at].is_none() && facts[at].is_arabic());
        let arabic = free.max_by_key(|&at| (facts[at].arabic, std::cmp::Reverse(at)))?;
        columns[arabic] = Some(Column::Arabic);
    }
    let arabic = columns.iter().position(|&column| column == Some(Column::Arabic))?;
    if !has_header {
        for at in (0..width).filter(|&at| at != arabic && facts[at].is_kind()) {
            columns[at] = Some(Column::Kind);
        }
        // In lists of corpora the English stands between the Arabic and the kind: what is in front must be ids.
        let english_follows = columns.iter().skip(arabic + 2).any(|&column| column == Some(Column::Kind));
        let is_id = |at: usize| facts[at].is_code() || (english_follows && facts[at].is_name());
        for (at, column) in columns[..arabic].iter_mut().enumerate() {
            *column = column.or_else(|| is_id(at).then_some(Column::Id));
        }
    }
    if !columns.contains(&Some(Column::English)) {
        // What follows the kind is about the row, as in the lists of corpora.
        let end = columns.iter().rposition(|&column| column == Some(Column::Kind)).filter(|&kind| kind > arabic);
        let end = if has_header { width } else { end.unwrap_or(width) };
        let free = (0..end).filter(|&at| columns[at].is_none() && facts[at].is_latin());
        if let Some(english) = free.min_by_key(|&at| (at.abs_diff(arabic), at)) {
            columns[english] = Some(Column::English);
        }
    }
    let first_left = (0..width).find(|&at| columns[at].is_none() && facts[at].filled > 0);
    if let Some(note) = first_left.filter(|_| !columns.contains(&Some(Column::Note)) && !has_header) {
        columns[note] = Some(Column::Note);
    }
    Some(Layout { columns: columns.into_iter().map(|column| column.unwrap_or(Column::Ignored)).collect(), has_header })
}

/// Whether a header calls a column by its part in a translation, whatever the language. "Source" is only meant so
/// where something is a target.
fn is_neutral(name: &str, header: &[String]) -> bool {
    let simple = |name: &str| name.trim().to_lowercase().replace(['_', '-', ' '], "");
    let is_target = |name: &str| {
        matches!(&*simple(name), "target" | "targetterm" | "targetstring" | "targettext" | "translation" | "الترجمة")
    };
    let is_source = matches!(&*simple(name), "source" | "sourceterm" | "sourcestring" | "sourcetext" | "term");
    is_target(name) || (is_source && header.iter().any(|other| is_target(other)))
}

/// What the cells of a column are like.
#[derive(Debug, Default)]
struct Facts {
    filled: usize,
    arabic: usize,
    latin: usize,
    kinds: usize,
    words: usize,
    codes: usize,
    distinct: usize,
}

impl Facts {
    fn of(rows: &[Vec<String>], at: usize) -> Self {
        let mut facts = Self::default();
        let mut seen = HashSet::new();
        for cell in rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty()) {
            let arabic = cell.chars().filter(|c| ('\u{600}'..='\u{6ff}').contains(c) && c.is_alphabetic()).count();
            let latin = cell.chars().filter(|c| c.is_alphabetic() && *c < '\u{250}').count();
            facts.filled += 1;
            facts.arabic += usize::from(arabic > latin);
            facts.latin += usize::from(latin > arabic);
            facts.kinds += usize::from(kind_named(cell).is_some());
            facts.words += usize::from(!cell.contains(' '));
            facts.codes += usize::from(cell.chars().any(|c| c.is_ascii_digit()));
            facts.distinct += usize::from(seen.insert(cell));
        }
        facts
    }

    fn is_arabic(&self) -> bool {
        self.arabic * 2 > self.filled
    }

    fn is_latin(&self) -> bool {
        self.latin * 2 > self.filled
    }

    fn is_kind(&self) -> bool {
        self.is_clearly(self.kinds)
    }

    fn is_clearly(&self, cells: usize) -> bool {
        self.filled > 0 && cells * 10 >= self.filled * 9
    }

    fn is_code(&self) -> bool {
        self.is_name() && self.codes == self.filled
    }

    /// Whether each cell is one word that no other is.
    fn is_name(&self) -> bool {
        self.filled > 0 && self.words == self.filled && self.distinct == self.filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters of the columns: i, a, e, k, d, n, … and `-` for what is ignored.
    fn check(table: &str, expected: &str, has_header: bool) {
        let rows: Vec<Vec<String>> = table.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
        let layout = guess(&rows).expect(table);
        let letter = |&column: &Column| match column {
            Column::Ignored => '-',
            Column::Definition => 'f',
            other => other.key().chars().next().unwrap_or('?'),
        };
        let letters: String = layout.columns.iter().map(letter).collect();
        assert_eq!((&*letters, layout.has_header), (expected, has_header), "{table}");
    }

    #[test]
    fn columns_are_known_by_header_or_by_content() {
        check("arabic,english,kind,domain,note\nحلب,Aleppo,place,,", "aekdn", true);
        check("English,Arabic\nAleppo,حلب", "ea", true);
        check(
            "stringID,sourceLang,targetLang,pos,description,sourceString,targetString\n1,en,ar,noun,A city,Aleppo,حلب",
            "i--pfea",
            true,
        );
        check("عربي,English,note\nحلب,Aleppo,", "aen", true);
        check("Aleppo,حلب,A town in the north\nHoms,حمص,", "ean", false);
        check("حلب,Aleppo,A town in the north", "aen", false);
        check("N1,حلب,Aleppo,LOC,list\nN2,حمص,Homs,LOC,list", "iaekn", false);
        check("T1,قاعدة,,TERM,lemma", "ia-kn", false);
        check("A,حلب,Aleppo,LOC\nB,حمص,Homs,LOC", "iaek", false);
        check("Aleppo,حلب,LOC\nHoms,حمص,LOC", "eak", false);
        check("حلب", "a", false);
        check(
            "Entry_ID,Entry_Subject,Entry_ClientID,Entry_Created,Entry_Note,English_Def,English_GB,Term_Info,Arabic,Arabic\n\
             7,law,,,,,court,x,محكمة,قضاء",
            "id--nfe-aa",
            true,
        );
        check("ar-SY,en_US,Client\nحلب,Aleppo,Desk", "ae-", true);
        check("عربي,Arabic\nعبري,Hebrew", "ae", false);
    }

    #[test]
    fn what_is_only_guessed_is_said() {
        use Certainty::{Guessed, Named, Seen};
        let check = |table: &str, expected: &[Certainty]| {
            let rows: Vec<Vec<String>> =
                table.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
            let layout = guess(&rows).expect(table);
            assert_eq!(certainties(&rows, &layout), expected, "{table} {layout:?}");
        };
        check("arabic,english,colour\nحلب,Aleppo,red", &[Named, Named, Guessed]);
        check("source,target,note\nAleppo,حلب,", &[Seen, Seen, Named]);
        check("حلب,Aleppo\nحمص,Homs", &[Seen, Seen]);
        check("حلب,Aleppo,A town\nحمص,Homs,Another", &[Seen, Guessed, Guessed]);
        check("حلب,Aleppo,LOC,\nحمص,Homs,LOC,", &[Seen, Guessed, Seen, Seen]);
        check("حلب,1\nAleppo,2\nحمص,3", &[Guessed, Guessed]);
    }

    #[test]
    fn a_table_without_arabic_has_no_layout() {
        assert_eq!(guess(&[vec!["kde".to_owned(), "csv kde".to_owned()]]), None);
        assert_eq!(guess(&[]), None);
    }
}
