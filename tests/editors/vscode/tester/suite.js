// Runs inside the extension host. Each check says a line; the first that fails ends the run.
const { page, say } = require("./tools");

const SCENARIOS = {
  trusted: ["language", "looking", "writing", "service", "subject", "life"].flatMap((name) => require(`./${name}`)),
  untrusted: require("./trust"),
};

exports.run = async () => {
  for (const check of SCENARIOS[process.env.SCENARIO]) {
    const begun = Date.now();
    try {
      const told = await check.run();
      say(`ok ${check.name} (${Date.now() - begun} ms)${told === undefined ? "" : `: ${told}`}`);
    } catch (error) {
      say(`FAIL ${check.name}: ${error.stack}`);
      await page("picture", undefined, "failed");
      throw error;
    }
  }
};
