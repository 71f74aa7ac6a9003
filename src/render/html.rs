//! Rich text as HTML.

use camino::Utf8Path;

use super::footnotes::Footnotes;
use super::scene::{Scene, anchored};
use super::terms::TermLinks;
use crate::diagnostic::Problems;
use crate::handle::{EditionIndex, LadderIndex, LevelAt, NoteIndex};
use crate::id::CriterionId;
use crate::image::{Image, Shape};
use crate::interface::Words;
use crate::locale::LocaleIndex;
use crate::model::{EditionPage, LinkTarget, Page, Site, Subject, resolve_link};
use crate::parse::{Alignment, Block, BlockKind, Inline, Item, Reference, RichText, parse};
use crate::text::{attribute, escape};
use crate::translation::Passage;
use crate::work;

/// Writes texts for one page: in the language of its reader, with links that lead from there.
#[derive(Clone, Copy)]
pub(crate) struct Html<'a> {
    pub(crate) site: &'a Site,
    /// The locale whose pages references lead to.
    pub(crate) locale: LocaleIndex,
    /// Where references without a ladder are looked for first.
    pub(crate) ladder: Option<LadderIndex>,
    /// From the page to the root of the site: `../../`.
    pub(crate) root: &'a str,
    /// The file the text stands in, relative to the content folder.
    pub(crate) file: &'a Utf8Path,
    /// The edition that the text belongs to, by its place: references lead to what it holds. None for the present.
    pub(crate) edition: Option<EditionIndex>,
    /// Whether the text stands in a link already, in which there can be no other.
    pub(crate) linked: bool,
    /// The terms that become links where they are first met. None where the text is not for reading at length.
    pub(crate) terms: Option<&'a TermLinks<'a>>,
    /// Those of the page. None where there are none, and signs of footnotes are text.
    pub(crate) footnotes: Option<&'a Footnotes<'a>>,
    /// The words of the interface.
    pub(crate) words: &'a Words,
}

impl<'a> Html<'a> {
    /// Writes texts of a file on the page of a scene. References without a ladder are looked for in `ladder` first.
    pub(crate) fn at(scene: &Scene<'a>, ladder: Option<LadderIndex>, file: &'a Utf8Path) -> Self {
        let Scene { site, locale, root, .. } = *scene;
        let words = scene.renderer.words;
        Self { site, locale, ladder, root, file, edition: None, linked: false, terms: None, footnotes: None, words }
    }

    /// Writes texts of a ladder's file in one locale for readers of another.
    pub(crate) fn of_ladder(scene: &Scene<'a>, ladder: LadderIndex, file: LocaleIndex) -> Self {
        Self::at(scene, Some(ladder), scene.site[ladder].files.read(file).0)
    }

    /// Writes a passage from a file in one locale for readers of another.
    pub(crate) fn of_passage(scene: &Scene<'a>, passage: Passage, file: LocaleIndex) -> Self {
        match passage {
            Passage::Note { note } => Self::of_note(scene, note, file),
            Passage::Preface { ladder }
            | Passage::Sections { ladder }
            | Passage::Category { ladder, .. }
            | Passage::Summary(LevelAt { ladder, .. }) => Self::of_ladder(scene, ladder, file),
        }
    }

    /// Writes texts of a note's file in one locale for readers of another.
    pub(crate) fn of_note(scene: &Scene<'a>, note: NoteIndex, file: LocaleIndex) -> Self {
        Self::at(scene, None, &scene.site[note].text.read(file).0.path)
    }
}

impl Html<'_> {
    pub(crate) fn blocks(&self, blocks: &[Block]) -> String {
        let mut out = String::new();
        self.write_blocks(blocks, &mut out);
        out
    }

    pub(crate) fn inline(&self, text: &RichText) -> String {
        work::count("inline");
        let mut out = String::with_capacity(text.span.len() + 16);
        self.write_inlines(&text.inlines, &mut out);
        out
    }

    /// Paragraphs as lines of one text. Other blocks are left out.
    pub(crate) fn lines(&self, blocks: &[Block]) -> String {
        let mut out = String::new();
        let paragraphs = blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Paragraph(paragraph) => Some(&paragraph.text),
            _ => None,
        });
        for (at, text) in paragraphs.enumerate() {
            if at > 0 {
                self.write_inline(&Inline::HardBreak, &mut out);
            }
            self.write_inlines(&text.inlines, &mut out);
        }
        out
    }

    /// Inline Markdown that was kept apart from any file. What is more than one paragraph is left out.
    pub(crate) fn markdown(&self, text: &str) -> String {
        let document = parse(self.file, text, &Problems::default());
        let first = document.sections.iter().flat_map(|section| &section.blocks).next();
        match first.map(|block| &block.kind) {
            Some(BlockKind::Paragraph(paragraph)) => self.inline(&paragraph.text),
            _ => {
                let mut out = String::new();
                escape(text, &mut out);
                out
            }
        }
    }

    fn write_blocks(&self, blocks: &[Block], out: &mut String) {
        for block in blocks {
            self.write_block(block, out);
        }
    }

    fn write_block(&self, block: &Block, out: &mut String) {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => self.element("p", &paragraph.text, out),
            // Headings inside a text stand below the headings of the page.
            BlockKind::Heading { depth, text } => {
                let heading = Self { terms: None, ..*self };
                heading.element(HEADINGS[usize::from(*depth).min(6) - 1], text, out);
            }
            BlockKind::List(list) => {
                match list.start {
                    None => out.push_str("<ul>"),
                    Some(1) => out.push_str("<ol>"),
                    Some(start) => out.push_str(&format!("<ol start=\"{start}\">")),
                }
                for item in &list.items {
                    self.write_item(item, out);
                }
                out.push_str(if list.start.is_some() { "</ol>" } else { "</ul>" });
            }
            BlockKind::Quote(blocks) => {
                out.push_str("<blockquote>");
                self.write_blocks(blocks, out);
                out.push_str("</blockquote>");
            }
            BlockKind::Alert { kind, blocks } => {
                let name = kind.name();
                out.push_str(&format!("<div class=\"alert {name}\"><p class=\"title\""));
                self.write_language(out);
                out.push('>');
                escape(self.words.get(self.locale, &format!("alert.{name}")), out);
                out.push_str("</p>");
                self.write_blocks(blocks, out);
                out.push_str("</div>");
            }
            BlockKind::Footnote { label, blocks } => match self.footnotes {
                Some(footnotes) => footnotes.write(label, &self.blocks(blocks), out),
                None => {
                    let sign = Inline::Text(format!("[^{label}]: "));
                    let body = self.blocks(blocks);
                    let mut opening = "<p>".to_owned();
                    self.write_inline(&sign, &mut opening);
                    match body.strip_prefix("<p>") {
                        Some(rest) => out.extend([opening.as_str(), rest]),
                        None => out.extend([opening.as_str(), "</p>", &body]),
                    }
                }
            },
            BlockKind::Code { text, .. } => {
                out.push_str("<pre tabindex=\"0\"><code>");
                escape(text, out);
                out.push_str("</code></pre>");
            }
            BlockKind::Table(table) => {
                out.push_str("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>");
                for (cell, alignment) in table.head.iter().zip(&table.alignments) {
                    self.write_cell("th scope=\"col\"", "th", cell, *alignment, out);
                }
                out.push_str("</tr></thead><tbody>");
                for row in &table.rows {
                    out.push_str("<tr>");
                    for (cell, alignment) in row.iter().zip(&table.alignments) {
                        self.write_cell("td", "td", cell, *alignment, out);
                    }
                    out.push_str("</tr>");
                }
                out.push_str("</tbody></table></div>");
            }
            BlockKind::Rule => out.push_str("<hr>"),
        }
    }

    fn element(&self, name: &str, text: &RichText, out: &mut String) {
        out.push_str(&format!("<{name}>"));
        self.write_inlines(&text.inlines, out);
        out.push_str(&format!("</{name}>"));
    }

    /// An item of one paragraph needs no paragraph element.
    fn write_item(&self, item: &Item, out: &mut String) {
        let is_task = matches!(item.blocks.first().map(|block| &block.kind),
            Some(BlockKind::Paragraph(first)) if matches!(first.text.inlines.first(), Some(Inline::Box { .. })));
        out.push_str(if is_task { "<li class=\"task\">" } else { "<li>" });
        match item.blocks.split_first() {
            Some((Block { kind: BlockKind::Paragraph(first), .. }, rest))
                if rest.iter().all(|block| matches!(block.kind, BlockKind::List(_))) =>
            {
                self.write_inlines(&first.text.inlines, out);
                self.write_blocks(rest, out);
            }
            _ => self.write_blocks(&item.blocks, out),
        }
        out.push_str("</li>");
    }

    fn write_cell(&self, open: &str, close: &str, cell: &RichText, alignment: Alignment, out: &mut String) {
        let class = match alignment {
            Alignment::None | Alignment::Left => "",
            Alignment::Center => " class=\"center\"",
            Alignment::Right => " class=\"right\"",
        };
        out.push_str(&format!("<{open}{class}>"));
        self.write_inlines(&cell.inlines, out);
        out.push_str(&format!("</{close}>"));
    }

    fn write_inlines(&self, inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            self.write_inline(inline, out);
        }
    }

    fn write_inline(&self, inline: &Inline, out: &mut String) {
        let mut wrap = |name: &str, inner: &[Inline]| {
            out.push_str(&format!("<{name}>"));
            self.write_inlines(inner, out);
            out.push_str(&format!("</{name}>"));
        };
        match inline {
            Inline::Text(text) => match self.terms.filter(|_| !self.linked) {
                Some(terms) => terms.write(text, out),
                None => escape(text, out),
            },
            Inline::Code(code) => {
                out.push_str("<code>");
                escape(code, out);
                out.push_str("</code>");
            }
            Inline::Emphasis(inner) => wrap("em", inner),
            Inline::Strong(inner) => wrap("strong", inner),
            Inline::Strikethrough(inner) => wrap("s", inner),
            Inline::Link { target, title, inlines, .. } => self.write_link(target, title, inlines, out),
            Inline::Image { title, alternative, file: Some(file), .. } if self.site.images.named(file).is_some() => {
                self.write_image(file, title, alternative, out);
            }
            // Pages ask nothing of other hosts, so a picture that stands elsewhere is a link to it.
            Inline::Image { target, alternative, .. } => {
                let words = if alternative.is_empty() { target } else { alternative };
                self.write_link(target, "", &[Inline::Text(words.clone())], out);
            }
            Inline::Reference(reference) => self.write_reference(reference, out),
            Inline::Footnote { label, .. } => match self.footnotes {
                _ if self.linked => {}
                Some(footnotes) => footnotes.write_sign(label, out),
                None => escape(&format!("[^{label}]"), out),
            },
            Inline::Box { ticked, .. } => {
                let (sign, word) = if *ticked { ("☑", "task.done") } else { ("☐", "task.open") };
                out.push_str("<span class=\"box\" role=\"img\"");
                self.write_language(out);
                attribute("aria-label", self.words.get(self.locale, word), out);
                out.push_str(&format!(">{sign}</span> "));
            }
            Inline::HardBreak => out.push_str("<br>"),
        }
    }

    /// Writes an image with its size, so that nothing moves when it is there.
    fn write_image(&self, file: &str, title: &str, alternative: &str, out: &mut String) {
        let shape = self.site.images.named(file).and_then(|image| image.shape.as_ref().ok());
        out.push_str("<img");
        attribute("src", &format!("{}{}", self.root, Image::published(file)), out);
        attribute("alt", alternative, out);
        if !title.is_empty() {
            attribute("title", title, out);
        }
        if let Some(Shape { width, height }) = shape {
            out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        out.push_str(" loading=\"lazy\">");
    }

    fn write_link(&self, target: &str, title: &str, words: &[Inline], out: &mut String) {
        let Some(href) = self.href(target).filter(|_| !self.linked) else { return self.write_inlines(words, out) };
        out.push_str("<a");
        attribute("href", &href, out);
        if !title.is_empty() {
            attribute("title", title, out);
        }
        out.push('>');
        Self { linked: true, ..*self }.write_inlines(words, out);
        out.push_str("</a>");
    }

    /// Returns where a link of the content leads from here. None for one that must not be followed.
    fn href(&self, target: &str) -> Option<String> {
        match resolve_link(self.site, target, self.file) {
            LinkTarget::External(address) => Some(address),
            LinkTarget::Page { page, anchor } => {
                Some(format!("{}{}", self.root, anchored(page.path(self.site), anchor)))
            }
            LinkTarget::Unsafe | LinkTarget::Broken(_) => None,
        }
    }

    /// Says in which language the words of the interface are, amid a text in another one.
    fn write_language(&self, out: &mut String) {
        let config = &self.site.config;
        if config.locale_of(self.file).is_some_and(|written| written != self.locale) {
            attribute("lang", &config.locale(self.locale).language, out);
        }
    }

    fn write_reference(&self, reference: &Reference, out: &mut String) {
        let now = || self.site.resolve(reference, self.ladder).map(|subject| self.subject(subject));
        let Some(link) = self.frozen(&reference.label).or_else(now) else { return escape(&reference.written, out) };
        if self.linked {
            return match reference.words.as_slice() {
                [] => escape(&link.words, out),
                words => self.write_inlines(words, out),
            };
        }
        out.push_str("<a");
        // The id of a criterion, which stays in one line and shows what it stands for.
        if reference.words.is_empty() && CriterionId::parse(&link.words).is_some() {
            attribute("class", "ref", out);
        }
        attribute("href", &link.href, out);
        if let Some(hint) = &link.hint {
            attribute("title", hint, out);
        }
        out.push('>');
        match reference.words.as_slice() {
            [] => escape(&link.words, out),
            words => Self { linked: true, ..*self }.write_inlines(words, out),
        }
        out.push_str("</a>");
    }

    /// Returns a link to a criterion of the edition that the text belongs to.
    fn frozen(&self, label: &str) -> Option<SubjectLink> {
        let (edition, id) = (self.edition?, CriterionId::parse(label)?);
        let at = *self.site.history.timeline(&id).editions.get(&edition)?;
        let frozen = &self.site.history.editions[edition].frozen;
        let statement = frozen.read(&frozen.at(at).1.statement, &self.site.config.locale(self.locale).tag);
        let href = format!("{}{}", self.root, Page::Edition(edition, EditionPage::Criterion(at)).path(self.site));
        Some(SubjectLink { href, words: id.to_string(), hint: statement.map(|(statement, _)| statement.plain()) })
    }

    /// Returns a link to a thing, in the reader's language.
    pub(crate) fn subject(&self, subject: Subject) -> SubjectLink {
        let (site, locale) = (self.site, self.locale);
        let (page, anchor) = Page::of(site, subject, locale);
        let (words, hint) = match subject {
            Subject::Criterion(criterion) => {
                let criterion_data = &site[criterion];
                (criterion_data.id.to_string(), Some(criterion_data.text.read(locale).0.plain.clone()))
            }
            Subject::Level(level) => {
                let level_data = &site[level];
                let is_clear = self.ladder == Some(level.ladder) || !site.is_shared_label(&level_data.id);
                let title = site[level.ladder].title.read(locale).0;
                let words = if is_clear { level_data.id.clone() } else { format!("{title} · {}", level_data.id) };
                (words, Some(level_data.title.read(locale).0.clone()))
            }
            Subject::Thread(thread) => (site[thread].title.read(locale).0.clone(), None),
            Subject::Category(category) => (site[category].title.read(locale).0.clone(), None),
            Subject::Note(note) => (site[note].text.read(locale).0.title.clone(), None),
        };
        let anchor = anchor.map_or(String::new(), |anchor| format!("#{anchor}"));
        SubjectLink { href: format!("{}{}{anchor}", self.root, page.path(site)), words, hint }
    }
}

/// A link to something that the site knows.
pub(crate) struct SubjectLink {
    pub(crate) href: String,
    pub(crate) words: String,
    /// The statement, for those who do not know the id.
    pub(crate) hint: Option<String>,
}

const HEADINGS: [&str; 6] = ["h3", "h3", "h4", "h5", "h6", "h6"];
