import * as build from "virtual:react-router/server-build";
import typeface from "@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2?url";
import { createRequestHandler } from "@react-router/cloudflare";
import { RouterContextProvider } from "react-router";
import { isAllowedAuthPath } from "#app/auth/sessions/allowed-paths.ts";
import { isSecure } from "#app/auth/sessions/own-cookies.server.ts";
import { loadLanguage } from "#app/i18n/load-language.server.ts";
import { withLocale } from "#app/i18n/locale.server.ts";
import { timeZoneOf } from "#app/i18n/time-zone.ts";
import { isAtProgramDoor, isNavigation, isOneClick, withoutEmptyFields } from "#app/request/answers.server.ts";
import { dropBody } from "#app/request/body/body.server.ts";
import { forgottenSaid, readSaid } from "#app/request/said.server.ts";
import { opensSomething } from "#app/request/secret-parts.server.ts";
import { type Services, servicesContext } from "#app/request/services.server.ts";
import type { Problem } from "#app/ui/problem.ts";
import { type Env, variablesOf } from "./environment.ts";
import { createErrorPages } from "./error-pages.ts";
import { wakeUp } from "./events.ts";
import { createProgramDoors } from "./program-doors.ts";
import { refusalLine } from "./refusal-line.ts";
import { byArea, type LateBuild } from "./route-areas.ts";
import { runSchedule } from "./schedule.ts";
import { isFromOwnPages, secureHeaders } from "./security-headers.ts";
import { createServices } from "./services.ts";

type Cloudflare = { request: Request; env: Env; services: Services };

const serverBuild = build as unknown as LateBuild;

const handlerAt = byArea(serverBuild, (build) =>
  createRequestHandler<Env>({
    build,
    mode: import.meta.env.MODE,
    getLoadContext({ context }) {
      const provider = new RouterContextProvider();
      provider.set(servicesContext, (context.cloudflare as unknown as Cloudflare).services);
      return provider;
    },
  }),
);

const askProgramDoor = createProgramDoors(serverBuild);

const errorPageAt = byArea(serverBuild, (build) => createErrorPages(build, import.meta.env.MODE));

export default {
  async fetch(request, env, context) {
    const services = await createServices(request, env, context);
    await loadLanguage(services.locale);
    const response = await withLocale(
      services.locale,
      async () => {
        const answer = await respond(request, env, context, services);
        if (!isRefusalToRead(request, answer) && services.trace.stopped === null) return answer;
        const errorPage = await errorPageAt(request.url);
        return errorPage(request, answer, services);
      },
      { dates: services.dates, zone: timeZoneOf(services.timeZones) ?? undefined },
    );
    // An unread body would block the next request on the same connection.
    await dropBody(request);
    return finish(request, response, services);
  },

  async scheduled(_event, env) {
    await runSchedule(env);
  },

  async queue(_batch, env) {
    await wakeUp(env);
  },
} satisfies ExportedHandler<Env>;

async function respond(request: Request, env: Env, context: ExecutionContext, services: Services): Promise<Response> {
  const { pathname } = new URL(request.url);
  const isSafe = request.method === "GET" || request.method === "HEAD";
  // The doors of programs write nothing on the strength of a cookie, so there is nothing to forge (OWASP CSRF Cheat Sheet).
  const isOpen = isSafe || isAtProgramDoor(request) || isOneClick(request);
  if (!isOpen && !isFromOwnPages(request, services.appUrl)) return crossSite(services);
  if (isAllowedAuthPath(request.method, pathname)) {
    const { db, appUrl } = services;
    const { createAuth } = await import("#app/auth/sessions/auth.server.ts");
    return createAuth({ db, secret: variablesOf(env).AUTH_SECRET, appUrl }).handler(request);
  }
  const answer = await askProgramDoor(request, services);
  if (answer !== null) return answer;
  const clean = withoutEmptyFields(request);
  if (clean !== null) return new Response(null, { status: 302, headers: { Location: clean } });
  const event = {
    request: isOneClick(request) ? withoutOrigin(request) : request,
    env,
    services,
    waitUntil: context.waitUntil.bind(context),
    passThroughOnException: context.passThroughOnException.bind(context),
  };
  const handle = await handlerAt(request.url);
  const found = await handle(event as unknown as Parameters<typeof handle>[0]);
  const isJson = found.headers.get("Content-Type") === "application/json";
  // The router calls a method that a download does not take a fault of ours.
  return found.status === 405 && isJson ? methodNotAllowed() : found;
}

function methodNotAllowed(): Response {
  return Response.json({ error: "method-not-allowed" } satisfies Problem, { status: 405 });
}

/** Copies a request without its Origin header, which the router would check as well. */
function withoutOrigin(request: Request): Request {
  const headers = new Headers(request.headers);
  headers.delete("Origin");
  return new Request(request, { headers });
}

/** Whether a browser navigation would show a person a refusal that is not an HTML page. */
function isRefusalToRead(request: Request, { status, headers }: Response): boolean {
  return status >= 400 && isNavigation(request) && !headers.get("Content-Type")?.startsWith("text/html");
}

/** Adds to a response what all of them have: security headers, request id and timing. Logs it if it is a refusal. */
function finish(request: Request, response: Response, services: Services): Response {
  const { trace, nonce, appUrl, providers } = services;
  // The router redirects a data request to the sign-in page with status 202; 401 gives the reason: nobody is signed in.
  const status = trace.isUnauthenticated && response.status === 202 ? 401 : response.status;
  const answer = new Response(response.body, { status, headers: response.headers });
  for (const [name, value] of trace.headers) answer.headers.append(name, value);
  secureHeaders(answer.headers, {
    nonce,
    isSecure: isSecure(appUrl),
    formTargets: providers.map(({ origin }) => origin),
  });
  answer.headers.set("X-Request-Id", trace.requestId);
  answer.headers.set("Server-Timing", trace.serverTiming());
  if (answer.headers.get("Content-Type")?.startsWith("text/html")) {
    // A page depends on its viewer and on their language.
    answer.headers.append("Vary", "Cookie, Accept-Language");
    if (opensSomething(request.url)) answer.headers.set("X-Robots-Tag", "noindex");
    if (readSaid(request, appUrl) !== null) answer.headers.append("Set-Cookie", forgottenSaid(appUrl));
    // A page with its own policy, such as a mail that is shown, cannot load the typeface. A typeface that arrives after the page
    // is drawn is not used (`font-display: optional`), so that nothing moves.
    if (services.preferences.font === "figtree" && !response.headers.has("Content-Security-Policy"))
      answer.headers.append("Link", `<${typeface}>; rel=preload; as=font; type="font/woff2"; crossorigin`);
  }
  if (status === 405 && !answer.headers.has("Allow")) answer.headers.set("Allow", "GET, HEAD");
  if ((status >= 400 && status < 500) || trace.refusal !== null)
    console.warn(JSON.stringify(refusalLine(request, status, services)));
  return answer;
}

function crossSite({ trace }: Services): Response {
  trace.refusal = "cross-site";
  return Response.json({ error: "cross-site" } satisfies Problem, { status: 403 });
}
