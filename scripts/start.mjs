// `npm start`: installs and builds what is missing, then becomes the program, in this very process, so that signals reach it.
import './node-version.mjs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { installPackages } from './packages.mjs';

const here = process.cwd();
process.chdir(join(import.meta.dirname, '..'));
installPackages();
build();
process.chdir(here);
await import('../dist/cli/main.js');
