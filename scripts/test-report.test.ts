import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { countReport } from "./test-report.ts";

async function aReport(report: object) {
  const folder = await mkdtemp(path.join(tmpdir(), "app-report-"));
  const file = path.join(folder, "report.json");
  await writeFile(file, JSON.stringify(report));
  return { file, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

test("every failure of a run is counted and named", async () => {
  const passed = {
    name: "a.test.ts",
    status: "passed",
    assertionResults: [{ status: "passed" }, { status: "passed" }],
  };
  const lost = {
    status: "failed",
    fullName: "nothing is lost",
    failureMessages: ["Error: one is\n    at a.test.ts:3:1"],
  };
  const broken = { name: "b.test.ts", status: "failed", assertionResults: [lost, { status: "passed" }] };
  const unloaded = {
    name: "c.test.ts",
    status: "failed",
    message: "No such module\n  at c.test.ts",
    assertionResults: [],
  };
  await using green = await aReport({ numPassedTests: 2, testResults: [passed] });
  expect(await countReport(green.file, "worker", true)).toEqual({ passed: 2, failed: 0, failures: [] });
  expect(await countReport(green.file, "worker", false)).toMatchObject({
    failed: 1,
    failures: ["worker: failed beside its tests"],
  });
  await using red = await aReport({ numPassedTests: 3, testResults: [passed, broken, unloaded] });
  expect(await countReport(red.file, "worker", false)).toEqual({
    passed: 3,
    failed: 2,
    failures: ["b.test.ts > nothing is lost: Error: one is", "c.test.ts: No such module"],
  });
  expect(await countReport("/nowhere/report.json", "worker", true)).toMatchObject({ passed: 0, failed: 1 });
});
