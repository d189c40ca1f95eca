import type { Register } from "react-router";
import type { ApiRow } from "./operation/api-row.server.ts";
import type { ReadOperation, WriteOperation } from "./operation/operation.server.ts";

/** What opens an operation, or the operations of a table. */
type Door = { readonly operation: ReadOperation | WriteOperation } | { readonly rows: readonly ApiRow[] };

type Modules = Register["routeModules"];
type Exported<Module, Name extends string> = Module extends Record<Name, infer Value> ? Value : never;

/** The routes that export something other than `Right` as `Name`. */
type Wrong<Name extends string, Right> = {
  [Route in keyof Modules]: Exported<Modules[Route], Name> extends Right ? never : Route;
}[keyof Modules];

/** What the compiler prints for such a route. */
type WithoutSteps<Name extends string> =
  Wrong<Name, Door> extends infer Route extends string
    ? Route extends string
      ? `The ${Name} of ${Route} skips the four steps. Export a door of app/request/doors.server.ts, such as page(operation).`
      : never
    : never;

declare function noRoute<Route extends never>(): Route;

noRoute<WithoutSteps<"loader">>();
noRoute<WithoutSteps<"action">>();
noRoute<Wrong<"middleware", never>>();
// The root has one. It keeps the page while the connection is down, and checks nothing.
noRoute<Exclude<Wrong<"clientMiddleware", never>, "root">>();
