import { readFile } from "node:fs/promises";
import path from "node:path";
import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "../app/db/schema/audit.ts";
import { passkey } from "../app/db/schema/factors.ts";
import { member, organization as organizations } from "../app/db/schema/organizations.ts";
import { account, session } from "../app/db/schema/people.ts";
import { anInvitation } from "../app/test/builders.ts";
import { sourceFiles } from "../app/test/imports.ts";
import { accessTable, forms } from "./access-table.ts";
import { aWorkplace } from "./people.ts";
import { ask } from "./requests.ts";
import { guarded } from "./step-up-cases.ts";
import { aFurnishedWorkplace, fillIn } from "./workplace.ts";

test("a stolen cookie cannot add, remove or demote an owner, or weaken an organization", async () => {
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
  const entries = () => db.$count(auditEntry, eq(auditEntry.organizationId, organizationId));
  expect(await entries(), "nothing has changed").toBe(0);
  // A form of an outdated page, which has not asked, changes nothing even for a person who has just proved who they are.
  await prove(1);
  const cases = Object.values(guarded).flatMap((casesOf) => casesOf(things));
  for (const [where, form] of cases) {
    const page = await post(where, form);
    expect([page.status, (await page.text()).includes("Answer the question first.")], where).toEqual([409, true]);
    expect((await post(where, form, { Accept: "application/json" })).status, where).toBe(409);
  }
  expect(await entries(), "nothing has changed").toBe(0);
  await prove(11);
  // A change that affects no owner needs no recent proof, and all of them work for a person who has just proved who they are.
  expect((await post(`members/${things.plain}/role`, { role: "admin" })).status).toBe(303);
  await prove(1);
  for (const [where, form] of cases) {
    if (where === "leave" || where.includes(things.own)) continue;
    expect((await post(where, { ...form, confirmed: "yes" })).status, `${where} ${JSON.stringify(form)}`).toBe(303);
  }
});

test("an operation that needs a confirmation gets 409 and does nothing if the form has not asked for it", async () => {
  const workplace = await aFurnishedWorkplace();
  const { db, people, cookies, organization } = workplace;
  const sources = new Map(
    await Promise.all(
      (await sourceFiles()).map(
        async (file) => [file, await readFile(path.join(import.meta.dirname, "../app", file), "utf8")] as const,
      ),
    ),
  );
  const writes = [...sources.values()].join("").matchAll(/^export const (\w+) = write\(\{$[\s\S]*?^\}\);$/gm);
  const asking = [...writes].filter(([text]) => text.includes("\n  asksFirst: true,")).map(([, name = ""]) => name);
  const asked = accessTable.flatMap(({ file, url }) => {
    const operation = asking.find((name) => new RegExp(`form\\(${name}\\b`).test(sources.get(file) ?? ""));
    return operation === undefined ? [] : [{ file, url, operation }];
  });
  expect([...new Set(asked.map(({ operation }) => operation))].sort(), "each has its row").toEqual(asking.sort());
  for (const { file, url } of asked) {
    const at = fillIn(url, workplace);
    expect(await (await ask(at, cookies.owner)).text(), file).toContain('name="confirmed"');
    const form = forms[file]?.("owner", workplace.named) ?? {};
    if (form instanceof FormData) throw new Error(`${file} asks with a file.`);
    for (const confirmed of ["", "no"]) {
      const body = new URLSearchParams({ ...form, member: workplace.colleague, confirmed });
      const answer = await ask(at, cookies.owner, { method: "POST", body });
      expect([answer.status, (await answer.text()).includes("Answer the question first.")], file).toEqual([409, true]);
    }
  }
  expect(await db.$count(passkey, eq(passkey.userId, people.owner.id))).toBe(1);
  expect(await db.$count(account, eq(account.userId, people.owner.id))).toBe(1);
  const ended = and(eq(auditEntry.organizationId, organization.id), eq(auditEntry.action, "member.sessions-ended"));
  expect(await db.$count(auditEntry, ended)).toBe(0);
  const roles = await db.select({ role: member.role }).from(member).where(eq(member.userId, people.owner.id));
  expect(roles.map(({ role }) => role)).toContain("owner");
});
