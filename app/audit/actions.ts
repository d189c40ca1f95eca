import { type FeatureAction, features } from "#app/features.ts";

/** Each is declared by its domain. */
export type AuditAction = FeatureAction;

/** Everything that is written down, by what it is done to. */
export const auditActions = features.flatMap(({ actions = [] }) => actions) as AuditAction[];
