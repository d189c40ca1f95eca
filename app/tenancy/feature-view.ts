import type { IconName } from "#app/ui/icon-names.ts";
import type { Permission } from "./permissions.ts";

export type Place = {
  permission: Permission;
  icon: IconName;
  label: () => string;
  hrefIn: (organization: string) => string;
  /** First parts of other addresses in the organization whose pages belong to it. */
  holds?: readonly string[];
  /** Keys that lead there, one after the other: `g d`. */
  shortcut?: string;
};

/** What the palette offers to do in an organization: a page that begins it. */
export type Command = Place;

export type Found = {
  label: () => string;
  icon: IconName;
  hrefOf: (place: { organization: string; id: string }) => string;
};

/** What there is to do at the start; the same name in `steps` of the domain's `ServerFeature` says whether it is done. */
export type Step = Pick<Place, "permission" | "label" | "hrefIn">;

export type Logged = { name: string; before: string; after: string };

export type LoggedPlace = {
  permission: Permission;
  hrefOf: (target: { organization: string; id: string }) => string;
};

type Logging = { did: (details: Logged) => string; name?: () => string; leads?: LoggedPlace };

export type LogWords<Action extends string = string> = Record<Action, Logging>;

type Shown = {
  /** What the first half of a permission is called, where no place of it says so. */
  nouns?: Record<string, () => string>;
  places?: readonly Place[];
  commands?: readonly Command[];
  steps?: Record<string, Step>;
  found?: Record<string, Found>;
  counted?: Record<string, (count: number) => string>;
};

export type FeatureView<F> = Shown &
  (F extends { actions: readonly (infer Action extends string)[] } ? { logged: LogWords<Action> } : unknown);

export type AnyFeatureView = Shown & { logged?: LogWords };
