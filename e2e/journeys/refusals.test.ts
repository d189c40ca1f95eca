import { eq } from "drizzle-orm";
import { expect, inject, test } from "vitest";
import { invitation, member, organization } from "../../app/db/schema/organizations.ts";
import { anInvitation, anOrganization, aPerson } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { aWorkplace, e2eDatabase, signIn } from "../people.ts";
import { ask } from "../requests.ts";
import { wordsOf } from "../words.ts";
import { anOwner, fromSomewhere, open } from "./steps.ts";

const browser = openBrowser();

/** The headers that browsers send when a person types an address or follows a link to it. */
const NAVIGATION = { Accept: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "Sec-Fetch-Dest": "document" };

test("a person who is refused at an address without a page of its own sees the error page", async () => {
  const { people, organization, elsewhere } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.member);
  const say = wordsOf("en");
  const missing = say("errors_not_found_title");
  const forbidden = say("errors_forbidden_title");
  const method = say("errors_method_title");
  const file = crypto.randomUUID();
  for (const [url, status, heading] of [
    ["/organizations/nope", 404, missing],
    [`/organizations/${elsewhere.slug}`, 404, missing],
    [`/organizations/${organization.slug}/audit/export`, 403, forbidden],
    [`/organizations/${organization.slug}/audit/export?from=nonsense`, 400, missing],
    [`/files/${organization.slug}/images/${file}`, 404, missing],
    [`/files/people/${people.member.id}/${file}`, 404, missing],
    ["/api/nothing", 404, missing],
    ["/logout", 405, method],
    ["/preferences", 405, method],
  ] as const) {
    const answer = await page.goto(url);
    expect([url, answer?.status(), answer?.headers()["content-type"]]).toEqual([
      url,
      status,
      "text/html; charset=utf-8",
    ]);
    await page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor();
  }
  expect((await page.goto("/logout"))?.headers().allow).toBe("POST");
  await page.goto(`/organizations/${organization.slug}/audit/export`);
  await page.getByText("Only owners can open this page.").waitFor();
});

test("no page shows an error before anything was pressed", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
  const { context, page } = visit;
  const alertsAt = async (urls: string[]) => {
    const found = [];
    for (const url of urls) {
      const response = await page.goto(url);
      found.push([url, response?.status(), await page.getByRole("alert").count()]);
    }
    return found.filter(([, status, alerts]) => status !== 200 || alerts !== 0);
  };
  expect(await alertsAt(["/login", "/login/code", "/signup", "/forgot-password"])).toEqual([]);
  await signIn(context, person);
  const own = ["account", "account/email", "account/delete", "security", "security/password", "security/passkeys"];
  const places = [
    "settings",
    "settings/second-factor/end",
    "settings/delete",
    "members",
    "invitations",
    "invitations/owner",
  ];
  const forms = ["keys/new", "webhooks/new", "invite-links/new", "gallery/upload", "leave", "welcome"];
  expect(
    await alertsAt([
      "/organizations/new",
      ...own.map((each) => `/settings/${each}`),
      ...[...places, ...forms].map((each) => `/organizations/${organization.slug}/${each}`),
    ]),
  ).toEqual([]);
});

test("a page that a role may not open names the owners inside the frame, to members only", async () => {
  const { db, people, organization } = await aWorkplace();
  const second = await aPerson(db, { name: "Olive Owner" });
  await db
    .insert(member)
    .values({ id: crypto.randomUUID(), organizationId: organization.id, userId: second.id, role: "owner" });
  const home = `/organizations/${organization.slug}`;
  for (const javaScriptEnabled of [true, false]) {
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await signIn(context, people.admin);
    await page.goto(`${home}/settings`);
    await page.getByRole("heading", { level: 1, name: wordsOf("en")("errors_forbidden_title") }).waitFor();
    await page
      .getByText("Only owners can open this page. If you need access, ask Omar Owner or Olive Owner.")
      .waitFor();
    await page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Gallery" }).waitFor();
  }
  for (const [locale, tag] of [
    ["de-DE", "de"],
    ["ar", "ar"],
  ] as const) {
    await using visit = await browser.visit(fromSomewhere({ locale }));
    await signIn(visit.context, people.member);
    await visit.page.goto(`${home}/members`);
    await visit.page.getByRole("heading", { level: 1, name: wordsOf(tag)("errors_forbidden_title") }).waitFor();
    await visit.page
      .getByRole("main")
      .getByText(/Omar Owner.*Olive Owner/)
      .waitFor();
  }
  await using visit = await browser.visit(fromSomewhere());
  await signIn(visit.context, people.outsider);
  await visit.page.goto(`${home}/members`);
  await visit.page.getByRole("heading", { level: 1, name: wordsOf("en")("errors_not_found_title") }).waitFor();
  expect(await visit.page.content()).not.toContain("Omar Owner");
});

test("the error page is in the person's language, with and without JavaScript", async () => {
  const { people } = await aWorkplace();
  for (const [locale, tag, direction, javaScriptEnabled] of [
    ["fr-FR", "fr", "ltr", false],
    ["ar", "ar", "rtl", false],
    ["ar", "ar", "rtl", true],
  ] as const) {
    await using visit = await browser.visit(fromSomewhere({ locale, javaScriptEnabled }));
    await signIn(visit.context, people.member);
    await visit.page.goto("/organizations/nope");
    await visit.page.getByRole("heading", { level: 1, name: wordsOf(tag)("errors_not_found_title") }).waitFor();
    expect(await visit.page.locator("html").getAttribute("dir")).toBe(direction);
  }
});

test("the home link works on an error page shown in place of a download", async () => {
  const { people, organization } = await aWorkplace();
  await using visit = await browser.visit(fromSomewhere());
  await signIn(visit.context, people.member);
  await visit.page.goto(`/organizations/${organization.slug}/dashboard`);
  await visit.page.goto(`/organizations/${organization.slug}/audit/export`);
  await visit.page.getByRole("link", { name: "Go to home page" }).click();
  await visit.page.waitForURL(`**/organizations/${organization.slug}/dashboard`);
});

test("a person who opens an address of the API gets a JSON error as a program does, and no redirect", async () => {
  const { cookies, elsewhere } = await aWorkplace();
  for (const [url, cookie, status, code] of [
    ["/api/v1/pages/notifications", null, 401, "unauthenticated"],
    [`/api/v1/pages/organizations/${elsewhere.slug}/dashboard`, cookies.member, 404, "not-found"],
  ] as const) {
    const answer = await ask(url, cookie, { headers: NAVIGATION });
    expect([answer.status, answer.headers.get("Content-Type")]).toEqual([status, "application/problem+json"]);
    expect(await answer.json()).toMatchObject({ code, error: code });
  }
});

test("a person gets JSON errors from the API and MCP for any spelling of the address and any method", async () => {
  for (const [url, method, status] of [
    ["/API/v1/organizations/acme/members", "GET", 401],
    ["/Api/V1/nothing", "GET", 404],
    ["/api/v1/%", "GET", 404],
    ["/api/v1/organizations/%ff/members", "GET", 404],
    ["/api/v1/organizations/acme/members", "PROPFIND", 405],
    ["/api/v1/nothing.data", "GET", 404],
    ["/mcp", "PROPFIND", 405],
    ["/MCP/nothing", "POST", 404],
  ] as const) {
    const answer = await ask(url, null, { method, headers: NAVIGATION });
    expect([url, answer.status, answer.headers.get("Content-Type")]).toEqual([url, status, "application/problem+json"]);
    expect(await answer.json(), url).toMatchObject({ status, requestId: answer.headers.get("X-Request-Id") });
    expect(answer.headers.has("Allow"), url).toBe(status === 405);
  }
});

test("scripts, programs and requests for pictures get errors as JSON", async () => {
  const { cookies, organization } = await aWorkplace();
  const json: HeadersInit[] = [{}, { Accept: "application/json" }, { ...NAVIGATION, "Sec-Fetch-Dest": "empty" }];
  for (const headers of json) {
    const answer = await ask("/organizations/nope", cookies.member, { headers });
    expect([answer.status, await answer.json()]).toEqual([404, { error: "not-found" }]);
  }
  const picture = `/files/${organization.slug}/logo/${crypto.randomUUID()}`;
  const answer = await ask(picture, cookies.member, { headers: { Accept: "image/*", "Sec-Fetch-Dest": "image" } });
  expect([answer.status, answer.headers.get("Content-Type")]).toEqual([404, "application/json"]);
});

test("a form from another site gets 403 and an error page in the person's language", async () => {
  const { cookies } = await aWorkplace();
  const headers = { ...NAVIGATION, Origin: "https://evil.test", "Accept-Language": "de" };
  const body = new URLSearchParams({ name: "Evil Works" });
  const answer = await fetch(new URL("/organizations/new", inject("appUrl")), {
    method: "POST",
    body,
    headers: { ...headers, Cookie: cookies.owner ?? "" },
  });
  expect([answer.status, answer.headers.get("Content-Type")]).toEqual([403, "text/html; charset=utf-8"]);
  expect(await answer.text()).toContain(wordsOf("de")("errors_method_title"));
});

test("a second reply to an invitation replaces the error of the first reply with its own", async () => {
  const say = wordsOf("en");
  const db = e2eDatabase();
  const filling = await anOrganization(db, { memberLimit: 2, members: [{ person: await aPerson(db), role: "owner" }] });
  const { person } = await anOwner();
  const { id } = await anInvitation(db, { organization: filling, email: person.email });
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, "/organizations");
  const main = page.getByRole("main");
  const refused = main.getByRole("alert");
  await db.update(organization).set({ memberLimit: 1 }).where(eq(organization.id, filling.id));
  await main.getByRole("button", { name: say("organizations_invitation_accept") }).click();
  await refused.getByText(say("invitations_organization_full")).waitFor();
  await db.update(invitation).set({ status: "revoked" }).where(eq(invitation.id, id));
  // Without an open invitation, the list that loads next does not show the answer any more.
  const { promise: answerSeen, resolve: letLoad } = Promise.withResolvers<void>();
  await page.route("**/organizations.data*", (route) => answerSeen.then(() => route.continue()));
  await main.getByRole("button", { name: say("organizations_invitation_decline") }).click();
  await refused.getByText(say("invitations_closed")).waitFor();
  expect(await refused.getByText(say("invitations_organization_full")).count()).toBe(0);
  letLoad();
  await main.getByText(say("invitations_closed")).waitFor({ state: "detached" });
});

test("a person without a way to confirm is told so, and how to get one", async () => {
  const db = e2eDatabase();
  const person = await aPerson(db, { name: "Cody Code" });
  for (const javaScriptEnabled of [true, false]) {
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await signIn(context, person);
    await page.goto("/confirm?redirectTo=%2Fsettings%2Fsecurity");
    await page.getByText(wordsOf("en")("security_confirm_no_way")).waitFor();
    expect(await page.getByText(wordsOf("en")("security_confirm_no_password")).count()).toBe(0);
    await page
      .getByRole("main")
      .getByRole("link", { name: wordsOf("en")("security_password_set") })
      .click();
    await page.waitForURL(`**/forgot-password?email=${encodeURIComponent(person.email)}`);
  }
});
