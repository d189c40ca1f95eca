import { type FeatureAction, features } from "#app/features.ts";

export type AuditAction = FeatureAction;

export const auditActions = features.flatMap(({ actions = [] }) => actions) as AuditAction[];
