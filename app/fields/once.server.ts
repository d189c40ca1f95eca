import { createHash } from "node:crypto";
import { z } from "zod";
import type { Actor } from "#app/operation/actor.ts";

/** The mark of one showing of a form. Programs leave it out, so each of their requests creates something new. */
export const Once = z.string().min(16).max(200).optional();

type Making = {
  once: string | undefined;
  equal: readonly (string | number)[];
  actor: Actor;
};

/** The id of what a form creates: the same whenever one person sends one form, so that the insert notices a repeat. */
export function idOnce({ newId, ...form }: Making & { newId: () => string }): string {
  return markOnce(form) ?? newId();
}

/** The mark for rows that have an id of their own; null if a program sent the request, since each of its requests is new. */
export function markOnce({ once, equal, actor }: Making): string | null {
  if (once === undefined) return null;
  const hash = createHash("sha256")
    .update(JSON.stringify([actor.id, once, ...equal]))
    .digest("hex");
  // Version 8 in RFC 9562: a UUID with custom content.
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
