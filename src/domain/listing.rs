//! The concepts of a termbase as the rows of a table, searched, filtered and sorted anew with every key.
//!
//! All wordings stand folded in one text, a line for each with a blank before each word, so that a search is one
//! sweep over memory. How a row stands in the alphabets is kept as a number, so that sorting compares no text.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use memchr::memmem::Finder;
use memchr::{memchr, memrchr};

use super::{Concept, ConceptId, ConceptKind, Layer, TermStatus, search_key};

/// How a wording fits a query, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// It is the same.
    Exact,
    /// It begins with it.
    Prefix,
    /// It has all the words.
    Word,
    /// It contains it.
    Substring,
}

/// What rows are sorted by. Rows that are equal in it are in the order of their Arabic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SortBy {
    /// How well they fit the query.
    #[default]
    Fit,
    /// The Arabic wording.
    Arabic,
    /// The English wording; those without come last.
    English,
    /// The kind.
    Kind,
    /// When they were changed last, the oldest first.
    Changed,
    /// How often they were chosen, the most frequent first.
    Uses,
}

/// In which order rows stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Order {
    /// What counts.
    pub by: SortBy,
    /// Whether the order is turned round.
    pub reversed: bool,
}

/// Which concepts are wanted; an empty filter wants all of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only those of this kind.
    pub kind: Option<ConceptKind>,
    /// Only those of this domain and of the ones below it, as "geography/syria" is below "geography".
    pub domain: Option<Arc<str>>,
    /// Only those of this termbase.
    pub layer: Option<Layer>,
    /// Only those with an English wording of this status.
    pub status: Option<TermStatus>,
    /// Only those that nobody has translated yet.
    pub without_english: bool,
    /// Only these, such as those in conflict.
    pub among: Option<HashSet<ConceptId>>,
}

impl Filter {
    /// Whether a concept of a termbase is wanted.
    pub fn admits(&self, concept: &Concept, layer: Layer) -> bool {
        self.takes(&Traits::of(concept, layer))
    }

    fn takes(&self, traits: &Traits) -> bool {
        self.kind.is_none_or(|wanted| wanted == traits.kind)
            && self.domain.as_deref().is_none_or(|wanted| is_within(&traits.domain, wanted))
            && self.layer.is_none_or(|wanted| wanted == traits.layer)
            && self.status.is_none_or(|wanted| traits.statuses[wanted as usize])
            && !(self.without_english && traits.has_english())
            && self.among.as_ref().is_none_or(|wanted| wanted.contains(&traits.id))
    }
}

/// What a [`Filter`] asks for.
#[derive(Debug, Clone)]
struct Traits {
    id: ConceptId,
    domain: Arc<str>,
    layer: Layer,
    kind: ConceptKind,
    /// Whether an English wording has each [`TermStatus`].
    statuses: [bool; TermStatus::ALL.len()],
}

impl Traits {
    fn of(concept: &Concept, layer: Layer) -> Self {
        let has = |status| concept.english.iter().any(|term| term.status == status);
        Self {
            id: concept.id.clone(),
            domain: concept.domain.clone(),
            layer,
            kind: concept.kind,
            statuses: TermStatus::ALL.map(has),
        }
    }

    fn has_english(&self) -> bool {
        self.statuses[TermStatus::Preferred as usize] || self.statuses[TermStatus::Admitted as usize]
    }
}

fn is_within(domain: &str, other: &str) -> bool {
    domain.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A row of a [`Listing`], valid until that is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Row(u32);

/// The concepts of one or several termbases, ready to be shown in any order.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    entries: Vec<Entry>,
    /// The wordings, each as ` word word\n`; those of one entry follow one another.
    text: String,
    /// All of them in the order that was asked for last.
    all: Option<(Order, Arc<[ConceptId]>)>,
}

#[derive(Debug, Clone)]
struct Entry {
    traits: Traits,
    changed: i64,
    uses: u64,
    /// Where its wordings end in the text; they begin where those before it end.
    end: usize,
    /// The lengths of the lines that it is sorted by: the Arabic one, which comes first, and the English one, which
    /// follows. 0 where there is none.
    lines: [u32; 2],
    /// How many entries come before it by the Arabic and by the English line.
    ranks: [u32; 2],
}

impl Listing {
    /// The rows of these concepts, of which no two have one id. `uses` tells how often they were chosen.
    pub fn new<'a>(concepts: impl IntoIterator<Item = (&'a Concept, Layer)>, uses: &HashMap<ConceptId, u64>) -> Self {
        let mut listing = Self::default();
        for (concept, layer) in concepts {
            let (entry, lines) = entry(concept, layer, uses.get(&concept.id).copied().unwrap_or(0));
            listing.text.push_str(&lines);
            listing.entries.push(Entry { end: listing.text.len(), ..entry });
        }
        listing.text.shrink_to_fit();
        for language in 0..2 {
            listing.rank(language);
        }
        listing
    }

    /// How many concepts there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The concept of a row of this listing.
    pub fn id(&self, row: Row) -> &ConceptId {
        &self.entries[row.0 as usize].traits.id
    }

    /// How often each concept was chosen that was so at all.
    pub fn uses(&self) -> HashMap<ConceptId, u64> {
        let chosen = self.entries.iter().filter(|entry| entry.uses > 0);
        chosen.map(|entry| (entry.traits.id.clone(), entry.uses)).collect()
    }

    /// Every domain, and how many concepts it has.
    pub fn domains(&self) -> BTreeMap<Arc<str>, usize> {
        let mut domains = BTreeMap::new();
        for entry in self.entries.iter().filter(|entry| !entry.traits.domain.is_empty()) {
            if let Some(count) = domains.get_mut(&entry.traits.domain) {
                *count += 1;
            } else {
                domains.insert(entry.traits.domain.clone(), 1);
            }
        }
        domains
    }

    /// The rows that fit a query and a filter, in order. A page of the table is a slice of them.
    pub fn select(&self, query: &str, filter: &Filter, order: Order) -> Vec<Row> {
        let fits = Query::new(query).map(|query| self.search(&query));
        let rank = |row: usize| fits.as_ref().map_or(Some(Rank::Exact), |fits| fits[row]);
        let wanted = self.entries.iter().enumerate().filter_map(|(row, entry)| {
            let rank = rank(row)?;
            filter.takes(&entry.traits).then(|| (entry.place(rank, order.by), row as u32))
        });
        let mut rows: Vec<_> = wanted.collect();
        rows.sort_unstable();
        if order.reversed {
            rows.reverse();
        }
        rows.into_iter().map(|(_, row)| Row(row)).collect()
    }

    /// Every concept in an order. It is kept until something changes: whoever empties a search waits for nothing.
    pub fn everything(&mut self, order: Order) -> Arc<[ConceptId]> {
        if let Some((_, all)) = self.all.as_ref().filter(|(of, _)| *of == order) {
            return Arc::clone(all);
        }
        let rows = self.select("", &Filter::default(), order);
        let all: Arc<[ConceptId]> = rows.into_iter().map(|row| self.id(row).clone()).collect();
        self.all = Some((order, Arc::clone(&all)));
        all
    }

    /// How each entry fits a query.
    fn search(&self, query: &Query) -> Vec<Option<Rank>> {
        let text = self.text.as_bytes();
        let mut fits = vec![None; self.entries.len()];
        let (mut row, mut from) = (0, 0);
        while let Some(found) = query.needle.find(&text[from..]) {
            let at = from + found;
            while self.entries[row].end <= at {
                row += 1;
            }
            let start = memrchr(b'\n', &text[..at]).map_or(0, |line| line + 1);
            let end = memchr(b'\n', &text[at..]).map_or(text.len(), |length| at + length);
            let rank = query.rank(&text[start..end]);
            fits[row] = [fits[row], rank].into_iter().flatten().min();
            // Nothing better can follow.
            from = if rank == Some(Rank::Exact) { self.entries[row].end } else { end };
        }
        fits
    }

    /// Adds a concept or takes over what became of it.
    pub fn put(&mut self, concept: &Concept, layer: Layer) {
        self.all = None;
        let known = self.position(&concept.id);
        let uses = known.map_or(0, |row| self.entries[row].uses);
        let (entry, lines) = entry(concept, layer, uses);
        let row = known.unwrap_or(self.entries.len());
        let start = self.start(row);
        if known.is_some() {
            self.leave_ranks(row);
            self.replace_text(row, &lines);
            self.entries[row] = Entry { end: start + lines.len(), ..entry };
        } else {
            self.text.push_str(&lines);
            self.entries.push(Entry { end: self.text.len(), ..entry });
        }
        self.enter_ranks(row);
    }

    /// Takes a concept out; does nothing where there is none.
    pub fn remove(&mut self, id: &ConceptId) {
        if let Some(row) = self.position(id) {
            self.all = None;
            self.leave_ranks(row);
            self.replace_text(row, "");
            self.entries.remove(row);
        }
    }

    /// Says how often a concept was chosen.
    pub fn set_uses(&mut self, id: &ConceptId, uses: u64) {
        if let Some(row) = self.position(id) {
            self.all = None;
            self.entries[row].uses = uses;
        }
    }

    fn position(&self, id: &ConceptId) -> Option<usize> {
        self.entries.iter().position(|entry| entry.traits.id == *id)
    }

    fn start(&self, row: usize) -> usize {
        row.checked_sub(1).map_or(0, |before| self.entries[before].end)
    }

    fn replace_text(&mut self, row: usize, lines: &str) {
        let range = self.start(row)..self.entries[row].end;
        for entry in &mut self.entries[row..] {
            entry.end = entry.end - range.len() + lines.len();
        }
        self.text.replace_range(range, lines);
    }

    /// What a row is sorted by in a language; what is empty comes last.
    fn key(&self, row: usize, language: usize) -> (bool, &[u8]) {
        let [arabic, english] = self.entries[row].lines.map(|length| length as usize);
        let start = self.start(row) + if language == 0 { 0 } else { arabic };
        let length = if language == 0 { arabic } else { english };
        (length == 0, &self.text.as_bytes()[start..start + length])
    }

    /// Counts for each row how many come before it.
    fn rank(&mut self, language: usize) {
        let mut rows: Vec<usize> = (0..self.entries.len()).collect();
        rows.sort_unstable_by(|&one, &other| self.key(one, language).cmp(&self.key(other, language)));
        let mut before = 0;
        for (place, &row) in rows.iter().enumerate() {
            if place > 0 && self.key(rows[place - 1], language) != self.key(row, language) {
                before = place;
            }
            self.entries[row].ranks[language] = before as u32;
        }
    }

    fn leave_ranks(&mut self, row: usize) {
        let left = self.entries[row].ranks;
        for entry in &mut self.entries {
            for (rank, left) in entry.ranks.iter_mut().zip(left) {
                *rank -= u32::from(*rank > left);
            }
        }
    }

    fn enter_ranks(&mut self, row: usize) {
        for language in 0..2 {
            let mut before = 0;
            for other in (0..self.entries.len()).filter(|&other| other != row) {
                match self.key(other, language).cmp(&self.key(row, language)) {
                    Ordering::Less => before += 1,
                    Ordering::Equal => {}
                    Ordering::Greater => self.entries[other].ranks[language] += 1,
                }
            }
            self.entries[row].ranks[language] = before;
        }
    }
}

impl Entry {
    /// Where it stands among those that are sorted in the same way.
    fn place(&self, rank: Rank, by: SortBy) -> (u64, u32, u32) {
        let [arabic, english] = self.ranks;
        let first = match by {
            SortBy::Fit => rank as u64,
            SortBy::Arabic => 0,
            SortBy::English => u64::from(english),
            SortBy::Kind => self.traits.kind as u64,
            SortBy::Changed => self.changed as u64,
            SortBy::Uses => u64::MAX - self.uses,
        };
        (first, arabic, english)
    }
}

/// An entry without its place in the text, and its lines.
fn entry(concept: &Concept, layer: Layer, uses: u64) -> (Entry, String) {
    let mut lines = String::new();
    let mut add = |text: &str| {
        let key = search_key(text);
        if key.is_empty() {
            return 0;
        }
        lines.push(' ');
        lines.push_str(&key);
        lines.push('\n');
        key.len() as u32 + 2
    };
    let shown = [concept.preferred_arabic(), concept.preferred_english()];
    let lengths = shown.map(|text| text.map_or(0, &mut add));
    for term in concept.arabic.iter().chain(&concept.english) {
        if !shown.contains(&Some(&*term.text)) {
            add(&term.text);
        }
        for form in &term.forms {
            add(form);
        }
    }
    let changed = concept.modified.as_ref().map_or(0, |modified| modified.at.seconds());
    let traits = Traits::of(concept, layer);
    (Entry { traits, changed, uses, end: 0, lines: lengths, ranks: [0; 2] }, lines)
}

/// What somebody typed, folded.
struct Query {
    whole: String,
    /// What every line that fits has: its longest word; where that is short, only as the beginning of a word.
    needle: Finder<'static>,
    /// Each word as it stands in a line, with a blank before it.
    words: Vec<Finder<'static>>,
    /// Whether it may stand anywhere in a line: shorter ones would be everywhere.
    is_long: bool,
}

impl Query {
    /// `None` for a query that asks for nothing.
    fn new(query: &str) -> Option<Self> {
        /// The fewest characters that are looked for within words.
        const LONG: usize = 3;
        let whole = search_key(query);
        let is_long = |text: &str| text.chars().count() >= LONG;
        let longest = whole.split(' ').filter(|word| !word.is_empty()).max_by_key(|word| word.len())?;
        let needle = if is_long(longest) { longest.to_owned() } else { format!(" {longest}") };
        Some(Self {
            needle: Finder::new(&needle).into_owned(),
            words: whole.split(' ').map(|word| Finder::new(&format!(" {word}")).into_owned()).collect(),
            is_long: is_long(&whole),
            whole,
        })
    }

    /// How a line fits that has the needle.
    fn rank(&self, line: &[u8]) -> Option<Rank> {
        let whole = self.whole.as_bytes();
        if let Some(rest) = line.get(1..).and_then(|line| line.strip_prefix(whole)) {
            return Some(if rest.is_empty() { Rank::Exact } else { Rank::Prefix });
        }
        let last = self.words.len() - 1;
        let has_words = self.words.iter().enumerate().all(|(number, word)| {
            let mut places = word.find_iter(line).map(|at| line.get(at + word.needle().len()));
            places.any(|after| number == last || after.is_none_or(|&after| after == b' '))
        });
        if has_words {
            return Some(Rank::Word);
        }
        let within = self.is_long && memchr::memmem::find(line, whole).is_some();
        within.then_some(Rank::Substring)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Modified, Term, Timestamp};

    fn concept(id: &str, kind: ConceptKind, arabic: &[&str], english: &[&str]) -> Concept {
        let terms = |texts: &[&str]| texts.iter().map(|&text| Term::new(text, TermStatus::Preferred)).collect();
        Concept { arabic: terms(arabic), english: terms(english), ..Concept::new(ConceptId::new(id), kind) }
    }

    fn listing(concepts: &[Concept]) -> Listing {
        Listing::new(concepts.iter().map(|concept| (concept, Layer::Own)), &HashMap::new())
    }

    fn shown(listing: &Listing, query: &str, filter: &Filter, order: Order) -> String {
        let rows = listing.select(query, filter, order);
        rows.into_iter().map(|row| listing.id(row).as_str()).collect::<Vec<_>>().join(" ")
    }

    fn ministries() -> [Concept; 6] {
        use ConceptKind::{Organisation, Place, Term};
        [
            Concept {
                domain: "war".into(),
                ..concept("ministry", Organisation, &["وزارة الدفاع", "الوزارة"], &["defence ministry"])
            },
            Concept { domain: "war/home".into(), ..concept("defence", Term, &["دفاع"], &["defence"]) },
            concept("minister", Term, &["وزير الدفاع"], &["minister of defence"]),
            Concept {
                domain: "warm".into(), ..concept("undefenced", Term, &["مدافعون"], &["undefenced", "open"])
            },
            concept("idlib", Place, &["إدلب"], &["Idlib"]),
            concept("hama", Place, &["حماة"], &[]),
        ]
    }

    #[test]
    fn what_fits_best_comes_first() {
        let listing = listing(&ministries());
        let check = |query: &str, expected: &str| {
            assert_eq!(shown(&listing, query, &Filter::default(), Order::default()), expected, "{query}");
        };
        check("Defence", "defence ministry minister undefenced");
        check("الدفاع وز", "ministry minister");
        check("min def", "");
        check("defence min", "ministry minister");
        check("ence min", "ministry");
        check("ادلب", "idlib");
        check("i", "idlib");
        check("o", "undefenced minister");
        check("الوز", "ministry");
        check("fen", "defence undefenced ministry minister");
        check("xyz", "");
        check(" — ", "idlib hama defence undefenced ministry minister");
    }

    #[test]
    fn rows_are_sorted_by_any_column() {
        let at = |seconds| Some(Modified { by: "".into(), at: Timestamp::from_seconds(seconds) });
        let concepts = [
            Concept { modified: at(3), ..concept("c", ConceptKind::Term, &["ب"], &["Charlie"]) },
            Concept { modified: at(9), ..concept("a", ConceptKind::Place, &["ت"], &["alpha"]) },
            concept("n", ConceptKind::Person, &["أ"], &[]),
            Concept { modified: at(5), ..concept("b", ConceptKind::Place, &["أ"], &["Bravo"]) },
        ];
        let uses = HashMap::from([(ConceptId::new("a"), 2), (ConceptId::new("c"), 7)]);
        let listing = Listing::new(concepts.iter().map(|concept| (concept, Layer::Below(0))), &uses);
        let check = |by, expected: &str| {
            let order = Order { by, reversed: false };
            assert_eq!(shown(&listing, "", &Filter::default(), order), expected, "{by:?}");
            let turned: Vec<&str> = expected.rsplit(' ').collect();
            let order = Order { by, reversed: true };
            assert_eq!(shown(&listing, "", &Filter::default(), order), turned.join(" "), "{by:?}");
        };
        check(SortBy::Fit, "b n c a");
        check(SortBy::Arabic, "b n c a");
        check(SortBy::English, "a b c n");
        check(SortBy::Kind, "n b a c");
        check(SortBy::Changed, "n c b a");
        check(SortBy::Uses, "c a b n");
    }

    #[test]
    fn a_filter_leaves_out_what_is_not_wanted() {
        let mut concepts = ministries();
        concepts[2].english.push(Term::new("minister of war", TermStatus::Forbidden));
        let listing = listing(&concepts);
        let check = |filter: Filter, expected: &str| {
            assert_eq!(shown(&listing, "", &filter, Order::default()), expected, "{filter:?}");
            let mut admitted: Vec<&str> = concepts
                .iter()
                .filter(|concept| filter.admits(concept, Layer::Own))
                .map(|concept| concept.id.as_str())
                .collect();
            admitted.sort_unstable();
            let mut expected: Vec<&str> = expected.split_whitespace().collect();
            expected.sort_unstable();
            assert_eq!(admitted, expected);
        };
        check(Filter { kind: Some(ConceptKind::Place), ..Filter::default() }, "idlib hama");
        check(Filter { domain: Some("war".into()), ..Filter::default() }, "defence ministry");
        check(Filter { without_english: true, ..Filter::default() }, "hama");
        check(Filter { layer: Some(Layer::Below(0)), ..Filter::default() }, "");
        check(Filter { layer: Some(Layer::Own), kind: Some(ConceptKind::Place), ..Filter::default() }, "idlib hama");
        check(Filter { status: Some(TermStatus::Forbidden), ..Filter::default() }, "minister");
        check(Filter { among: Some(HashSet::from([ConceptId::new("idlib")])), ..Filter::default() }, "idlib");
        let domains: Vec<_> =
            listing.domains().into_iter().map(|(domain, count)| format!("{domain} {count}")).collect();
        assert_eq!(domains, ["war 1", "war/home 1", "warm 1"]);
    }

    #[test]
    fn what_is_changed_bit_by_bit_is_as_if_made_anew() {
        const WORDS: [&str; 8] = ["حلب", "حمص", "وزير", "sea", "river", "", "وزارة", "defence"];
        let mut random = fastrand::Rng::with_seed(4);
        let mut concepts: Vec<Concept> = Vec::new();
        let mut grown = Listing::default();
        for _ in 0..400 {
            let words = |random: &mut fastrand::Rng| {
                let word = |random: &mut fastrand::Rng| WORDS[random.usize(..8)];
                [format!("{} {}", word(random), word(random)), word(random).to_owned()]
            };
            let (id, arabic, english) = (random.u8(..40).to_string(), words(&mut random), words(&mut random));
            let known = concepts.iter().position(|concept| concept.id.as_str() == id);
            if let Some(known) = known.filter(|_| random.u8(..3) == 0) {
                grown.remove(&concepts.remove(known).id);
            } else {
                let new = concept(&id, ConceptKind::Term, &[&arabic[0], &arabic[1]], &[&english[0], &english[1]]);
                grown.put(&new, Layer::Own);
                match known {
                    Some(known) => concepts[known] = new,
                    None => concepts.push(new),
                }
            }
            let anew = listing(&concepts);
            assert_eq!((&grown.text, grown.len()), (&anew.text, anew.len()));
            for by in [SortBy::Arabic, SortBy::English] {
                let order = Order { by, reversed: random.bool() };
                let all = grown.everything(order);
                let all: Vec<&str> = all.iter().map(ConceptId::as_str).collect();
                assert_eq!(all.join(" "), shown(&anew, "", &Filter::default(), order));
                for query in ["", "ri", "وز"] {
                    let [grown, anew] = [&grown, &anew].map(|it| shown(it, query, &Filter::default(), order));
                    assert_eq!(grown, anew);
                }
            }
        }
    }
}
