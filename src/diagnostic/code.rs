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
    /// A file with the conflict markers of a merge in it. Nothing else is told, and nothing written, while they stand.
    UnfinishedMerge = "unfinished-merge", Error;
    /// A text file holds bytes that are not UTF-8.
    NotUtf8 = "not-utf-8", Error;
    /// A control character, or another one that neither a page nor a feed may hold.
    ForbiddenCharacter = "forbidden-character", Error;
    /// An edition, or what is kept of an upstream, that holds such a character and never changes.
    FrozenCharacter = "frozen-character", Warning;
    /// A symbolic link in the content folder. Links are not followed, since they may lead out of it.
    SymbolicLink = "symbolic-link", Error;
    /// The content folder has no `site.toml`, or holds nothing at all.
    NoSite = "no-site", Error;
    /// A TOML file, or the front matter of a Markdown file, cannot be read.
    TomlSyntax = "toml-syntax", Error;
    /// A key that means nothing where it stands.
    UnknownKey = "unknown-key", Error;
    /// A key that has to be there is not.
    MissingKey = "missing-key", Error;
    /// A value of the right type that cannot be used: an empty title, a prefix with a space in it.
    InvalidValue = "invalid-value", Error;
    /// A locale that is not a BCP 47 language tag, or names an unknown language or region.
    InvalidLocale = "invalid-locale", Error;
    /// A locale whose code many take for that of a country: `kr` is Kanuri, and Korean is `ko`.
    UnlikelyLocale = "unlikely-locale", Warning;
    /// A base URL that is not an absolute http or https address.
    InvalidBaseUrl = "invalid-base-url", Error;
    /// A folder of Markdown files that looks like a locale but is not named in `site.toml`.
    UnnamedLocale = "unnamed-locale", Error;
    /// A ladder named in `site.toml` has no file in the source locale, or a file belongs to no ladder.
    LadderFile = "ladder-file", Error;
    /// A ladder whose key or prefix is another one than that of the ids it has given.
    RenamedLadder = "renamed-ladder", Error;
    /// A front matter that is opened with `+++` and never closed, closed and never opened, or written in YAML.
    UnclosedFrontMatter = "unclosed-front-matter", Error;
    /// Fenced code or HTML that is never closed, so that all that follows is text.
    UnclosedCode = "unclosed-code", Error;
    /// A tag of HTML, a shortcode or another sign that is no Markdown, and that readers see as it is written.
    RawHtml = "raw-html", Warning;
    /// A footnote that leads to nothing, that nothing leads to, that stands twice, or that stands in a ladder.
    Footnote = "footnote", Warning;
    /// A ticked box before a criterion, which is no part of it.
    TickedBox = "ticked-box", Warning;
    /// A link definition such as `[EN-001]: …`: it takes the label from what has it, or nothing uses it.
    LinkDefinition = "link-definition", Warning;
    /// An attribute block `{#id key=value}` that is never closed.
    UnclosedAttributes = "unclosed-attributes", Error;
    /// Something in an attribute block is neither `#id` nor `key=value`.
    InvalidAttributes = "invalid-attributes", Error;
    /// An attribute block where nothing can carry it, such as an id at the end of a paragraph.
    MisplacedAttributes = "misplaced-attributes", Error;
    /// A link whose scheme is not https, http or mailto.
    UnsafeLink = "unsafe-link", Error;
    /// A ladder without levels.
    NoLevels = "no-levels", Error;
    /// A level that asks for nothing.
    EmptyLevel = "empty-level", Error;
    /// A heading of a level or category that is deeper, or less deep, than it has to be.
    HeadingDepth = "heading-depth", Error;
    /// A category heading with no criteria below it.
    EmptyCategory = "empty-category", Warning;
    /// A criterion, level or category without an id.
    MissingId = "missing-id", Error;
    /// An id that is not of the form its ladder asks for.
    InvalidId = "invalid-id", Error;
    /// One id that stands at two things.
    DuplicateId = "duplicate-id", Error;
    /// A category whose title on one level is not the one that it has on another. Readers see the first.
    DifferingTitle = "differing-title", Warning;
    /// An id that is not in the register yet.
    UnregisteredId = "unregistered-id", Error;
    /// A register that lacks ids of editions, or contradicts them in many places: it was deleted, or half merged.
    IncompleteRegister = "incomplete-register", Error;
    /// An id of the register that no longer stands in the content.
    VanishedId = "vanished-id", Error;
    /// Ids that were swapped: each criterion, level or category says what another said in the last edition.
    SwappedId = "swapped-id", Error;
    /// An id that was withdrawn and stands in the content again.
    ReusedId = "reused-id", Error;
    /// A reference that leads to nothing.
    UnknownReference = "unknown-reference", Error;
    /// A reference such as `[L5]` that could lead into several ladders.
    AmbiguousReference = "ambiguous-reference", Error;
    /// A level without a counterpart: of a ladder that builds on another, or of the one that it builds on.
    NoCounterpart = "no-counterpart", Warning;
    /// A link to a page or an anchor that does not exist on this site.
    BrokenLink = "broken-link", Error;
    /// An image that is not there, or a file that is no image.
    BrokenImage = "broken-image", Error;
    /// An SVG file that could do more than show something: run a program, or load something from elsewhere.
    UnsafeImage = "unsafe-image", Error;
    /// An image where none is shown: in a ladder, or at the address of another site.
    ImageNotShown = "image-not-shown", Warning;
    /// An image that does not say in words what it shows.
    NoAlternativeText = "no-alternative-text", Warning;
    /// An image of so many bytes that readers wait for it.
    LargeImage = "large-image", Warning;
    /// A criterion, level or category, or a note, that a translation lacks.
    MissingTranslation = "missing-translation", Warning;
    /// A translation in the very words of the source.
    CopiedSource = "copied-source", Warning;
    /// A criterion, level, category or note that stands in a translation and not in the source.
    OnlyInTranslation = "only-in-translation", Error;
    /// A criterion that stands under another level or category in a translation than in the source.
    MovedInTranslation = "moved-in-translation", Warning;
    /// A thread whose criteria all stand on one level.
    SingleLevelThread = "single-level-thread", Warning;
    /// A thread without a title in the front matter of its ladder.
    UntitledThread = "untitled-thread", Error;
    /// A thread with a title and without criteria.
    UnusedThread = "unused-thread", Warning;
    /// Two criteria that say nearly the same and are not in one thread.
    NearDuplicate = "near-duplicate", Warning;
    /// An edition whose file is not what was released. An edition never changes, since people have cited it.
    AlteredEdition = "altered-edition", Error;
    /// An edition whose file is intact and cannot be read, such as one of a later version of the program.
    UnreadableEdition = "unreadable-edition", Error;
    /// What is kept of the site that a ladder was adapted from was edited, or is gone.
    AlteredUpstream = "altered-upstream", Error;
    /// A notice or a statement of changes that a ladder was adapted with, and that `site.toml` has lost.
    DroppedNotice = "dropped-notice", Error;
    /// A word of `[provenance]` that `rungs init` wrote for a person to replace.
    Placeholder = "placeholder", Error;
    /// A licence that is not the one which the licence notice names.
    ContradictoryLicence = "contradictory-licence", Error;
    /// A `base-url` at which no site can stand, where its addresses are handed on.
    PlaceholderAddress = "placeholder-address", Warning;
    /// A licence under which the site that a ladder was adapted from does not let others share their versions.
    IncompatibleLicence = "incompatible-licence", Error;
    /// A register and editions that contradict each other.
    UnknownEdition = "unknown-edition", Error;
    /// A successor of a withdrawn criterion that does not exist, or that leads back to it.
    InvalidSuccessor = "invalid-successor", Error;
    /// A page of an edition that is gone, and nothing says where its matter went.
    LostPage = "lost-page", Warning;
    /// A heading, a thread or a term of the last edition that is gone, and nothing says where its anchor leads.
    LostAnchor = "lost-anchor", Warning;
    /// A permanent page of an edition that is gone: of a criterion, or of an earlier edition.
    LostAddress = "lost-address", Error;
    /// A text cites a criterion, an edition or a page that the site never had.
    UnknownCitation = "unknown-citation", Error;
    /// A text has an id of a criterion in other digits than its own: `TL-4` for `TL-004`.
    MalformedCitation = "malformed-citation", Warning;
    /// A text cites a criterion that was withdrawn.
    WithdrawnCitation = "withdrawn-citation", Warning;
    /// A text cites a criterion in an edition after which it has changed.
    ChangedCitation = "changed-citation", Warning;
    /// A link whose words cite something else than its address leads to.
    ContradictoryCitation = "contradictory-citation", Warning;
    /// A quotation beside a citation that is much like the statement that is cited and has other words, or those of another
    /// criterion.
    MisquotedStatement = "misquoted-statement", Warning;
    /// A citation without an edition of which it is not certain which one is meant.
    UnpinnedCitation = "unpinned-citation", Warning;
    /// A text cites the address that a page had before.
    FormerAddress = "former-address", Warning;
    /// A page that gets no social card although the site asks for one.
    NoCard = "no-card", Warning;
    /// A line of a PO file that is not as GNU gettext writes it.
    PoSyntax = "po-syntax", Error;
    /// A message of a PO file for which the site has no use, and which is left out.
    PoLeftOut = "po-left-out", Warning;
    /// A message of a PO file that cannot be written into the files of the translation, or a file of another language.
    PoMessage = "po-message", Error;
    /// A template of the theme that cannot be read or does not fit its page.
    Template = "template", Error;
    /// A file of the theme that nothing uses, or a template whose default has changed since it was copied.
    ThemeFile = "theme-file", Warning;
    /// A colour of the theme that is hard to read on the ground it stands on.
    LowContrast = "low-contrast", Warning;
    /// A comment `<!-- rungs: allow … -->` that names no warning.
    InvalidAllowance = "invalid-allowance", Error;
    /// Punctuation of Latin writing, such as `,` or “, beside Han characters in a text for Taiwan.
    HalfWidthPunctuation = "half-width-punctuation", Warning;
    /// An ellipsis other than `……` in a Chinese sentence.
    Ellipsis = "ellipsis", Warning;
    /// A typed space between Han and Latin characters, or none, where the site asks for the other.
    SpaceBetweenHanAndLatin = "space-between-han-and-latin", Warning;
    /// A simplified character, or a variant that is not Taiwan's, in a text for Taiwan.
    VariantCharacter = "variant-character", Warning;
    /// A word that Mainland China uses for what is called otherwise in Taiwan.
    MainlandTerm = "mainland-term", Warning;
    /// A criterion whose source has a term of the glossary, and whose translation has none of its renderings.
    GlossaryRendering = "glossary-rendering", Warning;
    /// A translation whose source has other words today than those that it was made from.
    OutdatedTranslation = "outdated-translation", Warning;
    /// A record of what a translation was made from, for a text that the source no longer has.
    VanishedUnit = "vanished-unit", Warning;
    /// A statement that ends in a full stop, on a site that wants none.
    TrailingFullStop = "trailing-full-stop", Warning;
    /// A statement that asks for two things, on a site that wants one in each.
    JoinedExpectations = "joined-expectations", Warning;
    /// A statement that does not begin with a verb, on a site that wants one there.
    NoVerbFirst = "no-verb-first", Warning;
    /// A statement that is longer than the site wants.
    LongStatement = "long-statement", Warning;
    /// Words of the interface that a site's own file for a language lacks. Those of the source are shown.
    MissingWords = "missing-words", Warning;
    /// A line of an adopted document of which words stand nowhere in the new ladder.
    Unplaced = "unplaced", Warning;
    /// A link, a reference or braces of an adopted document that would lead to nothing, and are shown as written.
    KeptAsText = "kept-as-text", Warning;
    /// An adopted document whose language is named otherwise than by its BCP 47 tag.
    MisnamedLocale = "misnamed-locale", Warning;
}
