import type { ComponentProps } from "react";
import { classes } from "./classes.ts";
import { Link, type LinkProps } from "./link.tsx";
import { Spinner } from "./spinner.tsx";

type Variant = "primary" | "secondary" | "ghost" | "danger";
type Size = "small" | "medium" | "large";

export type Look = {
  variant?: Variant | undefined;
  size?: Size | undefined;
  isSquare?: boolean | undefined;
};

export function buttonClasses({ variant = "primary", size = "medium", isSquare = false }: Look): string {
  return `button button-${variant} ${isSquare ? "square" : "button"}-${size}`;
}

type ButtonProps = Look & ComponentProps<"button"> & { isPending?: boolean };

/** A button that submits its form. While pending, it keeps its width and focus and ignores further presses. */
export function Button({ variant, size, isSquare, isPending = false, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="submit"
      {...rest}
      aria-disabled={isPending || rest["aria-disabled"] || undefined}
      aria-busy={isPending || undefined}
      onClick={(event) => {
        if (isPending) event.preventDefault();
        else rest.onClick?.(event);
      }}
      className={classes(buttonClasses({ variant, size, isSquare }), className)}
    >
      {isPending && <Spinner className="absolute inset-0 m-auto" />}
      <span className={classes("inline-flex items-center gap-[inherit]", isPending && "opacity-0")}>{children}</span>
    </button>
  );
}

type LinkButtonProps = Look & LinkProps;

export function LinkButton({ variant, size, isSquare, className, ...rest }: LinkButtonProps) {
  return <Link {...rest} className={classes(buttonClasses({ variant, size, isSquare }), className)} />;
}
