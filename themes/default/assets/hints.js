// @ts-check
"use strict";

// Shows the statement that an id leads to beside the id, on hover and focus. Loaded when somebody comes upon the first.
// Without scripts browsers show the title of the link.

{
  const hint = document.createElement("p");
  hint.className = "hint";
  hint.id = "_hint";
  hint.role = "tooltip";

  /** @type {HTMLAnchorElement | undefined} */
  let shown;

  const hide = () => {
    if (!shown) return;
    shown.title = hint.textContent ?? "";
    shown.removeAttribute("aria-describedby");
    shown = undefined;
    hint.remove();
  };

  /** Whether the reader is still at the link or reads the hint. @param {EventTarget | null} target */
  const isAt = (target) => target instanceof Node && (shown?.contains(target) || hint.contains(target));

  rungs.showHint = (link) => {
    const isThere = link.matches(":hover, :focus-visible");
    if (link === shown || !isThere) return;
    hide();
    shown = link;
    hint.textContent = link.title;
    // Else the browser would show it once more.
    link.removeAttribute("title");
    link.setAttribute("aria-describedby", hint.id);
    document.body.append(hint);
    const { left, top, bottom } = link.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = hint;
    const { clientWidth, clientHeight } = document.documentElement;
    const below = bottom + height <= clientHeight || top < height;
    hint.style.left = `${Math.max(16, Math.min(left, clientWidth - width - 16)) + scrollX}px`;
    hint.style.top = `${(below ? bottom : top - height) + scrollY}px`;
  };

  const leave = (/** @type {PointerEvent | FocusEvent} */ { relatedTarget }) => {
    if (!isAt(relatedTarget)) hide();
  };
  document.addEventListener("pointerout", leave);
  document.addEventListener("focusout", leave);
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") hide();
  });
}
