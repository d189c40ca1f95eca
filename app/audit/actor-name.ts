import { m } from "#app/i18n/messages.ts";

/** What a person is called, or a pseudonym that stays the same for an account that is gone. */
export function actorName({ id, name }: { id: string; name: string | null }): string {
  return name ?? m.audit_former_person({ code: id.replaceAll("-", "").slice(0, 6) });
}
