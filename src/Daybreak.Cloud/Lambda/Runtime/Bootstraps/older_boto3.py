"""Gives the endpoint in AWS_ENDPOINT_URL to botocore before 1.31 (boto3 before 1.28), which does not read that variable and would
call the real AWS. Costs nothing until botocore is imported; a client that names its own endpoint keeps it."""

import os
import sys


class _Finder:
    def find_spec(self, name, path=None, target=None):
        if name != "botocore.session":
            return None
        sys.meta_path.remove(self)
        spec = next(filter(None, (finder.find_spec(name, path, target) for finder in sys.meta_path)), None)
        if spec is not None and spec.loader is not None:
            run = spec.loader.exec_module

            def exec_module(module):
                run(module)
                _extend(module)

            spec.loader.exec_module = exec_module
        return spec


def _extend(session):
    if tuple(int(part) for part in session.__version__.split(".")[:2]) >= (1, 31):
        return
    create = session.Session.create_client

    def create_client(self, service_name, region_name=None, api_version=None, use_ssl=True, verify=None, endpoint_url=None, *args, **more):
        return create(self, service_name, region_name, api_version, use_ssl, verify, endpoint_url or os.environ.get("AWS_ENDPOINT_URL"),
                      *args, **more)

    session.Session.create_client = create_client


sys.meta_path.insert(0, _Finder())
