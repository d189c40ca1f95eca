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

/**
 * Half of the router's components are unused here; only these calls keep them in the build. The preloads of modules need no nonce,
 * since the policy allows the site's own.
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
          .replaceAll(/nonce: scriptProps\.nonce,(?=\s+suppressHydrationWarning)/g, ""),
        map: null,
      }),
    },
  };
}
