import { readPreferences, writePreferences } from "#app/account/preferences.server.ts";
import { createZoneCookies } from "#app/account/zone-cookies.server.ts";
import { USER_AGENT_KEPT } from "#app/audit/limits.ts";
import { sealEntriesSince } from "#app/audit/seals.server.ts";
import { readCodeBrowser } from "#app/auth/codes/code-browser.server.ts";
import { readDevice } from "#app/auth/sessions/devices.server.ts";
import {
  bringsSession,
  createIdentification,
  type Identification,
  type Identity,
} from "#app/auth/sessions/identity.server.ts";
import { readLastMethod } from "#app/auth/sessions/last-method.server.ts";
import { roughPlaceOf } from "#app/auth/sessions/place.server.ts";
import { createSignIns } from "#app/auth/sessions/sign-ins.server.ts";
import { readSignUpBrowser } from "#app/auth/sign-ups/sign-up-browser.server.ts";
import { createDatabase, type Database } from "#app/db/client.server.ts";
import { loadLanguage } from "#app/i18n/load-language.server.ts";
import { changeLocale } from "#app/i18n/locale.server.ts";
import { dateTag, preferredLocale } from "#app/i18n/locale.ts";
import { offeredLocale } from "#app/i18n/offered.ts";
import { noTimeZones, timeZoneOf } from "#app/i18n/time-zone.ts";
import { deliverDueMail } from "#app/mail/outbox.server.ts";
import { ANSWER_LIMIT_MS } from "#app/outside/outage.ts";
import { createDecoder } from "#app/pictures/readable.server.ts";
import { isForPrograms } from "#app/request/answers.server.ts";
import { bearerOf } from "#app/request/caller.server.ts";
import { logFault } from "#app/request/faults.server.ts";
import { createReader } from "#app/request/reader.server.ts";
import { readSaid, sayingOf } from "#app/request/said.server.ts";
import type { ForGrants, ForScopes, Services } from "#app/request/services.server.ts";
import { createTrace } from "#app/request/trace.server.ts";
import { createAnsweringStorage } from "#app/storage/answering.server.ts";
import { type TokenName, tokenFor } from "#app/tokens.server.ts";
import { storageOf, transportOf } from "./adapters.ts";
import { type Env, variablesOf } from "./environment.ts";
import { AFTER_AN_ANSWER_MS, receiverRulesOf, sendEvents } from "./events.ts";
import { providersOf } from "./providers.ts";

/** The values that a test can set. */
type Ambient = { now: Date; newId: () => string; answerWithinMs: number };

/** Builds the services of one request. Nothing here opens a connection, and the costly parts are built on first use. */
export async function createServices(
  request: Request,
  env: Env,
  context: Pick<ExecutionContext, "waitUntil">,
  ambient: Partial<Ambient> = {},
): Promise<Services> {
  const base = baseOf(request, env, context, ambient);
  const { variables, trace, headers, db, secret, appUrl, now, auth, after, answerWithinMs, report } = base;
  const bearer = bearerOf(request.headers);
  const identification = await trace.time("authenticate", () =>
    createIdentification({
      ...headers,
      db,
      secret,
      appUrl,
      now,
      auth,
      after,
      isNobody: bearer !== null,
      async whenKnown(viewer) {
        const look = await lookOf(base, viewer);
        await loadLanguage(look.locale);
        changeLocale(look.locale, { dates: look.dates, zone: timeZoneOf(look.timeZones) ?? undefined });
        Object.assign(forScopes, look);
        Object.assign(services, look);
      },
    }),
  );
  const { viewer: viewerNow, isPresumed, inquiry, forgetEnded } = identification;
  const reader = createReader(db, inquiry);
  const work = workAfter(base);
  const forScopes: ForScopes = { ...(await lookOf(base, viewerNow(), isPresumed())), ...scopeServices(base) };
  const forGrants = grantServices(base, identification, work);
  const services: Services = {
    ...forScopes,
    ...forGrants,
    forScopes,
    forGrants,
    db,
    reader,
    storage: createAnsweringStorage(storageOf(env, variables), { answerWithinMs, report }),
    trace,
    nonce: newNonce(),
    async identify() {
      if (isPresumed()) await reader.inquire();
      return viewerNow();
    },
    presume: () => ({ viewer: viewerNow(), isPresumed: isPresumed() }),
    bearer,
    bringsSession: bringsSession(request.headers, appUrl),
    forgetEnded,
    after,
    sendMail: work.sendMail,
    sealEntries: work.sealEntries,
  };
  return services;
}

type Base = ReturnType<typeof baseOf>;

/** What the services are built from. */
function baseOf(
  request: Request,
  env: Env,
  context: Pick<ExecutionContext, "waitUntil">,
  { now = new Date(), newId = () => crypto.randomUUID(), answerWithinMs = ANSWER_LIMIT_MS }: Partial<Ambient>,
) {
  const variables = variablesOf(env);
  const { AUTH_SECRET: secret, APP_URL: appUrl } = variables;
  const trace = createTrace(request.headers.get("cf-ray") ?? newId());
  const report = (error: unknown) => logFault(error, { requestId: trace.requestId });
  const database = { url: variables.DATABASE_URL, authToken: variables.DATABASE_AUTH_TOKEN, answerWithinMs };
  const db = createDatabase({ ...database, fetch: trace.countingFetch });
  const uncounted = once(() => createDatabase(database));
  const headers = { requestHeaders: request.headers, responseHeaders: trace.headers };
  return {
    ...{ request, env, variables, secret, appUrl, trace, report, db, headers, now, newId, answerWithinMs },
    after(work: (db: Database) => Promise<unknown>) {
      context.waitUntil(work(uncounted()).catch(report));
    },
    auth: once(async () => {
      // The library would be a third of what the Worker reads at startup, and few requests issue cookies.
      const { createAuth } = await import("#app/auth/sessions/auth.server.ts");
      return createAuth({ db, secret, appUrl });
    }),
    providers: providersOf(variables),
    tokenFor: (name: TokenName) => tokenFor(secret, name),
    zoneCookies: createZoneCookies({ ...headers, appUrl }),
  };
}

/** The viewer's own language, time zones and preferences. */
async function lookOf({ request, variables, zoneCookies }: Base, viewer: Identity | null, isPresumed = false) {
  const languages = variables.LANGUAGES;
  const acceptLanguage = request.headers.get("Accept-Language") ?? "";
  const preferences = await readPreferences(request.headers.get("Cookie"), viewer?.chosen);
  const chosen = languages.find((each) => each === preferences.locale);
  const locale = offeredLocale(languages, chosen ?? preferredLocale(acceptLanguage, languages));
  const timeZones = isForPrograms(request) ? noTimeZones : zoneCookies.zonesOf(viewer, isPresumed);
  const dates = dateTag(locale, acceptLanguage);
  return { preferences, locale, dates, timeZones, seenBy: viewer?.userId ?? "" };
}

type WorkAfter = ReturnType<typeof workAfter>;

/** What a request can leave to be done after its response. */
function workAfter({ env, variables, appUrl, now, after, tokenFor }: Base) {
  return {
    sendMail: () =>
      after((db) =>
        deliverDueMail({
          ...{ db, transport: transportOf(variables, db), tokenFor, appUrl, languages: variables.LANGUAGES },
          ...{ now: new Date(), first: "newest" },
        }),
      ),
    sealEntries: () => after((db) => sealEntriesSince(db, now)),
    sendEvents: () => after((db) => sendEvents({ env, db, forMs: AFTER_AN_ANSWER_MS })),
  };
}

function scopeServices({ request, variables, headers, appUrl, providers, now, tokenFor }: Base) {
  return {
    languages: variables.LANGUAGES,
    // Without their secrets, which are not passed on.
    providers: providers.map(({ id, name, origin }) => ({ id, name, origin })),
    signUpBrowser: readSignUpBrowser({ ...headers, appUrl }),
    codeBrowser: readCodeBrowser({ ...headers, appUrl }),
    lastMethod: readLastMethod(request.headers, appUrl),
    said: () => sayingOf(readSaid(request, appUrl)),
    appUrl,
    environment: variables.APP_ENV,
    keyLimits: { reads: variables.API_READS_PER_MINUTE, writes: variables.API_WRITES_PER_MINUTE },
    now,
    tokenFor,
  };
}

function grantServices(base: Base, { viewer, sentToken }: Identification, work: WorkAfter): ForGrants {
  const { request, env, variables, secret, appUrl, trace, report, db, headers, now, newId, answerWithinMs } = base;
  const { auth, providers, zoneCookies } = base;
  const { requestId } = trace;
  const ipAddress = request.headers.get("cf-connecting-ip") ?? "unknown";
  const userAgent = request.headers.get("User-Agent")?.slice(0, USER_AGENT_KEPT).toWellFormed() ?? null;
  const device = readDevice(request.headers, appUrl);
  return {
    async keepPreferences(chosen) {
      trace.headers.append("Set-Cookie", await writePreferences(chosen, appUrl));
    },
    keepTimeZone: zoneCookies.keep,
    ipAddress,
    userAgent,
    requestId,
    deviceHash: device.hash,
    // Decoding a picture of the largest size takes some seconds.
    decode: createDecoder(env.IMAGES, { answerWithinMs: 3 * answerWithinMs }),
    newId,
    signIns: once(() =>
      createSignIns({
        ...headers,
        db,
        now,
        newId,
        ipAddress,
        place: roughPlaceOf(request),
        userAgent,
        requestId,
        appUrl,
        auth,
        sentToken,
        before: viewer,
        device,
        browserTimeZone: zoneCookies.told,
        sendMail: work.sendMail,
        sealEntries: work.sealEntries,
      }),
    ),
    handshakes: once(async () => {
      const { createHandshakes } = await import("#app/auth/providers/handshakes.server.ts");
      return createHandshakes({ ...headers, settings: providers, secret, appUrl, now, answerWithinMs, report });
    }),
    receiverRules: receiverRulesOf(variables),
    sendEvents: work.sendEvents,
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function newNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64url");
}
