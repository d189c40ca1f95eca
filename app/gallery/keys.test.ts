import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { change } from "#app/change/change.server.ts";
import { auditEntry } from "#app/db/schema/audit.ts";
import { image } from "#app/db/schema/gallery.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import { isKeySecret, newKeySecret } from "#app/key-secret.server.ts";
import { changeLimit } from "#app/operation/limits.server.ts";
import { type ReadOperation, read, type WriteOperation, write } from "#app/operation/operation.server.ts";
import { planOf } from "#app/operation/plan.ts";
import { showSettings } from "#app/organizations/settings/operations.server.ts";
import { page } from "#app/request/doors.server.ts";
import { runRead } from "#app/request/read.server.ts";
import { runWrite } from "#app/request/write.server.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { aKey, anOrganization } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { type Answered, ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { refusalLine } from "../../workers/refusal-line.ts";
import { deleteImage, listImages, nameImage, showImage } from "./operations.server.ts";

const db = testDatabase();

type Handler = Parameters<typeof ask>[0];

const opens = (operation: unknown): Handler => {
  const program = { via: "Test client" };
  const { kind } = operation as ReadOperation;
  return kind === "read"
    ? (args) => runRead(operation as ReadOperation, { ...args, program }, (found) => Response.json(found ?? null))
    : (args) => runWrite(operation as WriteOperation, { ...args, program }, (done) => Response.json(done));
};

async function aKeyedTeam() {
  const team = await aTeam(db);
  const key = await aKey(db, { organizationId: team.organization.id });
  const organizationId = team.organization.id;
  const [picture] = await db
    .insert(image)
    .values({ id: crypto.randomUUID(), organizationId, name: "Lake", type: "image/png", size: 1 })
    .returning();
  const id = picture?.id ?? "";
  const at = { url: `/api/${team.organization.slug}`, params: { organization: team.organization.slug } };
  return { team, key, image: id, at, atImage: { ...at, params: { ...at.params, image: id } } };
}

const bearing = ({ secret }: { secret: string }) => ({ Authorization: `Bearer ${secret}`, Accept: "application/json" });

test("a key reads in one trip and writes in two, and the chained log entry names the key and its client", async () => {
  const { key, at, atImage, image: id } = await aKeyedTeam();
  const headers = bearing(key);
  const listed = await ask(opens(listImages), { ...at, headers });
  expect([listed.status, listed.services.trace.trips]).toEqual([200, 1]);
  expect(listed.body).toMatchObject({ total: 1, images: [{ name: "Lake", canRename: false }] });
  const named = await ask(opens(nameImage), { ...atImage, headers, json: { name: "Sea" } });
  expect([named.status, named.services.trace.trips]).toEqual([200, 2]);
  const [entry] = await db.select().from(auditEntry).where(eq(auditEntry.targetId, id));
  expect(entry).toMatchObject({ actorKind: "key", actorId: key.id, via: "Test client", action: "image.renamed" });
  expect(entry?.hash).toMatch(/^[\da-f]{64}$/);
});

test("an image made by a key has the key as its author instead of a person, and shows the key's name", async () => {
  const { team, key, at } = await aKeyedTeam();
  const make = write({
    validate: InOrganization,
    authenticate: "session",
    authorize: "gallery:create",
    limit: changeLimit,
    execute: async (grant) => {
      const values = { id: grant.newId(), name: "Made", type: "image/png", size: 1 } as const;
      const { isMade } = await change(grant, {
        action: "image.created",
        makes: (entry) => ({ row: entry.insert(image, values) }),
      });
      return { ok: isMade };
    },
    refused: {},
  });
  const { body } = await ask(opens(make), { ...at, headers: bearing(key), json: {} });
  expect(body).toEqual({ ok: true });
  const [row] = await db.select().from(image).where(eq(image.name, "Made"));
  expect([row?.createdBy, row?.createdByKey]).toEqual([null, key.id]);
  const shown = await ask(page(showImage), {
    ...team.at("gallery/x", { image: row?.id ?? "" }),
    cookie: team.owner.cookie,
  });
  expect(shown.body).toMatchObject({ image: { createdBy: { id: key.id, name: "Nightly import" } } });
});

test("an unknown, mistyped, revoked or expired key gets 401, a rotated one only after its grace period", async () => {
  const { team, key, at } = await aKeyedTeam();
  const organizationId = team.organization.id;
  const [past, future] = [new Date(Date.now() - 1_000), new Date(Date.now() + 60_000)];
  const statusOf = async (secret: string) =>
    (await ask(opens(listImages), { ...at, headers: bearing({ secret }) })).status;
  const revoked = await aKey(db, { organizationId, revokedAt: past });
  const expired = await aKey(db, { organizationId, expiresAt: past });
  const living = await aKey(db, { organizationId, expiresAt: future });
  const [before, longBefore] = [await aKey(db, { organizationId }), await aKey(db, { organizationId })];
  await db.delete(apiKey).where(eq(apiKey.id, before.id));
  await db.delete(apiKey).where(eq(apiKey.id, longBefore.id));
  await aKey(db, { organizationId, formerDigest: before.digest, formerUntil: future });
  await aKey(db, { organizationId, formerDigest: longBefore.digest, formerUntil: past });
  const mistyped = key.secret.slice(0, -1) + (key.secret.endsWith("a") ? "b" : "a");
  const secrets = { unknown: newKeySecret(), mistyped, "": "nonsense", revoked: revoked.secret };
  for (const [name, secret] of Object.entries(secrets)) expect([name, await statusOf(secret)]).toEqual([name, 401]);
  expect(await statusOf(expired.secret)).toBe(401);
  expect(await statusOf(living.secret)).toBe(200);
  expect([await statusOf(before.secret), await statusOf(longBefore.secret)]).toEqual([200, 401]);
  const { services } = await ask(opens(listImages), { ...at, headers: bearing({ secret: mistyped }) });
  expect(services.trace.trips, "a mistyped key is refused without a round trip").toBe(0);
});

test("a key finds no other organization, and a permission that it lacks is refused", async () => {
  const { key, at } = await aKeyedTeam();
  const other = await anOrganization(db);
  const elsewhere = { url: "/api/x", params: { organization: other.slug } };
  const headers = bearing(key);
  expect((await ask(opens(listImages), { ...elsewhere, headers })).status).toBe(404);
  expect((await ask(opens(listImages), { ...at, params: { organization: "nowhere" }, headers })).status).toBe(404);
  const { status, services } = await ask(opens(showSettings), { ...at, headers });
  expect([status, services.trace.refusal]).toEqual([403, "role"]);
  const line = refusalLine(new Request("https://app.test/api/x"), status, services);
  expect(line).toMatchObject({ actor: { kind: "key", id: key.id }, via: "Test client", account: null });
});

test("a key cannot use operations that need a fresh proof, are only for people or are a person's own", async () => {
  const { key, at } = await aKeyedTeam();
  const ending = { validate: InOrganization, execute: () => planOf({}) } as const;
  const own = read({ validate: z.unknown(), authenticate: "session", authorize: "self", execute: () => planOf({}) });
  const operations = [
    read({ ...ending, authenticate: "fresh", authorize: "gallery:read" }),
    read({ ...ending, authenticate: "person", authorize: "gallery:read" }),
    own,
  ];
  for (const operation of operations) {
    const { status, body, services } = await ask(opens(operation), { ...at, headers: bearing(key) });
    expect([status, body, services.trace.trips]).toEqual([403, { error: "people-only" }, 0]);
  }
});

test("a request with both a key and a session is refused, and a page accepts no key", async () => {
  const { team, key, at } = await aKeyedTeam();
  const { cookie } = team.owner;
  const both = await ask(opens(listImages), { ...at, cookie, headers: bearing(key) });
  expect([both.status, both.body, both.services.trace.trips]).toEqual([400, { error: "two-callers" }, 0]);
  const other = await ask(opens(listImages), { ...at, cookie: "theme=dark", headers: bearing(key) });
  expect(other.status).toBe(200);
  for (const headers of [bearing(key), { ...bearing(key), Cookie: cookie }]) {
    const asked = await ask(page(listImages), { ...team.at("gallery"), headers });
    expect(asked.status).toBe(401);
  }
});

const losses = {
  revoked: { revokedAt: new Date(0) },
  expired: { expiresAt: new Date(0) },
  narrowed: { permissions: ["gallery:read"] },
  rotated: { digest: "another" },
};

for (const [loss, values] of Object.entries(losses)) {
  test(`a key that was ${loss} between the check and the change changes nothing`, async () => {
    const { key, atImage, image: id } = await aKeyedTeam();
    const operation = deleteImage as unknown as { execute(grant: unknown, input: unknown): unknown };
    const { execute } = operation;
    using _interrupted = vi.spyOn(operation, "execute").mockImplementation(async (grant, input) => {
      const own = loss === "rotated" ? { ...values, digest: crypto.randomUUID() } : values;
      await db.update(apiKey).set(own).where(eq(apiKey.id, key.id));
      return execute(grant, input);
    });
    const { services }: Answered = await ask(opens(deleteImage), { ...atImage, headers: bearing(key), json: {} });
    expect(services.trace.refusal).toBe("right-lost");
    expect(await db.$count(image, eq(image.id, id))).toBe(1);
    expect(await db.$count(auditEntry, eq(auditEntry.actorId, key.id))).toBe(0);
  });
}

test("a key's last use is recorded at most once an hour", async () => {
  const { key, at } = await aKeyedTeam();
  const lastUsed = async () => (await db.select().from(apiKey).where(eq(apiKey.id, key.id)))[0]?.lastUsedAt ?? null;
  await ask(opens(listImages), { ...at, headers: bearing(key) });
  const first = await lastUsed();
  expect(first).not.toBeNull();
  await ask(opens(listImages), { ...at, headers: bearing(key) });
  expect(await lastUsed()).toEqual(first);
  await db
    .update(apiKey)
    .set({ lastUsedAt: new Date(Date.now() - 3_700_000) })
    .where(eq(apiKey.id, key.id));
  await ask(opens(listImages), { ...at, headers: bearing(key) });
  expect((await lastUsed())?.getTime()).toBeGreaterThan(Date.now() - 60_000);
});

test("a secret has 160 random bits and a checksum that every change of a character breaks", () => {
  const secret = newKeySecret();
  expect(secret).toMatch(/^tnt_[a-z2-7]{38}$/);
  expect(isKeySecret(secret)).toBe(true);
  for (let place = 4; place < secret.length; place += 1) {
    const wrong = secret[place] === "a" ? "b" : "a";
    expect(isKeySecret(secret.slice(0, place) + wrong + secret.slice(place + 1))).toBe(false);
  }
  expect(new Set(Array.from({ length: 100 }, newKeySecret)).size).toBe(100);
});
