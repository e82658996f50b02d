"""Keys that a file system would confuse, or lead elsewhere, are keys like others; what is no request is refused."""
from s3_calls import *

s3.create_bucket(Bucket='keys')
B = dict(Bucket='keys')
odd = ['..', '../../etc/passwd', 'a/../b', './a', 'a//b', '/a', 'a/', 'a', 'A', 'caf\u00e9', 'cafe\u0301', 'con', 'nul.txt', 'a\\b', 'a b', 'a+b', 'a%2Fb',
       'a%b', '\u4e2d\u6587', '\U0001f600', 'a\nb', 'a\tb', '*', '?', '#', '&', '<>', "'", '"', '~', 'x' * 255 + '/' + 'y' * 700, '\x7f', '\ufffe', ' ', '.']
for key in odd:
    s3.put_object(Key=key, Body=key.encode(), **B)
for key in odd:
    equal((key, s3.get_object(Key=key, **B)['Body'].read()), (key, key.encode()))
shown = [o['Key'] for o in s3.list_objects_v2(**B)['Contents']]
equal(shown, sorted(odd, key=lambda k: k.encode()))  # by the bytes of UTF-8
for key in odd:
    s3.delete_object(Key=key, **B)
assert 'Contents' not in s3.list_objects_v2(**B)

# Paths as they are: nothing is normalised on the way, and the signature is of what was sent.
for path in ('/keys/../keys/x', '/keys//x', '/keys/./x'):
    equal((path, signed('PUT', path, b'1')[4]()[0]), (path, 200))
equal(sorted(o['Key'] for o in s3.list_objects_v2(**B)['Contents'])[:3], ['../keys/x', './x', '/x'])
# A zero byte and what is no UTF-8 are refused, not cut or replaced.
for path in ('/keys/a%00b', '/keys/a%FFb'):
    assert signed('PUT', path, b'1')[4]()[0] == 400, path
