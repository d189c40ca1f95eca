/** The field in which every form says to whom its page was shown, so that it changes nothing of anybody else. */
export const SEEN_BY = "seenBy";

export const SEEN_BY_HEADER = "Seen-By";

export function seenBy(): string {
  return document.documentElement.dataset.seenBy ?? "";
}
