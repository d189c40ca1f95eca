/** The field that names the person to whom a form's page was shown, so that it never changes another person's data. */
export const SEEN_BY = "seenBy";

export const SEEN_BY_HEADER = "Seen-By";

export function seenBy(): string {
  return document.documentElement.dataset.seenBy ?? "";
}
