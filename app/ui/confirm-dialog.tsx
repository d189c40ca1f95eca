import { useEffect, useState } from "react";
import { Button } from "./button.tsx";
import { Confirmed } from "./confirmed.tsx";
import { AlertDialog } from "./dialog.tsx";
import { useFetcher } from "./form.tsx";

type ConfirmDialogProps = {
  title: string;
  question: string;
  action: string;
  confirm: string;
  fetcherKey?: string;
  onClose: () => void;
};

type Answer = { status?: string; error?: Record<string, string[] | null> | null };

export default function ConfirmDialog({ title, question, action, confirm, fetcherKey, onClose }: ConfirmDialogProps) {
  const fetcher = useFetcher<Answer>(fetcherKey === undefined ? {} : { key: fetcherKey });
  // The fetcher of a row keeps its answer, which may be about an earlier press.
  const [earlier] = useState(fetcher.data);
  const answer = fetcher.data === earlier ? undefined : fetcher.data;
  const isDone = answer?.status === "success";
  useEffect(() => {
    if (isDone) onClose();
  }, [isDone, onClose]);
  return (
    <AlertDialog
      isOpen
      isDone={isDone}
      onOpenChange={onClose}
      title={title}
      description={answer?.error?.[""]?.[0] ?? question}
      confirm={
        <fetcher.Form method="post" action={action}>
          <Confirmed />
          <input type="hidden" name="stay" value="yes" />
          <Button variant="danger" isPending={fetcher.state !== "idle"}>
            {confirm}
          </Button>
        </fetcher.Form>
      }
    />
  );
}
