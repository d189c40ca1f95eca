/** Stands where `workers/app.ts` stands in production: tests in workerd call the pieces themselves. */
export default {
  fetch() {
    return new Response(null, { status: 404 });
  },
  // Tests run what an alarm would wake themselves.
  queue() {},
};
