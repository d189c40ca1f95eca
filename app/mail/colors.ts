import { PRODUCT_COLOR, PRODUCT_COLOR_DARK } from "#app/product.ts";

/** The colors of the pages in app.css, in a notation that every mail program knows. */
export const mailColors = {
  light: {
    page: "#fafaf8",
    card: "#ffffff",
    border: "#e1e1dd",
    ink: "#182021",
    muted: "#596264",
    accent: PRODUCT_COLOR,
    onAccent: "#ffffff",
  },
  dark: {
    page: "#0e1212",
    card: "#151a1a",
    border: "#292f30",
    ink: "#f1f0ed",
    muted: "#a2abac",
    accent: PRODUCT_COLOR_DARK,
    onAccent: "#0e1212",
  },
};
