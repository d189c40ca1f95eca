/** The field in which every form says to whom its page was shown, so that it changes nothing of anybody else. */
export const SEEN_BY = "seenBy";

/** The same for the queries of a page, which nobody else's answers may fill. */
export const SEEN_BY_HEADER = "Seen-By";

/** In the browser: the id of the person whom the document was made for; empty when it was nobody. */
export function seenBy(): string {
  return document.documentElement.dataset.seenBy ?? "";
}
