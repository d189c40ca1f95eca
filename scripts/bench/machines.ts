import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { createDatabase } from "../../app/db/client.server.ts";
import { apiKey } from "../../app/db/schema/keys.ts";
import { rateLimit } from "../../app/db/schema/limits.ts";
import { member, organization } from "../../app/db/schema/organizations.ts";
import { user } from "../../app/db/schema/people.ts";
import { keptOf, newKeySecret } from "../../app/key-secret.server.ts";
import { DEMO_LOGINS } from "../seed/demo.ts";
import type { Load } from "./load.ts";
import { CONNECTIONS } from "./pages.ts";
import type { Product } from "./product.ts";

const LIMITS_FORGOTTEN_EVERY_MS = 100;

type Options = { product: Product; cookie: string; seconds: number };

/**
 * Makes loads of a list and a change by the API, and of the same change by a form. The change renames an organization made for
 * it, which has no webhook. Until the result is disposed of, rate limits are deleted many times a second, so none is reached.
 */
export async function startMachines({ product, cookie, seconds }: Options) {
  const db = createDatabase({ url: product.databaseUrl });
  const idOf = async (slug: string) => {
    const [found] = await db.select({ id: organization.id }).from(organization).where(eq(organization.slug, slug));
    return found?.id ?? "";
  };
  const keyOf = async (organizationId: string, permission: "member:read" | "organization:update") => {
    const secret = newKeySecret();
    const row = { id: randomUUID(), name: "Bench", permissions: [permission], ...keptOf(secret) };
    await db.insert(apiKey).values({ ...row, organizationId });
    return { Authorization: `Bearer ${secret}`, "Content-Type": "application/json" };
  };
  const own = { id: randomUUID(), slug: `bench-${randomUUID().slice(0, 8)}` };
  await db.insert(organization).values({ ...own, name: "Bench" });
  const [owner] = await db
    .select({ id: user.id })
    .from(user)
    .where(eq(user.email, DEMO_LOGINS[0] ?? ""));
  await db.insert(member).values({ id: randomUUID(), organizationId: own.id, userId: owner?.id ?? "", role: "owner" });

  const api = `${product.url}/api/v1/organizations`;
  const usual = { connections: CONNECTIONS, seconds };
  const loads: Record<string, Load> = {
    "members by API": {
      ...{ url: `${api}/acme/members?limit=24`, headers: await keyOf(await idOf("acme"), "member:read") },
      ...usual,
    },
    "rename by form": {
      url: `${product.url}/organizations/${own.slug}/settings`,
      headers: { cookie, origin: product.vars.APP_URL, "Content-Type": "application/x-www-form-urlencoded" },
      write: { method: "POST", body: () => `name=${randomUUID()}`, status: 303 },
      ...usual,
    },
    "rename by API": {
      ...{ url: `${api}/${own.slug}`, headers: await keyOf(own.id, "organization:update") },
      write: { method: "PATCH", body: () => JSON.stringify({ name: randomUUID() }), status: 204 },
      ...usual,
    },
  };
  const forgetting = setInterval(() => db.delete(rateLimit).catch(() => {}), LIMITS_FORGOTTEN_EVERY_MS);
  return { loads, [Symbol.dispose]: () => clearInterval(forgetting) };
}
