// Types the keys of a document.

const SELECTED_SUGGESTION = ".suggest-widget.visible .monaco-list-row.focused .label-name";

/** How long a completion list may take, in milliseconds. */
const LIST_TIMEOUT = 10_000;

/** VS Code closes brackets and quotes only in lines that it has tokenized. It does so when idle, which takes longer on a busy machine. */
const WHEN_IDLE = "new Promise((resolve) => requestIdleCallback(resolve))";

/** Types with a delay in milliseconds and saves. Ends early where an expected completion list is not shown. */
export async function typeKeys(workbench, keys, delay) {
  const { keyboard } = workbench.page;
  for (const { key, list } of keys) {
    if (list === undefined) {
      await (key.length === 1 ? keyboard.type(key, { delay }) : keyboard.press(key, { delay }));
      await workbench.page.evaluate(WHEN_IDLE);
    } else if (!(await isSelected(workbench, list))) {
      break;
    }
  }
  await workbench.press("Escape", "Control+S");
  await workbench.waitForNone(".tab.active.dirty", "");
}

function isSelected(workbench, suggestion) {
  const selected = workbench.find(SELECTED_SUGGESTION, suggestion);
  return selected.waitFor({ timeout: LIST_TIMEOUT }).then(() => true, () => false);
}
