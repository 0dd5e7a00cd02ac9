// Draws a block as docs/pop.svg shows one: `node docs/picture.mjs pop 7 > docs/pop.svg`, after a first `npm start`.
import { openModel } from '../scripts/samples/model.mjs';
import { drawRolls } from '../scripts/samples/picture.mjs';

const [name = 'pop', seed = '7'] = process.argv.slice(2);
const model = await openModel(name, null);
const notes = await model.draw(Number(seed));
await model.close();
const title = `Sixteen bars drawn by the model ${name} from seed ${seed}`;
process.stdout.write(drawRolls(title, model.roles, [{ caption: null, notes }], { columns: 1, width: 1280, row: 6 }));
