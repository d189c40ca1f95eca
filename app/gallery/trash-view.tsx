import "./gallery.css";
import { href } from "react-router";
import { formatBytes, formatRelativeDays } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { asksFirst } from "#app/ui/asks-first.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { onPage, usePlaceIn } from "#app/ui/list-place.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { SelectBox, Selection } from "#app/ui/selection.tsx";
import { trashPlace } from "./gallery-place.ts";
import { TRASH_DAYS } from "./limits.ts";
import type { TrashedImage, TrashPage } from "./trash.server.ts";
import { trashedUrl } from "./urls.ts";

type TrashViewProps = { organization: string; found: TrashPage };

export function TrashView({ organization, found }: TrashViewProps) {
  const { images, page, pages, now } = found;
  const here = href("/organizations/:organization/gallery/trash", { organization });
  const inTrash = usePlaceIn(trashPlace);
  return (
    <>
      <BackLink to={href("/organizations/:organization/gallery", { organization })} label={m.gallery_title()} />
      <PageHeader
        title={m.gallery_trash()}
        description={m.gallery_trash_description({ days: TRASH_DAYS })}
        actions={
          images.length > 0 && (
            <LinkButton
              to={href("/organizations/:organization/gallery/trash/empty", { organization }) + inTrash}
              variant="secondary"
            >
              {asksFirst(m.gallery_trash_empty())}
            </LinkButton>
          )
        }
      />
      {images.length === 0 ? (
        <EmptyState
          icon="trash-2"
          title={m.gallery_trash_empty_title()}
          description={m.gallery_trash_empty_description()}
        />
      ) : (
        <Selection
          action={href("/organizations/:organization/gallery/trash/restore", { organization }) + inTrash}
          words={{
            selected: (count) => m.gallery_selected({ count }),
            all: m.gallery_select_all(),
            none: m.gallery_select_none(),
          }}
          list={images}
          look="selection-bar"
          fields={Object.fromEntries(new URLSearchParams(inTrash))}
          preventScrollReset
          buttons={
            <>
              <Button
                variant="secondary"
                size="small"
                formMethod="get"
                formAction={href("/organizations/:organization/gallery/trash/delete", { organization })}
              >
                {asksFirst(m.gallery_purge())}
              </Button>
              <Button variant="secondary" size="small">
                {m.gallery_restore()}
              </Button>
            </>
          }
        >
          <ul className="card divide-y overflow-hidden">
            {images.map((image) => (
              <TrashRow key={image.id} organization={organization} image={image} now={now} />
            ))}
          </ul>
        </Selection>
      )}
      <Pagination page={page} pages={pages} hrefFor={(to) => here + onPage(inTrash, to)} />
    </>
  );
}

function TrashRow({ organization, image, now }: { organization: string; image: TrashedImage; now: number }) {
  const { id, name, size, endsAt } = image;
  return (
    <li className="relative flex items-center gap-3 px-4 py-3 sm:px-5">
      <SelectBox id={id} field="image" label={m.gallery_select({ name })} />
      <img
        src={trashedUrl({ organization, image: id })}
        alt=""
        width={64}
        height={48}
        loading="lazy"
        decoding="async"
        className="h-12 w-16 shrink-0 rounded-sm bg-sunken object-cover"
      />
      <div className="min-w-0 flex-1">
        <p dir="auto" className="line-clamp-2 font-medium text-sm">
          {name}
        </p>
        <p className="text-muted text-xs tabular-nums">
          {m.gallery_ends({ when: formatRelativeDays(endsAt, now) })} · {formatBytes(size)}
        </p>
      </div>
    </li>
  );
}
