export * from "#app/tenancy/permissions.ts";
export * from "#app/tenancy/roles.ts";
