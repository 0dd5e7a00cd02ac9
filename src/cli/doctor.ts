import { Command } from 'commander';
import { VERSION } from '../package.js';
import type { Check } from './checks/check.js';
import { columns } from './columns.js';

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('say what works on this machine, and what to do about the rest')
    .option('--json', 'print JSON')
    .action(run)
    .addHelpText(
      'after',
      `
It changes nothing, and ends with status 0 whatever it finds.

Examples:
  daimon doctor
  daimon doctor --json > report.json`,
    );
}

async function run(options: { readonly json?: true }): Promise<void> {
  const { examine, verdict } = await import('./checks/examine.js');
  const checks = await examine();
  const report = { daimon: VERSION, verdict: verdict(checks), checks };
  console.log(options.json ? JSON.stringify(report, null, 2) : asText(report));
}

const asText = (report: { daimon: string; verdict: string; checks: readonly Check[] }): string =>
  [`daimon ${report.daimon}`, '', ...columns(report.checks.flatMap(rows)), '', report.verdict].join('\n');

const rows = ({ name, ok, detail, advice }: Check): readonly (readonly string[])[] => [
  [wordFor(ok), name, detail],
  ...(advice === null ? [] : [['', '', `-> ${advice}`]]),
];

const wordFor = (ok: Check['ok']): string => (ok === true ? 'works' : ok === false ? 'fails' : 'limited');
