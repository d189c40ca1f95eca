import type { LucideIcon } from "lucide-react";
import type { Permission } from "./permissions.ts";

/** A page of an organization that its sidebar leads to. */
export type Place = {
  permission: Permission;
  icon: LucideIcon;
  label: () => string;
  hrefIn: (organization: string) => string;
};

/** What an entry of the log tells of: what the thing was called, and what of it changed. */
export type Logged = { name: string; before: string; after: string };

type Logging = { did: (details: Logged) => string; name?: () => string };

/** By the action: what was done, to stand under the name of who did it, and what a filter calls it, where one does. */
export type LogWords<Action extends string = string> = Record<Action, Logging>;

/** What a domain shows in lists that all domains fill. Whatever it writes into the log has its words here. */
export type FeatureView<F> = {
  places?: readonly Place[];
} & (F extends { actions: readonly (infer Action extends string)[] } ? { logged: LogWords<Action> } : unknown);

export type AnyFeatureView = { places?: readonly Place[]; logged?: LogWords };
