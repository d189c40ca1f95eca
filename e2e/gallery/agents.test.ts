import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { eq } from "drizzle-orm";
import { expect, inject, test } from "vitest";
import { apiKey } from "../../app/db/schema/keys.ts";
import { aKey } from "../../app/test/builders.ts";
import { ask } from "../requests.ts";
import { aFurnishedWorkplace } from "../workplace.ts";

const ROOT = path.join(import.meta.dirname, "../..");

test("an agent renames an image, the audit log names its key, and the agent is rejected once the key is revoked", async () => {
  const { db, organization, cookies, things } = await aFurnishedWorkplace();
  const permissions = ["gallery:read", "gallery:update"];
  const key = await aKey(db, { organizationId: organization.id, name: "Picture agent", permissions });
  const { client, close } = await connected(key.secret);
  await using _closing = { [Symbol.asyncDispose]: close };
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(["images_list", "images_get", "images_update"]);
  const renaming = { name: "images_update", arguments: { image: things.image, name: "Sea at dawn" } };
  expect((await client.callTool(renaming)).isError).toBeUndefined();
  const { structuredContent } = await client.callTool({ name: "images_get", arguments: { image: things.image } });
  expect(structuredContent).toMatchObject({ name: "Sea at dawn" });
  const log = await (await ask(`/organizations/${organization.slug}/audit`, cookies.owner)).text();
  expect(log).toContain("Picture agent");
  await db.update(apiKey).set({ revokedAt: new Date() }).where(eq(apiKey.id, key.id));
  await expect(client.callTool(renaming)).rejects.toThrow("unauthenticated");
});

async function connected(secret: string) {
  const transport = new StreamableHTTPClientTransport(new URL("/mcp", inject("appUrl")), {
    requestInit: { headers: { Authorization: `Bearer ${secret}` } },
  });
  const client = new Client({ name: "Agent", version: "1" }, { versionNegotiation: { mode: "auto" } });
  await client.connect(transport);
  return { client, close: () => client.close() };
}

test("the program in the guide runs as printed", async () => {
  const { db, organization, things } = await aFurnishedWorkplace();
  const key = await aKey(db, { organizationId: organization.id, permissions: ["gallery:read"] });
  const guide = await readFile(path.join(ROOT, "docs/guides/agents.md"), "utf8");
  const [, program = ""] = /```js\n(.*?)```/s.exec(guide) ?? [];
  const file = path.join(ROOT, "node_modules/.cache", `guide-${key.id}.mjs`);
  await writeFile(file, program.replace("https://app.example.com", inject("appUrl")));
  await using _removed = { [Symbol.asyncDispose]: () => rm(file) };
  const env = { ...process.env, PRODUCT_KEY: key.secret };
  const { stdout } = await promisify(execFile)(process.execPath, [file], { env });
  expect(stdout).toContain("[ 'images_list', 'images_get' ]");
  expect(stdout).toContain(things.image);
});
