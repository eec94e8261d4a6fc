//! The program in its real window, with the real keys, mouse and clipboard of a person.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

mod desktop;
mod server;

use std::fs;
use std::io::Write as _;

use desktop::{Desk, Window, wait_until};
use server::{Server, answer, hangs_up};
use tarjuman::domain::{ProjectId, State, Unit};
use tarjuman::formats::xliff;
use tarjuman::storage::termbase::Store;
use uuid::Uuid;

const SAMPLE: &str = include_str!("../assets/sample.ar.txt");

/// The paragraphs of the sample, furniture included.
fn paragraphs() -> Vec<&'static str> {
    SAMPLE.lines().filter(|line| !line.is_empty()).collect()
}

fn desk() -> Option<Desk> {
    let desk = Desk::new(1280, 800)?;
    desk.file("sample.ar.txt", SAMPLE.as_bytes());
    Some(desk)
}

impl Desk {
    #[track_caller]
    fn open_sample(&self) -> Window<'_> {
        let window = self.open(&[&self.path("sample.ar.txt")]);
        window.wait_title("sample.ar.txt — Tarjuman");
        window
    }

    /// The units of a working file, as the library reads them.
    #[track_caller]
    fn units(&self, name: &str) -> Vec<Unit> {
        let (project, warnings) =
            xliff::read(&fs::read(self.path(name)).unwrap(), ProjectId::new(Uuid::nil())).unwrap();
        assert!(warnings.is_empty(), "{warnings:?}");
        project.units().to_vec()
    }

    /// What is written in a working file, paragraphs without a translation left out.
    #[track_caller]
    fn targets(&self, name: &str) -> Vec<String> {
        let targets = self.units(name).into_iter().map(|unit| unit.target);
        targets.filter(|target| !target.is_empty()).collect()
    }
}

impl Window<'_> {
    /// Presses the key of a term until it does something: the glossary is read in the background.
    #[track_caller]
    fn insert_term(&self, key: &str) -> &Self {
        let before = self.field();
        wait_until("a term is inserted", || self.press(&[key]).field() != before);
        self
    }
}

#[test]
fn the_main_job_is_done_from_the_keyboard() {
    let Some(desk) = desk() else { return };
    let window = desk.open_sample();
    window.write("Preliminary understanding in").wait_title("• sample.ar.txt — Tarjuman");
    window.insert_term("ctrl+1").write(" on aid").press(&["ctrl+Return"]);
    window.write("Geneva / Damascus - Tarjuman").press(&["ctrl+Return"]);
    window.write("The U.N. said on Thursday: \"A first step\" & <more>, ");
    window.press(&["alt+End", "ctrl+d"]);

    window.press(&["ctrl+s", "Return"]).wait_title("sample.ar.xlf — Tarjuman");
    window.press(&["alt+Home", "alt+Down", "alt+Down"]).write("50 %.").wait_title("• sample.ar.xlf — Tarjuman");
    window.press(&["ctrl+s"]).wait_title("sample.ar.xlf — Tarjuman");
    let written = [
        ("Preliminary understanding in Geneva on aid", State::Translated),
        ("Geneva / Damascus - Tarjuman", State::Translated),
        ("The U.N. said on Thursday: \"A first step\" & <more>, 50 %.", State::Initial),
    ];
    let units = desk.units("sample.ar.xlf");
    for (at, (unit, source)) in units.iter().zip(paragraphs()).enumerate() {
        let (target, state) = written.get(at).copied().unwrap_or(("", State::Initial));
        assert_eq!((&*unit.source, unit.target.as_str(), unit.state), (source, target, state));
    }
    let left_out: Vec<_> = (0..units.len()).filter(|at| !units[*at].included).collect();
    assert_eq!((units.len(), left_out), (15, vec![13]), "the last line was brought back");

    window.press(&["ctrl+e", "Return"]);
    wait_until("it is exported", || desk.path("sample.ar.tmx").exists());
    let expected: Vec<_> =
        written.iter().zip(paragraphs()).flat_map(|((target, _), source)| [source, target]).collect();
    assert_eq!(segments(&desk.read("sample.ar.tmx")), expected);
    window.press(&["ctrl+q"]);
    window.wait_closed();
}

/// The texts of a translation memory.
fn segments(tmx: &str) -> Vec<String> {
    let texts = tmx.split("<seg>").skip(1).map(|rest| rest.split_once("</seg>").unwrap().0);
    texts.map(|text| text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")).collect()
}

#[test]
fn a_saved_article_is_gone_on_with_where_it_was_left() {
    let Some(desk) = desk() else { return };
    let window = desk.open_sample();
    window.write("Headline").press(&["ctrl+Return"]).write("By").press(&["ctrl+s", "Return"]);
    window.wait_title("sample.ar.xlf — Tarjuman").press(&["ctrl+q"]);
    window.wait_closed();

    let window = desk.open(&[&desk.path("sample.ar.xlf")]);
    window.wait_title("sample.ar.xlf — Tarjuman");
    window.write("line").press(&["ctrl+Return"]).write("Body").press(&["ctrl+s"]);
    wait_until("it is saved", || desk.targets("sample.ar.xlf") == ["Headline", "Byline", "Body"]);
    window.wait_title("sample.ar.xlf — Tarjuman").press(&["ctrl+q"]);
    window.wait_closed();
}

#[test]
fn keys_that_come_faster_than_frames_keep_their_order() {
    let Some(desk) = desk() else { return };
    let window = desk.open_sample();
    let mut keys = vec!["key", "--delay", "0"];
    keys.extend(["a", "b", "ctrl+Return", "c", "ctrl+Return", "d", "ctrl+z", "e", "ctrl+s", "Return", "f", "ctrl+s"]);
    keys.extend(["alt+Up", "g", "alt+Up", "h", "ctrl+s"]);
    window.xdotool(&keys);
    wait_until("all of it is saved", || {
        desk.path("sample.ar.xlf").exists() && desk.targets("sample.ar.xlf") == ["abh", "cg", "ef"]
    });
}

#[test]
fn an_arabic_keyboard_types_arabic_and_gives_commands() {
    // The keys of S, G, H, L, the space bar, U, V, F and D: what they type is a matter of the layout.
    const SALAM_ARABI: [&str; 9] = ["39", "42", "43", "46", "65", "30", "55", "41", "40"];
    let Some(desk) = desk() else { return };
    let window = desk.open_sample();
    desk.set_layout("ara");
    window.press(&SALAM_ARABI).wait_field("سلام عربي");
    // The keys of Z and S.
    window.press(&["ctrl+52"]).wait_field("سلام ");
    window.press(&["ctrl+39", "Return"]).wait_title("sample.ar.xlf — Tarjuman");
    assert_eq!(desk.targets("sample.ar.xlf"), ["سلام "]);
    desk.set_layout("us");
    window.write("English").wait_field("سلام English");
}

/// Where the Arabic of the sample's headline stands, and the edges of its column.
const HEADLINE: (usize, usize) = (840, 70);
const RIGHT: usize = 864;
const LEFT: usize = 474;
/// The first card of the side panel.
const CARD: (usize, usize) = (1000, 94);

#[test]
fn the_mouse_selects_what_it_covers() {
    let Some(desk) = desk() else { return };
    let window = desk.open_sample();
    // A term comes once the glossary is there.
    window.write("a").insert_term("ctrl+1").press(&["ctrl+z", "ctrl+z"]);
    let [headline, byline, ..] = paragraphs()[..] else { unreachable!() };

    let whole = |paragraph: &'static str| move |copied: &str| copied == paragraph;
    window.copied_after("the headline", || window.click(HEADLINE, 3), whole(headline));
    let y = (HEADLINE.1..780).step_by(20).find(|y| {
        window.click((HEADLINE.0, *y), 3);
        window.copied().as_deref() == Some(byline)
    });
    let y = y.expect("the byline is on the screen");

    let drag = |from, to| window.copied_after("a part", || window.drag((from, y), (to, y)), |_| true);
    assert_eq!(drag(RIGHT, LEFT), byline);
    assert_eq!(drag(LEFT, RIGHT), byline);
    let middle = (RIGHT + LEFT + HEADLINE.0) / 3;
    let (first, second) = (drag(RIGHT, middle), drag(middle, LEFT));
    assert!(!first.is_empty() && !second.is_empty());
    assert_eq!(first + &second, byline);
    let word = window.copied_after("a word", || window.click((RIGHT - 20, y), 2), |text| text != byline);
    assert_eq!(byline.split(' ').next(), Some(word.as_str()));

    window.press(&["x"]).click(CARD, 1);
    window.wait_field("Geneva");
    window.press(&["ctrl+z"]).wait_title("sample.ar.txt — Tarjuman");
}

#[test]
fn a_term_is_kept_from_what_is_selected_and_corrected_in_the_table() {
    let Some(desk) = desk() else { return };
    let window = desk.open_sample();
    window.write("a").insert_term("ctrl+1").press(&["ctrl+z", "ctrl+z"]);
    let first = paragraphs()[0].split(' ').next().unwrap();
    window.copied_after("the first word", || window.click((RIGHT - 20, HEADLINE.1), 2), |text| text == first);
    window.wait_asked(|| _ = window.press(&["ctrl+g"]));
    window.write("quick accord").press(&["Return"]);
    let kept = |english: &str| {
        let store = Store::open_read_only(&desk.path("home/data/glossary.db"));
        let termbase = store.and_then(|store| store.read()).map(|contents| contents.termbase).unwrap_or_default();
        let mut concepts = termbase.into_iter();
        concepts.any(|it| it.preferred_arabic() == Some(first) && it.preferred_english() == Some(english))
    };
    wait_until("it is written", || kept("quick accord"));
    window.press(&["alt+Home"]);
    wait_until("it is inserted", || window.press(&["ctrl+a", "ctrl+1"]).field() == "quick accord");

    window.wait_asked(|| _ = window.press(&["ctrl+shift+g"]));
    window.write("quick accord").wait_still().press(&["F2"]).wait_still();
    window.write("early accord").press(&["Return"]);
    wait_until("it is corrected", || kept("early accord"));
    window.wait_still().press(&["Escape"]).wait_still();
    wait_until("the new one is inserted", || window.press(&["ctrl+a", "ctrl+1"]).field() == "early accord");
    let window = {
        window.kill();
        desk.open_sample()
    };
    wait_until("it is known on another day", || window.press(&["ctrl+a", "ctrl+1"]).field() == "early accord");
}

#[test]
fn text_goes_through_the_clipboard_and_back() {
    let Some(desk) = desk() else { return };
    let window = desk.open_sample();
    window.write("One two").press(&["ctrl+a", "ctrl+x"]);
    wait_until("it is cut", || desk.clipboard() == "One two");
    window.press(&["ctrl+v", "ctrl+v"]).wait_field("One twoOne two");
    desk.set_clipboard(" «نص» — a text");
    window.press(&["ctrl+v"]).wait_field("One twoOne two «نص» — a text");
    window.press(&["ctrl+a", "BackSpace", "ctrl+s", "Return"]).wait_title("sample.ar.xlf — Tarjuman");
    assert!(desk.targets("sample.ar.xlf").is_empty());
}

#[test]
fn undo_and_redo_go_to_where_something_changes() {
    let Some(desk) = desk() else { return };
    let window = desk.open_sample();
    window.write("first").press(&["ctrl+Return"]).write("second").press(&["alt+End", "ctrl+z"]);
    window.write("new").wait_field("new");
    window.press(&["ctrl+z", "alt+Home", "ctrl+shift+z"]).wait_field("new");
    window.write("er").wait_field("newer");
    // The two letters, the word, and that the headline is confirmed.
    window.press(&["ctrl+z", "ctrl+z", "ctrl+z"]).write("!").wait_field("first!");
}

#[test]
fn unsaved_changes_are_asked_about_before_the_window_closes() {
    let Some(desk) = desk() else { return };
    let window = desk.open_sample();
    window.write("Kept").press(&["ctrl+s", "Return"]).wait_title("sample.ar.xlf — Tarjuman");
    window.write(" one").press(&["ctrl+q", "Escape"]).write(" two").wait_field("Kept one two");
    window.wait_asked(|| _ = window.press(&["alt+F4"])).press(&["Escape"]);
    window.write(" three").wait_field("Kept one two three");
    // To the second of the answers: not to save.
    window.wait_asked(|| _ = window.press(&["ctrl+q"])).press(&["Tab", "Return"]);
    window.wait_closed();
    assert_eq!(desk.targets("sample.ar.xlf"), ["Kept"]);

    let window = desk.open(&[&desk.path("sample.ar.xlf")]);
    window.wait_title("sample.ar.xlf — Tarjuman");
    window.wait_asked(|| _ = window.write(" now").press(&["alt+F4"])).press(&["Return"]);
    window.wait_closed();
    assert_eq!(desk.targets("sample.ar.xlf"), ["Kept now"]);
}

#[test]
fn what_cannot_be_opened_is_told_and_does_no_harm() {
    let check = |name: &str, content: Option<&[u8]>, expected: &str| {
        let Some(desk) = desk() else { return };
        if let Some(content) = content {
            desk.file(name, content);
        }
        let window = desk.open(&[&desk.path(name)]);
        wait_until("it is told", || desk.log().contains(expected));
        assert_eq!(window.title(), "Tarjuman");
        window.press(&["ctrl+o"]).write(desk.path("sample.ar.txt").to_str().unwrap()).press(&["Return"]);
        window.wait_title("sample.ar.txt — Tarjuman").press(&["ctrl+q"]);
        window.wait_closed();
    };
    check("missing.txt", None, "missing.txt");
    check("picture.txt", Some(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"), "picture.txt");
}

const PAGE: &str = "<!DOCTYPE html><html lang='ar'><head><meta charset='utf-8'></head><body><article>\
    <h1>افتتاح مكتبة عامة في المدينة القديمة</h1>\
    <p>افتتحت بلدية المدينة القديمة يوم الأحد مكتبة عامة تضم عشرين ألف كتاب، بعد أعمال ترميم استمرت ثلاث سنوات.</p>\
    <p>وقال مدير المكتبة إن الأبواب ستكون مفتوحة أمام الزوار كل يوم من الصباح حتى المساء، وإن الدخول مجاني للجميع.</p>\
    </article></body></html>";
const PAGE_TITLE: &str = "افتتاح مكتبة عامة في المدينة القديمة — Tarjuman";

#[test]
fn a_page_is_pasted_with_its_markup_and_as_plain_text() {
    let Some(desk) = desk() else { return };
    let window = desk.open(&[]);
    desk.set_clipboard_as("text/html", PAGE);
    window.press(&["ctrl+shift+v"]).wait_title("Clipboard — Tarjuman");
    window.write("Library").press(&["ctrl+s"]).press(&["Return"]).wait_title("Clipboard.xlf — Tarjuman");
    let units = desk.units("Clipboard.xlf");
    assert_eq!(
        (units.len(), &*units[0].source),
        (3, "افتتاح مكتبة عامة في المدينة القديمة"),
        "no tags, and a headline"
    );
    window.press(&["ctrl+w"]).wait_title("Tarjuman");
    desk.set_clipboard(SAMPLE);
    // On the start page pasting is opening.
    window.press(&["ctrl+v"]).wait_title("Clipboard — Tarjuman");
}

#[test]
fn three_files_are_opened_one_after_the_other() {
    let Some(desk) = desk() else { return };
    let paths = ["1.txt", "2.txt", "3.txt"].map(|name| desk.file(name, SAMPLE.as_bytes()));
    let window = desk.open(&[&paths[0], &paths[1], &paths[2]]);
    window.wait_title("1.txt — Tarjuman").press(&["ctrl+shift+o"]).wait_title("2.txt — Tarjuman");
    window.write("Kept").wait_title("• 2.txt — Tarjuman");
    window.wait_asked(|| _ = window.press(&["ctrl+shift+o"])).press(&["Escape"]).wait_field("Kept");
    window.press(&["ctrl+z", "ctrl+shift+o"]).wait_title("3.txt — Tarjuman");
}

#[test]
fn a_web_address_is_opened_however_the_server_behaves() {
    let Some(desk) = desk() else { return };
    fs::create_dir_all(desk.path("home/config")).unwrap();
    desk.file("home/config/settings.json", br#"{"allow_private_addresses": true}"#);
    let html = "Content-Type: text/html; charset=utf-8\r\n";
    let server = Server::new(move |path, stream| match path {
        "/page" => stream.write_all(&answer("200 OK", html, PAGE.as_bytes())),
        "/moved" => stream.write_all(&answer("302 Found", "Location: /page\r\n", b"")),
        "/broken" => stream.write_all(&answer("500 Fault", "", b"")),
        "/huge" => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n"),
        // Says that there is more to come, and no more.
        _ => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n<p>").and_then(|()| hangs_up(stream)),
    });
    let window = desk.open(&[]);
    let open = |path: &str| window.press(&["ctrl+l"]).write(&server.address(path)).press(&["Return"]).wait_still();
    open("/moved").wait_title(PAGE_TITLE).press(&["ctrl+w"]).wait_title("Tarjuman");
    for (path, told) in [("/broken", "500"), ("/huge", "20 MB")] {
        open(path);
        wait_until("it is told", || desk.log().contains(&server.address(path)));
        assert!(desk.log().contains(told) || desk.log().contains("larger"), "{}", desk.log());
        window.press(&["Escape"]);
    }
    window.press(&["ctrl+l", "ctrl+a"]).write(&server.address("/slow")).press(&["Return"]);
    wait_until("it is asked for", || server.requests().iter().any(|head| head.contains("/slow")));
    window.press(&["shift+Escape", "ctrl+l", "ctrl+a"]).write(&server.address("/page")).press(&["Return"]);
    window.wait_title(PAGE_TITLE);
}

#[test]
fn another_encoding_is_chosen_by_key() {
    let Some(desk) = desk() else { return };
    let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(SAMPLE);
    let window = desk.open(&[&desk.file("old.txt", &bytes)]);
    window.wait_title("old.txt — Tarjuman").wait_still();
    let choose_next = || {
        window.wait_asked(|| _ = window.press(&["F4"])).wait_still();
        for key in ["Down", "Return"] {
            window.press(&[key]).wait_still();
        }
    };
    window.write("x");
    choose_next();
    window.press(&["ctrl+s", "Return"]).wait_title("old.xlf — Tarjuman");
    let units = desk.units("old.xlf");
    assert_ne!(&*units[0].source, paragraphs()[0]);
    assert_eq!(units[0].target, "x", "the translation stays where it is");

    // The one before is the next in the list.
    choose_next();
    window.press(&["ctrl+s"]).wait_title("old.xlf — Tarjuman");
    let units = desk.units("old.xlf");
    assert_eq!(&*units[0].source, paragraphs()[0]);
    assert_eq!(units[0].target, "x", "the translation stays where it is");
}
