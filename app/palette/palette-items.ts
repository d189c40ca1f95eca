import { href } from "react-router";
import { featureViews } from "#app/features.view.ts";
import { m } from "#app/i18n/messages.ts";
import type { Found as KindOfThing } from "#app/tenancy/feature-view.ts";
import { searchForm } from "#app/text/search-form.ts";
import type { IconName } from "#app/ui/icon-names.ts";
import type { Found } from "./palette.server.ts";

export type PaletteItem = {
  id: string;
  label: string;
  detail?: string;
  to: string;
  icon: IconName;
  isPosted?: boolean;
};

export type PaletteGroup = { value: string; items: PaletteItem[] };

/** `isPosted` marks a command, which is not a page: sending its form changes something. */
export type PalettePage = { label: string; href: string; icon: IconName; isPosted?: boolean };

const kindsOfThings: Record<string, KindOfThing> = Object.assign({}, ...featureViews.map(({ found }) => found));

type Here = Record<"pages" | "commands", readonly PalettePage[]>;

export function paletteGroups({ pages, commands }: Here, query: string, found: Found | undefined): PaletteGroup[] {
  const wanted = searchForm(query);
  const { organizations = [], ...kinds } = found ?? {};
  const groups: PaletteGroup[] = [
    { value: m.palette_pages(), items: named(pages, wanted).map((page) => itemOf("page", page)) },
    { value: m.palette_actions(), items: named(commands, wanted).map((command) => itemOf("command", command)) },
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

/** Labels that begin with the query come first, then those with a word that does, then those that contain it. */
function named(pages: readonly PalettePage[], wanted: string): PalettePage[] {
  const places = pages.map((page) => ({ page, at: ` ${searchForm(page.label)}`.indexOf(` ${wanted}`) }));
  const inWords = pages.filter(({ label }, index) => places[index]?.at === -1 && searchForm(label).includes(wanted));
  const atWords = places.filter(({ at }) => at >= 0).sort((one, other) => Math.sign(one.at) - Math.sign(other.at));
  return [...atWords.map(({ page }) => page), ...inWords];
}

function itemOf(kind: string, { href: to, ...page }: PalettePage): PaletteItem {
  return { id: `${kind} ${to}`, to, ...page };
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

/** Pages and commands are found by their names in the browser, so the first of them stays first when the server responds. */
export function isKnownHere(item: PaletteItem | undefined): boolean {
  return item !== undefined && /^(page|command) /.test(item.id);
}
