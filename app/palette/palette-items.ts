import { href } from "react-router";
import { featureViews } from "#app/features.view.ts";
import { m } from "#app/i18n/messages.ts";
import type { Found as KindOfThing } from "#app/tenancy/feature-view.ts";
import { searchForm } from "#app/text/search-form.ts";
import type { IconName } from "#app/ui/icon-names.ts";
import type { Found } from "./palette.server.ts";

export type PaletteItem = { id: string; label: string; detail?: string; to: string; icon: IconName };

export type PaletteGroup = { value: string; items: PaletteItem[] };

export type PalettePage = { label: string; href: string; icon: IconName };

const kindsOfThings: Record<string, KindOfThing> = Object.assign({}, ...featureViews.map(({ found }) => found));

export function paletteGroups(pages: readonly PalettePage[], query: string, found: Found | undefined): PaletteGroup[] {
  const wanted = searchForm(query);
  const { organizations = [], ...kinds } = found ?? {};
  const groups: PaletteGroup[] = [
    {
      value: m.palette_pages(),
      items: pages
        .filter(({ label }) => searchForm(label).includes(wanted))
        .map(({ label, href: to, icon }) => ({ id: `page ${to}`, label, to, icon })),
    },
    {
      value: m.palette_organizations(),
      items: organizations.map(({ name, slug }) => ({
        id: `organization ${slug}`,
        label: name,
        detail: slug,
        to: href("/organizations/:organization/dashboard", { organization: slug }),
        icon: "building-2",
      })),
    },
    ...Object.entries(kinds).flatMap(([kind, things]) => groupOf(kind, things)),
  ];
  return groups.filter(({ items }) => items.length > 0);
}

function groupOf(kind: string, things: Found[string]): PaletteGroup[] {
  const words = kindsOfThings[kind];
  if (words === undefined) return [];
  const items = things.map(({ id, name, organization }) => ({
    id: `${kind} ${id}`,
    label: name,
    detail: organization.name,
    to: words.hrefOf({ organization: organization.slug, id }),
    icon: words.icon,
  }));
  return [{ value: words.label(), items }];
}

/** Pages are found by their names alone, so the first page stays first when the server answers. */
export function isPage(item: PaletteItem | undefined): boolean {
  return item?.id.startsWith("page ") ?? false;
}
