import type { Config } from "@react-router/dev/config";
import product from "../../../react-router.config.ts";

// The product's own options, so that the two differ only in their pages.
export default { ...product, appDirectory: ".", buildDirectory: process.env.BARE_BUILD ?? "build" } satisfies Config;
