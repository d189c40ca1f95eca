import { Building2, Image, type LucideIcon, UserRound } from "lucide-react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { searchForm } from "#app/text/search-form.ts";
import type { Found } from "./palette.server.ts";

export type PaletteItem = { id: string; label: string; detail?: string; to: string; icon: LucideIcon };

export type PaletteGroup = { value: string; items: PaletteItem[] };

export type PalettePage = { label: string; href: string; icon: LucideIcon };

export function paletteGroups(pages: readonly PalettePage[], query: string, found: Found | undefined): PaletteGroup[] {
  const wanted = searchForm(query);
  const groups: PaletteGroup[] = [
    {
      value: m.palette_pages(),
      items: pages
        .filter(({ label }) => searchForm(label).includes(wanted))
        .map(({ label, href: to, icon }) => ({ id: `page ${to}`, label, to, icon })),
    },
    {
      value: m.palette_organizations(),
      items: (found?.organizations ?? []).map(({ name, slug }) => ({
        id: `organization ${slug}`,
        label: name,
        detail: slug,
        to: href("/organizations/:organization/dashboard", { organization: slug }),
        icon: Building2,
      })),
    },
    {
      value: m.palette_members(),
      items: (found?.members ?? []).map(({ id, name, organization }) => ({
        id: `member ${id}`,
        label: name,
        detail: organization.name,
        to: href("/organizations/:organization/members/:member", { organization: organization.slug, member: id }),
        icon: UserRound,
      })),
    },
    {
      value: m.palette_images(),
      items: (found?.images ?? []).map(({ id, name, organization }) => ({
        id: `image ${id}`,
        label: name,
        detail: organization.name,
        to: href("/organizations/:organization/gallery/:image", { organization: organization.slug, image: id }),
        icon: Image,
      })),
    },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

/** Pages are found by their names alone, so the first page stays first when the server answers. */
export function isPage(item: PaletteItem | undefined): boolean {
  return item?.id.startsWith("page ") ?? false;
}
