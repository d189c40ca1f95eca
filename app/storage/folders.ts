/** Where the files of an organization are. An upload writes to it, and the sweep reads it back from a key. */
export function organizationFolder(organizationId: string): string {
  return `organizations/${organizationId}`;
}

export function personFolder(personId: string): string {
  return `people/${personId}`;
}

/** One part of a key, as a group of a pattern: given in place of an id, it makes the pattern of the key. */
export const ANY_PART = "([^/]+)";
