import type { LucideIcon } from "lucide-react";
import type { Permission } from "./permissions.ts";

export type Place = {
  permission: Permission;
  icon: LucideIcon;
  label: () => string;
  hrefIn: (organization: string) => string;
};

export type Logged = { name: string; before: string; after: string };

type Logging = { did: (details: Logged) => string; name?: () => string };

export type LogWords<Action extends string = string> = Record<Action, Logging>;

export type FeatureView<F> = {
  places?: readonly Place[];
} & (F extends { actions: readonly (infer Action extends string)[] } ? { logged: LogWords<Action> } : unknown);

export type AnyFeatureView = { places?: readonly Place[]; logged?: LogWords };
