import { apiRows } from "#app/api.ts";
import { tools } from "#app/request/tool-door.server.ts";

export const loader = tools(apiRows);

export const action = loader;
