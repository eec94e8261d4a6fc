//! Which invisible characters do nothing where they stand.

use super::{is_blank, is_letter, is_presentation_form, is_vowel_sign};

/// For each character: whether it is invisible and without an effect. Time is linear in their number.
pub(super) fn stray(chars: &[(usize, char)]) -> Vec<bool> {
    let matched = matched_directions(chars);
    let before = Neighbours::of(chars.iter());
    let mut after = Neighbours::of(chars.iter().rev());
    after.reverse();
    let repeats = repeats(chars, &matched);
    let is_stray = |index: usize| {
        let c = chars[index].1;
        let (before, after) = (&before[index], &after[index]);
        let between_letters = before.joins && after.joins;
        match c {
            // It keeps two letters apart.
            '\u{200c}' => repeats[index] || !between_letters,
            // It gives the letter before it the form that it has inside a word, and joins emoji.
            '\u{200d}' => repeats[index] || between_letters || before.blank,
            // The order of what runs from left to right may depend on it.
            '\u{200e}' | '\u{200f}' | '\u{61c}' => repeats[index] || !(before.left_to_right || after.left_to_right),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => !matched[index],
            _ => is_invisible(c),
        }
    };
    (0..chars.len()).map(is_stray).collect()
}

/// What stands on one side of a character, invisible ones passed over.
#[derive(Clone, Copy)]
struct Neighbours {
    /// Nothing, a blank or a line break.
    blank: bool,
    /// A letter or vowel sign of Arabic.
    joins: bool,
    /// The nearest letter or digit is of a text that runs from left to right.
    left_to_right: bool,
}

impl Neighbours {
    /// The neighbours of each character on the side that `chars` come from.
    fn of<'a>(chars: impl Iterator<Item = &'a (usize, char)>) -> Vec<Self> {
        let mut side = Self { blank: true, joins: false, left_to_right: false };
        let of_one = |(_, c): &(usize, char)| {
            let here = side;
            if !is_invisible(*c) {
                side.blank = is_blank(*c) || *c == '\n';
                side.joins = is_letter(*c) || is_vowel_sign(*c) || is_presentation_form(*c);
                side.left_to_right = if c.is_alphanumeric() { !is_arabic(*c) } else { side.left_to_right };
            }
            here
        };
        chars.map(of_one).collect()
    }
}

/// Which characters stand in this place already, with nothing but stray ones in between.
fn repeats(chars: &[(usize, char)], matched: &[bool]) -> Vec<bool> {
    let mut here: Vec<char> = Vec::new();
    let repeats_here = |(&(_, c), matched): (&(usize, char), &bool)| {
        if !is_invisible(c) || *matched {
            here.clear();
        }
        let repeats = here.contains(&c);
        if !repeats {
            here.push(c);
        }
        repeats
    };
    chars.iter().zip(matched).map(repeats_here).collect()
}

/// Which direction controls have a counterpart (UAX #9, BD9 and BD11) and something visible between the two.
fn matched_directions(chars: &[(usize, char)]) -> Vec<bool> {
    let mut matched = vec![false; chars.len()];
    // Where each begins, and how many visible characters stood before.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut visible = 0;
    for (index, &(_, c)) in chars.iter().enumerate() {
        let begin = match c {
            '\n' => {
                open.clear();
                None
            }
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' | '\u{2066}'..='\u{2068}' => {
                open.push((index, visible));
                None
            }
            '\u{202c}' => open.pop_if(|(begin, _)| !is_isolate(chars[*begin].1)),
            // What was opened inside and not closed ends with it.
            '\u{2069}' => open
                .iter()
                .rposition(|(begin, _)| is_isolate(chars[*begin].1))
                .and_then(|place| open.drain(place..).next()),
            _ => None,
        };
        if let Some((begin, _)) = begin.filter(|(_, before)| *before < visible) {
            matched[begin] = true;
            matched[index] = true;
        }
        visible += usize::from(!is_invisible(c) && !is_blank(c));
    }
    matched
}

fn is_isolate(c: char) -> bool {
    matches!(c, '\u{2066}'..='\u{2068}')
}

/// Invisible characters that can go; not those that choose between forms of a sign.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}')
        || c == '\u{feff}'
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{65f}' | '\u{66e}'..='\u{6ef}' | '\u{6fa}'..='\u{6ff}' | '\u{fb50}'..='\u{fefc}')
}
