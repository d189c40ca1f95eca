import { featureViews } from "#app/features.view.ts";
import { m } from "#app/i18n/messages.ts";
import { roleName } from "#app/i18n/role-names.ts";
import type { LoggedPlace, LogWords } from "#app/tenancy/feature-view.ts";
import { roles } from "#app/tenancy/roles.ts";

export type Done = {
  action: string;
  targetName: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

const words: LogWords = Object.assign({}, ...featureViews.map(({ logged }) => logged));

export const actionNames = Object.entries(words).flatMap(([value, { name }]) => (name ? [{ value, label: name }] : []));

export function actionWords({ action, targetName, before, after }: Done, more: LogWords = {}): string {
  const logged = words[action] ?? more[action];
  if (logged === undefined) return m.audit_did_something();
  return logged.did({
    name: targetName ?? m.audit_erased(),
    before: changedValue(before),
    after: changedValue(after),
  });
}

/** The place of the thing that an action was done to. */
export function placeOfAction(action: string): LoggedPlace | undefined {
  return words[action]?.leads;
}

function changedValue(details: Record<string, unknown> | null): string {
  const { role, name, slug } = details ?? {};
  const given = roles.find((each) => each === role);
  if (given !== undefined) return roleName(given);
  const value = name ?? slug;
  return typeof value === "string" ? value : "";
}
