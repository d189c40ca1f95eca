import { useEffect } from "react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Button } from "#app/ui/button.tsx";
import ConfirmDialog from "#app/ui/confirm-dialog.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { useFetcher } from "#app/ui/form.tsx";
import type { FormAnswer } from "#app/ui/use-form.ts";
import type { Image } from "./images.server.ts";
import { TRASH_DAYS } from "./limits.ts";
import { removalKey } from "./removal-key.ts";
import { RenameForm } from "./rename-form.tsx";

type AskingProps = { organization: string; image: Image; onClose: () => void };

export default function ImageDialog({ about, ...rest }: AskingProps & { about: "rename" | "remove" }) {
  return about === "rename" ? <RenameDialog {...rest} /> : <RemoveDialog {...rest} />;
}

function RenameDialog({ organization, image, onClose }: AskingProps) {
  const fetcher = useFetcher<FormAnswer>();
  const isDone = fetcher.data?.status === "success";
  useEffect(() => {
    if (isDone) onClose();
  }, [isDone, onClose]);
  return (
    <Dialog isOpen onOpenChange={onClose} title={m.gallery_rename_title()}>
      <RenameForm organization={organization} image={image} lastResult={fetcher.data ?? null} as={fetcher.Form}>
        <input type="hidden" name="stay" value="yes" />
        <div className="flex justify-end">
          <Button isPending={fetcher.state !== "idle"}>{m.gallery_rename_save()}</Button>
        </div>
      </RenameForm>
    </Dialog>
  );
}

function RemoveDialog({ organization, image, onClose }: AskingProps) {
  return (
    <ConfirmDialog
      title={m.gallery_remove_title()}
      question={m.gallery_remove_question({ name: image.name, days: TRASH_DAYS })}
      action={href("/organizations/:organization/gallery/:image/remove", { organization, image: image.id })}
      confirm={m.gallery_remove()}
      fetcherKey={removalKey(image.id)}
      onClose={onClose}
    />
  );
}
