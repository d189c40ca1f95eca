import type { ReactNode } from "react";
import { href, Link } from "react-router";
import { formatDate } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { buttonClasses } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { classes } from "#app/ui/classes.ts";
import { useFetcher } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Menu, MenuButton, MenuLink, MenuSeparator } from "#app/ui/menu.tsx";
import { useIsHydrated } from "#app/ui/use-is-hydrated.ts";
import { removalKey } from "./image-forms.ts";
import type { Image } from "./images.server.ts";
import { downloadUrl, thumbnailUrl } from "./urls.ts";

type ImageCardProps = {
  organization: string;
  image: Image;
  isEager: boolean;
  onAsk: (about: "rename" | "remove") => void;
};

export function ImageCard({ organization, image, isEager, onAsk }: ImageCardProps) {
  const place = { organization, image: image.id };
  const page = href("/organizations/:organization/gallery/:image", place);
  const isHydrated = useIsHydrated();
  const isGoing = useFetcher({ key: removalKey(image.id) }).state !== "idle";
  return (
    <li>
      <Card
        aria-busy={isGoing}
        className={classes(
          "group/card overflow-hidden transition-opacity",
          isGoing && "pointer-events-none opacity-40",
        )}
      >
        <Link to={page} className="block overflow-hidden bg-sunken focus-visible:-outline-offset-2">
          <img
            src={thumbnailUrl(place, 480)}
            srcSet={`${thumbnailUrl(place, 480)} 480w, ${thumbnailUrl(place, 960)} 960w`}
            sizes="(width < 64rem) 50vw, 20vw"
            alt={image.name}
            width={480}
            height={360}
            loading={isEager ? "eager" : "lazy"}
            decoding="async"
            className="aspect-4/3 h-auto w-full object-cover transition-[scale] duration-300 group-hover/card:scale-[1.02]"
          />
        </Link>
        <div className="flex items-center gap-2 py-2.5 ps-3 pe-1.5">
          <div className="min-w-0 flex-1">
            <h2 className="truncate font-medium text-sm" dir="auto" title={image.name}>
              {image.name}
            </h2>
            <p className="truncate text-muted text-xs tabular-nums">{formatDate(new Date(image.createdAt))}</p>
          </div>
          {isHydrated ? (
            <CardMenu organization={organization} image={image} onAsk={onAsk} />
          ) : (
            <Link to={page} aria-label={m.gallery_actions({ name: image.name })} className={menuButton}>
              <Icon name="ellipsis" />
            </Link>
          )}
        </div>
      </Card>
    </li>
  );
}

const menuButton = buttonClasses({ variant: "ghost", size: "small", isSquare: true });

function CardMenu({ organization, image, onAsk }: Pick<ImageCardProps, "organization" | "image" | "onAsk">) {
  const place = { organization, image: image.id };
  return (
    <Menu
      trigger={<Icon name="ellipsis" />}
      label={m.gallery_actions({ name: image.name })}
      triggerClassName={menuButton}
      side="end"
      panelClassName="min-w-44"
    >
      <MenuLink to={href("/organizations/:organization/gallery/:image", place)}>
        <Icon name="expand" />
        {m.gallery_open()}
      </MenuLink>
      <MenuLink to={downloadUrl(place)} reloadDocument>
        <Icon name="download" />
        {m.gallery_download()}
      </MenuLink>
      {(image.canRename || image.canRemove) && <MenuSeparator />}
      {image.canRename && (
        <Asking onAsk={() => onAsk("rename")}>
          <Icon name="pencil-line" />
          {m.gallery_rename()}
        </Asking>
      )}
      {image.canRemove && (
        <Asking onAsk={() => onAsk("remove")}>
          <Icon name="trash-2" />
          {m.gallery_remove()}
        </Asking>
      )}
    </Menu>
  );
}

function Asking({ onAsk, children }: { onAsk: () => void; children: ReactNode }) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onAsk();
      }}
    >
      <MenuButton>{children}</MenuButton>
    </form>
  );
}
