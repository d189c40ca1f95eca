import { href } from "react-router";

export function logoUrl({ slug, logo }: { slug: string; logo: string | null }): string | null {
  return logo === null ? null : href("/files/:organization/logo/:logo", { organization: slug, logo });
}
