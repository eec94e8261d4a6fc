//! A desk with a screen that nobody sees: an X server, a window manager, and the program in its own window, with the
//! keys and the mouse of whoever sits there.
//!
//! Each desk has a server of its own, even where there is a screen: what is typed here must not go to the windows of
//! whoever runs the tests, and tests must not take the clipboard from each other.

#![allow(dead_code, reason = "each test program uses a part of this")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed unwrap in a test is the test's failure")]

use std::env;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// After which there is nothing to come.
const NOTHING_COMES: Duration = Duration::from_secs(5);

/// Between two looks at something that is awaited.
const GLANCE: Duration = Duration::from_millis(20);

/// By the codes of their keys, which every layout has where they are.
const CTRL_A: &str = "ctrl+38";
const CTRL_C: &str = "ctrl+54";

/// A window manager without decorations, so that a window's corner is the screen's, and with one key of its own.
const WINDOW_MANAGER: &str = r#"<openbox_config xmlns="http://openbox.org/3.4/rc">
  <keyboard><keybind key="A-F4"><action name="Close"/></keybind></keyboard>
  <applications><application class="*"><decor>no</decor><position force="yes"><x>0</x><y>0</y></position></application>
  </applications>
</openbox_config>"#;

/// A screen, and a folder for the program's own files and for a person's.
pub(crate) struct Desk {
    display: String,
    folder: TempDir,
    server: Process,
    manager: Option<Process>,
}

/// The program in its window.
pub(crate) struct Window<'a> {
    desk: &'a Desk,
    program: Process,
    id: String,
}

/// A keyboard for keys that must come at a certain moment.
pub(crate) struct Keyboard {
    keys: ChildStdin,
    _xdotool: Process,
}

impl Keyboard {
    pub(crate) fn press(&mut self, key: &str) {
        writeln!(self.keys, "key --delay 0 {key}").unwrap();
    }
}

/// What was started here and ends with the test.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until `look` sees something.
#[track_caller]
pub(crate) fn wait<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(Instant::now() < deadline, "never came to: {what}");
        thread::sleep(GLANCE);
    }
}

#[track_caller]
pub(crate) fn wait_until(what: &str, mut reached: impl FnMut() -> bool) {
    wait(what, || reached().then_some(()));
}

impl Desk {
    /// A desk of this width and height. None, with a word about it, where the programs for it are missing; on a build
    /// server that is a failure.
    pub(crate) fn new(width: usize, height: usize) -> Option<Self> {
        let needed = ["Xvfb", "openbox", "xdotool", "xclip", "xprop", "setxkbmap"];
        let missing: Vec<_> = needed.into_iter().filter(|program| !is_installed(program)).collect();
        if !missing.is_empty() {
            let missing = missing.join(", ");
            assert!(env::var_os("CI").is_none(), "the tests of the window need {missing}; scripts/test installs them");
            println!("passed over: the tests of the window need {missing}");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let (server, number) = start_server(&folder, width, height);
        let mut desk = Self { display: format!(":{number}"), folder, server, manager: None };
        let configuration = desk.file("openbox.xml", WINDOW_MANAGER.as_bytes());
        let manager = desk.command("openbox").arg("--config-file").arg(configuration).stderr(Stdio::null()).spawn();
        desk.manager = Some(Process(manager.unwrap()));
        wait_until("there is a window manager", || {
            desk.output("xprop", &["-root", "_NET_SUPPORTING_WM_CHECK"]).contains("window id")
        });
        Some(desk)
    }

    /// The folder that the program's own files and a person's are in.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The file that the server keeps its pixels in.
    fn screen(&self) -> PathBuf {
        self.path("Xvfb_screen0")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    pub(crate) fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Starts the program and waits for its window.
    #[track_caller]
    pub(crate) fn open(&self, files: &[&Path]) -> Window<'_> {
        let program = self
            .command(env!("CARGO_BIN_EXE_tarjuman"))
            .args(files)
            .current_dir(self.folder())
            .env("TARJUMAN_HOME", self.path("home"))
            // Neither a session bus nor a program for file dialogs: the window asks for paths itself.
            .env("XDG_RUNTIME_DIR", self.folder())
            .env("PATH", "")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .stderr(File::create(self.path("log")).unwrap())
            .spawn();
        let program = Process(program.unwrap());
        let pid = program.0.id().to_string();
        let id = wait("the program has a window", || {
            let id = self.output("xdotool", &["search", "--onlyvisible", "--pid", &pid]);
            (!id.is_empty()).then_some(id)
        });
        let window = Window { desk: self, program, id };
        wait_until("the window has the focus", || self.output("xdotool", &["getwindowfocus"]) == window.id);
        window
    }

    /// What the program wrote to standard error.
    pub(crate) fn log(&self) -> String {
        self.read("log")
    }

    pub(crate) fn clipboard(&self) -> String {
        let mut xclip = self.command("xclip");
        xclip.args(["-o", "-selection", "clipboard", "-t", "UTF8_STRING"]).stderr(Stdio::null());
        String::from_utf8(xclip.output().unwrap().stdout).unwrap()
    }

    pub(crate) fn set_clipboard(&self, text: &str) {
        self.set_clipboard_as("UTF8_STRING", text);
    }

    /// Copies a text that can be had in this form alone.
    pub(crate) fn set_clipboard_as(&self, form: &str, text: &str) {
        // It leaves a process behind that holds the text until somebody else takes the clipboard.
        let mut xclip = self.command("xclip");
        let mut xclip =
            xclip.args(["-i", "-selection", "clipboard", "-t", form]).stdin(Stdio::piped()).spawn().unwrap();
        xclip.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        assert!(xclip.wait().unwrap().success());
    }

    pub(crate) fn keyboard(&self) -> Keyboard {
        let mut xdotool = self.command("xdotool").arg("-").stdin(Stdio::piped()).spawn().unwrap();
        Keyboard { keys: xdotool.stdin.take().unwrap(), _xdotool: Process(xdotool) }
    }

    /// Gives the keyboard another layout.
    pub(crate) fn set_layout(&self, layout: &str) {
        assert!(self.command("setxkbmap").arg(layout).status().unwrap().success());
    }

    /// What one of the tools prints, without the line break at its end.
    fn output(&self, program: &str, arguments: &[&str]) -> String {
        let output = self.command(program).args(arguments).stderr(Stdio::null()).output().unwrap();
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("DISPLAY", &self.display).env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET");
        command.stdin(Stdio::null());
        command
    }
}

fn is_installed(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Starts an X server that chooses its own number.
fn start_server(folder: &TempDir, width: usize, height: usize) -> (Process, u32) {
    let log = folder.path().join("server.log");
    let mut server = Command::new("Xvfb");
    server.args(["-displayfd", "1", "-noreset", "-nolisten", "tcp", "-fbdir"]).arg(folder.path());
    server.args(["-screen", "0", &format!("{width}x{height}x24")]);
    server.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(File::create(&log).unwrap());
    let mut server = Process(server.spawn().unwrap());
    let mut number = String::new();
    BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut number).unwrap();
    let number = number.trim().parse();
    let number = number.unwrap_or_else(|_| panic!("no X server: {}", fs::read_to_string(log).unwrap_or_default()));
    (server, number)
}

impl Window<'_> {
    pub(crate) fn title(&self) -> String {
        self.desk.output("xdotool", &["getwindowname", &self.id])
    }

    #[track_caller]
    pub(crate) fn wait_title(&self, title: &str) -> &Self {
        wait_until(&format!("the title is {title:?}"), || self.title() == title);
        self
    }

    /// Presses keys one after another, as xdotool names them: `a`, `ctrl+Return`, or the code of a key.
    #[track_caller]
    pub(crate) fn press(&self, keys: &[&str]) -> &Self {
        self.xdotool(&[&["key"], keys].concat())
    }

    /// Types a text in ASCII.
    #[track_caller]
    pub(crate) fn write(&self, text: &str) -> &Self {
        self.xdotool(&["type", "--delay", "8", text])
    }

    #[track_caller]
    pub(crate) fn xdotool(&self, arguments: &[&str]) -> &Self {
        assert!(self.desk.command("xdotool").args(arguments).status().unwrap().success(), "xdotool {arguments:?}");
        self
    }

    /// The colour of a pixel of the window.
    fn pixel(&self, (x, y): (usize, usize)) -> u32 {
        let screen = fs::read(self.desk.screen()).unwrap();
        // The file is a window dump: 32-bit fields, the most significant byte first, then colours, then pixels.
        let field = |at: usize| u32::from_be_bytes(screen[4 * at..4 * at + 4].try_into().unwrap()) as usize;
        let (header, line, colors) = (field(0), field(12), field(19));
        let at = header + 12 * colors + y * line + 4 * x;
        u32::from_ne_bytes(screen[at..at + 4].try_into().unwrap())
    }

    /// Waits until nothing moves any more.
    #[track_caller]
    pub(crate) fn wait_still(&self) -> &Self {
        const STILL: Duration = Duration::from_millis(300);
        let (mut before, mut since) = (Vec::new(), Instant::now());
        wait_until("nothing moves", || {
            let now = fs::read(self.desk.screen()).unwrap();
            if now != before {
                (before, since) = (now, Instant::now());
            }
            since.elapsed() > STILL
        });
        self
    }

    /// Does what makes the program ask, and waits until the question stands before the article, which is darker then.
    #[track_caller]
    pub(crate) fn wait_asked(&self, ask: impl FnOnce()) -> &Self {
        const CORNER: (usize, usize) = (6, 6);
        let calm = self.wait_still().pixel(CORNER);
        ask();
        wait_until("it asks", || self.pixel(CORNER) != calm);
        self.wait_still()
    }

    /// Clicks so many times at a point of the window.
    #[track_caller]
    pub(crate) fn click(&self, (x, y): (usize, usize), count: usize) {
        let (x, y, count) = (x.to_string(), y.to_string(), count.to_string());
        self.xdotool(&["mousemove", &x, &y, "click", "--repeat", &count, "--delay", "30", "1"]);
    }

    #[track_caller]
    pub(crate) fn drag(&self, from: (usize, usize), to: (usize, usize)) {
        let [x0, y0, x1, y1] = [from.0, from.1, to.0, to.1].map(|at| at.to_string());
        self.xdotool(&["mousemove", &x0, &y0, "mousedown", "1", "mousemove", &x1, &y1, "mouseup", "1"]);
    }

    /// What is copied, if something is selected.
    pub(crate) fn copied(&self) -> Option<String> {
        const NOTHING: &str = "nothing was copied";
        self.desk.set_clipboard(NOTHING);
        self.press(&[CTRL_C]);
        let deadline = Instant::now() + NOTHING_COMES;
        while Instant::now() < deadline {
            match self.desk.clipboard() {
                text if text == NOTHING => thread::sleep(GLANCE),
                text => return Some(text),
            }
        }
        None
    }

    /// Repeats a gesture until something of this kind is copied after it: a busy machine may take two clicks for one.
    #[track_caller]
    pub(crate) fn copied_after(&self, what: &str, gesture: impl Fn(), is_it: impl Fn(&str) -> bool) -> String {
        let mut last = None;
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            gesture();
            last = self.copied();
            if let Some(text) = last.clone().filter(|text| is_it(text)) {
                return text;
            }
        }
        panic!("never copied: {what}; the last was {last:?}")
    }

    /// The text of the field that is being written in. The caret is at its end afterwards.
    #[track_caller]
    pub(crate) fn field(&self) -> String {
        self.press(&[CTRL_A]);
        let text = self.copied().unwrap_or_default();
        self.press(&["ctrl+End"]);
        text
    }

    #[track_caller]
    pub(crate) fn wait_field(&self, text: &str) -> &Self {
        wait_until(&format!("{text:?} is in the field"), || self.field() == text);
        self
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.program.0.try_wait().unwrap().is_none()
    }

    #[track_caller]
    pub(crate) fn wait_closed(mut self) {
        let status: ExitStatus = wait("the program ends", || self.program.0.try_wait().unwrap());
        assert!(status.success(), "{status}: {}", self.desk.log());
    }

    /// Ends the program at once, as a crash would.
    pub(crate) fn kill(self) {
        drop(self);
    }
}

impl Drop for Window<'_> {
    /// Leaves a picture of what a test did not expect.
    fn drop(&mut self) {
        if thread::panicking() {
            let name = thread::current().name().unwrap_or("window").replace(':', "-");
            let picture = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.xwd"));
            let kept = fs::copy(self.desk.screen(), &picture);
            println!("the title was {:?}; a picture: {} ({kept:?})", self.title(), picture.display());
            println!("the log:\n{}", fs::read_to_string(self.desk.path("log")).unwrap_or_default());
        }
    }
}
