"""The table of calls. Where a fault is named, ItChat itself is wrong and the call is expected to fail."""


def run_table(client, calls):
    """Tries each call (name, action, fault) and returns how many came out as expected and how many did not."""
    right = wrong = failed = 0
    print('| call | verdict | reason |\n| --- | --- | --- |')
    for name, action, fault in calls:
        try:
            action()
            reason = None
        except Exception as error:  # whatever ItChat raises belongs in the table
            reason = ' '.join(f'{type(error).__name__}: {error}'.split()).replace('|', '/')[:300]
        if reason is None and not fault:
            right += 1
            print(f'| {name} | right | |')
        elif reason is not None and fault:
            wrong += 1
            print(f'| {name} | wrong: the client | {fault} ({reason}) |')
        else:
            failed += 1
            print(f'| {name} | WRONG | {reason} |' if reason else f'| {name} | RIGHT, though expected to be wrong | {fault} |')
    print(f'\n{client}: {right} right, {wrong} wrong by the client\'s own fault, {failed} unexpected')
    return right + wrong, failed


def expect(fits, what):
    if not fits:
        raise AssertionError(what)


def accepted(reply):
    expect(reply and reply['BaseResponse']['Ret'] == 0, f"Ret {reply['BaseResponse'].get('Ret') if reply else reply}")
    return reply
