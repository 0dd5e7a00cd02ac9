import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What the end-to-end suites run beside the daemon, and what the VM of test/e2e/with-alsa is made with. */
const PACKAGES = ['alsa-utils', 'midish', 'busybox-static', 'cpio'];
/** Needed only where no ready kernel is at hand, to build one. */
const KERNEL_PACKAGES = ['gcc', 'make', 'flex', 'bison', 'bc', 'libc6-dev', 'xz-utils'];

const isDebian = () => process.platform === 'linux' && existsSync('/etc/debian_version');
const isRoot = () => process.getuid?.() === 0;

const isInstalled = (name) =>
  /^Status: install ok installed$/m.test(spawnSync('dpkg', ['--status', name], { encoding: 'utf8' }).stdout ?? '');

const apt = (...args) =>
  spawnSync('apt-get', args, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

/** What the reference evaluation is written with. */
const REFERENCE_PACKAGES = ['python3', 'python3-numpy'];

/** Null when they are there afterwards, else what is missing. */
function installed(packages) {
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return null;
  const install = `apt-get install --no-install-recommends ${missing.join(' ')}`;
  if (!isRoot()) return { missing: `as root: ${install}`, mustRun: false };
  console.error(`daimon: installing ${missing.join(' ')}`);
  apt('-qq', 'update');
  if (apt('-qq', '-y', 'install', '--no-install-recommends', ...missing)) return null;
  return { missing: `this failed: ${install}`, mustRun: true };
}

/** Likewise for the suite that runs the reference evaluation. Where CI is set, it must run. */
export function readyForReference() {
  const pythons = [process.env.PYTHON, 'python3', '/usr/bin/python3'].filter(Boolean);
  if (pythons.some((name) => spawnSync(name, ['-c', 'import numpy'], { stdio: 'ignore' }).status === 0)) return null;
  const elsewhere = { missing: 'it wants a Python 3 with numpy; name one in PYTHON', mustRun: false };
  const lack = isDebian() ? installed(REFERENCE_PACKAGES) : elsewhere;
  return lack && { ...lack, mustRun: lack.mustRun || Boolean(process.env.CI) };
}

/**
 * Makes the machine ready for the suites that need a real ALSA sequencer. Installs Debian's packages where it may.
 * Null when all is there, else one sentence about what is missing; `mustRun` where that is a failure.
 */
export function readyForAlsa() {
  if (!isDebian()) return { missing: 'the VM with an ALSA sequencer is made from Debian packages', mustRun: false };
  const hasKernel = spawnSync('test/e2e/with-alsa', ['--has-uml']).status === 0;
  const lack = installed([...PACKAGES, ...(hasKernel ? [] : KERNEL_PACKAGES)]);
  if (lack !== null) return lack;
  if (!hasKernel && spawnSync('test/e2e/with-alsa', ['--setup-uml'], { stdio: ['ignore', 2, 2] }).status !== 0)
    return { missing: 'test/e2e/with-alsa --setup-uml failed', mustRun: true };
  return null;
}
