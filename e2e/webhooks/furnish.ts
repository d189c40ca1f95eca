import { ask } from "../requests.ts";

/** An endpoint that the organization's owner made, whose receiver does not listen. */
export async function furnish({ slug, cookie }: { slug: string; cookie: string | null }) {
  const body = new URLSearchParams({ url: "http://127.0.0.1:9/", events: "invitation.declined" });
  const answered = await ask(`/organizations/${slug}/webhooks/new`, cookie, { method: "POST", body });
  const [, webhook = ""] = /webhooks\/([\da-f-]{36})/.exec(await answered.text()) ?? [];
  return { webhook };
}
