const list = document.querySelector('ul');
let count = 0;

const source = new EventSource('/events');

source.onopen = () => {
  console.log('open');
};

source.addEventListener('tick', (event) => {
  count += 1;
  performance.mark(`tick ${event.lastEventId || count}`);
  show(`${event.lastEventId} ${event.data}`);
});

source.onerror = () => {
  console.log('error', source.readyState);
};

function show(text) {
  const item = document.createElement('li');
  item.textContent = text;
  list.append(item);
}
