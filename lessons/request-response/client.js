// Page A. Page B is b.html with b.js.
const form = document.querySelector('form');

form.onsubmit = (event) => {
  event.preventDefault();
  say(form.text.value);
};

setTimeout(say, 1000, 'hello');

async function say(text) {
  const response = await fetch('/say', { method: 'POST', body: text });
  console.log(`the server answers with ${response.status}`);
}
