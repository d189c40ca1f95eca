/** What each row of the API takes that takes something, by its id. Files are sent apart. */
export const bodies: Record<string, Record<string, unknown>> = {
  "organization.update": { name: "Another name" },
  "organization.move": { slug: `moved-${crypto.randomUUID().slice(0, 8)}` },
  "images.update": { name: "Sea" },
  "members.update": { role: "admin" },
  "invitations.create": { email: "invited-by-key@person.test", role: "member" },
  "invitations.update": { role: "admin" },
};
