import * as build from "virtual:react-router/server-build";
import { createRequestHandler, RouterContextProvider, type ServerBuild } from "react-router";

const handle = createRequestHandler(build as ServerBuild, import.meta.env.MODE);

export default { fetch: (request) => handle(request, new RouterContextProvider()) } satisfies ExportedHandler;
