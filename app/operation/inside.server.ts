import type { SQL } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import type { Statement } from "./plan.ts";
import type { Reach } from "./reach.server.ts";

/** The part of a grant that only `change` and the pipeline use. Verbs never see it. */
export const inside: unique symbol = Symbol("inside");

export type Inside = {
  db: Database;
  reach: Reach;
  /** SQL that is true while session, role and proof are as they were when the grant was made. */
  still: SQL;
  /** SQL that is true while the thing is as the caller has seen it. Missing if they did not say what they saw. */
  unchanged?: SQL;
  /** Makes a further statement for the batch of a change, which records that a write with an idempotency key was made. */
  alongside?: (made: { when: SQL; targetId: SQL }) => Statement;
  commit(statements: readonly Statement[]): Promise<unknown[]>;
  sendMail(): void;
  sendEvents(): void;
};
