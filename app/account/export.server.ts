import { and, asc, eq, getTableColumns, gt, or, type SQL, sql } from "drizzle-orm";
import type { AnySQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { auditEntry } from "#app/db/schema/audit.ts";
import { authenticator, backupCode, passkey } from "#app/db/schema/factors.ts";
import { image } from "#app/db/schema/gallery.ts";
import { mail } from "#app/db/schema/mail.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { invitation, member, organization } from "#app/db/schema/organizations.ts";
import { account, emailChange, failedAttempt, knownDevice, session, signUp, user } from "#app/db/schema/people.ts";
import type { Download } from "#app/request/download.ts";
import type { Fresh, Grant } from "#app/request/grant.server.ts";

const ROWS_PER_PIECE = 1_000;

type Section = {
  table: SQLiteTable;
  /** The columns that say whose a row is: by the person's id, or by their address. */
  byId?: AnySQLiteColumn[];
  byEmail?: AnySQLiteColumn[];
  /** What stands beside the table's own columns, such as where a file is. */
  more?: (appUrl: string) => Record<string, SQL>;
};

const inOrganization = (column: AnySQLiteColumn, of: AnySQLiteColumn) =>
  sql`(select ${column} from ${organization} where ${organization.id} = ${of})`;

/** Every table that holds something about a person. A test walks the schema for those that are missing. */
export const exportSections: Record<string, Section> = {
  account: {
    table: user,
    byId: [user.id],
    more: (appUrl) => ({ avatarUrl: sql`${`${appUrl}/files/people/`} || ${user.id} || '/' || ${user.image}` }),
  },
  signInMethods: { table: account, byId: [account.userId] },
  passkeys: { table: passkey, byId: [passkey.userId] },
  authenticatorApps: { table: authenticator, byId: [authenticator.userId] },
  backupCodes: { table: backupCode, byId: [backupCode.userId] },
  sessions: { table: session, byId: [session.userId] },
  knownDevices: { table: knownDevice, byId: [knownDevice.userId] },
  failedAttempts: { table: failedAttempt, byId: [failedAttempt.userId] },
  emailChanges: { table: emailChange, byId: [emailChange.userId] },
  signUps: { table: signUp, byEmail: [signUp.email] },
  memberships: {
    table: member,
    byId: [member.userId],
    more: () => ({ organization: inOrganization(organization.name, member.organizationId) }),
  },
  invitations: {
    table: invitation,
    byId: [invitation.inviterId],
    byEmail: [invitation.email],
    more: () => ({ organization: inOrganization(organization.name, invitation.organizationId) }),
  },
  images: {
    table: image,
    byId: [image.createdBy],
    more: (appUrl) => ({
      organization: inOrganization(organization.name, image.organizationId),
      fileUrl: sql`${`${appUrl}/files/`} || ${inOrganization(organization.slug, image.organizationId)} || '/images/' || ${image.id}`,
    }),
  },
  notifications: { table: notification, byId: [notification.userId] },
  auditEntries: { table: auditEntry, byId: [auditEntry.actorId] },
  mails: { table: mail, byId: [mail.userId], byEmail: [mail.recipient] },
};

/** Opens something, or is of use to nobody but the product. */
const SECRET = new Set([
  ...["token", "tokenHash", "undoTokenHash", "passwordHash", "password", "accessToken", "refreshToken", "idToken"],
  ...["codeHash", "deviceHash", "publicKey", "credentialId", "data", "lastError", "mailId"],
  ...["ipSalt", "ipDigest", "targetSalt", "targetDigest"],
]);

/** Everything about the person, as a file. */
export async function exportedAccount(_access: unknown, grant: Fresh<Grant<"self">>): Promise<Download> {
  return {
    name: `tenantry-account-${grant.now.toISOString().slice(0, 10)}.json`,
    type: "application/json; charset=utf-8",
    body: await grant.streamed(accountJson(grant)),
  };
}

/** Everything about the person as one object of JSON, in pieces: a member for each section, a list of rows in each. */
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

function piece({ unsafe, userId, appUrl }: Grant<"self">, section: Section, after: number) {
  const { table, byId = [], byEmail = [], more } = section;
  const columns = Object.entries(getTableColumns(table)).filter(([name]) => !SECRET.has(name));
  const rowid = sql<number>`${table}.rowid`;
  const isTheirs = or(
    ...byId.map((column) => eq(column, userId)),
    ...byEmail.map((column) => sql`${column} = (select ${user.email} from ${user} where ${user.id} = ${userId})`),
  );
  return unsafe("Each section says by which columns its rows are the person's.")
    .select({ ...Object.fromEntries(columns), ...more?.(appUrl), rowid })
    .from(table)
    .where(and(isTheirs, gt(rowid, after)))
    .orderBy(asc(rowid))
    .limit(ROWS_PER_PIECE);
}
