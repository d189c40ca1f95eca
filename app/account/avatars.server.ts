import { aliasedTable, and, eq, or, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { member } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import type { Scope } from "#app/request/grant.server.ts";
import { type Plan, plan } from "#app/request/plan.ts";
import type { FileOwner } from "#app/storage/sweep.server.ts";
import type { OneAvatar } from "./schemas.ts";

/** Where an avatar lies inside its person's storage. */
export function avatarKey(avatar: string): string {
  return `avatar/${avatar}`;
}

const mine = aliasedTable(member, "mine");

/** Whether this is the avatar that somebody has now, and whoever asks is that person or a colleague. */
export function isVisibleAvatar({ db, userId }: Scope<"self">, { person, avatar }: OneAvatar): Plan<boolean> {
  const isColleague = sql`exists ${db
    .select({ id: member.id })
    .from(member)
    .innerJoin(mine, and(eq(mine.organizationId, member.organizationId), eq(mine.userId, userId)))
    .where(eq(member.userId, user.id))}`;
  const found = db
    .select({ id: user.id })
    .from(user)
    .where(and(eq(user.id, person), eq(user.image, avatar), or(eq(user.id, userId), isColleague)));
  return plan({ found }, (rows) => rows.found.length > 0);
}

const AVATAR_KEY = /^people\/([^/]+)\/avatar\/([^/]+)$/;

/** The files of avatars, for the sweep: one belongs to the person who has it now. */
export function avatarFiles(db: Database): FileOwner {
  return {
    owns: (key) => AVATAR_KEY.test(key),
    async known(keys) {
      const ids = keys.map((key) => AVATAR_KEY.exec(key)?.[1]);
      const rows = await db
        .select({ id: user.id, image: user.image })
        .from(user)
        .where(sql`${user.id} in (select value from json_each(${JSON.stringify(ids)}))`);
      return new Set(rows.map(({ id, image }) => `people/${id}/${avatarKey(image ?? "")}`));
    },
  };
}
