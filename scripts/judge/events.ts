import { build } from "../build.ts";
import { runTool } from "../tools.ts";

/** Makes 1,000 changes by 20 callers while receivers fail and hang, the database is killed and two schedules run in parallel. */
export async function judgeEvents(): Promise<void> {
  await build();
  const run = ["vitest", "run", "--project", "e2e", "e2e/webhooks/no-event-lost.test.ts"];
  await runTool(run, { isShown: true, env: { JUDGE_CHANGES: "1000" } });
}
