import { href, useNavigation } from "react-router";
import { formatBytes, formatDateTime } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { asksFirst } from "#app/ui/asks-first.ts";
import { Button } from "#app/ui/button.tsx";
import { Card, CardBody } from "#app/ui/card.tsx";
import { Form } from "#app/ui/form.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { galleryPlace } from "./gallery-place.ts";
import type { Image } from "./images.server.ts";
import { TRASH_DAYS } from "./limits.ts";
import { RenameForm } from "./rename-form.tsx";
import { nameOfType } from "./type-names.ts";

type ImageFactsProps = { organization: string; image: Image };

export function ImageFacts({ organization, image }: ImageFactsProps) {
  const place = { organization, image: image.id };
  const pending = useNavigation().formAction;
  const inList = usePlaceIn(galleryPlace);
  const rename = href("/organizations/:organization/gallery/:image/rename", place) + inList;
  const remove = href("/organizations/:organization/gallery/:image/remove", place) + inList;
  return (
    <Card>
      <CardBody className="grid gap-5">
        <FactList image={image} />
        {image.canRename && (
          <div className="print:hidden">
            <RenameForm organization={organization} image={image} lastResult={null} as={Form}>
              <Button variant="secondary" isPending={pending === rename}>
                {m.gallery_rename_save()}
              </Button>
            </RenameForm>
          </div>
        )}
        {image.canRemove && (
          <details className="print:hidden border-t pt-4 text-sm">
            <summary className="w-fit rounded-sm py-1 font-medium text-danger">{asksFirst(m.gallery_remove())}</summary>
            <Form method="post" action={remove} className="mt-3 grid gap-3">
              <p className="text-muted">{m.gallery_remove_question({ name: image.name, days: TRASH_DAYS })}</p>
              <Button variant="danger" isPending={pending === remove}>
                {m.gallery_remove_confirm()}
              </Button>
            </Form>
          </details>
        )}
      </CardBody>
    </Card>
  );
}

function FactList({ image }: { image: Image }) {
  const facts = [
    { term: m.gallery_uploaded_by(), fact: image.createdBy?.name ?? m.gallery_uploader_gone() },
    { term: m.gallery_uploaded_at(), fact: formatDateTime(new Date(image.createdAt)) },
    { term: m.gallery_size(), fact: formatBytes(image.size) },
    { term: m.gallery_type(), fact: nameOfType(image.type) },
  ];
  return (
    <dl className="grid gap-3 text-sm">
      {facts.map(({ term, fact }) => (
        <div key={term} className="flex flex-wrap justify-between gap-x-4">
          <dt className="text-muted">{term}</dt>
          <dd className="min-w-0 font-medium tabular-nums" dir="auto">
            {fact}
          </dd>
        </div>
      ))}
    </dl>
  );
}
