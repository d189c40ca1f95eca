import { expect, inject, vi } from "vitest";
import { faultyServices } from "./database.ts";
import type { Answered } from "./requests.ts";

export const faulty = faultyServices();
const { bucket, accessKeyId, secretAccessKey } = inject("s3");

export type Fault = keyof typeof faulty;
export const FAULTS: Fault[] = ["hang", "stall", "unwell", "drop", "refuse"];

export const REASONS: Record<Fault, string> = {
  hang: "did not respond within 1 s",
  stall: "did not respond within 1 s",
  unwell: "responded with 503",
  drop: "cannot be reached",
  refuse: "cannot be reached",
};

export function withDatabase(fault: Fault) {
  return { variables: { DATABASE_URL: faulty[fault].databaseUrl }, ...within(fault) };
}

export function withFiles(fault: Fault | null) {
  const S3_ENDPOINT = fault === null ? inject("s3").url : faulty[fault].s3Url;
  const account = { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey };
  return { variables: { S3_ENDPOINT, S3_BUCKET: bucket, ...account }, ...within(fault) };
}

/** For a file that is opened: the headers of a stalled one must arrive within the limit, and then the response breaks off. */
export function withFilesToOpen(fault: Fault) {
  return { ...withFiles(fault), ...(fault === "stall" && { answerWithinMs: 4_000 }) };
}

/** The limit is short only where no response comes. Other faults have time to respond on a slow machine too. */
const within = (fault: Fault | null) => (fault === "hang" || fault === "stall" ? { answerWithinMs: 1_000 } : {});

/** Returns and clears the fault lines logged so far, for a test that causes them on purpose. */
export function logged(): Record<string, string>[] {
  const spy = vi.spyOn(console, "error");
  const lines = spy.mock.calls.map(([line]) => JSON.parse(String(line)));
  spy.mockClear();
  return lines;
}

export function expectUnavailable({ status, services }: Answered, part: string, reason: string) {
  expect(status).toBe(503);
  expect(services.trace.headers.get("Retry-After")).toBe("10");
  const lines = logged();
  expect(lines, "one request logs one line").toHaveLength(1);
  expect(lines[0]).toMatchObject({ level: "error", outage: part, requestId: services.trace.requestId });
  expect(lines[0]?.fault).toContain(`The ${part} ${reason}`);
}
