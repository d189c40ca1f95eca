import type { ShouldRevalidateFunctionArgs } from "react-router";

/** Whether a refused write shows that others have changed what the page shows: a role, an invitation, something removed. */
export function isOutdatedBy(status: number | undefined): boolean {
  return status === 403 || status === 404 || status === 410;
}

/** The `shouldRevalidate` of a page with buttons for things that can end meanwhile. */
export function whenOutdated({ actionStatus, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs): boolean {
  return defaultShouldRevalidate || isOutdatedBy(actionStatus);
}
