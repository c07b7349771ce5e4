// The queue by keyboard: each key presses the button of the telling that has the focus.
const items = [...document.querySelectorAll(".queue")];
let at = 0;

function focus(to) {
  at = Math.max(0, Math.min(items.length - 1, to));
  items[at]?.focus();
  items[at]?.scrollIntoView({ block: "nearest" });
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  const around = event.target.closest?.(".queue");
  if (around) at = items.indexOf(around);
  const button = items[at]?.querySelector(`[data-key="${event.key}"]`);
  if (event.key === "j") focus(at + 1);
  else if (event.key === "k") focus(at - 1);
  else if (event.key === "s") at + 1 < items.length ? focus(at + 1) : document.querySelector("a[data-key=s]")?.click();
  else if (event.key === "u") document.querySelector('button[name="verb"][value="undo"]')?.click();
  else if (button) button.click();
  else return;
  event.preventDefault();
});
if (items.length) focus(0);
