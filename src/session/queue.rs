//! The articles that wait to be opened, one after the other.

use super::Session;
use super::notice::{Topic, named};
use crate::jobs::Source;

/// An article that waits to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Where it can be had from. No two that wait have the same.
    pub source: Source,
    /// Why it could not be opened, if that was tried: the second half of a sentence.
    pub problem: Option<String>,
}

/// The articles that wait, in the order in which they are to be opened.
#[derive(Debug, Default)]
pub(super) struct Queue(Vec<Waiting>);

impl Queue {
    pub(super) fn all(&self) -> &[Waiting] {
        &self.0
    }

    /// The first that has not failed yet.
    pub(super) fn next(&self) -> Option<&Source> {
        self.0.iter().find(|waiting| waiting.problem.is_none()).map(|waiting| &waiting.source)
    }

    /// Puts these at the end, those that wait already left out.
    pub(super) fn add(&mut self, sources: Vec<Source>) {
        self.insert(self.0.len(), sources);
    }

    /// Puts these in the place of another, or at the end where that does not wait.
    pub(super) fn replace(&mut self, source: &Source, by: Vec<Source>) {
        let place = self.position(source).unwrap_or(self.0.len());
        self.remove(source);
        self.insert(place, by);
    }

    pub(super) fn remove(&mut self, source: &Source) {
        self.0.retain(|waiting| waiting.source != *source);
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Notes what became of an attempt to open one of them.
    pub(super) fn note_problem(&mut self, source: &Source, problem: Option<String>) {
        if let Some(place) = self.position(source) {
            self.0[place].problem = problem;
        }
    }

    fn position(&self, source: &Source) -> Option<usize> {
        self.0.iter().position(|waiting| waiting.source == *source)
    }

    fn insert(&mut self, place: usize, sources: Vec<Source>) {
        let tail = self.0.split_off(place);
        for source in sources {
            let waits = self.position(&source).is_some() || tail.iter().any(|waiting| waiting.source == source);
            if !waits {
                self.0.push(Waiting { source, problem: None });
            }
        }
        self.0.extend(tail);
    }
}

impl Session {
    /// Opens the first of these; if there are more, all of them wait in the queue until they are open.
    pub(super) fn open_these(&mut self, sources: Vec<Source>) {
        let sources: Vec<_> = sources.into_iter().map(absolute).collect();
        let Some(first) = sources.first().cloned() else { return };
        if sources.len() > 1 {
            self.queue.add(sources);
        }
        self.open(first);
    }

    pub(super) fn open_next(&mut self) {
        match self.queue.next().cloned() {
            Some(source) => self.open(source),
            None => self.notices.info(Topic::Queue, "No other article waits to be opened."),
        }
    }

    /// Takes in that there are several articles behind a source, and opens the first of them.
    pub(super) fn found_several(&mut self, behind: &Source, sources: Vec<Source>, cut_short: bool) {
        let count = sources.len();
        let first = sources.first().cloned();
        self.queue.replace(behind, sources);
        match first {
            Some(first) => self.open(first),
            None => self.notices.warn(Topic::Open, format!("There is no file in {}.", named(behind)), &[]),
        }
        if cut_short {
            let message = format!("Only the first {count} files of {} are in the list.", named(behind));
            self.notices.warn(Topic::Queue, message, &[]);
        }
    }
}

/// The program may change its folder later.
fn absolute(source: Source) -> Source {
    match source {
        Source::File(path) => Source::File(std::path::absolute(&path).unwrap_or(path)),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> Source {
        Source::File(name.into())
    }

    fn names(queue: &Queue) -> String {
        let name = |waiting: &Waiting| match &waiting.source {
            Source::File(path) => path.to_string_lossy().into_owned(),
            other => format!("{other:?}"),
        };
        queue.all().iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_article_waits_once_in_the_order_it_came() {
        let mut queue = Queue::default();
        queue.add(vec![file("a"), file("b"), file("a")]);
        queue.add(vec![file("b"), file("c")]);
        assert_eq!(names(&queue), "a b c");
        queue.replace(&file("b"), vec![file("c"), file("d"), file("e")]);
        assert_eq!(names(&queue), "a d e c");
        queue.replace(&file("x"), vec![file("f")]);
        queue.remove(&file("d"));
        assert_eq!(names(&queue), "a e c f");
    }

    #[test]
    fn what_has_failed_stays_and_is_not_the_next() {
        let mut queue = Queue::default();
        queue.add(vec![file("a"), file("b")]);
        queue.note_problem(&file("a"), Some("it is gone".to_owned()));
        assert_eq!(queue.next(), Some(&file("b")));
        queue.note_problem(&file("b"), Some("it is gone".to_owned()));
        assert_eq!((queue.next(), queue.all().len()), (None, 2));
        queue.note_problem(&file("a"), None);
        assert_eq!(queue.next(), Some(&file("a")));
    }
}
