import { change } from "#app/change/change.server.ts";
import { emailChange, user } from "#app/db/schema/people.ts";
import { makeSearchTexts } from "#app/db/search.server.ts";
import type { UploadedImage } from "#app/fields/uploaded-image.ts";
import type { Grant, Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { squareOf } from "#app/pictures/square.server.ts";
import { avatarKey } from "./avatars.server.ts";
import { isWaiting } from "./email-changes.server.ts";

export type Profile = {
  id: string;
  name: string;
  email: string;
  image: string | null;
  newEmail: string | null;
};

export function profile(scope: Scope<"self">): Plan<Profile> {
  const found = scope.select({ id: user.id, name: user.name, email: user.email, image: user.image }).from(user);
  const waiting = scope.select({ newEmail: emailChange.newEmail }).from(emailChange).where(isWaiting(scope.now));
  return plan({ found, waiting }, ({ found: [person], waiting: [change] }) => {
    if (person === undefined) throw new Error("Access was granted, but the person has no row in the user table.");
    return { ...person, newEmail: change?.newEmail ?? null };
  });
}

export async function renamePerson(grant: Grant<"self">, { name }: { name: string }) {
  await change(grant, {
    unlogged: "Logs always show a person's current name.",
    makes: (entry) => ({ name: entry.update(user, { name, updatedAt: grant.now }) }),
  });
  grant.after((db) => makeSearchTexts(db, grant.userId));
  grant.signIns().renew(grant.userId);
  return { ok: true } as const;
}

export async function changeAvatar(grant: Grant<"self">, { avatar }: { avatar: UploadedImage }) {
  const made = await squareOf(grant.decode, avatar);
  if (!made.ok) return made;
  const image = grant.newId();
  // If this or the change below throws, it is unknown whether the row was written. The sweep deletes a file without a row.
  await grant.storage.put(avatarKey(image), made.picture.stream, made.picture);
  await replaceAvatar(grant, image);
  return { ok: true } as const;
}

export async function removeAvatar(grant: Grant<"self">) {
  await replaceAvatar(grant, null);
  return { ok: true } as const;
}

async function replaceAvatar(grant: Grant<"self">, image: string | null) {
  const { first } = await change(grant, {
    unlogged: "Logs always show a person's current picture.",
    first: () => ({ before: grant.select({ image: user.image }).from(user) }),
    makes: (entry) => ({ image: entry.update(user, { image, updatedAt: grant.now }) }),
  });
  const stray = first.before[0]?.image ?? null;
  if (stray !== null) grant.after(() => grant.storage.delete([avatarKey(stray)]));
  grant.signIns().renew(grant.userId);
}
