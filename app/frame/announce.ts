import type { QueryKey } from "@tanstack/react-query";
import { replace } from "react-router";
import { queryClient } from "#app/query-client.ts";
import { UNAVAILABLE } from "#app/ui/line/unavailable.ts";
import { showToast, type Toast } from "#app/ui/toasts.ts";
import type { FormAgain, FormAnswer } from "#app/ui/use-form.ts";

type Sent = { params: { organization?: string }; serverAction: () => Promise<unknown> };

type Said = () => string | Omit<Toast, "tone">;

/**
 * A `clientAction` that announces the outcome of a form and marks cached data of the organization and the person as stale.
 * `done` is a function, because no messages are loaded yet when a module loads. In an outage, a form stays on the page it was sent
 * from, since the page of its address cannot be read.
 */
export const announce = announcing(false);

/** Like `announce`, for an address without a page: a refusal is shown on the page with the button, which is reloaded. */
export const announcePress = announcing(true);

function announcing(isPress: boolean) {
  return (done?: Said) =>
    async ({ params, serverAction }: Sent) => {
      const result = await tellOutcome(serverAction, { forget: staleAfter(params.organization), done });
      const { status, code } = (result ?? {}) as Partial<FormAgain>;
      if (code === UNAVAILABLE || (isPress && status === "error")) throw replace(location.pathname + location.search);
      return result as never;
    };
}

/** Marks cached data that a change in an organization can affect as stale, and refetches what is on the screen. */
export async function refresh(organization: string) {
  const client = queryClient();
  await Promise.all(staleAfter(organization).map((queryKey) => client.invalidateQueries({ queryKey })));
}

/** Without an organization, everything is stale: a person's own changes show in each of their organizations. */
function staleAfter(organization: string | undefined): QueryKey[] {
  return organization === undefined ? [[]] : [[organization], ["me"]];
}

type Change = {
  forget: readonly QueryKey[];
  done: Said | undefined;
};

/** A refusal also gets a toast, which is left out if a form shows it: a menu has no room for it, and a dialog may be closed by then. */
async function tellOutcome<T>(send: () => Promise<T>, { forget, done }: Change): Promise<T> {
  const sayDone = () => {
    const said = done?.();
    if (said !== undefined) showToast({ tone: "success", ...(typeof said === "string" ? { message: said } : said) });
  };
  try {
    const result = await send();
    const answer = (result ?? {}) as Partial<FormAnswer>;
    if (answer.status === "success") sayDone();
    const [refusal] = Object.values(answer.error ?? {}).flat();
    if (refusal !== undefined) showToast({ tone: "error", message: refusal, answer });
    return result;
  } catch (thrown) {
    if (leadsOn(thrown)) sayDone();
    throw thrown;
  } finally {
    // Do not refetch here: the router runs the loaders after an action, and they do.
    const client = queryClient();
    await Promise.all(forget.map((queryKey) => client.invalidateQueries({ queryKey, refetchType: "none" })));
  }
}

/** Whether it is a redirect to the next page, and not to the sign-in page, which is loaded as a new document. */
function leadsOn(thrown: unknown): boolean {
  return thrown instanceof Response && thrown.status < 400 && !thrown.headers.has("X-Remix-Reload-Document");
}
