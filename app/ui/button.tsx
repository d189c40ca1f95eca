import type { ComponentProps } from "react";
import { Link, type LinkProps } from "react-router";
import { classes } from "./classes.ts";
import { Spinner } from "./spinner.tsx";

type Variant = "primary" | "secondary" | "ghost" | "danger";
type Size = "small" | "medium" | "large";

const variants: Record<Variant, string> = {
  primary: "bg-accent text-accent-contrast shadow-card hover:bg-accent-hover",
  secondary: "border border-border bg-surface text-text shadow-card hover:bg-hover",
  ghost: "text-muted hover:bg-hover hover:text-text",
  danger: "bg-danger text-danger-contrast shadow-card hover:bg-danger-hover",
};

const sizes: Record<Size, string> = {
  small: "h-8 gap-1.5 px-3 text-sm",
  medium: "h-9.5 gap-2 px-3.5 text-sm",
  large: "h-11 gap-2 px-5 text-base",
};

const squares: Record<Size, string> = { small: "size-8", medium: "size-9.5", large: "size-11" };

const shared =
  "relative inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-md font-medium transition-colors duration-150 aria-disabled:opacity-60 disabled:pointer-events-none disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0";

type Look = {
  variant?: Variant;
  size?: Size;
  isSquare?: boolean;
};

export function buttonClasses({ variant = "primary", size = "medium", isSquare = false }: Look): string {
  return classes(shared, variants[variant], isSquare ? squares[size] : sizes[size]);
}

type ButtonProps = Look & ComponentProps<"button"> & { isPending?: boolean };

/** A button that sends its form. While pending it keeps its width and refuses a second press without losing focus. */
export function Button({ variant, size, isSquare, isPending = false, className, children, ...rest }: ButtonProps) {
  const look = { ...(variant && { variant }), ...(size && { size }), ...(isSquare && { isSquare }) };
  return (
    <button
      type="submit"
      {...rest}
      aria-disabled={isPending || undefined}
      aria-busy={isPending || undefined}
      onClick={(event) => {
        if (isPending) event.preventDefault();
        else rest.onClick?.(event);
      }}
      className={classes(buttonClasses(look), className)}
    >
      {isPending && <Spinner className="absolute inset-0 m-auto" />}
      <span className={classes("inline-flex items-center gap-[inherit]", isPending && "opacity-0")}>{children}</span>
    </button>
  );
}

type LinkButtonProps = Look & LinkProps;

export function LinkButton({ variant, size, isSquare, className, ...rest }: LinkButtonProps) {
  const look = { ...(variant && { variant }), ...(size && { size }), ...(isSquare && { isSquare }) };
  return <Link {...rest} className={classes(buttonClasses(look), className)} />;
}
