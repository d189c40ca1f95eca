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
import { type Plan, planOf } from "./plan.ts";

const nothing = () => planOf(null);
declare function removeInvitation(grant: Grant<"invitation:delete">): Promise<{ ok: true }>;

read({ validate: InOrganization, authenticate: "session", authorize: "dashboard:read", execute: nothing });
read({ validate: z.unknown(), authenticate: "none", authorize: "public", execute: nothing });

declare function listRows(scope: Scope<"dashboard:read">, input: z.infer<typeof OneRow>): Plan<{ id: string }>;
declare function removeRow(
  grant: Fresh<Grant<"invitation:delete">>,
  input: z.infer<typeof OneRow>,
): Promise<{ ok: true }>;
const OneRow = InOrganization.extend({ row: z.string() });

// The error is in the line of the call, where the compiler says which step is missing, and not at a step that depends on it.
// @ts-expect-error validate is missing
read({
  authenticate: "session",
  authorize: "dashboard:read",
  execute: listRows,
  answer: ({ id }, { organization }, { row }) => ({ id, organization, row }),
});
// @ts-expect-error authenticate is missing
read({
  validate: OneRow,
  authorize: "dashboard:read",
  execute: listRows,
  answer: ({ id }, { organization }) => ({ id, organization }),
});
// @ts-expect-error authorize is missing
read({
  validate: OneRow,
  authenticate: "session",
  execute: (scope, { row, ...rest }) => listRows(scope, { row, ...rest }),
});
// @ts-expect-error execute is missing
read({
  validate: OneRow,
  authenticate: "session",
  authorize: "dashboard:read",
  answer: (_found, { organization }) => ({ organization }),
});
// @ts-expect-error validate is missing
write({
  authenticate: "fresh",
  authorize: "invitation:delete",
  limit: changeLimit,
  execute: removeRow,
  refused: {},
});
// @ts-expect-error authenticate is missing
write({
  validate: OneRow,
  authorize: "invitation:delete",
  limit: changeLimit,
  execute: removeRow,
  refused: {},
});
// @ts-expect-error authorize is missing
write({
  validate: OneRow,
  authenticate: "fresh",
  limit: changeLimit,
  execute: (grant, { row, ...rest }) => removeRow(grant, { row, ...rest }),
  refused: {},
});
// @ts-expect-error execute is missing
write({
  validate: OneRow,
  authenticate: "fresh",
  authorize: "invitation:delete",
  limit: changeLimit,
  refused: {},
});

// A misspelled key is the only error, in its own line.
read({
  // @ts-expect-error "validate" is misspelled
  validation: OneRow,
  authenticate: "session",
  authorize: "dashboard:read",
  execute: (scope, { row, ...rest }) => listRows(scope, { row, ...rest }),
  answer: ({ id }, { organization }, { row }) => ({ id, organization, row }),
});
read({
  validate: OneRow,
  // @ts-expect-error "authenticate" is misspelled
  authentication: "session",
  authorize: "dashboard:read",
  execute: listRows,
  answer: ({ id }, { organization }) => ({ id, organization }),
});
read({
  validate: OneRow,
  authenticate: "session",
  // @ts-expect-error "authorize" is misspelled
  authorise: "dashboard:read",
  execute: (scope, { row, ...rest }) => listRows(scope, { row, ...rest }),
});
read({
  validate: OneRow,
  authenticate: "session",
  authorize: "dashboard:read",
  // @ts-expect-error "execute" is misspelled
  exec: listRows,
  answer: (_found, { organization }) => ({ organization }),
});
read({
  validate: OneRow,
  authenticate: "session",
  authorize: "dashboard:read",
  execute: listRows,
  // @ts-expect-error "answer" is misspelled
  anwser: () => ({}),
});
write({
  // @ts-expect-error "validate" is misspelled
  validates: OneRow,
  authenticate: "fresh",
  authorize: "invitation:delete",
  limit: changeLimit,
  execute: removeRow,
  refused: {},
});
write({
  validate: OneRow,
  // @ts-expect-error "authenticate" is misspelled
  autenticate: "fresh",
  authorize: "invitation:delete",
  limit: changeLimit,
  execute: removeRow,
  refused: {},
});
write({
  validate: OneRow,
  authenticate: "fresh",
  // @ts-expect-error "authorize" is misspelled
  authorise: "invitation:delete",
  limit: changeLimit,
  execute: (grant, { row, ...rest }) => removeRow(grant, { row, ...rest }),
  refused: {},
});
write({
  validate: OneRow,
  authenticate: "fresh",
  authorize: "invitation:delete",
  limit: changeLimit,
  // @ts-expect-error "execute" is misspelled
  exec: removeRow,
  refused: {},
});
write({
  validate: OneRow,
  authenticate: "fresh",
  authorize: "invitation:delete",
  // @ts-expect-error "limit" is misspelled
  limits: changeLimit,
  execute: removeRow,
  refused: {},
});
write({
  validate: OneRow,
  authenticate: "fresh",
  authorize: "invitation:delete",
  limit: changeLimit,
  execute: removeRow,
  // @ts-expect-error "refused" is misspelled
  refuses: {},
});
// @ts-expect-error a step that is undefined is left out
read({ validate: OneRow, authenticate: "session", authorize: undefined, execute: listRows });
// @ts-expect-error no such permission
read({ validate: InOrganization, authenticate: "session", authorize: "invitation:admire", execute: nothing });
// @ts-expect-error a permission needs a live session
read({ validate: InOrganization, authenticate: "optional", authorize: "dashboard:read", execute: nothing });
// @ts-expect-error "self" needs a live session
read({ validate: z.unknown(), authenticate: "none", authorize: "self", execute: nothing });
const Paged = z.object({ page: z.number() });
// @ts-expect-error a permission needs an organization in the input
read({ validate: Paged, authenticate: "session", authorize: "dashboard:read", execute: nothing });
const Unchecked = z.object({ organization: z.string() });
// @ts-expect-error an organization is a checked slug, not any string
read({ validate: Unchecked, authenticate: "session", authorize: "dashboard:read", execute: nothing });
// @ts-expect-error a schema of `any` validates nothing
read({ validate: z.any(), authenticate: "session", authorize: "dashboard:read", execute: nothing });
const HalfChecked = InOrganization.extend({ page: z.any() });
// @ts-expect-error nor does a field of `any`
read({ validate: HalfChecked, authenticate: "session", authorize: "dashboard:read", execute: nothing });
// @ts-expect-error a read returns a plan and runs nothing itself
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
  // @ts-expect-error the verb needs a larger grant than the operation asks for
  execute: (grant) => removeInvitation(grant),
  refused: {},
});

write({
  validate: InOrganization,
  authenticate: "session",
  authorize: "invitation:delete",
  limit: changeLimit,
  execute: async () => ({ ok: false, reason: "not-found" }) as const,
  // @ts-expect-error `refused` has no words for a reason that `execute` returns
  refused: {},
});

// @ts-expect-error only the pipeline makes a grant
void removeInvitation({ organizationId: "acme", userId: "me", role: "owner" });

declare const smaller: Grant<"dashboard:read">;
// @ts-expect-error a grant for one permission is not a grant for another
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
  // @ts-expect-error the verb needs a fresh proof, which a stolen cookie cannot give
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
  // The pipeline itself responds to "stale".
  refused: { "not-found": gone },
});

write({
  validate: InOrganization,
  authenticate: "session",
  authorize: "member:delete",
  limit: changeLimit,
  // @ts-expect-error part of the verb needs a fresh proof, which this operation never asks for
  execute: removeMember,
  refused: { "not-found": gone },
});

// @ts-expect-error a write declares a limit, or why it needs none
write({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: async () => ({ ok: true }) as const,
  refused: {},
});

// @ts-expect-error a door opens an operation, not just any function
page(async () => ({ rows: [] }));
// @ts-expect-error nor an object that only looks like one: nothing has checked that its steps fit together
page({ kind: "read", validate: z.unknown(), authenticate: "none", authorize: "gallery:read", execute: nothing });
// @ts-expect-error a form does not open a read
form(read({ validate: z.unknown(), authenticate: "none", authorize: "public", execute: nothing }), {
  leads: () => "/",
});

declare const scope: Scope<"dashboard:read">;
scope.select({ id: invitation.id }).from(invitation);
// @ts-expect-error a table without a tenant or a person can only be reached with `unsafe` and a reason
scope.select({ key: rateLimit.key }).from(rateLimit);
// @ts-expect-error a scope does not give access to the database
scope.db;

declare const grant: Grant<"invitation:create">;
// @ts-expect-error a grant does not give access to the database
grant.db;
// @ts-expect-error nor does it write: only `change` does
grant.commit([]);
// @ts-expect-error only `change` checks whether the caller still has the right
grant.stillMay;

const values = {
  id: "1",
  tokenHash: "a digest",
  email: "ada@person.test",
  role: "member",
  expiresAt: new Date(),
} as const;
change(grant, { action: "invitation.created", makes: (entry) => ({ row: entry.insert(invitation, values) }) });
// @ts-expect-error the row lacks columns that the table requires
change(grant, { action: "invitation.created", makes: (entry) => ({ row: entry.insert(invitation, { id: "1" }) }) });
// @ts-expect-error a table without a tenant or a person cannot be written
change(grant, { action: "invitation.created", makes: (entry) => ({ row: entry.remove(rateLimit) }) });
// @ts-expect-error a change has an entry in the log, or says why it has none
change(grant, { makes: (entry) => ({ row: entry.insert(invitation, values) }) });
// @ts-expect-error the log has no such action
change(grant, { action: "invitation.admired", makes: (entry) => ({ row: entry.insert(invitation, values) }) });

const isThis = eq(invitation.id, "1");
const revoked = { status: "revoked" } as const;
change(grant, { action: "invitation.revoked", makes: (entry) => ({ row: entry.update(invitation, revoked, isThis) }) });
change(grant, { action: "invitation.revoked", makes: (entry) => ({ rows: entry.removeAll(invitation) }) });
// @ts-expect-error an update says which rows it changes
change(grant, { action: "invitation.revoked", makes: (entry) => ({ rows: entry.update(invitation, revoked) }) });
// @ts-expect-error a removal says which rows it removes
change(grant, { action: "invitation.revoked", makes: (entry) => ({ rows: entry.remove(invitation) }) });
// @ts-expect-error a condition that can be undefined would remove all rows
change(grant, { action: "invitation.revoked", makes: (entry) => ({ rows: entry.remove(invitation, and(isThis)) }) });
// @ts-expect-error `where` says which row the change is about
change(grant, { action: "invitation.revoked", from: invitation, makes: () => ({}) });

declare const reading: Grant<"member:read">;
// @ts-expect-error a grant to read makes no change that is logged
change(reading, { action: "invitation.revoked", makes: (entry) => ({ rows: entry.remove(invitation, isThis) }) });
