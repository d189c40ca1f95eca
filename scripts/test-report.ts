import { readFile } from "node:fs/promises";

export type Count = { passed: number; failed: number };

type Report = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
};

/**
 * Counts the tests of Vitest's JSON report. A file that could not be loaded has no tests in the report and counts as one
 * failure; so does a run that failed beside its tests, or that left no report.
 */
export async function countReport(file: string, runPassed: boolean): Promise<Count> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return { passed: 0, failed: 1 };
  const report: Report = JSON.parse(text);
  const unloaded = report.testResults.filter(
    (result) => result.status === "failed" && result.assertionResults.length === 0,
  );
  const failed = report.numFailedTests + unloaded.length;
  return { passed: report.numPassedTests, failed: failed === 0 && !runPassed ? 1 : failed };
}
