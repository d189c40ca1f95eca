import { href } from "react-router";
import { formatBytes, formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Progress } from "#app/ui/progress.tsx";
import { Stat } from "#app/ui/stat.tsx";
import type { ImageFigures } from "./figures.server.ts";

const STORAGE_WARNING = 0.8;
const STORAGE_DANGER = 0.95;

type Shown = { figures: ImageFigures; organization: string };
type Changing = Shown & { changed: (now: number, before: number) => string };

export function ImageFigure({ figures: { images, added, addedBefore }, organization, changed }: Changing) {
  return (
    <Stat
      label={m.gallery_figure()}
      value={formatNumber(images)}
      detail={m.gallery_figure_detail()}
      change={changed(added, addedBefore)}
      to={galleryOf(organization)}
    />
  );
}

function galleryOf(organization: string): string {
  return href("/organizations/:organization/gallery", { organization });
}

export function StorageFigure({ figures: { storageUsed, storageQuota }, organization }: Shown) {
  const share = storageQuota === 0 ? 1 : storageUsed / storageQuota;
  return (
    <Stat
      label={m.gallery_storage_figure()}
      value={formatBytes(storageUsed)}
      detail={m.gallery_storage_of({ quota: formatBytes(storageQuota) })}
      to={galleryOf(organization)}
    >
      <Progress label={m.gallery_storage_figure()} value={storageUsed} max={storageQuota} tone={toneOf(share)} />
    </Stat>
  );
}

function toneOf(share: number) {
  if (share >= STORAGE_DANGER) return "danger";
  return share >= STORAGE_WARNING ? "warning" : "accent";
}

export function UploadLink({ figures, organization }: Shown) {
  if (figures.images === 0) return null;
  return (
    <LinkButton to={galleryOf(organization)} variant="secondary">
      <Icon name="image-plus" />
      {m.gallery_add()}
    </LinkButton>
  );
}
