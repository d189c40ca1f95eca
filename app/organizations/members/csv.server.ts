import { and, asc, sql } from "drizzle-orm";
import { member } from "#app/db/schema/organizations.ts";
import type { Grant } from "#app/operation/grant.server.ts";
import type { Download } from "#app/operation/operation.server.ts";
import { can } from "#app/tenancy/permissions.ts";
import { csvHead, csvLines } from "#app/text/csv.server.ts";
import { MEMBERS_PER_CHUNK } from "../limits.ts";
import { isInRole, memberRows } from "./members.server.ts";
import type { ExportedMembers } from "./schemas.ts";

const COLUMNS = ["name", "email", "role", "joined", "last_active", "two_factor"];

export async function membersAsCsv(
  _access: unknown,
  grant: Grant<"member:export">,
  { role }: ExportedMembers,
): Promise<Download> {
  return {
    name: `${grant.organization.slug}-members-${grant.now.toISOString().slice(0, 10)}.csv`,
    type: "text/csv; charset=utf-8",
    body: await grant.stream(membersCsv(grant, role)),
  };
}

/** Yields pieces of one round trip each, with the longest-standing members first. */
async function* membersCsv(grant: Grant<"member:export">, role: ExportedMembers["role"]): AsyncGenerator<string> {
  const sees = sql`${Number(grant.role !== null && can(grant.role, "member:update"))}`;
  const place = sql`(${member.createdAt}, ${member.id})`;
  let head = csvHead(COLUMNS);
  let isFurther: ReturnType<typeof sql> | undefined;
  for (;;) {
    const ids = grant
      .select({ id: member.id })
      .from(member)
      .where(and(isInRole(role), isFurther))
      .orderBy(asc(member.createdAt), asc(member.id))
      .limit(MEMBERS_PER_CHUNK);
    const rows = await memberRows(grant, { which: sql`${member.id} in ${ids}`, sees }).orderBy(
      asc(member.createdAt),
      asc(member.id),
    );
    yield head + linesOf(rows);
    head = "";
    const last = rows.at(-1);
    if (last === undefined || rows.length < MEMBERS_PER_CHUNK) return;
    isFurther = sql`${place} > (${last.joinedAt.getTime()}, ${last.id})`;
  }
}

function linesOf(rows: Awaited<ReturnType<typeof memberRows>>): string {
  return csvLines(
    rows.map(({ name, email, role, joinedAt, lastActiveAt, hasTwoFactor }) => [
      name,
      email,
      role,
      joinedAt.toISOString(),
      lastActiveAt?.toISOString() ?? null,
      hasTwoFactor === null ? null : hasTwoFactor ? "yes" : "no",
    ]),
  );
}
