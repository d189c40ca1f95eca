import { expect, test } from "vitest";
import { permissions } from "../app/tenancy/permissions.ts";
import { aKey } from "../app/test/builders.ts";
import { runWithClient } from "./generated-client.ts";
import { aFurnishedWorkplace } from "./workplace.ts";

const PROGRAM = `
import { client } from "./client/client.gen.js";
import { membersList, organizationGet, organizationUpdate } from "./client/index.js";

const { KEY = "", ORGANIZATION = "" } = process.env;
client.setConfig({ auth: KEY });
const path = { organization: ORGANIZATION };
const seen = await organizationGet({ path });
const headers = { "If-Match": seen.response?.headers.get("ETag") ?? "" };
const renamed = await organizationUpdate({ path, body: { name: "By a client" }, headers });
const stale = await organizationUpdate({ path, body: { name: "By a client too late" }, headers });
const wrong = await organizationUpdate({ path, body: { name: "" } });
const page = await membersList({ path, query: { limit: 2 } });
const rest = await membersList({ path, query: { limit: 100, cursor: page.data?.next ?? "" } });
const found = await organizationGet({ path });
const roles: ("owner" | "admin" | "member")[] = [...(page.data?.data ?? []), ...(rest.data?.data ?? [])].map(({ role }) => role);
console.log(JSON.stringify({
  renamed: renamed.response?.status,
  stale: stale.error?.code,
  wrong: wrong.error?.errors?.map(({ pointer }) => pointer),
  name: found.data?.name,
  roles: roles.sort(),
}));
`;

test("a client generated from the OpenAPI document renames the organization and lists its members", async () => {
  const { db, organization } = await aFurnishedWorkplace();
  const { secret } = await aKey(db, { organizationId: organization.id, permissions: Object.keys(permissions) });
  expect(await runWithClient(PROGRAM, { KEY: secret, ORGANIZATION: organization.slug })).toEqual({
    renamed: 204,
    stale: "precondition-failed",
    wrong: ["/name"],
    name: "By a client",
    roles: expect.arrayContaining(["admin", "member", "owner"]),
  });
});

test("the compiler rejects a wrong parameter and a property that the OpenAPI document does not have", async () => {
  const program = `
    import { membersList } from "./client/index.js";
    const { data } = await membersList({ path: { organization: "x" }, query: { limit: "many" } });
    console.log(data?.data[0]?.password);
  `;
  const said = await runWithClient(program, {}).catch(({ message }: Error) => message);
  expect(said).toContain("Type 'string' is not assignable to type 'number'");
  expect(said).toContain("Property 'password' does not exist");
});
