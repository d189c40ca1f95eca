import { featureViews } from "#app/features.view.ts";
import { m } from "#app/i18n/messages.ts";

export type PermissionGroup = { noun: string; label: string; permissions: { value: string; label: string }[] };

const verbs: Record<string, () => string> = {
  read: () => m.keys_may_read(),
  create: () => m.keys_may_create(),
  update: () => m.keys_may_update(),
  delete: () => m.keys_may_delete(),
  manage: () => m.keys_may_manage(),
};

/** Permissions such as `gallery:read` by what they are about, in the words of people. */
export function permissionGroups(permissions: readonly string[]): PermissionGroup[] {
  const nouns = [...new Set(permissions.map(nounOf))];
  return nouns.map((noun) => ({
    noun,
    label: nameOf(noun),
    permissions: permissions
      .filter((each) => nounOf(each) === noun)
      .map((value) => ({ value, label: verbs[value.slice(noun.length + 1)]?.() ?? value })),
  }));
}

function nounOf(permission: string): string {
  return permission.split(":")[0] ?? "";
}

/** As the sidebar says it; of what is nowhere any more, as the key has it. */
function nameOf(noun: string): string {
  for (const { places = [], nouns = {} } of featureViews) {
    const place = places.find(({ permission }) => nounOf(permission) === noun);
    const name = place?.label ?? nouns[noun];
    if (name !== undefined) return name();
  }
  return noun;
}
