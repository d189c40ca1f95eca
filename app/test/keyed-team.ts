import type { Database } from "#app/db/client.server.ts";
import { loader as api } from "#app/routes/api/v1.ts";
import { aKey } from "./builders.ts";
import { type Answered, ask } from "./requests.ts";
import { aTeam } from "./team.ts";

/** A team with a key, and a function that calls the API of its organization with that key. */
export async function aKeyedTeam(db: Database, permissions?: string[]) {
  const team = await aTeam(db);
  const { id: organizationId, slug } = team.organization;
  const key = await aKey(db, { organizationId, ...(permissions && { permissions }) });
  const root = `/api/v1/organizations/${slug}`;
  const headers = { Authorization: `Bearer ${key.secret}` };
  type Asked = Pick<Parameters<typeof ask>[1], "method" | "json" | "form" | "file" | "headers" | "cookie">;
  const call = async (path: string, { headers: more, ...asked }: Asked = {}): Promise<Answered> => {
    const answered = await ask(api as Parameters<typeof ask>[0], {
      url: root + path,
      headers: { ...headers, ...more },
      ...asked,
    });
    return answered;
  };
  return { team, key, root, call };
}
