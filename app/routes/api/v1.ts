import { apiRows, pageRows } from "#app/api.ts";
import { documentRow } from "#app/developers/operations.server.ts";
import { api } from "#app/request/api-door.server.ts";

export const loader = api([...apiRows, ...pageRows, documentRow(apiRows)]);

export const action = loader;
