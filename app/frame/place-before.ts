import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { Back } from "#app/ui/back-link.tsx";
import { placeOf } from "./places.ts";

/** Returns a link to the page from which a person went to `to`, when `to` asks for a proof first. */
export function placeBefore(to: string): Back {
  const { pathname } = new URL(to, "https://app.invalid");
  const [, organization] = /^\/organizations\/([^/]+)\//.exec(pathname) ?? [];
  if (organization !== undefined) {
    const home = href("/organizations/:organization/dashboard", { organization });
    const place = placeOf(pathname, organization) ?? placeOf(home, organization);
    if (place !== undefined) return { to: place.hrefIn(organization), label: place.label() };
  }
  const account = href("/settings/account");
  return pathname.startsWith(`${account}/`)
    ? { to: account, label: m.organizations_own_account() }
    : { to: href("/settings/security"), label: m.organizations_own_security() };
}
