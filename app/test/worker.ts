/** Takes the place of `workers/app.ts`: tests in workerd call its parts themselves. */
export default {
  fetch() {
    return new Response(null, { status: 404 });
  },
  // Tests themselves run the work that a queue would start.
  queue() {},
};
