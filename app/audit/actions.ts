import { type FeatureAction, features } from "#app/features.ts";
import type { Feature } from "#app/tenancy/feature.ts";
import type { Permission } from "#app/tenancy/permissions.ts";

export type AuditAction = FeatureAction;

export type Opening = {
  actions: readonly AuditAction[];
  /** Permissions of the domain with which some role reads only own rows. Without the whole reach, others' entries stay closed. */
  ifReads: readonly Permission[];
};

export function openingsOf(declared: readonly Feature[]): Opening[] {
  const opening = declared.filter(({ openActions = [] }) => openActions.length > 0);
  return opening.map(({ openActions = [], permissions = {} }) => ({
    actions: openActions as readonly AuditAction[],
    ifReads: (Object.keys(permissions) as Permission[]).filter(
      (each) => each.endsWith(":read") && Object.values(permissions[each] ?? {}).includes("own"),
    ),
  }));
}

export const openings = openingsOf(features);

export const openActions = openings.flatMap(({ actions }) => actions);

export const auditActions = features.flatMap(({ actions = [] }) => actions) as AuditAction[];
