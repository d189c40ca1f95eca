import type { Config } from "@react-router/dev/config";
import product from "../../../react-router.config.ts";

// The switches of the product, so that the two differ in their pages alone.
export default { ...product, appDirectory: ".", buildDirectory: process.env.BARE_BUILD ?? "build" } satisfies Config;
