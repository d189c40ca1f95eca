import atkinson from "@fontsource-variable/atkinson-hyperlegible-next/wght.css?url";
import inter from "@fontsource-variable/inter/wght.css?url";
import sourceSerif from "@fontsource-variable/source-serif-4/wght.css?url";

/** Sheets of the typefaces that a person may choose. The product's own stands in app.css. */
export const fontSheets: Partial<Record<string, string>> = { inter, atkinson, "source-serif": sourceSerif };
