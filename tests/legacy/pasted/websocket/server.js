var crypto = require('crypto');
var net = require('net');
var WS = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

var server = net.createServer(function (o) {
  var key;
  o.on('data', function (e) {
    if (!key) {
      key = e.toString().match(/Sec-WebSocket-Key: (.+)/)[1];
      key = crypto
        .createHash('sha1')
        .update(key + WS)
        .digest('base64');
      o.write('HTTP/1.1 101 Switching Protocols\r\n');
      o.write('Upgrade: websocket\r\n');
      o.write('Connection: Upgrade\r\n');
      o.write('Sec-WebSocket-Accept: ' + key + '\r\n');
      o.write('\r\n');
    } else {
      var frame = decodeDataFrame(e);
      if (frame.Opcode == 8) return o.end(encodeDataFrame({ FIN: 1, Opcode: 8, PayloadData: '' }));
      o.write(encodeDataFrame({ FIN: 1, Opcode: 1, PayloadData: 'you said ' + frame.PayloadData }));
    }
  });
  o.on('error', function () {});
});
server.listen(8000);

function decodeDataFrame(e) {
  var i = 0,
    j,
    s,
    frame = {
      FIN: e[i] >> 7,
      Opcode: e[i++] & 15,
      Mask: e[i] >> 7,
      PayloadLength: e[i++] & 0x7f
    };
  if (frame.PayloadLength == 126) frame.PayloadLength = (e[i++] << 8) + e[i++];
  if (frame.Mask) {
    frame.MaskingKey = [e[i++], e[i++], e[i++], e[i++]];
    for (j = 0, s = []; j < frame.PayloadLength; j++) s.push(e[i + j] ^ frame.MaskingKey[j % 4]);
  } else s = e.slice(i, frame.PayloadLength);
  s = new Buffer(s);
  if (frame.Opcode == 1) s = s.toString();
  frame.PayloadData = s;
  return frame;
}

function encodeDataFrame(e) {
  var s = [],
    o = new Buffer(e.PayloadData),
    l = o.length;
  s.push((e.FIN << 7) + e.Opcode);
  if (l < 126) s.push(l);
  else if (l < 0x10000) s.push(126, (l & 0xff00) >> 8, l & 0xff);
  return Buffer.concat([new Buffer(s), o]);
}
