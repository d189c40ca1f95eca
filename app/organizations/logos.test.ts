import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { loader as logo } from "#app/routes/files/logo.ts";
import { anOrganization, aPerson, aSession, type Person } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask, cookiesOf } from "#app/test/requests.ts";

const db = testDatabase();
const BYTES = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);

async function aLogo(person: Person) {
  const [id, former] = [crypto.randomUUID(), crypto.randomUUID()];
  const organization = await anOrganization(db, { logo: id, members: [{ person, role: "member" }] });
  for (const each of [id, former]) {
    await env.FILES.put(`organizations/${organization.id}/logo/${each}`, BYTES, {
      httpMetadata: { contentType: "image/png" },
    });
  }
  return { organization: organization.slug, logo: id, former };
}

async function fetchLogo(params: { organization: string; logo: string }, person: Person | null) {
  const cookie = person && (await cookiesOf(await aSession(db, person)));
  const url = `/files/${params.organization}/logo/${params.logo}`;
  return ask(logo, { url, params, cookie, headers: { Accept: "application/json" } });
}

test("a member gets the logo with its type, for private caches only, and a browser never runs it", async () => {
  const ada = await aPerson(db);
  const { organization, logo } = await aLogo(ada);
  const { status, headers, body } = await fetchLogo({ organization, logo }, ada);
  expect(status).toBe(200);
  expect(new Uint8Array(await (body as Response).arrayBuffer())).toEqual(BYTES);
  expect(Object.fromEntries(headers)).toMatchObject({
    "content-type": "image/png",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "cache-control": expect.stringContaining("private"),
  });
});

test("a person who is not a member gets no logo, and a former logo returns 404 even to members", async () => {
  const [ada, stranger] = [await aPerson(db), await aPerson(db)];
  const { organization, logo, former } = await aLogo(ada);
  const foreign = await aLogo(stranger);
  expect((await fetchLogo({ organization, logo }, null)).status).toBe(401);
  expect((await fetchLogo({ organization, logo }, stranger)).status).toBe(404);
  expect((await fetchLogo({ organization: foreign.organization, logo }, stranger)).status).toBe(404);
  expect((await fetchLogo({ organization, logo: former }, ada)).status).toBe(404);
  expect((await fetchLogo({ organization, logo: "..%2Fimages" }, ada)).status).toBe(404);
});
