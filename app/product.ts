/** The product's name: said once here, and as `{product}` in the messages. */
export const PRODUCT_NAME = "Tenantry";
