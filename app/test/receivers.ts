import { inject } from "vitest";
import type { Database } from "#app/db/client.server.ts";
import { webhookEndpoint } from "#app/db/schema/webhooks.ts";
import { webhookEvents } from "#app/webhooks/events.ts";
import type { Manner, Received } from "./receiver-server.ts";

export function aReceiver() {
  const url = `${inject("receiverUrl")}/${crypto.randomUUID()}`;
  return {
    url,
    answers: async (manner: Manner, headers: Record<string, string> = {}, text?: string) => {
      await fetch(url, { method: "PUT", body: JSON.stringify({ manner, headers, text }) });
    },
    failsAtFirst: async (failures: number) => {
      await fetch(url, { method: "PUT", body: JSON.stringify({ failures }) });
    },
    state: async () => (await (await fetch(url)).json()) as { received: Received[]; open: number; mostOpen: number },
    received: async () => ((await (await fetch(url)).json()) as { received: Received[] }).received,
  };
}

/** An endpoint of an organization. It gets every event unless `values` says otherwise. */
export async function anEndpoint(
  db: Database,
  values: Partial<typeof webhookEndpoint.$inferInsert> & { organizationId: string; url: string },
) {
  const [row] = await db
    .insert(webhookEndpoint)
    .values({ id: crypto.randomUUID(), events: webhookEvents, secretName: crypto.randomUUID(), ...values })
    .returning();
  if (row === undefined) throw new Error("The insert returned no row.");
  return row;
}
