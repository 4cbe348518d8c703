// Sends a form's files with progress, and lets the sender stop. Without this the form is sent as any other.
const form = document.querySelector("form[data-sends-files]");
const part = form.querySelector("[data-sending]");
const bar = part.querySelector("progress");
const said = part.querySelector("[data-said]");
const stop = part.querySelector("[data-stop]");
const submit = form.querySelector("button[type=submit]");
const inMegabytes = (bytes) => `${(bytes / 1048576).toFixed(bytes < 10485760 ? 1 : 0)} MB`;
let spoken = -1; // the tenth that was last said: a screen reader is told ten times, not a hundred

function show(sent, total) {
  bar.max = total;
  bar.value = sent;
  const tenth = Math.floor((10 * sent) / total);
  if (tenth === spoken) return;
  spoken = tenth;
  said.textContent = sent < total
    ? `${inMegabytes(sent)} of ${inMegabytes(total)} sent`
    : "All of it is sent. Looking at what it is. This takes a moment.";
}

function begin(isSending) {
  part.hidden = !isSending;
  submit.hidden = isSending;
  submit.disabled = false;
  spoken = -1;
}

function problem(words) {
  begin(false);
  part.hidden = false;
  stop.hidden = bar.hidden = true;
  said.textContent = words;
}

form.addEventListener("submit", (event) => {
  if (!form.querySelector("input[type=file]").files.length) return; // the page says what is missing
  event.preventDefault();
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (arrived) => arrived.lengthComputable && show(arrived.loaded, arrived.total));
  request.addEventListener("error", () => problem("Sending stopped before the end. Nothing was kept. Check your connection and that the files are not too large, then send them again."));
  request.addEventListener("abort", () => problem("You stopped it. Nothing was kept."));
  request.addEventListener("load", () => {
    if (request.responseURL && request.responseURL !== location.href) { location.assign(request.responseURL); return; }
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    document.querySelector("main").replaceWith(answer.querySelector("main"));
    const summary = document.querySelector(".govuk-error-summary") ?? document.querySelector("main h1");
    summary.tabIndex = -1;
    summary.focus();
  });
  stop.onclick = () => request.abort();
  stop.hidden = bar.hidden = false;
  begin(true);
  const files = [...form.querySelector("input[type=file]").files];
  show(0, Math.max(files.reduce((total, file) => total + file.size, 0), 1));
  request.open("POST", form.action || location.href);
  request.send(new FormData(form));
  stop.focus();
});
