// The types that the scripts of the theme share. They are classic scripts, so that what they share is global.

// A module, so that what follows is global.
export {};

declare global {
  /** The path of an asset of the theme, which stands in its place when a site is built. */
  function asset(name: string): string;

  /** What is written to the clipboard, by media type. */
  type Formats = Record<string, string>;

  /** What a page tells its scripts. */
  interface Settings {
    /** Where the site stands, absolute, with a slash at its end. */
    base: string;
    /** The locale of the page as it stands in addresses. */
    locale: string;
    copy: Record<string, string>;
    /** How criteria are cited, in Markdown: by what is cited of them. */
    review: Record<string, string>;
    /** The title of the ladder of the page. */
    ladder: string;
  }

  /** A citation as an item of CSL-JSON. */
  interface CitationItem {
    id: string;
    author: { literal: string }[];
    translator?: { literal: string }[];
    title: string;
    /** The level of a criterion. */
    section: string;
    "container-title": string;
    note: string;
    edition?: string;
    issued?: { "date-parts": number[][] };
    language: string;
    URL: string;
  }

  /** Something that can be found, as the index has it. */
  interface Found {
    [name: string]: string | number | string[] | undefined;
    id?: string;
    kind: string;
    ladder?: string;
    level?: string;
    category?: string;
    hue?: number;
    /** The title of its thread. */
    thread?: string;
    title?: string;
    text?: string;
    /** The titles of the threads that a note is about. */
    about?: string[];
    /** Other words by which people look for it. */
    also?: string;
    /** Below the root of the site. */
    url: string;
    language?: string;
  }

  /** The words that texts have for something, and words under which people look for it. */
  type Synonyms = [words: string[], also: string[]];

  /** What the first file of the index hands over. */
  interface Index {
    /** Those of the search interface. */
    words: Record<string, string>;
    /** Where else to look. A link to the search in another language names that. */
    elsewhere?: { title: string; url: string; language?: string }[];
    /** The second file, below the root of the site, if there is one. */
    more?: string;
    also?: Synonyms[];
    documents: Found[];
  }

  /** What the second file hands over. */
  interface SecondIndex {
    documents: Found[];
    /** What pages in other languages say, by the addresses of their counterparts. */
    others?: { language: string; also?: Synonyms[]; texts: Record<string, string> }[];
  }

  /** The second file of the index. */
  interface More {
    file: string;
    /** How far its loading is. */
    state: "not loaded" | "loading" | "loaded" | "failed";
  }

  interface Finder {
    add(index: SecondIndex): void;
    find(query: string, level?: string): Findings;
    findMore(first: Findings, query: string, level?: string): Findings;
    lacks(first: Findings): boolean;
  }

  interface Folded {
    text: string;
    /** For each code unit of `text`, and for its end, the place in the text it was made of. */
    places: number[];
  }

  /** A folded text, and what its words are compared by. */
  interface Field {
    text: string;
    keys: Set<string>;
  }

  /** A part of a query, folded. */
  interface Part {
    text: string;
    /** What its words are compared by. Han has none. */
    keys: string[];
    /** What means the same. */
    meant: Part[];
    /** Whether it names the level of the criteria that are asked for. */
    isLevel: boolean;
  }

  /** Something that can be found, as it is compared. */
  interface Entry {
    document: Found;
    /** Whether it is of the second file. */
    isRest: boolean;
    title: Folded;
    thread: Folded;
    text: Folded;
    /** Its title, and what kind of thing it is. */
    named: Field;
    /** All that it says. */
    own: Field;
    /** The lines of its text, once somebody had to look at them one by one. */
    lines?: Field[];
    /** Other words for it, and what it says in other languages. */
    others: { field: Field; folded?: Folded; text?: string; language?: string }[];
    /** What is said of it elsewhere. */
    said: Field;
    /** Of its id: `tl` and `42`. */
    prefix: string;
    number: string;
    codes: string[];
  }

  interface Findings {
    /** What to mark. */
    parts: Part[];
    /** What has all parts. */
    entries: Entry[];
    /** What has some of them. */
    partial: Entry[];
    /** Whether nothing was found, and these are only written much alike. */
    similar: boolean;
  }

  interface Rungs {
    address(path: string): string;
    copy(formats: Formats): Promise<void>;
    copyButton(words: string, done: string, failed: string, formats: () => Formats): HTMLButtonElement;
    formatsOf(markdown: string, language: string): Formats;
    markdownIn(list: Element | null): string;
    addForms?(opened: Element): void;
    showHint?(link: HTMLAnchorElement): void;
    say(text: string): void;
    keepPlace(): void;
    load(file: string): Promise<void>;
    searchKey: { isOn(): boolean; turn(on: boolean): void };
    index(value: Index | SecondIndex): void;
    /** What the file that was loaded last has handed over, until somebody takes it. */
    found?: Index | SecondIndex;
    openSearch?(documents: Promise<void>, link: HTMLAnchorElement): void;
    Finder: new (index: Index) => Finder;
    /** Where a folded text has a part of a query. */
    spansOf(text: string, part: Part): [number, number][];
    sentencesOf(text: string): [number, number][];
    decoded(written: string): string;
    slugOf(text: string): string;
    preferredLanguage(): HTMLAnchorElement | undefined;
  }

  var rungs: Rungs;
}
