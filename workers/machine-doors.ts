import { type LoaderFunctionArgs, RouterContextProvider, type ServerBuild } from "react-router";
import { doorOfMachines } from "#app/request/answers.server.ts";
import { type Services, servicesContext } from "#app/request/services.server.ts";

type Door = (asked: Pick<LoaderFunctionArgs, "request" | "context">) => Promise<Response>;

/**
 * The doors of programs, past the router: it answers methods that it does not know, and addresses that it cannot decode, before
 * any door is asked, and with a page. Null: the address is none of theirs.
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
