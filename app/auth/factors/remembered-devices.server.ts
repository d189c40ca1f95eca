import { and, desc, eq, gt, ne, type SQL } from "drizzle-orm";
import { change, type Writer } from "#app/change/change.server.ts";
import { rememberedDevice } from "#app/db/schema/factors.ts";
import { deviceName } from "#app/i18n/device-name.ts";
import type { Grant, Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";

export type RememberedDevice = { id: string; device: string; until: number };

export function rememberedDevices(scope: Scope<"self">): Plan<RememberedDevice[]> {
  const rows = scope
    .select({ id: rememberedDevice.id, userAgent: rememberedDevice.userAgent, until: rememberedDevice.expiresAt })
    .from(rememberedDevice)
    .where(gt(rememberedDevice.expiresAt, scope.now))
    .orderBy(desc(rememberedDevice.createdAt), desc(rememberedDevice.id));
  return plan({ rows }, ({ rows }) =>
    rows.map(({ id, userAgent, until }) => ({ id, ...deviceOf(userAgent), until: until.getTime() })),
  );
}

function deviceOf(userAgent: string | null) {
  const { device } = deviceName(userAgent ?? "");
  return { device };
}

/** Succeeds if the device is already forgotten. */
export async function forgetDevice(grant: Grant<"self">, { device: id }: { device: string }) {
  await change(grant, {
    unlogged: "That browser has to enter a code again, and nothing else changes.",
    makes: (entry) => ({ device: entry.remove(rememberedDevice, eq(rememberedDevice.id, id)) }),
  });
  return { ok: true } as const;
}

/** For a new password, a changed second factor, or an end of all sessions. With `deviceHash`, that browser is kept. */
export function forgetDevices(
  entry: Pick<Writer, "remove" | "removeAll">,
  { deviceHash }: { deviceHash?: string } = {},
) {
  if (deviceHash === undefined) return entry.removeAll(rememberedDevice);
  return entry.remove(rememberedDevice, ne(rememberedDevice.deviceHash, deviceHash));
}

/** The same for a change by someone else, or by someone who is not signed in. */
export function forgetDevicesOf(person: string | SQL, { unsafe }: Pick<Writer, "unsafe">) {
  const { db, when } = unsafe("The caller is not the person whose devices these are, or is not signed in.");
  return db.delete(rememberedDevice).where(and(eq(rememberedDevice.userId, person), when));
}
