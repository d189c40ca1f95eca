import { and, lte, sql } from "drizzle-orm";
import { mail } from "#app/db/schema/mail.ts";
import { emailChange, user } from "#app/db/schema/people.ts";
import type { ServerFeature, Turn } from "#app/tenancy/feature.server.ts";
import { avatarFiles } from "./avatars.server.ts";

export const accountOnServer = {
  exported: {
    account: {
      table: user,
      byId: [user.id],
      more: (appUrl) => ({ avatarUrl: sql`${`${appUrl}/files/people/`} || ${user.id} || '/' || ${user.image}` }),
    },
    emailChanges: { table: emailChange, byId: [emailChange.userId] },
    mails: { table: mail, byId: [mail.userId], byEmail: [mail.recipient] },
  },
  files: avatarFiles,
  scheduled: { "forget changes of address": forgetEmailChanges },
} satisfies ServerFeature;

async function forgetEmailChanges({ db, now }: Turn) {
  const isOver = and(lte(emailChange.expiresAt, now), lte(sql`coalesce(${emailChange.undoUntil}, 0)`, now.getTime()));
  await db.delete(emailChange).where(isOver);
}
