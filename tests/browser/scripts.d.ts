// The types that the scripts of the theme share. They are classic scripts, so that what they share is global.

import type MiniSearchClass from "minisearch";

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
    id?: string;
    kind: string;
    ladder?: string;
    level?: string;
    category?: string;
    hue?: number;
    title?: string;
    text?: string;
    /** Below the root of the site. */
    url: string;
    language?: string;
  }

  /** What a file of the index hands over. */
  interface Index {
    /** Those of the search interface. The first file has them. */
    words: Record<string, string>;
    /** The second file, below the root of the site, if there is one. The first file names it. */
    more?: string;
    documents: Found[];
  }

  /** The second file of the index. */
  interface More {
    file: string;
    /** How far its loading is. */
    state: "not loaded" | "loading" | "loaded" | "failed";
    finder?: Finder;
  }

  interface Finder {
    find(query: string): Findings;
  }

  interface Folded {
    text: string;
    /** For each code unit of `text`, and for its end, the place in the text it was made of. */
    places: number[];
  }

  /** Something that can be found, as it is compared. */
  interface Entry {
    key: number;
    document: Found;
    title: Folded;
    text: Folded;
    /** Of its id: `tl` and `42`. */
    prefix: string;
    number: string;
    codes: string[];
  }

  interface Findings {
    /** What to mark, folded: the parts of the query, or the words that are written like them. */
    parts: string[];
    entries: Entry[];
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
    index(value: Index): void;
    /** What the file that was loaded last has handed over, until somebody takes it. */
    found?: Index;
    openSearch?(documents: Promise<void>, address: string): void;
    Finder: new (documents: Found[]) => Finder;
    placesOf(text: string, part: string): number[];
  }

  var rungs: Rungs;
  var MiniSearch: typeof MiniSearchClass;
}
