import { data, href, redirect, redirectDocument } from "react-router";
import { safeRedirect } from "#app/fields/redirect-to.ts";
import { outageOf, RETRY_AFTER_SECONDS } from "#app/outside/outage.ts";
import type { Problem } from "#app/ui/problem.ts";
import { logFault } from "./faults.server.ts";
import type { Services } from "./services.server.ts";
import { waitWords } from "./wait-words.ts";

/** Whether a person, and no script, is going to look at the answer: https://www.w3.org/TR/fetch-metadata/ */
export function isNavigation(request: Request): boolean {
  const { headers } = request;
  if (isForMachines(request)) return false;
  const destination = headers.get("Sec-Fetch-Dest");
  if (destination !== null) return destination === "document" || destination === "iframe";
  return (headers.get("Accept") ?? "").includes("text/html");
}

/** Programs ask here, and nothing is ever a page. */
export function isForMachines(request: Request): boolean {
  return doorOfMachines(request) !== null;
}

/** By the start of the address, in any case and decoded, as the router reads it; `.data` is an ending of the router's own. */
export function doorOfMachines(request: Request): "api" | "mcp" | null {
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

/** What a mail program presses in its reader's stead (RFC 8058): the signed path is all that counts there, and no cookie does. */
export function isOneClick({ url, method }: Request): boolean {
  return method === "POST" && /^\/unsubscribe(\/[^/.]+){3}$/.test(new URL(url).pathname);
}

/** What a page asks again is answered as the page is, in its reader's time zone. */
export function isForPrograms(request: Request): boolean {
  return isForMachines(request) && !readPath(request).startsWith("/api/v1/pages/");
}

/** The client's own queries ask under `/api/` or for JSON, and get JSON; everything else is a page. */
export function isDataRequest(request: Request): boolean {
  if (isNavigation(request)) return false;
  const { pathname } = new URL(request.url);
  return (
    pathname.startsWith("/api/") ||
    isForMachines(request) ||
    (request.headers.get("Accept") ?? "").startsWith("application/json")
  );
}

export function problem(request: Request, status: number, body: Problem, headers: HeadersInit = {}) {
  const init = { status, headers };
  return isDataRequest(request) ? Response.json(body, init) : data({ ...body, ...backToPress(request) }, init);
}

/** The same of what is not open to somebody: the page of the form may not be open to them either. */
export function shut(request: Request, status: 403 | 404, body: Problem) {
  return isDataRequest(request) ? Response.json(body, { status }) : data(body, { status });
}

/** Of a form without scripts, whose refusal stands on a page of its own. */
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

/** Cookies of the ended session go, and what scripts hold. With a newer session in this browser, the sign-in page leads on. */
export async function leadToSignIn(request: Request, services: Services) {
  services.trace.isUnauthenticated = true;
  services.trace.refusal = "no-session";
  await services.forgetEnded();
  if (isDataRequest(request)) return problem(request, 401, { error: "unauthenticated" });
  return redirectDocument(`${href("/login")}?${backTo(request)}`);
}

export function leadToSecondStep(request: Request, services: Services) {
  services.trace.isUnauthenticated = true;
  services.trace.refusal = "second-step";
  if (isDataRequest(request)) return problem(request, 401, { error: "unauthenticated" });
  return redirectDocument(`${href("/login/second-step")}?${backTo(request)}`);
}

export function leadToConfirm(request: Request, { trace }: Services) {
  trace.refusal = "stale";
  if (isDataRequest(request)) return problem(request, 403, { error: "confirm" });
  return redirect(confirmHref(request));
}

export function confirmHref(request: Request): string {
  return `${href("/confirm")}?${new URLSearchParams({ redirectTo: pageOf(request) })}`;
}

function backTo(request: Request): URLSearchParams {
  return new URLSearchParams({ redirectTo: request.method === "GET" ? pageOf(request) : pageOfForm(request) });
}

function pageOfForm({ headers, url }: Request): string {
  const referrer = headers.get("Referer") ?? "";
  const page = URL.canParse(referrer) ? new URL(referrer) : null;
  return page?.host === new URL(url).host ? safeRedirect(page.pathname + page.search) : "/";
}

/**
 * Leads a page's reader from a slug an organization had, or one in capitals, to the one it has. Data and writes are served where
 * they are asked, and so is the page one stands on: with it would go what a form was just answered, such as a secret.
 */
export function leadToSlug(request: Request, { trace }: Services, slug: string) {
  const page = pageOf(request);
  const [former, asked] = /^\/organizations\/([^/?]+)\//.exec(page) ?? [];
  if (request.method !== "GET" || former === undefined || asked === slug) return;
  if (trace.isOfForm || (!isNavigation(request) && pathOf(pageOfForm(request)) === pathOf(page))) return;
  throw redirect(page.replace(former, `/organizations/${slug}/`));
}

function pathOf(page: string): string {
  return page.split("?", 1)[0] ?? page;
}

export function withoutEmptyFields(request: Request): string | null {
  const { pathname, searchParams } = new URL(request.url);
  if (request.method !== "GET" || !isNavigation(request) || ![...searchParams.values()].includes("")) return null;
  const filled = new URLSearchParams([...searchParams].filter(([, value]) => value !== ""));
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

/** Of nginx; RFC 9110 has none. Nobody reads the answer, but the log does. */
const CLIENT_CLOSED_REQUEST = 499;

/** What to throw for anything that broke: an outage, a fault of ours, or a reader who went away, which is neither. */
export function fault(request: Request, services: Services, error: unknown) {
  const { requestId, unsent } = services.trace;
  if (request.signal.aborted) return problem(request, CLIENT_CLOSED_REQUEST, { error: "broken-off" });
  if (noteOutage(request, services, error)) {
    return problem(request, 503, { error: "unavailable", requestId, ...(unsent && { unsent }) });
  }
  logFault(error, { requestId, path: new URL(request.url).pathname });
  return problem(request, 500, { error: "fault", requestId });
}

export function noteOutage(request: Request, { trace }: Services, error: unknown): boolean {
  const outage = outageOf(error);
  if (outage === null) return false;
  trace.headers.set("Retry-After", String(RETRY_AFTER_SECONDS));
  if (trace.outage === null) logFault(error, { requestId: trace.requestId, path: new URL(request.url).pathname });
  trace.outage ??= outage;
  return true;
}
