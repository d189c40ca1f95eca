import "#app/i18n/messages-of/landing.ts";
import { href, redirect, redirectDocument } from "react-router";
import { openPublicPage } from "#app/auth/operations.server.ts";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { page } from "#app/request/doors.server.ts";
import { described } from "#app/ui/described.ts";
import { LandingPage } from "#app/ui/landing/landing-page.tsx";
import type { Route } from "./+types/landing";

export const meta = ({ loaderData }: Route.MetaArgs) =>
  described({ title: m.landing_title(), text: m.landing_hero_text(), appUrl: loaderData?.appUrl });

export const handle: SpeaksOf = ["landing"];

export const loader = page(openPublicPage, ({ isSignedIn, appUrl }) => {
  if (isSignedIn) throw redirect(href("/dashboard"));
  return { appUrl };
});

/** The picture of the product is only in the document, so a new document is loaded. */
export function clientLoader() {
  throw redirectDocument(href("/"));
}

export default LandingPage;
