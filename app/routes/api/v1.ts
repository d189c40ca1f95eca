import { apiRows } from "#app/api.ts";
import { api } from "#app/request/api-door.server.ts";

export const loader = api(apiRows);

export const action = loader;
