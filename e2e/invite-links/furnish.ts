import { eq } from "drizzle-orm";
import { inviteLink, organization } from "../../app/db/schema/organizations.ts";
import { e2eDatabase } from "../people.ts";
import { ask } from "../requests.ts";

/** An invite link that the organization's owner made. */
export async function furnish({ slug, cookie }: { slug: string; cookie: string | null }) {
  const body = new URLSearchParams({ days: "7", uses: "10", domain: "" });
  await ask(`/organizations/${slug}/invite-links/new`, cookie, { method: "POST", body });
  const [made] = await e2eDatabase()
    .select({ link: inviteLink.id })
    .from(inviteLink)
    .innerJoin(organization, eq(organization.id, inviteLink.organizationId))
    .where(eq(organization.slug, slug));
  return { link: made?.link ?? "" };
}
