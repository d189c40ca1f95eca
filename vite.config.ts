import { cloudflare } from "@cloudflare/vite-plugin";
import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type Plugin } from "vite";
import { commonPasswords } from "./app/auth/passwords/common-passwords-plugin.ts";
import { catalogs } from "./app/i18n/catalogs-plugin.ts";
import { localWorker } from "./scripts/local-worker.ts";

/** React Router exports its half for developers alone, with warnings that nobody reads in a browser; the other stands beside it. */
function routerWithoutWarnings(): Plugin {
  return {
    name: "router-without-warnings",
    enforce: "pre",
    apply: "build",
    applyToEnvironment: ({ name }) => name === "client",
    async resolveId(source, importer, options) {
      if (!/^react-router(\/|$)/.test(source)) return null;
      const found = await this.resolve(source, importer, { ...options, skipSelf: true });
      return found && { ...found, id: found.id.replace("/dist/development/", "/dist/production/") };
    },
  };
}

export default defineConfig({
  // Found while a page loads, each of these would make the first visit load twice.
  optimizeDeps: {
    include: [
      "@base-ui/react/alert-dialog",
      "@base-ui/react/autocomplete",
      "@base-ui/react/dialog",
      "@simplewebauthn/browser",
      "@tanstack/react-query",
      "sonner",
    ],
  },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            // Many small files compress worse than one and cost a request each.
            codeSplitting: {
              groups: [
                {
                  name: "react",
                  test: /node_modules\/(react|react-dom|react-router|scheduler)\/|app\/ui\/line\/[a-z-]+\.ts$/,
                },
                {
                  name: "shared",
                  test: /vite\/preload-helper|app\/ui\/|app\/i18n\/(?!messages-of)/,
                  minShareCount: 4,
                },
                // What stands around every signed-in page.
                {
                  name: "frame",
                  test: /node_modules\/@tanstack\/|app\/(query-|organizations\/(?!new-|problem-)[\w-]+\.tsx?|notifications\/)/,
                  minShareCount: 2,
                },
              ],
            },
          },
        },
      },
    },
  },
  plugins: [
    routerWithoutWarnings(),
    catalogs(),
    commonPasswords(),
    cloudflare({ viteEnvironment: { name: "ssr" }, ...localWorker() }),
    tailwindcss(),
    reactRouter(),
  ],
});
