import type { QueryKey } from "@tanstack/react-query";
import { replace } from "react-router";
import { queryClient } from "#app/query-client.ts";
import { IN_MENU } from "#app/ui/stay.tsx";
import { endSuccess, showToast, type Toast } from "#app/ui/toasts.ts";
import type { FormAnswer } from "#app/ui/use-form.ts";

type Sent = { params: { organization?: string }; request: Request; serverAction: () => Promise<unknown> };

type Said = () => string | Omit<Toast, "tone">;

/**
 * A `clientAction` that says how a form ended, and drops what the cache holds of the organization and the person. `done` calls
 * its message itself: there is none yet as a module loads.
 */
export function announce(done?: Said) {
  return async (sent: Sent) => tell(sent, { done, saysRefusal: await isInMenu(sent.request) });
}

/** The same for an address without a page: what was refused is said on the page where the button stands, which is shown anew. */
export function announcePress(done?: Said) {
  return async (sent: Sent) => {
    const result = await tell(sent, { done, saysRefusal: true });
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

async function isInMenu(request: Request): Promise<boolean> {
  // A form with a file is in no menu.
  const isSmall = request.headers.get("Content-Type")?.startsWith("application/x-www-form-urlencoded") === true;
  return isSmall && (await request.clone().formData()).has(IN_MENU);
}

type Telling = { done: Said | undefined; saysRefusal: boolean };

function tell({ params, serverAction }: Sent, telling: Telling): Promise<never> {
  return tellOutcome(serverAction, { forget: staleAfter(params.organization), ...telling }) as Promise<never>;
}

type Change = Telling & { forget: readonly QueryKey[] };

/** A refusal stands in the form, or with its field. `saysRefusal`: there is no form that shows it, as in a menu. */
async function tellOutcome<T>(send: () => Promise<T>, { forget, done, saysRefusal }: Change): Promise<T> {
  const sayDone = () => {
    const said = done?.();
    if (said !== undefined) showToast({ tone: "success", ...(typeof said === "string" ? { message: said } : said) });
  };
  try {
    const result = await send();
    const { status, error } = (result ?? {}) as Partial<FormAnswer>;
    const [refusal] = error?.[""] ?? [];
    if (status === "success") sayDone();
    if (status === "error") endSuccess();
    if (refusal !== undefined && saysRefusal) showToast({ tone: "error", message: refusal });
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
