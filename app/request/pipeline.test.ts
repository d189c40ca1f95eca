import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { invitation, member } from "#app/db/schema/organizations.ts";
import { session } from "#app/db/schema/people.ts";
import { networkOf } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { plan } from "#app/operation/plan.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { anInvitation, anOrganization, aPerson, aSession } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask, cookiesOf } from "#app/test/requests.ts";
import { form, page } from "./doors.server.ts";

const db = testDatabase();

const invited = page(
  read({
    validate: InOrganization.extend({ page: z.coerce.number().int().min(1).default(1) }),
    authenticate: "session",
    authorize: "dashboard:read",
    execute: (scope, { page }) =>
      plan({ names: scope.select({ name: invitation.email }).from(invitation) }, ({ names }) => ({
        page,
        names: names.map(({ name }) => name),
      })),
  }),
);

const audit = page(
  read({
    validate: InOrganization,
    authenticate: "session",
    authorize: "audit:read",
    execute: (scope) => plan({ found: scope.select({ id: invitation.id }).from(invitation) }, ({ found }) => found),
  }),
);

const rename = form(
  write({
    validate: InOrganization.extend({ name: z.string().min(2) }),
    authenticate: "session",
    authorize: "organization:update",
    limit: (_input, { userId }) => [{ key: `test:${userId}`, times: 2, seconds: 60 }],
    execute: async ({ organizationId }, { name }) =>
      name === "taken" ? ({ ok: false, reason: "taken" } as const) : ({ ok: true, organizationId, name } as const),
    refused: { taken: { status: 409, field: "name", message: ({ name }) => `${name} is taken` } },
  }),
  { shows: ({ name }) => ({ name }) },
);

async function aWorkplace() {
  const [owner, plain, outsider] = await Promise.all([aPerson(db), aPerson(db), aPerson(db)]);
  const organization = await anOrganization(db, {
    members: [
      { person: owner, role: "owner" },
      { person: plain, role: "member" },
    ],
  });
  return {
    owner,
    organization,
    params: { organization: organization.slug },
    ownerCookie: await cookiesOf(await aSession(db, owner)),
    memberCookie: await cookiesOf(await aSession(db, plain)),
    outsiderCookie: await cookiesOf(await aSession(db, outsider)),
  };
}

function pathOf({ organization }: { organization: string }, rest = "dashboard") {
  return `/organizations/${organization}/${rest}`;
}

test("a member reads in one trip, and the answer says so", async () => {
  const { params, memberCookie: cookie } = await aWorkplace();
  const { status, body, services } = await ask(invited, { url: pathOf(params), params, cookie });
  expect({ status, body }).toEqual({ status: 200, body: { page: 1, names: [] } });
  expect(services.trace.serverTiming()).toMatch(/authorize;dur=.*db;dur=.*desc="(1|2) trip/);
  const second = await ask(invited, { url: pathOf(params), params, cookie });
  expect(second.services.trace.trips).toBe(1);
});

test("loaders of one page share a trip and its access statement", async () => {
  const { params, memberCookie: cookie } = await aWorkplace();
  await ask(invited, { url: pathOf(params), params, cookie });
  const both = async (args: Parameters<typeof invited>[0]) => Promise.all([invited(args), invited(args)]);
  const { services, body } = await ask(both, { url: pathOf(params), params, cookie });
  expect(body).toHaveLength(2);
  expect(services.trace.trips).toBe(1);
});

test("a signed-out visitor is sent to sign in with a way back, or gets 401 as data, without a trip", async () => {
  const { params } = await aWorkplace();
  const page = await ask(invited, { url: `${pathOf(params)}?page=2`, params });
  expect(page.status).toBe(302);
  expect(page.headers.get("Location")).toBe(`/login?redirectTo=${encodeURIComponent(`${pathOf(params)}?page=2`)}`);
  const data = await ask(invited, { url: `/api${pathOf(params)}`, params });
  expect(data).toMatchObject({ status: 401, body: { error: "unauthenticated" } });
  expect(page.services.trace.trips + data.services.trace.trips).toBe(0);
});

test("401 comes before 400, and 400 before 404, without a trip", async () => {
  const { params, outsiderCookie } = await aWorkplace();
  const url = `/api${pathOf(params)}?page=nonsense`;
  expect((await ask(invited, { url, params })).status).toBe(401);
  const { status, body, services } = await ask(invited, { url, params, cookie: outsiderCookie });
  expect(status).toBe(400);
  expect(body).toMatchObject({ error: "invalid", fields: { page: [expect.any(String)] } });
  expect(services.trace.trips).toBe(0);
});

test("a repeated search parameter is refused where one value is expected", async () => {
  const { params, memberCookie: cookie } = await aWorkplace();
  const { status } = await ask(invited, { url: `/api${pathOf(params)}?page=1&page=2`, params, cookie });
  expect(status).toBe(400);
});

test("an outsider and an organization that does not exist get the same 404", async () => {
  const { params, outsiderCookie: cookie } = await aWorkplace();
  const strange = await ask(invited, { url: pathOf(params), params, cookie });
  const missing = await ask(invited, {
    url: pathOf({ organization: "nowhere-at-all" }),
    params: { organization: "nowhere-at-all" },
    cookie,
  });
  const malformed = await ask(invited, { url: pathOf({ organization: "NO" }), params: { organization: "NO" }, cookie });
  for (const { status, body } of [strange, missing, malformed]) {
    expect({ status, body }).toEqual({ status: 404, body: { error: "not-found" } });
  }
});

test("a member without the permission gets 403 with the roles that have it", async () => {
  const { params, memberCookie: cookie } = await aWorkplace();
  const { status, body } = await ask(audit, { url: pathOf(params, "audit"), params, cookie });
  expect({ status, body }).toEqual({ status: 403, body: { error: "forbidden", roles: ["owner"], role: "member" } });
});

test("rows of another tenant are not even computed for a stranger", async () => {
  const { params, organization, outsiderCookie: cookie } = await aWorkplace();
  await anInvitation(db, { organization });
  let seen: unknown = null;
  const peeking = page(
    read({
      validate: InOrganization,
      authenticate: "session",
      authorize: "dashboard:read",
      execute: (scope) => {
        const rows = scope.select({ id: invitation.id }).from(invitation);
        void rows.then((found) => {
          seen = found;
        });
        return plan({ rows }, ({ rows }) => rows);
      },
    }),
  );
  expect((await ask(peeking, { url: pathOf(params), params, cookie })).status).toBe(404);
  await expect.poll(() => seen).toEqual([]);
});

test("an ended session is dead on the next request while its cookie cache is still valid", async () => {
  const { params, owner } = await aWorkplace();
  const live = await aSession(db, owner);
  const cookie = await cookiesOf(live);
  expect((await ask(invited, { url: pathOf(params), params, cookie })).status).toBe(200);
  await db.delete(session).where(eq(session.id, live.id));
  const page = await ask(invited, { url: pathOf(params), params, cookie });
  const data = await ask(invited, { url: `/api${pathOf(params)}`, params, cookie });
  expect([page.status, data.status]).toEqual([302, 401]);
  expect(page.services.trace.headers.getSetCookie().join()).toContain("session_token=; Path=/; Max-Age=0");
});

test("a removed member gets 404 on the next request", async () => {
  const { params, organization, memberCookie: cookie } = await aWorkplace();
  expect((await ask(invited, { url: pathOf(params), params, cookie })).status).toBe(200);
  await db.delete(member).where(eq(member.organizationId, organization.id));
  expect((await ask(invited, { url: pathOf(params), params, cookie })).status).toBe(404);
});

test("a forged cookie gets 401", async () => {
  const { params, ownerCookie } = await aWorkplace();
  const forged = ownerCookie
    .replace(/session_token=[^.]+/, "session_token=forged")
    .replace(/session_data=./, "session_data=x");
  expect((await ask(invited, { url: `/api${pathOf(params)}`, params, cookie: forged })).status).toBe(401);
});

test("a mangled cookie beside a valid cookie cache gets 401, not a fault", async () => {
  const { params, ownerCookie } = await aWorkplace();
  const mangled = ownerCookie.replace(/session_token=[^;]+/, "session_token=%E0%A4%A");
  expect((await ask(invited, { url: `/api${pathOf(params)}`, params, cookie: mangled })).status).toBe(401);
});

test("a signed-out sender gets 401 after their whole body was read", async () => {
  const { params } = await aWorkplace();
  let sent = 0;
  const body = new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(100_000));
      sent += 1;
      if (sent === 20) controller.close();
    },
  });
  const request = new Request(`http://localhost:5173/api${pathOf(params)}`, { method: "POST", body });
  const asNobody = async (args: Parameters<typeof rename>[0]) => rename({ ...args, request });
  const { status } = await ask(asNobody, { url: `/api${pathOf(params)}`, params, form: { name: "fine" } });
  expect({ status, sent }).toEqual({ status: 401, sent: 20 });
});

test("a write with a taken value returns 409, names the field and the reason, and keeps what was typed", async () => {
  const { params, ownerCookie: cookie } = await aWorkplace();
  const form = { name: "taken", password: "never shown again" };
  const { status, body } = await ask(rename, { url: pathOf(params), params, cookie, form });
  expect(status).toBe(409);
  const again = { status: "error", initialValue: { name: "taken" }, error: { name: ["taken is taken"] } };
  expect(body).toEqual({ ...again, code: "taken" });
});

test("a form that was shown to another person changes nothing, and says who is signed in", async () => {
  const { params, owner, ownerCookie: cookie } = await aWorkplace();
  const url = pathOf(params);
  const form = { name: "fine", seenBy: crypto.randomUUID() };
  const asFile = new FormData();
  for (const [name, value] of Object.entries(form)) asFile.set(name, value);
  asFile.set("file", new File(["x"], "x.png"));
  for (const body of [{ form }, { form: asFile }, { json: form }]) {
    const page = await ask(rename, { url, params, cookie, ...body });
    expect([page.status, page.body]).toEqual([409, { anotherPerson: owner.name }]);
    const answered = await ask(rename, { url: `/api${url}`, params, cookie, ...body });
    expect(answered).toMatchObject({ status: 409, body: { error: "another-person" } });
    expect(JSON.stringify(answered.body)).toContain(owner.name);
    const headers = { "Sec-Fetch-Dest": "document" };
    const unscripted = await ask(rename, { url, params, cookie, headers, ...body });
    expect([unscripted.status, unscripted.body]).toEqual([409, { error: "another-person", name: owner.name }]);
  }
  for (const seenBy of [owner.id, ""]) {
    expect((await ask(rename, { url, params, cookie, form: { ...form, seenBy } })).status).toBe(200);
  }
});

test("a visitor who must sign in to send a form is told that nothing changed, and led back to the page of the form", async () => {
  const { params } = await aWorkplace();
  const leadsTo = async (Referer: string) => {
    const asked = { url: pathOf(params), params, form: { name: "fine" }, headers: { Referer } };
    const { headers, services } = await ask(rename, asked);
    expect(services.trace.headers.getSetCookie().join()).toContain(".said=account_nothing_changed;");
    return headers.get("Location");
  };
  expect(await leadsTo("http://localhost:5173/settings?tab=2")).toBe("/login?redirectTo=%2Fsettings%3Ftab%3D2");
  for (const other of ["https://evil.test/settings", "nonsense", ""]) {
    expect(await leadsTo(other)).toBe("/login?redirectTo=%2F");
  }
});

test("a write accepts only POST", async () => {
  const { params, ownerCookie: cookie } = await aWorkplace();
  const { status, services } = await ask(rename, { url: pathOf(params), params, cookie, method: "DELETE" });
  expect(status).toBe(405);
  expect(services.trace.headers.get("Allow")).toBe("POST");
});

test("attempts over the limit get 429 with Retry-After, also when they run in parallel", async () => {
  const { params, ownerCookie: cookie } = await aWorkplace();
  const attempts = await Promise.all(
    Array.from({ length: 10 }, () => ask(rename, { url: pathOf(params), params, cookie, form: { name: "fine" } })),
  );
  expect(attempts.filter(({ status }) => status === 200)).toHaveLength(2);
  const over = attempts.find(({ status }) => status === 429);
  expect(Number(over?.services.trace.headers.get("Retry-After"))).toBeGreaterThan(0);
});

test("IPv6 addresses of one network count as one, and each IPv4 address counts by itself", () => {
  const one = ["2001:db8:1:2::1", "2001:0DB8:1:2:a:b:c:d", "2001:db8:1:2:0:0:0:ff", "2001:db8:1:2:a::"];
  expect(new Set(one.map(networkOf))).toEqual(new Set(["2001:db8:1:2::/64"]));
  expect(networkOf("2001:db8:1:3::1")).toBe("2001:db8:1:3::/64");
  expect(networkOf("2001:db8::1")).toBe("2001:db8:0:0::/64");
  expect(networkOf("::1")).toBe("0:0:0:0::/64");
  expect(["203.0.113.7", "::ffff:203.0.113.7", "unknown"].map(networkOf)).toEqual([
    "203.0.113.7",
    "::ffff:203.0.113.7",
    "unknown",
  ]);
});

test("a server fault returns 500 with the request id and nothing internal", async () => {
  const { params, memberCookie: cookie } = await aWorkplace();
  const broken = page(
    read({
      validate: InOrganization,
      authenticate: "session",
      authorize: "dashboard:read",
      execute: ({ unsafe }) =>
        plan({ rows: unsafe("This table does not exist.").run("select * from no_such_table") }, () => null),
    }),
  );
  const { status, body, services } = await ask(broken, { url: `/api${pathOf(params)}`, params, cookie });
  const logged = vi.spyOn(console, "error");
  expect(logged.mock.calls.join()).toContain("no such table");
  logged.mockClear();
  expect({ status, body }).toEqual({ status: 500, body: { error: "fault", requestId: services.trace.requestId } });
});
