import { m } from "#app/i18n/messages.ts";

const Picture = import.meta.env.SSR ? (await import("./product-picture.tsx")).ProductPicture : null;

const frame = {
  inert: true,
  "aria-hidden": true,
  className: "flex overflow-hidden rounded-xl border bg-background shadow-pop",
} as const;

/** The picture is part of the document, and the browser leaves it as it is, so it needs no script. */
export function ProductView() {
  return (
    <figure>
      {Picture === null ? (
        // biome-ignore lint/security/noDangerouslySetInnerHtml: tells React to leave the server's markup alone
        <div {...frame} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: "" }} />
      ) : (
        <div {...frame}>
          <Picture />
        </div>
      )}
      <figcaption className="mt-3 text-center text-muted text-sm">{m.landing_view_caption()}</figcaption>
    </figure>
  );
}
