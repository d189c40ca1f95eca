import { and, eq, ne, type SQL } from "drizzle-orm";
import type { Writer } from "#app/change/change.server.ts";
import { knownDevice } from "#app/db/schema/people.ts";

type Which = { deviceHash: string };

/**
 * For a new password or second factor. Other browsers knew only the former ones: each has its own count of attempts, and a thief of
 * the password could have made any number of browsers known. A browser becomes known again with its next sign-in.
 */
export function forgetKnownDevices(entry: Pick<Writer, "remove">, { deviceHash }: Which) {
  return entry.remove(knownDevice, ne(knownDevice.deviceHash, deviceHash));
}

/** The same for a change by someone who is not signed in. */
export function forgetKnownDevicesOf(person: string | SQL, { unsafe }: Pick<Writer, "unsafe">, { deviceHash }: Which) {
  const { db, when } = unsafe("The caller is not signed in.");
  return db
    .delete(knownDevice)
    .where(and(eq(knownDevice.userId, person), ne(knownDevice.deviceHash, deviceHash), when));
}
