// Imported for its effect. React Router 7 passes an option to Vite 8 under its old name, and Vite warns about it each time. This
// project cannot pass it otherwise. Remove this file with React Router 8.
const { warn } = console;
console.warn = (...words: unknown[]) => {
  if (!String(words[0]).includes("`envFile` option is deprecated")) warn(...words);
};
