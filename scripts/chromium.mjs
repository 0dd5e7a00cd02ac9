import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { readyWithPackages } from './debian.mjs';

/** Under which names systems have it. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ELSEWHERE = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const found = () =>
  [process.env.DAIMON_CHROMIUM, ...NAMES.flatMap((name) => onPath(name)), ...ELSEWHERE].find(
    (path) => path !== undefined && isProgram(path),
  );

const onPath = (name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));

/** Makes the machine ready for the suite with a real browser, which must run where CI is set; names it in DAIMON_CHROMIUM. */
export function readyForBrowser() {
  const lack = found() === undefined ? readyWithPackages(['chromium']) : null;
  const path = found();
  if (path !== undefined) {
    process.env.DAIMON_CHROMIUM = path;
    return null;
  }
  const { missing, mustRun } = lack ?? { missing: 'it wants Chromium; name one in DAIMON_CHROMIUM', mustRun: false };
  return { missing, mustRun: mustRun || Boolean(process.env.CI) };
}
