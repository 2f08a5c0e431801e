import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ port: 8080 });

server.on('connection', (socket) => {
  socket.on('message', (data) => {
    socket.send(String(data));
  });
  socket.on('close', (code) => {
    console.log('close', code);
  });
});
