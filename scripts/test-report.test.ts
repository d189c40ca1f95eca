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

test("no failure of a run is counted away", async () => {
  const passed = { status: "passed", assertionResults: [{}, {}] };
  const unloaded = { status: "failed", assertionResults: [] };
  await using green = await aReport({ numPassedTests: 2, numFailedTests: 0, testResults: [passed] });
  expect(await countReport(green.file, true)).toEqual({ passed: 2, failed: 0 });
  expect(await countReport(green.file, false)).toEqual({ passed: 2, failed: 1 });
  await using broken = await aReport({ numPassedTests: 2, numFailedTests: 1, testResults: [passed, unloaded] });
  expect(await countReport(broken.file, false)).toEqual({ passed: 2, failed: 2 });
  expect(await countReport("/nowhere/report.json", true)).toEqual({ passed: 0, failed: 1 });
});
