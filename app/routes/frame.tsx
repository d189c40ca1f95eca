import "#app/i18n/messages-of/signed-in.ts";
import { href, Outlet, type ShouldRevalidateFunctionArgs, useLocation } from "react-router";
import { BareFrame } from "#app/frame/bare-frame.tsx";
import { Cached } from "#app/frame/cached.tsx";
import { Frame } from "#app/frame/frame.tsx";
import { openFrame } from "#app/frame/operations.server.ts";
import { organizationAt } from "#app/frame/organization-at.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { isOutdatedBy } from "#app/frame/outdated.ts";
import { homeOf, hrefInOther, placeOf } from "#app/frame/places.ts";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { cacheOf } from "#app/query-client.ts";
import { bellQuery } from "#app/query-keys.ts";
import { page } from "#app/request/doors.server.ts";
import { ErrorPage, errorWords, problemOf } from "#app/ui/error-page.tsx";
import { isUnshown } from "#app/ui/line/under-way.ts";
import { PublicFrame } from "#app/ui/public-frame.tsx";
import type { Route } from "./+types/frame";

export const handle: SpeaksOf = ["signed-in"];

/** Only for a problem, because every page has a title of its own. */
export const meta: Route.MetaFunction = (shown) =>
  shown.error ? organizationTitle(() => errorWords(shown.error))(shown) : [];

export const loader = page(openFrame, (found) => {
  if (found === null) return null;
  const { bell, ...frame } = found;
  return { ...frame, ...cacheOf(bellQuery(), bell) };
});

/**
 * Reload after a write, for the same address again and in another organization, but for other pages only if a write is not shown
 * yet. A refused write reloads it only if others have changed what it shows: the role, or an invitation in the bell's menu.
 */
export function shouldRevalidate({
  currentParams,
  nextParams,
  currentUrl,
  nextUrl,
  formMethod,
  actionStatus,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  if (formMethod !== undefined && formMethod !== "GET") return defaultShouldRevalidate || isOutdatedBy(actionStatus);
  const isElsewhere = nextParams.organization !== undefined && currentParams.organization !== nextParams.organization;
  return isElsewhere || currentUrl.href === nextUrl.href || isUnshown();
}

export default function FrameLayout({ loaderData }: Route.ComponentProps) {
  return loaderData === null ? (
    <Outlet />
  ) : (
    <Frame frame={loaderData}>
      <Outlet />
    </Frame>
  );
}

/** Also for the pages below, whose problems are shown inside the frame. Without its own data, the viewer is not known. */
export function ErrorBoundary({ error, loaderData, params: { organization } }: Route.ErrorBoundaryProps) {
  const { pathname } = useLocation();
  if (loaderData === null) {
    return (
      <PublicFrame>
        <ErrorPage error={error} />
      </PublicFrame>
    );
  }
  if (loaderData === undefined) {
    return (
      <Cached>
        <BareFrame home={href("/")}>
          <ErrorPage error={error} />
        </BareFrame>
      </Cached>
    );
  }
  const here = organizationAt(loaderData, organization);
  const { role } = problemOf(error).problem ?? {};
  // The router does not reload the frame after a write that shows this page. The loader's data is what later pages show, too.
  if (here && role) here.role = role;
  const inside = here && {
    home: homeOf(here),
    list: hrefInOther(here, placeOf(pathname, here.slug)),
    owners: loaderData.owners,
  };
  return (
    <Frame frame={loaderData}>
      <ErrorPage error={error} {...inside} />
    </Frame>
  );
}
