import { eq } from "drizzle-orm";
import { apiKey } from "../../app/db/schema/keys.ts";
import { organization } from "../../app/db/schema/organizations.ts";
import { e2eDatabase } from "../people.ts";
import { ask } from "../requests.ts";

/** A key that the organization's owner made. */
export async function furnish({ slug, cookie }: { slug: string; cookie: string | null }) {
  const body = new URLSearchParams({ name: "Nightly import", permissions: "dashboard:read", expires: "never" });
  await ask(`/organizations/${slug}/keys/new`, cookie, { method: "POST", body });
  const [made] = await e2eDatabase()
    .select({ key: apiKey.id })
    .from(apiKey)
    .innerJoin(organization, eq(organization.id, apiKey.organizationId))
    .where(eq(organization.slug, slug));
  return { key: made?.key ?? "" };
}
