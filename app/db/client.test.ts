import { sql } from "drizzle-orm";
import { expect, inject, test } from "vitest";
import { createDatabase } from "./client.server.ts";

/** A database that is busy for so many requests, and then is not. */
function busyFor(times: number) {
  let asked = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    asked += 1;
    if (asked > times) return globalThis.fetch(input, init);
    const { requests } = (await new Request(input, init).json()) as {
      requests: { type: string; batch?: { steps: [] } }[];
    };
    const busy = { message: "database is locked", code: "SQLITE_BUSY" };
    const results = requests.map(({ type, batch: { steps } = { steps: [] } }) => {
      const nothing = Array(Math.max(0, steps.length - 1)).fill(null);
      const result = { step_results: [null, ...nothing], step_errors: [busy, ...nothing] };
      return { type: "ok", response: { type, ...(type === "batch" && { result }) } };
    });
    return Response.json({ baton: null, base_url: null, results });
  };
  return { db: createDatabase({ url: inject("databaseUrl"), fetch }), asked: () => asked };
}

test("a batch that the database is too busy for is sent again, and given up after a while", async () => {
  const short = busyFor(2);
  expect(await short.db.batch([short.db.all(sql`select 1 as one`)])).toEqual([[{ one: 1 }]]);
  expect(short.asked()).toBe(3);
  const long = busyFor(99);
  await expect(long.db.batch([long.db.all(sql`select 1 as one`)])).rejects.toMatchObject({ code: "SQLITE_BUSY" });
  expect(long.asked()).toBe(5);
});

test("what went wrong otherwise is not tried again", async () => {
  const { db, asked } = busyFor(0);
  await expect(db.batch([db.run(sql`insert into no_such_table values (1)`)])).rejects.toThrow();
  expect(asked()).toBe(1);
});
