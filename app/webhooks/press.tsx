import { useNavigation } from "react-router";
import { Button } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { Once } from "#app/ui/once.tsx";

type PressProps = {
  action: string;
  label: string;
  /** The id of what says which thing of a list is meant. */
  of?: string;
  isOnce?: boolean;
  sends?: Record<string, string>;
};

export function Press({ action, label, of, isOnce = false, sends = {} }: PressProps) {
  const isPending = useNavigation().formAction === action;
  return (
    <Form method="post" action={action}>
      {isOnce && <Once />}
      {Object.entries(sends).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button variant="secondary" size="small" aria-describedby={of} isPending={isPending}>
        {label}
      </Button>
    </Form>
  );
}
