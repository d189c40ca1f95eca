import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { QuestionPage } from "#app/ui/question-page.tsx";
import type { FormAnswer } from "#app/ui/use-form.ts";
import { trashPlace } from "./gallery-place.ts";

type EmptyPageProps = {
  params: { organization: string };
  loaderData: { total: number };
  actionData?: FormAnswer | undefined;
};

export function EmptyPage({ params, loaderData: { total }, actionData }: EmptyPageProps) {
  const inTrash = usePlaceIn(trashPlace);
  return (
    <QuestionPage
      back={{ to: href("/organizations/:organization/gallery/trash", params) + inTrash, label: m.gallery_trash() }}
      title={m.gallery_trash_empty()}
      question={m.gallery_purge_question()}
      confirm={m.gallery_purge()}
      result={actionData}
    >
      <p className="text-sm">{m.gallery_count({ count: total })}</p>
    </QuestionPage>
  );
}
