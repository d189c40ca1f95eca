import { featureViews } from "#app/features.view.ts";
import { m } from "#app/i18n/messages.ts";
import { keyPermissions } from "#app/tenancy/permissions.ts";

export type PermissionGroup = { noun: string; label: string; permissions: { value: string; label: string }[] };

const verbs: Record<string, () => string> = {
  read: () => m.keys_may_read(),
  create: () => m.keys_may_create(),
  update: () => m.keys_may_update(),
  delete: () => m.keys_may_delete(),
  manage: () => m.keys_may_manage(),
};

/**
 * Permissions such as `gallery:read` by what they are about, in the words of people. What no key is given (`member:leave`) opens
 * nothing for one that has it all the same, nor does what is nowhere any more: both are left out.
 */
export function permissionGroups(held: readonly string[]): PermissionGroup[] {
  const permissions = keyPermissions.filter((each) => held.includes(each));
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

/** As the sidebar says it. */
function nameOf(noun: string): string {
  for (const { places = [], nouns = {} } of featureViews) {
    const place = places.find(({ permission }) => nounOf(permission) === noun);
    const name = place?.label ?? nouns[noun];
    if (name !== undefined) return name();
  }
  return noun;
}
