import { Buffer } from "node:buffer";
import type { ActorKind } from "#app/db/schema/audit.ts";
import { BODY_MAXIMUM_BYTES } from "./limits.ts";

type Details = Record<string, unknown>;

export type Told = {
  type: string;
  id: string;
  at: Date;
  organization: { id: string; name: string; slug: string };
  /** Null for a test, which no change caused. */
  actor: { kind: ActorKind; id: string; name: string | null; via: string | null } | null;
  target: { id: string; name: string | null } | null;
  before: Details | null;
  after: Details | null;
};

export type EventPayload = Omit<Told, "at" | "organization" | "before" | "after"> & {
  /** `name` is null if it contains an email address that the endpoint may not see. */
  organization: { id: string; name: string | null; slug: string };
  /** RFC 3339. */
  at: string;
  /** The fields that changed, before and after. Both are null if they would make the body too long. */
  data: { before: Details | null; after: Details | null };
};

/** The JSON body of a delivery. A text with an email address is null unless the endpoint may see addresses. */
export function eventBody({ before, after, at, ...told }: Told, { seesAddresses }: { seesAddresses: boolean }): string {
  const { type, id, organization, actor, target } = told;
  const payload: EventPayload = {
    ...{ type, id, at: at.toISOString(), organization, actor, target },
    data: { before, after },
  };
  const thin = seesAddresses ? payload : withoutAddresses(payload);
  const body = JSON.stringify(thin);
  if (Buffer.byteLength(body) < BODY_MAXIMUM_BYTES) return body;
  return JSON.stringify({ ...thin, data: { before: null, after: null } });
}

const ADDRESS = /[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+/;

function withoutAddresses<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_name, each) =>
    typeof each === "string" && ADDRESS.test(each) ? null : each,
  );
}
