import { cloudflare } from "@cloudflare/vite-plugin";
import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type Plugin } from "vite";
import { commonPasswords } from "./app/auth/passwords/common-passwords-plugin.ts";
import { catalogs } from "./app/i18n/catalogs-plugin.ts";
import { localWorker } from "./scripts/local-worker.ts";
import { leftOut } from "./workers/left-out-plugin.ts";
import { routesWhenNeeded } from "./workers/route-areas-plugin.ts";

/** React Router exports only its development build, whose warnings nobody reads; this takes the production build beside it. */
function routerWithoutWarnings(): Plugin {
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
function unusedRouterParts(): Plugin {
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

/**
 * React encodes each piece of a document separately (thousands of a few letters each) and counts its bytes, which takes a tenth
 * of a page's processor time. Here a document is one string that is encoded once, when it is sent.
 */
function oneEncodePerDocument(): Plugin {
  const changes = [
    ["return textEncoder.encode(content);", "return content;"],
    [
      /return "string" === typeof chunk\s*\? Buffer\.byteLength\(chunk, "utf8"\)/,
      'return "string" === typeof chunk ? chunk.length',
    ],
    [
      "function writeChunk(destination, chunk) {",
      `var unsent = "";
      function writeText(destination) {
        if (unsent === "") return;
        var text = unsent;
        unsent = "";
        writeToDestination(destination, text);
      }
      function writeChunk(destination, chunk) {
        if ("string" === typeof chunk) unsent += chunk;
        else writeText(destination), writeBytes(destination, chunk);
      }
      function writeBytes(destination, chunk) {`,
    ],
    ["function completeWriting(destination) {", "$&writeText(destination);"],
    // Text left over from a request that broke off is never sent to another request.
    ["function flushCompletedQueues(request, destination) {", '$&unsent = "";'],
  ] as const;
  return {
    name: "one-encode-per-document",
    apply: "build",
    applyToEnvironment: ({ name }) => name === "ssr",
    transform: {
      filter: { id: /react-dom-server\.node\.production\.js$/ },
      handler(code) {
        const missing = changes.filter(([from]) => code.split(from).length !== 2);
        if (missing.length > 0)
          this.error(`React writes in another way now: ${missing.map(([from]) => from).join(", ")}`);
        return { code: changes.reduce((text, [from, to]) => text.replace(from, to), code), map: null };
      },
    },
  };
}

/** Leaves out of the Worker what opens only after a click: the Worker never renders it, and its packages need a browser. */
function lateInBrowserOnly(): Plugin {
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

/** Tailwind's values for browsers without `@property`, which are all older than `cssTarget`. */
function withoutOldBrowsers(): Plugin {
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
            // Many small files compress worse than one and cost a request each.
            codeSplitting: {
              groups: [
                {
                  name: "react",
                  test: /rolldown\/runtime|node_modules\/(react|react-dom|react-router|scheduler)\/|app\/ui\/line\/[a-z-]+\.ts$/,
                },
                {
                  name: "shared",
                  test: /vite\/preload-helper|app\/ui\/(?!dialog|confirm-dialog|toaster-view|avatar|card|empty-state|page-header|pagination|list-place|question-page|narrow-page|back-link|selection|shown-once|as-shown|shown-fields|filter-form|form-buttons|return-focus|boxes-field|inline-form|column|tabs|paged-words|offline-links|heard)|app\/i18n\/(?!messages-of|day-heading)/,
                  minShareCount: 2,
                },
                // Parts that several of the forms before sign-in share.
                { name: "account", test: /app\/auth\/[\w/-]+\.tsx$/, minShareCount: 3 },
                // The frame around every signed-in page.
                {
                  name: "frame",
                  test: /node_modules\/@tanstack\/|app\/(ui\/(avatar|card|empty-state|page-header)|query-|features(?!\.news)|frame\/(?!bell-panel|announce-several|list-title)|tenancy\/|account\/avatar-url|pictures\/picture-urls|audit\/act|[\w/]+\/(feature\.view|limits)\.ts|organizations\/(?!new-)[\w-]+\.tsx?|organizations\/invitations\/invitation-link|notifications\/limits|i18n\/messages-of\/signed-in)/,
                  minShareCount: 2,
                },
                // Filters, pagination and selection of lists, and the place in a list to return to.
                {
                  name: "lists",
                  test: /app\/(ui\/(filter-form|pagination|selection|list-place|paged-words|offline-links|heard)|frame\/list-title|i18n\/messages-of\/browsing|[\w/]+(-(place|sorts|link|forms)|\/(urls|type-names))\.ts)/,
                  minShareCount: 2,
                },
                // Parts of questions and forms that have a page of their own.
                {
                  name: "pages",
                  test: /app\/ui\/(question-page|narrow-page|back-link|shown-once|as-shown|shown-fields|form-buttons|boxes-field|inline-form|column)/,
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
