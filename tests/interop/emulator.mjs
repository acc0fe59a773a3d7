// The emulator's control interface, as far as this test needs it.

const address = process.env.WECHAT_EMULATOR;

if (!address) {
  console.error('WECHAT_EMULATOR is not set: start the emulator and put its address there, such as http://127.0.0.1:8080/');
  process.exit(2);
}

export const endpoint = new URL(address);

export async function control(method, path, body) {
  const response = await fetch(new URL(`emulator/${path}`, endpoint), {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${answer.error}`);
  }
  return answer;
}

export const deliver = message => control('POST', 'message', message);
export const sent = () => control('GET', 'sent');

/** Waits until a condition gives something other than false, and returns that. */
export async function until(what, condition, seconds = 30) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const value = await condition();
    if (value) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(`never happened: ${what}`);
    }
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
