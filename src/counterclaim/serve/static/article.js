// What a marked word means, shown on a tap as well as on a pointer: titles alone need a mouse.
const text = document.getElementById("text");
let tip = null;

function hide() {
  tip?.remove();
  tip = null;
}

function show(mark) {
  hide();
  const said = mark.dataset.title;
  if (!said) return;
  tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("role", "status");
  tip.textContent = said;
  document.body.append(tip);
  const at = mark.getBoundingClientRect();
  tip.style.left = `${Math.max(8, Math.min(at.left + scrollX, scrollX + innerWidth - tip.offsetWidth - 8))}px`;
  tip.style.top = `${at.bottom + scrollY + 4}px`;
}

for (const mark of text?.querySelectorAll("mark[title]") ?? []) {
  mark.dataset.title = mark.title;
  mark.removeAttribute("title");
  mark.addEventListener("pointerenter", () => show(mark));
  mark.addEventListener("pointerleave", hide);
  mark.querySelector("a")?.addEventListener("focus", () => show(mark));
  mark.querySelector("a")?.addEventListener("blur", hide);
}
// A tap on a plain mark shows it; on one that is a link the first tap shows and the second follows.
text?.addEventListener("click", (event) => {
  const mark = event.target.closest("mark");
  if (mark && matchMedia("(hover: none)").matches && tip?.textContent !== mark.dataset.title) {
    event.preventDefault();
    show(mark);
  }
});
addEventListener("keydown", (event) => event.key === "Escape" && hide());
