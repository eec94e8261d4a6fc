//! The ways to open articles, and those that wait.

use std::fs;
use std::path::PathBuf;

use egui::{Event, Key};
use egui_kittest::kittest::NodeT as _;
use tarjuman::session::Command;
use tempfile::TempDir;

use crate::window::{ALT, ARTICLE, CTRL, NONE, SHIFT, Window, file, home};

/// Articles called after their numbers.
fn articles(home: &TempDir, count: usize) -> Vec<PathBuf> {
    (1..=count).map(|number| file(home, &format!("article {number}.txt"), ARTICLE)).collect()
}

impl Window {
    #[track_caller]
    fn wait_open(&mut self, name: &str) {
        self.wait(&format!("{name} is open"), |session| session.title() == format!("{name} — Tarjuman"));
    }

    fn waiting(&self) -> Vec<String> {
        self.ask(|session| session.queue().iter().map(|waiting| waiting.source.name()).collect())
    }

    fn is_enabled(&self, name: &str) -> bool {
        !self.last(name).accesskit_node().is_disabled()
    }
}

#[test]
fn three_files_are_dropped_and_opened_one_after_the_other() {
    let home = home();
    let mut window = Window::start(home.path(), Vec::new());
    let paths = articles(&home, 3);
    window.hover_files(&paths);
    assert!(window.shows("Drop 3 files: the first is opened, the others wait"));
    window.drop_files(&paths);
    window.wait_open("article 1.txt");
    assert!(!window.shows("Drop 3 files"));
    assert!(window.shows("2 articles wait, the next: article 2.txt"));

    window.key(CTRL.plus(SHIFT), Key::O);
    window.wait_open("article 2.txt");
    assert!(window.shows("1 article waits, the next: article 3.txt"));
    window.click("Open the next article");
    window.wait_open("article 3.txt");
    assert!(!window.shows("article waits") && window.waiting().is_empty());
    assert!(!window.ask(|session| session.can(&Command::OpenNext)));
}

#[test]
fn the_list_of_what_waits_is_worked_through_by_key_and_by_name() {
    let home = home();
    let mut paths = articles(&home, 4);
    paths.insert(2, home.path().join("missing.txt"));
    let sources = paths.into_iter().map(Into::into).collect();
    let mut window = Window::start(home.path(), vec![Command::OpenThese(sources)]);
    window.wait_open("article 1.txt");
    window.key(NONE, Key::F6);
    assert!(window.shows("Articles that wait"));
    window.harness.check_accessibility();
    assert_eq!(window.focused().as_deref(), Some("Open next"));
    window.click("Remove article 3.txt");
    assert_eq!(window.waiting(), ["article 2.txt", "missing.txt", "article 4.txt"]);

    window.click("Open missing.txt");
    window.wait("it says why", |session| !session.notices().is_empty());
    assert!(window.shows("Could not open “missing.txt”: there is no such file or folder."));
    window.key(NONE, Key::F6);
    assert!(window.shows("could not be opened: there is no such file or folder"));
    window.key(NONE, Key::Enter);
    window.wait_open("article 2.txt");
    assert_eq!(window.waiting(), ["missing.txt", "article 4.txt"]);
    window.key(CTRL.plus(SHIFT), Key::O);
    window.wait_open("article 4.txt");
    assert!(window.shows("1 article waits; none of them could be opened"));
    window.key(NONE, Key::F6);
    window.click("Clear the list");
    assert!(window.waiting().is_empty() && window.ask(|session| session.sheet().is_none()));
}

#[test]
fn the_next_article_waits_until_unsaved_work_is_dealt_with() {
    let home = home();
    let mut window = Window::start(home.path(), Vec::new());
    window.drop_files(&articles(&home, 2));
    window.wait_open("article 1.txt");
    window.write("Mine");
    window.key(CTRL.plus(SHIFT), Key::O);
    assert!(window.shows("Save the changes to “article 1.txt”?"));
    window.key(NONE, Key::Escape);
    assert_eq!((window.unit(1).target.as_str(), window.waiting().len()), ("Mine", 1));
    window.key(CTRL.plus(SHIFT), Key::O);
    window.click("Don’t save");
    window.wait_open("article 2.txt");
}

#[test]
fn a_folder_opens_as_what_is_in_it() {
    let home = home();
    let folder = home.path().join("today");
    fs::create_dir_all(folder.join("evening")).unwrap();
    for name in ["1.txt", "2.txt", "evening/3.txt"] {
        fs::write(folder.join(name), ARTICLE).unwrap();
    }
    let mut window = Window::start(home.path(), Vec::new());
    window.click("Open a folder…");
    window.answer_path(&folder);
    window.wait_open("1.txt");
    assert_eq!(window.waiting(), ["2.txt", "3.txt"]);
    let empty = home.path().join("empty");
    fs::create_dir(&empty).unwrap();
    window.drop_file(&empty);
    window.wait("it is told", |session| !session.notices().is_empty());
    assert!(window.shows("There is no file in “empty”."));
    assert_eq!(window.waiting(), ["2.txt", "3.txt"]);
}

#[test]
fn an_address_is_checked_as_it_is_typed() {
    let home = home();
    let mut window = Window::start(home.path(), Vec::new());
    window.key(CTRL, Key::L);
    assert_eq!(window.focused().as_deref(), Some("Address"));
    window.harness.check_accessibility();
    assert!(!window.is_enabled("Open"));
    window.write("ftp://a.example");
    assert!(window.shows("only http and https addresses can be opened, not ftp") && !window.is_enabled("Open"));
    window.key(CTRL, Key::A);
    window.write("two words");
    assert!(window.shows("this is not a web address") && !window.is_enabled("Open"));
    window.key(CTRL, Key::A);
    window.send([Event::Paste("127.0.0.1:1/خبر".to_owned())]);
    assert!(window.is_enabled("Open") && !window.shows("this is not a web address"));
    window.key(NONE, Key::Enter);
    window.wait("it says why", |session| !session.notices().is_empty());
    assert!(window.shows("it belongs to this computer or its own network"));

    window.click("Open a web address…");
    assert_eq!(window.last("Address").value().as_deref(), Some("127.0.0.1:1/خبر"), "for another try");
    window.click("Allow addresses of this computer and its own network");
    assert!(window.ask(|session| session.settings().allow_private_addresses));
    window.key(NONE, Key::Escape);
    assert!(window.ask(|session| session.sheet().is_none()));
}

#[test]
fn the_start_page_has_every_way_to_open_an_article() {
    let home = home();
    let mut window = Window::start(home.path(), Vec::new());
    for way in ["Open…", "Open a folder…", "Open a web address…", "Open from the clipboard", "Open the sample article"]
    {
        assert!(window.is_enabled(way), "{way}");
    }
    window.harness.check_accessibility();
    window.click("Open the sample article");
    window.wait("the sample", |session| session.project().is_some());
    window.key(ALT, Key::Home);
    assert_eq!(window.focused().as_deref(), Some("Translation 1"));
}

/// A front page: titles that lead elsewhere, and no article.
fn front_page() -> String {
    let link = |number: usize| {
        let title = format!("وزير الثقافة يفتتح المعرض الدولي للكتاب في العاصمة رقم {number}");
        let site = if number == 1 { "" } else { "https://example.org/" };
        format!("<li><a href='{site}news/{number}.html'>{title}</a></li>")
    };
    let links: String = (1..=30).map(link).collect();
    format!(
        "<!DOCTYPE html><html lang='ar'><head><meta charset='utf-8'><title>الرئيسية</title></head><body><ul>{links}</ul></body></html>"
    )
}

#[test]
fn a_page_that_is_not_one_article_offers_what_it_leads_to() {
    let home = home();
    let path = file(&home, "index.html", &front_page());
    let mut window = Window::start(home.path(), vec![Command::OpenThese(vec![path.into()])]);
    window.wait("the links", |session| session.sheet().is_some());
    assert!(window.shows("This page is not one article") && window.shows("30 links"));
    window.harness.check_accessibility();
    assert_eq!(window.focused().as_deref(), Some("Search"));
    assert!(window.shows("a saved page does not tell which site this is on"));
    window.write("رقم 2");
    assert!(window.shows("11 of 30 links"), "2 and 20 to 29");
    window.key(CTRL, Key::Enter);
    window.key(NONE, Key::ArrowDown);
    window.key(CTRL, Key::Enter);
    assert!(window.is_enabled("Open 2"));
    window.click("Open 2");
    assert_eq!(window.waiting(), ["example.org/news/2.html", "example.org/news/20.html"]);
    assert!(window.ask(|session| session.sheet().is_none()));
}

#[test]
fn a_page_that_is_not_one_article_is_opened_as_it_is_all_the_same() {
    let home = home();
    let path = file(&home, "index.html", &front_page());
    let mut window = Window::start(home.path(), vec![Command::OpenThese(vec![path.into()])]);
    window.wait("the links", |session| session.sheet().is_some());
    window.click("Open the page as it is");
    window.wait("the page", |session| session.project().is_some());
    assert!(window.units().len() >= 30);
}

#[test]
fn another_encoding_is_chosen_and_the_translation_stays() {
    const RIGHT: &str = "اجتماع في بروكسل لوزراء الدفاع";
    let home = home();
    let path = home.path().join("old.txt");
    let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(ARTICLE);
    fs::write(&path, bytes).unwrap();
    let mut window = Window::start(home.path(), vec![Command::OpenThese(vec![path.into()])]);
    window.wait("the article", |session| session.project().is_some());
    assert_eq!(&*window.unit(1).source, RIGHT);
    let choose = |window: &mut Window, encoding: &str| {
        window.key(NONE, Key::F4);
        window.wait("how it reads", |session| !session.previews().is_empty());
        window.harness.check_accessibility();
        let name = window.names().into_iter().find(|name| name.starts_with(encoding) && name.contains(": "));
        window.click(&name.expect("it is offered"));
    };
    choose(&mut window, "iso-8859-6");
    window.wait("the letters change", |session| &*session.project().unwrap().units()[0].source != RIGHT);
    assert!(window.shows("Encoding: iso-8859-6"));
    window.write("Kept");
    choose(&mut window, "windows-1256");
    window.wait("the letters are right", |session| &*session.project().unwrap().units()[0].source == RIGHT);
    assert_eq!(window.unit(1).target, "Kept");
    window.key(NONE, Key::F4);
    window.wait("how it reads", |session| !session.previews().is_empty());
    window.key(NONE, Key::ArrowDown);
    window.key(NONE, Key::Enter);
    window.wait("the letters change back", |session| &*session.project().unwrap().units()[0].source != RIGHT);
    choose(&mut window, "windows-1256");
    window.wait("the letters are right", |session| &*session.project().unwrap().units()[0].source == RIGHT);
    assert!(window.shows("Not saved") && window.shows("Read in another way; the translation stays as it is."));
}

#[test]
fn what_was_decoded_wrongly_before_is_repaired_with_a_key() {
    let home = home();
    let (scrambled, _, _) = encoding_rs::WINDOWS_1256.decode(ARTICLE.as_bytes());
    let path = file(&home, "scrambled.txt", &scrambled);
    let mut window = Window::start(home.path(), vec![Command::OpenThese(vec![path.into()])]);
    window.wait("it is told", |session| !session.notices().is_empty());
    assert!(window.shows("was decoded wrongly before it was saved"));
    window.key(NONE, Key::F3);
    window.wait("it is repaired", |session| {
        &*session.project().unwrap().units()[0].source == "اجتماع في بروكسل لوزراء الدفاع"
    });
    assert!(window.ask(|session| session.notices().is_empty()));
}

#[test]
fn repairs_are_told_and_taken_back_with_a_key() {
    let home = home();
    let path = file(&home, "article.txt", &ARTICLE.replace("وأضاف الوزير", "وأضـــاف  الوزير"));
    let mut window = Window::start(home.path(), vec![Command::OpenThese(vec![path.into()])]);
    window.wait("the article", |session| session.project().is_some());
    assert!(window.gutter(4, "not translated, Arabic repaired") && window.shows("1 repaired"));
    assert!(window.last("Source 4").value().is_some_and(|text| text.starts_with("وأضاف الوزير")));
    for _ in 0..3 {
        window.key(ALT, Key::ArrowDown);
    }
    window.key(NONE, Key::F5);
    assert!(window.last("Source 4").value().is_some_and(|text| text.starts_with("وأضـــاف  الوزير")));
    window.key(SHIFT, Key::F5);
    assert!(window.gutter(4, "not translated, Arabic repaired"));
    window.key(CTRL, Key::Z);
    window.key(CTRL, Key::Z);
    assert!(window.gutter(4, "not translated, Arabic repaired"), "two steps back");
    assert_eq!(window.active(), 4);
}
