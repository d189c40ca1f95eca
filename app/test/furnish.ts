import type { Database } from "#app/db/client.server.ts";

/** Makes one of a domain's things for this person in this organization. Returns its id by the name of its URL parameter. */
export type Furnish = (
  db: Database,
  place: { organizationId: string; userId: string },
) => Promise<Record<string, string>>;

const domains = import.meta.glob<{ furnish: Furnish }>("../*/feature.test-data.ts", { eager: true });

export async function furnish(...given: Parameters<Furnish>): Promise<Record<string, string>> {
  const made = await Promise.all(Object.values(domains).map(({ furnish }) => furnish(...given)));
  return Object.assign({}, ...made);
}
