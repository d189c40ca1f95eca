import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { outageOf } from "#app/outside/outage.ts";
import { aPerson } from "#app/test/builders.ts";
import { databaseUrl, faultyServices, testDatabase } from "#app/test/database.ts";
import { createDatabase, type Database } from "./client.server.ts";
import { user } from "./schema/people.ts";

type Asked = { type: string; batch?: { steps: { stmt: { sql: string } }[] } };

const nothing = { cols: [], rows: [], affected_row_count: 0, last_insert_rowid: null };

function busyFor(times: number, answerWithinMs?: number) {
  let asked = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    asked += 1;
    if (asked > times) return globalThis.fetch(input, init);
    const { requests } = (await new Request(input, init).json()) as { requests: Asked[] };
    const busy = { message: "database is locked", code: "SQLITE_BUSY" };
    const results = requests.map(({ type, batch }) => {
      if (type === "close") return { type: "ok", response: { type } };
      if (batch === undefined) return { type: "error", error: busy };
      const begins = batch.steps.findIndex(({ stmt }) => /^begin/i.test(stmt.sql));
      const step_errors = batch.steps.map((_, at) => (at === begins ? busy : null));
      const step_results = batch.steps.map((_, at) => (at < begins ? nothing : null));
      return { type: "ok", response: { type, result: { step_results, step_errors } } };
    });
    return Response.json({ baton: null, base_url: null, results });
  };
  return { db: createDatabase({ url: databaseUrl, fetch, answerWithinMs }), asked: () => asked };
}

const ways: Record<string, (db: Database) => Promise<unknown>> = {
  run: (db) => db.run(sql`select 1`),
  all: (db) => db.all(sql`select 1`),
  "a query that is awaited": async (db) => db.select({ id: user.id }).from(user).limit(1),
  batch: (db) => db.batch([db.run(sql`select 1`)]),
  "the batch of a migration": (db) => db.$client.migrate(["select 1"]),
  "several statements as one text": (db) => db.$client.executeMultiple("select 1; select 2").then(() => null),
  transaction: (db) => db.transaction((inside) => inside.all(sql`select 1`)),
};

test("a batch is retried while the database is busy, and fails after a few attempts", async () => {
  const short = busyFor(2);
  expect(await short.db.batch([short.db.all(sql`select 1 as one`)])).toEqual([[{ one: 1 }]]);
  expect(short.asked()).toBe(3);
  const long = busyFor(99);
  await expect(long.db.batch([long.db.all(sql`select 1 as one`)])).rejects.toMatchObject({ code: "SQLITE_BUSY" });
  expect(long.asked()).toBe(5);
});

test("a busy database is not tried again after the limit for its response", async () => {
  // The first two pauses take 40 ms together or more, so a third would begin after the limit.
  const { db, asked } = busyFor(99, 35);
  await expect(db.batch([db.all(sql`select 1 as one`)])).rejects.toSatisfy((error) => outageOf(error) !== null);
  expect(asked()).toBeLessThan(4);
});

test("a batch is retried when the server has too many requests, and one that gets 500 is an outage", async () => {
  const answering = (status: number, times: number) => {
    let asked = 0;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      asked += 1;
      return asked > times ? globalThis.fetch(input, init) : new Response("busy", { status });
    };
    return testDatabase({ fetch });
  };
  const crowded = answering(429, 2);
  expect(await crowded.batch([crowded.all(sql`select 1 as one`)])).toEqual([[{ one: 1 }]]);
  const broken = answering(500, 99);
  await expect(broken.batch([broken.all(sql`select 1`)])).rejects.toSatisfy((error) => outageOf(error) !== null);
});

test("a batch that fails for another reason is not retried", async () => {
  const { db, asked } = busyFor(0);
  await expect(db.batch([db.run(sql`insert into no_such_table values (1)`)])).rejects.toThrow();
  expect(asked()).toBe(1);
});

test.each(Object.entries(ways))("a statement is retried while the database is busy: %s", async (_way, send) => {
  const { db, asked } = busyFor(2);
  await expect(send(db)).resolves.toBeDefined();
  expect(asked()).toBeGreaterThanOrEqual(3);
  const long = busyFor(99);
  await expect(send(long.db)).rejects.toSatisfy((error) => outageOf(error)?.code === "SQLITE_BUSY");
  expect(long.asked()).toBeLessThan(12);
});

test("a database that does not respond within the limit is an outage, a refused statement is not", async () => {
  const { hang, stall, unwell, drop, refuse } = faultyServices();
  for (const [{ databaseUrl: url }, reason] of [
    [hang, "did not respond within 0.1 s"],
    [stall, "did not respond within 0.1 s"],
    [unwell, "responded with 503"],
    [drop, "cannot be reached"],
    [refuse, "cannot be reached"],
  ] as const) {
    const isSilent = url === hang.databaseUrl || url === stall.databaseUrl;
    const db = createDatabase({ url, ...(isSilent && { answerWithinMs: 100 }) });
    for (const [way, send] of Object.entries(ways)) {
      // The database would receive it and hold its lock for a client that no longer listens.
      if (way === "transaction" && url === stall.databaseUrl) continue;
      const thrown = await send(db).catch((error: unknown) => error);
      expect(outageOf(thrown)?.message, `${way} on ${url}`).toBe(`The database ${reason}`);
    }
  }
  const refused = await testDatabase()
    .run(sql`insert into no_such_table values (1)`)
    .catch((error: unknown) => error);
  expect(outageOf(refused)).toBeNull();
});

test("fifty parallel writes of single statements all succeed", async () => {
  const databases = Array.from({ length: 5 }, () => testDatabase());
  const people = await Promise.all(Array.from({ length: 50 }, (_, at) => aPerson(databases[at % 5] ?? never())));
  expect(new Set(people.map(({ id }) => id)).size).toBe(50);
});

function never(): never {
  throw new Error("There are only five databases.");
}

test("a trip requests an uncompressed response, whatever statements it sends", async () => {
  const encodings: (string | null)[] = [];
  const db = testDatabase({
    fetch: (input, init) => {
      const request = new Request(input, init);
      encodings.push(request.headers.get("Accept-Encoding"));
      return globalThis.fetch(request);
    },
  });
  for (const send of Object.values(ways)) await send(db);
  expect(new Set(encodings)).toEqual(new Set(["identity"]));
});
