import type { Plugin } from "vite";

/** Leaves out of the Worker what opens only after a click: the Worker never renders it, and its packages need a browser. */
export function lateInBrowserOnly(): Plugin {
  return {
    name: "late-in-browser-only",
    enforce: "pre",
    apply: "build",
    applyToEnvironment: ({ name }) => name === "ssr",
    transform: {
      filter: { code: /late\(\(\) => import\(|import\("\.\/passkey-browser\.ts"\)/ },
      handler: (code) => ({
        code: code
          .replaceAll(/(?<=late\(\(\) => )import\([^)]+\)/g, "new Promise(() => {})")
          .replaceAll('import("./passkey-browser.ts")', "{}"),
        map: null,
      }),
    },
  };
}
