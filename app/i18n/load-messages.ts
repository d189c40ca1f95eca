import type { CatalogPart } from "./catalog-parts.ts";
import type { CatalogPlace } from "./catalog-places.ts";
import { addMessages } from "./messages.ts";

/** The parts that the document names (`root.tsx`), in one language only. */
export function placesInDocument(): CatalogPlace[] {
  const written = document.querySelector<HTMLMetaElement>('meta[name="messages"]')?.content ?? "";
  return [...written.matchAll(/(\S+) (\S+)/g)].map(([, part = "", url = ""]) => ({ part, url }));
}

/** Loads a part of the messages. Rejects if the network fails. */
export async function loadMessages(part: CatalogPart): Promise<void> {
  const place = placesInDocument().find((each) => each.part === part);
  if (place === undefined) throw new Error(`The document names no messages for "${part}".`);
  addMessages(await import(/* @vite-ignore */ place.url));
}
