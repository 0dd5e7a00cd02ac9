/** The computer's keyboard, where no field is being typed in. */
const BUTTONS: Readonly<Record<string, string>> = {
  ' ': 'play',
  n: 'next',
  Escape: 'panic',
  s: 'sound',
  l: 'learn',
  c: 'capture',
  u: 'undo',
  r: 'redo',
};

export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    const id = BUTTONS[event.key];
    const isTyping =
      event.target instanceof Element && event.target.matches('input:not([type=range]), select, textarea');
    // a button that has the focus is pressed by space anyway
    const isPressed = event.key === ' ' && event.target instanceof HTMLButtonElement;
    if (id === undefined || isTyping || isPressed || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    document.getElementById(id)?.click();
  });
}
