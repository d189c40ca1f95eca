import type { ReactNode } from "react";
import { href, Link } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { buttonClasses, LinkButton } from "#app/ui/button.tsx";
import { classes } from "#app/ui/classes.ts";
import { Icon } from "#app/ui/icon.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { ImageFacts } from "./image-facts.tsx";
import type { ImageDetails } from "./images.server.ts";
import { downloadUrl, movingUrl, thumbnailUrl } from "./urls.ts";
import { useArrowKeys } from "./use-arrow-keys.ts";

type ImageViewProps = ImageDetails & { organization: string };

export function ImageView({ organization, image, newer, older }: ImageViewProps) {
  const place = { organization, image: image.id };
  const urlOf = (id: string) => href("/organizations/:organization/gallery/:image", { organization, image: id });
  useArrowKeys({ previous: newer && urlOf(newer), next: older && urlOf(older) });
  return (
    <>
      <Link
        to={href("/organizations/:organization/gallery", { organization })}
        className="mb-4 inline-flex min-h-6 items-center gap-1.5 rounded-sm text-muted text-sm hover:text-text"
      >
        <Icon name="arrow-left" className="rtl:-scale-x-100" />
        {m.gallery_title()}
      </Link>
      <PageHeader
        title={image.name}
        actions={
          <>
            <Neighbour to={newer && urlOf(newer)} rel="prev" label={m.gallery_newer()}>
              <Icon name="chevron-left" className="rtl:-scale-x-100" />
            </Neighbour>
            <Neighbour to={older && urlOf(older)} rel="next" label={m.gallery_older()}>
              <Icon name="chevron-right" className="rtl:-scale-x-100" />
            </Neighbour>
            <LinkButton to={downloadUrl(place)} reloadDocument variant="secondary">
              <Icon name="download" />
              {m.gallery_download()}
            </LinkButton>
          </>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <a
          href={href("/files/:organization/images/:image", place)}
          className="grid h-[min(70dvh,44rem)] place-items-center overflow-hidden rounded-lg border bg-sunken max-sm:h-[50dvh]"
        >
          <picture className="contents">
            <source
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
        <ImageFacts organization={organization} image={image} />
      </div>
    </>
  );
}

const SIZES = "(width < 64rem) 100vw, 50rem";

function sourcesOf(urlOf: (width: 960 | 1920) => string): string {
  return `${urlOf(960)} 960w, ${urlOf(1920)} 1920w`;
}

type NeighbourProps = { to: string | null; rel: "prev" | "next"; label: string; children: ReactNode };

function Neighbour({ to, rel, label, children }: NeighbourProps) {
  const look = buttonClasses({ variant: "secondary", isSquare: true });
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
