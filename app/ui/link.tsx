import { Link as RouterLink, type LinkProps as RouterLinkProps } from "react-router";

export type LinkProps = Omit<
  RouterLinkProps,
  "defaultShouldRevalidate" | "discover" | "mask" | "prefetch" | "relative" | "viewTransition"
>;

/** The router's link. On the server, where nobody clicks, an absolute link is a plain `a` element, which costs less. */
export function Link(props: LinkProps) {
  if (import.meta.env.SSR && isAbsolute(props.to)) return drawn(props);
  // All routes are known from the start, so there are none to discover.
  return <RouterLink {...props} discover="none" />;
}

function isAbsolute(to: LinkProps["to"]) {
  return typeof to === "string" && /^\/(?!\/)/.test(to);
}

function drawn({ to, preventScrollReset, reloadDocument, replace, state, ...rest }: LinkProps) {
  return <a {...rest} href={String(to)} />;
}
