import { formatDateTime } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { roleName } from "#app/i18n/role-names.ts";
import { roles } from "#app/tenancy/roles.ts";
import { Section } from "#app/ui/card.tsx";

type Details = Record<string, unknown> | null;

const fieldNames: Record<string, () => string> = {
  name: () => m.log_field_name(),
  role: () => m.log_field_role(),
  slug: () => m.log_field_slug(),
  events: () => m.log_field_events(),
  permissions: () => m.log_field_permissions(),
  expiresAt: () => m.log_field_expires(),
  link: () => m.log_field_link(),
  uses: () => m.log_field_uses(),
  domain: () => m.log_field_domain(),
  because: () => m.log_field_reason(),
  url: () => "URL",
  seesAddresses: () => m.log_field_addresses(),
};

/** The values before and after a change, beside each other. Renders nothing if an entry has neither. */
export function Changes({ before, after }: { before: Details; after: Details }) {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (fields.length === 0) return null;
  return (
    <Section title={m.log_changes_title()}>
      <table className="w-full table-fixed text-start text-sm">
        <thead className="text-muted">
          <tr>
            {[m.log_changes_field(), m.log_changes_before(), m.log_changes_after()].map((name) => (
              <th key={name} scope="col" className="pe-4 pb-2 text-start font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y border-t">
          {fields.map((field) => (
            <tr key={field}>
              <th scope="row" className="break-words py-2.5 pe-4 text-start align-top font-medium">
                {fieldNames[field]?.() ?? field}
              </th>
              <Value field={field} of={before} />
              <Value field={field} of={after} />
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Value({ field, of }: { field: string; of: Details }) {
  const words = of === null || !(field in of) ? [] : wordsFor(field, of[field]);
  return (
    <td className="break-words py-2.5 pe-4 align-top">
      {words.length === 0 ? (
        <span className="text-muted">–</span>
      ) : (
        words.map((each) => (
          <bdi key={each} className="block">
            {each}
          </bdi>
        ))
      )}
    </td>
  );
}

function wordsFor(field: string, value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === "boolean") return value ? ["✓"] : [];
  const role = roles.find((each) => each === value);
  if (field === "role" && role !== undefined) return [roleName(role)];
  if (field === "expiresAt" && typeof value === "number") return [formatDateTime(value)];
  return [typeof value === "object" ? JSON.stringify(value) : String(value)];
}
