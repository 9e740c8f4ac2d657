// One validator for a whole run: a page as one line of JSON in, its faults as one line of JSON out.
// node validating.mjs RULES.json; html-validate is looked for beside the tests (tests/node_modules).
import { readFileSync } from "node:fs"
import { createInterface } from "node:readline"
import { HtmlValidate, StaticConfigLoader } from "../node_modules/html-validate/dist/esm/index.js"

const rules = JSON.parse(readFileSync(process.argv[2], "utf-8"))
const validator = new HtmlValidate(new StaticConfigLoader(rules))
for await (const line of createInterface({ input: process.stdin })) {
  const report = validator.validateStringSync(JSON.parse(line))
  const faults = report.results.flatMap(({ messages }) =>
    messages.map(({ line, ruleId, message }) => `${line} ${ruleId} ${message}`))
  console.log(JSON.stringify(faults))
}
