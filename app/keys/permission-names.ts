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
 * Groups permissions such as `gallery:read` by their noun, with labels for people. Leaves out those that no key is given
 * (`member:leave`) and those that no longer exist: they open nothing, even for a key that has them.
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

/** The noun's name in the sidebar. */
function nameOf(noun: string): string {
  for (const { places = [], nouns = {} } of featureViews) {
    const place = places.find(({ permission }) => nounOf(permission) === noun);
    const name = place?.label ?? nouns[noun];
    if (name !== undefined) return name();
  }
  return noun;
}
