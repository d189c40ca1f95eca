import { queryClient } from "#app/query-client.ts";
import { changing } from "./changing.ts";

type Sent = { params: { organization?: string }; serverAction: () => Promise<unknown> };

/**
 * A `clientAction` that says how a form ended. What the cache holds of the organization, and of the person, is out of date
 * after any change; so is what it holds of the organization for a change of the person's own. `done` calls its message
 * itself: there is none yet as a module loads.
 */
export function saying(done?: () => string) {
  // The types of the route take what the server answers from its `action`.
  return ({ params, serverAction }: Sent) =>
    changing(serverAction, { forget: staleAfter(params.organization), ...(done && { done }) }) as Promise<never>;
}

/** Marks as out of date what a change in an organization may have changed; what is on the screen is asked for again. */
export async function refresh(organization: string) {
  const client = queryClient();
  await Promise.all(staleAfter(organization).map((queryKey) => client.invalidateQueries({ queryKey })));
}

function staleAfter(organization: string | undefined) {
  return organization === undefined ? [["me"]] : [[organization], ["me"]];
}
