import { type FeatureAction, features, openToAll } from "#app/features.ts";

export type AuditAction = FeatureAction;

export const openActions: readonly AuditAction[] = openToAll;

export const auditActions = features.flatMap(({ actions = [] }) => actions) as AuditAction[];
