import { DAY_MS, HOUR_MS } from "#app/durations.server.ts";
import type { apiKey } from "../../app/db/schema/keys.ts";
import { keptOf, newKeySecret } from "../../app/key-secret.server.ts";
import { type DemoLife, demoId } from "./rows.ts";

const DEMO_KEYS_OF = "acme";

type KeyRow = typeof apiKey.$inferInsert;

/** A key in use whose secret nobody knows, a revoked key, and the log's entries about them and what they did. */
export function demoKeys(slug: string, { organizationId, owner, people, now, entry }: DemoLife) {
  if (slug !== DEMO_KEYS_OF) return { keys: [], entries: [] };
  const admin = people.find(({ role }) => role === "admin") ?? owner;
  const aKey = (name: string, by: { id: string }, values: Partial<KeyRow> & { createdAt: Date }): KeyRow => ({
    ...{ id: demoId(slug, "key", name), organizationId, name, createdBy: by.id, permissions: [] },
    ...keptOf(newKeySecret()),
    ...values,
  });
  const ago = (days: number, hours = 0) => new Date(now - days * DAY_MS - hours * HOUR_MS);
  const sync = aKey("Staff sync", owner, {
    permissions: ["member:read", "invitation:create", "invitation:delete"],
    ...{ createdAt: ago(18), lastUsedAt: ago(0, 2), expiresAt: new Date(now + 72 * DAY_MS) },
  });
  const report = aKey("Monthly report", admin, {
    permissions: ["member:read", "dashboard:read"],
    ...{ createdAt: ago(24), lastUsedAt: ago(12), revokedAt: ago(9) },
  });
  const invitation = { id: demoId(slug, "key", "invitation"), name: "newcomer@acme.test" };
  const after = ({ permissions, expiresAt = null }: KeyRow) => ({
    after: { permissions, expiresAt: expiresAt?.getTime() ?? null },
  });
  return {
    keys: [sync, report],
    entries: [
      entry(ago(24), admin.id, "key.created", report, after(report)),
      entry(ago(18), owner.id, "key.created", sync, after(sync)),
      entry(ago(11), owner.id, "key.rotated", sync),
      entry(ago(9), owner.id, "key.revoked", report),
      entry(ago(6), sync.id, "invitation.created", invitation, {
        ...{ actorKind: "key", ipAddress: "203.0.113.80" },
        after: { role: "member" },
      }),
      entry(ago(5), owner.id, "invitation.revoked", invitation),
    ],
  };
}
