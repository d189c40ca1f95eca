import { readFile } from "node:fs/promises";
import path from "node:path";
import type { RouteConfigEntry } from "@react-router/dev/routes";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { member, organization as organizationTable } from "../app/db/schema/organizations.ts";
import { session, user } from "../app/db/schema/people.ts";
import routes from "../app/routes.ts";
import type { Row } from "./access-rows.ts";
import { accessTable, forms } from "./access-table.ts";
import { aWorkplace, sessionCookie, type Visitor, visitors } from "./people.ts";
import { ask } from "./requests.ts";
import { aFurnishedWorkplace, fillIn, type Workplace } from "./workplace.ts";

function filesOf(entries: readonly RouteConfigEntry[]): string[] {
  return entries.flatMap(({ file, children = [] }) => [file, ...filesOf(children)]);
}

test("every loader and action of the URL table has its row in the access table", async () => {
  const missing: string[] = [];
  for (const file of filesOf(routes)) {
    const row = accessTable.find((each) => each.file === file);
    const source = await readFile(path.join(import.meta.dirname, "../app", file), "utf8");
    if (!row?.GET && /^export const loader\b/m.test(source)) missing.push(`GET of ${file}`);
    if (!row?.POST && /^export const action\b/m.test(source)) missing.push(`POST of ${file}`);
    if (row === undefined) missing.push(file);
  }
  expect(missing, "without a row in e2e/access-table.ts").toEqual([]);
});

for (const method of ["GET", "POST"] as const) {
  test(`every route answers each visitor's ${method} as the access table says`, async () => {
    const workplace = await aFurnishedWorkplace();
    const wrong: string[] = [];
    for (const row of accessTable) {
      const expected = row[method];
      if (expected === undefined) continue;
      const look = async (visitor: Visitor, index: number) => {
        const status = await statusFor(row, method, visitor, workplace);
        if (status !== expected[index])
          wrong.push(`${method} ${row.url} as ${visitor}: ${status}, not ${expected[index]}`);
      };
      // A change depends on what the visitor before has left, so changes run in order. Reads can run in parallel.
      if (method === "GET") await Promise.all(visitors.map(look));
      else for (const [index, visitor] of visitors.entries()) await look(visitor, index);
    }
    expect(wrong).toEqual([]);
  });
}

async function statusFor(row: Row, method: "GET" | "POST", visitor: Visitor, workplace: Workplace) {
  const form = forms[row.file]?.(visitor, workplace.named) ?? {};
  const body =
    method === "GET" ? null : form instanceof FormData ? form : new URLSearchParams({ ...form, confirmed: "yes" });
  const cookie = method === "GET" ? workplace.cookies[visitor] : await freshCookie(row, visitor, workplace);
  const { status } = await ask(fillIn(row.url, workplace), cookie, { method, body });
  return status;
}

/** Makes a new session for each request, since many changes replace the session in which they are made. */
async function freshCookie({ file }: Row, visitor: Visitor, { people }: Workplace): Promise<string | null> {
  return visitor === "nobody" || file === "routes/account/sign-out.ts" ? null : sessionCookie(people[visitor]);
}

test("a page's own data address requires the same access as the page, even without its layout", async () => {
  const workplace = await aFurnishedWorkplace();
  for (const [name, expected] of [
    ["dashboard", [401, 404, 200, 200, 200]],
    ["gallery", [401, 404, 200, 200, 200]],
    ["gallery.image", [401, 404, 200, 200, 200]],
    ["members", [401, 404, 403, 200, 200]],
    ["invitations.invitation", [401, 404, 403, 200, 200]],
    ["audit", [401, 404, 403, 403, 200]],
    ["settings", [401, 404, 403, 403, 200]],
  ] as const) {
    const row = accessTable.find(({ file }) => file === `routes/organizations/${name}.tsx`);
    const url = `${fillIn(row?.url ?? "", workplace)}.data?_routes=routes%2Forganizations%2F${name}`;
    const statuses = await Promise.all(
      visitors.map(async (visitor) => (await ask(url, workplace.cookies[visitor])).status),
    );
    expect(statuses, url).toEqual(expected);
  }
});

test("a visitor who is not signed in gets 401 for a large upload, which is refused unread", async () => {
  for (let upload = 0; upload < 6; upload += 1) {
    const body = new FormData();
    body.append("file", new File([new Uint8Array(8_000_000)], "large.png", { type: "image/png" }));
    const asked = { method: "POST", body, headers: { Accept: "application/json" } };
    expect((await ask("/organizations/anything/settings/logo", null, asked)).status).toBe(401);
  }
});

test("a request from another site gets 403 and changes nothing", async () => {
  const { db, cookies, people, organization } = await aWorkplace();
  const places = {
    "/organizations/new": { name: "Evil Works" },
    [`/organizations/${organization.slug}/settings`]: { name: "Evil Works" },
    "/settings/account": { name: "Evil Owner" },
    "/logout": {},
  };
  for (const headers of [{ Origin: "https://evil.test" }, { Origin: "null" }]) {
    for (const [url, form] of Object.entries(places)) {
      const asked = { method: "POST", body: new URLSearchParams(form), headers };
      expect((await ask(url, cookies.owner, asked)).status, `${url} from ${headers.Origin}`).toBe(403);
    }
  }
  const theirs = await db
    .select({ name: user.name, of: organizationTable.name })
    .from(user)
    .innerJoin(session, eq(session.userId, user.id))
    .innerJoin(member, eq(member.userId, user.id))
    .innerJoin(organizationTable, eq(organizationTable.id, member.organizationId))
    .where(eq(user.id, people.owner.id));
  expect(theirs).toEqual([{ name: "Omar Owner", of: "Northwind Studio" }]);
});

test("a method that a route does not take gets 405 with those it takes", async () => {
  const { cookies } = await aWorkplace();
  const put = await ask("/organizations/new", cookies.owner, { method: "PUT", body: new URLSearchParams() });
  expect([put.status, put.headers.get("Allow")]).toEqual([405, "POST"]);
  const posted = await ask("/healthz", null, { method: "POST", body: new URLSearchParams() });
  expect([posted.status, posted.headers.get("Allow")]).toEqual([405, "GET, HEAD"]);
  expect(await posted.json()).toEqual({ error: "method-not-allowed" });
  const got = await ask("/logout", null);
  expect([got.status, got.headers.get("Allow")]).toEqual([405, "POST"]);
});
