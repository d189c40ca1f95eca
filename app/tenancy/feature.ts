import type { CatalogPart } from "#app/i18n/catalog-parts.ts";
import type { Reach, Role } from "./roles.ts";

/** What a domain brings to the lists that all domains fill. Data alone: the browser, the Worker and the build read it. */
export type Feature = {
  permissions?: Record<`${string}:${string}`, Record<Role, Reach>>;
  /** What it writes into the log, by what is done to what. */
  actions?: readonly `${string}.${string}`[];
  /** Its areas of messages, and the part of a language that each comes to the browser with. */
  messages?: Record<string, CatalogPart>;
  /** Words of its pages, which no organization may have for a slug. */
  slugs?: readonly string[];
};
