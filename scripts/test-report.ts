import { readFile } from "node:fs/promises";
import path from "node:path";

export type Count = { passed: number; failed: number; failures: string[] };

type Report = {
  numPassedTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] }[];
  }[];
};

/**
 * Counts the tests of Vitest's JSON report and names those that failed, each with its file and the first line of its error. A
 * file that could not be loaded has no tests in the report and counts as one failure; so does a run that failed outside its
 * tests or left no report.
 */
export async function countReport(file: string, project: string, runPassed: boolean): Promise<Count> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return { passed: 0, failed: 1, failures: [`${project}: no report`] };
  const report: Report = JSON.parse(text);
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const where = path.relative(process.cwd(), name);
    if (status === "failed" && assertionResults.length === 0) return [`${where}: ${firstLine(message)}`];
    return assertionResults
      .filter((result) => result.status === "failed")
      .map(({ fullName, failureMessages = [] }) => `${where} > ${fullName}: ${firstLine(failureMessages[0])}`);
  });
  if (failures.length === 0 && !runPassed) failures.push(`${project}: failed beside its tests`);
  return { passed: report.numPassedTests, failed: failures.length, failures };
}

const firstLine = (message = "") => message.split("\n", 1)[0];
