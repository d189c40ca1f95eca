import { and, eq } from "drizzle-orm";
import { emailChange, user } from "#app/db/schema/people.ts";
import { makeSearchTexts } from "#app/db/search.server.ts";
import { squareOf } from "#app/pictures/square.server.ts";
import type { Grant, Scope } from "#app/request/grant.server.ts";
import { type Plan, plan } from "#app/request/plan.ts";
import type { UploadedImage } from "#app/request/uploaded-image.ts";
import { avatarKey } from "./avatars.server.ts";
import { isWaiting } from "./email-changes.server.ts";

export type Profile = {
  id: string;
  name: string;
  email: string;
  /** The id of the avatar's file. */
  image: string | null;
  /** The address that was asked for and is not confirmed yet. */
  newEmail: string | null;
};

export function profile({ db, userId, now }: Scope<"self">): Plan<Profile> {
  const found = db
    .select({ id: user.id, name: user.name, email: user.email, image: user.image })
    .from(user)
    .where(eq(user.id, userId));
  const waiting = db
    .select({ newEmail: emailChange.newEmail })
    .from(emailChange)
    .where(and(eq(emailChange.userId, userId), isWaiting(now)));
  return plan({ found, waiting }, ({ found: [person], waiting: [change] }) => {
    if (person === undefined) throw new Error("A person without a row: the access row was there.");
    return { ...person, newEmail: change?.newEmail ?? null };
  });
}

export async function renamePerson(grant: Grant<"self">, name: string) {
  await grant.commit([update(grant, { name })]);
  grant.after((db) => makeSearchTexts(db, grant.userId));
  grant.signIns().renew();
  return { ok: true } as const;
}

/** Takes a new avatar; the file of the one before leaves storage once the row speaks of the new one. */
export async function changeAvatar(grant: Grant<"self">, uploaded: UploadedImage) {
  const made = await squareOf(grant.decode, uploaded);
  if (!made.ok) return made;
  const image = grant.newId();
  // When this throws, or the batch below does, nobody knows whether the row stands; the sweep finds out.
  await grant.storage.put(avatarKey(image), made.picture.stream, made.picture);
  await replaceAvatar(grant, image);
  return { ok: true } as const;
}

export async function removeAvatar(grant: Grant<"self">) {
  await replaceAvatar(grant, null);
  return { ok: true } as const;
}

async function replaceAvatar(grant: Grant<"self">, image: string | null) {
  const { db, userId, storage } = grant;
  const isOwn = eq(user.id, userId);
  const [[before], replaced] = await grant.commit([
    db.select({ image: user.image }).from(user).where(isOwn),
    update(grant, { image }),
  ]);
  // Nothing changed: the session ended in between, so the new file is the stray.
  const stray = replaced.length === 0 ? image : (before?.image ?? null);
  if (stray !== null && stray !== (replaced[0]?.image ?? null)) grant.after(() => storage.delete([avatarKey(stray)]));
  grant.signIns().renew();
}

function update({ db, userId, now, stillMay }: Grant<"self">, values: { name: string } | { image: string | null }) {
  return db
    .update(user)
    .set({ ...values, updatedAt: now })
    .where(and(eq(user.id, userId), stillMay))
    .returning({ image: user.image });
}
