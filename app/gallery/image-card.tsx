import "#app/ui/offline-links.ts";
import type { PointerEvent, ReactNode } from "react";
import { href } from "react-router";
import { formatDate } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { asksFirst } from "#app/ui/asks-first.ts";
import { buttonClasses } from "#app/ui/button.tsx";
import { useFetcher } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";
import { Menu, MenuButton, MenuLink, MenuSeparator } from "#app/ui/menu.tsx";
import { SelectBox } from "#app/ui/selection.tsx";
import { useIsHydrated } from "#app/ui/use-is-hydrated.ts";
import type { Image } from "./images.server.ts";
import { removalKey } from "./removal-key.ts";
import { downloadUrl, thumbnailUrl } from "./urls.ts";

type ImageCardProps = {
  organization: string;
  image: Image;
  /** The query string that says where in the list of images this one is shown. */
  inList: string;
  isEager: boolean;
  /** Pressing the picture selects it. */
  isSelecting: boolean;
  onAsk: (about: "rename" | "remove") => void;
};

export function ImageCard({ organization, image, inList, isEager, isSelecting, onAsk }: ImageCardProps) {
  const page = href("/organizations/:organization/gallery/:image", { organization, image: image.id }) + inList;
  const isHydrated = useIsHydrated();
  const isGoing = useFetcher({ key: removalKey(image.id) }).state !== "idle";
  const picture = (
    <img
      src={thumbnailUrl({ organization, image: image.id }, 480)}
      alt={isSelecting ? "" : image.name}
      loading={isEager ? undefined : "lazy"}
    />
  );
  return (
    <li aria-busy={isGoing || undefined} className="card">
      {isSelecting ? (
        <label htmlFor={image.id}>
          {picture}
          <SelectBox id={image.id} field="image" label={m.gallery_select({ name: image.name })} />
        </label>
      ) : (
        <Link to={page}>{picture}</Link>
      )}
      {isHydrated && !isSelecting && <CardMenu {...{ organization, image, page, onAsk }} />}
      <h2 dir="auto" onPointerEnter={nameInFull}>
        {image.name}
      </h2>
      {formatDate(new Date(image.createdAt))}
    </li>
  );
}

/** Shows a name that is cut off. As an attribute in the document, it would repeat every name. */
function nameInFull({ currentTarget }: PointerEvent<HTMLElement>) {
  currentTarget.title = currentTarget.textContent;
}

const menuButton = `dots ${buttonClasses({ variant: "ghost", size: "small", isSquare: true })}`;

type CardMenuProps = Pick<ImageCardProps, "organization" | "image" | "onAsk"> & { page: string };

function CardMenu({ organization, image, page, onAsk }: CardMenuProps) {
  return (
    <Menu
      label={m.gallery_actions({ name: image.name })}
      triggerClassName={menuButton}
      side="end"
      panelClassName="min-w-44"
    >
      <MenuLink to={page}>
        <Icon name="expand" />
        {m.gallery_open()}
      </MenuLink>
      <MenuLink to={downloadUrl({ organization, image: image.id })} reloadDocument>
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
        <Asking onAsk={() => onAsk("remove")} className="menu-danger">
          <Icon name="trash-2" />
          {asksFirst(m.gallery_remove())}
        </Asking>
      )}
    </Menu>
  );
}

function Asking({ onAsk, ...rest }: { onAsk: () => void; className?: string; children: ReactNode }) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onAsk();
      }}
    >
      <MenuButton {...rest} />
    </form>
  );
}
