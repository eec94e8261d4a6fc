//! Every encoding that Arabic news comes in is found by the bytes, in real files and in short texts.
//!
//! The real files are no part of the project: they are looked for in `../shared/bench` or `TARJUMAN_BENCH`, and where they
//! are missing nothing is measured. `cargo test --test encodings -- --nocapture` shows the figures.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

mod material;

use std::fs;
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use material::bench;
use tarjuman::formats::decode::{FoundBy, decode};
use tarjuman::formats::reader::Hints;

/// The sample article, invented for the program.
const NEWS: &str = include_str!("../assets/sample.ar.txt");

const ENCODINGS: [&str; 5] = ["utf-8", "windows-1256", "iso-8859-6", "utf-16le", "utf-16be"];

#[test]
fn pages_in_every_encoding() {
    let Some(bench) = bench("") else { return };
    let check = |page: &str, encoding, found| {
        let folder = bench.join("articles/dev").join(page);
        let file = ["page.html", "text.txt"].map(|name| folder.join(name)).into_iter().find(|path| path.exists());
        check_file(&file.unwrap(), encoding, found);
    };
    check("enc-charset-normalizer-utf8", "utf-8", FoundBy::Detected);
    check("enc-chromium1256", "windows-1256", FoundBy::Detected);
    check("enc-gumbo-arabic-newspapers", "windows-1256", FoundBy::Declared);
    check("enc-uchardet-utf-8", "utf-8", FoundBy::Detected);
    check("enc-uchardet-windows-1256", "windows-1256", FoundBy::Detected);
    check("der-albayan-utf16le-bom", "utf-16le", FoundBy::Bom);
    check("der-cnn-cp1256-declared", "windows-1256", FoundBy::Declared);
    check("der-cnn-cp1256-undeclared", "windows-1256", FoundBy::Detected);
    check("der-youm7-8859-6-declared", "iso-8859-6", FoundBy::Declared);
    check("der-youm7-cp1256-liar-utf8", "windows-1256", FoundBy::Detected);
    for page in ["albayan-2020", "assabah-2019", "cnn-arabic-2013", "elbaladtv-2020", "sputnik-2020", "youm7-2020"] {
        check(page, "utf-8", FoundBy::Declared);
    }
}

#[test]
fn hostile_files() {
    let Some(bench) = bench("") else { return };
    let check = |file: &str, encoding, found| check_file(&bench.join("interop/hostile").join(file), encoding, found);
    check("mojibake.txt", "utf-8", FoundBy::Detected);
    check("bidi-controls.txt", "utf-8", FoundBy::Detected);
    check("liar-utf16decl.tmx", "utf-8", FoundBy::Detected);
    check("cp1256.tmx", "windows-1256", FoundBy::Declared);
    check("csv-cp1256-semicolon.csv", "windows-1256", FoundBy::Detected);
    check("nul.csv", "utf-8", FoundBy::Detected);
    check("empty.tmx", "utf-8", FoundBy::Detected);
    check("csv-bom-ragged.csv", "utf-8", FoundBy::Bom);
    for binary in ["lol.docx", "not-a-zip.docx", "traversal.docx"] {
        let bytes = fs::read(bench.join("interop/hostile").join(binary)).unwrap();
        assert!(decode(&bytes, Hints::default()).is_err(), "{binary}");
    }
}

/// Excerpts of every length from every place of a text, encoded without a word about it, come back as they were.
#[test]
fn short_texts_without_a_declaration() {
    for (characters, most_wrong) in [(20, 0.0), (40, 0.0), (100, 0.0), (500, 0.0), (2000, 0.0)] {
        let wrong = wrong_share(NEWS, characters);
        eprintln!("own text, {characters} characters: {:.3} % wrong", wrong * 100.0);
        assert!(wrong <= most_wrong, "{characters} characters");
    }
}

#[test]
fn real_news_without_a_declaration() {
    let Some(bench) = bench("") else { return };
    for (characters, most_wrong) in [(20, 0.001), (40, 0.000_5), (100, 0.0), (500, 0.0)] {
        let texts =
            texts_in(&bench.join("texts/saudinewsnet")).into_iter().chain(texts_in(&bench.join("texts/antcorpus")));
        let shares: Vec<f64> = texts.map(|text| wrong_share(&text, characters)).collect();
        let wrong = shares.iter().sum::<f64>() / shares.len() as f64;
        eprintln!("{} news texts, {characters} characters: {:.3} % wrong", shares.len(), wrong * 100.0);
        assert!(wrong <= most_wrong, "{characters} characters");
    }
}

/// How many excerpts of this length are read wrongly in any of the encodings.
fn wrong_share(text: &str, characters: usize) -> f64 {
    let all: Vec<char> = text.chars().collect();
    let starts = (0..=all.len().saturating_sub(characters)).step_by(characters.max(all.len() / 25));
    let excerpts: Vec<String> = starts.map(|at| all[at..].iter().take(characters).collect()).collect();
    let (mut tried, mut wrong) = (0, 0);
    for excerpt in excerpts.iter().filter(|excerpt| is_mostly_arabic(excerpt)) {
        for encoding in ENCODINGS {
            let Some(bytes) = encoded(excerpt, encoding) else { continue };
            tried += 1;
            let read = decode(&bytes, Hints::default());
            wrong += u32::from(read.map_or(true, |decoded| decoded.text != excerpt.as_str()));
        }
    }
    f64::from(wrong) / f64::from(tried.max(1))
}

/// Not the markup between the texts of a corpus.
fn is_mostly_arabic(excerpt: &str) -> bool {
    excerpt.chars().filter(|c| !c.is_ascii()).count() * 2 > excerpt.chars().count()
}

/// The bytes of a text, or none where the encoding lacks a character.
fn encoded(text: &str, encoding: &str) -> Option<Vec<u8>> {
    match encoding {
        "utf-16le" => Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        "utf-16be" => Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        other => {
            let (bytes, _, unmappable) = Encoding::for_label(other.as_bytes())?.encode(text);
            (!unmappable).then(|| bytes.into_owned())
        }
    }
}

fn check_file(path: &Path, encoding: &str, found: FoundBy) {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let decoded = decode(&bytes, Hints::default()).unwrap();
    assert_eq!((decoded.encoding.name, decoded.encoding.found), (encoding, found), "{}", path.display());
}

fn texts_in(folder: &Path) -> Vec<String> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().filter(|path| path.is_file()).filter_map(|path| fs::read_to_string(path).ok()).collect()
}
