import { readFile } from "node:fs/promises";
import path from "node:path";
import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "../app/db/schema/audit.ts";
import { member, organization as organizations } from "../app/db/schema/organizations.ts";
import { session } from "../app/db/schema/people.ts";
import { anInvitation } from "../app/test/builders.ts";
import { accessTable, forms } from "./access-table.ts";
import { aWorkplace } from "./people.ts";
import { ask } from "./requests.ts";

/** Which half of a route says "fresh", read from its source, so that none is left out. */
async function freshHalves(file: string) {
  const source = await readFile(path.join(import.meta.dirname, "../app", file), "utf8");
  const half = (name: "loader" | "action") =>
    /authenticate: "fresh"/.test(new RegExp(`export const ${name} = [^;]*?execute`, "s").exec(source)?.[0] ?? "");
  return { GET: half("loader"), POST: half("action") };
}

const FRESH_PAGES = 17;
const FRESH_CHANGES = 13;

test("a stolen cookie gets nowhere that asks for a fresh proof", async () => {
  const { db, people, organization, elsewhere, cookies } = await aWorkplace();
  await db
    .update(session)
    .set({ provenAt: new Date(Date.now() - 11 * 60_000) })
    .where(eq(session.userId, people.owner.id));
  const asked = { GET: 0, POST: 0 };
  const wrong: string[] = [];
  for (const row of accessTable) {
    const halves = await freshHalves(row.file);
    const url = row.url.replace(":organization", organization.slug).replace(/:\w+/g, crypto.randomUUID());
    const expectConfirmation = async (method: "GET" | "POST") => {
      asked[method] += 1;
      const form = forms[row.file]?.("owner", { slug: elsewhere.slug, owner: crypto.randomUUID() }) ?? {};
      const body = method === "GET" ? null : form instanceof FormData ? form : new URLSearchParams(form);
      const { status, headers } = await ask(url, cookies.owner, { method, body });
      const leadsOn = status === 302 && headers.get("Location")?.startsWith("/confirm?redirectTo=%2F");
      // What has no page answers the scripts that ask.
      if (!leadsOn && !(status === 403 && row.GET?.[4] === 405))
        wrong.push(`${method} ${url}: ${status} ${headers.get("Location")}`);
      if (method === "GET") return;
      const data = await ask(url, cookies.owner, { method, body, headers: { Accept: "application/json" } });
      if (data.status !== 403 || !(await data.text()).includes("confirm"))
        wrong.push(`${method} ${url}: ${data.status} as data`);
    };
    if (halves.GET) await expectConfirmation("GET");
    if (halves.POST) await expectConfirmation("POST");
  }
  expect(wrong).toEqual([]);
  expect(asked).toEqual({ GET: FRESH_PAGES, POST: FRESH_CHANGES });
});

/** What an owner does in their organization that a stolen cookie must not do, though the same route does other things as well. */
const guarded: Record<string, (it: { [Name in "plain" | "second" | "own" | "invited" | "owning"]: string }) => Case[]> =
  {
    "routes/organizations/members.role.ts": ({ plain, second, own }) => [
      [`members/${plain}/role`, { role: "owner" }],
      [`members/${second}/role`, { role: "admin" }],
      [`members/${own}/role`, { role: "member" }],
    ],
    "routes/organizations/members.remove.ts": ({ second }) => [[`members/${second}/remove`, {}]],
    "routes/organizations/leave.ts": () => [["leave", {}]],
    "routes/organizations/invitations.ts": () => [["invitations", { email: "owner@invited.test", role: "owner" }]],
    "routes/organizations/invitations.role.ts": ({ invited }) => [[`invitations/${invited}/role`, { role: "owner" }]],
    "routes/organizations/invitations.resend.ts": ({ owning }) => [[`invitations/${owning}/resend`, {}]],
    "routes/organizations/settings.second-factor.tsx": () => [["settings/second-factor", { required: "no" }]],
  };

type Case = [path: string, form: Record<string, string>];

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
  for (const { file } of accessTable) {
    const source = await readFile(path.join(import.meta.dirname, "../app", file), "utf8");
    if (!source.includes('authenticate: "stepping-up"')) continue;
    const cases = guarded[file]?.(things) ?? [];
    if (cases.length === 0) wrong.push(`${file} has no case here`);
    for (const [where, form] of cases) {
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
