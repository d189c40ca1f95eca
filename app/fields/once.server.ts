import { createHash } from "node:crypto";
import { z } from "zod";
import type { Actor } from "#app/operation/actor.ts";

/** What tells one showing of a form from the next; left out by programs, which then make a thing each time. */
export const Once = z.string().min(16).max(200).optional();

type Making = {
  once: string | undefined;
  equal: readonly (string | number)[];
  actor: Actor;
};

/** The id of what a form makes: the same for the same person's same form, so the statement that inserts can tell. */
export function idOnce({ newId, ...form }: Making & { newId: () => string }): string {
  return markOnce(form) ?? newId();
}

/** For what keeps an id of its own; null: a program asks, and each time is another. */
export function markOnce({ once, equal, actor }: Making): string | null {
  if (once === undefined) return null;
  const hash = createHash("sha256")
    .update(JSON.stringify([actor.id, once, ...equal]))
    .digest("hex");
  // Version 8 of RFC 9562: digits of one's own making.
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
