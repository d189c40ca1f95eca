/** Wraps long lines, so that they need no scrolling and are copied as they are. */
export function Code({ children }: { children: string }) {
  return (
    <pre lang="en" dir="ltr" className="code">
      <code>{children}</code>
    </pre>
  );
}
