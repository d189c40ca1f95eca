import type { QueryKey } from "@tanstack/react-query";
import { queryClient } from "#app/query-client.ts";
import { showToast } from "#app/ui/toasts.ts";
import type { FormAnswer } from "#app/ui/use-form.ts";

type Change = {
  /** What the cache holds of what is changed. */
  forget: readonly QueryKey[];
  /** Said when it is done; left out where the page shows it. */
  done?: () => string;
};

/**
 * For a `clientAction`: sends the form, drops what the cache holds of what it changes, and says how it ended. A refusal that has
 * a field shows there; one that has none is said too, since a menu has no room for it.
 */
export async function changing<T>(send: () => Promise<T>, { forget, done }: Change): Promise<T> {
  const sayDone = () => done && showToast({ tone: "success", message: done() });
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
