import { type ReactNode, use } from "react";
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from "react-router";
import { z } from "zod";
import { CatalogPlacesContext } from "#app/i18n/catalog-places.ts";
import { directionOf, languageTag, locales } from "#app/i18n/locale.ts";
import { timeZoneOf } from "#app/i18n/time-zone.ts";
import { read } from "#app/operation/operation.server.ts";
import { nothing } from "#app/operation/plan.ts";
import { PRODUCT_NAME } from "#app/product.ts";
import { page } from "#app/request/doors.server.ts";
import { AppearanceContext, unchosen } from "#app/ui/appearance.ts";
import { DocumentContext } from "#app/ui/document-context.ts";
import { ErrorPage, errorWords } from "#app/ui/error-page.tsx";
import { fontSheets } from "#app/ui/fonts.ts";
import { SeenByContext } from "#app/ui/form.tsx";
import { KeptFocus } from "#app/ui/kept-focus.tsx";
import { keepPageInOutage } from "#app/ui/line/router.ts";
import { LoadingBar, TroubleBar } from "#app/ui/line/trouble-bar.tsx";
import { isUnshown } from "#app/ui/line/under-way.ts";
import { PageAnnouncer } from "#app/ui/page-announcer.tsx";
import { PublicFrame } from "#app/ui/public-frame.tsx";
import { title } from "#app/ui/title.ts";
import { Toaster } from "#app/ui/toaster.tsx";
import { zoneNews } from "#app/ui/zone-news.ts";
import type { Route } from "./+types/root";
import stylesheet from "./app.css?url";

export const links: Route.LinksFunction = () => [
  { rel: "stylesheet", href: stylesheet },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

export const meta: Route.MetaFunction = ({ error }) => [{ title: error ? title(errorWords(error)) : PRODUCT_NAME }];

export const loader = page(
  read({
    validate: z.unknown(),
    authenticate: "none",
    authorize: "public",
    execute: nothing,
    answer: (
      _found,
      { locale, languages, dates, timeZones, preferences: { theme, color, font, shortcuts }, seenBy, newId },
    ) => {
      // The browser knows all languages, so a document names them only if some are not offered.
      const offered = languages.length === locales.length ? null : languages;
      const zone = { timeZone: timeZoneOf(timeZones), isZoneChosen: timeZones.chosen !== null };
      return { locale, languages: offered, dates, ...zone, theme, color, font, shortcuts, seenBy, document: newId() };
    },
  }),
);

export const clientMiddleware: Route.ClientMiddlewareFunction[] = [keepPageInOutage];

/** Only the preferences form and a new time zone of the browser make this data stale. */
export function shouldRevalidate() {
  return isUnshown("/preferences") || zoneNews() !== null;
}

const notChosen = {
  ...unchosen,
  dates: undefined,
  isZoneChosen: false,
  shortcuts: undefined,
  document: "",
  seenBy: "",
};

export function Layout({ children }: { children: ReactNode }) {
  const chosen = useRouteLoaderData<typeof loader>("root");
  const { locale, languages, dates, timeZone, isZoneChosen, theme, color, font, shortcuts, ...more } =
    chosen ?? notChosen;
  const { document, seenBy } = more;
  const catalogs = use(CatalogPlacesContext);
  const parts = ["everybody", ...useMatches().flatMap(({ handle }) => (Array.isArray(handle) ? handle : []))];
  return (
    <html
      lang={languageTag(locale)}
      dir={directionOf(locale)}
      data-theme={theme}
      data-color={color}
      data-font={font}
      data-seen-by={seenBy}
      data-dates={dates}
      data-zone={timeZone ?? undefined}
      data-shortcuts={shortcuts}
      data-zone-chosen={isZoneChosen || undefined}
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="messages" content={catalogs.map(({ part, url }) => `${part} ${url}`).join(" ")} />
        {catalogs.map(({ part, url }) => parts.includes(part) && <link key={part} rel="modulepreload" href={url} />)}
        {fontSheets[font] !== undefined && <link rel="stylesheet" href={fontSheets[font]} />}
        <Meta />
        {/* The policy allows the site's own styles without a nonce. */}
        <Links nonce="" />
      </head>
      <body>
        <AppearanceContext value={{ theme, color, font, locale, languages: languages ?? locales, timeZone }}>
          <SeenByContext value={seenBy}>
            <DocumentContext value={document}>{children}</DocumentContext>
          </SeenByContext>
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
      <Outlet />
      <Toaster />
      <TroubleBar />
      <LoadingBar />
      <PageAnnouncer />
    </>
  );
}

export function ErrorBoundary() {
  return (
    <PublicFrame isSignedIn={use(SeenByContext) !== ""}>
      <ErrorPage error={useRouteError()} />
    </PublicFrame>
  );
}
