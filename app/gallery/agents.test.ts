import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { image } from "#app/db/schema/gallery.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import { anAgent, eras } from "#app/test/agents.ts";
import { testDatabase } from "#app/test/database.ts";
import { aKeyedTeam } from "#app/test/keyed-team.ts";
import { furnish } from "./feature.test-data.ts";

const db = testDatabase();

for (const era of eras) {
  test(`an agent finds an image and renames it, the log names key and agent, and a revoked key's next call fails (${era === "legacy" ? era : era.pin})`, async () => {
    const { team, key, call } = await aKeyedTeam(db, ["gallery:read", "gallery:update", "audit:read"]);
    const { image: id = "" } = await furnish(db, {
      organizationId: team.organization.id,
      userId: team.owner.person.id,
    });
    await using agent = await anAgent(key.secret, { name: "Claude Code", era });
    const { tools } = await agent.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["images_list", "images_get", "images_update", "audit_list"]);
    const { structuredContent: list } = await agent.client.callTool({ name: "images_list" });
    expect(list).toMatchObject({ data: [{ id }], next: null });
    const renaming = { name: "images_update", arguments: { image: id, name: "Sea at dawn" } };
    expect((await agent.client.callTool(renaming)).isError).toBeUndefined();
    expect(await db.select({ name: image.name }).from(image).where(eq(image.id, id))).toEqual([
      { name: "Sea at dawn" },
    ]);
    const { body } = await call("/audit");
    const actor = { kind: "key", id: key.id, name: key.name };
    expect(body).toMatchObject({ data: [{ action: "image.renamed", actor, via: "Claude Code" }] });
    await db.update(apiKey).set({ revokedAt: new Date() }).where(eq(apiKey.id, key.id));
    await expect(agent.client.callTool(renaming)).rejects.toThrow("unauthenticated");
    await expect(agent.client.callTool({ name: "images_list" })).rejects.toThrow("unauthenticated");
  });
}
