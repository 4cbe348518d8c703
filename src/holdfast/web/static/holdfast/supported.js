// Tells the styles that scripts run, before anything is drawn. A file of its own: the security policy forbids inline scripts.
document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');
