import type { Config } from "@react-router/dev/config";

export default {
  ssr: true,
  // The table of routes is a small script that stays cached; asked for link by link it would be a request on every page.
  routeDiscovery: { mode: "initial" },
  // Every change has passed `isFromOwnPages` by then (workers/security-headers.ts), which knows APP_URL; the router's own check
  // knows the address of the request alone, and would refuse whoever comes through a proxy.
  allowedActionOrigins: ["**"],
  future: {
    v8_middleware: true,
    v8_passThroughRequests: true,
    v8_trailingSlashAwareDataRequests: true,
    v8_viteEnvironmentApi: true,
  },
} satisfies Config;
