import type { TrainingSettings } from '../checkpoint.js';
import { createDcgan } from './dcgan.js';
import type { CreateRecipe } from './recipe.js';
import { createVaegan } from './vaegan.js';

export const RECIPES: Readonly<Record<TrainingSettings['recipe'], CreateRecipe>> = {
  vaegan: createVaegan,
  dcgan: createDcgan,
};
