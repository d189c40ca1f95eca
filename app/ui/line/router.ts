import {
  type ClientInstrumentation,
  createPath,
  type DataRouter,
  type DataStrategyResult,
  data,
  type MiddlewareFunction,
  matchRoutes,
} from "react-router";
import { isEqualForm } from "./equal-form.ts";
import { isLanguageGone, isPersonGone, notePersonGone } from "./person.ts";
import { isLost, isReached } from "./reach.ts";
import { putAway, tell, waitingFor } from "./trouble.ts";
import { keepTyped } from "./typed.ts";
import { answered, holdPage, loaded, noteWrite, type Outcome, router } from "./under-way.ts";

type RouteFiles = { module: string; imports?: string[] };

declare global {
  interface Window {
    __reactRouterManifest?: { routes: Record<string, RouteFiles | undefined> };
    __reactRouterRouteModules?: Record<string, unknown>;
  }
}

type Sent = { to: string; formData: FormData | undefined };

const coming = new Map<string, Promise<Outcome>>();
/** Forms that wait, so that a second press of the same one is dropped. */
const waiting = new Set<Sent>();
/** True while the router navigates back to the page that is shown. */
let isStaying = false;

const never = () => new Promise<never>(() => {});

/** What to wait for before going to a URL: the code of its routes and, for a navigation, the response to a form. Null if nothing. */
function missingAt(url: URL, isNavigation = false): Promise<Outcome> | null {
  const modules = window.__reactRouterRouteModules ?? {};
  const matches = matchRoutes(router()?.routes ?? [], url.pathname) ?? [];
  const ids = matches.map(({ route }) => route.id).filter((id) => !(id in modules));
  const missing = ids.map(bring);
  const answer = isNavigation && answered();
  if (answer) missing.push(answer);
  if (missing.length === 0) return null;
  return Promise.all(missing).then((outcomes) => outcomes.find((outcome) => outcome !== "here") ?? "here");
}

/** Loads a route's code before the router does. If the router failed to, it would reload the document and lose typed text. */
function bring(id: string): Promise<Outcome> {
  const known = coming.get(id);
  if (known) return known;
  const outcome = load(id).finally(() => coming.delete(id));
  coming.set(id, outcome);
  return outcome;
}

async function load(id: string): Promise<Outcome> {
  const files = window.__reactRouterManifest?.routes[id];
  if (!files) return "here";
  const { module, imports = [] } = files;
  // Fetched first, because browsers remember a failed import for as long as the document lives.
  const asked = await Promise.all([module, ...imports].map(isThere));
  const failed = asked.find((outcome) => outcome !== "here");
  if (failed) return failed;
  try {
    const loaded: unknown = await import(/* @vite-ignore */ module);
    const modules = window.__reactRouterRouteModules ?? {};
    modules[id] = loaded;
    return "here";
  } catch {
    return (await isReached()) ? "gone" : "unreachable";
  }
}

async function isThere(url: string): Promise<Outcome> {
  try {
    const answer = await fetch(url);
    await answer.arrayBuffer();
    return answer.ok ? "here" : "gone";
  } catch {
    return "unreachable";
  }
}

export const instrumentations: ClientInstrumentation[] = [
  {
    router({ instrument }) {
      instrument({
        navigate: (go, { to, formMethod, formData }) =>
          typeof to === "number" ? go().then(() => {}) : gate(go, { to, formData }, isWrite(formMethod), true),
        fetch(go, { href, formMethod, formData, fetcherKey }) {
          // Kept until the response: of a dialog that was closed in the meantime, the router drops a refusal.
          const keepAndGo = () => {
            router()?.getFetcher(fetcherKey);
            return go().finally(() => router()?.deleteFetcher(fetcherKey));
          };
          return gate(keepAndGo, { to: href, formData }, isWrite(formMethod));
        },
      });
    },
  },
];

function isWrite(method: string | undefined): boolean {
  return method !== undefined && method.toLowerCase() !== "get";
}

async function gate(go: () => Promise<unknown>, sent: Sent, isSending: boolean, isNavigation = false): Promise<void> {
  if (isStaying) return void (await go());
  const url = new URL(sent.to, location.href);
  const goOn = () => {
    if (isSending) noteWrite(sent.to);
    else if (isPersonGone() || isLanguageGone()) return leave(url);
    return go();
  };
  const missing = missingAt(url, isNavigation);
  if (!missing) return void (await goOn());
  // The same form is pressed a second time while the first press still waits.
  if (isSending && [...waiting].some((other) => isSame(other, sent))) return never();
  const letGo = isSending ? holdPage() : undefined;
  if (isSending) waiting.add(sent);
  const outcome = await waitingFor(missing);
  waiting.delete(sent);
  const going = outcome === "here" ? goOn() : undefined;
  letGo?.();
  if (going) return void (await going);
  if (outcome === "unreachable") tell({ kind: "offline" });
  else if (outcome === "gone") {
    if (!isSending) return leave(url);
    tell({ kind: "outdated" });
  }
  return never();
}

function isSame(one: Sent, other: Sent): boolean {
  return one.to === other.to && (!one.formData || !other.formData || isEqualForm(one.formData, other.formData));
}

/** Loads the document of a URL. What was typed here is kept. */
function leave(url: URL | string): Promise<never> {
  keepTyped();
  location.assign(url);
  return never();
}

type Results = Record<string, DataStrategyResult>;

/** When no response arrives, the page stays as it is: a form keeps what was sent, and a link does not navigate. */
export const keepPageInOutage: MiddlewareFunction<Results> = async ({ request }, next) => {
  const here = router();
  if (!here) return next();
  const isSending = request.method !== "GET";
  const isShown = !isSending && pathOf(request.url) === pathOf(location.origin + createPath(here.state.location));
  const results = await (isShown && (isStaying || isPersonGone()) ? keptResults(here) : next());
  const all = Object.values(results);
  if (isSending && all.some(isRefusal)) await loaded();
  const name = all.map(anotherPersonIn).find(Boolean);
  if (name) {
    notePersonGone();
    tell({ kind: "another-person", name });
    return answerAll(results, 409);
  }
  const isRefused = (why: RegExp) =>
    all.some(({ type, result }) => type === "error" && why.test(Object(result).data?.error));
  // What a form reloads in an outage stays as it is shown, with what was typed and chosen. A link says what is wrong.
  const { state, formMethod } = here.state.navigation;
  const isOutage = isShown && (state === "idle" || formMethod) && isRefused(/unavailable/);
  if (isOutage || all.some((each) => each.type === "error" && isLost(answerOf(each)))) {
    if (!isOutage) tell({ kind: "offline" });
    if (isSending) return answerAll(results, 503);
    if (isShown) return { ...results, ...keptResults(here) };
    await stay(here, request.signal);
    return results;
  }
  // This document shows what the person had before. A write that is refused for the role has words of its own to show, and so may
  // the page that a write reloads.
  const outdated = isSending ? /not-found/ : isShown ? /unauthenticated/ : /not-found|forbidden|unauthenticated/;
  if (isRefused(outdated)) return leave(isSending ? location.href : request.url);
  // Results for the page that is shown do not prove that there is a connection: they can be the kept ones.
  if (!isStaying && !isShown) putAway("offline");
  await prepare(all);
  return results;
};

function isRefusal({ type, result }: DataStrategyResult): boolean {
  return type === "error" || Object(result).init?.status >= 400;
}

function keptResults({ state: { loaderData } }: DataRouter): Results {
  return Object.fromEntries(Object.entries(loaderData).map(([id, result]) => [id, { type: "data", result }] as const));
}

function answerAll(results: Results, status: number): Results {
  const result = data(undefined, { status });
  return Object.fromEntries(Object.keys(results).map((id) => [id, { type: "data", result }]));
}

function answerOf({ result }: DataStrategyResult): unknown {
  return Object(result).type === "DataWithResponseInit" ? Object(result).data : result;
}

function anotherPersonIn(result: DataStrategyResult): string | null {
  const { anotherPerson } = Object(answerOf(result));
  return typeof anotherPerson === "string" ? anotherPerson : null;
}

/** For a redirect: keeps what was typed before a sign-in, and loads the code of the page that it leads to. */
async function prepare(results: DataStrategyResult[]) {
  for (const { result } of results) {
    const to = result instanceof Response ? result.headers.get("Location") : null;
    if (!to) continue;
    const url = new URL(to, location.href);
    if (/^\/(login|confirm)(\/|$)/.test(url.pathname)) keepTyped();
    if (url.origin !== location.origin || (result as Response).headers.has("X-Remix-Reload-Document")) continue;
    if (((await missingAt(url)) ?? "here") !== "here") await leave(url);
  }
}

/** Ends a navigation that got no response: the page that is shown, and its address, stay. */
async function stay(here: DataRouter, signal: AbortSignal) {
  isStaying = true;
  const aborted = new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  const end = here.subscribe(({ navigation }) => {
    if (navigation.state !== "idle") return;
    isStaying = false;
    end();
  });
  if (isPopped(here)) history.go(shownIndex - indexOfEntry());
  else void here.navigate(createPath(here.state.location), { replace: true, preventScrollReset: true });
  await aborted;
}

function isPopped({ state }: DataRouter): boolean {
  return (history.state?.key ?? "default") !== state.location.key;
}

/** Where the page that is shown is in the history of the browser. */
let shownIndex = 0;

function indexOfEntry(): number {
  return Number(history.state?.idx ?? 0);
}

/** For the browser's back and forward, which no router can refuse: loads the code first. Call it before the router starts. */
export function watchHistory() {
  shownIndex = indexOfEntry();
  let isOwn = false;
  addEventListener("popstate", (event) => {
    if (isOwn) {
      isOwn = false;
      event.stopImmediatePropagation();
      return;
    }
    if (isStaying) return;
    const url = new URL(location.href);
    const missing = missingAt(url, true);
    if (!missing && !isPersonGone()) return;
    event.stopImmediatePropagation();
    void waitingFor(missing ?? Promise.resolve<Outcome>("gone")).then((outcome) => {
      if (location.href !== url.href) return;
      if (outcome === "here") dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
      else if (outcome === "gone") {
        keepTyped();
        location.reload();
      } else {
        if (outcome === "unreachable") tell({ kind: "offline" });
        // Not by zero, as after Back and Forward: that would load the document again.
        isOwn = shownIndex !== indexOfEntry();
        if (isOwn) history.go(shownIndex - indexOfEntry());
      }
    });
  });
}

/** A newer press aborts the previous response, which also rejects a promise inside the router that nothing handles. */
export function ignoreBrokenOff() {
  addEventListener("unhandledrejection", (event: PromiseRejectionEvent) => {
    if (event.reason?.name === "AbortError") event.preventDefault();
  });
}

export function noteEntry() {
  shownIndex = indexOfEntry();
}

/** Loads the code of a page as soon as a link or form that leads to it is pointed at. */
export function watchIntent() {
  for (const type of ["pointerover", "focusin"]) {
    document.addEventListener(type, ({ target }) => {
      const place = target instanceof Element ? addressOf(target) : null;
      if (place && navigator.onLine) void missingAt(place);
    });
  }
}

function addressOf(target: Element): URL | null {
  const href = target.closest("a")?.getAttribute("href") ?? target.closest("form")?.getAttribute("action");
  if (!href || !URL.canParse(href, location.href)) return null;
  const url = new URL(href, location.href);
  return url.origin === location.origin ? url : null;
}

function pathOf(address: string): string {
  const { pathname, search } = new URL(address);
  return pathname + search;
}
