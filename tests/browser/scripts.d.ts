// The types that the scripts of the theme share. They are classic scripts, so that what they share is global.

import type MiniSearchClass from "minisearch";

declare global {
  /** What is written to the clipboard, by media type. */
  type Formats = Record<string, string>;

  /** What a page tells its scripts. */
  interface Settings {
    /** Where the site stands, absolute, with a slash at its end. */
    base: string;
    /** The locale of the page as it stands in addresses. */
    locale: string;
    copy: Record<string, string>;
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

  interface Index {
    words: Record<string, string>;
    documents: Found[];
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
    keepPlace(): void;
    searchKey: { isOn(): boolean; turn(on: boolean): void };
    index(value: Index): void;
    found?: Index;
    openSearch?(documents: Promise<void>, address: string): void;
    Finder: new (documents: Found[]) => { find(query: string): Findings };
    placesOf(text: string, part: string): number[];
  }

  var rungs: Rungs;
  var MiniSearch: typeof MiniSearchClass;
}
