const list = document.querySelector('ul');
const ws = new WebSocket(`ws://${location.host}`);
let x = 9;

ws.onopen = () => {
  setInterval(move, 1000);
};

function move() {
  ws.send(JSON.stringify({ x: ++x, y: 7 }));
}

ws.onmessage = ({ data }) => {
  console.log(data);
  const item = document.createElement('li');
  item.textContent = data;
  list.append(item);
};

ws.onclose = ({ code, reason, wasClean }) => {
  console.log('close', code, reason, wasClean);
};
