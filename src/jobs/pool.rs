//! Three threads: one for work that has to stay in order, one for work that waits for a server, one for everything else.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

use super::{Job, JobError, Outcome};

/// Called from a background thread when something is ready to be polled.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Names a job among all those of its [`Jobs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct JobId(u64);

/// What whoever started a job keeps of it.
#[derive(Debug, Clone)]
pub struct Ticket {
    /// Which job.
    pub id: JobId,
    cancelled: Arc<AtomicBool>,
}

impl Ticket {
    /// Asks a long job to stop early. What it has found until then still arrives.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

/// What came of a job, or of a part of one.
#[derive(Debug)]
pub struct Event {
    /// Which job.
    pub id: JobId,
    /// What came of it.
    pub result: Result<Outcome, JobError>,
}

/// The background threads. Dropping it waits until everything that writes the user's files is done.
pub struct Jobs {
    ordered: Option<Worker>,
    network: Worker,
    others: Worker,
    events: (Sender<Event>, Receiver<Event>),
    wake: Wake,
    started: u64,
}

struct Worker {
    tasks: Sender<Task>,
    thread: JoinHandle<()>,
}

struct Task {
    job: Job,
    report: Report,
}

impl Jobs {
    /// Starts the threads; they call `wake` whenever [`poll`](Self::poll) has something new.
    pub fn new(wake: Wake) -> Self {
        Self {
            ordered: Some(Worker::new()),
            network: Worker::new(),
            others: Worker::new(),
            events: mpsc::channel(),
            wake,
            started: 0,
        }
    }

    /// Hands a job over. Jobs that write the user's work run in the order in which they come here.
    pub fn start(&mut self, job: Job) -> Ticket {
        self.started += 1;
        let ticket = Ticket { id: JobId(self.started), cancelled: Arc::default() };
        let report = Report {
            id: ticket.id,
            cancelled: Arc::clone(&ticket.cancelled),
            events: self.events.0.clone(),
            wake: Arc::clone(&self.wake),
        };
        let worker = match &self.ordered {
            Some(ordered) if job.keeps_order() => ordered,
            _ if job.waits_for_network() => &self.network,
            _ => &self.others,
        };
        // The threads end only after this value does.
        let _ = worker.tasks.send(Task { job, report });
        ticket
    }

    /// The next thing that came of a job, if there is one. Never waits.
    pub fn poll(&self) -> Option<Event> {
        self.events.1.try_recv().ok()
    }
}

impl Drop for Jobs {
    fn drop(&mut self) {
        if let Some(Worker { tasks, thread }) = self.ordered.take() {
            drop(tasks);
            // It catches the panics of its jobs.
            let _ = thread.join();
        }
    }
}

impl Worker {
    fn new() -> Self {
        let (tasks, queue) = mpsc::channel::<Task>();
        let thread = thread::spawn(move || queue.into_iter().for_each(Task::run));
        Self { tasks, thread }
    }
}

impl Task {
    fn run(self) {
        let Self { job, report } = self;
        report.send(caught(|| job.run(&report)));
    }
}

/// Turns a panic into an error. A job owns what it works on, so nothing half changed outlives its panic.
pub fn caught<T>(work: impl FnOnce() -> Result<T, JobError>) -> Result<T, JobError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(JobError::Panicked(message(&*panic))))
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}

/// How a running job speaks to whoever started it.
pub(super) struct Report {
    id: JobId,
    cancelled: Arc<AtomicBool>,
    events: Sender<Event>,
    wake: Wake,
}

impl Report {
    pub(super) fn send(&self, result: Result<Outcome, JobError>) {
        // Nobody listens any more once the program is closing.
        let _ = self.events.send(Event { id: self.id, result });
        (self.wake)();
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::RecvTimeoutError;
    use std::time::Duration;

    use super::*;
    use crate::domain::{Index, Origin, Project, ProjectId, UnitId};
    use crate::jobs::{Replaces, Shared};
    use crate::storage::files;

    fn jobs() -> (Jobs, Receiver<()>) {
        let (wake, woken) = mpsc::channel();
        (Jobs::new(Arc::new(move || wake.send(()).unwrap_or_default())), woken)
    }

    fn wait(jobs: &Jobs, woken: &Receiver<()>) -> Event {
        loop {
            if let Some(event) = jobs.poll() {
                return event;
            }
            assert_ne!(woken.recv_timeout(Duration::from_secs(20)), Err(RecvTimeoutError::Timeout));
        }
    }

    fn save(path: &std::path::Path, name: &str) -> Job {
        let origin = Origin { name: name.to_owned(), page: None };
        let project = Project::from_units(ProjectId::new(uuid::Uuid::nil()), origin, Vec::new());
        Job::Save { project, path: path.to_owned(), replaces: Replaces::Anything }
    }

    #[test]
    fn a_panic_becomes_an_error() {
        let result: Result<(), _> = caught(|| panic!("number {}", 7));
        assert!(matches!(result, Err(JobError::Panicked(message)) if message == "number 7"));
    }

    #[test]
    fn what_is_written_is_written_in_order_and_to_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xlf");
        let (mut jobs, woken) = jobs();
        let tickets: Vec<_> = (0..20).map(|number| jobs.start(save(&path, &format!("name {number}"))).id).collect();
        let first: Vec<_> = (0..10).map(|_| wait(&jobs, &woken).id).collect();
        assert_eq!(first, tickets[..10]);
        drop(jobs);
        let text = String::from_utf8(files::read(&path).unwrap()).unwrap();
        assert!(text.contains("name 19"), "nothing is cut off at the end");
    }

    #[test]
    fn long_work_comes_in_parts_and_stops_when_it_is_cancelled() {
        let (mut jobs, woken) = jobs();
        let text: Arc<str> = Arc::from("نص");
        let units: Vec<_> = (0..100_000).map(|number| (UnitId::new(number), Arc::clone(&text))).collect();
        let count = |jobs: &Jobs, id| {
            let mut parts = 0;
            loop {
                let event = wait(jobs, &woken);
                assert_eq!(event.id, id);
                parts += 1;
                if matches!(event.result, Ok(Outcome::Recognised { finished: true, .. })) {
                    return parts;
                }
            }
        };
        let whole = jobs.start(Job::Recognise { index: Shared::new(Index::default()), units: units.clone() });
        let parts = count(&jobs, whole.id);
        assert!(parts > 100);
        let cancelled = jobs.start(Job::Recognise { index: Shared::new(Index::default()), units });
        cancelled.cancel();
        assert!(count(&jobs, cancelled.id) < parts);
    }
}
