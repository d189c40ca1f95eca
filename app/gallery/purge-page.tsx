import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { QuestionPage } from "#app/ui/question-page.tsx";
import type { FormAnswer } from "#app/ui/use-form.ts";
import { trashPlace } from "./gallery-place.ts";

type PurgePageProps = {
  params: { organization: string };
  loaderData: { images: { id: string; name: string }[] };
  actionData?: FormAnswer | undefined;
};

export function PurgePage({ params, loaderData: { images }, actionData }: PurgePageProps) {
  const inTrash = usePlaceIn(trashPlace);
  return (
    <QuestionPage
      back={{ to: href("/organizations/:organization/gallery/trash", params) + inTrash, label: m.gallery_trash() }}
      title={m.gallery_purge()}
      question={m.gallery_purge_question()}
      confirm={m.gallery_purge()}
      result={actionData}
    >
      <ul className="list-inside list-disc text-sm">
        {images.map(({ id, name }) => (
          <li key={id}>
            <bdi>{name}</bdi>
            <input type="hidden" name="image" value={id} />
          </li>
        ))}
      </ul>
    </QuestionPage>
  );
}
