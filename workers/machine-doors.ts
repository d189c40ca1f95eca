import { type LoaderFunctionArgs, RouterContextProvider, type ServerBuild } from "react-router";
import { doorOfMachines } from "#app/request/answers.server.ts";
import { type Services, servicesContext } from "#app/request/services.server.ts";

type Door = (asked: Pick<LoaderFunctionArgs, "request" | "context">) => Promise<Response>;

/**
 * Calls the doors of programs without the router, which responds with a page to an unknown method or an undecodable address
 * before any door is called. The returned function returns null if the address belongs to no such door.
 */
export function createMachineDoors({ routes }: Pick<ServerBuild, "routes">) {
  const doorOf = (id: string) => routes[id]?.module.loader as Door;
  return (request: Request, services: Services): Promise<Response> | null => {
    const door = doorOfMachines(request);
    if (door === null) return null;
    const context = new RouterContextProvider();
    context.set(servicesContext, services);
    return doorOf(door === "mcp" ? "routes/mcp" : "routes/api/v1")({ request, context });
  };
}
