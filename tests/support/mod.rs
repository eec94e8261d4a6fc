//! A person at a desk: a session, and what they do with it.

#![allow(dead_code, reason = "each test program uses a part of this")]
#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use tarjuman::domain::{Concept, ConceptKind, Term, TermStatus, Unit, UnitId};
use tarjuman::session::{Command, Environment, SaveState, Session};
use tarjuman::storage::Folders;
use tarjuman::storage::termbase::fresh_id;
use tempfile::TempDir;

/// A headline, two paragraphs and a line of furniture.
pub(crate) const ARTICLE: &str = "عنوان الخبر في سطر\n\nقال وزير الدفاع الأمريكي في بروكسل إن القوات باقية.\n\nوأضاف الوزير أن المهمة لم تنته.\n\nمقالات ذات صلة\n";

/// A term of the user's own, as somebody adds it.
pub(crate) fn concept(arabic: &str, english: &str) -> Concept {
    Concept {
        arabic: vec![Term::new(arabic, TermStatus::Preferred)],
        english: vec![Term::new(english, TermStatus::Preferred)],
        ..Concept::new(fresh_id(), ConceptKind::Term)
    }
}

/// A session at work, and a folder for its files.
pub(crate) struct Desk {
    pub(crate) session: Session,
    pub(crate) woken: Receiver<()>,
    pub(crate) folder: PathBuf,
    owner: Option<TempDir>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let owner = tempfile::tempdir().unwrap();
        let desk = Self::at(owner.path());
        Self { owner: Some(owner), ..desk }
    }

    /// A start of the program for whoever has this folder already.
    pub(crate) fn at(folder: &Path) -> Self {
        let (wake, woken) = mpsc::channel();
        let wake = Arc::new(move || wake.send(()).unwrap_or_default());
        let session = Session::new(Environment { folders: Folders::under(&folder.join("home")), wake });
        Self { session, woken, folder: folder.to_owned(), owner: None }
    }

    /// Ends the program without anything being tidied up, and starts it again.
    pub(crate) fn restart(self) -> Self {
        let Self { session, folder, owner, .. } = self;
        drop(session);
        Self { owner, ..Self::at(&folder) }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    pub(crate) fn run(&mut self, command: Command) -> &mut Self {
        self.session.run(command);
        self
    }

    /// Ticks until `reached`, woken by the session's own jobs and timers.
    #[track_caller]
    pub(crate) fn wait(&mut self, what: &str, reached: impl Fn(&Session) -> bool) -> &mut Self {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let next = self.session.tick(Instant::now());
            if reached(&self.session) {
                return self;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "never came to: {what}; notices: {:?}", self.session.notices());
            let _ = self.woken.recv_timeout(next.map_or(left, |next| next.min(left)));
        }
    }

    #[track_caller]
    pub(crate) fn open(&mut self, path: &Path) -> &mut Self {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        self.run(Command::OpenThese(vec![path.to_owned().into()]));
        self.wait("the file is open", |session| session.project().is_some() && session.title().contains(&name))
    }

    #[track_caller]
    pub(crate) fn open_sample(&mut self) -> &mut Self {
        self.run(Command::OpenSample).wait("the sample is open", |session| session.project().is_some())
    }

    /// Types at the caret, a key at a time, as the editor does.
    pub(crate) fn type_text(&mut self, text: &str) -> &mut Self {
        for key in text.chars() {
            let place = self.session.place().unwrap();
            let edit = Command::EditTarget { unit: place.unit, span: place.selection, text: key.to_string() };
            self.run(edit);
        }
        self
    }

    #[track_caller]
    pub(crate) fn save_to(&mut self, path: &Path) -> &mut Self {
        self.run(Command::SaveTo(path.to_owned())).wait_saved()
    }

    #[track_caller]
    pub(crate) fn wait_saved(&mut self) -> &mut Self {
        self.wait("everything is saved", |session| session.save_state() == SaveState::Saved)
    }

    pub(crate) fn unit(&self, number: u32) -> &Unit {
        self.session.project().unwrap().unit(UnitId::new(number)).unwrap()
    }

    pub(crate) fn units(&self) -> Vec<Unit> {
        self.session.project().unwrap().units().to_vec()
    }

    pub(crate) fn active(&self) -> u32 {
        self.session.active().unwrap().number()
    }

    pub(crate) fn caret(&mut self) -> (u32, usize) {
        let place = self.session.take_caret().unwrap();
        assert!(place.selection.is_empty());
        (place.unit.number(), place.selection.start)
    }
}
