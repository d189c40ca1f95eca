import { href } from "react-router";

export function avatarUrl({ id, image }: { id: string; image: string | null }): string | null {
  return image === null ? null : href("/files/people/:person/:avatar", { person: id, avatar: image });
}
