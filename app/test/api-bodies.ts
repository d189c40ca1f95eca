/** Stands for a file among the fields of a form. */
export const PICTURE = "@picture";

/** The body for each row of the API that takes one, by its id. Rows that take only a file are tested separately. */
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

/** The body for a row of the API, with the ids of these `things` in place of their names, such as `@neededCustomer`. */
export function bodyOf(id: string, things: Record<string, string>): Record<string, unknown> | undefined {
  const body = bodies[id];
  return body && { ...body, ...thingsIn(id, things) };
}

/** Only the fields of that body which name a thing. */
export function thingsIn(id: string, things: Record<string, string>): Record<string, string> {
  const named = Object.entries(bodies[id] ?? {}).map(([name, value]) => [name, String(value)] as const);
  return Object.fromEntries(
    named.flatMap(([name, value]) => {
      const thing = value.startsWith("@") ? things[value.slice(1)] : undefined;
      return thing === undefined ? [] : [[name, thing]];
    }),
  );
}
