import { and, is, isSQLWrapper, or, SQL, sql } from "drizzle-orm";
import {
  type AnySQLiteColumn,
  getTableConfig,
  type SQLiteTable,
  type SQLiteUpdateSetSource,
} from "drizzle-orm/sqlite-core";
import type { AuditAction } from "#app/audit/actions.ts";
import type { Searched } from "#app/db/schema/search.ts";
import { searchStatement } from "#app/db/search.server.ts";
import type { Locale } from "#app/i18n/locale.ts";
import { type MailEach, mailEachStatement, mailStatement, type NewMail } from "#app/mail/outbox.server.ts";
import type { MailTemplate } from "#app/mail/templates.ts";
import type { ToRead } from "#app/operation/grant.server.ts";
import { type Inside, inside } from "#app/operation/inside.server.ts";
import { ChangedMeanwhile, RightLost } from "#app/operation/meanwhile.server.ts";
import { runNamed, type Statement } from "#app/operation/plan.ts";
import { type Reach, within } from "#app/operation/reach.server.ts";
import { belongingOf, type NewRow, type Tenanted } from "#app/tenancy/tables.ts";
import { type Acting, audit, auditEach, type Entry } from "./entries.server.ts";
import { deliveryStatement } from "./events.server.ts";
import { markClosed, type News, notificationStatement } from "./news.server.ts";

type Changer = Omit<Acting, "db"> & { readonly locale: Locale; readonly [inside]: Inside };

type Named = Record<string, Statement>;
type Rows<S> = { [Key in keyof S]: Awaited<S[Key]> };
type Conditions = readonly (SQL | undefined)[];
/** A statement over a table of several rows says which rows. A tenant or a person is a single row. */
type Which<T> =
  T extends Tenanted<{ organization: "id" } | { person: "id" }> ? Conditions : readonly [SQL, ...Conditions];

type About = (
  | {
      /** The table with the row that the change is about, among the rows that the caller can reach. `where` says which row. */
      from: SQLiteTable & Tenanted;
      where: SQL | Conditions;
    }
  | {
      from?: undefined;
      /** What must hold when the batch runs, besides the caller's right. */
      where?: SQL | Conditions;
    }
) & {
  /** The change is about rows that were deleted but are kept, and reaches no others. */
  isOfDeleted?: true;
};

type Logged = { action: AuditAction } & Pick<Entry, "target" | "before" | "after" | "organizationId" | "by">;
/** The reason why the change has no entry in the log. */
type Unlogged = { unlogged: string };

type Change<G extends Changer, T extends Named, F extends Named, B extends Named> = About &
  (Unlogged | (G extends ToRead ? never : Logged)) & {
    /** Statements that run before the entry, if the caller still has the right. */
    first?: (may: Writer) => B;
    /** Statements that make the change. They have an effect only if the entry was written (unlogged: if it is allowed). */
    makes: (entry: Writer) => T;
    /** Statements that read how the change ended. They run after the change, in the same batch. */
    facts?: F | ((entry: Writer) => F);
  };

export type Outcome<T, F, B> = {
  /** Whether the entry was written or, for an unlogged change, whether any row was changed. */
  isMade: boolean;
  first: Rows<B>;
  made: Rows<T>;
  facts: Rows<F>;
};

/**
 * The only way to write. A single batch writes the entry, if the caller still has the right and the conditions hold, then makes
 * the change, which depends on the entry, and reads how it ended. Rejects with `RightLost` if session, role or proof were lost
 * between the check and the batch, and with `ChangedMeanwhile` if the thing is no longer what the caller has seen.
 */
export async function change<
  G extends Changer,
  T extends Named,
  F extends Named = Record<never, Statement>,
  B extends Named = Record<never, Statement>,
>(changer: G, asked: Change<G, T, F, B>): Promise<Outcome<T, F, B>> {
  const grant = asked.isOfDeleted ? ofDeleted(changer) : changer;
  const { db, commit, still, unchanged = sql`true`, reach, alongside, sendMail, sendEvents } = grant[inside];
  const may = and(still, unchanged) as SQL;
  const { first = () => ({}) as B, makes, facts = {} as F } = asked;
  const outbox: Outbox = { isFilled: false, entries: [], isElsewhere: false };
  const where = and(asked.from && within(asked.from, reach), ...listOf(asked.where));
  const isAllowed = and(may, asked.from === undefined ? where : exists(asked.from, where)) as SQL;
  const entry =
    "action" in asked ? audit(actingOf(grant), { ...asked, from: fromRows(asked.from, and(where, may)) }) : null;
  const writer = createWriter(grant, {
    when: entry?.isWritten ?? isAllowed,
    targetId: entry?.targetId ?? sql`null`,
    outbox,
  });
  const parts = {
    first: first(createWriter(grant, { when: may, targetId: sql`null`, outbox })),
    made: makes(writer),
    facts: typeof facts === "function" ? facts(writer) : facts,
  };
  const batch = Object.fromEntries([
    // Read before the change, since a change such as leaving ends the very right to make it.
    ["before", db.all<Before>(sql`select ${still} as still, ${unchanged} as unchanged`)],
    ...withPrefix("first", parts.first),
    ...(entry ? [["entry", entry.entry]] : []),
    ...withPrefix("made", parts.made),
    ...withPrefix("facts", parts.facts),
    ...(alongside ? [["alongside", alongside({ when: writer.isWritten, targetId: writer.targetId })]] : []),
    ...Object.entries(eventsOf(grant, asked, { isIt: entry?.isIt, outbox })),
  ]) as Named;
  const rows: Record<string, unknown> = await runNamed(commit, batch);
  const [before] = rows.before as Before[];
  if (!before?.still) throw new RightLost();
  if (!before.unchanged) throw new ChangedMeanwhile();
  if (outbox.isFilled) sendMail();
  if (isEffect(rows.events)) sendEvents();
  const of = (part: keyof typeof parts) =>
    Object.fromEntries(Object.keys(parts[part]).map((name) => [name, rows[`${part}.${name}`]]));
  const changed = entry === null ? Object.values(of("made")) : [rows.entry];
  return { isMade: changed.some(isEffect), first: of("first"), made: of("made"), facts: of("facts") } as Outcome<
    T,
    F,
    B
  >;
}

function ofDeleted(changer: Changer): Changer {
  const { reach, ...rest } = changer[inside];
  return { ...changer, [inside]: { ...rest, reach: { ...reach, isDeleted: true } } };
}

type Before = { still: number; unchanged: number };

/** Last in the batch, so that endpoints are as the change leaves them. Empty if no organization's log has an entry. */
function eventsOf(grant: Changer, asked: object, { isIt, outbox }: { isIt: SQL | undefined; outbox: Outbox }) {
  const { db } = grant[inside];
  const tenant = "organizationId" in asked ? asked.organizationId : grant.organizationId;
  const own = typeof tenant === "string" || is(tenant, SQL) ? isIt : undefined;
  const entries = or(own, ...outbox.entries);
  if (entries === undefined) return {};
  const isOne = !outbox.isElsewhere && typeof tenant === "string";
  return { events: deliveryStatement(db, { entries, ...(isOne && { organizationId: tenant }) }) };
}

function withPrefix(part: string, statements: Named): [string, Statement][] {
  return Object.entries(statements).map(([name, statement]) => [`${part}.${name}`, statement]);
}

function isEffect(result: unknown): boolean {
  return Array.isArray(result) ? result.length > 0 : Object(result).rowsAffected > 0;
}

function listOf(where: SQL | Conditions | undefined): Conditions {
  return where === undefined || is(where, SQL) ? [where as SQL | undefined] : where;
}

function fromRows(table: SQLiteTable | undefined, where: SQL | undefined): SQL {
  return table === undefined ? sql`where ${where}` : sql`from ${table} where ${where}`;
}

function exists(table: SQLiteTable, where: SQL | undefined): SQL {
  return sql`exists (select 1 from ${table} where ${where})`;
}

function actingOf(grant: Changer): Acting {
  return { ...grant, db: grant[inside].db };
}

/** What to do after the batch. `entries` is SQL for entries besides the main one; `isElsewhere` if some are in other logs. */
type Outbox = { isFilled: boolean; entries: SQL[]; isElsewhere: boolean };

type WriterParts = { when: SQL; targetId: SQL<string>; outbox: Outbox };

/** Builds statements that have an effect only if the entry was written (in `first`: if the caller still has the right). */
export type Writer = ReturnType<typeof createWriter>;

function createWriter(grant: Changer, { when, targetId, outbox }: WriterParts) {
  const { db, reach } = grant[inside];
  const { now } = grant;
  return {
    isWritten: when,
    targetId,
    asks: <F extends Record<string, SQL>>(facts: F) =>
      db.all<Record<keyof F, number>>(
        sql`select ${sql.join(
          Object.entries(facts).map(([name, fact]) => sql`${fact} as ${sql.identifier(name)}`),
          sql`, `,
        )}`,
      ),
    insert: <T extends SQLiteTable & Tenanted>(table: T, row: NewRow<T>) =>
      db.run(insertSelect(table, withOwner(table, row, grant), when)),
    insertLoose: <T extends SQLiteTable>(table: T, row: NewRow<T>) => db.run(insertSelect(table, row, when)),
    update: <T extends SQLiteTable & Tenanted>(table: T, values: SQLiteUpdateSetSource<T>, ...which: Which<T>) =>
      db
        .update(table)
        .set(values)
        .where(and(within(table, reach), ...which, when)),
    remove: <T extends SQLiteTable & Tenanted>(table: T, ...which: Which<T>) =>
      db.delete(table).where(and(within(table, reach), ...which, when)),
    /** Updates all rows that the caller can reach. */
    updateAll: <T extends SQLiteTable & Tenanted>(table: T, values: SQLiteUpdateSetSource<T>) =>
      db
        .update(table)
        .set(values)
        .where(and(within(table, reach), when)),
    removeAll: <T extends SQLiteTable & Tenanted>(table: T) => db.delete(table).where(and(within(table, reach), when)),
    /** For rows that belong to neither the tenant nor the person. Each statement must include `when`. */
    unsafe: (_reason: string) => ({ db, when }),
    news: (news: Omit<News, "when">) => notificationStatement({ db, now, ...personIdOf(grant) }, { ...news, when }),
    /** Marks notifications as read that no longer need an answer. */
    closeNews: (which: SQL) => markClosed({ db, now }, and(which, when) as SQL),
    mail<Template extends MailTemplate>({ also, ...draft }: Mail<Template>) {
      outbox.isFilled = true;
      const { id = grant.newId(), locale = grant.locale, ...rest } = draft;
      const { organizationId } = grant;
      return mailStatement(db, {
        id,
        locale,
        organizationId,
        ...rest,
        when: and(when, also) as SQL,
      } as NewMail<Template>);
    },
    mailEach<Template extends MailTemplate>(draft: Omit<MailEach<Template>, "locale" | "organizationId" | "when">) {
      outbox.isFilled = true;
      return mailEachStatement(db, { locale: grant.locale, organizationId: grant.organizationId, ...draft, when });
    },
    entryForEach({ from, where, ...entry }: Omit<Entry, "from"> & { from: SQLiteTable; where: SQL | undefined }) {
      const each = auditEach(actingOf(grant), { ...entry, from: fromRows(from, and(where, when)) });
      outbox.entries.push(each.isOne);
      outbox.isElsewhere ||= entry.organizationId !== undefined;
      return each.entries;
    },
    searchable: (kind: Searched, named: { id: string; name: string }) =>
      searchStatement(db, kind, { ...named, where: within(kind.table, reach) }),
  };
}

type Mail<Template extends MailTemplate> = Omit<NewMail<Template>, "id" | "locale" | "organizationId" | "when"> & {
  id?: string;
  locale?: Locale;
  also?: SQL;
};

function personIdOf({ actor: { kind, id } }: Changer): { userId?: string } {
  return kind === "person" && typeof id === "string" ? { userId: id } : {};
}

/** In an organization, a row cannot name another owner. Outside, it can: even someone not signed in makes rows for others. */
function withOwner(table: Tenanted, row: Record<string, unknown>, grant: Changer) {
  const known = knownOf(table, grant);
  return { ...known, ...row, ...(grant[inside].reach.organization !== null && known) };
}

function knownOf(table: Tenanted, { [inside]: { reach } }: Changer): Record<string, unknown> {
  const { organization, person, maker, key } = belongingOf(table);
  const { organization: tenant, person: self, key: ownKey = null }: Reach = reach;
  return {
    ...(organization !== undefined && tenant !== null && { [organization]: tenant }),
    ...(person !== undefined && (organization === undefined || tenant === null) && { [person]: self }),
    ...(maker !== undefined && { [maker]: self }),
    ...(key !== undefined && { [key]: ownKey }),
  };
}

/** `insert … select`, since `values` cannot depend on a condition. */
function insertSelect(table: SQLiteTable, row: Record<string, unknown>, when: SQL): SQL {
  const columns = table as unknown as Record<string, AnySQLiteColumn>;
  const set = Object.entries(row).filter(([, value]) => value !== undefined);
  const names = set.map(([key]) => sql.identifier((columns[key] as AnySQLiteColumn).name));
  const values = set.map(([key, value]) => (isSQLWrapper(value) ? value : sql.param(value, columns[key])));
  return sql`insert into ${sql.identifier(getTableConfig(table).name)} (${sql.join(names, sql`, `)})
    select ${sql.join(values, sql`, `)} where ${when}`;
}
