"""Lists in both forms: prefixes, delimiters, markers, encodings and pages."""
from s3_calls import *

s3.create_bucket(Bucket='lists')
B = dict(Bucket='lists')
keys = ['a', 'a/1', 'a/2', 'a/b/1', 'a/b/2', 'b', 'b+c', 'date=2026-03-01/', 'z/1', 'z/2', '\u00e9', '\U0001f600']
for key in keys:
    s3.put_object(Key=key, Body=b'x', ChecksumAlgorithm='CRC32', **B)


def shown(answer):
    return [o['Key'] for o in answer.get('Contents', [])], [p['Prefix'] for p in answer.get('CommonPrefixes', [])], answer['IsTruncated']


equal(shown(s3.list_objects_v2(**B)), (keys, [], False))
equal(shown(s3.list_objects(**B)), (keys, [], False))
equal(shown(s3.list_objects_v2(Delimiter='/', **B)), (['a', 'b', 'b+c', '\u00e9', '\U0001f600'], ['a/', 'date=2026-03-01/', 'z/'], False))
equal(shown(s3.list_objects_v2(Delimiter='/', Prefix='a/', **B)), (['a/1', 'a/2'], ['a/b/'], False))
equal(shown(s3.list_objects_v2(Prefix='nothing', **B)), ([], [], False))
equal(shown(s3.list_objects_v2(MaxKeys=0, **B)), ([], [], False))

# Every size of page comes to the same list.
for size in (1, 2, 3, 5, 12):
    for delimiter in ('', '/'):
        whole, v1, v2 = shown(s3.list_objects_v2(Delimiter=delimiter, **B)), [], []
        more = {}
        while True:
            page = s3.list_objects_v2(MaxKeys=size, Delimiter=delimiter, **more, **B)
            assert page['KeyCount'] <= size
            v2 += [o['Key'] for o in page.get('Contents', [])] + [p['Prefix'] for p in page.get('CommonPrefixes', [])]
            if not page['IsTruncated']:
                break
            more = dict(ContinuationToken=page['NextContinuationToken'])
        marker = ''
        while True:
            page = s3.list_objects(MaxKeys=size, Delimiter=delimiter, Marker=marker, **B)
            v1 += [o['Key'] for o in page.get('Contents', [])] + [p['Prefix'] for p in page.get('CommonPrefixes', [])]
            if not page['IsTruncated']:
                break
            assert ('NextMarker' in page) == (delimiter != '')
            marker = page.get('NextMarker') or page['Contents'][-1]['Key']
        equal((size, delimiter, sorted(v2)), (size, delimiter, sorted(whole[0] + whole[1])))
        equal((size, delimiter, sorted(v1)), (size, delimiter, sorted(whole[0] + whole[1])))

equal(shown(s3.list_objects_v2(StartAfter='b', **B))[0][:1], ['b+c'])
assert 'Owner' not in s3.list_objects_v2(**B)['Contents'][0] and 'Owner' in s3.list_objects_v2(FetchOwner=True, **B)['Contents'][0]
entry = s3.list_objects(**B)['Contents'][0]
expect("1 STANDARD ['CRC32'] FULL_OBJECT True", entry['Size'], entry['StorageClass'], entry['ChecksumAlgorithm'], entry['ChecksumType'], 'Owner' in entry)
wire = signed('GET', '/lists?encoding-type=url&list-type=2')[4]()[2].decode()
assert '<Key>date%3D2026-03-01/</Key>' in wire and '<Key>b%2Bc</Key>' in wire and wire.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>lists</Name>'), wire
fails('InvalidArgument', 'The continuation token provided is incorrect', s3.list_objects_v2, ContinuationToken='a', **B)
fails('InvalidArgument', 'Invalid Encoding Method specified in Request', s3.list_objects_v2, EncodingType='value', **B)
equal(code(signed('GET', '/lists?max-keys=-1')[4]()), '400 InvalidArgument')
