import { aliasedTable, and, eq, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { member } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import type { Grant, Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { ANY_PART, personFolder } from "#app/storage/folders.ts";
import type { StoredFile } from "#app/storage/storage.ts";
import type { FileOwner } from "#app/storage/sweep.server.ts";
import type { OneAvatar } from "./schemas.ts";

export function avatarKey(avatar: string): string {
  return `avatar/${avatar}`;
}

const mine = aliasedTable(member, "mine");

/** The avatar of this person or of a colleague; null for anyone else's. */
export function findAvatar(scope: Scope<"self">, { person, avatar }: OneAvatar): Plan<OneAvatar | null> {
  const isThis = and(eq(user.id, person), eq(user.image, avatar));
  const own = scope.select({ id: user.id }).from(user).where(isThis);
  const colleagues = scope
    .select({ id: user.id })
    .from(mine)
    .innerJoin(member, eq(member.organizationId, mine.organizationId))
    .innerJoin(user, eq(user.id, member.userId))
    .where(isThis)
    .limit(1);
  return plan({ own, colleagues }, (rows) =>
    rows.own.length + rows.colleagues.length > 0 ? { person, avatar } : null,
  );
}

export function avatarFile({ person, avatar }: OneAvatar, grant: Grant<"self">): Promise<StoredFile | null> {
  return grant.filesOf(person).get(avatarKey(avatar));
}

const AVATAR_KEY = new RegExp(`^${personFolder(ANY_PART)}/${avatarKey(ANY_PART)}$`);

export function avatarFiles(db: Database): FileOwner {
  return {
    owns: (key) => AVATAR_KEY.test(key),
    async known(keys) {
      const ids = keys.map((key) => AVATAR_KEY.exec(key)?.[1]);
      const rows = await db
        .select({ id: user.id, image: user.image })
        .from(user)
        .where(sql`${user.id} in (select value from json_each(${JSON.stringify(ids)}))`);
      return new Set(rows.map(({ id, image }) => `${personFolder(id)}/${avatarKey(image ?? "")}`));
    },
  };
}
