/** The text part of a mail, with its URLs as links. */
export function MailText({ text }: { text: string }) {
  const parts = text.split(/(https?:\/\/\S+)/).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
      <a key={index} href={part} className="text-accent underline">
        {part}
      </a>
    ) : (
      part
    ),
  );
  return <pre dir="auto">{parts}</pre>;
}
