"""ItChat, a public Python client that this project did not write, against the emulator.

Prints a table of its calls. The last line is "N passed, N failed"; the exit code is 0 only when nothing failed.
"""

import logging
import os
import shutil
import sys
import tempfile

import emulator
from account import Account
from table import run_table

if not emulator.address or len(sys.argv) != 2:
    print('Usage: WECHAT_EMULATOR=http://127.0.0.1:8080 python3 run.py CHECKOUT-OF-ITCHAT')
    sys.exit(2)

itchat = emulator.load_itchat(sys.argv[1])
logging.disable(logging.CRITICAL)
folder = tempfile.mkdtemp(prefix='interop-')
try:
    account = Account(itchat, folder)
    passed, failed = run_table('ItChat', account.calls())
finally:
    shutil.rmtree(folder)
print(f'{passed} passed, {failed} failed', flush=True)
os._exit(1 if failed else 0)  # ItChat's threads end only with the process
