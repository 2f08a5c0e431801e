// Runs before the first paint: the theme of the document, so that nothing flashes.
// A file of its own, because the content security policy allows no inline script.
(function () {
  var root = document.documentElement;
  var theme = new URLSearchParams(location.search).get('theme');
  try {
    theme = theme || JSON.parse(localStorage.getItem('theme'));
  } catch {
    theme = null; // storage is refused: the system's theme
  }
  if (theme !== 'light' && theme !== 'dark') {
    theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  root.dataset.theme = theme;
})();
