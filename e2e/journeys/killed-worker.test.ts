import { randomUUID } from "node:crypto";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { eq } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { auditEntry } from "../../app/db/schema/audit.ts";
import { invitation } from "../../app/db/schema/organizations.ts";
import { webhookDelivery } from "../../app/db/schema/webhooks.ts";
import { aKey, anOrganization, aPerson } from "../../app/test/builders.ts";
import { anEndpoint, aReceiver } from "../../app/test/receivers.ts";
import { tokenFor } from "../../app/tokens.server.ts";
import { webhookSecret } from "../../app/webhooks/secrets.server.ts";
import { startKillableCopy } from "../killable-copy.ts";

test("a retry after the Worker was killed returns the result of the first request, and nothing is done twice", async () => {
  await using copy = await startKillableCopy();
  const { db, url, proxy, authSecret } = copy;
  const receiver = aReceiver();
  const { id: organizationId, slug } = await anOrganization(db, {
    members: [{ person: await aPerson(db), role: "owner" }],
  });
  const endpoint = await anEndpoint(db, { organizationId, url: receiver.url });
  const permissions = ["invitation:create", "organization:update"];
  const key = await aKey(db, { organizationId, permissions });
  const authorization = { Authorization: `Bearer ${key.secret}` };

  const write = (method: string, path: string, body: unknown) => {
    const name = randomUUID();
    return () =>
      fetch(`${url}/api/v1/organizations/${slug}${path}`, {
        method,
        headers: { ...authorization, "Content-Type": "application/json", "Idempotency-Key": name },
        body: JSON.stringify(body),
      });
  };
  const invited = { email: `${randomUUID()}@person.test`, role: "member" };
  const invite = write("POST", "/invitations", invited);
  const rename = write("PATCH", "", { name: "Northwind Again" });
  const transport = new StreamableHTTPClientTransport(new URL("/mcp", url), {
    requestInit: { headers: authorization },
  });
  const agent = new Client({ name: "Agent", version: "1" }, { versionNegotiation: { mode: "auto" } });
  await agent.connect(transport);
  await using _closing = { [Symbol.asyncDispose]: () => agent.close() };
  const inviteByTool = { email: `${randomUUID()}@person.test`, role: "member", idempotencyKey: randomUUID() };
  const call = () => agent.callTool({ name: "invitations_create", arguments: inviteByTool });
  const writes = [invite, rename, call];

  // The database runs each batch with its change, but the result never reaches the Worker.
  proxy.fault = /named_write set made_at/;
  const first = Promise.allSettled(writes.map((send) => send()));
  await expect.poll(() => proxy.keptBack).toBe(writes.length);
  await copy.killWorker();
  expect((await first).map(({ status }) => status)).toEqual(writes.map(() => "rejected"));
  proxy.fault = "none";
  await copy.startWorker();

  const made = await db.select().from(invitation).where(eq(invitation.organizationId, organizationId));
  const idOf = ({ email }: { email: string }) => made.find((each) => each.email === email)?.id;
  const again = await invite();
  expect([again.status, await again.json()]).toEqual([201, { id: idOf(invited) }]);
  expect(again.headers.get("Location")).toBe(`/api/v1/organizations/${slug}/invitations/${idOf(invited)}`);
  const renamed = await rename();
  for (const { headers } of [again, renamed]) expect(headers.get("Idempotency-Replayed")).toBe("true");
  expect(renamed.status).toBe(204);
  expect((await call()).structuredContent).toEqual({ id: idOf(inviteByTool) });
  expect(await db.$count(invitation, eq(invitation.organizationId, organizationId))).toBe(2);
  const entries = await db.select().from(auditEntry).where(eq(auditEntry.organizationId, organizationId));
  expect(entries.map(({ action }) => action).sort()).toEqual([
    "invitation.created",
    "invitation.created",
    "organization.renamed",
  ]);

  await copy.runSchedule();
  const deliveries = await db.select().from(webhookDelivery).where(eq(webhookDelivery.endpointId, endpoint.id));
  expect(deliveries.map(({ entryId, status }) => [entryId, status]).sort()).toEqual(
    entries.map(({ id }) => [id, "delivered"]).sort(),
  );
  const verifier = new Webhook(webhookSecret((name) => tokenFor(authSecret, name), endpoint.secretName));
  const told = (await receiver.received()).map(({ body, headers }) => verifier.verify(body, headers) as { id: string });
  expect(told.map(({ id }) => id).sort()).toEqual(entries.map(({ id }) => id).sort());
});
