import { expect, test } from "vitest";
import { createTrace } from "./trace.server.ts";

test("parallel runs of a step are timed as one, and the time of a later run is added", async () => {
  let now = 0;
  const trace = createTrace("request", () => now);
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const both = [trace.time("read", () => first.promise), trace.time("read", () => second.promise)];
  now = 10;
  first.resolve();
  await both[0];
  now = 15;
  second.resolve();
  await both[1];
  now = 100;
  trace.time("read", () => {
    now = 103;
  });
  expect(trace.serverTiming()).toBe('read;dur=18.0, db;dur=0.0;desc="0 trips"');
});

test("the response to a stranger's form tells no times, and that to a person's form does", () => {
  const trace = createTrace("request");
  trace.time("execute", () => {});
  trace.isOfForm = true;
  expect(trace.serverTiming()).toBe('execute, db;desc="0 trips"');
  trace.actor = { kind: "person", id: "somebody" };
  expect(trace.serverTiming()).toMatch(/^execute;dur=\d\.\d, db;dur=0\.0;desc="0 trips"$/);
});
