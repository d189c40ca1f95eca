import type { RouteConfigEntry } from "@react-router/dev/routes";
import type { Authorization } from "#app/operation/grant.server.ts";
import type { ReadOperation, WriteOperation } from "#app/operation/operation.server.ts";
import type { Named } from "../../e2e/access-rows.ts";
import { accessTable, forms } from "../../e2e/access-table.ts";
import { pageRows } from "../api.ts";
import type { Database } from "../db/client.server.ts";
import { API_ROOT, api } from "../request/api-door.server.ts";
import { postOnly } from "../request/doors.server.ts";
import { loader as apiDoor } from "../routes/api/v1.ts";
import { loader as toolDoor } from "../routes/mcp.ts";
import routes from "../routes.ts";
import { type Permission, permissions } from "../tenancy/permissions.ts";
import { anInvitation } from "./builders.ts";
import { furnish } from "./furnish.ts";
import type { ask } from "./requests.ts";
import { aTeam } from "./team.ts";

/** All doors of the product with their operations, for tests of what each of them promises. A new one is found without a list. */

type Operation = ReadOperation | WriteOperation;
type Handler = Parameters<typeof ask>[0];
export type Door = Handler & { operation?: Operation };
type Module = { loader?: Door; action?: Door; middleware?: unknown; clientMiddleware?: unknown };

export const modules = import.meta.glob<Module>(["../routes/**/*.{ts,tsx}", "!../routes/**/*.test.ts"], {
  eager: true,
});

type Route = { file: string; pattern: string; module: Module };

const table = routesIn(routes, "");

function routesIn(entries: readonly RouteConfigEntry[], prefix: string): Route[] {
  return entries.flatMap(({ file, path, children = [] }) => {
    const pattern = path === undefined ? prefix : `${prefix}/${path}`;
    const module = modules[`../${file}`];
    if (module === undefined) throw new Error(`${file} is in the URL table but does not exist.`);
    return [{ file, pattern, module }, ...routesIn(children, pattern)];
  });
}

export const doors = table.flatMap(({ file, pattern, module: { loader, action } }) => [
  ...(loader && loader !== (postOnly as Door) ? [{ file, pattern, method: "GET" as const, door: loader }] : []),
  ...(action ? [{ file, pattern, method: "POST" as const, door: action }] : []),
]);

export const isPermission = (authorize: Authorization): authorize is Permission => authorize in permissions;
export const operationOf = ({ door }: { door: Door }) => door.operation as Operation;
/** These doors open the operations of the API's table, which have their own tests (`api.test.ts`, `tools.test.ts`). */
export const isTable = ({ door }: { door: Door }) => door === (apiDoor as Door) || door === (toolDoor as Door);
/** The rows that pages request, each behind a door of its own. */
const asked = pageRows.map((row) => ({
  file: row.id,
  pattern: API_ROOT + row.path.replaceAll(/\{(\w+)\}/g, ":$1"),
  method: "GET" as const,
  door: Object.assign(api([row]), { operation: row.operation }) as Door,
}));
export const opened = [...doors.filter(({ door }) => door.operation !== undefined), ...asked];

/** An organization with one of everything, and the parameters and forms for its doors. */
export async function furnished(db: Database) {
  const team = await aTeam(db, { name: "Promises", logo: crypto.randomUUID() });
  const { id: organizationId, slug } = team.organization;
  const { id: invited } = await anInvitation(db, { organization: team.organization });
  const things = await furnish(db, { organizationId, userId: team.owner.person.id });
  const ids = { ...things, member: team.plain.member, invitation: invited };
  const params = { organization: slug, ...ids };
  return {
    team,
    params,
    form: formsOf({ slug: `taken-${organizationId.slice(0, 8)}`, owner: team.admin.member, things }),
  };
}

/** The forms that the access table sends, with values that the operations accept. */
function formsOf(named: Named) {
  const exact: Record<string, Record<string, string>> = {
    "routes/organizations/settings.delete.ts": { name: "Promises" },
    "routes/organizations/new.tsx": { name: "Another" },
    "routes/organizations/onboarding.tsx": { name: "Another" },
  };
  return (file: string) => {
    const form = exact[file] ?? forms[file]?.("owner", named) ?? {};
    if (!(form instanceof FormData)) return form;
    const copied = new FormData();
    for (const [name, value] of form) copied.append(name, value);
    return copied;
  };
}

/** The row's address with ids of this organization, and the parameters that the URL table finds in it. */
export function addressOf({ file, pattern }: { file: string; pattern: string }, params: Record<string, string>) {
  const row = accessTable.find((each) => each.file === file)?.url ?? pattern;
  const url = row.replace(/:(\w+)/g, (_, name: string) => params[name] ?? crypto.randomUUID());
  const segments = new URL(url, "http://localhost").pathname.split("/");
  const named = pattern
    .split("/")
    .flatMap((part, index) => (part.startsWith(":") ? [[part.slice(1), segments[index] ?? ""]] : []));
  return { url, params: Object.fromEntries(named) };
}

export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
