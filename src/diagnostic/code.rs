//! The one table of everything that can be wrong.

/// The severity of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site is built nevertheless.
    Warning,
    /// Nothing is written until it is fixed.
    Error,
}

impl Severity {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $severity:ident;)+) => {
        /// The kind of problem that a diagnostic reports. Its name is stable: people search for it and allow it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code there is.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The name shown to people: `unknown-reference`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            pub(crate) fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }

            /// Returns the meaning of the code, in a sentence or two of Markdown. [`Self::explanation`] says more.
            pub(crate) fn summary(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc, "\n",)+),)+ }
            }
        }
    };
}

codes! {
    /// A file that contains the conflict markers of a merge. Nothing else is reported, and nothing written, until they are
    /// gone.
    UnfinishedMerge = "unfinished-merge", Error;
    /// A text file contains bytes that are not UTF-8.
    NotUtf8 = "not-utf-8", Error;
    /// A control character, or another one that is not allowed in pages and feeds.
    ForbiddenCharacter = "forbidden-character", Error;
    /// An edition, or the record of an upstream, that contains such a character and never changes.
    FrozenCharacter = "frozen-character", Warning;
    /// A symbolic link in the content folder. Links are not followed, since they may lead out of it.
    SymbolicLink = "symbolic-link", Error;
    /// The content folder has no `site.toml`, or is empty.
    NoSite = "no-site", Error;
    /// A TOML file, or the front matter of a Markdown file, cannot be read.
    TomlSyntax = "toml-syntax", Error;
    /// A key that has no meaning here.
    UnknownKey = "unknown-key", Error;
    /// A required key that is missing.
    MissingKey = "missing-key", Error;
    /// A value that is not allowed: one of the wrong type, an empty title, a prefix with a space in it.
    InvalidValue = "invalid-value", Error;
    /// A locale that is not a BCP 47 language tag, or names an unknown language or region.
    InvalidLocale = "invalid-locale", Error;
    /// A locale whose code is easily mistaken for that of a country: `kr` is Kanuri, and Korean is `ko`.
    UnlikelyLocale = "unlikely-locale", Warning;
    /// A base URL that is not an absolute http or https address.
    InvalidBaseUrl = "invalid-base-url", Error;
    /// A folder of Markdown files that looks like a locale but is not listed in `site.toml`.
    UnnamedLocale = "unnamed-locale", Error;
    /// A ladder in `site.toml` that has no file in the source locale, or a file that belongs to no ladder.
    LadderFile = "ladder-file", Error;
    /// A ladder whose key or prefix differs from that of the ids it has assigned.
    RenamedLadder = "renamed-ladder", Error;
    /// Front matter that is opened with `+++` and never closed, closed and never opened, or written in YAML.
    UnclosedFrontMatter = "unclosed-front-matter", Error;
    /// Fenced code or HTML that is never closed, so that everything after it is text.
    UnclosedCode = "unclosed-code", Error;
    /// An HTML tag, a shortcode or another mark that is not Markdown, which readers see as written.
    RawHtml = "raw-html", Warning;
    /// A footnote without a reference, a reference without a footnote, a footnote defined twice, or one in a ladder.
    Footnote = "footnote", Warning;
    /// A ticked box before a criterion. It is not part of the statement.
    TickedBox = "ticked-box", Warning;
    /// A link definition such as `[EN-001]: …`: its label is already in use, or nothing uses it.
    LinkDefinition = "link-definition", Warning;
    /// An attribute block `{#id key=value}` that is never closed.
    UnclosedAttributes = "unclosed-attributes", Error;
    /// Something in an attribute block that is neither `#id` nor a `key=value` that is allowed there.
    InvalidAttributes = "invalid-attributes", Error;
    /// An attribute block where nothing can carry it, such as an id at the end of a paragraph.
    MisplacedAttributes = "misplaced-attributes", Error;
    /// A link whose scheme is not https, http or mailto.
    UnsafeLink = "unsafe-link", Error;
    /// A ladder without levels.
    NoLevels = "no-levels", Error;
    /// A level without criteria.
    EmptyLevel = "empty-level", Error;
    /// A heading of a level or category with too many or too few `#`.
    HeadingDepth = "heading-depth", Error;
    /// A category heading with no criteria below it.
    EmptyCategory = "empty-category", Warning;
    /// A criterion, level or category without an id.
    MissingId = "missing-id", Error;
    /// An id that does not have the form that its ladder requires.
    InvalidId = "invalid-id", Error;
    /// One id on two things.
    DuplicateId = "duplicate-id", Error;
    /// A category with different titles at different levels. Readers see the first.
    DifferingTitle = "differing-title", Warning;
    /// An id that is not in the register yet.
    UnregisteredId = "unregistered-id", Error;
    /// A register that lacks ids of editions, or contradicts them in many entries: it was deleted, or badly merged.
    IncompleteRegister = "incomplete-register", Error;
    /// An id of the register that is no longer in the content.
    VanishedId = "vanished-id", Error;
    /// Ids that were swapped: each criterion, level or category has the wording that another had in the latest edition.
    SwappedId = "swapped-id", Error;
    /// A withdrawn id that is in the content again.
    ReusedId = "reused-id", Error;
    /// A reference that leads nowhere.
    UnknownReference = "unknown-reference", Error;
    /// A reference such as `[L5]` that matches several ladders.
    AmbiguousReference = "ambiguous-reference", Error;
    /// A level without a counterpart: of a ladder that builds on another, or of the one that it builds on.
    NoCounterpart = "no-counterpart", Warning;
    /// A link to a page or an anchor that does not exist on this site.
    BrokenLink = "broken-link", Error;
    /// An image that does not exist, or a file that is not an image.
    BrokenImage = "broken-image", Error;
    /// An SVG file that can do more than draw: run a program, or load something from elsewhere.
    UnsafeImage = "unsafe-image", Error;
    /// An image in a place where images are not shown: in a ladder, or at the address of another site.
    ImageNotShown = "image-not-shown", Warning;
    /// An image without a description in words.
    NoAlternativeText = "no-alternative-text", Warning;
    /// An image that is so large that readers wait for it.
    LargeImage = "large-image", Warning;
    /// A criterion, level or category, or a note, that a translation lacks.
    MissingTranslation = "missing-translation", Warning;
    /// A translation that is word for word the same as the source.
    CopiedSource = "copied-source", Warning;
    /// A criterion, level, category or note that is in a translation but not in the source.
    OnlyInTranslation = "only-in-translation", Error;
    /// A criterion whose level or category in a translation differs from that in the source.
    MovedInTranslation = "moved-in-translation", Warning;
    /// A thread whose criteria are all at one level.
    SingleLevelThread = "single-level-thread", Warning;
    /// A thread without a title in the front matter of its ladder.
    UntitledThread = "untitled-thread", Error;
    /// A thread with a title but without criteria.
    UnusedThread = "unused-thread", Warning;
    /// Two criteria that say nearly the same thing and are not in one thread.
    NearDuplicate = "near-duplicate", Warning;
    /// An edition whose file differs from what was released. An edition never changes, since people have cited it.
    AlteredEdition = "altered-edition", Error;
    /// An edition whose file is intact but cannot be read, such as one of a later version of the program.
    UnreadableEdition = "unreadable-edition", Error;
    /// The record of the site that a ladder was adapted from was edited, or is missing.
    AlteredUpstream = "altered-upstream", Error;
    /// A notice or a statement of changes that came with an adapted ladder, and that `site.toml` has lost.
    DroppedNotice = "dropped-notice", Error;
    /// A placeholder from `rungs init` in `[provenance]` that nobody has replaced.
    Placeholder = "placeholder", Error;
    /// A licence that differs from the one that the licence notice names.
    ContradictoryLicence = "contradictory-licence", Error;
    /// A `base-url` that is a placeholder, where addresses are passed on.
    PlaceholderAddress = "placeholder-address", Warning;
    /// A licence that is not compatible with that of the ladder it was adapted from.
    IncompatibleLicence = "incompatible-licence", Error;
    /// A register that contradicts the editions.
    UnknownEdition = "unknown-edition", Error;
    /// A successor of a withdrawn criterion that does not exist, or that leads back to it.
    InvalidSuccessor = "invalid-successor", Error;
    /// A page of an edition that is gone, and nothing says where its content went.
    LostPage = "lost-page", Warning;
    /// A heading, a thread or a term of the latest edition that is gone, and nothing says where its anchor leads.
    LostAnchor = "lost-anchor", Warning;
    /// A permanent page of an edition that is gone: of a criterion, or of an earlier edition.
    LostAddress = "lost-address", Error;
    /// A text cites a criterion, an edition or a page that the site never had.
    UnknownCitation = "unknown-citation", Error;
    /// A text has the id of a criterion with the wrong number of digits: `TL-4` for `TL-004`.
    MalformedCitation = "malformed-citation", Warning;
    /// A text cites a withdrawn criterion or level.
    WithdrawnCitation = "withdrawn-citation", Warning;
    /// A text cites a criterion or a level in an edition, and it has changed since.
    ChangedCitation = "changed-citation", Warning;
    /// A link whose words name something other than what its address leads to.
    ContradictoryCitation = "contradictory-citation", Warning;
    /// A quotation next to a citation that resembles the cited statement but has different words, or those of another
    /// criterion.
    MisquotedStatement = "misquoted-statement", Warning;
    /// A citation without an edition, where it is not certain which one is meant.
    UnpinnedCitation = "unpinned-citation", Warning;
    /// A text cites a former address of a page.
    FormerAddress = "former-address", Warning;
    /// A page that gets no social card although the site should have them.
    NoCard = "no-card", Warning;
    /// A line of a PO file that is not valid GNU gettext.
    PoSyntax = "po-syntax", Error;
    /// A message of a PO file that the import skips.
    PoLeftOut = "po-left-out", Warning;
    /// A message of a PO file that cannot be written into the files of the translation, or a file of another language.
    PoMessage = "po-message", Error;
    /// A template of the theme that cannot be read or does not fit its page.
    Template = "template", Error;
    /// A file of the theme that is not used, or a template whose default has changed since it was copied.
    ThemeFile = "theme-file", Warning;
    /// A colour of the theme that is hard to read on its background.
    LowContrast = "low-contrast", Warning;
    /// A comment `<!-- rungs: allow … -->` that does not name a warning.
    InvalidAllowance = "invalid-allowance", Error;
    /// Western punctuation, such as `,` or “, next to Han characters in a text for Taiwan.
    HalfWidthPunctuation = "half-width-punctuation", Warning;
    /// An ellipsis other than `……` in a Chinese sentence.
    Ellipsis = "ellipsis", Warning;
    /// A space between Han and Latin characters, or none, where the site wants the other.
    SpaceBetweenHanAndLatin = "space-between-han-and-latin", Warning;
    /// A simplified character, or a variant that is not used in Taiwan, in a text for Taiwan.
    VariantCharacter = "variant-character", Warning;
    /// A word that is used in Mainland China for something that has another name in Taiwan.
    MainlandTerm = "mainland-term", Warning;
    /// A criterion whose source has a glossary term, and whose translation has none of its renderings.
    GlossaryRendering = "glossary-rendering", Warning;
    /// A translation whose source has changed since it was made.
    OutdatedTranslation = "outdated-translation", Warning;
    /// An entry in `translation.toml` for a text that is no longer in the source.
    VanishedUnit = "vanished-unit", Warning;
    /// A statement that ends with a full stop, on a site that wants none.
    TrailingFullStop = "trailing-full-stop", Warning;
    /// A statement with two expectations, on a site that wants one per statement.
    JoinedExpectations = "joined-expectations", Warning;
    /// A statement that does not begin with a verb, on a site that requires one there.
    NoVerbFirst = "no-verb-first", Warning;
    /// A statement that is longer than the site allows.
    LongStatement = "long-statement", Warning;
    /// Words of the interface that a site's own file for a language lacks. Those of the source are shown instead.
    MissingWords = "missing-words", Warning;
    /// A line of an adopted document with words that are nowhere in the new ladder.
    Unplaced = "unplaced", Warning;
    /// A link, a reference or braces of an adopted document that would lead nowhere, and are shown as written.
    KeptAsText = "kept-as-text", Warning;
    /// An adopted document whose language is named differently from BCP 47.
    MisnamedLocale = "misnamed-locale", Warning;
}
