import atkinson from "@fontsource-variable/atkinson-hyperlegible-next/wght.css?url";
import inter from "@fontsource-variable/inter/wght.css?url";
import sourceSerif from "@fontsource-variable/source-serif-4/wght.css?url";

/** The style sheets of the typefaces that a person can choose. The product's own typeface is in app.css. */
export const fontSheets: Partial<Record<string, string>> = { inter, atkinson, "source-serif": sourceSerif };
