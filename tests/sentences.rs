//! Where the built-in rules end sentences: in examples of every kind, and in real news against the floors that must hold.
//!
//! The news are not part of the project: they are looked for in `../shared/bench` or `TARJUMAN_BENCH`, and where
//! they are missing nothing is measured. `cargo test --test sentences -- --nocapture` shows the figures.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

mod material;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use material::{bench, files_in};
use tarjuman::formats::{FormatError, srx};
use tarjuman::text::{SegmentationRules, Span};

fn rules(language: &str) -> SegmentationRules {
    srx::read(srx::BUILT_IN.as_bytes()).unwrap().0.rules_of(language).unwrap()
}

/// The texts of some spans, which must make up the whole text.
#[track_caller]
fn parts<'t>(text: &'t str, spans: &[Span]) -> Vec<&'t str> {
    let parts: Vec<&str> = spans.iter().map(|span| &text[span.range()]).collect();
    assert_eq!(parts.concat(), text, "nothing is lost, and nothing comes twice");
    assert!(parts.iter().all(|part| !part.is_empty()), "{parts:?}");
    parts
}

/// `|` stands where a sentence begins.
#[track_caller]
fn check(language: &str, examples: &[&str]) {
    let rules = rules(language);
    for expected in examples {
        let text = expected.replace('|', "");
        assert_eq!(parts(&text, &rules.sentences(&text)).join("|"), *expected);
    }
}

#[test]
fn arabic_sentences_end_at_their_marks() {
    check(
        "ar",
        &[
            "وصل الوفد إلى العاصمة. |واستقبله الوزير.",
            "هل يعود؟ |لا أحد يعلم! |ربما.",
            "أهكذا يُعامل الضيف؟! |سؤال بلا جواب.",
            "لا يُعقل ذلك..؟! |وما البديل؟",
            "الخطة جاهزة؛ والتمويل متوافر، لكن: من ينفذ؟",
            "سطر بلا نقطة في آخره",
            "انتهى الاجتماع . |وغادر الجميع .",
            "انتهى الاجتماع.\u{a0}  |وغادر الجميع.",
            "انتهى الاجتماع\u{202a}.\u{202c} |وغادر الجميع.",
        ],
    );
}

#[test]
fn arabic_abbreviations_end_no_sentence() {
    check(
        "ar",
        &[
            "وقال د. أحمد منصور إن م. سالم حضر. |ثم غادر.",
            "وأوضح أ.د. كمال وأ. د. هدى ذلك. |وانتهى.",
            "ونقلت أ. ف. ب. عن مصدر. |ولم تسمّه.",
            "نقلت (بي. بي. سي) الخبر. |وأكدته (سي.إن.إن).",
            "كتب ج. ب. مورغان التقرير.",
            "وقال د\u{202a}.\u{202c} سامي ذلك.",
            "ص. ب. 1250، تلفون 5551234.",
            "يعود إلى 300 ق.م. |وكان يُعبد هناك.",
            "توفي عام 1436 هـ. |ودُفن في المدينة.",
            "افتُتح عام 1985م. |وأُغلق بعد عام.",
            "نقص فيتامين د. |ونصح الأطباء بالشمس.",
            "أعلنت شركة Apple Inc. |والتزمت الصمت.",
            "قال Mr. Smith ذلك في U.S. News أمس.",
        ],
    );
    check("ar", &["في 300 ق.م. شُيّد المعبد."]);
}

#[test]
fn arabic_numbers_are_left_whole() {
    check(
        "ar",
        &[
            "ارتفع السهم 3.5 في المئة. |وبلغ ٣٫٥ دولارات.",
            "بلغت الكلفة 1.000.000 دينار في 12.5.2020 عند 10.30 صباحا.",
            "الإصدار 2.0.1 على www.example.com أو info@example.com متاح. |جرّبوه.",
            "وقع ذلك عام 2016. |وهذه السنة الثانية.",
            "1. قدرات الشحن.",
            "1- أولا نص. |2- ثانيا نص.",
        ],
    );
}

#[test]
fn arabic_quotations_keep_their_marks() {
    check(
        "ar",
        &[
            "قال: «انتهى الأمر». |وأضاف: «لن نعود.» |ثم سكت.",
            "قال: \"انتهى الأمر.\" |وأضاف \"لن نعود\".",
            "قال: «نحن هنا. |وسنبقى». |وغادر.",
            "«هل ستعود؟» سأل الصحفي.",
            "سأله: «هل ستعود؟» |وتابع حديثه.",
            "«نظفنا البيت كله.» هكذا تتذكر أمها ذلك اليوم.",
            "انتهى الأمر (كما قيل.) |وعاد الجميع.",
            "قال إنه سيعود (!) إلى بلده.",
            "«انتهى كل شيء. » |وغادر.",
        ],
    );
}

#[test]
fn arabic_dots_that_trail_off_join() {
    check(
        "ar",
        &[
            "الكل يحلل.. الكل ينتقد.. والكل يشتكي.",
            "كانت الأزمة طويلة... ومع ذلك انتهت.",
            "قتلت كثيرين (…) وألحقت بنا ضررا.",
            "«كنا هناك...». |وأضاف.",
            "في المصانع.وقال الوزير ذلك.".replace(".و", ".|و").as_str(),
        ],
    );
}

#[test]
fn english_sentences_end_before_a_beginning() {
    check(
        "en",
        &[
            "The deal is dead. |Nobody won.",
            "Will he go? |Yes! |“Now,” he said.",
            "Gen. Smith met Dr. Jones and Lt. Col. Brown at 5 p.m. Monday. |They left at 6 p.m. |No one spoke.",
            "The U.S. Army and the U.N. Security Council agreed. |The U.K. did not.",
            "He moved to the U.S. |He never came back.",
            "George W. Bush and J. K. Rowling met. |It rained.",
            "Shares rose 3.5 percent to $1.20. |No. 5 fell.",
            "On Jan. 5 and Sept. 11, 2001, it closed. |In March it opened.",
            "“Come here!” he said. |“Why?” Smith asked. |“Because.” |She left.",
            "He said: “It is over.” |Then he left.",
            "Apple Inc. said so. |Roe v. Wade stands.",
            "They waited ... and waited. |Nothing came… |The end.",
            "It ended (as planned.) |Then came e.g. Mr. X vs. Mr. Y.",
            "1. First item. |2. Second item.",
            "visit www.example.com or mail a.b@example.com today. |$5 is enough.",
        ],
    );
}

#[test]
fn long_sentences_are_broken_at_clauses_only_when_asked() {
    let text = "أعلنت وزارة الصحة في بيان أصدرته مساء أمس عن افتتاح ثلاثة مستشفيات ميدانية جديدة في المحافظات الشمالية، \
                فيما أكد الوزير خلال جولة تفقدية أن العمل مستمر في تجهيز المراكز الأخرى قبل نهاية العام الحالي.";
    let (sentences, clauses) = (rules("ar"), rules("x-clauses-ar"));
    assert_eq!(parts(text, &sentences.sentences(text)).len(), 1);
    assert_eq!(parts(text, &sentences.short_sentences(text, &clauses, 80)).len(), 2);
    assert_eq!(parts(text, &sentences.short_sentences(text, &clauses, 120)).len(), 1);
}

#[test]
fn sentences_make_up_any_text() {
    const PIECES: [&str; 26] = [
        ".", "..", "…", "؟", "!", "؛", ":", "،", "»", "«", "\"", "”", "(", ")", " ", "  ", "\u{a0}", "\n", "\u{200f}",
        "و", "د", "قال", "U.S.", "He", "3", "😀",
    ];
    let segmenters = [rules("ar"), rules("en"), rules("x-clauses-ar")];
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..2_000 {
        let text: String = (0..random.usize(0..40)).map(|_| PIECES[random.usize(0..PIECES.len())]).collect();
        for rules in &segmenters {
            parts(&text, &rules.sentences(&text));
            parts(&text, &rules.short_sentences(&text, &segmenters[2], 3));
        }
    }
}

#[test]
fn lines_of_translated_news_come_back_from_their_paragraphs() {
    let Some(folder) = bench("align/dev") else { return };
    for (set, side, language, floor) in [
        ("ntrex-asis", "src.ar.txt", "ar", 0.985),
        ("ntrex-asis", "tgt.en.txt", "en", 0.995),
        ("wmt24newseg-nat", "src.ar.txt", "ar", 0.995),
        ("wmt24newseg-nat", "tgt.en.txt", "en", 0.995),
    ] {
        let rules = rules(language);
        let (mut right, mut wrong, mut missed) = (0, 0, 0);
        for document in documents(&folder, set) {
            let (gold, undecided, text) = joined(&fs::read_to_string(document.join(side)).unwrap());
            let found: BTreeSet<usize> = rules.sentences(&text).iter().skip(1).map(|span| span.start).collect();
            right += found.intersection(&gold).count();
            wrong += found.difference(&gold).filter(|place| !undecided.contains(place)).count();
            missed += gold.difference(&found).count();
        }
        let (precision, recall) = (ratio(right, right + wrong), ratio(right, right + missed));
        let f1 = 2.0 * precision * recall / (precision + recall);
        println!("{set} {language}: P {precision:.4} R {recall:.4} F1 {f1:.4} ({right} ends)");
        assert!(f1 >= floor, "{set} {language}: {f1:.4}");
    }
}

/// Lines in one paragraph: where the next line begins behind one that ends like a sentence, where behind another, and
/// the text.
fn joined(lines: &str) -> (BTreeSet<usize>, BTreeSet<usize>, String) {
    let (mut sentences, mut others, mut text) = (BTreeSet::new(), BTreeSet::new(), String::new());
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !text.is_empty() {
            let ends = text.trim_end_matches(|c: char| !c.is_alphanumeric() && !".!?؟…".contains(c));
            let place = if ends.ends_with(['.', '!', '?', '؟', '…']) { &mut sentences } else { &mut others };
            text.push(' ');
            place.insert(text.len());
        }
        text.push_str(line);
    }
    (sentences, others, text)
}

#[test]
fn sentences_of_news_are_of_plausible_length() {
    let Some(folder) = bench("texts") else { return };
    let rules = rules("ar");
    let (mut lengths, mut paragraphs) = (Vec::new(), 0);
    let start = Instant::now();
    for path in files_in(&folder) {
        let text = fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&text).replace("\\n", "\n");
        for paragraph in text.lines().filter(|line| line.chars().count() >= 100) {
            let spans = rules.sentences(paragraph);
            lengths.extend(parts(paragraph, &spans).iter().map(|part| part.trim().chars().count()));
            paragraphs += 1;
        }
    }
    let took = start.elapsed();
    lengths.sort_unstable();
    let at = |percent: usize| lengths[lengths.len() * percent / 100];
    println!("{paragraphs} paragraphs, {} sentences in {took:?}", lengths.len());
    println!("characters: median {}, 95 % up to {}, longest {}", at(50), at(95), lengths[lengths.len() - 1]);
    assert!((80..220).contains(&at(50)) && at(95) < 600);
}

#[test]
fn rules_of_other_tools_are_read_or_refused_with_a_reason() {
    const TEXT: &str = "قال د. أحمد ذلك. ثم غادر؟ نعم! Mr. Smith left. He came back.\n The end";
    let mut outcomes = BTreeMap::<&str, usize>::new();
    for part in ["interop/dev/srx", "interop/hostile"] {
        let Some(folder) = bench(part) else { return };
        for path in files_in(&folder) {
            let bytes = fs::read(&path).unwrap();
            let start = Instant::now();
            let outcome = match srx::read(&bytes) {
                Ok((srx, warnings)) => {
                    for language in ["ar", "en", "fr", "x-none"] {
                        parts(TEXT, &srx.rules_of(language).unwrap().sentences(TEXT));
                    }
                    println!("{}: read, {} kinds of warnings", path.display(), warnings.len());
                    "read"
                }
                Err(FormatError::NotSrx { .. }) => "not SRX",
                Err(FormatError::SrxVersion { .. }) => "another version",
                Err(_) => "damaged",
            };
            *outcomes.entry(outcome).or_default() += 1;
            assert!(start.elapsed() < Duration::from_secs(2), "{}: {:?}", path.display(), start.elapsed());
        }
    }
    println!("{outcomes:?}");
    assert!(outcomes["read"] >= 6);
}

fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn documents(folder: &Path, set: &str) -> Vec<PathBuf> {
    let is_of_set = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(set));
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(is_of_set).collect()
}
