import type { CatalogPart } from "#app/i18n/catalog-parts.ts";
import type { Reach, Role } from "./roles.ts";

/** What a domain brings to the lists that all domains fill. Data alone: the browser, the Worker and the build read it. */
export type Feature = {
  permissions?: Record<`${string}:${string}`, Record<Role, Reach>>;
  /** Those of `permissions` that no key is given, since people alone use them. */
  personal?: readonly `${string}:${string}`[];
  actions?: readonly `${string}.${string}`[];
  /** Those of `actions` that every member may know of: they name nobody else, and no address. */
  openActions?: readonly `${string}.${string}`[];
  /** Those of `actions` that endpoints are not told. */
  untold?: readonly `${string}.${string}`[];
  messages?: Record<string, CatalogPart>;
  slugs?: readonly string[];
};
