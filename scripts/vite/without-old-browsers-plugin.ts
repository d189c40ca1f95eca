import type { Plugin } from "vite";

/** Tailwind's values for browsers without `@property`, which are all older than `cssTarget`. */
export function withoutOldBrowsers(): Plugin {
  return {
    name: "without-old-browsers",
    enforce: "pre",
    apply: "build",
    transform: {
      filter: { id: /app\/app\.css/ },
      handler: (code) => ({
        code: code.replace(/@layer properties\s*\{[^{}]*\{[^{}]*\{[^{}]*\}\s*\}\s*\}/, ""),
        map: null,
      }),
    },
  };
}
