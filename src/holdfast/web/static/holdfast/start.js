// Starts GOV.UK Frontend's components. Every page works without it.
import { initAll } from '../vendor/govuk-frontend.js';

initAll();

// A link to a part that is folded opens it, and the address of one that was sent does too.
function unfold() {
  const part = document.getElementById(location.hash.slice(1));
  for (let fold = part?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
  part?.scrollIntoView();
}
addEventListener("hashchange", unfold);
if (location.hash) unfold();
