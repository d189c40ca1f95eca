import type { ComponentProps } from "react";
import { useFormAction, useNavigation } from "react-router";
import { Button } from "./button.tsx";

export function SubmitButton(props: ComponentProps<typeof Button>) {
  const navigation = useNavigation();
  const ownAction = useFormAction();
  return <Button {...props} isPending={navigation.state !== "idle" && navigation.formAction === ownAction} />;
}
