import type { CatalogPart } from "./catalog-parts.ts";
import { addMessages } from "./messages.ts";

/**
 * The document says where it lies (`root.tsx`), so no browser learns where other languages do. Rejects when the network fails.
 */
export async function loadMessages(part: CatalogPart): Promise<void> {
  const place = document.querySelector<HTMLMetaElement>(`meta[name="messages-of-${part}"]`);
  if (place === null) throw new Error(`The document does not say where its messages of "${part}" are.`);
  addMessages(await import(/* @vite-ignore */ place.content));
}
