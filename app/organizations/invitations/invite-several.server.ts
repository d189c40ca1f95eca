import { sql } from "drizzle-orm";
import type { Grant, SteppingUp } from "#app/operation/grant.server.ts";
import { invitingLimit } from "./invitation-limits.server.ts";
import { createInvitation, type NotCreated } from "./invitation-writes.server.ts";
import type { InviteSeveral } from "./schemas.ts";

/** An address, as it was typed, and why it is not invited. */
export type Uninvited = { typed: string; reason: Exclude<NotCreated, "owners-only" | "stale"> | "no-address" };

export type Invited = { ok: true; invited: number; refused: Uninvited[] };

/** The reasons that apply to all following addresses too. */
const FINAL: readonly string[] = ["limit-reached", "organization-full", "too-many-pending"];

/** Each address is its own change, so a refusal does not affect others. A single address is refused as by `createInvitation`. */
export async function inviteSeveral(
  grant: SteppingUp<Grant<"invitation:create">>,
  { email: addresses, ...asked }: InviteSeveral,
): Promise<Invited | { ok: false; reason: NotCreated }> {
  const { userId, organizationId, actor } = grant;
  const keyId = actor.kind === "key" ? sql`${actor.id}` : null;
  const asking = { userId, keyId, organizationId: sql<string>`${organizationId}`, ipAddress: "", deviceHash: "" };
  const limits = invitingLimit(asked, asking);
  const refused: Uninvited[] = [];
  let invited = 0;
  let final: Uninvited["reason"] | undefined;
  let isFirst = true;
  for (const { typed, address } of addresses) {
    if (address === null) refused.push({ typed, reason: "no-address" });
    else if (final !== undefined) refused.push({ typed, reason: final });
    else {
      // The door has already counted one invitation for the form.
      const done = await createInvitation(grant, { ...asked, email: address, counted: isFirst ? [] : limits });
      isFirst = false;
      if (done.ok) invited += 1;
      else if (addresses.length === 1 || done.reason === "owners-only" || done.reason === "stale") return done;
      else {
        refused.push({ typed, reason: done.reason });
        if (FINAL.includes(done.reason)) final = done.reason;
      }
    }
  }
  return { ok: true, invited, refused };
}
