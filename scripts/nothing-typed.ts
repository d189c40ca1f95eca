/**
 * Ends a command that was told what it does not know, before it does anything: it would count for nothing. `known`: the words
 * that it takes.
 */
export function takeNoWords(instead = "It takes no options.", known: readonly string[] = []): void {
  const unknown = process.argv.slice(2).find((typed) => !known.includes(typed));
  if (unknown === undefined) return;
  console.error(`“${unknown}” is nothing that this command knows. ${instead}`);
  process.exit(1);
}
