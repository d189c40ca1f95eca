import {
  createContext,
  createRequestHandler,
  data,
  type LoaderFunctionArgs,
  RouterContextProvider,
  type ServerBuild,
} from "react-router";
import { backToPress } from "#app/request/answers.server.ts";
import { type Services, servicesContext } from "#app/request/services.server.ts";
import type { Problem } from "#app/ui/problem.ts";
import type { FormAgain } from "#app/ui/use-form.ts";

const refusalContext = createContext<{ status: number; problem: Problem | null }>();

type Loader = NonNullable<NonNullable<ServerBuild["routes"][string]>["module"]["loader"]>;

/** The headers that the error page keeps from the response that it replaces. */
const KEPT = ["Allow", "Retry-After"];

/**
 * Returns a function that renders the error page, in the frame of the request's address and with the refusal's status. The page
 * replaces a response that is not HTML, such as JSON, or that has nothing to show because its form was stopped.
 */
export function createErrorPages(build: ServerBuild, mode: string) {
  const handle = createRequestHandler(refusingAll(build), mode);
  return async (request: Request, response: Response, services: Services): Promise<Response> => {
    const { status, headers } = response;
    const context = new RouterContextProvider();
    context.set(servicesContext, services);
    const problem = await problemOf(response, services);
    // The problem of a stopped form already contains the way back; after a right was lost, there is none.
    const isShut = services.trace.stopped !== null || services.trace.refusal === "right-lost";
    const back = isShut ? {} : backToPress(request);
    context.set(refusalContext, { status, problem: problem && { ...problem, ...back } });
    if (!response.bodyUsed) await response.body?.cancel();
    const page = await handle(new Request(request.url, { headers: request.headers }), context);
    const answer = new Response(page.body, page);
    for (const name of KEPT) {
      const value = headers.get(name);
      if (value !== null) answer.headers.set(name, value);
    }
    return answer;
  };
}

/** Returns the same routes as pages whose loaders throw the refusal. The root is unchanged, since it sets the language. */
function refusingAll(build: ServerBuild): ServerBuild {
  const pages = Object.entries(build.routes).flatMap(([id, route]) => {
    if (route === undefined) return [];
    const { action: _, ...module } = route.module;
    const loader = id === "routes/frame" ? orRefuse(route.module.loader) : refuse;
    const refusing = { ...module, default: module.default ?? Nothing, loader };
    return [[id, id === "root" ? route : { ...route, module: refusing }] as const];
  });
  return { ...build, routes: Object.fromEntries(pages) };
}

function Nothing() {
  return null;
}

function refuse({ context }: LoaderFunctionArgs): never {
  const { status, problem } = (context as unknown as RouterContextProvider).get(refusalContext);
  throw data(problem, { status });
}

/** Returns the frame's own loader, which reads who is signed in; it refuses instead if the database is not reachable. */
function orRefuse(loader: Loader = refuse): Loader {
  return (args) => {
    const { trace } = (args.context as unknown as RouterContextProvider).get(servicesContext);
    return trace.outage === null ? loader(args) : refuse(args);
  };
}

async function problemOf(response: Response, { trace }: Services): Promise<Problem | null> {
  // A form without a page of its own: the typed values can be sent again from the error page.
  if (trace.unsent !== null) return { error: "unavailable", requestId: trace.requestId, unsent: trace.unsent };
  if (trace.stopped !== null) return trace.stopped;
  const isJson = response.headers.get("Content-Type")?.includes("json");
  const said = isJson ? await response.json<Problem | FormAgain>().catch(() => null) : null;
  return said !== null && "status" in said
    ? { error: "invalid", code: "refused", fields: fieldsOf(said) }
    : (said as Problem | null);
}

function fieldsOf({ error }: FormAgain): Record<string, string[]> {
  return (error ?? {}) as Record<string, string[]>;
}
