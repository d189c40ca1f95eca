import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { change } from "#app/change/change.server.ts";
import { rateLimit } from "#app/db/schema/limits.ts";
import { invitation } from "#app/db/schema/organizations.ts";
import { form, page } from "#app/request/doors.server.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import type { Fresh, Grant, Scope, SteppingUp } from "./grant.server.ts";
import { changeLimit } from "./limits.server.ts";
import { read, write } from "./operation.server.ts";
import { planOf } from "./plan.ts";

const nothing = () => planOf(null);
declare function removeInvitation(grant: Grant<"invitation:delete">): Promise<{ ok: true }>;

read({ validate: InOrganization, authenticate: "session", authorize: "dashboard:read", execute: nothing });
read({ validate: z.unknown(), authenticate: "none", authorize: "public", execute: nothing });

// @ts-expect-error validate is missing
read({ authenticate: "session", authorize: "dashboard:read", execute: nothing });
// @ts-expect-error authenticate is missing
read({ validate: InOrganization, authorize: "dashboard:read", execute: nothing });
// @ts-expect-error authorize is missing
read({ validate: InOrganization, authenticate: "session", execute: nothing });
// @ts-expect-error execute is missing
read({ validate: InOrganization, authenticate: "session", authorize: "dashboard:read" });
// @ts-expect-error no such permission
read({ validate: InOrganization, authenticate: "session", authorize: "invitation:admire", execute: nothing });
// @ts-expect-error a permission needs a live session
read({ validate: InOrganization, authenticate: "optional", authorize: "dashboard:read", execute: nothing });
// @ts-expect-error what is the person's own needs a live session
read({ validate: z.unknown(), authenticate: "none", authorize: "self", execute: nothing });
const Paged = z.object({ page: z.number() });
// @ts-expect-error a member route says which organization
read({ validate: Paged, authenticate: "session", authorize: "dashboard:read", execute: nothing });
const Unchecked = z.object({ organization: z.string() });
// @ts-expect-error an organization is a checked slug, not any string
read({ validate: Unchecked, authenticate: "session", authorize: "dashboard:read", execute: nothing });
// @ts-expect-error what may be anything is not validated
read({ validate: z.any(), authenticate: "session", authorize: "dashboard:read", execute: nothing });
const HalfChecked = InOrganization.extend({ page: z.any() });
// @ts-expect-error nor is a field that may be anything
read({ validate: HalfChecked, authenticate: "session", authorize: "dashboard:read", execute: nothing });
// @ts-expect-error a read describes; it does not run
read({ validate: z.unknown(), authenticate: "none", authorize: "public", execute: async () => ({ rows: [] }) });

write({
  validate: InOrganization,
  authenticate: "session",
  authorize: "invitation:delete",
  limit: changeLimit,
  execute: (grant) => removeInvitation(grant),
  refused: {},
});

write({
  validate: InOrganization,
  authenticate: "session",
  authorize: "dashboard:read",
  limit: changeLimit,
  // @ts-expect-error the verb needs a larger grant than the route asked for
  execute: (grant) => removeInvitation(grant),
  refused: {},
});

write({
  validate: InOrganization,
  authenticate: "session",
  authorize: "invitation:delete",
  limit: changeLimit,
  execute: async () => ({ ok: false, reason: "not-found" }) as const,
  // @ts-expect-error a reason that execute gives is not put into words
  refused: {},
});

// @ts-expect-error a grant is made by the pipeline alone
void removeInvitation({ organizationId: "acme", userId: "me", role: "owner" });

declare const smaller: Grant<"dashboard:read">;
// @ts-expect-error one permission is not another
void removeInvitation(smaller);

declare function changePassword(grant: Fresh<Grant<"self">>): Promise<{ ok: true }>;

write({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  limit: changeLimit,
  execute: changePassword,
  refused: {},
});

write({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  // @ts-expect-error what a stolen cookie must not do asks for a fresh proof
  execute: changePassword,
  refused: {},
});

// @ts-expect-error only a session can be fresh
read({ validate: z.unknown(), authenticate: "fresh", authorize: "public", execute: nothing });

declare function removeMember(
  grant: SteppingUp<Grant<"member:delete">>,
): Promise<{ ok: true } | { ok: false; reason: "stale" | "not-found" }>;
const gone = { status: 404, message: () => "gone" } as const;

write({
  validate: InOrganization,
  authenticate: "stepping-up",
  authorize: "member:delete",
  limit: changeLimit,
  execute: removeMember,
  // "stale" is answered by the pipeline.
  refused: { "not-found": gone },
});

write({
  validate: InOrganization,
  authenticate: "session",
  authorize: "member:delete",
  limit: changeLimit,
  // @ts-expect-error a part of it needs a fresh proof, which this route never asks for
  execute: removeMember,
  refused: { "not-found": gone },
});

// @ts-expect-error a write says how often, or why it needs no limit
write({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: async () => ({ ok: true }) as const,
  refused: {},
});

// @ts-expect-error a door opens an operation, not anything that answers
page(async () => ({ rows: [] }));
// @ts-expect-error nor what looks like one, whose steps nobody has checked against each other
page({ kind: "read", validate: z.unknown(), authenticate: "none", authorize: "gallery:read", execute: nothing });
// @ts-expect-error a form is no door to a read
form(read({ validate: z.unknown(), authenticate: "none", authorize: "public", execute: nothing }), {
  leads: () => "/",
});

declare const scope: Scope<"dashboard:read">;
scope.select({ id: invitation.id }).from(invitation);
// @ts-expect-error a table that belongs to nobody is reached by `unsafe` alone, with a reason
scope.select({ key: rateLimit.key }).from(rateLimit);
// @ts-expect-error a scope is no database
scope.db;

declare const grant: Grant<"invitation:create">;
// @ts-expect-error a grant is no database
grant.db;
// @ts-expect-error nor does it write: `change` does
grant.commit([]);
// @ts-expect-error whether the right still stands is asked by `change`
grant.stillMay;

const values = {
  id: "1",
  tokenHash: "a digest",
  email: "ada@person.test",
  role: "member",
  expiresAt: new Date(),
} as const;
change(grant, { action: "invitation.created", makes: (entry) => ({ row: entry.insert(invitation, values) }) });
// @ts-expect-error a row lacks what the table wants
change(grant, { action: "invitation.created", makes: (entry) => ({ row: entry.insert(invitation, { id: "1" }) }) });
// @ts-expect-error nothing is written over a table that belongs to nobody
change(grant, { action: "invitation.created", makes: (entry) => ({ row: entry.remove(rateLimit) }) });
// @ts-expect-error a change has its entry, or says why no log tells of it
change(grant, { makes: (entry) => ({ row: entry.insert(invitation, values) }) });
// @ts-expect-error no log knows such an action
change(grant, { action: "invitation.admired", makes: (entry) => ({ row: entry.insert(invitation, values) }) });

const isThis = eq(invitation.id, "1");
const revoked = { status: "revoked" } as const;
change(grant, { action: "invitation.revoked", makes: (entry) => ({ row: entry.update(invitation, revoked, isThis) }) });
change(grant, { action: "invitation.revoked", makes: (entry) => ({ rows: entry.removeAll(invitation) }) });
// @ts-expect-error which of them is said
change(grant, { action: "invitation.revoked", makes: (entry) => ({ rows: entry.update(invitation, revoked) }) });
// @ts-expect-error which of them is said
change(grant, { action: "invitation.revoked", makes: (entry) => ({ rows: entry.remove(invitation) }) });
// @ts-expect-error a condition that may be missing would be all of them
change(grant, { action: "invitation.revoked", makes: (entry) => ({ rows: entry.remove(invitation, and(isThis)) }) });
// @ts-expect-error which of them it is about is said
change(grant, { action: "invitation.revoked", from: invitation, makes: () => ({}) });

declare const reading: Grant<"member:read">;
// @ts-expect-error a grant to read changes nothing that a log tells of
change(reading, { action: "invitation.revoked", makes: (entry) => ({ rows: entry.remove(invitation, isThis) }) });
