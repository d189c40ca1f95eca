import { build } from "../build.ts";
import { runTool } from "../tools.ts";

/** A thousand changes by twenty callers while receivers fail and hang, the database is killed and the schedule runs twice at once. */
export async function judgeEvents(): Promise<void> {
  await build();
  const run = ["vitest", "run", "--project", "e2e", "e2e/webhooks/no-event-lost.test.ts"];
  await runTool(run, { isShown: true, env: { JUDGE_CHANGES: "1000" } });
}
