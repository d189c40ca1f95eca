import { foldedOf, type Resource } from "../spec.ts";
import { isChoice, isPerson, isRow, isUnique, joined, type Part, some, targetsOf } from "./parts.ts";

export function schema({ one, table, fields, title }: Resource, parts: Part[]): string {
  const columns = new Set(["text", ...parts.map(({ parts }) => /^\w+/.exec(parts.column)?.[0] ?? "")]);
  const unique = fields.filter(isUnique);
  return `import { sql } from "drizzle-orm";
import { check, index, ${[...columns].sort().join(", ")}, sqliteTable${some(unique.length > 0, ", uniqueIndex")} } from "drizzle-orm/sqlite-core";
import { belongingTo } from "#app/tenancy/tables.ts";
import { createdAt, instant, ${some(fields.some(isChoice), "isOneOf, ")}updatedAt } from "./columns.ts";
import { organization } from "./organizations.ts";
import { user } from "./people.ts";
${targetsOf({ fields })
  .map(({ table: other, many }) => `import { ${other} } from "./${many.kebab}.ts";\n`)
  .join("")}
export const ${table} = belongingTo(
  sqliteTable(
    "${one.snake}",
    {
      id: text("id").primaryKey(),
      organizationId: text("organization_id").notNull().references(() => organization.id, { onDelete: "cascade" }),
      createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
      /** The key that made it, if no person did. The key's row is deleted only with the organization. */
      createdByKey: text("created_by_key"),
${joined(parts.map(({ field, parts }) => `      ${field.name}: ${parts.column},`))}
${joined(
  unique.map(
    ({ name, column, isRequired }) =>
      `      /** The ${name} in one case: what must be unique. */\n      ${foldedOf(name)}: text("${column}_folded")${some(isRequired, ".notNull()")},`,
  ),
)}
      /** Its texts in the form that is searched. */
      search: text("search").notNull(),
      createdAt: createdAt(),
      updatedAt: updatedAt(),
      /** Set when it is deleted. It can be restored for a while, and only the code that restores it sees it. */
      deletedAt: instant("deleted_at"),
    },
    (table) => [
      index("${one.snake}_organization_newest").on(table.organizationId, table.deletedAt, table.createdAt, table.id),
      index("${one.snake}_organization_${title.column}").on(table.organizationId, table.deletedAt, table.${title.name}, table.id),
${joined(
  unique.map(
    ({ name, column }) =>
      `      uniqueIndex("${one.snake}_unique_${column}").on(table.organizationId, table.${foldedOf(name)}).where(sql\`"deleted_at" is null\`),`,
  ),
)}
      index("${one.snake}_deleted").on(table.deletedAt).where(sql\`"deleted_at" is not null\`),
      index("${one.snake}_created_by").on(table.createdBy),
${joined(fields.filter((field) => isPerson(field) || isRow(field)).map(({ name, column }) => `      index("${one.snake}_${column}").on(table.${name}),`))}
${joined(parts.flatMap(({ parts }) => (parts.check ? [`      ${parts.check},`] : [])))}
    ],
  ),
  { organization: "organizationId", maker: "createdBy", key: "createdByKey", deleted: "deletedAt" },
);
`;
}
