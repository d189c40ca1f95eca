import { Link as RouterLink, type LinkProps as RouterLinkProps, useLocation } from "react-router";

export type LinkProps = Omit<
  RouterLinkProps,
  "defaultShouldRevalidate" | "discover" | "mask" | "prefetch" | "relative" | "viewTransition"
>;

/** The router's link. On the server, where nobody clicks, an absolute one costs no more than its element. */
export function Link(props: LinkProps) {
  if (import.meta.env.SSR && isAbsolute(props.to)) return drawn(props);
  // All routes are known from the start, so there is none to discover.
  return <RouterLink {...props} discover="none" />;
}

function isAbsolute(to: LinkProps["to"]) {
  return typeof to === "string" && /^\/(?!\/)/.test(to);
}

function drawn({ to, preventScrollReset, reloadDocument, replace, state, ...rest }: LinkProps) {
  return <a {...rest} href={String(to)} />;
}

/** A link of a list of places: it says so when the page is the place, or below it. */
export function PlaceLink({ to, isHere = false, ...rest }: LinkProps & { to: string; isHere?: boolean | undefined }) {
  const { pathname } = useLocation();
  const isBelow = `${pathname}/`.toLowerCase().startsWith(`${to}/`.toLowerCase());
  return <Link {...rest} to={to} aria-current={isHere || isBelow ? "page" : undefined} />;
}
