import type { CatalogPart } from "./catalog-parts.ts";
import { addMessages } from "./messages.ts";

/** Loads a part from the URL in the document (`root.tsx`), which lists one language only. Rejects if the network fails. */
export async function loadMessages(part: CatalogPart): Promise<void> {
  const places = document.querySelector<HTMLMetaElement>('meta[name="messages"]')?.content.split(" ") ?? [];
  const at = places.indexOf(part);
  if (at < 0) throw new Error(`The document names no messages for "${part}".`);
  addMessages(await import(/* @vite-ignore */ places[at + 1] ?? ""));
}
