/** Ends a test run with one plain line, `N passed, N failed`; a test file that could not run counts as failed. */
module.exports = class SummaryReporter {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
    const line = `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed`;
    // Behind Jest's own summary, which comes after all reporters.
    process.once('exit', () => console.log(line));
  }
};
