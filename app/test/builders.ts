import { and, eq } from "drizzle-orm";
import { hashPassword } from "#app/auth/passwords/password-hash.server.ts";
import type { Database } from "#app/db/client.server.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import { invitation, inviteLink, member, organization } from "#app/db/schema/organizations.ts";
import { account, session, user } from "#app/db/schema/people.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { keptOf, newKeySecret } from "#app/key-secret.server.ts";
import { permissions as allPermissions, type Permission, reachOf } from "#app/tenancy/permissions.ts";
import { digest } from "#app/tokens.server.ts";

export type Person = typeof user.$inferSelect;
export type Organization = typeof organization.$inferSelect;
export type Invitation = typeof invitation.$inferSelect;
export type Session = typeof session.$inferSelect;
type Role = (typeof member.$inferSelect)["role"];

/** A person with a unique, verified address and no way to sign in. */
export async function aPerson(db: Database, values: Partial<typeof user.$inferInsert> = {}): Promise<Person> {
  return only(await db.insert(user).values(personRow(values)).returning());
}

function personRow(values: Partial<typeof user.$inferInsert>) {
  const id = values.id ?? crypto.randomUUID();
  return { id, name: "Ada Example", email: `${id}@person.test`, emailVerified: true, ...values };
}

/** Lets a person sign in with a password. Hashing is slow, so each password is hashed once per run. */
export async function withPassword(db: Database, person: Person, password: string): Promise<Person> {
  const hash = hashes.get(password) ?? hashPassword(password);
  hashes.set(password, hash);
  const values = { providerId: "credential", accountId: person.id, password: await hash };
  await db.insert(account).values({ id: crypto.randomUUID(), userId: person.id, ...values });
  return person;
}

const hashes = new Map<string, Promise<string>>();

export type OrganizationValues = Partial<typeof organization.$inferInsert> & {
  members?: { person: Person; role: Role }[];
};

/** An organization with a unique slug and the given members. */
export async function anOrganization(
  db: Database,
  { members = [], ...values }: OrganizationValues = {},
): Promise<Organization> {
  const id = values.id ?? crypto.randomUUID();
  const making = db
    .insert(organization)
    .values({ id, name: "Example Works", slug: `example-${id}`, ...values })
    .returning();
  if (members.length === 0) return only(await making);
  const joining = members.map(({ person, role }) => {
    return { id: crypto.randomUUID(), organizationId: id, userId: person.id, role };
  });
  const [rows] = await db.batch([making, db.insert(member).values(joining)]);
  return only(rows);
}

/** Adds a member for each of these roles, in this order, each with a live session, in one round trip. */
export async function members(
  db: Database,
  { organizationId, roles }: { organizationId: string; roles: readonly Role[] },
): Promise<{ person: Person; member: string; session: Session }[]> {
  const joining = roles.map((role, at) => {
    const person = personRow({ name: `Some ${role}` });
    // The rows of one statement would all have the same time, and the time decides who came first.
    const createdAt = new Date(Date.now() - roles.length + at);
    const row = { id: crypto.randomUUID(), organizationId, userId: person.id, role, createdAt };
    return { person, row, session: sessionRow(person.id) };
  });
  const [persons, , sessions] = await db.batch([
    db
      .insert(user)
      .values(joining.map(({ person }) => person))
      .returning(),
    db.insert(member).values(joining.map(({ row }) => row)),
    db
      .insert(session)
      .values(joining.map(({ session }) => session))
      .returning(),
  ]);
  return joining.map(({ person: { id }, row }) => ({
    person: only(persons.filter((person) => person.id === id)),
    member: row.id,
    session: only(sessions.filter(({ userId }) => userId === id)),
  }));
}

/** A live session of a person who has just signed in. It lasts seven days unless `values` says otherwise. */
export async function aSession(
  db: Database,
  person: Person,
  values: Partial<typeof session.$inferInsert> = {},
): Promise<Session> {
  return only(await db.insert(session).values(sessionRow(person.id, values)).returning());
}

function sessionRow(userId: string, values: Partial<typeof session.$inferInsert> = {}) {
  return {
    id: crypto.randomUUID(),
    token: crypto.randomUUID(),
    userId,
    provenAt: new Date(),
    lastSeenAt: new Date(),
    expiresAt: new Date(Date.now() + 7 * DAY_MS),
    ...values,
  };
}

/** An open invitation from an owner to a unique address, for a week. Its link works with `token`, which can be any text. */
export async function anInvitation(
  db: Database,
  { organization: { id: organizationId }, token = crypto.randomUUID(), ...values }: InvitationValues,
): Promise<Invitation & { token: string }> {
  const id = values.id ?? crypto.randomUUID();
  const rows = await db
    .insert(invitation)
    .values({
      id,
      tokenHash: digest(token),
      organizationId,
      email: `${id}@person.test`,
      role: "member",
      expiresAt: new Date(Date.now() + 7 * DAY_MS),
      ...(!("inviterId" in values || "inviterKeyId" in values) && { inviterId: await anOwnerOf(db, organizationId) }),
      ...values,
    })
    .returning();
  return { ...only(rows), token };
}

/** The first owner, or a new one if there is none: an invitation is valid only while its sender may invite. */
async function anOwnerOf(db: Database, organizationId: string): Promise<string> {
  const isOwner = and(eq(member.organizationId, organizationId), eq(member.role, "owner"));
  const [first] = await db.select({ id: member.userId }).from(member).where(isOwner).orderBy(member.createdAt).limit(1);
  if (first !== undefined) return first.id;
  const { id } = await aPerson(db);
  await db.insert(member).values({ id: crypto.randomUUID(), organizationId, userId: id, role: "owner" });
  return id;
}

type InvitationValues = Partial<typeof invitation.$inferInsert> & { organization: Organization; token?: string };

/** An open link for ten people, for a week. It works with `token` as long as `createdBy` is an owner or admin there. */
export async function anInviteLink(
  db: Database,
  {
    token = crypto.randomUUID(),
    ...values
  }: Partial<typeof inviteLink.$inferInsert> & { organizationId: string; createdBy: string; token?: string },
) {
  const made = { tokenHash: digest(token), prefix: token.slice(0, 6), maximumUses: 10 };
  const expiresAt = new Date(Date.now() + 7 * DAY_MS);
  const rows = await db
    .insert(inviteLink)
    .values({ id: crypto.randomUUID(), ...made, expiresAt, ...values })
    .returning();
  return { ...only(rows), token };
}

function only<Row>(rows: Row[]): Row {
  const [row] = rows;
  if (!row) throw new Error("The insert returned no row.");
  return row;
}

type KeyValues = Partial<typeof apiKey.$inferInsert> & { organizationId: string };

/** A live key with the permissions of a member, unless `values` says otherwise, and its secret. */
export async function aKey(db: Database, values: KeyValues) {
  const secret = newKeySecret();
  const permissions = (Object.keys(allPermissions) as Permission[]).filter(
    (each) => reachOf("member", each) !== "none",
  );
  const rows = await db
    .insert(apiKey)
    .values({ id: crypto.randomUUID(), name: "Nightly import", permissions, ...keptOf(secret), ...values })
    .returning();
  return { ...only(rows), secret };
}
