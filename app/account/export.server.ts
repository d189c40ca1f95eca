import { and, asc, eq, getTableColumns, gt, is, or, type SQL, sql } from "drizzle-orm";
import { type AnySQLiteColumn, SQLiteColumn } from "drizzle-orm/sqlite-core";
import { member } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { serverFeatures } from "#app/features.server.ts";
import type { Fresh, Grant } from "#app/operation/grant.server.ts";
import type { Download } from "#app/operation/operation.server.ts";
import { PRODUCT_SLUG } from "#app/product.ts";
import type { ExportSection } from "#app/tenancy/feature.server.ts";

const ROWS_PER_PIECE = 1_000;

/** Every table with data about a person. A test walks the schema and finds those that are missing. */
export const exportSections: Record<string, ExportSection> = Object.assign(
  {},
  ...serverFeatures.map(({ exported }) => exported),
);

const SECRET = new Set([
  ...["token", "tokenHash", "undoTokenHash", "passwordHash", "password", "accessToken", "refreshToken", "idToken"],
  ...["codeHash", "deviceHash", "publicKey", "credentialId", "data", "lastError", "mailId"],
  ...["secretName", "formerSecretName"],
  ...["ipSalt", "ipDigest", "targetSalt", "targetDigest", "digest", "formerDigest"],
]);

export async function accountAsJson(_access: unknown, grant: Fresh<Grant<"self">>): Promise<Download> {
  return {
    name: `${PRODUCT_SLUG}-account-${grant.now.toISOString().slice(0, 10)}.json`,
    type: "application/json; charset=utf-8",
    body: await grant.stream(accountJson(grant)),
  };
}

async function* accountJson(grant: Fresh<Grant<"self">>): AsyncGenerator<string> {
  yield `{"exportedAt":${JSON.stringify(grant.now)}`;
  for (const [name, section] of Object.entries(exportSections)) {
    yield `,\n${JSON.stringify(name)}:[`;
    for (let last = 0, isFirst = true; ; isFirst = false) {
      const rows = await piece(grant, section, last);
      const texts = rows.map(({ rowid: _, ...row }) => `\n${JSON.stringify(row)}`);
      yield (isFirst || rows.length === 0 ? "" : ",") + texts.join(",");
      if (rows.length < ROWS_PER_PIECE) break;
      last = Number(rows.at(-1)?.rowid);
    }
    yield "\n]";
  }
  yield "}\n";
}

function piece({ unsafe, userId, appUrl }: Grant<"self">, section: ExportSection, after: number) {
  const { table, byId = [], byEmail = [], more } = section;
  const columns = getTableColumns(table);
  const told = Object.entries({ ...columns, ...more?.(appUrl) }).filter(([name]) => !SECRET.has(name));
  const rowid = sql<number>`${table}.rowid`;
  const isTheirs = or(
    ...byId.map((column) => eq(column, userId)),
    ...byEmail.map((column) => sql`${column} = (select ${user.email} from ${user} where ${user.id} = ${userId})`),
  );
  return unsafe("Each section lists the columns that identify the person's rows.")
    .select({ ...Object.fromEntries(told.map((each) => [each[0], ofMembers(columns, userId, each)])), rowid })
    .from(table)
    .where(and(isTheirs, gt(rowid, after)))
    .orderBy(asc(rowid))
    .limit(ROWS_PER_PIECE);
}

const OF_THE_MAKER = ["id", "organizationId", "createdBy", "createdAt"];

/** An organization owns what people made in it. The export of someone who has left only says that they made it, and when. */
function ofMembers(
  columns: Record<string, AnySQLiteColumn>,
  userId: string,
  [name, value]: [string, AnySQLiteColumn | SQL],
) {
  const { organizationId, createdBy } = columns;
  if (organizationId === undefined || createdBy === undefined || OF_THE_MAKER.includes(name)) return value;
  const isMember = sql`exists (select 1 from ${member} where ${member.organizationId} = ${organizationId} and ${member.userId} = ${userId})`;
  const content = sql`case when ${isMember} then ${value} end`;
  return is(value, SQLiteColumn) ? content.mapWith(value) : content;
}
