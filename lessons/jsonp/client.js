// This page has another origin than the server.
const server = 'http://localhost:8080';
let last = 0;
let count = 0;

poll();

function poll() {
  jsonp(`${server}/messages?after=${last}`, (messages) => {
    messages.forEach(show);
    setTimeout(poll, 800);
  });
}

function jsonp(url, done) {
  const name = `jsonp${++count}`;
  const script = document.createElement('script');
  window[name] = (data) => {
    delete window[name];
    script.remove();
    done(data);
  };
  script.src = `${url}&callback=${name}`;
  document.head.append(script);
}

function show({ id, text }) {
  last = id;
  performance.mark(`message ${id}`);
  console.log(text);
  const item = document.createElement('li');
  item.textContent = text;
  document.querySelector('ul').append(item);
}
