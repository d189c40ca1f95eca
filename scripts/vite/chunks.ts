/** The components in `app/ui` that only some pages use, by the chunk that holds them. All others are in `shared`. */
const UI_PARTS = {
  frame: ["avatar", "card", "empty-state", "page-header", "progress", "relative-time"],
  lists: [
    "filter-form",
    "heard",
    "list-place",
    "offline-links",
    "paged-words",
    "pagination",
    "selection",
    "use-last-page",
  ],
  pages: [
    ...["as-shown", "back-link", "boxes-field", "column", "form-buttons", "inline-form", "narrow-page"],
    ...["question-page", "shown-fields", "shown-once"],
  ],
  /** Each is loaded with the page or the click that needs it. */
  alone: ["confirm-dialog", "dialog", "return-focus", "tabs", "toaster-view"],
};

/** Patterns of the modules in each chunk. A module is in the first chunk that has a pattern for it. */
export const CHUNKS = {
  react: [
    "rolldown/runtime",
    "node_modules/(react|react-dom|react-router|scheduler)/",
    String.raw`app/ui/line/[a-z-]+\.ts$`,
  ],
  shared: [
    "vite/preload-helper",
    `app/ui/(?!${Object.values(UI_PARTS)
      .flat()
      .map((name) => String.raw`${name}\.`)
      .join("|")})`,
    "app/i18n/(?!messages-of|day-heading)",
  ],
  /** Parts that several of the forms before sign-in share. */
  account: [String.raw`app/auth/[\w/-]+\.tsx$`],
  /** The frame around every signed-in page. */
  frame: [
    "node_modules/@tanstack/",
    ...UI_PARTS.frame.map(inUi),
    "app/query-",
    String.raw`app/features(?!\.news)`,
    "app/frame/(?!bell-panel|announce-several|list-title)",
    "app/tenancy/",
    "app/pictures/picture-urls",
    "app/audit/act",
    String.raw`app/[\w/]+/(feature\.view|limits)\.ts`,
    String.raw`app/organizations/(?!new-)[\w-]+\.tsx?`,
    "app/organizations/invitations/invitation-link",
    "app/i18n/messages-of/signed-in",
  ],
  /** Filters, pagination and selection of lists, and the place in a list to return to. */
  lists: [
    ...UI_PARTS.lists.map(inUi),
    "app/frame/list-title",
    "app/i18n/messages-of/browsing",
    String.raw`app/[\w/]+-(place|sorts|link)\.ts$`,
    String.raw`app/[\w/]+/(urls|type-names)\.ts$`,
  ],
  /** Parts of questions and forms that have a page of their own. */
  pages: UI_PARTS.pages.map(inUi),
};

function inUi(name: string): string {
  return String.raw`app/ui/${name}\.tsx?$`;
}

/** How many pages must use a module for its chunk to hold it. */
const SHARED_BY: Partial<Record<string, number>> = { react: 1, account: 3 };

/** The chunks of the browser's scripts: many small files compress worse than one and cost a request each. */
export const chunkGroups = Object.entries(CHUNKS).map(([name, patterns]) => ({
  name,
  test: new RegExp(patterns.join("|")),
  minShareCount: SHARED_BY[name] ?? 2,
}));
