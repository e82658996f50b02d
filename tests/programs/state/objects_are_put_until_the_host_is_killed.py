"""Puts and completes objects until the process (argument 2) is killed by this one; a file (argument 1) has what was answered."""
from s3_calls import *
import signal, sys, threading

file, process = sys.argv[1], int(sys.argv[2])
s3.create_bucket(Bucket='killed')
count, enough = 0, threading.Event()
lock = threading.Lock()
answered = {}


def put(number):
    global count
    mine = boto3.client('s3', endpoint_url=endpoint, config=quiet)
    key = dict(Bucket='killed', Key=f'k{number}')
    turn = 0
    try:
        while True:
            turn += 1
            body = f'{number} {turn} '.encode() * (10 if number % 2 else 20_000)
            if number % 3:
                mine.put_object(Body=body, **key)
            else:
                upload = mine.create_multipart_upload(**key)['UploadId']
                part = mine.upload_part(UploadId=upload, PartNumber=1, Body=body, **key)['ETag']
                mine.complete_multipart_upload(UploadId=upload, MultipartUpload={'Parts': [{'PartNumber': 1, 'ETag': part}]}, **key)
            with lock:
                answered[number] = turn
                count += 1
                if count >= 150:
                    enough.set()
    except Exception as error:
        assert enough.is_set(), error


threads = [threading.Thread(target=put, args=(number,)) for number in range(12)]
for thread in threads:
    thread.start()
assert enough.wait(120)
os.kill(process, signal.SIGKILL)
for thread in threads:
    thread.join()
with open(file, 'w') as to:
    json.dump(answered, to)
