//! The program from a shell: what the arguments mean, and how commands end.
//!
//! Commands read files, hand their bytes to `formats` and write what comes back; what they do is decided
//! there. Standard output holds results and nothing else, every failure is one sentence on standard error.

mod commands;
mod error;
mod extract;
mod glossary;
mod inputs;
mod interrupt;

use std::fmt::Display;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use tracing_subscriber::EnvFilter;
use uuid::Uuid;

use error::CliError;

use crate::domain::ProjectId;
use crate::jobs::ExportFormat;
use crate::storage::Folders;
use crate::storage::web::Reach;
use crate::{session, ui};

/// Translate Arabic news articles into English.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Articles and translations to open in the window
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Open the article that comes with the program
    #[arg(long, conflicts_with = "files")]
    sample: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print what articles consist of
    ///
    /// One file or address goes to standard output. Several, or a folder, go to files below --out, or with --json
    /// to standard output, a line each with a field `file`. Existing results are replaced; nothing that was read is.
    Extract {
        /// Files, web addresses (https://…) and folders, which are searched with all that is below them
        #[arg(value_name = "FILE|URL|FOLDER", required = true)]
        inputs: Vec<PathBuf>,
        #[command(flatten)]
        form: ExtractForm,
        /// Write a file for each article into this folder
        #[arg(long, value_name = "FOLDER")]
        out: Option<PathBuf>,
        /// The encoding of all the files, such as windows-1256; otherwise it is recognised
        #[arg(long, value_name = "NAME", value_parser = encoding)]
        encoding: Option<String>,
        /// Undo an earlier wrong decoding («Ø³ÙˆØ±») in the files that show one
        #[arg(long)]
        unscramble: bool,
        /// Fetch pages of this computer and its own network too
        #[arg(long)]
        allow_private: bool,
    },
    /// Print where a text uses the terms of a glossary
    Terms {
        /// A text file, a sentence or paragraph a line
        text: PathBuf,
        /// Tab-separated lines: id, arabic, english, type, origin; or the header arabic, english, kind, …
        #[arg(long, value_name = "ENTRIES.tsv")]
        glossary: PathBuf,
        /// Print lines of `line start end id`: line from 0, code points of the line, end exclusive
        #[arg(long)]
        tsv: bool,
        /// Also print words that may be plurals of terms by their form alone, marked `perhaps`
        #[arg(long)]
        guess_plurals: bool,
    },
    /// Print the sentences of a text, one a line, with a blank line after each paragraph
    Sentences {
        /// A text file in UTF-8, a paragraph a line
        file: PathBuf,
        #[arg(long, value_name = "LANGUAGE", default_value = "ar")]
        lang: Language,
        /// Rules in SRX 2.0; without it your own in the folder of the settings, or those of the program
        #[arg(long, value_name = "RULES.srx")]
        srx: Option<PathBuf>,
        /// Break long sentences where a clause begins
        #[arg(long)]
        long: bool,
    },
    /// Look after a glossary: take in and write files, add, search, check, undo
    Glossary(glossary::GlossaryArguments),
    /// Write the translated units of a working file in another format
    Export {
        /// An XLIFF 2 file
        file: PathBuf,
        #[arg(long)]
        format: FormatName,
        /// The file to write; for moses the pair PATH.ar and PATH.en
        #[arg(long, value_name = "PATH")]
        out: PathBuf,
    },
}

#[derive(Debug, Clone, Copy, Args)]
#[group(required = true, multiple = false)]
struct ExtractForm {
    /// As one JSON object with title, byline, paragraphs and their kinds
    #[arg(long)]
    json: bool,
    /// As plain text without the page's furniture
    #[arg(long)]
    text: bool,
    /// As an XLIFF 2.1 file to translate
    #[arg(long)]
    xliff: bool,
}

impl ExtractForm {
    /// What the names of its files end in.
    fn extension(self) -> &'static str {
        match self {
            Self { xliff: true, .. } => "xlf",
            Self { text: true, .. } => "txt",
            Self { .. } => "json",
        }
    }
}

/// The name of an encoding that is known.
fn encoding(name: &str) -> Result<String, String> {
    let known = encoding_rs::Encoding::for_label(name.as_bytes());
    known.map(|_| name.to_owned()).ok_or_else(|| "no such encoding is known".to_owned())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Language {
    /// Arabic
    Ar,
    /// English
    En,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// Translation memory, TMX 1.4b
    Tmx,
    /// Two text files with a unit a line
    Moses,
    /// Tab-separated table with a header
    Tsv,
}

impl From<FormatName> for ExportFormat {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Tmx => Self::Tmx,
            FormatName::Moses => Self::Moses,
            FormatName::Tsv => Self::Tsv,
        }
    }
}

/// Does what the arguments say. Ends with 0, with 1 where a file was bad, with 2 where the arguments were, with 130 where
/// somebody pressed Ctrl-C.
pub fn main() -> ExitCode {
    start_log();
    let arguments = Arguments::parse();
    let result = match arguments.command {
        None => open_window(arguments.files, arguments.sample),
        Some(Command::Extract { inputs, form, out, encoding, unscramble, allow_private }) => {
            let reach = Reach::allowing(allow_private);
            extract::extract(&extract::Request { inputs, form, out, encoding, unscramble, reach })
        }
        Some(Command::Terms { text, glossary, tsv, guess_plurals }) => {
            commands::terms(&text, &glossary, tsv, guess_plurals)
        }
        Some(Command::Sentences { file, lang, srx, long }) => commands::sentences(&file, lang, srx.as_deref(), long),
        Some(Command::Glossary(arguments)) => glossary::run(arguments),
        Some(Command::Export { file, format, out }) => commands::export(&file, format.into(), &out),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error.tell();
            ExitCode::from(error.exit_code())
        }
    }
}

/// Logs to standard error: warnings, or what `RUST_LOG` says.
fn start_log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("tarjuman=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).without_time().init();
}

/// Opens the window on the files; without any, on its start page.
fn open_window(files: Vec<PathBuf>, sample: bool) -> Result<(), CliError> {
    let absolute = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
    let mut wishes = Vec::new();
    if !files.is_empty() {
        wishes.push(session::Command::OpenThese(files.into_iter().map(|path| absolute(path).into()).collect()));
    } else if sample {
        wishes.push(session::Command::OpenSample);
    }
    ui::run(Folders::of_user()?, wishes).map_err(|error| CliError::Window(error.to_string()))
}

/// Prints a result. A reader that has seen enough (`tarjuman … | head`) is no failure.
fn print(result: &str) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    match out.write_all(result.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::Output(error)),
        _ => Ok(()),
    }
}

/// Says what is wrong with a file or page, the first of it.
fn complain_of(name: &dyn Display, warnings: &[impl Display]) {
    const MOST: usize = 10;
    for warning in warnings.iter().take(MOST) {
        complain(&format_args!("{name}: {warning}"));
    }
    if warnings.len() > MOST {
        complain(&format_args!("{name}: {} more of these", warnings.len() - MOST));
    }
}

fn fresh_id() -> ProjectId {
    ProjectId::new(Uuid::now_v7())
}

/// Says something on standard error; where that is closed nobody wants to know.
fn complain(message: &dyn Display) {
    let _ = writeln!(io::stderr(), "tarjuman: {message}");
}
