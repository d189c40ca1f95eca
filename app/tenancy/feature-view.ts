import type { IconName } from "#app/ui/icon-names.ts";
import type { Permission } from "./permissions.ts";

export type Place = {
  permission: Permission;
  icon: IconName;
  label: () => string;
  hrefIn: (organization: string) => string;
  /** The first path segments of other pages in the organization that belong to this place. */
  holds?: readonly string[];
  /** Keys that open it, pressed one after the other, such as `g d`. */
  shortcut?: string;
};

/** An action that the palette offers in an organization: the page on which it begins. */
export type Command = Place;

export type Found = {
  label: () => string;
  icon: IconName;
  hrefOf: (place: { organization: string; id: string }) => string;
};

/** A first thing to do in an organization. The same name in `steps` of the domain's `ServerFeature` says whether it is done. */
type Step = Pick<Place, "permission" | "label" | "hrefIn">;

type Logged = { name: string; before: string; after: string };

export type LoggedPlace = {
  permission: Permission;
  hrefOf: (target: { organization: string; id: string }) => string;
};

type Logging = { did: (details: Logged) => string; name?: () => string; leads?: LoggedPlace };

export type LogWords<Action extends string = string> = Record<Action, Logging>;

type Shown = {
  /** Names for the first half of a permission, if no place with that permission has one. */
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
