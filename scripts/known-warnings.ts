// Imported for its effect. React Router 7 gives Vite 8 an option by its old name, and Vite warns of it each time; nothing of
// this project can say it otherwise. Goes with React Router 8.
const { warn } = console;
console.warn = (...words: unknown[]) => {
  if (!String(words[0]).includes("`envFile` option is deprecated")) warn(...words);
};
