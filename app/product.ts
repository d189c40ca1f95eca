export const PRODUCT_NAME = "Tenantry";
