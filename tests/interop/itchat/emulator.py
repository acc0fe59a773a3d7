"""The emulator's control interface, as far as this program needs it, and the way to it for ItChat."""

import html.parser
import json
import os
import time
import urllib.parse
import urllib.request

import requests

address = os.environ.get('WECHAT_EMULATOR', '').rstrip('/')


def control(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f'{address}/emulator/{path}', data, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise AssertionError(f'{method} {path}: {error.read().decode()}') from error


def deliver(**message):
    return control('POST', 'message', message)['msgId']


def contact(name):
    return next(one for one in control('GET', 'status')['contacts'] if one['name'] == name)


def sent_during(action):
    before = len(control('GET', 'sent'))
    reply = action()
    return reply, control('GET', 'sent')[before:]


def until(what, condition, seconds=20):
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f'never happened: {what}')
        time.sleep(0.01)


class Led(requests.adapters.HTTPAdapter):
    """Leads a request to the emulator. The session goes on believing in the host that it named."""

    def send(self, request, **options):
        led = request.copy()
        led.url = address + urllib.parse.urlsplit(request.url)._replace(scheme='', netloc='').geturl()
        response = super().send(led, **options)
        response.request, response.url = request, request.url
        return response


def load_itchat(checkout):
    """Imports ItChat, of a time before Python 3.9, with every connection led to the emulator."""
    import sys
    html.parser.HTMLParser.unescape = staticmethod(html.unescape)
    led = Led()
    requests.Session.get_adapter = lambda session, url: led
    sys.path.insert(0, checkout)
    import itchat
    return itchat
