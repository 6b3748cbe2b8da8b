// Runs inside the extension host. Stops at the first test that fails.
const { page, run } = require("./helpers");

const SCENARIOS = {
  trusted: ["language", "features", "edits", "sync", "active-spec", "lifecycle"].flatMap((name) => require(`./${name}`)),
  untrusted: require("./workspace-trust"),
};

exports.run = async () => {
  for (const test of SCENARIOS[process.env.SCENARIO]) {
    const start = Date.now();
    try {
      const note = await test.run();
      console.log(`ok ${test.name} (${Date.now() - start} ms)${note === undefined ? "" : `: ${note}`}`);
    } catch (error) {
      console.log(`FAIL ${test.name}: ${error.stack}`);
      await run("notifications.showList");
      await page("screenshot", undefined, "failed");
      throw error;
    }
  }
};
