// Keeps the part of a page that says how far some work is up to date, and loads the page again when the work has ended.
// Without this its link does the same by hand. It gives up after twenty minutes, so that a page left open signs out.
const SECONDS = 3;
const told = document.querySelector("[data-told]");
let looks = 400;
let part = document.querySelector("[data-watched]");
let tenth = -1; // a screen reader is told of each tenth, not of each look

function tell() {
  const bar = part.querySelector("progress");
  const now = bar ? Math.floor((10 * bar.value) / bar.max) : -1;
  if (now !== tenth) told.textContent = part.querySelector("p").textContent;
  tenth = now;
}

async function look() {
  if (!looks--) return;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-watched]");
    if (!now) { location.reload(); return; }
    now.querySelector("[data-plain]").hidden = true;
    part.replaceWith(now);
    part = now;
    tell();
  } catch { /* the next look may be luckier */ }
  setTimeout(look, SECONDS * 1000);
}

if (part) {
  part.querySelector("[data-plain]").hidden = true;
  setTimeout(look, SECONDS * 1000);
}
