//! A project: the units of one article, and the edits that change them.

use std::sync::Arc;

use thiserror::Error;
use uuid::Uuid;

use super::{Article, ParagraphKind, State, Unit, UnitId};
use crate::text::Span;

/// Names a project across sessions and machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProjectId(Uuid);

impl ProjectId {
    /// The id that a file gave.
    pub fn new(uuid: Uuid) -> Self {
        Self(uuid)
    }

    /// The id to write to a file.
    pub fn uuid(self) -> Uuid {
        self.0
    }
}

/// Where the source text came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The file's name or the page's address, as a person would recognise it.
    pub name: String,
    /// The page on the web that it was fetched from, if it was.
    pub page: Option<WebPage>,
}

/// A page on the web as it was at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebPage {
    /// Its address, after all redirects and without a password.
    pub address: String,
    /// When it was fetched: the time in UTC as RFC 3339 has it, 2026-03-09T17:04:00Z. Empty where a file does not tell.
    pub retrieved: String,
}

/// The translation of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    id: ProjectId,
    origin: Origin,
    units: Vec<Unit>,
    revision: u64,
}

/// One reversible change of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Puts `text` in place of the bytes `span` of a unit's target.
    ReplaceTarget {
        /// The unit.
        unit: UnitId,
        /// What goes, in bytes of the target as it is before the edit.
        span: Span,
        /// What comes.
        text: String,
    },
    /// Gives a unit another state.
    SetState {
        /// The unit.
        unit: UnitId,
        /// Its new state.
        state: State,
    },
    /// Takes a unit into the article or leaves it out.
    SetIncluded {
        /// The unit.
        unit: UnitId,
        /// Whether it is part of the article from now on.
        included: bool,
    },
    /// Makes a unit's source be read with its form repaired, or as it was opened.
    SetRepaired {
        /// The unit.
        unit: UnitId,
        /// Whether it is read repaired from now on, if there is anything to repair.
        repaired: bool,
    },
}

/// Why an edit did not fit its project. The project is unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    /// The project has no such unit.
    #[error("the project has no unit {}", .0.number())]
    NoSuchUnit(UnitId),
    /// The span does not lie on character boundaries of the target.
    #[error("bytes {}..{} do not fit the translation of unit {}", .span.start, .span.end, .unit.number())]
    OutsideTarget {
        /// The unit.
        unit: UnitId,
        /// The span that does not fit.
        span: Span,
    },
}

impl Edit {
    /// The unit it changes.
    pub fn unit(&self) -> UnitId {
        match self {
            Self::ReplaceTarget { unit, .. }
            | Self::SetState { unit, .. }
            | Self::SetIncluded { unit, .. }
            | Self::SetRepaired { unit, .. } => *unit,
        }
    }
}

impl Project {
    /// A fresh project that translates `article`: a unit a paragraph, furniture left out, all of it read repaired.
    pub fn from_article(id: ProjectId, origin: Origin, article: Article) -> Self {
        let units = (1..)
            .zip(article.paragraphs)
            .map(|(number, paragraph)| {
                let mut unit = Unit {
                    id: UnitId::new(number),
                    kind: paragraph.kind,
                    source: Arc::from(paragraph.text),
                    repaired: None,
                    target: String::new(),
                    state: State::Initial,
                    included: paragraph.kind != ParagraphKind::Furniture,
                };
                unit.set_repaired(true);
                unit
            })
            .collect();
        Self::from_units(id, origin, units)
    }

    /// A project with these units, in reading order. Their ids must differ.
    pub fn from_units(id: ProjectId, origin: Origin, units: Vec<Unit>) -> Self {
        Self { id, origin, units, revision: 0 }
    }

    /// Its name across sessions.
    pub fn id(&self) -> ProjectId {
        self.id
    }

    /// Where its source came from.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Counts the edits since it was opened: equal revisions of one project have equal content.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Every unit in reading order, the left-out ones too.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The unit with an id.
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.position(id).map(|index| &self.units[index])
    }

    /// Where in reading order a unit stands, from 0.
    pub fn position(&self, id: UnitId) -> Option<usize> {
        // Units are numbered in reading order unless somebody reordered the file.
        let guess = (id.number() as usize).wrapping_sub(1);
        if self.units.get(guess).is_some_and(|unit| unit.id == id) {
            return Some(guess);
        }
        self.units.iter().position(|unit| unit.id == id)
    }

    /// Changes the project and returns the edit that changes it back.
    pub fn apply(&mut self, edit: Edit) -> Result<Edit, EditError> {
        let id = edit.unit();
        let index = self.position(id).ok_or(EditError::NoSuchUnit(id))?;
        let inverse = apply_to_unit(&mut self.units[index], edit)?;
        self.revision += 1;
        Ok(inverse)
    }
}

fn apply_to_unit(unit: &mut Unit, edit: Edit) -> Result<Edit, EditError> {
    let id = unit.id;
    Ok(match edit {
        Edit::ReplaceTarget { span, text, .. } => {
            let removed = span.of(&unit.target).ok_or(EditError::OutsideTarget { unit: id, span })?.to_owned();
            unit.target.replace_range(span.range(), &text);
            Edit::ReplaceTarget { unit: id, span: Span::new(span.start, span.start + text.len()), text: removed }
        }
        Edit::SetState { state, .. } => Edit::SetState { unit: id, state: std::mem::replace(&mut unit.state, state) },
        Edit::SetIncluded { included, .. } => {
            Edit::SetIncluded { unit: id, included: std::mem::replace(&mut unit.included, included) }
        }
        Edit::SetRepaired { repaired, .. } => Edit::SetRepaired { unit: id, repaired: unit.set_repaired(repaired) },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Paragraph;

    fn project() -> Project {
        let paragraph = |kind, text: &str| Paragraph { kind, text: text.to_owned() };
        let paragraphs = vec![
            paragraph(ParagraphKind::Headline, "عنوان"),
            paragraph(ParagraphKind::Paragraph, "نص  طويل"),
            paragraph(ParagraphKind::Furniture, "مقالات ذات صلة"),
        ];
        Project::from_article(
            ProjectId::new(Uuid::nil()),
            Origin::default(),
            Article { paragraphs, ..Article::default() },
        )
    }

    #[test]
    fn furniture_starts_left_out() {
        let included: Vec<_> = project().units().iter().map(|unit| unit.included).collect();
        assert_eq!(included, [true, true, false]);
    }

    #[test]
    fn units_are_found_wherever_they_stand() {
        let mut units = project().units().to_vec();
        units.rotate_left(1);
        let project = Project::from_units(ProjectId::new(Uuid::nil()), Origin::default(), units);
        let found: Vec<_> = (0..=4).map(|number| project.position(UnitId::new(number))).collect();
        assert_eq!(found, [None, Some(2), Some(0), Some(1), None]);
    }

    #[test]
    fn every_edit_is_undone_by_its_inverse() {
        let unit = UnitId::new(2);
        let edits = [
            Edit::ReplaceTarget { unit, span: Span::at(0), text: "القوات (forces)".to_owned() },
            Edit::ReplaceTarget { unit, span: Span::new(0, 4), text: "x".to_owned() },
            Edit::SetState { unit, state: State::Final },
            Edit::SetIncluded { unit, included: false },
            Edit::SetRepaired { unit, repaired: false },
        ];
        let mut project = project();
        for edit in edits {
            let before = project.units().to_vec();
            let inverse = project.apply(edit.clone()).unwrap();
            assert_ne!(project.units(), before);
            let mut back = project.clone();
            assert_eq!(back.apply(inverse).unwrap(), edit);
            assert_eq!(back.units(), before);
        }
        assert_eq!(project.revision(), 5);
    }

    #[test]
    fn a_source_is_read_repaired_and_kept_as_it_was() {
        let mut project = project();
        let unit = UnitId::new(2);
        let texts =
            |project: &Project| project.unit(unit).map(|unit| (unit.source.to_string(), unit.text().to_string()));
        assert_eq!(texts(&project), Some(("نص  طويل".to_owned(), "نص طويل".to_owned())));
        project.apply(Edit::SetRepaired { unit, repaired: false }).unwrap();
        assert_eq!(texts(&project), Some(("نص  طويل".to_owned(), "نص  طويل".to_owned())));
        // There is nothing to repair in the headline, so nothing changes.
        let sound = UnitId::new(1);
        let inverse = project.apply(Edit::SetRepaired { unit: sound, repaired: true }).unwrap();
        assert_eq!(inverse, Edit::SetRepaired { unit: sound, repaired: false });
        assert_eq!(project.unit(sound).and_then(|unit| unit.repaired.clone()), None);
    }

    #[test]
    fn an_edit_that_does_not_fit_is_refused() {
        let unit = UnitId::new(2);
        let mut project = project();
        project.apply(Edit::ReplaceTarget { unit, span: Span::at(0), text: "é".to_owned() }).unwrap();
        let before = project.clone();
        for span in [Span::at(1), Span::new(0, 3), Span::new(1, 2)] {
            let edit = Edit::ReplaceTarget { unit, span, text: String::new() };
            assert_eq!(project.apply(edit), Err(EditError::OutsideTarget { unit, span }));
        }
        let absent = UnitId::new(9);
        let edit = Edit::SetIncluded { unit: absent, included: true };
        assert_eq!(project.apply(edit), Err(EditError::NoSuchUnit(absent)));
        assert_eq!(project, before);
    }
}
