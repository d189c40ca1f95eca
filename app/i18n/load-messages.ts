import type { CatalogPart } from "./catalog-parts.ts";
import { addMessages, type Messages } from "./messages.ts";

// Vite reads these calls as they are written, so each spells out the same files.
const catalogs = {
  everybody: import.meta.glob<Messages>(["./paraglide/messages/*.js", "!./paraglide/messages/_index.js"], {
    query: "?everybody",
  }),
  landing: import.meta.glob<Messages>(["./paraglide/messages/*.js", "!./paraglide/messages/_index.js"], {
    query: "?landing",
  }),
  account: import.meta.glob<Messages>(["./paraglide/messages/*.js", "!./paraglide/messages/_index.js"], {
    query: "?account",
  }),
  "signed-in": import.meta.glob<Messages>(["./paraglide/messages/*.js", "!./paraglide/messages/_index.js"], {
    query: "?signed-in",
  }),
  settings: import.meta.glob<Messages>(["./paraglide/messages/*.js", "!./paraglide/messages/_index.js"], {
    query: "?settings",
  }),
} satisfies Record<CatalogPart, unknown>;

/** Fetches one part of the messages of the language with this tag, and of no other. Rejects when the network fails. */
export async function loadMessages(tag: string, part: CatalogPart): Promise<void> {
  const load = catalogs[part][`./paraglide/messages/${tag}.js`];
  if (!load) throw new Error(`No messages are compiled for "${tag}"`);
  addMessages(await load());
}
