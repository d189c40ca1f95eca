import { href } from "react-router";

export function avatarUrl({ id, image }: { id: string; image: string | null }): string | null {
  return image === null ? null : href("/files/people/:person/:avatar", { person: id, avatar: image });
}

export function logoUrl({ slug, logo }: { slug: string; logo: string | null }): string | null {
  return logo === null ? null : href("/files/:organization/logo/:logo", { organization: slug, logo });
}
