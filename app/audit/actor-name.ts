import { m } from "#app/i18n/messages.ts";

export function actorName({ id, name }: { id: string; name: string | null }): string {
  // Neither a person nor a key: the product did it by itself.
  if (id === "schedule") return m.audit_by_product();
  return name ?? m.audit_former_person({ code: id.replaceAll("-", "").slice(0, 6) });
}
