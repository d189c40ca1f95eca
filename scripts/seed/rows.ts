import { createHash } from "node:crypto";
import { DAY_MS, HOUR_MS } from "#app/durations.server.ts";
import type { auditEntry } from "../../app/db/schema/audit.ts";
import type { notification } from "../../app/db/schema/notifications.ts";
import type { invitation, member, organization } from "../../app/db/schema/organizations.ts";
import type { user } from "../../app/db/schema/people.ts";
import { digest, tokenFor } from "../../app/tokens.server.ts";
import type { DemoOrganization } from "./demo.ts";

const AGE = 30 * DAY_MS;

export type DemoRows = {
  organization: typeof organization.$inferInsert;
  users: (typeof user.$inferInsert)[];
  members: (typeof member.$inferInsert)[];
  invitations: (typeof invitation.$inferInsert)[];
  auditEntries: (typeof auditEntry.$inferInsert)[];
  notifications: (typeof notification.$inferInsert)[];
};

type Entry = (
  when: Date,
  actorId: string,
  action: string,
  target: { id: string; name: string },
  rest?: object,
) => typeof auditEntry.$inferInsert;

/** The people of a demo organization, when each one joined (milliseconds), and a function that makes an entry of its log. */
export type DemoLife = {
  organizationId: string;
  people: (DemoOrganization["people"][number] & { id: string; joined: number; joinedAs: string })[];
  owner: DemoLife["people"][number];
  founded: number;
  now: number;
  entry: Entry;
};

export function lifeOf(demo: DemoOrganization, now: number): DemoLife {
  const organizationId = demoId(demo.slug);
  const founded = now - AGE + HOUR_MS;
  const people = demo.people.map((person, index) => ({
    joinedAs: person.role,
    ...person,
    id: demoId(person.email),
    joined: founded + index * DAY_MS * 1.7,
  }));
  const [owner] = people;
  if (!owner) throw new Error(`${demo.slug} has no people.`);
  const entry: Entry = (when, actorId, action, target, rest = {}) => ({
    id: demoId(demo.slug, action, target.id, String(when.getTime())),
    organizationId,
    actorId,
    action,
    targetId: target.id,
    targetName: target.name,
    ipAddress: `203.0.113.${10 + people.findIndex(({ id }) => id === actorId)}`,
    createdAt: when,
    ...rest,
  });
  return { organizationId, people, owner, founded, now, entry };
}

/** The last month of an organization, with an audit entry for everything that happened. `secret` is the Worker's, for links. */
export function demoRows(demo: DemoOrganization, life: DemoLife, secret: string): DemoRows {
  const { organizationId, people, owner, founded, now, entry } = life;
  const users = people.map(({ id, name, email, joined }) => ({
    id,
    name,
    email,
    emailVerified: true,
    createdAt: at(joined),
  }));
  const members = people.map(({ id, role, joined }, index) => ({
    id: demoId(demo.slug, "member", id),
    organizationId,
    userId: id,
    role,
    lastActiveAt: at(now - index * 5 * HOUR_MS - HOUR_MS),
    createdAt: at(joined),
  }));
  const invitations = demo.invitations.map(({ email, role }, index) => ({
    id: demoId(demo.slug, "invitation", email),
    tokenHash: digest(tokenFor(secret, `invitation:${demoId(demo.slug, "invitation", email)}`)),
    organizationId,
    email,
    role,
    inviterId: owner.id,
    expiresAt: at(now + (6 - index) * DAY_MS),
    createdAt: at(now - (1 + index) * DAY_MS),
  }));
  const revoked = { id: demoId(demo.slug, "invitation", "revoked"), name: `revoked@${demo.slug}.test` };
  const auditEntries = [
    entry(at(founded), owner.id, "organization.created", { id: organizationId, name: demo.name }),
    ...people
      .slice(1)
      .flatMap((person) => [
        entry(
          at(person.joined - HOUR_MS),
          owner.id,
          "invitation.created",
          { id: demoId(person.id), name: person.email },
          { after: { role: person.joinedAs } },
        ),
        entry(at(person.joined), person.id, "member.joined", person, { after: { role: person.joinedAs } }),
      ]),
    ...people
      .filter(({ role, joinedAs }) => role !== joinedAs)
      .map((person) =>
        entry(at(person.joined + DAY_MS), owner.id, "member.role-changed", person, {
          before: { role: person.joinedAs },
          after: { role: person.role },
        }),
      ),
    ...invitations.map(({ id, email, role, createdAt }) =>
      entry(createdAt, owner.id, "invitation.created", { id, name: email }, { after: { role } }),
    ),
    // On these days, the receiver of the demo's webhook was down.
    entry(at(now - 9.9 * DAY_MS), owner.id, "invitation.created", revoked, { after: { role: "member" } }),
    entry(at(now - 8 * DAY_MS), owner.id, "invitation.revoked", revoked, { before: { role: "member" } }),
  ];
  const newcomers = people.slice(1).toReversed();
  const notifications = newcomers.map((person, index) => ({
    id: demoId(demo.slug, "notification", person.id).replaceAll("-", ""),
    userId: owner.id,
    type: "member-joined" as const,
    organizationId,
    organizationName: demo.name,
    actorId: person.id,
    role: person.joinedAs,
    readAt: index < 2 ? null : at(person.joined + HOUR_MS),
    createdAt: at(person.joined),
  }));
  const created = { name: demo.name, slug: demo.slug, createdAt: at(founded), updatedAt: at(founded) };
  return {
    organization: { id: organizationId, ...created },
    users,
    members,
    invitations,
    auditEntries,
    notifications,
  };
}

/** The same words give the same id, so seeding again replaces rows instead of adding more. */
export function demoId(...words: string[]): string {
  const hex = createHash("sha256").update(words.join("/")).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const at = (time: number) => new Date(Math.round(time));
