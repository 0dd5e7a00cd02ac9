import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What the end-to-end suites run beside the daemon, and what the VM of test/e2e/with-alsa is made with. */
const PACKAGES = ['alsa-utils', 'midish', 'busybox-static', 'cpio'];
/** Needed only where no ready kernel is at hand, to build one. */
const KERNEL_PACKAGES = ['gcc', 'make', 'flex', 'bison', 'bc', 'libc6-dev', 'xz-utils'];
/** A synthesiser, a General MIDI soundfont under the MIT licence, and an encoder. */
const SYNTHESIS_PACKAGES = ['fluidsynth', 'fluid-soundfont-gm', 'opus-tools'];

const isDebian = () => process.platform === 'linux' && existsSync('/etc/debian_version');
const isRoot = () => process.getuid?.() === 0;

const isInstalled = (name) =>
  /^Status: install ok installed$/m.test(spawnSync('dpkg', ['--status', name], { encoding: 'utf8' }).stdout ?? '');

const apt = (...args) =>
  spawnSync('apt-get', args, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

/** Null when these are there, else what is missing, in one sentence; `mustRun` where it should have worked. */
function install(names) {
  if (names.length === 0) return null;
  const line = `apt-get install --no-install-recommends ${names.join(' ')}`;
  if (!isRoot()) return { missing: `as root: ${line}`, mustRun: false };
  console.error(`daimon: installing ${names.join(' ')}`);
  apt('-qq', 'update');
  if (apt('-qq', '-y', 'install', '--no-install-recommends', ...names)) return null;
  return { missing: `this failed: ${line}`, mustRun: true };
}

/** Has a Debian have these; null where all is well, or on another system, which is not looked at. */
export const readyWithPackages = (names) => (isDebian() ? install(names.filter((name) => !isInstalled(name))) : null);

/** Makes a Debian ready to synthesise: null, or what is missing, in one sentence. Other systems are not looked at. */
export const readyForSynthesis = () => readyWithPackages(SYNTHESIS_PACKAGES);

/** Makes the machine ready for a suite that must run where CI is set: a Python that can do this, or these packages. */
function readyForPython(line, what, packages) {
  const pythons = [process.env.PYTHON, 'python3', '/usr/bin/python3'].filter(Boolean);
  if (pythons.some((name) => spawnSync(name, ['-c', line], { stdio: 'ignore' }).status === 0)) return null;
  const elsewhere = { missing: `it wants ${what}; name one in PYTHON`, mustRun: false };
  const lack = isDebian() ? install(packages.filter((name) => !isInstalled(name))) : elsewhere;
  return lack && { ...lack, mustRun: lack.mustRun || Boolean(process.env.CI) };
}

/** Makes the machine ready for the suite that speaks OSC by liblo's tools, which must run where CI is set. */
export function readyForOsc() {
  const isThere = (name) => spawnSync(name, { stdio: 'ignore' }).error === undefined;
  if (['oscsend', 'oscdump'].every(isThere)) return null;
  const elsewhere = { missing: "it wants liblo's oscsend and oscdump", mustRun: false };
  const lack = isDebian() ? install(['liblo-tools']) : elsewhere;
  return lack && { ...lack, mustRun: lack.mustRun || Boolean(process.env.CI) };
}

/** The reference evaluation is written in it. */
export const readyForReference = () =>
  readyForPython('import numpy', 'a Python 3 with numpy', ['python3', 'python3-numpy']);

/** Two of the clients in docs/clients are. */
export const readyForClients = () =>
  readyForPython('import sys; sys.exit(sys.version_info < (3, 8))', 'a Python 3.8 or later', ['python3']);

/**
 * Makes the machine ready for the suites that need a real ALSA sequencer. Installs Debian's packages where it may.
 * Null when all is there, else one sentence about what is missing; `mustRun` where that is a failure.
 */
export function readyForAlsa() {
  if (!isDebian()) return { missing: 'the VM with an ALSA sequencer is made from Debian packages', mustRun: false };
  const hasKernel = spawnSync('test/e2e/with-alsa', ['--has-uml']).status === 0;
  const missing = [...PACKAGES, ...(hasKernel ? [] : KERNEL_PACKAGES)].filter((name) => !isInstalled(name));
  const lack = install(missing);
  if (lack !== null) return lack;
  if (!hasKernel && spawnSync('test/e2e/with-alsa', ['--setup-uml'], { stdio: ['ignore', 2, 2] }).status !== 0)
    return { missing: 'test/e2e/with-alsa --setup-uml failed', mustRun: true };
  return null;
}
