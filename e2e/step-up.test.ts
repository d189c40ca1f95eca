import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "../app/db/schema/audit.ts";
import { member, organization as organizations } from "../app/db/schema/organizations.ts";
import { session } from "../app/db/schema/people.ts";
import { anInvitation } from "../app/test/builders.ts";
import { aWorkplace } from "./people.ts";
import { ask } from "./requests.ts";
import { guarded } from "./step-up-cases.ts";

test("a stolen cookie gives, takes and lowers no owner, and weakens no organization", async () => {
  const { db, people, organization, cookies } = await aWorkplace();
  const { id: organizationId } = organization;
  const isHere = eq(member.organizationId, organizationId);
  await db
    .update(member)
    .set({ role: "owner" })
    .where(and(isHere, eq(member.userId, people.admin.id)));
  await db.update(organizations).set({ requiresSecondFactor: true }).where(eq(organizations.id, organizationId));
  const members = await db.select().from(member).where(isHere);
  const memberOf = ({ id }: { id: string }) => members.find(({ userId }) => userId === id)?.id ?? "";
  const things = {
    plain: memberOf(people.member),
    second: memberOf(people.admin),
    own: memberOf(people.owner),
    invited: (await anInvitation(db, { organization })).id,
    owning: (await anInvitation(db, { organization, role: "owner" })).id,
  };
  const isOwners = eq(session.userId, people.owner.id);
  const prove = (minutes: number) =>
    db
      .update(session)
      .set({ factors: 2, provenAt: new Date(Date.now() - minutes * 60_000) })
      .where(isOwners);
  const wrong: string[] = [];
  const post = (path: string, form: Record<string, string>, headers = {}) => {
    const url = `/organizations/${organization.slug}/${path}`;
    return ask(url, cookies.owner, { method: "POST", body: new URLSearchParams(form), headers });
  };
  await prove(11);
  for (const casesOf of Object.values(guarded)) {
    for (const [where, form] of casesOf(things)) {
      const page = await post(where, form);
      const words = await page.text();
      if (page.status !== 403 || !words.includes("/confirm?redirectTo=%2Forganizations"))
        wrong.push(`${where} ${JSON.stringify(form)}: ${page.status}`);
      const data = await post(where, form, { Accept: "application/json" });
      if (data.status !== 403 || !(await data.text()).includes("confirm"))
        wrong.push(`${where}: ${data.status} as data`);
    }
  }
  expect(wrong).toEqual([]);
  expect(await db.$count(auditEntry, eq(auditEntry.organizationId, organizationId)), "nothing has changed").toBe(0);
  // The same is done for whoever has just proved who they are, and what touches no owner is done for the others as well.
  expect((await post(`members/${things.plain}/role`, { role: "admin" })).status).toBe(303);
  await prove(1);
  for (const file of Object.keys(guarded)) {
    for (const [where, form] of guarded[file]?.(things) ?? []) {
      if (where === "leave" || where.includes(things.own)) continue;
      expect((await post(where, form)).status, `${where} ${JSON.stringify(form)}`).toBe(303);
    }
  }
});
