// Saves the answers of a page while they are typed, and lets nobody leave thinking that something was saved that was
// not. The page works without it. Nothing is kept in the browser: what cannot be sent stays on the page.
const form = document.querySelector('form[data-answers]');
const status = form?.querySelector('[data-answers-status]');
const QUIET_FOR = 1500, AGAIN_AFTER = 5000;
let changes = 0, saved = 0, sending = null, timer = null, isStopped = false;

const say = (words, isProblem = false) => {
  if (status.textContent !== words) status.textContent = words;
  status.classList.toggle('hf-saving--problem', isProblem);
};
// A child who may not be safe waits for no connection.
const atRisk = () => (form.querySelector('[data-stops]:checked')
  ? ` You answered that a child may not be safe, and nobody has been told. Tell them now by telephone. ${form.dataset.ring}` : '');
const isUnsaved = () => changes !== saved;
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, '0')).join('');

function changed() {
  changes += 1;
  form.elements.key.value = newKey();
  if (!isStopped) schedule(QUIET_FOR);
}
function schedule(wait) {
  clearTimeout(timer);
  timer = setTimeout(() => { save().catch(() => {}); }, wait);
}

// True when the server has everything that is on the page. The same sending again has the same key, and counts once.
async function save() {
  if (sending) await sending.catch(() => {});
  if (!isUnsaved()) return true;
  sending = send(changes);
  try { return await sending; } finally { sending = null; }
}
async function send(upTo) {
  const typed = new FormData(form);
  typed.set('how', 'autosave');
  say('Saving…');
  let response;
  try {
    response = await fetch(location.href, { method: 'POST', body: typed, redirect: 'manual', credentials: 'same-origin' });
  } catch {
    say(`Not saved: there is no connection. What you typed is still on this page, and is tried again by itself.${atRisk()}`, true);
    if (atRisk()) status.scrollIntoView({ block: 'center' });
    schedule(AGAIN_AFTER);
    return false;
  }
  if (response.type === 'opaqueredirect' || response.status === 403) {
    return stop('Not saved: you are signed out. Sign in in another tab, open this page there, and copy what you typed last.');
  }
  if (response.status === 503) {
    say('Not saved yet: the service is busy. It is tried again by itself.', true);
    schedule(AGAIN_AFTER);
    return false;
  }
  const answer = response.headers.get('Content-Type')?.startsWith('application/json') ? await response.json() : null;
  if (answer === null || answer.problem) return stop(`Not saved: ${answer?.problem ?? 'something went wrong. Copy what you typed, and open the page again.'}`);
  if (answer.is_older) {
    saved = upTo;
    return stop('This page is out of date: newer answers were saved elsewhere, and they stand. What you typed here is kept apart. Open the page again to see both.');
  }
  form.elements.revision.value = answer.revision;
  saved = Math.max(saved, upTo);
  if (answer.stop) { saved = changes; location.assign(answer.stop); return true; }
  if (answer.warning) { say(`Saved at ${answer.saved_at}. ${answer.warning}`, true); return !isUnsaved(); }
  say(answer.not_read ? `Saved at ${answer.saved_at}, but an answer could not be read: see what is said of it when you continue.` : `Saved at ${answer.saved_at}`);
  return !isUnsaved();
}
function stop(words) {
  isStopped = true;
  clearTimeout(timer);
  say(words, true);
  return false;
}

if (form) {
  form.addEventListener('input', changed);
  form.addEventListener('change', changed);
  addEventListener('beforeunload', (event) => { if (isUnsaved()) event.preventDefault(); });
  addEventListener('online', () => { if (isUnsaved() && !isStopped) schedule(0); });
  form.addEventListener('submit', async (event) => {
    // With nothing to save the press goes as it is: a browser ignores requestSubmit while it still tells of a submit.
    if (form.dataset.sent || !(isStopped || isUnsaved())) return;
    event.preventDefault();
    if (isStopped) { status.scrollIntoView({ block: 'center' }); return; }
    clearTimeout(timer);
    const button = event.submitter;
    if (!(await save())) { status.scrollIntoView({ block: 'center' }); return; }
    form.dataset.sent = 'yes';
    form.requestSubmit(button);
  });
}
