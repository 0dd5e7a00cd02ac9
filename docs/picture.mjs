// Draws a block as docs/folk.svg shows one: `node docs/picture.mjs folk 7 > docs/folk.svg`, after a first `npm start`.
import { openModel } from '../scripts/samples/model.mjs';
import { drawRolls } from '../scripts/samples/picture.mjs';

const [name = 'folk', seed = '7'] = process.argv.slice(2);
const model = await openModel(name, null);
const notes = await model.draw(Number(seed));
await model.close();
const title = `Sixteen bars drawn by the model ${name} from seed ${seed}`;
process.stdout.write(drawRolls(title, model.roles, [{ caption: null, notes }], { columns: 1, width: 1280, row: 6 }));
