import type { CatalogPart } from "./catalog-parts.ts";
import { addMessages, type Messages } from "./messages.ts";

const catalogs = {
  everybody: import.meta.glob<Messages>(["./paraglide/messages/*.js", "!./paraglide/messages/_index.js"], {
    query: "?everybody",
  }),
  "signed-in": import.meta.glob<Messages>(["./paraglide/messages/*.js", "!./paraglide/messages/_index.js"], {
    query: "?signed-in",
  }),
} satisfies Record<CatalogPart, unknown>;

/** Fetches one part of the messages of the language with this tag, and of no other. Rejects when the network fails. */
export async function loadMessages(tag: string, part: CatalogPart): Promise<void> {
  const load = catalogs[part][`./paraglide/messages/${tag}.js`];
  if (!load) throw new Error(`No messages are compiled for "${tag}"`);
  addMessages(await load());
}
