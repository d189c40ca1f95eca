import "#app/ui/offline-links.ts";
import { type ReactNode, useRef } from "react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { buttonClasses, LinkButton } from "#app/ui/button.tsx";
import { classes } from "#app/ui/classes.ts";
import { CopyButton } from "#app/ui/copy-button.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { useIsHydrated } from "#app/ui/use-is-hydrated.ts";
import { galleryPlace } from "./gallery-place.ts";
import { ImageFacts } from "./image-facts.tsx";
import type { ImageVisit } from "./images.server.ts";
import { downloadUrl, movingUrl, thumbnailUrl } from "./urls.ts";
import { useArrowKeys } from "./use-arrow-keys.ts";
import { useSwipe } from "./use-swipe.ts";

type ImageViewProps = ImageVisit & { organization: string };

export function ImageView({ organization, image, previous, next }: ImageViewProps) {
  const place = { organization, image: image.id };
  const urlOf = (id: string) => href("/organizations/:organization/gallery/:image", { organization, image: id });
  const frame = useRef<HTMLDivElement>(null);
  const isHydrated = useIsHydrated();
  const inList = usePlaceIn(galleryPlace);
  const neighbours = { previous: previous && urlOf(previous) + inList, next: next && urlOf(next) + inList };
  useArrowKeys(neighbours);
  const swipe = useSwipe(neighbours);
  return (
    <>
      <BackLink
        to={href("/organizations/:organization/gallery", { organization }) + inList}
        label={m.gallery_title()}
      />
      <PageHeader
        title={image.name}
        actions={
          <>
            <CopyButton size="medium" text={import.meta.env.SSR ? "" : location.origin + urlOf(image.id)}>
              {m.gallery_copy_link()}
            </CopyButton>
            <LinkButton to={downloadUrl(place)} reloadDocument variant="secondary">
              <Icon name="download" />
              {m.gallery_download()}
            </LinkButton>
          </>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <div ref={frame} {...swipe} className="relative touch-[pan-y_pinch-zoom] rounded-lg bg-sunken">
          <a
            href={href("/files/:organization/images/:image", place)}
            className="grid h-[min(70dvh,44rem)] place-items-center overflow-hidden rounded-lg border in-[:fullscreen]:h-dvh max-sm:h-[50dvh]"
          >
            <picture className="contents">
              {/* Without `hidden` it would be a row of its own above the picture. */}
              <source
                className="hidden"
                media="(prefers-reduced-motion: reduce)"
                srcSet={sourcesOf((width) => thumbnailUrl(place, width))}
                sizes={SIZES}
              />
              <img
                src={movingUrl(place, 1920)}
                srcSet={sourcesOf((width) => movingUrl(place, width))}
                sizes={SIZES}
                alt={image.name}
                fetchPriority="high"
                className="size-full object-contain"
              />
            </picture>
          </a>
          {/* The buttons are over the picture's edges, so they stay under the pointer however long a name is. */}
          <Neighbour to={neighbours.previous} rel="prev" label={m.gallery_previous()} className="start-3">
            <Icon name="chevron-left" className="rtl:-scale-x-100" />
          </Neighbour>
          <Neighbour to={neighbours.next} rel="next" label={m.gallery_next()} className="end-3">
            <Icon name="chevron-right" className="rtl:-scale-x-100" />
          </Neighbour>
          {isHydrated && document.fullscreenEnabled && (
            <button
              type="button"
              onClick={() => toggleFullScreen(frame.current)}
              aria-label={m.gallery_full_screen()}
              title={m.gallery_full_screen()}
              className={classes(buttonClasses({ variant: "secondary", isSquare: true }), "absolute end-3 bottom-3")}
            >
              <Icon name="expand" />
            </button>
          )}
        </div>
        <ImageFacts organization={organization} image={image} />
      </div>
    </>
  );
}

const SIZES = "(width < 64rem) 100vw, 50rem";

function sourcesOf(urlOf: (width: 960 | 1920) => string): string {
  return `${urlOf(960)} 960w, ${urlOf(1920)} 1920w`;
}

function toggleFullScreen(frame: HTMLElement | null) {
  void (document.fullscreenElement === null ? frame?.requestFullscreen() : document.exitFullscreen());
}

type NeighbourProps = {
  to: string | null;
  rel: "prev" | "next";
  label: string;
  className: string;
  children: ReactNode;
};

function Neighbour({ to, rel, label, className, children }: NeighbourProps) {
  const look = classes(
    buttonClasses({ variant: "secondary", isSquare: true }),
    "absolute inset-y-0 my-auto",
    className,
  );
  if (to === null) {
    return (
      <span aria-hidden="true" className={classes(look, "pointer-events-none opacity-40")}>
        {children}
      </span>
    );
  }
  return (
    <Link to={to} rel={rel} aria-label={label} title={label} className={look}>
      {children}
    </Link>
  );
}
