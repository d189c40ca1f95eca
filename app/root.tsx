import type { ReactNode } from "react";
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunctionArgs,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from "react-router";
import { z } from "zod";
import { catalogParts } from "#app/i18n/catalog-parts.ts";
import { catalogUrl } from "#app/i18n/catalog-url.server.ts";
import { directionOf, languageTag } from "#app/i18n/locale.ts";
import { ProblemPage } from "#app/organizations/problem-page.tsx";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { AppearanceContext, unchosen } from "#app/ui/appearance.ts";
import { errorTitle } from "#app/ui/error-page.tsx";
import { fontSheets } from "#app/ui/fonts.ts";
import { KeptFocus } from "#app/ui/kept-focus.tsx";
import { DocumentContext } from "#app/ui/once.tsx";
import { PageAnnouncer } from "#app/ui/page-announcer.tsx";
import { PublicFrame } from "#app/ui/public-frame.tsx";
import { SendOnce } from "#app/ui/send-once.tsx";
import { Toaster } from "#app/ui/toaster.tsx";
import type { Route } from "./+types/root";
import stylesheet from "./app.css?url";

export const links: Route.LinksFunction = () => [
  { rel: "stylesheet", href: stylesheet },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

export const meta: Route.MetaFunction = ({ error }) => [{ title: error ? errorTitle(error) : "Tenantry" }];

export const loader = read({
  validate: z.unknown(),
  authenticate: "none",
  authorize: "public",
  execute: ({ locale, preferences }) => {
    const catalogs = catalogParts.map((part) => ({ part, url: catalogUrl(locale, part) }));
    const { theme, color, font } = preferences;
    return answer({ locale, theme, color, font, catalogs });
  },
  answer: (found, { newId }) => ({ ...found, document: newId() }),
});

/** Language and theme change by a form of their own; nothing else makes this stale. */
export function shouldRevalidate({ formAction }: ShouldRevalidateFunctionArgs) {
  return formAction === "/preferences";
}

// The server takes the nonce from its context; the browser, which has none, finds what the server wrote.
const writtenNonce = import.meta.env.SSR ? undefined : document.querySelector<HTMLElement>("[nonce]")?.nonce;

const notChosen = { ...unchosen, catalogs: [], document: "" };

export function Layout({ children }: { children: ReactNode }) {
  const chosen = useRouteLoaderData<typeof loader>("root");
  const { locale, theme, color, font, catalogs, document } = chosen ?? notChosen;
  const parts = ["everybody", ...useMatches().flatMap(({ handle }) => (Array.isArray(handle) ? handle : []))];
  return (
    <html lang={languageTag(locale)} dir={directionOf(locale)} data-theme={theme} data-color={color} data-font={font}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {catalogs.map(({ part, url }) => (
          <meta key={part} name={`messages-of-${part}`} content={url} />
        ))}
        {catalogs.map(({ part, url }) => parts.includes(part) && <link key={part} rel="modulepreload" href={url} />)}
        {fontSheets[font] !== undefined && <link rel="stylesheet" href={fontSheets[font]} />}
        <Meta />
        <Links {...(writtenNonce && { nonce: writtenNonce })} />
      </head>
      <body>
        <AppearanceContext value={{ theme, color, font, locale }}>
          <DocumentContext value={document}>{children}</DocumentContext>
        </AppearanceContext>
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

export default function App() {
  return (
    <>
      <KeptFocus />
      <SendOnce />
      <Outlet />
      <Toaster />
      <PageAnnouncer />
    </>
  );
}

export function ErrorBoundary() {
  return (
    <PublicFrame>
      <ProblemPage error={useRouteError()} />
    </PublicFrame>
  );
}
