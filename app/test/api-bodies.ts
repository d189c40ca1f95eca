import { aPicture } from "./pictures.ts";

const PICTURE = "@picture";

/** What each row of the API takes that takes something, by its id. "@picture" stands for a file, which only a form holds. Files alone are sent apart. */
export const bodies: Record<string, Record<string, unknown>> = {
  "organization.update": { name: "Another name" },
  "organization.move": { slug: `moved-${crypto.randomUUID().slice(0, 8)}` },
  "images.update": { name: "Sea" },
  "members.update": { role: "admin" },
  "invitations.create": { email: "invited-by-key@person.test", role: "member" },
  "invitations.update": { role: "admin" },
  "webhooks.update": { url: "http://127.0.0.1:9/", description: "Other", events: ["member.left"] },
  "webhooks.replay": { since: "2026-11-01" },
};

/** The body of a row, as it is sent: JSON, or a form where it has a picture. */
export function sent(id: string) {
  const body = bodies[id];
  if (body === undefined) return {};
  if (!Object.values(body).includes(PICTURE)) return { json: body };
  const fields = Object.entries(body).map(([name, value]) => [name, value === PICTURE ? aPicture() : String(value)]);
  return { form: Object.fromEntries(fields) as Record<string, string | File> };
}
