//! What the styles of a document say about its paragraphs.

use std::collections::HashMap;

use crate::domain::ParagraphKind;

/// What a style is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The title of the document.
    Title,
    /// A title inside it.
    Heading,
    /// The words beneath a picture or table.
    Caption,
    /// Contents, indexes, what is repeated on every page.
    Apparatus,
}

impl Role {
    /// The role of a style by the name that its program gives it. Those names are English in every language of the
    /// program's windows, and both families of programs have much the same ones.
    pub(super) fn of_style(name: &str) -> Option<Self> {
        const CAPTIONS: [&str; 4] = ["caption", "illustration", "figure", "drawing"];
        const APPARATUS: [&str; 7] = ["toc ", "contents ", "index ", "header", "footer", "table of ", "user index"];
        let name = name.replace("_20_", " ").to_lowercase();
        if name == "title" {
            Some(Self::Title)
        } else if APPARATUS.iter().any(|start| name.starts_with(start)) {
            Some(Self::Apparatus)
        } else if name == "subtitle" || name.starts_with("heading") {
            Some(Self::Heading)
        } else {
            CAPTIONS.contains(&name.as_str()).then_some(Self::Caption)
        }
    }

    /// What a paragraph of this role is to its article. A title longer than any title is text in the wrong style.
    pub(super) fn kind(self, text: &str) -> Option<ParagraphKind> {
        const LONGEST_TITLE: usize = 300;
        match self {
            Self::Title | Self::Heading if text.chars().nth(LONGEST_TITLE).is_some() => None,
            Self::Title => Some(ParagraphKind::Headline),
            Self::Heading => Some(ParagraphKind::Heading),
            Self::Caption => Some(ParagraphKind::Caption),
            Self::Apparatus => Some(ParagraphKind::Furniture),
        }
    }
}

/// The styles of a document by their ids.
#[derive(Default)]
pub(super) struct Styles(HashMap<String, Style>);

/// A style as it is defined.
#[derive(Default)]
pub(super) struct Style {
    /// What it is for, where it says so itself.
    pub(super) role: Option<Role>,
    /// The id of the style it was made from.
    pub(super) parent: Option<String>,
}

impl Styles {
    /// Adds a style; the first of an id counts.
    pub(super) fn add(&mut self, id: String, style: Style) {
        self.0.entry(id).or_insert(style);
    }

    /// What the style of this id is for, by its own definition or that of the nearest style it was made from. A style
    /// that is used without being defined has its id alone to go by.
    pub(super) fn role(&self, id: &str) -> Option<Role> {
        const LONGEST_CHAIN: usize = 16;
        let mut id = id;
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = self.0.get(id) else { return Role::of_style(id) };
            if style.role.is_some() {
                return style.role;
            }
            id = style.parent.as_deref()?;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_styles_tell_their_role() {
        let check = |name: &str, expected| assert_eq!(Role::of_style(name), expected, "{name}");
        check("Title", Some(Role::Title));
        check("heading 1", Some(Role::Heading));
        check("Heading_20_2", Some(Role::Heading));
        check("Subtitle", Some(Role::Heading));
        check("caption", Some(Role::Caption));
        check("toc 3", Some(Role::Apparatus));
        check("TOC Heading", Some(Role::Apparatus));
        check("Contents_20_1", Some(Role::Apparatus));
        check("Table Contents", None);
        check("Normal", None);
    }

    #[test]
    fn a_style_inherits_its_role() {
        let mut styles = Styles::default();
        let made_from = |parent: &str| Style { role: None, parent: Some(parent.to_owned()) };
        styles.add("P1".to_owned(), made_from("Title"));
        styles.add("Title".to_owned(), Style { role: Some(Role::Title), parent: Some("Normal".to_owned()) });
        styles.add("loop".to_owned(), made_from("loop"));
        assert_eq!(styles.role("P1"), Some(Role::Title));
        assert_eq!(styles.role("loop"), None);
        assert_eq!(styles.role("missing"), None);
        assert_eq!(styles.role("Caption"), Some(Role::Caption));
    }
}
