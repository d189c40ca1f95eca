import atkinson from "@fontsource-variable/atkinson-hyperlegible-next/wght.css?url";
import figtree from "@fontsource-variable/figtree/wght.css?url";
import inter from "@fontsource-variable/inter/wght.css?url";
import sourceSerif from "@fontsource-variable/source-serif-4/wght.css?url";

export const fontSheets: Partial<Record<string, string>> = { inter, figtree, atkinson, "source-serif": sourceSerif };
