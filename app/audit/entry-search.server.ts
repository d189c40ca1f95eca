import { and, eq, isNull, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { auditEntry, entries } from "#app/db/schema/audit.ts";
import { searchText } from "#app/db/schema/search.ts";
import { idsWith } from "#app/db/search.server.ts";
import { readableAddress } from "#app/text/address.ts";
import { searchForm } from "#app/text/search-form.ts";

type Asked = {
  tenant: SQLWrapper;
  /** The other conditions on the log. The search finds the newest or the oldest of the entries that meet them. */
  fits: SQL | undefined;
  isForward: boolean;
  limit: number;
};

/**
 * Extra rows beyond a page, because the index is in the order of writing and the log in the order of time, in which the entries
 * of one change are equal. A change writes a hundred at most.
 */
const SPARE = 200;

/** SQL for whether an entry is about something of this name, by someone of this name, or from an IP address that begins so. */
export function isFoundBy(typed: string, { tenant, fits, isForward, limit }: Asked): SQL {
  const order = isForward ? sql`asc` : sql`desc`;
  const found = foundBy(typed, { tenant, fits, order, limit: limit + SPARE });
  return found === null ? sql`0` : sql`${auditEntry.id} in (${found})`;
}

/** SQL for how many entries `isFoundBy` finds, up to `limit`. */
export function countFoundBy(typed: string, asked: Pick<Asked, "tenant" | "fits" | "limit">): SQL<number> {
  const found = foundBy(typed, { ...asked, order: sql`desc` });
  return found === null
    ? sql`0`
    : sql`(select count(*) from (select distinct id from (${found}) limit ${asked.limit}))`;
}

function foundBy(typed: string, sought: Omit<Asked, "isForward"> & { order: SQL }): SQL | null {
  const { tenant, fits, order, limit } = sought;
  const about = idsWith(entries, typed, sought);
  if (about === null) return null;
  const own = sql`${auditEntry.organizationId} = ${tenant}`;
  const others = [
    // The cross join makes SQLite use the index on actors. The one on time would read the whole log.
    sql`(${actorsCalled(typed, tenant)}) as called cross join ${auditEntry} on ${and(own, sql`${auditEntry.actorId} = called.id`, fits)}`,
    ...(/^[\da-f.:]+$/i.test(typed)
      ? [sql`${auditEntry} where ${and(own, beginsWith(typed.toLowerCase()), fits)}`]
      : []),
  ].map(
    (from) => sql`union all select id from (
      select ${auditEntry.id} from ${from} order by ${auditEntry.createdAt} ${order}, ${auditEntry.id} ${order} limit ${limit})`,
  );
  return sql`${about} ${sql.join(others, sql` `)}`;
}

/** A range of the index: no character of an address is after "f". */
function beginsWith(start: string): SQL {
  return sql`${auditEntry.ipAddress} >= ${start} and ${auditEntry.ipAddress} < ${`${start}g`}`;
}

/** Those who did something here and have this name, members or not. The recursion skips through the index. */
function actorsCalled(typed: string, tenant: SQLWrapper): SQL {
  const name = sql`coalesce(
    substr(search_text.form, 1, instr(search_text.form || ${"\n"}, ${"\n"}) - 1), lower(user.name), lower(api_key.name))`;
  const isCalled = or(
    ...[...new Set([searchForm(typed), typed.toLowerCase()])].map((form) => sql`instr(${name}, ${form}) > 0`),
  );
  return sql`
    with recursive doer(id) as (
      select min(actor_id) from audit_entry where organization_id = ${tenant}
      union all
      select (select min(actor_id) from audit_entry where organization_id = ${tenant} and actor_id > doer.id)
      from doer where doer.id is not null)
    select doer.id from doer
      left join user on user.id = doer.id
      left join api_key on api_key.id = doer.id and api_key.organization_id = ${tenant}
      left join search_text on search_text.kind = 'person' and search_text.id = doer.id
    where ${isCalled}`;
}

/** `before` and `after` are JSON, as they are stored in the log. */
type Named = { targetName: string | null; before: string | null; after: string | null };

/** The text that an entry is found by: the name of what it is about, and its names before and after the change. */
function entryForm({ targetName, before, after }: Named): string {
  const details: { name?: unknown; slug?: unknown }[] = [before, after].map((json) => JSON.parse(json ?? "{}"));
  const names = details.flatMap(({ name, slug }) => [name, slug]);
  const texts = [targetName, targetName?.includes("@") ? readableAddress(targetName) : null, ...names];
  const forms = texts.map((text) => (typeof text === "string" ? searchForm(text) : ""));
  return [...new Set(forms)].filter((form) => form !== "").join("\n");
}

/** Stores the search texts, except where a name has been removed from the log in between. */
export function keepForms(db: Database, found: readonly (Named & { id: string })[]) {
  const forms = found.map((entry) => ({ id: entry.id, targetName: entry.targetName, form: entryForm(entry) }));
  const made = sql`json_each(${JSON.stringify(forms)}) as made_form`;
  // Not `update … from`, which would make SQLite read every text of a log.
  return db.run(sql`
    update ${searchText} set form = (select made_form.value ->> 'form' from ${made} where made_form.value ->> 'id' = ${searchText.id})
    where ${searchText.kind} = ${entries.kind} and ${searchText.id} in (
      select ${auditEntry.id} from ${made} cross join ${auditEntry} on ${auditEntry.id} = made_form.value ->> 'id'
      where ${auditEntry.targetName} is made_form.value ->> 'targetName')`);
}

const AT_ONCE = 200;
const ROUNDS_PER_RUN = 20;

/** Makes the search texts of entries from before there was a search. New entries get theirs when they are sealed. */
export async function makeEntryForms(db: Database): Promise<void> {
  const isUnmade = and(eq(searchText.kind, entries.kind), isNull(searchText.form));
  for (let round = 0; round < ROUNDS_PER_RUN; round += 1) {
    const { id, targetName, before, after } = auditEntry;
    const found = await db
      .select({
        id,
        targetName,
        before: sql<string | null>`${before}`,
        after: sql<string | null>`${after}`,
      })
      .from(searchText)
      .innerJoin(auditEntry, eq(auditEntry.id, searchText.id))
      .where(isUnmade)
      .limit(AT_ONCE);
    if (found.length > 0) await keepForms(db, found);
    if (found.length < AT_ONCE) return;
  }
}
