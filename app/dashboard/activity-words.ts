import type { AuditAction } from "#app/audit/entries.server.ts";
import { m } from "#app/i18n/messages.ts";
import type { Entry } from "./figures.server.ts";

const words: Record<AuditAction, (target: string) => string> = {
  "organization.created": () => m.dashboard_did_create_organization(),
  "member.joined": () => m.dashboard_did_join(),
  "image.created": (name) => m.dashboard_did_upload_image({ name }),
  "image.renamed": (name) => m.dashboard_did_rename_image({ name }),
  "image.deleted": (name) => m.dashboard_did_delete_image({ name }),
};

/** What was done, to stand under the name of who did it. */
export function wordsFor({ action, targetName }: Pick<Entry, "action" | "targetName">): string {
  return isKnown(action) ? words[action](targetName ?? "") : m.dashboard_did_something();
}

function isKnown(action: string): action is AuditAction {
  return Object.hasOwn(words, action);
}
