import { and, asc, desc, eq, getTableColumns, gte, inArray, lt, lte, ne, type SQL, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { jsonObject } from "#app/db/json-object.server.ts";
import { mail, mailOptOut } from "#app/db/schema/mail.ts";
import { member } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { DAY_MS, MINUTE_MS } from "#app/durations.server.ts";
import { loadLanguage } from "#app/i18n/load-language.server.ts";
import type { Locale } from "#app/i18n/locale.ts";
import { offeredLocale } from "#app/i18n/offered.ts";
import { parseTimeZone } from "#app/i18n/time-zone.ts";
import { outageOf } from "#app/outside/outage.ts";
import { MAIL_ATTEMPTS, MAILS_KEPT_DAYS, RETRY_PAUSES_MINUTES, UNASKED_MAILS_PER_DAY } from "./limits.ts";
import { type MailTransport, MailTransportError } from "./mail.ts";
import { isOptionalMail } from "./optional-mails.ts";
import { renderMail } from "./render.server.tsx";
import { isMailTemplate, type MailTemplate, type MailTemplates } from "./templates.ts";
import { type TokenFor, unsubscribePath } from "./unsubscribe-link.server.ts";

// One subrequest per mail; a Worker on the free plan has 50 for a whole request.
const MAILS_PER_RUN = 20;

export type NewMail<Template extends MailTemplate> = {
  id: string;
  recipient: string | SQL;
  about?: string | SQL;
  /** For a recipient who has chosen no language: the language of the person who causes the mail. */
  locale: Locale | SQL;
  template: Template;
  data: { [Name in keyof MailTemplates[Template]]: MailTemplates[Template][Name] | SQL };
  /** The organization that the mail is from, which its recipient may have muted. */
  organizationId?: string | undefined;
  when?: SQL;
  /** SQL that is true in a browser that the account knows: what people request for themselves is always sent. */
  asked?: SQL;
};

/**
 * An address gets a limited number of the mails of each group a day, so that nobody can flood it. Security mails have their own
 * groups, so that nobody can suppress them by using up the limit first. What programs cause does not use up the limit for links.
 * Null if nothing holds the mail back: only what happened to the account itself.
 */
const groups: Record<MailTemplate, "others" | "programs" | "keys" | "left" | null> = {
  "verify-email": "others",
  "sign-up-attempt": "others",
  "reset-password": "others",
  "sign-in-code": "others",
  "confirm-email": "others",
  "email-attempt": "others",
  invitation: "others",
  "role-changed": "others",
  "member-removed": "others",
  "sessions-ended": "others",
  "ownership-transferred": "others",
  "webhook-disabled": "programs",
  "key-expires": "programs",
  "key-created": "keys",
  "key-maker-left": "left",
  "webhook-maker-left": "left",
  "security-changed": null,
  "new-device": null,
  "failed-attempts": null,
  "email-changed": null,
};

export function mailStatement<Template extends MailTemplate>(db: Database, draft: NewMail<Template>) {
  const { id, recipient, about = null, locale, template, data, when = sql`true`, asked = sql`false` } = draft;
  const reader = sql`(select ${user.id} from ${user} where ${user.email} = ${recipient})`;
  const isWanted = isWantedBy(reader, draft);
  const isEnough = isEnoughFor(recipient, { template, asked });
  // Due since 1970: with the database's clock, a Worker whose clock is behind would leave the mail to the schedule.
  return db.run(sql`
    insert into ${mail} (id, recipient, user_id, locale, template, data, next_attempt_at)
    select ${id}, ${recipient}, ${about}, coalesce((select ${user.locale} from ${user} where ${user.email} = ${recipient}), ${locale}),
      ${template}, ${jsonObject(data)}, 0 where ${when} and not ${isEnough} and ${isWanted}`);
}

function isEnoughFor(recipient: string | SQL, { template, asked }: { template: MailTemplate; asked: SQL }): SQL {
  const group = groups[template];
  if (group === null) return sql`false`;
  const together = Object.entries(groups).flatMap(([each, own]) => (own === group ? [each] : []));
  return sql`(not ${asked} and (
    select count(*) from mail as lately where lately.recipient = ${recipient} and lately.template in ${together}
      and lately.created_at > unixepoch('subsec') * 1000 - ${DAY_MS}) >= ${UNASKED_MAILS_PER_DAY})`;
}

/** Checked by the statement that writes the mail, so that a choice made a moment before counts. */
function isWantedBy(reader: SQL, { template, organizationId }: Pick<NewMail<MailTemplate>, Asking>): SQL {
  if (!isOptionalMail(template)) return sql`true`;
  return sql`not exists (
      select 1 from ${mailOptOut} where ${mailOptOut.userId} = ${reader} and ${mailOptOut.template} = ${template})
    and not exists (
      select 1 from ${member} where ${member.organizationId} = ${organizationId ?? null} and ${member.userId} = ${reader}
        and ${member.mutedAt} is not null)`;
}

type Asking = "template" | "organizationId";

export type MailEach<Template extends MailTemplate> = Pick<NewMail<Template>, "locale" | "data" | "asked" | Asking> & {
  /** A `select` that returns the `user_id` of each recipient. In `data`, its other columns are `recipient.…`. */
  to: SQL;
  when: SQL;
};

/** One mail to each of several people. */
export function mailEachStatement<Template extends MailTemplate>(db: Database, draft: MailEach<Template>) {
  const { to, locale, template, data, asked = sql`false`, when } = draft;
  const isEnough = isEnoughFor(sql`person.email`, { template, asked });
  return db.run(sql`
    insert into ${mail} (id, recipient, locale, template, data, next_attempt_at)
    select lower(hex(randomblob(16))), person.email, coalesce(person.locale, ${locale}), ${template}, ${jsonObject(data)}, 0
    from (${to}) as recipient join user as person on person.id = recipient.user_id
    where ${when} and not ${isEnough} and ${isWantedBy(sql`person.id`, draft)}`);
}

export type Delivery = {
  db: Database;
  transport: MailTransport;
  tokenFor: TokenFor;
  appUrl: string;
  /** The languages offered here. A language that is no longer offered is not used, even if the recipient chose it. */
  languages: readonly Locale[];
  now: Date;
  limit?: number;
  /** The order of mails never tried. A request sends its newest first: nobody waits for a link behind the mails of others. */
  first: "newest" | "oldest";
};

/** Sends what is due. Concurrent runs share the work: no mail is tried by two of them. */
export async function deliverDueMail(delivery: Delivery): Promise<void> {
  const { db, now, limit = MAILS_PER_RUN, first: order } = delivery;
  const claimed = await claimDueMail(db, { now, limit, order });
  const results = await Promise.all(claimed.map((row) => deliver(delivery, row)));
  const [first, ...rest] = results.map((result) => settle(db, now, result));
  if (first) await db.batch([first, ...rest]);
}

export async function forgetOldMail({ db, now }: { db: Database; now: Date }): Promise<void> {
  const before = new Date(now.getTime() - MAILS_KEPT_DAYS * DAY_MS);
  await db.delete(mail).where(and(lt(mail.createdAt, before), ne(mail.status, "waiting")));
}

/** Both are of the account that the mail is sent to. */
type Row = typeof mail.$inferSelect & { timeZone: string | null; reader: string | null };

const timeZone = sql<string | null>`(
  select coalesce(${user.timeZone}, ${user.browserTimeZone}) from ${user} where ${user.email} = ${mail.recipient}
)`;
const reader = sql<string | null>`(select ${user.id} from ${user} where ${user.email} = ${mail.recipient})`;
type Result = { row: Row; error: string | null };

const pauses = RETRY_PAUSES_MINUTES.map((minutes, attempts) => sql`when ${attempts} then ${minutes * MINUTE_MS}`);
const lastPause = RETRY_PAUSES_MINUTES[RETRY_PAUSES_MINUTES.length - 1] ?? 0;
const pauseAfterThisAttempt = sql`case ${mail.attempts} ${sql.join(pauses, sql` `)} else ${lastPause * MINUTE_MS} end`;

/** Claiming moves the next attempt ahead, so a run that dies midway costs the mail one pause and one attempt. */
async function claimDueMail(
  db: Database,
  { now, limit, order }: { now: Date; limit: number; order: Delivery["first"] },
): Promise<Row[]> {
  const isDue = and(eq(mail.status, "waiting"), lte(mail.nextAttemptAt, now));
  const due = db
    .select({ id: mail.id })
    .from(mail)
    .where(and(isDue, lt(mail.attempts, MAIL_ATTEMPTS)))
    .orderBy(asc(mail.nextAttemptAt), order === "newest" ? desc(mail.createdAt) : asc(mail.createdAt))
    .limit(limit);
  const [, claimed] = await db.batch([
    db
      .update(mail)
      .set({ status: "given-up", data: {} })
      .where(and(isDue, gte(mail.attempts, MAIL_ATTEMPTS))),
    db
      .update(mail)
      .set({ attempts: sql`${mail.attempts} + 1`, nextAttemptAt: sql`${now.getTime()} + ${pauseAfterThisAttempt}` })
      .where(inArray(mail.id, due))
      .returning({ ...getTableColumns(mail), timeZone, reader }),
  ]);
  return claimed;
}

async function deliver({ transport, tokenFor, appUrl, languages }: Delivery, row: Row): Promise<Result> {
  try {
    if (!isMailTemplate(row.template)) throw new MailTransportError(`There is no mail template "${row.template}"`);
    const locale = offeredLocale(languages, row.locale);
    await loadLanguage(locale);
    const zone = parseTimeZone(row.timeZone) ?? undefined;
    const offUrl =
      row.reader !== null && isOptionalMail(row.template)
        ? appUrl + unsubscribePath({ person: row.reader, mail: row.template }, tokenFor)
        : null;
    const written = await renderMail(row.template, row.data, { locale, zone, appUrl, offUrl });
    await transport.send({ id: row.id, to: row.recipient, ...written, headers: headersOf(offUrl) });
    return { row, error: null };
  } catch (error) {
    return { row, error: reasonOf(error) };
  }
}

/** Headers with which mail programs show their own unsubscribe button: RFC 2369, and RFC 8058 for one click. */
function headersOf(offUrl: string | null): Record<string, string> {
  if (offUrl === null) return {};
  return { "List-Unsubscribe": `<${offUrl}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}

// Messages of other errors can quote what was sent: the address, and the link with its secret.
function reasonOf(error: unknown): string {
  if (error instanceof MailTransportError) return error.message;
  const outage = outageOf(error);
  if (outage !== null) return outage.message;
  return error instanceof Error ? error.name : "Unknown";
}

function settle(db: Database, now: Date, { row, error }: Result) {
  const isOurs = and(eq(mail.id, row.id), eq(mail.attempts, row.attempts));
  if (error === null) {
    return db.update(mail).set({ status: "sent", sentAt: now, data: {}, lastError: null }).where(isOurs);
  }
  const isLast = row.attempts >= MAIL_ATTEMPTS;
  const line = JSON.stringify({ level: isLast ? "error" : "warn", mail: row.id, attempt: row.attempts, fault: error });
  if (isLast) console.error(line);
  else console.warn(line);
  return db
    .update(mail)
    .set({ lastError: error, ...(isLast && { status: "given-up" as const, data: {} }) })
    .where(isOurs);
}
