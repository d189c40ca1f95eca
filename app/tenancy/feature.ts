import type { CatalogPart } from "#app/i18n/catalog-parts.ts";
import type { Reach, Role } from "./roles.ts";

/** What a domain adds to the lists that all domains share. It is only data: the browser, the Worker and the build read it. */
export type Feature = {
  permissions?: Record<`${string}:${string}`, Record<Role, Reach>>;
  /** Those of `permissions` that no key gets, since only people use them. */
  personal?: readonly `${string}:${string}`[];
  actions?: readonly `${string}.${string}`[];
  /** Those of `actions` that everyone with a permission sees on the dashboard: they name no other person and no address. */
  openActions?: Partial<Record<`${string}:read`, readonly `${string}.${string}`[]>>;
  /** Those of `actions` that are not sent to endpoints. */
  untold?: readonly `${string}.${string}`[];
  messages?: Record<string, CatalogPart>;
  slugs?: readonly string[];
};
