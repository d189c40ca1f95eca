import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { invitation } from "#app/db/schema/organizations.ts";
import { m } from "#app/i18n/messages.ts";
import { action as changeInvitedRole } from "#app/routes/organizations/invitations.role.ts";
import { action as changeRole } from "#app/routes/organizations/members.role.ts";
import { anInvitation } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { doneIn } from "#app/test/entries.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { markOf } from "#app/ui/shown-fields.ts";
import type { FormAgain } from "#app/ui/use-form.ts";

const db = testDatabase();

const showing = (role: string) => markOf({ role });

/** The two forms that change a role: of a member, and of an invitation. */
const forms = [
  {
    whose: "a member's",
    async open() {
      const team = await aTeam(db);
      const id = team.plain.member;
      const at = team.at(`members/${id}/role`, { member: id });
      return { team, action: changeRole, at, now: () => team.roleOf(team.plain) };
    },
  },
  {
    whose: "an invitation's",
    async open() {
      const team = await aTeam(db);
      const { id } = await anInvitation(db, { organization: team.organization });
      const at = team.at(`invitations/${id}/role`, { invitation: id });
      const now = async () => (await db.select().from(invitation).where(eq(invitation.id, id)))[0]?.role;
      return { team, action: changeInvitedRole, at, now };
    },
  },
];

async function aFormOf({ open }: (typeof forms)[number]) {
  const { team, action, at, now } = await open();
  const save = async (role: string, asShown: string | undefined, { cookie } = team.owner) => {
    const form = { role, ...(asShown !== undefined && { asShown }) };
    const { status, body } = await ask(action, { ...at, cookie, form });
    return { status, again: body as FormAgain };
  };
  return { save, now, admin: team.admin, entries: () => db.$count(auditEntry, doneIn(team.organization)) };
}

for (const form of forms) {
  test(`${form.whose} role that somebody else changed meanwhile is not overwritten until the person confirms`, async () => {
    const { save, now, admin, entries } = await aFormOf(form);
    expect((await save("admin", showing("member"), admin)).status).toBe(303);
    const { status, again } = await save("member", showing("member"));
    expect(status).toBe(409);
    expect(again).toMatchObject({
      initialValue: { role: "member", asShown: showing("admin") },
      error: { "": [m.refusals_changed_meanwhile()] },
    });
    expect([await now(), await entries()]).toEqual(["admin", 1]);
    expect((await save("member", again.initialValue?.asShown)).status).toBe(303);
    expect([await now(), await entries()]).toEqual(["member", 2]);
  });

  test(`setting ${form.whose} present role again succeeds, and so does a form without the role that it showed`, async () => {
    const { save, now, admin, entries } = await aFormOf(form);
    expect((await save("admin", showing("member"))).status).toBe(303);
    for (const by of [undefined, admin]) expect((await save("admin", showing("member"), by)).status).toBe(303);
    expect([await now(), await entries()]).toEqual(["admin", 1]);
    expect((await save("member", undefined)).status).toBe(303);
    expect(await now()).toBe("member");
  });

  test(`of twenty people who set ${form.whose} role at once, one wins and those who chose another get 409`, async () => {
    const { save, now, entries } = await aFormOf(form);
    const wanted = Array.from({ length: 20 }, (_, place) => (place % 2 === 0 ? "admin" : "owner"));
    const saved = await Promise.all(wanted.map((role) => save(role, showing("member"))));
    const kept = await now();
    expect(await entries()).toBe(1);
    for (const [place, role] of wanted.entries()) {
      // Two that want the same may meet in the very moment, and the second is asked too.
      if (role !== kept) expect(saved[place]?.status).toBe(409);
      else expect([303, 409]).toContain(saved[place]?.status);
    }
    expect(saved.some(({ status }) => status === 303)).toBe(true);
  });
}
