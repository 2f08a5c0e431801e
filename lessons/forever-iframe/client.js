const list = document.querySelector('ul');

const frame = document.createElement('iframe');
frame.style.display = 'none';
frame.src = '/stream';
frame.onload = () => console.log('the frame has loaded');
document.body.append(frame);

window.onload = () => console.log('the page has loaded');

// Called by the scripts in the frame, as parent.show
function show({ id, text }) {
  performance.mark(`message ${id}`);
  console.log(text);
  const item = document.createElement('li');
  item.textContent = text;
  list.append(item);
}
