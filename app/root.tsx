import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunctionArgs,
  useRouteError,
  useRouteLoaderData,
} from "react-router";
import { z } from "zod";
import { catalogUrl } from "#app/i18n/catalog-url.server.ts";
import { baseLocale, directionOf } from "#app/i18n/locale.ts";
import { queryClient } from "#app/query-client.ts";
import type { Problem } from "#app/request/answers.server.ts";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { AppearanceContext } from "#app/ui/appearance.ts";
import { ErrorPage, errorTitle } from "#app/ui/error-page.tsx";
import { PageAnnouncer } from "#app/ui/page-announcer.tsx";
import { PublicFrame } from "#app/ui/public-frame.tsx";
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
  execute: ({ locale, preferences }) => answer({ locale, theme: preferences.theme, catalog: catalogUrl(locale) }),
});

/** Language and theme change by a form of their own; nothing else makes this stale. */
export function shouldRevalidate({ formAction }: ShouldRevalidateFunctionArgs) {
  return formAction === "/preferences";
}

// The server takes the nonce from its context; the browser, which has none, finds what the server wrote.
const writtenNonce = import.meta.env.SSR ? undefined : document.querySelector<HTMLElement>("[nonce]")?.nonce;

export function Layout({ children }: { children: ReactNode }) {
  const chosen = useRouteLoaderData<typeof loader>("root");
  const { locale, theme, catalog } = chosen ?? { locale: baseLocale, theme: "system", catalog: null };
  return (
    <html lang={locale} dir={directionOf(locale)} data-theme={theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {catalog && <link rel="modulepreload" href={catalog} />}
        <Meta />
        <Links {...(writtenNonce && { nonce: writtenNonce })} />
      </head>
      <body>
        <AppearanceContext value={{ theme, locale }}>{children}</AppearanceContext>
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

export default function App() {
  const [client] = useState(queryClient);
  return (
    <QueryClientProvider client={client}>
      <Outlet />
      <Toaster />
      <PageAnnouncer />
    </QueryClientProvider>
  );
}

export function ErrorBoundary() {
  return (
    <PublicFrame>
      <ErrorPage {...problemOf(useRouteError())} />
    </PublicFrame>
  );
}

/** What an error page needs of whatever was thrown. */
function problemOf(error: unknown): { status: number; problem: Problem | null } {
  if (!isRouteErrorResponse(error)) return { status: 500, problem: null };
  return { status: error.status, problem: error.data };
}
