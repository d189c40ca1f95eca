import { features } from "#app/features.ts";
import type { Feature } from "#app/tenancy/feature.ts";
import type { Permission } from "#app/tenancy/permissions.ts";
import type { AuditAction } from "./actions.ts";

/** Actions of a domain whose rows not everyone reads. People who do not read all of them see only their own entries. */
export type Restriction = { actions: readonly AuditAction[]; permission: Permission };

export function restrictionsOf(declared: readonly Feature[]): Restriction[] {
  const reaches = Object.assign({}, ...declared.map(({ permissions }) => permissions)) as NonNullable<
    Feature["permissions"]
  >;
  const isForEveryone = (permission: string) =>
    Object.values(reaches[permission as Permission] ?? { unknown: "none" }).every((reach) => reach === "any");
  return declared.flatMap(({ openActions = {}, actions = [] }) =>
    (Object.keys(openActions) as Permission[])
      .filter((permission) => !isForEveryone(permission))
      .map((permission) => ({ actions: actions as readonly AuditAction[], permission })),
  );
}

export const restrictions = restrictionsOf(features);

export const openActions = features.flatMap(({ openActions = {} }) =>
  Object.values(openActions).flat(),
) as AuditAction[];
