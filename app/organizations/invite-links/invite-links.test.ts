import { env } from "cloudflare:test";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { rateLimit } from "#app/db/schema/limits.ts";
import { inviteLink } from "#app/db/schema/organizations.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { testDatabase } from "#app/test/database.ts";
import { aLink, create, errorsOf, listed, revoking, tokenIn } from "#app/test/invite-links.ts";
import { aTeam } from "#app/test/team.ts";
import { runSchedule } from "../../../workers/schedule.ts";
import { INVITATIONS_PER_HOUR, INVITE_LINKS_MAXIMUM } from "../limits.ts";
import type { InviteLink } from "./invite-links.server.ts";

const db = testDatabase();

test("an admin who makes a link sees it once, and neither the row nor the log contains it", async () => {
  const team = await aTeam(db);
  const made = await create(team, { days: "30", uses: "25", domain: " @Example.COM " }, team.admin);
  expect([made.status, made.services.trace.trips]).toEqual([200, 2]);
  const token = tokenIn(made);
  expect(token).toMatch(/^[\w-]{43}$/);
  const [row] = await db.select().from(inviteLink).where(eq(inviteLink.organizationId, team.organization.id));
  expect(row).toMatchObject({ domain: "example.com", maximumUses: 25, uses: 0, createdBy: team.admin.person.id });
  expect(JSON.stringify(row)).not.toContain(token);
  expect((row?.expiresAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(29.9 * DAY_MS);
  const links = await listed(team);
  expect(links).toMatchObject([{ prefix: token.slice(0, 6), makerName: "Some admin", isHeld: true, uses: 0 }]);
  expect(JSON.stringify(links)).not.toContain(token);
  const [entry] = await db
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.targetId, row?.id ?? ""));
  expect(entry).toMatchObject({ action: "invite-link.created", after: { domain: "example.com", uses: 25 } });
  expect(JSON.stringify(entry)).not.toContain(token);
});

test("a form that is sent twice makes one link, and both responses show it", async () => {
  const team = await aTeam(db);
  const once = crypto.randomUUID();
  const [first, second] = await Promise.all([create(team, { once }), create(team, { once })]);
  expect(tokenIn(first)).toBe(tokenIn(second));
  expect(await listed(team)).toHaveLength(1);
  const [{ id }] = (await listed(team)) as [InviteLink];
  await revoking(team, { id });
  expect((await create(team, { once })).status, "a revoked link is not shown again").toBe(409);
});

test("an invalid number of uses, duration or domain is refused at its field", async () => {
  const team = await aTeam(db);
  for (const uses of ["0", "101", "-1", "1.5", "ten", "", "1e1", "9999999"])
    expect(errorsOf(await create(team, { uses })).uses, uses).toHaveLength(1);
  for (const days of ["0", "2", "365", ""]) expect(errorsOf(await create(team, { days })).days, days).toHaveLength(1);
  for (const domain of ["example", "exa mple.com", "example.com/x", "@", "*.com", "%.com", "a".repeat(2_000)])
    expect(errorsOf(await create(team, { domain })).domain, domain).toHaveLength(1);
  for (const uses of ["1", "100", "١٠"]) expect((await create(team, { uses })).status, uses).toBe(200);
  const idn = await create(team, { domain: "Ada <ada@bücher.example>" });
  expect(idn.status).toBe(400);
  await create(team, { domain: "ada@Bücher.example" });
  expect((await listed(team))[0]?.domain).toBe("xn--bcher-kva.example");
});

test("at most ten links are open, even when made at the same time, and the invitation limit applies", async () => {
  const team = await aTeam(db);
  const statuses = (await Promise.all(Array.from({ length: 14 }, () => create(team)))).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(INVITE_LINKS_MAXIMUM);
  expect(statuses.filter((status) => status === 409)).toHaveLength(14 - INVITE_LINKS_MAXIMUM);
  const [{ id }] = (await listed(team)) as [InviteLink];
  await revoking(team, { id });
  expect((await create(team)).status, "a revoked link makes room for another").toBe(200);
  const key = `invite:${team.organization.id}`;
  await db.update(rateLimit).set({ count: INVITATIONS_PER_HOUR }).where(eq(rateLimit.key, key));
  expect((await create(team)).status).toBe(429);
});

test("revoking a link twice succeeds and writes one entry", async () => {
  const team = await aTeam(db);
  const link = await aLink(team);
  expect((await revoking(team, link, team.admin)).status).toBe(303);
  expect((await revoking(team, link)).status).toBe(303);
  const entries = await db.select().from(auditEntry).where(eq(auditEntry.targetId, link.id));
  expect(entries).toMatchObject([{ action: "invite-link.revoked", targetName: link.prefix }]);
});

test("the schedule forgets a link a month after it has expired", async () => {
  const team = await aTeam(db);
  await aLink(team, { expiresAt: new Date(Date.now() - 31 * DAY_MS) });
  const lately = await aLink(team, { expiresAt: new Date(Date.now() - 29 * DAY_MS) });
  await runSchedule(env);
  const left = await db.select().from(inviteLink).where(eq(inviteLink.organizationId, team.organization.id));
  expect(left.map(({ id }) => id)).toEqual([lately.id]);
});
