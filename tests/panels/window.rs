//! The program in a window, and what a person does with it.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{DroppedFile, Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use tarjuman::domain::{Unit, UnitId};
use tarjuman::session::{Command, Environment, Session};
use tarjuman::storage::Folders;
use tarjuman::ui::App;
use tempfile::TempDir;

pub(crate) const CTRL: Modifiers = Modifiers::CTRL.plus(Modifiers::COMMAND);
pub(crate) const SHIFT: Modifiers = Modifiers::SHIFT;
pub(crate) const ALT: Modifiers = Modifiers::ALT;
pub(crate) const NONE: Modifiers = Modifiers::NONE;

/// A headline, a byline, two paragraphs and a line of furniture.
pub(crate) const ARTICLE: &str = "اجتماع في بروكسل لوزراء الدفاع\n\nبروكسل ـ ترجمان\n\nقال وزير الدفاع الأمريكي في بروكسل إن القوات \
                       باقية في سوريا.\n\nوأضاف الوزير أن المهمة لم تنته بعد.\n\nمقالات ذات صلة\n";

/// The program, and a person before it.
pub(crate) struct Window {
    pub(crate) harness: Harness<'static, Rc<RefCell<Option<App>>>>,
}

impl Window {
    /// Starts the program for whoever keeps their files under `home`.
    pub(crate) fn start(home: &Path, wishes: Vec<Command>) -> Self {
        let slot = Rc::new(RefCell::new(None));
        let (filled, folders) = (Rc::clone(&slot), Folders::under(home));
        let harness = Harness::builder()
            .with_size([1180.0, 780.0])
            .with_step_dt(1.0 / 60.0)
            .with_context_setup(move |ctx| {
                let wake = ctx.clone();
                let environment = Environment { folders, wake: Arc::new(move || wake.request_repaint()) };
                *filled.borrow_mut() = Some(App::new(ctx, environment, wishes).without_file_dialogs());
            })
            .build_ui_state(
                |ui, slot: &mut Rc<RefCell<Option<App>>>| {
                    let mut slot = slot.borrow_mut();
                    let app = slot.as_mut().expect("it was started");
                    app.tick(ui.ctx());
                    app.frame(ui);
                },
                slot,
            );
        Self { harness }
    }

    /// With the sample open and its terms known.
    pub(crate) fn on_sample(home: &Path) -> Self {
        let mut window = Self::start(home, vec![Command::OpenSample]);
        window.wait("the sample and its terms", |session| {
            session.project().is_some() && session.termbase().is_some() && session.busy().is_none()
        });
        window
    }

    pub(crate) fn ask<T>(&self, question: impl FnOnce(&Session) -> T) -> T {
        question(self.harness.state().borrow().as_ref().expect("it was started").session())
    }

    /// Lets frames pass until the session says so.
    #[track_caller]
    pub(crate) fn wait(&mut self, what: &str, reached: impl Fn(&Session) -> bool) {
        let deadline = Instant::now() + Duration::from_mins(1);
        loop {
            self.harness.step();
            if self.ask(&reached) {
                break;
            }
            assert!(Instant::now() < deadline, "never came to: {what}; {:?}", self.ask(|s| s.notices().to_vec()));
            std::thread::yield_now();
        }
        self.settle();
    }

    /// A few frames, in which commands and the focus arrive where they belong.
    pub(crate) fn settle(&mut self) {
        self.harness.run_steps(4);
    }

    pub(crate) fn send(&mut self, events: impl IntoIterator<Item = Event>) {
        self.harness.input_mut().events.extend(events);
        self.settle();
    }

    pub(crate) fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    pub(crate) fn write(&mut self, text: &str) {
        for c in text.chars() {
            self.send([Event::Text(c.to_string())]);
        }
    }

    #[track_caller]
    pub(crate) fn click(&mut self, name: &str) {
        self.last(name).click();
        self.settle();
    }

    /// Of several things with one name the one in front: what is asked comes after what it is about.
    #[track_caller]
    pub(crate) fn last<'a>(&'a self, name: &'a str) -> Node<'a> {
        let found = self.harness.query_all_by_label(name).last();
        found.unwrap_or_else(|| panic!("nothing is called {name:?}; there are {:?}", self.names()))
    }

    pub(crate) fn names(&self) -> Vec<String> {
        let nodes = self.harness.root().children_recursive();
        nodes.filter_map(|node| node.accesskit_node().label().or(node.accesskit_node().value())).collect()
    }

    pub(crate) fn shows(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    pub(crate) fn focused(&self) -> Option<String> {
        let node = self.harness.root().children_recursive().filter(Node::is_focused).last()?;
        node.accesskit_node().label()
    }

    pub(crate) fn unit(&self, number: u32) -> Unit {
        self.ask(|session| session.project().unwrap().unit(UnitId::new(number)).unwrap().clone())
    }

    pub(crate) fn units(&self) -> Vec<Unit> {
        self.ask(|session| session.project().unwrap().units().to_vec())
    }

    pub(crate) fn active(&self) -> u32 {
        self.ask(|session| session.active().unwrap().number())
    }

    pub(crate) fn gutter(&self, number: u32, state: &str) -> bool {
        self.harness.query_all_by_label(&format!("Paragraph {number}, {state}")).next().is_some()
    }

    /// Answers the sheet that asks for a path.
    pub(crate) fn answer_path(&mut self, path: &Path) {
        assert_eq!(self.focused().as_deref(), Some("File"));
        self.key(CTRL, Key::A);
        self.send([Event::Paste(path.to_str().unwrap().to_owned())]);
        self.key(NONE, Key::Enter);
    }

    pub(crate) fn drop_file(&mut self, path: &Path) {
        self.drop_files(&[path.to_owned()]);
    }

    /// Holds files over the window for a moment, and lets go.
    pub(crate) fn drop_files(&mut self, paths: &[PathBuf]) {
        self.hover_files(paths);
        let input = self.harness.input_mut();
        input.hovered_files.clear();
        input.dropped_files.extend(paths.iter().map(|path| Arc::new(Dropped(path.clone())) as Arc<_>));
        self.settle();
    }

    pub(crate) fn hover_files(&mut self, paths: &[PathBuf]) {
        let hovered = |path: &PathBuf| egui::HoveredFile { path: Some(path.clone()), ..Default::default() };
        self.harness.input_mut().hovered_files = paths.iter().map(hovered).collect();
        self.settle();
    }
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|error| error.to_string())
    }
}

pub(crate) fn home() -> TempDir {
    tempfile::tempdir().unwrap()
}

pub(crate) fn file(home: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = home.path().join(name);
    fs::write(&path, text).unwrap();
    path
}
