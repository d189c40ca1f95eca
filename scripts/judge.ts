import "./offline.ts";
import { takesNothing } from "./flags.ts";
import { judgeAgents } from "./judge/agents.ts";
import { judgeEvents } from "./judge/events.ts";
import { runTool } from "./tools.ts";

takesNothing("npm run judge   runs the long tests, with other inputs each time: API requests, agents, events");

/** 10,000 requests made from the OpenAPI document. They take minutes and differ each time, so they are not part of `npm test`. */
const requests = ["vitest", "run", "--project", "worker", "app/developers/any-request.test.ts"];
await runTool(requests, { isShown: true, env: { JUDGE_REQUESTS: "10000" } });
await judgeAgents();
await judgeEvents();
