import type { MetaDescriptor } from "react-router";
import { nameApart } from "#app/i18n/names-apart.ts";
import { title } from "#app/ui/title.ts";
import { type Framed, organizationAt } from "./organization-at.ts";

type Shown<Data> = {
  loaderData: Data | undefined;
  matches: readonly [unknown, { loaderData: Framed }, ...unknown[]];
  params: { organization?: string | undefined };
};

/** The `meta` of a page in an organization. The title names the action, the thing it is about if any, and the organization. */
export function organizationTitle<Data>(says: (found: Data) => string, ...named: ((found: Data) => string)[]) {
  return ({ loaderData, matches: [, frame], params }: Shown<Data>): MetaDescriptor[] => {
    // A page is never shown without its loader's data.
    const found = loaderData as Data;
    const organization = organizationAt(frame.loaderData, params.organization)?.name ?? "";
    const names = [...named.map((name) => name(found)), organization].map(nameApart);
    return [{ title: title(says(found), ...names) }];
  };
}
