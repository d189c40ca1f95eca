import type { QueryKey } from "@tanstack/react-query";
import { replace } from "react-router";
import { queryClient } from "#app/query-client.ts";
import { showToast, type Toast } from "#app/ui/toasts.ts";
import type { FormAnswer } from "#app/ui/use-form.ts";

type Sent = { params: { organization?: string }; serverAction: () => Promise<unknown> };

type Said = () => string | Omit<Toast, "tone">;

/**
 * A `clientAction` that says how a form ended, and drops what the cache holds of the organization and the person. `done` calls
 * its message itself: there is none yet as a module loads.
 */
export function announce(done?: Said) {
  return ({ params, serverAction }: Sent) =>
    tellOutcome(serverAction, { forget: staleAfter(params.organization), ...(done && { done }) }) as Promise<never>;
}

/** The same for an address without a page: what was refused is said on the page where the button stands, which is shown anew. */
export function announcePress(done?: Said) {
  const tell = announce(done);
  return async (sent: Sent) => {
    const result = await tell(sent);
    if ((result as Partial<FormAnswer> | undefined)?.status === "error") {
      throw replace(location.pathname + location.search);
    }
    return result;
  };
}

/** Marks as out of date what a change in an organization may have changed; what is on the screen is asked for again. */
export async function refresh(organization: string) {
  const client = queryClient();
  await Promise.all(staleAfter(organization).map((queryKey) => client.invalidateQueries({ queryKey })));
}

/** What a person changes of themself shows in each of their organizations too. */
function staleAfter(organization: string | undefined): QueryKey[] {
  return organization === undefined ? [[]] : [[organization], ["me"]];
}

type Change = {
  forget: readonly QueryKey[];
  done?: Said;
};

/** A refusal that has a field shows there; one that has none is said too, where no form says it: a menu has no room for it. */
async function tellOutcome<T>(send: () => Promise<T>, { forget, done }: Change): Promise<T> {
  const sayDone = () => {
    const said = done?.();
    if (said !== undefined) showToast({ tone: "success", ...(typeof said === "string" ? { message: said } : said) });
  };
  try {
    const result = await send();
    const { status, error } = (result ?? {}) as Partial<FormAnswer>;
    const [refusal] = error?.[""] ?? [];
    if (status === "success") sayDone();
    if (refusal !== undefined) showToast({ tone: "error", message: refusal });
    return result;
  } catch (thrown) {
    if (leadsOn(thrown)) sayDone();
    throw thrown;
  } finally {
    // Not asked for again here: the loaders do, which the router runs after an action.
    const client = queryClient();
    await Promise.all(forget.map((queryKey) => client.invalidateQueries({ queryKey, refetchType: "none" })));
  }
}

/** A redirect to the next page, and not to the sign-in page, which is a new document. */
function leadsOn(thrown: unknown): boolean {
  return thrown instanceof Response && thrown.status < 400 && !thrown.headers.has("X-Remix-Reload-Document");
}
