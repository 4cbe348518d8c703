// Starts GOV.UK Frontend's components. Every page works without it.
import { initAll } from '../vendor/govuk-frontend.js';

initAll();

// The component for files reads out a comma that nobody sees: what is said of a button is to hold what it shows.
for (const comma of document.querySelectorAll(".govuk-file-upload-button > .govuk-visually-hidden")) comma.replaceWith(" ");

// A link to a part that is folded opens it, and the address of one that was sent does too.
function unfold() {
  const part = document.getElementById(location.hash.slice(1));
  for (let fold = part?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
  part?.scrollIntoView();
}
addEventListener("hashchange", unfold);
if (location.hash) unfold();
