//! The system's file dialogs. They block, so each runs on a thread of its own.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

use egui::Context;
use rfd::FileDialog;

use crate::jobs::ExportFormat;

/// What to ask for.
#[derive(Debug, Clone)]
pub(super) enum Wanted {
    /// Files to open.
    Open,
    /// A folder to open.
    Folder,
    /// A file to import into the glossary.
    Glossary,
    /// A termbase to use.
    Termbase,
    /// A file to write.
    Save {
        /// Where to begin.
        folder: Option<PathBuf>,
        /// What to suggest.
        name: String,
        /// What such files end in.
        extensions: &'static [&'static str],
        /// What is to be written, for an export.
        format: ExportFormat,
    },
}

/// What came of a dialog.
pub(super) enum Answer {
    /// These files, and the export format that was asked for.
    Chosen(Vec<PathBuf>, ExportFormat),
    /// Nothing was chosen.
    Cancelled,
    /// The dialog never came up.
    Unavailable,
}

/// The usual ends of the names of articles; what is in a file decides, not its name.
const ARTICLES: [&str; 15] =
    ["htm", "html", "xhtml", "mht", "mhtml", "txt", "md", "docx", "odt", "pdf", "srt", "vtt", "xlf", "xliff", "tmx"];

/// The usual ends of the names of glossaries.
const GLOSSARIES: [&str; 9] = ["tbx", "csv", "tsv", "xlsx", "txt", "utf8", "tab", "xml", "martif"];

/// No person closes a dialog this fast: it never came up.
const FASTEST_ANSWER: Duration = Duration::from_millis(250);

/// The dialog that is open, if any.
pub(super) struct Dialogs {
    ctx: Context,
    allowed: bool,
    open: Option<Open>,
}

struct Open {
    answer: Receiver<Option<Vec<PathBuf>>>,
    format: ExportFormat,
    since: Instant,
}

impl Dialogs {
    /// No dialog yet; the context is woken when one is answered.
    pub(super) fn new(ctx: Context) -> Self {
        Self { ctx, allowed: true, open: None }
    }

    /// From now on there are none, whatever the system has.
    pub(super) fn forbid(&mut self) {
        self.allowed = false;
    }

    /// Whether there are file dialogs. On Linux they come from the desktop portal, which needs a session bus,
    /// or from `zenity`.
    pub(super) fn available(&self) -> bool {
        if !cfg!(target_os = "linux") {
            return self.allowed;
        }
        let on_path = |program: &str| {
            std::env::var_os("PATH")
                .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
        };
        self.allowed && (std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some() || on_path("zenity"))
    }

    /// Whether one is open.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Opens a dialog where the system has them.
    pub(super) fn ask(&mut self, wanted: Wanted) {
        if !self.available() || self.is_open() {
            return;
        }
        let format = match &wanted {
            Wanted::Open | Wanted::Folder | Wanted::Glossary | Wanted::Termbase => ExportFormat::Tmx,
            Wanted::Save { format, .. } => *format,
        };
        let (sender, receiver) = channel();
        let ctx = self.ctx.clone();
        let started = thread::Builder::new().name("file dialog".to_owned()).spawn(move || {
            // Nobody listens any more when the program has ended meanwhile.
            let _ = sender.send(show(wanted));
            ctx.request_repaint();
        });
        match started {
            Ok(_) => self.open = Some(Open { answer: receiver, format, since: Instant::now() }),
            Err(error) => tracing::warn!("no thread for a file dialog: {error}"),
        }
    }

    /// The answer, once there is one.
    pub(super) fn poll(&mut self) -> Option<Answer> {
        let open = self.open.as_ref()?;
        let answer = match open.answer.try_recv() {
            Ok(Some(paths)) => Answer::Chosen(paths, open.format),
            Ok(None) if open.since.elapsed() > FASTEST_ANSWER => Answer::Cancelled,
            Ok(None) | Err(TryRecvError::Disconnected) => Answer::Unavailable,
            Err(TryRecvError::Empty) => return None,
        };
        self.open = None;
        Some(answer)
    }
}

fn show(wanted: Wanted) -> Option<Vec<PathBuf>> {
    match wanted {
        Wanted::Open => FileDialog::new()
            .set_title("Open articles or translations")
            .add_filter("Articles and translations", &ARTICLES)
            .add_filter("All files", &["*"])
            .pick_files(),
        Wanted::Glossary => FileDialog::new()
            .set_title("Import into the glossary")
            .add_filter("Glossaries", &GLOSSARIES)
            .add_filter("All files", &["*"])
            .pick_file()
            .map(|path| vec![path]),
        Wanted::Termbase => FileDialog::new()
            .set_title("Use a termbase")
            .add_filter("Termbases", &["db"])
            .add_filter("All files", &["*"])
            .pick_file()
            .map(|path| vec![path]),
        Wanted::Folder => FileDialog::new().set_title("Open a folder of articles").pick_folders(),
        Wanted::Save { folder, name, extensions, .. } => {
            let dialog = FileDialog::new().set_title("Save").set_file_name(name).add_filter("Files", extensions);
            let dialog = match folder {
                Some(folder) => dialog.set_directory(folder),
                None => dialog,
            };
            dialog.save_file().map(|path| vec![path])
        }
    }
}
