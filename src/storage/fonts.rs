//! Fonts of the user's system for characters that the bundled fonts lack.

use fontdb::{Database, FaceInfo, ID, Style, Weight};

/// Font files of this system that have the characters, as few as it takes. Looks through every font, so it takes
/// some tenths of a second.
pub fn covering(characters: &[char]) -> Vec<Vec<u8>> {
    let mut database = Database::new();
    database.load_system_fonts();
    covering_from(&database, characters)
}

fn covering_from(database: &Database, characters: &[char]) -> Vec<Vec<u8>> {
    let mut wanted = characters.to_vec();
    let mut files = Vec::new();
    while !wanted.is_empty() {
        let covered = |face: &&FaceInfo| missing(database, face.id, &wanted).len();
        let upright = database.faces().filter(|face| face.style == Style::Normal && face.weight == Weight::NORMAL);
        let Some(best) = upright.min_by_key(covered) else { break };
        let left = missing(database, best.id, &wanted);
        if left.len() == wanted.len() {
            break;
        }
        wanted = left;
        files.extend(database.with_face_data(best.id, |data, _| data.to_vec()));
    }
    files
}

/// Those of the characters that a face has no glyph for.
fn missing(database: &Database, face: ID, characters: &[char]) -> Vec<char> {
    let missing = database.with_face_data(face, |data, index| {
        let font = swash::FontRef::from_index(data, index as usize)?;
        let charmap = font.charmap();
        Some(characters.iter().copied().filter(|c| charmap.map(*c) == 0).collect())
    });
    missing.flatten().unwrap_or_else(|| characters.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(characters: &[char], expected_files: usize) {
        let mut database = Database::new();
        database.load_fonts_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts"));
        assert_eq!(covering_from(&database, characters).len(), expected_files, "{characters:?}");
    }

    #[test]
    fn as_few_files_as_it_takes() {
        check(&['ش'], 1);
        check(&['ش', 'ض', '،'], 1);
        check(&['ش', 'Ж'], 2);
        check(&['日'], 0);
        check(&['日', 'Ж'], 1);
        check(&[], 0);
    }
}
