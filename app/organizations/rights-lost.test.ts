import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { z } from "zod";
import { auditEntry } from "#app/db/schema/audit.ts";
import { invitation, member, organization } from "#app/db/schema/organizations.ts";
import { session } from "#app/db/schema/people.ts";
import { m } from "#app/i18n/messages.ts";
import { form as formDoor } from "#app/request/doors.server.ts";
import type { Grant, InputFor } from "#app/request/grant.server.ts";
import type { WriteOperation } from "#app/request/operations.server.ts";
import { write } from "#app/request/write.server.ts";
import { anInvitation } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { giveInvitedRole, invite, revoke, sendAgain } from "./invitations/operations.server.ts";
import { dismissMember, giveRole, handOwnershipOver, signMemberOut } from "./members/operations.server.ts";
import type { Permission } from "./permissions.ts";
import { InOrganization } from "./schemas.ts";
import { deleteOrganization } from "./settings/removal.server.ts";
import { DeleteOrganization, MoveOrganization, RenameOrganization } from "./settings/schemas.ts";
import { moveOrganization, removeLogo, renameOrganization } from "./settings/setting-writes.server.ts";

const db = testDatabase();

type Verb<S, P extends Permission> = (grant: Grant<P>, input: S) => Promise<{ ok: boolean; reason?: string }>;

/** A write like a route's, in which something happens between the step that grants and the one that executes. */
function interrupted<P extends Permission, S extends z.ZodType<InputFor<P>>>(
  { authorize, validate, verb }: { authorize: P; validate: S; verb: Verb<z.output<S>, P> },
  interrupt: () => Promise<unknown>,
) {
  return write({
    validate,
    authenticate: "stepping-up" as never,
    authorize,
    limit: { unlimited: "Tests ask at once." },
    execute: async (grant, input) => {
      await interrupt();
      const { ok, reason } = await verb(grant, input);
      return { ok: true as const, outcome: ok ? "done" : reason };
    },
    refused: {},
    answer: ({ outcome }) => ({ outcome }),
  });
}

/** A write as a form opens it, in which something happens between the step that grants and the one that executes. */
function interruptedForm(operation: WriteOperation, interrupt: () => Promise<unknown>) {
  const execute = async (grant: never, input: unknown) => {
    await interrupt();
    return operation.execute(grant, input);
  };
  return formDoor({ ...operation, execute }, { shows: () => ({ outcome: "done" }) });
}

const operations = {
  invite,
  resend: sendAgain,
  "change the role of an invitation": giveInvitedRole,
  revoke,
  "change a role": giveRole,
  remove: dismissMember,
  "end the sessions of a member": signMemberOut,
  "hand over": handOwnershipOver,
} as Record<string, unknown> as Record<string, WriteOperation>;

const verbs = {
  rename: {
    authorize: "organization:update",
    validate: RenameOrganization,
    verb: (grant, { name }) => renameOrganization(grant, name),
  },
  move: {
    authorize: "organization:update",
    validate: MoveOrganization,
    verb: (grant, { slug }) => moveOrganization(grant, slug),
  },
  "remove the logo": { authorize: "organization:update", validate: InOrganization, verb: (grant) => removeLogo(grant) },
  delete: {
    authorize: "organization:delete",
    validate: DeleteOrganization,
    verb: (grant, { name }) => deleteOrganization(grant, name),
  },
} satisfies Record<
  string,
  { authorize: Permission; validate: z.ZodType; verb: (grant: never, input: never) => unknown }
>;

for (const [name, declared] of Object.entries({ ...verbs, ...operations })) {
  test(`an owner who is demoted, removed or signed out a moment before cannot ${name}`, async () => {
    for (const loss of ["demoted", "removed", "signed out"] as const) {
      const team = await aTeam(db, { name: "Moments", logo: crypto.randomUUID() });
      const { id, slug } = team.organization;
      const made = await anInvitation(db, { organization: team.organization });
      const own = eq(member.id, team.owner.member);
      const lose = {
        demoted: () => db.update(member).set({ role: "admin" }).where(own),
        removed: () => db.delete(member).where(own),
        "signed out": () => db.delete(session).where(eq(session.userId, team.owner.person.id)),
      }[loss];
      const handler =
        name in operations ? interruptedForm(declared as never, lose) : interrupted(declared as never, lose);
      const form = {
        ...{ email: "somebody@person.test", role: "admin", name: "Moments" },
        ...{ slug: `moved-${id.slice(0, 8)}`, member: team.plain.member, invitation: made.id },
      };
      const answered = await ask(handler, {
        ...team.at("x"),
        cookie: team.owner.cookie,
        form: { ...form, ...(name === "rename" && { name: "Other" }) },
      });
      if (name in operations) {
        expect(answered.status, loss).toBe(403);
        expect(answered.body, loss).toMatchObject({ error: { "": [m.errors_right_lost()] } });
      } else expect(answered.body, loss).toMatchObject({ outcome: expect.stringMatching(/not-allowed|other-name/) });
      const [row] = await db.select().from(organization).where(eq(organization.id, id));
      expect(row).toMatchObject({ name: "Moments", slug, logo: team.organization.logo });
      expect(await team.roleOf(team.plain)).toBe("member");
      const invitations = await db.select().from(invitation).where(eq(invitation.organizationId, id));
      expect(invitations).toMatchObject([{ id: made.id, role: "member", status: "pending", mailId: null }]);
      expect(await db.$count(auditEntry, eq(auditEntry.organizationId, id))).toBe(0);
    }
  });
}

for (const name of ["invite", "change a role", "change the role of an invitation"] as const) {
  test(`an owner whose proof ran out a moment before cannot ${name} where that makes an owner`, async () => {
    const team = await aTeam(db);
    const { id } = team.organization;
    const made = await anInvitation(db, { organization: team.organization });
    const isOwners = eq(session.userId, team.owner.person.id);
    const lapse = () =>
      db
        .update(session)
        .set({ provenAt: new Date(0) })
        .where(isOwners);
    const form = { email: "somebody@person.test", role: "owner", member: team.plain.member, invitation: made.id };
    const at = { ...team.at("x"), cookie: team.owner.cookie, form };
    const doorOf = (meanwhile: () => Promise<unknown>) =>
      interruptedForm(operations[name] as WriteOperation, meanwhile);
    await ask(doorOf(lapse), at);
    const entries = () => db.$count(auditEntry, eq(auditEntry.organizationId, id));
    expect([await team.owners(), await entries()]).toEqual([1, 0]);
    await db.update(session).set({ provenAt: new Date() }).where(isOwners);
    await ask(
      doorOf(async () => {}),
      at,
    );
    expect(await entries(), "a fresh one does").toBe(1);
  });
}
