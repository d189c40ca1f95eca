import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { invitation } from "#app/db/schema/organizations.ts";
import { webhookDelivery, webhookEndpoint } from "#app/db/schema/webhooks.ts";
import { testDatabase } from "#app/test/database.ts";
import { aKeyedTeam } from "#app/test/keyed-team.ts";

const db = testDatabase();

test("fifty parallel writes with one idempotency key make one change, one entry and one event", async () => {
  const { team, call } = await aKeyedTeam(db, ["invitation:create"]);
  const { id: organizationId } = team.organization;
  await db.insert(webhookEndpoint).values({
    ...{ id: crypto.randomUUID(), organizationId, createdBy: team.owner.person.id, secretName: "a name of a secret" },
    ...{ url: "http://127.0.0.1:9/", events: ["invitation.created"] },
  });
  const invite = () =>
    call("/invitations", {
      method: "POST",
      json: { email: `${organizationId}@person.test`, role: "member" },
      headers: { "Idempotency-Key": "one" },
    });
  const answers = await Promise.all(Array.from({ length: 50 }, invite));
  const done = answers.filter(({ status }) => status === 201);
  expect(new Set(done.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(new Set(answers.map(({ status }) => status)).difference(new Set([201, 409]))).toEqual(new Set());
  const inHere = [invitation, auditEntry, webhookDelivery].map((table) =>
    db.$count(table, eq(table.organizationId, organizationId)),
  );
  expect(await Promise.all(inHere)).toEqual([1, 1, 1]);
  const again = await Promise.all(Array.from({ length: 50 }, invite));
  expect(again.map(({ status, body }) => [status, body])).toEqual(again.map(() => [201, done[0]?.body]));
  expect(await db.$count(webhookDelivery, eq(webhookDelivery.organizationId, organizationId))).toBe(1);
});
