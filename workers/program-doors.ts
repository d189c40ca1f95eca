import { type LoaderFunctionArgs, RouterContextProvider } from "react-router";
import { programDoorOf } from "#app/request/answers.server.ts";
import { type Services, servicesContext } from "#app/request/services.server.ts";
import type { LateBuild } from "./route-areas.ts";

type Door = (asked: Pick<LoaderFunctionArgs, "request" | "context">) => Promise<Response>;

/**
 * Calls the doors of programs without the router, which responds with a page to an unknown method or an undecodable address
 * before any door is called. The returned function returns null if the address belongs to no such door.
 */
export function createProgramDoors({ routes }: Pick<LateBuild, "routes">) {
  const doorOf = async (id: string) => (await routes[id]?.module())?.loader as Door;
  return async (request: Request, services: Services): Promise<Response | null> => {
    const door = programDoorOf(request);
    if (door === null) return null;
    const context = new RouterContextProvider();
    context.set(servicesContext, services);
    const answer = await doorOf(door === "mcp" ? "routes/mcp" : "routes/api/v1");
    return answer({ request, context });
  };
}
