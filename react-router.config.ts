import type { Config } from "@react-router/dev/config";

export default {
  ssr: true,
  // The table of routes is a small script that stays cached; asked for link by link it would be a request on every page.
  routeDiscovery: { mode: "initial" },
  future: {
    v8_middleware: true,
    v8_passThroughRequests: true,
    v8_splitRouteModules: true,
    v8_trailingSlashAwareDataRequests: true,
    v8_viteEnvironmentApi: true,
  },
} satisfies Config;
