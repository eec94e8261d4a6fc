//! The user's own glossary from a shell: `tarjuman glossary …`.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};

use super::error::CliError;
use super::interrupt::Interrupt;
use super::{complain, complain_of, print};
use crate::domain::{
    Concept, ConceptId, ConceptKind, Filter, ImportPlan, Layer, Listing, Order, Policy, Term, TermStatus, Termbase,
    duplicates, inconsistencies, plan_import,
};
use crate::formats::glossary::{self, Column, GlossaryFormat, Layout, Options, Style};
use crate::formats::reader::Hints;
use crate::jobs::export_glossary;
use crate::storage::termbase::{ChangeNumber, ChangeRecord, Store, Version, fresh_id};
use crate::storage::{Folders, StorageError, files, login};

/// Which glossary, and what to do with it.
#[derive(Debug, Args)]
pub(super) struct GlossaryArguments {
    #[command(subcommand)]
    command: GlossaryCommand,
    /// Another glossary than your own; what writes to it makes it if there is none
    #[arg(long, value_name = "FILE", global = true)]
    termbase: Option<PathBuf>,
    /// Whose changes they are; otherwise the name you are logged in with
    #[arg(long, value_name = "NAME", global = true)]
    author: Option<String>,
}

#[derive(Debug, Subcommand)]
enum GlossaryCommand {
    /// Take in the concepts of a file: TBX, CSV, TSV, XLSX or a glossary of OmegaT
    Import {
        /// The file; what kind it is, is told by its content
        file: PathBuf,
        /// What to do with concepts that are there already
        #[arg(long, default_value = "merge")]
        policy: PolicyName,
        /// What the columns of a table hold, from the left: arabic, english, kind, domain, definition, note, source,
        /// id, part-of-speech, ignored
        #[arg(long, value_delimiter = ',', value_name = "COLUMN,…")]
        columns: Vec<String>,
        /// With --columns: the first row names the columns and is no concept
        #[arg(long, requires = "columns")]
        header: bool,
        /// The encoding of a text file, if it is not found by itself
        #[arg(long, value_name = "NAME")]
        encoding: Option<String>,
        /// Only say what would happen, and what the columns of a table seem to hold
        #[arg(long)]
        dry_run: bool,
    },
    /// Write concepts to a file; its name says the format (.tbx .csv .tsv .xlsx, .txt for OmegaT)
    Export {
        /// The file to write
        file: PathBuf,
        /// The format, whatever the name says
        #[arg(long)]
        format: Option<FormatName>,
        /// Only concepts of this kind: person, place, organisation, event or term
        #[arg(long, value_parser = kind)]
        kind: Option<ConceptKind>,
        /// Only concepts of this domain and of those below it
        #[arg(long)]
        domain: Option<String>,
        /// Only concepts that nobody has translated yet
        #[arg(long)]
        untranslated: bool,
        /// Only concepts with an English wording of this status: preferred, admitted or forbidden
        #[arg(long, value_parser = status)]
        status: Option<TermStatus>,
        /// Only concepts that fit these words of either language, the best first
        #[arg(long, value_name = "WORDS", default_value = "")]
        search: String,
    },
    /// Add a concept and print its id
    Add {
        /// What it is called in Arabic
        arabic: String,
        /// What it is called in English
        english: String,
        /// person, place, organisation, event or term
        #[arg(long, value_parser = kind, default_value = "term")]
        kind: ConceptKind,
        /// The field it belongs to, such as military or geography/syria
        #[arg(long, default_value = "")]
        domain: String,
        /// A remark
        #[arg(long, default_value = "")]
        note: String,
        /// What to do if it is there already
        #[arg(long, default_value = "skip")]
        policy: PolicyName,
    },
    /// Print the concepts that fit some words of either language: arabic, english, kind, domain, id
    Search {
        /// Words or parts of them; vowel signs, hamza and capitals make no difference
        words: String,
        /// At most so many
        #[arg(long, default_value_t = 20)]
        limit: usize,
    },
    /// Print the versions of a concept; without an id, the last changes of the whole glossary
    History {
        /// As `search` prints it
        id: Option<String>,
    },
    /// Print what is damaged, in conflict, there twice, or translated in several ways
    Check,
    /// Take back a change; without a number, the last one that is not taken back yet
    Undo {
        /// As `history` prints it
        change: Option<i64>,
    },
}

impl GlossaryCommand {
    /// Whether it leaves the glossary as it is, so that another person's will do.
    fn only_reads(&self) -> bool {
        matches!(self, Self::Export { .. } | Self::Search { .. } | Self::History { .. } | Self::Check)
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum PolicyName {
    /// Leave the new one out
    Skip,
    /// Add what is new in it
    Merge,
    /// Put it in the place of the old one
    Replace,
    /// Keep both
    Add,
}

impl From<PolicyName> for Policy {
    fn from(name: PolicyName) -> Self {
        match name {
            PolicyName::Skip => Self::Skip,
            PolicyName::Merge => Self::Merge,
            PolicyName::Replace => Self::Replace,
            PolicyName::Add => Self::AddAsNew,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatName {
    /// TBX-Basic of 2019, data categories as attributes
    Tbx,
    /// TBX-Basic of 2019, data categories as tags
    TbxDct,
    /// TBX of 2008
    Martif,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
    /// A workbook
    Xlsx,
    #[value(help = "Arabic, English and comment for OmegaT")]
    Omegat,
}

impl FormatName {
    /// The format that a file's name asks for.
    fn of_file(path: &Path) -> Option<Self> {
        Some(match &*path.extension()?.to_str()?.to_lowercase() {
            "tbx" => Self::Tbx,
            "csv" => Self::Csv,
            "tsv" => Self::Tsv,
            "xlsx" => Self::Xlsx,
            "txt" | "utf8" | "tab" => Self::Omegat,
            _ => return None,
        })
    }

    fn format(self) -> GlossaryFormat {
        match self {
            Self::Tbx => GlossaryFormat::Tbx(Style::Dca),
            Self::TbxDct => GlossaryFormat::Tbx(Style::Dct),
            Self::Martif => GlossaryFormat::Martif,
            Self::Csv => GlossaryFormat::Csv,
            Self::Tsv => GlossaryFormat::Tsv,
            Self::Xlsx => GlossaryFormat::Xlsx,
            Self::Omegat => GlossaryFormat::OmegaT,
        }
    }
}

fn kind(name: &str) -> Result<ConceptKind, String> {
    let names = ConceptKind::ALL.map(ConceptKind::key).join(", ");
    ConceptKind::from_key(name).ok_or_else(|| format!("the kinds are {names}"))
}

fn status(name: &str) -> Result<TermStatus, String> {
    let names = TermStatus::ALL.map(TermStatus::key).join(", ");
    TermStatus::from_key(name).ok_or_else(|| format!("a wording is {names}"))
}

/// Does what the arguments say.
pub(super) fn run(arguments: GlossaryArguments) -> Result<(), CliError> {
    let author = arguments.author.unwrap_or_else(login);
    let mut store = match arguments.termbase {
        Some(path) if arguments.command.only_reads() => Store::open_read_only(&path)?,
        Some(path) => Store::open(&path, &author)?,
        None => Store::open(&Folders::of_user()?.termbase(), &author)?,
    };
    match arguments.command {
        GlossaryCommand::Import { file, policy, columns, header, encoding, dry_run } => {
            let layout = layout(&columns, header)?;
            let hints = Hints { chosen_encoding: encoding.as_deref(), ..Hints::default() };
            import(&mut store, &file, Options { hints, layout: layout.as_ref() }, policy.into(), dry_run)
        }
        GlossaryCommand::Export { file, format, kind, domain, untranslated, status, search } => {
            let chosen = format.or_else(|| FormatName::of_file(&file));
            let format = chosen.ok_or_else(|| CliError::UnknownFormat { path: file.clone() })?.format();
            let domain = domain.map(Into::into);
            let filter = Filter { kind, domain, without_english: untranslated, status, ..Filter::default() };
            export(&store, &file, format, &search, &filter)
        }
        GlossaryCommand::Add { arabic, english, kind, domain, note, policy } => {
            let wording = |text: String| vec![Term::new(text, TermStatus::Preferred)];
            let concept = Concept {
                domain: domain.into(),
                note: note.into(),
                arabic: wording(arabic),
                english: wording(english),
                ..Concept::new(fresh_id(), kind)
            };
            add(&mut store, concept, policy.into())
        }
        GlossaryCommand::Search { words, limit } => search(&store, &words, limit),
        GlossaryCommand::History { id: Some(id) } => history(&store, &ConceptId::new(id)),
        GlossaryCommand::History { id: None } => changes(&store),
        GlossaryCommand::Check => check(&store),
        GlossaryCommand::Undo { change } => undo(&mut store, change.map(ChangeNumber::new)),
    }
}

fn layout(columns: &[String], has_header: bool) -> Result<Option<Layout>, CliError> {
    if columns.is_empty() {
        return Ok(None);
    }
    let column = |name: &String| Column::from_name(name).ok_or_else(|| CliError::UnknownColumn { name: name.clone() });
    let columns = columns.iter().map(column).collect::<Result<_, _>>()?;
    Ok(Some(Layout { columns, has_header }))
}

fn import(store: &mut Store, file: &Path, options: Options, policy: Policy, dry_run: bool) -> Result<(), CliError> {
    let bytes = files::read(file)?;
    let reading =
        glossary::read(&bytes, options).map_err(|source| CliError::Glossary { path: file.to_owned(), source })?;
    complain_of(&file.display(), &reading.warnings);
    let layout = reading.layout;
    let plan = plan_import(&store.read()?.termbase, reading.termbase.into_iter().collect(), policy);
    for conflict in &plan.conflicts {
        let candidates: Vec<&str> = conflict.candidates.iter().map(ConceptId::as_str).collect();
        complain(&format_args!("{} could be any of {}", words(&conflict.incoming), candidates.join(", ")));
    }
    let summary = describe(&plan);
    if dry_run {
        let columns = layout.map(|layout| {
            let names: Vec<&str> = layout.columns.iter().map(|column| column.key()).collect();
            format!("columns: {}\n", names.join(", "))
        });
        return print(&format!("{}would be: {summary}\n", columns.unwrap_or_default()));
    }
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    let interrupt = Interrupt::listen();
    let mut watch = |_| if interrupt.is_pressed() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    let change = store.import_watched(&format!("import of {name}"), plan, &mut watch).map_err(|error| match error {
        StorageError::Cancelled { .. } => CliError::Interrupted,
        other => other.into(),
    })?;
    match change {
        Some(change) => print(&format!("{summary} (change {change})\n")),
        None => print(&format!("{summary}\n")),
    }
}

fn describe(plan: &ImportPlan) -> String {
    let differing = plan.change.iter().filter(|change| change.differs).count();
    let mut summary = format!("{} added, {} changed", plan.add.len(), plan.change.len());
    // Writing to a string cannot fail.
    if differing > 0 {
        let _ = write!(summary, " ({differing} translated differently)");
    }
    let _ = write!(summary, ", {} left out", plan.skip.len());
    if !plan.conflicts.is_empty() {
        let _ = write!(summary, ", {} undecided", plan.conflicts.len());
    }
    summary
}

fn export(store: &Store, file: &Path, format: GlossaryFormat, search: &str, filter: &Filter) -> Result<(), CliError> {
    let termbase = store.read()?.termbase;
    let concepts: Vec<&Concept> = if search.trim().is_empty() {
        termbase.concepts().iter().filter(|concept| filter.admits(concept, Layer::Own)).collect()
    } else {
        let all = termbase.concepts().iter().map(|concept| (concept, Layer::Own));
        let listing = Listing::new(all, &HashMap::new());
        let rows = listing.select(search, filter, Order::default());
        rows.into_iter().filter_map(|row| termbase.get(listing.id(row))).collect()
    };
    if concepts.is_empty() {
        return Err(CliError::NothingToExport);
    }
    // Whoever names a file in a shell means it to be written.
    let written = export_glossary(&concepts, format, file, true)?;
    let mut summary = format!("{} written", written.concepts);
    if written.curtailed > 0 {
        // Writing to a string cannot fail.
        let _ = write!(summary, "; the format cannot hold everything of {} of them", written.curtailed);
    }
    print(&(summary + "\n"))
}

fn add(store: &mut Store, concept: Concept, policy: Policy) -> Result<(), CliError> {
    let plan = plan_import(&store.read()?.termbase, vec![concept], policy);
    if let Some(skipped) = plan.skip.first() {
        return Err(CliError::AlreadyThere { id: skipped.existing.to_string() });
    }
    if let Some(conflict) = plan.conflicts.first() {
        let candidates: Vec<&str> = conflict.candidates.iter().map(ConceptId::as_str).collect();
        return Err(CliError::AlreadyThere { id: candidates.join(", ") });
    }
    let id = plan.add.first().or(plan.change.first().map(|change| &change.after)).map(|concept| concept.id.clone());
    store.import("add", plan)?;
    print(&format!("{}\n", id.map(|id| id.to_string()).unwrap_or_default()))
}

fn search(store: &Store, words: &str, limit: usize) -> Result<(), CliError> {
    print(&store.search(words, limit)?.iter().map(|hit| line(&hit.concept)).collect::<String>())
}

/// A concept in a line: arabic, english, kind, domain, id.
fn line(concept: &Concept) -> String {
    let (arabic, english) = (concept.preferred_arabic().unwrap_or(""), concept.preferred_english().unwrap_or(""));
    format!("{arabic}\t{english}\t{}\t{}\t{}\n", concept.kind.key(), concept.domain, concept.id)
}

fn words(concept: &Concept) -> String {
    let terms = |terms: &[Term]| terms.iter().map(|term| &*term.text).collect::<Vec<_>>().join(" | ");
    format!("{} = {}", terms(&concept.arabic), terms(&concept.english))
}

fn history(store: &Store, id: &ConceptId) -> Result<(), CliError> {
    let versions = store.history(id)?;
    if versions.is_empty() {
        return Err(CliError::UnknownConcept { id: id.to_string() });
    }
    let line = |version: &Version| {
        let what = version.concept.as_ref().map_or_else(|| "(deleted)".to_owned(), words);
        let change = version.change.map(|change| change.to_string()).unwrap_or_default();
        format!("{}\t{}\t{change}\t{what}\n", version.made.at, version.made.by)
    };
    print(&versions.iter().map(line).collect::<String>())
}

fn changes(store: &Store) -> Result<(), CliError> {
    const MOST: usize = 50;
    let line = |change: &ChangeRecord| {
        let undone = change.undone_by.map(|by| format!(" (undone by {by})")).unwrap_or_default();
        let ChangeRecord { number, what, made, versions, .. } = change;
        format!("{number}\t{}\t{}\t{versions}\t{what}{undone}\n", made.at, made.by)
    };
    print(&store.changes(MOST)?.iter().map(line).collect::<String>())
}

fn check(store: &Store) -> Result<(), CliError> {
    store.verify()?;
    let contents = store.read()?;
    let termbase = &contents.termbase;
    let mut found = String::new();
    // Writing to a string cannot fail.
    for id in &contents.conflicts {
        let _ = writeln!(found, "conflict\t{}", named(termbase, id));
    }
    for group in duplicates(termbase) {
        let names: Vec<String> = group.iter().map(|id| named(termbase, id)).collect();
        let _ = writeln!(found, "twice\t{}", names.join("\t"));
    }
    for inconsistency in inconsistencies(termbase) {
        let ids: Vec<&str> = inconsistency.concepts.iter().map(ConceptId::as_str).collect();
        let translations = inconsistency.translations.join(" | ");
        let _ = writeln!(found, "several translations\t{}\t{translations}\t{}", inconsistency.wording, ids.join(" "));
    }
    if found.is_empty() {
        found = format!("{} concepts, nothing to mend\n", termbase.concepts().len());
    }
    print(&found)
}

fn named(termbase: &Termbase, id: &ConceptId) -> String {
    termbase.get(id).map_or_else(|| id.to_string(), |concept| format!("{} ({id})", words(concept)))
}

fn undo(store: &mut Store, change: Option<ChangeNumber>) -> Result<(), CliError> {
    let last = match change {
        Some(change) => Some(change),
        None => store.last_change()?,
    };
    let undone = store.undo(last.ok_or(CliError::NothingToUndo)?)?;
    for id in &undone.kept {
        complain(&format_args!("{id} was changed again since and stays as it is"));
    }
    print(&format!("{} restored, {} left as they are (change {})\n", undone.restored, undone.kept.len(), undone.change))
}
