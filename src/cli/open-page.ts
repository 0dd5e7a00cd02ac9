/** Shows a page in the browser of whoever sits at this machine; where nobody does, or it can't be, nothing happens. */
export async function openPage(url: string): Promise<void> {
  if (!isWatched()) return;
  try {
    const { default: open } = await import('open');
    const browser = await open(url);
    browser.on('error', () => {});
    browser.unref();
  } catch {}
}

/** Somebody reads what we print, and has a screen. */
function isWatched(): boolean {
  const { CI, DISPLAY, WAYLAND_DISPLAY, SSH_CONNECTION } = process.env;
  if (!process.stdout.isTTY || CI !== undefined || SSH_CONNECTION !== undefined) return false;
  return process.platform !== 'linux' || DISPLAY !== undefined || WAYLAND_DISPLAY !== undefined;
}
