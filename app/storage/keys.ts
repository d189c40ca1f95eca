/** A key is segments joined by `/`. `.` and `..` are refused because a URL resolves them: they would leave the prefix. */
export function requireKey(key: string): string {
  if (key.split("/").some((segment) => ["", ".", ".."].includes(segment)) || /\p{Cc}/u.test(key)) {
    throw new TypeError(`This is not a valid key for a stored file: ${JSON.stringify(key)}`);
  }
  return key;
}

export function requirePrefix(prefix: string): string {
  const begun = prefix.endsWith("/") ? prefix.slice(0, -1) : prefix;
  if (prefix !== "") requireKey(begun);
  return prefix;
}
