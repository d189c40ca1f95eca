import { env } from "cloudflare:test";
import { and, eq, sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { apiRows } from "#app/api.ts";
import { auditEntry } from "#app/db/schema/audit.ts";
import { invitation } from "#app/db/schema/organizations.ts";
import { namedWrite } from "#app/db/schema/repeats.ts";
import type { WriteOperation } from "#app/operation/operation.server.ts";
import { loader as api } from "#app/routes/api/v1.ts";
import { aKey } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { aPicture } from "#app/test/pictures.ts";
import { type Answered, ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { runSchedule } from "../../workers/schedule.ts";

const db = testDatabase();

async function anInviter() {
  const team = await aTeam(db);
  const { id: organizationId, slug } = team.organization;
  const permissions = ["invitation:create", "invitation:delete"];
  const key = await aKey(db, { organizationId, permissions });
  const root = `/api/v1/organizations/${slug}`;
  type Write = {
    path?: string;
    method?: string;
    json?: unknown;
    name?: string;
    secret?: string;
    headers?: Record<string, string>;
    variables?: Record<string, string>;
  };
  const write = ({
    path = "/invitations",
    method = "POST",
    json,
    name = "one",
    secret = key.secret,
    headers = {},
    variables = {},
  }: Write): Promise<Answered> =>
    ask(api as never, {
      url: root + path,
      method,
      ...(json !== undefined && { json }),
      headers: { Authorization: `Bearer ${secret}`, "Idempotency-Key": name, ...headers },
      variables,
    });
  const invite = (more: Write & { email?: string } = {}) => {
    const { email = `${key.id}@person.test`, ...rest } = more;
    return write({ json: { email, role: "member" }, ...rest });
  };
  const invited = () => db.$count(invitation, eq(invitation.organizationId, organizationId));
  const entries = () => db.$count(auditEntry, eq(auditEntry.organizationId, organizationId));
  const record = and(eq(namedWrite.keyId, key.id), eq(namedWrite.name, "one"));
  return { organizationId, key, root, write, invite, invited, entries, record };
}

test("a repeated write gets the first response again, in one trip, and is done only once", async () => {
  const { invite, invited, entries } = await anInviter();
  const first = await invite();
  expect([first.status, first.services.trace.trips, first.headers.get("Idempotency-Replayed")]).toEqual([201, 2, null]);
  const again = await invite();
  expect([again.status, again.body, again.headers.get("Idempotency-Replayed")]).toEqual([201, first.body, "true"]);
  expect(again.headers.get("Location")).toBe(first.headers.get("Location"));
  expect(again.services.trace.trips).toBe(1);
  expect((await invite({ name: '"one"' })).body, "quotes are not part of the name").toEqual(first.body);
  expect([await invited(), await entries()]).toEqual([1, 1]);
});

test("of 50 parallel writes with one Idempotency-Key, one is done; the others get its response or 409", async () => {
  const { invite, invited, entries } = await anInviter();
  const answers = await Promise.all(Array.from({ length: 50 }, () => invite()));
  const done = answers.filter(({ status }) => status === 201);
  expect(done.length).toBeGreaterThanOrEqual(1);
  expect(new Set(done.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  const others = answers.filter(({ status }) => status !== 201);
  for (const { status, body } of others) {
    expect([status, body]).toEqual([409, expect.objectContaining({ code: "idempotency-running" })]);
  }
  expect([await invited(), await entries()]).toEqual([1, 1]);
  expect((await invite()).body).toEqual(done[0]?.body);
});

test("an Idempotency-Key with another body, URL or method is refused, and API keys do not share them", async () => {
  const { organizationId, invite, write, invited } = await anInviter();
  await invite();
  const other = await invite({ email: `eve-${organizationId}@person.test` });
  expect([other.status, other.body]).toEqual([422, expect.objectContaining({ code: "idempotency-mismatch" })]);
  const elsewhere = await write({ path: `/invitations/${crypto.randomUUID()}`, method: "DELETE" });
  expect(elsewhere.status).toBe(422);
  const { secret } = await aKey(db, { organizationId, permissions: ["invitation:create"] });
  expect((await invite({ email: `eve-${organizationId}@person.test`, secret })).status).toBe(201);
  expect(await invited()).toBe(2);
});

test("after a crash between change and response, a retry gets the first response without delay", async () => {
  const { invite, write, invited, entries, record } = await anInviter();
  const lost = { status: null, body: null };
  const first = await invite();
  // A request that has changed nothing counts as dead after a minute, but this one has made its change.
  await db
    .update(namedWrite)
    .set({ ...lost, claimedAt: new Date(Date.now() - 61_000) })
    .where(record);
  const again = await invite();
  expect([again.status, again.body, again.headers.get("Idempotency-Replayed")]).toEqual([201, first.body, "true"]);
  expect([await invited(), await entries()]).toEqual([1, 1]);

  const { id } = first.body as { id: string };
  const removing = { path: `/invitations/${id}`, method: "DELETE", name: "two" };
  expect((await write(removing)).status).toBe(204);
  await db.update(namedWrite).set(lost).where(eq(namedWrite.name, "two"));
  expect((await write(removing)).status, "it is not 404, although the invitation is already gone").toBe(204);
});

test("after a crash before the change, a retry gets 409 for a minute and then makes the change", async () => {
  const { invite, invited, record, key } = await anInviter();
  await invite();
  await db.delete(invitation);
  const undone = { status: null, body: null, madeAt: null, targetId: null };
  await db.update(namedWrite).set(undone).where(record);
  expect([(await invite()).status, await invited()]).toEqual([409, 0]);
  await db
    .update(namedWrite)
    .set({ ...undone, claimedAt: new Date(Date.now() - 61_000) })
    .where(record);
  const another = await invite({ email: `another-${key.id}@person.test` });
  expect([another.status, await invited()], "another body is not a retry").toEqual([422, 0]);
  expect([(await invite()).status, await invited()]).toEqual([201, 1]);
});

test("after a crash between refusal and response, a retry is refused again and does not count as done", async () => {
  const { invite, record } = await anInviter();
  await invite({ name: "zero" });
  expect((await invite()).status).toBe(409);
  await db
    .update(namedWrite)
    .set({ status: null, body: null, claimedAt: new Date(Date.now() - 61_000) })
    .where(record);
  const again = await invite();
  expect([again.status, again.body]).toEqual([409, expect.objectContaining({ code: "already-invited" })]);
});

const inviting = apiRows.find(({ id }) => id === "invitations.create")?.operation as WriteOperation;
const { execute } = inviting;

test("after a fault, a retry makes the change, unless it was made before the fault", async () => {
  const { invite, invited, record } = await anInviter();
  using failing = vi.spyOn(inviting, "execute");
  using logged = vi.spyOn(console, "error").mockReturnValue();
  await invite();
  await db
    .update(namedWrite)
    .set({ claimedAt: new Date(Date.now() - 86_400_001) })
    .where(record);
  failing.mockRejectedValueOnce(new Error("before the change"));
  const email = `${crypto.randomUUID()}@person.test`;
  expect([(await invite({ email })).status, await invited()]).toEqual([500, 1]);
  const retried = await invite({ email });
  expect([retried.status, retried.headers.get("Idempotency-Replayed"), await invited()]).toEqual([201, null, 2]);

  failing.mockImplementationOnce(async (grant, input) => {
    await execute(grant, input);
    throw new Error("after the change");
  });
  const later = { name: "two", email: `${crypto.randomUUID()}@person.test` };
  expect([(await invite(later)).status, await invited()]).toEqual([500, 3]);
  const again = await invite(later);
  expect([again.status, again.headers.get("Idempotency-Replayed"), await invited()]).toEqual([201, "true", 3]);
  expect(logged).toHaveBeenCalledTimes(2);
});

test("a slow request whose retry has made the change does not make it again, and leaves the retry's response", async () => {
  const { invite, invited, record } = await anInviter();
  let retried: Answered | undefined;
  using _slow = vi.spyOn(inviting, "execute").mockImplementationOnce(async (grant, input) => {
    await db
      .update(namedWrite)
      .set({ claimedAt: new Date(Date.now() - 61_000) })
      .where(record);
    retried = await invite();
    await db.delete(invitation);
    return execute(grant, input);
  });
  const slow = await invite();
  expect([slow.status, slow.body]).toEqual([403, expect.objectContaining({ code: "right-lost" })]);
  expect([retried?.status, await invited()]).toEqual([201, 0]);
  const again = await invite();
  expect([again.status, again.body]).toEqual([201, retried?.body]);
});

test("a refusal is repeated as well, and an Idempotency-Key is free again after a day", async () => {
  const { invite, record, invited } = await anInviter();
  await invite({ name: "zero" });
  const refused = await invite();
  expect([refused.status, refused.body]).toEqual([409, expect.objectContaining({ code: "already-invited" })]);
  await db.delete(invitation);
  // Longer ago than a request without a response counts as alive.
  await db
    .update(namedWrite)
    .set({ claimedAt: new Date(Date.now() - 61_000) })
    .where(record);
  const again = await invite();
  expect([again.status, again.body]).toEqual([409, refused.body]);
  expect(again.headers.get("Content-Type")).toBe(refused.headers.get("Content-Type"));
  await db
    .update(namedWrite)
    .set({ claimedAt: new Date(Date.now() - 86_400_001) })
    .where(record);
  expect([(await invite()).status, await invited()]).toEqual([201, 1]);
  await db
    .update(namedWrite)
    .set({ claimedAt: new Date(Date.now() - 86_400_001) })
    .where(record);
  await runSchedule(env);
  expect(await db.$count(namedWrite, record)).toBe(0);
});

test("a write whose ETag was stale is done when it is repeated with the current one, under the same Idempotency-Key", async () => {
  const { invite, invited, record } = await anInviter();
  expect((await invite({ headers: { "If-Match": '"stale"' } })).status).toBe(412);
  expect(await db.$count(namedWrite, record)).toBe(0);
  const made = await invite({ headers: { "If-Match": "*" } });
  expect([made.status, made.headers.get("Idempotency-Replayed"), await invited()]).toEqual([201, null, 1]);
  const repeated = await invite({ headers: { "If-Match": '"stale"' } });
  expect([repeated.status, repeated.headers.get("Idempotency-Replayed")]).toEqual([201, "true"]);
});

test("a write that was over a limit is done when it is repeated later, under the same Idempotency-Key", async () => {
  const { invite, write, invited } = await anInviter();
  const variables = { API_WRITES_PER_MINUTE: "1" };
  await write({ path: `/invitations/${crypto.randomUUID()}`, method: "DELETE", name: "zero", variables });
  expect([(await invite({ variables })).status, await invited()]).toEqual([429, 0]);
  expect([(await invite()).status, await invited()]).toEqual([201, 1]);
});

test("a malformed Idempotency-Key is refused, and a write without access or valid input claims none", async () => {
  const { organizationId, key, write, invite } = await anInviter();
  for (const name of ["", "two words", "x".repeat(256)]) {
    const { status, body } = await invite({ name });
    expect([status, body]).toEqual([400, expect.objectContaining({ code: "idempotency-key" })]);
  }
  const narrow = await aKey(db, { organizationId, permissions: ["dashboard:read"] });
  expect((await invite({ secret: narrow.secret })).status).toBe(403);
  expect((await write({ json: {} })).status).toBe(400);
  expect(await db.$count(namedWrite, eq(namedWrite.keyId, narrow.id))).toBe(0);
  expect(await db.$count(namedWrite, eq(namedWrite.keyId, key.id))).toBe(0);
});

async function aLogoSender() {
  const team = await aTeam(db);
  const { id: organizationId, slug } = team.organization;
  const key = await aKey(db, { organizationId, permissions: ["organization:update"] });
  const send = async (file: File, { isForm = false, headers = {} } = {}) => {
    const form = new FormData();
    form.set("logo", file);
    const { status, headers: answered } = await ask(api as never, {
      url: `/api/v1/organizations/${slug}/logo`,
      method: "PUT",
      headers: { Authorization: `Bearer ${key.secret}`, "Idempotency-Key": "one", ...headers },
      ...(isForm ? { form } : { file }),
    });
    return [status, answered.get("Idempotency-Replayed")];
  };
  const entries = () => db.$count(auditEntry, eq(auditEntry.organizationId, organizationId));
  /** The request in `sending` makes its change, but crashes before it can store its response. */
  const crash = async (sending: () => Promise<unknown>) => {
    const name = sql.identifier(`crash_${key.id}`);
    await db.run(sql`create trigger ${name} before update of status on named_write
      when old.key_id = ${sql.raw(`'${key.id}'`)} begin select raise(abort, 'crashed'); end`);
    const logged = vi.spyOn(console, "error").mockReturnValue();
    await sending();
    expect(logged).toHaveBeenCalledOnce();
    logged.mockClear();
    await db.run(sql`drop trigger ${name}`);
  };
  return { send, entries, crash };
}

for (const isForm of [false, true]) {
  const way = isForm ? "in a form" : "as the whole body";
  const [first, other] = [aPicture(), aPicture({ mark: 7 })];

  test(`another file of the same size and first bytes is refused as another body, ${way}`, async () => {
    const { send, entries } = await aLogoSender();
    expect(await send(first, { isForm })).toEqual([204, null]);
    expect(await send(first, { isForm })).toEqual([204, "true"]);
    expect(await send(other, { isForm })).toEqual([422, null]);
    expect(await send(new File([first], "renamed.png", { type: first.type }), { isForm })).toEqual([422, null]);
    expect(await entries()).toBe(1);
  });

  test(`after a crash between change and response another file is refused as another body, ${way}`, async () => {
    const { send, entries, crash } = await aLogoSender();
    await crash(() => send(first, { isForm }));
    expect(await entries()).toBe(1);
    expect(await send(other, { isForm })).toEqual([422, null]);
    expect(await send(first, { isForm })).toEqual([204, "true"]);
    expect(await entries()).toBe(1);
  });
}

test("after a refused file, another file with the same Idempotency-Key is refused as another body", async () => {
  const { send, entries } = await aLogoSender();
  const damaged = async (mark: number) => {
    const bytes = new Uint8Array(await aPicture({ mark }).arrayBuffer());
    // The pixels, far behind the first bytes of the file.
    bytes.fill(0, -40, -20);
    return new File([bytes], "damaged.png", { type: "image/png" });
  };
  const [first, other] = [await damaged(0), await damaged(7)];
  expect(await send(first)).toEqual([415, null]);
  expect(await send(first)).toEqual([415, "true"]);
  expect(await send(other)).toEqual([422, null]);
  expect(await entries()).toBe(0);
});

test("a file whose upload was cut off can be sent again with the same Idempotency-Key", async () => {
  const { send, entries } = await aLogoSender();
  const whole = aPicture();
  const cut = new File([await whole.slice(0, 500).arrayBuffer()], whole.name, { type: whole.type });
  expect(await send(cut, { headers: { "Content-Length": String(whole.size) } })).toEqual([400, null]);
  expect(await send(whole)).toEqual([204, null]);
  expect(await send(whole)).toEqual([204, "true"]);
  expect(await entries()).toBe(1);
});
