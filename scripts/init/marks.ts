import type { LookName } from "./choices.ts";
import { looks } from "./choices.ts";

/** The icon of a browser's tab, light and dark. */
export function faviconOf(name: string, color: LookName): string {
  const { light, dark } = looks[color];
  const style = `rect{fill:${light}}text{fill:#fff}@media(prefers-color-scheme:dark){rect{fill:${dark}}text{fill:#111}}`;
  const text = `<text x="12" y="17.25" text-anchor="middle" font-family="system-ui,sans-serif" font-size="15" font-weight="700">${initialOf(name)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><style>${style}</style><rect width="24" height="24" rx="6.5"/>${text}</svg>\n`;
}

/** `app/ui/logo-mark.tsx`: the same mark in the page, in the colour that the person chose. */
export function logoMarkOf(name: string): string {
  return `import { classes } from "./classes.ts";

export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={classes("size-6 shrink-0", className)}>
      <rect width="24" height="24" rx="6.5" className="fill-accent" />
      <text x="12" y="17.25" textAnchor="middle" fontSize="15" fontWeight="700" className="fill-accent-contrast">
        ${initialOf(name)}
      </text>
    </svg>
  );
}
`;
}

const initialOf = (name: string) => [...name][0]?.toLocaleUpperCase("en") ?? "";
