import importlib.metadata

import rates  # a package that pip has installed beside this file


def lambda_handler(event, context):
    return {"gross": rates.gross(event["net"]), "rates": importlib.metadata.version("rates")}
