import { and, eq } from "drizzle-orm";
import { expect, inject, test } from "vitest";
import { invitation, member } from "../app/db/schema/organizations.ts";
import { user } from "../app/db/schema/people.ts";
import { tokenFor } from "../app/tokens.server.ts";
import { accessTable } from "./access-table.ts";
import { aWorkplace, sessionCookie } from "./people.ts";
import { aPixel } from "./pixel.ts";
import { ask } from "./requests.ts";
import { aFurnishedWorkplace, fillIn } from "./workplace.ts";

/** The cookies of a browser that was here a moment ago, so that its cookie cache is filled. */
async function aWarmCookie(cookie: string | null, url: string) {
  const { headers } = await ask(url, cookie);
  const renewed = headers.getSetCookie().map((each) => each.split(";")[0]);
  return [cookie, ...renewed].join("; ");
}

function tripsOf({ headers }: Response) {
  return Number(/desc="(\d+) trips?"/.exec(headers.get("Server-Timing") ?? "")?.[1]);
}

test("documents wait for the database once, layout and page together", async () => {
  const { organization, cookies } = await aWorkplace();
  const home = `/organizations/${organization.slug}`;
  const cookie = await aWarmCookie(cookies.owner, `${home}/dashboard`);
  // Every page in the sidebar of an organization: those whose address has no other parameter.
  const pages = accessTable
    .filter(
      ({ url, file, GET }) => /^\/organizations\/:organization\/[\w-]+$/.test(url) && file.endsWith(".tsx") && GET,
    )
    .map(({ url }) => url.replace("/organizations/:organization/", ""));
  expect(pages).toEqual(expect.arrayContaining(["dashboard", "members", "audit", "settings"]));
  for (const page of [...pages, "members?search=a"]) {
    const document = await ask(`${home}/${page}`, cookie);
    expect(document.status, page).toBe(200);
    expect(tripsOf(document), page).toBe(1);
    expect(await document.text()).toContain("Northwind Studio");
  }
  const own = ["account", "security", "appearance", "account/email", "account/delete", "security/passkeys"];
  for (const page of ["/organizations", "/notifications", "/confirm", ...own.map((name) => `/settings/${name}`)]) {
    const document = await ask(page, cookie);
    expect([document.status, tripsOf(document)], page).toEqual([200, 1]);
  }
});

test("a page costs one trip even with an expired cookie cache, and is in the person's own language", async () => {
  const { db, organization, people, cookies } = await aWorkplace();
  await db.update(user).set({ locale: "fr", theme: "dark" }).where(eq(user.id, people.owner.id));
  const home = `/organizations/${organization.slug}`;
  const inside = ["dashboard", "members", "audit", "settings"].map((page) => `${home}/${page}`);
  for (const page of [...inside, "/organizations", "/notifications", "/settings/account", "/settings/security"]) {
    const document = await ask(page, cookies.owner);
    expect([document.status, tripsOf(document)], page).toEqual([200, 1]);
    expect(document.headers.getSetCookie().join(), page).toMatch(/^[\w-]+\.session_data=[^;]+;/);
    expect(await document.text(), page).toMatch(/<html lang="fr"[^>]* data-theme="dark"[^>]*data-seen-by="/);
  }
  const data = await ask(`/api/v1/pages${home}/members`, cookies.admin);
  expect([data.status, tripsOf(data)]).toEqual([200, 1]);
  for (const page of ["/", "/forgot-password"]) {
    const document = await ask(page, cookies.owner);
    expect(tripsOf(document), page).toBe(1);
  }
  const strange = await ask(`${home}/members`, cookies.outsider);
  expect([strange.status, tripsOf(strange)]).toEqual([404, 1]);
});

/** Routes that read in pieces, or check whether the database accepts writes. */
const MORE_TRIPS = [
  "routes/organizations/audit.export.ts",
  "routes/organizations/members.export.ts",
  "routes/operations/ready.ts",
];

test("every address of the URL table waits for the database once at most, with a filled cookie cache or none", async () => {
  const workplace = await aFurnishedWorkplace();
  const rows = accessTable.filter(({ file, GET }) => GET !== undefined && !MORE_TRIPS.includes(file));
  const waiting: string[] = [];
  for (const { url } of rows) {
    const address = fillIn(url, workplace);
    const cold = await sessionCookie(workplace.people.owner);
    for (const cookie of [cold, await aWarmCookie(cold, "/organizations")]) {
      const answer = await ask(address, cookie);
      await answer.body?.cancel();
      if (tripsOf(answer) > 1) waiting.push(`${url}: ${tripsOf(answer)}`);
    }
  }
  expect(waiting).toEqual([]);
});

test("a change costs two trips: the check, then everything that goes with it", async () => {
  const { db, organization, people, cookies } = await aWorkplace();
  const home = `/organizations/${organization.slug}`;
  const owner = await aWarmCookie(cookies.owner, `${home}/dashboard`);
  const outsider = await aWarmCookie(cookies.outsider, "/organizations");
  const post = (url: string, cookie: string, form: Record<string, string>) =>
    ask(url, cookie, { method: "POST", body: new URLSearchParams(form) });
  const isMina = and(eq(member.organizationId, organization.id), eq(member.userId, people.member.id));
  const [mina] = await db.select({ id: member.id }).from(member).where(isMina);
  const changed = await post(`${home}/members/${mina?.id}/role`, owner, { role: "admin" });
  expect([changed.status, tripsOf(changed)]).toEqual([303, 2]);
  const invited = await post(`${home}/invitations`, owner, { email: people.outsider.email, role: "member" });
  expect([invited.status, tripsOf(invited)]).toEqual([303, 2]);
  const [made] = await db.select().from(invitation).where(eq(invitation.email, people.outsider.email));
  const id = tokenFor(inject("authSecret"), `invitation:${made?.id}`);
  const preview = await ask(`/accept-invite?id=${id}`, outsider);
  expect([preview.status, tripsOf(preview)]).toEqual([200, 1]);
  const accepted = await post("/accept-invite", outsider, { id });
  expect([accepted.status, tripsOf(accepted)]).toEqual([303, 2]);
  for (const [url, form] of [
    ["/settings/account", { name: "Omar Renamed" }],
    ["/settings/account/email", { email: `new-${people.owner.email}` }],
    ["/settings/security/sessions/end-others", { confirmed: "yes" }],
  ] as const) {
    const done = await post(url, owner, form);
    expect([done.status, tripsOf(done)], url).toEqual([303, 2]);
  }
});

test("an upload costs two trips, invalid input and a request without a session cost none", async () => {
  const { organization, cookies } = await aWorkplace();
  const upload = `/organizations/${organization.slug}/gallery/upload`;
  const cookie = await aWarmCookie(cookies.member, "/organizations");
  const send = (file: File, as: string | null) => {
    const body = new FormData();
    body.append("file", file);
    return ask(upload, as, { method: "POST", body, headers: { Accept: "application/json" } });
  };
  const taken = await send(aPixel("pixel"), cookie);
  expect([taken.status, tripsOf(taken)]).toEqual([303, 2]);
  const refused = await send(new File(["<html>"], "page.png", { type: "image/png" }), cookie);
  expect([refused.status, tripsOf(refused)]).toEqual([415, 0]);
  const strange = await send(aPixel("pixel"), null);
  expect([strange.status, tripsOf(strange)]).toEqual([401, 0]);
  const signedOut = await ask(`/organizations/${organization.slug}/dashboard`, null);
  expect([signedOut.status, tripsOf(signedOut)]).toEqual([302, 0]);
});

test("a public page costs no trip for a visitor who is not signed in", async () => {
  for (const page of ["/", "/login", "/signup", "/forgot-password"]) {
    expect(tripsOf(await ask(page, null)), page).toBe(0);
  }
});
