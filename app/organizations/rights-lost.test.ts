import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { invitation, member, organization } from "#app/db/schema/organizations.ts";
import { session } from "#app/db/schema/people.ts";
import { m } from "#app/i18n/messages.ts";
import type { WriteOperation } from "#app/operation/operation.server.ts";
import { form as formDoor } from "#app/request/doors.server.ts";
import { anInvitation } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { endInvitation, giveInvitedRole, inviteOne, sendInvitationAgain } from "./invitations/operations.server.ts";
import {
  dismissMember,
  dismissMembers,
  giveRole,
  giveRoles,
  handOwnershipOver,
  signMemberOut,
} from "./members/operations.server.ts";
import { changeOrganizationUrl, deleteLogo, endOrganization, nameOrganization } from "./settings/operations.server.ts";

const db = testDatabase();

/** The form door of a write, with an interruption between the step that grants and the step that executes. */
function interrupted(operation: WriteOperation, interrupt: () => Promise<unknown>) {
  const execute = async (grant: never, input: unknown) => {
    await interrupt();
    return operation.execute(grant, input);
  };
  return formDoor({ ...operation, execute }, { shows: () => ({ outcome: "done" }) });
}

const operations = {
  invite: inviteOne,
  resend: sendInvitationAgain,
  "change the role of an invitation": giveInvitedRole,
  revoke: endInvitation,
  "change a role": giveRole,
  "change several roles": giveRoles,
  remove: dismissMember,
  "remove several": dismissMembers,
  "end the sessions of a member": signMemberOut,
  "hand over": handOwnershipOver,
  rename: nameOrganization,
  move: changeOrganizationUrl,
  "remove the logo": deleteLogo,
  delete: endOrganization,
} as Record<string, unknown> as Record<string, WriteOperation>;

for (const [name, declared] of Object.entries(operations)) {
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
      const handler = interrupted(declared, lose);
      const form = {
        ...{ email: "somebody@person.test", role: "admin", to: "admin", name: "Moments" },
        ...{ slug: `moved-${id.slice(0, 8)}`, member: team.plain.member, invitation: made.id },
      };
      const answered = await ask(handler, {
        ...team.at("x"),
        cookie: team.owner.cookie,
        form: { ...form, ...(name === "rename" && { name: "Other" }) },
      });
      expect(answered.status, loss).toBe(403);
      expect(answered.body, loss).toMatchObject({ error: { "": [m.refusals_right_lost()] } });
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
    const doorOf = (meanwhile: () => Promise<unknown>) => interrupted(operations[name] as WriteOperation, meanwhile);
    await ask(doorOf(lapse), at);
    const entries = () => db.$count(auditEntry, eq(auditEntry.organizationId, id));
    expect([await team.owners(), await entries()]).toEqual([1, 0]);
    await db.update(session).set({ provenAt: new Date() }).where(isOwners);
    await ask(
      doorOf(async () => {}),
      at,
    );
    expect(await entries(), "a fresh proof is enough").toBe(1);
  });
}
