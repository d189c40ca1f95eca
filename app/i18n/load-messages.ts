import type { CatalogPart } from "./catalog-parts.ts";
import { addMessages } from "./messages.ts";

/**
 * The document says where each part lies (`root.tsx`), so no browser learns where other languages do. Rejects when the network
 * fails.
 */
export async function loadMessages(part: CatalogPart): Promise<void> {
  const places = document.querySelector<HTMLMetaElement>('meta[name="messages"]')?.content.split(" ") ?? [];
  const place = places[places.indexOf(part) + 1];
  if (place === undefined || !places.includes(part)) {
    throw new Error(`The document does not say where its messages of "${part}" are.`);
  }
  addMessages(await import(/* @vite-ignore */ place));
}
