//! Small pages built by hand, one for each rule of what belongs to an article.

use super::*;
use crate::domain::ParagraphKind::{self, Byline, Caption, Furniture, Heading, Headline, Paragraph};
use crate::domain::{Article, FurniturePhrases};

const TITLE: &str = "مجلس البلدية يقر خطة لترميم السوق القديم";
const OTHER: &str = "افتتاح مكتبة عامة في الحي القديم";
const TEXT: &str = "أقر مجلس البلدية في جلسة عقدها أمس خطة لترميم السوق القديم تبدأ مطلع الشهر المقبل وتستمر عامين.";
const MORE: &str = "وقال رئيس البلدية إن الأعمال ستجري ليلا كي لا تتضرر المتاجر وإن السكان سيطلعون على المخططات.";
const SHORT: &str = "فتحت المكتبة أبوابها أمس أمام القراء من كل الأعمار وسط حضور كبير.";

/// A page under construction; `open` and `close` nest as tags do.
struct Builder {
    page: Page,
    open: Vec<usize>,
}

impl Builder {
    fn new() -> Self {
        let root = Container { parent: 0, element: Element::Division, hint: None, first: 0, end: 0 };
        Self { page: Page { containers: vec![root], ..Page::default() }, open: vec![0] }
    }

    /// A page that says of itself that it is an article of this title.
    fn article(title: &str) -> Self {
        let mut builder = Self::new();
        builder.page.about = About { titles: vec![title.to_owned()], is_article: true, ..About::default() };
        builder
    }

    fn open(mut self, element: Element, hint: Option<Hint>) -> Self {
        let parent = self.open.last().copied().unwrap_or_default();
        let first = self.page.blocks.len();
        self.page.containers.push(Container { parent, element, hint, first, end: first });
        self.open.push(self.page.containers.len() - 1);
        self
    }

    fn close(mut self) -> Self {
        let container = self.open.pop().expect("something is open");
        self.page.containers[container].end = self.page.blocks.len();
        self
    }

    fn text(mut self, text: &str) -> Self {
        let container = self.open.last().copied().unwrap_or_default();
        self.page.blocks.push(PageBlock { text: text.to_owned(), container, ..PageBlock::default() });
        self
    }

    fn in_element(self, element: Element, text: &str) -> Self {
        self.open(element, None).text(text).close()
    }

    fn paragraph(self, text: &str) -> Self {
        self.in_element(Element::Paragraph, text)
    }

    fn headline(self, text: &str) -> Self {
        self.in_element(Element::Heading(1), text)
    }

    fn link(self, text: &str) -> Self {
        let mut builder = self.paragraph(text);
        let block = builder.page.blocks.len() - 1;
        let last = &mut builder.page.blocks[block];
        (last.linked, last.led) = (text.chars().count(), true);
        let link = Link { title: text.to_owned(), address: format!("/{block}") };
        builder.page.links.push(PageLink { block, link });
        builder
    }

    fn bold(self, text: &str) -> Self {
        let mut builder = self.paragraph(text);
        let last = builder.page.blocks.last_mut().expect("a block was added");
        last.bold = text.chars().count();
        builder
    }

    fn repeat(self, times: usize, add: impl Fn(Self) -> Self) -> Self {
        (0..times).fold(self, |builder, _| add(builder))
    }

    fn read(mut self) -> Article {
        self.page.containers[0].end = self.page.blocks.len();
        article_of(&self.page, FurniturePhrases::arabic_news())
    }
}

fn check(builder: Builder, expected: &[ParagraphKind]) {
    let article = builder.read();
    let kinds: Vec<ParagraphKind> = article.paragraphs.iter().map(|paragraph| paragraph.kind).collect();
    assert_eq!(kinds, expected, "{:#?}", article.paragraphs);
    assert!(article.links.is_empty(), "{:#?}", article.links);
}

fn check_hub(builder: Builder, links: usize) {
    let article = builder.read();
    assert_eq!(article.links.len(), links, "{:#?}", article.paragraphs);
    assert!(article.paragraphs.iter().all(|paragraph| paragraph.kind == Furniture));
}

/// A title that leads to an article, with a text under it.
fn card(builder: Builder, text: &str) -> Builder {
    builder.open(Element::Division, None).link(OTHER).paragraph(text).close()
}

#[test]
fn what_stands_above_the_headline_is_a_notice() {
    let page = Builder::article(TITLE).paragraph(SHORT).headline(TITLE).paragraph(TEXT).paragraph(MORE);
    check(page, &[Furniture, Headline, Paragraph, Paragraph]);
}

#[test]
fn a_headline_that_is_repeated_tells_nothing() {
    let page = Builder::article(TITLE).headline(TITLE).paragraph(TEXT).paragraph(TITLE).paragraph(MORE);
    check(page, &[Headline, Paragraph, Furniture, Paragraph]);
}

#[test]
fn a_bold_line_above_the_text_is_its_headline_where_no_other_is() {
    check(Builder::new().bold(TITLE).paragraph(TEXT).paragraph(MORE), &[Headline, Paragraph, Paragraph]);
}

#[test]
fn a_deck_stands_right_under_the_headline() {
    let body = |builder: Builder| builder.open(Element::Division, None).paragraph(TEXT).paragraph(MORE).close();
    let deck = "الأعمال تبدأ مطلع الشهر المقبل";
    let page = Builder::article(TITLE).headline(TITLE).paragraph(deck);
    check(body(page), &[Headline, Heading, Paragraph, Paragraph]);
    let page = Builder::article(TITLE).headline(TITLE).in_element(Element::Division, "سامر").paragraph(deck);
    check(body(page), &[Headline, Furniture, Furniture, Paragraph, Paragraph]);
}

#[test]
fn a_numbered_heading_is_no_place_and_source() {
    let heading = |builder: Builder| builder.in_element(Element::Heading(3), "1- ثانيا: الطاقة");
    let page = heading(Builder::article(TITLE).headline(TITLE).paragraph(TEXT)).paragraph(MORE);
    check(page, &[Headline, Paragraph, Heading, Paragraph]);
}

#[test]
fn sources_and_notes_on_the_author_end_the_text() {
    for credit in ["س.ع/ م.ن (د ب أ، أ ف ب)", "(وكالات)", "* أستاذ العلاقات الدولية المتخصص في شؤون المنطقة كلها"]
    {
        let page = Builder::article(TITLE).headline(TITLE).paragraph(TEXT).paragraph(MORE).paragraph(credit);
        check(page, &[Headline, Paragraph, Paragraph, Byline]);
    }
}

#[test]
fn a_line_in_the_box_of_a_picture_is_its_caption() {
    let line = "جانب من السوق القديم أمس";
    let pictured = |builder: Builder| builder.open(Element::Division, Some(Hint::Caption)).paragraph(line).close();
    let page = pictured(Builder::article(TITLE).headline(TITLE).paragraph(TEXT)).paragraph(MORE);
    check(page, &[Headline, Paragraph, Caption, Paragraph]);
    // A container of a whole text is no picture, whatever it is called.
    let page = Builder::article(TITLE).headline(TITLE).open(Element::Division, Some(Hint::Caption));
    let page = page.paragraph(TEXT).paragraph(MORE).paragraph(TEXT).close();
    check(page, &[Headline, Paragraph, Paragraph, Paragraph]);
}

#[test]
fn a_container_with_the_text_is_no_furniture_whatever_it_is_called() {
    let page = Builder::article(TITLE).headline(TITLE).open(Element::Division, Some(Hint::Furniture));
    let page = page.repeat(2, |builder| builder.paragraph(TEXT).paragraph(MORE)).close();
    check(page, &[Headline, Paragraph, Paragraph, Paragraph, Paragraph]);
    let page = Builder::article(TITLE).headline(TITLE).repeat(2, |builder| builder.paragraph(TEXT).paragraph(MORE));
    let page = page.open(Element::Division, Some(Hint::Furniture)).paragraph(SHORT).close();
    check(page, &[Headline, Paragraph, Paragraph, Paragraph, Paragraph, Furniture]);
}

#[test]
fn a_box_over_which_a_line_leads_on_is_furniture() {
    let page = Builder::article(TITLE).headline(TITLE).paragraph(TEXT).open(Element::Division, None);
    let page = page.paragraph("قصص مقترحة تخطى قصص مقترحة وواصل القراءة").paragraph(SHORT).close();
    let page = page.repeat(2, |builder| builder.paragraph(MORE));
    check(page, &[Headline, Paragraph, Furniture, Furniture, Paragraph, Paragraph]);
}

#[test]
fn pages_of_cards_lead_to_articles() {
    // Short texts, and the openings of articles in full.
    check_hub(Builder::new().repeat(6, |builder| card(builder, SHORT)), 6);
    let opening = [TEXT, MORE].repeat(4).join(" ");
    check_hub(Builder::new().repeat(6, |builder| card(builder, &opening)), 6);
    // «التفاصيل» after each piece of news.
    let piece = |builder: Builder| builder.in_element(Element::Heading(3), OTHER).paragraph(SHORT).link("التفاصيل");
    check_hub(Builder::new().repeat(6, piece), 6);
}

#[test]
fn an_article_keeps_its_items_and_leaves_the_cards_beside_it() {
    let item = |builder: Builder| {
        let builder = builder.open(Element::Item, None).in_element(Element::Heading(3), OTHER);
        builder.paragraph(MORE).close()
    };
    let page =
        Builder::article(TITLE).headline(TITLE).paragraph(TEXT).open(Element::List, None).repeat(3, item).close();
    check(page, &[Headline, Paragraph, Heading, Paragraph, Heading, Paragraph, Heading, Paragraph]);
    let page = Builder::article(TITLE).headline(TITLE).open(Element::Division, None).paragraph(TEXT).paragraph(MORE);
    let page = page.close().open(Element::Division, None).repeat(3, |builder| card(builder, SHORT)).close();
    let cards = [Furniture; 6];
    check(page, &[&[Headline, Paragraph, Paragraph][..], &cards].concat());
}
