import { href } from "react-router";

/** Where the picture of a person is; null for who has none. `image` is the id of its file. */
export function avatarUrl({ id, image }: { id: string; image: string | null }): string | null {
  return image === null ? null : href("/files/people/:person/:avatar", { person: id, avatar: image });
}
