import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "react-router";
import type { Saying } from "#app/i18n/said.ts";
import { seeNothing } from "#app/operation/nothing.server.ts";
import type { Download, ReadOperation, WriteOperation } from "#app/operation/operation.server.ts";
import { asSearch } from "#app/query-search.ts";
import type { FormAgain, FormAnswer } from "#app/ui/use-form.ts";
import { isDataRequest, isNavigation, isOnItsPage, problem } from "./answers.server.ts";
import { runRead } from "./read.server.ts";
import { saidNext, willSay } from "./said-cookie.server.ts";
import { servicesContext } from "./services.server.ts";
import { runWrite } from "./write.server.ts";

type Visit<I> = { input: I; search: string };

/** Opens a read to a page: makes its loader, which returns the answer, or what `shape` makes of it for this page. */
export function page<I, T, R = T>(
  operation: ReadOperation<I, T>,
  shape?: (found: T, visit: Visit<I>) => R | Promise<R>,
) {
  async function loader(args: LoaderFunctionArgs): Promise<R> {
    return runRead(operation, args, async (found, input) =>
      shape === undefined ? (found as unknown as R) : shape(found, { input, search: asSearch(args.request.url) }),
    );
  }
  return Object.assign(loader, { operation: operation as ReadOperation });
}

export function download<I>(operation: ReadOperation<I, Download>) {
  const open = page(
    operation,
    ({ name, type, body }) =>
      new Response(body, {
        headers: { "Content-Type": type, "Content-Disposition": `attachment; filename="${name}"` },
      }),
  );
  async function loader(args: LoaderFunctionArgs): Promise<Response> {
    args.context.get(servicesContext).trace.isOfFile = true;
    return open(args);
  }
  return Object.assign(loader, { operation: open.operation });
}

type Ending<I, D, R> =
  | {
      /** Where to redirect (303). A form that sends `stay` gets a success message instead. `search` is of the form's address. */
      leads: (done: D, input: I, search: string) => string | Response | Promise<Response>;
      /**
       * The message about what was done, for the next page if no script shows it, as after a redirect that loads a document. `count`
       * is how many things it is about.
       */
      says?: Saying;
      count?: (done: D, input: I) => number;
      /** Empties a form that stays, for the next entry. */
      empties?: true;
      /** If only part was done, returns the form with the rest. Null if everything was done. */
      again?: (done: D, input: I) => FormAgain | null;
    }
  | { shows: (done: D, input: I) => R };

/** Opens a write to a form: makes its action, which accepts only POST. */
export function form<I, D, R = never>(operation: WriteOperation<I, D>, ending: Ending<I, D, R>) {
  const says = "leads" in ending ? ending.says : undefined;
  if (says !== undefined) willSay(says);
  async function action(args: ActionFunctionArgs): Promise<Answered<R>> {
    return runWrite(operation, args, async (done, input, { isStaying }) => {
      if ("shows" in ending) return ending.shows(done as D, input) as R;
      const rest = ending.again?.(done as D, input) ?? null;
      if (rest !== null) return partly(args.request, rest);
      const next = await ending.leads(done as D, input, asSearch(args.request.url));
      const isLeaving = typeof next !== "string";
      if (says !== undefined && (isLeaving || isNavigation(args.request))) {
        const { trace, appUrl } = args.context.get(servicesContext);
        trace.headers.append("Set-Cookie", saidNext(says, ending.count?.(done as D, input), appUrl));
      }
      // A `Response`, such as a redirect that loads a new document, leaves the page, so the form cannot stay.
      if (isLeaving) return next;
      return isStaying
        ? ({ status: "success", ...(ending.empties && { initialValue: null }) } satisfies FormAnswer)
        : redirect(next, 303);
    }) as Promise<Answered<R>>;
  }
  return Object.assign(action, { operation: operation as unknown as WriteOperation });
}

/** If part was done, the page has changed. The router loads it again after 200, but not after 409. */
function partly(request: Request, rest: FormAgain) {
  const fields = Object.fromEntries(Object.entries(rest.error ?? {}).map(([name, errors = []]) => [name, errors]));
  if (isDataRequest(request)) throw problem(request, 409, { error: "invalid", fields });
  return data<FormAgain>(rest, { status: rest.done === undefined ? 409 : 200 });
}

const refuseRead = page(seeNothing, () => new Response(null, { status: 405, headers: { Allow: "POST" } }));

/**
 * The loader of an address that accepts only writes. Without scripts, the error page of a refused form is at this address, and a
 * form that leads back to its own page, such as the choice of a language, comes here: it leads home.
 */
export const postOnly = Object.assign(
  async (args: LoaderFunctionArgs) =>
    isNavigation(args.request) && isOnItsPage(args.request) ? redirect("/") : refuseRead(args),
  { operation: refuseRead.operation },
);

type Answered<R> = ReturnType<typeof import("react-router").data<FormAgain>> | FormAnswer | R;
