import { isbot } from "isbot";
// React's build for Node writes attributes as strings. The edge build encodes each one separately, which is a fifth slower.
import { renderToReadableStream } from "react-dom/server.node";
import { type EntryContext, isRouteErrorResponse, type RouterContextProvider, ServerRouter } from "react-router";
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
  const { serverHandoffStream, ...router } = entry;
  const data = await textOf(serverHandoffStream);
  const page = (
    <CatalogPlacesContext value={catalogPlaces(locale)}>
      <ServerRouter context={router} url={request.url} nonce={nonce} />
    </CatalogPlacesContext>
  );
  const body = await renderToReadableStream(page, {
    nonce,
    bootstrapScriptContent: `${EARLY_INPUT};${dataScript(data)}`,
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

async function textOf(stream: ReadableStream<Uint8Array> | undefined): Promise<string> {
  const reader = stream?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const read = await reader?.read();
    if (read === undefined || read.done) return text;
    text += decoder.decode(read.value, { stream: true });
  }
}

/**
 * Hands the data of the page to the router in the browser. The router itself would write it in pieces and make React wait for each,
 * though all of it is there before React begins. In single quotes, since JSON is full of double ones, which would all be escaped.
 */
function dataScript(text: string): string {
  const literal = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `(({streamController:to})=>{to.enqueue('${literal}');to.close()})(window.__reactRouterContext)`;
}

export function handleError(
  error: unknown,
  { request, context }: { request: Request; context: Readonly<RouterContextProvider> },
) {
  if (request.signal.aborted || isRouteErrorResponse(error)) return;
  const { requestId } = context.get(servicesContext).trace;
  logFault(error, { requestId, path: new URL(request.url).pathname });
}
