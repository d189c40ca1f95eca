import { href } from "react-router";
import type { ThumbnailWidth } from "./limits.ts";

type Place = { organization: string; image: string };

export function thumbnailUrl({ organization, image }: Place, width: ThumbnailWidth): string {
  return `${href("/files/:organization/images/:image", { organization, image })}?width=${width}`;
}

export function movingUrl(place: Place, width: ThumbnailWidth): string {
  return `${thumbnailUrl(place, width)}&moving`;
}

export function downloadUrl({ organization, image }: Place): string {
  return `${href("/files/:organization/images/:image", { organization, image })}?download`;
}

export function trashedUrl({ organization, image }: Place): string {
  return href("/files/:organization/trash/:image", { organization, image });
}
