import { cloudflare } from "@cloudflare/vite-plugin";
import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import { commonPasswords } from "./app/auth/passwords/common-passwords-plugin.ts";
import { catalogs } from "./app/i18n/catalogs-plugin.ts";
import { localWorker } from "./scripts/local-worker.ts";
import { chunkGroups } from "./scripts/vite/chunks.ts";
import { lateInBrowserOnly } from "./scripts/vite/late-in-browser-only-plugin.ts";
import { oneEncodePerDocument } from "./scripts/vite/one-encode-per-document-plugin.ts";
import { routerWithoutWarnings, unusedRouterParts } from "./scripts/vite/router-plugins.ts";
import { withoutOldBrowsers } from "./scripts/vite/without-old-browsers-plugin.ts";
import { leftOut } from "./workers/left-out-plugin.ts";
import { routesWhenNeeded } from "./workers/route-areas-plugin.ts";

export default defineConfig({
  // The first browsers with `light-dark()` and `@property`. For older ones, the CSS would contain each colour three times.
  build: { cssTarget: ["chrome123", "edge123", "firefox128", "safari17.5"] },
  // If Vite discovered one of these while a page loads, the first visit would load twice.
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
    ssr: {
      // Minifying halves the upload; the names are kept for stack traces.
      build: {
        rolldownOptions: {
          output: {
            comments: false,
            minify: {
              compress: { keepNames: { function: true, class: true } },
              mangle: { keepNames: { function: true, class: true } },
              codegen: true,
            },
          },
        },
      },
    },
    client: {
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: { groups: chunkGroups },
          },
        },
      },
    },
  },
  plugins: [
    routerWithoutWarnings(),
    unusedRouterParts(),
    routesWhenNeeded(),
    oneEncodePerDocument(),
    lateInBrowserOnly(),
    leftOut(),
    catalogs(),
    commonPasswords(),
    cloudflare({ viteEnvironment: { name: "ssr" }, ...localWorker() }),
    tailwindcss({ optimize: false }),
    withoutOldBrowsers(),
    reactRouter(),
  ],
});
