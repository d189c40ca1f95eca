import type { Plugin } from "vite";

/** React Router exports only its development build, whose warnings nobody reads; this takes the production build beside it. */
export function routerWithoutWarnings(): Plugin {
  return {
    name: "router-without-warnings",
    enforce: "pre",
    apply: "build",
    async resolveId(source, importer, options) {
      if (!/^react-router(\/|$)/.test(source)) return null;
      const found = await this.resolve(source, importer, { ...options, skipSelf: true });
      return found && { ...found, id: found.id.replace("/dist/development/", "/dist/production/") };
    },
  };
}

/** Conditions in the router's code that are never true here. */
const NEVER = [
  // Routes that are discovered link by link, pages without a server, and React Server Components.
  String.raw`isFogOfWarEnabled\(routeDiscovery, ssr\)`,
  String.raw`fogOfWar\.active`,
  "isFogOfWar",
  "isSpaMode",
  String.raw`useIsRSCRouterContext\(\)`,
  String.raw`this\.context`,
  // View transitions, and routes that are loaded by one function.
  "viewTransitionOpts",
  "pendingViewTransitionEnabled",
  "renderDfd",
  String.raw`typeof route\.lazy === "function"`,
].join("|");
const neverHolds = new RegExp(String.raw`(?<=if \(|[&|?(=] )(!?)(?:${NEVER})(?=;|\) \{| [&|?])`, "g");

/**
 * Half of the router's components are unused here; only these calls and conditions keep them in the build. No link prefetches its
 * page, and the preloads of modules need no nonce, since the policy allows the site's own.
 */
export function unusedRouterParts(): Plugin {
  return {
    name: "unused-router-parts",
    apply: "build",
    transform: {
      filter: { id: /\/react-router\/dist\// },
      handler: (code) => ({
        code: code
          .replaceAll(/(?<=^var \w+ = )(?=React\d*\.(createContext|forwardRef|memo)\()/gm, "/* @__PURE__ */ ")
          .replaceAll(/^\w+\.displayName = "[\w.]+";$/gm, "")
          .replaceAll(neverHolds, (_, not) => String(not === "!"))
          .replace(/= usePrefetchBehavior\(\s*prefetch,\s*rest\s*\)/, "= []")
          .replace(/(?<=return )shouldPrefetch && .*PrefetchPageLinks.* : (?=link;)/, "")
          .replaceAll(/nonce: scriptProps\.nonce,(?=\s+suppressHydrationWarning)/g, ""),
        map: null,
      }),
    },
  };
}
