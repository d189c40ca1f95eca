import { foldedOf, type Resource, removedOf } from "../spec.ts";
import { checkedOf, isFreeOf, takenOf } from "./checks.ts";
import {
  importsOfTables,
  isImage,
  isPerson,
  isUnique,
  joined,
  named as namedFor,
  type Part,
  some,
  targetsOf,
  toldOf,
} from "./parts.ts";

export function writes(resource: Resource, parts: Part[]): string {
  const { many, one, table, area, fields, title, hasNotifications } = resource;
  const persons = fields.filter(isPerson);
  const texts = parts.flatMap(({ field: { name, kind } }) =>
    kind.name === "line" || kind.name === "lines"
      ? [`fields.${name}`]
      : kind.name === "tags"
        ? [`...fields.${name}`]
        : [],
  );
  const checked = checkedOf(resource);
  const unique = fields.filter(isUnique);
  const targets = targetsOf(resource);
  const checks = checked.map(({ check }) => `, ${check}`).join("");
  const asked = checked.map(({ name, check }) => `${name}: ${check}`).join(", ");
  const reasons = checked.map(({ reason }) => `"${reason}"`);
  const refusals = joined(
    checked.map(({ name, reason }) => `  if (!facts.checked[0]?.${name}) return { ok: false, reason: "${reason}" };`),
  );
  const hasPeople = persons.length > 0;
  const isChecked = checked.length > 0;
  const images = fields.filter(isImage);
  const optional = images.filter(({ isRequired }) => !isRequired);
  const hasImages = images.length > 0;
  const sent = images.map(({ name }) => `${name}: fields.${name}`).join(", ");
  const changed = images
    .map(
      ({ name, isRequired }) =>
        `${name}: fields.${name} ?? ${isRequired ? "undefined" : `(${removedOf(name)} ? null : undefined)`}`,
    )
    .join(", ");
  const former = images.map(({ name }) => `${name}: ${table}.${name}`).join(", ");
  const notKept = `NotKept<${images.map(({ name }) => `"${name}"`).join(" | ")}>`;
  const taken = [...(isChecked ? ["facts"] : []), ...(hasImages ? ["isMade"] : [])].sort().reverse();
  const folded = unique.map(({ name }) => `${foldedOf(name)}: inOneCase(fields.${name}), `).join("");
  const searched = parts.filter(({ field: { kind } }) => ["line", "lines", "tags"].includes(kind.name));
  // This comes before the write of the row, which still says who was named until now.
  const told = some(
    hasNotifications,
    `      told: entry.news({
        type: "${toldOf(one)}",
        to: newlyNamed(grant, id, fields),
        organization: grant.organization,
        target: { id, name: fields.${title.name} },
      }),
`,
  );
  const named = persons.map(({ name }) => `[fields.${name}, ${table}.${name}]`).join(", ");
  const place = `{ folder: "${many.kebab}", id }`;
  const keeping = (what: string) =>
    some(
      hasImages,
      `  const kept = await keepPictures(grant, ${place}, { ${what} });
  if (!kept.ok) return kept;
`,
    );
  return `import { eq, ${some(unique.length > 0, "type SQL, ")}sql } from "drizzle-orm";
import { change } from "#app/change/change.server.ts";
import { differs } from "#app/change/differs.server.ts";
${some(hasPeople, 'import { member } from "#app/db/schema/organizations.ts";\n')}import { isNeeded } from "#app/db/needed.server.ts";
import { ${table} } from "#app/db/schema/${many.kebab}.ts";
${importsOfTables(targets)}import { idOnce } from "#app/fields/once.server.ts";
import { isRestorable } from "#app/operation/deleted.server.ts";
import type { Grant } from "#app/operation/grant.server.ts";
${some(hasImages, 'import { keepPictures, type NotKept } from "#app/pictures/kept-pictures.server.ts";\n')}${some(unique.length > 0, 'import { inOneCase } from "#app/text/one-case.ts";\n')}import { searchForm } from "#app/text/search-form.ts";
import type { Add${one.pascal}, Change${one.pascal}, ${one.pascal}Id } from "./schemas.ts";

type Texts = Pick<Add${one.pascal}, ${searched.map(({ field: { name } }) => `"${name}"`).join(" | ")}>;

export async function add${one.pascal}(
  grant: Grant<"${many.kebab}:create">,
  { organization: _, once, ...fields }: Add${one.pascal},
): Promise<{ ok: true; id: string }${some(hasImages, ` | ${notKept}`)}${some(isChecked, ` | { ok: false; reason: ${reasons.join(" | ")} }`)}> {
  const { organizationId, actor, newId, now } = grant;
  const id = idOnce({ once, equal: [organizationId, JSON.stringify(fields)], actor, newId });
${keeping(sent)}  ${some(taken.length > 0, `const { ${taken.join(", ")} } = `)}await change(grant, {
    action: "${one.kebab}.added",
    target: { id, name: fields.${title.name} },
    where: [sql\`not exists (select 1 from \${${table}} where \${eq(${table}.id, id)})\`${checks}],
    makes: (entry) => ({
${told}      row: entry.insert(${table}, { id, ...fields, ${some(hasImages, "...kept.ids, ")}${folded}search: searchOf(fields), createdAt: now, updatedAt: now }),
    }),
${some(isChecked, `    facts: (entry) => ({ checked: entry.asks({ ${asked} }) }),\n`)}  });
${some(hasImages, "  kept.settle(isMade);\n")}${refusals}
  return { ok: true, id };
}

type Changed = { ok: true }${some(hasImages, ` | ${notKept}`)} | { ok: false; reason: "not-found" | "not-yours"${some(isChecked, ` | ${reasons.join(" | ")}`)} };

export async function change${one.pascal}(
  grant: Grant<"${many.kebab}:update">,
  { organization: _, ${one.camel}: id, ${optional.map(({ name }) => `${removedOf(name)}, `).join("")}...fields }: Change${one.pascal},
): Promise<Changed> {
${keeping(changed)}  const { isMade, ${some(hasImages, "first, ")}facts } = await change(grant, {
    action: "${one.kebab}.changed",
    ...called,
    after: { name: fields.${title.name} },
    where: [eq(${table}.id, id), differs(${table}, ${some(hasImages, "{ ...")}fields${some(hasImages, ", ...kept.ids }")})${checks}],
${some(hasImages, `    first: () => ({ before: grant.select({ ${former} }).from(${table}).where(eq(${table}.id, id)) }),\n`)}    makes: (entry) => ({
${told}      row: entry.update(${table}, { ...fields, ${some(hasImages, "...kept.ids, ")}${folded}search: searchOf(fields), updatedAt: grant.now }, eq(${table}.id, id)),
    }),
    facts: ${some(isChecked, "(entry) => (")}{
      reached: grant.select({ id: ${table}.id }).from(${table}).where(eq(${table}.id, id)),
      ...whyNot(grant, id),
${some(
  isChecked,
  `      checked: entry.asks({ ${asked} }),
`,
)}    }${some(isChecked, ")")},
  });
${some(hasImages, "  kept.settle(isMade, first.before[0]);\n")}  if (isMade) return { ok: true };
${refusals}
  // If nothing differs, there is nothing to log.
  return facts.reached.length === 1 ? { ok: true } : refused(facts);
}

export async function remove${one.pascal}(
  grant: Grant<"${many.kebab}:delete">,
  { ${one.camel}: id }: { ${one.camel}: ${one.pascal}Id },
): Promise<{ ok: true } | { ok: false; reason: "not-found" | "not-yours" | "needed" }> {
  const { isMade, facts } = await change(grant, {
    action: "${one.kebab}.removed",
    ...called,
    where: [eq(${table}.id, id), sql\`not \${isNeeded(${table})}\`],
    makes: (entry) => ({ row: entry.update(${table}, { deletedAt: grant.now }, eq(${table}.id, id)) }),
    facts: { reached: grant.select({ id: ${table}.id }).from(${table}).where(eq(${table}.id, id)), ...whyNot(grant, id) },
  });
  if (isMade) return { ok: true };
  return facts.reached.length === 1 ? { ok: false, reason: "needed" } : refused(facts);
}

export async function restore${one.pascal}(
  grant: Grant<"${many.kebab}:delete">,
  { ${one.camel}: id }: { ${one.camel}: ${one.pascal}Id },
): Promise<{ ok: true } | { ok: false; reason: ${["not-restorable", ...unique.map(({ name }) => takenOf(area, name).reason)].map((each) => `"${each}"`).join(" | ")} }> {
${some(unique.length > 0, `  const deleted = { ${unique.map(({ name }) => `${name}: sql\`\${grant.selectDeleted({ ${name}: ${table}.${foldedOf(name)} }).from(${table}).where(eq(${table}.id, id))}\``).join(", ")} };\n`)}  const { isMade${some(unique.length > 0, ", facts")} } = await change(grant, {
    action: "${one.kebab}.restored",
    from: ${table},
    isOfDeleted: true,
    target: called.target,
    where: [eq(${table}.id, id), isRestorable(${table}.deletedAt, grant.now)${joined(unique.map(({ name }) => `, ${isFreeOf(name)}(grant, id, deleted.${name})`))}],
    makes: (entry) => ({ row: entry.update(${table}, { deletedAt: null }, eq(${table}.id, id)) }),
${some(unique.length > 0, `    facts: (entry) => ({ free: entry.asks({ ${unique.map(({ name }) => `${name}: ${isFreeOf(name)}(grant, id, deleted.${name})`).join(", ")} }) }),\n`)}  });
${joined(unique.map(({ name }) => `  if (!isMade && !facts.free[0]?.${name}) return { ok: false, reason: "${takenOf(area, name).reason}" };\n`))}  return isMade ? { ok: true } : { ok: false, reason: "not-restorable" };
}

/** The log names it by its name from before the change. */
const called = { from: ${table}, target: { id: ${table}.id, name: ${table}.${title.name} }, before: { name: ${table}.${title.name} } };

function searchOf(fields: Texts): string {
  return searchForm([${texts.join(", ")}].filter((text) => text !== null).join(" "));
}
${some(
  hasPeople,
  `
function isMember(grant: Grant<"${many.kebab}:create" | "${many.kebab}:update">, person: string | null) {
  return sql<boolean>\`(\${person} is null or exists \${grant.select({ id: member.id }).from(member).where(sql\`\${member.userId} = \${person}\`)})\`;
}
`,
)}${joined(
  targets.map(
    (to) => `
function ${namedFor("is", to)}(grant: Grant<"${many.kebab}:create" | "${many.kebab}:update">, id: string | null) {
  return sql<boolean>\`(\${id} is null or exists \${grant.selectOfAnyone({ id: ${to.table}.id }).from(${to.table}).where(sql\`\${${to.table}.id} = \${id}\`)})\`;
}
`,
  ),
)}${joined(
  unique.map(
    ({ name, isRequired }) => `
/** Whether no other row of the organization has this ${name}, in capital or small letters. Rows that the caller cannot reach count. Deleted rows do not count. */
function ${isFreeOf(name)}(grant: Grant<"${many.kebab}:create" | "${many.kebab}:update" | "${many.kebab}:delete">, id: string, value: string | SQL${isRequired ? "" : " | null"}) {
  const other = sql\`\${${table}.${foldedOf(name)}} = \${value} and \${${table}.id} <> \${id}\`;
  return sql<boolean>\`not exists \${grant.selectOfAnyone({ id: ${table}.id }).from(${table}).where(other)}\`;
}
`,
  ),
)}${some(
  hasNotifications,
  `
/** Members who were not named in the same field before. */
function newlyNamed(
  grant: Grant<"${many.kebab}:create" | "${many.kebab}:update">,
  id: string,
  fields: Pick<Add${one.pascal}, ${persons.map(({ name }) => `"${name}"`).join(" | ")}>,
) {
  const named = ([${named}] as const).map(([person, column]) => {
    const before = grant.select({ person: column }).from(${table}).where(eq(${table}.id, id));
    return sql\`select \${person} as user_id where \${person} is not null and \${person} is not \${before}\`;
  });
  return sql.join(named, sql\` union \`);
}
`,
)}
function whyNot(grant: Grant<"${many.kebab}:update" | "${many.kebab}:delete">, id: ${one.pascal}Id) {
  return { known: grant.selectOfAnyone({ id: ${table}.id }).from(${table}).where(eq(${table}.id, id)) };
}

function refused({ known }: { known: unknown[] }) {
  return { ok: false, reason: known.length === 1 ? "not-yours" : "not-found" } as const;
}
`;
}
