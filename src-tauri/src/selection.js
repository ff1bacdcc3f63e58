// Only what stands in a text field can be selected, copied and cut; nothing can be dragged, and the middle button
// pastes nothing.
(() => {
  const fields = 'input:not([type="checkbox"], [type="radio"]), textarea';
  const inField = (node) => node instanceof Element && node.closest(fields) !== null;
  const refuse = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const outside = (event) => {
    if (!inField(event.target)) refuse(event);
  };
  for (const name of ['selectstart', 'copy', 'cut']) window.addEventListener(name, outside, { capture: true });
  window.addEventListener('dragstart', refuse, { capture: true });
  for (const name of ['mousedown', 'mouseup', 'auxclick']) {
    window.addEventListener(
      name,
      (event) => {
        if (event.button === 1) refuse(event);
      },
      { capture: true },
    );
  }
  document.addEventListener(
    'selectionchange',
    () => {
      const selection = window.getSelection();
      if (selection && !selection.isCollapsed && !inField(document.activeElement)) selection.removeAllRanges();
    },
    { capture: true },
  );
})();
