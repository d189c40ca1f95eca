import "#app/i18n/messages-of/landing.ts";
import { href, redirect, redirectDocument } from "react-router";
import { meetVisitor } from "#app/auth/operations.server.ts";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { page } from "#app/request/doors.server.ts";
import { LandingPage } from "#app/ui/landing/landing-page.tsx";

export const meta = () => [{ title: m.landing_title() }, { name: "description", content: m.landing_hero_text() }];

export const handle: SpeaksOf = ["landing"];

export const loader = page(meetVisitor, ({ isSignedIn }) => {
  if (isSignedIn) throw redirect(href("/dashboard"));
  return null;
});

/** The picture of the product is only in the document, so a new document is loaded. */
export function clientLoader() {
  throw redirectDocument(href("/"));
}

export default LandingPage;
