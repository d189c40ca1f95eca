import { webhookDelivery, webhookEndpoint } from "#app/db/schema/webhooks.ts";
import type { Furnish } from "#app/test/furnish.ts";

export const furnish: Furnish = async (db, { organizationId, userId }) => {
  const [id, delivery] = [crypto.randomUUID(), `msg_${crypto.randomUUID()}`];
  await db.insert(webhookEndpoint).values({
    ...{ id, organizationId, createdBy: userId, secretName: "a name of a secret" },
    ...{ url: "http://127.0.0.1:9/", events: ["image.renamed"] },
  });
  await db.insert(webhookDelivery).values({
    ...{ id: delivery, organizationId, endpointId: id, event: "webhook.test" },
    ...{ status: "failed", nextAttemptAt: new Date() },
  });
  return { webhook: id, delivery };
};
