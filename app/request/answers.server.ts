import { data, href, redirect, redirectDocument } from "react-router";
import { safeRedirect } from "#app/fields/redirect-to.ts";
import { outageOf, RETRY_AFTER_SECONDS } from "#app/outside/outage.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { SEEN_BY } from "#app/ui/line/seen-by.ts";
import type { Problem } from "#app/ui/problem.ts";
import { logFault } from "./faults.server.ts";
import { saidNext } from "./said-cookie.server.ts";
import { pathToLog } from "./secret-parts.server.ts";
import type { Services } from "./services.server.ts";
import type { Trace } from "./trace.server.ts";
import { waitWords } from "./wait-words.ts";

/** Whether a person, and not a script, will see the response: https://www.w3.org/TR/fetch-metadata/ */
export function isNavigation(request: Request): boolean {
  const { headers } = request;
  if (isAtProgramDoor(request)) return false;
  const destination = headers.get("Sec-Fetch-Dest");
  if (destination !== null) return destination === "document" || destination === "iframe";
  return (headers.get("Accept") ?? "").includes("text/html");
}

/** Whether the address is one of the doors for programs, where no response is ever a page. */
export function isAtProgramDoor(request: Request): boolean {
  return programDoorOf(request) !== null;
}

/** Compares the start of the path, decoded and in any case, as the router does. `.data` is a suffix that the router adds. */
export function programDoorOf(request: Request): "api" | "mcp" | null {
  const [, door] = /^\/(api\/v1|mcp)(?:\.data$|\/|$)/.exec(readPath(request)) ?? [];
  return door === undefined ? null : door === "mcp" ? "mcp" : "api";
}

function readPath({ url }: Request): string {
  return new URL(url).pathname.split("/").map(readSegment).join("/").toLowerCase();
}

function readSegment(segment: string): string {
  try {
    return decodeURIComponent(segment).replaceAll("/", "%2F");
  } catch {
    return segment;
  }
}

/** Whether a mail program sends a one-click unsubscribe request (RFC 8058). Only its signed path counts; cookies do not. */
export function isOneClick({ url, method }: Request): boolean {
  return method === "POST" && /^\/unsubscribe(\/[^/.]+){3}$/.test(new URL(url).pathname);
}

/** Whether a program calls. Our own pages read under `/api/v1/pages/`, and get times in the reader's time zone. */
export function isForPrograms(request: Request): boolean {
  return isAtProgramDoor(request) && !readPath(request).startsWith("/api/v1/pages/");
}

/** Whether the response is JSON: for queries of the client, which are under `/api/` or ask for JSON. All others get a page. */
export function isDataRequest(request: Request): boolean {
  if (isNavigation(request)) return false;
  const { pathname } = new URL(request.url);
  return (
    pathname.startsWith("/api/") ||
    isAtProgramDoor(request) ||
    (request.headers.get("Accept") ?? "").startsWith("application/json")
  );
}

export function problem(request: Request, status: number, body: Problem, headers: HeadersInit = {}) {
  const init = { status, headers };
  return isDataRequest(request) ? Response.json(body, init) : data({ ...body, ...backToPress(request) }, init);
}

/**
 * Like `problem`, but without a way back: a person without access here may have none to the form's page either. Pages also get the
 * person's role, since scripts keep a frame that may show a former one.
 */
export function shut(request: Request, status: 403 | 404, { role, ...body }: Problem & { role?: Role | undefined }) {
  if (isDataRequest(request)) return Response.json(body, { status });
  return data({ ...body, ...(role && { role }) }, { status });
}

/** The way back to the page of a form that was sent without scripts, since its refusal is shown on a separate page. */
export function backToPress(request: Request): Pick<Problem, "back"> {
  if (request.method !== "POST" || !isNavigation(request)) return {};
  const back = pageOfForm(request);
  return ["/", pathOf(pageOf(request))].includes(pathOf(back)) ? {} : { back };
}

export function tooMany(request: Request, { trace }: Services, seconds: number) {
  trace.headers.set("Retry-After", String(seconds));
  trace.refusal = "limit";
  return problem(request, 429, { error: "invalid", code: "limit", fields: { "": [waitWords(seconds)] } });
}

/** Drops the ended session's cookies and, with a new document, the scripts' state. /login redirects on to a newer session. */
export async function leadToSignIn(request: Request, services: Services) {
  services.trace.isUnauthenticated = true;
  services.trace.refusal = "no-session";
  await services.forgetEnded();
  if (isDataRequest(request)) return problem(request, 401, { error: "unauthenticated" });
  // Neither the sign-in page nor the form that a person comes back to would say it otherwise.
  if (request.method === "POST") {
    services.trace.headers.append("Set-Cookie", saidNext("account_nothing_changed", undefined, services.appUrl));
  }
  return redirectDocument(`${href("/login")}?${backTo(request, services.trace)}`);
}

export function leadToSecondStep(request: Request, services: Services) {
  services.trace.isUnauthenticated = true;
  services.trace.refusal = "second-step";
  if (isDataRequest(request)) return problem(request, 401, { error: "unauthenticated" });
  return redirectDocument(`${href("/login/second-step")}?${backTo(request, services.trace)}`);
}

export function leadToConfirm(request: Request, { trace }: Services) {
  trace.refusal = "stale";
  if (isDataRequest(request)) return problem(request, 403, { error: "confirm" });
  return redirect(`${href("/confirm")}?${backTo(request, trace)}`);
}

export function confirmHref(request: Request): string {
  return `${href("/confirm")}?${new URLSearchParams({ redirectTo: pageOf(request) })}`;
}

/** For a file, the page with its link: a browser that gets a file stays where it is, so at the form that was just sent. */
function backTo(request: Request, { isOfFile }: Trace): URLSearchParams {
  const from = pageOfForm(request);
  const isFile = isOfFile || new URL(request.url).searchParams.has("download");
  const isItself = request.method === "GET" && (!isFile || from === "/");
  return new URLSearchParams({ redirectTo: isItself ? pageOf(request) : from });
}

function pageOfForm({ headers, url }: Request): string {
  const referrer = headers.get("Referer") ?? "";
  const page = URL.canParse(referrer) ? new URL(referrer) : null;
  return page?.host === new URL(url).host ? safeRedirect(page.pathname + page.search) : "/";
}

/**
 * Redirects a page's reader from a former slug of the organization, or one in capitals, to the current slug. Data and writes are
 * served without a redirect. So is the page the reader is on: it would lose the answer of a form, such as a new secret.
 */
export function leadToSlug(request: Request, { trace }: Services, slug: string) {
  const page = pageOf(request);
  const [former, asked] = /^\/organizations\/([^/?]+)\//.exec(page) ?? [];
  if (request.method !== "GET" || former === undefined || asked === slug) return;
  if (trace.isOfForm || (!isNavigation(request) && isOnItsPage(request))) return;
  throw redirect(page.replace(former, `/organizations/${slug}/`));
}

/** Whether the reader is on the page of the request's own address. */
export function isOnItsPage(request: Request): boolean {
  return pathOf(pageOfForm(request)) === pathOf(pageOf(request));
}

function pathOf(page: string): string {
  return page.split("?", 1)[0] ?? page;
}

/** The address without what a form sends along without scripts: empty fields, and who sees the page. Null if it has none. */
export function withoutEmptyFields(request: Request): string | null {
  const { pathname, searchParams } = new URL(request.url);
  if (request.method !== "GET" || !isNavigation(request)) return null;
  const filled = new URLSearchParams([...searchParams].filter(([name, value]) => value !== "" && name !== SEEN_BY));
  if (filled.size === searchParams.size) return null;
  return safeRedirect(filled.size === 0 ? pathname : `${pathname}?${filled}`);
}

function pageOf(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return pathname.replace(/\.data$/, "").replace(/^\/_root$/, "/") + withoutRouteFilter(search);
}

function withoutRouteFilter(search: string): string {
  const kept = new URLSearchParams(search);
  kept.delete("_routes");
  return kept.size === 0 ? "" : `?${kept}`;
}

/** The status is from nginx; RFC 9110 has none. No client reads the response, but the log records the status. */
const CLIENT_CLOSED_REQUEST = 499;

/** Returns what to throw for an error: an outage, a fault of ours, or a client that disconnected, which is neither. */
export function fault(request: Request, services: Services, error: unknown) {
  const { requestId, unsent } = services.trace;
  if (request.signal.aborted) return problem(request, CLIENT_CLOSED_REQUEST, { error: "broken-off" });
  if (noteOutage(request, services, error)) {
    return problem(request, 503, { error: "unavailable", requestId, ...(unsent && { unsent }) });
  }
  logFault(error, { requestId, path: pathToLog(request.url) });
  return problem(request, 500, { error: "fault", requestId });
}

export function noteOutage(request: Request, { trace }: Services, error: unknown): boolean {
  const outage = outageOf(error);
  if (outage === null) return false;
  trace.headers.set("Retry-After", String(RETRY_AFTER_SECONDS));
  if (trace.outage === null) logFault(error, { requestId: trace.requestId, path: pathToLog(request.url) });
  trace.outage ??= outage;
  return true;
}
