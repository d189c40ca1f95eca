import { expect, test, vi } from "vitest";
import { newKeySecret } from "#app/key-secret.server.ts";
import { fault } from "#app/request/answers.server.ts";
import { action as signIn } from "#app/routes/account/sign-in.ts";
import { loader as api } from "#app/routes/api/v1.ts";
import { action as revoke } from "#app/routes/organizations/invitations.revoke.ts";
import { loader as confirmed } from "#app/routes/settings/email.ts";
import { aPerson, aSession, withPassword } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { aKeyedTeam } from "#app/test/keyed-team.ts";
import { type Answered, ask, cookiesOf } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { newToken } from "#app/tokens.server.ts";
import { refusalLine } from "./refusal-line.ts";

const db = testDatabase();
const PASSWORD = "seven quiet herons";

const lineOf = (path: string, { status, services }: Answered) =>
  refusalLine(new Request(`https://app.test${path}?token=secret`, { method: "POST" }), status, services);

async function failing(email: string, ipAddress: string, password = "not the password") {
  const form = { email, password, redirectTo: "/" };
  return ask(signIn, { url: "/login", form, headers: { "cf-connecting-ip": ipAddress } });
}

test("a failed sign-in logs a line with time, network and reason, and with the account only as a hash", async () => {
  const [ada, eve] = [await withPassword(db, await aPerson(db), PASSWORD), await aPerson(db)];
  const line = lineOf("/login", await failing(ada.email, "203.0.113.77"));
  expect(line).toEqual({
    level: "warn",
    requestId: expect.any(String),
    method: "POST",
    path: "/login",
    status: 401,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    network: "203.0.113.0/24",
    account: expect.stringMatching(/^[\w-]{16}$/),
    reason: "no-match",
  });
  const other = lineOf("/login", await failing(ada.email, "2001:db8:1:2:3:4:5:6"));
  expect(other).toMatchObject({ network: "2001:db8:1:2::/64", account: line.account });
  expect(lineOf("/login", await failing(eve.email, "203.0.113.78")).account).not.toBe(line.account);
  for (const said of ["203.0.113.77", "3:4:5:6", ada.email, ada.id, "not the password", "secret"])
    expect(JSON.stringify([line, other]), said).not.toContain(said);
});

test("a rate limit, an old proof and an insufficient role each log a line with the reason", async () => {
  const { email } = await withPassword(db, await aPerson(db), PASSWORD);
  const answers = [];
  for (let times = 0; times < 6; times += 1) answers.push(await failing(email, "198.51.100.9"));
  expect(lineOf("/login", answers[5] as Answered)).toMatchObject({ status: 429, reason: "limit" });

  const person = await aPerson(db);
  const old = await aSession(db, person, { provenAt: new Date(0) });
  const stale = await ask(confirmed, { url: "/settings/account/email", cookie: await cookiesOf(old) });
  const line = lineOf("/settings/account/email", stale);
  expect(line).toMatchObject({ reason: "stale", account: expect.stringMatching(/^[\w-]{16}$/) });

  const team = await aTeam(db);
  const invitation = crypto.randomUUID();
  const at = team.at(`invitations/${invitation}/revoke`, { invitation });
  const refused = await ask(revoke, { ...at, cookie: team.plain.cookie, form: {} });
  const actor = { kind: "person", id: expect.stringMatching(/^[\w-]{16}$/) };
  expect(lineOf("/x", refused)).toMatchObject({ status: 403, reason: "role", actor });
});

test("a log line does not contain the token of a link, nor a key that was pasted into an address", async () => {
  const { services } = await ask(revoke, { url: "/organizations/x/invitations/x/revoke", form: {} });
  const [person, token, key] = [crypto.randomUUID(), newToken(), newKeySecret()];
  const pathOf = (path: string) => refusalLine(new Request(`https://app.test${path}`), 404, services).path;
  expect(pathOf(`/unsubscribe/${person}/invitation/${token}`)).toBe(`/unsubscribe/${person}/invitation/…`);
  expect(pathOf(`/unsubscribe/${person}/invitation/${token}.data`)).toBe(`/unsubscribe/${person}/invitation/….data`);
  expect(pathOf(`/api/v1/organizations/acme/keys/${key}`)).toBe("/api/v1/organizations/acme/keys/…");
  const logged = vi.spyOn(console, "error").mockReturnValue();
  fault(new Request(`https://app.test/unsubscribe/${person}/invitation/${token}`), services, new Error("broken"));
  expect(String(logged.mock.lastCall)).toContain(`/unsubscribe/${person}/invitation/…`);
  logged.mockClear();
});

test("a key and its agent are named in every line, and an account only where identity is the matter", async () => {
  const { key, root } = await aKeyedTeam(db, ["member:read"]);
  const headers = { Authorization: `Bearer ${key.secret}` };
  const missing = await ask(api as never, { url: `${root}/members/${crypto.randomUUID()}`, headers });
  expect(lineOf("/x", missing)).toMatchObject({ status: 404, actor: { kind: "key", id: key.id } });
  expect(lineOf("/x", missing)).not.toHaveProperty("reason");
  missing.services.trace.via = "An agent";
  expect(lineOf("/x", missing)).toMatchObject({ via: "An agent" });
  const lacking = await ask(api as never, { url: `${root}/invitations`, headers });
  expect(lineOf("/x", lacking)).toMatchObject({ status: 403, network: expect.any(String), account: null });
  lacking.services.trace.refusal = null;
  expect(lineOf("/x", lacking), "a refusal without a reason of its own").toMatchObject({ reason: "refused" });
});

test("the log line of a page that does not exist says nothing about who requested it", async () => {
  const team = await aTeam(db);
  const at = {
    url: "/organizations/nowhere/invitations/x/revoke",
    params: { organization: "nowhere", invitation: "x" },
  };
  const refused = await ask(revoke, { ...at, cookie: team.owner.cookie, form: {} });
  expect(Object.keys(lineOf("/organizations/nowhere", refused))).toEqual([
    "level",
    "requestId",
    "method",
    "path",
    "status",
  ]);
});
