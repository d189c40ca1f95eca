import { createExecutionContext, env, waitOnExecutionContext } from "cloudflare:test";
import { type ActionFunctionArgs, type LoaderFunctionArgs, RouterContextProvider } from "react-router";
import { COOKIE_PREFIX } from "#app/auth/sessions/own-cookies.server.ts";
import { withLocale } from "#app/i18n/locale.server.ts";
import { timeZoneOf } from "#app/i18n/time-zone.ts";
import { type Services, servicesContext } from "#app/request/services.server.ts";
import { CONFIRMED } from "#app/ui/line/confirmed.ts";
import { STEP_LIMIT_MS } from "../../e2e/patience.ts";
import { variablesOf } from "../../workers/environment.ts";
import { createServices } from "../../workers/services.ts";
import type { Session } from "./builders.ts";

type Asked = {
  /** Path and search, such as `/organizations/acme/gallery?page=2`. */
  url: string;
  params?: Record<string, string>;
  cookie?: string | null;
  /** If it contains a file, it is sent as browsers send files. */
  form?: Record<string, string | File> | FormData | null;
  /** Whether the form has asked for confirmation in words. By default true, except for requests to the API. */
  isConfirmed?: boolean;
  json?: unknown;
  file?: File;
  /** A raw body. Its type is in `headers`. */
  text?: string;
  method?: string;
  headers?: Record<string, string>;
  /** Variables of the Worker that replace those of the test run. */
  variables?: Record<string, string>;
  answerWithinMs?: number;
  signal?: AbortSignal;
};

type Handler = (args: LoaderFunctionArgs & ActionFunctionArgs) => Promise<unknown>;

export type Answered = { status: number; body: unknown; headers: Headers; services: Services };

/** Sends a request through a declared loader or action with everything real behind it: database, storage, cookies. */
export async function ask(handler: Handler, asked: Asked): Promise<Answered> {
  const { request, services, settle } = await visit(asked);
  const context = new RouterContextProvider();
  context.set(servicesContext, services);
  const args = { request, params: asked.params ?? {}, context, url: new URL(request.url), pattern: asked.url };
  const run = async () => {
    try {
      return await handler(args as unknown as Parameters<Handler>[0]);
    } catch (thrown) {
      if (thrown instanceof Error) throw thrown;
      return thrown;
    }
  };
  const outcome = await withLocale(services.locale, run, { zone: timeZoneOf(services.timeZones) ?? undefined });
  await settle();
  return { ...(await plainly(outcome)), services };
}

/** The services of one request. `settle` waits for the work after its response. */
export async function visit(asked: Asked) {
  const { url, cookie = null, json, text, file, method, headers = {}, signal } = asked;
  const form = asForm(asked);
  const encoded = form instanceof FormData ? await asBrowsersSend(form) : file ? await asProgramsSend(file) : null;
  const body = text ?? (json === undefined ? (encoded?.body ?? form) : JSON.stringify(json));
  const request = new Request(new URL(url, "http://localhost:5173"), {
    method: method ?? (body === null ? "GET" : "POST"),
    headers: {
      // Tests look for English words, whatever the default language of a product is.
      "Accept-Language": "en",
      ...(cookie !== null && { Cookie: cookie }),
      ...(json !== undefined && { "Content-Type": "application/json" }),
      ...encoded?.headers,
      ...headers,
    },
    body,
    ...(signal && { signal }),
  });
  const execution = createExecutionContext();
  // One thread handles all requests of a file and hashes their passwords, so a slow machine can read a response late.
  const { answerWithinMs = STEP_LIMIT_MS, variables } = asked;
  const worker = variables ? { ...env, ...variables } : env;
  const services = await createServices(request, worker, execution, { answerWithinMs });
  return { request, services, settle: () => waitOnExecutionContext(execution) };
}

function asForm({
  url,
  form = null,
  isConfirmed = !url.startsWith("/api/"),
}: Asked): FormData | URLSearchParams | null {
  if (form === null || form instanceof FormData) return form;
  const fields: [string, string | File][] = Object.entries(form);
  if (isConfirmed) fields.push([CONFIRMED, "yes"]);
  if (!fields.some(([, value]) => value instanceof File)) {
    return new URLSearchParams(fields.map(([name, value]) => [name, String(value)]));
  }
  const withFiles = new FormData();
  for (const [name, value] of fields) withFiles.append(name, value);
  return withFiles;
}

/** Adds the length and a line break at the end, which workerd leaves out and every browser sends. */
async function asBrowsersSend(form: FormData) {
  const encoded = new Response(form);
  const type = encoded.headers.get("Content-Type") ?? "";
  const body = await new Blob([await encoded.arrayBuffer(), "\r\n"]).arrayBuffer();
  return { body, headers: { "Content-Type": type, "Content-Length": String(body.byteLength) } };
}

async function asProgramsSend(file: File) {
  const body = await file.arrayBuffer();
  const name = `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`;
  const headers = { "Content-Type": file.type, "Content-Length": String(body.byteLength), "Content-Disposition": name };
  return { body, headers };
}

async function plainly(outcome: unknown): Promise<Omit<Answered, "services">> {
  if (outcome instanceof Response) {
    const isJson = outcome.body !== null && outcome.headers.get("Content-Type")?.includes("json");
    return { status: outcome.status, headers: outcome.headers, body: isJson ? await outcome.json() : outcome };
  }
  if (typeof outcome === "object" && outcome !== null && "type" in outcome && outcome.type === "DataWithResponseInit") {
    const { data, init } = outcome as unknown as { data: unknown; init: ResponseInit | null };
    return { status: init?.status ?? 200, headers: new Headers(init?.headers), body: data };
  }
  return { status: 200, headers: new Headers(), body: outcome };
}

/** A browser: it sends the cookies that it has and keeps those of the responses. */
export function aBrowser(cookie: string | null = null) {
  const browser = {
    cookie,
    async ask(handler: Handler, asked: Omit<Asked, "cookie">): Promise<Answered> {
      const answered = await ask(handler, { ...asked, cookie: browser.cookie });
      browser.cookie = cookiesAfter(answered, browser.cookie);
      return answered;
    },
  };
  return browser;
}

/** The cookies that a browser has after this response. */
function cookiesAfter({ services }: Answered, before: string | null): string {
  const held = new Map((before ?? "").split("; ").map((each) => [each.split("=")[0] ?? "", each]));
  held.delete("");
  for (const cookie of services.trace.headers.getSetCookie()) {
    const [kept = ""] = cookie.split(";");
    const name = kept.split("=")[0] ?? "";
    if (/Max-Age=0(;|$)/.test(cookie)) held.delete(name);
    else held.set(name, kept);
  }
  return [...held.values()].join("; ");
}

/** The cookies of a browser that is signed in with this session and has its cookie cache filled. */
export async function cookiesOf(session: Session): Promise<string> {
  const { AUTH_SECRET } = variablesOf(env);
  const key = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(AUTH_SECRET),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const signature = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(session.token));
  const signed = `${session.token}.${btoa(String.fromCharCode(...new Uint8Array(signature)))}`;
  const token = `${COOKIE_PREFIX}.session_token=${encodeURIComponent(signed)}`;
  const { services } = await visit({ url: "/", cookie: token });
  await services.identify();
  const cache = services.trace.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  return [token, ...cache].join("; ");
}
