import type { Writer } from "#app/change/change.server.ts";
import { verification } from "#app/db/schema/people.ts";
import type { Grant } from "#app/operation/grant.server.ts";

/**
 * A row that belongs to no one and has expired, written for every address. A batch that writes nothing commits some milliseconds
 * earlier, so without it the time of a response would reveal which address has an account.
 */
export function evenRow({ insertLoose }: Pick<Writer, "insertLoose">, { newId, now }: Grant<"public">) {
  return insertLoose(verification, { id: newId(), identifier: newId(), value: "", expiresAt: now });
}
