import { cloudflare } from "@cloudflare/vite-plugin";
import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import { catalogs } from "./app/i18n/catalogs-plugin.ts";
import { localWorker } from "./scripts/local-worker.ts";

export default defineConfig({
  plugins: [
    catalogs(),
    cloudflare({ viteEnvironment: { name: "ssr" }, ...localWorker() }),
    tailwindcss(),
    reactRouter(),
  ],
});
