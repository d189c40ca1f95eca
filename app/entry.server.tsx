import { isbot } from "isbot";
// React's build for Node writes attributes as strings. The edge build encodes each one separately, which is a fifth slower.
import { renderToReadableStream } from "react-dom/server.node";
import { type EntryContext, isRouteErrorResponse, type RouterContextProvider, ServerRouter } from "react-router";
import { exchangeQuotes } from "#app/exchange-quotes.ts";
import { CatalogPlacesContext } from "#app/i18n/catalog-places.ts";
import { catalogPlaces } from "#app/i18n/catalog-url.server.ts";
import { logFault } from "#app/request/faults.server.ts";
import { servicesContext } from "#app/request/services.server.ts";
import { earlyInputScript } from "#app/ui/early-input.ts";

/** Made once, since it reads the source text of functions. */
const EARLY_INPUT = earlyInputScript();

export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  entry: EntryContext,
  context: RouterContextProvider,
) {
  const { nonce, trace, locale } = context.get(servicesContext);
  let isRendered = false;
  const { serverHandoffStream: data } = entry;
  const sent = { ...entry, ...(data && { serverHandoffStream: exchangeQuotes(data) }) };
  const page = (
    <CatalogPlacesContext value={catalogPlaces(locale)}>
      <ServerRouter context={sent} url={request.url} nonce={nonce} />
    </CatalogPlacesContext>
  );
  const body = await renderToReadableStream(page, {
    nonce,
    bootstrapScriptContent: EARLY_INPUT,
    signal: request.signal,
    onError(error) {
      // An error before the first byte is thrown from here and logged by `handleError`. A client that disconnects is no error.
      if (isRendered && !request.signal.aborted)
        logFault(error, { requestId: trace.requestId, path: new URL(request.url).pathname });
    },
  });
  isRendered = true;
  if (isbot(request.headers.get("User-Agent"))) await body.allReady;
  headers.set("Content-Type", "text/html; charset=utf-8");
  return new Response(body, { status, headers });
}

export function handleError(
  error: unknown,
  { request, context }: { request: Request; context: Readonly<RouterContextProvider> },
) {
  if (request.signal.aborted || isRouteErrorResponse(error)) return;
  const { requestId } = context.get(servicesContext).trace;
  logFault(error, { requestId, path: new URL(request.url).pathname });
}
