import { m } from "#app/i18n/messages.ts";

export function actorName({ id, name }: { id: string; name: string | null }): string {
  return name ?? m.audit_former_person({ code: id.replaceAll("-", "").slice(0, 6) });
}
